import type { Category, Context } from '../../core/assessment.js';
import { isObjectOfOthers } from '../acted-upon.js';
import { isNegated } from '../clause.js';
import { frameAround } from '../context.js';
import type { Charge, Framed, Outcome } from '../outcome.js';
import type { Holder, Mark, Named, Scene } from '../scene.js';

/** Longest evidence that is shown as one stretch, in canonical characters. */
const LONGEST_EVIDENCE = 160;

interface Accusation {
  readonly rule: string;
  readonly category: Category;
  readonly also?: readonly Category[];
  readonly weight: number;
  readonly reason: string;
}

/** The frame around evidence and holder, as an outcome; undefined where nothing takes the sting. */
export function framed(scene: Scene, evidence: Mark, holder: Holder | undefined): Framed | undefined {
  const context: Context | undefined = frameAround(scene, evidence, holder?.at ?? evidence.first);
  return context === undefined ? undefined : { type: 'framed', context };
}

/** The charge that `evidence` makes against `holder`. */
export function charge(
  scene: Scene,
  evidence: Pick<Mark, 'start' | 'end'>,
  holder: Holder | undefined,
  accusation: Accusation,
): Charge {
  const named = holder !== undefined && 'mark' in holder ? holder.mark : undefined;
  let { start, end } = evidence;
  if (holder !== undefined) {
    const from = scene.tokens.start[holder.at]!;
    const to = scene.tokens.end[holder.at]!;
    const nameStart =
      named !== undefined && named.first <= holder.at && holder.at <= named.last ? named.start : from;
    const nameEnd =
      named !== undefined && named.first <= holder.at && holder.at <= named.last ? named.end : to;
    if (Math.max(end, nameEnd) - Math.min(start, nameStart) <= LONGEST_EVIDENCE) {
      start = Math.min(start, nameStart);
      end = Math.max(end, nameEnd);
    }
  }
  return {
    type: 'charge',
    ...accusation,
    weight: Math.min(1, Math.max(0, accusation.weight)),
    start,
    end,
    ...(named === undefined ? {} : { against: named }),
  };
}

/** The charge that `evidence` makes against a group, or what takes its sting: a denial, others who say or do it, a frame. */
export function verdict(
  scene: Scene,
  evidence: Mark,
  holder: Named<'group'>,
  accusation: Accusation,
): Outcome {
  if (isNegated(scene, evidence.first)) return { type: 'framed', context: 'negation' };
  if (isObjectOfOthers(scene, holder.at)) return { type: 'framed', context: 'counter-speech' };
  return framed(scene, evidence, holder) ?? charge(scene, evidence, holder, accusation);
}

/** Weight of a charge: the rule's own, `share` of it by the entry's weight, a little less where the link is looser. */
export function weigh(base: number, mark: Mark, holder?: Holder, share = 0.2): number {
  const loose = holder !== undefined && 'by' in holder && holder.by === 'carried' ? 0.92 : 1;
  return base * (1 - share + share * mark.entry.weight) * loose;
}
