/** Today at a glance: everything collected against what is usual, what rises, what is new. No item, no account. */
import type { Narrative } from '../core/narrative.js';
import type { NarrativeReader, StoryGlance } from '../core/narrative-ports.js';
import { coversRegion } from '../core/region.js';
import type { HourCount, TimeSpan, Trend, TrendKind, TrendReader } from '../core/trends.js';

import { isSeenIn } from './read-stories.js';

/** Days that the page may look back on, up to the present hour. */
export const TODAY_DAYS = [1, 7, 30] as const;
export type TodayDays = (typeof TODAY_DAYS)[number];

/** What rises is shown of these. */
export const RISING_KINDS = ['topic', 'term', 'hashtag', 'domain'] as const satisfies readonly TrendKind[];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Earlier spans of the same hours that make what is usual: as many as the counts of five weeks can hold. */
const MOST_EARLIER = 28;
const LEAST_EARLIER = 3;
const KEPT_MS = 35 * DAY_MS;
const MOST_RISING = 8;
const MOST_STORIES = 8;
/** Narratives looked at, latest seen first. */
const LOOKED_STORIES = 300;
const LOOKED_AT_ONCE = 100;

/** What the same hours of earlier days had; only hours that are over are compared. */
export interface Usual {
  /** In the hours of the span that are over. */
  readonly now: number;
  /** Median of the earlier spans. */
  readonly posts: number;
  /** A quarter of them had fewer, a quarter more than these. */
  readonly low: number;
  readonly high: number;
  /** How many there were. */
  readonly of: number;
}

/** A narrative with what it had in a span, by the hour. */
export interface StoryNow {
  readonly narrative: Narrative;
  readonly posts: number;
  /** In as long a time right before the span. */
  readonly earlier: number;
  readonly hours: readonly HourCount[];
  /** Ids of fact-checks that its posts match, most posts first. */
  readonly claims: readonly string[];
}

/** What the page is asked for. */
export interface TodayQuery {
  readonly days: TodayDays;
  /** Only what is known to be of these, by code: terms, hashtags, sites and topics are not counted so, and are left out. */
  readonly regions?: readonly string[];
  /** ms since the epoch */
  readonly now: number;
}

export interface TodayView {
  readonly days: TodayDays;
  /** As it was asked for. */
  readonly within?: readonly string[];
  /** Up to the end of the present hour; where the newest posts are older than a day, of the hour that had them. */
  readonly span: TimeSpan;
  readonly stale: boolean;
  /** ISO 8601 UTC, since when anything is counted, as far as is known. */
  readonly countedFrom?: string;
  readonly hours: readonly HourCount[];
  readonly posts: number;
  readonly flagged: number;
  /** Absent where fewer than three earlier spans are known. */
  readonly usual?: Usual;
  readonly usualFlagged?: Usual;
  readonly rising: Readonly<Record<(typeof RISING_KINDS)[number], readonly Trend[]>>;
  /** Narratives with more posts than before, beyond chance; those first seen in the span are in {@link fresh}. */
  readonly stories: readonly StoryNow[];
  readonly fresh: readonly StoryNow[];
  /** Narratives whose posts match published fact-checks. */
  readonly hoaxes: readonly StoryNow[];
  /** Provinces by code, most posts first; `unknown` among them. */
  readonly regions: readonly Trend[];
}

export interface TodayReaders {
  readonly narratives: Pick<NarrativeReader, 'lookThrough'>;
  readonly trends: Pick<TrendReader, 'newestHour' | 'totals' | 'totalsOf' | 'rising' | 'top'>;
}

export function readToday(
  { narratives, trends }: TodayReaders,
  { days, regions, now }: TodayQuery,
): TodayView {
  const { end, stale } = endOf(trends.newestHour(), now);
  // The present hour has only begun: compared with whole ones it would always be few.
  const over = stale ? end : end - HOUR_MS;
  const long = days * DAY_MS;
  const span = { from: iso(end - long), to: iso(end) };
  const known = { from: iso(Math.min(end - long, end - KEPT_MS)), to: span.to };
  const kept = regions === undefined ? trends.totals(known) : trends.totalsOf(regions, known);
  const hours = kept.filter(({ hour }) => hour >= span.from);
  const first = kept.find(({ posts }) => posts > 0)?.hour;
  const usual = usualOf(kept, ({ posts }) => posts, first, { from: end - long, to: over });
  const usualFlagged = usualOf(kept, ({ flagged }) => flagged, first, { from: end - long, to: over });
  const rising = (kind: TrendKind): readonly Trend[] =>
    regions === undefined ? trends.rising({ ...span, kind, limit: MOST_RISING }) : [];
  const stories = storiesNow(narratives, span, long, regions);
  const isFresh = ({ glance }: Seen): boolean => glance.first * 1000 >= end - long;
  return {
    days,
    ...(regions === undefined ? {} : { within: regions }),
    span,
    stale,
    ...(first === undefined ? {} : { countedFrom: first }),
    hours,
    posts: sum(hours, ({ posts }) => posts),
    flagged: sum(hours, ({ flagged }) => flagged),
    ...(usual === undefined ? {} : { usual }),
    ...(usualFlagged === undefined ? {} : { usualFlagged }),
    rising: {
      topic: rising('topic'),
      term: rising('term'),
      hashtag: rising('hashtag'),
      domain: rising('domain'),
    },
    stories: stories
      .filter((story) => !isFresh(story) && hasRisen(story))
      .toSorted((a, b) => b.posts - b.earlier - (a.posts - a.earlier))
      .slice(0, MOST_STORIES)
      .map(storyNow),
    fresh: titledFirst(stories.filter(isFresh)).map(storyNow),
    hoaxes: firstOf(stories, ({ glance }) => glance.claims().length > 0).map(storyNow),
    regions: byProvince(
      trends
        .top({ ...span, kind: 'region', limit: 500, plain: true })
        .filter(({ key }) => regions === undefined || coversRegion(regions, key)),
    ),
  };
}

/** The end of what a page shows: of the present hour, else of the newest one with posts where that is older than a day. */
export function endOf(
  newest: string | undefined,
  now: number,
): { readonly end: number; readonly stale: boolean } {
  const present = (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
  const last = newest === undefined ? present : Date.parse(newest) + HOUR_MS;
  return last < present - DAY_MS ? { end: last, stale: true } : { end: present, stale: false };
}

/** Sums of earlier spans of the same hours: of each day before for a day, of each week before for longer. */
function usualOf(
  hours: readonly HourCount[],
  of: (hour: HourCount) => number,
  first: string | undefined,
  span: { readonly from: number; readonly to: number },
): Usual | undefined {
  if (first === undefined) return undefined;
  const step = Math.ceil((span.to - span.from) / DAY_MS) * DAY_MS;
  const begin = Date.parse(first);
  const from = Date.parse(hours[0]?.hour ?? '');
  const sums: number[] = [];
  // Hours follow one another without a gap: a span is a stretch of the list.
  const sumFrom = (start: number): number => {
    const at = (start - from) / HOUR_MS;
    return sum(hours.slice(at, at + (span.to - span.from) / HOUR_MS), of);
  };
  for (let back = 1; back <= MOST_EARLIER; back++) {
    const start = span.from - back * step;
    if (start < begin || start < from) break;
    sums.push(sumFrom(start));
  }
  if (sums.length < LEAST_EARLIER) return undefined;
  sums.sort((a, b) => a - b);
  const quantile = (share: number): number => {
    const place = share * (sums.length - 1);
    const low = sums[Math.floor(place)] ?? 0;
    return low + (place % 1) * ((sums[Math.ceil(place)] ?? 0) - low);
  };
  return {
    now: sumFrom(span.from),
    posts: quantile(0.5),
    low: quantile(0.25),
    high: quantile(0.75),
    of: sums.length,
  };
}

/** A count of fewer posts says nothing of a rise. */
const LEAST_RISEN = 10;
/** Standard deviations that two counts must be apart: one false alarm in about a hundred. */
const APART = 2.58;

/**
 * More posts than before beyond chance: as two Poisson counts of one rate would differ (Przyborowski and Wilenski, 1940,
 * by the normal approximation).
 */
function hasRisen({ posts, earlier }: Seen): boolean {
  return posts >= LEAST_RISEN && posts - earlier > APART * Math.sqrt(posts + earlier);
}

/** A narrative with posts in a span. */
interface Seen {
  readonly glance: StoryGlance;
  readonly posts: number;
  /** In as long a time right before. */
  readonly earlier: number;
  /** Of the span, hours since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Narratives with posts in the span, most first. */
function storiesNow(
  reader: TodayReaders['narratives'],
  span: TimeSpan,
  long: number,
  regions?: readonly string[],
): readonly Seen[] {
  const [from, to] = [Date.parse(span.from) / HOUR_MS, Date.parse(span.to) / HOUR_MS];
  const before = from - long / HOUR_MS;
  return seenSince(reader, from)
    .filter((glance) => glance.first < to * 3_600 && isSeenIn(glance, regions))
    .flatMap((glance): Seen[] => {
      let [posts, earlier] = [0, 0];
      for (const key in glance.hours) {
        const hour = Number(key);
        const [n] = glance.hours[key]!;
        if (hour >= from && hour < to) posts += n;
        else if (hour >= before && hour < from) earlier += n;
      }
      return posts === 0 ? [] : [{ glance, posts, earlier, from, to }];
    })
    .toSorted((a, b) => b.posts - a.posts || (a.glance.id < b.glance.id ? -1 : 1));
}

/** Latest seen first. */
function seenSince(reader: TodayReaders['narratives'], from: number): readonly StoryGlance[] {
  const found: StoryGlance[] = [];
  for (const glance of reader.lookThrough()) {
    found.push(glance);
    if (found.length === LOOKED_STORIES) break;
    // What people made of several stories may stand further back than it was seen.
    if (found.length % LOOKED_AT_ONCE === 0 && glance.last < from * 3_600) break;
  }
  return found.filter(({ last }) => last >= from * 3_600);
}

function storyNow({ glance, posts, earlier, from, to }: Seen): StoryNow {
  const { narrative, hours, claims } = glance.row();
  const here = hours.filter(({ hour }) => hour >= iso(from * HOUR_MS) && hour < iso(to * HOUR_MS));
  return { narrative, posts, earlier, hours: here, claims: claims.map(({ id }) => id) };
}

/** What has a title can be read. */
function titledFirst(stories: readonly Seen[]): readonly Seen[] {
  const titled = firstOf(stories, ({ glance }) => glance.title() !== '');
  if (titled.length === MOST_STORIES) return titled;
  return [...titled, ...stories.filter((story) => !titled.includes(story))].slice(0, MOST_STORIES);
}

/** As many of those that have something as are shown; what comes after them is not asked. */
function firstOf(stories: readonly Seen[], has: (story: Seen) => boolean): readonly Seen[] {
  const first: Seen[] = [];
  for (const story of stories) {
    if (first.length === MOST_STORIES) break;
    if (has(story)) first.push(story);
  }
  return first;
}

/** Regencies added to their provinces. */
function byProvince(regions: readonly Trend[]): readonly Trend[] {
  const sums = new Map<string, { posts: number; flagged: number }>();
  for (const { key, posts, flagged } of regions) {
    const province = key.split('.')[0] ?? key;
    const known = sums.get(province) ?? { posts: 0, flagged: 0 };
    sums.set(province, { posts: known.posts + posts, flagged: known.flagged + flagged });
  }
  return [...sums]
    .map(([key, counts]): Trend => ({ kind: 'region', key, ...counts }))
    .sort((a, b) => b.posts - a.posts || (a.key < b.key ? -1 : 1));
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
