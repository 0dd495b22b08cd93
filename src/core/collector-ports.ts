/** A source as the pipeline sees it: pages of posts, what came of rows that are none, and the place's word on a post again. */
import type { Claim } from './claim.js';
import type { Fetcher } from './fetch-ports.js';
import type { Clock } from './ports.js';
import type { Post } from './post.js';

/** What a collector knows of its place, opaque to all but itself; JSON, at most 64 kB. */
export type Cursor = { readonly [key: string]: unknown };

/** A row or entry that could not become a post: kept in an owner-only file, expiring. */
export interface Reject {
  /** Where in the source: line number, entry number or URL. */
  readonly at: string;
  readonly kind: string;
  /** What was wrong, and what to do. */
  readonly reason: string;
  /** At most 4 096 bytes of what was received. */
  readonly excerpt: Buffer;
  /** Whole length in bytes. */
  readonly length: number;
}

/** The place says that a post is there no longer. */
export interface Withdrawal {
  /** {@link Post.id} */
  readonly id: string;
  /** ISO 8601 UTC, when the place said so. */
  readonly at: string;
}

/** A stretch of time of which a source could not give its posts: recorded and shown, never passed over. */
export interface Gap {
  /** ISO 8601 UTC; absent where it is not known since when. */
  readonly from?: string;
  readonly to: string;
  /** What happened, e.g. `cursor-clamped`, `offline`, `max-pages`. */
  readonly kind: string;
  readonly reason: string;
}

/** A page of what a source gave. The cursor is to be kept once the posts are safely queued. */
export interface CollectedPage {
  readonly posts: readonly Post[];
  readonly rejects: readonly Reject[];
  readonly cursor: Cursor;
  readonly withdrawn?: readonly Withdrawal[];
  readonly gaps?: readonly Gap[];
  /** Published fact-checks that the source gave, for the index of claims; posts come apart from them. */
  readonly claims?: readonly Claim[];
  /** How many of the posts say a time that is not to be believed, and count as of their reading. */
  readonly untimed?: number;
  /** Called after posts are queued and the cursor is saved (e.g. FetchResponse.commitConditional). */
  readonly committed?: () => void;
  /** 0..1 where the whole is known, for progress. */
  readonly progress?: number;
}

/** What a collector is lent while it collects. */
export interface CollectContext {
  readonly fetcher: Pick<Fetcher, 'fetch' | 'events' | 'messages'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly signal: AbortSignal;
}

/** What a place says today of a post that it once gave. */
export type Recheck =
  | { readonly is: 'there' }
  /** Edited: what it says now, as a post of a new revision. */
  | { readonly is: 'changed'; readonly post: Post }
  | { readonly is: 'gone'; readonly at: string }
  /** The place does not tell (a login wall, a limit, a fault). */
  | { readonly is: 'unknown'; readonly reason: string };

/**
 * A source made ready by its kind's factory. Pages come in order; an iterator that throws has lost nothing
 * before its last page. Memory is bounded by a page.
 */
export interface Collector {
  readonly source: string;
  /** Whose the cursor is, where a source has several places (files of a batch); the source's name otherwise. */
  readonly place?: string;
  readonly kind: string;
  collect(cursor: Cursor | undefined, context: CollectContext): AsyncIterable<CollectedPage>;
  /** Asks the place for one post again, where it can be asked. */
  recheck?(
    post: {
      readonly id: string;
      readonly url?: string;
      /** Of what is held; without it only a place that marks its edits can say `changed`. */
      readonly revision?: string;
    },
    context: CollectContext,
  ): Promise<Recheck>;
}
