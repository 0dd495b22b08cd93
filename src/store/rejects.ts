import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Reject } from '../core/collector-ports.js';
import type { Clock } from '../core/ports.js';
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
  /** How many {@link purge} would remove. */
  due(before: number): number;
  /**
   * Overwrites what was received of the rows that `isMeant` says yes to, given a row's line; how many. In place, so that
   * sizes committed with cursors hold; reason and kind stay.
   */
  blank(isMeant: (line: string) => boolean): number;
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
      try {
        const old = oldIn(folder, before);
        for (const path of old) rmSync(path);
        return old.length;
      } catch (error) {
        throw storeFault(error, folder);
      }
    },
    due: (before) => oldIn(folder, before).length,
    blank(isMeant) {
      let blanked = 0;
      try {
        for (const path of oldIn(folder, Number.POSITIVE_INFINITY)) blanked += blankIn(path, isMeant);
      } catch (error) {
        throw storeFault(error, folder);
      }
      return blanked;
    },
  };
}

/** Paths of the files not written to since `before`. */
function oldIn(folder: string, before: number): string[] {
  return namesIn(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).mtimeMs < before);
}

function blankIn(path: string, isMeant: (line: string) => boolean): number {
  const bytes = readFileSync(path);
  const times = statSync(path);
  const file = openSync(path, 'r+');
  let blanked = 0;
  try {
    for (let start = 0; start < bytes.length; ) {
      const newline = bytes.indexOf(10, start);
      const end = newline < 0 ? bytes.length : newline;
      const line = bytes.toString('utf8', start, end);
      if (newline >= 0 && isMeant(readable(line))) {
        const { at, excerpt: _, excerptBase64: __, ...rest } = JSON.parse(line) as Record<string, unknown>;
        if (typeof at !== 'string' || !at.includes('://')) rest.at = at;
        // A row is never longer without what was received; blanks fill the rest.
        const anew = Buffer.alloc(end - start, ' ');
        anew.write(JSON.stringify(rest));
        writeSync(file, anew, 0, anew.length, start);
        blanked += 1;
      }
      start = end + 1;
    }
    // When it was last written to says when it goes.
    if (blanked > 0) futimesSync(file, times.atime, times.mtime);
    if (blanked > 0) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return blanked;
}

/** The line, with what of it is base64 read as single bytes: enough to find a link or a number in it. */
function readable(line: string): string {
  const [, base64] = /"excerptBase64":"([^"]*)"/.exec(line) ?? [];
  if (base64 === undefined) return line;
  return `${line}\n${Buffer.from(base64, 'base64').toString('latin1').replaceAll('\0', '')}`;
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
