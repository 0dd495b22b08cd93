/** The queues, who may land from them, and what failed on them for good: a part of compose.ts. */
import { join } from 'node:path';
import type { Config } from './config.js';
import type { PostBatch, ScoredBatch } from './core/batch.js';
import type { Clock } from './core/ports.js';
import type { DeadJob, Lease, Queue } from './core/queue-ports.js';
import { SYSTEM_ACTOR } from './core/review.js';
import { createEmbeddedQueues } from './queue/embedded.js';
import type { RedisPlace } from './queue/redis-connection.js';
import type { Store } from './store/store.js';

/** Both queues of the pipeline and how to close them. */
interface Queues {
  queue<T>(name: string): Queue<T>;
  close(options?: { force?: boolean }): Promise<void>;
}

/** The adapters on Redis, loaded only where Redis is used. */
export async function loadRedis(place: RedisPlace) {
  const [{ createBullmqQueues }, { createRedisLease }] = await Promise.all([
    import('./queue/bullmq.js'),
    import('./queue/redis-lease.js'),
  ]);
  return { place, createQueues: createBullmqQueues, createLease: createRedisLease };
}

type RedisAdapters = Awaited<ReturnType<typeof loadRedis>>;

/** @param home makes the folder of the installation, where the embedded queue lies */
export function queuesOf(
  config: Config,
  redis: RedisAdapters | undefined,
  home: () => string,
  report: (error: unknown) => void,
): Queues {
  return redis === undefined
    ? createEmbeddedQueues({
        path: join(home(), 'queue.db'),
        maxAttempts: config.queue.max_attempts,
        onError: report,
      })
    : redis.createQueues({
        ...redis.place,
        prefix: config.queue.prefix,
        maxAttempts: config.queue.max_attempts,
        onError: report,
      });
}

/** Whoever lands holds the store, and on Redis the queue of all machines as well. */
export function landLeaseOf(config: Config, redis: RedisAdapters | undefined, store: Store): Lease {
  const local = store.lease('land');
  if (redis === undefined) return local;
  return bothLeases(local, redis.createLease({ ...redis.place, name: 'land', prefix: config.queue.prefix }));
}

/** A lease that is held when both are. */
function bothLeases(local: Lease, shared: Lease): Lease {
  return {
    async acquire(onLost, signal) {
      const first = await local.acquire(onLost, signal);
      if (!first.held) return first;
      let isHeld = false;
      try {
        const second = await shared.acquire(onLost, signal);
        isHeld = second.held;
        return second;
      } finally {
        if (!isHeld) await local.release();
      }
    },
    async release() {
      await shared.release().finally(() => local.release());
    },
  };
}

/** The queues with what says how many posts a dead letter holds. */
export function deadLettersOf(score: Queue<PostBatch>, land: Queue<ScoredBatch>) {
  return [
    {
      name: 'score',
      queue: score as Queue<unknown>,
      postsOf: (job: DeadJob<unknown>) => (job.payload as PostBatch).posts.length,
    },
    {
      name: 'land',
      queue: land as Queue<unknown>,
      postsOf: (job: DeadJob<unknown>) => {
        const { landed, passed } = job.payload as ScoredBatch;
        return landed.length + passed.length;
      },
    },
  ];
}

/** Dead letters whose retrying and dropping goes into the audit chain first. */
export function audited(letters: ReturnType<typeof deadLettersOf>, store: Store, clock: Pick<Clock, 'now'>) {
  const note = (kind: 'dead-retried' | 'dead-dropped', queue: string, ids?: readonly string[]): void => {
    const details =
      ids === undefined ? { queue, all: true } : { queue, n: ids.length, ids: ids.slice(0, 50) };
    store.desk.audit.append({ actor: SYSTEM_ACTOR, kind, subject: 'queue', details }, clock.now());
  };
  return letters.map(({ queue, ...shown }) => ({
    ...shown,
    queue: {
      dead: (limit: number) => queue.dead(limit),
      retryDead(ids?: readonly string[]) {
        note('dead-retried', shown.name, ids);
        return queue.retryDead(ids);
      },
      dropDead(ids?: readonly string[]) {
        note('dead-dropped', shown.name, ids);
        return queue.dropDead(ids);
      },
    },
  }));
}
