/** Words kept at most; then all are forgotten. */
const MOST_WORDS = 1 << 15;
const SLOTS = MOST_WORDS * 2;
/** Hash, check and value of a slot stand side by side. */
const WIDTH = 3;

/**
 * Remembers a number by the two hashes of a word, in one piece of memory. Two words of the same 64 bits would be taken
 * for one; among a stream's words there are none.
 */
export class WordMemo {
  readonly #slots = new Int32Array(SLOTS * WIDTH);
  #kept = 0;

  /** The number remembered, from 1 on; 0 where there is none. */
  find(hash: number, check: number): number {
    const slots = this.#slots;
    let at = slotOf(hash);
    for (;;) {
      const value = slots[at + 2]!;
      if (value === 0 || (slots[at] === hash && slots[at + 1] === check)) return value;
      at += WIDTH;
      if (at === slots.length) at = 0;
    }
  }

  /** True where nothing more is taken until all is forgotten. */
  get full(): boolean {
    return this.#kept >= MOST_WORDS;
  }

  forget(): void {
    this.#slots.fill(0);
    this.#kept = 0;
  }

  /** Remembers `value`, from 1 on, for hashes that are not there yet. */
  put(hash: number, check: number, value: number): void {
    const slots = this.#slots;
    let at = slotOf(hash);
    while (slots[at + 2] !== 0) {
      at += WIDTH;
      if (at === slots.length) at = 0;
    }
    slots[at] = hash;
    slots[at + 1] = check;
    slots[at + 2] = value;
    this.#kept++;
  }
}

function slotOf(hash: number): number {
  return ((hash ^ (hash >>> 16)) & (SLOTS - 1)) * WIDTH;
}
