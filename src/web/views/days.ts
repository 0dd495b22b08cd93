import { ZONES, type Zone } from '../../core/user.js';

const made = new Map<string, Intl.DateTimeFormat>();

/** Formats are dear to make, and there are few. */
function formatOf(
  zone: string,
  language: 'id' | 'en',
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${zone} ${language} ${Object.entries(options).flat().join()}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: zone,
    ...options,
  });
  made.set(key, format);
  return format;
}

/** A time's day in a zone, e.g. `Sen, 5 Jan 2026`. */
export function dayIn(iso: string, zone: Zone, language: 'id' | 'en'): string {
  return formatOf(ZONES[zone], language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(iso));
}

/** A month by its `YYYY-MM`, e.g. `Januari 2026`. */
export function monthName(month: string, language: 'id' | 'en'): string {
  return formatOf('UTC', language, { month: 'long', year: 'numeric' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

/** A day by its `YYYY-MM-DD`, e.g. `Senin, 5 Januari 2026`. */
export function dayName(day: string, language: 'id' | 'en'): string {
  return formatOf('UTC', language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** What `datetime-local` gives (`2026-01-05T14:05`), read in a zone, as ISO 8601 UTC; undefined where it is none. */
export function localTime(text: string, zoneHours: number): string | undefined {
  const read = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?$/.test(text)
    ? Date.parse(`${text.slice(0, 16)}:00Z`)
    : Number.NaN;
  // The 30th of February is read as the 2nd of March.
  if (Number.isNaN(read) || new Date(read).toISOString().slice(0, 16) !== text.slice(0, 16)) return undefined;
  return new Date(read - zoneHours * 3_600_000).toISOString();
}

/** A time as `datetime-local` takes it. */
export function localText(ms: number, zoneHours: number): string {
  return new Date(ms + zoneHours * 3_600_000).toISOString().slice(0, 16);
}
