/** What is counted of everything collected, flagged or not, and read back as trends. Nothing here is one person's. */

/** What hourly counts are of. */
export const TREND_KINDS = ['term', 'hashtag', 'domain', 'language', 'region', 'topic'] as const;
export type TrendKind = (typeof TREND_KINDS)[number];

/** What a post is about, worked out by the scorer for the counts; its terms are those of its fingerprint. */
export interface Observation {
  /** Code of a province or regency (`32`, `32.73`), from the source's setting or the text; absent where unknown. */
  readonly region?: string;
  /** Lower-case, without the `#`; each once. */
  readonly hashtags?: readonly string[];
  /** Host names of links, without `www.`; each once. */
  readonly domains?: readonly string[];
  /** Ids of watched topics (lexicons/watch) that the text is on; each once. */
  readonly topics?: readonly string[];
  /** What a row names as the place that it is from; absent where that is the batch's source, or may be a person. */
  readonly source?: string;
}

/** Posts in an hour. */
export interface HourCount {
  /** ISO 8601 UTC, the hour's begin. */
  readonly hour: string;
  readonly posts: number;
  readonly flagged: number;
}

/** A counted thing in a span of time. */
export interface Trend {
  readonly kind: TrendKind;
  /** The term, hashtag, domain, language code, region code (or `unknown`) or topic's id. */
  readonly key: string;
  readonly posts: number;
  readonly flagged: number;
  /** Posts to be expected by the same hours of earlier days; undefined where no earlier days are known. */
  readonly usual?: number;
  /** Chance of so many posts in its most unusual hour by habit alone; undefined as {@link usual}. */
  readonly p?: number;
}

/** From an hour on (included) up to another (not included), ISO 8601 UTC. */
export interface TimeSpan {
  readonly from: string;
  readonly to: string;
}

/** Trends as pages, reports and alerts read them. The clock is that of the posts. */
export interface TrendReader {
  /** The begin of the newest hour with posts; undefined of an empty store. */
  newestHour(): string | undefined;
  /** Everything collected by hour, the hours without posts too. */
  totals(span: TimeSpan): readonly HourCount[];
  /** The same of posts known to be of these regions, by code. */
  totalsOf(regions: readonly string[], span: TimeSpan): readonly HourCount[];
  /** By hour, only those with posts. */
  series(kind: TrendKind, key: string, span: TimeSpan): readonly HourCount[];
  /**
   * The most posts first; at most 500.
   * @param query with `plain` without what is usual and how unlikely that is, which takes long to judge
   */
  top(
    query: TimeSpan & { readonly kind: TrendKind; readonly limit: number; readonly plain?: true },
  ): readonly Trend[];
  /** What rose beyond its habit, at a false-alarm rate over all that was looked at: least likely first; at most 500. */
  rising(query: TimeSpan & { readonly kind: TrendKind; readonly limit: number }): readonly Trend[];
  /** What fell below its habit, likewise. */
  falling(query: TimeSpan & { readonly kind: TrendKind; readonly limit: number }): readonly Trend[];
}
