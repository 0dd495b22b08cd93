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

/** In how many wordings each term stands, and in which. */
export class TermIndex {
  #keys = new Int32Array(1 << 13);
  #counts = new Int32Array(1 << 13);
  #heads = new Int32Array(1 << 13);
  #mask = (1 << 13) - 1;
  #terms = 0;
  #wording = new Int32Array(1 << 13);
  #next = new Int32Array(1 << 13);
  #entries = 1;

  /** Wordings that have the term. */
  count(term: number): number {
    return this.#counts[this.#slot(term)]!;
  }

  add(term: number, wording: number): void {
    let slot = this.#slot(term);
    if (this.#counts[slot] === 0) {
      if (++this.#terms * 2 > this.#mask) {
        this.#grow();
        slot = this.#slot(term);
      }
      this.#keys[slot] = term | 0;
    }
    if (this.#entries === this.#next.length) {
      this.#wording = grown(this.#wording);
      this.#next = grown(this.#next);
    }
    this.#counts[slot]!++;
    this.#wording[this.#entries] = wording;
    this.#next[this.#entries] = this.#heads[slot]!;
    this.#heads[slot] = this.#entries++;
  }

  /** Gives the newest wordings with the term. */
  walk(term: number, visit: (wording: number) => void): void {
    let entry = this.#heads[this.#slot(term)]!;
    for (let i = 0; entry !== 0 && i < MOST_WALKED; i++) {
      visit(this.#wording[entry]!);
      entry = this.#next[entry]!;
    }
  }

  #slot(term: number): number {
    let slot = (Math.imul(term, 0x9e3779b1) >>> 7) & this.#mask;
    while (this.#counts[slot] !== 0 && this.#keys[slot] !== (term | 0)) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #grow(): void {
    const [keys, counts, heads] = [this.#keys, this.#counts, this.#heads];
    const size = keys.length * 2;
    this.#mask = size - 1;
    this.#keys = new Int32Array(size);
    this.#counts = new Int32Array(size);
    this.#heads = new Int32Array(size);
    for (let i = 0; i < keys.length; i++) {
      if (counts[i] === 0) continue;
      const slot = this.#slot(keys[i]!);
      this.#keys[slot] = keys[i]!;
      this.#counts[slot] = counts[i]!;
      this.#heads[slot] = heads[i]!;
    }
  }
}

function grown(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
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
