import { seededRandom } from './seeded-random.js';
import type { SparseVector } from './vectors.js';

export interface LogisticOptions {
  /** How many buckets vectors have. */
  readonly size: number;
  /** How much a wrong answer costs against large weights (the C of LIBLINEAR). */
  readonly cost: number;
  readonly passes: number;
  readonly seed: number;
  /** How much of the cost each vector's wrong answer has, above 0, at most 1; all the same by default. */
  readonly weights?: readonly number[];
}

export interface LinearScorer {
  readonly weights: Float64Array;
  readonly bias: number;
}

/**
 * Logistic regression with an L2 penalty by dual coordinate descent (Yu, Huang and Lin 2011, "Dual coordinate
 * descent methods for logistic regression and maximum entropy models").
 */
export function fitLogistic(
  vectors: readonly SparseVector[],
  answers: readonly boolean[],
  { size, cost, passes, seed, weights: shares }: LogisticOptions,
): LinearScorer {
  const weights = new Float64Array(size);
  let bias = 0;
  const costs = vectors.map((_, index) => cost * (shares?.[index] ?? 1));
  const duals = Float64Array.from(costs, (each) => Math.min(1e-8, each * 1e-3));
  const squares = vectors.map(({ values }) => values.reduce((sum, value) => sum + value * value, 1));
  const random = seededRandom(seed);
  const steps = passes * vectors.length;
  for (let step = 0; step < steps; step += 1) {
    const index = Math.floor(random() * vectors.length);
    const { buckets, values } = vectors[index]!;
    const sign = answers[index] ? 1 : -1;
    let margin = bias;
    for (let i = 0; i < buckets.length; i += 1) margin += weights[buckets[i]!]! * values[i]!;
    const before = duals[index]!;
    const after = minimise(before, margin * sign, squares[index]!, costs[index]!);
    const change = (after - before) * sign;
    duals[index] = after;
    bias += change;
    for (let i = 0; i < buckets.length; i += 1) weights[buckets[i]!]! += change * values[i]!;
  }
  return { weights, bias };
}

/** The dual variable in (0, cost) that is best while all others stay: Newton steps kept inside. */
function minimise(before: number, margin: number, square: number, cost: number): number {
  let dual = before;
  for (let step = 0; step < 8; step += 1) {
    const gradient = Math.log(dual / (cost - dual)) + margin + (dual - before) * square;
    const curvature = cost / (dual * (cost - dual)) + square;
    let next = dual - gradient / curvature;
    if (next <= 0) next = dual * 0.1;
    if (next >= cost) next = cost - (cost - dual) * 0.1;
    if (Math.abs(next - dual) < 1e-10) return next;
    dual = next;
  }
  return dual;
}

/**
 * Dense logistic regression with an L2 penalty by Newton's method, for the few inputs of a calibration.
 * Inputs are scaled inside; the first one is the constant and goes unpenalised.
 * @param shares how much each input counts, above 0, at most 1; all the same by default
 * @returns a weight for each input
 */
export function fitDense(
  inputs: readonly Float64Array[],
  answers: readonly boolean[],
  penalty: number,
  shares?: readonly number[],
): Float64Array {
  const size = inputs[0]?.length ?? 0;
  const scale = new Float64Array(size);
  for (const input of inputs) for (let j = 0; j < size; j += 1) scale[j]! += input[j]! ** 2 / inputs.length;
  for (let j = 0; j < size; j += 1) scale[j] = Math.sqrt(scale[j]!) || 1;
  const weights = new Float64Array(size);
  for (let round = 0; round < 20; round += 1) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    inputs.forEach((input, index) => {
      let score = 0;
      for (let j = 0; j < size; j += 1) score += (weights[j]! * input[j]!) / scale[j]!;
      const chance = 1 / (1 + Math.exp(-score));
      const share = shares?.[index] ?? 1;
      const error = share * (chance - (answers[index] ? 1 : 0));
      const spread = share * (chance * (1 - chance) + 1e-9);
      for (let j = 0; j < size; j += 1) {
        const value = input[j]! / scale[j]!;
        gradient[j]! += error * value;
        for (let k = 0; k <= j; k += 1) hessian[j]![k]! += (spread * value * input[k]!) / scale[k]!;
      }
    });
    for (let j = 0; j < size; j += 1) {
      const cost = j === 0 ? 1e-6 : penalty;
      gradient[j]! += cost * weights[j]!;
      hessian[j]![j]! += cost;
    }
    const step = solve(hessian, gradient);
    let largest = 0;
    for (let j = 0; j < size; j += 1) {
      weights[j]! -= step[j]!;
      largest = Math.max(largest, Math.abs(step[j]!));
    }
    if (largest < 1e-6) break;
  }
  return weights.map((weight, j) => weight / scale[j]!);
}

/** Solves for a symmetric positive definite matrix given by its lower triangle (Cholesky). */
function solve(matrix: readonly Float64Array[], target: Float64Array): Float64Array {
  const size = target.length;
  const root = Array.from({ length: size }, () => new Float64Array(size));
  for (let j = 0; j < size; j += 1) {
    for (let k = 0; k <= j; k += 1) {
      let sum = matrix[j]![k]!;
      for (let m = 0; m < k; m += 1) sum -= root[j]![m]! * root[k]![m]!;
      root[j]![k] = j === k ? Math.sqrt(Math.max(sum, 1e-12)) : sum / root[k]![k]!;
    }
  }
  const result = Float64Array.from(target);
  for (let j = 0; j < size; j += 1) {
    for (let m = 0; m < j; m += 1) result[j]! -= root[j]![m]! * result[m]!;
    result[j]! /= root[j]![j]!;
  }
  for (let j = size - 1; j >= 0; j -= 1) {
    for (let m = j + 1; m < size; m += 1) result[j]! -= root[m]![j]! * result[m]!;
    result[j]! /= root[j]![j]!;
  }
  return result;
}
