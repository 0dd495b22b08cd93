/** The humas desk's part of the composition root: what codes are called on its pages, and which dates are watched. */
import type { Config } from './config.js';
import type { AreaNames } from './core/region.js';
import { readAreas } from './files/gazetteer-files.js';
import { listFolder } from './files/list-folder.js';
import { readWatchLists, watchListsState } from './files/watch-files.js';
import type { WatchedDates } from './pipeline/read-calendar.js';
import { areaNames } from './region/names.js';
import { dated } from './topic/calendar.js';
import type { TopicEntry } from './topic/topics.js';

/** What codes are called on these pages. */
export function storyNames(config: Config) {
  const topics = currentTopics(config);
  let areas: AreaNames | undefined;
  return {
    regionName: (code: string): string | undefined => {
      areas ??= areaNames(readAreas());
      return areas.nameOf(code);
    },
    topicName: (id: string, language: 'id' | 'en' = config.desk.language): string | undefined =>
      topics().find((topic) => topic.id === id)?.name[language],
    watched: (language: 'id' | 'en'): readonly WatchedDates[] =>
      dated(topics()).map(({ id, name, days }) => ({ id, name: name[language], ...days })),
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
