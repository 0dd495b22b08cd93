/** The queues that carry batches from process to process, and the lease of the one that lands. */

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
