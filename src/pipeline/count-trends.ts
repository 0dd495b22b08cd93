import type { Clock } from '../core/ports.js';
import type { CountResult, LoggedCounts, TrendStore } from '../core/trend-ports.js';
import { TREND_KINDS, type TrendKind } from '../core/trends.js';
import { Sharing } from '../narrative/sharing.js';
import type { LandedWork } from './group-loop.js';
import { HourCells } from './hour-cells.js';
import { sumHours } from './key-counts.js';
import { KeyTable } from './key-table.js';

export interface CountOptions {
  readonly store: TrendStore;
  readonly clock: Pick<Clock, 'now'>;
  /** Hours that hashes of authors are kept. */
  readonly windowHours: number;
  /** Distinct authors that must share a word before it is kept. */
  readonly knownAuthors: number;
}

/** Keys kept of an hour, by kind: 33 kB at the most, usually 20. */
const MOST_KEPT: Readonly<Record<TrendKind, number>> = {
  term: 1_000,
  hashtag: 300,
  domain: 300,
  language: 200,
  region: 600,
  topic: 300,
};
/** While an hour is under way more is kept: what is rare as yet may not stay so. */
const UNDER_WAY = 3;
/** Between two saves, ms, while posts come. */
const SAVE_MS = 60_000;
/** Counts held at once, over all hours; some 50 bytes each. */
const MOST_CELLS = 150_000;
/** Hours held whatever they cost: those that posts still come for. */
const NEWEST_HELD = 3;

const [TERM, HASHTAG, DOMAIN, LANGUAGE, REGION, TOPIC] = [0, 1, 2, 3, 4, 5] as const;
/** Stretches added up at a time, and while nothing may be taken. */
const SUMS_AT_ONCE = 10;
const MOST_SUMS = 200;
/** Keys in a row of the log, in this order: how many there are of each kind, and whether they need authors before they have a text. */
const IN_A_ROW = [
  { kind: TERM, shift: 1, mask: 31, isShared: true },
  { kind: HASHTAG, shift: 6, mask: 15, isShared: true },
  { kind: DOMAIN, shift: 10, mask: 7, isShared: true },
  { kind: TOPIC, shift: 13, mask: 15, isShared: false },
] as const;
const DAY_HOURS = 24;
const HOUR_MS = 3_600_000;

interface Hour {
  posts: number;
  flagged: number;
  readonly kinds: readonly HourCells[];
  isChanged: boolean;
  /** True while more is kept of it than will be. */
  isWide: boolean;
}

/**
 * Counts what landed, by hour. One process does so: the one that lands. What was counted is kept now and then, so that
 * readers see it, and whatever is left when settled.
 */
export function createTrendCounter(options: CountOptions): LandedWork {
  const { store, clock, knownAuthors, windowHours } = options;
  const windowDays = Math.max(1, Math.ceil(windowHours / DAY_HOURS));
  let upTo = 0;
  let savedAt = 0;
  let isChanged = false;
  let hours = new Map<number, Hour>();
  let sharing: Sharing | undefined;
  /** Day on which a key that has a text was counted last, by kind. */
  let named: KeyTable[] = [];
  let names: CountResult['names'][number][] = [];
  let days = new Map<number, Map<number, number>>();

  const load = (): Sharing => {
    named = TREND_KINDS.map(() => new KeyTable());
    for (const { kind, key, day } of store.namedKeys()) named[TREND_KINDS.indexOf(kind)]!.set(key, day);
    const loaded = new Sharing(knownAuthors, windowDays);
    const kept = store.sharing();
    if (kept !== undefined) loaded.restore(kept);
    return loaded;
  };

  const hourOf = (hour: number): Hour => {
    let held = hours.get(hour);
    if (held === undefined) {
      const total = store.hourTotal(hour);
      held = {
        posts: total?.posts ?? 0,
        flagged: total?.flagged ?? 0,
        kinds: TREND_KINDS.map(
          (kind) => new HourCells(total === undefined ? undefined : store.hourCounts(kind, hour)),
        ),
        isChanged: false,
        isWide: false,
      };
      hours.set(hour, held);
    }
    return held;
  };

  /** A key that somebody said: it gets its text once enough have. */
  const say = (kind: number, key: number, author: number, day: number): void => {
    const known = named[kind]!.get(key);
    if (known !== undefined) {
      if (known >= day) return;
      named[kind]!.set(key, day);
      let changed = days.get(kind);
      if (changed === undefined) {
        changed = new Map();
        days.set(kind, changed);
      }
      changed.set(key, day);
      return;
    }
    if (!sharing!.add(kind, key, author, day)) return;
    const text = textOf(kind, key);
    if (text === undefined) return;
    names.push({ kind: TREND_KINDS[kind]!, key, text, day });
    named[kind]!.set(key, day);
    sharing!.drop(kind, key);
  };
  const textOf = (kind: number, key: number): string | undefined => {
    const text = store.keyText(key);
    if (kind !== TERM || text === undefined) return text;
    // As written, before its root.
    const equals = text.indexOf('=');
    return equals < 0 ? text : text.slice(0, equals);
  };

  const count = ({ words }: LoggedCounts): void => {
    for (let at = 0; at < words.length; ) {
      const hour = hourOf(words[at]!);
      const day = Math.floor(words[at]! / DAY_HOURS);
      const author = words[at + 1]!;
      const facts = words[at + 2]!;
      const isFlagged = (facts & 1) === 1;
      hour.posts++;
      hour.flagged += facts & 1;
      hour.isChanged = true;
      hour.kinds[LANGUAGE]!.add(words[at + 3]!, isFlagged, named[LANGUAGE]!);
      hour.kinds[REGION]!.add(words[at + 4]!, isFlagged, named[REGION]!);
      at += 5;
      for (const { kind, shift, mask, isShared } of IN_A_ROW) {
        const cells = hour.kinds[kind]!;
        for (let n = (facts >>> shift) & mask; n > 0; n--) {
          const key = words[at++]!;
          cells.add(key, isFlagged, named[kind]!);
          if (isShared) say(kind, key, author, day);
        }
      }
    }
  };

  const save = (settled: boolean): void => {
    const newest = Math.max(...hours.keys());
    const isOver = (hour: number): boolean => hour < newest - NEWEST_HELD;
    const changed = [...hours].filter(([at, hour]) => hour.isChanged || (hour.isWide && isOver(at)));
    store.saveCounts({
      at: clock.now(),
      upTo,
      totals: changed.map(([hour, { posts, flagged }]) => ({ hour, posts, flagged })),
      hours: changed.flatMap(([hour, { kinds }]) =>
        TREND_KINDS.flatMap((kind, i) =>
          kinds[i]!.size === 0
            ? []
            : [
                {
                  kind,
                  hour,
                  counts: kinds[i]!.counts(MOST_KEPT[kind] * (isOver(hour) ? 1 : UNDER_WAY), named[i]!),
                },
              ],
        ),
      ),
      names,
      days: [...days].flatMap(([kind, of]) =>
        [...of].map(([key, day]) => ({ kind: TREND_KINDS[kind]!, key, day })),
      ),
      ...(settled && sharing?.isChanged === true ? { sharing: sharing.written() } : {}),
    });
    names = [];
    days = new Map();
    isChanged = false;
    savedAt = clock.now();
    for (const [at, hour] of changed) {
      hour.isChanged = false;
      hour.isWide = !isOver(at);
    }
    forgetHours(newest);
  };

  let hasMoreSums = false;
  /** Adds up what is over and is not yet; true where there may be more. */
  const addUp = (): boolean => {
    const due = store.dueSums(Math.floor(clock.now() / HOUR_MS) - NEWEST_HELD, SUMS_AT_ONCE);
    if (due.length === 0) return false;
    store.saveSums(
      due.map((one) => ({
        due: one,
        counts: sumHours(
          Array.from({ length: one.hours }, (_, i) => store.hourCounts(one.kind, one.hour + i)).flatMap(
            (counts) => (counts === undefined ? [] : [{ counts }]),
          ),
        ),
      })),
    );
    return due.length === SUMS_AT_ONCE;
  };

  /** Lets go of hours that posts no longer come for, those counted longest ago first. */
  const forgetHours = (newest: number): void => {
    let cells = 0;
    for (const { kinds } of hours.values()) for (const { size } of kinds) cells += size;
    for (const [hour, { kinds }] of hours) {
      if (cells <= MOST_CELLS && hours.size <= 1_000) return;
      if (hour >= newest - NEWEST_HELD) continue;
      for (const { size } of kinds) cells -= size;
      hours.delete(hour);
    }
  };

  const begin = (): void => {
    // Memory may be ahead of the store: both begin anew from the store.
    sharing = undefined;
    hours = new Map();
    names = [];
    days = new Map();
    upTo = 0;
    isChanged = false;
  };

  return {
    take() {
      const pieces = store.countsAfter(upTo);
      try {
        if (pieces.length > 0) sharing ??= load();
        for (const piece of pieces) {
          count(piece);
          upTo = piece.n;
          isChanged = true;
        }
      } catch (error) {
        begin();
        throw error;
      }
      return pieces.length > 0;
    },
    *close(settled) {
      const isDue = settled || clock.now() - savedAt >= SAVE_MS || clock.now() < savedAt;
      if (isChanged && isDue) {
        yield;
        try {
          save(settled);
        } catch (error) {
          begin();
          throw error;
        }
      }
      // Hours of which more may come are left alone: they would be added up with every save.
      for (let sums = 0; settled && sums < MOST_SUMS; sums += SUMS_AT_ONCE) {
        yield;
        hasMoreSums = addUp();
        if (!hasMoreSums) return;
      }
    },
    isBehind: () => hasMoreSums,
  };
}
