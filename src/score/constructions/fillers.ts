import * as g from '../grammar.js';
import { SLOT_HEAD, TRAITS_OF } from '../known-words.js';
import { UNKNOWN } from '../memo.js';
import { addressedAs, antecedentOf } from '../reference.js';
import { isSacred, type Mark, type Scene } from '../scene.js';
import { KIND_BIT } from './slots.js';

/* What fills a slot of a construction at a token. */

/** The mark of one of `kinds` that begins at token `t`; the name of a deed (`pembunuhan`) is none. */
export function markAt(scene: Scene, t: number, kinds: number): Mark | undefined {
  if (scene.hostileAt[t] === -1) return undefined;
  for (let i = scene.hostileAt[t]!; i < scene.marks.length && scene.marks[i]!.first <= t; i++) {
    const mark = scene.marks[i]!;
    if (mark.first !== t || (kinds & KIND_BIT[mark.kind]) === 0) continue;
    if (mark.kind === 'hostile-predicate' && (mark.form === 'nominal' || mark.form === 'other')) continue;
    return mark;
  }
  return undefined;
}

/** True where token `t` is part of the name of a people or a camp; trades, places and ages (`guru`, `toko`, `anak-anak`) stay plain words. */
export function isNamed(scene: Scene, t: number): boolean {
  const index = scene.holderAt[t]!;
  if (index === -1) return false;
  const { kind, entry } = scene.marks[index]!;
  return kind !== 'institution' && entry.ground !== 'age';
}

/** Heads that may stand before a group's name in its slot. */
const MOST_HEADS = 4;

/** The token that names the group in a slot that begins at token `t`, heads passed over; -1 for none. */
export function groupFrom(scene: Scene, t: number, to: number): number {
  let at = t;
  while (at <= to && at - t < MOST_HEADS && groupAt(scene, at) === undefined && isHead(scene, at)) at++;
  return at <= to && groupAt(scene, at) !== undefined ? at : -1;
}

/** The token behind the group that token `at` names or takes up. */
export function behindGroup(scene: Scene, at: number): number {
  const group = groupAt(scene, at)!;
  return scene.holderAt[at] === -1 && group.kind !== 'slur' ? at + 1 : group.last + 1;
}

function isHead(scene: Scene, t: number): boolean {
  return (TRAITS_OF[scene.numbers[t]!]! & SLOT_HEAD) !== 0 && scene.holderAt[t] === -1;
}

/** The group of people that token `t` names or takes up; what is sacred to one is no slot's filler. */
export function groupAt(scene: Scene, t: number): Mark | undefined {
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
  const slur = slurAt(scene, t);
  if (slur !== undefined) return slur;
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

/** Weight from which a derogatory name is plainly one, and fills a slot as the group's own name does. */
const PLAIN_SLUR = 0.6;

function slurAt(scene: Scene, t: number): Mark | undefined {
  if (scene.hostileAt[t] === -1) return undefined;
  for (let i = scene.hostileAt[t]!; i < scene.marks.length && scene.marks[i]!.first <= t; i++) {
    const mark = scene.marks[i]!;
    if (mark.first === t && mark.kind === 'slur' && mark.entry.weight >= PLAIN_SLUR) return mark;
  }
  return undefined;
}
