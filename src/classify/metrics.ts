import { seededRandom } from './seeded-random.js';

/** How answers meet the truth; counts of rows, or sums of their weights. */
export interface Confusion {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

/** A figure with the interval in which most resampled sets of rows put it. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A figure over rows, each counted `weights[row]` times. */
export type Measure = (weights: ArrayLike<number>) => number;

/** Counts the four cases. `weights`: how often each row counts, once where absent. */
export function confusion(
  truth: ArrayLike<boolean>,
  said: ArrayLike<boolean>,
  weights?: ArrayLike<number>,
): Confusion {
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < truth.length; row++) {
    counts[(truth[row] ? 2 : 0) + (said[row] ? 1 : 0)]! += weights?.[row] ?? 1;
  }
  return {
    trueNegative: counts[0]!,
    falsePositive: counts[1]!,
    falseNegative: counts[2]!,
    truePositive: counts[3]!,
  };
}

/** Share of the yes answers that are right, 0..1; 0 where there is none. */
export function precision({ truePositive, falsePositive }: Confusion): number {
  return ratio(truePositive, truePositive + falsePositive);
}

/** Share of what is so that was found, 0..1; 0 where nothing is so. */
export function recall({ truePositive, falseNegative }: Confusion): number {
  return ratio(truePositive, truePositive + falseNegative);
}

/** Harmonic mean of precision and recall of the yes answers, 0..1. */
export function f1({ truePositive, falsePositive, falseNegative }: Confusion): number {
  return ratio(2 * truePositive, 2 * truePositive + falsePositive + falseNegative);
}

/** Mean of the F1 of yes and of no, 0..1. */
export function macroF1(counts: Confusion): number {
  const { truePositive, falsePositive, falseNegative, trueNegative } = counts;
  const no = { truePositive: trueNegative, falsePositive: falseNegative, falseNegative: falsePositive };
  return (f1(counts) + f1({ ...no, trueNegative: truePositive })) / 2;
}

/** Share of right answers, 0..1. */
export function accuracy({ truePositive, falsePositive, falseNegative, trueNegative }: Confusion): number {
  return ratio(truePositive + trueNegative, truePositive + falsePositive + falseNegative + trueNegative);
}

/**
 * Area under the ROC curve as a measure: the chance that a row that is so scores above one that is not, ties counting
 * half. Sorted once, so that each resampling costs one pass. NaN where all rows are alike.
 */
export function aucMeasure(truth: ArrayLike<boolean>, scores: ArrayLike<number>): Measure {
  const order = Array.from({ length: truth.length }, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  return (weights) => {
    let area = 0;
    let below = 0;
    let yesSum = 0;
    for (let at = 0; at < order.length; ) {
      const score = scores[order[at]!]!;
      let yes = 0;
      let no = 0;
      for (; at < order.length && scores[order[at]!]! === score; at++) {
        const row = order[at]!;
        if (truth[row]) yes += weights[row]!;
        else no += weights[row]!;
      }
      area += yes * (below + no / 2);
      below += no;
      yesSum += yes;
    }
    return yesSum === 0 || below === 0 ? Number.NaN : area / (yesSum * below);
  };
}

/** Area under the ROC curve, 0..1; NaN where all rows are alike. */
export function auc(truth: ArrayLike<boolean>, scores: ArrayLike<number>): number {
  return aucMeasure(truth, scores)(new Uint8Array(truth.length).fill(1));
}

/** Share of the first `most` rows in this order that are so; fewer where there are not as many. NaN where none. */
export function precisionAt(order: ArrayLike<number>, truth: ArrayLike<boolean>, most: number): number {
  const count = Math.min(most, order.length);
  let right = 0;
  for (let at = 0; at < count; at++) if (truth[order[at]!]) right++;
  return count === 0 ? Number.NaN : right / count;
}

export interface BootstrapOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Share of the rounds inside the interval, 0..1; 0.95 where absent. */
  readonly inside?: number;
}

/**
 * Each measure over all rows, with the interval between the quantiles of `rounds` resamplings with replacement
 * (percentile bootstrap). The same seed resamples alike. Rounds in which a measure is not defined are left out.
 */
export function bootstrap<Name extends string>(
  rows: number,
  measures: Readonly<Record<Name, Measure>>,
  { rounds, seed, inside = 0.95 }: BootstrapOptions,
): Record<Name, Interval> {
  const random = seededRandom(seed);
  const names = Object.keys(measures) as Name[];
  const drawn = new Map<Name, number[]>(names.map((name) => [name, []]));
  const weights = new Uint32Array(rows);
  for (let round = 0; round < rounds; round++) {
    weights.fill(0);
    for (let draw = 0; draw < rows; draw++) weights[Math.floor(random() * rows)]!++;
    for (const name of names) {
      const value = measures[name](weights);
      if (!Number.isNaN(value)) drawn.get(name)!.push(value);
    }
  }
  weights.fill(1);
  const found = names.map((name) => {
    const value = measures[name](weights);
    const sorted = drawn.get(name)!.sort((a, b) => a - b);
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? value;
    return [name, { value, low: at((1 - inside) / 2), high: at((1 + inside) / 2) }] as const;
  });
  return Object.fromEntries(found) as Record<Name, Interval>;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
