/** Bursts and lives from hourly counts. Hours are counted since the epoch. */
import type { Life } from '../core/narrative.js';
import { chanceOfMore, USUAL_SIZE } from './habit.js';

/** Posts by hour; hours without any are absent. */
export type Hours = ReadonlyMap<number, number>;

/** What was collected at all, so that silence before a burst is told from not having looked. */
export interface Counted {
  /** The first hour in which anything was collected. */
  readonly from: number;
  /** Posts of everything in an hour. */
  posts(hour: number): number;
  /** {@link volumeBefore}, where it is worked out once for many stories. */
  volume?(hour: number): number;
}

export interface HourBurst {
  /** First hour and last, both in it. */
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly p: number;
}

/** Chance that habit alone gives so much, from which an hour is a burst: one in a hundred thousand narrative hours. */
const ALARM = 1e-5;
/** The same in the first day of collecting, when hardly anything is known of habits. */
const YOUNG_ALARM = 1e-6;
/** Posts that a burst has at least, in one hour or two. */
const LEAST_SIZE = 5;
/** Posts an hour that any narrative may have without a word being said of it: so many, and such a share of everything. */
const HABIT = 0.1;
const HABIT_SHARE = 0.0005;
const DAYS = 7;
const DAY = 24;
/** Before so many hours of collecting are over, nothing is a burst: it may have been there all along. */
const COLD_HOURS = 3;
/** Less than so many times what is usual is never so unlikely as {@link ALARM}, however small the numbers. */
const NEVER_BELOW = 5;
/** Hours without a burst that end one. */
const QUIET = 3;

/**
 * Bursts of a series, oldest first: hours, and pairs of hours, with far more posts than the same hours of earlier days
 * and the day before had. What comes later does not matter to an hour, so a burst once told stays.
 * @param counted absent where it is not known what was collected: then it was, at all times
 */
export function burstsOf(hours: Hours, counted?: Counted): HourBurst[] {
  const bursts: HourBurst[] = [];
  const known = [...hours.keys()].sort((a, b) => a - b);
  const series = seriesOf(hours, known);
  for (const hour of known) {
    const now = postsAt(series, hour);
    const before = postsAt(series, hour - 1);
    if (now + before < LEAST_SIZE) continue;
    const mean = habitOf(series, hour, counted);
    if (mean === undefined || (now < NEVER_BELOW * mean && now + before < 2 * NEVER_BELOW * mean)) continue;
    const alone = now >= LEAST_SIZE ? chanceOfMore(now, { mean, size: USUAL_SIZE }) : 1;
    const pair = chanceOfMore(now + before, { mean: 2 * mean, size: USUAL_SIZE });
    const p = Math.min(alone, pair);
    const isYoung = counted !== undefined && hour - counted.from < DAY;
    if (p >= (isYoung ? YOUNG_ALARM : ALARM)) continue;
    const last = bursts.at(-1);
    if (last !== undefined && hour - last.to <= QUIET) {
      bursts[bursts.length - 1] = {
        ...last,
        to: hour,
        size: sum(series, last.from, hour),
        p: Math.min(p, last.p),
      };
      continue;
    }
    const from = before > 0 && hour - 1 > (last?.to ?? -1) ? hour - 1 : hour;
    bursts.push({ from, to: hour, size: sum(series, from, hour), p });
  }
  return bursts;
}

/** Posts of hours one after another; a story of hours that are far apart is left as it is. */
interface Series {
  readonly first: number;
  readonly posts: Float64Array | Hours;
}

/** Hours from the first to the last that are laid out one after another. */
const MOST_LAID_OUT = 10_000;

function seriesOf(hours: Hours, known: readonly number[]): Series {
  const [first = 0] = known;
  const length = (known.at(-1) ?? 0) - first + 1;
  if (length > MOST_LAID_OUT) return { first, posts: hours };
  const posts = new Float64Array(length);
  for (const [hour, n] of hours) posts[hour - first] = n;
  return { first, posts };
}

function postsAt({ first, posts }: Series, hour: number): number {
  return (posts instanceof Float64Array ? posts[hour - first] : posts.get(hour)) ?? 0;
}

/**
 * Posts that an hour has by habit: the median over earlier days of its life of the same hour with its neighbours, or that
 * of the hours of the day before, whichever is more; undefined where too little was collected before it to tell.
 */
function habitOf(series: Series, hour: number, counted: Counted | undefined): number | undefined {
  const isKnown = (at: number): boolean => counted === undefined || counted.posts(at) > 0;
  let days = 0;
  for (let day = 1; day <= DAYS; day++) {
    const same = hour - day * DAY;
    if (same + 1 < series.first) break;
    // Of a day on which nothing was collected nothing is known.
    if (isKnown(same - 1) || isKnown(same) || isKnown(same + 1)) {
      ofDays[days++] = sum(series, same - 1, same + 1) / 3;
    }
  }
  let recent = 0;
  for (let back = 2; back <= DAY; back++) {
    if (isKnown(hour - back)) ofRecent[recent++] = postsAt(series, hour - back);
  }
  if (recent + 1 < COLD_HOURS && days === 0) return undefined;
  const volume = counted === undefined ? 0 : (counted.volume?.(hour) ?? volumeBefore(counted, hour));
  return Math.max(HABIT, HABIT_SHARE * volume, middleOf(ofDays, days), middleOf(ofRecent, recent));
}

const ofDays = new Float64Array(DAYS);
const ofRecent = new Float64Array(DAY);
const ofVolume = new Float64Array(DAY);

/** Median of posts of everything in the hours of the day before an hour, of those in which anything was collected. */
export function volumeBefore(counted: Pick<Counted, 'posts'>, hour: number): number {
  let known = 0;
  for (let back = 2; back <= DAY; back++) {
    const posts = counted.posts(hour - back);
    if (posts > 0) ofVolume[known++] = posts;
  }
  return middleOf(ofVolume, known);
}

/** Median of the first so many, which are put in order; 0 of none. */
function middleOf(values: Float64Array, count: number): number {
  if (count === 0) return 0;
  const some = values.subarray(0, count).sort();
  const middle = count >> 1;
  return count % 2 === 1 ? some[middle]! : (some[middle - 1]! + some[middle]!) / 2;
}

function sum(series: Series, from: number, to: number): number {
  let posts = 0;
  for (let hour = from; hour <= to; hour++) posts += postsAt(series, hour);
  return posts;
}

const SPAN = 6;

function sumOf(hours: Hours, from: number, to: number): number {
  let posts = 0;
  for (let hour = from; hour <= to; hour++) posts += hours.get(hour) ?? 0;
  return posts;
}

/** The latest hours, of which the last may be hardly begun; and how many posts those before must have to be set against. */
const RECENT = 3;
const LEAST_BEFORE = 6;

/**
 * Where a series is in its life at the end of `now`. Six hours say where it goes; three say that it has gone: what has
 * less than half of what it had right before does not rise, and what has less than a quarter fades.
 */
export function lifeOf(hours: Hours, now: number): Life {
  let first = now;
  let peak = 0;
  for (const hour of hours.keys()) {
    if (hour > now) continue;
    first = Math.min(first, hour);
    peak = Math.max(peak, sumOf(hours, hour - SPAN + 1, hour));
  }
  const latest = sumOf(hours, now - SPAN + 1, now);
  const before = sumOf(hours, now - 2 * SPAN + 1, now - SPAN);
  if (latest === 0) return 'fading';
  const recent = sumOf(hours, now - RECENT + 1, now);
  const justBefore = latest - recent;
  if (justBefore >= LEAST_BEFORE && recent < justBefore / 4) return 'fading';
  if (now - first < SPAN) return 'emerging';
  const ebbs = justBefore >= LEAST_BEFORE && recent < justBefore / 2;
  if (latest > 1.25 * before && latest >= 3 && !ebbs) return 'rising';
  return latest >= peak / 2 ? 'peaking' : 'fading';
}

/** 0..1 for the order of the queue: how much of its largest six hours a narrative that bursts has now. */
export function speedOf(hours: Hours, bursts: readonly HourBurst[], now: number): number {
  const last = bursts.at(-1);
  if (last === undefined || now - last.to > SPAN) return 0;
  const latest = sumOf(hours, now - SPAN + 1, now);
  return Math.min(1, Math.log10(1 + latest) / 2);
}
