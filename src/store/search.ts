import type { Db } from './sqlite.js';

/** Words of fewer characters are not searched for: the index holds groups of three. */
export const LEAST_CHARS = 3;
/** Words of a search, and characters of all of them. */
const MOST_WORDS = 8;
const MOST_CHARS = 100;
/** Above this many candidates the queue is walked in its own order instead. */
const MOST_CANDIDATES = 5_000;
/** Texts that landed a moment ago are looked through one by one, at most so many. */
const MOST_UNINDEXED = 5_000;

/** A search made ready. */
export interface TextSearch {
  /** True when every word stands in the text. */
  matches(text: string): boolean;
  /** Posts that may match, or undefined where they are too many to be named. */
  candidates(): readonly number[] | undefined;
}

export interface TextIndex {
  /** Undefined where no word has three characters: such a search has no result. */
  search(text: string): TextSearch | undefined;
  index(limit: number): { readonly indexed: number; readonly waiting: number };
}

/**
 * Search in texts by trigrams without their positions: a fifth of the work and a third of the size of an index with them;
 * what it finds is then read and looked at. Texts are taken into it apart from landing, many in a transaction.
 */
export function createTextIndex(db: Db): TextIndex {
  const match = db
    .prepare<[string, number], number>('SELECT rowid FROM post_texts WHERE post_texts MATCH ? LIMIT ?')
    .pluck();
  const indexedTo = db.prepare<[], number>('SELECT indexed_to FROM search_state').pluck();
  const unindexed = db.prepare<[number, number], { id: number; text: string }>(
    'SELECT id, text FROM posts WHERE id > ? ORDER BY id LIMIT ?',
  );
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
    search(text) {
      const words = [...new Set(fold(text.slice(0, MOST_CHARS)).split(/\s+/))].filter((word) => word !== '');
      const long = words.filter((word) => [...word].length >= LEAST_CHARS).slice(0, MOST_WORDS);
      if (long.length === 0) return undefined;
      const matches = (given: string): boolean => {
        const folded = fold(given);
        return words.every((word) => folded.includes(word));
      };
      return {
        matches,
        candidates() {
          const found = match.all(queryOf(long), MOST_CANDIDATES + 1);
          if (found.length > MOST_CANDIDATES) return undefined;
          const fresh = unindexed.all(indexedTo.get() ?? 0, MOST_UNINDEXED);
          return [...found, ...fresh.filter((post) => matches(post.text)).map(({ id }) => id)];
        },
      };
    },
    index: (limit) => index.immediate(limit),
  };
}

function fold(text: string): string {
  return text.toLowerCase();
}

/** Every trigram of every word, each quoted, so that nothing of it is read as the query language. */
function queryOf(words: readonly string[]): string {
  const trigrams = new Set<string>();
  for (const word of words) {
    const characters = [...word];
    for (let at = 0; at + LEAST_CHARS <= characters.length; at += 1) {
      trigrams.add(characters.slice(at, at + LEAST_CHARS).join(''));
    }
  }
  return [...trigrams].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}
