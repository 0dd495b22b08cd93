/** The humas desk's part of the composition root: who reads narratives and trends for its pages, and what codes are called. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { narrativesOf, trendsOf } from './compose-narratives.js';
import type { Config } from './config.js';
import type { Claim } from './core/claim.js';
import type { AreaNames } from './core/region.js';
import { claimsStorePath, readClaimsStore } from './files/claims-store.js';
import { readAreas } from './files/gazetteer-files.js';
import { listFolder } from './files/list-folder.js';
import { readWatchLists, watchListsState } from './files/watch-files.js';
import { createStoryAnswers, type StoryAnswerer, type StorySources } from './pipeline/story-reading.js';
import { areaNames } from './region/names.js';
import type { Store } from './store/store.js';
import { dated } from './topic/calendar.js';
import type { TopicEntry } from './topic/topics.js';

/** What the pages of narratives are read from, over a store that is open. */
export function storySources(config: Config, store: Store): StorySources {
  const topics = currentTopics(config);
  const { language } = config.desk;
  return {
    narratives: narrativesOf(store),
    trends: trendsOf(store),
    claim: claimsById(claimsStorePath(resolve(config.home))),
    watched: (from, to) =>
      dated(topics())
        .filter(({ days }) => days.from <= to && days.to >= from)
        .map(({ id, name, days }) => ({ id, name: name[language], ...days })),
  };
}

/** Answers in this process, where no other is there to read. */
export function storiesHere(sources: StorySources): StoryAnswerer {
  const answer = createStoryAnswers(sources);
  return { answer: async (question) => answer(question) };
}

/** What codes are called on these pages. */
export function storyNames(config: Config) {
  const topics = currentTopics(config);
  let areas: AreaNames | undefined;
  return {
    regionName: (code: string): string | undefined => {
      areas ??= areaNames(readAreas());
      return areas.nameOf(code);
    },
    topicName: (id: string): string | undefined =>
      topics().find((topic) => topic.id === id)?.name[config.desk.language],
  };
}

/** The topics of the watch lists, read anew once a file was written; those from before where it then cannot be read. */
function currentTopics(config: Config): () => readonly TopicEntry[] {
  const folder = listFolder(config.lexicons, 'watch');
  let known: readonly TopicEntry[] | undefined;
  let state = '';
  return () => {
    const now = watchListsState(folder);
    if (known === undefined || now !== state) {
      try {
        known = readWatchLists(folder);
      } catch (error) {
        // Scorers report the fault, and go on with what they had too.
        if (known === undefined) throw error;
      }
      state = now;
    }
    return known;
  };
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
