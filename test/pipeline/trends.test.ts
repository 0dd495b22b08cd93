import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PassedPost, ScoredBatch } from '../../src/core/batch.js';
import type { TrendReader } from '../../src/core/trends.js';
import { createTrendCounter } from '../../src/pipeline/count-trends.js';
import { atOnce, type LandedWork } from '../../src/pipeline/group-loop.js';
import { createTrendReader } from '../../src/pipeline/read-trends.js';
import { fingerprintOf } from '../../src/pipeline/score.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf, landedPost, passedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/** Hourly counts of everything that lands or passes, in a store of their own; posts and people are invented. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = Date.parse('2026-01-05T00:00:00.000Z');

let home: string;
let store: Store;
let clock: SimulatedClock;
let counter: LandedWork;
let jobs = 0;
let posts = 0;

const open = (): void => {
  store = openStore({ path: join(home, 'ronda.db'), secret: Buffer.alloc(32, 7), clock, seenWindowDays: 30 });
  counter = createTrendCounter({ store: store.trends, clock, windowHours: 168, knownAuthors: 10 });
};
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ronda-trends-'));
  clock = new SimulatedClock(BEGIN + 60 * DAY);
  open();
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

const iso = (time: number): string => new Date(time).toISOString();
const span = (from: number, to: number) => ({ from: iso(from), to: iso(to) });
const trends = (): TrendReader => createTrendReader(store.counted);

function land(given: Partial<ScoredBatch>, id = `job-${++jobs}`) {
  return store.land(id, batchOf('run', given));
}

/** So many posts in the hour that begins at `at`, each by somebody else. */
function said(
  at: number,
  times: number,
  given: Partial<PassedPost>,
  authors = Number.MAX_SAFE_INTEGER,
): void {
  const passed = Array.from({ length: times }, (_, i) => {
    posts += 1;
    const who = { authorId: `penutur-${posts % authors}` };
    return passedPost({ id: `rekaan:p${posts}`, at: iso(at + i * 1_000), ...who, ...given });
  });
  if (passed.length > 0) land({ passed });
}

function count(): void {
  while (counter.take());
  atOnce(counter.close(true));
}

const onDisk = (): string =>
  readdirSync(home)
    .map((file) => readFileSync(join(home, file)).toString('latin1'))
    .join('\n');

describe('counts by the hour', () => {
  it('counts what landed and what passed, once each however often it is delivered', () => {
    const post = landedPost({ id: 'rekaan:1', createdAt: iso(BEGIN), region: '32.73' });
    const job = { landed: [{ ...post, observation: { region: '32.73' } }] };
    land(job, 'satu');
    land(job, 'satu');
    land(job, 'dua');
    said(BEGIN, 3, { language: 'jav' });
    said(BEGIN + 2 * HOUR, 1, { observation: { topics: ['pilkada'] } });
    count();
    const all = span(BEGIN, BEGIN + 3 * HOUR);
    expect(trends().newestHour()).toBe(iso(BEGIN + 2 * HOUR));
    expect(trends().totals(all)).toEqual([
      { hour: iso(BEGIN), posts: 4, flagged: 1 },
      { hour: iso(BEGIN + HOUR), posts: 0, flagged: 0 },
      { hour: iso(BEGIN + 2 * HOUR), posts: 1, flagged: 0 },
    ]);
    const keys = (kind: 'language' | 'region' | 'topic') =>
      trends()
        .top({ ...all, kind, limit: 10 })
        .map(({ key, posts: n, flagged }) => [key, n, flagged]);
    expect(keys('language')).toEqual([
      ['jav', 3, 0],
      ['ind', 2, 1],
    ]);
    expect(keys('region')).toEqual([
      ['unknown', 4, 0],
      ['32.73', 1, 1],
    ]);
    expect(keys('topic')).toEqual([['pilkada', 1, 0]]);
    expect(trends().series('language', 'jav', all)).toEqual([{ hour: iso(BEGIN), posts: 3, flagged: 0 }]);
    expect(trends().series('language', 'tak-ada', all)).toEqual([]);
  });

  it('says of an empty store, and of a span that is none, that there is nothing', () => {
    const nothing = span(BEGIN, BEGIN - HOUR);
    expect(trends().newestHour()).toBeUndefined();
    expect(trends().totals(nothing)).toEqual([]);
    for (const ask of ['top', 'rising', 'falling'] as const) {
      expect(trends()[ask]({ ...span(BEGIN, BEGIN + DAY), kind: 'term', limit: 10 })).toEqual([]);
      expect(trends()[ask]({ ...nothing, kind: 'term', limit: 10 })).toEqual([]);
    }
  });

  it('goes on where it stood after a restart, with what was not yet counted', () => {
    const tagged = { observation: { hashtags: ['gotongroyong'] } };
    said(BEGIN, 6, tagged);
    count();
    said(BEGIN + HOUR, 3, tagged);
    store.close();
    open();
    said(BEGIN, 2, tagged);
    count();
    const [top] = trends().top({ ...span(BEGIN, BEGIN + DAY), kind: 'hashtag', limit: 10 });
    // Eleven authors over both lives of the process.
    expect(top).toMatchObject({ key: 'gotongroyong', posts: 11 });
  });
});

describe('totals of regions', () => {
  it('count what is known to be of them or within them, every hour of the span', () => {
    said(BEGIN, 3, { observation: { region: '32.73' } });
    said(BEGIN, 2, { observation: { region: '32' } });
    said(BEGIN, 4, { observation: { region: '33' } });
    said(BEGIN + 2 * HOUR, 5, {});
    said(BEGIN + 2 * HOUR, 1, { observation: { region: '32.04' } });
    count();
    const all = span(BEGIN, BEGIN + 3 * HOUR);
    const posts = (regions: readonly string[]) =>
      trends()
        .totalsOf(regions, all)
        .map(({ posts: n }) => n);
    expect(posts(['32'])).toEqual([5, 0, 1]);
    expect(posts(['32.73', '33'])).toEqual([7, 0, 0]);
    expect(posts(['3'])).toEqual([0, 0, 0]);
  });
});

describe('what is kept of words', () => {
  const text = 'Kenaikan retribusi Pasarbanyu memberatkan pedagang sayur';
  const fingerprint = fingerprintOf(text, { findings: [] });
  const given = {
    ...(fingerprint === undefined ? {} : { fingerprint }),
    observation: { hashtags: ['pasarbanyuresah'], domains: ['kabarpasar.example'] },
  };

  it('keeps none until ten distinct authors share it, on the disk neither', () => {
    said(BEGIN, 9, given);
    said(BEGIN + HOUR, 50, { ...given, authorId: `penutur-${posts}` });
    count();
    for (const kind of ['term', 'hashtag', 'domain'] as const)
      expect(trends().top({ ...span(BEGIN, BEGIN + DAY), kind, limit: 10 })).toEqual([]);
    expect(onDisk()).not.toMatch(/pasarbanyu|kabarpasar|retribusi|penutur/i);
    said(BEGIN + 2 * HOUR, 1, { ...given, authorId: 'penutur-lain' });
    count();
    expect(trends().top({ ...span(BEGIN, BEGIN + DAY), kind: 'hashtag', limit: 10 })[0]).toMatchObject({
      key: 'pasarbanyuresah',
      posts: 60,
    });
    const terms = trends().top({ ...span(BEGIN, BEGIN + DAY), kind: 'term', limit: 10 });
    expect(terms.map(({ key }) => key)).toContain('retribusi');
    expect(onDisk()).not.toContain('penutur');
  });

  it('forgets who shared it once the window is over', () => {
    said(BEGIN, 9, given);
    count();
    said(BEGIN + 8 * DAY, 9, given);
    count();
    expect(trends().top({ ...span(BEGIN, BEGIN + 9 * DAY), kind: 'hashtag', limit: 10 })).toEqual([]);
  });

  it('lets counts go when their time is over, with the words', async () => {
    said(BEGIN, 12, given);
    count();
    const keep = {
      'not-flagged': 0,
      dismissed: 0,
      closed: 0,
      runs: 0,
      counts: 30 * DAY,
      fingerprints: 7 * DAY,
    };
    await store.purge(BEGIN + 29 * DAY, keep);
    expect(trends().newestHour()).toBe(iso(BEGIN));
    await store.purge(BEGIN + 32 * DAY, keep);
    expect(trends().newestHour()).toBeUndefined();
    expect(store.counted.keyOfText('hashtag', 'pasarbanyuresah')).toBeUndefined();
  });
});

describe('what rises and falls', () => {
  /** Ordinary days: every hour the same talk, give or take. */
  function days(from: number, to: number, tag: (hour: number) => number): void {
    for (let hour = from; hour < to; hour++) {
      const at = BEGIN + hour * HOUR;
      said(at, 20 + ((hour * 7) % 5), { observation: { hashtags: ['macet'] } });
      said(at, tag(hour), { observation: { hashtags: ['banjir'] } }, 50);
      said(at, hour % 24 === 7 ? 30 : 1, { observation: { hashtags: ['sarapan'] } });
    }
    count();
  }
  const ask = (kind: 'rising' | 'falling', from: number, to: number) =>
    trends()
      [kind]({ ...span(BEGIN + from * HOUR, BEGIN + to * HOUR), kind: 'hashtag', limit: 10 })
      .map(({ key }) => key);

  it('tells a burst, and not what comes every morning', () => {
    days(0, 6 * 24, (hour) => (hour === 5 * 24 + 12 ? 25 : hour % 3 === 0 ? 1 : 0));
    expect(ask('rising', 5 * 24, 6 * 24)).toEqual(['banjir']);
    const [banjir] = trends().rising({
      ...span(BEGIN + 5 * DAY, BEGIN + 6 * DAY),
      kind: 'hashtag',
      limit: 10,
    });
    expect(banjir!.p).toBeLessThan(1e-5);
    expect(banjir!.usual).toBeGreaterThan(2);
    expect(banjir!.usual).toBeLessThan(20);
    expect(ask('rising', 4 * 24, 5 * 24)).toEqual([]);
    expect(ask('falling', 4 * 24, 5 * 24)).toEqual([]);
  });

  it('tells what is no longer said', () => {
    days(0, 5 * 24, () => 8);
    days(5 * 24, 6 * 24, () => 0);
    expect(ask('falling', 5 * 24, 6 * 24)).toEqual(['banjir']);
    expect(ask('rising', 5 * 24, 6 * 24)).toEqual([]);
  });

  it('raises no alarm in a young store, and says that it does not know what is usual', () => {
    days(0, 12, (hour) => hour * 4);
    expect(ask('rising', 0, 12)).toEqual([]);
    for (const trend of trends().top({ ...span(BEGIN, BEGIN + DAY), kind: 'hashtag', limit: 10 })) {
      expect(trend.usual).toBeUndefined();
      expect(trend.p).toBeUndefined();
    }
  });

  it('does not take a day on which more was collected for a rise of everything', () => {
    days(0, 5 * 24, () => 2);
    for (let times = 0; times < 3; times++) days(5 * 24, 6 * 24, () => 2);
    expect(ask('rising', 5 * 24, 6 * 24)).toEqual([]);
  });
});

describe('what is too rare to be kept in most hours', () => {
  const BEGIN = 480_000;
  const NOW = BEGIN + 15 * 24;
  /** Of each hour two keys with many posts; a third in one hour a day of the first week, beside others as rare as it. */
  const reader = createTrendReader({
    hourTotals: (from, to) =>
      Array.from({ length: to - from }, (_, i) => ({ hour: from + i, posts: 500, flagged: 0 })).filter(
        ({ hour }) => hour >= BEGIN,
      ),
    stretchTotals: (from, to, width) =>
      Array.from({ length: Math.ceil((to - from) / width) }, (_, i) => [
        i,
        500 * Math.max(0, Math.min(to, from + (i + 1) * width) - Math.max(BEGIN, from + i * width)),
      ]),
    countedHours: () => ({ oldest: BEGIN, newest: NOW - 1 }),
    *countsOf(_, from, to) {
      for (let hour = Math.max(from, BEGIN); hour < to; hour++) {
        const isTold = hour % 24 === 9 && hour < NOW - 7 * 24;
        const gone = hour < NOW - 7 * 24 ? 90 : 0;
        const keys = Uint32Array.from(isTold ? [1, 2, 3] : [1, 2]);
        const posts = Uint32Array.from(isTold ? [90, gone, 5] : [90, gone]);
        yield { hour, counts: { keys, posts, flagged: posts.map(() => 0), cut: 4 } };
      }
    },
    summed: () => undefined,
    textOfKey: (_, key) => `kata${key}`,
    keyOfText: () => undefined,
  });

  it('is not told as fallen, and what is gone is', () => {
    const iso = (hour: number): string => new Date(hour * 3_600_000).toISOString();
    const fallen = reader.falling({ kind: 'term', from: iso(NOW - 7 * 24), to: iso(NOW), limit: 10 });
    expect(fallen.map(({ key }) => key)).toEqual(['kata2']);
  });
});
