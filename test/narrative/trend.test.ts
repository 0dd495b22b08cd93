import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coordinationOf } from '../../src/narrative/coordination.js';
import { chanceOfLess, chanceOfMore, toldBelow, USUAL_SIZE } from '../../src/narrative/habit.js';
import { titleOf } from '../../src/narrative/title.js';
import { burstsOf, lifeOf } from '../../src/narrative/trend.js';

const series = (...counts: [number, number][]): Map<number, number> => new Map(counts);
/** The same count at every hour of some days. */
const steady = (n: number, hours: number): Map<number, number> =>
  new Map(Array.from({ length: hours }, (_, hour) => [hour, n]));

describe('bursts', () => {
  it.each([
    ['a wave out of nothing', series([100, 3], [101, 20], [102, 9]), [{ from: 100, to: 102, size: 32 }]],
    [
      'two waves a day apart',
      series([10, 30], [40, 30]),
      [
        { from: 10, to: 10, size: 30 },
        { from: 40, to: 40, size: 30 },
      ],
    ],
    ['posts here and there', series([1, 1], [5, 2], [9, 1], [30, 3], [31, 1]), []],
  ])('of %s', (_, hours, expected) => {
    expect(burstsOf(hours).map(({ from, to, size }) => ({ from, to, size }))).toEqual(expected);
  });

  it('is not what every day has at that hour', () => {
    const daily = new Map(Array.from({ length: 10 }, (_, day) => [day * 24 + 7, 12] as const));
    expect(burstsOf(daily).filter(({ from }) => from > 48)).toEqual([]);
  });

  it('of a steady story is a time far above its habit', () => {
    const hours = steady(4, 200).set(190, 120);
    expect(
      burstsOf(hours)
        .filter(({ from }) => from > 24)
        .map(({ from }) => from),
    ).toEqual([189]);
  });

  it('once told stay, whatever comes later', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 40 })), {
          selector: ([hour]) => hour,
          maxLength: 40,
        }),
        fc.nat(300),
        (counts, until) => {
          const early = burstsOf(new Map(counts.filter(([hour]) => hour <= until)));
          const all = burstsOf(new Map(counts));
          expect(early.map(({ from }) => from)).toEqual(all.map(({ from }) => from).slice(0, early.length));
        },
      ),
    );
  });

  it.each([
    [0, 1, 1],
    [5, 0.1, 1.411e-6],
    [3, 3, 0.4752],
  ])('the chance of %d or more where %d are expected', (n, mean, p) => {
    expect(chanceOfMore(n, { mean, size: USUAL_SIZE })).toBeCloseTo(p, p < 0.001 ? 8 : 3);
  });

  it('the chances of more and of less make up one, with what is exactly so counted in both', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.05, max: 40, noNaN: true }),
        (n, mean) => {
          const habit = { mean, size: 3 };
          expect(chanceOfMore(n, habit) + chanceOfLess(n - 1, habit)).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  /** Collected without a break from hour 0. */
  const collected = (posts = 50) => ({ from: 0, posts: (hour: number) => (hour < 0 ? 0 : posts) });

  it('are not told of what was there when collecting began', () => {
    expect(burstsOf(steady(12, 40), collected())).toEqual([]);
  });

  it('are told of what was not there in the hours before, on the first day with more certainty', () => {
    const begun = (n: number) => burstsOf(series([10, n], [11, n]), collected()).length;
    expect(begun(3)).toBe(0);
    expect(begun(12)).toBe(1);
  });

  it('take hours in which nothing was collected for unknown, not for silence', () => {
    const gap = { from: 0, posts: (hour: number) => (hour < 300 && (hour > 5 || hour < 0) ? 0 : 50) };
    expect(burstsOf(series([1, 30], [301, 30]), gap)).toEqual([]);
  });

  it('have to be larger where more is collected', () => {
    const wave = series([200, 8]);
    expect(burstsOf(wave, collected(100))).toHaveLength(1);
    expect(burstsOf(wave, collected(10_000))).toEqual([]);
  });
});

describe('what is told of many', () => {
  it('is no more than the rate allows by chance', () => {
    expect(toldBelow([], 100, 0.01)).toBe(0);
    expect(toldBelow([0.5, 0.2], 2, 0.01)).toBe(0);
    expect(toldBelow([1e-6, 0.5], 100, 0.01)).toBe(1e-6);
    // The second is told because the first is.
    expect(toldBelow([1e-4, 1.9e-4, 0.3], 100, 0.01)).toBe(1.9e-4);
  });
});

describe('a life', () => {
  it.each([
    ['emerging', series([100, 4])],
    ['rising', series([80, 3], [95, 5], [100, 20])],
    ['peaking', series([90, 10], [91, 10], [96, 10], [99, 9])],
    ['fading', series([80, 40], [81, 40], [99, 2])],
    ['fading', series([50, 10])],
    // A wave of some hours that is over, though six hours are still more than the six before.
    ['fading', series([93, 8], [94, 50], [95, 53], [96, 31], [97, 17], [98, 1])],
    ['peaking', series([93, 8], [94, 20], [95, 53], [96, 31], [97, 20], [98, 20], [99, 11])],
    ['fading', series([96, 200])],
    // The hour that is hardly begun.
    ['rising', series([80, 3], [95, 5], [97, 9], [98, 9], [99, 9])],
    ['emerging', series([96, 4], [97, 1])],
  ])('is %s', (life, hours) => {
    expect(lifeOf(hours, 100)).toBe(life);
  });
});

describe('coordination', () => {
  const posts = (
    n: number,
    given: { authors: (i: number) => number; wording: (i: number) => number; gap: number },
  ) => ({
    at: Array.from({ length: n }, (_, i) => i * given.gap),
    authors: Array.from({ length: n }, (_, i) => given.authors(i)),
    wordings: Array.from({ length: n }, (_, i) => given.wording(i)),
    links: Array.from({ length: n }, () => 0),
  });

  it('cannot be told of few posts, or where authors are not known', () => {
    expect(coordinationOf(posts(5, { authors: (i) => i + 1, wording: () => 1, gap: 60 }))).toEqual({
      is: 'cannot-tell',
      reason: 'too-few-posts',
    });
    expect(coordinationOf(posts(50, { authors: () => 0, wording: () => 1, gap: 60 }))).toEqual({
      is: 'cannot-tell',
      reason: 'authors-unknown',
    });
  });

  it('shows many signs where few accounts copy one text within minutes, none where many write for hours', () => {
    expect(
      coordinationOf(posts(60, { authors: (i) => (i % 4) + 1, wording: () => 1, gap: 10 })),
    ).toMatchObject({
      is: 'measured',
      signs: 'many',
    });
    expect(coordinationOf(posts(60, { authors: (i) => i + 1, wording: (i) => i, gap: 900 }))).toMatchObject({
      is: 'measured',
      signs: 'none',
    });
  });
});

describe('a title', () => {
  const term = (text: string, place: number, share = 0.9, nats = 8) => ({ term: text, place, share, nats });

  it('is the most telling shared terms in the order of the text, without links and ids of fact-checks', () => {
    expect(
      titleOf([
        term('hanyut', 5),
        term('cikalunggu', 1),
        term('~contoh.example/a', 0),
        term('!cek:9', 0),
        term('#14', 3),
        term('besok', 2, 0.1),
      ]),
    ).toBe('cikalunggu 14 hanyut');
  });
});
