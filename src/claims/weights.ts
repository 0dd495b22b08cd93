import { FEATURES, type FeatureName } from './features.js';

/*
 * Fitted by `node dist/bench/claims.js --fit` on pairs of a hoax and its fact-check's title (see docs/detection.md);
 * a few numbers over features that mean something, so that they hold beyond the pairs they were fitted on.
 */

/** What each feature adds to the order of candidates. */
const ORDER: Readonly<Record<FeatureName, number>> = {
  coverage: 5.333,
  exact: 1.08,
  pairs: 3.538,
  mass: 1.94,
  missing: 3.511,
  information: 0.603,
  part: 3.705,
  lead: 0.939,
  'number-conflict': -0.228,
  'place-conflict': -1.015,
  length: -0.081,
};

/** What is looked at where the first candidate is taken or left. */
export const DECISION = [
  'score',
  'margin',
  'coverage',
  'information',
  'explained',
  'strongest',
  'part',
  'number-conflict',
  'place-conflict',
  'pairs',
] as const;

const TAKEN: Readonly<Record<(typeof DECISION)[number], number>> = {
  score: 0.163,
  margin: 0.552,
  coverage: 2.746,
  information: 0.647,
  explained: 3.266,
  strongest: 1.043,
  part: 1.853,
  'number-conflict': -0.222,
  'place-conflict': -1.723,
  pairs: 1.636,
};
/** As fitted, less 2: similarity .5 is where 1 in 200 texts of other hoaxes is matched and no ordinary post. */
const BIAS = -10.856;

/** From here on a post is taken to spread the claim. */
export const FLAG_SIMILARITY = 0.5;
/** Below this nothing is said of a fact-check at all: 1 in 200 ordinary posts is above. */
export const LEAST_SIMILARITY = 0.12;

/** What candidates are ordered and decided by. */
export interface Weights {
  /** In step with FEATURES. */
  readonly order: ArrayLike<number>;
  /** In step with DECISION. */
  readonly decision: ArrayLike<number>;
  readonly bias: number;
}

export const FITTED: Weights = {
  order: Float64Array.from(FEATURES, (name) => ORDER[name]),
  decision: Float64Array.from(DECISION, (name) => TAKEN[name]),
  bias: BIAS,
};

/** Order of a candidate from its features. */
export function scoreOf({ order }: Weights, features: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += order[i]! * features[i]!;
  return sum;
}

/** Similarity 0..1 of the first candidate, .5 where a post is taken to spread the claim. */
export function decide({ decision, bias }: Weights, row: Float64Array): number {
  let sum = bias;
  for (let i = 0; i < row.length; i++) sum += decision[i]! * row[i]!;
  return 1 / (1 + Math.exp(-sum));
}
