import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshHome, Ronda } from '../support/ronda.js';

/** What is said of rows whose time is not to be believed. */

let home: ReturnType<typeof freshHome>;
beforeEach(() => {
  home = freshHome();
});
afterEach(() => home.remove());

const ronda = (...args: string[]) => new Ronda(args, { home: home.path }).finished;
const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

describe('ronda batch', () => {
  it('assesses rows without a believable time, says how many there were, and only then', async () => {
    const times = ['2026-01-05T08:00:00Z', 1_767_600_000, 'kemarin sore', '2099-01-01', '', undefined];
    writeFileSync(
      join(home.path, 'a.jsonl'),
      lines(times.map((created_at, at) => ({ id: `p${at}`, text: `Kabar pasar nomor ${at}`, created_at }))),
    );
    const done = await ronda('batch', 'a.jsonl', '--json');
    expect(done.code).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({ collected: 6, failed: 0, untimed: 2 });
    expect(done.stderr).toMatch(/a\.jsonl: 2 baris/);

    writeFileSync(
      join(home.path, 'b.jsonl'),
      lines([{ id: 'q', text: 'Kabar sawah', created_at: '2026-01-05' }]),
    );
    const well = await ronda('batch', 'b.jsonl', '--json');
    expect(JSON.parse(well.stdout)).not.toHaveProperty('untimed');
    expect(well.stderr).toBe('');
  });
});

describe('ronda run', () => {
  it('says how many rows of a source had such a time, once', async () => {
    writeFileSync(
      join(home.path, 'arsip.jsonl'),
      lines(
        ['kemarin sore', '2026-01-05'].map((created_at, at) => ({
          id: `p${at}`,
          text: `Kabar ${at}`,
          created_at,
        })),
      ),
    );
    writeFileSync(
      join(home.path, 'ronda.yaml'),
      'sources:\n  - { name: arsip, kind: file, path: arsip.jsonl }\n',
    );
    const done = await ronda('run', '--once');
    expect(done.code).toBe(0);
    expect(done.stderr.match(/1 baris menyebut waktu/g)).toHaveLength(1);
    expect((await ronda('run', '--once')).stderr).not.toContain('menyebut waktu');
  });
});
