import { ZONES, type Zone } from '../../core/user.js';

/** A time as a unit's people read it, e.g. `22 Nov 2026 14.05 WIB`; the ISO time stands in the element's `datetime`. */
export function timeIn(iso: string, zone: Zone, language: 'id' | 'en'): string {
  const parts = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: ZONES[zone],
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${parts.format(new Date(iso)).replace(',', '')} ${zone}`;
}

const STEPS = [
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
] as const;

/** How long ago, in the largest whole unit and in whole words, e.g. `3 jam lalu`: `h` would be an hour or `hari`. */
export function timeAgo(iso: string, now: number, language: 'id' | 'en'): string {
  const age = Math.max(0, now - Date.parse(iso));
  const [unit, ms] = STEPS.findLast(([, length]) => age >= length) ?? STEPS[0];
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'long' });
  return format.format(-Math.floor(age / ms), unit).replace(' yang lalu', ' lalu');
}

/** A time as a chart's axis has it: the hour, or the day. */
export function tickIn(iso: string, zone: Zone, language: 'id' | 'en', hourly: boolean): string {
  const parts = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: ZONES[zone],
    ...(hourly
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { day: 'numeric', month: 'short' }),
  });
  return parts.format(new Date(iso));
}
