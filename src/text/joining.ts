/** Letters set apart brought together, in place: what is taken out becomes the unit 0. */
import { classOf, DIGIT, isVowel, LETTER, OTHER, SIGN, SPACE } from './classes.js';
import { leetLetters } from './leet.js';
import { isSensitive } from './sensitive.js';
import type { Stage } from './stage.js';
import { RULE } from './steps.js';
import { isKnown, isPronounceable, LONGEST_WORD } from './vocabulary.js';

const candidate = new Uint16Array(LONGEST_WORD);

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
  const isAbbreviation = !bySpace && marks === 0 && chars[start + 1] === 46;
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
  joined.end = stage.compact(start, i, (c) => c !== 0, RULE.joined);
  joined.rowEnd = i;
  return joined;
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
  return stage.compact(start, end, (c) => c >= 97 && c <= 122, RULE.joined);
}
