import { KINDS, type Kind } from '../../lexicon/entry.js';
import { numberOfWord } from '../known-words.js';
import type { Construction } from './construction.js';
import { type Item, PATTERN_WORDS, PATTERNS, type Pattern, ROLE_WORDS } from './patterns.js';

/* Patterns made ready to be matched: words by their numbers, roles and kinds of marks as bits. */

/** Words in a row, by their numbers; a role is written as the complement of its bits. */
type Row = readonly number[];

/** Alternatives in the order in which they are tried: words one of which fills the item, or several in a row. */
export type Choice =
  | { readonly words: Uint32Array; readonly row?: undefined }
  | { readonly row: Row; readonly words?: undefined };

export const GROUP = 0;
export const GAP = 1;
const ROLE = 2;
const WORDS = 3;

/** An item made ready to be matched. */
export interface Slot {
  readonly type: number;
  /** Of a gap. */
  readonly most: number;
  readonly affirmed: boolean;
  readonly optional: boolean;
  readonly roles: number;
  /** Kinds of marks, a bit each. */
  readonly kinds: number;
  readonly choices: readonly Choice[];
  /** Roles that the first of several words in a row may play. */
  readonly firstRoles: number;
  /** How many tokens its words may take, a bit each. */
  readonly lengths: number;
}

/** A pattern made ready to be matched. */
interface Ready {
  readonly pattern: Pattern;
  /** Ordinal of its construction. */
  readonly construction: number;
  readonly slots: readonly Slot[];
}

/** Numbers of the words of patterns are below this (known-words.ts). */
export const WORD_COUNT = PATTERN_WORDS.size + 1;
const SET_SIZE = (WORD_COUNT + 31) >>> 5;

function setOf(numbers: readonly number[]): Uint32Array {
  const set = new Uint32Array(SET_SIZE);
  for (const number of numbers) set[number >>> 5]! |= 1 << (number & 31);
  return set;
}

/** True where the number of a word, 0 for none, is in the set. */
export function has(set: Uint32Array, number: number): boolean {
  return number < WORD_COUNT && (set[number >>> 5]! & (1 << (number & 31))) !== 0;
}

export const KIND_BIT = Object.fromEntries(KINDS.map((kind, index) => [kind, 1 << index])) as Record<
  Kind,
  number
>;

function kindBits(kinds: readonly Kind[]): number {
  return kinds.reduce((bits, kind) => bits | KIND_BIT[kind], 0);
}

function choicesOf(alternatives: readonly (readonly string[])[]): Choice[] {
  const choices: Choice[] = [];
  let singles: number[] = [];
  const close = (): void => {
    if (singles.length > 0) choices.push({ words: setOf(singles) });
    singles = [];
  };
  for (const alternative of alternatives) {
    const row = alternative.map((word) => {
      const role = ROLE_WORDS[word];
      return role === undefined ? numberOfWord(word) : ~role;
    });
    if (row.length === 1 && row[0]! > 0) singles.push(row[0]!);
    else {
      close();
      choices.push({ row });
    }
  }
  close();
  return choices;
}

function slotOf(item: Item): Slot {
  const slot = {
    most: 0,
    affirmed: false,
    optional: false,
    roles: 0,
    kinds: 0,
    choices: [],
    firstRoles: 0,
    lengths: 0,
  };
  switch (item.type) {
    case 'group':
      return { ...slot, type: GROUP };
    case 'gap':
      return { ...slot, type: GAP, most: item.most, affirmed: item.affirmed };
    case 'role':
      return { ...slot, type: ROLE, roles: item.bits, optional: item.optional };
    case 'words':
      return {
        ...slot,
        type: WORDS,
        roles: item.roles,
        kinds: kindBits(item.kinds),
        choices: choicesOf(item.alternatives),
        firstRoles: item.alternatives.reduce((roles, [first]) => roles | (ROLE_WORDS[first!] ?? 0), 0),
        lengths: item.alternatives.reduce((lengths, row) => lengths | (1 << row.length), 0),
        optional: item.optional,
      };
  }
}

const constructions: Construction[] = [];
export const READY: readonly Ready[] = PATTERNS.map((pattern) => {
  let construction = constructions.indexOf(pattern.construction);
  if (construction === -1) construction = constructions.push(pattern.construction) - 1;
  return { pattern, construction, slots: pattern.items.map(slotOf) };
});
export const CONSTRUCTION_COUNT = constructions.length;
/** By ordinal of the construction: the words with which it means something else. */
export const UNLESS: readonly (Uint32Array | undefined)[] = constructions.map(({ unless }) =>
  unless === undefined ? undefined : setOf(unless.map(numberOfWord)),
);

/** More items than any pattern has. A place is an item of a pattern: `pattern * ITEMS + item`. */
export const ITEMS = 16;
/** How many items of words alone each pattern has: all must be filled before it is worth a match. */
export const NEEDED = new Uint8Array(PATTERNS.length);
/** 1 for the places that count towards {@link NEEDED}. */
export const COUNTS = new Uint8Array(PATTERNS.length * ITEMS);
/** Of each word: the places that it begins, in {@link PLACES} from `FIRST_PLACE[number]` on. */
export const FIRST_PLACE = new Int32Array(WORD_COUNT + 1);
export const PLACES: Int32Array = (() => {
  const places: number[][] = Array.from({ length: WORD_COUNT }, () => []);
  PATTERNS.forEach((pattern, number) => {
    pattern.items.forEach((item, place) => {
      if (item.type !== 'words') return;
      const firsts = new Set(item.alternatives.map((words) => words[0]!));
      const roles = [...firsts].filter((word) => ROLE_WORDS[word] !== undefined);
      if (!item.optional && item.roles === 0 && item.kinds.length === 0 && roles.length === 0) {
        NEEDED[number]! += 1;
        COUNTS[number * ITEMS + place] = 1;
      }
      for (const word of firsts)
        if (!roles.includes(word)) places[numberOfWord(word)]!.push(number * ITEMS + place);
    });
    if (NEEDED[number] === 0)
      throw new Error(`construction ${pattern.construction.id}: a pattern names no word`);
  });
  places.forEach((list, number) => {
    FIRST_PLACE[number + 1] = FIRST_PLACE[number]! + list.length;
  });
  return Int32Array.from(places.flat());
})();
