import { hexAt, ID_AT, MOST_TERMS, PRINT_WORDS, TERMS_AT, TIME_AT, VARIANT_AT } from '../core/print.js';
import { NearIndex } from './cluster.js';
import { latestOf } from './latest.js';
import {
  addTo,
  alike,
  LEADING,
  MOST_COMPARED,
  type Profile,
  TermIndex,
  Terms,
  type Told,
  told,
  WORTH_COMPARING,
} from './stories.js';
import { grown, WordingRows } from './wording-rows.js';

/** Signatures of a wording that are taken over, the latest beside its first. */
const LATEST_SIGNATURES = 7;
/** Wordings or signatures taken over before others have their turn. */
const TURN = 2_000;
/** Signatures so near an entry of their wording need no entry of their own. */
const SAME = 0.9;

/**
 * Joins fingerprints into wordings (near-copies) and wordings into stories. What it makes of posts depends on their
 * order, so an hour is taken as it comes into a layer of its own, over that of the closed hours (`base`), which is thrown
 * away at the hour's close, when the hour is taken again in the order of {@link inOrder}.
 */
export class Grouping {
  readonly #base: Grouping | undefined;
  /** Wordings below it are the base's. */
  readonly #from: number;
  readonly #near = new NearIndex();
  readonly #terms = new TermIndex();
  /** Wording of an entry of the near index. */
  #wordingOf = new Int32Array(1024);
  readonly #own = new WordingRows();
  /** Of stories of several wordings, by their first; in a layer also those of the base that it added to. */
  readonly #profiles = new Map<number, Profile>();
  /** Stories whose begin is no longer known go on under its name. */
  readonly #names = new Map<number, string>();
  readonly #restored = new Map<string, number>();
  readonly #begun = new Map<string, number>();
  readonly #asked = new Terms(MOST_TERMS);
  #worth = 0;
  #last = -1;
  /** Stories that share leading terms with what is asked, and what these tell: some dozens, so that looking through is quick. */
  readonly #found: number[] = [];
  readonly #scores: number[] = [];

  constructor(base?: Grouping) {
    this.#base = base;
    this.#from = base === undefined ? 0 : base.wordings;
  }

  /** Wordings known, those of the base included. */
  get wordings(): number {
    return this.#from + this.#own.size;
  }

  /** Signatures by which wordings are found, those of the base left out. */
  get signatures(): number {
    return this.#near.size;
  }

  /** Takes the post at `at`; the number of its wording. */
  take(words: Uint32Array, at: number): number {
    const own = this.#near.find(words, at);
    const older = this.#base === undefined ? -1 : this.#base.#near.find(words, at);
    const inBase = older >= 0 && (own < 0 || this.#base!.#near.nearest >= this.#near.nearest);
    if (inBase || own >= 0) {
      const nearest = inBase ? this.#base!.#near.nearest : this.#near.nearest;
      const wording = inBase ? this.#base!.#wordingOf[older]! : this.#wordingOf[own]!;
      if (nearest < SAME) this.#index(words, at, wording);
      if (wording >= this.#from) this.#own.seen(wording - this.#from, words[at + TIME_AT]!);
      return wording;
    }
    return this.#begin(words, at);
  }

  /** The wording that a story began with. */
  storyOf(wording: number): number {
    let at = wording;
    for (let up = this.#up(at); up !== at; up = this.#up(at)) at = up;
    return at;
  }

  /** Where the post that a wording began with stands. */
  firstOf(wording: number): { readonly words: Uint32Array; readonly at: number } {
    if (wording < this.#from) return this.#base!.firstOf(wording);
    return { words: this.#own.words, at: (wording - this.#from) * PRINT_WORDS };
  }

  /** The keyed hash of the id of the post that a wording began with, hex. */
  idOf(wording: number): string {
    const { words, at } = this.firstOf(wording);
    return hexAt(words, at + ID_AT);
  }

  /** What a story is called: the id of the wording that it began with. */
  nameOf(story: number): string {
    if (story < this.#from) return this.#base!.nameOf(story);
    return this.#names.get(story) ?? this.idOf(story);
  }

  /** Wordings that a story was made of. */
  wordingsIn(story: number): number {
    return this.#profile(story)?.wordings ?? 1;
  }

  /** The terms of a story with the share of its wordings that have each, most telling first; at most `limit`. */
  termsOf(story: number, limit: number): { readonly term: number; readonly share: number }[] {
    this.#askStory(story, limit);
    const { terms, shares, count } = this.#asked;
    return Array.from({ length: count }, (_, i) => ({ term: terms[i]! >>> 0, share: shares[i]! }));
  }

  /**
   * Joins stories that turned out to be one, now that more of their wordings are known; only those given and what they
   * resemble are looked at. For each its pair, the older story with the one that is now part of it, or undefined where it
   * stays by itself. Never called on a layer.
   */
  *join(stories: readonly number[]): Generator<readonly [number, number] | undefined> {
    for (const story of [...stories].sort((a, b) => a - b)) {
      if (this.storyOf(story) !== story) continue;
      this.#askStory(story, MOST_TERMS);
      const other = this.#best(story);
      if (other < 0) {
        yield undefined;
        continue;
      }
      const [into, from] = other < story ? [other, story] : [story, other];
      const profile = this.#profile(from) ?? this.#single(from);
      addTo(this.#changing(into), profile.terms, profile.wordings, profile.nats);
      this.#profiles.delete(from);
      this.#own.parent[from] = into;
      yield [into, from];
    }
  }

  #begin(words: Uint32Array, at: number): number {
    const wording = this.#put(words, at);
    const story = this.#best(wording);
    if (story >= 0) this.#join(wording, story);
    this.#enter(words, at, wording);
    return wording;
  }

  /** Gives a wording its number; its terms are what is asked. */
  #put(words: Uint32Array, at: number): number {
    const index = this.#own.put(words, at);
    const wording = this.#from + index;
    this.#own.parent[index] = wording;
    this.#ask(index * PRINT_WORDS + TERMS_AT);
    this.#own.nats[index] = this.#asked.all;
    return wording;
  }

  #join(wording: number, story: number): void {
    const index = wording - this.#from;
    this.#own.parent[index] = story;
    addTo(this.#changing(story), this.#entries(index * PRINT_WORDS + TERMS_AT), 1, this.#own.nats[index]!);
  }

  #enter(words: Uint32Array, at: number, wording: number): void {
    for (let i = at + TERMS_AT; i < at + TERMS_AT + MOST_TERMS && words[i] !== 0; i++) {
      this.#terms.add(words[i]!, wording);
    }
    this.#index(words, at, wording);
  }

  #index(words: Uint32Array, at: number, wording: number): void {
    this.#entry(this.#near.add(words, at), wording);
  }

  #entry(entry: number, wording: number): void {
    if (entry === this.#wordingOf.length) {
      this.#wordingOf = grown(this.#wordingOf, new Int32Array(entry * 2));
    }
    this.#wordingOf[entry] = wording;
  }

  /**
   * Takes a post whose wording and story were decided before: `story` is a name, of which the first wording taken
   * becomes the begin. Never called on a layer.
   */
  restore(words: Uint32Array, at: number, story: (wording: string) => string): number {
    const id = hexAt(words, at + VARIANT_AT);
    const known = this.#restored.get(id);
    if (known !== undefined) {
      this.#near.find(words, at);
      if (this.#near.nearest < SAME) this.#index(words, at, known);
      return known;
    }
    const wording = this.#put(words, at);
    this.#restored.set(id, wording);
    this.#own.words[wording * PRINT_WORDS + ID_AT] = words[at + VARIANT_AT]!;
    this.#own.words[wording * PRINT_WORDS + ID_AT + 1] = words[at + VARIANT_AT + 1]!;
    const name = story(id);
    const first = this.#begun.get(name);
    if (first === undefined) {
      this.#begun.set(name, wording);
      if (name !== id) this.#names.set(wording, name);
    } else this.#join(wording, first);
    this.#enter(words, at, wording);
    return wording;
  }

  /**
   * A grouping of the stories that posts came for last: as many as have no more than `most` wordings in all, and none whose
   * last post was made before `from`, seconds since the epoch; of one with very many wordings, those of its latest posts. This
   * one is not to be used any longer. Never called on a layer.
   */
  *latest(most: number, from: number): Generator<undefined, Grouping> {
    const { size, last } = this.#own;
    const kept = yield* latestOf(size, last, (wording) => this.storyOf(wording), most, from);
    const next = new Grouping();
    const numbers = new Int32Array(size).fill(-1);
    for (let wording = 0; wording < size; wording++) {
      if (wording % TURN === TURN - 1) yield;
      if (kept[wording] === 0) continue;
      const row = wording * PRINT_WORDS;
      const number = next.#own.put(this.#own.words, row);
      numbers[wording] = number;
      next.#own.parent[number] = numbers[this.storyOf(wording)]!;
      next.#own.nats[number] = this.#own.nats[wording]!;
      next.#own.last[number] = last[wording]!;
      for (let i = row + TERMS_AT; i < row + TERMS_AT + MOST_TERMS && this.#own.words[i] !== 0; i++) {
        next.#terms.add(this.#own.words[i]!, number);
      }
      const name = this.#names.get(wording);
      if (name !== undefined) next.#names.set(number, name);
      const profile = this.#profiles.get(wording);
      if (profile !== undefined) next.#profiles.set(number, profile);
    }
    const entries = new Int32Array(size);
    for (let entry = 0; entry < this.#near.size; entry++) entries[this.#wordingOf[entry]!]!++;
    const seen = new Int32Array(size);
    for (let entry = 0; entry < this.#near.size; entry++) {
      if (entry % TURN === TURN - 1) yield;
      const wording = this.#wordingOf[entry]!;
      const place = seen[wording]!++;
      // Its first and its latest: what is said today is like those.
      const isKept = place === 0 || place >= entries[wording]! - LATEST_SIGNATURES;
      if (numbers[wording]! >= 0 && isKept)
        next.#entry(next.#near.addFrom(this.#near, entry), numbers[wording]!);
    }
    return next;
  }

  /** Names of its stories. */
  *names(): Generator<string> {
    for (let wording = 0; wording < this.#own.size; wording++) {
      if (this.#own.parent[wording] === wording) yield this.nameOf(wording);
    }
  }

  /** Forgets what only {@link restore} needs. */
  restored(): void {
    this.#restored.clear();
    this.#begun.clear();
  }

  /** The story most like what is asked, the oldest of equals; -1 where there is none. */
  #best(except: number): number {
    const { terms, nats, count } = this.#asked;
    const [found, scores] = [this.#found, this.#scores];
    found.length = 0;
    scores.length = 0;
    for (let i = 0, looked = 0; i < count && looked < LEADING && nats[i]! > 0; i++) {
      // A term that nobody used before leads nowhere.
      if (this.#count(terms[i]!) === 0) continue;
      looked++;
      this.#worth = nats[i]!;
      this.#last = except;
      this.#terms.walk(terms[i]!, this.#visit);
      if (this.#base !== undefined) this.#base.#terms.walk(terms[i]!, this.#visit);
    }
    const worthIt: number[] = [];
    for (let i = 0; i < found.length; i++) {
      if (found[i] !== except && scores[i]! >= WORTH_COMPARING) worthIt.push(i);
    }
    if (worthIt.length > MOST_COMPARED) {
      worthIt.sort((a, b) => scores[b]! - scores[a]! || found[a]! - found[b]!);
      worthIt.length = MOST_COMPARED;
    }
    let best = -1;
    let most = 0;
    for (const i of worthIt) {
      const story = found[i]!;
      const likeness = alike(this.#asked, this.#toldBy(story));
      if (likeness > most || (likeness === most && likeness > 0 && story < best)) {
        most = likeness;
        best = story;
      }
    }
    return best;
  }

  readonly #visit = (wording: number): void => {
    const story = this.storyOf(wording);
    if (story === this.#last) return;
    this.#last = story;
    const at = this.#found.indexOf(story);
    if (at >= 0) this.#scores[at]! += this.#worth;
    else {
      this.#found.push(story);
      this.#scores.push(this.#worth);
    }
  };

  /** What is asked is the wording whose terms stand at `own`. */
  #ask(own: number): void {
    const asked = this.#asked;
    asked.clear();
    for (let i = own; i < own + MOST_TERMS && this.#own.words[i] !== 0; i++)
      asked.add(this.#own.words[i]! | 0, this.#told(this.#own.words[i]! | 0), 1);
  }

  #askStory(story: number, limit: number): void {
    const profile = this.#profile(story) ?? this.#single(story);
    const asked = this.#asked;
    asked.clear();
    const top = [...profile.terms]
      .map(([term, n]) => ({ term, n, worth: this.#told(term) * n }))
      .sort((a, b) => b.worth - a.worth || a.term - b.term)
      .slice(0, Math.min(limit, MOST_TERMS));
    for (const { term, n } of top) asked.add(term, this.#told(term), n / profile.wordings);
    asked.all = profile.nats / profile.wordings;
  }

  /** What a story answers to {@link alike}. */
  #toldBy(story: number): Told {
    const profile = this.#profile(story);
    if (profile !== undefined) {
      const { terms, wordings, nats } = profile;
      return { nats: nats / wordings, share: (term) => (terms.get(term) ?? 0) / wordings };
    }
    const owner = story < this.#from ? this.#base! : this;
    const own = (story - owner.#from) * PRINT_WORDS + TERMS_AT;
    return {
      nats: owner.#own.nats[story - owner.#from]!,
      share(term) {
        for (let i = own; i < own + MOST_TERMS; i++) if ((owner.#own.words[i]! | 0) === term) return 1;
        return 0;
      },
    };
  }

  /** What a term tells, in nats. */
  tells(term: number): number {
    return this.#told(term | 0);
  }

  readonly #told = (term: number): number => told(term, this.#count(term), this.wordings);

  #count(term: number): number {
    const before = this.#base === undefined ? 0 : this.#base.#terms.count(term);
    return before + this.#terms.count(term);
  }

  #up(wording: number): number {
    return wording < this.#from ? this.#base!.#up(wording) : this.#own.parent[wording - this.#from]!;
  }

  #profile(story: number): Profile | undefined {
    const own = this.#profiles.get(story);
    if (own !== undefined || this.#base === undefined) return own;
    return this.#base.#profile(story);
  }

  #single(wording: number): Profile {
    if (wording < this.#from) return this.#base!.#single(wording);
    const index = wording - this.#from;
    return {
      terms: new Map(this.#entries(index * PRINT_WORDS + TERMS_AT)),
      wordings: 1,
      nats: this.#own.nats[index]!,
    };
  }

  *#entries(own: number): Generator<readonly [number, number]> {
    for (let i = own; i < own + MOST_TERMS && this.#own.words[i] !== 0; i++)
      yield [this.#own.words[i]! | 0, 1];
  }

  /** The profile of a story in this layer, to be changed. */
  #changing(story: number): Profile {
    let profile = this.#profiles.get(story);
    if (profile === undefined) {
      const known = this.#profile(story);
      profile = known === undefined ? this.#single(story) : { ...known, terms: new Map(known.terms) };
      this.#profiles.set(story, profile);
    }
    return profile;
  }
}
