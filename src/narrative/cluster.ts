import { SIGNATURE_WORDS } from '../core/print.js';
import { mix, similarity } from './fingerprint.js';
import { grown } from './wording-rows.js';

/** Signatures that agree in fewer bins are no near-copies: measured on tweets, what lies above is one text retold. */
const NEAR = 0.4;
/** Signatures compared with one, at most: copies of one text share a bucket and are one entry, so more is an attack. */
const MOST_COMPARED = 256;
const FIRST_SLOTS = 1 << 12;
/** By band, of the signature that is looked for: the first entry of its chain, that entry's key, and the one behind it. */
const begins = new Int32Array(SIGNATURE_WORDS);
const keys = new Uint32Array(SIGNATURE_WORDS);
const nexts = new Int32Array(SIGNATURE_WORDS);

/**
 * Finds signatures near one another (locality-sensitive hashing, 16 bands of 4 bins). Chains in typed arrays: some 200
 * bytes an entry, no objects.
 */
export class NearIndex {
  #signatures = new Uint32Array(1024 * SIGNATURE_WORDS);
  /** By band and entry, the entry before it in the same slot, counted from 1. */
  #next = new Int32Array(1024 * SIGNATURE_WORDS);
  #heads = new Int32Array(FIRST_SLOTS * SIGNATURE_WORDS);
  #slots = FIRST_SLOTS;
  #compared = new Int32Array(1024);
  #round = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Takes an entry of another index over. */
  addFrom(other: NearIndex, entry: number): number {
    return this.add(other.#signatures, entry * SIGNATURE_WORDS);
  }

  /** Takes the signature at `at`; its number, rising from 0. */
  add(words: Uint32Array, at: number): number {
    if (this.#size === this.#compared.length) this.#grow();
    const entry = this.#size++;
    const own = entry * SIGNATURE_WORDS;
    for (let band = 0; band < SIGNATURE_WORDS; band++) this.#signatures[own + band] = words[at + band]!;
    this.#link(entry);
    return entry;
  }

  /**
   * The entry most like the signature, the first of equals; -1 where none is near. {@link nearest} says how near.
   */
  find(words: Uint32Array, at: number): number {
    const round = ++this.#round;
    const [signatures, next] = [this.#signatures, this.#next];
    this.#begin(words, at);
    let best = -1;
    let most = NEAR;
    let compared = 0;
    for (let band = 0; band < SIGNATURE_WORDS; band++) {
      const key = words[at + band]!;
      let entry = begins[band]!;
      let isKey = keys[band] === key;
      let after = nexts[band]!;
      while (entry >= 0 && compared < MOST_COMPARED) {
        if (isKey && this.#compared[entry] !== round) {
          this.#compared[entry] = round;
          compared++;
          const near = similarity(words, at, signatures, entry * SIGNATURE_WORDS);
          if (near > most || (near === most && best > entry)) {
            most = near;
            best = entry;
          }
        }
        entry = after;
        if (entry < 0) break;
        const place = entry * SIGNATURE_WORDS + band;
        isKey = signatures[place] === key;
        after = next[place]! - 1;
      }
    }
    this.nearest = best < 0 ? 0 : most;
    return best;
  }

  /**
   * Looks up where the chains of all bands begin, all at once and before any is followed: what they hold lies all over memory,
   * and a processor fetches what does not depend on one another at the same time.
   */
  #begin(words: Uint32Array, at: number): void {
    const [heads, signatures, next, slots] = [this.#heads, this.#signatures, this.#next, this.#slots];
    for (let band = 0; band < SIGNATURE_WORDS; band++) {
      begins[band] = heads[band * slots + (mix(words[at + band]!) & (slots - 1))]! - 1;
    }
    for (let band = 0; band < SIGNATURE_WORDS; band++) {
      // Of an empty chain the first entry is looked at, and told apart by its begin.
      const place = Math.max(begins[band]!, 0) * SIGNATURE_WORDS + band;
      keys[band] = signatures[place]!;
      nexts[band] = next[place]! - 1;
    }
  }

  /** Similarity of what {@link find} last found. */
  nearest = 0;

  /** Every bit of the key counts: bands of common words agree in three bins of four far more often than in all. */
  #slotOf(key: number): number {
    return mix(key) & (this.#slots - 1);
  }

  #link(entry: number): void {
    const own = entry * SIGNATURE_WORDS;
    for (let band = 0; band < SIGNATURE_WORDS; band++) {
      const slot = band * this.#slots + this.#slotOf(this.#signatures[own + band]!);
      this.#next[own + band] = this.#heads[slot]!;
      this.#heads[slot] = entry + 1;
    }
  }

  #grow(): void {
    const size = this.#compared.length * 2;
    this.#compared = grown(this.#compared, new Int32Array(size));
    this.#signatures = grown(this.#signatures, new Uint32Array(size * SIGNATURE_WORDS));
    this.#next = grown(this.#next, new Int32Array(size * SIGNATURE_WORDS));
    if (size <= this.#slots) return;
    this.#slots *= 2;
    this.#heads = new Int32Array(this.#slots * SIGNATURE_WORDS);
    for (let entry = 0; entry < this.#size; entry++) this.#link(entry);
  }
}
