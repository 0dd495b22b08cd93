import type { Assessment } from '../core/assessment.js';
import type { Finding } from '../core/finding.js';
import type { UiLanguage } from '../words/catalogue.js';
import { renderReason } from '../words/reasons.js';

/** One line of `ronda score --jsonl`: the contract that measuring tools rely on (docs/commands.md). */
export interface AssessmentLine extends Omit<Assessment, 'findings'> {
  /** As it was given; null where there was none. */
  readonly id: unknown;
  readonly findings: readonly FindingLine[];
}

/** A finding with its reason as a sentence. */
export interface FindingLine
  extends Pick<Finding, 'rule' | 'category' | 'start' | 'end' | 'text' | 'weight' | 'claim'> {
  readonly why: string;
}

/** The JSON model of an assessment, reasons rendered in a language. */
export function assessmentLine(id: unknown, assessment: Assessment, language: UiLanguage): AssessmentLine {
  const { findings, ...rest } = assessment;
  return { id, ...rest, findings: findings.map((finding) => findingLine(finding, language)) };
}

/** A finding for people: its reason as a sentence. */
export function findingLine(finding: Finding, language: UiLanguage): FindingLine {
  const { rule, category, start, end, text, weight, claim } = finding;
  const why = renderReason(finding.reason, finding.params, language);
  return { rule, category, start, end, text, weight, why, ...(claim === undefined ? {} : { claim }) };
}
