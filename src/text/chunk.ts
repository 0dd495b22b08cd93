/**
 * What clings together without a space and is not plain letters: addresses, mentions, hashtags, numbers,
 * reduplication, leet, masks, words with signs between them.
 */

import { addressEnd, mailEnd } from './address.js';
import {
  APOSTROPHE,
  BREAK,
  classOf,
  DIGIT,
  ENDS_WORD,
  HYPHEN,
  LETTER,
  OTHER,
  POINT,
  SIGN,
  STAR,
} from './classes.js';
import { hashtag } from './hashtag.js';
import { joinApart, joinCut } from './joining.js';
import { leetLetters, repairHomoglyphs, repairLeet, repairMask } from './leet.js';
import { reduplication } from './reduplication.js';
import { SENSITIVE_WORDS } from './sensitive.js';
import { formalOf, plainWord } from './spelling.js';
import { RULE } from './steps.js';
import type { Work } from './work.js';

const RULE_EMOJI = RULE.emoji;

/** Writes what clings together from `start` on; returns the position behind it, at least `start`. */
export function chunk(work: Work, start: number, length: number): number {
  const { stage, writer } = work;
  const { chars, rules } = stage;
  let end = start;
  if (rules[start] === RULE_EMOJI && chars[start] === 101) {
    while (end < length && rules[end] === RULE_EMOJI && chars[end] !== 32) end++;
    writer.word(end - start);
    for (let i = start; i < end; i++) writer.unit(chars[i]!, i, i + 1, 0);
    return end;
  }
  let kinds = 0;
  let separators = 0;
  while (end < length) {
    const kind = classOf(chars[end]!);
    if (kind <= ENDS_WORD) break;
    kinds |= 1 << kind;
    if (kind > OTHER) separators++;
    end++;
  }
  while (end > start && isTail(classOf(chars[end - 1]!))) end--;
  if (end === start) return start;

  if ((kinds & (1 << POINT)) !== 0) {
    const address = addressEnd(chars, start, end);
    if (address > start) {
      writer.word(4);
      writer.write('http', start, address, RULE.url);
      return address;
    }
    const mail = (kinds & (1 << SIGN)) !== 0 ? mailEnd(chars, start, end) : start;
    if (mail > start) {
      writer.word(5);
      writer.write('@user', start, mail, RULE.mention);
      return mail;
    }
  }
  if (chars[start] === 60 && chars[start + 1] === 51) {
    // <3 is a heart.
    writer.space(start, start + 2);
    return start + 2;
  }
  if (isInitials(chars, start, end)) {
    plainWord(
      work,
      start,
      stage.compact(start, end, (c) => c !== 46, RULE.joined),
    );
    return end;
  }
  if (separators > 0 && classOf(chars[start]!) === LETTER && classOf(chars[start + 1]!) !== LETTER) {
    const joined = joinApart(stage, start, end, false);
    if (joined.end > start) {
      plainWord(work, start, joined.end);
      return joined.rowEnd === end ? end : joined.rowEnd;
    }
  }
  if (separators > 0 && (kinds & ~CUT_KINDS) === 0) {
    const joined = joinCut(stage, start, end);
    if (joined > start) {
      plainWord(work, start, joined);
      return end;
    }
  }
  return parts(work, start, end);
}

/** Two letters with points: `K.H.`, `a.n.`; the last point stands behind `end`. */
function isInitials(chars: Uint16Array, start: number, end: number): boolean {
  return (
    end - start === 3 &&
    chars[start + 1] === 46 &&
    chars[end] === 46 &&
    classOf(chars[start]!) === LETTER &&
    classOf(chars[end - 1]!) === LETTER
  );
}

const CUT_KINDS = (1 << LETTER) | (1 << POINT) | (1 << HYPHEN) | (1 << 14) | (1 << APOSTROPHE) | (1 << STAR);

/** Signs that do not belong to the word before them. */
function isTail(kind: number): boolean {
  return kind === POINT || kind === HYPHEN || kind === APOSTROPHE;
}

/** Words, numbers, mentions and hashtags of `start`..`end` with what stands between them. */
function parts(work: Work, start: number, end: number): number {
  const { writer } = work;
  const { chars } = work.stage;
  let hyphenated = false;
  let i = start;
  while (i < end) {
    const c = chars[i]!;
    const kind = classOf(c);
    if (c === 64 && (i === start || !isWordly(classOf(chars[i - 1]!)))) {
      i = mention(work, i, end);
      hyphenated = false;
    } else if (c === 35) {
      if (i > start && isWordly(classOf(chars[i - 1]!))) writer.endWord();
      const tag = hashtag(work, i, end, one);
      if (tag === i) writer.space(i, i + 1);
      i = Math.max(tag, i + 1);
      hyphenated = false;
    } else if (
      isWordly(kind) ||
      (kind === SIGN && c !== 64 && isWordly(classOf(chars[i + 1]!))) ||
      kind === STAR
    ) {
      const to = wordEnd(chars, i, end);
      if (to === i) {
        writer.space(i, i + 1);
        i++;
        hyphenated = false;
        continue;
      }
      one(work, i, to, hyphenated);
      hyphenated = false;
      i = to;
    } else if (
      kind === HYPHEN &&
      i > start &&
      isWordly(classOf(chars[i - 1]!)) &&
      i + 1 < end &&
      isWordly(classOf(chars[i + 1]!))
    ) {
      writer.copy(i, i + 1);
      writer.joinNext();
      hyphenated = true;
      i++;
    } else if (kind === POINT) {
      const from = i;
      let mark = c;
      while (i < end && classOf(chars[i]!) === POINT) {
        if (chars[i] === 63 || (chars[i] === 33 && mark !== 63)) mark = chars[i]!;
        i++;
      }
      writer.point(mark, mark === 46 && i - from > 1, from, i);
    } else if (c === 37 && i > start && classOf(chars[i - 1]!) === DIGIT) {
      writer.space(i, i + 1);
      writer.word(6);
      writer.write('persen', i, i + 1, RULE.informal);
      i++;
    } else if (c === 38 && i === start && i + 1 === end) {
      writer.word(3);
      writer.write('dan', i, i + 1, RULE.informal);
      i++;
    } else {
      writer.space(i, i + 1);
      i++;
    }
  }
  return end;
}

function isWordly(kind: number): boolean {
  return kind === LETTER || kind === DIGIT || kind === OTHER;
}

/** End of the word, number or leet word at `at`. */
function wordEnd(chars: Uint16Array, at: number, end: number): number {
  let i = at;
  while (i < end) {
    const c = chars[i]!;
    const kind = classOf(c);
    if (isWordly(kind)) {
      i++;
      continue;
    }
    const before = i > at ? classOf(chars[i - 1]!) : BREAK;
    const after = i + 1 < end ? classOf(chars[i + 1]!) : BREAK;
    const joins =
      kind === SIGN
        ? c === 64
          ? isWordly(before)
          : isWordly(after) || isWordly(before)
        : kind === STAR
          ? before === STAR || after === STAR || isWordly(before) || isWordly(after)
          : kind === APOSTROPHE
            ? before === LETTER && after === LETTER
            : c === 33
              ? isWordly(before) && isWordly(after)
              : (kind === POINT && c !== 59 && c !== 63) || kind === HYPHEN || c === 47
                ? before === DIGIT && after === DIGIT
                : false;
    if (!joins) break;
    i++;
  }
  return i;
}

/** One word of any make, `start`..`end`; `hyphenated` where a hyphen stands before it. */
function one(work: Work, start: number, end: number, hyphenated: boolean): void {
  const { stage, writer } = work;
  const { chars } = stage;
  let kinds = kindsOf(chars, start, end);
  if ((kinds & (1 << OTHER)) !== 0 && (kinds & (1 << LETTER) || end - start <= 40)) {
    if (repairHomoglyphs(stage, work.text, start, end)) kinds = kindsOf(chars, start, end);
  }
  let to = end;
  let from = start;
  if ((kinds & (1 << STAR)) !== 0) {
    // *tebal* is how a chat writes bold.
    if (chars[from] === 42 && chars[to - 1] === 42) {
      while (from < to && chars[from] === 42) from++;
      while (to > from && chars[to - 1] === 42) to--;
      if (from > start) writer.space(start, from);
    }
    if (from === to) return;
    const bold = to;
    to = repairMask(stage, from, to);
    kinds = kindsOf(chars, from, to);
    if (to === from) return;
    if (bold < end) {
      written(work, from, to, kinds, hyphenated);
      writer.space(bold, end);
      return;
    }
  }
  written(work, from, to, kinds, hyphenated);
}

function kindsOf(chars: Uint16Array, start: number, end: number): number {
  let kinds = 0;
  for (let i = start; i < end; i++) kinds |= 1 << classOf(chars[i]!);
  return kinds;
}

const LETTERS_ONLY = 1 << LETTER;
const NUMERIC = (1 << DIGIT) | (1 << POINT) | (1 << HYPHEN) | (1 << 14);

function written(work: Work, start: number, end: number, kinds: number, hyphenated: boolean): void {
  const { stage, writer } = work;
  const { chars } = stage;
  if (kinds === LETTERS_ONLY) {
    plainWord(work, start, end);
    return;
  }
  if (kinds === (LETTERS_ONLY | (1 << APOSTROPHE))) {
    plainWord(
      work,
      start,
      stage.compact(start, end, (c) => c !== 39, RULE.punctuation),
    );
    return;
  }
  if ((kinds & ~NUMERIC) === 0) {
    writer.word(end - start);
    writer.copy(start, end);
    return;
  }
  if ((kinds & (1 << OTHER)) === 0 && end - start <= 64) {
    const formal = formalOf(chars, start, end);
    if (formal !== undefined) {
      writer.word(formal.length);
      writer.write(formal, start, end, RULE.informal);
      return;
    }
    if (!hyphenated) {
      if (reduplication(work, start, end)) return;
      // `k4f1r2`: the word first, then the 2.
      if (chars[end - 1] === 50 && repairLeet(stage, start, end - 1) && reduplication(work, start, end))
        return;
    }
    let to = end;
    if ((kinds & (1 << APOSTROPHE)) !== 0) to = stage.compact(start, end, (c) => c !== 39, RULE.punctuation);
    if (repairLeet(stage, start, to)) {
      plainWord(work, start, to);
      return;
    }
    copyParts(work, start, to);
    return;
  }
  copyParts(work, start, end);
}

/** Letters and digits as they stand; a sign that stands for nothing is a space, a mark keeps its place. */
function copyParts(work: Work, start: number, end: number): void {
  const { writer } = work;
  const { chars } = work.stage;
  let from = start;
  for (let i = start; i <= end; i++) {
    const c = i < end ? chars[i]! : 0;
    const kind = i < end ? classOf(c) : BREAK;
    const inNumber =
      i > start &&
      i + 1 < end &&
      classOf(chars[i - 1]!) === DIGIT &&
      classOf(chars[i + 1]!) === DIGIT &&
      kind !== STAR;
    if (isWordly(kind) || (inNumber && kind !== SIGN && kind !== APOSTROPHE)) continue;
    if (i > from) {
      if (kindsOf(chars, from, i) === LETTERS_ONLY) plainWord(work, from, i);
      else {
        writer.word(i - from);
        writer.copy(from, i);
      }
    }
    if (i < end && c !== 39) {
      if (kind === POINT) writer.point(c, false, i, i + 1);
      else writer.space(i, i + 1);
    }
    from = i + 1;
  }
}

const hidden = new Set(SENSITIVE_WORDS);

/** `@name`; or a word whose first letter is the sign (`@njing`), or a sign alone. */
function mention(work: Work, start: number, end: number): number {
  const { stage, writer } = work;
  const { chars } = stage;
  let i = start + 1;
  let leet = false;
  while (i < end) {
    const c = chars[i]!;
    const kind = classOf(c);
    if (isWordly(kind) || c === 95) i++;
    else if (c === 46 && i + 1 < end && isWordly(classOf(chars[i + 1]!))) i++;
    else if ((kind === SIGN || kind === STAR) && i - start <= 20) {
      leet = true;
      i++;
    } else break;
  }
  if (i === start + 1) {
    writer.space(start, i);
    return i;
  }
  if (i - start <= 20 && i - start >= 3) {
    let rest = 'a';
    for (let k = start + 1; k < i; k++) {
      const c = chars[k]!;
      rest += String.fromCharCode(classOf(c) === LETTER ? c : (leetLetters(c)?.[0] ?? c));
    }
    if (hidden.has(rest)) {
      for (let k = start; k < i; k++) {
        const letter = rest.charCodeAt(k - start);
        if (chars[k] !== letter) stage.rules[k] = RULE.leet;
        chars[k] = letter;
      }
      plainWord(work, start, i);
      return i;
    }
    if (leet && repairLeet(stage, start, i)) {
      plainWord(work, start, i);
      return i;
    }
  }
  if (leet) {
    // A handle holds neither signs nor stars.
    i = start + 1;
    while (i < end && (isWordly(classOf(chars[i]!)) || chars[i] === 95)) i++;
    if (i === start + 1) {
      writer.space(start, i);
      return i;
    }
  }
  writer.word(5);
  writer.write('@user', start, i, RULE.mention);
  writer.endWord();
  return i;
}
