import type { HourCount } from '../core/trends.js';
import { ZONE_HOURS, type Zone } from '../core/user.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A stretch of a series; without counts where nothing is known of it. */
export interface SeriesSlot {
  /** ms since the epoch, its begin. */
  readonly at: number;
  readonly posts?: number;
  readonly flagged?: number;
  /** It is not over yet: fewer posts say nothing. */
  readonly underWay?: true;
}

export interface SeriesSpan {
  /** ms since the epoch; moved to the begin of its hour or day. */
  readonly from: number;
  /** Not included. */
  readonly to: number;
  readonly step: 'hour' | 'day';
  /** Whose midnights days begin at. */
  readonly zone: Zone;
  /** Before this nothing was counted: those stretches are gaps, not noughts. ms */
  readonly knownFrom?: number;
  /** From this on nothing is known yet. ms */
  readonly knownTo?: number;
  /** The stretch that it falls in is under way. ms */
  readonly now?: number;
}

/** Most stretches of a series: a year of hours. */
const MOST_SLOTS = 8_784;

/** The begin of the hour or of the zone's day that a time is in, ms. */
export function slotStart(time: number, step: 'hour' | 'day', zone: Zone): number {
  if (step === 'hour') return Math.floor(time / HOUR_MS) * HOUR_MS;
  const shift = ZONE_HOURS[zone] * HOUR_MS;
  return Math.floor((time + shift) / DAY_MS) * DAY_MS - shift;
}

/** Counts by hour as a whole series, by hour or by the zone's days: hours that are left out are nought, unknown ones gaps. */
export function seriesOf(
  hours: readonly HourCount[],
  { from, to, step, zone, knownFrom, knownTo, now }: SeriesSpan,
): readonly SeriesSlot[] {
  const sums = new Map<number, { posts: number; flagged: number }>();
  for (const { hour, posts, flagged } of hours) {
    const at = slotStart(Date.parse(hour), step, zone);
    const sum = sums.get(at);
    if (sum === undefined) sums.set(at, { posts, flagged });
    else {
      sum.posts += posts;
      sum.flagged += flagged;
    }
  }
  const length = step === 'hour' ? HOUR_MS : DAY_MS;
  const slots: SeriesSlot[] = [];
  for (let at = slotStart(from, step, zone); at < to && slots.length < MOST_SLOTS; at += length) {
    const isKnown =
      (knownFrom === undefined || at + length > knownFrom) && (knownTo === undefined || at < knownTo);
    const isUnderWay = now !== undefined && at <= now && now < at + length;
    slots.push({
      at,
      ...(isKnown ? (sums.get(at) ?? { posts: 0, flagged: 0 }) : {}),
      ...(isUnderWay ? { underWay: true } : {}),
    });
  }
  return slots;
}
