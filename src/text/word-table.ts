/** FNV-1a over UTF-16 units: the hash under which {@link WordTable} keeps its words. */
export const HASH_START = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/** Hash of the units `start`..`end`. */
export function hashUnits(chars: Uint16Array, start: number, end: number): number {
  let hash = HASH_START;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ chars[i]!, HASH_PRIME);
  return hash;
}

/** Words in an open-addressing table over typed arrays, looked up by their units without making a string. */
export class WordTable {
  readonly #mask: number;
  /** Hash, offset in the pool and length by slot; length 0 is an empty slot. */
  readonly #hashes: Int32Array;
  readonly #offsets: Int32Array;
  readonly #lengths: Uint8Array;
  readonly #ids: Int32Array;
  readonly #pool: Uint16Array;

  /** `words` of 1 to 255 units; a word's id is its place, the first where it stands twice. */
  constructor(words: readonly string[]) {
    let size = 16;
    while (size < words.length * 2.5) size *= 2;
    this.#mask = size - 1;
    this.#hashes = new Int32Array(size);
    this.#offsets = new Int32Array(size);
    this.#lengths = new Uint8Array(size);
    this.#ids = new Int32Array(size);
    this.#pool = new Uint16Array(words.reduce((sum, word) => sum + word.length, 0));
    let at = 0;
    for (let id = 0; id < words.length; id++) {
      const word = words[id]!;
      if (word.length === 0 || word.length > 255) throw new RangeError(`word of ${word.length} units`);
      for (let i = 0; i < word.length; i++) this.#pool[at + i] = word.charCodeAt(i);
      const hash = hashUnits(this.#pool, at, at + word.length);
      if (this.find(this.#pool, at, at + word.length, hash) >= 0) continue;
      let slot = (hash ^ (hash >>> 15)) & this.#mask;
      while (this.#lengths[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#hashes[slot] = hash;
      this.#offsets[slot] = at;
      this.#lengths[slot] = word.length;
      this.#ids[slot] = id;
      at += word.length;
    }
  }

  /** Id of the word in `chars` from `start` to `end`, whose hash is `hash`; -1 where it is not in the table. */
  find(chars: Uint16Array, start: number, end: number, hash: number): number {
    const hashes = this.#hashes;
    const lengths = this.#lengths;
    const mask = this.#mask;
    const length = end - start;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (lengths[slot] !== 0) {
      if (hashes[slot] === hash && lengths[slot] === length) {
        const pool = this.#pool;
        const offset = this.#offsets[slot]! - start;
        let i = start;
        while (i < end && chars[i] === pool[offset + i]) i++;
        if (i === end) return this.#ids[slot]!;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }
}
