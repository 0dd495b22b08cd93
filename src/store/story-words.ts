import type { Db } from './sqlite.js';

/** Words of a story that only flagged posts have; callers hold the transaction and map errors. */
export interface FlaggedWords {
  /** Terms of the flagged posts that a story has now. */
  standing(story: string): Set<number>;
  /** Takes out those that stand in none of these any longer, unless enough authors share them; returns them. */
  takeOut(story: string, standing: ReadonlySet<number>): readonly number[];
}

export function flaggedWords(db: Db): FlaggedWords {
  const words = db
    .prepare<[string], number>('SELECT key FROM narrative_words WHERE story = ? AND shared = 0')
    .pluck();
  const terms = db.prepare<[string], Buffer>('SELECT terms FROM narrative_items WHERE story = ?').pluck();
  const drop = db.prepare('DELETE FROM narrative_words WHERE story = ? AND key = ?');
  return {
    standing(story) {
      const standing = new Set<number>();
      for (const blob of terms.all(story)) for (const term of wordsOf(blob)) standing.add(term);
      return standing;
    },
    takeOut(story, standing) {
      const gone = words.all(story).filter((term) => !standing.has(term));
      for (const term of gone) drop.run(story, term);
      return gone;
    },
  };
}

/** A blob as words of this machine (little-endian wherever Node runs). */
export function wordsOf(bytes: Buffer): Uint32Array {
  const words = new Uint32Array(bytes.length >>> 2);
  Buffer.from(words.buffer).set(bytes.subarray(0, words.byteLength));
  return words;
}
