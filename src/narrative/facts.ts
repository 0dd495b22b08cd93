/** What is known of a story, added up post by post; the same whatever the order within what is added. */

import type { Coordination } from '../core/narrative.js';
import {
  AUTHOR_AT,
  HOST_AT,
  ITEM_AT,
  MOST_TAGS,
  MOST_TERMS,
  SOURCE_AT,
  TAGS_AT,
  TERMS_AT,
  TIME_AT,
} from '../core/print.js';
import { type Authors, addAuthor, countAuthors, hashesOf, mergeAuthors, newAuthors } from './authors.js';
import { copied, copyTerm, copyWording } from './copy-facts.js';
import { burstsOf, type Counted, speedOf } from './trend.js';

/** A term of a story: in how many posts, at which places in all, and who said it. */
export interface TermFacts {
  n: number;
  place: number;
  /**
   * Who says it, until enough do: hashes of authors, rising, each followed by the day on which it said so last. Left out of a
   * term that every post of the story has: all its authors say it.
   */
  said?: number[];
  /** True once enough distinct authors said it. */
  shared?: true;
  /** True while it stands in a flagged post that is still kept. */
  flagged?: true;
  /** What it tells, in nats. */
  nats: number;
}

/** A wording of a story. */
export interface WordingFacts {
  n: number;
  flagged: number;
  /** Seconds since the epoch. */
  first: number;
  last: number;
  /** Posts and flagged ones by hour. */
  readonly hours: Record<string, [number, number]>;
  /** Terms of its first post. */
  readonly terms: readonly number[];
  readonly authors: Authors;
}

export interface StoryFacts {
  /** Seconds since the epoch. */
  first: number;
  last: number;
  posts: number;
  flagged: number;
  /** Posts and flagged ones by hour since the epoch. */
  readonly hours: Record<string, [number, number]>;
  readonly authors: Authors;
  /** How many; those with the most posts stand in {@link variants}, by id. */
  wordings: number;
  readonly variants: Record<string, WordingFacts>;
  /** First time of each source, by its number. */
  readonly sources: Record<string, number>;
  /** First time and posts of each region, by its number. */
  readonly places: Record<string, [number, number]>;
  /** Posts of hashtags and hosts, by key (core/trends.ts). */
  readonly tags: Record<string, number>;
  readonly hosts: Record<string, number>;
  readonly terms: Record<string, TermFacts>;
  /** How many of them every post has and not enough authors yet; never kept, absent where it is to be counted again. */
  whole?: number;
  coordination: Coordination;
}

/** Hashes of authors kept of a story a day. */
export const MOST_AUTHORS = 64;
/** Of a wording. */
export const MOST_WORDING_AUTHORS = 16;
/** A story of fewer posts is none yet. */
export const LEAST_POSTS = 3;

export function newFacts(): StoryFacts {
  return {
    first: 0,
    last: 0,
    posts: 0,
    flagged: 0,
    hours: {},
    authors: newAuthors(),
    wordings: 0,
    variants: {},
    sources: {},
    places: {},
    tags: {},
    hosts: {},
    terms: {},
    coordination: { is: 'cannot-tell', reason: 'too-few-posts' },
  };
}

/**
 * @param wording id of its wording
 * @param known authors that must share a term or wording before it may be kept
 * @returns what is known of the wording now
 */
export function addPost(
  facts: StoryFacts,
  words: Uint32Array,
  at: number,
  wording: string,
  known: number,
): WordingFacts {
  const time = words[at + TIME_AT]!;
  const author = words[at + AUTHOR_AT]!;
  const isFlagged = words[at + ITEM_AT] !== 0;
  const day = Math.floor(time / 86_400);
  facts.first = facts.posts === 0 ? time : Math.min(facts.first, time);
  facts.last = Math.max(facts.last, time);
  facts.posts++;
  if (isFlagged) facts.flagged++;
  countHour(facts.hours, time, isFlagged);
  const place = words[at + SOURCE_AT]!;
  const source = place & 0xffff;
  facts.sources[source] = Math.min(facts.sources[source] ?? time, time);
  const region = facts.places[place >>> 16];
  if (region === undefined) facts.places[place >>> 16] = [time, 1];
  else {
    region[0] = Math.min(region[0], time);
    region[1]++;
  }
  for (let i = 0; i < MOST_TAGS; i++) count(facts.tags, words[at + TAGS_AT + i]!, 1);
  count(facts.hosts, words[at + HOST_AT]!, 1);
  let whole = 0;
  for (let i = 0; i < MOST_TERMS && words[at + TERMS_AT + i] !== 0; i++) {
    whole += addTerm(facts, words[at + TERMS_AT + i]!, i, { author, day, isFlagged, known });
  }
  if (whole !== facts.whole) tellApart(facts, ({ n }) => n === facts.posts - 1);
  facts.whole = whole;
  if (author !== 0) addAuthor(facts.authors, author, day, MOST_AUTHORS);
  shareWhole(facts, known);
  return addToWording(facts, words, at, wording, known);
}

/** True of a term that every post has, and whose authors are the story's. */
function isWhole({ posts }: StoryFacts, { n, said, shared }: TermFacts): boolean {
  return n === posts && said === undefined && shared !== true;
}

/** Notes who says terms that every post had so far: the authors of the story. */
function tellApart(facts: StoryFacts, isLacking: (term: TermFacts, key: string) => boolean): void {
  let said: readonly number[] | undefined;
  for (const key of Object.keys(facts.terms)) {
    const term = facts.terms[key]!;
    if (term.said !== undefined || term.shared === true || !isLacking(term, key)) continue;
    said ??= hashesOf(facts.authors);
    term.said = [...said];
  }
}

/** With enough authors of a story, the terms that every post has are known. */
function shareWhole(facts: StoryFacts, known: number): void {
  if (facts.whole === 0) return;
  const { days } = facts.authors;
  let most = 0;
  for (const day of Object.keys(days)) most += days[day]!.length;
  if (most < known) return;
  const whole = Object.values(facts.terms).filter((term) => isWhole(facts, term));
  if (whole.length === 0 || hashesOf(facts.authors).length / 2 < known) return;
  for (const term of whole) term.shared = true;
  facts.whole = 0;
}

/** 1 of a term that every post has and not enough authors yet. */
function addTerm(
  { terms, posts }: StoryFacts,
  key: number,
  place: number,
  post: {
    readonly author: number;
    readonly day: number;
    readonly isFlagged: boolean;
    readonly known: number;
  },
): 0 | 1 {
  let term = terms[key];
  if (term === undefined) {
    term = { n: 0, place: 0, nats: 0 };
    terms[key] = term;
  }
  term.n++;
  term.place += place;
  if (post.isFlagged) term.flagged = true;
  if (term.shared === true) return 0;
  if (term.n === posts && term.said === undefined && post.known <= MOST_AUTHORS) return 1;
  term.said ??= [];
  if (post.author !== 0) say(term, post.author, post.day, post.known);
  return 0;
}

/** Notes that an author says a term; with the last of as many as make it known, nobody is named any longer. */
function say(term: TermFacts, author: number, day: number, known: number): void {
  if (term.shared === true) {
    delete term.said;
    return;
  }
  term.said ??= [];
  const { said } = term;
  let at = 0;
  while (at < said.length && said[at]! < author) at += 2;
  if (said[at] === author) {
    if (said[at + 1]! < day) said[at + 1] = day;
    return;
  }
  if (said.length / 2 + 1 >= known) {
    term.shared = true;
    delete term.said;
    return;
  }
  said.splice(at, 0, author, day);
}

function addToWording(
  facts: StoryFacts,
  words: Uint32Array,
  at: number,
  id: string,
  known: number,
): WordingFacts {
  const time = words[at + TIME_AT]!;
  const author = words[at + AUTHOR_AT]!;
  const isFlagged = words[at + ITEM_AT] !== 0;
  let wording = facts.variants[id];
  if (wording === undefined) {
    const own = words.subarray(at + TERMS_AT, at + TERMS_AT + MOST_TERMS);
    const terms = [...own.filter((term) => term !== 0)];
    wording = { n: 0, flagged: 0, first: time, last: time, hours: {}, terms, authors: newAuthors() };
    facts.variants[id] = wording;
  }
  wording.n++;
  if (isFlagged) wording.flagged++;
  wording.first = Math.min(wording.first, time);
  wording.last = Math.max(wording.last, time);
  countHour(wording.hours, time, isFlagged);
  const most = Math.max(known, MOST_WORDING_AUTHORS);
  if (author !== 0) addAuthor(wording.authors, author, Math.floor(time / 86_400), most);
  return wording;
}

/** Distinct authors of a wording. */
export function wordingAuthors({ authors }: WordingFacts, known: number): number {
  return countAuthors(authors, Math.max(known, MOST_WORDING_AUTHORS));
}

function countHour(hours: Record<string, [number, number]>, time: number, isFlagged: boolean): void {
  const hour = Math.floor(time / 3600);
  const counted = hours[hour];
  if (counted === undefined) hours[hour] = [1, isFlagged ? 1 : 0];
  else {
    counted[0]++;
    if (isFlagged) counted[1]++;
  }
}

function count(counts: Record<string, number>, key: number | string, n: number): void {
  if (Number(key) !== 0) counts[key] = (counts[key] ?? 0) + n;
}

/** Adds what is known of a story that turned out to be part of this one. */
export function mergeFacts(into: StoryFacts, from: StoryFacts, known = Number.MAX_SAFE_INTEGER): void {
  const terms = copied(from.terms, copyTerm);
  const inBoth = new Set(
    Object.keys(terms).filter((key) => {
      const own = into.terms[key];
      return own !== undefined && isWhole(into, own) && isWhole(from, terms[key]!);
    }),
  );
  tellApart(into, (term, key) => isWhole(into, term) && !inBoth.has(key));
  tellApart({ ...from, terms }, (term, key) => isWhole(from, term) && !inBoth.has(key));
  into.first = Math.min(into.first, from.first);
  into.last = Math.max(into.last, from.last);
  into.posts += from.posts;
  into.flagged += from.flagged;
  into.wordings += from.wordings;
  mergeAuthors(into.authors, from.authors, MOST_AUTHORS);
  mergeHours(into.hours, from.hours);
  for (const [id, wording] of Object.entries(from.variants)) into.variants[id] ??= copyWording(wording);
  for (const [source, time] of Object.entries(from.sources)) {
    into.sources[source] = Math.min(into.sources[source] ?? time, time);
  }
  for (const [region, [time, n]] of Object.entries(from.places)) {
    const [first, before] = into.places[region] ?? [time, 0];
    into.places[region] = [Math.min(first, time), before + n];
  }
  for (const [key, n] of Object.entries(from.tags)) count(into.tags, key, n);
  for (const [key, n] of Object.entries(from.hosts)) count(into.hosts, key, n);
  for (const [key, term] of Object.entries(terms)) {
    const own = into.terms[key];
    if (own === undefined) {
      into.terms[key] = term;
      continue;
    }
    own.n += term.n;
    own.place += term.place;
    if (term.flagged === true) own.flagged = true;
    if (term.shared === true) own.shared = true;
    if (own.shared === true) delete own.said;
    const { said = [] } = term;
    for (let i = 0; i < said.length; i += 2) say(own, said[i]!, said[i + 1]!, known);
  }
  delete into.whole;
  shareWhole(into, known);
}

export function mergeHours(
  into: Record<string, [number, number]>,
  from: Readonly<Record<string, readonly [number, number]>>,
): void {
  for (const [hour, [posts, flagged]] of Object.entries(from)) {
    const [before, flaggedBefore] = into[hour] ?? [0, 0];
    into[hour] = [before + posts, flaggedBefore + flagged];
  }
}

function hoursOf(facts: StoryFacts): Map<number, number> {
  return new Map(Object.entries(facts.hours).map(([hour, [posts]]) => [Number(hour), posts]));
}

/** ISO 8601 UTC of an hour since the epoch. */
export function hourText(hour: number): string {
  const ofDay = hour % 24;
  return `${dayText(hour - ofDay)}${ofDay < 10 ? '0' : ''}${ofDay}:00:00.000Z`;
}

/** Pages write thousands of hours, most of them of the same days. */
const dayTexts = new Map<number, string>();
const MOST_DAY_TEXTS = 1_000;

function dayText(hour: number): string {
  let text = dayTexts.get(hour);
  if (text === undefined) {
    text = new Date(hour * 3_600_000).toISOString().slice(0, 'YYYY-MM-DDT'.length);
    if (dayTexts.size === MOST_DAY_TEXTS) dayTexts.clear();
    dayTexts.set(hour, text);
  }
  return text;
}

/** How fast the story is now, 0..1, for the order of the queue. */
export function speedFrom(facts: StoryFacts, now: number, counted?: Counted): number {
  const hours = hoursOf(facts);
  return speedOf(hours, burstsOf(hours, counted), now);
}
