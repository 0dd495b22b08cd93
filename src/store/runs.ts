import type { Versions } from '../core/assessment.js';
import type { Counts } from '../core/batch.js';
import type { Clock, Run, RunKind, RunStore } from '../core/ports.js';
import type { Db } from './sqlite.js';

/** What a transaction adds to a run; any of them may be negative where a count is corrected. */
export interface RunDelta {
  readonly collected?: number;
  readonly rejected?: number;
  readonly landed?: number;
  readonly passed?: number;
  readonly seen?: number;
  readonly failed?: number;
  readonly incomplete?: number;
  readonly copies?: number;
}

export interface Runs extends RunStore {
  /** Adds to a run's counts, within the caller's transaction. */
  addCounts(run: string, delta: RunDelta): void;
  /** Notes what assessed posts of a run, within the caller's transaction. */
  addVersions(run: string, versions: Versions): void;
}

interface RunRow {
  readonly id: string;
  readonly kind: RunKind;
  readonly key: string;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly outcome: NonNullable<Run['outcome']> | null;
}

type CountsRow = Required<Counts> & { readonly rejected: number };

const NONE: CountsRow = {
  collected: 0,
  rejected: 0,
  landed: 0,
  passed: 0,
  seen: 0,
  failed: 0,
  incomplete: 0,
  copies: 0,
};

/** @param newId gives a run its id, e.g. random hex: unique over all runs */
export function createRuns(db: Db, clock: Pick<Clock, 'now'>, newId: () => string): Runs {
  const unfinished = db.prepare<[string, string], RunRow>(
    `SELECT id, kind, key, started_at, finished_at, outcome FROM runs
     WHERE kind = ? AND key = ? AND finished_at IS NULL ORDER BY started_at DESC LIMIT 1`,
  );
  const insert = db.prepare('INSERT INTO runs (id, kind, key, started_at) VALUES (?, ?, ?, ?)');
  const finish = db.prepare(
    'UPDATE runs SET finished_at = ?, outcome = ? WHERE id = ? AND finished_at IS NULL',
  );
  const counts = db.prepare<[string], CountsRow>(
    `SELECT collected, rejected, landed, passed, seen, failed, incomplete, copies FROM run_counts WHERE run = ?`,
  );
  const add = db.prepare(
    `INSERT INTO run_counts (run, collected, rejected, landed, passed, seen, failed, incomplete, copies)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       collected = collected + excluded.collected, rejected = rejected + excluded.rejected,
       landed = landed + excluded.landed, passed = passed + excluded.passed, seen = seen + excluded.seen,
       failed = failed + excluded.failed, incomplete = incomplete + excluded.incomplete,
       copies = copies + excluded.copies`,
  );
  const list = db.prepare<[number], RunRow>(
    `SELECT id, kind, key, started_at, finished_at, outcome FROM runs
     ORDER BY started_at DESC, rowid DESC LIMIT ?`,
  );

  const find = db.prepare<[string], RunRow>(
    'SELECT id, kind, key, started_at, finished_at, outcome FROM runs WHERE id = ?',
  );
  const addVersions = db.prepare(
    'INSERT INTO run_versions (run, versions) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const versionsOf = db
    .prepare<[string], string>('SELECT versions FROM run_versions WHERE run = ? ORDER BY versions')
    .pluck();

  const runCounts = (id: string): Counts => {
    const { rejected, copies, ...row } = counts.get(id) ?? NONE;
    const added = { ...row, collected: row.collected + rejected, failed: row.failed + rejected };
    return copies === 0 ? added : { ...added, copies };
  };

  const open = db.transaction((kind: RunKind, key: string): { run: Run; resumed: boolean } => {
    const row = unfinished.get(kind, key);
    if (row !== undefined) return { run: toRun(row), resumed: true };
    const run: Run = { id: newId(), kind, key, startedAt: new Date(clock.now()).toISOString() };
    insert.run(run.id, kind, key, run.startedAt);
    return { run, resumed: false };
  });

  return {
    openRun: (kind, key) => open.immediate(kind, key),
    finishRun(id, outcome) {
      finish.run(new Date(clock.now()).toISOString(), outcome, id);
    },
    runCounts,
    listRuns: (limit) => list.all(limit).map((row) => ({ ...toRun(row), counts: runCounts(row.id) })),
    getRun(id) {
      const row = find.get(id);
      return row && { ...toRun(row), counts: runCounts(id) };
    },
    runVersions: (id) => versionsOf.all(id).map((json) => JSON.parse(json) as Versions),
    addVersions: (run, versions) => void addVersions.run(run, JSON.stringify(versions)),
    addCounts(run, delta) {
      const { collected, rejected, landed, passed, seen, failed, incomplete, copies } = { ...NONE, ...delta };
      add.run(run, collected, rejected, landed, passed, seen, failed, incomplete, copies);
    },
  };
}

function toRun(row: RunRow): Run {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    startedAt: row.started_at,
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
  };
}
