import { Command } from 'commander';
import { expect, it } from 'vitest';
import { keepingCommands } from '../../src/cli/commands/keeping.js';

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
])('%s is no post to erase', async (_, given, told) => {
  expect(await refused(...given)).toContain(told);
});
