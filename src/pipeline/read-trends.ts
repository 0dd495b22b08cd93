import { coversRegion } from '../core/region.js';
import type { CountReader, HourCounts, HourTotal } from '../core/trend-ports.js';
import type { HourCount, TimeSpan, Trend, TrendKind, TrendReader } from '../core/trends.js';
import { chanceOfLess, chanceOfMore, type Habit, habitOf, sizeOf, toldBelow } from '../narrative/habit.js';
import { addHours, type KeyCounts } from './key-counts.js';
import { dayPieces, hourPieces, type Piece } from './trend-pieces.js';
import {
  type Counted,
  FALL,
  type Frame,
  frameOf,
  inSpan,
  isUsual,
  RISE,
  type Series,
  samplesOf,
  seriesOf,
  volumeOf,
  widthOf,
} from './trend-series.js';

const HOUR_MS = 3_600_000;
const DAY = 24;
/** Fewer posts in an hour are no rise worth telling. */
const LEAST_RISE = 5;
/** Fewer posts in a span are no fall worth telling. */
const LEAST_FALL = 10;
/** Of all that is told so much may be chance: one in a hundred. */
export const FALSE_ALARM_RATE = 0.01;
const MOST = 500;
/** Keys by which it is judged how widely days vary, of those with many posts. */
const LOOKED_KEYS = 2_000;
/** A year and a leap day, at most. */
const MOST_SPAN = 366 * DAY;

/** What rose or fell, and the chance of that. */
interface Moved {
  readonly counted: Counted;
  readonly p: number;
}

/** Trends over what the store counts; nothing is held between calls. */
export function createTrendReader(store: CountReader): TrendReader {
  /** What the frame is made of. */
  const piecesOf = (kind: TrendKind, { begin, width }: Frame, to: number): readonly Piece[] => [
    ...(width === 1 ? hourPieces(store, kind, begin, to) : dayPieces(store, kind, begin, to)),
  ];

  /** Posts to be expected in the span; undefined where less than half of its time has earlier days. */
  const usualOf = (series: Series, frame: Frame, size: number): Habit | undefined => {
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
   * The chance of the least likely rise of a series in the span; undefined where nothing is known of what is usual.
   * @param chances takes those of all that are not too likely to be told; with it, what could not be told is passed over
   */
  const riseOf = (series: Series, frame: Frame, size: number, chances?: number[]): number | undefined => {
    const { table, row } = series;
    const width = widthOf(frame);
    let p: number | undefined;
    for (let bucket = frame.first; bucket < frame.buckets; bucket++) {
      const n = table.cells[bucket * table.keys + row]!;
      if (n < LEAST_RISE || (chances !== undefined && isUsual(n, series, bucket, frame))) continue;
      const before = samplesOf(series, bucket, frame);
      const habit = habitOf(before, width, size);
      if (habit === undefined) continue;
      const chance = n <= habit.mean ? 1 : chanceOfMore(n, habit);
      p = Math.min(p ?? 1, chance);
      if (chance <= FALSE_ALARM_RATE) chances?.push(chance);
    }
    return p;
  };

  /** How widely keys vary from day to day, by some of them: as keys are hashes, those below one are any. */
  const variationOf = (asked: readonly Counted[], frame: Frame): number => {
    const last = frame.buckets - 1;
    const least = 2 ** 32 * Math.min(1, LOOKED_KEYS / asked.length);
    const days: number[][] = [];
    for (const series of asked) {
      if (series.key >= least) continue;
      const { scaled, count } = samplesOf(series, last, frame);
      days.push([...scaled.subarray(0, count)]);
    }
    return sizeOf(days);
  };

  const trendOf = (
    kind: TrendKind,
    counted: Counted,
    frame: Frame,
    size: number,
    p: number | undefined,
  ): Trend | undefined => {
    const { key, posts, flagged } = counted;
    const text = store.textOfKey(kind, key);
    if (text === undefined) return undefined;
    const usual = usualOf(counted, frame, size);
    return {
      kind,
      key: text,
      posts,
      flagged,
      ...(usual === undefined ? {} : { usual: usual.mean }),
      ...(p === undefined || usual === undefined ? {} : { p }),
    };
  };

  return {
    newestHour() {
      const counted = store.countedHours();
      return counted && hourText(counted.newest);
    },
    totals(span) {
      const { from, to } = hoursOf(span);
      return everyHour(from, to, store.hourTotals(from, to));
    },
    totalsOf(regions, span) {
      const { from, to } = hoursOf(span);
      const covered = new Map<number, boolean>();
      const isCovered = (key: number): boolean => {
        const known = covered.get(key) ?? coversRegion(regions, store.textOfKey('region', key) ?? '');
        covered.set(key, known);
        return known;
      };
      const totals: HourTotal[] = [];
      for (const { hour, counts } of store.countsOf('region', from, to)) {
        let [posts, flagged] = [0, 0];
        counts.keys.forEach((key, i) => {
          if (!isCovered(key)) return;
          posts += counts.posts[i]!;
          flagged += counts.flagged[i]!;
        });
        totals.push({ hour, posts, flagged });
      }
      return everyHour(from, to, totals);
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
      const frame = frameOf(store, from, to);
      const pieces = piecesOf(kind, frame, to);
      const found = addHours(within(pieces, frame.first, frame.buckets));
      const most: number[] = [];
      for (const place of placesOf(found).sort((a, b) => byPlace(found, a, b))) {
        if (most.length === Math.min(limit, MOST)) break;
        if (store.textOfKey(kind, found.keyAt(place)) !== undefined) most.push(place);
      }
      const series = seriesOf(found, most, frame, pieces, RISE);
      const size = variationOf(series, frame);
      return series.flatMap(
        (counted) => trendOf(kind, counted, frame, size, riseOf(counted, frame, size)) ?? [],
      );
    },
    rising({ kind, limit, ...span }) {
      const { from, to } = hoursOf(span);
      const frame = frameOf(store, from, to);
      const pieces = piecesOf(kind, frame, to);
      const found = addHours(within(pieces, frame.first, frame.buckets));
      // A day that begins within one of UTC may have what two of these have.
      const least = frame.width === 1 ? LEAST_RISE : LEAST_RISE / 2;
      const all = placesOf(found);
      const asked: number[] = [];
      for (const place of all) {
        if (found.mostAt(place) >= least || found.postsAt(place) >= 4 * LEAST_RISE) asked.push(place);
      }
      const series = seriesOf(found, asked, frame, pieces, RISE);
      const size = variationOf(series, frame);
      const chances: number[] = [];
      const risen: Moved[] = [];
      for (const counted of series) {
        const p = riseOf(counted, frame, size, chances);
        if (p !== undefined && p <= FALSE_ALARM_RATE) risen.push({ counted, p });
      }
      const told = toldBelow(
        chances,
        Math.max(1, all.length * (frame.buckets - frame.first)),
        FALSE_ALARM_RATE,
      );
      return leastLikely(risen, told, limit, ({ counted, p }) => trendOf(kind, counted, frame, size, p));
    },
    falling({ kind, limit, ...span }) {
      const { from, to } = hoursOf(span);
      const frame = frameOf(store, from, to);
      const pieces = piecesOf(kind, frame, to);
      // What fell was there before: the earlier days say what to look at.
      const before = addHours(within(pieces, 0, frame.first));
      const now = addHours(within(pieces, frame.first, frame.buckets));
      // A seventh of a week is what a day may be expected to have.
      const asked = placesOf(before).filter(
        (place) => (before.postsAt(place) * (to - from)) / (from - frame.begin) >= LEAST_FALL / 4,
      );
      const series = seriesOf(before, asked, frame, pieces, FALL).map((counted): Counted => {
        const place = now.placeOf(counted.key);
        if (place < 0) return { ...counted, posts: 0, flagged: 0 };
        return { ...counted, posts: now.postsAt(place), flagged: now.flaggedAt(place) };
      });
      const size = variationOf(series, frame);
      const fallen: Moved[] = [];
      let looked = 0;
      const volume = volumeOf(frame);
      for (const counted of series) {
        // As spread as habits are, a half of what is usual is no fall.
        if (counted.posts > (before.postsAt(before.placeOf(counted.key)) * volume) / 2) {
          looked++;
          continue;
        }
        const habit = usualOf(counted, frame, size);
        if (habit === undefined || habit.mean < LEAST_FALL) continue;
        looked++;
        // With what may have been too rare to be kept.
        const most = Math.ceil(inSpan(counted, frame));
        if (most < habit.mean) fallen.push({ counted, p: chanceOfLess(most, habit) });
      }
      const told = toldBelow(
        fallen.map(({ p }) => p),
        Math.max(1, looked),
        FALSE_ALARM_RATE,
      );
      return leastLikely(fallen, told, limit, ({ counted, p }) => trendOf(kind, counted, frame, size, p));
    },
  };
}

/** What belongs to buckets from one up to another, not included; what is only moved between them is left out. */
function* within(
  pieces: readonly Piece[],
  from: number,
  to: number,
): Generator<{ readonly counts: HourCounts; readonly sign: number }> {
  for (const { counts, parts } of pieces) {
    let sign = 0;
    for (const part of parts) if (part.bucket >= from && part.bucket < to) sign += part.sign;
    if (sign !== 0) yield { counts, sign };
  }
}

/** Of what has posts: what was taken off again has none. */
function placesOf({ size, postsAt }: KeyCounts): Uint32Array {
  const places = new Uint32Array(size);
  let count = 0;
  for (let place = 0; place < size; place++) if (postsAt(place) > 0) places[count++] = place;
  return places.subarray(0, count);
}

/** Most posts first. */
function byPlace(found: KeyCounts, a: number, b: number): number {
  return found.postsAt(b) - found.postsAt(a) || found.keyAt(a) - found.keyAt(b);
}

/** Looked at, for as many as are asked for, before more are put in order: some of them have no text to be told by. */
const LOOKED_FOR_EACH = 8;

/** What `make` makes of the least likely of those that are told, where it makes something; the most posts first of as likely ones. */
function leastLikely(
  moved: readonly Moved[],
  told: number,
  limit: number,
  make: (one: Moved) => Trend | undefined,
): Trend[] {
  const most = Math.min(limit, MOST);
  const made: Trend[] = [];
  const chances = new Float64Array(moved.length);
  for (let i = 0; i < moved.length; i++) chances[i] = moved[i]!.p;
  chances.sort();
  let [from, upTo] = [0, most * LOOKED_FOR_EACH];
  for (let above = -1; made.length < most && from < chances.length && above < told; upTo *= LOOKED_FOR_EACH) {
    // Tens of thousands move in a month of news: putting them all in order would take longer than judging them.
    const least = chances[Math.min(upTo, chances.length) - 1]!;
    const some = moved.filter(({ p }) => p > above && p <= least && p <= told);
    for (const one of some.sort((a, b) => a.p - b.p || byPosts(a.counted, b.counted))) {
      if (made.length === most) break;
      const result = make(one);
      if (result !== undefined) made.push(result);
    }
    above = least;
    from = upTo;
  }
  return made;
}

function byPosts(a: Counted, b: Counted): number {
  return b.posts - a.posts || a.key - b.key;
}

/** Hours since the epoch, `from` included and `to` not; a span that is too long keeps its end. */
function hoursOf({ from, to }: TimeSpan): { readonly from: number; readonly to: number } {
  const end = Math.ceil(Date.parse(to) / HOUR_MS);
  const begin = Math.floor(Date.parse(from) / HOUR_MS);
  if (Number.isNaN(end) || Number.isNaN(begin) || begin >= end) return { from: 0, to: 0 };
  return { from: Math.max(begin, end - MOST_SPAN), to: end };
}

/** Each hour, those without posts too. */
function everyHour(from: number, to: number, totals: readonly HourTotal[]): readonly HourCount[] {
  const known = new Map(totals.map((total) => [total.hour, total]));
  return Array.from({ length: to - from }, (_, i): HourCount => {
    const { posts = 0, flagged = 0 } = known.get(from + i) ?? {};
    return { hour: hourText(from + i), posts, flagged };
  });
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
