import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type ClaimRow, claimOf } from '../claims/claim-row.js';
import type { Claim } from '../core/claim.js';
import { CannotRunError, messageOf } from '../core/errors.js';
import { type WatchTimes, watchFiles } from './file-watch.js';

/** Where the imported fact-checks lie in the folder of the store. */
export function claimsStorePath(home: string): string {
  return join(home, 'claims.jsonl');
}

/**
 * The fact-checks that were imported; none where nothing was.
 * @throws CannotRunError `bad-claims` where the file was damaged
 */
export function readClaimsStore(path: string): Claim[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new CannotRunError('no-file', `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const claim = claimIn(line);
      if (typeof claim !== 'string') return claim;
      throw new CannotRunError(
        'bad-claims',
        `${path}, line ${index + 1}: ${claim}; remove the line, or the file and import again`,
      );
    });
}

function claimIn(line: string): Claim | string {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null ? claimOf(row as ClaimRow) : 'it is no JSON object';
  } catch {
    return 'it is no JSON';
  }
}

/** What an import changed. */
export interface ClaimsMerge {
  readonly claims: readonly Claim[];
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** Fact-checks with others put in: an id that is there already is replaced in its place. */
export function mergeClaims(known: readonly Claim[], more: readonly Claim[]): ClaimsMerge {
  const byId = new Map(known.map((claim) => [claim.id, claim]));
  const before = new Map([...byId].map(([id, claim]) => [id, JSON.stringify(claim)]));
  for (const claim of more) byId.set(claim.id, claim);
  const touched = new Set(more.map(({ id }) => id));
  let [added, changed] = [0, 0];
  for (const id of touched) {
    const was = before.get(id);
    if (was === undefined) added++;
    else if (was !== JSON.stringify(byId.get(id))) changed++;
  }
  return { claims: [...byId.values()], added, changed, unchanged: touched.size - added - changed };
}

/** Writes the imported fact-checks whole or not at all, for the owner alone. */
export function writeClaimsStore(path: string, claims: readonly Claim[]): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(file, claims.map((claim) => `${JSON.stringify(claim)}\n`).join(''));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new CannotRunError('claims-store', `${path} cannot be written: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

export interface WatchClaimsOptions extends WatchTimes {
  readonly path: string;
  /** Given all fact-checks when the file changed. */
  readonly onChange: (claims: readonly Claim[]) => void;
  /** Told once of each state of the file that could not be read or that `onChange` refused. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Watches the imported fact-checks until `signal` is aborted; pass as `since` the {@link claimsState} from before the
 * first reading.
 */
export function watchClaims(options: WatchClaimsOptions, since: string): Promise<void> {
  const { path } = options;
  return watchFiles({ ...options, state: () => claimsState(path), read: () => readClaimsStore(path) }, since);
}

/** What tells one state of the file from another; `none` where there is none. */
export function claimsState(path: string): string {
  try {
    const { size, mtimeMs, ino } = statSync(path);
    return `${size} ${mtimeMs} ${ino}`;
  } catch {
    return 'none';
  }
}
