import { VEILED_REASONS } from '../../core/desk-ports.js';
import type { Finding } from '../../core/finding.js';
import { renderReason } from '../../words/reasons.js';
import { segmentsOf } from './segments.js';

/** Which evidence shows where several overlap: the graver one. */
const GRAVITY = ['threat', 'incitement', 'sara', 'hate', 'hoax', 'abusive'];

/** Reasons whose evidence is a slur or a swear word and nothing more: blurred for readers who want it so. */
const VEILED: ReadonlySet<string> = new Set(VEILED_REASONS);

/** True for evidence that is a slur or a swear word. */
export function isVeiled({ reason }: Pick<Finding, 'reason'>): boolean {
  return VEILED.has(reason);
}

/** Findings that are shown in the text: evidence for a category. */
export function isEvidence(finding: Pick<Finding, 'category'>): boolean {
  return GRAVITY.includes(finding.category);
}

/**
 * A post's original text with each finding marked in place. Always text, never markup; isolated, so that a right-to-left
 * override within it turns nothing outside. A mark's sentence is read by screen readers and shown on hover.
 */
export function PostText({
  text,
  findings,
  language,
}: {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly language: 'id' | 'en';
}) {
  const evidence = findings.filter(isEvidence);
  return (
    <p class="post" dir="auto">
      {segmentsOf(text, evidence).map((segment) => {
        const over = segment.findings.flatMap((at) => evidence[at] ?? []);
        const gravest = over.toSorted((a, b) => GRAVITY.indexOf(a.category) - GRAVITY.indexOf(b.category))[0];
        if (gravest === undefined) return segment.text;
        const veiled = over.some(isVeiled);
        const why = over.map(({ reason, params }) => renderReason(reason, params, language)).join('\n');
        return (
          <mark
            class={`${gravest.category}${veiled ? ' veiled' : ''}`}
            title={why}
            tabindex={veiled ? 0 : undefined}
          >
            {segment.text}
          </mark>
        );
      })}
    </p>
  );
}
