import type { Gap } from '../core/collector-ports.js';
import type { Clock } from '../core/ports.js';
import type { SourceFacts, SourceFault, SourceHour, SourceWatchStore } from '../core/source.js';
import type { Db } from './sqlite.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Hours kept: enough weeks to know a source's habit by. */
const HOURS_DAYS = 35;
/** A fault that did not come again for so long is forgotten. */
const FAULT_DAYS = 35;
const GAP_DAYS = 180;
/** Rows a source at most, whatever a place does. */
const MOST_GAPS = 500;
const MOST_FAULT_KINDS = 50;
/** Gaps that {@link SourceFacts} shows at most. */
const GAPS_SHOWN = 20;
/** A post's time this far ahead of the clock, ms, is not believed. */
const FUTURE_MS = 300_000;
const MAX_TEXT = 500;

/** What a source's figures are told of; callers hold the transaction. */
export interface SourceStats extends Omit<SourceWatchStore, 'sourceFacts'> {
  /** Counts what a commit brought. `at` is ISO 8601 UTC. */
  addPosts(source: string, at: string, posts: number, rejected: number, newest?: string): void;
  addFault(source: string, at: string, fault: { readonly kind: string; readonly message: string }): void;
  facts(source: string): Omit<SourceFacts, 'status'>;
  /** Removes what has expired by `now` (ms); rows. */
  purge(now: number): number;
}

interface GapRow {
  readonly kind: string;
  readonly begins: string;
  readonly begin_known: number;
  readonly ends: string;
  readonly reason: string;
}

/** Figures of sources by the hour, faults by kind, gaps, pauses: at most some thousand rows a source. */
export function createSourceStats(db: Db, clock: Pick<Clock, 'now'>): SourceStats {
  const addHour = db.prepare(
    `INSERT INTO source_hours (source, hour, posts, rejected, watched) VALUES (?, ?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET posts = posts + excluded.posts, rejected = rejected + excluded.rejected, watched = 1`,
  );
  const watch = db.prepare(
    `INSERT INTO source_hours (source, hour, watched) VALUES (?, ?, 1)
     ON CONFLICT DO UPDATE SET watched = 1 WHERE watched = 0`,
  );
  const hours = db.prepare<[string], Omit<SourceHour, 'watched'> & { watched: number }>(
    'SELECT hour, posts, rejected, watched FROM source_hours WHERE source = ? ORDER BY hour',
  );
  const setNewest = db.prepare(
    `INSERT INTO source_facts (source, newest_at) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET newest_at = max(coalesce(newest_at, ''), excluded.newest_at)`,
  );
  const setPaused = db.prepare(
    `INSERT INTO source_facts (source, paused_at) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET paused_at = CASE WHEN excluded.paused_at IS NULL THEN NULL
       ELSE coalesce(paused_at, excluded.paused_at) END`,
  );
  const facts = db.prepare<[string], { newest_at: string | null; paused_at: string | null }>(
    'SELECT newest_at, paused_at FROM source_facts WHERE source = ?',
  );
  const putFault = db.prepare(
    `INSERT INTO source_faults (source, kind, message, n, last_at) VALUES (?, ?, ?, 1, ?)
     ON CONFLICT DO UPDATE SET message = excluded.message, n = n + 1, last_at = excluded.last_at`,
  );
  const trimFaults = db.prepare(
    `DELETE FROM source_faults WHERE source = ? AND kind IN
       (SELECT kind FROM source_faults WHERE source = ? ORDER BY last_at DESC LIMIT -1 OFFSET ?)`,
  );
  const faults = db.prepare<[string], SourceFault>(
    `SELECT kind, message, n AS count, last_at AS lastAt FROM source_faults WHERE source = ?
     ORDER BY last_at DESC, kind`,
  );
  const putGap = db.prepare(
    `INSERT INTO source_gaps (source, kind, begins, begin_known, ends, reason) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET ends = max(ends, excluded.ends), reason = excluded.reason`,
  );
  const trimGaps = db.prepare(
    `DELETE FROM source_gaps WHERE source = ? AND (kind, begins) IN
       (SELECT kind, begins FROM source_gaps WHERE source = ? ORDER BY ends DESC LIMIT -1 OFFSET ?)`,
  );
  const gaps = db.prepare<[string, number], GapRow>(
    `SELECT kind, begins, begin_known, ends, reason FROM source_gaps WHERE source = ?
     ORDER BY ends DESC, begins DESC, kind LIMIT ?`,
  );
  const oldHours = db.prepare('DELETE FROM source_hours WHERE hour < ?');
  const oldFaults = db.prepare('DELETE FROM source_faults WHERE last_at < ?');
  const oldGaps = db.prepare('DELETE FROM source_gaps WHERE ends < ?');

  return {
    addPosts(source, at, posts, rejected, newest) {
      addHour.run(source, hourOf(Date.parse(at)), posts, rejected);
      if (newest !== undefined && Date.parse(newest) <= clock.now() + FUTURE_MS)
        setNewest.run(source, newest);
    },
    addFault(source, at, { kind, message }) {
      putFault.run(source, kind.slice(0, MAX_TEXT), message.slice(0, MAX_TEXT), at);
      trimFaults.run(source, source, MOST_FAULT_KINDS);
    },
    noteWatched(source, at) {
      watch.run(source, hourOf(at));
    },
    isSourcePaused: (source) => typeof facts.get(source)?.paused_at === 'string',
    setSourcePaused(source, paused) {
      setPaused.run(source, paused ? new Date(clock.now()).toISOString() : null);
    },
    recordGap(source, { from, to, kind, reason }) {
      putGap.run(source, kind, from ?? to, from === undefined ? 0 : 1, to, reason.slice(0, MAX_TEXT));
      trimGaps.run(source, source, MOST_GAPS);
    },
    facts(source) {
      const known = facts.get(source);
      return {
        hours: hours.all(source).map((row) => ({ ...row, watched: row.watched === 1 })),
        faults: faults.all(source),
        gaps: gaps.all(source, GAPS_SHOWN).map(toGap),
        ...(typeof known?.newest_at === 'string' ? { newestPostAt: known.newest_at } : {}),
        ...(typeof known?.paused_at === 'string' ? { pausedAt: known.paused_at } : {}),
      };
    },
    purge: (now) =>
      oldHours.run(hourOf(now - HOURS_DAYS * DAY_MS)).changes +
      oldFaults.run(new Date(now - FAULT_DAYS * DAY_MS).toISOString()).changes +
      oldGaps.run(new Date(now - GAP_DAYS * DAY_MS).toISOString()).changes,
  };
}

function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS);
}

function toGap({ kind, begins, begin_known, ends, reason }: GapRow): Gap {
  return { kind, to: ends, reason, ...(begin_known === 1 ? { from: begins } : {}) };
}
