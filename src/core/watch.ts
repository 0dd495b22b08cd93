/** Topics that are followed for a time: elections, holidays, disasters. They count and order; they never flag. */

/** A topic as the scorer needs it. */
export interface WatchedTopic {
  readonly id: string;
  /** From when on (included) to when (not included) it is active, ms since the epoch. */
  readonly from: number;
  readonly to: number;
  /** 0..1, how much earlier its items come in the queue. */
  readonly weight: number;
}

/** A topic of a watch list, with what people are told of it. */
export interface WatchTopic extends WatchedTopic {
  /** For readers, in Indonesian and English. */
  readonly name: { readonly id: string; readonly en: string };
  /** First and last day on which it is active, by the calendar in Jakarta (UTC+7); as written in the list. */
  readonly days: { readonly from: string; readonly to: string };
  /** What of its days is not certain; absent where nothing is. */
  readonly unsure?: string;
  /** Name of the list's file. */
  readonly list: string;
}
