import { PATTERN_WORDS } from './constructions/patterns.js';
import { FALSEHOODS, GROUP_HEADS, SLOT_HEADS, TRUTH, VICTIMISING } from './frame-words.js';
import * as g from './grammar.js';

/* What a word is to the rules besides its roles, as bits, so that no sentence is searched for words it does not hold. */
export const GROUP_HEAD = 1 << 0;
export const SLOT_HEAD = 1 << 1;
export const IS_VICTIMISING = 1 << 2;
export const IS_FALSEHOOD = 1 << 3;
export const IS_TRUTH = 1 << 4;
/** `siapa`, `kata`, `mana`: what a question that denies begins with. */
export const DOUBTS = 1 << 5;
/** `kata`, `ujar`, `tutur`: names the speaker after what was said. */
export const TELLS = 1 << 6;
/** `siapa`, `ada`: what a doer who is only looked for stands behind. */
export const SEEKS = 1 << 7;

const TRAITS: readonly (readonly [number, Iterable<string>])[] = [
  [GROUP_HEAD, GROUP_HEADS],
  [SLOT_HEAD, SLOT_HEADS],
  [IS_VICTIMISING, VICTIMISING],
  [IS_FALSEHOOD, FALSEHOODS],
  [IS_TRUTH, TRUTH],
  [DOUBTS, ['siapa', 'kata', 'mana']],
  [TELLS, ['kata', 'ujar', 'ujarnya', 'tutur']],
  [SEEKS, ['siapa', 'ada']],
];

/** Words by number, 1 and up; the words of constructions come first, so that their sets of words stay small. */
const words: string[] = [''];
const numberOf = new Map<string, number>();
function add(word: string): number {
  let number = numberOf.get(word);
  if (number === undefined) {
    number = words.length;
    numberOf.set(word, number);
    words.push(word);
  }
  return number;
}
for (const word of PATTERN_WORDS) add(word);
for (const word of g.GRAMMAR_WORDS) add(word);
for (const [, list] of TRAITS) for (const word of list) add(word);

/** The word of a number, always the same string. */
export const WORD_OF: readonly string[] = words;
/** The roles of a word, by its number. */
export const ROLES_OF: Int32Array = Int32Array.from(words, g.rolesOf);
/** The bits above, by a word's number. */
export const TRAITS_OF: Int32Array = new Int32Array(words.length);
for (const [bit, list] of TRAITS) for (const word of list) TRAITS_OF[add(word)]! |= bit;

/** The number of a word, 0 for one that no rule knows. */
export function numberOfWord(word: string): number {
  return numberOf.get(word) ?? 0;
}

const SLOTS = 1 << (32 - Math.clz32(words.length * 4));
const slots = new Int32Array(SLOTS);
const hashes = Int32Array.from(words, (word) => hashOf(word, 0, word.length));
for (let number = 1; number < words.length; number++) {
  let slot = spread(hashes[number]!);
  while (slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
  slots[slot] = number;
}

function hashOf(text: string, from: number, to: number): number {
  let hash = 0;
  for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

function spread(hash: number): number {
  return (Math.imul(hash, 0x9e3779b1) >>> 16) & (SLOTS - 1);
}

/** The number of the word that stands in `text` from `from` to `to`, without cutting it out; 0 for an unknown one. */
export function numberAt(text: string, from: number, to: number): number {
  const hash = hashOf(text, from, to);
  for (let slot = spread(hash); ; slot = (slot + 1) & (SLOTS - 1)) {
    const number = slots[slot]!;
    if (number === 0) return 0;
    if (
      hashes[number] === hash &&
      words[number]!.length === to - from &&
      text.startsWith(words[number]!, from)
    )
      return number;
  }
}
