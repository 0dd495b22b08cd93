/** Facts of stories as they are kept: bounded, without hashes past their time; read again, and copied. */

import { CLAIM_TERM, LINK_TERM } from '../core/print.js';
import { expireAuthors } from './authors.js';
import { coordinationOf } from './coordination.js';
import { MOST_AUTHORS, MOST_WORDING_AUTHORS, type StoryFacts } from './facts.js';
import type { Sample } from './sample.js';

const MOST_FACT_TERMS = 64;
/** Terms that less than one post in so many has are asides of single posts: a number, a name called out. */
const ASIDE = 16;
const MOST_VARIANTS = 24;
const MOST_KEYS = 24;
/** Hours kept of a story, the newest: five weeks; of a wording ten days. */
const MOST_HOURS = 840;
const MOST_WORDING_HOURS = 240;

export interface Settling {
  readonly sample?: Sample;
  /** Authors that must share a term before it may be kept. */
  readonly known: number;
  /** Hashes of authors of earlier days go. */
  readonly windowFrom: number;
  tells(term: number): number;
}

/** Brings facts to the state in which they are kept: bounded, and without hashes past their time. */
export function settleFacts(facts: StoryFacts, { sample, known, windowFrom, tells }: Settling): void {
  keepNewest(facts.hours, MOST_HOURS);
  for (const key of Object.keys(facts.terms)) {
    if (facts.terms[key]!.n * ASIDE < facts.posts) delete facts.terms[key];
  }
  keepMost(facts.terms, MOST_FACT_TERMS, ({ n }) => n);
  delete facts.whole;
  keepMost(facts.variants, MOST_VARIANTS, ({ n }) => n);
  keepMost(facts.tags, MOST_KEYS, (n) => n);
  keepMost(facts.hosts, MOST_KEYS, (n) => n);
  for (const { hours } of Object.values(facts.variants)) keepNewest(hours, MOST_WORDING_HOURS);
  for (const key of Object.keys(facts.terms))
    facts.terms[key]!.nats = Math.round(tells(Number(key)) * 1e3) / 1e3;
  expireHashes(facts, windowFrom, known);
  if (sample === undefined) return;
  const found = coordinationOf(sample.spread());
  // Of a story that was known before, few posts may be at hand: what many told holds until many tell something else.
  if (found.is === 'measured' || sample.size >= facts.posts) facts.coordination = found;
}

/** Lets the hashes of authors of earlier days go; what they came to stays. */
function expireHashes(facts: StoryFacts, beforeDay: number, known: number): void {
  expireAuthors(facts.authors, beforeDay, MOST_AUTHORS);
  for (const { authors } of Object.values(facts.variants)) {
    expireAuthors(authors, beforeDay, Math.max(known, MOST_WORDING_AUTHORS));
  }
  for (const term of Object.values(facts.terms)) {
    if (term.said === undefined) continue;
    // Who said it before the window does not count towards sharing it.
    const { said } = term;
    for (let i = said.length - 2; i >= 0; i -= 2) if (said[i + 1]! < beforeDay) said.splice(i, 2);
    if (said.length === 0) delete term.said;
  }
}

/**
 * Terms that may be told: those of flagged posts while these are kept, those that enough authors share, and fact-checks,
 * which are published. Links are for comparing alone.
 */
export function tellable(facts: StoryFacts): { readonly key: number; readonly shared: boolean }[] {
  return Object.entries(facts.terms).flatMap(([key, { shared, flagged }]) => {
    if ((Number(key) & 3) === LINK_TERM) return [];
    const isShared = shared === true || (Number(key) & 3) === CLAIM_TERM;
    return isShared || flagged === true ? [{ key: Number(key), shared: isShared }] : [];
  });
}

function keepNewest(hours: Record<string, [number, number]>, most: number): void {
  const known = Object.keys(hours);
  if (known.length <= most) return;
  known.sort((a, b) => Number(a) - Number(b));
  for (const hour of known.slice(0, known.length - most)) delete hours[hour];
}

function keepMost<T>(record: Record<string, T>, most: number, worth: (value: T) => number): void {
  const all = Object.entries(record);
  if (all.length <= most) return;
  all.sort(([a, x], [b, y]) => worth(y) - worth(x) || (a < b ? -1 : 1));
  for (const [key] of all.slice(most)) delete record[key];
}

/** Facts as they were kept. @param json as JSON.stringify wrote it */
export function readFacts(json: string): StoryFacts {
  const facts = JSON.parse(json) as StoryFacts;
  // Before, who said a term was kept by day; who says it now counts from here on.
  for (const key of Object.keys(facts.terms)) {
    const term = facts.terms[key]!;
    if (term.said !== undefined && !Array.isArray(term.said)) delete term.said;
  }
  return facts;
}
