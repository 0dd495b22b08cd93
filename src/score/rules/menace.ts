import { agentOf, findRole, isNegated, plays, startOf } from '../clause.js';
import * as g from '../grammar.js';
import { NO, UNKNOWN, YES } from '../memo.js';
import type { Outcome } from '../outcome.js';
import { holderAfter, holderAtToken, holderBefore } from '../reference.js';
import { type Holder, type Mark, marksOf, type Scene } from '../scene.js';
import { charge, framed, weigh } from './charge.js';
import { isViolent, isViolentText } from './violence.js';

/**
 * Words of threat (`awas kalian`, `tunggu saja`) with a group, or with somebody spoken to where violence stands
 * within the same or the next sentence.
 */
export function menace(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'threat') continue;
    const holder =
      toldTo(scene, mark) ??
      holderAfter(scene, mark, 4) ??
      holderBefore(scene, mark) ??
      addressed(scene, mark);
    if (holder === undefined || isNegated(scene, mark.first)) continue;
    if (
      (holder.type !== 'group' && holder.type !== 'second') ||
      (!isViolentText(mark.entry.term) && !isOwnDeed(scene, mark) && !nearViolence(scene, mark))
    )
      continue;
    outcomes.push(
      framed(scene, mark, holder) ??
        charge(scene, mark, holder, {
          rule: 'menace',
          category: 'threat',
          ...(holder.type === 'group' ? { also: ['hate'] as const } : {}),
          weight: weigh(0.88, mark, holder),
          reason: 'threatened',
        }),
    );
  }
  return outcomes;
}

/** `tak obong`, `ku aing dipaehan`: in Javanese and Sundanese the writer's deed is in the words. */
const OWN_DEED = /^(?:tak|dak|ku aing|urang) /;
const HOMES = new Set(['omahe', 'omahmu', 'umahe', 'imahna', 'tokone', 'warunge']);

/** Such a deed, done to people or their houses: not `tak obong sampahe`. */
function isOwnDeed(scene: Scene, mark: Mark): boolean {
  if (!OWN_DEED.test(mark.entry.term)) return false;
  const next = mark.last + 1;
  return (
    next >= scene.count ||
    scene.segment[next] !== scene.segment[mark.last] ||
    scene.roles[next] !== 0 ||
    scene.holderAt[next] !== -1 ||
    HOMES.has(scene.words[next]!)
  );
}

/** `membunuhmu`: who is spoken to is in the word. */
function toldTo(scene: Scene, mark: Mark): Holder | undefined {
  return /[a-z]{4}mu$/.test(scene.words[mark.last]!) ? { type: 'second', at: mark.last } : undefined;
}

function addressed(scene: Scene, mark: Mark): Holder | undefined {
  const { sentence } = scene.tokens;
  for (let s = sentence[mark.first]!; s <= sentence[mark.last]!; s++) {
    const at = addressee(scene, s);
    if (at !== -1) return holderAtToken(scene, at);
  }
  return undefined;
}

/** First token of a sentence that holds a group or somebody spoken to; -1 where none does. */
function addressee(scene: Scene, sentence: number): number {
  const { addressees } = scene.memo;
  if (addressees[sentence] !== UNKNOWN) return addressees[sentence]!;
  addressees[sentence] = -1;
  for (let t = scene.sentences.first[sentence]!; t <= scene.sentences.last[sentence]!; t++) {
    const type = holderAtToken(scene, t)?.type;
    if (type !== 'group' && type !== 'second') continue;
    addressees[sentence] = t;
    break;
  }
  return addressees[sentence]!;
}

/** True where violence that the writer means stands within the sentence or the next. */
function nearViolence(scene: Scene, mark: Mark): boolean {
  const sentence = scene.tokens.sentence[mark.first]!;
  return (
    isViolentSentence(scene, sentence - 1) ||
    isViolentSentence(scene, sentence) ||
    isViolentSentence(scene, sentence + 1)
  );
}

function isViolentSentence(scene: Scene, sentence: number): boolean {
  if (sentence < 0 || sentence >= scene.sentences.count) return false;
  const { violent } = scene.memo;
  if (violent[sentence] === UNKNOWN)
    violent[sentence] = marksOf(scene, sentence).some((mark) => isMeant(scene, mark)) ? YES : NO;
  return violent[sentence] === YES;
}

function isMeant(scene: Scene, mark: Mark): boolean {
  if (mark.kind !== 'hostile-predicate' || !isViolent(mark) || isNegated(scene, mark.first)) return false;
  if (mark.form === 'first-person') return true;
  const agent = agentOf(scene, mark);
  if (agent !== 'first' && agent !== 'none') return false;
  return (
    mark.form === 'base' ||
    findRole(scene, mark.first - 1, startOf(scene, mark.first), g.INTENT) !== -1 ||
    plays(scene, mark.first - 1, g.FIRST)
  );
}
