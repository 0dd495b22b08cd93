import type { CountReader, HourCounts } from '../core/trend-ports.js';
import type { HourCount, TimeSpan, Trend, TrendKind, TrendReader } from '../core/trends.js';
import {
  chanceOfLess,
  chanceOfMore,
  type Habit,
  habitOf,
  type Samples,
  sizeOf,
  toldBelow,
} from '../narrative/habit.js';
import { addHours, type KeyCounts } from './key-counts.js';

const HOUR_MS = 3_600_000;
const DAY = 24;
/** Earlier days that a habit is read from. */
const DAYS = 7;
/** A longer span is judged by days. */
const MOST_HOURS_APART = 72;
/** Fewer posts in an hour are no rise worth telling. */
const LEAST_RISE = 5;
/** Fewer posts in a span are no fall worth telling. */
const LEAST_FALL = 10;
/** Of all that is told so much may be chance: one in a hundred. */
export const FALSE_ALARM_RATE = 0.01;
const MOST = 500;
/** Shares of the posts of the rarest key kept that one left out of an hour is taken to have had, before the span and in it. */
const RISE = { before: 0.5, within: 0 } as const;
const FALL = { before: 0, within: 1 } as const;
/** A year and a leap day, at most. */
const MOST_SPAN = 366 * DAY;

/** Hours of a span and of the days before it, in buckets of so many hours, the span's first at {@link first}. */
interface Frame {
  readonly width: 1 | 24;
  /** Hour with which bucket 0 begins. */
  readonly begin: number;
  /** Bucket of the span's begin. */
  readonly first: number;
  readonly buckets: number;
  /** Posts of everything, by bucket. */
  readonly totals: Float64Array;
}

/** What was counted of a key in a span. */
interface Counted {
  readonly key: number;
  readonly posts: number;
  readonly flagged: number;
  /** By bucket of the frame. */
  readonly series: Float64Array;
}

interface Hour {
  readonly hour: number;
  readonly counts: HourCounts;
}

/** Trends over what the store counts; nothing is held between calls. */
export function createTrendReader(store: CountReader): TrendReader {
  const frameOf = (from: number, to: number): Frame => {
    const width = to - from > MOST_HOURS_APART ? DAY : 1;
    // A day at the end that is not whole is counted with what it has.
    const before = width === 1 ? DAYS * DAY + 1 : DAYS * DAY;
    const begin = from - before;
    const buckets = Math.ceil((to - begin) / width);
    const totals = new Float64Array(buckets);
    for (const { hour, posts } of store.hourTotals(begin, to))
      totals[Math.floor((hour - begin) / width)]! += posts;
    return { width, begin, first: before / width, buckets, totals };
  };

  /**
   * Series of the keys at some places of what was added up. What was too rare to be kept in an hour is taken to have had a
   * share of the posts of the rarest: as {@link RISE} and {@link FALL} say, so that neither is told for want of counts.
   * @param hours of the frame, in order
   */
  const fill = (
    found: KeyCounts,
    asked: readonly number[],
    { begin, buckets, width, first }: Frame,
    hours: readonly Hour[],
    { before, within }: typeof RISE | typeof FALL,
  ): Counted[] => {
    const rows = new Float64Array(asked.length * buckets);
    const rowOf = new Int32Array(found.size).fill(-1);
    asked.forEach((place, row) => {
      rowOf[place] = row * buckets;
    });
    const absent = new Float64Array(buckets);
    for (const { hour, counts } of hours) {
      const bucket = Math.floor((hour - begin) / width);
      const guess = counts.cut * (bucket < first ? before : within);
      absent[bucket]! += guess;
      const { keys, posts } = counts;
      const places = found.placesIn(counts);
      for (let i = 0; i < keys.length; i++) {
        const place = places === undefined ? found.placeOf(keys[i]!) : places[i]!;
        const row = place < 0 ? -1 : rowOf[place]!;
        if (row >= 0) rows[row + bucket]! += posts[i]! - guess;
      }
    }
    return asked.map((place, row) => {
      const series = rows.subarray(row * buckets, (row + 1) * buckets);
      for (let bucket = 0; bucket < buckets; bucket++) series[bucket]! += absent[bucket]!;
      return {
        key: found.keyAt(place),
        posts: found.postsAt(place),
        flagged: found.flaggedAt(place),
        series,
      };
    });
  };

  /** What earlier days had of a series where a bucket lies; none of days of which nothing is known. One at a time. */
  const samples: Samples = { posts: new Float64Array(DAYS), scaled: new Float64Array(DAYS), count: 0 };
  const samplesOf = (series: Float64Array, bucket: number, { width, totals }: Frame): Samples => {
    samples.count = 0;
    const step = width === 1 ? DAY : 1;
    const reach = width === 1 ? 1 : 0;
    for (let day = 1; day <= DAYS; day++) {
      const at = bucket - day * step;
      if (at - reach < 0) break;
      let [posts, all] = [0, 0];
      for (let near = at - reach; near <= at + reach; near++) {
        posts += series[near]!;
        all += totals[near]!;
      }
      if (all === 0) continue;
      samples.posts[samples.count] = posts;
      samples.scaled[samples.count] = (posts * (2 * reach + 1) * totals[bucket]!) / all;
      samples.count++;
    }
    return samples;
  };
  const widthOf = ({ width }: Frame): number => (width === 1 ? 3 : 1);

  /** Posts to be expected in the span; undefined where less than half of its time has earlier days. */
  const usualOf = (series: Float64Array, frame: Frame, size: number): Habit | undefined => {
    let [mean, known, all] = [0, 0, 0];
    let narrowest = 0;
    for (let bucket = frame.first; bucket < frame.buckets; bucket++) {
      if (frame.totals[bucket] === 0) continue;
      all++;
      const habit = habitOf(samplesOf(series, bucket, frame), widthOf(frame), size);
      if (habit === undefined) continue;
      mean += habit.mean;
      narrowest = Math.max(narrowest, habit.size);
      known++;
    }
    return known === 0 || known * 2 < all ? undefined : { mean: (mean * all) / known, size: narrowest };
  };

  /**
   * The least likely rise of a series in the span, and the chances of those that are not likely.
   * @param isQuick passes over what could not be told anyway
   */
  const riseOf = (
    series: Float64Array,
    frame: Frame,
    size: number,
    isQuick = false,
  ): { p: number | undefined; chances: number[] } => {
    const chances: number[] = [];
    let p: number | undefined;
    for (let bucket = frame.first; bucket < frame.buckets; bucket++) {
      const n = series[bucket]!;
      if (n < LEAST_RISE) continue;
      const before = samplesOf(series, bucket, frame);
      if (isQuick && isUsual(n, before, widthOf(frame))) continue;
      const habit = habitOf(before, widthOf(frame), size);
      if (habit === undefined) continue;
      const chance = n <= habit.mean ? 1 : chanceOfMore(n, habit);
      p = Math.min(p ?? 1, chance);
      if (chance < 0.1) chances.push(chance);
    }
    return { p, chances };
  };

  /** How widely these keys vary from day to day. */
  const variationOf = (asked: Iterable<Counted>, frame: Frame): number => {
    const days: number[][] = [];
    const last = frame.buckets - 1;
    for (const { series } of asked) {
      const { scaled, count } = samplesOf(series, last, frame);
      days.push([...scaled.subarray(0, count)]);
      if (days.length === MOST) break;
    }
    return sizeOf(days);
  };

  const trendOf = (
    kind: TrendKind,
    { key, posts, flagged, series }: Counted,
    frame: Frame,
    size: number,
    p: number | undefined,
  ): Trend | undefined => {
    const text = store.textOfKey(kind, key);
    if (text === undefined) return undefined;
    const usual = usualOf(series, frame, size);
    return {
      kind,
      key: text,
      posts,
      flagged,
      ...(usual === undefined ? {} : { usual: usual.mean }),
      ...(p === undefined || usual === undefined ? {} : { p }),
    };
  };

  const byPosts = (a: Counted, b: Counted): number => b.posts - a.posts || a.key - b.key;

  return {
    newestHour() {
      const counted = store.countedHours();
      return counted && hourText(counted.newest);
    },
    totals(span) {
      const { from, to } = hoursOf(span);
      const known = new Map(store.hourTotals(from, to).map((total) => [total.hour, total]));
      return Array.from({ length: to - from }, (_, i): HourCount => {
        const { posts = 0, flagged = 0 } = known.get(from + i) ?? {};
        return { hour: hourText(from + i), posts, flagged };
      });
    },
    series(kind, key, span) {
      const { from, to } = hoursOf(span);
      const asked = store.keyOfText(kind, key);
      if (asked === undefined) return [];
      const found: HourCount[] = [];
      for (const { hour, counts } of store.countsOf(kind, from, to)) {
        const at = placeOf(counts.keys, asked);
        if (at < 0) continue;
        found.push({ hour: hourText(hour), posts: counts.posts[at]!, flagged: counts.flagged[at]! });
      }
      return found;
    },
    top({ kind, limit, ...span }) {
      const { from, to } = hoursOf(span);
      const frame = frameOf(from, to);
      const hours = [...store.countsOf(kind, frame.begin, to)];
      const found = addHours(hours.filter(({ hour }) => hour >= from));
      const most: number[] = [];
      for (const place of placesOf(found).sort((a, b) => byPlace(found, a, b))) {
        if (most.length === Math.min(limit, MOST)) break;
        if (store.textOfKey(kind, found.keyAt(place)) !== undefined) most.push(place);
      }
      const series = fill(found, most, frame, hours, RISE);
      const size = variationOf(series, frame);
      return series.flatMap(
        (counted) => trendOf(kind, counted, frame, size, riseOf(counted.series, frame, size).p) ?? [],
      );
    },
    rising({ kind, limit, ...span }) {
      const { from, to } = hoursOf(span);
      const frame = frameOf(from, to);
      const hours = [...store.countsOf(kind, frame.begin, to)];
      const found = addHours(hours.filter(({ hour }) => hour >= from));
      const asked = placesOf(found).filter(
        (place) => found.mostAt(place) >= LEAST_RISE || found.postsAt(place) >= 4 * LEAST_RISE,
      );
      const series = fill(found, asked, frame, hours, RISE);
      const size = variationOf(series, frame);
      const chances: number[] = [];
      const risen: { readonly counted: Counted; readonly p: number }[] = [];
      for (const counted of series) {
        const rise = riseOf(counted.series, frame, size, true);
        chances.push(...rise.chances);
        if (rise.p !== undefined && rise.p < 0.1) risen.push({ counted, p: rise.p });
      }
      const told = toldBelow(
        chances,
        Math.max(1, found.size * (frame.buckets - frame.first)),
        FALSE_ALARM_RATE,
      );
      return firstOf(
        risen.filter(({ p }) => p <= told).sort((a, b) => a.p - b.p || byPosts(a.counted, b.counted)),
        limit,
        ({ counted, p }) => trendOf(kind, counted, frame, size, p),
      );
    },
    falling({ kind, limit, ...span }) {
      const { from, to } = hoursOf(span);
      const frame = frameOf(from, to);
      const hours = [...store.countsOf(kind, frame.begin, to)];
      // What fell was there before: the earlier days say what to look at.
      const before = addHours(hours.filter(({ hour }) => hour < from));
      const now = addHours(hours.filter(({ hour }) => hour >= from));
      // A seventh of a week is what a day may be expected to have.
      const asked = placesOf(before).filter(
        (place) => (before.postsAt(place) * (to - from)) / (from - frame.begin) >= LEAST_FALL / 4,
      );
      const series = fill(before, asked, frame, hours, FALL).map((counted): Counted => {
        const place = now.placeOf(counted.key);
        if (place < 0) return { ...counted, posts: 0, flagged: 0 };
        return { ...counted, posts: now.postsAt(place), flagged: now.flaggedAt(place) };
      });
      const size = variationOf(series, frame);
      const fallen: { readonly counted: Counted; readonly p: number }[] = [];
      let looked = 0;
      const volume = volumeOf(frame);
      for (const counted of series) {
        // As spread as habits are, a half of what is usual is no fall.
        if (counted.posts > (before.postsAt(before.placeOf(counted.key)) * volume) / 2) {
          looked++;
          continue;
        }
        const habit = usualOf(counted.series, frame, size);
        if (habit === undefined || habit.mean < LEAST_FALL) continue;
        looked++;
        // With what may have been too rare to be kept.
        const most = Math.ceil(sumOf(counted.series.subarray(frame.first)));
        if (most < habit.mean) fallen.push({ counted, p: chanceOfLess(most, habit) });
      }
      const told = toldBelow(
        fallen.map(({ p }) => p),
        Math.max(1, looked),
        FALSE_ALARM_RATE,
      );
      return firstOf(
        fallen.filter(({ p }) => p <= told).sort((a, b) => a.p - b.p || byPosts(a.counted, b.counted)),
        limit,
        ({ counted, p }) => trendOf(kind, counted, frame, size, p),
      );
    },
  };
}

function placesOf({ size }: KeyCounts): number[] {
  return Array.from({ length: size }, (_, place) => place);
}

/** Most posts first. */
function byPlace(found: KeyCounts, a: number, b: number): number {
  return found.postsAt(b) - found.postsAt(a) || found.keyAt(a) - found.keyAt(b);
}

/** True of less than twice what the same hours had in the mean: as spread as habits are, no rise to be told. */
function isUsual(n: number, { scaled, count }: Samples, width: number): boolean {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += scaled[i]!;
  return count > 0 && n * count * width < 2 * sum;
}

/** Posts of everything in the span to those before it. */
function volumeOf({ totals, first }: Frame): number {
  return sumOf(totals.subarray(first)) / Math.max(1, sumOf(totals.subarray(0, first)));
}

function sumOf(some: Float64Array): number {
  return some.reduce((a, b) => a + b, 0);
}

/** What `make` makes of the first ones for which it makes something. */
function firstOf<T, R>(from: readonly T[], limit: number, make: (one: T) => R | undefined): R[] {
  const made: R[] = [];
  for (const one of from) {
    if (made.length === Math.min(limit, MOST)) break;
    const result = make(one);
    if (result !== undefined) made.push(result);
  }
  return made;
}

/** Hours since the epoch, `from` included and `to` not; a span that is too long keeps its end. */
function hoursOf({ from, to }: TimeSpan): { readonly from: number; readonly to: number } {
  const end = Math.ceil(Date.parse(to) / HOUR_MS);
  const begin = Math.floor(Date.parse(from) / HOUR_MS);
  if (Number.isNaN(end) || Number.isNaN(begin) || begin >= end) return { from: 0, to: 0 };
  return { from: Math.max(begin, end - MOST_SPAN), to: end };
}

function placeOf(keys: Uint32Array, key: number): number {
  let [low, high] = [0, keys.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (keys[middle] === key) return middle;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function hourText(hour: number): string {
  return new Date(hour * HOUR_MS).toISOString();
}
