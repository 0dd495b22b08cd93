import { agentOf, endOf, findRole, isNegated, plays, startOf } from '../clause.js';
import * as g from '../grammar.js';
import type { Outcome } from '../outcome.js';
import { holderAfter, holderBefore, subjectOf } from '../reference.js';
import type { Holder, Mark, Named, Scene } from '../scene.js';
import { charge, framed, weigh } from './charge.js';

const OBJECT_REACH = 9;
const HOLDING = new Set([
  'penuh',
  'punya',
  'menyimpan',
  'menaruh',
  'memendam',
  'merasakan',
  'rasa',
  'dengan',
]);
const SEEING = new Set([
  'berpapasan',
  'papasan',
  'berhadapan',
  'jumpa',
  'berjumpa',
  'setiap',
  'tiap',
  'namanya',
  'mengingat',
  'memandang',
  'lihat',
  'liat',
  'melihat',
  'ngeliat',
  'ngelihat',
  'ketemu',
  'bertemu',
  'dengar',
  'denger',
  'ada',
  'dekat',
  'deket',
  'inget',
  'ingat',
  'berurusan',
  'berada',
]);

/** Hatred felt for a group by the writer, or asked of the reader: `aku benci X`, `X bikin muak`, `siapa tidak benci X`. */
export function hatred(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'negative-emotion') continue;
    const felt = feltFor(scene, mark);
    if (felt === undefined) continue;
    if (felt === 'others') {
      outcomes.push({ type: 'framed', context: 'reporting' });
      continue;
    }
    if (isNegated(scene, mark.first)) {
      outcomes.push({ type: 'framed', context: 'negation' });
      continue;
    }
    outcomes.push(
      framed(scene, mark, felt) ??
        charge(scene, mark, felt, {
          rule: 'hatred',
          category: 'hate',
          weight: weigh(0.76, mark, felt),
          reason: 'hated',
        }),
    );
  }
  return outcomes;
}

function feltFor(scene: Scene, mark: Mark): Named<'group'> | 'others' | undefined {
  const agent = agentOf(scene, mark);
  const own =
    agent === 'first' ||
    agent === 'none' ||
    agent === 'asked' ||
    (agent === 'other' && !hasSubject(scene, mark));
  const after = holderAfter(scene, mark, OBJECT_REACH);
  if (mark.form === 'passive') {
    const before = holderBefore(scene, mark);
    const due = findRole(scene, mark.first - 1, Math.max(0, mark.first - 3), g.NORM) !== -1;
    return due && before?.type === 'group' ? before : undefined;
  }
  // `kebencian pada X bukan solusi` speaks of it; only one's own is felt.
  if (mark.form === 'nominal' || mark.entry.term.startsWith('kebencian')) {
    const mine =
      scene.text.slice(mark.start, mark.end).endsWith('ku') ||
      plays(scene, mark.last + 1, g.FIRST) ||
      (agent === 'first' && HOLDING.has(scene.words[mark.first - 1] ?? ''));
    return mine && after?.type === 'group' ? after : undefined;
  }
  // `ujaran benci pada X`: somebody's words; `caleg itu anti X dan anti Y`: somebody's stand.
  if (
    plays(scene, mark.first - 1, g.SPEECH_NOUN) ||
    (mark.entry.term === 'anti' && isStandOfOthers(scene, mark))
  )
    return 'others';
  // `menolak membenci`: the feeling is refused.
  if (scene.words[mark.first - 1] === 'menolak' || scene.words[mark.first - 1] === 'enggan') return 'others';
  if (after?.type === 'group' && isWronged(scene, after)) return 'others';
  if (after?.type === 'group' && reaches(scene, mark, after.at)) {
    if (!own) {
      // `X bikin gue benci X`, and a group that is hated by the group itself, are nobody's hatred here.
      return 'others';
    }
    if (agent === 'none' && mark.form === 'active' && startOf(scene, mark.first) === mark.first) {
      return isWhole(scene, after) || isCommended(scene, after) ? after : 'others';
    }
    return after;
  }
  if (after !== undefined && after.type !== 'unresolved') return undefined;
  const carried = subjectOf(scene, mark);
  // `X banyak gaya. Benci gue.`
  if (carried?.type === 'group' && carried.by === 'carried' && own && isExclamation(scene, mark))
    return carried;
  const before = holderBefore(scene, mark) ?? previous(scene, mark);
  if (before?.type !== 'group') return undefined;
  const from = before.at + 1;
  const caused = findRole(scene, from, mark.first - 1, g.CAUSE) !== -1;
  const me = before.at < mark.first && findRole(scene, from, mark.first - 1, g.FIRST) !== -1;
  const disgusting =
    mark.form === 'active' && /kan(?:nya|lah)?$/.test(scene.text.slice(mark.start, mark.end));
  if (caused || disgusting) return before;
  return me && before.at < mark.first && seen(scene, before.at) ? before : undefined;
}

/** `caleg itu anti X dan anti Y`: another than the writer opens the clause. */
function isStandOfOthers(scene: Scene, mark: Mark): boolean {
  for (let t = startOf(scene, mark.first, true); t < mark.first; t++) {
    if (plays(scene, t, g.FIRST | g.NORM | g.CALL | g.INTENT)) return false;
    const index = scene.holderAt[t]!;
    if (index !== -1 ? scene.marks[index]!.kind === 'institution' : plays(scene, t, g.THIRD)) return true;
  }
  return false;
}

/** `Allah benci`, `kucingku benci`: a plain word right before the feeling is who feels it. */
function hasSubject(scene: Scene, mark: Mark): boolean {
  const t = mark.first - 1;
  return (
    t >= 0 &&
    scene.segment[t] === scene.segment[mark.first] &&
    scene.roles[t] === 0 &&
    scene.hostileAt[t] === -1
  );
}

/** A sentence of the feeling and its owner alone. */
function isExclamation(scene: Scene, mark: Mark): boolean {
  const last = endOf(scene, mark.last);
  for (let t = startOf(scene, mark.first); t <= last; t++) {
    if (scene.hostileAt[t] === -1 && !plays(scene, t, g.FIRST | g.FILLER)) return false;
  }
  return true;
}

/** `tidak rela X disakiti`: what is resented is done to the group. */
export function isWronged(scene: Scene, holder: Named<'group'>): boolean {
  const last = holder.by === 'name' ? holder.mark.last : holder.at;
  for (let t = last + 1; t <= last + 5 && t < scene.count && scene.segment[t] === scene.segment[last]; t++) {
    const index = scene.hostileAt[t]!;
    if (index !== -1 && scene.marks[index]!.form === 'passive') return true;
    if (/^di(?:perlaku|sama|jadi|anggap|sebut|bilang|kata|cap|label|tuduh)/.test(scene.words[t]!))
      return true;
  }
  return false;
}

/** `melihat X ... aku ingin muntah`: the group stands before as what is seen or met. */
function seen(scene: Scene, at: number): boolean {
  for (let t = at - 1; t >= Math.max(0, at - 4); t--)
    if (SEEING.has(scene.words[t]!) || plays(scene, t, g.THAT)) return true;
  return false;
}

function previous(scene: Scene, mark: Mark): Holder | undefined {
  const first = startOf(scene, mark.first, true);
  if (first === 0 || scene.tokens.sentence[first] !== scene.tokens.sentence[first - 1]) return undefined;
  return holderBefore(scene, { ...mark, first });
}

/** True where the sentence ends with the object, so that the verb is said and not spoken of. */
function isWhole(scene: Scene, holder: Named<'group'>): boolean {
  const last = holder.by === 'name' ? holder.mark.last : holder.at;
  for (let t = last + 1; t < scene.count && scene.tokens.sentence[t] === scene.tokens.sentence[last]; t++) {
    if (!plays(scene, t, g.FILLER | g.ALL | g.JUST)) return false;
    if (scene.words[t] === 'itu' || scene.words[t] === 'adalah') return false;
  }
  return true;
}

const COMMENDED = /^(?:wajib|halal|ibadah|pahala|berpahala|jihad|kewajiban|mulia)$/;

/** `membenci X itu wajib`: what is said of the feeling commends it. */
function isCommended(scene: Scene, holder: Named<'group'>): boolean {
  const last = holder.by === 'name' ? holder.mark.last : holder.at;
  const is = scene.words[last + 1];
  return (is === 'itu' || is === 'adalah') && COMMENDED.test(scene.words[last + 2] ?? '');
}

/** True where the object belongs to the feeling: no one else and no clause in between (`benci orang yang menghina X`). */
function reaches(scene: Scene, mark: Mark, at: number): boolean {
  let unknown = 0;
  for (let t = mark.last + 1; t < at; t++) {
    if (scene.holderAt[t] !== -1) continue;
    if (scene.roles[t] === 0 && scene.hostileAt[t] === -1 && !SEEING.has(scene.words[t]!)) {
      // A mild word (`kesal`) must stand with its object; even a strong one is not said of all that follows.
      if (++unknown > (mark.entry.weight <= 0.5 ? 0 : 1)) return false;
    }
    if (scene.hostileAt[t] !== -1) {
      const other = scene.marks[scene.hostileAt[t]!]!;
      if (other.kind === 'hostile-predicate') return false;
      continue;
    }
    if (plays(scene, t, g.THIRD)) return false;
    if (plays(scene, t, g.THAT)) {
      let looked = false;
      for (let i = t + 1; i <= Math.min(at, t + 3); i++) if (SEEING.has(scene.words[i]!)) looked = true;
      if (!looked) return false;
    }
  }
  return true;
}
