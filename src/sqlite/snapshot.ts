import Database from 'better-sqlite3';
import { keepStatementsAlive } from './keep-alive.js';

/** Pages copied in a turn of the event loop: some 4 MB. */
const PAGES = 1_000;

/** A database as it was at one moment, however much is written to it meanwhile. */
export interface Snapshot {
  /**
   * Copies it into a new file; others read and write meanwhile.
   * @throws the signal's reason when it is aborted
   */
  copyTo(target: string, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Fixes the moment: a read transaction that is held open until {@link Snapshot.close}. */
export function openSnapshot(path: string): Snapshot {
  keepStatementsAlive();
  const db = new Database(path, { readonly: true, fileMustExist: true });
  db.exec('BEGIN');
  // The transaction begins with the first read.
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  return {
    async copyTo(target, signal) {
      // Within the transaction the copy need not begin anew when somebody writes, as it otherwise would.
      await db.backup(target, {
        progress() {
          signal.throwIfAborted();
          return PAGES;
        },
      });
      const copy = new Database(target);
      // One file that holds everything, without a log beside it.
      copy.pragma('journal_mode = DELETE');
      copy.close();
    },
    close: () => db.close(),
  };
}
