import { MAX_WORD_FEATURES, wordFeatures } from './language-features.js';

/** Lanes of a packed row; a model with fewer leaves the rest empty. */
export const MAX_LANES = 16;

/** Buckets whose bytes fit sixteen bits together. */
export const MAX_BUCKETS = 256;

const CACHE_BITS = 14;
/** Weights are kept as unsigned bytes around this. */
const MIDDLE = 128;
/** Two bytes out of four, each in its own half. */
const HALVES = 0x00ff00ff;

/** A kept word: eight pairs of 16-bit sums, then these. */
const KEPT = 12;
const COUNT = 8;
const EXTRA = 9;
const FIRST_HASH = 10;
const SECOND_HASH = 11;

/** Sums of the weights of words. One owner at a time, since it keeps words between calls. */
export interface GramTable {
  /** Finds or sums the word `codes[start, end)` and returns its place for the readers below. */
  word(codes: Uint8Array, start: number, end: number): number;
  /** Adds the sums of a word, lane by lane, to `totals[at...]`. */
  addWord(place: number, totals: Int32Array, at: number): void;
  /** Adds the weights of one bucket to a sum of its own; at most {@link MAX_BUCKETS} between two `takeBuckets`. */
  addBucket(bucket: number): void;
  /** Adds that sum, lane by lane, to `totals[at...]` and empties it. */
  takeBuckets(totals: Int32Array, at: number): void;
  /** How many features a word has. */
  features(place: number): number;
  /** What `extra` said of the word. */
  extra(place: number): number;
  /** A hash of the word. */
  hash(place: number): number;
}

/**
 * Words repeat (a few hundred make up half of any text), and no gram reaches over a word's edge, so the sums of
 * words are kept in a small table keyed by two hashes. Four weights are read and added at a time.
 * @param weights `[bucket * lanes + lane]` for 2^bits buckets
 * @param extra a further number to keep with each word
 */
export function createGramTable(
  weights: Int8Array,
  bits: number,
  lanes: number,
  extra?: (codes: Uint8Array, start: number, end: number) => number,
): GramTable {
  const table = packWeights(weights, bits, lanes);
  const kept = new Int32Array((1 << CACHE_BITS) * KEPT);
  const features = new Int32Array(MAX_WORD_FEATURES);

  function fill(codes: Uint8Array, start: number, end: number, at: number): void {
    const count = wordFeatures(codes, start, end, bits, features);
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < count; i += 1) {
      const row = features[i]! << 2;
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
    kept[at] = a;
    kept[at + 1] = b;
    kept[at + 2] = c;
    kept[at + 3] = d;
    kept[at + 4] = e;
    kept[at + 5] = f;
    kept[at + 6] = g;
    kept[at + 7] = h;
    kept[at + COUNT] = count;
    kept[at + EXTRA] = extra === undefined ? 0 : extra(codes, start, end);
  }

  function word(codes: Uint8Array, start: number, end: number): number {
    let first = 0x2545f491;
    let second = end - start;
    for (let i = start; i < end; i += 1) {
      first = Math.imul(first ^ codes[i]!, 0x01000193);
      second = (Math.imul(second, 0x5bd1e995) + codes[i]!) | 0;
    }
    second |= 1; // an empty place holds 0
    const at = (Math.imul(first, 0x9e3779b1) >>> (32 - CACHE_BITS)) * KEPT;
    if (kept[at + FIRST_HASH] !== first || kept[at + SECOND_HASH] !== second) {
      fill(codes, start, end, at);
      kept[at + FIRST_HASH] = first;
      kept[at + SECOND_HASH] = second;
    }
    return at;
  }

  function addWord(place: number, totals: Int32Array, at: number): void {
    unpack(kept, place, kept[place + COUNT]! * MIDDLE, totals, at);
  }

  const packed = new Int32Array(8);
  let buckets = 0;

  function addBucket(bucket: number): void {
    const row = bucket << 2;
    for (let k = 0; k < 4; k += 1) {
      const four = table[row + k]!;
      packed[2 * k]! += four & HALVES;
      packed[2 * k + 1]! += (four >>> 8) & HALVES;
    }
    buckets += 1;
  }

  function takeBuckets(totals: Int32Array, at: number): void {
    unpack(packed, 0, buckets * MIDDLE, totals, at);
    packed.fill(0);
    buckets = 0;
  }

  return {
    word,
    addWord,
    addBucket,
    takeBuckets,
    features: (place) => kept[place + COUNT]!,
    extra: (place) => kept[place + EXTRA]!,
    hash: (place) => kept[place + FIRST_HASH]!,
  };
}

/** Adds eight pairs of 16-bit sums to sixteen lanes, each less `middle`. */
function unpack(pairs: Int32Array, from: number, middle: number, totals: Int32Array, at: number): void {
  for (let k = 0; k < 4; k += 1) {
    const even = pairs[from + 2 * k]!;
    const odd = pairs[from + 2 * k + 1]!;
    const lane = at + 4 * k;
    totals[lane]! += (even & 0xffff) - middle;
    totals[lane + 1]! += (odd & 0xffff) - middle;
    totals[lane + 2]! += (even >>> 16) - middle;
    totals[lane + 3]! += (odd >>> 16) - middle;
  }
}

/** Rows of sixteen unsigned bytes, four to a number, lane 0 in the lowest byte. */
function packWeights(weights: Int8Array, bits: number, lanes: number): Int32Array {
  const buckets = 2 ** bits;
  const bytes = new Uint8Array(buckets * MAX_LANES).fill(MIDDLE);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    for (let lane = 0; lane < lanes; lane += 1) {
      bytes[bucket * MAX_LANES + lane] = weights[bucket * lanes + lane]! + MIDDLE;
    }
  }
  return new Int32Array(bytes.buffer);
}
