/** Today at a glance: everything collected against what is usual, what rises, what is new. No item, no account. */
import type { Narrative } from '../core/narrative.js';
import type { NarrativeReader, NarrativeRow } from '../core/narrative-ports.js';
import { coversRegion } from '../core/region.js';
import type { HourCount, TimeSpan, Trend, TrendKind, TrendReader } from '../core/trends.js';

import { isOf } from './read-stories.js';

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
  readonly narratives: Pick<NarrativeReader, 'listStories'>;
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
  const isFresh = ({ narrative }: StoryNow): boolean => narrative.firstSeen >= span.from;
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
      .slice(0, MOST_STORIES),
    // What has a title can be read.
    fresh: stories
      .filter(isFresh)
      .toSorted((a, b) => Number(b.narrative.title !== '') - Number(a.narrative.title !== ''))
      .slice(0, MOST_STORIES),
    hoaxes: stories.filter(({ claims }) => claims.length > 0).slice(0, MOST_STORIES),
    regions: byProvince(
      trends
        .top({ ...span, kind: 'region', limit: 500 })
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
function hasRisen({ posts, earlier }: StoryNow): boolean {
  return posts >= LEAST_RISEN && posts - earlier > APART * Math.sqrt(posts + earlier);
}

/** Narratives with posts in the span, most first. */
function storiesNow(
  reader: TodayReaders['narratives'],
  { from, to }: TimeSpan,
  long: number,
  regions?: readonly string[],
): readonly StoryNow[] {
  const earlier = iso(Date.parse(from) - long);
  return seenSince(reader, from)
    .filter((row) => row.narrative.firstSeen < to && isOf(row, regions))
    .flatMap(({ narrative, hours: known, claims }): StoryNow[] => {
      const hours = known.filter(({ hour }) => hour >= from && hour < to);
      const before = known.filter(({ hour }) => hour >= earlier && hour < from);
      const posts = sum(hours, (one) => one.posts);
      if (posts === 0) return [];
      const ids = claims.map(({ id }) => id);
      return [{ narrative, posts, earlier: sum(before, (one) => one.posts), hours, claims: ids }];
    })
    .toSorted((a, b) => b.posts - a.posts || (a.narrative.id < b.narrative.id ? -1 : 1));
}

/** Latest seen first. */
function seenSince(reader: TodayReaders['narratives'], from: string): readonly NarrativeRow[] {
  const found: NarrativeRow[] = [];
  // They come by the hour in which they were last seen.
  const least = iso(Math.floor(Date.parse(from) / HOUR_MS) * HOUR_MS);
  for (let before: string | undefined; found.length < LOOKED_STORIES; before = found.at(-1)?.narrative.id) {
    const page = reader.listStories({
      limit: LOOKED_AT_ONCE,
      ...(before === undefined ? {} : { before }),
    });
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < LOOKED_AT_ONCE || last.narrative.lastSeen < least) break;
  }
  return found.filter(({ narrative }) => narrative.lastSeen >= from);
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
