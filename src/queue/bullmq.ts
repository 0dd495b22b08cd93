import { Queue as BullQueue } from 'bullmq';
import type {
  ConsumeOptions,
  Consumer,
  DeadJob,
  Job,
  NewJob,
  Queue,
  QueueCounts,
} from '../core/queue-ports.js';
import {
  type Backoff,
  DEFAULT_BACKOFF,
  DEFAULT_LEASE_MS,
  DEFAULT_MAX_ATTEMPTS,
  WORKER_LOST,
} from './backoff.js';
import { BullConsumer, fromFailedReason, toJob } from './bullmq-consumer.js';
import { LaneQueue, toBullId } from './bullmq-lanes.js';
import {
  connectRedis,
  keyPrefix,
  type RedisClient,
  type RedisPlace,
  redisFault,
} from './redis-connection.js';

const DEFAULT_PREFIX = 'ronda';
/** Events that BullMQ keeps for listeners; there are none here. */
const EVENTS_KEPT = 100;
const DEAD_PAGE = 500;
const REWRITE_PAGE = 100;
/** In the order in which a job goes through them, so that one that moves on meanwhile is met again. */
const EVERY_STATE = ['wait', 'prioritized', 'delayed', 'active', 'failed'] as const;

export interface BullmqQueuesOptions extends RedisPlace {
  /** Installations that share one Redis have one each; no `{`, `}` or `:`. Default `ronda`. */
  readonly prefix?: string;
  readonly maxAttempts?: number;
  readonly backoff?: Backoff;
  /** A worker silent for so long is taken for dead; its jobs come again within twice that time. */
  readonly leaseMs?: number;
  /** Told of a connection that failed; it is tried again by itself. */
  readonly onError?: (error: unknown) => void;
}

/** The queues of one installation on one Redis. */
export interface BullmqQueues {
  /** The queue of this name, the same object each time; no `:`. */
  queue<T>(name: string): Queue<T>;
  /** Closes all queues, waiting for busy handlers unless `force`, and the connections. */
  close(options?: { force?: boolean }): Promise<void>;
}

interface Shared {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly connectWorker: () => RedisClient;
  readonly maxAttempts: number;
  readonly backoff: Backoff;
  readonly leaseMs: number;
  readonly onError: (error: unknown) => void;
}

/**
 * Queues on BullMQ and Redis, for workers on any number of machines. Redis should keep an append-only file
 * and evict nothing (redis-check.ts tells).
 *
 * @throws CannotRunError when the URL cannot be understood
 */
export function createBullmqQueues(options: BullmqQueuesOptions): BullmqQueues {
  const onError = options.onError ?? (() => {});
  const redis = connectRedis(options, { impatient: true, onError });
  const shared: Shared = {
    redis,
    prefix: keyPrefix(options.prefix ?? DEFAULT_PREFIX),
    // BullMQ passes on the errors of a worker's connection itself.
    connectWorker: () => connectRedis(options, { impatient: false, onError: () => {} }),
    maxAttempts: options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    backoff: options.backoff ?? DEFAULT_BACKOFF,
    leaseMs: options.leaseMs ?? DEFAULT_LEASE_MS,
    onError,
  };
  const queues = new Map<string, RedisQueue<unknown>>();
  let closed: Promise<void> | undefined;

  async function finish(force: boolean): Promise<void> {
    await Promise.all([...queues.values()].map((queue) => queue.close({ force })));
    redis.disconnect();
  }

  return {
    queue<T>(name: string): Queue<T> {
      let queue = queues.get(name);
      if (queue === undefined) {
        queue = new RedisQueue<unknown>(shared, name);
        queues.set(name, queue);
      }
      return queue as unknown as Queue<T>;
    },
    async close({ force = false } = {}) {
      if (force) await Promise.all([...queues.values()].map((queue) => queue.close({ force })));
      closed ??= finish(force);
      await closed;
    },
  };
}

class RedisQueue<T> implements Queue<T> {
  readonly #shared: Shared;
  readonly #name: string;
  readonly #bull: BullQueue;
  readonly #lanes: LaneQueue<T>;
  readonly #failed: string;
  readonly #consumers = new Set<BullConsumer<T>>();

  constructor(shared: Shared, name: string) {
    this.#shared = shared;
    this.#name = name;
    this.#bull = new BullQueue(name, {
      connection: shared.redis,
      prefix: shared.prefix,
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    this.#bull.on('error', (error) => shared.onError(redisFault(error)));
    const keys = `${shared.prefix}:${name}:`;
    this.#lanes = new LaneQueue<T>(shared.redis, this.#bull, keys);
    this.#failed = `${keys}failed`;
  }

  async enqueue(jobs: readonly NewJob<T>[]): Promise<number> {
    return jobs.length === 0 ? 0 : this.#lanes.add(jobs);
  }

  consume(
    handler: (job: Job<T>, signal: AbortSignal) => Promise<void>,
    options: ConsumeOptions<T> = {},
  ): Consumer {
    const { prefix, leaseMs, maxAttempts, backoff, connectWorker } = this.#shared;
    const consumer = new BullConsumer<T>(
      {
        name: this.#name,
        prefix,
        connection: connectWorker(),
        lanes: this.#lanes,
        leaseMs,
        maxAttempts,
        backoff,
        onClosed: () => this.#consumers.delete(consumer),
      },
      handler,
      options,
    );
    this.#consumers.add(consumer);
    return consumer;
  }

  pause(): Promise<void> {
    return this.#ask(() => this.#bull.pause());
  }

  resume(): Promise<void> {
    return this.#ask(() => this.#bull.resume());
  }

  async counts(): Promise<QueueCounts> {
    const counts = await this.#ask(() =>
      this.#bull.getJobCounts('wait', 'prioritized', 'delayed', 'active', 'failed'),
    );
    return {
      waiting: (counts.wait ?? 0) + (counts.prioritized ?? 0),
      delayed: counts.delayed ?? 0,
      active: counts.active ?? 0,
      dead: counts.failed ?? 0,
    };
  }

  oldest(lane?: string): Promise<number | undefined> {
    return this.#ask(() => this.#lanes.oldest(lane));
  }

  async dead(limit: number): Promise<readonly DeadJob<T>[]> {
    const last = Math.min(Math.max(limit, 1), 1_000) - 1;
    const jobs = await this.#ask(() => this.#bull.getJobs(['failed'], 0, last, true));
    return jobs.map((bull) => {
      const { kind, reason } = fromFailedReason(bull.failedReason ?? '');
      // BullMQ counts the burial of a job whose workers died as an attempt of its own.
      const attempt = bull.attemptsMade + bull.stalledCounter - (kind === WORKER_LOST ? 1 : 0);
      return { ...toJob<T>(bull, attempt), kind, reason, diedAt: bull.finishedOn ?? bull.timestamp };
    });
  }

  retryDead(ids?: readonly string[]): Promise<number> {
    return this.#overDead({ ids }, async (bullId) => {
      const bull = await this.#bull.getJob(bullId);
      if (bull === undefined || !(await this.#lanes.demote(bullId, true))) return false;
      await bull.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
      return true;
    });
  }

  dropDead(ids?: readonly string[]): Promise<number> {
    return this.#overDead({ ids }, async (bullId) => (await this.#bull.remove(bullId)) === 1);
  }

  expireDead(before: number): Promise<number> {
    return this.#overDead({ before }, async (bullId) => (await this.#bull.remove(bullId)) === 1);
  }

  rewrite(change: (payload: T) => T | undefined): Promise<number> {
    return this.#ask(async () => {
      let changed = 0;
      for (const state of EVERY_STATE) {
        for (let from = 0; ; from += REWRITE_PAGE) {
          const jobs = await this.#bull.getJobs([state], from, from + REWRITE_PAGE - 1, true);
          if (jobs.length === 0) break;
          for (const bull of jobs) {
            // One that ended meanwhile is gone, with what it held.
            if (bull === undefined || bull === null) continue;
            const payload = change(bull.data as T);
            if (payload === undefined) continue;
            const isThere = await bull.updateData(payload).then(
              () => true,
              () => false,
            );
            if (isThere) changed += 1;
            else if ((await this.#bull.getJob(bull.id ?? '')) !== undefined) await bull.updateData(payload);
          }
        }
      }
      return changed;
    });
  }

  async close(options: { force?: boolean } = {}): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.close(options)));
  }

  /** Does `step` to the dead jobs meant, a page at a time; counts those for which it resolved to true. */
  #overDead(
    which: { ids?: readonly string[] | undefined; before?: number },
    step: (bullId: string) => Promise<boolean>,
  ): Promise<number> {
    return this.#ask(async () => {
      if (which.ids !== undefined) return this.#doEach(await this.#onlyDead(which.ids), step);
      const end = which.before === undefined ? '+inf' : `(${which.before}`;
      let done = 0;
      for (;;) {
        const page = await this.#shared.redis.zrangebyscore(this.#failed, '-inf', end, 'LIMIT', 0, DEAD_PAGE);
        const here = await this.#doEach(page, step);
        done += here;
        // Others may be at it too: a page of which nothing was ours ends it.
        if (here === 0) return done;
      }
    });
  }

  async #onlyDead(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const bullIds = ids.map(toBullId);
    const scores = await this.#shared.redis.zmscore(this.#failed, ...bullIds);
    return bullIds.filter((_, at) => scores[at] !== null);
  }

  async #doEach(bullIds: readonly string[], step: (bullId: string) => Promise<boolean>): Promise<number> {
    let done = 0;
    for (const bullId of bullIds) if (await step(bullId)) done += 1;
    return done;
  }

  async #ask<R>(command: () => Promise<R>): Promise<R> {
    try {
      // BullMQ waits for a connection for ever; a ping tells why there is none.
      if (this.#shared.redis.status !== 'ready') await this.#shared.redis.ping();
      return await command();
    } catch (error) {
      throw redisFault(error);
    }
  }
}
