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

const ROOT = 0;
const DEAD = -1;
/** A cell's integer: six bits of symbol, two marks that spare a look at the other tables, then the base. */
const SYMBOL_MASK = 63;
const HAS_FAIL = 64;
const HAS_OUTPUT = 128;
const BASE_SHIFT = 8;
const MOST_CELLS = 1 << (31 - BASE_SHIFT);
const MOST_MISSES = 24;

/** Symbols: letters 1..26, digits 27..36, `_` 37; then what only texts hold; boundaries come last. */
const OTHER_WORD = 38;
const SPACE = 39;
const HYPHEN = 40;
const HASH = 41;
/** Any other boundary (punctuation, line break): no pattern reaches over it. */
const BREAK = 42;
const FIRST_BOUNDARY = SPACE;

const SYMBOLS = new Uint8Array(128).fill(BREAK);
for (let i = 0; i < 26; i++) SYMBOLS[97 + i] = 1 + i;
// Canonical text is lower-case; capitals are kept apart from boundaries in case one ever slips through.
for (let i = 0; i < 26; i++) SYMBOLS[65 + i] = OTHER_WORD;
for (let i = 0; i < 10; i++) SYMBOLS[48 + i] = 27 + i;
SYMBOLS[95] = 37;
SYMBOLS[64] = OTHER_WORD; // `@user` must never match a term `user`
SYMBOLS[32] = SPACE;
SYMBOLS[45] = HYPHEN;
SYMBOLS[35] = HASH;

/** Symbol of a character beyond ASCII: general and CJK punctuation part words, all else belongs to a word. */
function wideSymbol(code: number): number {
  return code === 0xa0 || (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f)
    ? BREAK
    : OTHER_WORD;
}

/** True where a word may start or end between this character and a letter. */
export function isBoundary(code: number): boolean {
  return (code < 128 ? SYMBOLS[code]! : wideSymbol(code)) >= FIRST_BOUNDARY;
}

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
  const order = sortedOrder(patterns);
  const count = patterns.length;
  const lengths = new Int32Array(count);
  let capacity = 1;
  for (let i = 0; i < count; i++) {
    const pattern = patterns[i]!;
    if (!isPattern(pattern)) throw new RangeError(`no pattern: ${JSON.stringify(pattern)}`);
    lengths[i] = pattern.length;
  }
  for (let i = 0; i < count; i++) {
    // States that this pattern adds: what it does not share with its neighbour.
    const pattern = patterns[order[i]!]!;
    const shared = i === 0 ? 0 : sharedPrefix(patterns[order[i - 1]!]!, pattern);
    if (i > 0 && shared === pattern.length)
      throw new RangeError(`repeated pattern: ${JSON.stringify(pattern)}`);
    capacity += pattern.length - shared;
  }

  const table = new CellTable(capacity);
  const shorter = new Int32Array(count);
  // Breadth first, so that the states all texts pass through lie together, and failure links point at finished ones.
  const queueCell = new Int32Array(capacity);
  const queueFrom = new Int32Array(capacity);
  const queueTo = new Int32Array(capacity);
  const queueDepth = new Uint16Array(capacity);
  const childSymbol = new Int32Array(BREAK);
  const childFrom = new Int32Array(BREAK + 1);
  queueTo[0] = count;
  table.fails[ROOT] = DEAD;
  let tail = 1;
  for (let head = 0; head < tail; head++) {
    const cell = queueCell[head]!;
    const depth = queueDepth[head]!;
    const to = queueTo[head]!;
    let from = queueFrom[head]!;
    const fail = table.fails[cell]!;
    let output = fail === DEAD ? 0 : table.outputs[fail]!;
    if (from < to && lengths[order[from]!] === depth) {
      const pattern = order[from++]!;
      shorter[pattern] = output;
      output = pattern + 1;
    }
    table.outputs[cell] = output;
    table.cells[cell]! |= (fail === DEAD ? 0 : HAS_FAIL) | (output === 0 ? 0 : HAS_OUTPUT);
    let children = 0;
    let last = -1;
    for (let i = from; i < to; i++) {
      const symbol = SYMBOLS[patterns[order[i]!]!.charCodeAt(depth)]!;
      if (symbol !== last) {
        childSymbol[children] = symbol;
        childFrom[children++] = i;
        last = symbol;
      }
    }
    if (children === 0) continue;
    childFrom[children] = to;
    const base = table.place(cell, childSymbol, children);
    for (let i = 0; i < children; i++) {
      const child = base + childSymbol[i]!;
      table.fails[child] = failOf(table, cell, childSymbol[i]!);
      queueCell[tail] = child;
      queueFrom[tail] = childFrom[i]!;
      queueTo[tail] = childFrom[i + 1]!;
      queueDepth[tail++] = depth + 1;
    }
  }
  const { cells, fails, outputs } = table.finish();
  return {
    cells,
    fails,
    outputs,
    lengths,
    shorter,
    patternCount: count,
    stateCount: tail,
    bytes: [cells, fails, outputs, lengths, shorter].reduce((sum, table) => sum + table.byteLength, 0),
  };
}

/** The state's child by this symbol, or {@link DEAD}. */
function childOf(cells: Int32Array, state: number, symbol: number): number {
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
  const { cells, fails, outputs, shorter } = automaton;
  const length = text.length;
  let state = ROOT;
  let cell = cells[ROOT]!;
  let i = 0;
  into.count = 0;
  for (;;) {
    let symbol = BREAK;
    for (; i < length; i++) {
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

function push(into: Matches, pattern: number, end: number): void {
  if (into.count === into.pattern.length) {
    into.pattern = grown(into.pattern, into.count * 2);
    into.end = grown(into.end, into.count * 2);
  }
  into.pattern[into.count] = pattern;
  into.end[into.count++] = end;
}

/** Indices of `patterns` in code-unit order. */
function sortedOrder(patterns: readonly string[]): Int32Array {
  const index = new Map<string, number>();
  for (let i = 0; i < patterns.length; i++) index.set(patterns[i]!, i);
  const sorted = patterns.slice().sort();
  return Int32Array.from(sorted, (pattern) => index.get(pattern)!);
}

function sharedPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let i = 0;
  while (i < most && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}

function grown<T extends Int32Array | Uint8Array>(table: T, size: number): T {
  const result = new (table.constructor as new (size: number) => T)(size);
  result.set(table);
  return result;
}

/** Places a trie's states so that a child stands at its parent's base plus its symbol. */
class CellTable {
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
  finish(): Pick<Automaton, 'cells' | 'fails' | 'outputs'> {
    const end = this.highest + BREAK + 1;
    return {
      cells: this.cells.slice(0, end),
      fails: this.fails.slice(0, end),
      outputs: this.outputs.slice(0, end),
    };
  }
}
