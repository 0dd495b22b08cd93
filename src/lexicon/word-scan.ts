/**
 * The scan of automaton.ts over texts whose words have ids (text/word-ids.ts): where a word leads from the start is
 * worked out once and then known by its id, so that hardly a letter is looked at. Few words go on with what was begun
 * before them, and those that do not mostly show it by their first letter.
 */
import { type Tokens, wordIdsOf } from '../text/tokenise.js';
import { CANONICAL_WORDS, MOST_WORD_IDS, NO_ID } from '../text/word-ids.js';
import { type Automaton, childOf, DEAD, type Matches, push, ROOT } from './automaton.js';
import { HAS_FAIL, HAS_OUTPUT } from './double-array.js';
import { BREAK, FIRST_BOUNDARY, HASH, HYPHEN, SPACE, symbolAt } from './symbols.js';

/** Finds what `scan` finds in a text, with the text's tokens. */
export type WordScan = (text: string, tokens: Tokens, into: Matches) => void;

/** Not states: a word that was not read yet, and a token of several words (`orang-orang`), which is read each time. */
const UNREAD = -2;
const SEVERAL = -3;

const HASH_UNIT = 35;

/** A scan of one machine's patterns. Keeps 128 kB. One owner at a time. */
export function createWordScan(automaton: Automaton): WordScan {
  const { cells, fails, outputs, shorter } = automaton;
  /** By word id: the state behind the word from the start, {@link DEAD} where nothing can come of it. */
  const behind = new Int32Array(MOST_WORD_IDS);
  let era = 0;

  function read(text: string, start: number, end: number): number {
    for (let i = start; i < end; i++) if (symbolAt(text, i) >= FIRST_BOUNDARY) return SEVERAL;
    const state = descend(cells, ROOT, text, start, end);
    return state !== DEAD && leadsOn(cells, state) ? state : DEAD;
  }

  /** The state behind the word `start`..`end` where `state` stood before it and `fresh` is that from the start. */
  function goOn(state: number, text: string, start: number, end: number, fresh: number): number {
    for (let from = state; from !== ROOT; from = fails[from]!) {
      const next = descend(cells, from, text, start, end);
      if (next !== DEAD) return next;
    }
    return fresh;
  }

  /** The state behind a boundary. */
  function over(before: number, symbol: number): number {
    if (symbol === BREAK) return ROOT;
    let state = before === DEAD ? ROOT : before;
    for (;;) {
      const next = childOf(cells, state, symbol);
      if (next !== DEAD) return next;
      if (state === ROOT) return ROOT;
      state = (cells[state]! & HAS_FAIL) === 0 ? ROOT : fails[state]!;
    }
  }

  function report(state: number, end: number, into: Matches): void {
    if (state === DEAD || (cells[state]! & HAS_OUTPUT) === 0) return;
    for (let found = outputs[state]!; found !== 0; found = shorter[found - 1]!) push(into, found - 1, end);
  }

  /** The state behind a token of several words, or one beside which letters stand that no token is made of. */
  function walk(before: number, text: string, start: number, end: number, into: Matches): number {
    let state = before;
    let from = start;
    for (let i = start; i <= end; i++) {
      const symbol = i < text.length ? symbolAt(text, i) : BREAK;
      if (symbol < FIRST_BOUNDARY && i < end) continue;
      // A word that goes on behind the token, or began before it, is another word.
      const whole = symbol >= FIRST_BOUNDARY && (from === 0 || symbolAt(text, from - 1) >= FIRST_BOUNDARY);
      state = whole ? goOn(state, text, from, i, descend(cells, ROOT, text, from, i)) : DEAD;
      report(state, i, into);
      if (i === end) break;
      state = over(state, symbol);
      from = i + 1;
    }
    return state;
  }

  return (text, tokens, into) => {
    const { count, start, end } = tokens;
    const ids = wordIdsOf(text, tokens);
    if (era !== CANONICAL_WORDS.era) {
      era = CANONICAL_WORDS.era;
      behind.fill(UNREAD);
    }
    into.count = 0;
    let state = DEAD;
    let before = 0;
    for (let t = 0; t < count; t++) {
      const from = start[t]!;
      const to = end[t]!;
      if (state === DEAD) state = text.charCodeAt(from - 1) === HASH_UNIT ? over(ROOT, HASH) : ROOT;
      else for (let i = before; i < from; i++) state = over(state, symbolAt(text, i));
      const id = ids[t]!;
      let fresh = behind[id]!;
      if (fresh === UNREAD) {
        fresh = read(text, from, to);
        if (id !== NO_ID) behind[id] = fresh;
      }
      if (state === ROOT && fresh === DEAD) state = DEAD;
      else if (fresh === SEVERAL || !isApart(text, from, to)) state = walk(state, text, from, to, into);
      else {
        state = state === ROOT ? fresh : goOn(state, text, from, to, fresh);
        report(state, to, into);
      }
      before = to;
    }
  };
}

/** The state behind the word `start`..`end` where it goes on from `state` without a detour; else {@link DEAD}. */
function descend(cells: Int32Array, state: number, text: string, start: number, end: number): number {
  let at = state;
  for (let i = start; i < end && at !== DEAD; i++) at = childOf(cells, at, symbolAt(text, i));
  return at;
}

/** Is the word behind which the machine is in this state a pattern, or the beginning of a longer one? */
function leadsOn(cells: Int32Array, state: number): boolean {
  return (
    (cells[state]! & HAS_OUTPUT) !== 0 ||
    childOf(cells, state, SPACE) !== DEAD ||
    childOf(cells, state, HYPHEN) !== DEAD
  );
}

/** Do boundaries stand on both sides? A letter that no token is made of (a lone `@`) makes it another word. */
function isApart(text: string, start: number, end: number): boolean {
  return (
    (start === 0 || symbolAt(text, start - 1) >= FIRST_BOUNDARY) &&
    (end === text.length || symbolAt(text, end) >= FIRST_BOUNDARY)
  );
}
