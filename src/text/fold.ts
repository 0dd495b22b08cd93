/**
 * First stage of the normaliser: characters. Case, compatibility forms, invisible marks, entities and escapes,
 * emoji; one pass over UTF-16 with a table for ASCII.
 */
import { EMOJI, emojiWord, MARK, reading, readingString, STRING } from './confusables.js';
import { readEnd, readEntity, readEscape, readMojibake } from './escapes.js';
import type { Stage } from './stage.js';
import { RULE } from './steps.js';

/** ASCII to what it is read as; control characters are spaces. */
const ASCII = new Uint8Array(128);
for (let c = 0; c < 128; c++) ASCII[c] = c >= 65 && c <= 90 ? c + 32 : c < 32 || c === 127 ? 32 : c;
ASCII[10] = 10;
ASCII[11] = 10;
ASCII[12] = 10;
ASCII[13] = 10;
ASCII[96] = 39;

const SLACK = 128;

/** Fills `stage` with the folded units of `text`; each remembers its span in `text`. */
export function fold(text: string, stage: Stage): void {
  const length = text.length;
  stage.length = 0;
  stage.reserve(length + SLACK);
  let { chars, starts, ends, rules } = stage;
  let o = 0;
  let i = 0;
  while (i < length) {
    const c = text.charCodeAt(i);
    if (c < 128 && c !== 38 && c !== 92) {
      const plain = ASCII[c]!;
      chars[o] = plain;
      starts[o] = i;
      rules[o] = plain === c ? 0 : RULE_CASE;
      ends[o++] = ++i;
      continue;
    }
    stage.length = o;
    i = foldOne(text, i, c, stage);
    o = stage.length;
    stage.reserve(o + (length - i) + SLACK);
    ({ chars, starts, ends, rules } = stage);
  }
  stage.length = o;
}

const RULE_CASE = RULE.case;

/** One character that is not plain ASCII; returns the position behind it. */
function foldOne(text: string, at: number, c: number, stage: Stage): number {
  if (c === 38) {
    const point = readEntity(text, at, true);
    if (point >= 0) return putPoint(text, point, at, readEnd, RULE.entity, stage);
    stage.push(c, at, at + 1, 0);
    return at + 1;
  }
  if (c === 92) {
    const point = readEscape(text, at);
    if (point >= 0) return putPoint(text, point, at, readEnd, RULE.escape, stage);
    stage.push(32, at, at + 1, RULE.escape);
    return at + 1;
  }
  if (c >= 0xc2 && c <= 0xf4) {
    const point = readMojibake(text, at);
    if (point >= 0) return putPoint(text, point, at, readEnd, RULE.mojibake, stage);
  }
  if (c >= 0xd800 && c <= 0xdfff) {
    const point = text.codePointAt(at)!;
    if (point < 0x10000) {
      stage.push(32, at, at + 1, RULE.invisible);
      return at + 1;
    }
    if (point >= 0x1f1e6 && point <= 0x1f1ff) return putRegional(text, at, stage);
    return putPoint(text, point, at, at + 2, 0, stage);
  }
  return putPoint(text, c, at, at + 1, 0, stage);
}

/** Puts what `point`, written in `text` from `start` to `end`, is read as. */
function putPoint(
  text: string,
  point: number,
  start: number,
  end: number,
  rule: number,
  stage: Stage,
): number {
  if (point < 128) {
    stage.push(ASCII[point]!, start, end, rule);
    return end;
  }
  const read = reading(point);
  if (read < 0) {
    if (read === MARK && stage.length > 0 && stage.ends[stage.length - 1] === start) {
      const last = stage.length - 1;
      stage.ends[last] = end;
      if (stage.rules[last] === 0) stage.rules[last] = RULE.invisible;
    }
    return end;
  }
  if (read < STRING) {
    const same = read === point && rule === 0;
    stage.push(
      read,
      start,
      end,
      same ? 0 : rule !== 0 ? rule : read === 32 || read === 10 ? RULE.space : ruleOf(text, start),
    );
    return end;
  }
  if (read >= EMOJI) {
    putEmoji(emojiWord(read), start, end, stage);
    return end;
  }
  const string = readingString(read);
  const by = rule !== 0 ? rule : RULE.compatibility;
  for (let k = 0; k < string.length; k++) stage.push(string.charCodeAt(k), start, end, by);
  return end;
}

/** Was it a capital, or more than that? */
function ruleOf(text: string, at: number): number {
  const point = text.codePointAt(at)!;
  const char = String.fromCodePoint(point);
  return reading(point) === char.toLowerCase().charCodeAt(0) && char.toLowerCase().length === 1
    ? RULE.case
    : RULE.compatibility;
}

/** The word of an emoji with a space before and behind; a row of the same emoji is one word. */
function putEmoji(word: string, start: number, end: number, stage: Stage): void {
  const { chars, length } = stage;
  const size = word.length + 1;
  if (length >= size && chars[length - 1] === 32 && stage.rules[length - 1] === RULE.emoji) {
    let k = 0;
    while (k < word.length && chars[length - size + k] === word.charCodeAt(k)) k++;
    if (k === word.length && (length === size || chars[length - size - 1] === 32)) {
      for (let j = length - size; j < length; j++) stage.ends[j] = end;
      return;
    }
  }
  stage.push(32, start, end, RULE.emoji);
  for (let k = 0; k < word.length; k++) stage.push(word.charCodeAt(k), start, end, RULE.emoji);
  stage.push(32, start, end, RULE.emoji);
}

/** Regional indicators: two are a flag (`emo_bendera_id`), any other row spells letters. */
function putRegional(text: string, at: number, stage: Stage): number {
  let end = at;
  while (end < text.length && end < at + 16) {
    const point = text.codePointAt(end)!;
    if (point < 0x1f1e6 || point > 0x1f1ff) break;
    end += 2;
  }
  // Longer rows are flags side by side where they are even, letters where they are odd.
  const isFlags = ((end - at) / 2) % 2 === 0;
  const limit = end;
  for (let i = at; i < limit; i += 2) {
    const letter = text.codePointAt(i)! - 0x1f1e6 + 97;
    if (isFlags && i + 4 <= limit) {
      const second = text.codePointAt(i + 2)! - 0x1f1e6 + 97;
      putEmoji(`emo_bendera_${String.fromCharCode(letter, second)}`, i, i + 4, stage);
      i += 2;
    } else stage.push(letter, i, i + 2, RULE.compatibility);
  }
  return limit;
}
