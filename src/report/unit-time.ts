import { ZONES, type Zone } from '../core/user.js';

/** A moment in UTC and as a unit's people read it, e.g. `2026-11-22T07:05:00Z (22 November 2026 14.05.00 WIB)`. */
export function bothTimes(iso: string, zone: Zone): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const local = new Intl.DateTimeFormat('id-ID', {
    timeZone: ZONES[zone],
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
  return `${moment.toISOString()} (${local.replace(' pukul', '')} ${zone})`;
}
