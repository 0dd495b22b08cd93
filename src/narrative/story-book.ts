import { hexAt, ID_AT, VARIANT_AT } from '../core/print.js';
import { copyFacts } from './copy-facts.js';
import { addPost, mergeFacts, newFacts, type StoryFacts, wordingAuthors } from './facts.js';
import type { Grouping } from './grouping.js';
import { type Settling, settleFacts } from './kept-facts.js';
import { Sample } from './sample.js';
import { Seeds } from './seeds.js';

/** Told of a post whose wording enough authors share. */
export type OnShared = (story: string, words: Uint32Array, at: number) => void;

export interface BookOptions {
  /** Authors that must share a term or a wording before it may be kept. */
  readonly known: number;
  readonly onShared: OnShared;
}

/** What is known of a story of three posts and more, while it is in memory. */
interface Entry {
  readonly facts: StoryFacts;
  /** When it was first changed since it was kept, ms; undefined where it was not. */
  changedAt: number | undefined;
  /** Count of {@link StoryBook.trim} when it was last asked for. */
  usedAt: number;
  /** What {@link StoryBook.kept} was told. */
  told: string;
}

/**
 * What is known of the stories of closed hours, by name. Stories of two posts are two rows (seeds.ts), others are read from
 * the store when a post comes, and leave memory when they are kept again and nothing came for long.
 */
export class StoryBook {
  readonly #entries = new Map<string, Entry>();
  readonly #seeds = new Seeds();
  readonly #samples = new Map<string, Sample>();
  readonly #changed = new Set<string>();
  readonly #options: BookOptions;
  readonly #read: (name: string) => StoryFacts | undefined;
  #trims = 0;

  /** @param read facts as they were kept */
  constructor(options: BookOptions, read: (name: string) => StoryFacts | undefined) {
    this.#options = options;
    this.#read = read;
  }

  /**
   * Adds a post to what is known of its story; its name, or undefined of a post that stands alone.
   * @param words its row, with the wording in it
   * @param isNew true where it began its wording; @param now ms; @param isCounted true where kept facts have it already
   */
  add(
    grouping: Grouping,
    words: Uint32Array,
    at: number,
    { wording, isNew, now }: { readonly wording: number; readonly isNew: boolean; readonly now: number },
    isCounted: (name: string) => boolean = () => false,
  ): string | undefined {
    const story = grouping.storyOf(wording);
    // Most posts are like no other.
    if (isNew && story === wording) return undefined;
    const name = grouping.nameOf(story);
    const { known, onShared } = this.#options;
    if (isCounted(name)) {
      this.#sampleOf(grouping, name, story).add(words, at, words[at + VARIANT_AT]!);
      return name;
    }
    let entry = this.#entry(name);
    if (entry === undefined) {
      // With so few, the second post may be the one that makes something known.
      if (known > 2 && !this.#seeds.has(name)) {
        this.#seeds.put(name, words, at);
        return name;
      }
      entry = this.#enter(name, this.#begun(grouping, name, story));
    }
    this.#sampleOf(grouping, name, story).add(words, at, words[at + VARIANT_AT]!);
    const said = addPost(entry.facts, words, at, grouping.idOf(wording), known);
    if (isNew) entry.facts.wordings++;
    this.#change(name, entry, now);
    if (said.n >= known && wordingAuthors(said, known) >= known) onShared(name, words, at);
    return name;
  }

  /** What is known of a story, as a copy; `story` is the wording that it began with. */
  copyOf(grouping: Grouping, name: string, story: number): StoryFacts {
    const known = this.#entries.get(name)?.facts;
    if (known !== undefined) return copyFacts(known);
    return this.#read(name) ?? seedFacts(grouping, story, this.#seeds, name, this.#options.known);
  }

  /** What is known of a story of three posts and more. */
  factsOf(name: string): StoryFacts | undefined {
    const known = this.#entries.get(name)?.facts;
    if (known !== undefined || this.#seeds.has(name)) return known;
    return this.#read(name);
  }

  /** Makes one story of two; `into` and `from` are the wordings that they began with. */
  join(
    grouping: Grouping,
    { into, from }: { readonly into: number; readonly from: number },
    kept: string,
    gone: string,
    now: number,
  ): void {
    const entry = this.#entry(kept) ?? this.#enter(kept, this.#begun(grouping, kept, into));
    const { known } = this.#options;
    const other = this.#entry(gone)?.facts ?? this.#begun(grouping, gone, from);
    mergeFacts(entry.facts, other, known);
    this.#change(kept, entry, now);
    this.#entries.delete(gone);
    this.#samples.delete(gone);
    this.#changed.delete(gone);
  }

  /** Brings a story to the state in which it is kept; undefined where there is none of that name in memory. */
  settle(name: string, settling: Omit<Settling, 'sample' | 'known'>): StoryFacts | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    const sample = this.#samples.get(name);
    const { known } = this.#options;
    settleFacts(entry.facts, { ...settling, known, ...(sample === undefined ? {} : { sample }) });
    return entry.facts;
  }

  /** Names of what was changed before `before`, ms, and is not kept yet; at most `most`. */
  changedBefore(before: number, most: number): string[] {
    const names: string[] = [];
    for (const name of this.#changed) {
      if (names.length === most || (this.#entries.get(name)?.changedAt ?? before) >= before) break;
      names.push(name);
    }
    return names;
  }

  /** What was told of a story when it was kept last, as {@link kept} was given it. */
  toldOf(name: string): string {
    return this.#entries.get(name)?.told ?? '';
  }

  /** The story is kept as it is now; `told` is undefined of one that has too few posts to be kept as yet. */
  kept(name: string, told: string | undefined): void {
    const entry = this.#entries.get(name);
    this.#changed.delete(name);
    if (entry === undefined || told === undefined) return;
    entry.changedAt = undefined;
    entry.told = told;
  }

  /** Lets go of kept stories that no post came for, until half of `most` are left where there were more. */
  trim(most: number): void {
    this.#trims++;
    if (this.#entries.size <= most) return;
    const idle = [...this.#entries].filter(([, { changedAt }]) => changedAt === undefined);
    idle.sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [name] of idle.slice(0, this.#entries.size - Math.ceil(most / 2))) {
      this.#entries.delete(name);
      this.#samples.delete(name);
    }
  }

  /** Lets go of other stories, but for what is not kept yet: no post will be found near them. */
  retain(names: ReadonlySet<string>): void {
    this.#seeds.retain(names);
    for (const name of this.#entries.keys()) {
      if (!names.has(name) && !this.#changed.has(name)) this.#entries.delete(name);
    }
    for (const name of this.#samples.keys()) {
      if (!names.has(name) && !this.#entries.has(name)) this.#samples.delete(name);
    }
  }

  /** No flagged post stands for these terms of a story any longer. */
  unflag(name: string, terms: Iterable<number>): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    entry.told = '';
    for (const key of terms) delete entry.facts.terms[key]?.flagged;
  }

  #entry(name: string): Entry | undefined {
    const entry = this.#entries.get(name);
    if (entry !== undefined) {
      entry.usedAt = this.#trims;
      return entry;
    }
    if (this.#seeds.has(name)) return undefined;
    const kept = this.#read(name);
    return kept === undefined ? undefined : this.#enter(name, kept);
  }

  #enter(name: string, facts: StoryFacts): Entry {
    const entry: Entry = { facts, changedAt: undefined, usedAt: this.#trims, told: '' };
    this.#entries.set(name, entry);
    return entry;
  }

  #change(name: string, entry: Entry, now: number): void {
    entry.changedAt ??= now;
    this.#changed.add(name);
  }

  /** Facts of a story of one post, or of two; it is a seed no longer. */
  #begun(grouping: Grouping, name: string, story: number): StoryFacts {
    const facts = seedFacts(grouping, story, this.#seeds, name, this.#options.known);
    if (this.#seeds.has(name)) {
      const { words, at } = this.#seeds.rowOf(name);
      this.#sampleOf(grouping, name, story).add(words, at, words[at + VARIANT_AT]!);
      this.#seeds.drop(name);
    }
    return facts;
  }

  #sampleOf(grouping: Grouping, name: string, story: number): Sample {
    let sample = this.#samples.get(name);
    if (sample === undefined) {
      sample = new Sample();
      this.#samples.set(name, sample);
      const first = grouping.firstOf(story);
      sample.add(first.words, first.at, first.words[first.at + ID_AT]!);
    }
    return sample;
  }
}

/** What is known with the posts of open hours: over the book of closed ones, and thrown away. */
export class OpenBook {
  readonly facts: Map<string, StoryFacts> = new Map();
  readonly #options: BookOptions;
  readonly #over: StoryBook;

  constructor(options: BookOptions, over: StoryBook) {
    this.#options = options;
    this.#over = over;
  }

  /** Adds a post to what is known of its story. */
  add(grouping: Grouping, words: Uint32Array, at: number, wording: number, isNew: boolean): void {
    const story = grouping.storyOf(wording);
    if (isNew && story === wording) return;
    const name = grouping.nameOf(story);
    const { known, onShared } = this.#options;
    let own = this.facts.get(name);
    if (own === undefined) {
      own = this.#over.copyOf(grouping, name, story);
      this.facts.set(name, own);
    }
    const said = addPost(own, words, at, grouping.idOf(wording), known);
    if (isNew) own.wordings++;
    if (said.n >= known && wordingAuthors(said, known) >= known) onShared(name, words, at);
  }

  /** Brings a story to the state in which it is shown. */
  settle(name: string, settling: Omit<Settling, 'sample' | 'known'>): StoryFacts | undefined {
    const facts = this.facts.get(name);
    if (facts !== undefined) settleFacts(facts, { ...settling, known: this.#options.known });
    return facts;
  }
}

/** Facts of a story's first post, and of its second where there is one. */
function seedFacts(grouping: Grouping, story: number, seeds: Seeds, name: string, known: number): StoryFacts {
  const facts = newFacts();
  const first = grouping.firstOf(story);
  addPost(facts, first.words, first.at, grouping.idOf(story), known);
  facts.wordings = 1;
  if (!seeds.has(name)) return facts;
  const { words, at } = seeds.rowOf(name);
  const wording = hexAt(words, at + VARIANT_AT);
  addPost(facts, words, at, wording, known);
  if (wording === hexAt(words, at + ID_AT)) facts.wordings++;
  return facts;
}
