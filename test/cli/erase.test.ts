import { Command } from 'commander';
import { expect, it } from 'vitest';
import type { CommandEnvironment } from '../../src/cli/commands/environment.js';
import { type KeepingApp, keepingCommands } from '../../src/cli/commands/keeping.js';

/** What `ronda erase` makes of its arguments before it opens anything. */
async function refused(...given: string[]): Promise<string> {
  const program = new Command('ronda').exitOverride();
  let said = '';
  program.configureOutput({
    writeErr(text) {
      said += text;
    },
  });
  keepingCommands(program, {
    withKeeping: () => {
      throw new Error('the store was asked');
    },
  });
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  await expect(program.parseAsync(['erase', ...given], { from: 'user' })).rejects.toMatchObject({
    code: 'commander.error',
  });
  return said;
}

it.each([
  ['nothing', [], 'name links or ids'],
  ['an empty name, as a script gives it whose look-up failed', ['rekaan:1', ''], 'one of the posts is empty'],
  ['blanks', [' '], 'one of the posts is empty'],
  ['the number of an item', ['rekaan:1', '12'], '"12" is no link and no id'],
  ['a link that breaks off', ['https://'], 'is no link and no id'],
])('%s is no post to erase', async (_, given, told) => {
  expect(await refused(...given)).toContain(told);
});

it.each([
  ['t.me/kanal_rekaan/12', 'https://t.me/kanal_rekaan/12'],
  [' www.forum.example/t/7?x=a:b ', 'https://www.forum.example/t/7?x=a:b'],
  ['http://forum.example/t/7', 'http://forum.example/t/7'],
  ['telegram:kanal_rekaan/12', 'telegram:kanal_rekaan/12'],
  ['forum.example:https://forum.example/t/7', 'forum.example:https://forum.example/t/7'],
])('%s names a post', async (given, meant) => {
  const asked: (readonly string[])[] = [];
  const program = new Command('ronda').exitOverride();
  keepingCommands(program, {
    withKeeping: (work) =>
      Promise.resolve(
        work(
          {
            erase: async (named) => {
              asked.push(named);
              return { asked: [], batches: 0, rejects: 0, logEmptied: true };
            },
          } as Partial<KeepingApp> as KeepingApp,
          { io: { out: () => undefined }, language: 'en' } as unknown as CommandEnvironment,
        ),
      ),
  });
  await program.parseAsync(['erase', given], { from: 'user' });
  expect(asked).toEqual([[meant]]);
});
