import { hexAt, ID_AT, PRINT_WORDS, TIME_AT } from '../core/print.js';

const FIRST = 1024;

/** Wordings by number, rising from 0: the post that each began with, and what it is part of; some 200 bytes each. */
export class WordingRows {
  /** Rows of the posts that they began with. */
  words = new Uint32Array(FIRST * PRINT_WORDS);
  /** Story of a wording: the number of an older one, in the end itself. */
  parent = new Int32Array(FIRST);
  /** What a wording tells, in nats, when it came. */
  nats = new Float64Array(FIRST);
  /** When its newest post was made, seconds since the epoch. */
  last = new Uint32Array(FIRST);
  size = 0;

  /** Takes the post at `at`; its number. Its parent and nats are the caller's to set. */
  put(words: Uint32Array, at: number): number {
    if (this.size === this.parent.length) this.#grow();
    const index = this.size++;
    const row = index * PRINT_WORDS;
    for (let i = 0; i < PRINT_WORDS; i++) this.words[row + i] = words[at + i]!;
    this.last[index] = words[at + TIME_AT]!;
    return index;
  }

  /** A post of the wording was made at `time`. */
  seen(index: number, time: number): void {
    if (this.last[index]! < time) this.last[index] = time;
  }

  /** The keyed hash of the id of the post that a wording began with, hex. */
  idOf(index: number): string {
    return hexAt(this.words, index * PRINT_WORDS + ID_AT);
  }

  #grow(): void {
    const size = this.parent.length * 2;
    this.words = grown(this.words, new Uint32Array(size * PRINT_WORDS));
    this.parent = grown(this.parent, new Int32Array(size));
    this.nats = grown(this.nats, new Float64Array(size));
    this.last = grown(this.last, new Uint32Array(size));
  }
}

/** `to`, a longer one, with what `from` holds. */
export function grown<T extends Int32Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
