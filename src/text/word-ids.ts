/**
 * Words by number, so that what is known of a word is worked out once and then read from a row: a few thousand words make
 * up almost any text.
 */

/** Ids are below this: the rows that a user of ids needs at most. */
export const MOST_WORD_IDS = 32_768;
/** The id of a word that there was no more room for; what is known of it is not kept. */
export const NO_ID = 0;

/** A text begins with room for so many new words. */
const ROOM_FOR_A_TEXT = 4_096;
const SLOT_BITS = 16;
const SLOT_MASK = (1 << SLOT_BITS) - 1;

/** Where the two hashes of a word begin, and their factors: FNV-1a, and a second one beside it. */
export const FIRST_SEED = 0x811c9dc5 | 0;
export const FIRST_FACTOR = 0x01000193;
export const SECOND_FACTOR = 0x5bd1e995;

/**
 * Numbers words as they come, by two hashes: two words with the same pair are expected once in 10^19. Bounded (650 kB):
 * when it is full, it begins anew between two texts, and whoever keeps rows by id has to begin anew with it.
 */
export class WordIds {
  /** By slot: the first hash of a word and its id, 0 for an empty slot. */
  readonly #slots = new Int32Array(2 << SLOT_BITS);
  /** By id: the second hash. */
  readonly #seconds = new Int32Array(MOST_WORD_IDS);
  #next = NO_ID + 1;
  #era = 1;

  /** Changes when ids begin anew: ids and what is known by them hold for one era. */
  get era(): number {
    return this.#era;
  }

  /** Makes room for a text. To be called before the first of its words is given an id. */
  beginText(): void {
    if (this.#next <= MOST_WORD_IDS - ROOM_FOR_A_TEXT) return;
    this.#slots.fill(0);
    this.#next = NO_ID + 1;
    this.#era += 1;
  }

  /** The id of the word with these hashes, or {@link NO_ID}. */
  idOf(first: number, second: number): number {
    const slots = this.#slots;
    const seconds = this.#seconds;
    let slot = Math.imul(first, 0x9e3779b1) >>> (32 - SLOT_BITS);
    for (;;) {
      const id = slots[slot * 2 + 1]!;
      if (id === 0) break;
      if (slots[slot * 2] === first && seconds[id] === second) return id;
      slot = (slot + 1) & SLOT_MASK;
    }
    if (this.#next === MOST_WORD_IDS) return NO_ID;
    const id = this.#next++;
    slots[slot * 2] = first;
    slots[slot * 2 + 1] = id;
    seconds[id] = second;
    return id;
  }
}

/** Words of canonical texts, as the tokens of a text name them (tokenise.ts). */
export const CANONICAL_WORDS = new WordIds();

/** What is known of words of canonical texts, kept by id for an era. */
export class WordMemo<T> {
  readonly #work: (word: string) => T;
  #kept: (T | undefined)[] = [];
  #era = 0;

  /** @param work what is known of a word; the same for every text it stands in */
  constructor(work: (word: string) => T) {
    this.#work = work;
  }

  /** What is known of the word `text[start, end)` with this id. */
  of(id: number, text: string, start: number, end: number): T {
    if (this.#era !== CANONICAL_WORDS.era) {
      this.#kept = new Array<T | undefined>(MOST_WORD_IDS).fill(undefined);
      this.#era = CANONICAL_WORDS.era;
    }
    const known = this.#kept[id];
    if (known !== undefined) return known;
    const found = this.#work(text.slice(start, end));
    if (id !== NO_ID) this.#kept[id] = found;
    return found;
  }
}
