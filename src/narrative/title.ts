import { shownTerm } from './terms.js';

/** A term of a narrative that may be shown. */
export interface TitleTerm {
  /** As narrative/terms.ts writes terms. */
  readonly term: string;
  /** Share of the narrative's posts that have it, 0..1. */
  readonly share: number;
  /** What it tells, in nats (stories.ts). */
  readonly nats: number;
  /** Mean position among the terms of a post. */
  readonly place: number;
}

const MOST_WORDS = 6;
/** Share of the posts, 0..1: what fewer have is no part of the story. */
export const LEAST_SHARE = 0.34;

/** The most telling terms that the posts share, in the order in which they stand; '' where none may be shown. */
export function titleOf(terms: readonly TitleTerm[]): string {
  const shown = terms
    .filter(({ term, share }) => share >= LEAST_SHARE && shownTerm(term) !== '')
    .sort((a, b) => b.share * b.nats - a.share * a.nats || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_WORDS)
    .sort((a, b) => a.place - b.place || (a.term < b.term ? -1 : 1));
  return shown.map(({ term }) => shownTerm(term)).join(' ');
}
