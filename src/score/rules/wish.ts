import type { Outcome } from '../outcome.js';
import { holderAfter, holderBefore, subjectOf } from '../reference.js';
import type { Mark, Scene } from '../scene.js';
import { verdict, weigh } from './charge.js';

/** `si Anu laknatullah`: the curse is on whoever stands right before it, whom nobody knows. */
function isOfUnknown(scene: Scene, { entry, first }: Mark): boolean {
  return (
    entry.term.startsWith('laknat') &&
    first > 0 &&
    scene.segment[first - 1] === scene.segment[first] &&
    scene.roles[first - 1] === 0 &&
    scene.holderAt[first - 1] === -1 &&
    scene.hostileAt[first - 1] === -1
  );
}

/** Harm wished upon a group: `semoga X punah`, `laknat buat X`. */
export function wish(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'wish-of-harm') continue;
    if (scene.words[mark.last + 1] === 'oleh' || isOfUnknown(scene, mark)) continue;
    const holder = holderAfter(scene, mark) ?? holderBefore(scene, mark) ?? subjectOf(scene, mark);
    if (holder === undefined || holder.type !== 'group') continue;
    outcomes.push(
      verdict(scene, mark, holder, {
        rule: 'wish-of-harm',
        category: 'hate',
        weight: weigh(0.86, mark, holder),
        reason: 'wished-harm',
      }),
    );
  }
  return outcomes;
}
