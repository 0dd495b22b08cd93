import type { Coordination } from '../core/narrative.js';

/** What is known of a narrative's posts, of each the same position: no author is told apart from outside. */
export interface Spread {
  /** Seconds since the epoch. */
  readonly at: readonly number[];
  /** Hashes; 0 where the author is not known. */
  readonly authors: readonly number[];
  /** Wordings; posts of one are copies. */
  readonly wordings: readonly number[];
  /** Hash of the first link; 0 where there is none. */
  readonly links: readonly number[];
}

const LEAST_POSTS = 10;
/** Share of posts whose author must be known. */
const LEAST_KNOWN = 0.8;

/**
 * How coordinated a narrative looks. Signs are told with their figures and never as a verdict: news that breaks is
 * copied fast as well. Too few posts, or authors that are not known, cannot be told.
 */
export function coordinationOf({ at, authors, wordings, links }: Spread): Coordination {
  const posts = at.length;
  if (posts < LEAST_POSTS) return { is: 'cannot-tell', reason: 'too-few-posts' };
  const known = authors.filter((author) => author !== 0);
  if (known.length < posts * LEAST_KNOWN) return { is: 'cannot-tell', reason: 'authors-unknown' };
  const byAuthor = [...countsOf(known).values()].sort((a, b) => b - a);
  const tenth = byAuthor.slice(0, Math.ceil(byAuthor.length / 10));
  const copies = 1 - countsOf(wordings).size / posts;
  const halfWithinMinutes = shortestHalf(at) / 60;
  const busiestTenth = tenth.reduce((a, b) => a + b, 0) / known.length;
  const authorsPerPost = byAuthor.length / known.length;
  const sharedLink = Math.max(0, ...countsOf(links.filter((link) => link !== 0)).values()) / posts;
  const marks = [
    copies >= 0.8,
    halfWithinMinutes <= 15,
    busiestTenth >= 0.5,
    authorsPerPost <= 0.4,
    sharedLink >= 0.7,
  ].filter(Boolean).length;
  const signs = marks === 0 ? 'none' : marks < 3 ? 'some' : 'many';
  return { is: 'measured', copies, halfWithinMinutes, busiestTenth, authorsPerPost, sharedLink, signs };
}

function countsOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Seconds of the shortest stretch that holds half of the times. */
function shortestHalf(at: readonly number[]): number {
  const times = [...at].sort((a, b) => a - b);
  const half = Math.ceil(times.length / 2);
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i + half <= times.length; i++) {
    shortest = Math.min(shortest, times[i + half - 1]! - times[i]!);
  }
  return shortest;
}
