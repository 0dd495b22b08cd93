import type { Post } from './post.js';

/** What decides how long an item is kept; an open item is kept until it is decided, an escalated one until it is released. */
export const KEEPING_CLASSES = ['dismissed', 'closed', 'not-flagged'] as const;
/**
 * `dismissed`: decided as no violation, a duplicate or out of scope, or withdrawn before anybody decided. `closed`: decided
 * as a violation or hoax, or released after an escalation. `not-flagged`: open and untouched, and a later lexicon or model
 * would not bring it to anybody.
 */
export type KeepingClass = (typeof KEEPING_CLASSES)[number];

/** How long what is kept, ms; from the moment that the item came to stand there. */
export interface Keeping extends Readonly<Record<KeepingClass, number>> {
  /** Finished runs with their counts. */
  readonly runs: number;
  /** Hourly counts: numbers by source and language, nobody's. */
  readonly counts: number;
  /** Keyed hashes of what did not land and of authors (narratives); the default where it is absent. */
  readonly fingerprints?: number;
  /** Texts that stand for a narrative; the default where it is absent. */
  readonly exemplars?: number;
}

const DAY_MS = 86_400_000;

/** What ronda.yaml need not say. */
export const DEFAULT_KEEPING: Required<Keeping> = {
  'not-flagged': 0,
  dismissed: 30 * DAY_MS,
  closed: 180 * DAY_MS,
  runs: 365 * DAY_MS,
  counts: 1095 * DAY_MS,
  fingerprints: 7 * DAY_MS,
  exemplars: 30 * DAY_MS,
};

/** What a purge removed, or would remove. */
export interface KeepingReport {
  readonly items: Readonly<Record<KeepingClass, number>>;
  readonly runs: number;
  /** Hours of counts by source, language and measure. */
  readonly counts: number;
}

/** Why what was asked for was not erased. */
export interface ErasureReport {
  /** Items that were erased. */
  readonly items: readonly number[];
  /** Items that are escalated: nothing of what was asked for was touched. */
  readonly inCases: readonly number[];
}

/** An erased post as a keyed hash of its id or link; says nothing without the installation's secret. */
export interface ErasedPost {
  /** Lower-case hex. */
  readonly hash: string;
  readonly kind: 'id' | 'link';
  /** ISO 8601 UTC */
  readonly at: string;
}

/** A post as it may be named to be erased. */
export interface NamedPost {
  readonly id?: string;
  readonly url?: string;
}

/** Erasing on request (UU 27/2022), the store's side. */
export interface ErasureStore {
  /**
   * Removes every revision of the posts named by this link or id, and remembers keyed hashes of them, so that they do not
   * land again. An escalated item is left with everything named with it, unless `cases`.
   * @param named a link, a post's id, or the id that stands for it where it is sealed
   */
  erase(
    named: string,
    how: { readonly cases: boolean; readonly reason?: string },
    now: number,
  ): ErasureReport & {
    /** What the erased posts are called in their places, to look for them in what the store does not hold. */
    readonly names: readonly NamedPost[];
  };
  /** True for a post that was erased, by its id or its link. */
  isErased(post: NamedPost): boolean;
  /** True where a text names a link that was erased. */
  namesErased(text: string): boolean;
  /** True where something was erased at or after `since`, ms. */
  hasErasedSince(since: number): boolean;
  listErased(): readonly ErasedPost[];
  /** Takes erasures from elsewhere, and erases again what they name; how many items went. */
  replayErased(erased: readonly ErasedPost[], now: number): number;
  /** Empties the write-ahead log, so that nothing that was deleted is left in it; false while others read. */
  truncateLog(): boolean;
}

/** Posts that their places took down, as long as that is remembered. */
export interface WithdrawnPosts {
  /** True for a post that was collected before Ronda heard that it is gone. */
  covers(post: Pick<Post, 'id' | 'collectedAt' | 'createdAt'>): boolean;
  /** When Ronda last heard of one, ms; undefined where it never did. */
  lastTold(): number | undefined;
}
