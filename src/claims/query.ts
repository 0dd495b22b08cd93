import type { ClaimsIndex } from './index.js';
import { scanTerms } from './terms.js';
import type { Entry } from './vocabulary.js';

/** Places of a term looked at in pairs, at most: a word that stands a hundred times tells no more. */
const MAX_PLACES = 6;
/** What an amount or date that no title has weighs. */
const STRANGE_NUMBER = 0.5;
const NOWHERE: readonly number[] = [];

/**
 * A post as the index sees it. One object is kept and filled anew for each post, so that a post that resembles nothing
 * costs no memory: first only the terms by which titles are looked up; the rest when a title is compared.
 */
export class Query {
  readonly #index: ClaimsIndex;
  /** Round in which a term was last seen. */
  readonly #seen: Int32Array;
  readonly #sims: Float64Array;
  #round = 0;
  #text = '';
  #detailed = false;
  readonly #terms: Int32Array;
  #count = 0;

  readonly #places = new Map<number, number[]>();
  readonly #distinct = new Set<string>();
  readonly #own = new Set<number>();
  #at = 0;
  #mass = 0;
  #strangeNumber = false;

  constructor(index: ClaimsIndex) {
    this.#index = index;
    this.#seen = new Int32Array(index.weights.length);
    this.#sims = new Float64Array(index.weights.length);
    this.#terms = new Int32Array(index.weights.length);
  }

  /** Takes a post's canonical text. */
  read(text: string): void {
    this.#round++;
    this.#text = text;
    this.#count = 0;
    this.#detailed = false;
    scanTerms(text, this.#lookUp);
  }

  /** How many terms by which titles are looked up; the first as many of {@link terms}. */
  get count(): number {
    return this.#count;
  }

  get terms(): Int32Array {
    return this.#terms;
  }

  readonly #lookUp = {
    word: (start: number, end: number, tag: boolean, hash: number, check: number): void => {
      const { terms, sims, searched } = this.#index.vocabulary.entry(
        this.#text,
        start,
        end,
        tag,
        hash,
        check,
      );
      for (let i = 0; i < searched; i++) this.#take(terms[i]!, sims[i]!);
    },
    key: (key: string): void => {
      const term = this.#index.vocabulary.key(key);
      if (term >= 0) this.#take(term, 1);
    },
  };

  #take(term: number, sim: number): void {
    if (this.#seen[term] !== this.#round) {
      this.#seen[term] = this.#round;
      this.#sims[term] = sim;
      this.#terms[this.#count++] = term;
    } else if (sim > this.#sims[term]!) this.#sims[term] = sim;
  }

  /** Works out what comparing asks for; without effect the second time. */
  detail(): void {
    if (this.#detailed) return;
    this.#detailed = true;
    this.#places.clear();
    this.#distinct.clear();
    this.#own.clear();
    this.#at = 0;
    this.#mass = 0;
    this.#strangeNumber = false;
    scanTerms(this.#text, this.#describe);
  }

  readonly #describe = {
    word: (start: number, end: number, tag: boolean, hash: number, check: number): void => {
      const entry = this.#index.vocabulary.entry(this.#text, start, end, tag, hash, check);
      const { terms, sims, own } = entry;
      for (let i = 0; i < terms.length; i++) {
        this.#take(terms[i]!, sims[i]!);
        this.#put(terms[i]!);
      }
      this.#countOnce(this.#text.slice(start, end), own, entry.weight);
    },
    key: (key: string): void => {
      const term = this.#index.vocabulary.key(key);
      if (term >= 0) {
        this.#take(term, 1);
        this.#put(term);
      } else this.#strangeNumber = true;
      this.#countOnce(key, term, term < 0 ? STRANGE_NUMBER : this.#index.weights[term]!);
    },
  };

  #put(term: number): void {
    const places = this.#places.get(term);
    if (places === undefined) this.#places.set(term, [this.#at]);
    else if (places.length < MAX_PLACES) places.push(this.#at);
  }

  #countOnce(word: string, own: Entry['own'], weight: number): void {
    this.#at++;
    if (this.#distinct.has(word)) return;
    this.#distinct.add(word);
    this.#mass += weight;
    if (own >= 0) this.#own.add(own);
  }

  /** 0..1: how surely the post speaks of the term. */
  simOf(term: number): number {
    return this.#seen[term] === this.#round ? this.#sims[term]! : 0;
  }

  /** Words and amounts of the post, each once. */
  get words(): number {
    return this.#distinct.size;
  }

  /** Their weight. */
  get mass(): number {
    return this.#mass;
  }

  /** True where an amount or date stands in the post and in no title. */
  get strangeNumber(): boolean {
    return this.#strangeNumber;
  }

  /** Terms that stand in the post as such, not by a related word. */
  get ownTerms(): ReadonlySet<number> {
    return this.#own;
  }

  /** Places of the term among the post's words, the first few. */
  placesOf(term: number): readonly number[] {
    return this.#places.get(term) ?? NOWHERE;
  }

  firstOf(term: number): number {
    return this.placesOf(term)[0] ?? 0;
  }
}
