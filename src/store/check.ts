import Database from 'better-sqlite3';
import { CannotRunError } from '../core/errors.js';
import { sqliteFault } from '../sqlite/fault.js';

/**
 * Goes over a whole database file, every page and every reference, and makes it a store that nobody holds: leases of the
 * processes that ran where it was copied from are over.
 * @throws CannotRunError `store-damaged`
 */
export function checkCopy(path: string): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    const found = db.pragma('integrity_check(5)', { simple: true }) as string;
    if (found !== 'ok') throw damaged(path, found);
    const [wrong] = db.pragma('foreign_key_check') as { table: string }[];
    if (wrong !== undefined) throw damaged(path, `a row of ${wrong.table} points nowhere`);
    db.pragma('secure_delete = ON');
    if (db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'leases'`).get() !== undefined) {
      db.exec('DELETE FROM leases');
    }
  } catch (error) {
    throw sqliteFault(error, 'store', path);
  } finally {
    db.close();
  }
}

function damaged(path: string, found: string): CannotRunError {
  return new CannotRunError('store-damaged', `${path} is damaged: ${found}; take another backup`);
}
