import { MAX_WORD_FEATURES, wordFeatures } from './language-features.js';

/** Most lanes of a table: sixteen bytes, four to a number. */
export const MAX_LANES = 16;

/** Weights are kept as unsigned bytes around this. */
const MIDDLE = 128;
/** Two bytes out of four, each in its own half. */
const HALVES = 0x00ff00ff;

/** The weights of hashed grams. One owner at a time: it keeps the sums of the latest word. */
export interface GramTable {
  /** Sums the weights of a word's features, lane by lane, into `sums`; returns how many features it has. */
  sum(codes: Uint8Array, start: number, end: number): number;
  /** {@link MAX_LANES} numbers, -12,900..12,800 each; those beyond the table's lanes mean nothing. */
  readonly sums: Int32Array;
  /** The weight that the latest word has as a whole in a lane; part of its sum. */
  wholeWord(lane: number): number;
}

/**
 * A table over weights of one byte. No gram reaches over a word's edge, so that the sums of a word are the same wherever
 * it stands. Four weights are read and added at a time.
 * @param weights `[bucket * lanes + lane]` for 2^bits buckets
 */
export function createGramTable(weights: Int8Array, bits: number, lanes: number): GramTable {
  const quads = (lanes + 3) >> 2;
  const table = packWeights(weights, bits, lanes, quads);
  const features = new Int32Array(MAX_WORD_FEATURES);
  const sums = new Int32Array(MAX_LANES);
  let last = 0;

  function sum(codes: Uint8Array, start: number, end: number): number {
    const count = wordFeatures(codes, start, end, bits, features);
    // Rows lie far apart. Asked for all at once, they come from memory side by side and not one after another.
    let asked = 0;
    for (let i = 0; i < count; i += 1) asked ^= table[features[i]! * quads]!;
    sums[0] = asked;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    for (let i = 0; i < count; i += 1) {
      // Where a row has fewer than four numbers the next one's are read too, into lanes that nobody reads.
      const row = features[i]! * quads;
      const first = table[row]!;
      const second = table[row + 1]!;
      const third = table[row + 2]!;
      const fourth = table[row + 3]!;
      a = (a + (first & HALVES)) | 0;
      b = (b + ((first >>> 8) & HALVES)) | 0;
      c = (c + (second & HALVES)) | 0;
      d = (d + ((second >>> 8) & HALVES)) | 0;
      e = (e + (third & HALVES)) | 0;
      f = (f + ((third >>> 8) & HALVES)) | 0;
      g = (g + (fourth & HALVES)) | 0;
      h = (h + ((fourth >>> 8) & HALVES)) | 0;
    }
    const middle = count * MIDDLE;
    unpack(a, b, middle, 0);
    unpack(c, d, middle, 4);
    unpack(e, f, middle, 8);
    unpack(g, h, middle, 12);
    last = features[count - 1]!;
    return count;
  }

  function wholeWord(lane: number): number {
    return ((table[last * quads + (lane >> 2)]! >>> ((lane & 3) * 8)) & 0xff) - MIDDLE;
  }

  /** Two pairs of 16-bit sums to four lanes, each less `middle`. */
  function unpack(even: number, odd: number, middle: number, lane: number): void {
    sums[lane] = (even & 0xffff) - middle;
    sums[lane + 1] = (odd & 0xffff) - middle;
    sums[lane + 2] = (even >>> 16) - middle;
    sums[lane + 3] = (odd >>> 16) - middle;
  }

  return { sum, sums, wholeWord };
}

/** Rows of `quads` numbers, four unsigned bytes to a number, lane 0 in the lowest byte. */
function packWeights(weights: Int8Array, bits: number, lanes: number, quads: number): Int32Array {
  const buckets = 2 ** bits;
  const row = quads * 4;
  // A last row is read in full, see `sum`.
  const bytes = new Uint8Array((buckets * quads + 4) * 4).fill(MIDDLE);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    for (let lane = 0; lane < lanes; lane += 1) {
      bytes[bucket * row + lane] = weights[bucket * lanes + lane]! + MIDDLE;
    }
  }
  return new Int32Array(bytes.buffer);
}

/*
 * Rows that are added for every word of a text hold two whole numbers to a double: half as many additions, and sums are
 * exact up to 2^25 each, thousands of words.
 */
const SHIFT = 2 ** 26;

/** Doubles that hold so many numbers. */
export function pairsFor(numbers: number): number {
  return (numbers + 1) >> 1;
}

/** Writes the first `count` of `numbers` as pairs from `at` on. */
export function packPairs(numbers: Int32Array, count: number, into: Float64Array, at: number): void {
  for (let i = 0; i < count; i += 2)
    into[at + (i >> 1)] = numbers[i]! + (i + 1 < count ? numbers[i + 1]! * SHIFT : 0);
}

/** Reads `count` numbers out of the pairs from `at` on. */
export function unpackPairs(pairs: Float64Array, at: number, count: number, into: Int32Array): void {
  for (let i = 0; i < count; i += 2) {
    const pair = pairs[at + (i >> 1)]!;
    const second = Math.round(pair / SHIFT);
    into[i] = pair - second * SHIFT;
    if (i + 1 < count) into[i + 1] = second;
  }
}
