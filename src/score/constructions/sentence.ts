import type { Scene } from '../scene.js';
import { behindGroup, groupFrom, isNamed, markAt } from './fillers.js';
import {
  COUNTS,
  FIRST_PLACE,
  GAP,
  GROUP,
  ITEMS,
  NEEDED,
  PLACES,
  READY,
  type Slot,
  WORD_COUNT,
} from './slots.js';

/*
 * What one sentence offers to all patterns at once, as sets of tokens, so that a pattern which cannot be found is given
 * up after a few operations on bits. A set holds a bit for each token and one for the place behind the last.
 */

/** Patterns of which every item of words finds one of its words in the sentence, in their order. */
export const ready: number[] = [];

// Of the sentence at hand; what belongs to an older one is told by its stamp.
let stamp = 0;
let first = 0;
let last = 0;
/** Numbers that make up a set. */
let size = 0;
const countAt = new Int32Array(NEEDED.length);
const count = new Uint8Array(NEEDED.length);
const countedAt = new Int32Array(COUNTS.length);
const filledAt = new Int32Array(COUNTS.length);
/** Sets of the tokens that begin an item, by its place. */
let filled = new Int32Array(0);
const roleSets = new Map<number, TokenSet>();
const kindSets = new Map<number, TokenSet>();
const groups: TokenSet = { stamp: 0, bits: new Int32Array(0) };
let reached = new Int32Array(0);
let next = new Int32Array(0);

interface TokenSet {
  stamp: number;
  bits: Int32Array;
}

/** Takes up the sentence of tokens `from` to `to` and gathers the patterns that are {@link ready}. */
export function findReady(scene: Scene, from: number, to: number): void {
  stamp = (stamp + 1) | 0;
  first = from;
  last = to;
  size = (to - from + 33) >>> 5;
  if (size * COUNTS.length > filled.length) filled = new Int32Array(size * COUNTS.length);
  if (size > reached.length) {
    reached = new Int32Array(size);
    next = new Int32Array(size);
  }
  ready.length = 0;
  for (let t = from; t <= to; t++) {
    fill(scene, scene.numbers[t]!, t, true);
    if (scene.stems[t] !== 0) fill(scene, scene.stems[t]!, t, scene.words[t]!.length > 5);
  }
  // They are few, and a call of `sort` costs more than they do.
  for (let i = 1; i < ready.length; i++) {
    const number = ready[i]!;
    let at = i;
    for (; at > 0 && ready[at - 1]! > number; at--) ready[at] = ready[at - 1]!;
    ready[at] = number;
  }
}

function fill(scene: Scene, number: number, t: number, counts: boolean): void {
  if (number >= WORD_COUNT) return;
  const word = (t - first) >>> 5;
  const bit = isNamed(scene, t) ? 0 : 1 << (t - first);
  for (let i = FIRST_PLACE[number]!; i < FIRST_PLACE[number + 1]!; i++) {
    const place = PLACES[i]!;
    const at = place * size;
    if (filledAt[place] !== stamp) {
      filledAt[place] = stamp;
      for (let w = 0; w < size; w++) filled[at + w] = 0;
    }
    filled[at + word]! |= bit;
    if (!counts || COUNTS[place] === 0 || countedAt[place] === stamp) continue;
    countedAt[place] = stamp;
    const pattern = (place / ITEMS) | 0;
    if (countAt[pattern] !== stamp) {
      countAt[pattern] = stamp;
      count[pattern] = 0;
    }
    count[pattern] = count[pattern]! + 1;
    if (count[pattern] === NEEDED[pattern]) ready.push(pattern);
  }
}

/**
 * False where the items of a pattern cannot be found in their order and reach; true says only that they may be, since
 * rows of words are looked for by their first and negations in gaps are not looked at.
 */
export function isFeasible(scene: Scene, pattern: number): boolean {
  const { slots } = READY[pattern]!;
  for (let w = 0; w < size; w++) reached[w] = -1;
  for (let item = 0; item < slots.length; item++) {
    if (!advance(scene, slots[item]!, pattern * ITEMS + item)) return false;
  }
  return true;
}

/** Takes the set of tokens that an item may begin at to those behind it; false where none is left. */
function advance(scene: Scene, slot: Slot, place: number): boolean {
  if (slot.type === GAP) {
    widen(slot.most);
    return true;
  }
  for (let w = 0; w < size; w++) next[w] = slot.optional ? reached[w]! : 0;
  if (slot.type === GROUP) jump(scene, groupSet(scene), 0);
  else {
    if (slot.roles !== 0) shiftInto(roleSet(scene, slot.roles), 0, 1);
    if (slot.kinds !== 0) jump(scene, kindSet(scene, slot.kinds), slot.kinds);
    if (filledAt[place] === stamp) shiftBy(filled, place * size, slot.lengths);
    if (slot.firstRoles !== 0) shiftBy(roleSet(scene, slot.firstRoles), 0, slot.lengths);
  }
  let any = 0;
  for (let w = 0; w < size; w++) any |= next[w]!;
  const before = reached;
  reached = next;
  next = before;
  return any !== 0;
}

/** Adds to the set all places up to `most` tokens on. */
function widen(most: number): void {
  for (let reach = 0; reach < most; ) {
    const by = Math.min(reach + 1, most - reach);
    for (let w = size - 1; w >= 0; w--)
      reached[w] = reached[w]! | (reached[w]! << by) | (w > 0 ? reached[w - 1]! >>> (32 - by) : 0);
    reach += by;
  }
}

function shiftBy(set: Int32Array, at: number, lengths: number): void {
  for (let by = 1, left = lengths >>> 1; left !== 0; by++, left >>>= 1)
    if ((left & 1) !== 0) shiftInto(set, at, by);
}

/** Adds what is reached and in the set, `by` tokens on. */
function shiftInto(set: Int32Array, at: number, by: number): void {
  let carry = 0;
  for (let w = 0; w < size; w++) {
    const both = reached[w]! & set[at + w]!;
    next[w] = next[w]! | (both << by) | carry;
    carry = both >>> (32 - by);
  }
}

/**
 * Adds for each token that is reached and in the set the place behind the mark of one of `kinds` that begins there, or,
 * where these are 0, behind the group that is named there; at most the last.
 */
function jump(scene: Scene, set: Int32Array, kinds: number): void {
  for (let w = 0; w < size; w++) {
    for (let both = reached[w]! & set[w]!; both !== 0; both &= both - 1) {
      const t = first + w * 32 + (31 - Math.clz32(both & -both));
      const to =
        kinds === 0 ? behindGroup(scene, groupFrom(scene, t, last)) : markAt(scene, t, kinds)!.last + 1;
      const behind = Math.min(to, last + 1) - first;
      next[behind >>> 5]! |= 1 << behind;
    }
  }
}

function roleSet(scene: Scene, roles: number): Int32Array {
  const set = setIn(roleSets, roles);
  if (set.stamp !== stamp) {
    begin(set);
    for (let t = first; t <= last; t++) if ((scene.roles[t]! & roles) !== 0) put(set, t);
  }
  return set.bits;
}

function kindSet(scene: Scene, kinds: number): Int32Array {
  const set = setIn(kindSets, kinds);
  if (set.stamp !== stamp) {
    begin(set);
    for (let t = first; t <= last; t++) if (markAt(scene, t, kinds) !== undefined) put(set, t);
  }
  return set.bits;
}

function groupSet(scene: Scene): Int32Array {
  if (groups.stamp !== stamp) {
    begin(groups);
    for (let t = first; t <= last; t++) if (groupFrom(scene, t, last) !== -1) put(groups, t);
  }
  return groups.bits;
}

function setIn(sets: Map<number, TokenSet>, key: number): TokenSet {
  let set = sets.get(key);
  if (set === undefined) {
    set = { stamp: 0, bits: new Int32Array(0) };
    sets.set(key, set);
  }
  return set;
}

/** Makes a set the sentence's own, with none of its tokens in it. */
function begin(set: TokenSet): void {
  set.stamp = stamp;
  if (set.bits.length < size) set.bits = new Int32Array(size);
  for (let w = 0; w < size; w++) set.bits[w] = 0;
}

function put(set: TokenSet, t: number): void {
  set.bits[(t - first) >>> 5]! |= 1 << (t - first);
}
