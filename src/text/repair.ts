/**
 * Repairs of single words within the folded stage: look-alike letters, leet, masks, letters set apart. Each changes
 * units in place or takes some out (the unit 0), so that the words stage sees plain letters.
 */
import { classOf, DIGIT, isVowel, LETTER, OTHER, SIGN, SPACE, STAR } from './classes.js';
import { CURRENCY_LETTERS, posedLetter, soundedLetter } from './confusables.js';
import { SENSITIVE_WORDS, unmask } from './sensitive.js';
import type { Stage } from './stage.js';
import { RULE } from './steps.js';
import { isKnown, isRoot } from './vocabulary.js';
import { hashUnits, WordTable } from './word-table.js';

/** The longest word that is looked up; longer ones are no words. */
export const LONGEST_WORD = 40;

const sensitive = new WordTable(SENSITIVE_WORDS);
const candidate = new Uint16Array(LONGEST_WORD);

/** Is it a word that people hide (sensitive.ts)? */
export function isSensitive(chars: Uint16Array, start: number, end: number): boolean {
  return sensitive.find(chars, start, end, hashUnits(chars, start, end)) >= 0;
}

/** Digits and signs by the letters they may stand for, the likelier first. */
const LEET: ReadonlyMap<number, readonly number[]> = new Map(
  [
    ['4', 'a'],
    ['3', 'e'],
    ['1', 'il'],
    ['0', 'o'],
    ['5', 's'],
    ['7', 't'],
    ['9', 'g'],
    ['6', 'gb'],
    ['8', 'b'],
    ['@', 'a'],
    ['$', 's'],
    ['!', 'i'],
    ['|', 'il'],
  ].map(([from, to]) => [from!.charCodeAt(0), [...to!].map((letter) => letter.charCodeAt(0))] as const),
);

function leetLetters(c: number): readonly number[] | undefined {
  const currency = CURRENCY_LETTERS.get(c);
  return currency === undefined ? LEET.get(c) : [currency];
}

/** Words of two letters and a leading digit that are sure enough: `4ku`, `1tu`. */
const SHORT_LEADING = new Set(['aku', 'itu', 'ini', 'ada', 'apa', 'iya', 'gue']);
const SHORT_INNER = new Set(['dia', 'kau', 'tau', 'tai', 'asu', 'bau', 'lo']);

/**
 * Reads digits and signs in the word `start`..`end` as letters, where that makes a word and the digits are no
 * number. Tells whether it did.
 */
export function repairLeet(stage: Stage, start: number, end: number): boolean {
  const length = end - start;
  if (length < 3 || length > LONGEST_WORD) return false;
  const { chars } = stage;
  let letters = 0;
  let inner = 0;
  let run = 0;
  let longestRun = 0;
  let signs = 0;
  let sureSigns = 0;
  let onlyVowelDigits = true;
  let secondReading = false;
  for (let i = start; i < end; i++) {
    const c = chars[i]!;
    if (c >= 97 && c <= 122) {
      candidate[i - start] = c;
      letters++;
      run = 0;
      continue;
    }
    const readings = leetLetters(c);
    if (readings === undefined) return false;
    candidate[i - start] = readings[0]!;
    if (readings.length > 1) secondReading = true;
    const isInner = i > start && i < end - 1;
    if (isInner) inner++;
    if (c >= 48 && c <= 57) {
      run++;
      if (run > longestRun) longestRun = run;
      if (c > 52 || c === 50) onlyVowelDigits = false;
    } else {
      signs++;
      if (isInner && c !== 33 && c !== 124) sureSigns++;
    }
  }
  const marks = length - letters;
  if (letters === 0 || marks === 0) return false;
  const isLeading = isMark(chars[start]!);
  const isTrailing = isMark(chars[end - 1]!);
  const facts: Facts = {
    letters,
    marks,
    inner,
    longestRun,
    signs,
    sureSigns,
    onlyVowelDigits,
    isLeading,
    isTrailing,
  };
  let accepted = accepts(chars, start, length, facts);
  if (!accepted && secondReading) {
    for (let i = 0; i < length; i++) {
      const readings = leetLetters(chars[start + i]!);
      if (readings !== undefined && readings.length > 1) candidate[i] = readings[1]!;
    }
    accepted = wordly(chars, start, length, facts);
  }
  if (!accepted) return false;
  for (let i = start; i < end; i++) {
    if (chars[i] === candidate[i - start]) continue;
    chars[i] = candidate[i - start]!;
    stage.rules[i] = RULE.leet;
  }
  return true;
}

interface Facts {
  readonly letters: number;
  readonly marks: number;
  readonly inner: number;
  readonly longestRun: number;
  readonly signs: number;
  readonly sureSigns: number;
  readonly onlyVowelDigits: boolean;
  readonly isLeading: boolean;
  readonly isTrailing: boolean;
}

function isMark(c: number): boolean {
  return c < 97 || c > 122;
}

/** Does the candidate make a word, and could the digits not be a number beside one? */
function wordly(chars: Uint16Array, start: number, length: number, facts: Facts): boolean {
  if (facts.letters >= 2 && isSensitive(candidate, 0, length)) {
    // `bab1`: one digit behind a word is a number.
    const onlyTrailing = facts.marks === 1 && facts.isTrailing;
    return !(onlyTrailing && isRoot(chars, start, start + length - 1));
  }
  if (facts.longestRun > 1) return false;
  const outer = facts.marks - facts.inner;
  if (facts.inner > 0) {
    if (length === 3) return SHORT_INNER.has(word(length));
    if (facts.letters < 2) return false;
    return isKnown(candidate, 0, length) && length >= 4;
  }
  if (outer !== 1 && !(facts.isLeading && facts.isTrailing)) return false;
  if (facts.letters === 2) return facts.isLeading && SHORT_LEADING.has(word(length));
  if (facts.letters < 3 || !isKnown(candidate, 0, length)) return false;
  if (facts.isTrailing && isKnown(chars, start, start + length - 1)) return false;
  // `4tas`: four bags, or up? A count before a word stays, save that nobody counts from 0.
  if (facts.isLeading && chars[start] !== 48 && chars[start]! >= 48 && chars[start]! <= 57) {
    return !isKnown(chars, start + 1, start + length);
  }
  return true;
}

function accepts(chars: Uint16Array, start: number, length: number, facts: Facts): boolean {
  if (wordly(chars, start, length, facts)) return true;
  // An unknown word all the same: every mark stands between letters and is a vowel's usual double.
  if (
    facts.inner !== facts.marks ||
    facts.letters < 3 ||
    facts.marks > facts.letters ||
    facts.longestRun > 1
  ) {
    return false;
  }
  if (facts.signs > 0 && facts.signs !== facts.sureSigns) return false;
  if (!facts.onlyVowelDigits || !isPronounceable(candidate, 0, length, 1)) return false;
  let left = 0;
  for (let i = 0; i < length; i++) {
    if (!isMark(chars[start + i]!)) {
      left++;
      continue;
    }
    if (isMark(chars[start + i - 1]!) || isMark(chars[start + i + 1]!)) return false;
    const before = chars[start + i - 1]!;
    const after = chars[start + i + 1]!;
    const letter = candidate[i]!;
    if (isVowel(letter) && (isVowel(before) || isVowel(after))) return false;
    // `meet@cafe`: two words of some length with a sign between.
    if (facts.marks === 1 && chars[start + i]! > 57 && left >= 4 && length - i - 1 >= 4) return false;
    // `mp3player`, `iphone4s`: a code, not a word.
    if (i === length - 2 || (left === 2 && !isVowel(chars[start]!) && !isVowel(before))) return false;
  }
  return true;
}

function word(length: number): string {
  return String.fromCharCode(...candidate.subarray(0, length));
}

/**
 * Reads letters of other scripts in `start`..`end` as the Latin letters they pose as, where the word poses as Latin:
 * it has Latin letters beside them, or it looks or sounds like a sensitive word as a whole. Tells whether only ASCII is left.
 */
export function repairHomoglyphs(stage: Stage, text: string, start: number, end: number): boolean {
  const { chars, starts } = stage;
  let latin = 0;
  let others = 0;
  let posing = 0;
  for (let i = start; i < end; i++) {
    const kind = classOf(chars[i]!);
    if (kind === LETTER) latin++;
    else if (kind === OTHER) {
      others++;
      if (posedLetter(chars[i]!, text.charCodeAt(starts[i]!)) !== 0) posing++;
    }
  }
  if (others === 0) return true;
  const pose = (i: number): number => posedLetter(chars[i]!, text.charCodeAt(starts[i]!));
  const sound = (i: number): number => soundedLetter(chars[i]!);
  const read =
    latin > 0
      ? posing === others
        ? pose
        : undefined
      : posing === others && readsSensitive(chars, start, end, pose)
        ? pose
        : readsSensitive(chars, start, end, sound)
          ? sound
          : undefined;
  if (read === undefined) return false;
  for (let i = start; i < end; i++) {
    if (classOf(chars[i]!) !== OTHER) continue;
    chars[i] = read(i);
    stage.rules[i] = RULE.homoglyph;
  }
  return true;
}

/** Do `start`..`end` make a sensitive word where each letter of another script is read by `read`? */
function readsSensitive(
  chars: Uint16Array,
  start: number,
  end: number,
  read: (i: number) => number,
): boolean {
  if (end - start > LONGEST_WORD) return false;
  for (let i = start; i < end; i++) {
    const letter = classOf(chars[i]!) === OTHER ? read(i) : chars[i]!;
    if (letter === 0) return false;
    candidate[i - start] = letter;
  }
  return isSensitive(candidate, 0, end - start);
}

/**
 * Reads stars in the word `start`..`end` as the letters they hide, or takes them out where no sensitive word fits.
 * Returns the word's new end.
 */
export function repairMask(stage: Stage, start: number, end: number): number {
  const { chars } = stage;
  const length = end - start;
  if (length <= LONGEST_WORD) {
    for (let i = start; i < end; i++) {
      const c = chars[i]!;
      const kind = classOf(c);
      candidate[i - start] =
        kind === STAR
          ? 0
          : kind === LETTER
            ? c
            : kind === DIGIT || kind === SIGN
              ? (leetLetters(c)?.[0] ?? c)
              : c;
    }
    const found = unmask(candidate, 0, length);
    if (found !== undefined) {
      for (let i = start; i < end; i++) {
        const letter = found.charCodeAt(i - start);
        if (chars[i] === letter) continue;
        stage.rules[i] = chars[i] === 42 ? RULE.masked : RULE.leet;
        chars[i] = letter;
      }
      return end;
    }
  }
  return compact(stage, start, end, (c) => c !== 42, RULE.masked);
}

/** Keeps the units of `start`..`end` that `keep` wants, moved together; returns the new end, zeros follow it. */
export function compact(
  stage: Stage,
  start: number,
  end: number,
  keep: (c: number) => boolean,
  rule: number,
): number {
  const { chars, starts, ends, rules } = stage;
  let o = start;
  for (let i = start; i < end; i++) {
    const c = chars[i]!;
    if (!keep(c)) continue;
    if (o !== i) {
      chars[o] = c;
      starts[o] = starts[i]!;
      ends[o] = ends[i]!;
      rules[o] = rules[i]! === 0 ? 0 : rules[i]!;
    }
    o++;
  }
  for (let i = o; i < end; i++) {
    chars[i] = 0;
    rules[i] = rule;
  }
  return o;
}

/** What {@link joinApart} made of a row of single letters. */
export interface Joined {
  /** End of the word now at the row's start; the start itself where the row stays apart. */
  end: number;
  /** End of the row, zeros included. */
  rowEnd: number;
}
const joined: Joined = { end: 0, rowEnd: 0 };

/**
 * Brings together single letters set apart, from `start` on: by one space each (`k a f i r`) where `bySpace`, else
 * by any one sign each (`b.i.a.d.a.b`) up to `limit`.
 */
export function joinApart(stage: Stage, start: number, limit: number, bySpace: boolean): Joined {
  const { chars } = stage;
  let letters = 0;
  let marks = 0;
  let vowels = 0;
  let count = 0;
  let i = start;
  while (i < limit) {
    const c = chars[i]!;
    const kind = classOf(c);
    if (kind === LETTER) {
      letters++;
      if (isVowel(c) || c === 121) vowels++;
    } else if (kind === DIGIT || (kind === SIGN && c !== 124)) marks++;
    else break;
    count++;
    const between = i + 1 < limit ? classOf(chars[i + 1]!) : SPACE;
    const after = i + 2 < limit ? classOf(chars[i + 2]!) : SPACE;
    const isApart = bySpace
      ? between === SPACE
      : between !== LETTER && between !== DIGIT && between !== OTHER && between !== SPACE;
    if (!isApart || !(after === LETTER || after === DIGIT || after === SIGN)) {
      i++;
      break;
    }
    i += 2;
  }
  joined.rowEnd = i;
  joined.end = start;
  // A row must end with a whole single letter, not with the first letter of a word.
  if (i < limit) {
    const next = classOf(chars[i]!);
    if (next === LETTER || next === DIGIT || next === OTHER) {
      i -= 2;
      count--;
      const c = chars[i + 1]!;
      if (classOf(c) === LETTER) {
        letters--;
        if (isVowel(c) || c === 121) vowels--;
      } else marks--;
      joined.rowEnd = Math.max(i, start + 1);
    }
  }
  if (count < (marks > 0 ? 4 : 3) || letters < 2 || marks > letters || i <= start) return joined;
  if (count <= LONGEST_WORD) {
    for (let k = 0; k < count; k++) {
      const c = chars[start + 2 * k]!;
      candidate[k] = classOf(c) === LETTER ? c : (leetLetters(c)?.[0] ?? c);
    }
  }
  const isWord = count <= LONGEST_WORD && (isKnown(candidate, 0, count) || isSensitive(candidate, 0, count));
  const isAbbreviation = !bySpace && marks === 0;
  const isSpoken =
    count >= 4 && vowels > 0 && vowels < count && isPronounceable(stage.chars, start, count, 2);
  if (!isWord && !(marks === 0 && (isAbbreviation || isSpoken))) return joined;
  for (let k = start + 1; k < i; k += 2) chars[k] = 0;
  if (isWord) {
    for (let k = 0; k < count; k++) {
      const at = start + 2 * k;
      if (chars[at] === candidate[k]) continue;
      chars[at] = candidate[k]!;
      stage.rules[at] = RULE.leet;
    }
  }
  joined.end = compact(stage, start, i, (c) => c !== 0, RULE.joined);
  joined.rowEnd = i;
  return joined;
}

/** No more than two consonants in a row among `count` letters `stride` apart, `ng` and `ny` being one. */
function isPronounceable(chars: Uint16Array, start: number, count: number, stride: number): boolean {
  let consonants = 0;
  let previous = 0;
  for (let k = 0; k < Math.min(count, LONGEST_WORD); k++) {
    const c = chars[start + stride * k]!;
    if (isVowel(c)) consonants = 0;
    else if (!(previous === 110 && (c === 103 || c === 121))) consonants++;
    if (consonants > 2) return false;
    previous = c;
  }
  return true;
}

function arePiecesKnown(chars: Uint16Array, start: number, end: number): boolean {
  let from = start;
  for (let i = start; i <= end; i++) {
    if (i < end && classOf(chars[i]!) === LETTER) continue;
    if (!isKnown(chars, from, i)) return false;
    from = i + 1;
  }
  return true;
}

/** Is `start`..`end` with all but its letters left out a sensitive word cut in pieces: `ka-fir`, `an.jing`? */
export function joinCut(stage: Stage, start: number, end: number): number {
  const { chars } = stage;
  if (end - start > 24) return start;
  let length = 0;
  let piece = 0;
  let shortest = 99;
  for (let i = start; i <= end; i++) {
    const kind = i < end ? classOf(chars[i]!) : SPACE;
    if (kind === LETTER) {
      candidate[length++] = chars[i]!;
      piece++;
      continue;
    }
    if (kind === DIGIT || kind === OTHER) return start;
    if (piece === 0) return start;
    if (piece < shortest) shortest = piece;
    piece = 0;
  }
  if (length < 4 || !isSensitive(candidate, 0, length)) return start;
  if (shortest > 2 && arePiecesKnown(chars, start, end)) return start;
  return compact(stage, start, end, (c) => c >= 97 && c <= 122, RULE.joined);
}
