import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_KEEPING } from '../../src/core/keeping.js';
import type { CountResult, HourCounts } from '../../src/core/trend-ports.js';
import { createTrendCounter } from '../../src/pipeline/count-trends.js';
import { atOnce } from '../../src/pipeline/group-loop.js';
import { createTrendReader } from '../../src/pipeline/read-trends.js';
import { dayPieces } from '../../src/pipeline/trend-pieces.js';
import { openStore, type Store } from '../../src/store/store.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/** Hours that are kept added up by days and quarters of days: what is read of them is what the hours say. */

const HOUR = 3_600_000;
/** A day's first hour, since the epoch. */
const BEGIN = 24 * 20_000;

let home: string;
let store: Store;
const clock = new SimulatedClock((BEGIN + 60 * 24) * HOUR);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ronda-sums-'));
  store = openStore({ path: join(home, 'ronda.db'), secret: Buffer.alloc(32, 7), clock, seenWindowDays: 30 });
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

interface Kept {
  readonly hour: number;
  readonly counts: HourCounts;
}

const counts = (posts: Readonly<Record<number, number>>, cut: number): HourCounts => ({
  keys: Uint32Array.from(Object.keys(posts), Number),
  posts: Uint32Array.from(Object.values(posts)),
  flagged: Uint32Array.from(Object.values(posts), (n) => n >> 1),
  cut,
});

function save(hours: readonly Kept[], names: CountResult['names'] = []): void {
  store.trends.saveCounts({
    at: clock.now(),
    upTo: 0,
    totals: hours.map(({ hour, counts: { posts } }) => ({
      hour,
      posts: posts.reduce((a, b) => a + b, 100),
      flagged: 0,
    })),
    hours: hours.map(({ hour, counts: of }) => ({ kind: 'term' as const, hour, counts: of })),
    names,
    days: [],
  });
}

function addUp(): void {
  const counter = createTrendCounter({ store: store.trends, clock, windowHours: 168, knownAuthors: 10 });
  for (let times = 0; times < 5; times++) atOnce(counter.close(true));
}

/** By bucket and key: posts, and what was cut of the hours that have it; and what was cut of all of them. */
function sums(pieces: Iterable<{ counts: HourCounts; parts: readonly { bucket: number; sign: number }[] }>) {
  const found = new Map<string, number>();
  const add = (name: string, n: number): void => {
    const sum = (found.get(name) ?? 0) + n;
    if (sum === 0) found.delete(name);
    else found.set(name, sum);
  };
  for (const { counts: of, parts } of pieces) {
    const { keys, posts, flagged, cut, cuts } = of as HourCounts & { cuts?: Uint32Array };
    for (const { bucket, sign } of parts) {
      add(`cut ${bucket}`, sign * cut);
      keys.forEach((key, i) => {
        add(`${bucket} ${key}`, sign * posts[i]!);
        add(`flagged ${bucket} ${key}`, sign * flagged[i]!);
        add(`cut ${bucket} ${key}`, sign * (cuts?.[i] ?? cut));
      });
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const someHours = fc.uniqueArray(
  fc.record({
    hour: fc.integer({ min: BEGIN, max: BEGIN + 6 * 24 - 1 }),
    counts: fc
      .tuple(fc.dictionary(fc.constantFrom('1', '2', '3', '4'), fc.integer({ min: 1, max: 40 })), fc.nat(5))
      .map(([posts, cut]) => counts(posts, cut)),
  }),
  { selector: ({ hour }) => hour, minLength: 1, maxLength: 100 },
);

describe('a span in buckets of a day', () => {
  it('has in each what its hours have, whatever hour it begins at and whatever is kept added up', () => {
    const spans = fc.tuple(
      fc.integer({ min: BEGIN - 24, max: BEGIN + 5 * 24 }),
      fc.integer({ min: 1, max: 7 * 24 }),
    );
    fc.assert(
      fc.property(someHours, fc.array(spans, { minLength: 1, maxLength: 6 }), (hours, asked) => {
        store.close();
        rmSync(join(home, 'ronda.db'), { force: true });
        store = openStore({
          path: join(home, 'ronda.db'),
          secret: Buffer.alloc(32, 7),
          clock,
          seenWindowDays: 30,
        });
        save(hours);
        for (const isSummed of [false, true]) {
          if (isSummed) addUp();
          for (const [begin, length] of asked) {
            const expected = hours
              .filter(({ hour }) => hour >= begin && hour < begin + length)
              .map(({ hour, counts: of }) => ({
                counts: of,
                parts: [{ bucket: Math.floor((hour - begin) / 24), sign: 1 }],
              }));
            expect(sums(dayPieces(store.counted, 'term', begin, begin + length))).toEqual(sums(expected));
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is told the same of, whether its days were added up or not', () => {
    const many = Array.from({ length: 40 * 24 }, (_, i): Kept => {
      const posts: Record<number, number> = {};
      for (let key = 1; key <= 30; key++) {
        const n = ((i * 7 + key * 13) % 11) + (key === 5 && i > 37 * 24 ? 60 : 0);
        // Too rare in most hours to be kept.
        if (n > 3) posts[key] = key === 6 && i > 33 * 24 ? 1 : n;
      }
      return { hour: BEGIN + i, counts: counts(posts, 3) };
    });
    const names = Array.from({ length: 30 }, (_, i) => ({
      kind: 'term' as const,
      key: i + 1,
      text: `kata${i + 1}`,
      day: 20_000,
    }));
    save(many, names);
    const reader = createTrendReader(store.counted);
    const read = () =>
      [0, 5, 17].flatMap((shift) =>
        [7, 30].flatMap((days) =>
          (['top', 'rising', 'falling'] as const).map((by) => ({
            shift,
            days,
            by,
            found: reader[by]({
              from: new Date((BEGIN + (40 - days) * 24 - shift) * HOUR).toISOString(),
              to: new Date((BEGIN + 40 * 24 - shift) * HOUR).toISOString(),
              kind: 'term',
              limit: 50,
            }),
          })),
        ),
      );
    const before = read();
    expect(store.counted.summed('term', BEGIN, 24)).toBeUndefined();
    addUp();
    expect(store.counted.summed('term', BEGIN, 24)).toBeDefined();
    expect(read()).toEqual(before);
    expect(before.find(({ by, days }) => by === 'rising' && days === 7)?.found[0]?.key).toBe('kata5');
    expect(before.find(({ by, days }) => by === 'falling' && days === 7)?.found[0]?.key).toBe('kata6');
  });
});

it('of everything has whole days too, and hours where these are asked for', () => {
  // Hours of 105 posts, 101 in the last.
  save([0, 5, 30, 49].map((hour) => ({ hour: BEGIN + hour, counts: counts({ 1: hour === 49 ? 1 : 5 }, 0) })));
  const known = (from: number, to: number, width: number) =>
    store.counted.stretchTotals(from, to, width).filter(([, posts]) => posts > 0);
  expect(known(BEGIN, BEGIN + 50, 24)).toEqual([
    [0, 210],
    [1, 105],
    [2, 101],
  ]);
  expect(known(BEGIN + 5, BEGIN + 49, 24)).toEqual([
    [0, 105],
    [1, 105],
  ]);
  expect(known(BEGIN + 4, BEGIN + 50, 1)).toEqual([
    [1, 105],
    [26, 105],
    [45, 101],
  ]);
});

describe('what is kept added up', () => {
  const day = (hour = BEGIN): number | undefined => store.counted.summed('term', hour, 24)?.posts[0];

  it('is added up anew when one of its hours changes, is thinned or goes', async () => {
    save([0, 30].map((hour) => ({ hour: BEGIN + hour, counts: counts({ 1: 5 }, 0) })));
    addUp();
    expect([day(), day(BEGIN + 24)]).toEqual([5, 5]);
    save([{ hour: BEGIN + 1, counts: counts({ 1: 4 }, 0) }]);
    expect([day(), day(BEGIN + 24)]).toEqual([undefined, 5]);
    addUp();
    expect(day()).toBe(9);
    save([{ hour: BEGIN, counts: counts({ 1: 7 }, 0) }]);
    addUp();
    expect(day()).toBe(11);
    await store.purge((BEGIN + 31 * 24 + 1) * HOUR, {
      ...DEFAULT_KEEPING,
      counts: 31 * 24 * HOUR,
    });
    expect(day()).toBeUndefined();
    addUp();
    expect(day()).toBe(4);
    await store.purge((BEGIN + 32 * 24) * HOUR, { ...DEFAULT_KEEPING, counts: 31 * 24 * HOUR });
    expect(store.trends.dueSums(BEGIN + 24, 10)).toEqual([]);
    expect([day(), day(BEGIN + 24)]).toEqual([undefined, 5]);
  });

  it('leaves an hour alone that changed while it was added up', () => {
    save([{ hour: BEGIN, counts: counts({ 1: 5 }, 0) }]);
    const due = store.trends.dueSums(BEGIN + 24, 10);
    expect(due.map(({ hours }) => hours).sort()).toEqual([24, 6].sort());
    save([{ hour: BEGIN, counts: counts({ 1: 6 }, 0) }]);
    const stale = { ...counts({ 1: 5 }, 0), cuts: Uint32Array.of(0) };
    store.trends.saveSums(due.map((one) => ({ due: one, counts: stale })));
    expect(day()).toBeUndefined();
    addUp();
    expect(day()).toBe(6);
  });

  it('waits for a day to be over', () => {
    save([{ hour: BEGIN, counts: counts({ 1: 5 }, 0) }]);
    expect(store.trends.dueSums(BEGIN + 5, 10)).toEqual([]);
    expect(store.trends.dueSums(BEGIN + 6, 10).map(({ hours }) => hours)).toEqual([6]);
  });
});
