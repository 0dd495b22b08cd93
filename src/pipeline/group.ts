import type { QueueUpkeep } from '../core/desk-ports.js';
import type { Exemplar, Found, NarrativeStore, StoryItem } from '../core/narrative-ports.js';
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
import { LEAST_POSTS, type StoryFacts } from '../narrative/facts.js';
import { Grouping } from '../narrative/grouping.js';
import { readFacts } from '../narrative/kept-facts.js';
import { type OnShared, OpenBook, StoryBook } from '../narrative/story-book.js';
import type { LandedWork } from './group-loop.js';
import { firstPart, type GoneRows, itemOf, NOTHING_GONE, without } from './group-rows.js';
import { OpenHours } from './open-hours.js';
import { StorySpeeds } from './story-speeds.js';
import { storyToKeep, type TellingStory } from './story-to-keep.js';

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

const HOUR_SECONDS = 3600;
/** Wordings known at once: some 400 bytes each. With more, the window is that much shorter. */
const MOST_WORDINGS = 240_000;
/** Signatures of them: a wording may have several. */
const MOST_SIGNATURES = 400_000;
/** Of these wordings, and of their posts on the disk, what is left when they were too many: with more left, they were soon too
 * many again. */
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
  base: Grouping;
  readonly book: StoryBook;
  /** Stories that a text stands for. */
  readonly exemplars: Set<string>;
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
  let open = new OpenHours();
  let closing: Closing | undefined;
  /** The newest closed hour. */
  let newest = 0;
  const speeds = new StorySpeeds(store, options.upkeep);
  /** Stories shown with the posts of open hours. */
  let shown: Set<string> | undefined;

  /** What was taken out of the store is known up to here. */
  let goneTo: number | undefined;
  let forgotAt = Number.NEGATIVE_INFINITY;
  /** Day of the newest hour when rows past the window were dropped last. */
  let purgedOn = 0;
  /** Posts of parts that were closed since. */
  let closedSince = 0;
  /** Texts that came to stand for a story since a part was kept. */
  let exemplars: Exemplar[] = [];

  const kept = (name: string): StoryFacts | undefined => {
    const json = store.facts(name);
    return json === undefined ? undefined : readFacts(json);
  };

  /** Reads what is closed, in pieces: what was taken out of the store meanwhile is taken out here by {@link applyGone}. */
  function* load(): Generator<undefined, State> {
    newest = store.newestClosed() ?? 0;
    const from = firstPart(store, newest - windowHours + 1, MOST_WORDINGS * LEFT);
    const standing = new Set(store.exemplars());
    const book = new StoryBook({ known: knownAuthors, onShared: standFor(standing, false) }, kept);
    const loaded: State = { base: new Grouping(), book, exemplars: standing };
    const counted = new Map<string, number>();
    for (const { id, part } of store.countedParts(from.hour)) counted.set(id, part);
    yield;
    const storyOf = (wording: string): string => store.storyOf(wording) ?? wording;
    let read = 0;
    for (const { n, words, count } of store.closedPrints(from)) {
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
    const prints = open.printsOf(hour);
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
    open.drop(hour);
    closedSince += prints.count;
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
      for (const { id } of facts) speeds.set(id, book.factsOf(id), newestHour());
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
    for (const hour of open.hours) {
      const { words, count } = open.printsOf(hour);
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
  const savedOf = (book: StoryBook | OpenBook, id: string, grouping: Grouping): TellingStory[] => {
    const windowFrom = dayOf(newestHour() - windowHours);
    const facts = book.settle(id, { windowFrom, tells: (term) => grouping.tells(term) });
    if (facts === undefined || facts.posts < LEAST_POSTS) return [];
    return [storyToKeep(id, facts, store, book instanceof StoryBook ? book.toldOf(id) : '')];
  };

  /** The newest hour with posts. */
  const newestHour = (): number => Math.max(newest, ...open.hours);

  /** What was erased, withdrawn or purged leaves memory: rows of open hours, and words that only it stood for. */
  const applyGone = (): GoneRows => {
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
    open.forget({ items, ids }, closing?.hour);
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
    open = new OpenHours();
    closing = undefined;
    upTo = 0;
    exemplars = [];
    shown = undefined;
    goneTo = undefined;
  };

  function* close(settled: boolean): Generator<undefined> {
    const now = clock.now();
    const hours = open.due(settled, now, mostHeld);
    if (settled && now - forgotAt >= FORGET_MS) {
      store.forgetGone();
      forgotAt = now;
    }
    if (hours.length === 0 && !settled) {
      if (state !== undefined) yield* keepFacts(state, now - KEEP_MS);
      return;
    }
    applyGone();
    if (state === undefined && open.isEmpty) return;
    state ??= yield* load();
    for (const hour of hours) yield* closePart(state, hour);
    yield* keepFacts(state, settled ? Number.POSITIVE_INFINITY : now - KEEP_MS);
    if (settled) {
      for (const id of speeds.stories()) {
        speeds.set(id, state.book.factsOf(id), newestHour());
        yield;
      }
      yield* showOpen(state);
    }
    yield* purge(state);
  }

  /** Drops what left the window, or is more than memory holds of it. */
  function* purge(current: State): Generator<undefined> {
    const isFull = current.base.wordings > MOST_WORDINGS || current.base.signatures > MOST_SIGNATURES;
    const isNewDay = dayOf(newest) !== purgedOn;
    if (!isFull && !isNewDay && closedSince <= MOST_WORDINGS) return;
    // Who begins anew finds what is dropped in facts alone.
    yield* keepFacts(current, Number.POSITIVE_INFINITY);
    const first = newest - windowHours + 1;
    store.purgePrints(firstPart(store, first, MOST_WORDINGS * LEFT));
    if (isFull || (isNewDay && purgedOn > 0)) {
      current.base = yield* current.base.latest(MOST_WORDINGS * LEFT, first * HOUR_SECONDS);
      current.book.retain(new Set(current.base.names()));
    }
    purgedOn = dayOf(newest);
    closedSince = 0;
  }

  return {
    take() {
      goneTo ??= store.lastGone();
      const pieces = store.printsAfter(upTo);
      for (const piece of pieces) {
        open.add(piece);
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

function dayOf(hour: number): number {
  return Math.floor(hour / 24);
}
