import type { Finding } from './finding.js';

/** What a post can be flagged as. `abusive` (swearing) is weighed but by default lands nowhere. */
export const CATEGORIES = ['hate', 'sara', 'incitement', 'threat', 'hoax', 'abusive'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Levels in rising order. */
export const LEVELS = ['none', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

/** -1, 0 or 1 as `a` is below, equal to or above `b`. */
export function compareLevels(a: Level, b: Level): number {
  return Math.sign(LEVELS.indexOf(a) - LEVELS.indexOf(b));
}

/** Frames around a passage that change what it means. */
export const CONTEXTS = [
  'quotation',
  'negation',
  'counter-speech',
  'reporting',
  'criticism',
  'question',
  'figurative',
] as const;
export type Context = (typeof CONTEXTS)[number];

/** A score from 0 to 1 for each category. */
export type CategoryScores = Readonly<Record<Category, number>>;

export interface DetectedLanguage {
  /** ISO 639-3; `und` where it cannot be told. */
  readonly code: string;
  /** 0..1 */
  readonly confidence: number;
  /** Further languages found in a mixed post, strongest first; absent when the post is not mixed. */
  readonly mixed?: readonly string[];
}

/** What produced an assessment; a changed version is a reason to assess again. */
export interface Versions {
  readonly rules: string;
  readonly lexicon: string;
  readonly model: string;
  readonly language: string;
  readonly claims?: string;
}

/** Steps that can fail or be left out; named in {@link Assessment.incomplete}. */
export type StepName = 'length' | 'normalise' | 'language' | 'lexicon' | 'rules' | 'model' | 'claims';

/** What the classifier's heads say, each 0..1; its say on flags is bounded by the rules. */
export interface ModelScores {
  readonly hate: number;
  readonly abusive: number;
  readonly sara: number;
}

export interface Assessment {
  readonly language: DetectedLanguage;
  readonly categories: CategoryScores;
  /** Categories that reached their threshold, in the order of {@link CATEGORIES}. */
  readonly flags: readonly Category[];
  readonly level: Level;
  /** 0..1, the order of the queue within a level. */
  readonly score: number;
  /** Ids of the groups, camps or institutions that the findings are about, e.g. `religion:kristen`. */
  readonly targets: readonly string[];
  readonly findings: readonly Finding[];
  readonly context: readonly Context[];
  /** Steps that did not finish. Never read an assessment with one as "clean". */
  readonly incomplete: readonly StepName[];
  readonly versions: Versions;
  readonly model?: ModelScores;
}
