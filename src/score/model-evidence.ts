import type { Finding } from '../core/finding.js';
import type { Hit } from '../lexicon/find.js';
import { type Normalised, originalSpan } from '../text/normalise.js';
import { isSaraGround } from './combine.js';

/** A stretch of the canonical text and what it adds to a head's answer, in log odds. */
export interface Attribution {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/** Passages shown. */
export const MOST_ATTRIBUTED = 3;

/**
 * The findings behind a flag of `sara` that no rule made: the first group that is named, and the passages that spoke
 * most to the classifier.
 * @param score what `sara` scored; shared among the passages by their weight
 */
export function modelFindings(
  n: Normalised,
  hits: readonly Hit[],
  attributions: readonly Attribution[],
  score: number,
): Finding[] {
  const named = hits.find(({ entry }) => entry.kind === 'group' && isSaraGround(entry.ground));
  const group = named ?? hits.find(({ entry }) => entry.kind === 'slur' && isSaraGround(entry.ground));
  if (group === undefined) return [];
  const passage = (start: number, end: number): { start: number; end: number; text: string } => {
    const span = originalSpan(n, start, end);
    return { ...span, text: n.original.slice(span.start, span.end) };
  };
  const name = passage(group.start, group.end).text;
  const most = Math.max(...attributions.map(({ weight }) => weight));
  return attributions.map(({ start, end, weight }) => {
    const shown = passage(start, end);
    return {
      rule: 'model-sara',
      category: 'sara',
      ...shown,
      weight: score * (weight / most),
      reason: 'model-sara',
      params: { evidence: shown.text, group: name },
    };
  });
}
