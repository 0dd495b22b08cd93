import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reject } from '../../src/core/collector-ports.js';
import { createRejectFiles } from '../../src/store/rejects.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { smallDisk } from '../support/tmpfs.js';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ronda-rejects-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const folder = (): string => join(home, 'rejects');

function reject(at: string, excerpt = Buffer.from('{"separuh')): Reject {
  return { at, kind: 'not-json', reason: 'the line is not JSON', excerpt, length: 9 };
}

function rows(name: string): Record<string, unknown>[] {
  const text = readFileSync(join(folder(), name), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('rejected rows', () => {
  it('are kept with what was wrong, for their owner alone', () => {
    const files = createRejectFiles(home, new SimulatedClock(Date.parse('2026-01-05T08:00:00Z')), () => 0);
    const first = files.append('r1', 'warung', [reject('line 3'), reject('line 4', Buffer.from([0xff, 0]))]);
    const second = files.append('r1', 'warung', [reject('line 9')]);
    expect(readdirSync(folder())).toEqual(['r1.warung.jsonl']);
    const path = join(folder(), 'r1.warung.jsonl');
    expect(statSync(path).size).toBe(second);
    expect(second).toBeGreaterThan(first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    const whole = { source: 'warung', kind: 'not-json', reason: 'the line is not JSON', length: 9 };
    const rejectedAt = '2026-01-05T08:00:00.000Z';
    expect(rows('r1.warung.jsonl')).toEqual([
      { ...whole, rejectedAt, at: 'line 3', excerpt: '{"separuh' },
      { ...whole, rejectedAt, at: 'line 4', excerptBase64: '/wA=' },
      { ...whole, rejectedAt, at: 'line 9', excerpt: '{"separuh' },
    ]);
  });

  it('of a killed process stand once after resuming, cut to what was committed with the cursor', () => {
    const clock = new SimulatedClock();
    const killed = createRejectFiles(home, clock, () => 0);
    const committed = killed.append('r1', 'warung', [reject('line 1')]);
    killed.append('r1', 'warung', [reject('line 2')]);
    appendFileSync(join(folder(), 'r1.warung.jsonl'), '{"half a');
    const resumed = createRejectFiles(home, clock, (run, source) =>
      `${run} ${source}` === 'r1 warung' ? committed : 0,
    );
    resumed.append('r1', 'warung', [reject('line 2')]);
    resumed.append('r1', 'warung', [reject('line 3')]);
    expect(rows('r1.warung.jsonl').map(({ at }) => at)).toEqual(['line 1', 'line 2', 'line 3']);
  });

  it('have a file for each source, whatever a source is called, and none outside their folder', () => {
    const files = createRejectFiles(home, new SimulatedClock(), () => 0);
    const sources = [
      '../../etc/rahasia',
      '/data/a.jsonl',
      '/data/b.jsonl',
      '-',
      '.',
      'x'.repeat(400),
      'ü',
      '',
    ];
    for (const source of sources) files.append('r1', source, [reject('line 1')]);
    expect(readdirSync(folder())).toHaveLength(sources.length);
    expect(readdirSync(home)).toEqual(['rejects']);
  });

  it('expire by age', () => {
    const files = createRejectFiles(home, new SimulatedClock(), () => 0);
    expect(files.purge(1_000)).toBe(0);
    files.append('lama', 'warung', [reject('line 1')]);
    files.append('baru', 'warung', [reject('line 1')]);
    utimesSync(join(folder(), 'lama.warung.jsonl'), 1_000, 1_000);
    expect(files.purge(2_000_000)).toBe(1);
    expect(readdirSync(folder())).toEqual(['baru.warung.jsonl']);
  });

  it('leave no half row on a full disk', ({ skip }) => {
    const disk = smallDisk('64k');
    if (disk === undefined) return skip();
    try {
      const files = createRejectFiles(disk.path, new SimulatedClock(), () => 0);
      const page = Array.from({ length: 5 }, (_, n) => reject(`line ${n}`, Buffer.alloc(4_096, 'x')));
      const append = (): number => files.append('r1', 'warung', page);
      let size = 0;
      expect(() => {
        for (;;) size = append();
      }).toThrow(expect.objectContaining({ kind: 'disk-full' }));
      expect(statSync(join(disk.path, 'rejects', 'r1.warung.jsonl')).size).toBe(size);
      disk.remount('size=1m');
      expect(append()).toBeGreaterThan(size);
    } finally {
      disk.dispose();
    }
  });
});
