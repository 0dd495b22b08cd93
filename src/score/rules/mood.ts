import { agentOf, endOf, findRole, plays, startOf } from '../clause.js';
import { ENDORSING } from '../frame-words.js';
import * as g from '../grammar.js';
import { holderAfter, holderAtToken, holderBefore, isOwnKin, subjectOf } from '../reference.js';
import type { Holder, Mark, Scene } from '../scene.js';
import { isCrime, isLethal, isViolent } from './violence.js';

/** How a verb of harm stands in its sentence. */
export type Mood = 'order' | 'duty' | 'threat' | 'trait' | 'told';

/** How far after a verb of harm the one whom it strikes is looked for, in words. */
export const OBJECT_REACH = 6;

const OR = new Set(['atau', 'mending', 'mendingan', 'lalu', 'makanya']);

/** How the verb stands, and whom it strikes; undefined where that is nobody known. */
export function moodOf(scene: Scene, mark: Mark): { mood: Mood; holder: Holder } | undefined {
  const start = startOf(scene, mark.first, true);
  const sentence = startOf(scene, mark.first);
  const normed = findRole(scene, mark.first - 1, start, g.NORM) !== -1;
  const called = findRole(scene, mark.first - 1, sentence, g.CALL) !== -1;
  const meant = findRole(scene, mark.first - 1, start, g.INTENT) !== -1;
  const agent = agentOf(scene, mark);
  if (mark.form === 'passive') return passiveMood(scene, mark, normed, called);
  const text = scene.text.slice(mark.start, mark.end);
  const object: Holder | undefined =
    /[a-z]mu$/.test(text) && !mark.entry.term.endsWith('mu') ? { type: 'second', at: mark.last } : undefined;
  const inside = heldInside(scene, mark);
  if (inside === undefined && hasInside(scene, mark)) return undefined;
  const after = object ?? inside ?? holderAfter(scene, mark, OBJECT_REACH);
  const before = holderBefore(scene, mark);
  if (mark.form === 'first-person') {
    const holder = after ?? before ?? subjectOf(scene, mark);
    return holder === undefined ? undefined : { mood: 'threat', holder };
  }
  // `X suka membunuh`: a crime as a trait, the group itself the doer.
  if (before?.type === 'group' && agent === 'holder' && !normed && !called && !meant) {
    const base = mark.form === 'base' || mark.form === 'imperative';
    const habit =
      findRole(scene, mark.first - 1, before.at, g.HABIT | g.ALL) !== -1 ||
      scene.words[mark.last + 1] === 'semua';
    if (base && (plays(scene, mark.last + 1, g.JUST) || before.by === 'carried'))
      return { mood: 'order', holder: before };
    // `perang sama X atau usir X dari sini`
    if (base && after?.type === 'group' && OR.has(scene.words[mark.first - 1] ?? ''))
      return { mood: 'order', holder: after };
    if (
      base &&
      after?.type === 'group' &&
      after.mark === before.mark &&
      isSaidBetween(scene, before.at, mark)
    )
      return { mood: 'order', holder: before };
    if (habit && !base && (isViolent(mark) || isCrime(mark))) return { mood: 'trait', holder: before };
    if (
      base &&
      after === undefined &&
      endOf(scene, mark.last, true) === mark.last &&
      mark.first > before.at + 1
    )
      return { mood: 'told', holder: before };
    return { mood: 'told', holder: before };
  }
  const holder =
    after ??
    (before?.type === 'group' || before?.type === 'camp' || before?.type === 'second' ? before : undefined) ??
    carried(scene, mark, agent);
  if (holder === undefined) return undefined;
  const plain = mark.form === 'base' || mark.form === 'imperative';
  if (after === undefined && agent !== 'first' && hasOwnObject(scene, mark)) return undefined;
  switch (agent) {
    case 'first': {
      const us = isUs(scene, mark, start);
      if (normed && us) return { mood: 'duty', holder };
      if (called && us) return { mood: 'order', holder };
      if (meant || plain || normed) return { mood: us && !meant ? 'order' : 'threat', holder };
      return { mood: 'told', holder };
    }
    case 'asked':
      return { mood: 'order', holder };
    case 'none':
      if (called) return { mood: 'order', holder };
      if (normed) return { mood: 'duty', holder };
      if (meant) return holder.type === 'institution' ? undefined : { mood: 'threat', holder };
      return { mood: plain ? 'order' : isEndorsed(scene, mark) ? 'duty' : 'told', holder };
    case 'other':
      if (called) return { mood: 'order', holder };
      if (normed) return { mood: 'duty', holder };
      // `rakyat bunuh presiden` tells what somebody did.
      if (holder.type === 'institution' && !plays(scene, mark.last + 1, g.JUST))
        return { mood: 'told', holder };
      return { mood: plain && mark.first - start <= 3 && after !== undefined ? 'order' : 'told', holder };
    case 'second':
      if (normed || called) return { mood: 'duty', holder };
      return { mood: plain && after !== undefined ? 'order' : 'told', holder };
    case 'holder':
      if (before?.type === 'group' && after !== undefined && after.type !== 'group')
        return { mood: 'told', holder: before };
      if (normed) return { mood: 'duty', holder };
      return { mood: 'told', holder };
    default:
      return { mood: normed || called ? 'duty' : 'told', holder };
  }
}

/** `bakar X hidup-hidup`, `gantung X sampai mati`: whom it strikes stands within what is said. */
function heldInside(scene: Scene, mark: Mark): Holder | undefined {
  for (let t = mark.first + 1; t < mark.last; t++) {
    const holder = holderAtToken(scene, t);
    if (holder?.type === 'group') return holder;
  }
  return undefined;
}

/** `bakar ikan hidup-hidup`: another thing stands there. */
function hasInside(scene: Scene, mark: Mark): boolean {
  if (!mark.entry.term.includes(' .. ')) return false;
  const named = mark.entry.term.split(' ');
  for (let t = mark.first + 1; t < mark.last; t++)
    if (scene.roles[t] === 0 && !named.includes(scene.words[t]!)) return true;
  return false;
}

/** `X itu babi usir mereka`: something was said of X before the verb, which so begins an order of its own. */
function isSaidBetween(scene: Scene, from: number, mark: Mark): boolean {
  let said = false;
  for (let t = from + 1; t < mark.first; t++) {
    if (plays(scene, t, g.WHICH | g.THAT | g.OBLIQUE | g.SAY | g.CONTRAST)) return false;
    const index = scene.hostileAt[t]!;
    if (index !== -1) said = scene.marks[index]!.kind !== 'hostile-predicate';
  }
  return said && plays(scene, mark.last + 1, g.PRONOUN);
}

/** `membunuh X itu ibadah`. */
function isEndorsed(scene: Scene, mark: Mark): boolean {
  const last = endOf(scene, mark.last);
  for (let t = mark.last + 1; t <= last; t++) if (ENDORSING.has(scene.words[t]!)) return true;
  return false;
}

/** `tolak ujaran kebencian`: what is struck is named by a plain word that follows. */
function hasOwnObject(scene: Scene, mark: Mark): boolean {
  const next = mark.last + 1;
  return (
    next < scene.count &&
    scene.segment[next] === scene.segment[mark.last] &&
    scene.roles[next] === 0 &&
    scene.hostileAt[next] === -1
  );
}

/** True where the doer is `kita` (or `kami`), not the writer alone. */
function isUs(scene: Scene, mark: Mark, start: number): boolean {
  for (let t = mark.first - 1; t >= start; t--) if (scene.words[t] === 'kita') return true;
  return false;
}

/** The one that was named before, for an order or a wish of the writer's own: `X ada di mana-mana. Bunuh saja.` */
function carried(scene: Scene, mark: Mark, agent: ReturnType<typeof agentOf>): Holder | undefined {
  if (agent !== 'none' && agent !== 'first') return undefined;
  const holder = subjectOf(scene, mark);
  return holder !== undefined && (holder.type === 'group' || holder.type === 'second') ? holder : undefined;
}

function passiveMood(
  scene: Scene,
  mark: Mark,
  normed: boolean,
  called: boolean,
): { mood: Mood; holder: Holder } | undefined {
  const holder = holderBefore(scene, mark) ?? subjectOf(scene, mark);
  if (holder === undefined) return undefined;
  // `yang dibunuh`, `yang diusir dan dibunuh` tell which ones.
  const before = mark.first - 1;
  const joined = scene.words[before] === 'dan' || scene.words[before] === 'atau';
  const other = joined && before > 0 ? scene.hostileAt[before - 1]! : -1;
  const first = other === -1 ? before : scene.marks[other]!.first - 1;
  if (isLookedOn(scene, mark, holder) || isRelative(scene, holder)) return { mood: 'told', holder };
  if (tellsWhich(scene, first) && !((normed || called) && isDueTo(scene, mark, holder)))
    return { mood: 'told', holder };
  const sentence = startOf(scene, mark.first);
  const due =
    normed ||
    called ||
    plays(scene, mark.last + 1, g.JUST) ||
    findRole(scene, mark.first - 1, sentence, g.QUESTION) !== -1 ||
    isDueBefore(scene, mark, sentence) ||
    wished(scene, mark, sentence);
  if (due) return { mood: 'duty', holder };
  if (hypothetical(scene, mark, sentence)) return { mood: 'told', holder };
  if (isLethal(mark) && findRole(scene, mark.first - 1, Math.max(0, mark.first - 3), g.INTENT) !== -1)
    return { mood: 'threat', holder };
  return { mood: 'told', holder };
}

/** A word of duty earlier in the sentence; in `pantas X marah, rumahnya digusur` it has a predicate of its own. */
function isDueBefore(scene: Scene, mark: Mark, sentence: number): boolean {
  const norm = findRole(scene, mark.first - 1, sentence, g.NORM);
  if (norm === -1) return false;
  const last = endOf(scene, norm, true);
  for (let t = norm + 1; t <= last && t < mark.first; t++)
    if (plays(scene, t, g.SORROW) && !plays(scene, t, g.NEGATION)) return false;
  return true;
}

/** `adikku yang X diejek terus`: who suffers is close to the writer. */
function isRelative(scene: Scene, holder: Holder): boolean {
  return holder.type === 'group' && holder.by === 'name' && isOwnKin(scene, holder.mark);
}

const OF_ALL = new Set('para semua seluruh segala kaum orang warga umat si itu juga saja aja'.split(' '));

/** `harusnya X yang diusir`; of `kita harus menolong X yang diusir` something else is due. */
function isDueTo(scene: Scene, mark: Mark, holder: Holder): boolean {
  const norm = findRole(scene, mark.first - 1, startOf(scene, mark.first, true), g.NORM | g.CALL);
  const from = 'mark' in holder ? holder.mark.first : holder.at;
  for (let t = norm + 1; t < from; t++) if (!OF_ALL.has(scene.words[t]!)) return false;
  return norm !== -1;
}

/** `X yang diusir`, `X yang rumahnya dibakar`. */
function tellsWhich(scene: Scene, at: number): boolean {
  return (
    plays(scene, at, g.WHICH) || (scene.words[at]?.endsWith('nya') === true && plays(scene, at - 1, g.WHICH))
  );
}

const SEEING = new Set(
  'membiarkan ngebiarin nontonin nyuekin melihat lihat liat ngeliat ngelihat menonton nonton menyaksikan mendengar dengar'.split(
    ' ',
  ),
);

/** `tidak boleh diam melihat X dihina`, `kenapa kalian senang melihat X dibunuh`: who cheers is another construction's. */
function isLookedOn(scene: Scene, mark: Mark, holder: Holder): boolean {
  const before = ('mark' in holder ? holder.mark.first : holder.at) - 1;
  return SEEING.has(scene.words[before] ?? '') && scene.segment[before] === scene.segment[mark.first];
}

function hypothetical(scene: Scene, mark: Mark, from: number): boolean {
  for (let t = from; t < mark.first; t++)
    if (scene.words[t] === 'jika' || scene.words[t] === 'kalau') return true;
  return false;
}

function wished(scene: Scene, mark: Mark, from: number): boolean {
  for (let t = mark.first - 1; t >= from; t--) {
    const word = scene.words[t]!;
    if (
      word === 'semoga' ||
      word === 'moga' ||
      word === 'biar' ||
      word === 'biarin' ||
      word === 'biarkan' ||
      word === 'mending'
    )
      return true;
  }
  return false;
}
