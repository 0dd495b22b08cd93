/** Words (32 bits) of a key: a keyed hash of 16 bytes, so each word is evenly spread. */
export const KEY_WORDS = 4;

/** A growing set of keys in one typed array (open addressing, at most half full): 32 bytes a key and no objects. */
export interface KeySet {
  readonly size: number;
  /** Adds the key at `words[at .. at + 3]`; false when it was there. The key of four zeros is taken for absent. */
  add(words: Uint32Array, at: number): boolean;
  has(words: Uint32Array, at: number): boolean;
}

export function createKeySet(): KeySet {
  let slots = new Uint32Array(1024 * KEY_WORDS);
  let mask = 1023;
  let size = 0;

  /** Index of the slot that holds the key, else of the free slot where it belongs. */
  const find = (words: Uint32Array, at: number): number => {
    const a = words[at]!;
    const b = words[at + 1]!;
    const c = words[at + 2]!;
    const d = words[at + 3]!;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const i = slot * KEY_WORDS;
      const found = slots[i]! === a && slots[i + 1]! === b && slots[i + 2]! === c && slots[i + 3]! === d;
      if (found || isFree(i)) return i;
    }
  };
  const isFree = (i: number): boolean => (slots[i]! | slots[i + 1]! | slots[i + 2]! | slots[i + 3]!) === 0;

  const grow = (): void => {
    const old = slots;
    slots = new Uint32Array(old.length * 2);
    mask = mask * 2 + 1;
    for (let i = 0; i < old.length; i += KEY_WORDS) {
      if ((old[i]! | old[i + 1]! | old[i + 2]! | old[i + 3]!) !== 0) {
        slots.set(old.subarray(i, i + KEY_WORDS), find(old, i));
      }
    }
  };

  return {
    get size() {
      return size;
    },
    add(words, at) {
      const i = find(words, at);
      if (!isFree(i)) return false;
      for (let word = 0; word < KEY_WORDS; word += 1) slots[i + word] = words[at + word]!;
      size += 1;
      if (size * 2 > mask) grow();
      return true;
    },
    has: (words, at) => !isFree(find(words, at)),
  };
}

const LINE_WORDS = 16;
const BITS_PER_KEY = 12;

/**
 * An empty Bloom filter for `keys` keys: 12 bits a key, each key's bits within one line of 64 bytes, so that asking
 * touches memory once; about 1 in 150 answers for an absent key is a false yes.
 */
export function createFilter(keys: number): Uint32Array {
  return new Uint32Array(Math.ceil((keys * BITS_PER_KEY) / 512) * LINE_WORDS);
}

export function addToFilter(filter: Uint32Array, words: Uint32Array, at: number): void {
  const line = lineOf(filter, words[at]!);
  for (let word = 1; word < KEY_WORDS; word += 1) {
    const bits = words[at + word]!;
    for (let shift = 0; shift < 27; shift += 9) {
      const bit = (bits >>> shift) & 511;
      filter[line + (bit >>> 5)]! |= 1 << (bit & 31);
    }
  }
}

/** False only when the key was never added. */
export function mayHold(filter: Uint32Array, words: Uint32Array, at: number): boolean {
  const line = lineOf(filter, words[at]!);
  for (let word = 1; word < KEY_WORDS; word += 1) {
    const bits = words[at + word]!;
    for (let shift = 0; shift < 27; shift += 9) {
      const bit = (bits >>> shift) & 511;
      if ((filter[line + (bit >>> 5)]! & (1 << (bit & 31))) === 0) return false;
    }
  }
  return true;
}

function lineOf(filter: Uint32Array, word: number): number {
  return Math.floor((word * (filter.length / LINE_WORDS)) / 4_294_967_296) * LINE_WORDS;
}
