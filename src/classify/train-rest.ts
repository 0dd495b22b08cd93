import { countedText, fitRatio } from './log-count-ratio.js';

const PASSES = 8;

/** Weights `[bucket * lanes + lane]` and a bias for each lane. */
export interface RestWeights {
  readonly weights: Float32Array;
  readonly bias: Float64Array;
}

/**
 * Learns to tell each language from all the others together, see {@link fitRatio}. It errs on other texts than one
 * regression over all languages does, which gives much to what the bulk of the posts holds.
 * @param texts features of each text, a bucket for each occurrence
 * @param lanesOf the language of each text
 */
export function trainRest(
  texts: readonly Int32Array[],
  laneOf: readonly number[],
  { size, lanes }: { readonly size: number; readonly lanes: number },
): RestWeights {
  const counted = texts.map((features) => countedText(features));
  const all = { weights: new Float32Array(size * lanes), bias: new Float64Array(lanes) };
  for (let lane = 0; lane < lanes; lane += 1) {
    const answers = laneOf.map((one) => one === lane);
    const wanted = answers.reduce((sum, answer) => sum + (answer ? 1 : 0), 0);
    if (wanted === 0) continue;
    // A language of few texts counts for more, though not for as much as all others.
    const cost = Math.max(1, Math.sqrt((texts.length - wanted) / wanted));
    const { weights, bias } = fitRatio(counted, answers, { size, cost, passes: PASSES, others: 1 / cost });
    for (let bucket = 0; bucket < size; bucket += 1) all.weights[bucket * lanes + lane] = weights[bucket]!;
    all.bias[lane] = bias;
  }
  return all;
}
