import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { CannotRunError, OutOfSpaceError, RetryableError } from '../core/errors.js';
import { sqliteFault } from '../sqlite/fault.js';
import { keepStatementsAlive } from '../sqlite/keep-alive.js';
import { migrations, schemaVersion } from './migrations.js';

export type Db = Database.Database;

/** Marks a file as a Ronda store (`PRAGMA application_id`): "Rnda". */
const APPLICATION_ID = 0x526e6461;

/** How long a statement waits for another process's lock, ms. */
const BUSY_MS = 5_000;

/** Tries at opening, with a pause of some 20 ms: the change to WAL does not wait for locks by itself. */
const OPEN_TRIES = 100;

/**
 * Opens the store's file for its owner alone (mode 0600, folder 0700 when it is made), in WAL mode with every commit
 * synced, and brings its schema up to this version.
 *
 * @throws CannotRunError `store-newer`, `store-older` (read-only and not yet brought up), `no-store` (read-only and
 *   missing), `not-a-store`, `store-read-only`, `store-damaged`
 * @throws RetryableError `disk-full`, `store-busy`, `store-io`
 */
export function openDatabase(path: string, readonly: boolean): Db {
  try {
    if (readonly && !existsSync(path)) {
      throw new CannotRunError(
        'no-store',
        `no store at ${path} yet; collect something first, or check --home`,
      );
    }
    if (!readonly) makeFile(path);
    return openTrying(path, readonly);
  } catch (error) {
    throw storeFault(error, path);
  }
}

/** What an error of SQLite means for the store at `path` (src/sqlite/fault.ts); on a full disk every failure is that. */
export function storeFault(error: unknown, path: string): unknown {
  const fault = sqliteFault(error, 'store', path);
  if (fault instanceof RetryableError && fault.kind === 'store-io' && isDiskFull(path)) {
    return new OutOfSpaceError(`${fault.message}; its disk is full`, { cause: error });
  }
  return fault;
}

function isDiskFull(path: string): boolean {
  try {
    return statfsSync(dirname(path)).bavail === 0;
  } catch {
    return false;
  }
}

/** SQLite gives its WAL and shared-memory files the mode of the database file, so that is made first. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

function openTrying(path: string, readonly: boolean): Db {
  for (let tried = 1; ; tried += 1) {
    keepStatementsAlive();
    const db = new Database(path, { timeout: BUSY_MS, readonly, fileMustExist: true });
    try {
      prepare(db, path, readonly);
      return db;
    } catch (error) {
      db.close();
      const code = (error as { code?: unknown }).code;
      if (typeof code !== 'string' || !code.startsWith('SQLITE_BUSY') || tried === OPEN_TRIES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10 + 20 * Math.random());
    }
  }
}

function prepare(db: Db, path: string, readonly: boolean): void {
  const version = checkVersion(db, path);
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -32000');
  if (readonly) {
    if (version < schemaVersion) {
      throw new CannotRunError(
        'store-older',
        `store ${path} has schema ${version}, this Ronda reads ${schemaVersion}; run a command that writes (e.g. ronda run --once) to bring it up`,
      );
    }
    return;
  }
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  // Larger than the default of 1,000 pages: a page that changes in batch after batch is then copied back once.
  db.pragma('wal_autocheckpoint = 4000');
  db.pragma('journal_size_limit = 67108864');
  if (version < schemaVersion) db.transaction(migrate).immediate(db, path);
}

/** The file's schema version, 0 for an empty file; refuses what is no store of this version or an older one. */
function checkVersion(db: Db, path: string): number {
  const version = db.pragma('user_version', { simple: true }) as number;
  const application = db.pragma('application_id', { simple: true }) as number;
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (application !== APPLICATION_ID && (tables > 0 || application !== 0)) {
    throw new CannotRunError(
      'not-a-store',
      `${path} is a database of another program; name another file for the store`,
    );
  }
  if (version > schemaVersion) {
    throw new CannotRunError(
      'store-newer',
      `store ${path} was made by a newer Ronda: its schema is ${version}, this one knows ${schemaVersion}; use that version, or restore an older backup`,
    );
  }
  return version;
}

/** Within one transaction, looking again at the version: another process may have been faster. */
function migrate(db: Db, path: string): void {
  for (const migration of migrations.slice(checkVersion(db, path))) db.exec(migration);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${schemaVersion}`);
}
