/** Stories that spread: what is kept of posts to see them, and what is shown of them. No account, no author. */

/** What joins posts of one story, worked out by the scorer; in the store only as keyed hashes. */
export interface Fingerprint {
  /** MinHash signature of the words (narrative/fingerprint.ts), 64 bytes as base64. */
  readonly signature: string;
  /**
   * The most telling terms in the order of the text, one a line, at most 16 of at most 40 characters: words
   * (`ditolak=tolak`: as written, then the root), `#` a number, `~` a link, `!` a fact-check's id (at most 500). One text
   * and no list: on the queue and in the store nobody needs them one by one, and a list costs microseconds a post.
   */
  readonly terms: string;
}

export const LIVES = ['emerging', 'rising', 'peaking', 'fading'] as const;
/** Where a narrative is in its life, by its hourly counts. */
export type Life = (typeof LIVES)[number];

/** A time in which far more was posted of a narrative than its habit explains. */
export interface Burst {
  /** ISO 8601 UTC, begin of its first hour. */
  readonly at: string;
  /** Posts in it. */
  readonly size: number;
  /** Chance of so many posts in an hour by habit alone, the smallest of its hours. */
  readonly p: number;
}

/** How alike and how concentrated the posts of a narrative are: of the narrative, never of a person. */
export type Coordination =
  | { readonly is: 'cannot-tell'; readonly reason: 'too-few-posts' | 'authors-unknown' }
  | {
      readonly is: 'measured';
      /** 0..1, posts that are copies of another. */
      readonly copies: number;
      /** Minutes in which the closest half of the posts fell. */
      readonly halfWithinMinutes: number;
      /** 0..1, posts by the busiest tenth of the authors. */
      readonly busiestTenth: number;
      /** Distinct authors to a post, 0..1. */
      readonly authorsPerPost: number;
      /** 0..1, posts with the link shared most. */
      readonly sharedLink: number;
      /** How many of the marks of coordination stand out: none, some (1 or 2) or many (3 and more). */
      readonly signs: 'none' | 'some' | 'many';
    };

export interface Narrative {
  readonly id: string;
  /** Its most telling phrases, or what a person called it; empty while none may be kept. */
  readonly title: string;
  readonly life: Life;
  /** ISO 8601 UTC */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly posts: number;
  /** Posts that are items. */
  readonly flagged: number;
  /** Distinct authors, exact up to 64 and estimated beyond. */
  readonly authors: number;
  /** Wordings that are no near-copies of one another. */
  readonly variants: number;
  readonly bursts: readonly Burst[];
  readonly coordination: Coordination;
}

/** Posts of a narrative in an hour. */
export interface NarrativeHour {
  /** ISO 8601 UTC, the hour's begin. */
  readonly hour: string;
  readonly posts: number;
  readonly flagged: number;
}

/** A post of a narrative that is still known: an item, or a fingerprint within the window. */
export interface NarrativeMember {
  /** The item's id as items show it, or `~` and the keyed hash of an unflagged post's id. */
  readonly id: string;
  readonly kind: 'item' | 'fingerprint';
  readonly item?: number;
  /** ISO 8601 UTC */
  readonly at: string;
}

/** What humas published in answer to a narrative. */
export interface Clarification {
  readonly id: number;
  /** When it was published, ISO 8601 UTC. */
  readonly at: string;
  /** Where: press release, account of the unit, radio, ...; as they call it, 1 to 100 characters. */
  readonly channel: string;
  /** http(s) address of what was published. */
  readonly url: string;
  /** At most 1,000 characters; may be empty. */
  readonly note: string;
  /** Who noted it (the desk's user name), and when. */
  readonly by: string;
  readonly notedAt: string;
}

/** A wording of a narrative: near-copies that differ by a word or a cut. */
export interface NarrativeVariant {
  readonly wording: string;
  readonly posts: number;
  /** ISO 8601 UTC */
  readonly firstSeen: string;
  /** An item of this wording, where one is still kept, and its text with mentions, links and numbers of persons masked. */
  readonly item?: number;
  readonly text?: string;
}

/** A narrative with all that pages and reports show of it; nothing of it names an account. */
export interface NarrativeDetail {
  readonly narrative: Narrative;
  /** By hour, only those with posts. */
  readonly hours: readonly NarrativeHour[];
  /** What may be told of its terms, most telling first. */
  readonly terms: readonly { readonly text: string; readonly posts: number }[];
  readonly hashtags: readonly { readonly text: string; readonly posts: number }[];
  /** Host names of shared links. */
  readonly domains: readonly { readonly text: string; readonly posts: number }[];
  /** Fact-checks that its posts match, by id. */
  readonly claims: readonly { readonly id: string; readonly posts: number }[];
  /** Regions by code, `unknown` among them, in the order in which they were first seen. */
  readonly places: readonly { readonly region: string; readonly firstSeen: string; readonly posts: number }[];
  readonly sources: readonly { readonly source: string; readonly firstSeen: string }[];
  /** Most posts first, at most 20. */
  readonly variants: readonly NarrativeVariant[];
  /** Words in the texts of wordings that are slurs or swear words, for readers who want them blurred; absent where none are known. */
  readonly slurs?: readonly string[];
  /** One text that stands for all, masked, where enough distinct authors share it. */
  readonly exemplar?: { readonly text: string; readonly at: string };
  readonly clarifications: readonly Clarification[];
}

/** What a person did to narratives; kept, and done again after every regrouping. */
export type NarrativeEdit =
  | { readonly kind: 'rename'; readonly narrative: string; readonly title: string }
  | { readonly kind: 'merge'; readonly narrative: string; readonly into: string }
  /** Takes wordings (those of the items named) out into a narrative of their own. */
  | {
      readonly kind: 'split';
      readonly narrative: string;
      readonly items: readonly number[];
      /** The wordings that were meant, since items go. */
      readonly wordings?: readonly string[];
    };
