import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ronda } from '../support/ronda.js';

/** Ronda as a timer uses it: one line of JSON, silence while all is well, and a record of what ran. */

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ronda-runs-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const ronda = (...args: string[]) => new Ronda(args, { home }).finished;

describe('runs of a timer', () => {
  it('say nothing on standard error while all is well, and one line of JSON', async () => {
    const once = await ronda('run', '--once', '--json');
    expect({ ...once, stdout: '' }).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    expect(once.stdout.trimEnd().split('\n')).toHaveLength(1);
    const { run, landed } = JSON.parse(once.stdout) as { run: string; landed: number };
    expect(landed).toBeGreaterThan(0);

    writeFileSync(join(home, 'a.jsonl'), '{"id":"1","text":"halo semua"}\n');
    const batch = await ronda('batch', 'a.jsonl', '--json');
    expect({ ...batch, stdout: '' }).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });

    const list = (await ronda('runs', 'list', '--json')).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(list).toMatchObject([
      { kind: 'batch', outcome: 'done', counts: { collected: 1, passed: 1 } },
      { id: run, kind: 'once', outcome: 'done', counts: { landed } },
    ]);
    const shown = await ronda('runs', 'show', run, '--json');
    expect(JSON.parse(shown.stdout)).toEqual(list[1]);
    expect(JSON.parse(shown.stdout).versions).toEqual([
      expect.objectContaining({ lexicon: expect.any(String), rules: expect.any(String) }),
    ]);
    expect((await ronda('runs', 'list')).stdout).toContain(run);
    expect((await ronda('runs', 'show', run)).stdout).toContain('lexicon');
  });

  it('say what went wrong on standard error, and by their status', async () => {
    writeFileSync(join(home, 'a.jsonl'), '{"id":"1","text":"halo semua"}\nbukan json\n');
    const batch = await ronda('batch', 'a.jsonl', '--json');
    expect(batch.code).toBe(1);
    expect(batch.stderr).toContain('rejects');
    expect(JSON.parse(batch.stdout)).toMatchObject({ outcome: 'done-with-failures', failed: 1 });
    const none = await ronda('runs', 'show', 'tidak-ada');
    expect(none).toMatchObject({ code: 1, stdout: '' });
  });
});
