import type { QueueUpkeep } from '../core/desk-ports.js';
import type {
  Exemplar,
  Found,
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
  inOrder,
  PRINT_WORDS,
  type Prints,
  TIME_AT,
  VARIANT_AT,
} from '../core/print.js';
import { LEAST_POSTS, type StoryFacts, speedFrom } from '../narrative/facts.js';
import { Grouping } from '../narrative/grouping.js';
import { headOf } from '../narrative/head.js';
import { readFacts, tellable } from '../narrative/kept-facts.js';
import { type OnShared, OpenBook, StoryBook } from '../narrative/story-book.js';
import { shownTerm } from '../narrative/terms.js';
import { maskNames } from '../text/mask.js';
import type { LandedWork } from './group-loop.js';
import { firstHour, itemOf, sizeOf, together, without } from './group-rows.js';

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
   * over or not, and what comes later is a further part of them.
   */
  readonly mostHeld: number;
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** An hour is over so long after its end: what was posted in its last minutes has been collected by then. */
const GRACE_MS = 300_000;
/** Wordings known at once: some 400 bytes each. With more, the window is that much shorter. */
const MOST_WORDINGS = 240_000;
/** Signatures of them: a wording may have several. */
const MOST_SIGNATURES = 400_000;
/** Of these wordings what is left when they were too many: with more left, they were soon too many again. */
const LEFT = 0.5;
/** Stories whose facts are in memory: some 5 kB each. */
const MOST_STORIES = 20_000;
/** Facts are kept so long after a post changed them, ms; until then their posts are known by their parts alone. */
const KEEP_MS = 60_000;

/** Posts, rows or stories worked on before others have their turn: some ten milliseconds. */
const PIECE = 500;
/** Stories kept in one transaction. */
const KEPT_AT_ONCE = 50;

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

/** A part of an hour as it is closed, until it is kept. */
interface Closing {
  readonly hour: number;
  prints: Prints;
  items: StoryItem[];
  readonly wordings: { wording: string; story: string; hour: number }[];
  readonly joined: { from: string; into: string }[];
}

/** Joins what landed into stories. One process does so: the one that lands. */
export function createGrouper(options: GroupOptions): LandedWork {
  const { store, clock, knownAuthors, windowHours, mostHeld } = options;
  let state: State | undefined;
  let upTo = 0;
  let open = new Map<number, LoggedPrints[]>();
  let held = 0;
  let closing: Closing | undefined;
  /** The newest closed hour. */
  let newest = 0;
  /** By story, of those that have any. */
  const speeds = new Map<string, number>();
  /** Stories shown with the posts of open hours. */
  let shown: Set<string> | undefined;

  /** What was taken out of the store is known up to here. */
  let goneTo: number | undefined;
  let forgotAt = Number.NEGATIVE_INFINITY;
  /** Day of the newest hour when rows past the window were dropped last. */
  let purgedOn = 0;
  /** Texts that came to stand for a story since a part was kept. */
  let exemplars: Exemplar[] = [];

  const kept = (name: string): StoryFacts | undefined => {
    const json = store.facts(name);
    return json === undefined ? undefined : readFacts(json);
  };

  /** Reads what is closed, in pieces: what was taken out of the store meanwhile is taken out here by {@link applyGone}. */
  function* load(): Generator<undefined, State> {
    newest = store.newestClosed() ?? 0;
    const from = firstHour(store, newest - windowHours + 1, MOST_WORDINGS * LEFT);
    const standing = new Set(store.exemplars());
    const book = new StoryBook({ known: knownAuthors, onShared: standFor(standing, false) }, kept);
    const loaded: State = { base: new Grouping(), book, exemplars: standing, from: Number.POSITIVE_INFINITY };
    const counted = new Map<string, number>();
    for (const { id, part } of store.countedParts(from)) counted.set(id, part);
    yield;
    const storyOf = (wording: string): string => store.storyOf(wording) ?? wording;
    let read = 0;
    for (const { n, hour, words, count } of store.closedPrints(from)) {
      loaded.from = Math.min(loaded.from, hour);
      const isCounted = (name: string): boolean => (counted.get(name) ?? 0) >= n;
      for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
        const before = loaded.base.wordings;
        const wording = loaded.base.restore(words, at, storyOf);
        const isNew = loaded.base.wordings > before;
        book.add(loaded.base, words, at, { wording, isNew, now: clock.now() }, isCounted);
        if (++read % PIECE === 0) yield;
      }
    }
    loaded.base.restored();
    return loaded;
  }

  /** Takes the text of a post whose wording enough authors share, where its story has none. */
  const standFor =
    (standing: Set<string>, isOpen: boolean, found: Exemplar[] = []): OnShared =>
    (story, words, at) => {
      if (standing.has(story)) return;
      const excerpt = store.excerpt(hexAt(words, at + ID_AT));
      if (excerpt === undefined) return;
      standing.add(story);
      const exemplar = { story, id: words[at + ID_AT]!, at: words[at + TIME_AT]!, open: isOpen, ...excerpt };
      (isOpen ? found : exemplars).push(exemplar);
    };

  const found = (): Found => ({ at: clock.now(), goneTo: goneTo ?? 0 });

  /** Closes what is held of an hour: a part of it, kept at once with the stories that it made one. */
  function* closePart(current: State, hour: number): Generator<undefined> {
    const { base, book } = current;
    const prints = together(open.get(hour)!);
    const rows = new Uint32Array(prints.count * PRINT_WORDS);
    const part: Closing = {
      hour,
      prints: { words: rows, count: prints.count },
      items: [],
      wordings: [],
      joined: [],
    };
    closing = part;
    /** Stories that came to more wordings. */
    const grown = new Set<number>();
    const now = clock.now();
    for (const [i, offset] of inOrder(prints).entries()) {
      const at = i * PRINT_WORDS;
      rows.set(prints.words.subarray(offset, offset + PRINT_WORDS), at);
      const before = base.wordings;
      const wording = base.take(rows, at);
      const isNew = base.wordings > before;
      const first = base.firstOf(wording);
      rows[at + VARIANT_AT] = first.words[first.at + ID_AT]!;
      rows[at + VARIANT_AT + 1] = first.words[first.at + ID_AT + 1]!;
      const name = book.add(base, rows, at, { wording, isNew, now });
      if (isNew && name !== undefined) {
        grown.add(base.storyOf(wording));
        const id = base.idOf(wording);
        if (name !== id) part.wordings.push({ wording: id, story: name, hour });
      }
      if (rows[at + ITEM_AT] !== 0) part.items.push(itemOf(base, rows, at, wording));
      if (i % PIECE === PIECE - 1) yield;
    }
    const several = [...grown].filter((story) => base.wordingsIn(story) > 1);
    const names = new Map(several.map((story) => [story, base.nameOf(story)]));
    let looked = 0;
    for (const pair of base.join(several)) {
      if (++looked % PIECE === 0) yield;
      if (pair === undefined) continue;
      const [into, from] = pair;
      const [name, gone] = [base.nameOf(into), names.get(from) ?? base.idOf(from)];
      book.join(base, { into, from }, name, gone, now);
      if (current.exemplars.delete(gone)) current.exemplars.add(name);
      part.joined.push({ from: gone, into: name });
      part.wordings.push({ wording: gone, story: name, hour });
    }
    yield;
    // What was joined is told by the facts of one alone: they are kept with it.
    const joined = [...new Set(part.joined.map(({ into }) => into))];
    for (;;) {
      applyGone();
      const facts = joined.flatMap((id) => savedOf(book, id, base));
      const { wordings, items } = part;
      const { joined: pairs, prints: left } = part;
      if (
        store.closePart({
          ...found(),
          hour,
          upTo,
          prints: left,
          wordings,
          joined: pairs,
          facts,
          items,
          exemplars,
        })
      ) {
        for (const { id, told } of facts) book.kept(id, told);
        newest = Math.max(newest, hour);
        break;
      }
    }
    closing = undefined;
    exemplars = [];
    held -= sizeOf(open.get(hour)!);
    open.delete(hour);
  }

  /** Keeps facts that were changed before `before`, ms. */
  function* keepFacts({ base, book }: State, before: number): Generator<undefined> {
    for (;;) {
      const names = book.changedBefore(before, KEPT_AT_ONCE);
      if (names.length === 0) break;
      applyGone();
      const facts = names.flatMap((id) => savedOf(book, id, base));
      if (!store.saveFacts(facts, found())) continue;
      const told = new Map(facts.map((story) => [story.id, story.told]));
      for (const id of names) book.kept(id, told.get(id));
      for (const { id } of facts) setSpeed(id, book.factsOf(id));
      yield;
    }
    book.trim(MOST_STORIES);
  }

  /** The posts of open hours, over what is closed: shown until their hours are closed, and thrown away then. */
  function* showOpen({ base, book, exemplars: standing }: State): Generator<undefined> {
    shown ??= new Set(store.openStories());
    const grouping = new Grouping(base);
    const texts: Exemplar[] = [];
    const own = new OpenBook(
      { known: knownAuthors, onShared: standFor(new Set(standing), true, texts) },
      book,
    );
    let items: StoryItem[] = [];
    let taken = 0;
    for (const hour of [...open.keys()].sort((a, b) => a - b)) {
      const { words, count } = together(open.get(hour)!);
      for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
        const before = grouping.wordings;
        const wording = grouping.take(words, at);
        own.add(grouping, words, at, wording, grouping.wordings > before);
        if (words[at + ITEM_AT] !== 0) items.push(itemOf(grouping, words, at, wording));
        if (++taken % PIECE === 0) yield;
      }
    }
    const left = new Set(shown);
    const names = [...own.facts.keys()];
    for (let i = 0; i === 0 || i < names.length; i += KEPT_AT_ONCE) {
      const some = names.slice(i, i + KEPT_AT_ONCE);
      for (;;) {
        const gone = applyGone();
        const stories = some.flatMap((id) => savedOf(own, id, grouping));
        items = items.filter(({ item }) => !gone.items.has(item));
        if (!store.showOpen(stories, i === 0 ? items : [], found())) continue;
        for (const { id } of stories) {
          shown.add(id);
          left.delete(id);
        }
        break;
      }
      yield;
    }
    for (;;) {
      const { ids } = applyGone();
      const standingNow = texts.filter(({ id }) => !ids.has(id));
      if (store.endOpen([...left], standingNow, found())) break;
    }
    for (const id of left) shown.delete(id);
  }

  /** A story as it is kept; none of too few posts. */
  const savedOf = (
    book: Pick<StoryBook | OpenBook, 'settle'> & { toldOf?(id: string): string },
    id: string,
    grouping: Grouping,
  ): (SavedStory & { readonly told: string })[] => {
    const windowFrom = dayOf(newestHour() - windowHours);
    const facts = book.settle(id, { windowFrom, tells: (term) => grouping.tells(term) });
    if (facts === undefined || facts.posts < LEAST_POSTS) return [];
    const { posts, flagged } = facts;
    const words = tellable(facts).flatMap(({ key, shared }) => {
      const text = store.termText(key);
      // A number of a telephone or of somebody's papers compares well, and is not told.
      return text === undefined || isNames(shownTerm(text)) ? [] : [{ key, text, shared }];
    });
    const told = words.map(({ key, shared }) => (shared ? `${key}+` : key)).join();
    const lastHour = Math.floor(facts.last / 3600);
    const isTold = book.toldOf?.(id) === told;
    const head = JSON.stringify(headOf(facts));
    const json = JSON.stringify(facts);
    return [{ id, lastHour, posts, flagged, json, head, words: isTold ? [] : words, told }];
  };

  /** The newest hour with posts. */
  const newestHour = (): number => Math.max(newest, ...open.keys());

  const NOTHING_GONE = { items: new Set<number>(), ids: new Set<number>() };

  /** What was erased, withdrawn or purged leaves memory: rows of open hours, and words that only it stood for. */
  const applyGone = (): { readonly items: ReadonlySet<number>; readonly ids: ReadonlySet<number> } => {
    goneTo ??= store.lastGone();
    const gone = store.goneAfter(goneTo);
    if (gone.length === 0) return NOTHING_GONE;
    goneTo = gone.at(-1)!.seq;
    const items = new Set(gone.flatMap(({ item }) => item ?? []));
    const ids = new Set(gone.flatMap((each) => each.ids));
    const terms = new Set(gone.flatMap((each) => each.terms));
    store.forgetTerms(terms);
    for (const { story } of gone) if (story !== undefined) state?.book.unflag(story, terms);
    if (items.size + ids.size === 0) return NOTHING_GONE;
    for (const [hour, pieces] of open) {
      // Those of the part that is being closed count as held until it is.
      if (hour === closing?.hour) continue;
      const left = pieces.map((piece) => without(piece, { items, ids })).filter(({ count }) => count > 0);
      held -= sizeOf(pieces) - sizeOf(left);
      open.set(hour, left);
    }
    if (closing !== undefined) {
      closing.prints = without(closing.prints, { items, ids });
      closing.items = closing.items.filter(({ item }) => !items.has(item));
    }
    exemplars = exemplars.filter(({ id }) => !ids.has(id));
    return { items, ids };
  };

  /** Memory may be ahead of the store, or behind it: both begin anew from the store. */
  const begin = (): void => {
    state = undefined;
    open = new Map();
    held = 0;
    closing = undefined;
    upTo = 0;
    exemplars = [];
    shown = undefined;
    goneTo = undefined;
  };

  const setSpeed = (id: string, facts: StoryFacts | undefined): void => {
    const speed = facts === undefined || facts.flagged === 0 ? 0 : round(speedFrom(facts, newestHour()));
    if (speed === (speeds.get(id) ?? 0)) return;
    options.upkeep.setSpeed(store.itemsOf([id]), speed);
    if (speed > 0) speeds.set(id, speed);
    else speeds.delete(id);
  };

  /** The hours to be closed now, oldest first. */
  const dueHours = (settled: boolean, now: number): number[] => {
    const hours = [...open.keys()].sort((a, b) => a - b);
    let left = held;
    return hours.filter((hour) => {
      const isOver = settled && (hour + 1) * HOUR_MS + GRACE_MS <= now;
      if (!isOver && left <= mostHeld) return false;
      left -= sizeOf(open.get(hour)!);
      return true;
    });
  };

  function* close(settled: boolean): Generator<undefined> {
    const now = clock.now();
    const hours = dueHours(settled, now);
    if (settled && now - forgotAt >= FORGET_MS) {
      store.forgetGone();
      forgotAt = now;
    }
    if (hours.length === 0 && !settled) {
      if (state !== undefined) yield* keepFacts(state, now - KEEP_MS);
      return;
    }
    applyGone();
    if (state === undefined && open.size === 0) return;
    state ??= yield* load();
    for (const hour of hours) yield* closePart(state, hour);
    yield* keepFacts(state, settled ? Number.POSITIVE_INFINITY : now - KEEP_MS);
    if (settled) {
      for (const id of [...speeds.keys()]) {
        setSpeed(id, state.book.factsOf(id));
        yield;
      }
      yield* showOpen(state);
    }
    const isFull = state.base.wordings > MOST_WORDINGS || state.base.signatures > MOST_SIGNATURES;
    // What is older on arrival is no reason to begin anew each time.
    state.from = Math.min(state.from, ...hours.filter((hour) => hour > newest - windowHours - DAY_HOURS));
    const isOld = newest - state.from >= windowHours + DAY_HOURS;
    if (dayOf(newest) === purgedOn && !isFull && !isOld) return;
    yield* keepFacts(state, Number.POSITIVE_INFINITY);
    store.purgePrints(firstHour(store, newest - windowHours + 1, MOST_WORDINGS * LEFT));
    purgedOn = dayOf(newest);
    // Made anew when the next hour is closed; at the end of a batch, never.
    if (isFull || isOld) state = undefined;
  }

  return {
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
    *close(settled) {
      try {
        yield* close(settled);
      } catch (error) {
        begin();
        throw error;
      }
    },
  };
}

function isNames(text: string): boolean {
  return maskNames(text) !== text;
}

function dayOf(hour: number): number {
  return Math.floor(hour / 24);
}

function round(speed: number): number {
  return Math.round(speed * 10) / 10;
}
