import { type Assessment, CATEGORIES, type Category, type Level } from '../core/assessment.js';
import type { Entry } from './entry.js';

/** Entries that a change to the lexicon touches, by id. */
export interface EntryChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export function compareEntries(before: readonly Entry[], after: readonly Entry[]): EntryChanges {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const now = new Set(after.map((entry) => entry.id));
  return {
    added: after.filter(({ id }) => !old.has(id)).map(({ id }) => id),
    removed: before.filter(({ id }) => !now.has(id)).map(({ id }) => id),
    changed: after
      .filter((entry) => old.has(entry.id) && !isEqual(entry, old.get(entry.id)!))
      .map(({ id }) => id),
  };
}

function isEqual(a: Entry, b: Entry): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Entry>;
  return [...keys].every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}

/** How a change to the lexicon changes what is said of one text. */
export interface AssessmentChange {
  /** Flags that the text would get, and lose. */
  readonly gained: readonly Category[];
  readonly lost: readonly Category[];
  readonly levelBefore: Level;
  readonly levelAfter: Level;
}

/** The change in flags and level, or undefined where there is none. */
export function compareAssessments(before: Assessment, after: Assessment): AssessmentChange | undefined {
  const gained = CATEGORIES.filter((flag) => after.flags.includes(flag) && !before.flags.includes(flag));
  const lost = CATEGORIES.filter((flag) => before.flags.includes(flag) && !after.flags.includes(flag));
  if (gained.length === 0 && lost.length === 0 && before.level === after.level) return undefined;
  return { gained, lost, levelBefore: before.level, levelAfter: after.level };
}
