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

/** Counts of one kind in some hours one after another, added up: {@link HourCounts.cut} is what was cut of all of them. */
export interface SummedCounts extends HourCounts {
  /** Of each key, what was cut of the hours in which it was kept. */
  readonly cuts: Uint32Array;
}

/** Lengths of stretches that are kept added up, hours; each begins at a whole one of its length since the epoch. */
export const SUMMED_HOURS = [24, 6] as const;

/** Hours of a kind that are to be added up. */
export interface DueSum {
  readonly id: number;
  readonly kind: TrendKind;
  readonly hour: number;
  readonly hours: number;
  /** Rises with each change of one of its hours. */
  readonly version: number;
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
  /** Stretches that are over before `hour` and not added up since one of their hours changed, the newest first. */
  dueSums(hour: number, limit: number): readonly DueSum[];
  /** Keeps what stretches come to, but for those that changed since; undefined of one without any counts left. */
  saveSums(sums: readonly { readonly due: DueSum; readonly counts: SummedCounts | undefined }[]): void;
  /** What a key stands for, while this process remembers it; never on the disk. */
  keyText(key: number): string | undefined;
}

/** The side of the store that reads counts. */
export interface CountReader {
  /** Hours with posts, `from <= hour < to`, in order. */
  hourTotals(from: number, to: number): readonly HourTotal[];
  /** Posts in stretches of `width` hours each from `from` on, by their place; those without any may be absent. */
  stretchTotals(
    from: number,
    to: number,
    width: number,
  ): readonly (readonly [place: number, posts: number])[];
  /** The oldest and the newest hour with posts. */
  countedHours(): { readonly oldest: number; readonly newest: number } | undefined;
  /** `from <= hour < to`, in order. */
  countsOf(
    kind: TrendKind,
    from: number,
    to: number,
  ): Iterable<{ readonly hour: number; readonly counts: HourCounts }>;
  /** A stretch of {@link SUMMED_HOURS} added up; undefined where it is not yet, or has no counts. */
  summed(kind: TrendKind, hour: number, hours: number): SummedCounts | undefined;
  textOfKey(kind: TrendKind, key: number): string | undefined;
  keyOfText(kind: TrendKind, text: string): number | undefined;
}
