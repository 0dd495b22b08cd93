import { type ClaimsIndex, FRAME } from './index.js';
import { scanTerms } from './terms.js';
import type { Entry } from './vocabulary.js';

/** Positions looked at in pairs, at most: a word that stands a hundred times tells no more. */
const MAX_PLACES = 6;

/**
 * A post as the index sees it. One object is kept and filled anew for each post, so that a post that resembles nothing
 * costs no memory.
 */
export class Query {
  readonly #index: ClaimsIndex;
  /** Round in which a term was last seen. */
  readonly #seen: Int32Array;
  readonly #sims: Float64Array;
  #round = 0;
  #text = '';
  readonly #slots: (Entry | number)[] = [];
  /** Terms of the titles that the post speaks of, in the order of their first place. */
  readonly terms: number[] = [];
  #places: Map<number, number[]> | undefined;
  #measured = false;
  #mass = 0;
  #words = 0;
  #strangeNumber = false;
  readonly #own = new Set<number>();

  constructor(index: ClaimsIndex) {
    this.#index = index;
    this.#seen = new Int32Array(index.weights.length);
    this.#sims = new Float64Array(index.weights.length);
  }

  /** Takes a post's canonical text. */
  read(text: string): void {
    this.#round++;
    this.#text = text;
    this.terms.length = 0;
    this.#slots.length = 0;
    this.#places = undefined;
    this.#measured = false;
    scanTerms(text, this.#sink);
  }

  readonly #sink = {
    word: (start: number, end: number, tag: boolean): void => {
      const entry = this.#index.vocabulary.entry(this.#text, start, end, tag);
      this.#slots.push(entry);
      const { terms, sims } = entry;
      for (let i = 0; i < terms.length; i++) this.#take(terms[i]!, sims[i]!);
    },
    key: (key: string): void => {
      const term = this.#index.vocabulary.key(key);
      this.#slots.push(term);
      if (term >= 0) this.#take(term, 1);
    },
  };

  #take(term: number, sim: number): void {
    if (this.#seen[term] !== this.#round) {
      this.#seen[term] = this.#round;
      this.#sims[term] = sim;
      this.terms.push(term);
    } else if (sim > this.#sims[term]!) this.#sims[term] = sim;
  }

  /** 0..1: how surely the post speaks of the term. */
  simOf(term: number): number {
    return this.#seen[term] === this.#round ? this.#sims[term]! : 0;
  }

  /** Words and amounts of the post, each once. */
  get words(): number {
    this.#measure();
    return this.#words;
  }

  /** Their weight. */
  get mass(): number {
    this.#measure();
    return this.#mass;
  }

  /** True where an amount or date stands in the post and in no title. */
  get strangeNumber(): boolean {
    this.#measure();
    return this.#strangeNumber;
  }

  /** Terms that stand in the post as such, not by a related word. */
  get ownTerms(): ReadonlySet<number> {
    this.#measure();
    return this.#own;
  }

  #measure(): void {
    if (this.#measured) return;
    this.#measured = true;
    const { weights } = this.#index;
    this.#mass = 0;
    this.#words = 0;
    this.#strangeNumber = false;
    this.#own.clear();
    const seen = new Set<Entry | number>();
    for (const slot of this.#slots) {
      if (seen.has(slot)) continue;
      seen.add(slot);
      this.#words++;
      const own = typeof slot === 'number' ? slot : slot.own;
      if (own >= 0) this.#own.add(own);
      if (slot === -1) this.#strangeNumber = true;
      this.#mass += typeof slot === 'number' ? (slot < 0 ? 0.5 : weights[slot]!) : slot.weight;
    }
  }

  /** Places of the term among the post's words, the first few. */
  placesOf(term: number): readonly number[] {
    if (this.#places === undefined) {
      const places = new Map<number, number[]>();
      const put = (id: number, at: number): void => {
        const list = places.get(id);
        if (list === undefined) places.set(id, [at]);
        else if (list.length < MAX_PLACES) list.push(at);
      };
      this.#slots.forEach((slot, at) => {
        if (typeof slot === 'number') put(slot, at);
        else for (const id of slot.terms) if (this.#index.kinds[id] !== FRAME || slot.own === id) put(id, at);
      });
      this.#places = places;
    }
    return this.#places.get(term) ?? NOWHERE;
  }

  firstOf(term: number): number {
    return this.placesOf(term)[0] ?? 0;
  }
}

const NOWHERE: readonly number[] = [];
