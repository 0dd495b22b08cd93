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
  return {
    put(row, excerpt) {
      if (kept.size >= MOST) {
        for (const first of kept.keys()) {
          kept.delete(first);
          break;
        }
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
