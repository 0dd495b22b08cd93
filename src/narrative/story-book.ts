import {
  addPost,
  mergeFacts,
  newFacts,
  type Settling,
  type StoryFacts,
  settleFacts,
  wordingAuthors,
} from './facts.js';
import type { Grouping } from './grouping.js';
import { addToSample, newSample, type Sample } from './sample.js';

/** Told of a post whose wording enough authors share. */
export type OnShared = (story: string, words: Uint32Array, at: number) => void;

/** What is known of stories, by name, as posts are added to a grouping. */
export class StoryBook {
  readonly facts: Map<string, StoryFacts> = new Map();
  /** Over what is known of closed hours; only a book of these keeps samples. */
  readonly #over: StoryBook | undefined;
  readonly #samples = new Map<string, Sample>();
  readonly #known: number;
  readonly #onShared: OnShared;

  /** @param known authors that must share a term or a wording before it may be kept */
  constructor(known: number, onShared: OnShared, over?: StoryBook) {
    this.#known = known;
    this.#onShared = onShared;
    this.#over = over;
  }

  /**
   * Adds a post to what is known of its story; its name, or undefined of a post that stands alone.
   * @param isNew true where it began its wording; @param counted true of stories whose facts have it already
   */
  add(
    grouping: Grouping,
    words: Uint32Array,
    at: number,
    wording: number,
    isNew: boolean,
    counted?: ReadonlySet<string>,
  ): string | undefined {
    const story = grouping.storyOf(wording);
    // Most posts are like no other.
    if (isNew && story === wording) return undefined;
    const name = grouping.nameOf(story);
    let own = this.facts.get(name);
    if (own === undefined) {
      const before = this.#over?.facts.get(name);
      own = before === undefined ? this.alone(grouping, story) : structuredClone(before);
      this.facts.set(name, own);
      if (before === undefined && this.#over === undefined) {
        const first = grouping.firstOf(story);
        addToSample(this.#sampleOf(name), first.words, first.at, story);
      }
    }
    if (this.#over === undefined) addToSample(this.#sampleOf(name), words, at, wording);
    if (counted?.has(name) === true) return name;
    const said = addPost(own, words, at, grouping.idOf(wording), this.#known);
    if (isNew) own.wordings++;
    if (said.n >= this.#known && wordingAuthors(said, this.#known) >= this.#known) {
      this.#onShared(name, words, at);
    }
    return name;
  }

  /** What is known of a story of one post. */
  alone(grouping: Grouping, story: number): StoryFacts {
    const facts = newFacts();
    const first = grouping.firstOf(story);
    addPost(facts, first.words, first.at, grouping.idOf(story), this.#known);
    facts.wordings = 1;
    return facts;
  }

  /** Makes one story of two; `into` and `from` are the wordings that they began with. */
  join(
    grouping: Grouping,
    { into, from }: { readonly into: number; readonly from: number },
    kept: string,
    gone: string,
  ): void {
    const own = this.facts.get(kept) ?? this.alone(grouping, into);
    mergeFacts(own, this.facts.get(gone) ?? this.alone(grouping, from), this.#known);
    this.facts.set(kept, own);
    this.facts.delete(gone);
    this.#samples.delete(gone);
  }

  /** Brings a story to the state in which it is kept; undefined where there is none of that name. */
  settle(name: string, settling: Omit<Settling, 'sample' | 'known'>): StoryFacts | undefined {
    const facts = this.facts.get(name);
    const sample = this.#samples.get(name);
    if (facts === undefined) return undefined;
    settleFacts(facts, { ...settling, known: this.#known, ...(sample === undefined ? {} : { sample }) });
    return facts;
  }

  /** No flagged post stands for these terms of a story any longer. */
  unflag(name: string, terms: Iterable<number>): void {
    const facts = this.facts.get(name);
    if (facts === undefined) return;
    for (const key of terms) delete facts.terms[key]?.flagged;
  }

  #sampleOf(name: string): Sample {
    let sample = this.#samples.get(name);
    if (sample === undefined) {
      sample = newSample();
      this.#samples.set(name, sample);
    }
    return sample;
  }
}
