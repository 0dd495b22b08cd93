/**
 * Which keys enough authors share: until then a key is known by hashes alone, those of the authors among them, and only
 * for a window. Bounded; what nobody else said for longest gives way.
 */

/** Keys that are watched at once: some 45 bytes each, and as much again of those that two authors said. */
const MOST_KEYS = 100_000;
/** Written down are keys of two authors and more, the newest; with ten authors each some 3 MB at the most. */
const MOST_WRITTEN = 50_000;
const FIRST_ROWS = 1 << 10;
const NONE = -1;

/**
 * Rows of numbers in a line, the one said longest ago first, found by a table of slots: a Map of lists made an object for
 * each word that anybody ever said, most of which nobody says again.
 */
export class Sharing {
  readonly #enough: number;
  readonly #windowDays: number;
  readonly #most: number;
  /** By row: the key's two halves, the day since the epoch on which it was first said, and who said it then. */
  #high = new Uint32Array(FIRST_ROWS);
  #low = new Uint32Array(FIRST_ROWS);
  #day = new Int32Array(FIRST_ROWS);
  #author = new Uint32Array(FIRST_ROWS);
  /** By row, where several said it: all its authors. */
  readonly #authors = new Map<number, number[]>();
  /** The line: by row its neighbours. */
  #before = new Int32Array(FIRST_ROWS);
  #after = new Int32Array(FIRST_ROWS);
  #first = NONE;
  #last = NONE;
  /** Rows, counted from 1, by their key; at most half of the slots hold one. */
  #slots = new Int32Array(FIRST_ROWS * 2);
  #bits = Math.log2(FIRST_ROWS * 2);
  /** Rows that are free again, in a line of their own. */
  #free = NONE;
  #used = 0;
  #size = 0;
  #isChanged = false;

  /** @param enough distinct authors; @param windowDays how long a hash is kept, at least 1; @param most keys watched at once */
  constructor(enough: number, windowDays: number, most = MOST_KEYS) {
    this.#enough = enough;
    this.#windowDays = windowDays;
    this.#most = most;
  }

  /** True when something was noted since {@link written}. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** Notes that somebody said it; true once it was said by enough. */
  add(kind: number, key: number, author: number, day: number): boolean {
    const row = this.#rowOf(kind, key);
    if (row === NONE || Math.abs(day - this.#day[row]!) >= this.#windowDays) {
      if (row !== NONE) this.#drop(row);
      else if (this.#size >= this.#most) this.#forgetSome();
      this.#put(kind, key, day, author);
      this.#isChanged = true;
      return this.#enough <= 1;
    }
    const authors = this.#authors.get(row);
    const count = authors?.length ?? 1;
    if (count >= this.#enough) return true;
    if (authors === undefined) {
      if (this.#author[row] === author) return false;
      this.#authors.set(row, [this.#author[row]!, author]);
    } else {
      if (authors.includes(author)) return false;
      authors.push(author);
    }
    // What is said again goes to the end of the line.
    this.#unlink(row);
    this.#link(row);
    this.#isChanged = true;
    return count + 1 >= this.#enough;
  }

  /** A key that has its text by now is watched no longer. */
  drop(kind: number, key: number): void {
    const row = this.#rowOf(kind, key);
    if (row !== NONE) this.#drop(row);
  }

  #forgetSome(): void {
    for (let left = Math.max(1, Math.floor(this.#most / 10)); left > 0 && this.#first !== NONE; left--) {
      this.#drop(this.#first);
    }
  }

  /** All that is kept, as words: key's two halves, day, how many authors, and these. */
  written(): Uint32Array {
    this.#isChanged = false;
    let today = 0;
    for (let row = this.#first; row !== NONE; row = this.#after[row]!)
      today = Math.max(today, this.#day[row]!);
    const kept: number[] = [];
    let length = 0;
    // From the end of the line: the newest.
    for (let row = this.#last; row !== NONE && kept.length < MOST_WRITTEN; row = this.#before[row]!) {
      const authors = this.#authors.get(row);
      if (authors === undefined || today - this.#day[row]! >= this.#windowDays) continue;
      kept.push(row);
      length += 4 + authors.length;
    }
    const words = new Uint32Array(length);
    let at = 0;
    for (const row of kept.reverse()) {
      const authors = this.#authors.get(row) ?? [];
      words.set([this.#high[row]!, this.#low[row]!, this.#day[row]!, authors.length, ...authors], at);
      at += 4 + authors.length;
    }
    return words;
  }

  /** Takes in what {@link written} wrote. */
  restore(words: Uint32Array): void {
    for (let at = 0; at + 4 <= words.length; ) {
      const [kind, key, day, authors] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];
      this.drop(kind, key);
      const row = this.#put(kind, key, day, words[at + 4] ?? 0);
      if (authors > 1) this.#authors.set(row, [...words.subarray(at + 4, at + 4 + authors)]);
      at += authors + 4;
    }
  }

  /** A new row at the end of the line. */
  #put(kind: number, key: number, day: number, author: number): number {
    let row = this.#free;
    if (row === NONE) {
      if (this.#used === this.#low.length) this.#grow();
      row = this.#used++;
    } else this.#free = this.#after[row]!;
    this.#high[row] = kind;
    this.#low[row] = key;
    this.#day[row] = day;
    this.#author[row] = author;
    this.#slots[this.#slotOf(kind, key)] = row + 1;
    this.#size++;
    this.#link(row);
    return row;
  }

  #drop(row: number): void {
    this.#unlink(row);
    this.#authors.delete(row);
    this.#empty(this.#slotOf(this.#high[row]!, this.#low[row]!));
    this.#after[row] = this.#free;
    this.#free = row;
    this.#size--;
  }

  #link(row: number): void {
    this.#before[row] = this.#last;
    this.#after[row] = NONE;
    if (this.#last === NONE) this.#first = row;
    else this.#after[this.#last] = row;
    this.#last = row;
  }

  #unlink(row: number): void {
    const [before, after] = [this.#before[row]!, this.#after[row]!];
    if (before === NONE) this.#first = after;
    else this.#after[before] = after;
    if (after === NONE) this.#last = before;
    else this.#before[after] = before;
  }

  #rowOf(kind: number, key: number): number {
    return this.#slots[this.#slotOf(kind, key)]! - 1;
  }

  #begin(kind: number, key: number): number {
    return Math.imul(key ^ Math.imul(kind, 0x85ebca6b), 0x9e3779b1) >>> (32 - this.#bits);
  }

  /** The slot that holds the key, else the free one where it belongs. */
  #slotOf(kind: number, key: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#begin(kind, key);
    for (let row = this.#slots[slot]! - 1; row >= 0; row = this.#slots[slot]! - 1) {
      if (this.#low[row] === key && this.#high[row] === kind) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Empties a slot, and moves up what stands behind it because of it (Knuth, The Art of Computer Programming 3, 6.4 R). */
  #empty(slot: number): void {
    const mask = this.#slots.length - 1;
    let hole = slot;
    for (let next = (hole + 1) & mask; this.#slots[next] !== 0; next = (next + 1) & mask) {
      const row = this.#slots[next]! - 1;
      const home = this.#begin(this.#high[row]!, this.#low[row]!);
      // It stays where its own begin lies between the hole and itself.
      if (((next - home) & mask) < ((next - hole) & mask)) continue;
      this.#slots[hole] = row + 1;
      hole = next;
    }
    this.#slots[hole] = 0;
  }

  #grow(): void {
    const rows = this.#low.length * 2;
    const longer = <T extends Uint32Array | Int32Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#high = longer(new Uint32Array(rows), this.#high);
    this.#low = longer(new Uint32Array(rows), this.#low);
    this.#day = longer(new Int32Array(rows), this.#day);
    this.#author = longer(new Uint32Array(rows), this.#author);
    this.#before = longer(new Int32Array(rows), this.#before);
    this.#after = longer(new Int32Array(rows), this.#after);
    this.#slots = new Int32Array(rows * 2);
    this.#bits++;
    for (let row = this.#first; row !== NONE; row = this.#after[row]!) {
      this.#slots[this.#slotOf(this.#high[row]!, this.#low[row]!)] = row + 1;
    }
  }
}
