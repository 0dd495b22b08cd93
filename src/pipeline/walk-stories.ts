/** Narratives one after another, as people left them, latest seen first. */
import type { StoryReader } from '../core/narrative-ports.js';
import type { CountReader } from '../core/trend-ports.js';
import { LEAST_POSTS, type StoryFacts } from '../narrative/facts.js';
import { headOf, type Sketch, type StoryHead, sketchOf } from '../narrative/head.js';
import { type Counted, volumeBefore } from '../narrative/trend.js';
import { type EditedStories, editedStories, type RowsOf } from './edited-stories.js';

/** Stories read at a time, at most. */
const PAGE = 500;
/** Hours before a story that its habit is read from. */
const HABIT_HOURS = 8 * 24;

/** A narrative in its place among others. */
export interface Walked extends Sketch {
  /** The last hour of the story that it stands at. */
  readonly place: number;
}

/** A narrative with all that it is made of. */
export interface Found extends Sketch {
  readonly facts: StoryFacts;
  readonly parts: readonly string[];
}

/** What narratives are read by, of one moment. */
export interface View {
  readonly edited: EditedStories;
  readonly counted: CountedSince | undefined;
  readonly now: number;
}

/** What was collected since an hour. */
type CountedSince = (from: number) => Counted | undefined;

/** Reads totals when they are first needed, and further back as they are. */
function countedIn(counts: CountReader | undefined): CountedSince | undefined {
  const hours = counts?.countedHours();
  if (counts === undefined || hours === undefined) return undefined;
  const totals = new Map<number, number>();
  const volumes = new Map<number, number>();
  let loaded = hours.newest + 1;
  const posts = (hour: number): number => totals.get(hour) ?? 0;
  const counted: Counted = {
    from: hours.oldest,
    posts,
    volume(hour) {
      const volume = volumes.get(hour) ?? volumeBefore({ posts }, hour);
      volumes.set(hour, volume);
      return volume;
    },
  };
  return (from) => {
    if (from < loaded) {
      for (const { hour, posts } of counts.hourTotals(from, loaded)) totals.set(hour, posts);
      loaded = from;
    }
    return counted;
  };
}

/** Nothing is held between calls. */
export interface StoryWalk {
  view(): View;
  /** By all that is known of its stories. */
  find(id: string, view: View, rowsOf?: RowsOf): Found | undefined;
  /** By the head alone, where that is known and nobody edited the story. */
  sketch(id: string, view: View): Sketch | undefined;
  /** All but formulas; after `before`, where it is given. @param atOnce how many are likely to be asked for */
  walk(before: string | undefined, atOnce: number): Generator<Walked>;
}

export function createStoryWalk(store: StoryReader, counts: CountReader | undefined): StoryWalk {
  const wordsOf = (stories: readonly string[], shared: boolean): ReadonlyMap<number, string> =>
    stories.length === 1
      ? store.words(stories[0]!, shared)
      : new Map(stories.flatMap((story) => [...store.words(story, shared)]));
  const shown = (
    id: string,
    head: StoryHead,
    stories: readonly string[],
    { edited, counted, now }: View,
  ): Sketch =>
    sketchOf(id, head, {
      // A word of a flagged post is told of that post's narrative: what was split from it, or left of it, is another.
      words: () => wordsOf(stories, head.flagged === 0),
      title: edited.titleOf(id),
      now,
      counted: () => counted?.(Math.floor(head.first / 3600) - HABIT_HOURS),
    });
  const find: StoryWalk['find'] = (id, view, rowsOf) => {
    const { edited } = view;
    const { id: final, parts } = edited.partsOf(id);
    const facts = edited.factsOf(parts, rowsOf);
    if (facts === undefined) return undefined;
    return { ...shown(final, headOf(facts), edited.storiesOf(parts), view), facts, parts };
  };
  const sketch = (id: string, view: View, head = store.head(id)): Sketch | undefined =>
    head !== undefined && view.edited.isWhole(id)
      ? shown(id, JSON.parse(head) as StoryHead, [id], view)
      : find(id, view);
  const view = (): View => ({
    edited: editedStories(store),
    counted: countedIn(counts),
    now: store.newestHour() ?? 0,
  });

  return {
    view,
    find,
    sketch: (id, of) => sketch(id, of),
    *walk(before, atOnce) {
      const current = view();
      const { edited } = current;
      // What was split from a story stands behind it.
      const source = before === undefined ? undefined : edited.placeOf(before);
      const kept = source === undefined ? undefined : store.story(source);
      if (before !== undefined && kept === undefined) return;
      const listed = function* (id: string, place: number, head?: string): Generator<Walked> {
        if (edited.isPart(id)) return;
        const found = sketch(id, current, head);
        // What a person gave a name to is a narrative, whatever it looks like.
        if (found !== undefined && (edited.titleOf(id) !== undefined || !found.isFormula())) {
          yield { ...found, place };
        }
      };
      if (kept !== undefined) {
        const group = [kept.id, ...edited.splitsAt(kept.id)];
        const rest = group.slice(group.indexOf(before ?? '') + 1);
        for (const id of rest) yield* listed(id, kept.lastHour);
      }
      let after = kept && { lastHour: kept.lastHour, id: kept.id };
      for (;;) {
        const page = store.stories({
          leastPosts: LEAST_POSTS,
          limit: Math.min(PAGE, atOnce),
          ...(after === undefined ? {} : { after }),
        });
        for (const { id, lastHour, head } of page) {
          yield* listed(id, lastHour, head);
          for (const split of edited.splitsAt(id)) yield* listed(split, lastHour);
        }
        const last = page.at(-1);
        if (last === undefined) return;
        after = { lastHour: last.lastHour, id: last.id };
      }
    },
  };
}
