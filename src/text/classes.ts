import { CURRENCY_LETTERS } from './confusables.js';

/** Classes of folded units. Up to {@link ENDS_WORD} they end a word and everything that clings to it. */
export const NOTHING = 0;
export const SPACE = 1;
export const BREAK = 2;
export const QUOTE = 3;
export const OPENING = 4;
export const CLOSING = 5;
export const ENDS_WORD = 5;
export const LETTER = 6;
export const DIGIT = 7;
/** A letter of another script. */
export const OTHER = 8;
/** `. , ! ? ; :` */
export const POINT = 9;
export const APOSTROPHE = 10;
/** Signs that may stand for a letter: `@ $ |` and currency signs. */
export const SIGN = 11;
export const STAR = 12;
export const HYPHEN = 13;
const SYMBOL = 14;

const ASCII = new Uint8Array(128).fill(SYMBOL);
for (let c = 97; c <= 122; c++) ASCII[c] = LETTER;
for (let c = 48; c <= 57; c++) ASCII[c] = DIGIT;
ASCII[0] = NOTHING;
for (const [chars, kind] of [
  [' ', SPACE],
  ['\n', BREAK],
  ['"', QUOTE],
  ['([{', OPENING],
  [')]}', CLOSING],
  ['.,!?;:', POINT],
  ["'", APOSTROPHE],
  ['@$|', SIGN],
  ['*', STAR],
  ['-', HYPHEN],
] as const) {
  for (const char of chars) ASCII[char.charCodeAt(0)] = kind;
}

/** Class of a unit of the folded stage. */
export function classOf(c: number): number {
  if (c < 128) return ASCII[c]!;
  return CURRENCY_LETTERS.has(c) ? SIGN : OTHER;
}

export function isVowel(c: number): boolean {
  return c === 97 || c === 101 || c === 105 || c === 111 || c === 117;
}
