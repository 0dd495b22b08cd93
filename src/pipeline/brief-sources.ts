/** How sources were covered in a span. */
import type { BriefSource } from '../core/brief.js';
import type { TimeSpan } from '../core/trends.js';
import type { BriefPorts } from './gather-brief.js';
import { quietness } from './source-habit.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long the store keeps what came of sources by the hour (source-habit.ts looks back as far). */
const SOURCE_HOURS_MS = 35 * DAY_MS;

/** How each source was covered; undefined where the span is so long ago that this was forgotten. */
export function coverageOf(
  ports: Pick<BriefPorts, 'sources'>,
  span: TimeSpan,
  now: number,
): readonly BriefSource[] | undefined {
  const end = Math.min(now, Date.parse(span.to));
  if (end < now - SOURCE_HOURS_MS) return undefined;
  const [first, last] = [Math.floor(Date.parse(span.from) / HOUR_MS), Math.floor(end / HOUR_MS)];
  return ports.sources().map(({ source, facts }): BriefSource => {
    const hours = facts.hours.filter(({ hour }) => hour >= first && hour < last);
    const watched = hours.filter(({ watched: is, posts }) => is || posts > 0);
    let silent = 0;
    let longest = 0;
    for (const { posts } of watched) {
      silent = posts > 0 ? 0 : silent + 1;
      longest = Math.max(longest, silent);
    }
    const isQuiet =
      quietness(
        facts.hours.filter(({ hour }) => hour < last),
        end,
      )?.quiet === true;
    const isPaused = facts.pausedAt !== undefined && Date.parse(facts.pausedAt) < end;
    return {
      name: source,
      state: isPaused ? 'paused' : watched.length === 0 ? 'unread' : isQuiet ? 'quiet' : 'well',
      posts: hours.reduce((sum, { posts }) => sum + posts, 0),
      watchedHours: watched.length,
      hours: Math.max(0, last - first),
      silentHours: longest,
      gaps: facts.gaps.filter(({ to, from }) => to >= span.from && (from ?? to) < span.to).length,
    };
  });
}
