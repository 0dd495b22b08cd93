/** What grouping asks of the store, and what is read of narratives. Rows are those of core/print.ts. */
import type {
  Clarification,
  Life,
  Narrative,
  NarrativeDetail,
  NarrativeEdit,
  NarrativeHour,
  NarrativeMember,
} from './narrative.js';
import type { Prints } from './print.js';

/** Rows of open hours, as one transaction landed them. */
export interface LoggedPrints extends Prints {
  /** Rising with arrival. */
  readonly n: number;
  /** Hours since the epoch, of the posts' own time. */
  readonly hour: number;
}

/** An item with the story that it is in. */
export interface StoryItem {
  readonly item: number;
  readonly story: string;
  readonly wording: string;
  /** Seconds since the epoch. */
  readonly at: number;
  /** 64 bytes. */
  readonly signature: Uint8Array;
  /** Keyed hashes of its terms, 4 bytes each. */
  readonly terms: Uint8Array;
}

/** Facts of a story to be kept. */
export interface SavedStory {
  readonly id: string;
  readonly lastHour: number;
  readonly posts: number;
  readonly flagged: number;
  /** JSON of narrative/facts.ts */
  readonly json: string;
  /** What lists show of it, which follows from the facts: JSON of narrative/head.ts. */
  readonly head: string;
  /** Its terms that may be told, and whether enough authors share each. */
  readonly words: readonly { readonly key: number; readonly text: string; readonly shared: boolean }[];
}

/** A text that stands for a story. */
export interface Exemplar {
  readonly story: string;
  /** First half of the id of its row. */
  readonly id: number;
  /** Keyed hash of its post's link. */
  readonly link?: Uint8Array;
  /** Seconds since the epoch. */
  readonly at: number;
  readonly text: string;
  /** True while its hour is open. */
  readonly open: boolean;
}

/** What was taken out of the store on request, on withdrawal or as its time was over. */
export interface GonePosts {
  readonly seq: number;
  readonly item?: number;
  readonly story?: string;
  /** First halves of the ids of rows. */
  readonly ids: readonly number[];
  /** Terms whose texts go. */
  readonly terms: readonly number[];
}

/** When something was found, and what was known of {@link GonePosts} then. */
export interface Found {
  /** ms */
  readonly at: number;
  /** The last of {@link GonePosts} that was known. */
  readonly goneTo: number;
}

/** A part of an hour that is closed, and what grouping found in it; kept in one transaction. */
export interface ClosedPart extends Found {
  readonly hour: number;
  /** Its rows with the wordings; the log up to `upTo` holds no more of the hour. */
  readonly prints: Prints;
  /** Greatest {@link LoggedPrints.n} that was read. */
  readonly upTo: number;
  /** Wordings that belong to a story named for another. */
  readonly wordings: readonly { readonly wording: string; readonly story: string; readonly hour: number }[];
  /** Stories that became part of another. */
  readonly joined: readonly { readonly from: string; readonly into: string }[];
  /** Facts of those that they became part of. */
  readonly facts: readonly SavedStory[];
  readonly items: readonly StoryItem[];
  readonly exemplars: readonly Exemplar[];
}

/** Where a part of a closed hour stands. */
export interface PartPlace {
  /** Since the epoch. */
  readonly hour: number;
  /** From 0, as the hour's parts were closed. */
  readonly part: number;
}

/** The side of the store that keeps fingerprints and stories. */
export interface NarrativeStore {
  /** Rows landed after `n`, in order; at most some thousand posts at a time, none when there are no more. */
  printsAfter(n: number): readonly LoggedPrints[];
  /** Rows of closed hours from a place on, in order; `n` is the part's number, rising as parts are closed. */
  closedPrints(from: PartPlace): Iterable<LoggedPrints>;
  /** Posts of each part of closed hours from `hour` on, the newest first. */
  closedSizes(hour: number): Iterable<PartPlace & { readonly count: number }>;
  /** The newest closed hour. */
  newestClosed(): number | undefined;
  /** Stories of wordings, where they are not their own. */
  storyOf(wording: string): string | undefined;
  /** Stories with posts from `hour` on, and the last part whose posts are in what is kept of each. */
  countedParts(hour: number): Iterable<{ readonly id: string; readonly part: number }>;
  /** What is kept of a story, JSON. */
  facts(id: string): string | undefined;
  /** Keeps a part of an hour. False, and nothing is kept, where posts were taken out meanwhile. */
  closePart(part: ClosedPart): boolean;
  /** Keeps facts that hold every part so far. False, and nothing is kept, where posts were taken out meanwhile. */
  saveFacts(facts: readonly SavedStory[], found: Found): boolean;
  /** Stories that are shown with the posts of open hours. */
  openStories(): readonly string[];
  /**
   * Shows stories with the posts of open hours, some at a time. False, and nothing is kept, where posts were taken out
   * meanwhile.
   */
  showOpen(stories: readonly SavedStory[], items: readonly StoryItem[], found: Found): boolean;
  /** Ends it: these are shown without such posts again, and only these texts of open hours stand for stories. */
  endOpen(stories: readonly string[], exemplars: readonly Exemplar[], found: Found): boolean;
  /** Stories that have a text standing for them. */
  exemplars(): Iterable<string>;
  /** A text that may come to stand for a story, by hex of the id in the post's row; in memory only. */
  excerpt(row: string): { readonly text: string; readonly link?: Uint8Array } | undefined;
  /** Takes out what is to be forgotten and was put off. */
  forgetGone(): void;
  /** What was taken out after `seq`, in order. */
  goneAfter(seq: number): readonly GonePosts[];
  lastGone(): number;
  /** Forgets texts of terms that this process remembers. */
  forgetTerms(terms: Iterable<number>): void;
  /** What a term's hash stands for, while this process remembers it; never on the disk. */
  termText(hash: number): string | undefined;
  /** Open items of these stories, the latest 1,000 of each. */
  itemsOf(stories: readonly string[]): readonly number[];
  /** Removes rows of closed hours before a place; how many posts. */
  purgePrints(before: PartPlace): number;
}

/** Facts of a story as kept, JSON of narrative/facts.ts; those with open hours where there are any. */
export interface KeptStory {
  readonly id: string;
  readonly lastHour: number;
  readonly json: string;
}

/** A story as lists read it, JSON of narrative/head.ts; absent of stories that were kept before there were heads. */
export interface ListedStory {
  readonly id: string;
  readonly lastHour: number;
  readonly head?: string;
}

/** Keeps what lists show of stories that were kept before there were heads. */
export interface HeadStore {
  /**
   * Makes heads, JSON of narrative/head.ts, of some stories that have none; how many these were.
   * @param headOf of facts, JSON as kept
   */
  fillHeads(limit: number, headOf: (facts: string) => string): number;
}

/** What people do to narratives, as it is kept; methods join the transaction that they are called in. */
export interface NarrativeEditStore {
  /** Everything that people did, in order. */
  narrativeEdits(): readonly NarrativeEdit[];
  addNarrativeEdit(edit: NarrativeEdit, actor: string, now: number): void;
  addClarification(
    clarification: Omit<Clarification, 'id' | 'notedAt'>,
    narrative: string,
    now: number,
  ): Clarification;
  /** True where there was one. */
  removeClarification(id: number): boolean;
  /** The wording that an item is of. */
  wordingOf(item: number): string | undefined;
  /** The narrative that a clarification was noted on. */
  clarified(id: number): string | undefined;
}

/** The side of the store that reads stories. */
export interface StoryReader {
  /** The newest hour of any fingerprint; undefined where there is none. */
  newestHour(): number | undefined;
  story(id: string): KeptStory | undefined;
  /** Of at least so many posts, latest first, after a place. */
  stories(query: {
    readonly leastPosts: number;
    readonly limit: number;
    readonly after?: { readonly lastHour: number; readonly id: string };
  }): readonly ListedStory[];
  head(id: string): string | undefined;
  /** The story of a wording that was named for another. */
  nameOf(id: string): string;
  storyItem(item: number): StoryItem | undefined;
  /** Latest first. */
  storyItems(story: string, limit: number): readonly StoryItem[];
  /** Items of a story with the ids that pages show. */
  itemIds(story: string): readonly {
    readonly item: number;
    readonly id: string;
    readonly at: number;
    readonly wording: string;
  }[];
  wordingsOf(story: string): readonly string[];
  /** Every row of the window whose hour was closed, or of these hours alone, both included. */
  prints(hours?: { readonly from: number; readonly to: number }): Iterable<LoggedPrints>;
  narrativeEdits(): readonly NarrativeEdit[];
  /**
   * What may be told of a story's terms.
   * @param shared only those that enough authors share, without those that only a flagged post has
   */
  words(story: string, shared: boolean): ReadonlyMap<number, string>;
  exemplar(story: string): { readonly text: string; readonly at: number } | undefined;
  sourceName(id: number): string | undefined;
  /** The text of an item's shown revision; undefined where it is gone. */
  itemText(item: number): string | undefined;
  /** Words of that text whose evidence is a slur or a swear word and nothing more. */
  itemSlurs(item: number): readonly string[];
  /** Noted on any of these, by when they were published. */
  clarifications(narratives: readonly string[]): readonly Clarification[];
}

/** An item much like another. */
export interface NearItem {
  readonly number: number;
  /** 0..1, share of the words and pairs of words in common. */
  readonly similarity: number;
}

/** A narrative in a list. */
export interface NarrativeRow {
  readonly narrative: Narrative;
  /** By hour, only those with posts. */
  readonly hours: readonly NarrativeHour[];
  /** Fact-checks that its posts match, by id. */
  readonly claims: readonly { readonly id: string; readonly posts: number }[];
  /** Codes of the regions that its posts are of, as far as these are known. */
  readonly places: readonly string[];
}

/** A narrative that a page looks at before it shows some: what takes long is worked out where it is asked for. */
export interface StoryGlance {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly first: number;
  readonly last: number;
  /** Hour since the epoch in which the story that it stands at was last seen: later ones come first. */
  readonly place: number;
  readonly posts: number;
  /** Posts and flagged posts by hour since the epoch; those without any are absent. */
  readonly hours: Readonly<Record<string, readonly [posts: number, flagged: number]>>;
  /** As in {@link NarrativeRow}. */
  claims(): NarrativeRow['claims'];
  places(): NarrativeRow['places'];
  /** As in the narrative. */
  title(): string;
  life(): Life;
  bursts(): Narrative['bursts'];
  row(): NarrativeRow;
}

/** Narratives as pages, reports and commands read them. Nothing here names an account. */
export interface NarrativeReader {
  /** Near-duplicates of an item among items, most alike first; at most 200. */
  near(item: number): readonly NearItem[];
  /** The narrative that an item is part of, with its posts by the hour; undefined where it stands alone. */
  narrativeOf(
    item: number,
  ): { readonly narrative: Narrative; readonly hours: readonly NarrativeHour[] } | undefined;
  narrative(id: string): Narrative | undefined;
  /** Ids of the stories that a narrative is made of, those merged into it included. */
  storiesOf(id: string): readonly string[];
  /** Latest seen first. */
  listNarratives(query: { readonly limit: number; readonly before?: string }): readonly Narrative[];
  /** Likewise, with what lists show beside the narrative. */
  listStories(query: { readonly limit: number; readonly before?: string }): readonly NarrativeRow[];
  /** All that lists are made of, latest seen first, as long as somebody asks for more. */
  lookThrough(query?: { readonly before?: string }): Iterable<StoryGlance>;
  /** All that is shown of a narrative, parts that were merged into it included; undefined where there is none. */
  narrativeDetail(id: string): NarrativeDetail | undefined;
  /** Oldest first; the posts that are still known. */
  narrativeMembers(id: string): Iterable<NarrativeMember>;
}
