import type { Context } from '../core/assessment.js';
import { agentOf, endOf, findRole, isHeld, isPlayed, plays, startOf } from './clause.js';
import { ENDORSING, FALSEHOODS, PERCEIVED, TRUTH } from './frame-words.js';
import { correction } from './frames.js';
import * as g from './grammar.js';
import { DOUBTS, EQUATES, IS_FALSEHOOD, IS_TRUTH, IS_VICTIMISING, TELLS, TRAITS_OF } from './known-words.js';
import { NO, UNKNOWN, YES } from './memo.js';
import type { Mark, Scene } from './scene.js';

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
    correction(scene, last) ??
    condemnation(scene, evidence, holderAt) ??
    judgedDeed(scene, holderAt) ??
    said ??
    news(scene, evidence)
  );
}

/** A quoted passage counts for its writer only where the words around it agree with it. */
function quotation(scene: Scene, evidence: Mark, holderAt: number): Context | undefined {
  if (!scene.quotes) return undefined;
  const { quoted } = scene.tokens;
  if (!quoted[evidence.first])
    return quoted[holderAt] && isLongQuote(scene, holderAt) ? 'counter-speech' : undefined;
  // Marks of irony on a word or two are no quotation: `orang X itu "hama"`.
  if (!quoted[holderAt] && quotedAround(scene, evidence.first, evidence.last) <= 2) return undefined;
  scene.memo.outside ??= outsideQuotes(scene);
  const { words, judged, endorsed } = scene.memo.outside;
  if (words === 0 || (endorsed && !judged)) return undefined;
  return judged ? 'counter-speech' : 'quotation';
}

/** How many words from `from` to `to` and in the quotation on either side; no more than 3 and the words themselves are counted. */
function quotedAround(scene: Scene, first: number, last: number): number {
  const { quoted } = scene.tokens;
  let from = first;
  let to = last;
  while (from > 0 && first - from < 3 && quoted[from - 1]) from--;
  while (to + 1 < scene.count && to - last < 3 && quoted[to + 1]) to++;
  return to - from + 1;
}

function outsideQuotes(scene: Scene): { words: number; judged: boolean; endorsed: boolean } {
  const { quoted } = scene.tokens;
  let words = 0;
  let judged = false;
  let endorsed = false;
  for (let t = 0; t < scene.count; t++) {
    if (quoted[t]) continue;
    if (scene.words[t] === 'http' || scene.words[t] === 'user') continue;
    words++;
    if (plays(scene, t, g.CONDEMN | g.JUDGEMENT | g.COUNTER_FRAME | g.SORROW | g.NEGATION)) judged = true;
    if (plays(scene, t, g.ENDORSE) && !plays(scene, t - 1, g.NEGATION)) endorsed = true;
  }
  return { words, judged, endorsed };
}

/** A name quoted with more around it; what stands outside is said of the quotation. */
function isLongQuote(scene: Scene, t: number): boolean {
  const { quoted } = scene.tokens;
  const name = scene.holderAt[t] === -1 ? undefined : scene.marks[scene.holderAt[t]!]!;
  const longest = name === undefined ? 0 : name.last - name.first;
  let from = t;
  let to = t;
  while (from > 0 && to - from <= longest && quoted[from - 1]) from--;
  while (to + 1 < scene.count && to - from <= longest && quoted[to + 1]) to++;
  return to - from > longest;
}

/** Words put in somebody else's mouth: `dia bilang X itu hama`, `menyebut X hama itu salah`, `jangan bilang`. */
function speech(scene: Scene, evidence: Mark, first: number, last: number): Context | undefined {
  const { words, roles } = scene;
  const sentenceStart = startOf(scene, first);
  const sentenceEnd = endOf(scene, last);
  const spoken = holdsAny(scene, sentenceStart, evidence.first, g.SAY | g.SPEECH_NOUN, IS_VICTIMISING);
  for (let t = evidence.first - 1; spoken && t >= sentenceStart; t--) {
    if (roles[t]! & g.CONTRAST && t > sentenceStart) break;
    // `terserah orang bilang apa, bagi saya X ...`: what follows is the writer's.
    if (roles[t]! & g.FIRST && OWN_VIEW.has(words[t - 1] ?? '') && t > sentenceStart) break;
    if (OWN_VIEW_WORDS.has(words[t]!)) break;
    if (scene.hostileAt[t] !== -1 && !(roles[t]! & g.SAY)) continue;
    if (roles[t]! & g.SAY) {
      if (isWaived(scene, t, evidence.first)) break;
      const verdict = speaker(scene, t, sentenceStart, sentenceEnd, evidence);
      if (verdict !== undefined) return verdict;
    } else if (roles[t]! & g.SPEECH_NOUN) {
      if (isOwn(scene, t)) continue;
      const after = findRole(
        scene,
        last + 1,
        sentenceEnd,
        g.CONDEMN | g.JUDGEMENT | g.NEGATION | g.SORROW | g.REPORT,
      );
      if (after !== -1) return 'counter-speech';
      if (words[t] === 'kata' || words[t] === 'katanya' || plays(scene, t + 1, g.LIKENESS))
        return 'reporting';
    } else if (
      TRAITS_OF[scene.numbers[t]!]! & IS_VICTIMISING &&
      scene.holderAt[t] === -1 &&
      !isOwnDeed(scene, t, sentenceStart)
    ) {
      return 'counter-speech';
    }
  }
  // `..., kata dia` and `..., ujarnya` after the passage.
  if (!isHeld(scene, last, TELLS)) return undefined;
  for (let t = last + 1; t <= sentenceEnd; t++) {
    if (
      (words[t] === 'kata' || words[t] === 'ujar' || words[t] === 'ujarnya' || words[t] === 'tutur') &&
      !plays(scene, t + 1, g.FIRST)
    )
      return 'reporting';
  }
  return undefined;
}

/** True where a sentence from that of token `from` to that of token `to` has such roles or traits. */
function holdsAny(scene: Scene, from: number, to: number, roles: number, traits: number): boolean {
  const { sentences, tokens } = scene;
  for (let s = tokens.sentence[from]!; s <= tokens.sentence[to]!; s++)
    if ((sentences.roles[s]! & roles) !== 0 || (sentences.traits[s]! & traits) !== 0) return true;
  return false;
}

const OWN_VIEW = new Set(['bagi', 'menurut', 'buat', 'pendapat', 'hemat']);
const OWN_VIEW_WORDS = new Set(['bagiku', 'menurutku', 'buatku', 'dimataku']);

const OPINION = new Set(['kata', 'pendapat', 'pandangan', 'anggapan']);

/** `pendapatku`, `kata gue`, `ini pendapat pribadi`: the writer's own. */
function isOwn(scene: Scene, t: number): boolean {
  const word = scene.words[t]!;
  return (
    word.endsWith('ku') ||
    (OPINION.has(word) && plays(scene, t + 1, g.FIRST)) ||
    scene.words[t + 1] === 'pribadi' ||
    scene.words[t + 1] === 'jujur'
  );
}

function isOwnDeed(scene: Scene, t: number, from: number): boolean {
  for (let i = t - 1; i >= from; i--) {
    if (plays(scene, i, g.THIRD | g.SECOND | g.WHICH | g.NEGATION | g.SORROW | g.PRONOUN)) return false;
    if (plays(scene, i, g.FIRST)) return true;
  }
  return false;
}

function speaker(scene: Scene, say: number, start: number, end: number, evidence: Mark): Context | undefined {
  const { words } = scene;
  const word = words[say]!;
  const passive = word.startsWith('di');
  for (let i = say - 1; i >= Math.max(start, say - 5); i--) {
    if (plays(scene, i, g.NEGATION)) {
      // `tidak pantas disebut manusia` denies the good word, `tidak pantas disebut hama` the bad one.
      if (evidence.kind === 'positive') return undefined;
      return 'counter-speech';
    }
    if (passive && plays(scene, i, g.NORM)) return undefined;
    if (scene.holderAt[i] !== -1 && !passive) return 'reporting';
    if (!passive && plays(scene, i, g.FIRST)) return undefined;
    if (plays(scene, i, g.SECOND | g.THIRD | g.PRONOUN | g.WHICH))
      return judged(scene, say, end) ? 'counter-speech' : 'reporting';
    if (plays(scene, i, g.SORROW)) return 'counter-speech';
  }
  if (passive) return 'reporting';
  if (word.startsWith('me') || word.startsWith('ber')) {
    // `menyebut X hama itu salah`: the saying itself is the subject.
    // What is endorsed is endorsed behind the passage: `mengatakan bahwa X harus mati adalah kejahatan`.
    for (let t = Math.max(say, evidence.last) + 1; t <= end; t++)
      if (ENDORSING.has(words[t]!)) return undefined;
    return 'counter-speech';
  }
  return judged(scene, Math.max(say, evidence.last), end) ? 'counter-speech' : undefined;
}

function judged(scene: Scene, from: number, to: number): boolean {
  for (let t = from + 1; t <= to; t++) {
    if (plays(scene, t, g.CONDEMN | g.JUDGEMENT | g.COUNTER_FRAME) && scene.hostileAt[t] === -1) return true;
  }
  return false;
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
    if (plays(scene, t, g.COUNTER_FRAME) && scene.holderAt[t] === -1 && !isDisclaimed(scene, t))
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
  if (!isHeld(scene, holderAt, EQUATES) || !isPlayed(scene, holderAt, g.JUDGEMENT | g.CONDEMN))
    return undefined;
  const end = endOf(scene, holderAt);
  for (let t = holderAt + 2; t < end; t++) {
    if (scene.words[t] !== 'itu' && scene.words[t] !== 'adalah') continue;
    if (scene.words[t + 1] !== 'hukum' && plays(scene, t + 1, g.JUDGEMENT | g.CONDEMN))
      return 'counter-speech';
  }
  return undefined;
}

const WAIVED = new Set([
  'gapapa',
  'apa-apa',
  'terserah',
  'bodo',
  'biarin',
  'silakan',
  'peduli',
  'bodoamat',
  'biarlah',
]);

/** `mau dibilang kejam juga gapapa, X ...`: what they say is waved away. */
function isWaived(scene: Scene, say: number, evidence: number): boolean {
  for (let t = say + 1; t < evidence; t++) if (WAIVED.has(scene.words[t]!)) return true;
  return false;
}

function isDisclaimed(scene: Scene, t: number): boolean {
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
