import type { Gap, Recheck, Withdrawal } from './collector-ports.js';
import type { SourceStatus } from './ports.js';

/** What came of a source in one hour of collecting. */
export interface SourceHour {
  /** Hours since the epoch. */
  readonly hour: number;
  readonly posts: number;
  readonly rejected: number;
  /** True where the source was asked, or listened to, without a fault: only then does silence say something. */
  readonly watched: boolean;
}

/** Faults of one kind. */
export interface SourceFault {
  /** Kind of the error (core/errors.ts). */
  readonly kind: string;
  /** What the last of them said. */
  readonly message: string;
  readonly count: number;
  /** ISO 8601 UTC */
  readonly lastAt: string;
}

/** What the store knows of a source; what it shows of it is derived (pipeline/source-view.ts). */
export interface SourceFacts {
  readonly status?: SourceStatus;
  /** The newest time that one of its posts carries, ISO 8601 UTC; never in the future by more than some minutes. */
  readonly newestPostAt?: string;
  /** Since when a person has paused it, ISO 8601 UTC. */
  readonly pausedAt?: string;
  /** By hour, oldest first, some weeks. */
  readonly hours: readonly SourceHour[];
  /** Latest first. */
  readonly faults: readonly SourceFault[];
  /** Latest first. */
  readonly gaps: readonly Gap[];
}

/** How sources are doing, in bounded space, and which of them a person paused. */
export interface SourceWatchStore {
  /** Notes that a source was asked or listened to at `at` (ms epoch) without a fault, whether posts came or not. */
  noteWatched(source: string, at: number): void;
  isSourcePaused(source: string): boolean;
  /** Pauses or resumes a source; whoever collects it sees so at the next tick. Idempotent. */
  setSourcePaused(source: string, paused: boolean): void;
  recordGap(source: string, gap: Gap): void;
  sourceFacts(source: string): SourceFacts;
}

/** What asking a place again for an item came to. */
export interface RecheckNote {
  readonly item: number;
  readonly is: Recheck['is'];
  /** ISO 8601 UTC */
  readonly at: string;
}

/** The side of the store that asks again for items (pipeline/recheck.ts). */
export interface RecheckStore {
  /**
   * Open and claimed items of a source whose text is here, those asked for longest ago first, none asked for since
   * `before` (ms epoch); with what the place needs to be asked.
   */
  itemsToRecheck(
    source: string,
    before: number,
    limit: number,
  ): readonly {
    readonly item: number;
    readonly id: string;
    readonly url?: string;
    readonly revision: string;
  }[];
  /** Notes what was said and, where the post is gone, withdraws it, in one transaction. */
  saveRecheck(note: RecheckNote, withdrawal?: Withdrawal): void;
}
