import { endOf, findRole, isNegated, plays, startOf } from '../context.js';
import * as g from '../grammar.js';
import type { Outcome } from '../outcome.js';
import type { Holder, Mark, Scene } from '../scene.js';
import { HOSTILE } from '../scene.js';
import { charge, framed } from './charge.js';

/** Words to either side within which a slur is said to or of somebody. */
const NEAR = 3;
/** Weight from which a slur needs nobody to be said to. */
const SAYS_IT_ALONE = 0.8;
const DISCUSSED = new Set([
  'kata',
  'istilah',
  'sebutan',
  'julukan',
  'panggilan',
  'label',
  'makna',
  'arti',
  'definisi',
  'hukum',
  'ucapan',
]);

/** A derogatory name for a group: by itself, and more so when somebody is called it or it stands with hostility. */
export function slur(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'slur') continue;
    if (isNegated(scene, mark.first) || isDiscussed(scene, mark)) {
      outcomes.push({ type: 'framed', context: isDiscussed(scene, mark) ? 'counter-speech' : 'negation' });
      continue;
    }
    const holder: Holder = { type: 'group', mark, at: mark.first, by: 'name' };
    const aimed = isAimed(scene, mark);
    // A word that is often innocent (`sipit`) says nothing until it is said to or of somebody.
    if (!aimed && mark.entry.weight < SAYS_IT_ALONE) continue;
    outcomes.push(
      framed(scene, mark, undefined) ??
        charge(scene, mark, holder, {
          rule: 'slur',
          category: 'hate',
          weight: aimed
            ? Math.max(mark.entry.weight, Math.min(0.8, mark.entry.weight + 0.2))
            : mark.entry.weight * 0.75,
          reason: 'slur',
        }),
    );
  }
  return outcomes;
}

function isDiscussed(scene: Scene, mark: Mark): boolean {
  return DISCUSSED.has(scene.words[mark.first - 1] ?? '');
}

/** Said to or of somebody: `dasar`, `lo`, `kalian`, another hostile word beside it; never of the writer. */
function isAimed(scene: Scene, mark: Mark): boolean {
  const from = Math.max(startOf(scene, mark.first), mark.first - NEAR);
  const to = Math.min(endOf(scene, mark.last), mark.last + NEAR);
  if (findRole(scene, from, to, g.FIRST) !== -1) return false;
  for (let t = from; t <= to; t++) {
    if (t >= mark.first && t <= mark.last) continue;
    if (scene.words[t] === 'dasar' || scene.words[t] === 'kaum') return true;
    const index = scene.hostileAt[t]!;
    if (index !== -1 && HOSTILE.has(scene.marks[index]!.kind)) return true;
  }
  return findRole(scene, from, to, g.SECOND) !== -1 && !plays(scene, from, g.QUESTION);
}
