import { AUTHOR_AT, LINK_TERM, MOST_TERMS, TERMS_AT, TIME_AT } from '../core/print.js';
import type { Spread } from './coordination.js';

const MOST_SAMPLE = 256;
const FIRST_POSTS = 8;
/** Time, author, wording and link of a post. */
const COLUMNS = 4;

/** The latest posts of a story, 256 at most, for coordination.ts: 16 bytes a post, never on the disk. */
export class Sample {
  #rows = new Uint32Array(FIRST_POSTS * COLUMNS);
  #added = 0;

  /** Posts at hand. */
  get size(): number {
    return Math.min(this.#added, MOST_SAMPLE);
  }

  /** @param wording first half of the id of the post that its wording began with */
  add(words: Uint32Array, at: number, wording: number): void {
    const row = (this.#added % MOST_SAMPLE) * COLUMNS;
    if (row === this.#rows.length) {
      const rows = new Uint32Array(Math.min(this.#rows.length * 2, MOST_SAMPLE * COLUMNS));
      rows.set(this.#rows);
      this.#rows = rows;
    }
    this.#added++;
    this.#rows[row] = words[at + TIME_AT]!;
    this.#rows[row + 1] = words[at + AUTHOR_AT]!;
    this.#rows[row + 2] = wording;
    this.#rows[row + 3] = linkOf(words, at);
  }

  spread(): Spread {
    const column = (n: number): number[] =>
      Array.from({ length: this.size }, (_, i) => this.#rows[i * COLUMNS + n]!);
    return { at: column(0), authors: column(1), wordings: column(2), links: column(3) };
  }
}

/** The post's first link, 0 where there is none. */
function linkOf(words: Uint32Array, at: number): number {
  for (let i = at + TERMS_AT; i < at + TERMS_AT + MOST_TERMS; i++) {
    if (words[i] !== 0 && (words[i]! & 3) === LINK_TERM) return words[i]!;
  }
  return 0;
}
