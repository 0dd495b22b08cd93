import type { Normalised } from '../text/normalise.js';
import type { Tokens } from '../text/tokenise.js';

/** Tokens looked at; what a post is shows itself in its first 3,000 characters or so. */
export const MAX_TOKENS = 512;
/** Letters of a token looked at. */
const MAX_TOKEN_LETTERS = 24;
/** Features of the text as a whole, see {@link shapeFeatures}. */
export const SHAPES = 5;

/** UTF-16 units read for the shape. */
const MAX_SHAPE_UNITS = 280;

const MENTION = 31;
const DIGIT = 27;

/** Codes of ASCII units: a-z are 1..26, all digits 27, then marks inside words; others fall on 30. */
const CODES = tokenCodes();

function tokenCodes(): Uint8Array {
  const codes = new Uint8Array(128).fill(30);
  for (let unit = 97; unit <= 122; unit += 1) codes[unit] = unit - 96;
  for (let unit = 48; unit <= 57; unit += 1) codes[unit] = DIGIT;
  codes[45] = 28; // -
  codes[95] = 29; // _
  codes[64] = MENTION; // @
  return codes;
}

/** A buffer for {@link foldToken}. */
export function createTokenCodes(): Uint8Array {
  return new Uint8Array(MAX_TOKEN_LETTERS);
}

/** Writes the codes of the token `text[start, end)` into `codes` and returns how many; names are one code. */
export function foldToken(text: string, start: number, end: number, codes: Uint8Array): number {
  // Data sets write USER for a mention; it must not look different from one.
  if (end - start === 4 && text.charCodeAt(start) === 117 && text.startsWith('user', start)) {
    codes[0] = MENTION;
    return 1;
  }
  if (text.charCodeAt(start) === 64) {
    codes[0] = MENTION;
    return 1;
  }
  if (end - start === 3 && text.charCodeAt(start) === 117 && text.startsWith('url', start)) {
    for (let i = 0; i < 4; i += 1) codes[i] = CODES['http'.charCodeAt(i)]!;
    return 4;
  }
  const length = Math.min(end - start, MAX_TOKEN_LETTERS);
  for (let i = 0; i < length; i += 1) {
    const unit = text.charCodeAt(start + i);
    codes[i] = unit < 128 ? CODES[unit]! : 30;
  }
  return length;
}

/** Hash of a word's codes, from which {@link wordBucket} and {@link pairBucket} are made. */
export function hashCodes(codes: Uint8Array, length: number): number {
  let hash = 0x2545f491;
  for (let i = 0; i < length; i += 1) hash = Math.imul(hash ^ codes[i]!, 0x01000193);
  return hash;
}

/** Counters of up to {@link MAX_SHAPE_UNITS} side by side in one number, so that counting needs no branches. */
const COUNT_BITS = 10;
const COUNT_MASK = (1 << COUNT_BITS) - 1;
/** What a unit adds to the counters of `!`, `?` and `@`. */
const MARKS = new Int32Array(128);
MARKS[33] = 1;
MARKS[63] = 1 << COUNT_BITS;
MARKS[64] = 1 << (2 * COUNT_BITS);
/** What a unit adds to the counters of capitals and small letters. */
const CASES = new Int32Array(128);
for (let letter = 0; letter < 26; letter += 1) {
  CASES[65 + letter] = 1;
  CASES[97 + letter] = 1 << COUNT_BITS;
}

/**
 * Writes into `codes` what stands for a group's name, whichever it is, and returns how many; no token begins so. A
 * classifier that reads names learns which groups are hated, and answers by the name.
 */
export function foldName(name: number, codes: Uint8Array): number {
  codes[0] = 28;
  codes[1] = 29;
  codes[2] = 27 + name;
  return 3;
}

/** Bucket of a word as a whole, from its hash. */
export function wordBucket(hash: number, bits: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f) >>> (32 - bits);
}

/** Bucket of two words that stand side by side, from their hashes. */
export function pairBucket(first: number, second: number, bits: number): number {
  const mixed =
    Math.imul(first ^ (first >>> 13), 0x5bd1e995) + Math.imul(second ^ (second >>> 11), 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> (32 - bits);
}

/**
 * Buckets of what the text looks like as a whole: how long it is, how much it shouts (in `!` and in
 * capitals), asks and names people. Writes {@link SHAPES} numbers.
 */
export function shapeFeatures(n: Normalised, tokens: Tokens, bits: number, out: Int32Array): void {
  const { original, text } = n;
  let marks = 0;
  const length = Math.min(text.length, MAX_SHAPE_UNITS);
  for (let i = 0; i < length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 128) marks += MARKS[unit]!;
  }
  let cases = 0;
  const read = Math.min(original.length, MAX_SHAPE_UNITS);
  for (let i = 0; i < read; i += 1) {
    const unit = original.charCodeAt(i);
    if (unit < 128) cases += CASES[unit]!;
  }
  const shouts = marks & COUNT_MASK;
  const asks = (marks >> COUNT_BITS) & COUNT_MASK;
  const mentions = marks >> (2 * COUNT_BITS);
  const capitals = cases & COUNT_MASK;
  const small = cases >> COUNT_BITS;
  const share = capitals + small === 0 ? 0 : Math.floor((capitals * 5) / (capitals + small));
  out[0] = shapeBucket(1, 32 - Math.clz32(tokens.count), bits);
  out[1] = shapeBucket(2, Math.min(shouts, 3), bits);
  out[2] = shapeBucket(3, Math.min(asks, 2), bits);
  out[3] = shapeBucket(4, share, bits);
  out[4] = shapeBucket(5, Math.min(mentions, 3), bits);
}

function shapeBucket(kind: number, value: number, bits: number): number {
  return Math.imul(kind * 64 + value + 0x51ed27, 0x85ebca6b) >>> (32 - bits);
}

/** Tells whether a number has come up before in the same text; a text repeats its words without saying more. */
export interface SeenSet {
  /** Forgets all numbers. */
  clear(): void;
  /** Adds `key`; true when it was new. */
  add(key: number): boolean;
}

/** A set that never allocates; it holds as many numbers as a text has words and pairs. */
export function createSeenSet(): SeenSet {
  const bits = 11; // twice the pairs and words of a text of MAX_TOKENS
  const mask = (2 << bits) - 1;
  /** By place: the round in which it was taken, and by which number. */
  const places = new Int32Array(2 << bits);
  let round = 1;
  return {
    clear() {
      round += 1;
      if (round === 0x7fffffff) {
        places.fill(0);
        round = 1;
      }
    },
    add(key) {
      let at = (Math.imul(key, 0x9e3779b1) >>> (32 - bits)) << 1;
      while (places[at] === round) {
        if (places[at + 1] === key) return false;
        at = (at + 2) & mask;
      }
      places[at] = round;
      places[at + 1] = key;
      return true;
    },
  };
}
