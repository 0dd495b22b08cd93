/** What is known of a story, added up post by post; the same whatever the order within what is added. */

import type { Coordination, Narrative } from '../core/narrative.js';
import { AUTHOR_AT, ITEM_AT, LINK_TERM, MOST_TERMS, SOURCE_AT, TERMS_AT, TIME_AT } from '../core/print.js';
import { coordinationOf } from './coordination.js';
import { titleOf } from './title.js';
import { burstsOf, lifeOf, speedOf } from './trend.js';

/** A term of a story: in how many posts, at which places in all, and who said it. */
interface TermFacts {
  n: number;
  place: number;
  /** Hashes of distinct authors, at most as many as make it known. */
  authors: number[];
  /** True once it stood in a flagged post. */
  flagged: boolean;
  /** What it tells, in nats. */
  nats: number;
  /** What it is, once it may be kept. */
  text?: string;
}

export interface StoryFacts {
  /** Seconds since the epoch. */
  first: number;
  last: number;
  posts: number;
  flagged: number;
  /** Posts and flagged ones by hour since the epoch. */
  readonly hours: Record<string, [number, number]>;
  /** The smallest hashes of authors, at most {@link MOST_AUTHORS}, rising: what is left of them tells how many there are. */
  authors: number[];
  wordings: number;
  /** First time of each source, by its number. */
  readonly sources: Record<string, number>;
  readonly terms: Record<string, TermFacts>;
  coordination: Coordination;
}

/** The latest posts of a story, for {@link coordinationOf}; never on the disk. */
export interface Sample {
  readonly at: number[];
  readonly authors: number[];
  readonly wordings: number[];
  readonly links: number[];
}

const MOST_AUTHORS = 64;
const MOST_FACT_TERMS = 64;
const MOST_SAMPLE = 500;
/** Hours kept of a story, the newest: five weeks. */
const MOST_HOURS = 840;
/** A story of fewer posts is none yet. */
export const LEAST_POSTS = 3;

export function newFacts(): StoryFacts {
  return {
    first: 0,
    last: 0,
    posts: 0,
    flagged: 0,
    hours: {},
    authors: [],
    wordings: 0,
    sources: {},
    terms: {},
    coordination: { is: 'cannot-tell', reason: 'too-few-posts' },
  };
}

export function newSample(): Sample {
  return { at: [], authors: [], wordings: [], links: [] };
}

/** @param known authors that must share a term of unflagged posts before it may be kept */
export function addPost(facts: StoryFacts, words: Uint32Array, at: number, known: number): void {
  const time = words[at + TIME_AT]!;
  const author = words[at + AUTHOR_AT]!;
  const isFlagged = words[at + ITEM_AT] !== 0;
  facts.first = facts.posts === 0 ? time : Math.min(facts.first, time);
  facts.last = Math.max(facts.last, time);
  facts.posts++;
  if (isFlagged) facts.flagged++;
  const hour = Math.floor(time / 3600);
  const counted = facts.hours[hour];
  if (counted === undefined) facts.hours[hour] = [1, isFlagged ? 1 : 0];
  else {
    counted[0]++;
    if (isFlagged) counted[1]++;
  }
  if (author !== 0) facts.authors = withSmallest(facts.authors, author);
  const source = words[at + SOURCE_AT]! & 0xffff;
  facts.sources[source] = Math.min(facts.sources[source] ?? time, time);
  for (let i = 0; i < MOST_TERMS && words[at + TERMS_AT + i] !== 0; i++) {
    const key = words[at + TERMS_AT + i]!;
    let term = facts.terms[key];
    if (term === undefined) {
      term = { n: 0, place: 0, authors: [], flagged: false, nats: 0 };
      facts.terms[key] = term;
    }
    term.n++;
    term.place += i;
    if (isFlagged) term.flagged = true;
    if (author !== 0 && term.authors.length < known && !term.authors.includes(author))
      term.authors.push(author);
  }
}

/** The smallest of the hashes, each once: any two orders of adding leave the same. */
function withSmallest(known: number[], hash: number): number[] {
  if (known.length === MOST_AUTHORS && hash >= known[MOST_AUTHORS - 1]!) return known;
  if (known.includes(hash)) return known;
  return [...known, hash].sort((a, b) => a - b).slice(0, MOST_AUTHORS);
}

export function addToSample(sample: Sample, words: Uint32Array, at: number, wording: number): void {
  if (sample.at.length >= MOST_SAMPLE) for (const list of Object.values(sample) as number[][]) list.shift();
  sample.at.push(words[at + TIME_AT]!);
  sample.authors.push(words[at + AUTHOR_AT]!);
  sample.wordings.push(wording);
  let link = 0;
  for (let i = 0; i < MOST_TERMS && link === 0; i++) {
    const term = words[at + TERMS_AT + i]!;
    if (term !== 0 && (term & 3) === LINK_TERM) link = term;
  }
  sample.links.push(link);
}

/** Adds what is known of a story that turned out to be part of this one. */
export function mergeFacts(into: StoryFacts, from: StoryFacts): void {
  into.first = Math.min(into.first, from.first);
  into.last = Math.max(into.last, from.last);
  into.posts += from.posts;
  into.flagged += from.flagged;
  into.wordings += from.wordings;
  for (const author of from.authors) into.authors = withSmallest(into.authors, author);
  for (const [hour, [posts, flagged]] of Object.entries(from.hours)) {
    const [before, flaggedBefore] = into.hours[hour] ?? [0, 0];
    into.hours[hour] = [before + posts, flaggedBefore + flagged];
  }
  for (const [source, time] of Object.entries(from.sources)) {
    into.sources[source] = Math.min(into.sources[source] ?? time, time);
  }
  for (const [key, term] of Object.entries(from.terms)) {
    const own = into.terms[key];
    if (own === undefined) into.terms[key] = { ...term, authors: [...term.authors] };
    else {
      own.n += term.n;
      own.place += term.place;
      own.flagged ||= term.flagged;
      own.authors = [...new Set([...own.authors, ...term.authors])];
      if (own.text === undefined && term.text !== undefined) own.text = term.text;
    }
  }
}

/** Brings facts to the state in which they are kept: bounded, and with the texts of what may be told. */
export function settleFacts(
  facts: StoryFacts,
  sample: Sample | undefined,
  known: number,
  textOf: (term: number) => string | undefined,
  tells: (term: number) => number,
): void {
  const hours = Object.keys(facts.hours);
  if (hours.length > MOST_HOURS) {
    hours.sort((a, b) => Number(a) - Number(b));
    for (const hour of hours.slice(0, hours.length - MOST_HOURS)) delete facts.hours[hour];
  }
  const terms = Object.entries(facts.terms);
  if (terms.length > MOST_FACT_TERMS) {
    terms.sort(([a, x], [b, y]) => y.n - x.n || Number(a) - Number(b));
    for (const [key] of terms.slice(MOST_FACT_TERMS)) delete facts.terms[key];
  }
  for (const [key, term] of Object.entries(facts.terms)) {
    term.nats = tells(Number(key));
    if (term.text !== undefined || !(term.flagged || term.authors.length >= known)) continue;
    const text = textOf(Number(key));
    if (text !== undefined) term.text = text;
  }
  if (sample !== undefined) facts.coordination = coordinationOf(sample);
}

/** What is shown of a story, as of the end of hour `now`. */
export function narrativeFrom(id: string, facts: StoryFacts, now: number): Narrative {
  const hours = new Map(Object.entries(facts.hours).map(([hour, [posts]]) => [Number(hour), posts]));
  const title = titleOf(
    Object.values(facts.terms).flatMap(({ text, n, place, nats }) =>
      text === undefined ? [] : [{ term: text, share: n / facts.posts, nats, place: place / n }],
    ),
  );
  return {
    id,
    title,
    life: lifeOf(hours, now),
    firstSeen: new Date(facts.first * 1000).toISOString(),
    lastSeen: new Date(facts.last * 1000).toISOString(),
    posts: facts.posts,
    flagged: facts.flagged,
    authors: authorsIn(facts.authors),
    variants: facts.wordings,
    bursts: burstsOf(hours).map(({ from, size, p }) => ({ at: hourText(from), size, p })),
    coordination: facts.coordination,
  };
}

/** Distinct authors: the smallest of many evenly spread hashes tell how many there are (k minimum values). */
function authorsIn(smallest: readonly number[]): number {
  if (smallest.length < MOST_AUTHORS) return smallest.length;
  return Math.round(((MOST_AUTHORS - 1) * 2 ** 32) / smallest[MOST_AUTHORS - 1]!);
}

/** ISO 8601 UTC of an hour since the epoch. */
export function hourText(hour: number): string {
  return new Date(hour * 3_600_000).toISOString();
}

/** How fast the story is now, 0..1, for the order of the queue. */
export function speedFrom(facts: StoryFacts, now: number): number {
  const hours = new Map(Object.entries(facts.hours).map(([hour, [posts]]) => [Number(hour), posts]));
  return speedOf(hours, burstsOf(hours), now);
}
