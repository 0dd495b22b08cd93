/** Copies of what is known of stories: several times as fast as a clone of anything whatever. */

import { copyAuthors } from './authors.js';
import type { StoryFacts, TermFacts, WordingFacts } from './facts.js';

/** A copy that shares nothing with it. */
export function copyFacts(facts: StoryFacts): StoryFacts {
  return {
    ...facts,
    hours: copyPairs(facts.hours),
    authors: copyAuthors(facts.authors),
    variants: copied(facts.variants, copyWording),
    sources: { ...facts.sources },
    places: copyPairs(facts.places),
    tags: { ...facts.tags },
    hosts: { ...facts.hosts },
    terms: copied(facts.terms, copyTerm),
  };
}

export function copyTerm(term: TermFacts): TermFacts {
  return term.said === undefined ? { ...term } : { ...term, said: [...term.said] };
}

export function copyWording(wording: WordingFacts): WordingFacts {
  return { ...wording, hours: copyPairs(wording.hours), authors: copyAuthors(wording.authors) };
}

export function copied<T>(record: Readonly<Record<string, T>>, copy: (value: T) => T): Record<string, T> {
  const to: Record<string, T> = {};
  for (const key of Object.keys(record)) to[key] = copy(record[key]!);
  return to;
}

function copyPairs(record: Readonly<Record<string, [number, number]>>): Record<string, [number, number]> {
  return copied(record, ([a, b]) => [a, b]);
}
