import { MAX_WORD_FEATURES, wordFeatures } from './language-features.js';

/** Most lanes of a table: sixteen bytes, four to a number. */
export const MAX_LANES = 16;

/** 2^SET_BITS sets of two words are kept. */
const SET_BITS = 13;
const WAYS = 2;
/** Weights are kept as unsigned bytes around this. */
const MIDDLE = 128;
/** Two bytes out of four, each in its own half. */
const HALVES = 0x00ff00ff;

/** Numbers kept with each word before its sums. */
const FIRST_HASH = 0;
const SECOND_HASH = 1;
const COUNT = 2;
const EXTRA = 3;
const ABOUT = 4;

/** Sums of the weights of words. One owner at a time, since it keeps words between calls. */
export interface GramTable {
  /**
   * Finds or sums the word `codes[start, end)` and returns its place for the readers below, good until the next
   * call: another word may take it.
   */
  word(codes: Uint8Array, start: number, end: number): number;
  /**
   * The sums of the word at a place, lane by lane, stand from `sums[place]` on: those of its grams, then what `beside`
   * wrote.
   */
  readonly sums: Int16Array;
  /** How many features a word has. */
  features(place: number): number;
  /** What `extra` said of the word. */
  extra(place: number): number;
  /** A hash of the word. */
  hash(place: number): number;
}

/** What else is kept with a word. */
export interface Beside {
  /** A further number. */
  readonly extra?: (codes: Uint8Array, start: number, end: number) => number;
  /** So many further lanes, -32768..32767, which `fill` writes to `sums[at...]` from the word's hash. */
  readonly lanes?: number;
  readonly fill?: (hash: number, sums: Int16Array, at: number) => void;
}

/**
 * Words repeat (a few hundred make up half of any text), and no gram reaches over a word's edge, so the sums of
 * words are kept in a small table keyed by two hashes, two words a set, of which the one used last stays. Four weights
 * are read and added at a time.
 * @param weights `[bucket * lanes + lane]` for 2^bits buckets
 */
export function createGramTable(
  weights: Int8Array,
  bits: number,
  lanes: number,
  { extra, lanes: lanesBeside = 0, fill: fillBeside }: Beside = {},
): GramTable {
  const quads = (lanes + 3) >> 2;
  const table = packWeights(weights, bits, lanes, quads);
  /** Numbers a word takes; the sums are two to a number. */
  const stride = ABOUT + ((lanes + lanesBeside + 1) >> 1);
  const about = new Int32Array((WAYS << SET_BITS) * stride);
  const sums = new Int16Array(about.buffer);
  const recent = new Uint8Array(1 << SET_BITS);
  const features = new Int32Array(MAX_WORD_FEATURES);
  const all = new Int16Array(MAX_LANES);

  function fill(codes: Uint8Array, start: number, end: number, at: number): void {
    const count = wordFeatures(codes, start, end, bits, features);
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
    const place = (at + ABOUT) << 1;
    for (let lane = 0; lane < lanes; lane += 1) sums[place + lane] = all[lane]!;
    about[at + COUNT] = count;
    about[at + EXTRA] = extra === undefined ? 0 : extra(codes, start, end);
    if (fillBeside !== undefined) fillBeside(about[at + FIRST_HASH]!, sums, place + lanes);
  }

  /** Two pairs of 16-bit sums to four lanes, each less `middle`. */
  function unpack(even: number, odd: number, middle: number, lane: number): void {
    all[lane] = (even & 0xffff) - middle;
    all[lane + 1] = (odd & 0xffff) - middle;
    all[lane + 2] = (even >>> 16) - middle;
    all[lane + 3] = (odd >>> 16) - middle;
  }

  function word(codes: Uint8Array, start: number, end: number): number {
    let first = 0x2545f491;
    let second = end - start;
    for (let i = start; i < end; i += 1) {
      const code = codes[i]!;
      first = Math.imul(first ^ code, 0x01000193);
      second = (Math.imul(second, 0x5bd1e995) + code) | 0;
    }
    second |= 1; // an empty place holds 0
    const set = Math.imul(first, 0x9e3779b1) >>> (32 - SET_BITS);
    let at = set * WAYS * stride;
    if (about[at] === first && about[at + SECOND_HASH] === second) {
      recent[set] = 0;
      return (at + ABOUT) << 1;
    }
    at += stride;
    if (about[at] === first && about[at + SECOND_HASH] === second) {
      recent[set] = 1;
      return (at + ABOUT) << 1;
    }
    const way = 1 - recent[set]!;
    recent[set] = way;
    if (way === 0) at -= stride;
    about[at] = first;
    about[at + SECOND_HASH] = second;
    fill(codes, start, end, at);
    return (at + ABOUT) << 1;
  }

  return {
    word,
    sums,
    features: (place) => about[(place >> 1) - ABOUT + COUNT]!,
    extra: (place) => about[(place >> 1) - ABOUT + EXTRA]!,
    hash: (place) => about[(place >> 1) - ABOUT + FIRST_HASH]!,
  };
}

/** Rows of `quads` numbers, four unsigned bytes to a number, lane 0 in the lowest byte. */
function packWeights(weights: Int8Array, bits: number, lanes: number, quads: number): Int32Array {
  const buckets = 2 ** bits;
  const row = quads * 4;
  // A last row is read in full, see `fill`.
  const bytes = new Uint8Array((buckets * quads + 4) * 4).fill(MIDDLE);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    for (let lane = 0; lane < lanes; lane += 1) {
      bytes[bucket * row + lane] = weights[bucket * lanes + lane]! + MIDDLE;
    }
  }
  return new Int32Array(bytes.buffer);
}
