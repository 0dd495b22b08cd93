import type { ModelFile } from '../core/model-file.js';
import type { Normalised } from '../text/normalise.js';
import type { Tokens } from '../text/tokenise.js';
import { groupNearDuplicates } from './groups.js';
import { fitDense, fitLogistic, type LinearScorer } from './logistic.js';
import {
  type ClassifierHeader,
  chanceOf,
  fillInput,
  OUTPUTS,
  type Output,
  rowLength,
  type TableHeader,
} from './model.js';
import { SIGN_BITS, type Sign } from './signs.js';
import {
  type BucketValues,
  learnValues,
  SIGN_LENGTH,
  type SparseVector,
  type TableSizes,
  type TableValues,
  type TextFeatures,
  textFeatures,
  toVector,
} from './vectors.js';

/** A text with its labels, see {@link LANES} for those that are read. */
export interface LabelledText {
  readonly text: string;
  readonly labels: readonly string[];
  /** How much it counts, above 0, at most 1; 1 by default. */
  readonly weight?: number;
}

/**
 * A linear score that is learnt: which labels say yes, how much a wrong answer costs, and how far (0..1) a feature's
 * value follows its own log count ratio (see {@link leaningOf}).
 */
export interface Lane {
  readonly name: string;
  readonly labels: readonly string[];
  readonly cost: number;
  readonly leaning: number;
}

/** The first six are the outputs; the rest help to read them (who is meant, and on what ground). */
export const LANES: readonly Lane[] = [
  { name: 'hate', labels: ['hate'], cost: 4, leaning: 0.5 },
  { name: 'abusive', labels: ['abusive'], cost: 4, leaning: 1 },
  { name: 'sara', labels: ['religion', 'race'], cost: 3, leaning: 0.5 },
  { name: 'group', labels: ['group'], cost: 3, leaning: 0.5 },
  { name: 'moderate', labels: ['moderate', 'strong'], cost: 3, leaning: 0.5 },
  { name: 'strong', labels: ['strong'], cost: 3, leaning: 0.5 },
  { name: 'individual', labels: ['individual'], cost: 4, leaning: 0.5 },
  { name: 'religion', labels: ['religion'], cost: 3, leaning: 0.5 },
  { name: 'race', labels: ['race'], cost: 3, leaning: 0.5 },
  { name: 'body', labels: ['physical', 'gender'], cost: 4, leaning: 0.5 },
  { name: 'other', labels: ['other'], cost: 4, leaning: 0.5 },
];

export interface ClassifierTraining {
  readonly sizes?: TableSizes;
  /** Parts of the cross-validation behind the calibration; 10 by default. */
  readonly folds?: number;
  /** Passes of the coordinate descent; 12 by default. */
  readonly passes?: number;
  readonly seed?: number;
  /** Reads a text as the house reads every post. */
  readonly read: (text: string) => ReadText;
  /** Told when a part of the work is done. */
  readonly onStep?: (done: number, of: number) => void;
}

/** A text as the classifier is asked about it. */
export interface ReadText {
  readonly n: Normalised;
  readonly tokens: Tokens;
  /** What the lexicon found in it, by rising start. */
  readonly signs: readonly Sign[];
}

/** What the outputs said of a text that neither the weights nor the calibration had seen. */
export type HeldOut = Readonly<Record<Output, number>>;

export interface TrainedClassifier {
  readonly model: Omit<ModelFile, 'version'>;
  /** One for each text, in order, from the cross-validation. */
  readonly heldOut: readonly HeldOut[];
}

/** Penalty on the calibration's numbers. */
const PENALTY = 20;

/**
 * Trains the classifier: for each lane a logistic regression over TF-IDF vectors of character grams, words and
 * pairs of words, then for each output a small regression over the lanes' scores of texts held out from them.
 * Near-duplicate texts stay on one side of every split. The same texts and settings give the same model.
 * @throws RangeError when there are too few texts to hold some out
 */
export function trainClassifier(
  texts: readonly LabelledText[],
  training: ClassifierTraining,
): TrainedClassifier {
  const { sizes = { gramBits: 17, wordBits: 17 }, folds = 10, passes = 12, seed = 1 } = training;
  if (texts.length < folds) throw new RangeError(`${folds} folds need as many texts, not ${texts.length}`);
  const features = texts.map(({ text }) => {
    const { n, tokens, signs } = training.read(text);
    return textFeatures(n, tokens, signs, sizes);
  });
  const answers = LANES.map((lane) =>
    texts.map(({ labels }) => lane.labels.some((label) => labels.includes(label))),
  );
  const weights = texts.some(({ weight }) => weight !== undefined)
    ? texts.map(({ weight = 1 }) => weight)
    : undefined;
  const foldOf = foldsOf(texts, folds);
  const all = texts.map((_, index) => index);

  const scores: Float64Array[] = new Array<Float64Array>(texts.length);
  for (let fold = 0; fold < folds; fold += 1) {
    const learnt = all.filter((index) => foldOf[index] !== fold);
    const { vectors, scorers } = fitLanes(features, learnt, answers, sizes, passes, seed, weights);
    for (const index of all) {
      if (foldOf[index] !== fold) continue;
      scores[index] = Float64Array.from(scorers, (scorer) => apply(scorer, vectors[index]!));
    }
    training.onStep?.(fold + 1, folds + 1);
  }
  const inputs = scores.map(calibrationInput);
  const heldOut = crossCalibrate(inputs, answers, foldOf, folds, weights);
  const rows = calibrate(inputs, answers, all, weights);
  const outputs = Object.fromEntries(OUTPUTS.map((output, i) => [output, [...rows[i]!]])) as Record<
    Output,
    number[]
  >;

  const final = fitLanes(features, all, answers, sizes, passes, seed, weights);
  training.onStep?.(folds + 1, folds + 1);
  return { model: pack(final, outputs, sizes), heldOut };
}

/** A fold for each text; near-duplicates share one. */
function foldsOf(texts: readonly LabelledText[], folds: number): Int32Array {
  const groups = groupNearDuplicates(texts.map(({ text }) => text));
  const place = new Map<number, number>();
  for (const group of groups) if (!place.has(group)) place.set(group, place.size);
  // Texts of one kind often stand together in a file, so folds go round.
  return groups.map((group) => place.get(group)! % folds);
}

interface FittedLanes {
  readonly tables: TableValues;
  /** Vectors of all texts, the learnt ones and the others. */
  readonly vectors: readonly SparseVector[];
  readonly scorers: readonly LinearScorer[];
}

function fitLanes(
  features: readonly TextFeatures[],
  learnt: readonly number[],
  answers: readonly (readonly boolean[])[],
  { gramBits, wordBits }: TableSizes,
  passes: number,
  seed: number,
  counted?: readonly number[],
): FittedLanes {
  const learn = (table: keyof TextFeatures, bits: number): BucketValues =>
    learnValues(
      learnt.map((index) => features[index]![table]),
      bits,
    );
  const tables: TableValues = {
    grams: learn('grams', gramBits),
    words: learn('words', wordBits),
    signs: learn('signs', SIGN_BITS),
  };
  const vectors = features.map((text) => toVector(text, tables));
  const seen = learnt.map((index) => vectors[index]!);
  const shares = counted && learnt.map((index) => counted[index]!);
  const size = 2 ** gramBits + 2 ** wordBits + 2 ** SIGN_BITS;
  const scorers = LANES.map(({ cost, leaning }, lane) => {
    const yes = learnt.map((index) => answers[lane]![index]!);
    const scale = leaningOf(seen, yes, size, leaning, shares);
    const scaled = seen.map(({ buckets, values }) => ({
      buckets,
      values: values.map((value, i) => value * scale[buckets[i]!]!),
    }));
    const { weights, bias } = fitLogistic(scaled, yes, {
      size,
      cost,
      passes,
      seed,
      ...(shares === undefined ? {} : { weights: shares }),
    });
    return { weights: weights.map((weight, bucket) => weight * scale[bucket]!), bias };
  });
  return { tables, vectors, scorers };
}

/**
 * How much a feature counts: the more, the more its share differs between the texts that say yes and the others
 * (log count ratio, after Wang and Manning 2012, "Baselines and bigrams").
 */
function leaningOf(
  vectors: readonly SparseVector[],
  answers: readonly boolean[],
  size: number,
  leaning: number,
  shares?: readonly number[],
): Float64Array {
  const held = new Float64Array(size);
  const heldByYes = new Float64Array(size);
  let yes = 0;
  let all = 0;
  vectors.forEach(({ buckets }, index) => {
    const share = shares?.[index] ?? 1;
    all += share;
    if (answers[index]) yes += share;
    for (const bucket of buckets) {
      held[bucket]! += share;
      if (answers[index]) heldByYes[bucket]! += share;
    }
  });
  const no = all - yes;
  return held.map((count, bucket) => {
    if (count === 0) return 0;
    const inYes = (heldByYes[bucket]! + 1) / (yes + 2);
    const inNo = (count - heldByYes[bucket]! + 1) / (no + 2);
    return 1 - leaning + leaning * Math.abs(Math.log(inYes / inNo));
  });
}

function apply({ weights, bias }: LinearScorer, { buckets, values }: SparseVector): number {
  let sum = bias;
  for (let i = 0; i < buckets.length; i += 1) sum += weights[buckets[i]!]! * values[i]!;
  return sum;
}

function calibrationInput(scores: Float64Array): Float64Array {
  const input = new Float64Array(rowLength(scores.length));
  fillInput(scores, input);
  return input;
}

/** A row for each output, learnt on the texts of `learnt`. */
function calibrate(
  inputs: readonly Float64Array[],
  answers: readonly (readonly boolean[])[],
  learnt: readonly number[],
  weights?: readonly number[],
): Float64Array[] {
  const seen = learnt.map((index) => inputs[index]!);
  const shares = weights && learnt.map((index) => weights[index]!);
  return OUTPUTS.map((_, lane) =>
    fitDense(
      seen,
      learnt.map((index) => answers[lane]![index]!),
      PENALTY,
      shares,
    ),
  );
}

/** What the outputs say of each text when the calibration has not seen it either. */
function crossCalibrate(
  inputs: readonly Float64Array[],
  answers: readonly (readonly boolean[])[],
  foldOf: Int32Array,
  folds: number,
  weights?: readonly number[],
): HeldOut[] {
  const rowsOf = Array.from({ length: folds }, (_, fold) =>
    calibrate(
      inputs,
      answers,
      [...foldOf.keys()].filter((index) => foldOf[index] !== fold),
      weights,
    ),
  );
  return inputs.map((input, index) => {
    const rows = rowsOf[foldOf[index]!]!;
    return Object.fromEntries(OUTPUTS.map((output, i) => [output, chanceOf(rows[i]!, input)])) as HeldOut;
  });
}

/** Share of the weights that the steps of eight bits reach; the few beyond are cut off. */
const REACH = 0.9999;

function pack(
  { tables, scorers }: FittedLanes,
  outputs: Record<Output, number[]>,
  sizes: TableSizes,
): Omit<ModelFile, 'version'> {
  const width = LANES.length + 1;
  const border = 2 ** sizes.gramBits;
  const farBorder = border + 2 ** sizes.wordBits;
  const weights = new Int8Array((farBorder + 2 ** SIGN_BITS) * width);
  const packTable = (
    bits: number,
    offset: number,
    { values, norms, normStep }: BucketValues,
    length = 1,
  ): TableHeader => {
    const steps = scorers.map((scorer, lane) => {
      const real = Float64Array.from(
        values,
        (value, bucket) => length * value * scorer.weights[offset + bucket]!,
      );
      const sizesOf = real
        .filter((weight) => weight !== 0)
        .map(Math.abs)
        .sort();
      const step = (sizesOf[Math.floor((sizesOf.length - 1) * REACH)] || 1) / 127;
      real.forEach((weight, bucket) => {
        weights[(offset + bucket) * width + lane] = Math.max(-127, Math.min(127, Math.round(weight / step)));
      });
      return step;
    });
    norms.forEach((norm, bucket) => {
      weights[(offset + bucket) * width + LANES.length] = norm;
    });
    return { bits, steps, normStep };
  };
  const header: ClassifierHeader = {
    lanes: LANES.map(({ name }) => name),
    grams: packTable(sizes.gramBits, 0, tables.grams),
    words: packTable(sizes.wordBits, border, tables.words),
    signs: packTable(SIGN_BITS, farBorder, tables.signs, SIGN_LENGTH),
    bias: scorers.map(({ bias }) => bias),
    outputs,
  };
  return { kind: 'classifier', header: { ...header }, weights };
}
