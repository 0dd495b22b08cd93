/**
 * What the inside asks of the outside. A use case takes only the methods that it needs (`Pick<...>`),
 * and only compose.ts knows which adapter stands behind which port.
 */
import type { Versions } from './assessment.js';
import type { Counts, ScoredBatch } from './batch.js';
import type { Claim } from './claim.js';
import type { Item, ItemQuery } from './item.js';
import type { Post } from './post.js';

/** Time, passed in so that the inside has no clock of its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

// ---------------------------------------------------------------------------------------------- queue

/** A job to be put on a queue. */
export interface NewJob<T> {
  /** Hex hash; the same id enqueued while it is on the queue (waiting, delayed, active, dead) is one job. */
  readonly id: string;
  /** Jobs of one lane start first-in first-out; lanes are served in turn (a lane is a source). */
  readonly lane: string;
  readonly payload: T;
  /** Not before this many milliseconds from now. */
  readonly delayMs?: number;
}

export interface Job<T> {
  readonly id: string;
  readonly lane: string;
  readonly payload: T;
  /** 1 for the first delivery; a delivery cut short by a killed worker counts too. */
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
}

/** A job that failed for good; its payload is kept for people until it is retried, dropped or expires. */
export interface DeadJob<T> extends Job<T> {
  readonly reason: string;
  /** Kind of the last error (core/errors.ts), e.g. `worker-lost` for a job whose workers died. */
  readonly kind: string;
  readonly diedAt: number;
}

/** Jobs by state. */
export interface QueueCounts {
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
  readonly dead: number;
}

export interface ConsumeOptions<T> {
  /** Jobs worked on at once by this consumer; at least 1. */
  readonly concurrency?: number;
  /**
   * Called before a job is buried, so that its posts are counted as failed; at least once, so it must be
   * idempotent by job id. If it throws, the job is tried again later instead.
   */
  readonly onDead?: (job: Job<T>, error: { kind: string; reason: string }) => Promise<void>;
  /** Told of trouble that no job can carry (server gone, disk full); the consumer keeps trying. */
  readonly onError?: (error: unknown) => void;
}

/** A running consumer. */
export interface Consumer {
  /** Takes no new job, waits for those under way, then resolves. `force` gives them back instead of waiting. */
  close(options?: { force?: boolean }): Promise<void>;
}

/**
 * A durable queue of batches. At least once: a job is delivered again when its worker dies.
 * A handler that throws a PermanentError buries the job; a ThrottledError delays it by `retryAfterMs`
 * without using up an attempt; anything else is retried with exponential backoff up to N attempts, then buried.
 */
export interface Queue<T> {
  /**
   * Durable when it resolves (all or, after a crash, a prefix). Returns how many were new. With `durable: false` a
   * power cut may undo it, together with all that was written later to the queues it belongs to: enough where the job
   * that it comes from is acknowledged on them after it, and is then delivered again.
   */
  enqueue(jobs: readonly NewJob<T>[], options?: { readonly durable?: boolean }): Promise<number>;
  consume(
    handler: (job: Job<T>, signal: AbortSignal) => Promise<void>,
    options?: ConsumeOptions<T>,
  ): Consumer;
  /** No consumer anywhere takes a new job until {@link resume}. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  counts(): Promise<QueueCounts>;
  /**
   * When the job that waits longest was put on the queue, ms since the epoch; of one lane where it is named. Undefined where
   * none waits.
   */
  oldest(lane?: string): Promise<number | undefined>;
  /** Oldest first; `limit` 1..1000. */
  dead(limit: number): Promise<readonly DeadJob<T>[]>;
  /** Puts dead jobs back with their attempts forgotten; resolves to how many (all when no ids are given). */
  retryDead(ids?: readonly string[]): Promise<number>;
  /** Removes dead jobs for good; resolves to how many (all when no ids are given). */
  dropDead(ids?: readonly string[]): Promise<number>;
  /** Removes dead jobs that died before `before` (ms epoch); resolves to how many. */
  expireDead(before: number): Promise<number>;
  /**
   * Changes what jobs hold, whatever their state: `change` gives a payload anew, or undefined to leave it. A job that is
   * being worked on is changed on the queue only. Resolves to how many were changed; what they held is overwritten.
   */
  rewrite(change: (payload: T) => T | undefined): Promise<number>;
  /** Closes its consumers (as Consumer.close) and connections. */
  close(): Promise<void>;
}

/** Holder of a lease, as shown to whoever is refused. */
export interface LeaseHolder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601 UTC */
  readonly since: string;
}

/** The right to be the one lander. A holder that dies loses it: at once on the same host, else after its time. */
export interface Lease {
  /**
   * Takes it, or resolves to who holds it. Kept alive until {@link release}; `onLost` when it could not be. The signal
   * cuts short the look at a holder elsewhere, which is then taken to hold it.
   */
  acquire(
    onLost: (reason: string) => void,
    signal?: AbortSignal,
  ): Promise<{ held: true } | { held: false; by: LeaseHolder }>;
  release(): Promise<void>;
}

// ---------------------------------------------------------------------------------------------- store

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

/** What a collector knows of its place, opaque to all but itself; JSON, at most 64 kB. */
export type Cursor = { readonly [key: string]: unknown };

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

/** Conditional-GET facts kept across runs (fetch/conditional.ts). */
export interface ConditionalStore {
  getConditional(url: string): { etag?: string; lastModified?: string } | undefined;
  setConditional(url: string, facts: { etag?: string; lastModified?: string }): void;
}

// ---------------------------------------------------------------------------------------------- network

export interface FetchRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Send what is known of ETag and Last-Modified; a 304 resolves with `notModified: true`. Default false. */
  readonly conditional?: boolean;
  /** The source says that private and loopback addresses are meant. Default false. */
  readonly allowPrivate?: boolean;
  /** Statuses beside 2xx whose body is read and returned, not thrown, e.g. 400 of an API that says why in it. */
  readonly acceptStatuses?: readonly number[];
  /** Cap on the body after decompression, in bytes; default 10 MB. */
  readonly maxBytes?: number;
  /** Whole request, ms; default 60 000. */
  readonly timeoutMs?: number;
  /** APIs with terms of their own are not subject to robots.txt; pages and feeds are. Default true. */
  readonly robots?: boolean;
  /** Requests a second to the host, where its terms or the source's setting say so; default 1. */
  readonly requestsPerSecond?: number;
  readonly signal?: AbortSignal;
}

export interface FetchResponse {
  /** The URL that answered, after redirects. */
  readonly url: string;
  readonly status: number;
  readonly notModified: boolean;
  /** Lower-case names, credentials removed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Body as text by the charset of header, BOM or document; replacement characters where it is malformed. */
  text(): string;
  /** Keeps ETag and Last-Modified for the next time; call it once the posts are safely queued. */
  commitConditional(): void;
}

/** A connection that stays open: server-sent events or a WebSocket. Address guard, limits and name as for a request. */
export interface StreamRequest {
  /** `http(s):` for events, `ws(s):` for messages. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly allowPrivate?: boolean;
  /** Cap on one event or message, in bytes; default 1 MB. */
  readonly maxMessageBytes?: number;
  /** Cap on what was received and not yet read, in bytes; reading from the place stops there. Default 4 MB. */
  readonly maxBufferedBytes?: number;
  /** Without a byte (a comment or a ping counts) for so long, the connection is given up; ms, default 90 000. */
  readonly idleMs?: number;
  readonly signal?: AbortSignal;
}

/** An event of a `text/event-stream`, as the HTML standard dispatches it. */
export interface ServerEvent {
  /** `message` where the place names none. */
  readonly event: string;
  readonly data: string;
  /** The last id that the place gave, '' before the first. */
  readonly id: string;
}

/** The only door to the network. Throws the errors of core/errors.ts, each fault with its own kind. */
export interface Fetcher {
  fetch(request: FetchRequest): Promise<FetchResponse>;
  /**
   * Server-sent events as they come; connects when the first is asked for. Ends when the place ends it; a cut or silent
   * connection throws a RetryableError (kinds `stream-cut`, `stream-idle`, `stream-overrun`; a ThrottledError where the
   * place said when to come back) after what was received before it, an event beyond the cap a PermanentError
   * (`message-too-large`). To connect again, and from where, is the caller's to decide. Leaving the loop, `return()`
   * and the signal close the connection at once.
   */
  events(request: StreamRequest): AsyncIterable<ServerEvent>;
  /**
   * Text messages of a WebSocket as they come; ends (close codes 1000 and 1001) and throws as {@link events} does, and
   * `bad-websocket` (RetryableError), `binary-message` (PermanentError).
   */
  messages(request: StreamRequest): AsyncIterable<string>;
  close(): Promise<void>;
}

// ---------------------------------------------------------------------------------------------- collectors

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

/** Post fields without those that pipeline fills in. */
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
