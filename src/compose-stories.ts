/** The humas desk's part of the composition root: who reads narratives and trends for its pages. A reader's process loads no more. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { narrativesOf, trendsOf } from './compose-narratives.js';
import type { Config } from './config.js';
import type { Claim } from './core/claim.js';
import { claimsStorePath, readClaimsStore } from './files/claims-store.js';
import { createStoryAnswers, type StoryAnswerer, type StorySources } from './pipeline/story-reading.js';
import type { Store } from './store/store.js';

/** What the pages of narratives are read from, over a store that is open. */
export function storySources(config: Config, store: Store): StorySources {
  return {
    narratives: narrativesOf(store),
    trends: trendsOf(store),
    claim: claimsById(claimsStorePath(resolve(config.home))),
  };
}

/** Answers in this process, where no other is there to read. */
export function storiesHere(sources: StorySources): StoryAnswerer {
  const answer = createStoryAnswers(sources);
  return { answer: async (question) => answer(question) };
}

/** Imported fact-checks by id, read anew once their file was written. */
function claimsById(path: string): (id: string) => Claim | undefined {
  let known = new Map<string, Claim>();
  let readAt: number | undefined;
  return (id) => {
    const writtenAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (readAt !== writtenAt) {
      known = new Map(readClaimsStore(path).map((claim) => [claim.id, claim]));
      readAt = writtenAt;
    }
    return known.get(id);
  };
}
