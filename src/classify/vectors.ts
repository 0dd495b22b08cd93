import { MAX_WORD_FEATURES, wordFeatures } from '../text/language-features.js';
import type { Normalised } from '../text/normalise.js';
import type { Tokens } from '../text/tokenise.js';
import {
  createSeenSet,
  createTokenCodes,
  foldName,
  foldToken,
  hashCodes,
  MAX_TOKENS,
  pairBucket,
  SHAPES,
  shapeFeatures,
  wordBucket,
} from './features.js';
import { createSignReader, NAME_GOES_ON, type Sign } from './signs.js';

/** Texts that must hold a feature before it counts. */
const MIN_TEXTS = 2;
/** The norm of a bucket is kept in so many steps. */
const MAX_NORM = 127;

/** Sizes of the two tables: character grams of words, and whole words, pairs and shapes. */
export interface TableSizes {
  /** 2^gramBits buckets. */
  readonly gramBits: number;
  /** 2^wordBits buckets. */
  readonly wordBits: number;
}

/** The features of a text, a bucket for each occurrence; a word or pair said twice counts once. */
export interface TextFeatures {
  readonly grams: Int32Array;
  readonly words: Int32Array;
  readonly signs: Int32Array;
}

/** Length of the signs' part of a vector, where the others' are about 1. */
export const SIGN_LENGTH = 0.6;

const seen = createSeenSet();
const readSigns = createSignReader();

/** Reads the features of a text, the very ones that the classifier looks at. */
export function textFeatures(
  n: Normalised,
  tokens: Tokens,
  signs: readonly Sign[],
  { gramBits, wordBits }: TableSizes,
): TextFeatures {
  const codes = createTokenCodes();
  const buffer = new Int32Array(MAX_WORD_FEATURES);
  const grams: number[] = [];
  const words: number[] = [];
  let previous = 0;
  seen.clear();
  const read = readSigns(tokens, signs);
  const count = Math.min(tokens.count, MAX_TOKENS);
  for (let token = 0; token < count; token += 1) {
    const name = read.named ? read.names[token]! : 0;
    if (name === NAME_GOES_ON) continue;
    const length =
      name > 0 ? foldName(name, codes) : foldToken(n.text, tokens.start[token]!, tokens.end[token]!, codes);
    const hash = hashCodes(codes, length);
    if (seen.add(hash)) {
      const found = wordFeatures(codes, 0, length, gramBits, buffer);
      for (let i = 0; i < found; i += 1) grams.push(buffer[i]!);
      words.push(wordBucket(hash, wordBits));
    }
    const pair = pairBucket(previous, hash, wordBits);
    if (seen.add(~pair)) words.push(pair);
    previous = hash;
  }
  const shapes = new Int32Array(SHAPES);
  shapeFeatures(n, tokens, wordBits, shapes);
  words.push(...shapes);
  return {
    grams: Int32Array.from(grams),
    words: Int32Array.from(words),
    signs: read.buckets.slice(0, read.count),
  };
}

/** What an occurrence of each bucket of one table counts in a text's vector. */
export interface BucketValues {
  /** Inverse document frequency; 0 for what is too rare. */
  readonly values: Float32Array;
  /** The square of `values` in steps of `normStep`, as the model keeps it: 0..{@link MAX_NORM}. */
  readonly norms: Uint8Array;
  readonly normStep: number;
}

/** Learns the values of a table's 2^bits buckets from the texts of a training set. */
export function learnValues(texts: readonly Int32Array[], bits: number): BucketValues {
  const holders = new Int32Array(2 ** bits);
  const lastText = new Int32Array(2 ** bits).fill(-1);
  texts.forEach((features, text) => {
    for (const bucket of features) {
      if (lastText[bucket] === text) continue;
      lastText[bucket] = text;
      holders[bucket]! += 1;
    }
  });
  const values = Float32Array.from(holders, (count) =>
    count < MIN_TEXTS ? 0 : Math.log((1 + texts.length) / (1 + count)) + 1,
  );
  const most = values.reduce((largest, value) => Math.max(largest, value * value), 0);
  const normStep = most === 0 ? 1 : most / MAX_NORM;
  const norms = Uint8Array.from(values, (value) =>
    value === 0 ? 0 : Math.max(1, Math.round((value * value) / normStep)),
  );
  return { values, norms, normStep };
}

/** What was learnt of each table's buckets. */
export interface TableValues {
  readonly grams: BucketValues;
  readonly words: BucketValues;
  readonly signs: BucketValues;
}

/** A text as a sparse vector; the words' buckets stand behind the grams', the signs' behind both. */
export interface SparseVector {
  readonly buckets: Int32Array;
  readonly values: Float32Array;
}

/** The vector of a text: the first tables' parts have a length of about 1, by the norm that the model works out. */
export function toVector(features: TextFeatures, { grams, words, signs }: TableValues): SparseVector {
  const sums = new Map<number, number>();
  const add = (
    buckets: Int32Array,
    { values, norms, normStep }: BucketValues,
    offset: number,
    wanted = 1,
  ): void => {
    let norm = 0;
    for (const bucket of buckets) norm += norms[bucket]!;
    const length = Math.sqrt(Math.max(1, norm) * normStep) / wanted;
    for (const bucket of buckets) {
      if (values[bucket] === 0) continue;
      sums.set(offset + bucket, (sums.get(offset + bucket) ?? 0) + values[bucket]! / length);
    }
  };
  add(features.grams, grams, 0);
  add(features.words, words, grams.values.length);
  add(features.signs, signs, grams.values.length + words.values.length, SIGN_LENGTH);
  return { buckets: Int32Array.from(sums.keys()), values: Float32Array.from(sums.values()) };
}
