import type { DecidedText } from '../core/desk-numbers.js';
import type { LabelledText } from './train.js';

/**
 * Most that all decisions together may weigh, against one for each text of the files. The desk sees only what was
 * flagged, so a model that heard it alone would forget what ordinary posts are like.
 */
const MOST_WEIGHT = 0.25;
/** Decisions that are learnt from at most, the newest. */
export const MOST_DECISIONS = 20_000;

/** Grounds of which the classifier's `sara` speaks as religion, and those of which it speaks as race. */
const RELIGION = 'religion';
const RACE: ReadonlySet<string> = new Set(['ethnicity', 'race', 'nationality', 'inter-group', 'region']);
/** Not protected: what is said against them teaches nothing about groups. */
const POLITICAL: ReadonlySet<string> = new Set(['camp', 'institution']);

/**
 * The labels that a decision gives its text, in the words of the training files (train.ts, LANES); undefined where it
 * says nothing about what the classifier is asked: a hoax is told by fact-checks, a duplicate by its twin, a threat or
 * a call without a group by the rules.
 */
export function labelsOf({
  verdict,
  targets,
}: Pick<DecidedText, 'verdict' | 'targets'>): readonly string[] | undefined {
  if (verdict.kind === 'not-a-violation') return [];
  if (verdict.kind !== 'violation') return undefined;
  const grounds = targets
    .map((target) => target.split(':')[0] ?? '')
    .filter((ground) => !POLITICAL.has(ground));
  const sara = [
    ...(grounds.includes(RELIGION) ? [RELIGION] : []),
    ...(grounds.some((ground) => RACE.has(ground)) ? ['race'] : []),
  ];
  const group = grounds.length > 0 ? ['group'] : [];
  switch (verdict.category) {
    case 'hate':
      return ['hate', ...group, ...sara];
    case 'sara':
      return sara.length === 0 ? undefined : ['hate', 'group', ...sara];
    case 'incitement':
    case 'threat':
      return grounds.length === 0 ? undefined : ['hate', 'group', 'strong', ...sara];
    case 'abusive':
      return ['abusive'];
    case 'hoax':
      return undefined;
  }
}

/**
 * Rows to learn from beside `others` texts of files: each text once with its newest decision, and together never more
 * than a quarter of what the files weigh.
 *
 * @param decided newest first
 */
export function deskRows(decided: Iterable<DecidedText>, others: number): LabelledText[] {
  const rows = new Map<string, LabelledText>();
  for (const one of decided) {
    const key = one.text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
    if (key === '' || rows.has(key)) continue;
    const labels = labelsOf(one);
    if (labels !== undefined) rows.set(key, { text: one.text, labels });
    if (rows.size >= MOST_DECISIONS) break;
  }
  const weight = Math.min(1, (MOST_WEIGHT * others) / Math.max(1, rows.size));
  return [...rows.values()].map((row) => ({ ...row, weight }));
}
