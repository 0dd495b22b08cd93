/** Bursts and lives from hourly counts. Hours are counted since the epoch. */
import type { Life } from '../core/narrative.js';

/** Posts by hour; hours without any are absent. */
export type Hours = ReadonlyMap<number, number>;

export interface HourBurst {
  /** First hour and last, both in it. */
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly p: number;
}

/** Chance that habit alone gives so much, from which an hour is a burst: one in a hundred thousand narrative hours. */
export const ALARM = 1e-5;
/** Posts that a burst has at least, in one hour or two. */
const LEAST_SIZE = 5;
/** Posts an hour that any narrative may have without a word being said of it. */
const HABIT = 0.1;
/** How much hours differ beyond chance: the variance of a habit of m posts an hour is m + m² / SPREAD. */
const SPREAD = 2;
const DAYS = 7;
/** Hours without a burst that end one. */
const QUIET = 3;

/**
 * Bursts of a series, oldest first: hours, and pairs of hours, with far more posts than the same hours of earlier days
 * had. What comes later does not matter to an hour, so a burst once told stays.
 * @param size posts of an hour; the same as `hours` unless only some of them count
 */
export function burstsOf(hours: Hours): HourBurst[] {
  const bursts: HourBurst[] = [];
  const known = [...hours.keys()].sort((a, b) => a - b);
  const [first] = known;
  if (first === undefined) return bursts;
  for (const hour of known) {
    const now = hours.get(hour)!;
    const before = hours.get(hour - 1) ?? 0;
    const habit = habitOf(hours, hour, first);
    const alone = now >= LEAST_SIZE ? tail(now, habit) : 1;
    const pair = now + before >= LEAST_SIZE ? tail(now + before, 2 * habit) : 1;
    const p = Math.min(alone, pair);
    if (p >= ALARM) continue;
    const last = bursts.at(-1);
    if (last !== undefined && hour - last.to <= QUIET) {
      bursts[bursts.length - 1] = {
        ...last,
        to: hour,
        size: sum(hours, last.from, hour),
        p: Math.min(p, last.p),
      };
      continue;
    }
    const from = before > 0 && hour - 1 > (last?.to ?? -1) ? hour - 1 : hour;
    bursts.push({ from, to: hour, size: sum(hours, from, hour), p });
  }
  return bursts;
}

/** Posts that an hour has by habit: the median over earlier days of the same hour with its neighbours. */
function habitOf(hours: Hours, hour: number, first: number): number {
  const days: number[] = [];
  for (let day = 1; day <= DAYS; day++) {
    const same = hour - day * 24;
    if (same + 1 < first) break;
    days.push(sum(hours, same - 1, same + 1) / 3);
  }
  if (days.length === 0) return HABIT;
  days.sort((a, b) => a - b);
  const middle = days.length >> 1;
  const median = days.length % 2 === 1 ? days[middle]! : (days[middle - 1]! + days[middle]!) / 2;
  return Math.max(HABIT, median);
}

function sum(hours: Hours, from: number, to: number): number {
  let posts = 0;
  for (let hour = from; hour <= to; hour++) posts += hours.get(hour) ?? 0;
  return posts;
}

/** Chance of `n` or more where `mean` are expected: negative binomial, which is Poisson with a habit that varies. */
export function tail(n: number, mean: number): number {
  const q = mean / (mean + SPREAD);
  let term = (1 - q) ** SPREAD;
  let below = 0;
  for (let k = 0; k < n; k++) {
    below += term;
    term *= (q * (SPREAD + k)) / (k + 1);
  }
  if (below < 0.999) return 1 - below;
  // So far out the rest is summed itself: 1 - below would be nothing but rounding.
  let rest = 0;
  for (let k = n; term > rest * 1e-12 && k < n + 100_000; k++) {
    rest += term;
    term *= (q * (SPREAD + k)) / (k + 1);
  }
  return Math.max(rest, Number.MIN_VALUE);
}

const SPAN = 6;

/** Where a series is in its life at the end of `now`. */
export function lifeOf(hours: Hours, now: number): Life {
  let first = now;
  let peak = 0;
  for (const hour of hours.keys()) {
    if (hour > now) continue;
    first = Math.min(first, hour);
    peak = Math.max(peak, sum(hours, hour - SPAN + 1, hour));
  }
  const latest = sum(hours, now - SPAN + 1, now);
  const before = sum(hours, now - 2 * SPAN + 1, now - SPAN);
  if (latest === 0) return 'fading';
  if (now - first < SPAN) return 'emerging';
  if (latest > 1.25 * before && latest >= 3) return 'rising';
  return latest >= peak / 2 ? 'peaking' : 'fading';
}

/** 0..1 for the order of the queue: how much of its largest six hours a narrative that bursts has now. */
export function speedOf(hours: Hours, bursts: readonly HourBurst[], now: number): number {
  const last = bursts.at(-1);
  if (last === undefined || now - last.to > SPAN) return 0;
  const latest = sum(hours, now - SPAN + 1, now);
  return Math.min(1, Math.log10(1 + latest) / 2);
}
