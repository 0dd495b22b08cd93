/**
 * MinHash signatures by one permutation (Li, Owen and Zhang 2012) with optimal densification (Shrivastava 2017): the
 * shingles of a text fall into 64 bins, each bin keeps its smallest hash, of which 8 bits are kept. Two signatures agree
 * in about as many bins as their texts share shingles (Jaccard). Four bins are a word of 32 bits, so that the 16 words
 * of a signature are the keys of its 16 bands (locality-sensitive hashing, 16 x 4).
 */
import { SIGNATURE_WORDS } from '../core/print.js';
import { type Normalised, normalise } from '../text/normalise.js';
import { type Tokens, tokenise, wordIdsOf } from '../text/tokenise.js';
import { formulaSentences } from './formula.js';
import { WORD_FACTS, type WordFacts } from './word-facts.js';

const BINS = 64;
const EMPTY = 0xffffffff;
/** A text with fewer telling words has no signature: `amin`, `selamat pagi`. */
const LEAST_WORDS = 4;
/** Words read of one text: a longer one is known by its begin, and the time for one is bounded. */
const MOST_WORDS = 2_000;

const minima = new Uint32Array(BINS);
const full = new Uint32Array(BINS);

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_CODES = Uint8Array.from(BASE64, (letter) => letter.charCodeAt(0));
const PADDING = '='.charCodeAt(0);
/** Codes of the letters of a signature as base64; a plain array, since it is handed on as arguments. */
const letters: number[] = new Array<number>(Math.ceil((SIGNATURE_WORDS * 4) / 3) * 4).fill(PADDING);

/** The text as a story is told by it. */
export interface Reading {
  readonly n: Normalised;
  /** What each of its words is. */
  readonly words: readonly WordFacts[];
  /** By word, 1 where it belongs to the story: no mention, link or mark, and in no formula. */
  readonly told: Uint8Array;
  /** Distinct told words that are no function words, counted up to {@link LEAST_WORDS}. */
  readonly telling: number;
}

/** Reads a text; the same normalisation as the assessment's. */
export function read(text: string): Reading {
  const n = normalise(text);
  return readNormalised(n, tokenise(n));
}

export function readNormalised(n: Normalised, tokens: Tokens): Reading {
  const { text } = n;
  const count = Math.min(tokens.count, MOST_WORDS);
  const ids = wordIdsOf(text, tokens);
  const words = new Array<WordFacts>(count);
  for (let t = 0; t < count; t++) words[t] = WORD_FACTS.of(ids[t]!, text, tokens.start[t]!, tokens.end[t]!);
  const formula = formulaSentences(tokens, words);
  const told = new Uint8Array(count);
  const distinct: number[] = [];
  for (let t = 0; t < count; t++) {
    const word = words[t]!;
    if (!word.told || formula[tokens.sentence[t]!] === 1) continue;
    told[t] = 1;
    if (word.telling && distinct.length < LEAST_WORDS && !distinct.includes(word.hash)) {
      distinct.push(word.hash);
    }
  }
  return { n, words, told, telling: distinct.length };
}

/** The signature, {@link SIGNATURE_WORDS} long; undefined where the text says too little to be known by it. */
export function signatureOf(reading: Reading): Uint32Array | undefined {
  if (reading.telling < LEAST_WORDS) return undefined;
  const { words, told } = reading;
  minima.fill(EMPTY);
  let before = 0;
  for (let t = 0; t < told.length; t++) {
    if (told[t] === 0) continue;
    const { hash } = words[t]!;
    // Single words carry a story through rewordings; pairs tell stories with the same words apart.
    put(mix(hash));
    if (before !== 0) put(mix(Math.imul(before, 0x9e3779b1) ^ hash));
    before = hash;
  }
  densify();
  const signature = new Uint32Array(SIGNATURE_WORDS);
  for (let bin = 0; bin < BINS; bin++) signature[bin >> 2]! |= (minima[bin]! & 255) << ((bin & 3) * 8);
  return signature;
}

function put(hash: number): void {
  const bin = hash >>> 26;
  const rest = hash & 0x3ffffff;
  if (rest < minima[bin]!) minima[bin] = rest;
}

/** An empty bin takes the value of a full one, chosen by its own number alone: equal sets choose alike. */
function densify(): void {
  full.set(minima);
  for (let bin = 0; bin < BINS; bin++) {
    for (let tried = 1; minima[bin] === EMPTY; tried++) {
      const from = mix(bin * 4099 + tried) & 63;
      if (full[from] !== EMPTY) minima[bin] = full[from]!;
    }
  }
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the result. */
export function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Jaccard similarity of two texts' shingles as their signatures tell it, 0..1, with a standard error of at most .07. */
export function similarity(a: Uint32Array, at: number, b: Uint32Array, bt: number): number {
  let equal = 0;
  for (let word = 0; word < SIGNATURE_WORDS; word++) {
    const x = a[at + word]! ^ b[bt + word]!;
    // The upper bit of each byte that is 0, four at once (Warren, Hacker's Delight, 6-1), then their number.
    const zeros = ~(((x & 0x7f7f7f7f) + 0x7f7f7f7f) | x | 0x7f7f7f7f);
    equal += Math.imul((zeros >>> 7) & 0x01010101, 0x01010101) >>> 24;
  }
  // Of 256 unequal bytes one is equal by chance.
  return Math.max(0, (equal / BINS - 1 / 256) / (1 - 1 / 256));
}

/** As base64, for the queue. */
export function encodeSignature(signature: Uint32Array): string {
  let at = 0;
  for (let byte = 0; byte < SIGNATURE_WORDS * 4; byte += 3) {
    const isLast = byte + 1 === SIGNATURE_WORDS * 4;
    const three =
      (byteOf(signature, byte) << 16) |
      (isLast ? 0 : (byteOf(signature, byte + 1) << 8) | byteOf(signature, byte + 2));
    letters[at++] = BASE64_CODES[three >>> 18]!;
    letters[at++] = BASE64_CODES[(three >>> 12) & 63]!;
    letters[at++] = isLast ? PADDING : BASE64_CODES[(three >>> 6) & 63]!;
    letters[at++] = isLast ? PADDING : BASE64_CODES[three & 63]!;
  }
  return String.fromCharCode.apply(null, letters);
}

function byteOf(words: Uint32Array, byte: number): number {
  return (words[byte >> 2]! >>> ((byte & 3) * 8)) & 255;
}
