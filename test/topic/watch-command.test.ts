import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { CommandEnvironment } from '../../src/cli/commands/environment.js';
import { watchCommand } from '../../src/cli/commands/watch.js';

/** Runs `ronda watch` over no lists at all. */
async function run(...args: string[]): Promise<{ status: number; refused: string }> {
  let status = 0;
  let refused = '';
  const io = { out: () => undefined, err: () => undefined, interactive: false, columns: 80 };
  const program = new Command().exitOverride().configureOutput({ writeErr: (text) => (refused += text) });
  watchCommand(program, {
    environment: () =>
      ({ io, language: 'en', exitWith: (said: number) => (status = said) }) as unknown as CommandEnvironment,
    topics: () => [],
    namesOf: async () => () => false,
    now: () => Date.parse('2026-11-22T00:00:00Z'),
  });
  for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
    command.exitOverride().configureOutput({ writeErr: (text) => (refused += text) });
  }
  await program.parseAsync(['watch', ...args], { from: 'user' }).catch(() => undefined);
  return { status, refused };
}

describe('ronda watch', () => {
  it.each(['2026-02-31', 'besok', '2026-13-01'])('takes %s for no day', async (day) => {
    expect((await run('list', '--at', day)).refused).toContain('YYYY-MM-DD');
    expect((await run('list', '--at', '2026-12-24')).refused).toBe('');
  });

  it('fails over a folder without a list', async () => {
    expect((await run('lint', 'folder')).status).toBe(1);
    expect((await run('list')).status).toBe(0);
  });
});
