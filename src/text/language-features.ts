/**
 * What the language model looks at: a plain folding of the ORIGINAL text to words of small codes. The
 * canonical text will not do here, since it has informal and regional spellings already turned into formal
 * Indonesian, which is the very evidence that tells languages apart.
 */

import { FIRST_FACTOR, FIRST_SEED, SECOND_FACTOR } from './word-ids.js';

/** Letters looked at; a language shows itself long before, and the cost stays bounded. */
const MAX_LETTERS = 300;
/** Words looked at. */
export const MAX_WORDS = 96;
/** A longer run of letters is cut here: it is noise or a script without spaces. */
const MAX_WORD_LETTERS = 24;

const APOSTROPHE = 27;
/** A `2` after a word, the short hand of reduplication (`orang2`). */
const TWICE = 28;
/** Upper bound of the codes in {@link FoldedWords.codes}; 0 marks the edge of a word. */
const CODE_BITS = 5;
/** Number of possible grams of three codes. */
export const TRIGRAMS = 1 << (3 * CODE_BITS);

/** Words of a text as codes: a-z are 1..26, an apostrophe inside or after a word 27, a reduplicating 2 is 28. */
export interface FoldedWords {
  readonly codes: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Two hashes of each word's codes, as word-ids.ts takes them. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Words found, at most {@link MAX_WORDS}. */
  count: number;
  /** Latin letters found. */
  latin: number;
  /** Letters of other scripts found, up to {@link MAX_LETTERS}. */
  foreign: number;
  /** Latin letters with a mark or outside ASCII found. */
  marked: number;
  /**
   * Signs that the text is a post and no edited prose: mentions, addresses, hashtags, what stands for names and addresses,
   * emoji, entities and escapes, letters drawn out, a reduplicating 2, marks of punctuation in a row.
   */
  signs: number;
}

/** A buffer for {@link foldWords}, to be used again and again by its one owner. */
export function createFoldedWords(): FoldedWords {
  return {
    codes: new Uint8Array(MAX_LETTERS + MAX_WORDS),
    start: new Int32Array(MAX_WORDS),
    end: new Int32Array(MAX_WORDS),
    first: new Int32Array(MAX_WORDS),
    second: new Int32Array(MAX_WORDS),
    count: 0,
    latin: 0,
    foreign: 0,
    marked: 0,
    signs: 0,
  };
}

/** Code of every UTF-16 unit below 0x250: letters with marks fold to their base letter. */
const CODES = latinCodes();

function latinCodes(): Uint8Array {
  const table = new Uint8Array(0x250);
  for (let unit = 0; unit < table.length; unit += 1) {
    const base = String.fromCharCode(unit).normalize('NFD').toLowerCase().charCodeAt(0);
    if (base >= 97 && base <= 122) table[unit] = base - 96;
  }
  table[0x27] = APOSTROPHE;
  table[0x60] = APOSTROPHE;
  for (const unit of [0xf8, 0xd8]) table[unit] = 15;
  for (const unit of [0xe6, 0xc6]) table[unit] = 1;
  for (const unit of [0xdf]) table[unit] = 19;
  return table;
}

function isForeignLetter(unit: number): boolean {
  return (
    (unit >= 0x370 && unit < 0x2000) || // Greek to Greek Extended
    (unit >= 0x2c00 && unit < 0x2e00) || // Glagolitic to Ethiopic Extended
    (unit >= 0x3040 && unit < 0xd7b0) || // Kana, Han, Hangul, Javanese and Cham among them
    (unit >= 0xf900 && unit < 0xfe00) || // compatibility ideographs, Arabic forms
    (unit >= 0xfe70 && unit < 0xff00)
  );
}

function isWordUnit(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95
  );
}

/** Whether this unit below the letters, with the one behind it, is a sign of a post: a hashtag, `!!`, `??`, `..`. */
function isSign(unit: number, next: number): boolean {
  if (unit === 35) return isWordUnit(next);
  return unit === next && (unit === 33 || unit === 46 || unit === 63);
}

/** Half of an emoji, or a symbol that stands for one. */
function isEmoji(unit: number): boolean {
  return (unit >= 0xd800 && unit < 0xe000) || (unit >= 0x2190 && unit < 0x2c00);
}

/** End of the address that starts at `i`, else `i`. */
function skipAddress(text: string, i: number): number {
  // The second letter rules most words out.
  const second = text.charCodeAt(i + 1);
  if (second !== 116 && second !== 119) return i;
  if (!text.startsWith('http', i) && !text.startsWith('www.', i)) return i;
  let end = i + 1;
  while (end < text.length && text.charCodeAt(end) > 32) end += 1;
  return end;
}

/** End of the mention, entity or written-out escape whose first unit stands at `i`; `i + 1` when it is none. */
function skipMarkup(text: string, i: number, unit: number): number {
  let end = i + 1;
  if (unit === 64) {
    while (end < text.length && isWordUnit(text.charCodeAt(end))) end += 1;
    return end;
  }
  if (unit === 92) {
    const kind = text.charCodeAt(end);
    if (kind === 110 || kind === 114 || kind === 116) return i + 2;
    if (kind === 120) return i + 4;
    if (kind === 117) return i + 6;
    return end;
  }
  while (end < i + 8 && isWordUnit(text.charCodeAt(end))) end += 1;
  return end > i + 1 && text.charCodeAt(end) === 59 ? end + 1 : i + 1;
}

/** Words that data sets and clients put in place of names and addresses; they say nothing of a language. */
function isPlaceholder(codes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length !== 2 && length !== 3 && length !== 4 && length !== 8) return false;
  if (codes[start] !== 18 && codes[start] !== 21) return false; // r, u
  let key = 0;
  for (let i = start; i < end; i += 1) key = (key * 31 + codes[i]!) | 0;
  return PLACEHOLDERS.has(key);
}

const PLACEHOLDERS = new Set(
  ['rt', 'url', 'user', 'username'].map((word) => {
    let key = 0;
    for (let i = 0; i < word.length; i += 1) key = (key * 31 + word.charCodeAt(i) - 96) | 0;
    return key;
  }),
);

/** Folds `text` into `into`, reading no more of it than the language needs. */
export function foldWords(text: string, into: FoldedWords): void {
  const { codes, start, end, first, second } = into;
  const length = text.length;
  let firstHash = FIRST_SEED;
  let secondHash = 0;
  let used = 0;
  let words = 0;
  let wordStart = 0;
  let latin = 0;
  let foreign = 0;
  let marked = 0;
  let signs = 0;
  let i = 0;
  while (i < length && latin < MAX_LETTERS && foreign < MAX_LETTERS && words < MAX_WORDS) {
    const unit = text.charCodeAt(i);
    let code = unit < CODES.length ? CODES[unit]! : 0;
    if (code > 0 && code < APOSTROPHE) {
      const inWord = used - wordStart;
      if (inWord === 0 && (unit === 104 || unit === 119)) {
        const next = skipAddress(text, i);
        if (next > i) {
          signs += 1;
          i = next;
          continue;
        }
      }
      // A letter drawn out (`bangeeet`) counts twice at most.
      const drawn = inWord >= 2 && codes[used - 1] === code && codes[used - 2] === code;
      if (!drawn && inWord < MAX_WORD_LETTERS) {
        codes[used++] = code;
        firstHash = Math.imul(firstHash ^ code, FIRST_FACTOR);
        secondHash = (Math.imul(secondHash, SECOND_FACTOR) + code) | 0;
      } else if (drawn) signs += 1;
      latin += 1;
      if (unit > 127) marked += 1;
      i += 1;
      continue;
    }
    i += 1;
    if (unit !== 32) {
      if (code === APOSTROPHE || unit === 0x2019 || unit === 0x2018) {
        // At the very end it is more often a stray closing quote than a glottal stop.
        code = used === wordStart || i === length ? 0 : APOSTROPHE;
      } else if (unit === 50) {
        if (used > wordStart && !isWordUnit(text.charCodeAt(i))) {
          code = TWICE;
          signs += 1;
        }
      } else if (unit === 64 || unit === 92 || unit === 38) {
        const next = skipMarkup(text, i - 1, unit);
        if (next > i) signs += 1;
        i = next;
      } else if (unit < 64) {
        if (isSign(unit, text.charCodeAt(i))) signs += 1;
      } else if (unit >= 0x1e00 && unit < 0x1f00) marked += 1;
      else if (isEmoji(unit)) signs += 1;
      else if (unit >= 0x370 && isForeignLetter(unit)) foreign += 1;
      if (code !== 0) {
        if (used - wordStart < MAX_WORD_LETTERS) {
          codes[used++] = code;
          firstHash = Math.imul(firstHash ^ code, FIRST_FACTOR);
          secondHash = (Math.imul(secondHash, SECOND_FACTOR) + code) | 0;
        }
        continue;
      }
    }
    if (used > wordStart) {
      if (isPlaceholder(codes, wordStart, used)) {
        used = wordStart;
        signs += 1;
      } else {
        start[words] = wordStart;
        end[words] = used;
        first[words] = firstHash;
        second[words] = secondHash;
        words += 1;
        wordStart = used;
      }
      firstHash = FIRST_SEED;
      secondHash = 0;
    }
  }
  if (used > wordStart && words < MAX_WORDS) {
    if (isPlaceholder(codes, wordStart, used)) signs += 1;
    else {
      start[words] = wordStart;
      end[words] = used;
      first[words] = firstHash;
      second[words] = secondHash;
      words += 1;
    }
  }
  into.count = words;
  into.latin = latin;
  into.foreign = foreign;
  into.marked = marked;
  into.signs = signs;
}

/** Most features a word can have; the size of the buffer that {@link wordFeatures} fills. */
export const MAX_WORD_FEATURES = 1 + 4 * (MAX_WORD_LETTERS + 2);

/**
 * Buckets of the word `codes[start, end)`: its character grams of two to five letters, the word's edges
 * included, and the word itself. No gram reaches over a word's edge, so a word's weights can be summed once.
 * @param bits the table has 2^bits buckets
 * @returns how many were written to `out`
 */
export function wordFeatures(
  codes: Uint8Array,
  start: number,
  end: number,
  bits: number,
  out: Int32Array,
): number {
  const shift = 32 - bits;
  let count = 0;
  let gram = 0;
  let whole = 0x2545f491;
  for (let i = start; i <= end; i += 1) {
    const code = i < end ? codes[i]! : 0;
    gram = ((gram << CODE_BITS) | code) & 0x1ffffff;
    const seen = i - start + 2; // letters so far, the left edge included
    if (i < end) whole = Math.imul(whole ^ code, 0x01000193);
    out[count++] = Math.imul((gram & 0x3ff) + 0x2000000, 0x85ebca6b) >>> shift;
    if (seen >= 3) out[count++] = Math.imul((gram & 0x7fff) + 0x3000000, 0xc2b2ae35) >>> shift;
    if (seen >= 4) out[count++] = Math.imul((gram & 0xfffff) + 0x4000000, 0x27d4eb2f) >>> shift;
    if (seen >= 5) out[count++] = Math.imul(gram + 0x6000000, 0x165667b1) >>> shift;
  }
  out[count++] = Math.imul(whole ^ (whole >>> 15), 0x2c1b3c6d) >>> shift;
  return count;
}
