/** What counting asks of the store, and what reading trends does. Hours are hours since the epoch, keys keyed hashes. */
import type { TrendKind } from './trends.js';

/** Posts to be counted, as one transaction landed them, one after another in `words`. */
export interface LoggedCounts {
  /** Rising with arrival. */
  readonly n: number;
  /**
   * Of each post: hour, hash of its author, a word of numbers (bit 0 flagged, then 5 bits terms, 4 hashtags, 3 domains,
   * 4 topics), language, region, and the keys of so many terms, hashtags, domains and topics.
   */
  readonly words: Uint32Array;
}

/** Counts of one kind in an hour. */
export interface HourCounts {
  /** Rising, each once. */
  readonly keys: Uint32Array;
  readonly posts: Uint32Array;
  readonly flagged: Uint32Array;
  /** The most posts that a key had which was left out; 0 where nothing was. */
  readonly cut: number;
}

export interface HourTotal {
  readonly hour: number;
  readonly posts: number;
  readonly flagged: number;
}

/** What counting found; kept in one transaction, and the log up to {@link upTo} emptied. */
export interface CountResult {
  /** ms */
  readonly at: number;
  readonly upTo: number;
  readonly totals: readonly HourTotal[];
  readonly hours: readonly { readonly kind: TrendKind; readonly hour: number; readonly counts: HourCounts }[];
  /** Keys that enough authors share, by text, and on which day (since the epoch) each was last counted. */
  readonly names: readonly {
    readonly kind: TrendKind;
    readonly key: number;
    readonly text: string;
    readonly day: number;
  }[];
  /** Days on which known keys were counted last. */
  readonly days: readonly { readonly kind: TrendKind; readonly key: number; readonly day: number }[];
  /** Who shares what is not yet shared by enough: keyed hashes (narrative/sharing.ts); absent where it is unchanged. */
  readonly sharing?: Uint32Array;
}

/** The side of the store that keeps counts. */
export interface TrendStore {
  /** Rows landed after `n`, in order; some thousand posts at a time, none when there are no more. */
  countsAfter(n: number): readonly LoggedCounts[];
  hourTotal(hour: number): HourTotal | undefined;
  hourCounts(kind: TrendKind, hour: number): HourCounts | undefined;
  /** Every key that has a text. */
  namedKeys(): Iterable<{ readonly kind: TrendKind; readonly key: number; readonly day: number }>;
  sharing(): Uint32Array | undefined;
  saveCounts(result: CountResult): void;
  /** What a key stands for, while this process remembers it; never on the disk. */
  keyText(key: number): string | undefined;
}

/** The side of the store that reads counts. */
export interface CountReader {
  /** Hours with posts, `from <= hour < to`, in order. */
  hourTotals(from: number, to: number): readonly HourTotal[];
  /** The oldest and the newest hour with posts. */
  countedHours(): { readonly oldest: number; readonly newest: number } | undefined;
  /** `from <= hour < to`, in order. */
  countsOf(
    kind: TrendKind,
    from: number,
    to: number,
  ): Iterable<{ readonly hour: number; readonly counts: HourCounts }>;
  textOfKey(kind: TrendKind, key: number): string | undefined;
  keyOfText(kind: TrendKind, text: string): number | undefined;
}
