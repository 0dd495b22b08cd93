import { endOf, findRole, isNegated, plays, startOf } from '../context.js';
import * as g from '../grammar.js';
import type { Outcome } from '../outcome.js';
import type { Holder, Mark, Scene } from '../scene.js';
import { HOSTILE } from '../scene.js';
import { charge, framed, weigh } from './charge.js';

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
    const base = isAimed(scene, mark) ? 0.78 : 0.6;
    outcomes.push(
      framed(scene, mark, undefined) ??
        charge(scene, mark, holder, {
          rule: 'slur',
          category: 'hate',
          weight: Math.min(weigh(base, mark), mark.entry.weight + (base > 0.7 ? 0.25 : 0)),
          reason: 'slur',
        }),
    );
  }
  return outcomes;
}

function isDiscussed(scene: Scene, mark: Mark): boolean {
  return DISCUSSED.has(scene.words[mark.first - 1] ?? '');
}

/** Said to or of somebody: `dasar`, `lo`, `kalian`, another hostile word near. */
function isAimed(scene: Scene, mark: Mark): boolean {
  const start = startOf(scene, mark.first);
  const end = endOf(scene, mark.last);
  for (let t = start; t <= end; t++) {
    if (t >= mark.first && t <= mark.last) continue;
    if (scene.words[t] === 'dasar' || scene.words[t] === 'kaum') return true;
    const index = scene.hostileAt[t]!;
    if (index !== -1 && HOSTILE.has(scene.marks[index]!.kind) && Math.abs(t - mark.first) < 10) return true;
  }
  return (
    findRole(scene, Math.max(start, mark.first - 3), Math.min(end, mark.last + 3), g.SECOND) !== -1 &&
    !plays(scene, start, g.QUESTION)
  );
}
