/** Regions and watched topics: what scorers note of texts beside their assessment. A part of compose.ts. */
import type { Config } from './config.js';
import { CannotRunError } from './core/errors.js';
import type { Clock } from './core/ports.js';
import { readCompiledLists, writeCompiledLists } from './files/compiled-lexicon.js';
import { placeTexts, readAreas, readPlaceNames } from './files/gazetteer-files.js';
import { listFolder } from './files/list-folder.js';
import { readWatchLists, watchListsState, watchTexts, watchWatchLists } from './files/watch-files.js';
import type { TextObserver } from './pipeline/score.js';
import { regionOf } from './region/find.js';
import { compileGazetteer, type Gazetteer, type GazetteerTables, openGazetteer } from './region/gazetteer.js';
import type { PlaceName } from './region/place-name.js';
import { normalise } from './text/normalise.js';
import { checkTopics } from './topic/check.js';
import { compileTopics, type TopicEntry, type TopicTables, topicFinder } from './topic/topics.js';

/**
 * The areas of Indonesia with what people call them.
 *
 * @throws CannotRunError `regions`, PermanentError `region-name` where a list of places cannot be used
 */
export function loadGazetteer(config: Config): {
  readonly gazetteer: Gazetteer;
  readonly names: readonly PlaceName[];
} {
  const { names, marks } = readPlaceNames(listFolder(config.lexicons, 'regions'));
  return { gazetteer: openGazetteer(compileGazetteer(readAreas(), names, marks)), names };
}

/** The topics of the configured watch lists. @throws CannotRunError `watch` */
export function watchTopics(config: Config, folder?: string): readonly TopicEntry[] {
  return readWatchLists(folder ?? listFolder(config.lexicons, 'watch'));
}

/** True of a text that names a group, a camp, a party or a person in public life: what no watch list may watch. */
export async function sidesNamed(config: Config): Promise<(text: string) => boolean> {
  const { lexiconFinder } = await import('./compose-assessor.js');
  const find = await lexiconFinder(config);
  const isParty = (terms: readonly string[]): boolean => terms.some((term) => term.startsWith('partai '));
  return (text) =>
    find(normalise(text)).some(
      ({ entry: { id, kind, term, variants = [] } }) =>
        kind === 'group' ||
        kind === 'camp' ||
        kind === 'slur' ||
        (kind === 'institution' && (id.startsWith('figure-') || isParty([term, ...variants]))),
    );
}

/**
 * What scorers note of texts. Watch lists that change take the old ones' place without a restart, once every example of
 * theirs holds; a faulty change leaves the old ones where they are and is reported.
 *
 * @throws CannotRunError `regions`, `watch`, PermanentError `region-name`, `watch-term`
 */
export async function loadObserver(
  config: Config,
  clock: Pick<Clock, 'sleep'>,
  report: (error: unknown) => void,
  closers: (() => void)[],
): Promise<TextObserver> {
  const regions = listFolder(config.lexicons, 'regions');
  const folder = listFolder(config.lexicons, 'watch');
  const since = watchListsState(folder);
  const lists = await startingLists(regions, folder);
  const gazetteer = openGazetteer(lists.places);
  let topicsOf = topicFinder(lists.topics);
  const ended = new AbortController();
  void watchWatchLists(
    {
      folder,
      clock,
      signal: ended.signal,
      onChange: async (topics) => {
        const faults = checkTopics(topics, await sidesNamed(config));
        if (faults.length > 0)
          throw refused(faults.map(({ topic, what, text }) => `${topic} ${what} "${text}"`));
        topicsOf = topicFinder(compileTopics(topics));
      },
      onFault: report,
    },
    since,
  );
  closers.push(() => ended.abort());
  return {
    regionOf: (canonical) => regionOf(gazetteer, undefined, canonical),
    topicsOf: (canonical) => topicsOf(canonical),
  };
}

interface Lists {
  readonly places: GazetteerTables;
  readonly topics: TopicTables;
}

/** The lists as the build left them compiled, where they hold these very texts; else compiled now, which takes a third of a second. */
async function startingLists(regions: string, watch: string): Promise<Lists> {
  const kept = await readCompiledLists([...placeTexts(regions), ...watchTexts(watch)]);
  return (kept as Lists | undefined) ?? compiledLists(regions, watch);
}

/** Compiles the package's lists and keeps the result beside the code, for quick starts. */
export async function prepareLists(): Promise<void> {
  const [regions, watch] = [listFolder(undefined, 'regions'), listFolder(undefined, 'watch')];
  await writeCompiledLists([...placeTexts(regions), ...watchTexts(watch)], compiledLists(regions, watch));
}

function compiledLists(regions: string, watch: string): Lists {
  const { names, marks } = readPlaceNames(regions);
  return {
    places: compileGazetteer(readAreas(), names, marks),
    topics: compileTopics(readWatchLists(watch)),
  };
}

function refused(faults: readonly string[]): CannotRunError {
  return new CannotRunError(
    'watch',
    `The changed watch lists are not used: ${faults.slice(0, 5).join('; ')}. "ronda watch lint" lists what is wrong.`,
  );
}
