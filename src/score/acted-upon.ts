import { agentOf, endOf, findRole, plays, startOf } from './clause.js';
import { ENDORSING } from './frame-words.js';
import * as g from './grammar.js';
import { IS_VICTIMISING, TRAITS_OF } from './known-words.js';
import { NO, UNKNOWN, YES } from './memo.js';
import type { Mark, Scene } from './scene.js';

/**
 * True where the group at token `t` is what somebody else acts upon or speaks against (`orang yang menghina X`,
 * `kebencian terhadap X`), so that a judgement in the same sentence falls on the doer.
 */
export function isObjectOfOthers(scene: Scene, t: number): boolean {
  const { objects } = scene.memo;
  if (objects[t] === UNKNOWN) objects[t] = isActedUpon(scene, t) ? YES : NO;
  return objects[t] === YES;
}

function isActedUpon(scene: Scene, t: number): boolean {
  const start = startOf(scene, t, true);
  const holder = scene.holderAt[t] === -1 ? t : scene.marks[scene.holderAt[t]!]!.first;
  if (isOpposed(scene, holder, start) || isMade(scene, holder, start)) return true;
  for (let i = holder - 1; i >= Math.max(start, holder - 5); i--) {
    if (TRAITS_OF[scene.numbers[i]!]! & IS_VICTIMISING) return !isOwnDeed(scene, i, start);
    const index = scene.hostileAt[i]!;
    if (index === -1) continue;
    const mark = scene.marks[index]!;
    if (mark.kind !== 'hostile-predicate' && mark.kind !== 'negative-emotion') continue;
    if (mark.form === 'nominal') return !mark.entry.term.endsWith('ku');
    if (mark.form === 'passive' || mark.form === 'other') continue;
    const agent = agentOf(scene, mark);
    if (agent === 'other' && mark.form === 'active')
      return findRole(scene, start, mark.first, g.NORM | g.CALL | g.INTENT) === -1;
    if (agent === 'third' || agent === 'second' || agent === 'holder')
      return findRole(scene, start, mark.first, g.NORM) === -1;
    if (agent === 'none' && mark.form === 'active') {
      // A verb that opens its sentence and is judged: `membenci X adalah dosa`.
      if (findRole(scene, start, mark.first, g.NORM | g.CALL | g.INTENT) !== -1) return false;
      const end = endOf(scene, t);
      for (let e = t; e <= end; e++) if (ENDORSING.has(scene.words[e]!)) return false;
      return true;
    }
  }
  return false;
}

/** `gubernur anti-X itu murahan`: somebody else is said to be against the group. */
function isOpposed(scene: Scene, t: number, start: number): boolean {
  const apart = scene.words[t - 1] === 'anti' && t > start;
  if (!apart && !scene.words[t]!.startsWith('anti-')) return false;
  for (let i = apart ? t - 2 : t - 1; i >= start; i--) {
    if (plays(scene, i, g.FIRST | g.NORM | g.CALL | g.INTENT)) return false;
    if (scene.holderAt[i] !== -1 || plays(scene, i, g.THIRD | g.SECOND) || scene.roles[i] === 0) return true;
  }
  return false;
}

const GROWING = /^(?:makin|semakin|tambah|jadi|menjadi|berani|seenaknya)$/;

/** What rulers make, which may be as bad as they like. */
export const POLICIES: ReadonlySet<string> = new Set(
  'kebijakan program proyek aturan peraturan undang-undang uu ruu perda perppu perpres qanun fatwa putusan larangan sistem anggaran skb pasal zonasi otsus omnibus'.split(
    ' ',
  ),
);

/** `lembaga itu bikin X antre kayak sampah`: an office or law is told to have brought the group to it. */
function isMade(scene: Scene, t: number, start: number): boolean {
  if (!plays(scene, t - 1, g.CAUSE)) return false;
  // `aturan itu bikin X makin berani`: it is they who act.
  const last = scene.holderAt[t] === -1 ? t : scene.marks[scene.holderAt[t]!]!.last;
  if (GROWING.test(scene.words[last + 1] ?? '')) return false;
  for (let i = t - 2; i >= start; i--) {
    const index = scene.holderAt[i]!;
    if (index !== -1) return scene.marks[index]!.kind === 'institution';
    if (POLICIES.has(scene.words[i]!)) return true;
  }
  return false;
}

/** Active verbs that are said of their subject without an object: `betapa menjijikkannya X`. */
const REVOLTING =
  /^(?:menjijik|memuak|memalu|menyebal|mengeri|menjengkel|menyusah|mengganggu|menakut|memprihatin|membosan|menggeli)/;

/** `penghisap darah X`: who is named right after the doer is the one it is done to. */
export function isVictimOf(scene: Scene, mark: Mark, named: Mark): boolean {
  if (named.first !== mark.last + 1) return false;
  const word = scene.words[mark.first]!;
  if (/^me(?:r|n|m|ng|ny|l|w)/.test(word) && !REVOLTING.test(word)) return true;
  return (
    (mark.first < mark.last && /^pe(?:ng|m|n|r|l)/.test(word)) ||
    /^(?:penindas|perusak|penjajah|penista|penghina|pembenci|musuh|penjilat|penghancur)/.test(word)
  );
}

/** True where the writer does what token `t` says, by the words from token `from` on. */
export function isOwnDeed(scene: Scene, t: number, from: number): boolean {
  for (let i = t - 1; i >= from; i--) {
    if (plays(scene, i, g.THIRD | g.SECOND | g.WHICH | g.NEGATION | g.SORROW | g.PRONOUN)) return false;
    if (plays(scene, i, g.FIRST)) return true;
  }
  return false;
}
