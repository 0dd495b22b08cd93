/** Posts of keys by hours or days: a span beside the days before it, which say what is usual. */
import type { CountReader } from '../core/trend-ports.js';
import type { Samples } from '../narrative/habit.js';
import type { KeyCounts } from './key-counts.js';
import type { Piece } from './trend-pieces.js';

const DAY = 24;
/** Earlier days that a habit is read from. */
const DAYS = 7;
/** A longer span is judged by days. */
const MOST_HOURS_APART = 72;
/** Shares of the posts of the rarest key kept that one left out of an hour is taken to have had, before the span and in it. */
export const RISE = { before: 0.5, within: 0 } as const;
export const FALL = { before: 0, within: 1 } as const;

/** Hours of a span and of the days before it, in buckets of so many hours, the span's first at {@link first}. */
export interface Frame {
  readonly width: 1 | 24;
  /** Hour with which bucket 0 begins. */
  readonly begin: number;
  /** Bucket of the span's begin. */
  readonly first: number;
  readonly buckets: number;
  /** Posts of everything, by bucket. */
  readonly totals: Float64Array;
  /** How much more was collected in a bucket than around each of the days before it; 0 where that is not known. */
  readonly scales: Float64Array;
}

/** Posts of keys by bucket of the frame: one array for all, as there are tens of thousands, a column a bucket. */
export interface Table {
  /** Whole and half posts: exact up to eight million. */
  readonly cells: Float32Array;
  /** Length of a column. */
  readonly rows: number;
}

/** The frame of a span, hours since the epoch. */
export function frameOf(store: Pick<CountReader, 'stretchTotals'>, from: number, to: number): Frame {
  const width = to - from > MOST_HOURS_APART ? DAY : 1;
  // A day at the end that is not whole is counted with what it has.
  const before = width === 1 ? DAYS * DAY + 1 : DAYS * DAY;
  const begin = from - before;
  const buckets = Math.ceil((to - begin) / width);
  const totals = new Float64Array(buckets);
  for (const [bucket, posts] of store.stretchTotals(begin, to, width)) totals[bucket] = posts;
  return { width, begin, first: before / width, buckets, totals, scales: scalesOf(totals, width) };
}

/**
 * Posts of the keys at some places of what was added up, a row each in that order. What was too rare to be kept in an hour is taken to have had a
 * share of the posts of the rarest: as {@link RISE} and {@link FALL} say, so that neither is told for want of counts.
 */
export function tableOf(
  found: KeyCounts,
  asked: ArrayLike<number>,
  { buckets, first }: Frame,
  pieces: readonly Piece[],
  { before, within }: typeof RISE | typeof FALL,
): Table {
  const rows = asked.length;
  const cells = new Float32Array(rows * buckets);
  const rowOf = new Int32Array(found.size).fill(-1);
  for (let row = 0; row < rows; row++) rowOf[asked[row]!] = row;
  const absent = new Float64Array(buckets);
  for (const { counts, parts } of pieces) {
    const here = rowsOf(found.placesIn(counts), rowOf);
    for (const { bucket, sign } of parts) {
      const share = bucket < first ? before : within;
      absent[bucket]! += sign * share * counts.cut;
      addTo(cells.subarray(bucket * rows, (bucket + 1) * rows), here, counts, sign, share);
    }
  }
  for (let bucket = 0; bucket < buckets; bucket++) {
    const guess = absent[bucket]!;
    for (let at = bucket * rows; guess !== 0 && at < (bucket + 1) * rows; at++) cells[at]! += guess;
  }
  return { cells, rows };
}

function rowsOf(places: Int32Array, rowOf: Int32Array): Int32Array {
  const rows = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    rows[i] = place < 0 ? -1 : rowOf[place]!;
  }
  return rows;
}

/** Adds counts to a column, less what is guessed of every key below: nothing is guessed of what is known. */
function addTo(
  column: Float32Array,
  rows: Int32Array,
  { posts, cut, cuts }: Piece['counts'],
  sign: number,
  share: number,
): void {
  if (share === 0) {
    for (let i = 0; i < rows.length; i++) if (rows[i]! >= 0) column[rows[i]!]! += sign * posts[i]!;
    return;
  }
  for (let i = 0; i < rows.length; i++) {
    if (rows[i]! >= 0) column[rows[i]!]! += sign * (posts[i]! - share * (cuts?.[i] ?? cut));
  }
}

/** One at a time: they are read tens of thousands of times for an answer. */
const samples: Samples = { posts: new Float64Array(DAYS), scaled: new Float64Array(DAYS), count: 0 };

/** What earlier days had of a row where a bucket lies; none of days of which nothing is known. Good until the next call. */
export function samplesOf(
  { cells, rows }: Table,
  row: number,
  bucket: number,
  { width, scales }: Frame,
): Samples {
  const { posts, scaled } = samples;
  const step = width === 1 ? DAY : 1;
  let count = 0;
  for (let day = 1; day <= DAYS; day++) {
    const scale = scales[bucket * DAYS + day - 1]!;
    if (scale === 0) continue;
    const at = (bucket - day * step) * rows + row;
    const n = width === 1 ? cells[at - rows]! + cells[at]! + cells[at + rows]! : cells[at]!;
    posts[count] = n;
    scaled[count] = n * scale;
    count++;
  }
  samples.count = count;
  return samples;
}

/** How many times as long as a bucket each of its samples is. */
export function widthOf({ width }: Frame): number {
  return width === 1 ? 3 : 1;
}

/** {@link Frame.scales}: of an hour, to the same one of earlier days and its neighbours; of a day, to earlier days. */
function scalesOf(totals: Float64Array, width: Frame['width']): Float64Array {
  const scales = new Float64Array(totals.length * DAYS);
  const [step, reach] = width === 1 ? [DAY, 1] : [1, 0];
  for (let bucket = 0; bucket < totals.length; bucket++) {
    for (let day = 1; day <= DAYS; day++) {
      const at = bucket - day * step;
      if (at - reach < 0) break;
      let all = 0;
      for (let near = at - reach; near <= at + reach; near++) all += totals[near]!;
      if (all > 0) scales[bucket * DAYS + day - 1] = ((2 * reach + 1) * totals[bucket]!) / all;
    }
  }
  return scales;
}

/**
 * Visits every cell of the span with so many posts or more, but those with less than twice what the same hours had in the
 * mean: as spread as habits are, no rise to be told. A bucket at a time, as columns lie far apart.
 * @param visit is given what earlier days had, as {@link samplesOf} has it
 */
export function visitUnusual(
  table: Table,
  frame: Frame,
  least: number,
  visit: (row: number, bucket: number, posts: number, before: Samples) => void,
): void {
  const { cells, rows } = table;
  const width = widthOf(frame);
  for (let bucket = frame.first; bucket < frame.buckets; bucket++) {
    const column = cells.subarray(bucket * rows, (bucket + 1) * rows);
    for (let row = 0; row < rows; row++) {
      const n = column[row]!;
      if (n < least) continue;
      const before = samplesOf(table, row, bucket, frame);
      const { scaled, count } = before;
      let sum = 0;
      for (let i = 0; i < count; i++) sum += scaled[i]!;
      if (count === 0 || n * count * width >= 2 * sum) visit(row, bucket, n, before);
    }
  }
}

/** Posts of a row in the span. */
export function inSpan({ cells, rows }: Table, row: number, { first, buckets }: Frame): number {
  let sum = 0;
  for (let bucket = first; bucket < buckets; bucket++) sum += cells[bucket * rows + row]!;
  return sum;
}

/** Posts of everything in the span to those before it. */
export function volumeOf({ totals, first }: Frame): number {
  return sumOf(totals.subarray(first)) / Math.max(1, sumOf(totals.subarray(0, first)));
}

function sumOf(some: Float64Array): number {
  return some.reduce((a, b) => a + b, 0);
}
