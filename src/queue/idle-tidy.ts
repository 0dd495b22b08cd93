import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';

const QUIET_LOOKS = 4;
const VACUUM_PAGES = 5_000;

/**
 * Leaves no text of finished jobs behind once the queue is quiet, and gives the disk back after a flood:
 * freed pages are zeroed at once (secure_delete), here they leave the file, and the write-ahead log is emptied.
 */
export interface IdleTidy {
  /** To be called every half second or so; acts when nothing was written since the last few calls. */
  look(): void;
}

/** Tidies the file that `db` has open. */
export function createIdleTidy(db: Database.Database): IdleTidy {
  const dataVersion = db.prepare('PRAGMA data_version').pluck();
  const changes = db.prepare('SELECT total_changes()').pluck();
  const freePages = db.prepare('PRAGMA freelist_count').pluck();
  let last = '';
  let quiet = 0;

  return {
    look() {
      const now = `${dataVersion.get()}/${changes.get()}`;
      quiet = now === last ? quiet + 1 : 0;
      last = now;
      if (quiet < QUIET_LOOKS) return;
      if ((freePages.get() as number) > 0) db.pragma(`incremental_vacuum(${VACUUM_PAGES})`);
      if (walBytes(db.name) > 0) db.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
}

function walBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}
