import { fitLogistic, type LinearScorer } from './logistic.js';
import type { SparseVector } from './vectors.js';

/** Texts that must hold a feature before it counts. */
const MIN_TEXTS = 2;
/** Added to the counts of both sides: the less, the more a feature says that one side alone has. */
const SMOOTHING = 0.3;

export interface RatioOptions {
  /** How many buckets there are. */
  readonly size: number;
  /** How much a wrong answer costs against large weights. */
  readonly cost: number;
  readonly passes: number;
  /** How much of the cost a wrong answer about a text that is not wanted has, above 0, at most 1; 1 by default. */
  readonly others?: number;
}

/** Features of a text, each once and how often it occurs. */
export interface CountedText extends SparseVector {
  /** Occurrences of all features. */
  readonly length: number;
}

/** @param again features that count once more, as often as they are named; the text is no longer for it */
export function countedText(features: Int32Array, again: readonly number[] = []): CountedText {
  const sums = new Map<number, number>();
  for (const bucket of features) sums.set(bucket, (sums.get(bucket) ?? 0) + 1);
  for (const bucket of again) sums.set(bucket, (sums.get(bucket) ?? 0) + 1);
  return {
    buckets: Int32Array.from(sums.keys()),
    values: Float32Array.from(sums.values()),
    length: features.length,
  };
}

/**
 * Logistic regression in which a feature counts the more, the rarer it is and the more its share differs between the
 * wanted texts and the others (log count ratio, after Wang and Manning 2012, "Baselines and bigrams").
 * @returns weights for the sum over a text's occurrences, divided by the root of their number
 */
export function fitRatio(
  texts: readonly CountedText[],
  answers: readonly boolean[],
  { size, cost, passes, others = 1 }: RatioOptions,
): LinearScorer {
  const scale = scaleOf(texts, answers, size);
  const vectors = texts.map(({ buckets, values, length }) => {
    const root = Math.sqrt(length);
    return { buckets, values: values.map((value, i) => (value * scale[buckets[i]!]!) / root) };
  });
  const weights = answers.map((answer) => (answer ? 1 : others));
  const fitted = fitLogistic(vectors, answers, { size, cost, passes, seed: 1, weights });
  return { weights: fitted.weights.map((weight, bucket) => weight * scale[bucket]!), bias: fitted.bias };
}

/** What an occurrence of each bucket counts. */
function scaleOf(texts: readonly SparseVector[], answers: readonly boolean[], size: number): Float64Array {
  const held = new Float64Array(size);
  const heldByWanted = new Float64Array(size);
  texts.forEach(({ buckets }, text) => {
    for (const bucket of buckets) {
      held[bucket]! += 1;
      if (answers[text]) heldByWanted[bucket]! += 1;
    }
  });
  const wanted = answers.reduce((sum, answer) => sum + (answer ? 1 : 0), 0);
  const unwanted = texts.length - wanted;
  return held.map((count, bucket) => {
    if (count < MIN_TEXTS) return 0;
    const inWanted = (heldByWanted[bucket]! + SMOOTHING) / (wanted + 2 * SMOOTHING);
    const inOthers = (count - heldByWanted[bucket]! + SMOOTHING) / (unwanted + 2 * SMOOTHING);
    return Math.abs(Math.log(inWanted / inOthers)) * Math.log((1 + texts.length) / (1 + count));
  });
}
