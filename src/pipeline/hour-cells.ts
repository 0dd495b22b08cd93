import type { HourCounts } from '../core/trend-ports.js';
import { KeyTable } from './key-table.js';

/** Posts in the lower part of a count, flagged ones in the upper. */
const FLAGGED = 2 ** 26;
/** Posts of a key told apart when the rarest are left out; what has more is kept in any case. */
const MOST_RANKS = 4_096;
/** Keys counted at once, 24 to 48 bytes each: an hour of a hundred thousand posts has fewer words. */
const MOST_KEYS = 60_000;

/**
 * Posts of the keys of one kind in one hour, in bounded space: with more keys than {@link MOST_KEYS} the rarer half is left
 * out, and how many posts a key may have lost by that is said (lossy counting, Manku and Motwani 2002).
 */
export class HourCells {
  #cells = new KeyTable();
  #cut = 0;
  readonly #most: number;

  /** @param counts what was kept of the hour before; @param most keys counted at once */
  constructor(counts?: HourCounts, most = MOST_KEYS) {
    this.#most = most;
    if (counts === undefined) return;
    const { keys, posts, flagged, cut } = counts;
    this.#cut = cut;
    for (let i = 0; i < keys.length; i++) this.#cells.set(keys[i]!, posts[i]! + flagged[i]! * FLAGGED);
  }

  get size(): number {
    return this.#cells.size;
  }

  /** Counts a post; `named` has the keys that have a text, which stay before others of as many posts. */
  add(key: number, isFlagged: boolean, named: Pick<KeyTable, 'has'>): void {
    this.#cells.add(key, isFlagged ? 1 + FLAGGED : 1);
    if (this.#cells.size <= this.#most) return;
    const { kept, cut } = this.#mostOf(this.#most / 2, named);
    const left = new KeyTable();
    for (const each of kept) left.set(each, this.#cells.get(each)!);
    this.#cells = left;
    // What comes again may have been left out before.
    this.#cut += cut;
  }

  /** The keys with the most posts, so many, those that have a text before others of as many posts. */
  counts(most: number, named: Pick<KeyTable, 'has'>): HourCounts {
    const { kept, cut } = this.size > most ? this.#mostOf(most, named) : { kept: this.#keys(), cut: 0 };
    const keys = Uint32Array.from(kept).sort();
    const posts = new Uint32Array(keys.length);
    const flagged = new Uint32Array(keys.length);
    for (let i = 0; i < keys.length; i++) {
      const n = this.#cells.get(keys[i]!)!;
      posts[i] = n % FLAGGED;
      flagged[i] = Math.floor(n / FLAGGED);
    }
    return { keys, posts, flagged, cut: Math.max(cut, this.#cut) };
  }

  #keys(): number[] {
    const keys: number[] = [];
    this.#cells.forEach((key) => void keys.push(key));
    return keys;
  }

  /** By counting how many keys have how many posts, which takes no sorting of all. */
  #mostOf(most: number, named: Pick<KeyTable, 'has'>): { readonly kept: number[]; readonly cut: number } {
    const having = new Uint32Array(MOST_RANKS);
    this.#cells.forEach((_, n) => {
      having[Math.min(n % FLAGGED, MOST_RANKS - 1)]!++;
    });
    let cut = MOST_RANKS - 1;
    for (let above = 0; cut > 0 && above + having[cut]! <= most; cut--) above += having[cut]!;
    const kept: number[] = [];
    const even: number[] = [];
    this.#cells.forEach((key, n) => {
      const posts = Math.min(n % FLAGGED, MOST_RANKS - 1);
      if (posts > cut) kept.push(key);
      else if (posts === cut) even.push(key);
    });
    // Numbers alone are sorted many times as fast as by a comparison, and there are tens of thousands.
    const withText = Uint32Array.from(even.filter((key) => named.has(key))).sort();
    const others = Uint32Array.from(even.filter((key) => !named.has(key))).sort();
    const left = most - kept.length;
    return {
      kept: [
        ...kept,
        ...withText.subarray(0, left),
        ...others.subarray(0, Math.max(0, left - withText.length)),
      ],
      cut,
    };
  }
}
