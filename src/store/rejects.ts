import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Clock, Reject } from '../core/ports.js';
import { storeFault } from './sqlite.js';

/** Rejected rows as owner-only files, one a source and run: `<home>/rejects/<run>.<source>.jsonl`. */
export interface RejectFiles {
  /**
   * Appends and syncs; returns the file's size in bytes, to be committed with the cursor. The first append of this
   * process cuts off what a killed one wrote beyond its last commit, so no row stands twice.
   * @throws RetryableError `disk-full` with nothing half-written; CannotRunError `store-read-only`
   */
  append(run: string, source: string, rejects: readonly Reject[]): number;
  /** Removes files not written to since `before` (ms since the epoch); how many. */
  purge(before: number): number;
}

/** @param committed the size that was committed last for a run and source (0 where none was) */
export function createRejectFiles(
  home: string,
  clock: Pick<Clock, 'now'>,
  committed: (run: string, source: string) => number,
): RejectFiles {
  const folder = join(home, 'rejects');
  const cut = new Set<string>();

  const appendTo = (file: number, name: string, run: string, source: string, lines: string): number => {
    if (!cut.has(name)) {
      const size = committed(run, source);
      if (fstatSync(file).size > size) ftruncateSync(file, size);
      cut.add(name);
    }
    const before = fstatSync(file).size;
    try {
      const bytes = Buffer.from(lines);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, before + at);
      fsyncSync(file);
      return before + bytes.length;
    } catch (error) {
      ftruncateSync(file, before);
      throw error;
    }
  };

  return {
    append(run, source, rejects) {
      const name = fileName(run, source);
      const path = join(folder, name);
      const at = new Date(clock.now()).toISOString();
      const lines = rejects.map((reject) => `${JSON.stringify(toLine(reject, source, at))}\n`).join('');
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const file = openSync(path, 'a', 0o600);
        closeSync(file);
        const writable = openSync(path, 'r+');
        try {
          return appendTo(writable, name, run, source, lines);
        } finally {
          closeSync(writable);
        }
      } catch (error) {
        throw storeFault(error, path);
      }
    },
    purge(before) {
      let removed = 0;
      try {
        for (const name of namesIn(folder)) {
          const path = join(folder, name);
          if (!name.endsWith('.jsonl') || statSync(path).mtimeMs >= before) continue;
          rmSync(path);
          removed += 1;
        }
      } catch (error) {
        throw storeFault(error, folder);
      }
      return removed;
    },
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A source may be called by a file's path; what is unfit for a file name is replaced, with a hash to tell it apart. */
function fileName(run: string, source: string): string {
  return `${plainName(run)}.${plainName(source)}.jsonl`;
}

function plainName(name: string): string {
  if (/^[\w-][\w.-]{0,63}$/.test(name)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.replaceAll(/[^\w-]+/g, '_').slice(-40)}-${hash}`;
}

/** An excerpt that is valid UTF-8 stays readable; else it is base64. */
function toLine(reject: Reject, source: string, rejectedAt: string): Record<string, unknown> {
  const { at, kind, reason, excerpt, length } = reject;
  const text = excerpt.toString('utf8');
  const isText = Buffer.from(text).equals(excerpt);
  return {
    rejectedAt,
    source,
    at,
    kind,
    reason,
    length,
    ...(isText ? { excerpt: text } : { excerptBase64: excerpt.toString('base64') }),
  };
}
