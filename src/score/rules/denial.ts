import { agentOf, isNegated, isObjectOfOthers } from '../context.js';
import type { Outcome } from '../outcome.js';
import { holderAfter, holderBefore, subjectOf } from '../reference.js';
import type { Scene } from '../scene.js';
import { charge, framed, weigh } from './charge.js';

/** A good quality denied to a group, or good will: `X bukan manusia`, `X tidak layak hidup`, `tidak suka X`. */
export function denial(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'positive' || !isNegated(scene, mark.first)) continue;
    const verbal = mark.entry.form === 'verb' && (mark.form === 'active' || mark.form === 'base');
    const holder = verbal ? holderAfter(scene, mark, 5) : subjectOf(scene, mark);
    if (holder === undefined || holder.type !== 'group') continue;
    if (verbal) {
      const agent = agentOf(scene, mark);
      if (agent === 'holder' || agent === 'second') continue;
      if (agent === 'third' && holderBefore(scene, mark)?.type === 'third') continue;
    }
    if (isObjectOfOthers(scene, holder.at)) continue;
    let hostile = false;
    // `tidak pantas dapat perlakuan buruk`: what is denied is the harm.
    for (
      let t = mark.last + 1;
      t <= Math.min(scene.count - 1, mark.last + 4) && scene.segment[t] === scene.segment[mark.last];
      t++
    ) {
      if (scene.hostileAt[t] !== -1) hostile = true;
    }
    if (hostile) continue;
    outcomes.push(
      framed(scene, mark, holder) ??
        charge(scene, mark, holder, {
          rule: 'denial',
          category: 'hate',
          weight: weigh(0.74, mark, holder),
          reason: 'denied-worth',
        }),
    );
  }
  return outcomes;
}
