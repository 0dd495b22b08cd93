import { BREAK } from './symbols.js';

/** How a trie's states lie in a double array; automaton.ts says what they mean. */

/** A cell's integer: six bits of symbol, two marks that spare a look at the other tables, then the base. */
export const SYMBOL_MASK = 63;
export const HAS_FAIL = 64;
export const HAS_OUTPUT = 128;
export const BASE_SHIFT = 8;
const MOST_CELLS = 1 << (31 - BASE_SHIFT);
/** Looks at a free cell in vain after which it is given up. */
const MOST_MISSES = 4;

/** A copy with room for `size` numbers. */
export function grown<T extends Int32Array | Uint8Array>(table: T, size: number): T {
  const result = new (table.constructor as new (size: number) => T)(size);
  result.set(table);
  return result;
}

/** Places a trie's states so that a child stands at its parent's base plus its symbol. */
export class CellTable {
  cells: Int32Array;
  fails: Int32Array;
  outputs: Int32Array;
  /** 1 where some state has this base. */
  private used: Uint8Array;
  /** How often each free cell was looked at in vain. */
  private misses: Uint8Array;
  /** Neighbours in the ring of free cells; cell 0 is the root and, as it is never free, the ring's knot. */
  private next: Int32Array;
  private previous: Int32Array;
  private size: number;
  private highest = BREAK;

  constructor(states: number) {
    this.size = Math.ceil(states * 1.1) + 4 * BREAK;
    this.cells = new Int32Array(this.size);
    this.fails = new Int32Array(this.size);
    this.outputs = new Int32Array(this.size);
    this.used = new Uint8Array(this.size);
    this.misses = new Uint8Array(this.size);
    this.next = new Int32Array(this.size);
    this.previous = new Int32Array(this.size);
    // Base 0 is that of a state without children, so the cells that it leads to stay empty.
    this.link(BREAK + 1, 0);
    this.used[0] = 1;
  }

  /** Adds the cells from `from` to the ring, after `last`. */
  private link(from: number, last: number): void {
    let before = last;
    for (let cell = from; cell < this.size; cell++) {
      this.previous[cell] = before;
      this.next[before] = cell;
      before = cell;
    }
    this.next[before] = 0;
    this.previous[0] = before;
  }

  private unlink(cell: number): void {
    this.next[this.previous[cell]!] = this.next[cell]!;
    this.previous[this.next[cell]!] = this.previous[cell]!;
  }

  /** Finds room for `count` children of `parent`, marks it taken and returns the base. */
  place(parent: number, symbols: Int32Array, count: number): number {
    const base = this.room(symbols, count);
    this.used[base] = 1;
    this.cells[parent]! |= base << BASE_SHIFT;
    for (let i = 0; i < count; i++) {
      const cell = base + symbols[i]!;
      if (this.misses[cell]! < MOST_MISSES) this.unlink(cell);
      this.cells[cell] = symbols[i]!;
      if (cell > this.highest) this.highest = cell;
    }
    return base;
  }

  private room(symbols: Int32Array, count: number): number {
    const first = symbols[0]!;
    let cell = this.next[0]!;
    while (cell !== 0) {
      const base = cell - first;
      if (base + BREAK >= this.size) break;
      if (this.used[base] === 0 && this.fits(base, symbols, count)) return base;
      const following = this.next[cell]!;
      // A cell that was often looked at in vain is given up: it costs more than it is worth.
      if (++this.misses[cell]! >= MOST_MISSES) this.unlink(cell);
      cell = following;
    }
    const base = this.highest + 1;
    if (base + BREAK >= this.size) this.grow();
    if (base >= MOST_CELLS) throw new RangeError(`too many forms: more than ${MOST_CELLS} states`);
    return base;
  }

  private fits(base: number, symbols: Int32Array, count: number): boolean {
    for (let i = 1; i < count; i++) if (this.cells[base + symbols[i]!] !== 0) return false;
    return true;
  }

  private grow(): void {
    const before = this.size;
    this.size = Math.ceil(before * 1.5) + BREAK;
    this.cells = grown(this.cells, this.size);
    this.fails = grown(this.fails, this.size);
    this.outputs = grown(this.outputs, this.size);
    this.next = grown(this.next, this.size);
    this.previous = grown(this.previous, this.size);
    this.used = grown(this.used, this.size);
    this.misses = grown(this.misses, this.size);
    this.link(before, this.previous[0]!);
  }

  /** The tables cut to what is used, with room for any symbol after any base. */
  finish(): { cells: Int32Array; fails: Int32Array; outputs: Int32Array } {
    const end = this.highest + BREAK + 1;
    return {
      cells: this.cells.slice(0, end),
      fails: this.fails.slice(0, end),
      outputs: this.outputs.slice(0, end),
    };
  }
}
