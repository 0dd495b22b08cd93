import { classOf, DIGIT, LETTER, OTHER } from './classes.js';
import { segment } from './segment.js';
import { plainWord } from './spelling.js';
import { RULE } from './steps.js';
import type { Work } from './work.js';

/** Writes one word that is not plain letters. */
type WriteOne = (work: Work, start: number, end: number, hyphenated: boolean) => void;

/**
 * Writes the hashtag at `start` (a `#`) as `#` and its words; returns the position behind it, `start` where no word
 * follows the sign. Words are told apart by capitals, digits and `_`; a row of one case by what words it is made of.
 */
export function hashtag(work: Work, start: number, end: number, writeOne: WriteOne): number {
  const { stage, writer } = work;
  const { chars } = stage;
  let to = start + 1;
  while (to < end && isTag(chars[to]!)) to++;
  if (to === start + 1 || (to === start + 2 && chars[start + 1] === 95)) return start;
  writer.word(to - start);
  writer.unit(35, start, start + 1, 0);
  writer.joinNext();
  const camel = isCamel(work, start + 1, to);
  let from = start + 1;
  let first = true;
  while (from < to) {
    if (chars[from] === 95) {
      from++;
      continue;
    }
    const next = partEnd(work, from, to);
    if (!first) writer.space(from - 1, from, RULE.hashtag);
    first = false;
    part(work, from, next, camel ? LONG_ROW : SHORT_ROW, writeOne);
    from = next;
  }
  writer.endWord();
  return to;
}

function isTag(c: number): boolean {
  const kind = classOf(c);
  return kind === LETTER || kind === DIGIT || kind === OTHER || c === 95;
}

/** The shortest row that is cut apart: what capitals set apart is mostly one word. */
const SHORT_ROW = 6;
const LONG_ROW = 14;

/** Do capitals tell its words apart? */
function isCamel(work: Work, start: number, to: number): boolean {
  for (let i = start + 1; i < to; i++) if (isCapital(work, i) && !isCapital(work, i - 1)) return true;
  return false;
}

/** End of the part at `at`: before `_`, between letters and digits, before a capital that starts a word. */
function partEnd(work: Work, at: number, to: number): number {
  const { chars } = work.stage;
  const kind = classOf(chars[at]!);
  let i = at + 1;
  while (i < to) {
    const here = classOf(chars[i]!);
    if (chars[i] === 95) break;
    if ((kind === DIGIT) !== (here === DIGIT)) {
      // A 2 behind letters says them twice; leet stays with its word.
      if (here === DIGIT && isInnerDigit(chars, i, to)) {
        i++;
        continue;
      }
      if (!(here === DIGIT && chars[i] === 50 && doublesWord(chars, i + 1, to))) break;
    }
    if (isCapital(work, i)) {
      const previousCapital = isCapital(work, i - 1);
      const nextSmall = i + 1 < to && classOf(chars[i + 1]!) === LETTER && !isCapital(work, i + 1);
      if (!previousCapital || nextSmall) break;
    }
    i++;
  }
  return i;
}

/** Does what follows a 2 leave it saying the word twice: nothing, -nya or -an? */
function doublesWord(chars: Uint16Array, at: number, to: number): boolean {
  const left = to - at;
  if (left === 0) return true;
  if (left === 2) return chars[at] === 97 && chars[at + 1] === 110;
  return left === 3 && chars[at] === 110 && chars[at + 1] === 121 && chars[at + 2] === 97;
}

function isInnerDigit(chars: Uint16Array, at: number, to: number): boolean {
  return (
    at + 1 < to &&
    classOf(chars[at - 1]!) === LETTER &&
    classOf(chars[at + 1]!) === LETTER &&
    chars[at] !== 50
  );
}

function isCapital(work: Work, at: number): boolean {
  const c = work.text.charCodeAt(work.stage.starts[at]!);
  return c >= 65 && c <= 90;
}

function part(work: Work, start: number, end: number, shortest: number, writeOne: WriteOne): void {
  const { writer } = work;
  const { chars } = work.stage;
  if (classOf(chars[start]!) !== LETTER || !isLetters(chars, start, end)) {
    writeOne(work, start, end, false);
    return;
  }
  if (end - start >= shortest && work.segmentable >= end - start) {
    work.segmentable -= end - start;
    let from = start;
    for (const to of segment(chars, start, end)) {
      if (from > start) writer.space(from - 1, from, RULE.hashtag);
      plainWord(work, from, to);
      from = to;
    }
    return;
  }
  plainWord(work, start, end);
}

function isLetters(chars: Uint16Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (classOf(chars[i]!) !== LETTER) return false;
  return true;
}
