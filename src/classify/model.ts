import { PermanentError } from '../core/errors.js';
import type { ModelFile } from '../core/model-file.js';
import { MAX_LANES, pairsFor, unpackPairs } from '../text/gram-table.js';
import type { Normalised } from '../text/normalise.js';
import { type Tokens, wordIdsOf } from '../text/tokenise.js';
import { createSeenSet, MAX_TOKENS, pairBucket, SHAPES, shapeFeatures } from './features.js';
import { createSignReader, NAME_GOES_ON, SIGN_BITS, type Sign } from './signs.js';
import { createWordRows } from './word-rows.js';

/** What the classifier tells, in the order of {@link ClassifierHeader.outputs}. */
export const OUTPUTS = ['hate', 'abusive', 'sara', 'group', 'moderate', 'strong'] as const;
export type Output = (typeof OUTPUTS)[number];

/** One table of features: the character grams of words; whole words, pairs of words and shapes; or signs. */
export interface TableHeader {
  /** The table has 2^bits buckets. */
  readonly bits: number;
  /** For each lane what a weight of 1 stands for. */
  readonly steps: readonly number[];
  /** What 1 in the norm's lane stands for. */
  readonly normStep: number;
}

/**
 * Header of a `classifier` model file. Weights are `[bucket * (lanes.length + 1) + lane]`, first the grams'
 * table, then the words', then the signs'; the lane behind the others holds the bucket's norm, 0..127.
 */
export interface ClassifierHeader {
  /** Names of the linear scores; the outputs are read from all of them together. */
  readonly lanes: readonly string[];
  readonly grams: TableHeader;
  readonly words: TableHeader;
  /** Not hashed, see signs.ts. */
  readonly signs: TableHeader;
  /** A number for each lane, added to its score. */
  readonly bias: readonly number[];
  /**
   * For each output a row of numbers, learnt on texts that the weights had not seen: a constant, one for each
   * lane's score and one for each product of two lanes' scores (a before b, a with itself included).
   */
  readonly outputs: Readonly<Record<Output, readonly number[]>>;
}

/** What the heads say of a text, each 0..1. */
export interface Prediction {
  readonly hate: number;
  readonly abusive: number;
  /** Religion or race attacked. */
  readonly sara: number;
  /** A group is meant, not one person. */
  readonly group: number;
  /** From 0 (no hate) over weak and moderate to 1 (strong). */
  readonly strength: number;
}

/** A stretch of the canonical text and its share in a head's answer, in log odds. */
export interface Attribution {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

export interface Classifier {
  /**
   * What the heads say of a text. Of a group's name they see that it is one, not which.
   * @param signs what the lexicon found in it, by rising start
   */
  predict(n: Normalised, tokens: Tokens, signs: readonly Sign[]): Prediction;
  /**
   * The tokens that speak most for `head`, strongest first; costs more than a prediction. What signs say together is
   * no token's share.
   */
  attribute(
    n: Normalised,
    tokens: Tokens,
    signs: readonly Sign[],
    head: Output,
    most?: number,
  ): readonly Attribution[];
  /** The model's version. */
  readonly version: string;
}

/** Scores beyond this are read as this, so that products stay sane. */
const MOST = 12;

/** Numbers in an output's row for so many lanes. */
export function rowLength(lanes: number): number {
  return 1 + lanes + (lanes * (lanes + 1)) / 2;
}

/** What an output's row is multiplied with: a constant, the lanes' scores, all products of two of them. */
export function fillInput(scores: Float64Array, input: Float64Array): void {
  const lanes = scores.length;
  input[0] = 1;
  for (let a = 0; a < lanes; a += 1) input[1 + a] = Math.max(-MOST, Math.min(MOST, scores[a]!));
  let at = 1 + lanes;
  for (let a = 1; a <= lanes; a += 1) {
    const first = input[a]!;
    for (let b = a; b <= lanes; b += 1) input[at++] = first * input[b]!;
  }
}

/** The chance that an output's row gives for an input. */
export function chanceOf(row: Float64Array, input: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i += 1) sum += row[i]! * input[i]!;
  return 1 / (1 + Math.exp(-sum));
}

/**
 * A classifier over a trained model. One owner at a time: it keeps its buffers between calls.
 * @throws PermanentError when the file is not a sound `classifier` model
 */
export function createClassifier(file: ModelFile): Classifier {
  const header = readHeader(file);
  const { bias, outputs } = header;
  const lanes = header.lanes.length;
  const width = lanes + 1;
  const wordBits = header.words.bits;
  const border = 2 ** header.grams.bits * width;
  const farBorder = border + 2 ** wordBits * width;
  const rowsOfWords = file.weights.subarray(border, farBorder);
  const rowsOfSigns = file.weights.subarray(farBorder);
  const spoken = bucketsThatSpeak(rowsOfWords, wordBits, width);
  const wordRows = createWordRows(
    file.weights.subarray(0, border),
    header.grams.bits,
    rowsOfWords,
    wordBits,
    width,
  );
  const { rows: rowsById, hashes } = wordRows;
  /** Of a word's row, the pairs for its grams, and all. */
  const gramPairs = pairsFor(width);
  const pairs = 2 * gramPairs;
  const sums = new Float64Array(pairs);
  const seen = createSeenSet();
  const shapes = new Int32Array(SHAPES);
  const grams = new Int32Array(width);
  const words = new Int32Array(width);
  const single = new Int32Array(width);
  const kinds = new Int32Array(width);
  const readSigns = createSignReader();
  const scores = new Float64Array(lanes);
  const input = new Float64Array(rowLength(lanes));
  const rows = OUTPUTS.map((output) => Float64Array.from(outputs[output]));
  const chances = OUTPUTS.map(() => 0);

  /** What the sums of a table are multiplied with, so that long texts do not speak louder. */
  function scaleOf(totals: Int32Array, { normStep }: TableHeader): number {
    return 1 / Math.sqrt(Math.max(1, totals[lanes]!) * normStep);
  }

  function addWords(bucket: number): void {
    const row = bucket * width;
    for (let lane = 0; lane < width; lane += 1) words[lane]! += rowsOfWords[row + lane]!;
  }

  function score(n: Normalised, tokens: Tokens, signs: readonly Sign[]): void {
    words.fill(0);
    kinds.fill(0);
    seen.clear();
    const read = readSigns(tokens, signs);
    for (let i = 0; i < read.count; i += 1) {
      const row = read.buckets[i]! * width;
      for (let lane = 0; lane < width; lane += 1) kinds[lane]! += rowsOfSigns[row + lane]!;
    }
    const { names, named } = read;
    const ids = wordIdsOf(n.text, tokens);
    const count = Math.min(tokens.count, MAX_TOKENS);
    sums.fill(0);
    wordRows.beginText();
    let previous = 0;
    for (let token = 0; token < count; token += 1) {
      const name = named ? names[token]! : 0;
      if (name === NAME_GOES_ON) continue;
      const id = wordRows.find(ids[token]!, name, n.text, tokens.start[token]!, tokens.end[token]!);
      const hash = hashes[id]!;
      if (wordRows.isFirst(id)) {
        const row = id * pairs;
        for (let i = 0; i < pairs; i += 1) sums[i]! += rowsById[row + i]!;
      }
      const pair = pairBucket(previous, hash, wordBits);
      // Most pairs were never learnt; those need no looking up.
      if (spoken[pair >> 3]! & (1 << (pair & 7)) && seen.add(~pair)) addWords(pair);
      previous = hash;
    }
    unpackPairs(sums, 0, width, grams);
    unpackPairs(sums, gramPairs, width, single);
    for (let lane = 0; lane < width; lane += 1) words[lane]! += single[lane]!;
    shapeFeatures(n, tokens, wordBits, shapes);
    for (let i = 0; i < SHAPES; i += 1) addWords(shapes[i]!);
    const gramScale = scaleOf(grams, header.grams);
    const wordScale = scaleOf(words, header.words);
    const signScale = scaleOf(kinds, header.signs);
    for (let lane = 0; lane < lanes; lane += 1) {
      scores[lane] =
        grams[lane]! * header.grams.steps[lane]! * gramScale +
        words[lane]! * header.words.steps[lane]! * wordScale +
        kinds[lane]! * header.signs.steps[lane]! * signScale +
        bias[lane]!;
    }
  }

  function predict(n: Normalised, tokens: Tokens, signs: readonly Sign[]): Prediction {
    score(n, tokens, signs);
    fillInput(scores, input);
    for (let i = 0; i < rows.length; i += 1) chances[i] = chanceOf(rows[i]!, input);
    const [hate, abusive, sara, group, moderate, strong] = chances as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    // Each step up cannot be likelier than the one below it.
    const second = Math.min(hate, moderate);
    const strength = (hate + second + Math.min(second, strong)) / 3;
    return { hate, abusive, sara, group, strength };
  }

  function attribute(
    n: Normalised,
    tokens: Tokens,
    signs: readonly Sign[],
    head: Output,
    most = 5,
  ): readonly Attribution[] {
    score(n, tokens, signs);
    const slopes = slopesOf(outputs[head], scores, lanes);
    const gramScale = scaleOf(grams, header.grams);
    const wordScale = scaleOf(words, header.words);
    const count = Math.min(tokens.count, MAX_TOKENS);
    const { names, named } = readSigns(tokens, signs);
    const weights = new Float64Array(count);
    /** The log odds that the row of a table at `at` brings. */
    const weigh = (rows: ArrayLike<number>, at: number, steps: readonly number[], scale: number): number => {
      let weight = 0;
      for (let lane = 0; lane < lanes; lane += 1)
        weight += slopes[lane]! * rows[at + lane]! * steps[lane]! * scale;
      return weight;
    };
    const ids = wordIdsOf(n.text, tokens);
    wordRows.beginText();
    let previous = 0;
    let before = 0;
    for (let token = 0; token < count; token += 1) {
      const name = named ? names[token]! : 0;
      if (name === NAME_GOES_ON) continue;
      const id = wordRows.find(ids[token]!, name, n.text, tokens.start[token]!, tokens.end[token]!);
      const hash = hashes[id]!;
      unpackPairs(rowsById, id * pairs, width, single);
      weights[token]! += weigh(single, 0, header.grams.steps, gramScale);
      unpackPairs(rowsById, id * pairs + gramPairs, width, single);
      weights[token]! += weigh(single, 0, header.words.steps, wordScale);
      const bucket = pairBucket(previous, hash, wordBits);
      const pair = weigh(rowsOfWords, bucket * width, header.words.steps, wordScale);
      weights[token]! += token === 0 ? pair : pair / 2;
      if (token > 0) weights[before]! += pair / 2;
      previous = hash;
      before = token;
    }
    return [...weights]
      .map((weight, token) => ({ start: tokens.start[token]!, end: tokens.end[token]!, weight }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.start - b.start)
      .slice(0, most);
  }

  return { predict, attribute, version: file.version };
}

/** A bit for each bucket of a table that anything was learnt of. */
function bucketsThatSpeak(weights: Int8Array, bits: number, width: number): Uint8Array {
  const speak = new Uint8Array(Math.max(1, 2 ** (bits - 3)));
  for (let bucket = 0; bucket < 2 ** bits; bucket += 1) {
    for (let lane = 0; lane < width; lane += 1) {
      if (weights[bucket * width + lane] !== 0) speak[bucket >> 3]! |= 1 << (bucket & 7);
    }
  }
  return speak;
}

/** How much the log odds of an output rise with each lane's score, where the scores stand. */
function slopesOf(row: readonly number[], scores: Float64Array, lanes: number): Float64Array {
  const slopes = Float64Array.from({ length: lanes }, (_, lane) => row[1 + lane]!);
  let at = 1 + lanes;
  for (let a = 0; a < lanes; a += 1) {
    for (let b = a; b < lanes; b += 1) {
      slopes[a]! += row[at]! * scores[b]!;
      slopes[b]! += row[at]! * scores[a]!;
      at += 1;
    }
  }
  return slopes;
}

function readHeader(file: ModelFile): ClassifierHeader {
  const fail = (what: string): never => {
    throw new PermanentError('bad-model', `${what}; train the classifier again with ronda train`);
  };
  if (file.kind !== 'classifier') fail(`a model of kind ${file.kind} is no classifier`);
  const { lanes, grams, words, signs, bias, outputs } = file.header as Partial<ClassifierHeader>;
  if (!Array.isArray(lanes) || lanes.length < 1 || lanes.length >= MAX_LANES)
    return fail(`a classifier has 1 to ${MAX_LANES - 1} lanes`);
  if (!isTable(grams, lanes.length) || !isTable(words, lanes.length) || !isTable(signs, lanes.length))
    return fail('a table is not sound');
  if (signs.bits !== SIGN_BITS) return fail(`the table of signs has 2^${SIGN_BITS} buckets`);
  if (!isRow(bias, lanes.length)) return fail('a classifier has one bias for each lane');
  if (typeof outputs !== 'object' || outputs === null) return fail('a classifier has outputs');
  for (const output of OUTPUTS) {
    if (!isRow(outputs[output], rowLength(lanes.length))) return fail(`the output ${output} is not sound`);
  }
  if (file.weights.length !== (2 ** grams.bits + 2 ** words.bits + 2 ** signs.bits) * (lanes.length + 1))
    return fail(`a classifier of this size has no ${file.weights.length} weights`);
  return { lanes, grams, words, signs, bias, outputs };
}

function isTable(value: unknown, lanes: number): value is TableHeader {
  if (typeof value !== 'object' || value === null) return false;
  const { bits, steps, normStep } = value as Partial<TableHeader>;
  const sized = typeof bits === 'number' && Number.isInteger(bits) && bits >= 8 && bits <= 20;
  return sized && typeof normStep === 'number' && normStep > 0 && isRow(steps, lanes);
}

function isRow(value: unknown, length: number): value is number[] {
  return Array.isArray(value) && value.length === length && value.every((item) => Number.isFinite(item));
}
