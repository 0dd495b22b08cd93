import type { Narrative, NarrativeDetail, NarrativeHour, NarrativeMember } from '../core/narrative.js';
import type { NarrativeReader, StoryReader } from '../core/narrative-ports.js';
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
import { hourText, isFormula, LEAST_POSTS, narrativeFrom, type StoryFacts } from '../narrative/facts.js';
import { similarity } from '../narrative/fingerprint.js';
import { shownTerm } from '../narrative/terms.js';
import type { Counted } from '../narrative/trend.js';
import { maskNames } from '../text/mask.js';
import { type EditedStories, editedStories } from './edited-stories.js';

/** Items less alike are of the same story, but no near-duplicates. */
const NEAR_DUPLICATE = 0.35;
const MOST_NEAR = 200;
/** Stories read at a time. */
const PAGE = 500;
const MOST_VARIANTS = 20;
const MOST_TERMS_SHOWN = 40;
/** Items of a story in which texts of its wordings are looked for, the latest. */
const MOST_ITEMS = 2_000;
/** Characters of a wording's text. */
const MOST_TEXT = 500;
/** Hours before a story that its habit is read from. */
const HABIT_HOURS = 8 * 24;

/** A narrative with what it is made of. */
interface Found {
  readonly narrative: Narrative;
  readonly facts: StoryFacts;
  readonly words: ReadonlyMap<number, string>;
  readonly parts: readonly string[];
  /** True of what is said at all times: known by its id, and not listed. */
  readonly isFormula: boolean;
}

/**
 * Narratives over what the store keeps; nothing is held between calls.
 * @param counts without it every hour is taken to have been collected, and hashtags and hosts have no names
 */
export function createNarrativeReader(store: StoryReader, counts?: CountReader): NarrativeReader {
  const wordsOf = (stories: readonly string[]): ReadonlyMap<number, string> =>
    new Map(stories.flatMap((story) => [...store.words(story)]));

  const find = (
    id: string,
    edited: EditedStories,
    counted: CountedSince | undefined,
    now: number,
  ): Found | undefined => {
    const { id: final, parts } = edited.partsOf(id);
    const facts = edited.factsOf(parts);
    if (facts === undefined) return undefined;
    const words = wordsOf(edited.storiesOf(parts));
    const since = counted?.(Math.floor(facts.first / 3600) - HABIT_HOURS);
    const narrative = narrativeFrom(final, facts, words, now, since);
    const title = edited.titleOf(final);
    const shown = title === undefined ? narrative : { ...narrative, title };
    return { narrative: shown, facts, words, parts, isFormula: isFormula(facts, since) };
  };
  const read = (id: string): Found | undefined =>
    find(id, editedStories(store), countedIn(counts), store.newestHour() ?? 0);

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
      const edited = editedStories(store);
      const part = edited.partOf(item.story, item.wording);
      const found = find(part, edited, countedIn(counts), store.newestHour() ?? 0);
      return found && { narrative: found.narrative, hours: hoursFrom(found.facts) };
    },
    narrativeDetail(id) {
      const edited = editedStories(store);
      const found = find(id, edited, countedIn(counts), store.newestHour() ?? 0);
      return found && detailOf(store, counts, edited, found);
    },
    narrative: (id) => read(id)?.narrative,
    storiesOf(id) {
      const edited = editedStories(store);
      return edited.storiesOf(edited.partsOf(id).parts);
    },
    narrativeHours(id) {
      const edited = editedStories(store);
      const facts = edited.factsOf(edited.partsOf(id).parts);
      return facts === undefined ? [] : hoursFrom(facts);
    },
    listNarratives({ limit, before }) {
      const edited = editedStories(store);
      const counted = countedIn(counts);
      const now = store.newestHour() ?? 0;
      const listed: Narrative[] = [];
      // What was split from a story stands behind it.
      const source = before === undefined ? undefined : edited.storiesOf([before])[0];
      const kept = source === undefined ? undefined : store.story(source);
      if (before !== undefined && kept === undefined) return [];
      const list = (ids: readonly string[]): boolean => {
        for (const id of ids) {
          if (edited.isPart(id)) continue;
          const found = find(id, edited, counted, now);
          // What a person gave a name to is a narrative, whatever it looks like.
          const isListed = found !== undefined && (edited.titleOf(id) !== undefined || !found.isFormula);
          if (isListed) listed.push(found.narrative);
          if (listed.length === limit) return true;
        }
        return false;
      };
      if (kept !== undefined) {
        const group = [kept.id, ...edited.splitsFrom(kept.id)];
        if (list(group.slice(group.indexOf(before ?? '') + 1))) return listed;
      }
      let after = kept && { lastHour: kept.lastHour, id: kept.id };
      for (;;) {
        const page = store.stories({
          leastPosts: LEAST_POSTS,
          limit: Math.min(PAGE, limit),
          ...(after === undefined ? {} : { after }),
        });
        for (const { id } of page) if (list([id, ...edited.splitsFrom(id)])) return listed;
        const last = page.at(-1);
        if (last === undefined) return listed;
        after = { lastHour: last.lastHour, id: last.id };
      }
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
  { narrative, facts, words, parts }: Found,
): NarrativeDetail {
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
  const exemplar = stories.map((story) => store.exemplar(story)).find((found) => found !== undefined);
  const names = [narrative.id, ...parts, ...stories.flatMap((story) => [story, ...store.wordingsOf(story)])];
  return {
    narrative,
    hours: hoursFrom(facts),
    terms: terms
      .filter(({ key, text }) => (key & 3) !== CLAIM_TERM && shownTerm(text) !== '')
      .slice(0, MOST_TERMS_SHOWN)
      .map(({ text, posts }) => ({ text: shownTerm(text), posts })),
    hashtags: named('hashtag', facts.tags),
    domains: named('domain', facts.hosts),
    claims: terms
      .filter(({ key, text }) => (key & 3) === CLAIM_TERM && text !== '')
      .map(({ text, posts }) => ({ id: text.slice(1), posts })),
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
    variants: variantsOf(store, stories, facts),
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

/** What was collected since an hour. */
type CountedSince = (from: number) => Counted | undefined;

/** Reads totals when they are first needed, and further back as they are. */
function countedIn(counts: CountReader | undefined): CountedSince | undefined {
  const hours = counts?.countedHours();
  if (counts === undefined || hours === undefined) return undefined;
  const totals = new Map<number, number>();
  let loaded = hours.newest + 1;
  const counted: Counted = { from: hours.oldest, posts: (hour) => totals.get(hour) ?? 0 };
  return (from) => {
    if (from < loaded) {
      for (const { hour, posts } of counts.hourTotals(from, loaded)) totals.set(hour, posts);
      loaded = from;
    }
    return counted;
  };
}

function hoursFrom(facts: StoryFacts): readonly NarrativeHour[] {
  return Object.entries(facts.hours)
    .map(([hour, [posts, flagged]]) => ({ hour: Number(hour), posts, flagged }))
    .sort((a, b) => a.hour - b.hour)
    .map(({ hour, ...counted }) => ({ hour: hourText(hour), ...counted }));
}

function signatureOf(signature: Uint8Array): Uint32Array {
  const words = new Uint32Array(SIGNATURE_WORDS);
  new Uint8Array(words.buffer).set(signature.subarray(0, SIGNATURE_WORDS * 4));
  return words;
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
