import type { Claim } from '../core/claim.js';
import type { ClaimMatch } from '../core/finding.js';
import type { Normalised } from '../text/normalise.js';
import { type Compared, compare, FEATURES, type FeatureName } from './features.js';
import { type ClaimsIndex, indexClaims } from './index.js';
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
   * The published fact-check nearest to a post; undefined where none is near enough. From a `similarity` of .5 on the
   * post is taken to spread the claim; below that it resembles it, which is worth a look and no more.
   */
  match(n: Normalised): ClaimMatch | undefined;
  /** The likeliest fact-checks, best first, however unlike they are. */
  rank(n: Normalised, limit: number): Ranked[];
  /** Hash of the claims. */
  readonly version: string;
}

/** Views compared in full, those that most of is found of. */
const COMPARED = 40;
/** Where less of a title is found, as a part of its weight and as weight, no other feature makes a match. */
const LEAST_PART = 0.33;
const LEAST_MASS = 1.1;
/** A title that so much less of is found does not rival the one that most is found of. */
const COMPARABLE = 0.4;
const SMOOTH = 0.8;

/** Two fact-checks that share this part of the shorter one are of one claim, and do not compete. */
const SIBLINGS = 0.5;
const MOST_MARGIN = 4;

/**
 * A matcher over published fact-checks.
 * @param least similarity 0..1 from which on a fact-check is told of; at 0 the nearest is, however unlike it is
 */
export function createClaimMatcher(claims: readonly Claim[], least = LEAST_SIMILARITY): ClaimMatcher {
  const index = indexClaims(claims);
  const finder = new CandidateFinder(index);
  return {
    version: index.version,
    match(n) {
      const { ranked, decision } = finder.find(n.text, { least });
      const best = ranked[0];
      if (best === undefined || decision === undefined) return undefined;
      const similarity = decide(FITTED, decision);
      if (similarity < least) return undefined;
      const { id, title, publisher, date, url } = index.claims[best.claim]!;
      return { id, title, publisher, date, url, similarity };
    },
    rank: (n, limit) =>
      finder
        .find(n.text)
        .ranked.slice(0, limit)
        .map(({ claim, score }) => ({ claim: index.claims[claim]!, score })),
  };
}

interface FindOptions {
  /** Similarity below which nobody asks; 0 for the nearest, however unlike. */
  readonly least?: number;
  /** Place of a claim that is taken not to be there, with its siblings where `siblings` is set. */
  readonly without?: number;
  readonly siblings?: boolean;
}

const NONE: readonly number[] = [];
const NOTHING: Nearest = { ranked: [] };

/** Finds the claims nearest to a text. Holds buffers, so one call at a time. */
export class CandidateFinder {
  readonly #index: ClaimsIndex;
  readonly #weights: Weights;
  readonly #query: Query;
  readonly #sums: Float32Array;
  readonly #touched: Int32Array;
  /** By view: what must be found of it for a comparison. */
  readonly #needed: Float32Array;
  readonly #worthy: number[] = [];

  constructor(index: ClaimsIndex, weights: Weights = FITTED) {
    this.#index = index;
    this.#weights = weights;
    this.#query = new Query(index);
    this.#sums = new Float32Array(index.views.length);
    this.#touched = new Int32Array(index.views.length);
    this.#needed = Float32Array.from(index.views, ({ total }) =>
      Math.max(LEAST_MASS, LEAST_PART * (total + SMOOTH)),
    );
  }

  /** The claims nearest to a canonical text. */
  find(text: string, { least = 0, without = -1, siblings = false }: FindOptions = {}): Nearest {
    const count = this.#add(text);
    const views = least > 0 && !this.#mayReach(least) ? NONE : this.#nearest(count);
    for (let i = 0; i < count; i++) this.#sums[this.#touched[i]!] = 0;
    if (views.length === 0) return NOTHING;
    const index = this.#index;
    const absent = siblings
      ? index.views.flatMap(({ claim }, place) => (claim === without ? [place] : []))
      : [];
    const compared: Candidate[] = [];
    for (const place of views) {
      const view = index.views[place]!;
      if (view.claim === without || absent.some((other) => this.#related(other, place))) continue;
      compared.push(this.#compare(place));
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

  #compare(place: number): Candidate {
    const view = this.#index.views[place]!;
    const compared = compare(this.#index, view, this.#query);
    return { ...compared, claim: view.claim, view: place, score: scoreOf(this.#weights, compared.features) };
  }

  /** Adds up, for every title, what of it is found. @returns how many titles share anything with the text */
  #add(text: string): number {
    const query = this.#query;
    query.read(text);
    const { weights, postings, postingEnds } = this.#index;
    const sums = this.#sums;
    const touched = this.#touched;
    const needed = this.#needed;
    const worthy = this.#worthy;
    worthy.length = 0;
    const { terms, count: looked } = query;
    let count = 0;
    for (let t = 0; t < looked; t++) {
      const term = terms[t]!;
      const worth = weights[term]! * query.simOf(term);
      const end = postingEnds[term]!;
      for (let i = term === 0 ? 0 : postingEnds[term - 1]!; i < end; i++) {
        const view = postings[i]!;
        const before = sums[view]!;
        const sum = before + worth;
        if (before === 0) touched[count++] = view;
        if (sum >= needed[view]! && before < needed[view]!) worthy.push(view);
        sums[view] = sum;
      }
    }
    return count;
  }

  /** Might any of the titles be a match of this similarity? Most posts end here. */
  #mayReach(similarity: number): boolean {
    return this.#worthy.some(
      (view) => decide(this.#weights, decisionOf(this.#compare(view), MOST_MARGIN)) >= similarity,
    );
  }

  /** The views that most of is found of, best first. */
  #nearest(count: number): number[] {
    const { views } = this.#index;
    const partOf = (view: number): number => this.#sums[view]! / (views[view]!.total + SMOOTH);
    let best = 0;
    for (let i = 0; i < count; i++) best = Math.max(best, partOf(this.#touched[i]!));
    const found: { view: number; part: number }[] = [];
    for (let i = 0; i < count; i++) {
      const view = this.#touched[i]!;
      const part = partOf(view);
      if (part >= best * COMPARABLE) found.push({ view, part });
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
