/**
 * How many distinct people: by the smallest of their hashes (k minimum values, Bar-Yossef and others 2002), a day at a
 * time, so that hashes go when the window is over and the number stays.
 */

/** As kept, JSON. */
export interface Authors {
  /** By day since the epoch, rising, the smallest hashes of it. */
  readonly days: Record<string, number[]>;
  /** People of days whose hashes are gone, who were in none that are left then. */
  before?: number;
}

export function newAuthors(): Authors {
  return { days: {} };
}

/** A copy that shares nothing with it. */
export function copyAuthors({ days, before }: Authors): Authors {
  const copy: Record<string, number[]> = {};
  for (const day of Object.keys(days)) copy[day] = days[day]!.slice();
  return before === undefined ? { days: copy } : { days: copy, before };
}

/** @param most hashes kept a day: up to so many people are counted exactly */
export function addAuthor({ days }: Authors, hash: number, day: number, most: number): void {
  const known = days[day];
  if (known === undefined) {
    days[day] = [hash];
    return;
  }
  if (known.length >= most && hash >= known[known.length - 1]!) return;
  let at = known.length;
  while (at > 0 && known[at - 1]! > hash) at--;
  if (known[at - 1] === hash) return;
  known.splice(at, 0, hash);
  if (known.length > most) known.pop();
}

/** Distinct people. */
export function countAuthors({ days, before = 0 }: Authors, most: number): number {
  return before + distinct(Object.values(days), most);
}

/** Hashes that are known still, rising, each followed by the last of its days. */
export function hashesOf({ days }: Authors): number[] {
  const last = new Map<number, number>();
  for (const day of Object.keys(days)) {
    for (const hash of days[day]!) last.set(hash, Math.max(last.get(hash) ?? 0, Number(day)));
  }
  return [...last].sort(([a], [b]) => a - b).flat();
}

/** Lets the hashes of earlier days go. */
export function expireAuthors(authors: Authors, beforeDay: number, most: number): void {
  const { days } = authors;
  const old = Object.keys(days).filter((day) => Number(day) < beforeDay);
  if (old.length === 0) return;
  const all = distinct(Object.values(days), most);
  for (const day of old) delete days[day];
  const gone = all - distinct(Object.values(days), most);
  if (gone > 0) authors.before = (authors.before ?? 0) + gone;
}

export function mergeAuthors(into: Authors, from: Authors, most: number): void {
  for (const [day, hashes] of Object.entries(from.days)) {
    for (const hash of hashes) addAuthor(into, hash, Number(day), most);
  }
  const before = (into.before ?? 0) + (from.before ?? 0);
  if (before > 0) into.before = before;
}

function distinct(lists: readonly (readonly number[])[], most: number): number {
  const [only] = lists;
  if (only === undefined) return 0;
  const smallest =
    lists.length === 1 ? only : [...new Set(lists.flat())].sort((a, b) => a - b).slice(0, most);
  if (smallest.length < most) return smallest.length;
  return Math.max(most, Math.round(((most - 1) * 2 ** 32) / smallest[most - 1]!));
}
