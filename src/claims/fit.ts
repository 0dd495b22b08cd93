/** Fits the weights in weights.ts; run by `node dist/bench/claims.js --fit`. */
import type { Observed, Outcome } from './evaluate.js';

/** Weights in step with the features they were fitted on. */
export interface Fitted {
  readonly weights: readonly number[];
  readonly bias: number;
}

const ORDER_ROUNDS = 150;
const ORDER_DECAY = 0.01;
const DECISION_ROUNDS = 400;
const DECISION_DECAY = 0.005;

/** Mean and spread of each feature, so that one rate of learning serves all. */
class Scale {
  readonly means: number[];
  readonly spreads: number[];

  constructor(rows: readonly Float64Array[]) {
    const size = rows[0]?.length ?? 0;
    this.means = Array.from(
      { length: size },
      (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length,
    );
    this.spreads = this.means.map((mean, j) => {
      const variance = rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / rows.length;
      return Math.sqrt(variance) || 1;
    });
  }

  apply(row: Float64Array): Float64Array {
    return row.map((value, j) => (value - this.means[j]!) / this.spreads[j]!);
  }

  /** Weights over scaled features as weights over the features themselves. */
  undo(weights: readonly number[], bias: number): Fitted {
    const plain = weights.map((weight, j) => weight / this.spreads[j]!);
    return {
      weights: plain,
      bias: bias - plain.reduce((sum, weight, j) => sum + weight * this.means[j]!, 0),
    };
  }
}

const dot = (a: readonly number[], b: Float64Array): number =>
  a.reduce((sum, value, j) => sum + value * b[j]!, 0);

/** Weights by which the right fact-check comes first among the candidates (softmax over each list). */
export function fitOrder(observed: readonly Observed[], takes: (pair: number) => boolean): Fitted {
  const lists = observed
    .flatMap(({ present }) => present)
    .filter(({ pair, nearest }) => takes(pair) && nearest.ranked.some(({ claim }) => claim === pair));
  const scale = new Scale(lists.flatMap(({ nearest }) => nearest.ranked.map(({ features }) => features)));
  const scaled = lists.map(({ pair, nearest }) => ({
    right: nearest.ranked.findIndex(({ claim }) => claim === pair),
    rows: nearest.ranked.map(({ features }) => scale.apply(features)),
  }));
  const weights: number[] = scale.means.map(() => 0);
  for (let round = 0; round < ORDER_ROUNDS; round++) {
    const slope = weights.map((weight) => -ORDER_DECAY * weight * scaled.length);
    for (const { right, rows } of scaled) {
      const scores = rows.map((row) => dot(weights, row));
      const most = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - most));
      const all = shares.reduce((sum, share) => sum + share, 0);
      rows.forEach((row, at) => {
        const error = (at === right ? 1 : 0) - shares[at]! / all;
        for (let j = 0; j < weights.length; j++) slope[j]! += error * row[j]!;
      });
    }
    for (let j = 0; j < weights.length; j++) weights[j]! += (2 * slope[j]!) / scaled.length;
  }
  return { ...scale.undo(weights, 0), bias: 0 };
}

/** Weights by which right first candidates are told from false ones (logistic regression). */
export function fitDecision(
  observed: readonly Observed[],
  takes: (outcome: Outcome, place: number) => boolean,
): Fitted {
  const rows: { wanted: number; row: Float64Array }[] = [];
  const take = (outcomes: readonly Outcome[], wanted: number): void =>
    outcomes.forEach((outcome, place) => {
      const { decision } = outcome.nearest;
      if (decision !== undefined && takes(outcome, place)) rows.push({ wanted, row: decision });
    });
  for (const { present, unknown, ordinary } of observed) {
    take(
      present.filter(({ pair, nearest }) => nearest.ranked[0]?.claim === pair),
      1,
    );
    take(unknown, 0);
    take(ordinary, 0);
  }
  const scale = new Scale(rows.map(({ row }) => row));
  const scaled = rows.map(({ wanted, row }) => ({ wanted, row: scale.apply(row) }));
  const weights: number[] = scale.means.map(() => 0);
  let bias = 0;
  for (let round = 0; round < DECISION_ROUNDS; round++) {
    const slope = weights.map((weight) => -DECISION_DECAY * weight * scaled.length);
    let slopeOfBias = 0;
    for (const { wanted, row } of scaled) {
      const error = wanted - 1 / (1 + Math.exp(-bias - dot(weights, row)));
      slopeOfBias += error;
      for (let j = 0; j < weights.length; j++) slope[j]! += error * row[j]!;
    }
    bias += slopeOfBias / scaled.length;
    for (let j = 0; j < weights.length; j++) weights[j]! += slope[j]! / scaled.length;
  }
  return scale.undo(weights, bias);
}
