import type { Context } from '../core/assessment.js';
import { isOwnDeed } from './acted-upon.js';
import { endOf, findRole, holdsAny, isHeld, plays, startOf } from './clause.js';
import { ENDORSING } from './frame-words.js';
import * as g from './grammar.js';
import { IS_VICTIMISING, TELLS, TRAITS_OF } from './known-words.js';
import type { Mark, Scene } from './scene.js';

/** Words put in somebody else's mouth: `dia bilang X itu hama`, `menyebut X hama itu salah`, `jangan bilang`. */
export function speech(scene: Scene, evidence: Mark, first: number, last: number): Context | undefined {
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
  if (DEED.test(word)) {
    // `menyebut X hama itu salah`: the saying itself is the subject.
    // What is endorsed is endorsed behind the passage: `mengatakan bahwa X harus mati adalah kejahatan`.
    for (let t = Math.max(say, evidence.last) + 1; t <= end; t++)
      if (ENDORSING.has(words[t]!) || isConfirmed(scene, t)) return undefined;
    return 'counter-speech';
  }
  return judged(scene, Math.max(say, evidence.last), end) ? 'counter-speech' : undefined;
}

/** `... itu emang bener`. */
function isConfirmed(scene: Scene, t: number): boolean {
  return (
    /^(?:memang|emang)$/.test(scene.words[t - 1]!) &&
    /^(?:bener|benar|betul|fakta|wajar|pantas)$/.test(scene.words[t]!)
  );
}

/** The verb's form in which a saying can be what a sentence is about: `menyebut`, `ngatain`. */
const DEED = /^(?:me|ber|ngata|nganggap|nganggep|ngecap|ngejek|ngehina|nyebut|nyama|nuduh)/;

function judged(scene: Scene, from: number, to: number): boolean {
  for (let t = from + 1; t <= to; t++) {
    if (plays(scene, t, g.CONDEMN | g.JUDGEMENT | g.COUNTER_FRAME) && scene.hostileAt[t] === -1) return true;
  }
  return false;
}
