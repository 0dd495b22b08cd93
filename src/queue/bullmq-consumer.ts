import { performance } from 'node:perf_hooks';
import { type Job as BullJob, DelayedError, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { ConsumeOptions, Consumer, Job } from '../core/queue-ports.js';
import { atMost } from './at-most.js';
import { type Backoff, backoffDelay, judge, WORKER_LOST, workerLostReason } from './backoff.js';
import { fromBullId, type LaneQueue } from './bullmq-lanes.js';
import { type RedisClient, redisFault } from './redis-connection.js';

/** A force that Redis does not answer to goes on without it: the jobs' locks run out instead. */
const FORCE_MS = 2_000;
const RETRY_MS = 1_000;
/** With nothing under way, a close that takes longer waits for a Redis that is away or answers nothing. */
const CLOSE_MS = 5_000;
const LOOK_MS = 100;

export interface BullConsumerParts<T> {
  readonly name: string;
  readonly prefix: string;
  /** Of this consumer alone; closed with it. */
  readonly connection: RedisClient;
  readonly lanes: LaneQueue<T>;
  readonly leaseMs: number;
  readonly maxAttempts: number;
  readonly backoff: Backoff;
  readonly onClosed: () => void;
}

interface Delivery<T> {
  readonly job: BullJob<T>;
  readonly token: string;
  readonly abort: AbortController;
  /** Ends the wait for the handler. */
  readonly abandon: (error: Error) => void;
}

/** What BullMQ is told of a failed attempt: when to try again. */
class TryAgain extends Error {
  readonly delayMs: number;

  constructor(message: string, delayMs: number) {
    super(message);
    this.delayMs = delayMs;
  }
}

/** One consumer of one queue: a BullMQ worker whose jobs end as core/ports.ts says. */
export class BullConsumer<T> implements Consumer {
  readonly #parts: BullConsumerParts<T>;
  readonly #handler: (job: Job<T>, signal: AbortSignal) => Promise<void>;
  readonly #options: ConsumeOptions<T>;
  readonly #worker: Worker<T, void>;
  readonly #deliveries = new Set<Delivery<T>>();
  readonly #mending: NodeJS.Timeout;
  #closing = false;
  #forcing: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(
    parts: BullConsumerParts<T>,
    handler: (job: Job<T>, signal: AbortSignal) => Promise<void>,
    options: ConsumeOptions<T>,
  ) {
    this.#parts = parts;
    this.#handler = handler;
    this.#options = options;
    this.#worker = new Worker<T, void>(parts.name, (job, token) => this.#process(job, token ?? ''), {
      connection: parts.connection,
      prefix: parts.prefix,
      concurrency: Math.max(1, options.concurrency ?? 1),
      lockDuration: parts.leaseMs,
      lockRenewTime: Math.ceil(parts.leaseMs / 3),
      stalledInterval: Math.ceil(parts.leaseMs / 3),
      // Burying is ours, so that whoever counts the posts is told first.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: RETRY_MS,
      settings: {
        backoffStrategy: (attemptsMade, _type, error) =>
          error instanceof TryAgain
            ? error.delayMs
            : Math.max(1, backoffDelay(attemptsMade ?? 1, parts.backoff, Math.random())),
      },
    });
    this.#worker.on('error', (error) => this.#trouble(error));
    this.#mending = setInterval(() => {
      parts.lanes.mendDelays().catch((error: unknown) => this.#trouble(error));
    }, parts.leaseMs / 2);
    this.#worker.on('lockRenewalFailed', (ids) => {
      for (const { job, abort } of this.#deliveries)
        if (job.id !== undefined && ids.includes(job.id))
          abort.abort(new Error('the lease was lost: another worker has this job'));
    });
  }

  async close(options: { force?: boolean } = {}): Promise<void> {
    this.#closing = true;
    clearInterval(this.#mending);
    this.#closed ??= this.#finish();
    if (options.force === true) {
      this.#forcing ??= this.#force();
      await atMost(
        this.#forcing.then(() => this.#closed),
        FORCE_MS,
      );
      this.#parts.connection.disconnect();
      this.#parts.onClosed();
      return;
    }
    await this.#closed;
  }

  /** What Redis was not told of by then comes again, as after a worker's death. */
  async #finish(): Promise<void> {
    let isClosed = false;
    const closing = this.#worker.close().finally(() => {
      isClosed = true;
    });
    for (let idleSince = performance.now(); !isClosed; ) {
      await atMost(closing, LOOK_MS);
      if (this.#deliveries.size > 0) idleSince = performance.now();
      if (performance.now() - idleSince >= CLOSE_MS) break;
    }
    this.#parts.connection.disconnect();
    await atMost(closing, FORCE_MS);
    this.#parts.onClosed();
  }

  /** Newest first, as each goes to the head of the line. */
  async #force(): Promise<void> {
    for (const delivery of [...this.#deliveries].reverse()) {
      delivery.abort.abort(new Error('the consumer is closing'));
      await this.#giveBack(delivery.job, delivery.token);
      delivery.abandon(new WaitingError());
    }
  }

  async #giveBack(job: BullJob<T>, token: string): Promise<void> {
    try {
      await this.#parts.lanes.demote(job.id ?? '');
      await job.moveToWait(token);
    } catch (error) {
      // Its lock runs out instead.
      this.#trouble(error);
    }
  }

  async #process(bull: BullJob<T>, token: string): Promise<void> {
    if (this.#closing) {
      await this.#giveBack(bull, token);
      throw new WaitingError();
    }
    let abandon: (error: Error) => void = () => {};
    const abandoned = new Promise<never>((_, reject) => {
      abandon = reject;
    });
    const delivery = { job: bull, token, abort: new AbortController(), abandon };
    this.#deliveries.add(delivery);
    try {
      await Promise.race([this.#attempt(bull, token, delivery.abort.signal), abandoned]);
    } finally {
      this.#deliveries.delete(delivery);
    }
  }

  /** Resolves for a job that is done; throws what makes BullMQ do the rest. */
  async #attempt(bull: BullJob<T>, token: string, signal: AbortSignal): Promise<void> {
    const { maxAttempts, backoff, lanes } = this.#parts;
    // Failures that count, and deliveries that ended with their worker.
    const behind = bull.attemptsMade + bull.stalledCounter;
    const spent = bull.stalledCounter > 0 && behind >= maxAttempts;
    const job = toJob(bull, spent ? behind : behind + 1);
    if (spent) {
      await this.#bury(bull, token, job, { kind: WORKER_LOST, reason: workerLostReason(behind) });
      return;
    }
    try {
      await this.#handler(job, signal);
    } catch (error) {
      const verdict = judge(error, job.attempt, maxAttempts, backoff);
      if (verdict.next === 'bury') await this.#bury(bull, token, job, verdict);
      if (verdict.next === 'wait') await this.#putOff(bull, token, verdict.delayMs);
      if (verdict.next === 'retry') {
        await lanes.demote(bull.id ?? '');
        throw new TryAgain(verdict.reason, Math.max(1, verdict.delayMs));
      }
    }
  }

  async #bury(
    bull: BullJob<T>,
    token: string,
    job: Job<T>,
    why: { kind: string; reason: string },
  ): Promise<never> {
    try {
      await this.#options.onDead?.(job, { kind: why.kind, reason: why.reason });
    } catch (error) {
      this.#trouble(error);
      return this.#putOff(bull, token, backoffDelay(job.attempt, this.#parts.backoff, Math.random()));
    }
    throw new UnrecoverableError(toFailedReason(why));
  }

  /** Without using up an attempt. */
  async #putOff(bull: BullJob<T>, token: string, delayMs: number): Promise<never> {
    await this.#parts.lanes.demote(bull.id ?? '');
    await bull.moveToDelayed(Date.now() + delayMs, token);
    throw new DelayedError();
  }

  #trouble(error: unknown): void {
    this.#options.onError?.(redisFault(error));
  }
}

/** A BullMQ job as the port shows it. */
export function toJob<T>(bull: BullJob<T>, attempt: number): Job<T> {
  return {
    id: fromBullId(bull.id),
    lane: bull.name,
    payload: bull.data,
    attempt,
    enqueuedAt: bull.timestamp,
  };
}

/** BullMQ keeps one text with a failed job: the kind, which has no colon, and the reason. */
function toFailedReason(why: { kind: string; reason: string }): string {
  return `${why.kind}: ${why.reason}`;
}

/** Reads what {@link toFailedReason} wrote. */
export function fromFailedReason(text: string): { kind: string; reason: string } {
  const colon = text.indexOf(': ');
  return colon < 0
    ? { kind: 'defect', reason: text }
    : { kind: text.slice(0, colon), reason: text.slice(colon + 2) };
}
