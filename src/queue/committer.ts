import type Database from 'better-sqlite3';
import { sqliteFault } from '../sqlite/fault.js';

interface Step {
  readonly run: () => unknown;
  readonly durable: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: steps asked for in one turn of the event loop share one transaction, so that many
 * small steps cost one lock and one flush to disk. Steps run in the order they were asked for.
 */
export interface Committer {
  /**
   * Runs `step` inside a transaction; resolves once it is committed.
   * A durable step survives a power cut when it resolves; another one may be undone by it, never torn.
   * `step` may run twice (a group that failed is tried again one by one): it must not change anything but the database.
   */
  commit<R>(step: () => R, options?: { durable?: boolean }): Promise<R>;
  /** Commits what is waiting at once. */
  flush(): void;
}

/** A committer over `db`, whose standing `synchronous` is NORMAL. */
export function createCommitter(db: Database.Database): Committer {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const syncFully = db.prepare('PRAGMA synchronous = FULL');
  const syncNormally = db.prepare('PRAGMA synchronous = NORMAL');
  let waiting: Step[] = [];

  function transact(steps: readonly Step[]): unknown[] {
    const durable = steps.some((step) => step.durable);
    if (durable) syncFully.run();
    try {
      begin.run();
      const results = steps.map((step) => step.run());
      commit.run();
      return results;
    } catch (error) {
      if (db.inTransaction) rollback.run();
      if ((error as { code?: unknown }).code === 'SQLITE_FULL') emptyLog();
      throw error;
    } finally {
      if (durable) syncNormally.run();
    }
  }

  /** On a full disk what the log holds may fit into the file's own free pages: the next try has that room. */
  function emptyLog(): void {
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // Then there is no room; the error that led here says so.
    }
  }

  function attempt(steps: readonly Step[]): void {
    try {
      const results = transact(steps);
      steps.forEach((step, at) => {
        step.resolve(results[at]);
      });
    } catch (error) {
      // What is too much for the disk together may fit alone, and one step's fault is not the others'.
      if (steps.length > 1) for (const step of steps) attempt([step]);
      else steps[0]?.reject(sqliteFault(error, 'queue', db.name));
    }
  }

  function flush(): void {
    const steps = waiting;
    waiting = [];
    if (steps.length > 0) attempt(steps);
  }

  return {
    commit<R>(run: () => R, options: { durable?: boolean } = {}): Promise<R> {
      return new Promise<R>((resolve, reject) => {
        waiting.push({
          run,
          durable: options.durable === true,
          resolve: resolve as (value: unknown) => void,
          reject,
        });
        if (waiting.length === 1) setImmediate(flush);
      });
    },
    flush,
  };
}
