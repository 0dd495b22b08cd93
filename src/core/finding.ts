import type { Category } from './assessment.js';

/** A published fact-check that a post was matched to. */
export interface ClaimMatch {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  /** ISO 8601 date. */
  readonly date: string;
  readonly url: string;
  /** 0..1 */
  readonly similarity: number;
}

/**
 * One piece of evidence. The sentence that says why is rendered at the edge from `reason` and `params`
 * (words/), so that it can be read in either language.
 */
export interface Finding {
  /** Id of the rule or lexicon entry that made it. */
  readonly rule: string;
  /** A category, or a kind of evidence that never flags by itself. */
  readonly category: Category | 'hoax-marker' | 'criticism' | 'context';
  /** UTF-16 offsets into the ORIGINAL text: `text.slice(start, end)` is the evidence; 0 <= start < end <= text.length. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** 0..1 before context; what it added to its category. */
  readonly weight: number;
  /** Key of the sentence in words/. */
  readonly reason: string;
  readonly params: Readonly<Record<string, string>>;
  readonly claim?: ClaimMatch;
}
