import { coversRegion } from '../core/region.js';
import type { CountReader, HourCounts, HourTotal } from '../core/trend-ports.js';
import type { HourCount, TimeSpan, Trend, TrendKind, TrendReader } from '../core/trends.js';
import { chanceOfLess, toldBelow } from '../narrative/habit.js';
import { addHours, type KeyCounts } from './key-counts.js';
import {
  FALSE_ALARM_RATE,
  type Judged,
  LEAST_RISE,
  leastOf,
  riseOf,
  risesOf,
  usualOf,
  variationOf,
} from './trend-judging.js';
import { dayPieces, hourPieces, type Piece } from './trend-pieces.js';
import { FALL, type Frame, frameOf, inSpan, RISE, type Table, tableOf, volumeOf } from './trend-series.js';

const HOUR_MS = 3_600_000;
const DAY = 24;
/** Fewer posts in a span are no fall worth telling. */
const LEAST_FALL = 10;
const MOST = 500;
/** A year and a leap day, at most. */
const MOST_SPAN = 366 * DAY;

/** Trends over what the store counts; nothing is held between calls. */
export function createTrendReader(store: CountReader): TrendReader {
  /** What the frame is made of. */
  const piecesOf = (kind: TrendKind, { begin, width }: Frame, to: number): readonly Piece[] => [
    ...(width === 1 ? hourPieces(store, kind, begin, to) : dayPieces(store, kind, begin, to)),
  ];

  const judgedOf = (table: Table, frame: Frame, found: KeyCounts, asked: ArrayLike<number>): Judged => ({
    table,
    frame,
    size: variationOf(table, frame, (row) => found.keys[asked[row]!]!),
  });

  const trendOf = (
    kind: TrendKind,
    { key, posts, flagged }: Counted,
    judged: Judged,
    row: number,
    p: number | undefined,
  ): Trend | undefined => {
    const text = store.textOfKey(kind, key);
    if (text === undefined) return undefined;
    const usual = usualOf(judged, row);
    return {
      kind,
      key: text,
      posts,
      flagged,
      ...(usual === undefined ? {} : { usual: usual.mean }),
      ...(p === undefined || usual === undefined ? {} : { p }),
    };
  };

  /** Places of the keys with the most posts, of those that may be told. */
  const mostOf = (kind: TrendKind, found: KeyCounts, limit: number): readonly number[] => {
    const most: number[] = [];
    for (const place of placesOf(found).sort((a, b) => byPlace(found, a, b))) {
      if (most.length === Math.min(limit, MOST)) break;
      if (store.textOfKey(kind, found.keys[place]!) !== undefined) most.push(place);
    }
    return most;
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
    top({ kind, limit, plain, ...span }) {
      const { from, to } = hoursOf(span);
      if (plain) {
        const all = to - from > DAY ? dayPieces(store, kind, from, to) : hourPieces(store, kind, from, to);
        const found = addHours(within([...all], 0, Number.MAX_SAFE_INTEGER));
        return mostOf(kind, found, limit).flatMap((place) => {
          const { key, ...counts } = countedAt(found, place);
          const text = store.textOfKey(kind, key);
          return text === undefined ? [] : [{ kind, key: text, ...counts }];
        });
      }
      const frame = frameOf(store, from, to);
      const pieces = piecesOf(kind, frame, to);
      const found = addHours(within(pieces, frame.first, frame.buckets));
      const most = mostOf(kind, found, limit);
      const judged = judgedOf(tableOf(found, most, frame, pieces, RISE), frame, found, most);
      return most.flatMap(
        (place, row) => trendOf(kind, countedAt(found, place), judged, row, riseOf(judged, row)) ?? [],
      );
    },
    rising({ kind, limit, ...span }) {
      const { from, to } = hoursOf(span);
      const frame = frameOf(store, from, to);
      const pieces = piecesOf(kind, frame, to);
      const found = addHours(within(pieces, frame.first, frame.buckets));
      // A day that begins within one of UTC may have what two of these have.
      const least = frame.width === 1 ? LEAST_RISE : LEAST_RISE / 2;
      const { all, asked } = placesToJudge(found, least);
      const judged = judgedOf(tableOf(found, asked, frame, pieces, RISE), frame, found, asked);
      const { least: risen, chances } = risesOf(judged);
      const looked = Math.max(1, all * (frame.buckets - frame.first));
      return leastLikely(risen, toldBelow(chances, looked, FALSE_ALARM_RATE), limit, {
        countedOf: (row) => countedAt(found, asked[row]!),
        make: (row, counted) => trendOf(kind, counted, judged, row, risen[row]),
      });
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
        (place) => (before.posts[place]! * (to - from)) / (from - frame.begin) >= LEAST_FALL / 4,
      );
      const judged = judgedOf(tableOf(before, asked, frame, pieces, FALL), frame, before, asked);
      const countedOf = (row: number): Counted => {
        const key = before.keys[asked[row]!]!;
        const place = now.placeOf(key);
        return place < 0 ? { key, posts: 0, flagged: 0 } : countedAt(now, place);
      };
      const fallen = new Float64Array(asked.length).fill(1);
      const chances: number[] = [];
      let looked = 0;
      const volume = volumeOf(frame);
      for (let row = 0; row < asked.length; row++) {
        // As spread as habits are, a half of what is usual is no fall.
        if (countedOf(row).posts > (before.posts[asked[row]!]! * volume) / 2) {
          looked++;
          continue;
        }
        const habit = usualOf(judged, row);
        if (habit === undefined || habit.mean < LEAST_FALL) continue;
        looked++;
        // With what may have been too rare to be kept.
        const most = Math.ceil(inSpan(judged.table, row, frame));
        if (most >= habit.mean) continue;
        const chance = chanceOfLess(most, habit);
        fallen[row] = chance;
        chances.push(chance);
      }
      return leastLikely(fallen, toldBelow(chances, Math.max(1, looked), FALSE_ALARM_RATE), limit, {
        countedOf,
        make: (row, counted) => trendOf(kind, counted, judged, row, fallen[row]),
      });
    },
  };
}

/** What was counted of a key in a span. */
interface Counted {
  readonly key: number;
  readonly posts: number;
  readonly flagged: number;
}

function countedAt({ keys, posts, flagged }: KeyCounts, place: number): Counted {
  return { key: keys[place]!, posts: posts[place]!, flagged: flagged[place]! };
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
function placesOf({ size, posts }: KeyCounts): Uint32Array {
  const places = new Uint32Array(size);
  let count = 0;
  for (let place = 0; place < size; place++) if (posts[place]! > 0) places[count++] = place;
  return places.subarray(0, count);
}

/** Of what has posts, how many there are, and those that may have risen. */
function placesToJudge(
  { size, posts, most }: KeyCounts,
  least: number,
): { readonly all: number; readonly asked: Uint32Array } {
  const asked = new Uint32Array(size);
  let [all, count] = [0, 0];
  for (let place = 0; place < size; place++) {
    const n = posts[place]!;
    if (n <= 0) continue;
    all++;
    if (most[place]! >= least || n >= 4 * LEAST_RISE) asked[count++] = place;
  }
  return { all, asked: asked.subarray(0, count) };
}

/** Most posts first. */
function byPlace({ keys, posts }: KeyCounts, a: number, b: number): number {
  return posts[b]! - posts[a]! || keys[a]! - keys[b]!;
}

/** Looked at, for as many as are asked for, before more are put in order: some of them have no text to be told by. */
const LOOKED_FOR_EACH = 8;

/**
 * What `make` makes of the least likely of those that are told, where it makes something; the most posts first of as likely ones.
 * @param chances by row
 */
function leastLikely(
  chances: Float64Array,
  told: number,
  limit: number,
  {
    countedOf,
    make,
  }: {
    readonly countedOf: (row: number) => Counted;
    readonly make: (row: number, counted: Counted) => Trend | undefined;
  },
): Trend[] {
  const most = Math.min(limit, MOST);
  const made: Trend[] = [];
  let upTo = most * LOOKED_FOR_EACH;
  // Tens of thousands move in a month of news: putting them all in order would take longer than judging them.
  for (let above = -1; made.length < most && above < told; upTo *= LOOKED_FOR_EACH) {
    const next = leastOf(chances, above, upTo).at(-1);
    if (next === undefined) break;
    const least = Math.min(next, told);
    const some: { readonly row: number; readonly p: number; readonly counted: Counted }[] = [];
    for (let row = 0; row < chances.length; row++) {
      const p = chances[row]!;
      if (p > above && p <= least) some.push({ row, p, counted: countedOf(row) });
    }
    some.sort((a, b) => a.p - b.p || b.counted.posts - a.counted.posts || a.counted.key - b.counted.key);
    for (const { row, counted } of some) {
      if (made.length === most) break;
      const trend = make(row, counted);
      if (trend !== undefined) made.push(trend);
    }
    above = least;
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
