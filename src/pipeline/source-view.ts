import type { Gap } from '../core/collector-ports.js';
import type { SourceFacts, SourceFault } from '../core/source.js';
import { nextRun } from './schedule.js';
import { type Quiet, quietness, usualPosts } from './source-habit.js';

/** A source as a person sees it. Times are ISO 8601 UTC. */
export interface SourceView {
  readonly name: string;
  readonly kind: string;
  /** What a person must know first. */
  readonly state: 'paused' | 'failing' | 'quiet' | 'never-read' | 'well';
  readonly pausedAt?: string;
  readonly schedule?: string;
  readonly nextRunAt?: string;
  readonly lastTriedAt?: string;
  readonly lastSucceededAt?: string;
  /** Until when the place asked to be left alone. */
  readonly notBefore?: string;
  /** Why the last attempt failed; absent where it did not. */
  readonly error?: { readonly kind: string; readonly message: string };
  /** Posts collected in the present hour, which is not over, and in the whole one before. */
  readonly postsThisHour: number;
  readonly postsLastHour: number;
  /** Median of posts in this hour of the day; absent until a week is known. */
  readonly usualPosts?: number;
  readonly newestPostAt?: string;
  /** How old its newest post is. */
  readonly lagSeconds?: number;
  /** Absent until there is a habit. */
  readonly quiet?: Quiet;
  readonly faults: readonly SourceFault[];
  readonly gaps: readonly Gap[];
}

const HOUR_MS = 3_600_000;

/** What the store knows of a source, with what follows from it at `now` (ms since the epoch). */
export function viewSource(
  source: { readonly name: string; readonly kind: string; readonly schedule?: string },
  facts: SourceFacts,
  zone: string,
  now: number,
): SourceView {
  const { status, newestPostAt, pausedAt, hours, faults, gaps } = facts;
  const alone = status?.notBefore === undefined ? now : Date.parse(status.notBefore);
  const due = source.schedule === undefined ? undefined : nextRun(source.schedule, zone, now);
  // A place that asked for patience is read when it is over, whatever the schedule says.
  const next = alone > now ? alone : due;
  const quiet = quietness(hours, now);
  const usual = usualPosts(hours, now);
  const present = Math.floor(now / HOUR_MS);
  const postsIn = (sought: number): number => hours.find(({ hour }) => hour === sought)?.posts ?? 0;
  return {
    ...source,
    state:
      pausedAt !== undefined
        ? 'paused'
        : status?.error !== undefined
          ? 'failing'
          : status?.lastSucceededAt === undefined
            ? 'never-read'
            : quiet?.quiet === true
              ? 'quiet'
              : 'well',
    postsThisHour: postsIn(present),
    postsLastHour: postsIn(present - 1),
    faults,
    gaps,
    ...status,
    ...(pausedAt === undefined ? {} : { pausedAt }),
    ...(next === undefined || pausedAt !== undefined ? {} : { nextRunAt: new Date(next).toISOString() }),
    ...(usual === undefined ? {} : { usualPosts: usual }),
    ...(quiet === undefined ? {} : { quiet }),
    ...(newestPostAt === undefined
      ? {}
      : { newestPostAt, lagSeconds: Math.max(0, Math.round((now - Date.parse(newestPostAt)) / 1_000)) }),
  };
}
