/**
 * What a source's own past says of its present: whether it has gone quiet, and whether Ronda was away from it for
 * longer than usual. Pure: hours and times come in.
 */
import type { SourceHour } from '../core/source.js';

/** Days of habit before anything is said. */
const LEAST_DAYS = 7;
/** Hours with posts before anything is said. */
const LEAST_ACTIVE_HOURS = 20;
/** Days looked back at from the last post. */
const HABIT_DAYS = 28;
/** Silence is an alarm below this chance. */
const LEAST_CHANCE = 0.001;
/** Silence must outlast all but so many of the source's own pauses: two outages in the past hide no third. */
const PAUSES_FORGIVEN = 2;
/** With fewer days of habit none is forgiven: a weekly rest has been seen too seldom to tell it from an outage. */
const FORGIVING_DAYS = 21;

const HOUR_MS = 3_600_000;

/** How quiet a source is, in whole hours. */
export interface Quiet {
  readonly quiet: boolean;
  /** Watched hours without a post since the last one, the present hour not counted. */
  readonly silentHours: number;
  /** The pause that its habit knows. */
  readonly usualPauseHours: number;
  /** Chance of so long a silence, by how often each hour of the day had posts; 0..1. */
  readonly chance: number;
}

/**
 * Judges the silence since a source's last post by its own habit; undefined where there is no habit yet (less than
 * {@link LEAST_DAYS} days or {@link LEAST_ACTIVE_HOURS} hours with posts).
 *
 * Hours count as with or without posts, so that one busy day does not raise what is expected. For each hour of the day
 * the habit gives the share of watched days that had posts in it; the chance of the silence is the product over its
 * hours of having none. As posts come in bursts and rests, that alone would cry too soon: the silence must also be
 * longer than all but {@link PAUSES_FORGIVEN} of the pauses in the habit. Hours in which Ronda did not watch say nothing.
 *
 * @param hours by hour, oldest first
 * @param now ms since the epoch
 */
export function quietness(hours: readonly SourceHour[], now: number): Quiet | undefined {
  const active = hours.filter(({ posts }) => posts > 0).map(({ hour }) => hour);
  const last = active.at(-1);
  if (last === undefined) return undefined;
  const from = last - HABIT_DAYS * 24;
  const habit = hours.filter(
    ({ hour, watched, posts }) => hour > from && hour <= last && (watched || posts > 0),
  );
  const activeHabit = active.filter((hour) => hour > from);
  const first = habit[0]?.hour ?? last;
  if (last - first < LEAST_DAYS * 24 || activeHabit.length < LEAST_ACTIVE_HOURS) return undefined;

  const shares = activeShares(habit);
  const present = Math.floor(now / HOUR_MS);
  const silence = hours.filter(({ hour, watched }) => watched && hour > last && hour < present);
  const chance = silence.reduce((product, { hour }) => product * (1 - (shares[hour % 24] ?? 0)), 1);
  const forgiven = last - first < FORGIVING_DAYS * 24 ? 0 : PAUSES_FORGIVEN;
  const usualPauseHours = usualPause(habit, forgiven);
  const silentHours = silence.length;
  return {
    quiet: chance < LEAST_CHANCE && silentHours > usualPauseHours,
    silentHours,
    usualPauseHours,
    chance,
  };
}

/** For each hour of the day (UTC) the share of watched days with posts, drawn a little towards the middle. */
function activeShares(habit: readonly SourceHour[]): number[] {
  const watched = new Array<number>(24).fill(0);
  const active = new Array<number>(24).fill(0);
  for (const { hour, posts } of habit) {
    watched[hour % 24]! += 1;
    if (posts > 0) active[hour % 24]! += 1;
  }
  // An hour of the day that was never watched says nothing.
  return watched.map((days, hour) => (days === 0 ? 0 : (active[hour]! + 0.5) / (days + 1)));
}

/** The longest pause between hours with posts but for those forgiven, in watched hours without a post. */
function usualPause(habit: readonly SourceHour[], forgiven: number): number {
  const pauses: number[] = [];
  let pause = 0;
  for (const { posts } of habit) {
    if (posts === 0) pause += 1;
    else {
      pauses.push(pause);
      pause = 0;
    }
  }
  pauses.sort((a, b) => b - a);
  return pauses[forgiven] ?? 0;
}

/** Posts that the source usually brings in this hour of the day: the median over the habit's watched days. */
export function usualPosts(hours: readonly SourceHour[], now: number): number | undefined {
  const present = Math.floor(now / HOUR_MS);
  const counts = hours
    .filter(
      ({ hour, watched, posts }) =>
        hour < present &&
        hour >= present - HABIT_DAYS * 24 &&
        (watched || posts > 0) &&
        hour % 24 === present % 24,
    )
    .map(({ posts }) => posts)
    .sort((a, b) => a - b);
  if (counts.length < LEAST_DAYS) return undefined;
  const middle = counts.length >> 1;
  return counts.length % 2 === 1 ? counts[middle] : ((counts[middle - 1] ?? 0) + (counts[middle] ?? 0)) / 2;
}

/** Without a schedule or a habit, being away for a day is a gap. */
const AWAY_MS = 24 * HOUR_MS;
/** Times due that may go by, the present one counted: one or two may fall into a restart. */
const DUE_MISSED = 3;
/** No gap is shorter: a schedule of seconds must not make every restart one. */
const LEAST_AWAY_MS = 10 * 60_000;

/**
 * Since when Ronda was away from a source for longer than it should, undefined where it was not: more than
 * {@link DUE_MISSED} times due went by, or, where it has no schedule, longer than a day and than three of its usual
 * rests between readings.
 *
 * @param lastSucceededAt ms since the epoch; undefined for a source that was never read, which has missed nothing
 * @param due the next time due after a time (ms), undefined when never again; absent for a source without a schedule
 */
export function awaySince(
  lastSucceededAt: number | undefined,
  now: number,
  hours: readonly SourceHour[],
  due?: (after: number) => number | undefined,
): number | undefined {
  if (lastSucceededAt === undefined || now - lastSucceededAt < LEAST_AWAY_MS) return undefined;
  if (due === undefined) {
    return now - lastSucceededAt > Math.max(AWAY_MS, 3 * usualRest(hours)) ? lastSucceededAt : undefined;
  }
  let time: number | undefined = lastSucceededAt;
  for (let missed = 0; missed <= DUE_MISSED; missed += 1) {
    time = due(time);
    if (time === undefined || time > now) return undefined;
  }
  return lastSucceededAt;
}

/** The median time between hours in which the source was read, ms. */
function usualRest(hours: readonly SourceHour[]): number {
  const read = hours.filter(({ watched }) => watched).map(({ hour }) => hour);
  const rests = read
    .slice(1)
    .map((hour, index) => hour - (read[index] ?? hour))
    .sort((a, b) => a - b);
  return (rests[rests.length >> 1] ?? 0) * HOUR_MS;
}
