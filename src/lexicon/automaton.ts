/**
 * Aho-Corasick over whole words, as a double array.
 *
 * Every pattern begins at the start of a word and ends at the end of one, and that is built into the machine
 * instead of being checked afterwards: a suffix that begins inside a word is no suffix here, so a word that no
 * pattern begins with leaves the machine dead until the next boundary, which is where most of a post is spent.
 * Outputs are looked at only where a word ends.
 *
 * A state is a cell of four 32-bit integers (base, check, fail, output), so that a step reads one line of cache,
 * and 60,000 forms need a few megabytes where a table of states by symbols would need forty.
 */

const ROOT = 0;
const DEAD = -1;

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
  /** base, check, fail, output of each cell. */
  readonly cells: Int32Array;
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
  let tail = 1;
  for (let head = 0; head < tail; head++) {
    const cell = queueCell[head]!;
    const depth = queueDepth[head]!;
    const to = queueTo[head]!;
    let from = queueFrom[head]!;
    const failed = table.cells[cell * 4 + 2]!;
    let output = failed === DEAD ? 0 : table.cells[failed * 4 + 3]!;
    if (from < to && lengths[order[from]!] === depth) {
      const pattern = order[from++]!;
      shorter[pattern] = output;
      output = pattern + 1;
    }
    table.cells[cell * 4 + 3] = output;
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
      table.cells[child * 4 + 2] = failOf(table.cells, cell, childSymbol[i]!);
      queueCell[tail] = child;
      queueFrom[tail] = childFrom[i]!;
      queueTo[tail] = childFrom[i + 1]!;
      queueDepth[tail++] = depth + 1;
    }
  }
  const cells = table.finish();
  return {
    cells,
    lengths,
    shorter,
    patternCount: count,
    stateCount: tail,
    bytes: cells.byteLength + lengths.byteLength + shorter.byteLength,
  };
}

/** The state of the longest proper suffix, beginning at a word's start, of `parent` followed by `symbol`. */
function failOf(cells: Int32Array, parent: number, symbol: number): number {
  for (let state = cells[parent * 4 + 2]!; state !== DEAD; state = cells[state * 4 + 2]!) {
    const child = cells[state * 4]! + symbol;
    if (cells[child * 4 + 1] === state) return child;
  }
  return symbol >= FIRST_BOUNDARY ? startOfWord(cells, symbol, parent) : DEAD;
}

/** After a boundary a word may start: the root, or the root's child for `#` (unless that is the state itself). */
function startOfWord(cells: Int32Array, symbol: number, parent: number): number {
  if (parent === ROOT) return ROOT;
  const child = cells[0]! + symbol;
  return cells[child * 4 + 1] === ROOT ? child : ROOT;
}

/**
 * Reports every occurrence of every pattern that begins and ends at word boundaries, in the order of their ends,
 * longest first among those of one end. Linear in the text; allocates only when `into` must grow.
 */
export function scan(automaton: Automaton, text: string, into: Matches): void {
  const cells = automaton.cells;
  const shorter = automaton.shorter;
  const length = text.length;
  let state = ROOT;
  into.count = 0;
  for (let i = 0; i <= length; i++) {
    const code = i < length ? text.charCodeAt(i) : 10;
    const symbol = code < 128 ? SYMBOLS[code]! : wideSymbol(code);
    if (symbol < FIRST_BOUNDARY) {
      while (state !== DEAD) {
        const next = cells[state << 2]! + symbol;
        if (cells[(next << 2) + 1] === state) {
          state = next;
          break;
        }
        state = cells[(state << 2) + 2]!;
      }
      continue;
    }
    if (state === DEAD) {
      state = ROOT;
    } else {
      for (let found = cells[(state << 2) + 3]!; found !== 0; found = shorter[found - 1]!) {
        push(into, found - 1, i);
      }
    }
    if (symbol === BREAK) {
      state = ROOT;
      continue;
    }
    for (;;) {
      const next = cells[state << 2]! + symbol;
      if (cells[(next << 2) + 1] === state) {
        state = next;
        break;
      }
      if (state === ROOT) break;
      state = cells[(state << 2) + 2]!;
      if (state === DEAD) state = ROOT;
    }
  }
}

function push(into: Matches, pattern: number, end: number): void {
  if (into.count === into.pattern.length) {
    const patterns = new Int32Array(into.count * 2);
    const ends = new Int32Array(into.count * 2);
    patterns.set(into.pattern);
    ends.set(into.end);
    into.pattern = patterns;
    into.end = ends;
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

/** Places a trie's states so that a child stands at its parent's base plus its symbol. */
class CellTable {
  cells: Int32Array;
  /** Neighbours in the ring of free cells; cell 0 is the root and, as it is never free, the ring's knot. */
  private next: Int32Array;
  private previous: Int32Array;
  private size: number;
  private highest = 0;

  constructor(states: number) {
    this.size = Math.ceil(states * 1.15) + 2 * BREAK;
    this.cells = new Int32Array(this.size * 4).fill(DEAD);
    this.next = new Int32Array(this.size);
    this.previous = new Int32Array(this.size);
    for (let i = 0; i < this.size; i++) {
      this.next[i] = i + 1;
      this.previous[i] = i - 1;
    }
    this.next[this.size - 1] = 0;
    this.previous[0] = this.size - 1;
    this.cells[0] = 0;
    this.cells[3] = 0;
  }

  /** Finds room for `count` children of `parent`, marks it taken and returns the base. */
  place(parent: number, symbols: Int32Array, count: number): number {
    const base = this.room(symbols, count);
    this.cells[parent * 4] = base;
    for (let i = 0; i < count; i++) {
      const cell = base + symbols[i]!;
      this.next[this.previous[cell]!] = this.next[cell]!;
      this.previous[this.next[cell]!] = this.previous[cell]!;
      this.cells[cell * 4] = 0;
      this.cells[cell * 4 + 1] = parent;
      if (cell > this.highest) this.highest = cell;
    }
    return base;
  }

  private room(symbols: Int32Array, count: number): number {
    const first = symbols[0]!;
    // Looking long for a place for a broad state costs more than the few cells that it would save.
    let tries = 48;
    for (let cell = this.next[0]!; cell !== 0 && tries > 0; cell = this.next[cell]!) {
      const base = cell - first;
      if (base < 0 || base + BREAK >= this.size) continue;
      if (this.fits(base, symbols, count)) return base;
      tries--;
    }
    const base = this.highest + 1;
    if (base + BREAK >= this.size) this.grow();
    return base;
  }

  private fits(base: number, symbols: Int32Array, count: number): boolean {
    for (let i = 1; i < count; i++) {
      if (this.cells[(base + symbols[i]!) * 4 + 1] !== DEAD) return false;
    }
    return true;
  }

  private grow(): void {
    const size = Math.ceil(this.size * 1.5) + BREAK;
    const cells = new Int32Array(size * 4).fill(DEAD);
    cells.set(this.cells);
    const next = new Int32Array(size);
    next.set(this.next);
    const previous = new Int32Array(size);
    previous.set(this.previous);
    for (let i = this.size; i < size; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    const last = previous[0]!;
    next[last] = this.size;
    previous[this.size] = last;
    next[size - 1] = 0;
    previous[0] = size - 1;
    this.cells = cells;
    this.next = next;
    this.previous = previous;
    this.size = size;
  }

  /** The table cut to what is used, with room for any symbol after any base. */
  finish(): Int32Array {
    return this.cells.slice(0, (this.highest + BREAK + 1) * 4);
  }
}
