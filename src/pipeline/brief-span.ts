import type { BriefSpan } from '../core/brief.js';
import { CannotRunError } from '../core/errors.js';
import { ZONES, type Zone } from '../core/user.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** How far the zones' clocks are ahead of UTC, hours; Indonesia moves no clocks. */
const AHEAD: Readonly<Record<Zone, number>> = { WIB: 7, WITA: 8, WIT: 9 };

/** The zone of this name in the IANA database; WIB for any other than Indonesia's. */
export function zoneOf(name: string): Zone {
  const found = Object.entries(ZONES).find(([, iana]) => iana === name);
  return (found?.[0] as Zone | undefined) ?? 'WIB';
}

/**
 * `days` days of a zone, the last of them `lastDay`.
 *
 * @throws CannotRunError kind `bad-date` for what is no day
 */
export function spanOfDays(lastDay: string, days: number, zone: Zone): BriefSpan {
  const noon = Date.parse(`${lastDay}T12:00:00Z`);
  if (!DAY.test(lastDay) || Number.isNaN(noon) || isoDay(noon) !== lastDay || noon < 365 * DAY_MS) {
    throw new CannotRunError('bad-date', `"${lastDay}" is no day; write it as YYYY-MM-DD, e.g. 2026-11-22.`);
  }
  const after = midnight(isoDay(noon + DAY_MS), zone);
  return spanBetween(after - days * DAY_MS, after, zone);
}

/** The whole days of a zone that hold these times (ms), `to` not included. */
export function spanAround(from: number, to: number, zone: Zone): BriefSpan {
  const last = Math.max(from, to - 1);
  return spanBetween(midnight(dayIn(from, zone), zone), midnight(dayIn(last, zone), zone) + DAY_MS, zone);
}

/** The day of a time (ms) in a zone, `YYYY-MM-DD`. */
export function dayIn(ms: number, zone: Zone): string {
  return isoDay(ms + AHEAD[zone] * HOUR_MS);
}

function spanBetween(from: number, to: number, zone: Zone): BriefSpan {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    firstDay: dayIn(from, zone),
    lastDay: dayIn(to - 1, zone),
    zone,
    utcOffset: `+0${AHEAD[zone]}:00`,
  };
}

function midnight(day: string, zone: Zone): number {
  return Date.parse(`${day}T00:00:00Z`) - AHEAD[zone] * HOUR_MS;
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
