import type { Narrative, NarrativeEdit, NarrativeMember } from '../core/narrative.js';
import type { NarrativeReader, StoryReader } from '../core/narrative-ports.js';
import { hexAt, ID_AT, ITEM_AT, PRINT_WORDS, SIGNATURE_WORDS, TIME_AT, VARIANT_AT } from '../core/print.js';
import { hourText, LEAST_POSTS, mergeFacts, narrativeFrom, type StoryFacts } from '../narrative/facts.js';
import { similarity } from '../narrative/fingerprint.js';

/** Items less alike are of the same story, but no near-duplicates. */
const NEAR_DUPLICATE = 0.35;
const MOST_NEAR = 200;
/** Stories read at a time. */
const PAGE = 500;

/** What people did, as it bears on reading: done again after every regrouping, since it is never written into stories. */
interface Edits {
  readonly titles: ReadonlyMap<string, string>;
  readonly into: ReadonlyMap<string, string>;
}

/** Narratives over what the store keeps; nothing is held between calls. */
export function createNarrativeReader(store: StoryReader): NarrativeReader {
  const edits = (): Edits => {
    const titles = new Map<string, string>();
    const into = new Map<string, string>();
    for (const edit of store.narrativeEdits() as readonly NarrativeEdit[]) {
      const id = store.nameOf(edit.narrative);
      if (edit.kind === 'rename') titles.set(id, edit.title);
      else if (edit.kind === 'merge') {
        const target = finalOf(into, store.nameOf(edit.into));
        if (target !== id) into.set(id, target);
      }
    }
    return { titles, into };
  };
  /** The id that a story goes by now, and the stories that are part of it. */
  const partsOf = (
    id: string,
    { into }: Edits,
  ): { readonly id: string; readonly parts: readonly string[] } => {
    const final = finalOf(into, store.nameOf(id));
    const parts = [...into.keys()].filter((from) => finalOf(into, from) === final);
    return { id: final, parts: [final, ...parts] };
  };
  const factsOf = (parts: readonly string[]): StoryFacts | undefined => {
    let facts: StoryFacts | undefined;
    for (const part of parts) {
      const kept = store.story(part);
      if (kept === undefined) continue;
      const more = JSON.parse(kept.json) as StoryFacts;
      if (facts === undefined) facts = more;
      else mergeFacts(facts, more);
    }
    return facts;
  };
  const read = (id: string, known: Edits): { narrative: Narrative; facts: StoryFacts } | undefined => {
    const { id: final, parts } = partsOf(id, known);
    const facts = factsOf(parts);
    if (facts === undefined) return undefined;
    const narrative = narrativeFrom(final, facts, store.newestHour() ?? 0);
    const title = known.titles.get(final);
    return { narrative: title === undefined ? narrative : { ...narrative, title }, facts };
  };
  const hoursFrom = (facts: StoryFacts) =>
    Object.entries(facts.hours)
      .map(([hour, [posts, flagged]]) => ({ hour: Number(hour), posts, flagged }))
      .sort((a, b) => a.hour - b.hour)
      .map(({ hour, ...counts }) => ({ hour: hourText(hour), ...counts }));

  return {
    near(number) {
      const item = store.storyItem(number);
      if (item === undefined) return [];
      const own = wordsOf(item.signature);
      return store
        .storyItems(item.story, 2_000)
        .filter((other) => other.item !== number)
        .map((other) => ({
          number: other.item,
          similarity: similarity(own, 0, wordsOf(other.signature), 0),
        }))
        .filter((near) => near.similarity >= NEAR_DUPLICATE)
        .sort((a, b) => b.similarity - a.similarity || a.number - b.number)
        .slice(0, MOST_NEAR);
    },
    narrativeOf(number) {
      const item = store.storyItem(number);
      const found = item === undefined ? undefined : read(item.story, edits());
      return found && { narrative: found.narrative, hours: hoursFrom(found.facts) };
    },
    narrativeDetail(id) {
      const found = read(id, edits());
      if (found === undefined) return undefined;
      const { narrative, facts } = found;
      const terms = Object.values(facts.terms)
        .flatMap(({ text, n }) => (text === undefined ? [] : [{ text, posts: n }]))
        .sort((a, b) => b.posts - a.posts || (a.text < b.text ? -1 : 1));
      return {
        narrative,
        hours: hoursFrom(facts),
        terms,
        hashtags: [],
        domains: [],
        claims: [],
        places: [],
        sources: [],
        variants: [],
        clarifications: [],
      };
    },
    narrative: (id) => read(id, edits())?.narrative,
    storiesOf: (id) => partsOf(id, edits()).parts,
    narrativeHours(id) {
      const facts = factsOf(partsOf(id, edits()).parts);
      return facts === undefined ? [] : hoursFrom(facts);
    },
    listNarratives({ limit, before }) {
      const known = edits();
      const found: Narrative[] = [];
      const kept = before === undefined ? undefined : store.story(before);
      let after = kept && { lastHour: kept.lastHour, id: kept.id };
      for (;;) {
        const page = store.stories({
          leastPosts: LEAST_POSTS,
          limit: Math.min(PAGE, limit),
          ...(after === undefined ? {} : { after }),
        });
        for (const { id } of page) {
          if (known.into.has(id)) continue;
          const narrative = read(id, known)?.narrative;
          if (narrative !== undefined) found.push(narrative);
          if (found.length === limit) return found;
        }
        const last = page.at(-1);
        if (last === undefined) return found;
        after = { lastHour: last.lastHour, id: last.id };
      }
    },
    *narrativeMembers(id): Generator<NarrativeMember> {
      const { parts } = partsOf(id, edits());
      const members = parts.flatMap((part) =>
        store.itemIds(part).map(
          ({ item, id: shown, at }): NarrativeMember => ({
            id: shown,
            kind: 'item',
            item,
            at: timeText(at),
          }),
        ),
      );
      const wordings = new Set(parts.flatMap((part) => [part, ...store.wordingsOf(part)]));
      for (const { words, count } of store.prints()) {
        for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
          if (words[at + ITEM_AT] !== 0 || !wordings.has(hexAt(words, at + VARIANT_AT))) continue;
          members.push({
            id: `~${hexAt(words, at + ID_AT)}`,
            kind: 'fingerprint',
            at: timeText(words[at + TIME_AT]!),
          });
        }
      }
      yield* members.sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
    },
  };
}

function finalOf(into: ReadonlyMap<string, string>, id: string): string {
  let at = id;
  for (let steps = 0; steps <= into.size; steps++) {
    const next = into.get(at);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function wordsOf(signature: Uint8Array): Uint32Array {
  const words = new Uint32Array(SIGNATURE_WORDS);
  new Uint8Array(words.buffer).set(signature.subarray(0, SIGNATURE_WORDS * 4));
  return words;
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
