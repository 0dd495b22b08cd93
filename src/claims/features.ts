import { type ClaimsIndex, FRAME, NUMBER, PLACE, type View } from './index.js';
import type { Query } from './query.js';

/** What is looked at where one fact-check is compared with a post, in the order of the vectors. */
export const FEATURES = [
  'coverage',
  'exact',
  'pairs',
  'mass',
  'missing',
  'information',
  'part',
  'lead',
  'number-conflict',
  'place-conflict',
  'length',
] as const;

export type FeatureName = (typeof FEATURES)[number];

/** What the decision looks at beside: how much of the post is explained, and the strongest term found. */
export interface Compared {
  readonly features: Float64Array;
  readonly explained: number;
  readonly strongest: number;
}

const SMOOTH = 0.3;
/** Terms that weigh less are not counted as parts of the claim. */
const LEAST_PART = 0.25;
/** A pair counts in full side by side, less with a word or up to three between. */
const PAIR_WORTH = [0, 1, 0.7, 0.4, 0.4];
/** Places a text's first words by this many words. */
const LEAD_WORDS = 20;

/** Compares one title with a post. */
export function compare(index: ClaimsIndex, view: View, query: Query): Compared {
  query.detail();
  const { weights, shares, kinds } = index;
  const reach = 0.5 * Math.max(1, query.words) ** 0.7;
  let [found, exact, missing, information, parts, partsFound, lead, strongest] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [numberMissing, placeMissing] = [false, false];
  for (const term of view.terms) {
    const weight = weights[term]!;
    const sim = query.simOf(term);
    const kind = kinds[term]!;
    if (weight > LEAST_PART) {
      parts++;
      partsFound += sim;
    }
    if (sim === 0) {
      if (weight > missing) missing = weight;
      if (kind === NUMBER) numberMissing = true;
      else if (kind === PLACE) placeMissing = true;
      continue;
    }
    const worth = weight * sim;
    found += worth;
    if (sim >= 1) exact += weight;
    if (worth > strongest) strongest = worth;
    const told = Math.max(0, -Math.log(Math.min(1, shares[term]! * reach)));
    information += sim * told * (kind === FRAME || weight < 0.2 ? 0.2 : 1);
    lead += worth / (1 + query.firstOf(term) / LEAD_WORDS);
  }
  const total = view.total + SMOOTH;
  const features = Float64Array.of(
    found / total,
    exact / total,
    pairsOf(index, view, query),
    Math.log1p(found),
    missing,
    information / 10,
    partsFound / (parts + 0.5),
    lead,
    numberMissing && holdsOther(index, query, view, NUMBER) ? 1 : 0,
    placeMissing && holdsOther(index, query, view, PLACE) ? 1 : 0,
    Math.log(view.sequence.length),
  );
  return { features, explained: found / (query.mass + 0.5), strongest };
}

/** How many of the title's neighbours are near each other in the post, 0..1. */
function pairsOf({ weights }: ClaimsIndex, { sequence }: View, query: Query): number {
  let [all, near] = [SMOOTH, 0];
  for (let i = 1; i < sequence.length; i++) {
    const [first, second] = [sequence[i - 1]!, sequence[i]!];
    const worth = Math.sqrt(weights[first]! * weights[second]!);
    all += worth;
    if (query.simOf(first) === 0 || query.simOf(second) === 0) continue;
    let least = PAIR_WORTH.length;
    for (const a of query.placesOf(first)) {
      for (const b of query.placesOf(second)) {
        const gap = Math.abs(b - a);
        if (gap > 0 && gap < least) least = gap;
      }
    }
    near += worth * (PAIR_WORTH[least] ?? 0);
  }
  return near / all;
}

/** Does the post name a number or a place that the title does not? */
function holdsOther({ kinds }: ClaimsIndex, query: Query, { terms }: View, kind: number): boolean {
  if (kind === NUMBER && query.strangeNumber) return true;
  for (const term of query.ownTerms) if (kinds[term] === kind && !terms.includes(term)) return true;
  return false;
}
