import { LEAST_CHARS } from './search.js';
import type { Db } from './sqlite.js';

/** Words of a search, and characters of all of them. */
const MOST_WORDS = 8;
const MOST_CHARS = 100;
/** Texts that landed a moment ago are looked through one by one, at most so many. */
const MOST_UNINDEXED = 5_000;

/** A search made ready. */
export interface TextSearch {
  /** True when every word stands in the text. */
  matches(text: string): boolean;
  /** Posts that may match, in no order; undefined where there are more than `most`. */
  candidates(most: number): readonly number[] | undefined;
  /** True where of the latest `sample` posts at least `common` may match. */
  isCommon(sample: number, common: number): boolean;
}

/** The reading side of the search in texts (search.ts): what the trigrams find is still to be looked at. */
export interface TextReader {
  /** Undefined where no word has three characters: such a search has no result. */
  search(text: string): TextSearch | undefined;
}

export function createTextReader(db: Db): TextReader {
  const match = db
    .prepare<[string, number], number>('SELECT rowid FROM post_texts WHERE post_texts MATCH ? LIMIT ?')
    .pluck();
  // From the newest on, which is read as it comes; from a place on would be read up to there.
  const nthNewest = db
    .prepare<[string, number], number>(
      'SELECT rowid FROM post_texts WHERE post_texts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?',
    )
    .pluck();
  const indexedTo = db.prepare<[], number>('SELECT indexed_to FROM search_state').pluck();
  const unindexed = db.prepare<[number, number], { id: number; text: string }>(
    'SELECT id, text FROM posts WHERE id > ? ORDER BY id LIMIT ?',
  );
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
        candidates(most) {
          const found = match.all(queryOf(long), most + 1);
          if (found.length > most) return undefined;
          const fresh = unindexed.all(indexedTo.get() ?? 0, MOST_UNINDEXED);
          return [...found, ...fresh.filter((post) => matches(post.text)).map(({ id }) => id)];
        },
        isCommon(sample, common) {
          const nth = nthNewest.get(queryOf(long), common - 1);
          return nth !== undefined && nth > (indexedTo.get() ?? 0) - sample;
        },
      };
    },
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
