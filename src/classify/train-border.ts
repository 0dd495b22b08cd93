import { fitLogistic } from './logistic.js';
import type { SparseVector } from './vectors.js';

/** Texts that must hold a feature before it counts. */
const MIN_TEXTS = 2;
const PASSES = 15;
/** Share of the weights that the steps of eight bits reach; the few beyond are cut off. */
const REACH = 0.9995;

/** Eight-bit weights of one lane: `weights * step`, summed and divided by the root of the features' number, + `bias`. */
export interface BorderLane {
  readonly weights: Int8Array;
  readonly step: number;
  readonly bias: number;
}

/**
 * Learns to tell two languages: logistic regression in which a feature counts the more, the rarer it is and the more
 * its share differs between the two (log count ratio, after Wang and Manning 2012, "Baselines and bigrams").
 * @param texts features of each text, a bucket for each occurrence
 * @param answers whether a text is in the second language
 */
export function trainBorder(
  texts: readonly Int32Array[],
  answers: readonly boolean[],
  { size, cost }: { readonly size: number; readonly cost: number },
): BorderLane {
  const counts = texts.map(countsOf);
  const scale = scaleOf(counts, answers, size);
  const vectors = counts.map(({ buckets, values }, text) => {
    const length = Math.sqrt(texts[text]!.length);
    return { buckets, values: values.map((value, i) => (value * scale[buckets[i]!]!) / length) };
  });
  const { weights, bias } = fitLogistic(vectors, answers, { size, cost, passes: PASSES, seed: 1 });
  const real = weights.map((weight, bucket) => weight * scale[bucket]!);
  const sizes = real
    .filter((weight) => weight !== 0)
    .map(Math.abs)
    .sort();
  const step = (sizes[Math.floor((sizes.length - 1) * REACH)] || 1) / 127;
  const rounded = Int8Array.from(real, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step))));
  return { weights: rounded, step, bias };
}

function countsOf(features: Int32Array): SparseVector {
  const sums = new Map<number, number>();
  for (const bucket of features) sums.set(bucket, (sums.get(bucket) ?? 0) + 1);
  return { buckets: Int32Array.from(sums.keys()), values: Float32Array.from(sums.values()) };
}

/** What an occurrence of each bucket counts. */
function scaleOf(texts: readonly SparseVector[], answers: readonly boolean[], size: number): Float64Array {
  const held = new Float64Array(size);
  const heldBySecond = new Float64Array(size);
  texts.forEach(({ buckets }, text) => {
    for (const bucket of buckets) {
      held[bucket]! += 1;
      if (answers[text]) heldBySecond[bucket]! += 1;
    }
  });
  const second = answers.reduce((sum, answer) => sum + (answer ? 1 : 0), 0);
  const first = texts.length - second;
  return held.map((count, bucket) => {
    if (count < MIN_TEXTS) return 0;
    const inSecond = (heldBySecond[bucket]! + 1) / (second + 2);
    const inFirst = (count - heldBySecond[bucket]! + 1) / (first + 2);
    return Math.abs(Math.log(inSecond / inFirst)) * Math.log((1 + texts.length) / (1 + count));
  });
}
