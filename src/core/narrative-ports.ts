/** What grouping asks of the store, and what is read of narratives. Rows are those of core/print.ts. */
import type {
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
}

/** What grouping found; kept in one transaction. */
export interface GroupingResult {
  /** Hours that are closed now: their rows with the wordings; the log up to `upTo` holds no more of them. */
  readonly closed: readonly { readonly hour: number; readonly prints: Prints }[];
  /** Greatest {@link LoggedPrints.n} that was read. */
  readonly upTo: number;
  /** Wordings that belong to a story named for another. */
  readonly wordings: readonly { readonly wording: string; readonly story: string; readonly hour: number }[];
  /** Stories that became part of another. */
  readonly joined: readonly { readonly from: string; readonly into: string }[];
  /** What is known of stories now, JSON; with the posts of open hours under `open`, which replaces all of before. */
  readonly facts: readonly {
    readonly id: string;
    readonly lastHour: number;
    readonly posts: number;
    readonly json: string;
  }[];
  readonly open: readonly {
    readonly id: string;
    readonly lastHour: number;
    readonly posts: number;
    readonly json: string;
  }[];
  readonly items: readonly StoryItem[];
}

/** The side of the store that keeps fingerprints and stories. */
export interface NarrativeStore {
  /** Rows landed after `n`, in order; at most some thousand posts at a time, none when there are no more. */
  printsAfter(n: number): readonly LoggedPrints[];
  /** Rows of closed hours from `hour` on, by hour and part. */
  closedPrints(hour: number): Iterable<LoggedPrints>;
  /** Posts of closed hours from `hour` on, newest hour first. */
  closedSizes(hour: number): Iterable<{ readonly hour: number; readonly count: number }>;
  /** The newest closed hour. */
  newestClosed(): number | undefined;
  /** Stories of wordings, where they are not their own. */
  storyOf(wording: string): string | undefined;
  /** Facts of stories with posts from `hour` on. */
  facts(hour: number): Iterable<{ readonly id: string; readonly json: string }>;
  saveGrouping(result: GroupingResult): void;
  /** What a term's hash stands for, while this process remembers it; never on the disk. */
  termText(hash: number): string | undefined;
  /** Everything that people did, in order. */
  narrativeEdits(): readonly NarrativeEdit[];
  addNarrativeEdit(edit: NarrativeEdit, actor: string, now: number): void;
  /** Items of these stories. */
  itemsOf(stories: readonly string[]): readonly number[];
  /** Removes rows of closed hours before `hour`, and what of stories was no narrative; posts. */
  purgePrints(hour: number): number;
}

/** Facts of a story as kept, JSON of narrative/facts.ts; those with open hours where there are any. */
export interface KeptStory {
  readonly id: string;
  readonly lastHour: number;
  readonly json: string;
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
  }): readonly KeptStory[];
  /** The story of a wording that was named for another. */
  nameOf(id: string): string;
  storyItem(item: number): StoryItem | undefined;
  /** Latest first. */
  storyItems(story: string, limit: number): readonly StoryItem[];
  /** Items of a story with the ids that pages show. */
  itemIds(story: string): readonly { readonly item: number; readonly id: string; readonly at: number }[];
  wordingsOf(story: string): readonly string[];
  /** Every row of the window, closed and open. */
  prints(): Iterable<LoggedPrints>;
  narrativeEdits(): readonly NarrativeEdit[];
}

/** An item much like another. */
export interface NearItem {
  readonly number: number;
  /** 0..1, share of the words and pairs of words in common. */
  readonly similarity: number;
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
  /** By hour, only those with posts. */
  narrativeHours(id: string): readonly NarrativeHour[];
  /** Latest seen first. */
  listNarratives(query: { readonly limit: number; readonly before?: string }): readonly Narrative[];
  /** All that is shown of a narrative, parts that were merged into it included; undefined where there is none. */
  narrativeDetail(id: string): NarrativeDetail | undefined;
  /** Oldest first; the posts that are still known. */
  narrativeMembers(id: string): Iterable<NarrativeMember>;
}
