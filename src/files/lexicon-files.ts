import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { kindOf, messageOf, PermanentError } from '../core/errors.js';
import type { Clock } from '../core/ports.js';

/** A line of a lexicon file. */
export interface LexiconFileLine {
  /** `<path below the folder>:<line, from 1>` */
  readonly where: string;
  readonly line: string;
}

/**
 * Every line of every `*.jsonl` below `folder`, files in the order of their paths.
 * @throws PermanentError `lexicon-missing` where the folder cannot be read or holds no such file,
 *   `lexicon-encoding` where a file is not UTF-8.
 */
export async function readLexiconFiles(folder: string): Promise<LexiconFileLine[]> {
  const lines: LexiconFileLine[] = [];
  for (const path of await lexiconPaths(folder)) {
    const file = relative(folder, path).split(sep).join('/');
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new PermanentError('lexicon-encoding', `lexicon file ${file} is not UTF-8; save it as UTF-8`);
    }
    text.split(/\r?\n/).forEach((line, index) => {
      lines.push({ where: `${file}:${index + 1}`, line });
    });
  }
  return lines;
}

async function lexiconPaths(folder: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(folder, { recursive: true });
  } catch (error) {
    throw new PermanentError(
      'lexicon-missing',
      `lexicon folder ${folder} cannot be read: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
  const paths = names.filter((name) => name.endsWith('.jsonl')).sort();
  if (paths.length === 0) {
    throw new PermanentError('lexicon-missing', `lexicon folder ${folder} holds no .jsonl file`);
  }
  return paths.map((name) => join(folder, name));
}

export interface WatchOptions {
  readonly folder: string;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Time between two looks at the files, ms; default 2 000. */
  readonly intervalMs?: number;
  /**
   * Given all lines when some file changed. Checks them in full and puts the new lexicon in the old one's place,
   * or throws and leaves the old one where it is.
   */
  readonly onChange: (lines: readonly LexiconFileLine[]) => void;
  /** Told once of each state of the files that could not be read or that `onChange` refused. */
  readonly onFault: (fault: { kind: string; message: string }) => void;
}

/**
 * Watches the lexicon files until `signal` is aborted, by looking at names, sizes and times: that works over any
 * file system and through editors that replace files, where change events do not. What was on the disk when
 * `since` was read is taken as known; pass the result of {@link lexiconState} from before the first reading.
 */
export async function watchLexicon(options: WatchOptions, since: string): Promise<void> {
  const { folder, clock, signal, intervalMs = 2_000, onChange, onFault } = options;
  let known = since;
  while (!signal.aborted) {
    try {
      await clock.sleep(intervalMs, signal);
    } catch {
      return;
    }
    const state = await lexiconState(folder);
    if (state === known || signal.aborted) continue;
    try {
      const lines = await readLexiconFiles(folder);
      // A writer may still be at work: what was read counts once the files have stood still while it was read.
      if ((await lexiconState(folder)) !== state) continue;
      known = state;
      onChange(lines);
    } catch (error) {
      known = state;
      onFault({ kind: kindOf(error), message: messageOf(error) });
    }
  }
}

/** A hash over names, sizes and times of the lexicon files; `unreadable` where they cannot be listed. */
export async function lexiconState(folder: string): Promise<string> {
  try {
    const hash = createHash('sha256');
    for (const path of await lexiconPaths(folder)) {
      const { size, mtimeMs, ino } = await stat(path);
      hash.update(`${path}\0${size}\0${mtimeMs}\0${ino}\0`);
    }
    return hash.digest('hex');
  } catch {
    return 'unreadable';
  }
}
