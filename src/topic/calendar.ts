import type { WatchTopic } from '../core/watch.js';

const DAY_MS = 86_400_000;
/** Midnight in Jakarta (WIB), seven hours before that of UTC; it has no summer time. */
const JAKARTA = '+07:00';

export type TopicState = 'active' | 'next' | 'over';

/** Whether a topic is active at a moment (ms since the epoch), before it or after it. */
export function stateOf({ from, to }: Pick<WatchTopic, 'from' | 'to'>, at: number): TopicState {
  if (at < from) return 'next';
  return at < to ? 'active' : 'over';
}

/**
 * From the begin of the first day to the end of the last, in Jakarta.
 *
 * @param days `YYYY-MM-DD`, both included
 */
export function spanOf(days: { readonly from: string; readonly to: string }): {
  readonly from: number;
  readonly to: number;
} {
  return {
    from: Date.parse(`${days.from}T00:00:00${JAKARTA}`),
    to: Date.parse(`${days.to}T00:00:00${JAKARTA}`) + DAY_MS,
  };
}

/** Active ones first, those that end soonest before others; then what comes, soonest first; then what is over, latest first. */
export function inTurn<T extends Pick<WatchTopic, 'id' | 'from' | 'to'>>(
  topics: readonly T[],
  at: number,
): readonly T[] {
  const order: Readonly<Record<TopicState, number>> = { active: 0, next: 1, over: 2 };
  return topics.toSorted((a, b) => {
    const [x, y] = [stateOf(a, at), stateOf(b, at)];
    if (x !== y) return order[x] - order[y];
    const by = x === 'active' ? a.to - b.to : x === 'next' ? a.from - b.from : b.to - a.to;
    return by || (a.id < b.id ? -1 : 1);
  });
}

/** Topics with dates of their own: one that is watched for half a year and more is no date to be marked. */
export function dated<T extends Pick<WatchTopic, 'from' | 'to'>>(topics: readonly T[]): readonly T[] {
  return topics.filter(({ from, to }) => to - from <= 183 * DAY_MS);
}
