import { agentOf, endOf, findRole, isNegated, plays, startOf } from '../clause.js';
import * as g from '../grammar.js';
import type { Outcome } from '../outcome.js';
import { holderAfter, holderAtToken, holderBefore } from '../reference.js';
import type { Holder, Mark, Scene } from '../scene.js';
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
      (!isViolentText(mark.entry.term) && !nearViolence(scene, mark))
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

/** `membunuhmu`: who is spoken to is in the word. */
function toldTo(scene: Scene, mark: Mark): Holder | undefined {
  return /[a-z]{4}mu$/.test(scene.words[mark.last]!) ? { type: 'second', at: mark.last } : undefined;
}

function addressed(scene: Scene, mark: Mark): Holder | undefined {
  const last = endOf(scene, mark.last);
  for (let t = startOf(scene, mark.first); t <= last; t++) {
    const holder = holderAtToken(scene, t);
    if (holder !== undefined && (holder.type === 'group' || holder.type === 'second')) return holder;
  }
  return undefined;
}

/** True where violence that the writer means stands within the sentence or the next. */
function nearViolence(scene: Scene, mark: Mark): boolean {
  const sentence = scene.tokens.sentence[mark.first]!;
  return scene.marks.some((other) => {
    if (other.kind !== 'hostile-predicate' || !isViolent(other) || isNegated(scene, other.first))
      return false;
    if (Math.abs(scene.tokens.sentence[other.first]! - sentence) > 1) return false;
    if (other.form === 'first-person') return true;
    const agent = agentOf(scene, other);
    if (agent !== 'first' && agent !== 'none') return false;
    return (
      other.form === 'base' ||
      findRole(scene, other.first - 1, startOf(scene, other.first), g.INTENT) !== -1 ||
      plays(scene, other.first - 1, g.FIRST)
    );
  });
}
