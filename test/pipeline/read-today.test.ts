import { describe, expect, it } from 'vitest';
import type { Narrative } from '../../src/core/narrative.js';
import type { HourCount, Trend } from '../../src/core/trends.js';
import { readCalendar } from '../../src/pipeline/read-calendar.js';
import { endOf, readToday, type TodayReaders } from '../../src/pipeline/read-today.js';
import { createStoryAnswers } from '../../src/pipeline/story-reading.js';
import { lookThrough } from '../support/glances.js';

/** Today at a glance, of counts and narratives as they may stand. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Twenty minutes into an hour. */
const NOW = Date.UTC(2026, 0, 20, 6, 20);
const END = Date.UTC(2026, 0, 20, 7);
const iso = (ms: number): string => new Date(ms).toISOString();

interface Given {
  /** Posts in the hour that begins then. */
  readonly posts?: (hour: number) => number;
  readonly newest?: number;
  readonly narratives?: readonly {
    readonly narrative: Narrative;
    readonly hours: readonly HourCount[];
    readonly places?: readonly string[];
  }[];
  readonly regions?: readonly Trend[];
}

function readers({
  posts = () => 0,
  newest = END - HOUR,
  narratives = [],
  regions = [],
}: Given): TodayReaders {
  return {
    trends: {
      newestHour: () => iso(newest),
      totals: ({ from, to }) =>
        Array.from({ length: (Date.parse(to) - Date.parse(from)) / HOUR }, (_, n) => {
          const hour = Date.parse(from) + n * HOUR;
          return { hour: iso(hour), posts: posts(hour), flagged: 0 };
        }),
      totalsOf: ([region], { from, to }) =>
        Array.from({ length: (Date.parse(to) - Date.parse(from)) / HOUR }, (_, n) => {
          const hour = Date.parse(from) + n * HOUR;
          return { hour: iso(hour), posts: region === '32' ? 2 : 0, flagged: 0 };
        }),
      rising: ({ kind }) => [{ kind, key: 'ramai', posts: 9, flagged: 0 }],
      top: () => regions,
    },
    narratives: {
      lookThrough: lookThrough(narratives.map((each) => ({ places: [], ...each, claims: [] }))),
    },
  };
}

function story(id: string, hours: Readonly<Record<number, number>>) {
  const at = Object.keys(hours).map((ago) => END - Number(ago) * HOUR);
  const narrative: Narrative = {
    id,
    title: id,
    life: 'rising',
    firstSeen: iso(Math.min(...at)),
    lastSeen: iso(Math.max(...at)),
    posts: Object.values(hours).reduce((sum, n) => sum + n, 0),
    flagged: 0,
    authors: 1,
    variants: 1,
    bursts: [],
    coordination: { is: 'cannot-tell', reason: 'too-few-posts' },
  };
  return {
    narrative,
    hours: Object.entries(hours)
      .map(([ago, posts]) => ({ hour: iso(END - Number(ago) * HOUR), posts, flagged: 0 }))
      .sort((a, b) => (a.hour < b.hour ? -1 : 1)),
  };
}

describe('what is usual', () => {
  it('is the median of the same hours of earlier days, of hours that are over alone', () => {
    // Ten posts an hour, a hundred an hour on one day; of the present hour two so far.
    const odd = END - 5 * DAY;
    const posts = (hour: number): number =>
      hour === END - HOUR ? 2 : hour >= odd && hour < odd + DAY ? 100 : 10;
    const { usual, posts: all } = readToday(readers({ posts }), { days: 1, now: NOW });
    expect(all).toBe(23 * 10 + 2);
    expect(usual).toMatchObject({ now: 230, posts: 230, low: 230, high: 230 });
    expect(usual?.of).toBeGreaterThan(20);
  });

  it('is not told before three earlier days are known', () => {
    const since = (days: number) => (hour: number) => (hour >= END - DAY * (1 + days) ? 5 : 0);
    expect(readToday(readers({ posts: since(2) }), { days: 1, now: NOW }).usual).toBeUndefined();
    expect(readToday(readers({ posts: since(3) }), { days: 1, now: NOW }).usual?.of).toBe(3);
    expect(readToday(readers({ posts: () => 0 }), { days: 1, now: NOW }).usual).toBeUndefined();
  });

  it('of a week is that of the weeks before', () => {
    const posts = (hour: number): number => (hour >= END - 7 * DAY ? 30 : 10);
    expect(readToday(readers({ posts }), { days: 7, now: NOW }).usual).toMatchObject({
      posts: 10 * (7 * 24 - 1),
      of: 4,
    });
  });
});

describe('the span', () => {
  it.each([
    ['the present hour', 0, END, false],
    ['quiet for some hours', 10, END, false],
    ['old', 100, END - 100 * HOUR, true],
    ['of a clock that runs ahead', -5, END, false],
  ])('with posts that are %s', (_, ago, end, stale) => {
    expect(endOf(iso(END - (ago + 1) * HOUR), NOW)).toEqual({ end, stale });
  });

  it('of a store without posts ends with the present hour', () => {
    expect(endOf(undefined, NOW)).toEqual({ end: END, stale: false });
  });
});

describe('narratives', () => {
  it('rise where they have more posts than before beyond chance; a first one is new', () => {
    const told = [
      story('naik', { 1: 40, 30: 5 }),
      story('kebetulan', { 2: 15, 30: 12 }),
      story('sedikit', { 3: 9, 40: 1 }),
      story('baru', { 4: 12 }),
      story('lama', { 30: 50 }),
    ];
    const view = readToday(readers({ narratives: told }), { days: 1, now: NOW });
    expect(view.stories.map(({ narrative }) => narrative.id)).toEqual(['naik']);
    expect(view.fresh.map(({ narrative }) => narrative.id)).toEqual(['baru']);
    expect(view.stories[0]).toMatchObject({ posts: 40, earlier: 5 });
  });

  it('are all looked at, however many were seen', () => {
    const many = Array.from({ length: 120 }, (_, n) => story(`k${n}`, { 1: n === 119 ? 500 : 1, 30: 1 }));
    const view = readToday(readers({ narratives: many }), { days: 1, now: NOW });
    expect(view.stories.map(({ narrative }) => narrative.id)).toEqual(['k119']);
  });
});

it('adds regencies to their province', () => {
  const regions = [
    ['32.73', 5],
    ['32', 4],
    ['unknown', 7],
    ['11', 8],
  ].map(([key, posts]) => ({ kind: 'region', key: String(key), posts: Number(posts), flagged: 1 }) as const);
  const view = readToday(readers({ regions }), { days: 1, now: NOW });
  expect(view.regions.map(({ key, posts, flagged }) => [key, posts, flagged])).toEqual([
    ['32', 9, 2],
    ['11', 8, 1],
    ['unknown', 7, 1],
  ]);
});

describe('a month', () => {
  const calendar = (given: Given, month?: string, zone: 'WIB' | 'WIT' = 'WIB') => {
    const { trends, narratives } = readers(given);
    return readCalendar(
      { trends, narratives },
      {
        zone,
        now: NOW,
        watched: [
          { id: 'a', name: 'Hari rekaan', from: '2026-01-03', to: '2026-01-04' },
          { id: 'b', name: 'Bulan lain', from: '2026-02-03', to: '2026-02-04' },
        ],
        ...(month === undefined ? {} : { month }),
      },
    );
  };

  it('counts days from midnight in the zone, and none before counting began or to come', () => {
    const midnight = Date.UTC(2026, 0, 9, 17);
    const posts = (hour: number): number => (hour >= midnight && hour < NOW ? 1 : 0);
    const { days, previous, next } = calendar({ posts });
    const of = (day: string) => days.find((each) => each.day === day)?.posts;
    expect(['2026-01-09', '2026-01-10', '2026-01-20', '2026-01-21'].map(of)).toEqual([
      undefined,
      24,
      14,
      undefined,
    ]);
    expect([previous, next, days.length]).toEqual(['2025-12', '2026-02', 31]);
    expect(calendar({}, '2027-01').next).toBeUndefined();
    const east = calendar({ posts }, '2026-01', 'WIT').days;
    expect(east.find(({ day }) => day === '2026-01-10')?.posts).toBe(22);
  });

  it('has the watched days that touch it, and its bursts, the largest first', () => {
    const at = iso(Date.UTC(2026, 0, 3, 20));
    const burst = (id: string, size: number) => {
      const { narrative, hours } = story(id, { 400: 1 });
      return { narrative: { ...narrative, bursts: [{ at, size, p: 0.001 }] }, hours };
    };
    const told = [burst('a', 5), burst('b', 50), burst('c', 7), burst('d', 6)];
    const { days } = calendar({ narratives: told }, '2026-01');
    const day = days.find((each) => each.day === '2026-01-04');
    expect(day?.bursts.map(({ id }) => id)).toEqual(['b', 'c', 'd']);
    expect(day?.moreBursts).toBe(1);
    expect(days.flatMap(({ watched }) => watched.map(({ id }) => id))).toEqual(['a', 'a']);
  });

  it('of old data is the month that has some', () => {
    expect(calendar({ newest: Date.UTC(2025, 9, 31, 16) }).month).toBe('2025-10');
    expect(calendar({ newest: Date.UTC(2025, 9, 31, 17) }).month).toBe('2025-11');
  });
});

describe('a region', () => {
  it('has the posts and stories known to be of it, and no trends, which are counted over all', () => {
    const regions: readonly Trend[] = [
      { kind: 'region', key: '32.73', posts: 5, flagged: 1 },
      { kind: 'region', key: '33', posts: 4, flagged: 0 },
      { kind: 'region', key: 'unknown', posts: 90, flagged: 0 },
    ];
    const told = [
      { ...story('jabar', { 2: 30 }), places: ['32.73'] },
      { ...story('jateng', { 2: 30 }), places: ['33'] },
      { ...story('entah', { 2: 30 }), places: [] },
    ];
    const given = readers({ posts: () => 7, narratives: told, regions });
    const all = readToday(given, { days: 1, now: NOW });
    expect(all.fresh.map(({ narrative }) => narrative.id).sort()).toEqual(['entah', 'jabar', 'jateng']);
    expect(all.rising.term).toHaveLength(1);
    const view = readToday(given, { days: 1, regions: ['32'], now: NOW });
    expect(view.posts).toBe(48);
    expect(view.fresh.map(({ narrative }) => narrative.id)).toEqual(['jabar']);
    expect(view.rising).toEqual({ topic: [], term: [], hashtag: [], domain: [] });
    expect(view.regions).toEqual([{ kind: 'region', key: '32', posts: 5, flagged: 1 }]);
  });
});

describe('answers that sum up much', () => {
  const watched = [{ id: 'a', name: 'Hari rekaan', from: '2026-01-03', to: '2026-01-04' }];

  it('are given again for a while, and each question has its own', () => {
    let reads = 0;
    const { trends, narratives } = readers({});
    const answer = createStoryAnswers({
      trends: {
        ...trends,
        totals: (span) => {
          reads += 1;
          return trends.totals(span);
        },
        series: () => [],
        falling: () => [],
      },
      narratives: {
        ...narratives,
        listNarratives: () => [],
        listStories: () => [],
        narrativeDetail: () => undefined,
        near: () => [],
        narrativeOf: () => undefined,
        narrative: () => undefined,
        storiesOf: () => [],
        narrativeMembers: () => [],
      },
      claim: () => undefined,
    });
    const reading = (question: Parameters<typeof answer>[0]): number => {
      const before = reads;
      answer(question);
      return reads - before;
    };
    const month = { zone: 'WIB', watched, now: NOW } as const;
    expect(reading({ ask: 'today', days: 1, now: NOW })).toBe(1);
    expect(reading({ ask: 'today', days: 1, now: NOW + 19_000 })).toBe(0);
    expect(reading({ ask: 'today', days: 1, now: NOW + 21_000 })).toBe(1);
    expect(reading({ ask: 'today', days: 7, now: NOW })).toBe(1);
    expect(reading({ ask: 'calendar', query: month })).toBe(1);
    expect(reading({ ask: 'calendar', query: { ...month, now: NOW + 1_000 } })).toBe(0);
    expect(reading({ ask: 'calendar', query: { ...month, zone: 'WIT' } })).toBe(1);
    expect(reading({ ask: 'calendar', query: { ...month, month: '2025-11' } })).toBe(1);
  });
});
