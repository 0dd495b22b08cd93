import { KINDS, type Kind } from '../lexicon/entry.js';
import type { Construction } from './constructions/construction.js';
import { type Item, PATTERN_WORDS, PATTERNS, type Pattern, ROLE_WORDS } from './constructions/patterns.js';
import * as g from './grammar.js';
import { numberOfWord, SLOT_HEAD, TRAITS_OF } from './known-words.js';
import { UNKNOWN } from './memo.js';
import { addressedAs, antecedentOf } from './reference.js';
import { isSacred, type Mark, type Scene } from './scene.js';

/** Words in a row, by their numbers; a role is written as the complement of its bits. */
type Row = readonly number[];

/** Alternatives in the order in which they are tried: words one of which fills the item, or several in a row. */
type Choice =
  | { readonly words: Uint32Array; readonly row?: undefined }
  | { readonly row: Row; readonly words?: undefined };

const GROUP = 0;
const GAP = 1;
const ROLE = 2;
const WORDS = 3;

/** An item made ready to be matched. */
interface Slot {
  readonly type: number;
  /** Of a gap. */
  readonly most: number;
  readonly affirmed: boolean;
  readonly optional: boolean;
  readonly roles: number;
  /** Kinds of marks, a bit each. */
  readonly kinds: number;
  readonly choices: readonly Choice[];
}

interface Ready {
  readonly pattern: Pattern;
  /** Ordinal of its construction. */
  readonly construction: number;
  readonly slots: readonly Slot[];
  /** Roles and kinds some of which a sentence must hold for each of these items. */
  readonly neededRoles: readonly number[];
  readonly neededKinds: readonly number[];
}

/** Numbers of the words of patterns are below this (known-words.ts). */
const WORD_COUNT = PATTERN_WORDS.size + 1;
const SET_SIZE = (WORD_COUNT + 31) >>> 5;

function setOf(numbers: readonly number[]): Uint32Array {
  const set = new Uint32Array(SET_SIZE);
  for (const number of numbers) set[number >>> 5]! |= 1 << (number & 31);
  return set;
}

/** True where the number of a word, 0 for none, is in the set. */
function has(set: Uint32Array, number: number): boolean {
  return number < WORD_COUNT && (set[number >>> 5]! & (1 << (number & 31))) !== 0;
}

const KIND_BIT = Object.fromEntries(KINDS.map((kind, index) => [kind, 1 << index])) as Record<Kind, number>;

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
  const slot = { most: 0, affirmed: false, optional: false, roles: 0, kinds: 0, choices: [] };
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
        optional: item.optional,
      };
  }
}

const constructions: Construction[] = [];
const READY: readonly Ready[] = PATTERNS.map((pattern) => {
  let construction = constructions.indexOf(pattern.construction);
  if (construction === -1) construction = constructions.push(pattern.construction) - 1;
  const slots = pattern.items.map(slotOf);
  const bare = slots.filter(({ optional, choices }) => !optional && choices.length === 0);
  return {
    pattern,
    construction,
    slots,
    neededRoles: bare.filter(({ roles, kinds }) => roles !== 0 && kinds === 0).map(({ roles }) => roles),
    neededKinds: bare.filter(({ roles, kinds }) => kinds !== 0 && roles === 0).map(({ kinds }) => kinds),
  };
});
const UNLESS: readonly (Uint32Array | undefined)[] = constructions.map(({ unless }) =>
  unless === undefined ? undefined : setOf(unless.map(numberOfWord)),
);

/** More items than any pattern has. */
const ITEMS = 16;

/** How many items of words alone each pattern has: all must be filled before it is worth a match. */
const NEEDED = new Uint8Array(PATTERNS.length);
/** Of each word: places (pattern * ITEMS + item) of such items that it begins, from `FIRST_PLACE[number]` on. */
const FIRST_PLACE = new Int32Array(WORD_COUNT + 1);
const PLACES: Int32Array = (() => {
  const places: number[][] = Array.from({ length: WORD_COUNT }, () => []);
  PATTERNS.forEach((pattern, number) => {
    pattern.items.forEach((item, place) => {
      if (item.type !== 'words' || item.optional || item.roles !== 0 || item.kinds.length > 0) return;
      const firsts = new Set(item.alternatives.map((words) => words[0]!));
      if ([...firsts].some((word) => ROLE_WORDS[word] !== undefined)) return;
      NEEDED[number]! += 1;
      for (const word of firsts) places[numberOfWord(word)]!.push(number * ITEMS + place);
    });
    if (NEEDED[number] === 0)
      throw new Error(`construction ${pattern.construction.id}: a pattern names no word`);
  });
  places.forEach((list, number) => {
    FIRST_PLACE[number + 1] = FIRST_PLACE[number]! + list.length;
  });
  return Int32Array.from(places.flat());
})();

// Marks of the sentence at hand, told from older ones by its stamp.
const filledAt = new Int32Array(PATTERNS.length * ITEMS);
const countAt = new Int32Array(PATTERNS.length);
const count = new Uint8Array(PATTERNS.length);
const seenAt = new Int32Array(constructions.length);
const ready: number[] = [];
let stamp = 0;
// Where a pattern was tried in vain, told from older trials by the stamp of the trial.
let failedAt = new Int32Array(0);
let trial = 0;
/** Tokens from the sentence's first to behind its last. */
let width = 0;

/** A construction found in a sentence. Token indices, inclusive. */
export interface ConstructionMatch {
  readonly construction: Construction;
  readonly first: number;
  readonly last: number;
  /** Token and mark of the group in its slot. */
  readonly holderAt: number;
  readonly holder: Mark;
  readonly denies: boolean;
  readonly acts: boolean;
}

/** Every construction that the sentences with a group in them hold, each at most once a sentence. */
export function matchConstructions(scene: Scene): ConstructionMatch[] {
  const found: ConstructionMatch[] = [];
  let from = 0;
  while (from < scene.count) {
    const sentence = scene.tokens.sentence[from];
    let to = from;
    let group = false;
    while (to < scene.count && scene.tokens.sentence[to] === sentence) {
      if (groupAt(scene, to) !== undefined) group = true;
      to++;
    }
    if (group) matchSentence(scene, from, to - 1, found);
    from = to;
  }
  return found;
}

function matchSentence(scene: Scene, from: number, to: number, found: ConstructionMatch[]): void {
  stamp = (stamp + 1) | 0;
  findReady(scene, from, to);
  if (ready.length === 0) return;
  const roles = scene.sentences.roles[scene.tokens.sentence[from]!]!;
  const kinds = kindsIn(scene, from, to);
  width = to - from + 2;
  if (width * ITEMS > failedAt.length) failedAt = new Int32Array(width * 2 * ITEMS);
  for (const number of ready) {
    const one = READY[number]!;
    if (seenAt[one.construction] === stamp) continue;
    if (one.neededRoles.some((bits) => (roles & bits) === 0)) continue;
    if (one.neededKinds.some((bits) => (kinds & bits) === 0)) continue;
    const match = matchPattern(scene, one, from, to);
    if (match === undefined) continue;
    const unless = UNLESS[one.construction];
    if (unless !== undefined && hasWord(scene, unless, from, to)) continue;
    seenAt[one.construction] = stamp;
    found.push(match);
  }
}

/** Gathers the patterns of which every item of words finds one of its words in the sentence, in their order. */
function findReady(scene: Scene, from: number, to: number): void {
  ready.length = 0;
  for (let t = from; t <= to; t++) {
    fill(scene.numbers[t]!);
    if (scene.stems[t] !== 0 && scene.words[t]!.length > 5) fill(scene.stems[t]!);
  }
  if (ready.length > 1) ready.sort((a, b) => a - b);
}

function fill(number: number): void {
  if (number >= WORD_COUNT) return;
  for (let i = FIRST_PLACE[number]!; i < FIRST_PLACE[number + 1]!; i++) {
    const place = PLACES[i]!;
    if (filledAt[place] === stamp) continue;
    filledAt[place] = stamp;
    const pattern = (place / ITEMS) | 0;
    if (countAt[pattern] !== stamp) {
      countAt[pattern] = stamp;
      count[pattern] = 0;
    }
    count[pattern] = count[pattern]! + 1;
    if (count[pattern] === NEEDED[pattern]) ready.push(pattern);
  }
}

/** Kinds of the hostile marks that begin in the sentence, a bit each. */
function kindsIn(scene: Scene, from: number, to: number): number {
  let kinds = 0;
  for (let t = from; t <= to; t++) {
    if (scene.hostileAt[t] === -1) continue;
    for (let i = scene.hostileAt[t]!; i < scene.marks.length && scene.marks[i]!.first <= t; i++)
      kinds |= KIND_BIT[scene.marks[i]!.kind];
  }
  return kinds;
}

function hasWord(scene: Scene, set: Uint32Array, from: number, to: number): boolean {
  for (let t = from; t <= to; t++) if (has(set, scene.numbers[t]!)) return true;
  return false;
}

function matchPattern(scene: Scene, one: Ready, from: number, to: number): ConstructionMatch | undefined {
  const { pattern, slots } = one;
  const state = { from, to, holderAt: -1, last: -1 };
  trial = (trial + 1) | 0;
  for (let t = from; t <= to; t++) {
    // A pattern starts outside a name, so that `orang X` is taken from its first word.
    if (step(scene, slots, 0, t, state)) {
      const holder = groupAt(scene, state.holderAt);
      if (holder === undefined) return undefined;
      return {
        construction: pattern.construction,
        first: t,
        last: Math.max(state.last, t),
        holderAt: state.holderAt,
        holder,
        denies: pattern.denies,
        acts: pattern.acts,
      };
    }
  }
  return undefined;
}

/** A trial of one pattern in one sentence: where it stands, and what it found. */
interface Trial {
  readonly from: number;
  readonly to: number;
  holderAt: number;
  last: number;
}

/** Whether the items from `index` on are found from token `t` on; nothing is tried twice at one place. */
function step(scene: Scene, slots: readonly Slot[], index: number, t: number, state: Trial): boolean {
  if (index === slots.length) {
    state.last = t - 1;
    return true;
  }
  // A mark may go on beyond a sentence that nobody ended.
  if (t > state.to + 1) return tryStep(scene, slots, index, t, state);
  const place = index * width + t - state.from;
  if (failedAt[place] === trial) return false;
  if (tryStep(scene, slots, index, t, state)) return true;
  failedAt[place] = trial;
  return false;
}

function tryStep(scene: Scene, slots: readonly Slot[], index: number, t: number, state: Trial): boolean {
  const slot = slots[index]!;
  const { to } = state;
  if (slot.type === GAP) {
    const most = Math.min(to + 1, t + slot.most);
    for (let next = t; next <= most; next++) {
      if (step(scene, slots, index + 1, next, state)) return true;
      if (slot.affirmed && next <= to && (scene.roles[next]! & g.NEGATION) !== 0) return false;
    }
    return false;
  }
  if (slot.optional && step(scene, slots, index + 1, t, state)) return true;
  if (t > to) return false;
  if (slot.type === GROUP) {
    let at = t;
    for (
      let skipped = 0;
      at <= to && skipped < 4 && groupAt(scene, at) === undefined && isHead(scene, at);
      skipped++
    )
      at++;
    const mark = at <= to ? groupAt(scene, at) : undefined;
    if (mark === undefined) return false;
    state.holderAt = at;
    const next = scene.holderAt[at] === -1 ? at + 1 : mark.last + 1;
    return step(scene, slots, index + 1, next, state);
  }
  if ((scene.roles[t]! & slot.roles) !== 0 && step(scene, slots, index + 1, t + 1, state)) return true;
  if (slot.kinds !== 0) {
    const mark = markAt(scene, t, slot.kinds);
    if (mark !== undefined && step(scene, slots, index + 1, mark.last + 1, state)) return true;
  }
  for (const { words, row } of slot.choices) {
    if (words !== undefined) {
      if (
        scene.holderAt[t] === -1 &&
        (has(words, scene.numbers[t]!) || has(words, scene.stems[t]!)) &&
        step(scene, slots, index + 1, t + 1, state)
      )
        return true;
      continue;
    }
    let length = 0;
    while (length < row.length && t + length <= to && isWord(scene, t + length, row[length]!)) length++;
    if (length === row.length && step(scene, slots, index + 1, t + length, state)) return true;
  }
  return false;
}

/** The mark of one of `kinds` that begins at token `t`; the name of a deed (`pembunuhan`) is none. */
function markAt(scene: Scene, t: number, kinds: number): Mark | undefined {
  if (scene.hostileAt[t] === -1) return undefined;
  for (let i = scene.hostileAt[t]!; i < scene.marks.length && scene.marks[i]!.first <= t; i++) {
    const mark = scene.marks[i]!;
    if (mark.first !== t || (kinds & KIND_BIT[mark.kind]) === 0) continue;
    if (mark.kind === 'hostile-predicate' && (mark.form === 'nominal' || mark.form === 'other')) continue;
    return mark;
  }
  return undefined;
}

/** True where token `t` is the word of this number (or plays the role it stands for) and is no part of a name. */
function isWord(scene: Scene, t: number, wanted: number): boolean {
  if (wanted < 0) return (scene.roles[t]! & ~wanted) !== 0;
  return scene.holderAt[t] === -1 && (scene.numbers[t] === wanted || scene.stems[t] === wanted);
}

function isHead(scene: Scene, t: number): boolean {
  return (TRAITS_OF[scene.numbers[t]!]! & SLOT_HEAD) !== 0 && scene.holderAt[t] === -1;
}

/** The group of people that token `t` names or takes up; what is sacred to one is no slot's filler. */
function groupAt(scene: Scene, t: number): Mark | undefined {
  if (t < 0 || t >= scene.count) return undefined;
  const { groups } = scene.memo;
  if (groups[t] === UNKNOWN) groups[t] = findGroup(scene, t)?.index ?? -1;
  return groups[t] === -1 ? undefined : scene.marks[groups[t]!]!;
}

function findGroup(scene: Scene, t: number): Mark | undefined {
  const index = scene.holderAt[t];
  if (index === undefined) return undefined;
  if (index !== -1) {
    const mark = scene.marks[index]!;
    return mark.kind === 'group' && !isSacred(mark) ? mark : undefined;
  }
  if (scene.roles[t]! & g.SECOND) {
    const mark = addressedAs(scene, t);
    if (mark !== undefined) return mark;
  }
  if (scene.roles[t]! & g.PRONOUN || scene.words[t] === 'kalian') {
    const mark = antecedentOf(scene, t);
    return mark?.kind === 'group' ? mark : undefined;
  }
  return undefined;
}
