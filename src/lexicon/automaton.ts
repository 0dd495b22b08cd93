/**
 * Aho-Corasick over whole words, as a double array.
 *
 * Every pattern begins at the start of a word and ends at the end of one, and that is built into the machine
 * instead of being checked afterwards: a suffix that begins inside a word is no suffix here, so a word that no
 * pattern begins with leaves the machine dead until the next boundary, which is where most of a post is spent.
 * Outputs are looked at only where a word ends.
 *
 * A state is a cell; its child by a symbol stands `base + symbol` cells on and carries that symbol. Base and symbol
 * share one integer, so that a step is one read, and 60,000 forms need a few megabytes where a table of states by
 * symbols would need forty. No two states have the same base, which makes the symbol proof enough of the parent.
 */

import { BASE_SHIFT, CellTable, grown, HAS_FAIL, HAS_OUTPUT, SYMBOL_MASK } from './double-array.js';
import { BREAK, FIRST_BOUNDARY, HASH, OTHER_WORD, SPACE, SYMBOLS, wideSymbol } from './symbols.js';
import { plantTrie } from './trie.js';

export const ROOT = 0;
export const DEAD = -1;

/** What a scan found; reused between scans, valid until the next one. */
export interface Matches {
  count: number;
  /** Index of the pattern, per match. */
  pattern: Int32Array;
  /** Offset after the last character, per match; ends never fall. */
  end: Int32Array;
}

/** A place for matches, grown as needed. */
export function createMatches(capacity = 256): Matches {
  return { count: 0, pattern: new Int32Array(capacity), end: new Int32Array(capacity) };
}

/** A built machine. Immutable; any number of scans may use it. */
export interface Automaton {
  /** Of each cell: base of its children, marks and its own symbol; 0 for none. */
  readonly cells: Int32Array;
  /** Of each cell: the state of its longest suffix that begins at a word's start; -1 for none. */
  readonly fails: Int32Array;
  /** Of each cell: the longest pattern that ends here, plus one; 0 for none. */
  readonly outputs: Int32Array;
  /** Length in UTF-16 units of each pattern. */
  readonly lengths: Int32Array;
  /** For each pattern: the next shorter pattern that ends where it ends, plus one; 0 for none. */
  readonly shorter: Int32Array;
  /** Bits by the hash of a word: 0 where no pattern begins with such a word. */
  readonly beginnings: Int32Array;
  readonly patternCount: number;
  readonly stateCount: number;
  /** Bytes held by its tables. */
  readonly bytes: number;
}

/** True when `pattern` can be held: words of `a-z 0-9 _` joined by single spaces or hyphens, perhaps led by `#`. */
export function isPattern(pattern: string): boolean {
  let before = SPACE;
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i);
    const symbol = code < 128 ? SYMBOLS[code]! : OTHER_WORD;
    if (symbol === OTHER_WORD || symbol === BREAK) return false;
    if (symbol === HASH ? before !== SPACE : symbol >= FIRST_BOUNDARY && before >= FIRST_BOUNDARY)
      return false;
    before = symbol;
  }
  return before < FIRST_BOUNDARY;
}

/**
 * Builds the machine. `patterns` are distinct; a match reports the pattern's index in this array.
 * @throws RangeError for an empty or repeated pattern, or one that {@link isPattern} refuses.
 */
export function buildAutomaton(patterns: readonly string[]): Automaton {
  const refused = patterns.find((pattern) => !isPattern(pattern));
  if (refused !== undefined) throw new RangeError(`no pattern: ${JSON.stringify(refused)}`);
  const trie = plantTrie(patterns);
  const count = patterns.length;
  const table = new CellTable(trie.nodeCount);
  const shorter = new Int32Array(count);
  // Breadth first, so that the states all texts pass through lie together, and failure links point at finished ones.
  const queueCell = new Int32Array(trie.nodeCount);
  const queueNode = new Int32Array(trie.nodeCount);
  const childSymbol = new Int32Array(BREAK);
  table.fails[ROOT] = DEAD;
  let tail = 1;
  for (let head = 0; head < tail; head++) {
    const cell = queueCell[head]!;
    const node = queueNode[head]!;
    const fail = table.fails[cell]!;
    let output = fail === DEAD ? 0 : table.outputs[fail]!;
    const own = trie.pattern[node]!;
    if (own !== 0) {
      shorter[own - 1] = output;
      output = own;
    }
    table.outputs[cell] = output;
    table.cells[cell]! |= (fail === DEAD ? 0 : HAS_FAIL) | (output === 0 ? 0 : HAS_OUTPUT);
    let children = 0;
    for (let child = trie.child[node]!; child !== 0; child = trie.sibling[child]!) {
      childSymbol[children++] = trie.symbol[child]!;
      queueNode[tail + children - 1] = child;
    }
    if (children === 0) continue;
    const base = table.place(cell, childSymbol, children);
    for (let i = 0; i < children; i++) {
      const child = base + childSymbol[i]!;
      table.fails[child] = failOf(table, cell, childSymbol[i]!);
      queueCell[tail++] = child;
    }
  }
  const { cells, fails, outputs } = table.finish();
  const beginnings = beginningsOf(patterns);
  return {
    cells,
    fails,
    outputs,
    beginnings,
    lengths: Int32Array.from(patterns, (pattern) => pattern.length),
    shorter,
    patternCount: count,
    stateCount: tail,
    bytes: [cells, fails, outputs, shorter, beginnings].reduce(
      (sum, table) => sum + table.byteLength,
      count * 4,
    ),
  };
}

/** Bits held for each word that begins a pattern: about one strange word in ten is looked at in vain. */
const BITS_A_WORD = 8;
const FEWEST_BITS = 1 << 10;

function beginningsOf(patterns: readonly string[]): Int32Array {
  const hashes = new Set<number>();
  for (const pattern of patterns) {
    let hash = 0;
    for (let i = 0; i < pattern.length; i++) {
      const symbol = SYMBOLS[pattern.charCodeAt(i)]!;
      if (symbol >= FIRST_BOUNDARY) break;
      hash = hashed(hash, symbol);
    }
    hashes.add(hash);
  }
  let bits = FEWEST_BITS;
  while (bits < hashes.size * BITS_A_WORD) bits *= 2;
  const beginnings = new Int32Array(bits >>> 5);
  for (const hash of hashes) {
    const bit = bitOf(hash) & (bits - 1);
    beginnings[bit >>> 5]! |= 1 << (bit & 31);
  }
  return beginnings;
}

function hashed(hash: number, symbol: number): number {
  return (Math.imul(hash, 0x2f) + symbol) | 0;
}

function bitOf(hash: number): number {
  const mixed = Math.imul(hash, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** The state's child by this symbol, or {@link DEAD}. */
export function childOf(cells: Int32Array, state: number, symbol: number): number {
  const child = (cells[state]! >>> BASE_SHIFT) + symbol;
  return (cells[child]! & SYMBOL_MASK) === symbol ? child : DEAD;
}

/** The state of the longest proper suffix, beginning at a word's start, of `parent` followed by `symbol`. */
function failOf({ cells, fails }: CellTable, parent: number, symbol: number): number {
  for (let state = fails[parent]!; state !== DEAD; state = fails[state]!) {
    const child = childOf(cells, state, symbol);
    if (child !== DEAD) return child;
  }
  if (symbol < FIRST_BOUNDARY) return DEAD;
  // After a boundary a word may start: at the root, or at the root's child for `#`.
  const child = parent === ROOT ? DEAD : childOf(cells, ROOT, symbol);
  return child === DEAD ? ROOT : child;
}

/**
 * Reports every occurrence of every pattern that begins and ends at word boundaries, in the order of their ends,
 * longest first among those of one end. Linear in the text; allocates only when `into` must grow.
 */
export function scan(automaton: Automaton, text: string, into: Matches): void {
  const { cells, fails, outputs, shorter, beginnings } = automaton;
  const length = text.length;
  const bits = beginnings.length * 32 - 1;
  let state = ROOT;
  let cell = cells[ROOT]!;
  let i = 0;
  into.count = 0;
  for (;;) {
    let symbol = BREAK;
    if (state === ROOT) {
      // Most words begin no pattern: their hash says so at the cost of one look, whatever their letters.
      let hash = 0;
      let end = i;
      for (; end < length; end++) {
        const code = text.charCodeAt(end);
        symbol = code < 128 ? SYMBOLS[code]! : wideSymbol(code);
        if (symbol >= FIRST_BOUNDARY) break;
        hash = hashed(hash, symbol);
      }
      const bit = bitOf(hash) & bits;
      if ((beginnings[bit >>> 5]! & (1 << (bit & 31))) === 0) {
        i = end;
        state = DEAD;
      }
    }
    for (; state !== DEAD && i < length; i++) {
      const code = text.charCodeAt(i);
      symbol = code < 128 ? SYMBOLS[code]! : wideSymbol(code);
      if (symbol >= FIRST_BOUNDARY) break;
      let next = (cell >>> BASE_SHIFT) + symbol;
      let nextCell = cells[next]!;
      while ((nextCell & SYMBOL_MASK) !== symbol) {
        state = (cell & HAS_FAIL) === 0 ? DEAD : fails[state]!;
        if (state === DEAD) break;
        cell = cells[state]!;
        next = (cell >>> BASE_SHIFT) + symbol;
        nextCell = cells[next]!;
      }
      if (state === DEAD) {
        // No pattern goes on here: to the end of the word.
        for (i++; i < length; i++) {
          const code = text.charCodeAt(i);
          symbol = code < 128 ? SYMBOLS[code]! : wideSymbol(code);
          if (symbol >= FIRST_BOUNDARY) break;
        }
        break;
      }
      state = next;
      cell = nextCell;
    }
    if (state !== DEAD && (cell & HAS_OUTPUT) !== 0) {
      for (let found = outputs[state]!; found !== 0; found = shorter[found - 1]!) push(into, found - 1, i);
    }
    if (i >= length) return;
    i++;
    if (state === DEAD || symbol === BREAK) {
      state = ROOT;
      cell = cells[ROOT]!;
      if (symbol !== HASH) continue;
    }
    for (;;) {
      const next = (cell >>> BASE_SHIFT) + symbol;
      const nextCell = cells[next]!;
      if ((nextCell & SYMBOL_MASK) === symbol) {
        state = next;
        cell = nextCell;
        break;
      }
      if (state === ROOT) break;
      state = (cell & HAS_FAIL) === 0 ? ROOT : fails[state]!;
      cell = cells[state]!;
    }
  }
}

/** Adds a match to those of a scan. */
export function push(into: Matches, pattern: number, end: number): void {
  if (into.count === into.pattern.length) {
    into.pattern = grown(into.pattern, into.count * 2);
    into.end = grown(into.end, into.count * 2);
  }
  into.pattern[into.count] = pattern;
  into.end[into.count++] = end;
}
