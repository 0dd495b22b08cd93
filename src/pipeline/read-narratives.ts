import type { NarrativeDetail, NarrativeHour, NarrativeMember } from '../core/narrative.js';
import type { NarrativeReader, NarrativeRow, StoryGlance, StoryReader } from '../core/narrative-ports.js';
import {
  CLAIM_TERM,
  hexAt,
  ID_AT,
  ITEM_AT,
  PRINT_WORDS,
  SIGNATURE_WORDS,
  TIME_AT,
  VARIANT_AT,
} from '../core/print.js';
import { regionCode } from '../core/region.js';
import type { CountReader } from '../core/trend-ports.js';
import { hourText, type StoryFacts } from '../narrative/facts.js';
import { similarity } from '../narrative/fingerprint.js';
import { claimsOf, type Sketch, type StoryHead } from '../narrative/head.js';
import { shownTerm } from '../narrative/terms.js';
import { writtenForms } from '../narrative/written-forms.js';
import { maskNames } from '../text/mask.js';
import { type EditedStories, editedStories } from './edited-stories.js';
import { factsOfRows } from './split-rows.js';
import { createStoryWalk, type Found, type Walked } from './walk-stories.js';

/** Items less alike are of the same story, but no near-duplicates. */
const NEAR_DUPLICATE = 0.35;
const MOST_NEAR = 200;
/** Stories read at a time where nobody knows how many will be asked for. */
const LOOKED_AT_ONCE = 100;
const MOST_VARIANTS = 20;
const MOST_TERMS_SHOWN = 40;
/** Items of a story in which texts of its wordings are looked for, the latest. */
const MOST_ITEMS = 2_000;
/** Characters of a wording's text. */
const MOST_TEXT = 500;

/**
 * Narratives over what the store keeps; nothing is held between calls.
 * @param counts without it every hour is taken to have been collected, and hashtags and hosts have no names
 */
export function createNarrativeReader(store: StoryReader, counts?: CountReader): NarrativeReader {
  const stories = createStoryWalk(store, counts);
  const list = ({ limit, before }: { readonly limit: number; readonly before?: string }): Walked[] => {
    const listed: Walked[] = [];
    if (limit <= 0) return listed;
    for (const one of stories.walk(before, limit)) {
      listed.push(one);
      if (listed.length === limit) break;
    }
    return listed;
  };

  return {
    near(number) {
      const item = store.storyItem(number);
      if (item === undefined) return [];
      const own = signatureOf(item.signature);
      return store
        .storyItems(item.story, MOST_ITEMS)
        .filter((other) => other.item !== number)
        .map((other) => ({
          number: other.item,
          similarity: similarity(own, 0, signatureOf(other.signature), 0),
        }))
        .filter((near) => near.similarity >= NEAR_DUPLICATE)
        .sort((a, b) => b.similarity - a.similarity || a.number - b.number)
        .slice(0, MOST_NEAR);
    },
    narrativeOf(number) {
      const item = store.storyItem(number);
      if (item === undefined) return undefined;
      const view = stories.view();
      const found = stories.sketch(view.edited.partOf(item.story, item.wording), view);
      return found && { narrative: found.narrative(), hours: hoursFrom(found.head) };
    },
    narrativeDetail(id) {
      const view = stories.view();
      const found = stories.find(id, view, (wordings, facts) => factsOfRows(store, wordings, facts));
      return found && detailOf(store, counts, view.edited, found);
    },
    narrative: (id) => stories.sketch(id, stories.view())?.narrative(),
    storiesOf(id) {
      const edited = editedStories(store);
      return edited.storiesOf(edited.partsOf(id).parts);
    },
    listNarratives: (query) => list(query).map(({ narrative }) => narrative()),
    listStories: (query) => list(query).map(rowOf),
    *lookThrough({ before } = {}) {
      for (const one of stories.walk(before, LOOKED_AT_ONCE)) yield glanceOf(one);
    },
    *narrativeMembers(id): Generator<NarrativeMember> {
      const edited = editedStories(store);
      const { parts } = edited.partsOf(id);
      const members: NarrativeMember[] = [];
      const storyOf = new Map<string, string>();
      for (const story of edited.storiesOf(parts)) {
        for (const wording of [story, ...store.wordingsOf(story)]) storyOf.set(wording, story);
        for (const { item, id: shown, at, wording } of store.itemIds(story)) {
          if (!edited.holds(parts, story, wording)) continue;
          members.push({ id: shown, kind: 'item', item, at: timeText(at) });
        }
      }
      const begins = new Set([...storyOf.keys()].map((wording) => Number.parseInt(wording.slice(0, 8), 16)));
      for (const { words, count } of store.prints()) {
        for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
          if (words[at + ITEM_AT] !== 0 || !begins.has(words[at + VARIANT_AT]!)) continue;
          const wording = hexAt(words, at + VARIANT_AT);
          const story = storyOf.get(wording);
          if (story === undefined || !edited.holds(parts, story, wording)) continue;
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

/** What pages and reports show beside the narrative itself. */
function detailOf(
  store: StoryReader,
  counts: CountReader | undefined,
  edited: EditedStories,
  { facts, words: told, parts, ...sketch }: Found,
): NarrativeDetail {
  const narrative = sketch.narrative();
  const words = told();
  const stories = edited.storiesOf(parts);
  const terms = Object.entries(facts.terms)
    .map(([key, { n, nats }]) => ({
      key: Number(key),
      posts: n,
      worth: n * nats,
      text: words.get(Number(key)) ?? '',
    }))
    .sort((a, b) => b.worth - a.worth || a.key - b.key);
  const named = (kind: 'hashtag' | 'domain', keys: Readonly<Record<string, number>>) =>
    Object.entries(keys)
      .flatMap(([key, posts]) => {
        const text = counts?.textOfKey(kind, Number(key));
        return text === undefined ? [] : [{ text, posts }];
      })
      .sort((a, b) => b.posts - a.posts || (a.text < b.text ? -1 : 1));
  // The text that stands for a story need be none of the wordings that were taken out of it.
  const exemplar = parts.map((part) => store.exemplar(part)).find((found) => found !== undefined);
  const variants = variantsOf(store, stories, facts);
  const asWritten = writtenForms([exemplar?.text, ...variants.map(({ text }) => text)]);
  const slurs = new Set(variants.flatMap(({ item }) => (item === undefined ? [] : store.itemSlurs(item))));
  const names = [narrative.id, ...parts, ...stories.flatMap((story) => [story, ...store.wordingsOf(story)])];
  return {
    narrative,
    hours: hoursFrom(facts),
    terms: terms
      .filter(({ key, text }) => (key & 3) !== CLAIM_TERM && shownTerm(text) !== '')
      .slice(0, MOST_TERMS_SHOWN)
      .map(({ text, posts }) => ({ text: asWritten(shownTerm(text)), posts })),
    hashtags: named('hashtag', facts.tags),
    domains: named('domain', facts.hosts),
    claims: claimsOf(facts.terms, told),
    places: Object.entries(facts.places)
      .map(([region, [first, posts]]) => ({
        region: regionCode(Number(region)) ?? 'unknown',
        firstSeen: timeText(first),
        posts,
      }))
      .sort((a, b) => (a.firstSeen === b.firstSeen ? b.posts - a.posts : a.firstSeen < b.firstSeen ? -1 : 1)),
    sources: Object.entries(facts.sources)
      .flatMap(([source, first]) => {
        const name = store.sourceName(Number(source));
        return name === undefined ? [] : [{ source: name, firstSeen: timeText(first) }];
      })
      .sort((a, b) =>
        a.firstSeen === b.firstSeen ? (a.source < b.source ? -1 : 1) : a.firstSeen < b.firstSeen ? -1 : 1,
      ),
    variants,
    ...(slurs.size === 0 ? {} : { slurs: [...slurs] }),
    ...(exemplar === undefined ? {} : { exemplar: { text: exemplar.text, at: timeText(exemplar.at) } }),
    clarifications: store.clarifications(names),
  };
}

function variantsOf(
  store: StoryReader,
  stories: readonly string[],
  facts: StoryFacts,
): NarrativeDetail['variants'] {
  const items = new Map<string, number>();
  for (const story of stories) {
    for (const { item, wording } of store.storyItems(story, MOST_ITEMS)) {
      if (!items.has(wording)) items.set(wording, item);
    }
  }
  return Object.entries(facts.variants)
    .sort(([a, x], [b, y]) => y.n - x.n || (a < b ? -1 : 1))
    .slice(0, MOST_VARIANTS)
    .map(([wording, { n, first }]) => {
      const item = items.get(wording);
      const text = item === undefined ? undefined : store.itemText(item);
      return {
        wording,
        posts: n,
        firstSeen: timeText(first),
        ...(item === undefined ? {} : { item }),
        ...(text === undefined ? {} : { text: maskNames(text.slice(0, 2 * MOST_TEXT)).slice(0, MOST_TEXT) }),
      };
    });
}

function rowOf(one: Sketch): NarrativeRow {
  return {
    narrative: one.narrative(),
    hours: hoursFrom(one.head),
    claims: claimsOf(one.head.terms, one.words),
    places: placesOf(one.head),
  };
}

function glanceOf(one: Walked): StoryGlance {
  const { id, place, head, title, life } = one;
  const { first, last, posts, hours } = head;
  return {
    ...{ id, first, last, place, posts, hours, title, life },
    claims: () => claimsOf(head.terms, one.words),
    places: () => placesOf(head),
    bursts: () => one.bursts().map(({ from, size, p }) => ({ at: hourText(from), size, p })),
    row: () => rowOf(one),
  };
}

function placesOf({ places }: StoryHead): readonly string[] {
  return places.flatMap((place) => regionCode(place) ?? []);
}

function hoursFrom(facts: Pick<StoryFacts, 'hours'>): readonly NarrativeHour[] {
  const { hours } = facts;
  // Keys that are whole numbers come in their order.
  return Object.keys(hours).map((hour) => {
    const [posts, flagged] = hours[hour]!;
    return { hour: hourText(Number(hour)), posts, flagged };
  });
}

function signatureOf(signature: Uint8Array): Uint32Array {
  const words = new Uint32Array(SIGNATURE_WORDS);
  new Uint8Array(words.buffer).set(signature.subarray(0, SIGNATURE_WORDS * 4));
  return words;
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
