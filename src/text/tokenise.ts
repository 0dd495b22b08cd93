import type { Normalised } from './normalise.js';
import { copyOfBytes, copyOfInts } from './slab.js';
import { CANONICAL_WORDS, FIRST_FACTOR, FIRST_SEED, SECOND_FACTOR } from './word-ids.js';

/**
 * The words of a canonical text, as a struct of arrays: token i stands from `start[i]` to `end[i]` of `n.text`.
 * A token is a word (hyphenated ones are one), a number, `@user`, `http` or `emo_<name>`.
 */
export interface Tokens {
  readonly count: number;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Ordinals from 0, rising through the text; a new sentence is a new clause. */
  readonly clause: Int32Array;
  readonly sentence: Int32Array;
  /** 1 for a token within quotation marks that close. */
  readonly quoted: Uint8Array;
  /** The word's id (word-ids.ts) in the era `era`; {@link wordIdsOf} gives those of the present one. */
  readonly word: Int32Array;
  readonly era: number;
}

/** Conjunctions that set a new clause against the one before. */
const ADVERSATIVES = new Set([
  'tapi',
  'tetapi',
  'namun',
  'melainkan',
  'sedangkan',
  'padahal',
  'walau',
  'walaupun',
  'meski',
  'meskipun',

  'but',
  'nanging',
  'tapina',
]);
/** Words that a point does not end a sentence behind. */
const ABBREVIATIONS = new Set([
  'dr',
  'drs',
  'dra',
  'prof',
  'ir',
  'st',
  'hj',
  'kh',
  'tn',
  'ny',
  'sdr',
  'bpk',
  'jl',
  'no',
  'hal',
  'rp',
  'pt',
  'cv',
  'ud',
  'gg',
  'ust',
  'alm',
  'vs',
  'mr',
  'mrs',
  'rt',
  'rw',
  'kec',
  'kab',
  'prov',
  'tgl',
  'lt',
  'kol',
  'jend',
  'irjen',
  'brigjen',
  'kompol',
  'akp',
  'ipda',
  'bripka',
  'sh',
  'mh',
  'mm',
  'msi',
  'spd',
  'phd',
]);

const NONE = 0;
const CLAUSE = 1;
const SENTENCE = 2;

let starts = new Int32Array(512);
let ends = new Int32Array(512);
let clauses = new Int32Array(512);
let sentences = new Int32Array(512);
let quotes = new Uint8Array(512);
let words = new Int32Array(512);

/** 1 for the units that words are made of. */
const WORDLY = new Uint8Array(128);
for (let c = 48; c <= 122; c++) if (c <= 57 || c >= 97 || c === 95) WORDLY[c] = 1;

function isWord(c: number): boolean {
  return c >= 128 || WORDLY[c] === 1;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/**
 * A sentence that nobody ends is ended after so many words: what stands farther apart is no longer about one another,
 * and the time of rules that look through a sentence stays linear in a text's length.
 */
const MAX_SENTENCE_WORDS = 150;

/** Words, clauses, sentences and quotation of a normalised text; linear in its length. */
export function tokenise(n: Normalised): Tokens {
  const { text } = n;
  const length = text.length;
  if (length / 2 + 1 > starts.length) grow(length);
  let count = 0;
  let clause = 0;
  let sentence = 0;
  /** First token of the sentence. */
  let sentenceFrom = 0;
  /** What ended since the last token; leading marks end nothing. */
  let boundary = NONE;
  let quoteFrom = -1;
  let i = 0;
  CANONICAL_WORDS.beginText();
  while (i < length) {
    let c = text.charCodeAt(i);
    if (isWord(c) || (c === 64 && i + 1 < length && isWord(text.charCodeAt(i + 1)))) {
      const start = i++;
      let first = Math.imul(FIRST_SEED ^ c, FIRST_FACTOR);
      let second = c;
      while (i < length) {
        c = text.charCodeAt(i);
        // Small letters are nearly all there is, and are asked for first.
        if ((c < 97 || c > 122) && !isWord(c)) {
          const inWord =
            i + 1 < length &&
            (c === 45
              ? isWord(text.charCodeAt(i + 1))
              : (c === 46 || c === 44 || c === 58 || c === 47) &&
                isDigit(text.charCodeAt(i - 1)) &&
                isDigit(text.charCodeAt(i + 1)));
          if (!inWord) break;
        }
        first = Math.imul(first ^ c, FIRST_FACTOR);
        second = (Math.imul(second, SECOND_FACTOR) + c) | 0;
        i++;
      }
      if (count > 0) {
        if (boundary === SENTENCE || count - sentenceFrom >= MAX_SENTENCE_WORDS) {
          sentence++;
          clause++;
          sentenceFrom = count;
        } else if (boundary === CLAUSE || startsClause(text, start, i, first)) clause++;
      }
      boundary = NONE;
      starts[count] = start;
      ends[count] = i;
      clauses[count] = clause;
      sentences[count] = sentence;
      quotes[count] = 0;
      words[count] = CANONICAL_WORDS.idOf(first, second);
      count++;
      if (c === 32) i++;
      continue;
    }
    switch (c) {
      case 33: // !
      case 63: // ?
      case 10:
        boundary = SENTENCE;
        break;
      case 46:
        if (text.charCodeAt(i + 1) === 46) {
          i++;
          if (boundary === NONE) boundary = CLAUSE;
        } else if (count === 0 || !isAbbreviation(text, starts[count - 1]!, ends[count - 1]!, i))
          boundary = SENTENCE;
        break;
      case 44:
      case 58:
      case 59:
      case 40:
      case 41:
        if (boundary === NONE) boundary = CLAUSE;
        break;
      case 34: {
        const before = i > 0 ? text.charCodeAt(i - 1) : 32;
        if (before === 32 || before === 10 || before === 40 || (before === 34 && quoteFrom < 0))
          quoteFrom = count;
        else if (quoteFrom >= 0) {
          quotes.fill(1, quoteFrom, count);
          quoteFrom = -1;
        }
        break;
      }
      default:
    }
    i++;
  }
  return {
    count,
    start: copyOfInts(starts, count),
    end: copyOfInts(ends, count),
    clause: copyOfInts(clauses, count),
    sentence: copyOfInts(sentences, count),
    quoted: copyOfBytes(quotes, count),
    word: copyOfInts(words, count),
    era: CANONICAL_WORDS.era,
  };
}

/** Ids of the tokens' words in the present era; `text` is what they are the tokens of. */
export function wordIdsOf(text: string, tokens: Tokens): Int32Array {
  if (tokens.era === CANONICAL_WORDS.era) return tokens.word;
  CANONICAL_WORDS.beginText();
  return tokens.word.map((_, token) => {
    let first = FIRST_SEED;
    let second = 0;
    for (let i = tokens.start[token]!; i < tokens.end[token]!; i++) {
      const c = text.charCodeAt(i);
      first = Math.imul(first ^ c, FIRST_FACTOR);
      second = (Math.imul(second, SECOND_FACTOR) + c) | 0;
    }
    return CANONICAL_WORDS.idOf(first, second);
  });
}

function grow(length: number): void {
  const size = length;
  starts = new Int32Array(size);
  ends = new Int32Array(size);
  clauses = new Int32Array(size);
  sentences = new Int32Array(size);
  quotes = new Uint8Array(size);
  words = new Int32Array(size);
}

/** 1 for the last bits of the first hash of each adversative, which rule nearly every other word out. */
const MAY_OPEN = new Uint8Array(256);
for (const word of ADVERSATIVES) {
  let hash = FIRST_SEED;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), FIRST_FACTOR);
  MAY_OPEN[hash & 255] = 1;
}

/** Does the word with this first hash set a new clause against the one before? */
function startsClause(text: string, start: number, end: number, hash: number): boolean {
  return MAY_OPEN[hash & 255] === 1 && ADVERSATIVES.has(text.slice(start, end));
}

/** Is the point at `at` part of an abbreviation: initials, a title, right behind the token? */
function isAbbreviation(text: string, start: number, end: number, at: number): boolean {
  if (end !== at) return false;
  const length = end - start;
  if (length === 1) return !isDigit(text.charCodeAt(start));
  return length <= 7 && ABBREVIATIONS.has(text.slice(start, end));
}
