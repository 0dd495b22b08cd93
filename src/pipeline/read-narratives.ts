import type { NarrativeDetail, NarrativeHour, NarrativeMember } from '../core/narrative.js';
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
import { hourText, LEAST_POSTS, type StoryFacts } from '../narrative/facts.js';
import { similarity } from '../narrative/fingerprint.js';
import { claimsOf, headOf, type Shown, type StoryHead, shownOf } from '../narrative/head.js';
import { shownTerm } from '../narrative/terms.js';
import { type Counted, volumeBefore } from '../narrative/trend.js';
import { maskNames } from '../text/mask.js';
import { type EditedStories, editedStories, type RowsOf } from './edited-stories.js';
import { factsOfRows } from './split-rows.js';

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

/** A narrative as lists show it. */
interface Listed extends Shown {
  readonly head: StoryHead;
  readonly words: ReadonlyMap<number, string>;
}

/** A narrative with all that it is made of. */
interface Found extends Listed {
  readonly facts: StoryFacts;
  readonly parts: readonly string[];
}

/**
 * Narratives over what the store keeps; nothing is held between calls.
 * @param counts without it every hour is taken to have been collected, and hashtags and hosts have no names
 */
export function createNarrativeReader(store: StoryReader, counts?: CountReader): NarrativeReader {
  const wordsOf = (stories: readonly string[]): ReadonlyMap<number, string> =>
    stories.length === 1
      ? store.words(stories[0]!)
      : new Map(stories.flatMap((story) => [...store.words(story)]));

  /** What it is shown as, by its head. */
  const shown = (
    id: string,
    head: StoryHead,
    stories: readonly string[],
    { edited, counted, now }: View,
  ): Listed => {
    const words = wordsOf(stories);
    const since = counted?.(Math.floor(head.first / 3600) - HABIT_HOURS);
    const { narrative, isFormula } = shownOf(id, head, words, now, since);
    const title = edited.titleOf(id);
    return { narrative: title === undefined ? narrative : { ...narrative, title }, isFormula, head, words };
  };
  const find = (id: string, view: View, rowsOf?: RowsOf): Found | undefined => {
    const { edited } = view;
    const { id: final, parts } = edited.partsOf(id);
    const facts = edited.factsOf(parts, rowsOf);
    if (facts === undefined) return undefined;
    return { ...shown(final, headOf(facts), edited.storiesOf(parts), view), facts, parts };
  };
  /** By the head alone, where that is known and nobody edited the story. */
  const findListed = (id: string, view: View, head = store.head(id)): Listed | undefined =>
    head !== undefined && view.edited.isWhole(id)
      ? shown(id, JSON.parse(head) as StoryHead, [id], view)
      : find(id, view);
  const view = (): View => ({
    edited: editedStories(store),
    counted: countedIn(counts),
    now: store.newestHour() ?? 0,
  });

  const list = ({ limit, before }: { readonly limit: number; readonly before?: string }): Listed[] => {
    const current = view();
    const { edited } = current;
    const listed: Listed[] = [];
    // What was split from a story stands behind it.
    const source = before === undefined ? undefined : edited.storiesOf([before])[0];
    const kept = source === undefined ? undefined : store.story(source);
    if (before !== undefined && kept === undefined) return [];
    /** True once there are enough. */
    const add = (id: string, head?: string): boolean => {
      if (edited.isPart(id)) return false;
      const found = findListed(id, current, head);
      // What a person gave a name to is a narrative, whatever it looks like.
      if (found !== undefined && (edited.titleOf(id) !== undefined || !found.isFormula)) listed.push(found);
      return listed.length === limit;
    };
    if (kept !== undefined) {
      const group = [kept.id, ...edited.splitsFrom(kept.id)];
      if (group.slice(group.indexOf(before ?? '') + 1).some((id) => add(id))) return listed;
    }
    let after = kept && { lastHour: kept.lastHour, id: kept.id };
    for (;;) {
      const page = store.stories({
        leastPosts: LEAST_POSTS,
        limit: Math.min(PAGE, limit),
        ...(after === undefined ? {} : { after }),
      });
      for (const { id, head } of page) {
        if (add(id, head) || edited.splitsFrom(id).some((split) => add(split))) return listed;
      }
      const last = page.at(-1);
      if (last === undefined) return listed;
      after = { lastHour: last.lastHour, id: last.id };
    }
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
      const current = view();
      const found = findListed(current.edited.partOf(item.story, item.wording), current);
      return found && { narrative: found.narrative, hours: hoursFrom(found.head) };
    },
    narrativeDetail(id) {
      const current = view();
      const found = find(id, current, (wordings, facts) => factsOfRows(store, wordings, facts));
      return found && detailOf(store, counts, current.edited, found);
    },
    narrative: (id) => findListed(id, view())?.narrative,
    storiesOf(id) {
      const edited = editedStories(store);
      return edited.storiesOf(edited.partsOf(id).parts);
    },
    listNarratives: (query) => list(query).map(({ narrative }) => narrative),
    listStories: (query) =>
      list(query).map(({ narrative, head, words }) => ({
        narrative,
        hours: hoursFrom(head),
        claims: claimsOf(head.terms, words),
        places: head.places.flatMap((place) => regionCode(place) ?? []),
      })),
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
  const variants = variantsOf(store, stories, facts);
  const slurs = new Set(variants.flatMap(({ item }) => (item === undefined ? [] : store.itemSlurs(item))));
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
    claims: claimsOf(facts.terms, words),
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

/** What narratives are read by, of one moment. */
interface View {
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
