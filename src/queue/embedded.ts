import type Database from 'better-sqlite3';
import type { Clock } from '../core/ports.js';
import type { ConsumeOptions, DeadJob, Job, NewJob, Queue } from '../core/queue-ports.js';
import { sqliteFault } from '../sqlite/fault.js';
import { type Backoff, DEFAULT_BACKOFF, DEFAULT_LEASE_MS, DEFAULT_MAX_ATTEMPTS } from './backoff.js';
import { type Committer, createCommitter } from './committer.js';
import { EmbeddedConsumer } from './embedded-consumer.js';
import { openQueueFile } from './embedded-schema.js';
import { type DeadRow, JobTable, type NewRow } from './embedded-table.js';
import { createIdleTidy } from './idle-tidy.js';
import { systemClock } from './system-clock.js';
import { WorkerWatch } from './worker-watch.js';

/** A transaction of enqueueing holds no more than so many characters of payload: memory and WAL stay bounded. */
const MAX_TRANSACTION_CHARS = 4_000_000;

const DEFAULT_BUSY_MS = 10_000;
/** Payloads looked at in a piece: at most some 25 MB. */
const REWRITE_PAGE = 100;

export interface EmbeddedQueuesOptions {
  /** The SQLite file; made, with its folder, for the owner alone. */
  readonly path: string;
  readonly clock?: Clock;
  readonly maxAttempts?: number;
  readonly backoff?: Backoff;
  /** A worker silent for so long is taken for dead (at once on this host when its process has ended). */
  readonly leaseMs?: number;
  /** How long a step waits, blocking, for a lock that another process holds. Default 10 s. */
  readonly busyMs?: number;
  /** Told of trouble in keeping leases that no consumer can be told of. */
  readonly onError?: (error: unknown) => void;
}

/** The queues of one file. */
export interface EmbeddedQueues {
  /** The queue of this name, the same object each time. */
  queue<T>(name: string): Queue<T>;
  /** Closes all queues, waiting for busy handlers unless `force`, and the file. */
  close(options?: { force?: boolean }): Promise<void>;
}

interface Shared {
  readonly db: Database.Database;
  readonly table: JobTable;
  readonly committer: Committer;
  readonly watch: WorkerWatch;
  readonly clock: Clock;
  readonly maxAttempts: number;
  readonly backoff: Backoff;
}

/**
 * Queues in a SQLite file of their own, for any number of processes on one machine. No server.
 *
 * @throws CannotRunError when the file is of a newer version, read-only, damaged or no database
 * @throws RetryableError when the disk is full or another process holds the file
 */
export function createEmbeddedQueues(options: EmbeddedQueuesOptions): EmbeddedQueues {
  const db = openQueueFile(options.path, options.busyMs ?? DEFAULT_BUSY_MS);
  const maxAttempts = options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS;
  const clock = options.clock ?? systemClock;
  const table = new JobTable(db, maxAttempts);
  const committer = createCommitter(db);
  const queues = new Map<string, EmbeddedQueue<unknown>>();
  const tidy = createIdleTidy(db);
  const watch = new WorkerWatch({
    table,
    committer,
    clock,
    leaseMs: options.leaseMs ?? DEFAULT_LEASE_MS,
    onReleased: () => {
      for (const queue of queues.values()) queue.wake();
    },
    onError: options.onError ?? (() => {}),
    onLook: () => tidy.look(),
  });
  const shared: Shared = {
    db,
    table,
    committer,
    watch,
    clock,
    maxAttempts,
    backoff: options.backoff ?? DEFAULT_BACKOFF,
  };
  let closed: Promise<void> | undefined;

  async function finish(): Promise<void> {
    await Promise.all([...queues.values()].map((queue) => queue.close()));
    watch.stop();
    committer.flush();
    db.close();
  }

  return {
    queue<T>(name: string): Queue<T> {
      let queue = queues.get(name);
      if (queue === undefined) {
        queue = new EmbeddedQueue(shared, name);
        queues.set(name, queue);
      }
      return queue as unknown as Queue<T>;
    },
    async close({ force = false } = {}) {
      if (force) await Promise.all([...queues.values()].map((queue) => queue.forceClose()));
      closed ??= finish();
      await closed;
    },
  };
}

class EmbeddedQueue<T> implements Queue<T> {
  readonly #shared: Shared;
  readonly #number: number;
  readonly #consumers = new Set<EmbeddedConsumer<T>>();

  constructor(shared: Shared, name: string) {
    this.#shared = shared;
    try {
      this.#number = shared.table.queueNumber(name);
    } catch (error) {
      throw sqliteFault(error, 'queue', shared.db.name);
    }
  }

  wake(): void {
    for (const consumer of this.#consumers) consumer.wake();
  }

  async enqueue(jobs: readonly NewJob<T>[], options: { durable?: boolean } = {}): Promise<number> {
    const { table, clock } = this.#shared;
    const chunks = inChunks(jobs.map(toRow));
    let added = 0;
    for (const rows of chunks) {
      added += await this.#write(() => table.insert(this.#number, rows, clock.now()), options.durable);
      this.wake();
    }
    return added;
  }

  consume(
    handler: (job: Job<T>, signal: AbortSignal) => Promise<void>,
    options: ConsumeOptions<T> = {},
  ): EmbeddedConsumer<T> {
    const { db, table, committer, watch, clock, maxAttempts, backoff } = this.#shared;
    const dataVersion = db.prepare('PRAGMA data_version').pluck();
    const consumer = new EmbeddedConsumer<T>(
      {
        queue: this.#number,
        table,
        committer,
        watch,
        clock,
        maxAttempts,
        backoff,
        dataVersion: () => dataVersion.get() as number,
        onClosed: () => {
          this.#consumers.delete(consumer);
          // What it gave back is for the others here.
          this.wake();
        },
      },
      handler,
      options,
    );
    this.#consumers.add(consumer);
    return consumer;
  }

  async pause(): Promise<void> {
    await this.#write(() => this.#shared.table.setPaused(this.#number, true));
  }

  async resume(): Promise<void> {
    await this.#write(() => this.#shared.table.setPaused(this.#number, false));
    this.wake();
  }

  async counts(): ReturnType<Queue<T>['counts']> {
    return this.#read(() => this.#shared.table.counts(this.#number));
  }

  async oldest(lane?: string): Promise<number | undefined> {
    return this.#read(() => this.#shared.table.oldest(this.#number, lane));
  }

  async dead(limit: number): Promise<readonly DeadJob<T>[]> {
    const rows = this.#read(() => this.#shared.table.dead(this.#number, Math.min(Math.max(limit, 1), 1_000)));
    return rows.map((row) => toDeadJob<T>(row));
  }

  async retryDead(ids?: readonly string[]): Promise<number> {
    const retried = await this.#write(() => this.#shared.table.retryDead(this.#number, ids));
    this.wake();
    return retried;
  }

  async dropDead(ids?: readonly string[]): Promise<number> {
    return this.#write(() => this.#shared.table.dropDead(this.#number, ids === undefined ? {} : { ids }));
  }

  async expireDead(before: number): Promise<number> {
    return this.#write(() => this.#shared.table.dropDead(this.#number, { before }));
  }

  async rewrite(change: (payload: T) => T | undefined): Promise<number> {
    const { table, db } = this.#shared;
    let changed = 0;
    for (let after = 0; ; ) {
      const page = this.#read(() => table.payloads(this.#number, after, REWRITE_PAGE));
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.seq;
      const anew = page.flatMap(({ seq, body }) => {
        const payload = change(JSON.parse(body) as T);
        return payload === undefined ? [] : [{ seq, body: JSON.stringify(payload) }];
      });
      if (anew.length === 0) continue;
      await this.#write(() => {
        for (const { seq, body } of anew) table.setPayload(seq, body);
      });
      changed += anew.length;
    }
    // Pages as they were still stand in the log.
    if (changed > 0) this.#read(() => db.pragma('wal_checkpoint(TRUNCATE)'));
    return changed;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.close()));
  }

  async forceClose(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.close({ force: true })));
  }

  #write<R>(step: () => R, durable = true): Promise<R> {
    return this.#shared.committer.commit(step, { durable });
  }

  #read<R>(step: () => R): R {
    try {
      return step();
    } catch (error) {
      throw sqliteFault(error, 'queue', this.#shared.db.name);
    }
  }
}

function toRow<T>(job: NewJob<T>): NewRow {
  return {
    id: job.id,
    lane: job.lane,
    body: JSON.stringify(job.payload),
    delayMs: Math.max(0, job.delayMs ?? 0),
  };
}

function toDeadJob<T>(row: DeadRow): DeadJob<T> {
  const { id, lane, enqueuedAt, reason, kind, diedAt } = row;
  return {
    id,
    lane,
    payload: JSON.parse(row.body) as T,
    attempt: row.attempts,
    enqueuedAt,
    reason,
    kind,
    diedAt,
  };
}

function* inChunks(rows: readonly NewRow[]): Generator<readonly NewRow[]> {
  let chunk: NewRow[] = [];
  let chars = 0;
  for (const row of rows) {
    if (chars + row.body.length > MAX_TRANSACTION_CHARS && chunk.length > 0) {
      yield chunk;
      chunk = [];
      chars = 0;
    }
    chunk.push(row);
    chars += row.body.length;
  }
  if (chunk.length > 0) yield chunk;
}
