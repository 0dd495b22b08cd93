import type { StoryReader } from '../core/narrative-ports.js';
import { mergeFacts, type StoryFacts } from '../narrative/facts.js';
import { onlyWordings, withoutWordings } from '../narrative/split-facts.js';
import { withoutRows, withRows } from './split-rows.js';

/** Stories as they stand after what people did to them, which is never written into stories: regrouping keeps it. */
export interface EditedStories {
  /** The id that a story or narrative goes by now, and the parts that it is made of. */
  partsOf(id: string): { readonly id: string; readonly parts: readonly string[] };
  /**
   * What is known of all of them; undefined where nothing is.
   * @param rowsOf what is known of the posts of some wordings of a story: without it, places, sources, hashtags and hosts
   * of what was split off count to the story that it was split from
   */
  factsOf(parts: readonly string[], rowsOf?: RowsOf): StoryFacts | undefined;
  /** Stories in the store that the parts are, or were taken out of. */
  storiesOf(parts: readonly string[]): readonly string[];
  /** True for a wording that is one of these parts'. */
  holds(parts: readonly string[], story: string, wording: string): boolean;
  /** The part that an item's wording belongs to. */
  partOf(story: string, wording: string): string;
  /** True of what is no narrative any longer, but a part of one. */
  isPart(id: string): boolean;
  /** The story at whose place in lists a narrative stands: its own, or one of those that it was taken out of. */
  placeOf(id: string): string | undefined;
  /** Narratives taken out of stories that stand at the place of this one. */
  splitsAt(story: string): readonly string[];
  /** True of a story that nobody merged, split or made part of another: what is kept of it is all of it. */
  isWhole(id: string): boolean;
  /** What a person called it. */
  titleOf(id: string): string | undefined;
}

/** @param facts of the whole story */
export type RowsOf = (wordings: ReadonlySet<string>, facts: StoryFacts) => StoryFacts;

/** Id of the narrative that these wordings were taken out to. */
export function splitId(wordings: readonly string[]): string {
  return `s${[...wordings].sort()[0] ?? ''}`;
}

interface Split {
  /** Stories that its wordings were taken out of. */
  readonly from: Set<string>;
  readonly wordings: Set<string>;
}

/** Reads everything that people did; some hundred edits cost some milliseconds. */
export function editedStories(store: StoryReader): EditedStories {
  const titles = new Map<string, string>();
  const into = new Map<string, string>();
  const splits = new Map<string, Split>();
  const owner = new Map<string, string>();

  const finalOf = (id: string): string => {
    let at = id;
    for (let steps = 0; steps <= into.size; steps++) {
      const next = into.get(at);
      if (next === undefined) return at;
      at = next;
    }
    return at;
  };
  const partsOf = (id: string): { readonly id: string; readonly parts: readonly string[] } => {
    const final = finalOf(store.nameOf(id));
    const parts = [...into.keys()].filter((from) => finalOf(from) === final);
    return { id: final, parts: [final, ...parts] };
  };
  const storiesOf = (parts: readonly string[]): readonly string[] => [
    ...new Set(
      parts.flatMap((part) => {
        const split = splits.get(part);
        return split === undefined ? [part] : [...split.from].map((story) => store.nameOf(story));
      }),
    ),
  ];

  for (const edit of store.narrativeEdits()) {
    const { id, parts } = partsOf(edit.narrative);
    if (edit.kind === 'rename') {
      if (edit.title === '') titles.delete(id);
      else titles.set(id, edit.title);
    } else if (edit.kind === 'merge') {
      const target = finalOf(store.nameOf(edit.into));
      if (target === id) continue;
      into.set(id, target);
      // What a person called one of them is not lost to a title that was made of words.
      const title = titles.get(id);
      if (title !== undefined && !titles.has(target)) titles.set(target, title);
    } else {
      const wordings = edit.wordings ?? edit.items.flatMap((item) => store.storyItem(item)?.wording ?? []);
      if (wordings.length === 0) continue;
      const name = splitId(wordings);
      const split = splits.get(name) ?? { from: new Set<string>(), wordings: new Set<string>() };
      splits.set(name, split);
      // Taken out once more, it is no part of what it was made part of.
      into.delete(name);
      for (const story of storiesOf(parts)) split.from.add(story);
      for (const wording of wordings) {
        const before = owner.get(wording);
        if (before !== undefined) splits.get(before)?.wordings.delete(wording);
        owner.set(wording, name);
        split.wordings.add(wording);
      }
    }
  }
  const taken = new Set(owner.keys());
  // What was taken out of one narrative may have come of several stories: it stands once, with the first that is kept.
  const placeOf = (id: string): string | undefined =>
    storiesOf([id]).find((story) => store.story(story) !== undefined);
  const isSource = new Set<string>();
  const splitsAt = new Map<string, string[]>();
  for (const [name, { wordings }] of splits) {
    for (const story of storiesOf([name])) isSource.add(story);
    const place = placeOf(name);
    if (place !== undefined && wordings.size > 0) {
      splitsAt.set(place, [...(splitsAt.get(place) ?? []), name]);
    }
  }

  const isTarget = new Set([...into.keys()].map(finalOf));

  const kept = (story: string): StoryFacts | undefined => {
    const row = store.story(story);
    return row && (JSON.parse(row.json) as StoryFacts);
  };
  const ofPart = (part: string, rowsOf: RowsOf | undefined): readonly StoryFacts[] => {
    const split = splits.get(part);
    if (split !== undefined) {
      return storiesOf([part]).flatMap((story) => {
        const facts = kept(story);
        const own = facts && onlyWordings(facts, split.wordings);
        if (facts === undefined || own === undefined) return [];
        return rowsOf === undefined ? [own] : [withRows(own, rowsOf(split.wordings, facts))];
      });
    }
    const facts = kept(part);
    if (facts === undefined) return [];
    const gone = new Set(Object.keys(facts.variants).filter((wording) => taken.has(wording)));
    if (gone.size === 0) return [facts];
    const left = rowsOf === undefined ? facts : withoutRows(facts, rowsOf(gone, facts));
    withoutWordings(left, gone);
    return left.posts > 0 ? [left] : [];
  };

  return {
    partsOf,
    factsOf(parts, rowsOf) {
      let facts: StoryFacts | undefined;
      for (const more of parts.flatMap((part) => ofPart(part, rowsOf))) {
        if (facts === undefined) facts = more;
        else mergeFacts(facts, more);
      }
      return facts;
    },
    storiesOf,
    holds(parts, story, wording) {
      const own = owner.get(wording);
      return own === undefined ? parts.includes(story) : parts.includes(own);
    },
    partOf: (story, wording) => owner.get(wording) ?? story,
    isPart: (id) => into.has(id),
    placeOf,
    splitsAt: (story) => splitsAt.get(story) ?? [],
    isWhole: (id) => !isTarget.has(id) && !into.has(id) && !splits.has(id) && !isSource.has(id),
    titleOf: (id) => titles.get(id),
  };
}
