import type { ClaimMatch } from '../core/finding.js';
import type { Normalised } from '../text/normalise.js';
import type { Claim } from './claim.js';
import { type Compared, compare, FEATURES, type FeatureName } from './features.js';
import { type ClaimsIndex, FRAME, indexClaims } from './index.js';
import { Query } from './query.js';
import { decide, FITTED, LEAST_SIMILARITY, scoreOf, type Weights } from './weights.js';

/** A fact-check that a post was compared with. */
export interface Ranked {
  readonly claim: Claim;
  /** Order only: higher is likelier, no fixed range. */
  readonly score: number;
}

/** A title that was compared with a post; `claim` is the place of its claim. */
export interface Candidate extends Compared {
  readonly claim: number;
  readonly view: number;
  readonly score: number;
}

/** The claims nearest to a text. */
export interface Nearest {
  /** Best first, each claim once. */
  readonly ranked: readonly Candidate[];
  /** What the decision about the first looks at, see DECISION in weights.ts; undefined where there is none. */
  readonly decision?: Float64Array;
}

export interface ClaimMatcher {
  /**
   * The published fact-check that a post repeats; undefined where none is near enough. `similarity` is from
   * {@link LEAST_SIMILARITY} to 1; from .5 on the post is taken to spread the claim, below it only resembles it.
   */
  match(n: Normalised): ClaimMatch | undefined;
  /** The likeliest fact-checks, best first, however unlike they are. */
  rank(n: Normalised, limit: number): Ranked[];
  /** Hash of the claims. */
  readonly version: string;
}

/** Views compared in full, those that most of is found of. */
const COMPARED = 40;
/** Below this part of a title found, no other feature makes it a match. */
const LEAST_COVERAGE = 0.2;
const SMOOTH = 0.8;
/** A term in more than this part of the titles is not looked up, only compared. */
const MOST_SHARED = 0.2;

/** Two fact-checks that share this part of the shorter one are of one claim, and do not compete. */
const SIBLINGS = 0.5;
const MOST_MARGIN = 4;

/** A matcher over published fact-checks. */
export function createClaimMatcher(claims: readonly Claim[]): ClaimMatcher {
  const index = indexClaims(claims);
  const finder = new CandidateFinder(index);
  return {
    version: index.version,
    match(n) {
      const { ranked, decision } = finder.find(n.text, LEAST_COVERAGE);
      const best = ranked[0];
      if (best === undefined || decision === undefined) return undefined;
      const similarity = decide(FITTED, decision);
      if (similarity < LEAST_SIMILARITY) return undefined;
      const { id, title, publisher, date, url } = index.claims[best.claim]!;
      return { id, title, publisher, date, url, similarity };
    },
    rank: (n, limit) =>
      finder
        .find(n.text, 0)
        .ranked.slice(0, limit)
        .map(({ claim, score }) => ({ claim: index.claims[claim]!, score })),
  };
}

/** Finds the claims nearest to a text. Holds buffers, so one call at a time. */
export class CandidateFinder {
  readonly #index: ClaimsIndex;
  readonly #weights: Weights;
  readonly #query: Query;
  readonly #sums: Float64Array;
  readonly #touched: Int32Array;

  constructor(index: ClaimsIndex, weights: Weights = FITTED) {
    this.#index = index;
    this.#weights = weights;
    this.#query = new Query(index);
    this.#sums = new Float64Array(index.views.length);
    this.#touched = new Int32Array(index.views.length);
  }

  /**
   * The claims nearest to a canonical text; none where no title is found to `least` (0..1) of its weight.
   * @param without place of a claim that is taken not to be there, with its siblings where `siblings` is set
   */
  find(text: string, least: number, without = -1, siblings = false): Nearest {
    const views = this.#nearest(text, least);
    const index = this.#index;
    const absent = siblings ? index.views.flatMap(({ claim }, place) => (claim === without ? [place] : [])) : [];
    const compared: Candidate[] = [];
    for (const place of views) {
      const view = index.views[place]!;
      if (view.claim === without || absent.some((other) => this.#related(other, place))) continue;
      const result = compare(index, view, this.#query);
      compared.push({ ...result, claim: view.claim, view: place, score: scoreOf(this.#weights, result.features) });
    }
    compared.sort((a, b) => b.score - a.score || a.claim - b.claim);
    const seen = new Set<number>();
    const ranked = compared.filter(({ claim }) => !seen.has(claim) && seen.add(claim) !== undefined);
    const first = ranked[0];
    if (first === undefined) return { ranked };
    const rival = ranked.find(({ view, claim }) => claim !== first.claim && !this.#related(first.view, view));
    const margin = rival === undefined ? MOST_MARGIN : Math.min(MOST_MARGIN, first.score - rival.score);
    return { ranked, decision: decisionOf(first, margin) };
  }

  /** The views that most of is found of, in no order. */
  #nearest(text: string, least: number): number[] {
    const query = this.#query;
    query.read(text);
    const { weights, kinds, shares, postings, views } = this.#index;
    const sums = this.#sums;
    const touched = this.#touched;
    let count = 0;
    for (const term of query.terms) {
      if (kinds[term] === FRAME || shares[term]! > MOST_SHARED) continue;
      const worth = weights[term]! * query.simOf(term);
      const list = postings[term]!;
      for (let i = 0; i < list.length; i++) {
        const view = list[i]!;
        if (sums[view] === 0) touched[count++] = view;
        sums[view]! += worth;
      }
    }
    let best = 0;
    for (let i = 0; i < count; i++) {
      const view = touched[i]!;
      const part = sums[view]! / (views[view]!.total + SMOOTH);
      if (part > best) best = part;
    }
    const found: { view: number; part: number }[] = [];
    const enough = best >= least;
    for (let i = 0; i < count; i++) {
      const view = touched[i]!;
      if (enough) found.push({ view, part: sums[view]! / (views[view]!.total + SMOOTH) });
      sums[view] = 0;
    }
    found.sort((a, b) => b.part - a.part || a.view - b.view);
    return found.slice(0, COMPARED).map(({ view }) => view);
  }

  /** Do two views say the same for the greater part of one of them? */
  #related(a: number, b: number): boolean {
    const { views, weights } = this.#index;
    const [one, other] = [views[a]!, views[b]!];
    let shared = 0;
    for (const term of one.terms) if (other.terms.includes(term)) shared += weights[term]!;
    return shared >= SIBLINGS * Math.min(one.total, other.total);
  }
}

function decisionOf({ features, score, explained, strongest }: Candidate, margin: number): Float64Array {
  const feature = (name: FeatureName): number => features[FEATURES.indexOf(name)]!;
  return Float64Array.of(
    score,
    margin,
    feature('coverage'),
    feature('information'),
    explained,
    strongest,
    feature('part'),
    feature('number-conflict'),
    feature('place-conflict'),
    feature('pairs'),
  );
}
