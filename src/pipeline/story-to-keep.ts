import type { NarrativeStore, SavedStory } from '../core/narrative-ports.js';
import type { StoryFacts } from '../narrative/facts.js';
import { headOf } from '../narrative/head.js';
import { tellable } from '../narrative/kept-facts.js';
import { shownTerm } from '../narrative/terms.js';
import { maskNames } from '../text/mask.js';

/** A story to be kept, and what is told of its terms, by which it is known whether they were kept before. */
export interface TellingStory extends SavedStory {
  readonly told: string;
}

/**
 * What is kept of settled facts.
 * @param told what was told of its terms when it was kept last: they are not written again while that is so
 */
export function storyToKeep(
  id: string,
  facts: StoryFacts,
  store: Pick<NarrativeStore, 'termText'>,
  told: string,
): TellingStory {
  const words = tellable(facts).flatMap(({ key, shared }) => {
    const text = store.termText(key);
    // A number of a telephone or of somebody's papers compares well, and is not told.
    return text === undefined || isNames(shownTerm(text)) ? [] : [{ key, text, shared }];
  });
  const tells = words.map(({ key, shared }) => (shared ? `${key}+` : key)).join();
  return {
    id,
    lastHour: Math.floor(facts.last / 3600),
    posts: facts.posts,
    flagged: facts.flagged,
    json: JSON.stringify(facts),
    head: JSON.stringify(headOf(facts)),
    words: tells === told ? [] : words,
    told: tells,
  };
}

function isNames(text: string): boolean {
  return maskNames(text) !== text;
}
