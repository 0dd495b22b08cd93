/** What lists show of a story, taken out of all that is known of it: small enough that hundreds are read for a page. */
import type { Life, Narrative } from '../core/narrative.js';
import { CLAIM_TERM } from '../core/print.js';
import { countAuthors } from './authors.js';
import { isEvergreen } from './evergreen.js';
import { hourText, MOST_AUTHORS, type StoryFacts } from './facts.js';
import { LEAST_SHARE, type TitleTerm, titleOf } from './title.js';
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

/** What is shown of a story, each part worked out when it is first asked for: lists look at more stories than they show. */
export interface Sketch {
  readonly id: string;
  readonly head: StoryHead;
  /** What may be told of its terms. */
  words(): ReadonlyMap<number, string>;
  title(): string;
  life(): Life;
  bursts(): readonly HourBurst[];
  /** True of what is no story, though many posts have it in common (evergreen.ts). */
  isFormula(): boolean;
  narrative(): Narrative;
}

/** What a story is shown by. */
export interface ShownBy {
  words(): ReadonlyMap<number, string>;
  /** What a person called it. */
  readonly title: string | undefined;
  /** It is shown as of the end of this hour. */
  readonly now: number;
  /** Since when, and when, anything was collected. */
  counted(): Counted | undefined;
}

export function sketchOf(id: string, head: StoryHead, { now, title: given, ...by }: ShownBy): Sketch {
  const words = once(by.words);
  const hours = once(
    () => new Map(Object.entries(head.hours).map(([hour, [posts]]) => [Number(hour), posts])),
  );
  const bursts = once((): readonly HourBurst[] => burstsOf(hours(), by.counted()));
  const title = once(() => given ?? titleOf(titleTerms(head, words())));
  const life = (): Life => lifeOf(hours(), now);
  return {
    id,
    head,
    words,
    title,
    life,
    bursts,
    isFormula: () => isEvergreen(head, bursts),
    narrative: () => ({
      id,
      title: title(),
      life: life(),
      firstSeen: timeText(head.first),
      lastSeen: timeText(head.last),
      posts: head.posts,
      flagged: head.flagged,
      authors: Math.min(head.posts, head.authors),
      variants: head.wordings,
      bursts: bursts().map(({ from, size, p }) => ({ at: hourText(from), size, p })),
      coordination: head.coordination,
    }),
  };
}

function titleTerms({ terms, posts }: StoryHead, words: ReadonlyMap<number, string>): TitleTerm[] {
  const known: TitleTerm[] = [];
  for (const key in terms) {
    const { n, place, nats } = terms[key]!;
    const term = words.get(Number(key));
    if (term !== undefined) known.push({ term, share: n / posts, nats, place: place / n });
  }
  return known;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/**
 * Fact-checks that posts of the story match, most posts first, as far as their ids may be told.
 * @param words asked for only where there are any
 */
export function claimsOf(
  terms: StoryHead['terms'],
  words: () => ReadonlyMap<number, string>,
): readonly { readonly id: string; readonly posts: number }[] {
  const claims = Object.keys(terms).filter(isClaim);
  if (claims.length === 0) return [];
  return claims
    .map((key) => {
      const { n, nats } = terms[key]!;
      return { key: Number(key), n, worth: n * nats, text: words().get(Number(key)) ?? '' };
    })
    .filter(({ text }) => text !== '')
    .sort((a, b) => b.worth - a.worth || a.key - b.key)
    .map(({ text, n }) => ({ id: text.slice(1), posts: n }));
}

function isClaim(key: string): boolean {
  return (Number(key) & 3) === CLAIM_TERM;
}
