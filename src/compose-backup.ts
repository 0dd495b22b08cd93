/** Backup and restore, composed: store, embedded queue, fact-checks and configuration as they were at one moment. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from './config.js';
import { CannotRunError, messageOf, OutOfSpaceError, RondaError } from './core/errors.js';
import type { ErasedPost } from './core/keeping.js';
import { claimsStorePath } from './files/claims-store.js';
import { packageVersion } from './files/package-root.js';
import { sqliteFault } from './sqlite/fault.js';
import { openSnapshot } from './sqlite/snapshot.js';
import {
  type BackupManifest,
  type BackupPart,
  openBackupFile,
  writeBackupFile,
} from './store/backup-file.js';
import { checkCopy } from './store/check.js';
import { schemaVersion } from './store/migrations.js';
import { loadSecret } from './store/secret.js';
import type { Store } from './store/store.js';

/** What a backup came to. */
export interface BackedUp extends BackupManifest {
  readonly file: string;
  readonly withSecret: boolean;
}

export interface BackupOptions {
  /** Puts the installation's secret into it: then whoever has the file can unseal names. */
  readonly withSecret: boolean;
  /** The configuration's file, copied where it exists. */
  readonly configFile: string;
  readonly now: number;
  readonly signal: AbortSignal;
}

/**
 * Writes a backup while others collect, land and decide. Store and queue are of one moment, at which nobody lands or moves
 * a cursor: so every post is in one of the two, or will be collected again.
 * @throws CannotRunError `file-exists`, `no-store`, `no-folder`, `no-room`, `backup-failed`, of which nothing is left on the disk;
 *   the signal's reason when it is aborted
 */
export async function backUp(
  config: Config,
  store: Store,
  file: string,
  { withSecret, configFile, now, signal }: BackupOptions,
): Promise<BackedUp> {
  if (existsSync(file))
    throw new CannotRunError('file-exists', `${file} exists; name a new file for the backup.`);
  const folder = dirname(resolve(file));
  if (!existsSync(folder))
    throw new CannotRunError('no-folder', `${folder} is not there; make the folder, or name another one.`);
  const home = resolve(config.home);
  const queuePath = join(home, 'queue.db');
  const hasQueue = config.queue.kind === 'embedded' && existsSync(queuePath);
  const aside = `${resolve(file)}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const copies = { store: `${aside}.store`, queue: `${aside}.queue`, whole: `${aside}.part` };
  const claims = claimsStorePath(home);
  try {
    const moment = store.exclusively(() => {
      const auditHead = store.desk.audit.head();
      const manifest: BackupManifest = {
        madeAt: new Date(now).toISOString(),
        version: packageVersion,
        schema: schemaVersion,
        queue: config.queue.kind,
        items: Object.values(store.countItems()).reduce((sum, n) => sum + n, 0),
        ...(auditHead === undefined ? {} : { auditHead }),
      };
      return {
        manifest,
        store: openSnapshot(join(home, config.store.file)),
        queue: hasQueue ? openSnapshot(queuePath) : undefined,
        claims: existsSync(claims) ? readFileSync(claims) : undefined,
      };
    });
    try {
      await moment.store.copyTo(copies.store, signal);
      await moment.queue?.copyTo(copies.queue, signal);
    } finally {
      moment.store.close();
      moment.queue?.close();
    }
    const parts: { name: BackupPart; from: string | Buffer }[] = [{ name: 'store', from: copies.store }];
    if (moment.queue !== undefined) parts.push({ name: 'queue', from: copies.queue });
    if (moment.claims !== undefined) parts.push({ name: 'claims', from: moment.claims });
    if (existsSync(configFile)) parts.push({ name: 'config', from: configFile });
    if (withSecret) {
      const secret = loadSecret({ home, env: process.env });
      parts.push({ name: 'secret', from: Buffer.from(`${secret.toString('hex')}\n`) });
    }
    writeBackupFile(copies.whole, moment.manifest, parts);
    renameSync(copies.whole, file);
    return { file, withSecret, ...moment.manifest };
  } catch (error) {
    if (signal.aborted) throw error;
    throw notWritten(error, file);
  } finally {
    for (const copy of Object.values(copies)) {
      for (const path of [copy, `${copy}-journal`]) rmSync(path, { force: true });
    }
  }
}

/** What kept a backup from being written; the store itself is as it was. */
function notWritten(error: unknown, file: string): unknown {
  const fault = sqliteFault(error, 'store', file);
  const cause = { cause: error };
  if (fault instanceof OutOfSpaceError) {
    return new CannotRunError(
      'no-room',
      `${file} was not written: its disk is full. To back up takes room for twice the store; nothing was left there.`,
      cause,
    );
  }
  if (fault === error || !(fault instanceof RondaError)) return error;
  return new CannotRunError(
    'backup-failed',
    `${file} was not written: ${messageOf(error)}. Look whether this user may write there; nothing was left there.`,
    cause,
  );
}

/** What a restore came to. */
export interface Restored {
  readonly madeAt: string;
  readonly version: string;
  readonly items: number;
  readonly auditEvents: number;
  /** Items erased again by the list given. */
  readonly erasedAgain: number;
  /** The configuration as it was, where the backup has one. */
  readonly configFile?: string;
}

export interface RestoreOptions {
  /** Rows of `ronda erase --list`. */
  readonly erased: readonly ErasedPost[];
  /** Opens the store just written, and takes the erased posts out of it and its queue; how many items went. */
  readonly open: () => Store;
  readonly eraseAgain: (erased: readonly ErasedPost[]) => Promise<number>;
}

/**
 * Restores a backup onto a home folder that is empty or not there yet, and checks it: each part's SHA-256, every page of
 * the databases, the schema, the secret and the audit chain to its last event. What was written is removed on a failure.
 * @throws CannotRunError `home-not-empty`, `secret`, `wrong-secret`, `audit-broken`, and those of store/backup-file.ts
 */
export async function restore(
  config: Config,
  file: string,
  { erased, open, eraseAgain }: RestoreOptions,
): Promise<Restored> {
  const home = resolve(config.home);
  if (existsSync(home) && readdirSync(home).length > 0) {
    throw new CannotRunError(
      'home-not-empty',
      `${home} is not empty; name a fresh folder with --home. What is there was left as it is.`,
    );
  }
  const backup = openBackupFile(file);
  const { RONDA_SECRET: secret, RONDA_SECRET_FILE: secretFile } = process.env;
  const secretIsGiven = secret !== undefined || secretFile !== undefined;
  try {
    if (!secretIsGiven && !backup.has('secret')) {
      throw new CannotRunError(
        'secret',
        `${file} does not hold the secret; set RONDA_SECRET_FILE to the installation's secret.key, now and whenever the store is used (or copy it to ${join(home, 'secret.key')} afterwards).`,
      );
    }
    const written: string[] = [];
    const write = (part: BackupPart, name: string): string => {
      const path = join(home, name);
      written.push(path);
      backup.extract(part, path);
      return path;
    };
    try {
      mkdirSync(home, { recursive: true, mode: 0o700 });
      checkCopy(write('store', config.store.file));
      if (backup.has('queue')) checkCopy(write('queue', 'queue.db'));
      if (backup.has('claims')) write('claims', 'claims.jsonl');
      const configFile = backup.has('config') ? write('config', 'ronda.yaml') : undefined;
      if (!secretIsGiven) write('secret', 'secret.key');
      const store = open();
      const { madeAt, version, auditHead } = backup.manifest;
      const check = store.desk.audit.verify(auditHead);
      if (!check.ok) {
        throw new CannotRunError(
          'audit-broken',
          `the audit chain in ${file} is not whole (event ${check.seq}: ${check.fault}); take another backup`,
        );
      }
      const erasedAgain = erased.length === 0 ? 0 : await eraseAgain(erased);
      return {
        madeAt,
        version,
        items: Object.values(store.countItems()).reduce((sum, n) => sum + n, 0),
        auditEvents: check.events,
        erasedAgain,
        ...(configFile === undefined ? {} : { configFile }),
      };
    } catch (error) {
      for (const path of written)
        for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
      throw error;
    }
  } finally {
    backup.close();
  }
}

/**
 * Rows of `ronda erase --list`.
 * @throws CannotRunError `bad-erasures`, `no-file`
 */
export function readErasures(file: string): readonly ErasedPost[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotRunError('no-file', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const row = parsed(line) as Partial<Record<keyof ErasedPost, unknown>> | undefined;
      const { hash, kind, at } = row ?? {};
      const isHash = typeof hash === 'string' && /^[0-9a-f]{32}$/.test(hash);
      if (
        !isHash ||
        (kind !== 'id' && kind !== 'link') ||
        typeof at !== 'string' ||
        Number.isNaN(Date.parse(at))
      ) {
        throw new CannotRunError(
          'bad-erasures',
          `${file}:${index + 1} is no row of "ronda erase --list"; nothing was restored`,
        );
      }
      return { hash, kind, at };
    });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
