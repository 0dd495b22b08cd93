import type Database from 'better-sqlite3';
import type { QueueCounts } from '../core/queue-ports.js';
import { WORKER_LOST } from './backoff.js';
import { ACTIVE, DEAD, DELAYED, WAITING } from './embedded-schema.js';
import { queueNumbers, WorkerTable } from './embedded-workers.js';
import { Statements } from './statements.js';

/** A job as a row to be written. */
export interface NewRow {
  readonly id: string;
  readonly lane: string;
  readonly body: string;
  readonly delayMs: number;
}

/** A job as taken by a worker; `seq`, `owner` and `deliveries` are what an answer must match. */
export interface TakenRow {
  readonly seq: number;
  readonly owner: number;
  readonly deliveries: number;
  readonly id: string;
  readonly lane: string;
  readonly body: string;
  /** Counts this delivery, unless `spent`. */
  readonly attempts: number;
  readonly enqueuedAt: number;
  /** Its workers died and no attempt is left: to be buried, not handled. */
  readonly spent: boolean;
}

export interface DeadRow {
  readonly seq: number;
  readonly id: string;
  readonly lane: string;
  readonly body: string;
  readonly attempts: number;
  readonly enqueuedAt: number;
  readonly reason: string;
  readonly kind: string;
  readonly diedAt: number;
}

interface WaitingRow {
  readonly seq: number;
  readonly id: string;
  readonly attempts: number;
  readonly deliveries: number;
  readonly enqueuedAt: number;
  readonly kind: string | null;
}

/** Which answer of which worker: nothing happens when the job was given to another in the meantime. */
type Delivery = Pick<TakenRow, 'seq' | 'owner' | 'deliveries'>;

const HELD = `WHERE seq = ? AND owner = ? AND deliveries = ? AND state = ${ACTIVE}`;

function held(delivery: Delivery): readonly number[] {
  return [delivery.seq, delivery.owner, delivery.deliveries];
}

/** A set clock that lies this far ahead of ours is wrong on one side: the delay is counted anew from now. */
const CLOCK_SLACK_MS = 5_000;
/** Lanes looked at for the job that waits longest. */
const MOST_LANES = 1_000;

/**
 * The job table of the embedded queues: one method a step, synchronous, no transaction of its own
 * (see committer.ts). Times are milliseconds since the epoch and come in as arguments.
 */
export class JobTable {
  readonly #db: Statements;
  readonly #maxAttempts: number;
  readonly workers: WorkerTable;

  /** `maxAttempts` deliveries that killed their worker make a job spent. */
  constructor(db: Database.Database, maxAttempts: number) {
    this.#maxAttempts = maxAttempts;
    this.#db = new Statements(db);
    this.workers = new WorkerTable(this.#db);
  }

  /** Number of the queue of this name, made when missing. */
  queueNumber(name: string): number {
    this.#db.run('INSERT INTO queue (name) VALUES (?) ON CONFLICT DO NOTHING', name);
    return this.#db.get<{ id: number }>('SELECT id FROM queue WHERE name = ?', name)!.id;
  }

  /** Adds what is not there yet; returns how many were new. */
  insert(queue: number, rows: readonly NewRow[], now: number): number {
    let added = 0;
    for (const row of rows) {
      const inserted = this.#db.run(
        `INSERT INTO job (queue, id, lane, state, enqueued_at, set_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (queue, id) DO NOTHING`,
        queue,
        row.id,
        row.lane,
        row.delayMs > 0 ? DELAYED : WAITING,
        now,
        now,
        now + row.delayMs,
      );
      if (inserted.changes === 0) continue;
      this.#db.run('INSERT INTO payload (seq, body) VALUES (?, ?)', inserted.lastInsertRowid, row.body);
      added += 1;
    }
    return added;
  }

  /** Whether {@link take} would find something: a read, so that idle consumers take no lock. */
  hasWork(queue: number, now: number): boolean {
    return (
      this.#db.get<{ yes: number }>(
        `SELECT (SELECT paused FROM queue WHERE id = @queue) = 0 AND (
           EXISTS (SELECT 1 FROM job WHERE queue = @queue AND state = ${WAITING})
           OR EXISTS (SELECT 1 FROM job WHERE queue = @queue AND state = ${DELAYED} AND due_at <= @now)) AS yes`,
        { queue, now },
      )!.yes === 1
    );
  }

  /** When the next delayed job is due. */
  nextDue(queue: number): number | undefined {
    return this.#db.get<{ due: number }>(
      `SELECT due_at AS due FROM job WHERE queue = ? AND state = ${DELAYED} ORDER BY due_at LIMIT 1`,
      queue,
    )?.due;
  }

  /** Up to `count` jobs for `worker`: lanes in turn, the one served longest ago first; oldest first within one. */
  take(queue: number, worker: number, count: number, now: number): TakenRow[] {
    const state = this.#db.get<{ paused: number; served: number }>(
      'SELECT paused, served FROM queue WHERE id = ?',
      queue,
    )!;
    if (state.paused !== 0) return [];
    this.#db.run(
      `UPDATE job SET state = ${WAITING} WHERE queue = ? AND state = ${DELAYED} AND due_at <= ?`,
      queue,
      now,
    );
    const lanes = this.#waitingLanes(queue, count).map((lane) => ({
      lane,
      waiting: this.#firstOf(queue, lane, count),
    }));
    const taken: TakenRow[] = [];
    const served = new Map<string, number>();
    for (let turn = 0; taken.length < count; turn += 1) {
      const before = taken.length;
      for (const { lane, waiting } of lanes) {
        const row = waiting[turn];
        if (row === undefined || taken.length === count) continue;
        taken.push(this.#give(row, lane, worker));
        served.set(lane, state.served + taken.length);
      }
      if (taken.length === before) break;
    }
    for (const [lane, at] of served)
      this.#db.run(
        'INSERT INTO lane (queue, name, served) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET served = excluded.served',
        queue,
        lane,
        at,
      );
    if (taken.length > 0)
      this.#db.run('UPDATE queue SET served = ? WHERE id = ?', state.served + taken.length, queue);
    return taken;
  }

  /** Removes a job that is done. False when it is no longer this delivery's. */
  done(delivery: Delivery): boolean {
    if (!this.#db.changed(`DELETE FROM job ${HELD}`, ...held(delivery))) return false;
    this.#db.run('DELETE FROM payload WHERE seq = ?', delivery.seq);
    return true;
  }

  /** Puts a job off; `counted` false forgets this attempt. */
  putOff(
    delivery: Delivery,
    how: { delayMs: number; counted: boolean; kind: string; reason: string },
    now: number,
  ): boolean {
    return this.#db.changed(
      `UPDATE job SET state = ${how.delayMs > 0 ? DELAYED : WAITING}, owner = NULL, set_at = ?, due_at = ?,
         attempts = attempts - ?, kind = ?, reason = ? ${HELD}`,
      now,
      now + how.delayMs,
      how.counted ? 0 : 1,
      how.kind,
      how.reason,
      ...held(delivery),
    );
  }

  /** Gives a job back untouched: the attempt is not counted. */
  giveBack(delivery: Delivery & { spent: boolean }): boolean {
    return this.#db.changed(
      `UPDATE job SET state = ${WAITING}, owner = NULL, attempts = attempts - ? ${HELD}`,
      delivery.spent ? 0 : 1,
      ...held(delivery),
    );
  }

  bury(delivery: Delivery, why: { kind: string; reason: string }, now: number): boolean {
    return this.#db.changed(
      `UPDATE job SET state = ${DEAD}, owner = NULL, kind = ?, reason = ?, died_at = ? ${HELD}`,
      why.kind,
      why.reason,
      now,
      ...held(delivery),
    );
  }

  setPaused(queue: number, paused: boolean): void {
    this.#db.run('UPDATE queue SET paused = ? WHERE id = ?', paused ? 1 : 0, queue);
  }

  counts(queue: number): QueueCounts {
    return this.#db.get<QueueCounts>(
      `SELECT
        (SELECT count(*) FROM job WHERE queue = @queue AND state = ${WAITING}) AS waiting,
        (SELECT count(*) FROM job WHERE queue = @queue AND state = ${DELAYED}) AS delayed,
        (SELECT count(*) FROM job WHERE queue = @queue AND state = ${ACTIVE}) AS active,
        (SELECT count(*) FROM job WHERE queue = @queue AND state = ${DEAD}) AS dead`,
      { queue },
    )!;
  }

  /** When the job that waits longest was enqueued: the first of each lane, or of one. */
  oldest(queue: number, lane: string | undefined): number | undefined {
    const lanes = lane === undefined ? this.#waitingLanes(queue, MOST_LANES) : [lane];
    const firsts = lanes.flatMap((name) => this.#firstOf(queue, name, 1).map(({ enqueuedAt }) => enqueuedAt));
    return firsts.length === 0 ? undefined : Math.min(...firsts);
  }

  dead(queue: number, limit: number): DeadRow[] {
    return this.#db.all<DeadRow>(
      `SELECT seq, id, lane, body, attempts, enqueued_at AS enqueuedAt, reason, kind, died_at AS diedAt
       FROM job JOIN payload USING (seq) WHERE queue = ? AND state = ${DEAD} ORDER BY died_at, seq LIMIT ?`,
      queue,
      limit,
    );
  }

  /** Puts dead jobs back as if new; all without `ids`. */
  retryDead(queue: number, ids: readonly string[] | undefined): number {
    const set = `UPDATE job SET state = ${WAITING}, attempts = 0, kind = NULL, reason = NULL, died_at = NULL
      WHERE queue = ? AND state = ${DEAD}`;
    if (ids === undefined) return this.#db.run(set, queue).changes;
    return ids.reduce((sum, id) => sum + this.#db.run(`${set} AND id = ?`, queue, id).changes, 0);
  }

  /** Removes dead jobs; all without `ids`, only those that died before `before` where given. */
  dropDead(queue: number, which: { ids?: readonly string[]; before?: number }): number {
    const seqs = (clause: string, ...values: unknown[]) =>
      this.#db.all<{ seq: number }>(
        `SELECT seq FROM job WHERE queue = ? AND state = ${DEAD} ${clause}`,
        queue,
        ...values,
      );
    const found =
      which.ids !== undefined
        ? which.ids.flatMap((id) => seqs('AND id = ?', id))
        : which.before !== undefined
          ? seqs('AND died_at < ?', which.before)
          : seqs('');
    for (const { seq } of found) {
      this.#db.run('DELETE FROM job WHERE seq = ?', seq);
      this.#db.run('DELETE FROM payload WHERE seq = ?', seq);
    }
    return found.length;
  }

  /** Payloads of a queue after `seq`, in order. */
  payloads(queue: number, after: number, limit: number): { seq: number; body: string }[] {
    return this.#db.all(
      'SELECT seq, body FROM job JOIN payload USING (seq) WHERE queue = ? AND seq > ? ORDER BY seq LIMIT ?',
      queue,
      after,
      limit,
    );
  }

  setPayload(seq: number, body: string): void {
    this.#db.run('UPDATE payload SET body = ? WHERE seq = ?', body, seq);
  }

  /** Counts anew the delays that were set by a clock far ahead of ours, so that no job waits for it. */
  mendDelays(now: number): void {
    const limit = now + CLOCK_SLACK_MS;
    for (const queue of queueNumbers(this.#db))
      this.#db.run(
        `UPDATE job SET due_at = @now + (due_at - set_at), set_at = @now
         WHERE queue = @queue AND state = ${DELAYED} AND due_at > @limit AND set_at > @limit`,
        { queue, now, limit },
      );
  }

  /** Lanes that have a waiting job, served longest ago first: one index probe a lane, however many jobs wait. */
  #waitingLanes(queue: number, limit: number): string[] {
    return this.#db
      .all<{ lane: string }>(
        `WITH RECURSIVE found (lane) AS (
         SELECT min(lane) FROM job WHERE queue = @queue AND state = ${WAITING}
         UNION ALL
         SELECT (SELECT min(lane) FROM job WHERE queue = @queue AND state = ${WAITING} AND lane > found.lane)
         FROM found WHERE found.lane IS NOT NULL)
       SELECT found.lane AS lane FROM found LEFT JOIN lane ON lane.queue = @queue AND lane.name = found.lane
       WHERE found.lane IS NOT NULL ORDER BY coalesce(lane.served, 0), found.lane LIMIT @limit`,
        { queue, limit },
      )
      .map((row) => row.lane);
  }

  #firstOf(queue: number, lane: string, limit: number): WaitingRow[] {
    return this.#db.all<WaitingRow>(
      `SELECT seq, id, attempts, deliveries, enqueued_at AS enqueuedAt, kind FROM job
       WHERE queue = ? AND lane = ? AND state = ${WAITING} ORDER BY seq LIMIT ?`,
      queue,
      lane,
      limit,
    );
  }

  #give(row: WaitingRow, lane: string, owner: number): TakenRow {
    const spent = row.kind === WORKER_LOST && row.attempts >= this.#maxAttempts;
    const attempts = row.attempts + (spent ? 0 : 1);
    const deliveries = row.deliveries + 1;
    this.#db.run(
      `UPDATE job SET state = ${ACTIVE}, owner = ?, attempts = ?, deliveries = ? WHERE seq = ?`,
      owner,
      attempts,
      deliveries,
      row.seq,
    );
    const { body } = this.#db.get<{ body: string }>('SELECT body FROM payload WHERE seq = ?', row.seq)!;
    const { seq, id, enqueuedAt } = row;
    return { seq, owner, deliveries, id, lane, body, attempts, enqueuedAt, spent };
  }
}
