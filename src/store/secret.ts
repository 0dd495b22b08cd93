import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { CannotRunError, messageOf } from '../core/errors.js';

const LEAST_BYTES = 32;

export interface SecretPlace {
  /** The folder of the store. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The installation's secret, at least 32 bytes: from `RONDA_SECRET` (hex, base64 or any text of 32 bytes), from the
 * file that `RONDA_SECRET_FILE` names, else from `<home>/secret.key`, which is made at the first run, for its owner
 * alone. Whoever has the store but not the secret can neither undo its hashes nor open what is sealed.
 *
 * @throws CannotRunError `secret` when it is too short, cannot be read, or is given twice
 */
export function loadSecret({ home, env }: SecretPlace): Buffer {
  const { RONDA_SECRET: given, RONDA_SECRET_FILE: file } = env;
  if (given !== undefined && file !== undefined) {
    throw new CannotRunError('secret', 'both RONDA_SECRET and RONDA_SECRET_FILE are set; keep one of them');
  }
  if (given !== undefined) return checked(decode(given), 'RONDA_SECRET');
  if (file !== undefined) return readSecret(file, 'RONDA_SECRET_FILE');
  const own = join(home, 'secret.key');
  try {
    return readSecret(own, 'secret.key');
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  makeSecret(home, own);
  return readSecret(own, 'secret.key');
}

function isMissing(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}

function readSecret(path: string, what: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CannotRunError('secret', `${what}: cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text).equals(bytes) && !text.includes('\0');
  return checked(isText ? decode(text) : bytes, `${what} (${path})`);
}

function decode(value: string): Buffer {
  const text = value.trim();
  if (/^(?:[0-9a-f]{2}){32,}$/i.test(text)) return Buffer.from(text, 'hex');
  if (text.length % 4 === 0 && /^[\w+/-]+={0,2}$/.test(text)) {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length >= LEAST_BYTES) return bytes;
  }
  return Buffer.from(text);
}

function checked(secret: Buffer, what: string): Buffer {
  if (secret.length >= LEAST_BYTES) return secret;
  throw new CannotRunError(
    'secret',
    `${what} has ${secret.length} bytes; at least ${LEAST_BYTES} are needed, e.g. from: openssl rand -hex 32`,
  );
}

/** Whole or not at all, and never over another process's: written aside, synced, then linked under its name. */
function makeSecret(home: string, path: string): void {
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const file = openSync(aside, 'wx', 0o600);
    try {
      writeSync(file, `${randomBytes(LEAST_BYTES).toString('hex')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    try {
      linkSync(aside, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  } catch (error) {
    throw new CannotRunError('secret', `cannot make ${path}: ${messageOf(error)}`, { cause: error });
  } finally {
    rmSync(aside, { force: true });
  }
}
