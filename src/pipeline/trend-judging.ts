/** What of the posts of a span is usual, and what rose beyond chance. */
import { chanceOfMore, type Habit, habitOf, type Samples, sizeOf, spreadOf } from '../narrative/habit.js';
import { type Frame, samplesOf, type Table, visitUnusual, widthOf } from './trend-series.js';

/** Fewer posts in an hour are no rise worth telling. */
export const LEAST_RISE = 5;
/** Of all that is told so much may be chance: one in a hundred. */
export const FALSE_ALARM_RATE = 0.01;
/** Keys by which it is judged how widely days vary, of those with many posts. */
const LOOKED_KEYS = 2_000;

/** What is judged. */
export interface Judged {
  readonly table: Table;
  readonly frame: Frame;
  /** How widely keys vary from day to day ({@link variationOf}). */
  readonly size: number;
}

/**
 * How widely keys vary from day to day, by some of them: as keys are hashes, those below one are any.
 * @param keyOf the key of a row
 */
export function variationOf(table: Table, frame: Frame, keyOf: (row: number) => number): number {
  const last = frame.buckets - 1;
  const least = 2 ** 32 * Math.min(1, LOOKED_KEYS / table.rows);
  const spreads: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (keyOf(row) >= least) continue;
    const spread = spreadOf(samplesOf(table, row, last, frame));
    if (spread !== undefined) spreads.push(spread);
  }
  return sizeOf(spreads);
}

/** Posts of a row to be expected in the span; undefined where less than half of its time has earlier days. */
export function usualOf({ table, frame, size }: Judged, row: number): Habit | undefined {
  let [mean, known, all] = [0, 0, 0];
  let narrowest = 0;
  for (let bucket = frame.first; bucket < frame.buckets; bucket++) {
    if (frame.totals[bucket] === 0) continue;
    all++;
    const habit = habitOf(samplesOf(table, row, bucket, frame), widthOf(frame), size);
    if (habit === undefined) continue;
    mean += habit.mean;
    narrowest = Math.max(narrowest, habit.size);
    known++;
  }
  return known === 0 || known * 2 < all ? undefined : { mean: (mean * all) / known, size: narrowest };
}

/** The chance of the least likely rise of a row in the span; undefined where nothing is known of what is usual. */
export function riseOf({ table, frame, size }: Judged, row: number): number | undefined {
  let p: number | undefined;
  for (let bucket = frame.first; bucket < frame.buckets; bucket++) {
    const n = table.cells[bucket * table.rows + row]!;
    if (n < LEAST_RISE) continue;
    const habit = habitOf(samplesOf(table, row, bucket, frame), widthOf(frame), size);
    const chance = chanceBy(n, habit);
    if (chance !== undefined) p = Math.min(p ?? 1, chance);
  }
  return p;
}

/**
 * What rose, as far as each rise by itself is not too likely to be told.
 * @returns by row the chance of its least likely rise, 1 of none; and the chances of every rise, also of several of a row
 */
export function risesOf({ table, frame, size }: Judged): {
  readonly least: Float64Array;
  readonly chances: Float64Array;
} {
  const width = widthOf(frame);
  let chances = new Float64Array(table.rows);
  let count = 0;
  const least = new Float64Array(table.rows).fill(1);
  let same: Same | undefined;
  /** The chance of so many; most keys that rise were as rare on every day before, as are most others: these are judged once. */
  const chanceOf = (bucket: number, n: number, before: Samples): number | undefined => {
    if (!isFlat(before)) return chanceBy(n, habitOf(before, width, size));
    const posts = before.posts[0]!;
    if (same?.bucket !== bucket || same.posts !== posts) {
      same = { bucket, posts, habit: habitOf(before, width, size), chances: new Map() };
    }
    const known = same.chances.get(n);
    if (known !== undefined) return known;
    const chance = chanceBy(n, same.habit);
    if (chance !== undefined) same.chances.set(n, chance);
    return chance;
  };
  visitUnusual(table, frame, LEAST_RISE, (row, bucket, n, before) => {
    const chance = chanceOf(bucket, n, before);
    if (chance === undefined || chance > FALSE_ALARM_RATE) return;
    if (count === chances.length) chances = larger(chances);
    chances[count++] = chance;
    if (chance < least[row]!) least[row] = chance;
  });
  return { least, chances: chances.subarray(0, count) };
}

function larger(chances: Float64Array): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(2 * chances.length);
  grown.set(chances);
  return grown;
}

/** What is known of all keys that had the same posts on every day before a bucket. */
interface Same {
  readonly bucket: number;
  readonly posts: number;
  readonly habit: Habit | undefined;
  /** By posts. */
  readonly chances: Map<number, number>;
}

function isFlat({ posts, count }: Samples): boolean {
  for (let i = 1; i < count; i++) if (posts[i] !== posts[0]) return false;
  return count > 0;
}

function chanceBy(n: number, habit: Habit | undefined): number | undefined {
  return habit && (n <= habit.mean ? 1 : chanceOfMore(n, habit));
}

/** More than so many are put in order to find the least of them. */
const MOST_APART = 512;

/** The least of some chances, so many of those above one; in order. */
export function leastOf(chances: Float64Array, above: number, count: number): Float64Array {
  if (count > MOST_APART) {
    const all = chances.filter((chance) => chance > above).sort();
    return all.subarray(0, count);
  }
  const least = new Float64Array(count);
  let found = 0;
  for (let i = 0; i < chances.length; i++) {
    const chance = chances[i]!;
    if (chance <= above || (found === count && chance >= least[found - 1]!)) continue;
    let at = found === count ? found - 1 : found++;
    for (; at > 0 && least[at - 1]! > chance; at--) least[at] = least[at - 1]!;
    least[at] = chance;
  }
  return least.subarray(0, found);
}
