/**
 * Second stage of the normaliser: words. Walks the folded units once; what is plain letters goes the short way
 * (one table lookup a word), everything else through {@link chunk}.
 */
import { chunk } from './chunk.js';
import {
  APOSTROPHE,
  BREAK,
  CLOSING,
  classOf,
  DIGIT,
  ENDS_WORD,
  HYPHEN,
  LETTER,
  NOTHING,
  OPENING,
  OTHER,
  POINT,
  QUOTE,
  SIGN,
  SPACE,
} from './classes.js';
import { joinApart } from './joining.js';
import { segment } from './segment.js';
import { plainWord, word } from './spelling.js';
import type { Stage } from './stage.js';
import { RULE } from './steps.js';
import { HASH_PRIME, HASH_START } from './word-table.js';
import type { Work } from './work.js';
import type { Writer } from './writer.js';

const SEGMENTABLE_UNITS = 600;

/** Writes the canonical text of the folded `stage`, which came from `text`. Repairs change the stage in place. */
export function writeCanonical(text: string, stage: Stage, writer: Writer, raw: boolean): void {
  const length = stage.length;
  // Reading a few units beyond the end finds spaces.
  stage.reserve(length + 8);
  const { chars } = stage;
  chars.fill(32, length, length + 8);
  writer.start(length + (length >> 1), raw);
  const work: Work = { text, stage, writer, segmentable: SEGMENTABLE_UNITS };
  /** Single letters before this point were looked at and stay apart. */
  let apartUntil = 0;
  let quoteOpen = false;
  let singles: Singles | undefined;
  let i = 0;
  while (i < length) {
    let c = chars[i]!;
    if (c >= 97 && c <= 122) {
      let hash = HASH_START;
      let end = i;
      let previous = 0;
      let doubled = false;
      do {
        if (c === previous) doubled = true;
        previous = c;
        hash = Math.imul(hash ^ c, HASH_PRIME);
        c = chars[++end]!;
      } while (c >= 97 && c <= 122);
      if (end > length) end = length;
      const kind = classOf(c);
      if (kind <= ENDS_WORD || end === length || (kind === POINT && !continues(chars, end))) {
        if (end - i === 1 && kind === SPACE && i >= apartUntil && isSingle(chars, i + 2, length)) {
          const joined = joinApart(stage, i, length, true);
          apartUntil = joined.rowEnd;
          if (joined.end > i) {
            wordsOf(work, i, joined.end);
            i = joined.rowEnd;
            continue;
          }
        }
        word(work, i, end, hash, doubled);
        i = end;
      } else if (kind === APOSTROPHE && classOf(chars[end + 1]!) !== LETTER) {
        word(work, i, end, hash, doubled);
        i = end;
      } else i = chunk(work, i, length);
      continue;
    }
    switch (classOf(c)) {
      case SPACE:
        writer.space(i, i + 1);
        i++;
        break;
      case BREAK:
        writer.lineBreak(i);
        quoteOpen = false;
        i++;
        break;
      case NOTHING:
        i++;
        break;
      case POINT:
        i = points(work, i, length);
        break;
      case QUOTE: {
        const opens = opensQuote(chars, i, quoteOpen);
        if (opens) writer.open(34, i, i + 1, 0);
        else writer.close(34, i, i + 1, 0);
        quoteOpen = opens;
        i++;
        break;
      }
      case OPENING:
        i = opening(work, i, length);
        break;
      case CLOSING:
        i = closing(work, i, length);
        break;
      case APOSTROPHE: {
        let end = i + 1;
        while (end < length && chars[end] === 39) end++;
        if (end - i === 2) {
          const opens = opensQuote(chars, i, quoteOpen, end);
          if (opens) writer.open(34, i, end, RULE.punctuation);
          else writer.close(34, i, end, RULE.punctuation);
          quoteOpen = opens;
        } else if (end - i === 1) {
          if (singles === undefined && Singles.mayOpen(chars, i)) singles = new Singles(chars, length);
          if (singles !== undefined) singles.take(work, i);
          else writer.space(i, end);
        } else writer.space(i, end);
        i = end;
        break;
      }
      case DIGIT:
      case OTHER:
      case SIGN: {
        if (i >= apartUntil && classOf(chars[i + 1]!) === SPACE && isSingle(chars, i + 2, length)) {
          const joined = joinApart(stage, i, length, true);
          apartUntil = joined.rowEnd;
          if (joined.end > i) {
            wordsOf(work, i, joined.end);
            i = joined.rowEnd;
            break;
          }
        }
        i = progress(work, i, chunk(work, i, length));
        break;
      }
      case HYPHEN:
        i = dash(work, i, length);
        break;
      default:
        i = progress(work, i, chunk(work, i, length));
    }
  }
}

function progress(work: Work, from: number, to: number): number {
  if (to > from) return to;
  work.writer.space(from, from + 1);
  return from + 1;
}

/** Does the word go on behind the point at `at`: `detik.com`, `kata,kata`, `https://`? */
function continues(chars: Uint16Array, at: number): boolean {
  const next = chars[at + 1]!;
  if (next === 47) return chars[at] === 58 && chars[at + 2] === 47;
  const kind = classOf(next);
  return kind === LETTER || kind === DIGIT || kind === OTHER || kind === SIGN;
}

/** Is `at` a letter or digit alone, with a space or the end behind it? */
function isSingle(chars: Uint16Array, at: number, length: number): boolean {
  if (at >= length) return false;
  const kind = classOf(chars[at]!);
  if (kind !== LETTER && kind !== DIGIT && kind !== SIGN) return false;
  return classOf(chars[at + 1]!) <= ENDS_WORD || classOf(chars[at + 1]!) === POINT;
}

/** A row of letters that were set apart: one word, or several run together. */
function wordsOf(work: Work, start: number, end: number): void {
  const { chars } = work.stage;
  let from = start;
  for (const to of segment(chars, start, end)) {
    if (from > start) work.writer.space(from - 1, from, RULE.joined);
    plainWord(work, from, to);
    from = to;
  }
}

/** A row of `. , ! ? ; :` is one mark: the strongest, or `..`; an emoticon is a space. */
function points(work: Work, start: number, length: number): number {
  const { chars } = work.stage;
  const face = emoticonEnd(chars, start);
  if (face > start) {
    work.writer.space(start, face);
    return face;
  }
  let end = start;
  let dots = 0;
  let mark = chars[start]!;
  while (end < length && classOf(chars[end]!) === POINT) {
    if (end > start && emoticonEnd(chars, end) > end) break;
    const c = chars[end]!;
    if (c === 46) dots++;
    if (c === 63 || (c === 33 && mark !== 63)) mark = c;
    end++;
  }
  if (
    end - start === 1 &&
    mark === 46 &&
    classOf(chars[start + 1]!) === LETTER &&
    start > 0 &&
    chars[start - 1] === 32
  ) {
    work.writer.space(start, end);
    return end;
  }
  if (mark !== 63 && mark !== 33 && dots > 0) mark = 46;
  work.writer.point(mark, mark === 46 && dots > 1, start, end);
  return end;
}

/** End of an emoticon (`:)`, `;-(`, `:D`, `:'(`) at `at`; `at` itself where there is none. */
function emoticonEnd(chars: Uint16Array, at: number): number {
  const eyes = chars[at];
  if (eyes !== 58 && eyes !== 59 && eyes !== 61) return at;
  let i = at + 1;
  if (chars[i] === 39) i++;
  if (chars[i] === 45) i++;
  const mouth = chars[i]!;
  if (mouth === 41 || mouth === 40 || mouth === 93 || mouth === 91 || mouth === 42) {
    let end = i + 1;
    while (end < chars.length && chars[end] === mouth) end++;
    return end;
  }
  // d, p, o, v, 3, / and |: only where nothing clings to them.
  const isMouth =
    mouth === 100 ||
    mouth === 112 ||
    mouth === 111 ||
    mouth === 118 ||
    mouth === 51 ||
    mouth === 47 ||
    mouth === 124;
  if (!isMouth) return at;
  const next = classOf(chars[i + 1]!);
  return next === SPACE || next === BREAK ? i + 1 : at;
}

/** A dash between spaces, or a row of them, divides clauses; any other is a space. */
function dash(work: Work, start: number, length: number): number {
  const { chars } = work.stage;
  let end = start;
  while (end < length && chars[end] === 45) end++;
  const before = start > 0 ? classOf(chars[start - 1]!) : SPACE;
  const after = classOf(chars[end]!);
  const apart = (before === SPACE && after === SPACE) || end - start > 1;
  if (apart && start > 0 && end < length) work.writer.point(44, false, start, end);
  else work.writer.space(start, end);
  return end;
}

/** An opening bracket; `[USERNAME]` and `[URL]` are how collections write mentions and addresses. */
function opening(work: Work, start: number, length: number): number {
  const { chars } = work.stage;
  if (chars[start] === 91) {
    for (const [name, token, rule] of PLACEHOLDERS) {
      let k = 0;
      while (k < name.length && chars[start + 1 + k] === name.charCodeAt(k)) k++;
      if (k === name.length && start + k < length) {
        const end = start + 1 + k;
        work.writer.word(token.length);
        work.writer.write(token, start, end, rule);
        return end;
      }
    }
  }
  let end = start + 1;
  while (end < length && chars[end] === chars[start]) end++;
  work.writer.open(40, start, end, chars[start] === 40 && end === start + 1 ? 0 : RULE.punctuation);
  return end;
}

/** A row of closing brackets is one. */
function closing(work: Work, start: number, length: number): number {
  const { chars } = work.stage;
  let end = start + 1;
  while (end < length && chars[end] === chars[start]) end++;
  work.writer.close(41, start, end, chars[start] === 41 && end === start + 1 ? 0 : RULE.punctuation);
  return end;
}

const PLACEHOLDERS: readonly (readonly [string, string, number])[] = [
  ['username]', '@user', RULE.mention],
  ['url]', 'http', RULE.url],
];

/** Is the quote at `at` (to `end`) an opening one, judged by what stands around it? */
function opensQuote(chars: Uint16Array, at: number, isOpen: boolean, end: number = at + 1): boolean {
  const before = at > 0 ? classOf(chars[at - 1]!) : SPACE;
  const after = classOf(chars[end]!);
  const free = before === SPACE || before === BREAK || before === OPENING || before === QUOTE;
  const bound = after !== SPACE && after !== BREAK && after !== CLOSING && after !== POINT;
  if (free && bound) return !(isOpen && before === QUOTE);
  if (!free && !bound) return false;
  return !isOpen;
}

/**
 * Single quotes. One that opens before a word is a quote only where one that closes follows on the same line;
 * the closers are found in one pass when the first is met.
 */
class Singles {
  readonly #chars: Uint16Array;
  /** For each opener in order, its closer. */
  readonly #closers = new Set<number>();
  readonly #openers = new Set<number>();

  constructor(chars: Uint16Array, length: number) {
    this.#chars = chars;
    let open = -1;
    for (let i = 0; i < length; i++) {
      if (chars[i] === 10) open = -1;
      if (chars[i] !== 39) continue;
      const before = i > 0 ? classOf(chars[i - 1]!) : SPACE;
      const after = i + 1 < length ? classOf(chars[i + 1]!) : SPACE;
      const free = before === SPACE || before === BREAK || before === OPENING;
      if (Singles.mayOpen(chars, i)) open = i;
      else if (open >= 0 && !free && (after <= ENDS_WORD || after === POINT) && i - open > 2) {
        this.#openers.add(open);
        this.#closers.add(i);
        open = -1;
      }
    }
  }

  /** Does the quote at `at` stand before a word and behind none? */
  static mayOpen(chars: Uint16Array, at: number): boolean {
    const before = at > 0 ? classOf(chars[at - 1]!) : SPACE;
    const after = classOf(chars[at + 1]!);
    return (
      (before === SPACE || before === BREAK || before === OPENING) && (after === LETTER || after === DIGIT)
    );
  }

  /** The single quote at `at`: half of a pair, or nothing. */
  take(work: Work, at: number): void {
    if (this.#openers.has(at)) work.writer.open(34, at, at + 1, RULE.punctuation);
    else if (this.#closers.has(at)) work.writer.close(34, at, at + 1, RULE.punctuation);
    else if (classOf(this.#chars[at + 1]!) !== LETTER || at === 0) work.writer.space(at, at + 1);
  }
}
