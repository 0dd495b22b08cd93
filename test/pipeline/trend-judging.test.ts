import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountReader, HourCounts } from '../../src/core/trend-ports.js';
import { chanceOfMore, habitOf, sizeOf, spreadOf, toldBelow } from '../../src/narrative/habit.js';
import { createTrendReader } from '../../src/pipeline/read-trends.js';
import { leastOf } from '../../src/pipeline/trend-judging.js';

/** What rises, judged in columns for tens of thousands of keys at once: the same as judging each key by itself. */

const BEGIN = 24 * 20_000;
const RATE = 0.01;

interface Hour {
  readonly posts: ReadonlyMap<number, number>;
  readonly cut: number;
}

/** Hours of 30 keys, some days of some of which are busy; what has no more posts than `cut` is not kept. */
function hoursOf(seed: number, days: number, cut: number): readonly Hour[] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const keys = Array.from({ length: 30 }, (_, i) => ({
    key: i * 97_000_001 + 5,
    rate: 6 * random() ** 3,
    bursts: new Set(Array.from({ length: 3 }, () => Math.floor(random() * days * 24))),
  }));
  return Array.from({ length: days * 24 }, (_, hour) => {
    const posts = new Map<number, number>();
    for (const { key, rate, bursts } of keys) {
      // In the last hour everybody says so much that every key is looked at.
      const busy = (bursts.has(hour) ? 4 + 40 * random() : 0) + (hour === days * 24 - 1 ? 21 : 0);
      const n = Math.floor(rate * 2 * random() + busy);
      if (n > cut) posts.set(key, n);
    }
    return { posts, cut };
  });
}

const totalOf = ({ posts }: Hour): number => [...posts.values()].reduce((a, b) => a + b, 50);

function readerOf(hours: readonly Hour[]): CountReader {
  const counts = ({ posts, cut }: Hour): HourCounts => {
    const rows = [...posts].sort(([a], [b]) => a - b);
    return {
      keys: Uint32Array.from(rows, ([key]) => key),
      posts: Uint32Array.from(rows, ([, n]) => n),
      flagged: new Uint32Array(rows.length),
      cut,
    };
  };
  return {
    hourTotals: () => [],
    stretchTotals: (from, to, width) =>
      Array.from({ length: Math.ceil((to - from) / width) }, (_, place) => [
        place,
        hours
          .slice(from - BEGIN + place * width, Math.min(to - BEGIN, from - BEGIN + (place + 1) * width))
          .reduce((sum, hour) => sum + totalOf(hour), 0),
      ]),
    countedHours: () => ({ oldest: BEGIN, newest: BEGIN + hours.length - 1 }),
    *countsOf(_, from, to) {
      for (let hour = from; hour < to; hour++) yield { hour, counts: counts(hours[hour - BEGIN]!) };
    },
    summed: () => undefined,
    textOfKey: (_, key) => `kata${key}`,
    keyOfText: () => undefined,
  };
}

/** Chances of keys that are told, each worked out by itself from its hours. */
function judgedApart(hours: readonly Hour[], from: number, to: number): ReadonlyMap<string, number> {
  const width = to - from > 72 ? 24 : 1;
  const first = from - BEGIN;
  // What was too rare to be kept had half of the rarest before the span, nothing in it.
  const known = (key: number, at: number): number =>
    hours[at]!.posts.get(key) ?? (at < first ? hours[at]!.cut / 2 : 0);
  const span = (at: number, length: number): readonly number[] =>
    Array.from({ length }, (_, i) => at + i).filter((hour) => hour < to - BEGIN);
  const total = (at: number, length: number): number =>
    span(at, length).reduce((sum, hour) => sum + totalOf(hours[hour]!), 0);
  const before = (key: number, at: number) => {
    const [reach, length] = width === 1 ? [1, 3] : [0, 24];
    const posts: number[] = [];
    const scaled: number[] = [];
    for (let day = 1; day <= 7; day++) {
      const begin = at - day * 24 - reach;
      const n = span(begin, length).reduce((sum, hour) => sum + known(key, hour), 0);
      posts.push(n);
      scaled.push((n * (width === 1 ? 3 : 1) * total(at, width)) / total(begin, length));
    }
    return { posts: Float64Array.from(posts), scaled: Float64Array.from(scaled), count: 7 };
  };
  const keys = [...new Set(hours.slice(first, to - BEGIN).flatMap(({ posts }) => [...posts.keys()]))];
  const buckets = Array.from({ length: Math.ceil((to - from) / width) }, (_, i) => first + i * width);
  const size = sizeOf(keys.flatMap((key) => spreadOf(before(key, buckets.at(-1)!)) ?? []));
  const chances: number[] = [];
  const least = new Map<string, number>();
  for (const key of keys) {
    for (const at of buckets) {
      const n = span(at, width).reduce((sum, hour) => sum + (hours[hour]!.posts.get(key) ?? 0), 0);
      const samples = before(key, at);
      const mean = samples.scaled.reduce((a, b) => a + b, 0) / 7;
      if (n < 5 || n * (width === 1 ? 3 : 1) < 2 * mean) continue;
      const habit = habitOf(samples, width === 1 ? 3 : 1, size)!;
      const chance = n <= habit.mean ? 1 : chanceOfMore(n, habit);
      if (chance > RATE) continue;
      chances.push(chance);
      least.set(`kata${key}`, Math.min(chance, least.get(`kata${key}`) ?? 1));
    }
  }
  const sorted = chances.sort((a, b) => a - b);
  const looked = keys.length * buckets.length;
  const told = sorted.findLast((chance, i) => chance <= (RATE * (i + 1)) / looked) ?? 0;
  return new Map([...least].filter(([, p]) => p <= told));
}

describe('what rises', () => {
  it('is what judging each key by itself says, by hours and by days', () => {
    let told = 0;
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(0, 1, 4),
        fc.constantFrom(24, 60, 96, 240),
        fc.integer({ min: 0, max: 30 }),
        (seed, cut, length, back) => {
          const hours = hoursOf(seed, 20, cut);
          const to = BEGIN + hours.length;
          // Of days that are cut short the last is judged with what it has.
          const from = to - length + (length > 72 ? back % 24 : 0);
          const found = createTrendReader(readerOf(hours)).rising({
            kind: 'term',
            from: new Date(from * 3_600_000).toISOString(),
            to: new Date(to * 3_600_000).toISOString(),
            limit: 100,
          });
          const expected = judgedApart(hours, from, to);
          told += expected.size;
          expect(found.map(({ key }) => key).sort()).toEqual([...expected.keys()].sort());
          for (const { key, p } of found) expect(p).toBeCloseTo(expected.get(key)!, 10);
          const chances = found.map(({ p }) => p!);
          expect(chances).toEqual(chances.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 25 },
    );
    expect(told).toBeGreaterThan(25);
  });
});

it('counts the most posts the same where nothing is to be judged', () => {
  const hours = hoursOf(3, 20, 1);
  const reader = createTrendReader(readerOf(hours));
  for (const [length, back] of [
    [24, 0],
    [60, 5],
    [96, 0],
    [241, 11],
  ] as const) {
    const to = BEGIN + hours.length - back;
    const iso = (hour: number): string => new Date(hour * 3_600_000).toISOString();
    const query = { kind: 'term' as const, from: iso(to - length), to: iso(to), limit: 20 };
    const judged = reader.top(query);
    expect(judged.length).toBeGreaterThan(10);
    expect(reader.top({ ...query, plain: true })).toEqual(
      judged.map(({ kind, key, posts, flagged }) => ({ kind, key, posts, flagged })),
    );
  }
});

const someChances = fc.array(
  fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e-9, 1e-4, 1e-3)),
  { maxLength: 60 },
);

it('tells as many as Benjamini and Hochberg do: the greatest chance that is below its own place on the line', () => {
  fc.assert(
    fc.property(someChances, fc.integer({ min: 1, max: 400 }), (chances, more) => {
      const looked = chances.length + more;
      const sorted = chances.toSorted((a, b) => a - b);
      const greatest = sorted.findLast((chance, i) => chance <= (RATE * (i + 1)) / looked) ?? 0;
      expect(toldBelow(chances, looked, RATE)).toBe(greatest);
    }),
  );
});

it('finds the least of many as sorting them would', () => {
  fc.assert(
    fc.property(
      someChances,
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constantFrom(1, 8, 64, 1_000),
      (chances, above, count) => {
        const expected = chances
          .filter((chance) => chance > above)
          .sort((a, b) => a - b)
          .slice(0, count);
        expect([...leastOf(Float64Array.from(chances), above, count)]).toEqual(expected);
      },
    ),
  );
});
