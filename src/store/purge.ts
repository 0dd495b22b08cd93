import { setImmediate } from 'node:timers/promises';
import { DEFAULT_KEEPING, type Keeping, type KeepingReport } from '../core/keeping.js';
import type { ItemRetention } from './item-retention.js';
import type { Jobs } from './jobs.js';
import type { SeenPosts } from './seen.js';
import type { SourceStats } from './source-stats.js';
import type { Db } from './sqlite.js';
import type { Withdrawals } from './withdrawn.js';

const HOUR_MS = 3_600_000;
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
export interface PurgeReport extends KeepingReport {
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
  readonly items: Pick<ItemRetention, 'purge' | 'due'>;
  readonly seenWindowDays: number;
}

/** Removing what has expired by `now`, ms since the epoch. */
export interface Purge {
  purge(now: number, keep?: Keeping): Promise<PurgeReport>;
  /** What of items, runs and counts a purge would remove. */
  due(now: number, keep?: Keeping): KeepingReport;
}

/** Removes what has expired, piece by piece with other work let in between; callers map errors. */
export function createPurge(parts: Parts): Purge {
  const { db, seen, jobs, withdrawals, stats, items, seenWindowDays } = parts;
  const cursors = db.prepare(
    `DELETE FROM cursors WHERE run <> '' AND run IN (SELECT id FROM runs WHERE finished_at < ?)`,
  );
  const conditionals = db.prepare('DELETE FROM conditionals WHERE at < ?');
  const oldRuns = 'SELECT id FROM runs WHERE finished_at < ?';
  const runs = db.prepare(`DELETE FROM runs WHERE finished_at < ?`);
  const ofRuns = ['run_counts', 'run_sources', 'run_versions'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE run IN (${oldRuns})`),
  );
  const countRuns = db.prepare<[string], number>(`SELECT count(*) FROM (${oldRuns})`).pluck();
  const counts = db.prepare('DELETE FROM counts WHERE hour < ?');
  const countCounts = db.prepare<[number], number>('SELECT count(*) FROM counts WHERE hour < ?').pluck();
  const purgeRuns = db.transaction((before: string): number => {
    for (const part of ofRuns) part.run(before);
    return runs.run(before).changes;
  });
  const hourOf = (time: number): number => Math.floor(time / HOUR_MS);

  const purge: Purge['purge'] = async (now, keep = DEFAULT_KEEPING) => {
    const forgotten = await items.purge(keep, now);
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
      items: forgotten,
      runs: purgeRuns.immediate(new Date(now - keep.runs).toISOString()),
      counts: counts.run(hourOf(now - keep.counts)).changes,
      seen: seenRemoved,
      jobs: jobsRemoved,
      cursors: cursors.run(new Date(now - RUN_CURSOR_DAYS * DAY_MS).toISOString()).changes,
      conditionals: conditionals.run(now - CONDITIONAL_DAYS * DAY_MS).changes,
      withdrawals: withdrawals.purge(now - seenWindowDays * DAY_MS),
      sources: stats.purge(now),
    };
  };
  return {
    purge,
    due: (now, keep = DEFAULT_KEEPING) => ({
      items: items.due(keep, now),
      runs: countRuns.get(new Date(now - keep.runs).toISOString()) ?? 0,
      counts: countCounts.get(hourOf(now - keep.counts)) ?? 0,
    }),
  };
}
