import { setImmediate } from 'node:timers/promises';
import type { Jobs } from './jobs.js';
import type { SeenPosts } from './seen.js';
import type { SourceStats } from './source-stats.js';
import type { Db } from './sqlite.js';
import type { Withdrawals } from './withdrawn.js';

const DAY_MS = 86_400_000;
/** A job is known at least this long: dead letters may be retried until they expire. */
const JOB_DAYS = 31;
/** Conditional-GET facts of addresses not asked for this long. */
const CONDITIONAL_DAYS = 90;
/** Cursors of files of a finished run are kept this long. */
const RUN_CURSOR_DAYS = 7;
/** Rows a transaction, so that whoever waits to write waits some milliseconds. */
const PIECE = 5_000;

/** What a purge removed, in rows (seen: posts). */
export interface PurgeReport {
  readonly seen: number;
  readonly jobs: number;
  readonly cursors: number;
  readonly conditionals: number;
  /** Withdrawals of posts that are no longer remembered. */
  readonly withdrawals: number;
  /** Hours, faults and gaps of sources. */
  readonly sources: number;
}

interface Parts {
  readonly db: Db;
  readonly seen: Pick<SeenPosts, 'purge' | 'forget'>;
  readonly jobs: Pick<Jobs, 'purge'>;
  readonly withdrawals: Pick<Withdrawals, 'purge'>;
  readonly stats: Pick<SourceStats, 'purge'>;
  readonly seenWindowDays: number;
}

/**
 * Removes what has expired, piece by piece with other work let in between; callers map errors. The function that it
 * gives takes the time in ms since the epoch.
 */
export function createPurge(parts: Parts): (now: number) => Promise<PurgeReport> {
  const { db, seen, jobs, withdrawals, stats, seenWindowDays } = parts;
  const cursors = db.prepare(
    `DELETE FROM cursors WHERE run <> '' AND run IN (SELECT id FROM runs WHERE finished_at < ?)`,
  );
  const conditionals = db.prepare('DELETE FROM conditionals WHERE at < ?');
  return async (now) => {
    let seenRemoved = 0;
    try {
      for (let more = true; more; await setImmediate()) {
        const piece = seen.purge(now - seenWindowDays * DAY_MS);
        seenRemoved += piece.removed;
        more = piece.more;
      }
    } finally {
      seen.forget();
    }
    let jobsRemoved = 0;
    const oldJobs = now - Math.max(seenWindowDays, JOB_DAYS) * DAY_MS;
    for (let piece = PIECE; piece === PIECE; await setImmediate()) {
      piece = jobs.purge(oldJobs, PIECE);
      jobsRemoved += piece;
    }
    return {
      seen: seenRemoved,
      jobs: jobsRemoved,
      cursors: cursors.run(new Date(now - RUN_CURSOR_DAYS * DAY_MS).toISOString()).changes,
      conditionals: conditionals.run(now - CONDITIONAL_DAYS * DAY_MS).changes,
      withdrawals: withdrawals.purge(now - seenWindowDays * DAY_MS),
      sources: stats.purge(now),
    };
  };
}
