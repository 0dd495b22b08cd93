import type { Excerpt } from '../core/batch.js';
import { linkHashOf } from './items.js';
import type { Sealer } from './seal.js';

/** Texts that may come to stand for a story, masked, until their hour is closed: in memory alone. */
export interface Excerpts {
  /** @param row hex of the id in the post's row */
  put(row: string, excerpt: Excerpt): void;
  /** With the keyed hash of the post's link, where it has one. */
  get(row: string): { readonly text: string; readonly link?: Uint8Array } | undefined;
  /** Forgets those of these posts, by the first half of their row's id. */
  forget(ids: ReadonlySet<number>): void;
}

/** Some 10 MB at the most; older ones give way. */
const MOST = 20_000;

export function createExcerpts(sealer: Sealer): Excerpts {
  const kept = new Map<string, Excerpt>();
  /** In turn: to ask a map for its oldest key takes the longer, the more were taken out before. */
  const rows = new Array<string | undefined>(MOST).fill(undefined);
  let next = 0;
  return {
    put(row, excerpt) {
      if (!kept.has(row)) {
        const oldest = rows[next];
        if (oldest !== undefined) kept.delete(oldest);
        rows[next] = row;
        next = (next + 1) % MOST;
      }
      kept.set(row, excerpt);
    },
    get(row) {
      const excerpt = kept.get(row);
      if (excerpt === undefined) return undefined;
      const link = linkHashOf(sealer, excerpt.url);
      return { text: excerpt.text, ...(link.length === 0 ? {} : { link }) };
    },
    forget(ids) {
      for (const row of kept.keys()) if (ids.has(Number.parseInt(row.slice(0, 8), 16))) kept.delete(row);
    },
  };
}
