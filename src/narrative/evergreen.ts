import { CLAIM_TERM } from '../core/print.js';
import type { StoryFacts } from './facts.js';
import type { HourBurst } from './trend.js';

/** Fewer posts, or a shorter time, tell nothing yet. */
const LEAST_POSTS = 8;
const LEAST_HOURS = 72;
/** Share of the posts in the busiest day of a story: what anybody says at any time has no such day. */
const BUSIEST_DAY = 0.5;
const DAY = 24;

/**
 * True of what is said at all times and of which nothing was ever flagged: a verse, a proverb, a shop's cry. It is no
 * story that spreads, whoever joined it.
 * @param bursts asked for only where all else says so
 */
export function isEvergreen(
  facts: Pick<StoryFacts, 'posts' | 'flagged' | 'first' | 'last' | 'hours'> & {
    readonly terms: Readonly<Record<string, unknown>>;
  },
  bursts: () => readonly HourBurst[],
): boolean {
  const { posts, flagged, first, last } = facts;
  if (posts < LEAST_POSTS || flagged > 0 || (last - first) / 3600 < LEAST_HOURS) return false;
  if (Object.keys(facts.terms).some((key) => (Number(key) & 3) === CLAIM_TERM)) return false;
  return busiestDay(facts.hours) < posts * BUSIEST_DAY && bursts().length === 0;
}

function busiestDay(byHour: StoryFacts['hours']): number {
  const hours = Object.entries(byHour)
    .map(([hour, [n]]) => ({ hour: Number(hour), n }))
    .sort((a, b) => a.hour - b.hour);
  let [most, sum, from] = [0, 0, 0];
  for (const { hour, n } of hours) {
    sum += n;
    for (; hours[from]!.hour <= hour - DAY; from++) sum -= hours[from]!.n;
    most = Math.max(most, sum);
  }
  return most;
}
