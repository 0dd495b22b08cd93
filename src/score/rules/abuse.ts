import type { Outcome } from '../outcome.js';
import type { Scene } from '../scene.js';
import { charge } from './charge.js';

/** Swearing and insults, whomever they strike; the category that lands nowhere by default. */
export function abuse(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'insult' && mark.kind !== 'profanity') continue;
    outcomes.push(
      charge(scene, mark, undefined, {
        rule: `abuse-${mark.kind}`,
        category: 'abusive',
        weight: mark.entry.weight,
        reason: mark.kind === 'insult' ? 'abusive-word' : 'profane-word',
      }),
    );
  }
  return outcomes;
}
