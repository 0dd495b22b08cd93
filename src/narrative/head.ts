/** What lists show of a story, taken out of all that is known of it: small enough that hundreds are read for a page. */
import type { Narrative } from '../core/narrative.js';
import { CLAIM_TERM } from '../core/print.js';
import { countAuthors } from './authors.js';
import { isEvergreen } from './evergreen.js';
import { hourText, MOST_AUTHORS, type StoryFacts } from './facts.js';
import { LEAST_SHARE, titleOf } from './title.js';
import { burstsOf, type Counted, type HourBurst, lifeOf } from './trend.js';

/** As kept, JSON: all of it follows from the facts. */
export interface StoryHead
  extends Pick<StoryFacts, 'first' | 'last' | 'posts' | 'flagged' | 'hours' | 'wordings' | 'coordination'> {
  /** Distinct authors. */
  readonly authors: number;
  /** Regions that its posts are of, as core/region.ts numbers them; 0 is unknown. */
  readonly places: readonly number[];
  /** Those that a title may be made of, and fact-checks. */
  readonly terms: Readonly<
    Record<string, { readonly n: number; readonly place: number; readonly nats: number }>
  >;
}

export function headOf(facts: StoryFacts): StoryHead {
  const { first, last, posts, flagged, hours, wordings, coordination } = facts;
  const terms: Record<string, { n: number; place: number; nats: number }> = {};
  for (const [key, { n, place, nats }] of Object.entries(facts.terms)) {
    if (n / posts >= LEAST_SHARE || isClaim(key)) terms[key] = { n, place, nats };
  }
  const authors = countAuthors(facts.authors, MOST_AUTHORS);
  const places = Object.keys(facts.places).map(Number);
  return { first, last, posts, flagged, hours, wordings, coordination, authors, places, terms };
}

/** What is shown of a story. */
export interface Shown {
  readonly narrative: Narrative;
  /** True of what is no story, though many posts have it in common (evergreen.ts). */
  readonly isFormula: boolean;
}

/**
 * What is shown of a story, as of the end of hour `now`.
 * @param words what may be told of its terms; @param counted since when, and when, anything was collected
 */
export function shownOf(
  id: string,
  head: StoryHead,
  words: ReadonlyMap<number, string>,
  now: number,
  counted?: Counted,
): Shown {
  const hours = new Map(Object.entries(head.hours).map(([hour, [posts]]) => [Number(hour), posts]));
  const bursts: readonly HourBurst[] = burstsOf(hours, counted);
  const title = titleOf(
    Object.entries(head.terms).flatMap(([key, { n, place, nats }]) => {
      const text = words.get(Number(key));
      return text === undefined ? [] : [{ term: text, share: n / head.posts, nats, place: place / n }];
    }),
  );
  const narrative: Narrative = {
    id,
    title,
    life: lifeOf(hours, now),
    firstSeen: new Date(head.first * 1000).toISOString(),
    lastSeen: new Date(head.last * 1000).toISOString(),
    posts: head.posts,
    flagged: head.flagged,
    authors: Math.min(head.posts, head.authors),
    variants: head.wordings,
    bursts: bursts.map(({ from, size, p }) => ({ at: hourText(from), size, p })),
    coordination: head.coordination,
  };
  return { narrative, isFormula: isEvergreen(head, bursts) };
}

/** Fact-checks that posts of the story match, most posts first, as far as their ids may be told. */
export function claimsOf(
  terms: StoryHead['terms'],
  words: ReadonlyMap<number, string>,
): readonly { readonly id: string; readonly posts: number }[] {
  return Object.entries(terms)
    .filter(([key]) => isClaim(key))
    .map(([key, { n, nats }]) => ({
      key: Number(key),
      n,
      worth: n * nats,
      text: words.get(Number(key)) ?? '',
    }))
    .filter(({ text }) => text !== '')
    .sort((a, b) => b.worth - a.worth || a.key - b.key)
    .map(({ text, n }) => ({ id: text.slice(1), posts: n }));
}

function isClaim(key: string): boolean {
  return (Number(key) & 3) === CLAIM_TERM;
}
