/**
 * From a post's words to the terms of the titles: the same root, a related word, the parts of a hashtag, one letter
 * off. A stream's words repeat, so what a word leads to is worked out once and kept.
 */
import { stem } from '../text/stem.js';
import { isRootWord } from '../text/vocabulary.js';
import { WordMemo } from './memo.js';
import { deletions, oneEditApart } from './near.js';
import { FRAME_WORDS, RELATED } from './related.js';
import { MONTHS } from './terms.js';

/** A post's word: which terms of the titles it speaks of, and how surely. */
export interface Entry {
  /** The first `searched` are those by which titles are looked up. */
  readonly terms: readonly number[];
  /** 0..1, in step with `terms`. */
  readonly sims: readonly number[];
  readonly searched: number;
  /** What the word weighs where a post is asked how much of it is explained. */
  readonly weight: number;
  /** The word's own term, -1 where it has none. */
  readonly own: number;
}

/** Stands for words that lead nowhere. */
type Links = Map<number, number>;

/** Places of the entries that words share which lead nowhere, and of the first that leads somewhere. */
const NOTHING = 1;
const NOTHING_FRAMED = 2;
const FIRST_ENTRY = 3;
/** Shorter words are not read with a letter off: too many words are one letter away. */
const LEAST_NEAR = 5;
/** Parts of a hashtag have so many letters at least. */
const LEAST_PART = 3;
const EDIT_COST = 1.6;
const OF_PARTS = 0.9;

const FRAMED = 0.15;

export interface VocabularyParts {
  /** Ids of the titles' terms by key. */
  readonly terms: ReadonlyMap<string, number>;
  /** The titles' words as written, with the key of their term. */
  readonly surfaces: ReadonlyMap<string, string>;
  /** By term. */
  readonly weights: Float64Array;
  /** By term: 1 where titles are looked up by it. */
  readonly searched: Uint8Array;
  /** Weight of a word that no title has. */
  readonly strange: number;
}

export class Vocabulary {
  /** Terms by key, in the order of their ids. */
  readonly #ids: ReadonlyMap<string, number>;
  readonly #weights: Float64Array;
  /** Weight of a word that no title has. */
  readonly #strange: number;
  readonly #searched: Uint8Array;
  readonly #nothing: Entry;
  readonly #nothingFramed: Entry;
  readonly #forms = new Map<string, Links>();
  /** Forms by what is left of them when a letter is taken out. */
  readonly #near = new Map<number, string[]>();

  readonly #memo = new WordMemo();
  /** What the memo's numbers mean: two that stand for nothing, then one for each word that leads somewhere. */
  readonly #entries: Entry[] = [];

  constructor({ terms, surfaces, weights, searched, strange }: VocabularyParts) {
    this.#ids = terms;
    this.#weights = weights;
    this.#searched = searched;
    this.#strange = strange;
    this.#nothing = { terms: [], sims: [], searched: 0, weight: strange, own: -1 };
    this.#nothingFramed = { ...this.#nothing, weight: strange * FRAMED };
    this.#entries.push(this.#nothing, this.#nothing, this.#nothingFramed);
    for (const [key, id] of terms) if (isWord(key)) this.#link(key, id, 1);
    for (const [surface, key] of surfaces) this.#link(surface, terms.get(key)!, 1);
    for (const [form, links] of this.#forms) {
      if (form.length < LEAST_NEAR || links.size === 0) continue;
      for (const hash of deletions(form)) {
        const forms = this.#near.get(hash);
        if (forms === undefined) this.#near.set(hash, [form]);
        else if (!forms.includes(form)) forms.push(form);
      }
    }
    for (const [word, to, strength] of relations()) {
      const id = terms.get(to);
      if (id !== undefined) this.#link(word, id, strength);
    }
  }

  #link(form: string, id: number, strength: number): void {
    let links = this.#forms.get(form);
    if (links === undefined) {
      links = new Map();
      this.#forms.set(form, links);
    }
    links.set(id, Math.max(links.get(id) ?? 0, strength));
  }

  /** The term of an amount or a date, -1 where no title has it. */
  key(key: string): number {
    return this.#ids.get(key) ?? -1;
  }

  /** What the word `text` holds from `start` to `end` leads to; its hashes as {@link scanTerms} gives them. */
  entry(text: string, start: number, end: number, tag: boolean, hash: number, check: number): Entry {
    const known = this.#memo.find(hash, check);
    if (known !== 0) return this.#entries[known]!;
    const entry = this.#work(text.slice(start, end), tag);
    if (this.#memo.full) {
      this.#memo.forget();
      this.#entries.length = FIRST_ENTRY;
    }
    const nothing = entry === this.#nothing ? NOTHING : entry === this.#nothingFramed ? NOTHING_FRAMED : 0;
    const place = nothing === 0 ? this.#entries.push(entry) - 1 : nothing;
    this.#memo.put(hash, check, place);
    return entry;
  }

  #work(word: string, tag: boolean): Entry {
    const links = this.#linksOf(word, tag);
    let own = -1;
    for (const [id, strength] of links) if (strength === 1 && (own < 0 || id < own)) own = id;
    if (links.size === 0) return FRAME_WORDS.has(word) ? this.#nothingFramed : this.#nothing;
    const weight =
      own >= 0 ? this.#weights[own]! : FRAME_WORDS.has(word) ? this.#strange * FRAMED : this.#strange;
    const pairs = [...links].sort(([a], [b]) => this.#searched[b]! - this.#searched[a]! || a - b);
    return {
      terms: pairs.map(([id]) => id),
      sims: pairs.map(([, strength]) => strength),
      searched: pairs.filter(([id]) => this.#searched[id] === 1).length,
      weight,
      own,
    };
  }

  #linksOf(word: string, tag: boolean): Links {
    const known = this.#forms.get(word);
    if (known !== undefined) return known;
    const found: Links = new Map();
    for (const root of possibleRoots(word)) {
      const links = this.#forms.get(root);
      if (links !== undefined) merge(found, links, 1);
    }
    if (found.size > 0) return found;
    if (tag) this.#split(word, found);
    if (found.size === 0 && word.length >= LEAST_NEAR && !isRootWord(word)) this.#misspelt(word, found);
    return found;
  }

  /** A hashtag without capitals: two or three known words. */
  #split(word: string, found: Links): void {
    for (let cut = word.length - LEAST_PART; cut >= LEAST_PART; cut--) {
      const first = this.#forms.get(word.slice(0, cut));
      if (first === undefined) continue;
      const rest = word.slice(cut);
      const second = this.#forms.get(rest);
      const long = cut >= 5 && isOwn(first);
      if (second === undefined && !long) continue;
      merge(found, first, OF_PARTS);
      if (second !== undefined) merge(found, second, OF_PARTS);
      return;
    }
  }

  #misspelt(word: string, found: Links): void {
    for (const hash of deletions(word)) {
      for (const form of this.#near.get(hash) ?? []) {
        if (!oneEditApart(word, form)) continue;
        if (form.charCodeAt(0) !== word.charCodeAt(0) && Math.min(form.length, word.length) < 6) continue;
        merge(found, this.#forms.get(form)!, 1 - EDIT_COST / Math.max(word.length, form.length));
      }
    }
  }
}

function isWord(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 97 && first <= 122 && !/^d\d/.test(key);
}

function isOwn(links: Links): boolean {
  for (const strength of links.values()) if (strength === 1) return true;
  return false;
}

function merge(into: Links, links: Links, by: number): void {
  for (const [id, strength] of links) {
    const said = strength * by;
    if (said > (into.get(id) ?? 0)) into.set(id, said);
  }
}

/** Word, root of the word that it counts for, and how much. */
function relations(): (readonly [string, string, number])[] {
  const result: (readonly [string, string, number])[] = [];
  const groups = [...RELATED, ...MONTHS.map((words) => ({ strength: 1, words }))];
  for (const { strength, words } of groups) {
    for (const word of words) {
      for (const other of words) {
        const [from, to] = [stem(word), stem(other)];
        if (from === to) continue;
        const said = strength === 1 ? 1 : strength * 0.8;
        result.push([word, to, said]);
        if (from !== word) result.push([from, to, said]);
      }
    }
  }
  return result;
}

const PREFIXES = [
  'meng',
  'meny',
  'mem',
  'men',
  'me',
  'peng',
  'peny',
  'pem',
  'pen',
  'per',
  'pe',
  'ber',
  'ter',
  'di',
  'ke',
  'se',
  'nge',
  'ng',
  'ny',
];
/** The consonants that the root may have lost behind a nasal. */
const LOST: Readonly<Record<string, string>> = {
  meng: 'k',
  meny: 's',
  mem: 'p',
  men: 't',
  peng: 'k',
  peny: 's',
  pem: 'p',
  pen: 't',
  ng: 'k',
  ny: 's',
};
const SUFFIXES = ['nya', 'kan', 'lah', 'kah', 'an', 'in', 'i', 'ku', 'mu'];

/** What the word may come from, affixes taken off without asking a dictionary: only the titles' roots are looked for. */
function* possibleRoots(word: string): Generator<string> {
  const ends = [word];
  for (const suffix of SUFFIXES) {
    if (!word.endsWith(suffix) || word.length - suffix.length < 4) continue;
    const cut = word.slice(0, -suffix.length);
    ends.push(cut);
    for (const inner of ['kan', 'an', 'i'])
      if (suffix === 'nya' && cut.endsWith(inner)) ends.push(cut.slice(0, -inner.length));
  }
  for (const end of ends) {
    if (end !== word && end.length >= 4) yield end;
    for (const prefix of PREFIXES) {
      if (!end.startsWith(prefix) || end.length - prefix.length < 3) continue;
      const rest = end.slice(prefix.length);
      if (rest.length >= 4) yield rest;
      const lost = LOST[prefix];
      if (lost !== undefined) yield lost + rest;
      if (prefix === 'di' && rest.startsWith('per')) yield rest.slice(3);
    }
  }
}
