import type { Context } from '../core/assessment.js';
import { endOf, findRole, holdsAny, isHeld, isPlayed, plays, startOf } from './clause.js';
import { FALSEHOODS, PERCEIVED, TRUTH } from './frame-words.js';
import { correction } from './frames.js';
import * as g from './grammar.js';
import { DOUBTS, IS_FALSEHOOD, IS_TRUTH } from './known-words.js';
import { quotation } from './quotation.js';
import type { Mark, Scene } from './scene.js';
import { speech } from './speech.js';

/** What stands around a passage and takes its sting; undefined where nothing does. */
export function frameAround(scene: Scene, evidence: Mark, holderAt: number): Context | undefined {
  const first = Math.min(evidence.first, holderAt);
  const last = Math.max(evidence.last, holderAt);
  const quoted = quotation(scene, evidence, holderAt);
  if (quoted !== undefined) return quoted;
  const said = speech(scene, evidence, first, last);
  if (said !== undefined && said !== 'reporting') return said;
  // `salah besar kalau kamu mengira X malas`: what is told of others and called wrong is spoken against.
  return (
    sententialDenial(scene, first) ??
    correction(scene, first, last) ??
    condemnation(scene, evidence, holderAt) ??
    judgedDeed(scene, holderAt) ??
    said ??
    news(scene, evidence)
  );
}

/** `tidak benar kalau X itu malas`, `aku tidak setuju X diusir`, `bohong kalau`. */
function sententialDenial(scene: Scene, first: number): Context | undefined {
  if (
    !isHeld(scene, first, DOUBTS | IS_FALSEHOOD) &&
    !(isPlayed(scene, first, g.NEGATION) && isHeld(scene, first, IS_TRUTH))
  )
    return undefined;
  const start = startOf(scene, first);
  for (let t = start; t < first; t++) {
    const word = scene.words[t]!;
    // `siapa bilang X malas`, `mana ada X yang jahat`.
    const next = scene.words[t + 1];
    if (
      (word === 'siapa' && next === 'bilang') ||
      (word === 'kata' && next === 'siapa') ||
      (word === 'mana' && next === 'ada')
    ) {
      return 'counter-speech';
    }
    const denies =
      (plays(scene, t, g.NEGATION) && TRUTH.has(scene.words[t + 1] ?? '') && t + 1 < first) ||
      FALSEHOODS.has(word);
    if (!denies) continue;
    const from = FALSEHOODS.has(word) ? t + 1 : t + 2;
    for (let i = from; i <= Math.min(first - 1, from + 3); i++) {
      if (
        plays(scene, i, g.THAT) ||
        scene.words[i] === 'bahwa' ||
        scene.words[i] === 'alasan' ||
        scene.words[i] === 'dari'
      )
        return 'counter-speech';
    }
    if (FALSEHOODS.has(word) === false && scene.words[t + 1] === 'setuju') return 'counter-speech';
  }
  return undefined;
}

/** A word of condemnation in the sentence that is not said of the group itself nor waved away (`bukan rasis, tapi`). */
function condemnation(scene: Scene, evidence: Mark, holderAt: number): Context | undefined {
  const start = startOf(scene, evidence.first);
  const end = endOf(scene, evidence.last);
  if (!holdsAny(scene, start, end, g.COUNTER_FRAME | g.CONDEMN | g.SORROW, 0)) return undefined;
  for (let t = start; t <= end; t++) {
    if (!plays(scene, t, g.COUNTER_FRAME | g.CONDEMN | g.SORROW)) continue;
    if (t >= evidence.first && t <= evidence.last) continue;
    if (
      plays(scene, t, g.COUNTER_FRAME) &&
      scene.holderAt[t] === -1 &&
      !isDisclaimed(scene, t) &&
      !isOfWriter(scene, t, evidence.first)
    )
      return 'counter-speech';
    if (plays(scene, t, g.CONDEMN) && !isDisclaimed(scene, t) && !isPredicateOf(scene, t, holderAt))
      return 'counter-speech';
    if (
      plays(scene, t, g.SORROW) &&
      t < evidence.first &&
      scene.hostileAt[t] === -1 &&
      PERCEIVED.has(scene.words[t + 1] ?? '')
    ) {
      const holder = scene.holderAt[t + 2] !== undefined && scene.holderAt[t + 2] !== -1;
      const with_ =
        scene.words[t + 2] === 'sama' || scene.words[t + 2] === 'dengan' || scene.words[t + 2] === 'pada';
      if (
        !holder &&
        !with_ &&
        plays(scene, findRole(scene, t + 1, evidence.first, g.THIRD | g.THAT | g.WHICH), -1)
      )
        return 'counter-speech';
    }
  }
  return undefined;
}

/** `benci X cuma karena beda itu picik`: the deed that opens the sentence is what is judged. */
function judgedDeed(scene: Scene, holderAt: number): Context | undefined {
  const start = startOf(scene, holderAt);
  const index = scene.hostileAt[start]!;
  if (index === -1) return undefined;
  const { kind, form } = scene.marks[index]!;
  if ((kind !== 'negative-emotion' && kind !== 'hostile-predicate') || form === 'passive') return undefined;
  if (!isPlayed(scene, holderAt, g.JUDGEMENT | g.CONDEMN | g.NEGATION)) return undefined;
  const end = endOf(scene, holderAt);
  for (let t = holderAt + 1; t < end; t++) {
    const word = scene.words[t]!;
    if (word === 'bukan' && NO_ANSWER.test(scene.words[t + 1]!)) return 'counter-speech';
    if (word !== 'itu' && word !== 'adalah' && word !== 'tuh') continue;
    if (t > holderAt + 1 && scene.words[t + 1] !== 'hukum' && plays(scene, t + 1, g.JUDGEMENT | g.CONDEMN))
      return 'counter-speech';
    if (plays(scene, t + 1, g.NEGATION) && isOfNoUse(scene, t + 2, end)) return 'counter-speech';
  }
  return undefined;
}

/** `jangan bilang gue rasis, tapi X ...`: the writer's own name is guarded, and the passage comes after a contrast. */
function isOfWriter(scene: Scene, t: number, evidence: number): boolean {
  if (t >= evidence || !isPlayed(scene, t, g.FIRST)) return false;
  let own = false;
  for (let i = t + 1; i < evidence; i++) {
    if (scene.roles[i]! & g.FIRST) own = true;
    if (own && scene.roles[i]! & g.CONTRAST) return true;
  }
  return false;
}

/** `benci X bukan solusi`. */
const NO_ANSWER = /^(?:solusi|jawaban|jalan|cara|ajaran|budaya|iman|nasionalisme|candaan|lelucon|kritik)/;
/** `benci X tuh nggak ada gunanya`, `itu nggak perlu`. */
const USE = /^(?:guna|manfaat|untung|faedah|arti|perlu|baik|pantas|wajar|lucu|keren)/;

function isOfNoUse(scene: Scene, t: number, end: number): boolean {
  const at = scene.words[t] === 'ada' ? t + 1 : t;
  return at <= end && USE.test(scene.words[at]!);
}

/** After `dulu saya benci X`: it is no matter of the past. */
const ONGOING = /^(?:makin|semakin|tambah|masih|tetap|tetep)$/;

function isDisclaimed(scene: Scene, t: number): boolean {
  if (scene.words[t] === 'dulu')
    for (let i = t + 1; i <= endOf(scene, t); i++) if (ONGOING.test(scene.words[i]!)) return true;
  for (let i = t - 1; i >= Math.max(0, t - 3); i--) {
    const word = scene.words[i]!;
    if (
      plays(scene, i, g.NEGATION) ||
      word === 'maaf' ||
      word === 'bukannya' ||
      word === 'dibilang' ||
      word === 'terserah' ||
      word === 'disebut' ||
      word === 'dianggap'
    )
      return true;
  }
  return plays(scene, t + 1, g.CONTRAST);
}

function isPredicateOf(scene: Scene, t: number, holderAt: number): boolean {
  if (t <= holderAt) return false;
  for (let i = holderAt + 1; i < t; i++) {
    if (scene.holderAt[i] === -1 && !plays(scene, i, g.FILLER | g.ALL | g.WHICH)) return false;
  }
  return true;
}

/** News of what happened: `polisi menangkap pria yang ...`, `tersangka`, `korban`. */
function news(scene: Scene, evidence: Mark): Context | undefined {
  const start = startOf(scene, evidence.first);
  const end = endOf(scene, evidence.last);
  if (!holdsAny(scene, start, end, g.REPORT | g.REPORT_FRAME, 0)) return undefined;
  for (let t = start; t <= end; t++) {
    if (!plays(scene, t, g.REPORT | g.REPORT_FRAME)) continue;
    if (t >= evidence.first && t <= evidence.last) continue;
    // `ngaku korban, padahal mereka biadab`: what comes after a contrast is the writer's.
    if (t < evidence.first && findRole(scene, t + 1, evidence.first, g.CONTRAST) !== -1) continue;
    // `menurut saya` gives an opinion.
    if (scene.words[t] === 'menurut' && isOwnOpinion(scene, t + 1, Math.min(end, t + 3))) continue;
    return 'reporting';
  }
  return undefined;
}

/** `menurut saya`, `menurut pendapatku`. */
function isOwnOpinion(scene: Scene, from: number, to: number): boolean {
  for (let t = from; t <= to; t++)
    if (plays(scene, t, g.FIRST) || (scene.words[t]!.endsWith('ku') && scene.holderAt[t] === -1)) return true;
  return false;
}
