/**
 * Joins wordings that are no near-copies into stories: by shared rare terms, numbers, links, the same fact-check. How
 * rare a term is is counted over wordings, not posts, so that a story does not make its own terms common by being copied.
 */
import { CLAIM_TERM, LINK_TERM, NUMBER_TERM } from '../core/print.js';

/** Stands for the wordings of a time before Ronda, so that in a young window no word looks rare. */
const WORDINGS_BEFORE = 2_000;
/** How much of what both tell must be the same, 0..1. */
const ALIKE = 0.28;
/** What the shared terms must tell at least, in nats: two or three rare ones. */
const LEAST_SHARED = 14;
/** Wordings looked at for a term, the newest; further ones with it are almost always of the same stories. */
const MOST_WALKED = 8;
/** Terms by which stories are looked up: the rarest of a wording. */
export const LEADING = 5;
/** A story is compared in full when the leading terms that it shares tell so much, in nats: two rare ones. */
export const WORTH_COMPARING = 12;
/** Stories compared in full with a wording, those with most in common first. */
export const MOST_COMPARED = 3;
/** A term that tells less, in nats, is of a topic, not of a story. */
const TELLING = 4;
/** Shared terms of a story, at least; a number and a link count twice. */
const LEAST_TERMS = 3;
/** What a fact-check tells: it alone nearly makes one story of two wordings. */
const CLAIM_NATS = 14;
/** Terms that fewer wordings of a story have than this share are asides of single wordings. */
const ASIDE = 0.5;

/** Terms of the wordings of a story and in how many each stands. */
export interface Profile {
  readonly terms: Map<number, number>;
  wordings: number;
  /** What its wordings tell in all, in nats, each as it was when it came. */
  nats: number;
}

/** Key, count and the newest wordings of a term stand side by side: looking one up is one miss of the cache, not three. */
const CELL = 2 + MOST_WALKED;

/** In how many wordings each term stands, and in which of the newest. */
export class TermIndex {
  #cells = new Int32Array(CELL << 13);
  #mask = (1 << 13) - 1;
  #terms = 0;

  /** Wordings that have the term. */
  count(term: number): number {
    return this.#cells[this.#at(term) + 1]!;
  }

  add(term: number, wording: number): void {
    let at = this.#at(term);
    if (this.#cells[at + 1] === 0) {
      if (++this.#terms * 2 > this.#mask) {
        this.#grow();
        at = this.#at(term);
      }
      this.#cells[at] = term | 0;
    }
    const count = this.#cells[at + 1]!++;
    this.#cells[at + 2 + (count % MOST_WALKED)] = wording;
  }

  /** Gives the newest wordings with the term, the newest first. */
  walk(term: number, visit: (wording: number) => void): void {
    const at = this.#at(term);
    const count = this.#cells[at + 1]!;
    for (let i = 1; i <= MOST_WALKED && i <= count; i++) {
      visit(this.#cells[at + 2 + ((count - i) % MOST_WALKED)]!);
    }
  }

  #at(term: number): number {
    let slot = (Math.imul(term, 0x9e3779b1) >>> 7) & this.#mask;
    const cells = this.#cells;
    while (cells[slot * CELL + 1] !== 0 && cells[slot * CELL] !== (term | 0)) slot = (slot + 1) & this.#mask;
    return slot * CELL;
  }

  #grow(): void {
    const cells = this.#cells;
    this.#cells = new Int32Array(cells.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let from = 0; from < cells.length; from += CELL) {
      if (cells[from + 1] === 0) continue;
      this.#cells.set(cells.subarray(from, from + CELL), this.#at(cells[from]!));
    }
  }
}

const LOGS = Float64Array.from({ length: 4096 }, (_, n) => Math.log(n + 1));

/** What a term tells, in nats, where `having` of `all` wordings have it; nothing below {@link TELLING}. */
export function told(term: number, having: number, all: number): number {
  if ((term & 3) === CLAIM_TERM) return CLAIM_NATS;
  const nats = Math.log(all + WORDINGS_BEFORE) - (having < 4096 ? LOGS[having]! : Math.log(having + 1));
  return nats < TELLING ? 0 : nats;
}

/** Terms to be compared with stories, most telling first, with what each tells and its share of the wordings. */
export class Terms {
  readonly terms: Int32Array;
  readonly nats: Float64Array;
  readonly shares: Float64Array;
  count = 0;
  /** What a wording of it tells, in nats. */
  all = 0;

  /** @param most that it is given at a time */
  constructor(most: number) {
    this.terms = new Int32Array(most);
    this.nats = new Float64Array(most);
    this.shares = new Float64Array(most);
  }

  clear(): void {
    this.count = 0;
    this.all = 0;
  }

  /** Puts a term where it belongs. */
  add(term: number, tells: number, share: number): void {
    let i = this.count++;
    for (; i > 0 && this.nats[i - 1]! < tells; i--) {
      this.terms[i] = this.terms[i - 1]!;
      this.nats[i] = this.nats[i - 1]!;
      this.shares[i] = this.shares[i - 1]!;
    }
    this.terms[i] = term;
    this.nats[i] = tells;
    this.shares[i] = share;
    this.all += tells * share;
  }
}

/** What of {@link alike} a story is asked: the share of its wordings that have a term, and what a wording of it tells. */
export interface Told {
  share(term: number): number;
  readonly nats: number;
}

/** How surely two tell one story: 0 where they do not, else 0..1, the mean over the pairs of their wordings. */
export function alike(a: Terms, b: Told): number {
  let [common, nats, shared] = [0, 0, 0];
  let claim = false;
  for (let i = 0; i < a.count; i++) {
    const tells = a.nats[i]!;
    if (tells === 0) continue;
    const inB = b.share(a.terms[i]!);
    if (inB === 0) continue;
    const inA = a.shares[i]!;
    common += tells * inA * inB;
    nats += tells * Math.min(1, inA / ASIDE) * Math.min(1, inB / ASIDE);
    const kind = a.terms[i]! & 3;
    if (kind === CLAIM_TERM) claim = true;
    shared += kind === LINK_TERM || kind === NUMBER_TERM ? 2 : 1;
  }
  if (shared === 0 || (!claim && (nats < LEAST_SHARED || shared < LEAST_TERMS))) return 0;
  const cosine = common / Math.sqrt(a.all * b.nats);
  if (claim) return Math.max(cosine, ALIKE);
  return cosine >= ALIKE ? cosine : 0;
}

/** Adds a wording's terms, or a whole story's, to a story. */
export function addTo(
  into: Profile,
  terms: Iterable<readonly [number, number]>,
  wordings: number,
  nats: number,
): void {
  for (const [term, n] of terms) into.terms.set(term, (into.terms.get(term) ?? 0) + n);
  into.wordings += wordings;
  into.nats += nats;
  // A long story gathers the asides of all its wordings; what hardly any of them has is no part of it.
  if (into.terms.size > MOST_PROFILE) {
    for (const [term, n] of into.terms) if (n * 40 < into.wordings) into.terms.delete(term);
  }
}

const MOST_PROFILE = 512;
