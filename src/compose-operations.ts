/** The room of operations' part of the composition root. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Machinery } from './pipeline/operations.js';

interface Parts extends Omit<Machinery, 'sizes' | 'sources' | 'setPaused'> {
  home(): string;
  /** The store's file. */
  storePath(): string;
  sourcesOf(): Pick<Machinery, 'setPaused'> & { views(now: number): ReturnType<Machinery['sources']> };
}

/** What the desk shows of the machinery beside it. */
export function machineryOf({ home, storePath, sourcesOf, ...parts }: Parts): Machinery {
  return {
    ...parts,
    sources: (now) => sourcesOf().views(now),
    setPaused: (source, paused) => sourcesOf().setPaused(source, paused),
    sizes: () => ({
      store: withJournals(storePath()),
      queue: withJournals(join(home(), 'queue.db')),
      rejects: folderBytes(join(home(), 'rejects')),
    }),
  };
}

/** A database's file with its write-ahead log. */
function withJournals(path: string): number {
  return bytesOf(path) + bytesOf(`${path}-wal`);
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function folderBytes(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + bytesOf(join(folder, name)), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
