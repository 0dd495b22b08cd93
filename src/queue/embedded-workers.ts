import type { ProcessIdentity } from '../sqlite/process-identity.js';
import { WORKER_LOST, workerLostReason } from './backoff.js';
import { ACTIVE, WAITING } from './embedded-schema.js';
import type { Statements } from './statements.js';

export interface WorkerRow extends ProcessIdentity {
  readonly id: number;
  readonly beat: number;
}

/** Who works on the embedded queues, and what becomes of the jobs of one that leaves or is lost, as in embedded-table.ts. */
export class WorkerTable {
  readonly #db: Statements;

  constructor(db: Statements) {
    this.#db = db;
  }

  add(identity: ProcessIdentity): number {
    return Number(
      this.#db.run(
        'INSERT INTO worker (host, pid, start) VALUES (?, ?, ?)',
        identity.host,
        identity.pid,
        identity.start,
      ).lastInsertRowid,
    );
  }

  /** False when the worker was taken for dead, and its jobs given to others. */
  beat(worker: number): boolean {
    return this.#db.changed('UPDATE worker SET beat = beat + 1 WHERE id = ?', worker);
  }

  all(): WorkerRow[] {
    return this.#db.all<WorkerRow>('SELECT id, host, pid, start, beat FROM worker');
  }

  /** Signs a worker off; a job that it still holds goes back untouched. */
  remove(worker: number): void {
    for (const seq of this.#heldBy(worker).keys())
      this.#db.run(
        `UPDATE job SET state = ${WAITING}, owner = NULL, attempts = attempts - 1 WHERE seq = ?`,
        seq,
      );
    this.#db.run('DELETE FROM worker WHERE id = ?', worker);
  }

  /** Gives the jobs of a lost worker back, in every queue; their attempts stay counted. Returns how many. */
  releaseLost(worker: number, beat: number): number {
    if (!this.#db.changed('DELETE FROM worker WHERE id = ? AND beat = ?', worker, beat)) return 0;
    const held = this.#heldBy(worker);
    for (const [seq, attempts] of held)
      this.#db.run(
        `UPDATE job SET state = ${WAITING}, owner = NULL, kind = ?, reason = ? WHERE seq = ?`,
        WORKER_LOST,
        workerLostReason(attempts),
        seq,
      );
    return held.size;
  }

  /** Attempts by seq of the jobs that a worker holds, in every queue. */
  #heldBy(worker: number): Map<number, number> {
    const rows = queueNumbers(this.#db).flatMap((queue) =>
      this.#db.all<{ seq: number; attempts: number }>(
        `SELECT seq, attempts FROM job WHERE queue = ? AND owner = ? AND state = ${ACTIVE}`,
        queue,
        worker,
      ),
    );
    return new Map(rows.map((row) => [row.seq, row.attempts]));
  }
}

/** Numbers of all queues. */
export function queueNumbers(db: Statements): number[] {
  return db.all<{ id: number }>('SELECT id FROM queue').map((row) => row.id);
}
