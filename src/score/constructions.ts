import type { Construction } from './constructions/construction.js';
import { behindGroup, groupAt, groupFrom, isNamed, markAt } from './constructions/fillers.js';
import { findReady, isFeasible, ready } from './constructions/sentence.js';
import {
  CONSTRUCTION_COUNT,
  GAP,
  GROUP,
  has,
  ITEMS,
  READY,
  type Slot,
  UNLESS,
} from './constructions/slots.js';
import * as g from './grammar.js';
import type { Mark, Scene } from './scene.js';

// Constructions seen in the sentence at hand, told from older ones by its stamp.
const seenAt = new Int32Array(CONSTRUCTION_COUNT);
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
  findReady(scene, from, to);
  if (ready.length === 0) return;
  stamp = (stamp + 1) | 0;
  width = to - from + 2;
  if (width * ITEMS > failedAt.length) failedAt = new Int32Array(width * 2 * ITEMS);
  for (const number of ready) {
    const { construction } = READY[number]!;
    if (seenAt[construction] === stamp || !isFeasible(scene, number)) continue;
    const unless = UNLESS[construction];
    if (unless !== undefined && hasWord(scene, unless, from, to)) {
      seenAt[construction] = stamp;
      continue;
    }
    const match = matchPattern(scene, number, from, to);
    if (match === undefined) continue;
    seenAt[construction] = stamp;
    found.push(match);
  }
}

function hasWord(scene: Scene, set: Uint32Array, from: number, to: number): boolean {
  for (let t = from; t <= to; t++) if (has(set, scene.numbers[t]!)) return true;
  return false;
}

function matchPattern(scene: Scene, number: number, from: number, to: number): ConstructionMatch | undefined {
  const { pattern, slots } = READY[number]!;
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
    const at = groupFrom(scene, t, to);
    if (at === -1) return false;
    state.holderAt = at;
    return step(scene, slots, index + 1, behindGroup(scene, at), state);
  }
  if ((scene.roles[t]! & slot.roles) !== 0 && step(scene, slots, index + 1, t + 1, state)) return true;
  if (slot.kinds !== 0) {
    const mark = markAt(scene, t, slot.kinds);
    if (mark !== undefined && step(scene, slots, index + 1, mark.last + 1, state)) return true;
  }
  for (const { words, row } of slot.choices) {
    if (words !== undefined) {
      if (
        !isNamed(scene, t) &&
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

/** True where token `t` is the word of this number (or plays the role it stands for) and is no part of a name. */
function isWord(scene: Scene, t: number, wanted: number): boolean {
  if (wanted < 0) return (scene.roles[t]! & ~wanted) !== 0;
  return !isNamed(scene, t) && (scene.numbers[t] === wanted || scene.stems[t] === wanted);
}
