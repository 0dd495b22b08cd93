/**
 * What the inside asks of the outside: time and the store of a run here, the rest in the files that end in `-ports`. A use
 * case takes only the methods that it needs (`Pick<...>`), and only compose.ts knows which adapter stands behind which port.
 */
import type { Versions } from './assessment.js';
import type { Counts, ScoredBatch } from './batch.js';
import type { Cursor, Gap } from './collector-ports.js';
import type { Item, ItemQuery } from './item.js';

/** Time, passed in so that the inside has no clock of its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What landing a batch did; all zero in `applied: false`, when that job had landed before. */
export interface LandReport {
  readonly applied: boolean;
  readonly landed: number;
  readonly passed: number;
  readonly seen: number;
  readonly failed: number;
  readonly incomplete: number;
  /** As of {@link Counts}. */
  readonly copies?: number;
  /** Numbers of the items that are new, for live arrival. */
  readonly items: readonly number[];
  /** Numbers of the items whose text was withdrawn at the place and therefore here; absent where there are none. */
  readonly withdrawn?: readonly number[];
}

/** A scored batch with the id of the job that carried it. */
export interface LandJob {
  readonly id: string;
  readonly batch: ScoredBatch;
}

/** The lander's side of the store: idempotent by job id and by post id and revision. */
export interface LandStore {
  /** Lands a batch in one transaction. */
  land(jobId: string, batch: ScoredBatch): LandReport;
  /** Lands several in one transaction, a report for each, in order; when it throws, none has landed. */
  landAll(jobs: readonly LandJob[]): readonly LandReport[];
}

/** Readers of items; no author, no link. */
export interface ItemStore {
  listItems(query: ItemQuery): readonly Item[];
  getItem(number: number): Item | undefined;
  /** Counts of all items by state. */
  countItems(): Readonly<Record<Item['state'], number>>;
}

/** What started a run. */
export type RunKind = 'batch' | 'once' | 'schedule';

export interface Run {
  readonly id: string;
  readonly kind: RunKind;
  /** What it runs over, e.g. source name or file names with sizes; the same key resumes an unfinished run. */
  readonly key: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly outcome?: 'done' | 'done-with-failures' | 'stopped';
}

/** Runs and how far each got. */
export interface RunStore {
  /** The unfinished run of this kind and key, else a new one with an id of its own. */
  openRun(kind: RunKind, key: string): { run: Run; resumed: boolean };
  finishRun(id: string, outcome: NonNullable<Run['outcome']>): void;
  /**
   * `collected` = posts of jobs queued (saveCursor) or landed, each job once, plus rejected rows; `failed` = rejected
   * rows plus posts of buried jobs. Once nothing is under way, collected = landed + passed + seen + failed.
   */
  runCounts(id: string): Counts;
  listRuns(limit: number): readonly (Run & { counts: Counts })[];
  getRun(id: string): (Run & { counts: Counts }) | undefined;
  /** What assessed a run's posts; several where scorers differed, none before any landed. */
  runVersions(id: string): readonly Versions[];
}

export interface CursorCommit {
  readonly source: string;
  readonly run: string;
  /** True when the cursor is the run's own (a file of a batch). */
  readonly ownRun?: boolean;
  readonly cursor: Cursor;
  /** Jobs now on the queue, with how many posts each holds. */
  readonly jobs: readonly { readonly id: string; readonly posts: number }[];
  readonly rejected: number;
  /** Recorded once, by source, kind and begin. Withdrawals go to the lander by the queue (pipeline/withdraw.ts). */
  readonly gaps?: readonly Gap[];
  /** The newest time that the posts carry, ISO 8601 UTC. */
  readonly newestPostAt?: string;
  /** Bytes of the run's rejects file that belong to this and earlier commits; what is beyond is cut on resuming. */
  readonly rejectsSize?: number;
  /** ISO 8601 UTC */
  readonly at: string;
}

/** Where collecting stands, a source; written only after the posts up to it are safely queued. */
export interface CursorStore {
  /** `run` narrows a cursor to one run (files of a batch); without it, it belongs to the source across runs. */
  getCursor(source: string, run?: string): Cursor | undefined;
  /**
   * Commits the cursor, the jobs that its posts went to and the rows rejected, in one transaction.
   * A job's posts count as collected once, by job id, whether this commit or the landing of the job comes first:
   * a crash between queueing and this commit then neither loses a count nor doubles it.
   */
  saveCursor(commit: CursorCommit): void;
  /** What a source's last attempt came to, for `doctor` and the live view. */
  saveSourceStatus(source: string, status: SourceStatus): void;
  listSourceStatus(): readonly (SourceStatus & { source: string })[];
}

export interface SourceStatus {
  /** ISO 8601 UTC */
  readonly lastTriedAt: string;
  readonly lastSucceededAt?: string;
  readonly error?: { kind: string; message: string };
  /** Until when the place asked to be left alone, ISO 8601 UTC; kept with the error that said so. */
  readonly notBefore?: string;
}
