import { type CountedText, fitRatio } from './log-count-ratio.js';

const PASSES = 15;
/** Share of the weights that the steps of eight bits reach; the few beyond are cut off. */
const REACH = 0.9999;

/** Eight-bit weights of one lane: `weights * step`, summed and divided by the root of the features' number, + `bias`. */
export interface BorderLane {
  readonly weights: Int8Array;
  readonly step: number;
  readonly bias: number;
}

/**
 * Learns to tell two languages, see {@link fitRatio}.
 * @param texts features of each text, with how much each counts
 * @param answers whether a text is in the second language
 */
export function trainBorder(
  texts: readonly CountedText[],
  answers: readonly boolean[],
  { size, cost }: { readonly size: number; readonly cost: number },
): BorderLane {
  const { weights: real, bias } = fitRatio(texts, answers, { size, cost, passes: PASSES });
  const sizes = real
    .filter((weight) => weight !== 0)
    .map(Math.abs)
    .sort();
  const step = (sizes[Math.floor((sizes.length - 1) * REACH)] || 1) / 127;
  const rounded = Int8Array.from(real, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step))));
  return { weights: rounded, step, bias };
}
