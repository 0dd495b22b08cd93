import type { QueueUpkeep } from '../core/desk-ports.js';
import type { GroupingResult, LoggedPrints, NarrativeStore, StoryItem } from '../core/narrative-ports.js';
import type { Clock } from '../core/ports.js';
import {
  ID_AT,
  ITEM_AT,
  PRINT_WORDS,
  type Prints,
  SIGNATURE_WORDS,
  TIME_AT,
  VARIANT_AT,
} from '../core/print.js';
import {
  addPost,
  addToSample,
  LEAST_POSTS,
  mergeFacts,
  newFacts,
  newSample,
  type Sample,
  type StoryFacts,
  settleFacts,
  speedFrom,
} from '../narrative/facts.js';
import { Grouping } from '../narrative/grouping.js';

export interface GroupOptions {
  readonly store: NarrativeStore;
  readonly upkeep: Pick<QueueUpkeep, 'setSpeed'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Hours that a fingerprint is kept. */
  readonly windowHours: number;
  /** Distinct authors that must share a term of unflagged posts before it is kept. */
  readonly knownAuthors: number;
}

/** Joins what landed into stories. One process does so: the one that lands. */
export interface Grouper {
  /** Takes a piece of what landed; true while there is more. */
  take(): boolean;
  /**
   * Closes the hours that are over and keeps what was found.
   * @param settled nothing further of these hours is on its way; otherwise only as much is closed as memory asks for
   */
  close(settled: boolean): void;
}

const HOUR_MS = 3_600_000;
/** An hour is over so long after its end: what was posted in its last minutes has been collected by then. */
const GRACE_MS = 300_000;
/** Posts of open hours held at most; with more, the oldest hours are closed. 168 bytes each. */
const MOST_HELD = 200_000;
/** Wordings known at once: some 400 bytes each. With more, the window is that much shorter. */
const MOST_WORDINGS = 300_000;

interface State {
  base: Grouping;
  readonly facts: Map<string, StoryFacts>;
  readonly samples: Map<string, Sample>;
  /** Day in which {@link base} was made: it is made anew every day, so that what left the window leaves memory. */
  day: number;
}

export function createGrouper(options: GroupOptions): Grouper {
  const { store, clock, knownAuthors, windowHours } = options;
  let state: State | undefined;
  let upTo = 0;
  let open = new Map<number, LoggedPrints[]>();
  let held = 0;
  let speeds = new Map<string, number>();

  const load = (): State => {
    const newest = store.newestClosed() ?? 0;
    const from = firstHour(store, newest - windowHours + 1);
    const loaded: State = { base: new Grouping(), facts: new Map(), samples: new Map(), day: dayOf(newest) };
    const kept = new Set<string>();
    for (const { id, json } of store.facts(from)) {
      loaded.facts.set(id, JSON.parse(json) as StoryFacts);
      kept.add(id);
    }
    const storyOf = (wording: string): string => store.storyOf(wording) ?? wording;
    for (const { words, count } of store.closedPrints(from)) {
      for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
        const before = loaded.base.wordings;
        const wording = loaded.base.restore(words, at, storyOf);
        const isNew = loaded.base.wordings > before;
        account(loaded.base, loaded.facts, loaded.samples, words, at, wording, isNew, kept);
      }
    }
    loaded.base.restored();
    return loaded;
  };

  /** Adds a post to what is known of its story; its name, or undefined of a post that stands alone. */
  const account = (
    grouping: Grouping,
    facts: Map<string, StoryFacts>,
    samples: Map<string, Sample> | undefined,
    words: Uint32Array,
    at: number,
    wording: number,
    isNew: boolean,
    kept?: ReadonlySet<string>,
    known?: ReadonlyMap<string, StoryFacts>,
  ): string | undefined => {
    const story = grouping.storyOf(wording);
    const name = grouping.nameOf(story);
    let own = facts.get(name);
    if (own === undefined) {
      const before = known?.get(name);
      if (before !== undefined) own = structuredClone(before);
      else {
        if (isNew && story === wording) return undefined;
        own = alone(grouping, story);
        if (samples !== undefined) {
          const first = grouping.firstOf(story);
          addToSample(sampleOf(samples, name), first.words, first.at, story);
        }
      }
      facts.set(name, own);
    }
    if (samples !== undefined) addToSample(sampleOf(samples, name), words, at, wording);
    if (kept?.has(name) === true) return name;
    addPost(own, words, at, knownAuthors);
    if (isNew) own.wordings++;
    return name;
  };

  /** What is known of a story of one post. */
  const alone = (grouping: Grouping, story: number): StoryFacts => {
    const facts = newFacts();
    const first = grouping.firstOf(story);
    addPost(facts, first.words, first.at, knownAuthors);
    facts.wordings = 1;
    return facts;
  };

  const closeHours = (current: State, hours: readonly number[]): Omit<GroupingResult, 'open'> => {
    const { base, facts, samples } = current;
    const touched = new Map<string, number>();
    const items: StoryItem[] = [];
    const wordings: { wording: string; story: string; hour: number }[] = [];
    const joined: { from: string; into: string }[] = [];
    const closed: { hour: number; prints: Prints }[] = [];
    for (const hour of hours) {
      const prints = together(open.get(hour)!);
      const before = base.wordings;
      const { offsets, wordings: taken } = base.takeHour(prints);
      const rows = new Uint32Array(prints.count * PRINT_WORDS);
      let newest = before;
      for (let i = 0; i < offsets.length; i++) {
        const at = i * PRINT_WORDS;
        rows.set(prints.words.subarray(offsets[i]!, offsets[i]! + PRINT_WORDS), at);
        const wording = taken[i]!;
        const isNew = wording >= newest;
        if (isNew) newest = wording + 1;
        const first = base.firstOf(wording);
        rows[at + VARIANT_AT] = first.words[first.at + ID_AT]!;
        rows[at + VARIANT_AT + 1] = first.words[first.at + ID_AT + 1]!;
        const name = account(base, facts, samples, rows, at, wording, isNew);
        const story = base.storyOf(wording);
        if (name !== undefined) touched.set(name, story);
        const id = base.idOf(wording);
        if (isNew && name !== undefined && name !== id) wordings.push({ wording: id, story: name, hour });
        if (rows[at + ITEM_AT] !== 0) items.push(itemOf(base, rows, at, wording));
      }
      closed.push({ hour, prints: { words: rows, count: prints.count } });
      const several = [...new Set(touched.values())].filter((story) => base.wordingsIn(story) > 1);
      const names = new Map(several.map((story) => [story, base.nameOf(story)]));
      for (const [into, from] of base.join(several)) {
        const [kept, gone] = [base.nameOf(into), names.get(from) ?? base.idOf(from)];
        const own = facts.get(kept) ?? alone(base, into);
        mergeFacts(own, facts.get(gone) ?? alone(base, from));
        facts.set(kept, own);
        facts.delete(gone);
        touched.delete(gone);
        touched.set(kept, into);
        joined.push({ from: gone, into: kept });
        wordings.push({ wording: gone, story: kept, hour });
      }
    }
    const texts = (term: number): string | undefined => store.termText(term);
    const result = [...touched.keys()].flatMap((id) => {
      const own = facts.get(id);
      if (own === undefined || own.posts < LEAST_POSTS) return [];
      settleFacts(own, samples.get(id), knownAuthors, texts, (term) => base.tells(term));
      return [kept(id, own)];
    });
    return { closed, upTo, wordings, joined, facts: result, items };
  };

  /** The posts of open hours, over what is closed: shown until their hours are closed, and thrown away then. */
  const layer = ({ base, facts }: State): Pick<GroupingResult, 'open' | 'items'> => {
    const grouping = new Grouping(base);
    const own = new Map<string, StoryFacts>();
    const items: StoryItem[] = [];
    for (const hour of [...open.keys()].sort((a, b) => a - b)) {
      const { words, count } = together(open.get(hour)!);
      for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
        const before = grouping.wordings;
        const wording = grouping.take(words, at);
        account(grouping, own, undefined, words, at, wording, grouping.wordings > before, undefined, facts);
        if (words[at + ITEM_AT] !== 0) items.push(itemOf(grouping, words, at, wording));
      }
    }
    const texts = (term: number): string | undefined => store.termText(term);
    const shown = [...own].flatMap(([id, known]) => {
      if (known.posts < LEAST_POSTS) return [];
      settleFacts(known, undefined, knownAuthors, texts, (term) => grouping.tells(term));
      return [kept(id, known)];
    });
    return { open: shown, items };
  };

  const setSpeeds = (current: State, result: GroupingResult): void => {
    const now = Math.max(store.newestClosed() ?? 0, ...open.keys());
    const next = new Map<string, number>();
    const asked = new Set([...speeds.keys(), ...result.facts.map(({ id }) => id)]);
    for (const id of asked) {
      const facts = current.facts.get(id);
      const speed = facts === undefined || facts.flagged === 0 ? 0 : round(speedFrom(facts, now));
      if (speed > 0) next.set(id, speed);
      if (speed !== (speeds.get(id) ?? 0)) options.upkeep.setSpeed(store.itemsOf([id]), speed);
    }
    speeds = next;
  };

  return {
    take() {
      const pieces = store.printsAfter(upTo);
      for (const piece of pieces) {
        const hour = open.get(piece.hour);
        if (hour === undefined) open.set(piece.hour, [piece]);
        else hour.push(piece);
        held += piece.count;
        upTo = piece.n;
      }
      return pieces.length > 0;
    },
    close(settled) {
      const now = clock.now();
      const isOver = (hour: number): boolean => (hour + 1) * HOUR_MS + GRACE_MS <= now;
      const hours = [...open.keys()].filter(isOver).sort((a, b) => a - b);
      if (!settled) {
        let left = held;
        const full = hours.filter((hour) => {
          if (left <= MOST_HELD) return false;
          left -= sizeOf(open.get(hour)!);
          return true;
        });
        hours.length = 0;
        hours.push(...full);
        if (hours.length === 0) return;
      }
      if (open.size === 0) return;
      try {
        state ??= load();
        const closed = closeHours(state, hours);
        for (const hour of hours) {
          held -= sizeOf(open.get(hour)!);
          open.delete(hour);
        }
        const shown = settled ? layer(state) : { open: [], items: [] };
        const result: GroupingResult = {
          ...closed,
          open: shown.open,
          items: [...closed.items, ...shown.items],
        };
        store.saveGrouping(result);
        setSpeeds(state, result);
        const newest = store.newestClosed() ?? 0;
        if (dayOf(newest) !== state.day || state.base.wordings > MOST_WORDINGS) {
          store.purgePrints(firstHour(store, newest - windowHours + 1));
          // Made anew when the next hour is closed; at the end of a batch, never.
          state = undefined;
        }
      } catch (error) {
        // Memory may be ahead of the store: both begin anew from the store.
        state = undefined;
        open = new Map();
        held = 0;
        upTo = 0;
        throw error;
      }
    },
  };
}

function itemOf(grouping: Grouping, words: Uint32Array, at: number, wording: number): StoryItem {
  const signature = new Uint8Array(SIGNATURE_WORDS * 4);
  signature.set(new Uint8Array(words.slice(at, at + SIGNATURE_WORDS).buffer));
  return {
    item: words[at + ITEM_AT]!,
    story: grouping.nameOf(grouping.storyOf(wording)),
    wording: grouping.idOf(wording),
    at: words[at + TIME_AT]!,
    signature,
  };
}

function kept(id: string, facts: StoryFacts): { id: string; lastHour: number; posts: number; json: string } {
  return { id, lastHour: Math.floor(facts.last / 3600), posts: facts.posts, json: JSON.stringify(facts) };
}

function together(pieces: readonly LoggedPrints[]): Prints {
  const count = sizeOf(pieces);
  const words = new Uint32Array(count * PRINT_WORDS);
  let at = 0;
  for (const piece of pieces) {
    words.set(piece.words, at);
    at += piece.count * PRINT_WORDS;
  }
  return { words, count };
}

function sizeOf(pieces: readonly LoggedPrints[]): number {
  return pieces.reduce((sum, { count }) => sum + count, 0);
}

function sampleOf(samples: Map<string, Sample>, name: string): Sample {
  let sample = samples.get(name);
  if (sample === undefined) {
    sample = newSample();
    samples.set(name, sample);
  }
  return sample;
}

/** The window's first hour: later where memory would not hold all of it. */
function firstHour(store: Pick<NarrativeStore, 'closedSizes'>, from: number): number {
  let posts = 0;
  let first = from;
  for (const { hour, count } of store.closedSizes(from)) {
    posts += count;
    if (posts > MOST_WORDINGS * 0.8) break;
    first = hour;
  }
  return Math.max(from, posts > MOST_WORDINGS * 0.8 ? first : from);
}

function dayOf(hour: number): number {
  return Math.floor(hour / 24);
}

function round(speed: number): number {
  return Math.round(speed * 20) / 20;
}
