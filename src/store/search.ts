import type { Db } from './sqlite.js';

/** Words of fewer characters are not searched for: the index holds groups of three. */
export const LEAST_CHARS = 3;
export interface TextIndex {
  /** Takes at most `limit` further texts in, in one transaction; how many were left waiting after it. */
  index(limit: number): { readonly indexed: number; readonly waiting: number };
}

/**
 * The writing side of the search in texts (search-reading.ts reads it): trigrams without their positions, a fifth of the
 * work and a third of the size of an index with them. Texts are taken into it apart from landing, many in a transaction.
 */
export function createTextIndex(db: Db): TextIndex {
  const indexedTo = db.prepare<[], number>('SELECT indexed_to FROM search_state').pluck();
  const lastOf = db
    .prepare<[number, number], number | null>(
      'SELECT max(id) FROM (SELECT id FROM posts WHERE id > ? ORDER BY id LIMIT ?)',
    )
    .pluck();
  const insert = db.prepare(
    'INSERT INTO post_texts (rowid, text) SELECT id, text FROM posts WHERE id > ? AND id <= ? ORDER BY id',
  );
  const setIndexed = db.prepare('UPDATE search_state SET indexed_to = ?');
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM posts').pluck();

  const index = db.transaction((limit: number) => {
    const from = indexedTo.get() ?? 0;
    const to = lastOf.get(from, limit) ?? from;
    const indexed = to > from ? insert.run(from, to).changes : 0;
    if (to > from) setIndexed.run(to);
    return { indexed, waiting: Math.max(0, (newest.get() ?? 0) - to) };
  });

  return {
    index: (limit) => index.immediate(limit),
  };
}
