import { LEVELS, type Level } from '../core/assessment.js';
import type { Reach } from '../core/post.js';

/** What the order of the queue follows from. */
export interface PriorityFacts {
  readonly level: Level;
  /** {@link Assessment.score}, 0..1. */
  readonly confidence: number;
  readonly reach?: Reach;
  /** How fast its narrative grows, 0 (none, or fading) to 1 (bursting). */
  readonly speed: number;
  /** How much the watched topics that it is on weigh, 0 to 1 (core/watch.ts). */
  readonly watched: number;
  /** ms since the epoch, when it was posted; not later than it landed. */
  readonly at: number;
}

/** A level is worth more than everything else together. */
const LEVEL_STEP = 1_000_000_000;
/** Full confidence is worth as much as being a day younger; a minute is 1. */
const CONFIDENCE_MINUTES = 1_440;
/** Ten million views are worth as much as being half a day younger. */
const REACH_MINUTES = 720;
/** A bursting narrative is worth as much as being two days younger. */
const SPEED_MINUTES = 2_880;
/** A topic that is fully watched is worth as much as being half a day younger. */
const WATCHED_MINUTES = 720;
const REACH_FULL = 7;
const MINUTE_MS = 60_000;
const EPOCH = Date.UTC(2020, 0, 1);
/** Two centuries; together with the rest far below {@link LEVEL_STEP}. */
const MOST_MINUTES = 105_000_000;

/**
 * The place in the queue, a whole number; higher comes first, and equal ones in the order of arrival, newest first:
 *
 *   level x 10^9 + minutes from 2020-01-01 to the post + 1440 confidence + 720 reach + 2880 speed + 720 watched
 *
 * where reach is log10(1 + likes + 2 replies + 3 reposts + views / 10) / 7, at most 1. It never falls when level,
 * confidence, a count of reach, speed or a topic's weight rises, or the post is younger. Age stands in it as the time of the post, so that the order does
 * not change by mere waiting and the number can be stored; only a narrative's changed speed asks for a new one.
 * A level is a range of numbers ({@link levelRange}).
 */
export function priorityOf({ level, confidence, reach, speed, watched, at }: PriorityFacts): number {
  const minutes = Number.isFinite(at) ? (at - EPOCH) / MINUTE_MS : 0;
  return (
    LEVELS.indexOf(level) * LEVEL_STEP +
    Math.floor(
      within(minutes, MOST_MINUTES) +
        CONFIDENCE_MINUTES * within(confidence, 1) +
        REACH_MINUTES * reachOf(reach) +
        SPEED_MINUTES * within(speed, 1) +
        WATCHED_MINUTES * within(watched, 1),
    )
  );
}

/** Priorities of a level: `from` <= priority < `to`. */
export function levelRange(level: Level): { readonly from: number; readonly to: number } {
  const from = LEVELS.indexOf(level) * LEVEL_STEP;
  return { from, to: from + LEVEL_STEP };
}

function reachOf(reach: Reach | undefined): number {
  if (reach === undefined) return 0;
  const { likes = 0, replies = 0, reposts = 0, views = 0 } = reach;
  const most = Number.MAX_SAFE_INTEGER;
  const weighed =
    within(likes, most) + 2 * within(replies, most) + 3 * within(reposts, most) + within(views, most) / 10;
  return within(Math.log10(1 + weighed) / REACH_FULL, 1);
}

/** 0 where it is no number; else no less than 0 and no more than `most`. */
function within(value: number, most: number): number {
  return value > 0 ? Math.min(value, most) : 0;
}
