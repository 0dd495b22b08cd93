import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoNetwork } from '../../bench/faults/hosts.js';
import { planOf, type QueueKind } from '../../bench/faults/plan.js';
import { disturbedRun, undisturbedRun } from '../../bench/faults/run.js';
import { type WrittenSources, writeSources } from '../../bench/faults/sources.js';
import { differences, type StoreFacts } from '../../bench/faults/store-facts.js';
import { fakeTimeLibrary } from '../../bench/faults/worker-process.js';
import { readEntries } from '../../bench/lexicon-entries.js';
import { projectRoot } from '../support/ronda.js';

/** `npm run faults` in small: the same strikes over a few thousand posts. */

const POSTS = 3_000;
const SEED = 7;
const ronda = join(projectRoot, 'dist', 'src', 'cli', 'main.js');

/** Whether it can be run; where not, says why, and with RONDA_TEST_REQUIRE=1 fails. */
function canRun(queue: QueueKind): boolean {
  const why = [
    fakeTimeLibrary() === undefined ? 'libfaketime is not installed' : undefined,
    queue === 'redis' ? whyNoNetwork() : undefined,
    queue === 'redis' && spawnSync('redis-server', ['--version']).status !== 0
      ? 'redis-server is not installed'
      : undefined,
  ].filter((each) => each !== undefined);
  if (why.length === 0) return true;
  if (process.env.RONDA_TEST_REQUIRE === '1') throw new Error(`the fault run on ${queue}: ${why.join(', ')}`);
  process.stderr.write(`SKIPPED: the fault run on ${queue}, because ${why.join(', ')}\n`);
  return false;
}

describe('the plan of a fault run', () => {
  const options = { queue: 'redis', scorers: 3, cutMs: 30_000, freezeMs: 45_000, fullMs: 10_000 } as const;

  it('is the same for the same seed, and another for another', () => {
    expect(planOf({ ...options, seed: 4 })).toEqual(planOf({ ...options, seed: 4 }));
    expect(planOf({ ...options, seed: 4 })).not.toEqual(planOf({ ...options, seed: 5 }));
  });

  it.each(['redis', 'embedded'] as const)('strikes every part on %s before the end', (queue) => {
    const { strikes } = planOf({ ...options, queue, seed: 4 });
    const kinds = new Set(strikes.map(({ kind }) => kind));
    const own = queue === 'redis' ? ['kill-redis', 'stop-redis', 'cut-redis'] : ['fill-disk'];
    expect([...kinds].sort()).toEqual(
      ['kill-scorer', 'freeze-scorer', 'kill-lander', 'kill-collector', 'jump-clock', ...own].sort(),
    );
    expect(strikes.every(({ at }) => at > 0 && at < 0.95)).toBe(true);
    expect(strikes.map(({ at }) => at)).toEqual(strikes.map(({ at }) => at).sort((a, b) => a - b));
  });
});

describe('a comparison of stores', () => {
  const facts: StoreFacts = {
    sums: { collected: 3, landed: 1, passed: 2, seen: 0, failed: 0 },
    items: ['a'],
    posts: ['01', '02', '03'],
    counts: ['x'],
    prints: ['1 01'],
  };

  it.each<[string, Partial<StoreFacts>, RegExp]>([
    ['an item that is missing', { items: [] }, /items: 1 missing/],
    ['an item that is there twice', { items: ['a', 'a'] }, /items: 1 are there twice/],
    ['an item that reads otherwise', { items: ['b'] }, /items: 1 too many/],
    ['a post that was lost', { posts: ['01', '02'] }, /posts known: 1 missing/],
    ['a count that is off', { counts: ['y'] }, /hourly counts: 1 missing/],
    ['a fingerprint that is there twice', { prints: ['1 01', '1 01'] }, /fingerprints: 1 are there twice/],
    ['a sum that is off', { sums: { ...facts.sums, seen: 1 } }, /seen: 1 in place of 0/],
  ])('tells of %s', (_, change, told) => {
    expect(differences({ ...facts, ...change }, facts).join('\n')).toMatch(told);
  });

  it('is content with equal ones', () => {
    expect(differences(facts, facts)).toEqual([]);
  });
});

describe('posts through kills, cuts, a full disk and a clock that jumps', () => {
  let folder = '';
  let sources: WrittenSources;
  let expected: StoreFacts;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ronda-faults-'));
    const entries = await readEntries();
    sources = writeSources(folder, { posts: POSTS, sources: 4, seed: SEED, entries });
    expected = undisturbedRun({ ronda, folder, config: sources.config });
    expect(expected.sums.collected).toBe(sources.rows);
    expect(expected.items.length).toBeGreaterThan(POSTS / 30);
    expect(expected.prints.length).toBeGreaterThan(POSTS / 2);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['embedded', 'redis'] as const)(
    'are accounted for once on %s, and the store equals the undisturbed run’s',
    { timeout: 420_000 },
    async (queue) => {
      if (!canRun(queue)) return;
      const plan = planOf({ seed: SEED, queue, scorers: 3, cutMs: 2_000, freezeMs: 2_000, fullMs: 1_500 });
      const report = await disturbedRun(
        {
          ...{ ronda, folder, queue, plan, config: sources.config, rows: sources.rows },
          scorers: 3,
          diskMegabytes: 150,
          withinMs: 400_000,
          signal: new AbortController().signal,
          say: () => {},
        },
        expected,
      );
      expect(report.wrong).toEqual([]);
      expect(report.strikes.length).toBe(plan.strikes.length);
    },
  );
});
