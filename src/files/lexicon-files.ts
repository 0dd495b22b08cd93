import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { kindOf, messageOf, PermanentError } from '../core/errors.js';
import { type WatchTimes, watchFiles } from './file-watch.js';

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

export interface WatchOptions extends WatchTimes {
  readonly folder: string;
  /**
   * Given all lines when some file changed. Checks them in full and puts the new lexicon in the old one's place,
   * or throws and leaves the old one where it is.
   */
  readonly onChange: (lines: readonly LexiconFileLine[]) => void;
  /** Told once of each state of the files that could not be read or that `onChange` refused. */
  readonly onFault: (fault: { kind: string; message: string }) => void;
}

/**
 * Watches the lexicon files until `signal` is aborted; pass as `since` the {@link lexiconState} from before the first
 * reading.
 */
export function watchLexicon(options: WatchOptions, since: string): Promise<void> {
  const { folder, onFault } = options;
  return watchFiles(
    {
      ...options,
      state: () => lexiconState(folder),
      read: () => readLexiconFiles(folder),
      onFault: (error) => onFault({ kind: kindOf(error), message: messageOf(error) }),
    },
    since,
  );
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
