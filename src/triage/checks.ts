import type { EscalationChecklist, Outcome } from '../core/review.js';

/** Why an outcome or a checklist is refused for what it says; the sentence for people stands in words/desk.ts. */
const CHECKS = [
  'hoax-without-source',
  'duplicate-of-itself',
  'bad-source',
  'bad-claim',
  'bad-target',
  'target-missing',
  'bad-fact-check',
  'protected-expression',
] as const;
export type Check = (typeof CHECKS)[number];

const GROUP = /^[a-z][a-z0-9-]{0,39}:[a-z0-9][a-z0-9._-]{0,79}$/;
const CLAIM = /^\S{1,200}$/;
const LINK = /^https?:\/\/[^\s/]{1,253}(?:\/\S{0,1800})?$/;

/** What is wrong with an outcome given to `items`; undefined where nothing is. */
export function checkOutcome(outcome: Outcome, items: readonly number[]): Check | undefined {
  if (outcome.kind === 'duplicate') return items.includes(outcome.of) ? 'duplicate-of-itself' : undefined;
  if (outcome.kind !== 'hoax') return undefined;
  const { claim, source } = outcome;
  if (claim === undefined && source === undefined) return 'hoax-without-source';
  if (claim !== undefined && !CLAIM.test(claim)) return 'bad-claim';
  if (source !== undefined && !LINK.test(source)) return 'bad-source';
  return undefined;
}

/**
 * What keeps a case from being proposed. Criticism or opinion without a call to act is protected, whoever its target is;
 * so is everything said against an institution that neither calls to act nor spreads a claim that was checked.
 */
export function checkEscalation(checklist: EscalationChecklist): Check | undefined {
  const { targetKind, target, criticismOrOpinion, callToAct, factCheck } = checklist;
  if (target !== undefined && !GROUP.test(target)) return 'bad-target';
  if (targetKind === 'protected-group' && target === undefined) return 'target-missing';
  if (factCheck !== undefined && !CLAIM.test(factCheck)) return 'bad-fact-check';
  if (criticismOrOpinion && !callToAct) return 'protected-expression';
  if (targetKind === 'institution' && !callToAct && factCheck === undefined) return 'protected-expression';
  return undefined;
}
