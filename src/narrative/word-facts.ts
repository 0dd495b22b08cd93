import { isRootWord, knownRoot } from '../text/vocabulary.js';
import { isAdvertAnchor, isAdvertWord, isGreetingWord, isLegalAnchor, isLegalWord } from './formula-words.js';
import { FUNCTION_WORDS } from './function-words.js';

/** What a word is to a story; the same for every text it stands in. */
export interface WordFacts {
  /** FNV-1a over its UTF-16 units, never 0. */
  readonly hash: number;
  /** Belongs to a story: no mention, link or mark. */
  readonly told: boolean;
  /** Says something: longer than two letters and no function word. */
  readonly telling: boolean;
  readonly mention: boolean;
  readonly number: boolean;
  readonly greeting: boolean;
  readonly legal: boolean;
  readonly anchor: boolean;
  readonly advert: boolean;
  readonly advertAnchor: boolean;
  /** As a term: what it is compared by, how it is written, how telling it is; absent where it is none. */
  readonly term?: { readonly key: string; readonly term: string; readonly worth: number };
}

/** 2^SET_BITS sets of two words are kept: a few thousand words make up almost any text. */
const SET_BITS = 13;
const WAYS = 2;

export const MOST_TERM_CHARS = 40;
export const NUMBER_MARK = '#';
/** Amounts that are said of anything. */
const PLAIN_NUMBER = /^(?:\d|1\d|20|100|(?:19|20)\d\d)$/;
const MARKS = new Set(['http', 'rt', 'user', 'url']);
const AT = 64;

const keys = new Int32Array((WAYS << SET_BITS) * 2);
const kept: WordFacts[] = [];
const recent = new Uint8Array(1 << SET_BITS);

/**
 * Facts of the word `text[start, end)` of a canonical text. Remembered by two hashes, two words a set, of which the one
 * used last stays; two words with the same pair of hashes are expected once in 10^19.
 */
export function wordFacts(text: string, start: number, end: number): WordFacts {
  let hash = 0x811c9dc5;
  let second = end - start;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    hash = Math.imul(hash ^ code, 0x01000193);
    second = (Math.imul(second, 0x5bd1e995) + code) | 0;
  }
  second |= 1; // an empty place holds 0
  const set = Math.imul(hash, 0x9e3779b1) >>> (32 - SET_BITS);
  let at = set * WAYS;
  if (keys[at * 2] === (hash | 0) && keys[at * 2 + 1] === second) {
    recent[set] = 0;
    return kept[at]!;
  }
  at += 1;
  if (keys[at * 2] === (hash | 0) && keys[at * 2 + 1] === second) {
    recent[set] = 1;
    return kept[at]!;
  }
  const way = 1 - recent[set]!;
  recent[set] = way;
  at = set * WAYS + way;
  const facts = factsOf(text.slice(start, end), hash === 0 ? 1 : hash);
  keys[at * 2] = hash | 0;
  keys[at * 2 + 1] = second;
  kept[at] = facts;
  return facts;
}

function factsOf(word: string, hash: number): WordFacts {
  const first = word.charCodeAt(0);
  const mention = first === AT;
  const number = first >= 48 && first <= 57;
  const told = !mention && !MARKS.has(word) && !word.startsWith('emo_');
  const isFunction = FUNCTION_WORDS.has(word);
  const term = told ? (number ? numberTerm(word) : wordTerm(word, isFunction)) : undefined;
  return {
    hash,
    told,
    telling: word.length > 2 && !isFunction,
    mention,
    number,
    greeting: isGreetingWord(word),
    legal: isLegalWord(word),
    anchor: isLegalAnchor(word),
    advert: isAdvertWord(word),
    advertAnchor: isAdvertAnchor(word),
    ...(term === undefined || term.term.length > MOST_TERM_CHARS ? {} : { term }),
  };
}

function numberTerm(word: string): WordFacts['term'] {
  const number = numberOf(word);
  if (PLAIN_NUMBER.test(number)) return undefined;
  const term = `${NUMBER_MARK}${number}`;
  return { key: term, term, worth: 5 };
}

/** `1.200.000` and `1200000` are one number; `12,5` keeps its comma. */
function numberOf(word: string): string {
  return /^\d{1,3}(?:[.,]\d{3})+$/.test(word) ? word.replace(/[.,]/g, '') : word;
}

function wordTerm(word: string, isFunction: boolean): WordFacts['term'] {
  if (word.length < 3 || isFunction) return undefined;
  const root = knownRoot(word);
  if (root.length < 3 || FUNCTION_WORDS.has(root)) return undefined;
  const worth = (isRootWord(root) ? 1 : 4) + Math.min(root.length, 12) / 12;
  return { key: root, term: root === word ? word : `${word}=${root}`, worth };
}
