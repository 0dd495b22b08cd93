import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { CannotRunError } from '../core/errors.js';
import { sqliteFault } from '../sqlite/fault.js';

/** Marks a file as a Ronda backup (`PRAGMA application_id`): "Rndb". */
const APPLICATION_ID = 0x526e6462;
const VERSION = 1;
const CHUNK_BYTES = 1_048_576;

/** What may be in a backup; nothing else is written when one is restored. */
const BACKUP_PARTS = ['store', 'queue', 'claims', 'config', 'secret'] as const;
export type BackupPart = (typeof BACKUP_PARTS)[number];

const manifestSchema = z.object({
  /** ISO 8601 UTC: the moment whose state it holds. */
  madeAt: z.iso.datetime(),
  /** Ronda's version. */
  version: z.string().max(100),
  schema: z.int(),
  queue: z.enum(['embedded', 'redis']),
  items: z.int().min(0),
  /** The last event of the audit chain. */
  auditHead: z.object({ seq: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) }).optional(),
});

/** What a backup says of itself. */
export type BackupManifest = z.infer<typeof manifestSchema>;

/**
 * Writes a backup: one SQLite file of named parts in pieces, each part with its SHA-256, for the owner alone. What a
 * failure leaves is the caller's to remove.
 */
export function writeBackupFile(
  path: string,
  manifest: BackupManifest,
  parts: readonly { readonly name: BackupPart; readonly from: string | Buffer }[],
): void {
  closeSync(openSync(path, 'wx', 0o600));
  const db = new Database(path);
  try {
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${VERSION}`);
    db.exec(`
      CREATE TABLE manifest (json TEXT NOT NULL) STRICT;
      CREATE TABLE parts (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT;
      CREATE TABLE pieces (id INTEGER PRIMARY KEY, part TEXT NOT NULL, body BLOB NOT NULL) STRICT;
      CREATE INDEX pieces_part ON pieces (part, id);`);
    db.prepare('INSERT INTO manifest VALUES (?)').run(JSON.stringify(manifest));
    const addPart = db.prepare('INSERT INTO parts VALUES (?, ?, ?)');
    const addPiece = db.prepare('INSERT INTO pieces (part, body) VALUES (?, ?)');
    for (const { name, from } of parts) {
      const hash = createHash('sha256');
      let bytes = 0;
      for (const piece of piecesOf(from)) {
        hash.update(piece);
        bytes += piece.length;
        addPiece.run(name, piece);
      }
      addPart.run(name, bytes, hash.digest('hex'));
    }
  } catch (error) {
    throw sqliteFault(error, 'store', path);
  } finally {
    db.close();
  }
  syncFile(path);
}

/** A backup opened to be restored. */
export interface BackupFile {
  readonly manifest: BackupManifest;
  has(part: BackupPart): boolean;
  /**
   * Writes a part to a new file for the owner alone.
   * @throws CannotRunError `backup-damaged` where it is not what was backed up; the file is removed then
   */
  extract(part: BackupPart, target: string): void;
  close(): void;
}

/** @throws CannotRunError `no-backup`, `not-a-backup`, `backup-newer`, `backup-damaged` */
export function openBackupFile(path: string): BackupFile {
  if (!existsSync(path)) throw new CannotRunError('no-backup', `${path} is not there.`);
  const damaged = (why: string, cause?: unknown): CannotRunError =>
    new CannotRunError('backup-damaged', `backup ${path} is damaged: ${why}; take another one`, { cause });
  let db: Database.Database;
  try {
    db = new Database(path, { readonly: true });
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
      throw new Error('another program made it');
  } catch (error) {
    throw new CannotRunError(
      'not-a-backup',
      `${path} is no backup that "ronda backup" made, or it was cut off or damaged since; take another one`,
      { cause: error },
    );
  }
  if ((db.pragma('user_version', { simple: true }) as number) > VERSION) {
    db.close();
    throw new CannotRunError(
      'backup-newer',
      `backup ${path} was made by a newer Ronda; restore it with that version`,
    );
  }
  try {
    const manifest = manifestSchema.parse(
      JSON.parse(db.prepare<[], string>('SELECT json FROM manifest').pluck().get() ?? ''),
    );
    const part = db.prepare<[string], { bytes: number; sha256: string }>(
      'SELECT bytes, sha256 FROM parts WHERE name = ?',
    );
    const pieces = db.prepare<[string], Buffer>('SELECT body FROM pieces WHERE part = ? ORDER BY id').pluck();
    return {
      manifest,
      has: (name) => part.get(name) !== undefined,
      extract(name, target) {
        const expected = part.get(name);
        if (expected === undefined) throw damaged(`it has no part "${name}"`);
        const file = openSync(target, 'wx', 0o600);
        const hash = createHash('sha256');
        let bytes = 0;
        try {
          for (const body of pieces.iterate(name)) {
            hash.update(body);
            for (let at = 0; at < body.length; ) at += writeSync(file, body, at);
            bytes += body.length;
          }
          fsyncSync(file);
        } catch (error) {
          rmSync(target, { force: true });
          throw (error as { code?: string }).code?.startsWith('SQLITE_') === true
            ? damaged(`part "${name}" cannot be read`, error)
            : error;
        } finally {
          closeSync(file);
        }
        if (bytes !== expected.bytes || hash.digest('hex') !== expected.sha256) {
          rmSync(target, { force: true });
          throw damaged(`part "${name}" is not what was backed up`);
        }
      },
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error instanceof CannotRunError ? error : damaged('its list of contents cannot be read', error);
  }
}

function* piecesOf(from: string | Buffer): Generator<Buffer> {
  if (typeof from !== 'string') {
    yield from;
    return;
  }
  const file = openSync(from, 'r');
  try {
    for (;;) {
      const piece = Buffer.alloc(CHUNK_BYTES);
      const read = readSync(file, piece);
      if (read === 0) return;
      yield piece.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
