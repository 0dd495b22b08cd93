import type { Assessment, Category, Level } from './assessment.js';
import type { Post } from './post.js';

/**
 * Where an item stands in triage, derived from its review events. `claimed` is an open item with a live claim: a lease,
 * which only the desk's queue knows of (core/desk-ports.ts); elsewhere such an item is `open`.
 */
export type ItemState = 'open' | 'claimed' | 'escalated' | 'closed';

/** A landed post with its assessment. Author and link are sealed: no reader of items carries them. */
export interface Item {
  /** The item's number on pages and in reports, rising with arrival. */
  readonly number: number;
  readonly state: ItemState;
  readonly post: Omit<Post, 'author' | 'url' | 'record'>;
  readonly assessment: Assessment;
  /** Where it belongs: by its source's setting, else by the places that its text names; absent where neither tells. */
  readonly region?: ItemRegion;
  /** ISO 8601 UTC */
  readonly landedAt: string;
  /** Revisions of the post that landed, the shown one included; at least 1. */
  readonly revisions: number;
  /** The place says that the post is gone, so its text is no longer here. */
  readonly withdrawn?: {
    /** ISO 8601 UTC, when the place said so. */
    readonly at: string;
    /** True where the text is sealed because the item is in a case; otherwise it was removed. */
    readonly sealed: boolean;
  };
  /** Further posts of the same text that are counted with it and are no items, by source; absent where there are none. */
  readonly copies?: readonly ItemCopies[];
  /** When the place last said, on being asked again, that the post reads otherwise now; ISO 8601 UTC. */
  readonly changedAt?: string;
}

/** Posts of an item's text that became no items: beyond the most of a text, a source and day that do. */
export interface ItemCopies {
  readonly source: string;
  readonly n: number;
  /** When the first and the last were posted, ISO 8601 UTC. */
  readonly from: string;
  readonly to: string;
}

/** A region of an item; what was read out of a text is said to be so wherever it is shown. */
export interface ItemRegion {
  readonly code: string;
  readonly isFromText: boolean;
}

/** Keyset page of items, newest number first. */
export interface ItemQuery {
  readonly before?: number;
  /** 1..1000 */
  readonly limit: number;
  readonly state?: ItemState;
  readonly source?: string;
  readonly category?: Category;
  readonly minLevel?: Level;
  readonly run?: string;
}
