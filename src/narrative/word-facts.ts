import { isRootWord, knownRoot } from '../text/vocabulary.js';
import { WordMemo } from '../text/word-ids.js';
import { isAdvertAnchor, isAdvertWord, isGreetingWord, isLegalAnchor, isLegalWord } from './formula-words.js';
import { FUNCTION_WORDS } from './function-words.js';

/** What a word is to a story; the same for every text it stands in. */
export interface WordFacts {
  /** {@link hashOf} it. */
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
  readonly term?: TermCandidate;
}

export interface TermCandidate {
  readonly key: string;
  /** {@link hashOf} the key, by which it is looked for among those of its text. */
  readonly hash: number;
  readonly term: string;
  readonly worth: number;
}

export const MOST_TERM_CHARS = 40;
export const NUMBER_MARK = '#';
/** Amounts that are said of anything. */
const PLAIN_NUMBER = /^(?:\d|1\d|20|100|(?:19|20)\d\d)$/;
const MARKS = new Set(['http', 'rt', 'user', 'url']);
const AT = 64;

/** Facts of words by their id (text/word-ids.ts). */
export const WORD_FACTS = new WordMemo(factsOf);

function factsOf(word: string): WordFacts {
  const hash = hashOf(word);
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

/** FNV-1a over the UTF-16 units of a word, never 0. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash === 0 ? 1 : hash;
}

function numberTerm(word: string): WordFacts['term'] {
  const number = numberOf(word);
  if (PLAIN_NUMBER.test(number)) return undefined;
  const term = `${NUMBER_MARK}${number}`;
  return { key: term, hash: hashOf(term), term, worth: 5 };
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
  return { key: root, hash: hashOf(root), term: root === word ? word : `${word}=${root}`, worth };
}
