import type { QueueUpkeep } from '../core/desk-ports.js';
import type {
  Exemplar,
  GroupingResult,
  LoggedPrints,
  NarrativeStore,
  SavedStory,
  StoryItem,
} from '../core/narrative-ports.js';
import type { Clock } from '../core/ports.js';
import {
  hexAt,
  ID_AT,
  ITEM_AT,
  MOST_TERMS,
  PRINT_WORDS,
  type Prints,
  SIGNATURE_WORDS,
  TERMS_AT,
  TIME_AT,
  VARIANT_AT,
} from '../core/print.js';
import { LEAST_POSTS, type StoryFacts, speedFrom, tellable } from '../narrative/facts.js';
import { Grouping } from '../narrative/grouping.js';
import { headOf } from '../narrative/head.js';
import { type OnShared, StoryBook } from '../narrative/story-book.js';
import { shownTerm } from '../narrative/terms.js';
import { maskNames } from '../text/mask.js';
import type { LandedWork } from './group-loop.js';

export interface GroupOptions {
  readonly store: NarrativeStore;
  readonly upkeep: Pick<QueueUpkeep, 'setSpeed'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Hours that a fingerprint is kept. */
  readonly windowHours: number;
  /** Distinct authors that must share a term of unflagged posts before it is kept. */
  readonly knownAuthors: number;
  /**
   * Posts of hours not closed yet that are held at most, 176 bytes each. With more, the oldest hours are closed, be they
   * over or not, and what comes later is a further part of them. It bounds the time for which one step stands as well.
   */
  readonly mostHeld: number;
}

/** Joins what landed into stories. One process does so: the one that lands. */
export interface Grouper extends LandedWork {
  /**
   * Closes the hours that are over and keeps what was found.
   * @param settled nothing further of these hours is on its way; otherwise only as much is closed as memory asks for
   */
  close(settled: boolean): void;
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** An hour is over so long after its end: what was posted in its last minutes has been collected by then. */
const GRACE_MS = 300_000;
/** Wordings known at once: some 400 bytes each. With more, the window is that much shorter. */
const MOST_WORDINGS = 240_000;
/** What of them is left when they were too many: with more left, they were soon too many again, and taken in anew. */
const LEFT = 0.5;

/** Rows or stories read from the store before others have their turn. */
const PIECE = 2_000;

/** What was put off is forgotten so often, ms. */
const FORGET_MS = 3_600_000;

interface State {
  readonly base: Grouping;
  readonly book: StoryBook;
  /** Stories that a text stands for. */
  readonly exemplars: Set<string>;
  /** The first hour that {@link base} knows of: it is made anew when that left the window a day ago. */
  from: number;
}

export function createGrouper(options: GroupOptions): Grouper {
  const { store, clock, knownAuthors, windowHours, mostHeld } = options;
  let state: State | undefined;
  let upTo = 0;
  let open = new Map<number, LoggedPrints[]>();
  let held = 0;
  let speeds = new Map<string, number>();

  /** What was taken out of the store is known up to here. */
  let goneTo: number | undefined;
  let forgotAt = Number.NEGATIVE_INFINITY;
  /** Day of the newest hour when rows past the window were dropped last. */
  let purgedOn = 0;
  /** Texts that came to stand for a story since the last save. */
  let exemplars: Exemplar[] = [];

  /** Reads what is closed, in pieces: what was taken out of the store meanwhile is taken out here by {@link applyGone}. */
  function* load(): Generator<undefined, State> {
    const newest = store.newestClosed() ?? 0;
    const from = firstHour(store, newest - windowHours + 1);
    const standing = new Set(store.exemplars());
    const book = new StoryBook(knownAuthors, standFor(standing, false));
    const loaded: State = { base: new Grouping(), book, exemplars: standing, from: Number.POSITIVE_INFINITY };
    const counted = new Set<string>();
    let read = 0;
    for (const { id, json } of store.facts(from)) {
      book.facts.set(id, JSON.parse(json) as StoryFacts);
      counted.add(id);
      if (++read % PIECE === 0) yield;
    }
    const storyOf = (wording: string): string => store.storyOf(wording) ?? wording;
    for (const { hour, words, count } of store.closedPrints(from)) {
      loaded.from = Math.min(loaded.from, hour);
      for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
        const before = loaded.base.wordings;
        const wording = loaded.base.restore(words, at, storyOf);
        book.add(loaded.base, words, at, wording, loaded.base.wordings > before, counted);
        if (++read % PIECE === 0) yield;
      }
    }
    loaded.base.restored();
    return loaded;
  }

  /** Takes the text of a post whose wording enough authors share, where its story has none. */
  const standFor =
    (standing: Set<string>, isOpen: boolean): OnShared =>
    (story, words, at) => {
      if (standing.has(story)) return;
      const excerpt = store.excerpt(hexAt(words, at + ID_AT));
      if (excerpt === undefined) return;
      standing.add(story);
      exemplars.push({ story, id: words[at + ID_AT]!, at: words[at + TIME_AT]!, open: isOpen, ...excerpt });
    };

  const closeHours = (
    current: State,
    hours: readonly number[],
  ): Pick<GroupingResult, 'closed' | 'wordings' | 'joined' | 'facts' | 'items'> => {
    const { base, book } = current;
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
        const name = book.add(base, rows, at, wording, isNew);
        const story = base.storyOf(wording);
        if (name !== undefined) touched.set(name, story);
        if (isNew && name !== undefined) {
          const id = base.idOf(wording);
          if (name !== id) wordings.push({ wording: id, story: name, hour });
        }
        if (rows[at + ITEM_AT] !== 0) items.push(itemOf(base, rows, at, wording));
      }
      closed.push({ hour, prints: { words: rows, count: prints.count } });
      const several = [...new Set(touched.values())].filter((story) => base.wordingsIn(story) > 1);
      const names = new Map(several.map((story) => [story, base.nameOf(story)]));
      for (const [into, from] of base.join(several)) {
        const [kept, gone] = [base.nameOf(into), names.get(from) ?? base.idOf(from)];
        book.join(base, { into, from }, kept, gone);
        if (current.exemplars.delete(gone)) current.exemplars.add(kept);
        touched.delete(gone);
        touched.set(kept, into);
        joined.push({ from: gone, into: kept });
        wordings.push({ wording: gone, story: kept, hour });
      }
    }
    const result = [...touched.keys()].flatMap((id) => savedOf(book, id, base));
    return { closed, wordings, joined, facts: result, items };
  };

  /** The posts of open hours, over what is closed: shown until their hours are closed, and thrown away then. */
  const layer = ({ base, book, exemplars: standing }: State): Pick<GroupingResult, 'open' | 'items'> => {
    const grouping = new Grouping(base);
    const own = new StoryBook(knownAuthors, standFor(new Set(standing), true), book);
    const items: StoryItem[] = [];
    for (const hour of [...open.keys()].sort((a, b) => a - b)) {
      const { words, count } = together(open.get(hour)!);
      for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
        const before = grouping.wordings;
        const wording = grouping.take(words, at);
        own.add(grouping, words, at, wording, grouping.wordings > before);
        if (words[at + ITEM_AT] !== 0) items.push(itemOf(grouping, words, at, wording));
      }
    }
    return { open: [...own.facts.keys()].flatMap((id) => savedOf(own, id, grouping)), items };
  };

  /** A story as it is kept; none of too few posts. */
  const savedOf = (book: StoryBook, id: string, grouping: Grouping): SavedStory[] => {
    const posts = book.facts.get(id)?.posts ?? 0;
    if (posts < LEAST_POSTS) return [];
    const newest = Math.max(store.newestClosed() ?? 0, ...open.keys());
    const windowFrom = dayOf(newest - windowHours);
    const facts = book.settle(id, { windowFrom, tells: (term) => grouping.tells(term) });
    if (facts === undefined) return [];
    const words = tellable(facts).flatMap(({ key, shared }) => {
      const text = store.termText(key);
      // A number of a telephone or of somebody's papers compares well, and is not told.
      return text === undefined || isNames(shownTerm(text)) ? [] : [{ key, text, shared }];
    });
    const lastHour = Math.floor(facts.last / 3600);
    const head = JSON.stringify(headOf(facts));
    return [{ id, lastHour, posts, flagged: facts.flagged, json: JSON.stringify(facts), head, words }];
  };

  /** What was erased, withdrawn or purged leaves memory: rows of open hours, and words that only it stood for. */
  const applyGone = (): void => {
    goneTo ??= store.lastGone();
    const gone = store.goneAfter(goneTo);
    if (gone.length === 0) return;
    goneTo = gone.at(-1)!.seq;
    const items = new Set(gone.flatMap(({ item }) => item ?? []));
    const ids = new Set(gone.flatMap((each) => each.ids));
    const terms = new Set(gone.flatMap((each) => each.terms));
    store.forgetTerms(terms);
    for (const { story } of gone) if (story !== undefined) state?.book.unflag(story, terms);
    if (items.size + ids.size === 0) return;
    for (const [hour, pieces] of open) {
      const left = pieces.map((piece) => without(piece, items, ids)).filter(({ count }) => count > 0);
      held -= sizeOf(pieces) - sizeOf(left);
      open.set(hour, left);
    }
  };

  /** Memory may be ahead of the store, or behind it: both begin anew from the store. */
  const begin = (): void => {
    state = undefined;
    open = new Map();
    held = 0;
    upTo = 0;
    exemplars = [];
    goneTo = undefined;
  };

  const setSpeeds = (current: State, result: Pick<GroupingResult, 'facts'>): void => {
    const now = Math.max(store.newestClosed() ?? 0, ...open.keys());
    const next = new Map<string, number>();
    const asked = new Set([...speeds.keys(), ...result.facts.map(({ id }) => id)]);
    for (const id of asked) {
      const facts = current.book.facts.get(id);
      const speed = facts === undefined || facts.flagged === 0 ? 0 : round(speedFrom(facts, now));
      if (speed > 0) next.set(id, speed);
      if (speed !== (speeds.get(id) ?? 0)) options.upkeep.setSpeed(store.itemsOf([id]), speed);
    }
    speeds = next;
  };

  /** The hours to be closed now, oldest first. */
  const dueHours = (settled: boolean, now: number): number[] => {
    const hours = [...open.keys()].sort((a, b) => a - b);
    if (settled) return hours.filter((hour) => (hour + 1) * HOUR_MS + GRACE_MS <= now);
    let left = held;
    return hours.filter((hour) => {
      if (left <= mostHeld) return false;
      left -= sizeOf(open.get(hour)!);
      return true;
    });
  };

  return {
    *prepare(settled) {
      if (state !== undefined || open.size === 0) return;
      if (!settled && dueHours(false, clock.now()).length === 0) return;
      goneTo ??= store.lastGone();
      state = yield* load();
    },
    take() {
      goneTo ??= store.lastGone();
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
      const hours = dueHours(settled, now);
      if (!settled && hours.length === 0) return;
      try {
        if (settled && now - forgotAt >= FORGET_MS) {
          store.forgetGone();
          forgotAt = now;
        }
        applyGone();
        if (open.size === 0) return;
        state ??= whole(load());
        const closed = closeHours(state, hours);
        for (const hour of hours) {
          held -= sizeOf(open.get(hour)!);
          open.delete(hour);
        }
        const shown = settled ? layer(state) : { open: [], items: [] };
        const isSaved = store.saveGrouping({
          ...closed,
          at: now,
          goneTo: goneTo ?? 0,
          upTo,
          open: shown.open,
          items: [...closed.items, ...shown.items],
          exemplars,
        });
        if (!isSaved) {
          begin();
          return;
        }
        exemplars = [];
        setSpeeds(state, closed);
        const newest = store.newestClosed() ?? 0;
        const isFull = state.base.wordings > MOST_WORDINGS;
        // What is older on arrival is no reason to begin anew each time.
        state.from = Math.min(state.from, ...hours.filter((hour) => hour > newest - windowHours - DAY_HOURS));
        if (dayOf(newest) !== purgedOn || isFull) {
          store.purgePrints(firstHour(store, newest - windowHours + 1));
          purgedOn = dayOf(newest);
        }
        if (isFull || newest - state.from >= windowHours + DAY_HOURS) {
          // Made anew when the next hour is closed; at the end of a batch, never.
          state = undefined;
        }
      } catch (error) {
        begin();
        throw error;
      }
    },
  };
}

/** Does all of it at once. */
function whole<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

function isNames(text: string): boolean {
  return maskNames(text) !== text;
}

function itemOf(grouping: Grouping, words: Uint32Array, at: number, wording: number): StoryItem {
  const signature = new Uint8Array(SIGNATURE_WORDS * 4);
  signature.set(new Uint8Array(words.slice(at, at + SIGNATURE_WORDS).buffer));
  const terms = new Uint8Array(MOST_TERMS * 4);
  terms.set(new Uint8Array(words.slice(at + TERMS_AT, at + TERMS_AT + MOST_TERMS).buffer));
  return {
    item: words[at + ITEM_AT]!,
    story: grouping.nameOf(grouping.storyOf(wording)),
    wording: grouping.idOf(wording),
    at: words[at + TIME_AT]!,
    signature,
    terms,
  };
}

/** The rows of a piece but for those of these items and ids. */
function without(piece: LoggedPrints, items: ReadonlySet<number>, ids: ReadonlySet<number>): LoggedPrints {
  const { words, count } = piece;
  const kept = new Uint32Array(words.length);
  let left = 0;
  for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
    if (items.has(words[at + ITEM_AT]!) || ids.has(words[at + ID_AT]!)) continue;
    kept.set(words.subarray(at, at + PRINT_WORDS), left * PRINT_WORDS);
    left++;
  }
  return left === count ? piece : { ...piece, words: kept, count: left };
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

/** The window's first hour: later where memory would not hold all of it. */
function firstHour(store: Pick<NarrativeStore, 'closedSizes'>, from: number): number {
  let posts = 0;
  let first = from;
  for (const { hour, count } of store.closedSizes(from)) {
    posts += count;
    if (posts > MOST_WORDINGS * LEFT) break;
    first = hour;
  }
  return Math.max(from, posts > MOST_WORDINGS * LEFT ? first : from);
}

function dayOf(hour: number): number {
  return Math.floor(hour / 24);
}

function round(speed: number): number {
  return Math.round(speed * 10) / 10;
}
