/** Letters written as something else: digits and signs (`k4f1r`), look-alikes of other scripts, stars (`k*fir`). */
import { classOf, DIGIT, isVowel, LETTER, OTHER, SIGN, STAR } from './classes.js';
import { CURRENCY_LETTERS, posedLetter, soundedLetter } from './confusables.js';
import { isSensitive, unmask } from './sensitive.js';
import type { Stage } from './stage.js';
import { RULE } from './steps.js';
import { isKnown, isPronounceable, isRoot, LONGEST_WORD } from './vocabulary.js';

const candidate = new Uint16Array(LONGEST_WORD);

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

/** Letters that a digit or sign may stand for, the likelier first. */
export function leetLetters(c: number): readonly number[] | undefined {
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
  if (facts.isLeading && facts.isTrailing)
    return facts.letters >= 2 && outer === 2 && isRoot(candidate, 0, length);
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
  return stage.compact(start, end, (c) => c !== 42, RULE.masked);
}
