import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { CannotRunError } from '../core/errors.js';
import { sqliteFault } from '../sqlite/fault.js';
import { keepStatementsAlive } from '../sqlite/keep-alive.js';

/** Values of job.state. */
export const WAITING = 0;
export const DELAYED = 1;
export const ACTIVE = 2;
export const DEAD = 3;

/**
 * Append only: a file made by an older version is brought up, one made by a newer version is refused.
 * Payloads have a table of their own, so that a change of state rewrites a short row and no text.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE queue (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    paused INTEGER NOT NULL DEFAULT 0,
    -- Counts takes: the clock of "last served".
    served INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE lane (
    queue INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- queue.served when a job of this lane was last taken.
    served INTEGER NOT NULL,
    PRIMARY KEY (queue, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE job (
    -- Never given twice (AUTOINCREMENT), so that a late answer cannot meet another job.
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    queue INTEGER NOT NULL,
    id TEXT NOT NULL,
    lane TEXT NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Grows at every take and is never taken back: with owner, what an answer must match.
    deliveries INTEGER NOT NULL DEFAULT 0,
    enqueued_at INTEGER NOT NULL,
    -- When due_at was set, by the clock that set it.
    set_at INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL DEFAULT 0,
    owner INTEGER,
    kind TEXT,
    reason TEXT,
    died_at INTEGER,
    UNIQUE (queue, id)
  ) STRICT;
  CREATE INDEX job_waiting ON job (queue, lane, seq) WHERE state = ${WAITING};
  CREATE INDEX job_delayed ON job (queue, due_at) WHERE state = ${DELAYED};
  CREATE INDEX job_active ON job (queue, owner) WHERE state = ${ACTIVE};
  CREATE INDEX job_dead ON job (queue, died_at) WHERE state = ${DEAD};
  CREATE TABLE payload (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE worker (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start TEXT NOT NULL,
    -- Grows while the worker lives; watched by the others with their own clocks, so no two need agree on the time.
    beat INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  `,
];

const OPEN_TRIES = 50;

/**
 * Opens the queue's file, made with its folder when missing, for the owner alone.
 *
 * @param busyMs how long a statement waits for a lock that another process holds
 * @throws CannotRunError when it is of a newer version, read-only, damaged or no database
 * @throws RetryableError when the disk is full or another process holds it
 */
export function openQueueFile(path: string, busyMs: number): Database.Database {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Made before SQLite opens it: its WAL and shared-memory files copy the mode.
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
    return openTrying(path, busyMs);
  } catch (error) {
    throw sqliteFault(error, 'queue', path);
  }
}

/** Several processes that start at once meet at the change to WAL, where SQLite does not wait by itself. */
function openTrying(path: string, busyMs: number): Database.Database {
  for (let tried = 1; ; tried += 1) {
    keepStatementsAlive();
    const db = new Database(path, { timeout: busyMs });
    try {
      prepare(db, path);
      return db;
    } catch (error) {
      db.close();
      const code = (error as { code?: unknown }).code;
      if (typeof code !== 'string' || !code.startsWith('SQLITE_BUSY') || tried === OPEN_TRIES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20 + 10 * Math.random());
    }
  }
}

function prepare(db: Database.Database, path: string): void {
  // Only in force on a file that has no table yet.
  if (version(db) === 0) db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  // The text of a finished job is overwritten, not only unlinked.
  db.pragma('secure_delete = ON');
  db.pragma('wal_autocheckpoint = 4000');
  db.pragma('journal_size_limit = 33554432');
  if (version(db) !== MIGRATIONS.length) db.transaction(migrate).immediate(db, path);
}

function migrate(db: Database.Database, path: string): void {
  const from = version(db);
  if (from > MIGRATIONS.length)
    throw new CannotRunError(
      'queue-newer',
      `queue ${path} was made by a newer version of Ronda (schema ${from}, this one knows ${MIGRATIONS.length}); use that version, or move the file away`,
    );
  for (const sql of MIGRATIONS.slice(from)) db.exec(sql);
  db.pragma(`user_version = ${MIGRATIONS.length}`);
}

function version(db: Database.Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}
