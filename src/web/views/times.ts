import { ZONES, type Zone } from '../../core/user.js';
import { TO_THE_MINUTE } from '../../words/figures.js';

/** Formats are dear to make, and there are few: one a language, zone and shape. */
const made = new Map<string, { format(at: Date): string }>();

function dates(zone: Zone, language: 'id' | 'en', options: Intl.DateTimeFormatOptions, shape: string) {
  const key = `${shape} ${zone} ${language}`;
  let format = made.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
      timeZone: ZONES[zone],
      ...options,
    });
    made.set(key, format);
  }
  return format;
}

const ago = {
  id: new Intl.RelativeTimeFormat('id', { numeric: 'always', style: 'long' }),
  en: new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'long' }),
} as const;

const HOURLY = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAILY = { day: 'numeric', month: 'short' } as const;

/** A time as a unit's people read it, e.g. `22 Nov 2026 14.05 WIB`; the ISO time stands in the element's `datetime`. */
export function timeIn(iso: string, zone: Zone, language: 'id' | 'en'): string {
  const parts = dates(zone, language, TO_THE_MINUTE, 'minute');
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
  return ago[language].format(-Math.floor(age / ms), unit).replace(' yang lalu', ' lalu');
}

/** A time as a chart's axis has it: the hour, or the day. */
export function tickIn(iso: string, zone: Zone, language: 'id' | 'en', hourly: boolean): string {
  const [shape, name] = hourly ? ([HOURLY, 'hour'] as const) : ([DAILY, 'day'] as const);
  return dates(zone, language, shape, name).format(new Date(iso));
}
