/**
 * Which keys enough authors share: until then a key is known by hashes alone, those of the authors among them, and only
 * for a window. Bounded; what nobody else said for longest gives way.
 */

/** Keys that are watched at once: some 150 bytes each. */
const MOST_KEYS = 100_000;
/** Written down are keys of two authors and more, the newest; with ten authors each some 3 MB at the most. */
const MOST_WRITTEN = 50_000;

export class Sharing {
  readonly #enough: number;
  readonly #windowDays: number;
  /** By key: the day since the epoch on which it was first said, then its authors. */
  readonly #said = new Map<number, number[]>();
  #isChanged = false;

  /** @param enough distinct authors; @param windowDays how long a hash is kept, at least 1 */
  constructor(enough: number, windowDays: number) {
    this.#enough = enough;
    this.#windowDays = windowDays;
  }

  /** True when something was noted since {@link written}. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** Notes that somebody said it; true once it was said by enough. */
  add(key: number, author: number, day: number): boolean {
    const known = this.#said.get(key);
    if (known === undefined || day - known[0]! >= this.#windowDays || known[0]! - day >= this.#windowDays) {
      if (known === undefined && this.#said.size >= MOST_KEYS) this.#forgetSome();
      this.#said.delete(key);
      this.#said.set(key, [day, author]);
      this.#isChanged = true;
      return this.#enough <= 1;
    }
    if (known.length > this.#enough) return true;
    if (known.includes(author, 1)) return false;
    known.push(author);
    // What is said again goes to the end of the line.
    this.#said.delete(key);
    this.#said.set(key, known);
    this.#isChanged = true;
    return known.length > this.#enough;
  }

  /** A key that has its text by now is watched no longer. */
  drop(key: number): void {
    this.#said.delete(key);
  }

  #forgetSome(): void {
    let left = MOST_KEYS / 10;
    for (const key of this.#said.keys()) {
      this.#said.delete(key);
      if (--left === 0) return;
    }
  }

  /** All that is kept, as words: key's two halves, day, how many authors, and these. */
  written(): Uint32Array {
    this.#isChanged = false;
    let today = 0;
    for (const [day] of this.#said.values()) today = Math.max(today, day!);
    const entries = [...this.#said].filter(
      ([, said]) => said.length > 2 && today - said[0]! < this.#windowDays,
    );
    const kept = entries.slice(Math.max(0, entries.length - MOST_WRITTEN));
    const words = new Uint32Array(kept.reduce((sum, [, said]) => sum + said.length + 3, 0));
    let at = 0;
    for (const [key, [day, ...authors]] of kept) {
      words.set([Math.floor(key / 2 ** 32), key % 2 ** 32, day!, authors.length, ...authors], at);
      at += authors.length + 4;
    }
    return words;
  }

  /** Takes in what {@link written} wrote. */
  restore(words: Uint32Array): void {
    for (let at = 0; at + 4 <= words.length; ) {
      const authors = words[at + 3]!;
      const key = words[at]! * 2 ** 32 + words[at + 1]!;
      this.#said.set(key, [words[at + 2]!, ...words.subarray(at + 4, at + 4 + authors)]);
      at += authors + 4;
    }
  }
}
