import { isoTime } from './post-builder.js';

/** Zones that exports name by letters, as offsets from UTC. One that means several (IST, CST of China) is none. */
const ZONES: ReadonlyMap<string, string> = new Map([
  ['UTC', 'Z'],
  ['GMT', 'Z'],
  ['WIB', '+07:00'],
  ['WITA', '+08:00'],
  ['WIT', '+09:00'],
  ['SGT', '+08:00'],
  ['MYT', '+08:00'],
  ['JST', '+09:00'],
  ['EST', '-05:00'],
  ['EDT', '-04:00'],
  ['CST', '-06:00'],
  ['CDT', '-05:00'],
  ['MST', '-07:00'],
  ['MDT', '-06:00'],
  ['PST', '-08:00'],
  ['PDT', '-07:00'],
  ['BST', '+01:00'],
  ['CET', '+01:00'],
  ['CEST', '+02:00'],
  ['EET', '+02:00'],
  ['EEST', '+03:00'],
  ['AEST', '+10:00'],
  ['AEDT', '+11:00'],
]);

/** First three letters of the months, English and Indonesian. */
const MONTHS = new Map(
  [
    ['jan'],
    ['feb'],
    ['mar'],
    ['apr'],
    ['may', 'mei'],
    ['jun'],
    ['jul'],
    ['aug', 'agu', 'ags'],
    ['sep'],
    ['oct', 'okt'],
    ['nov', 'nop'],
    ['dec', 'des'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

const YEAR_FIRST = /^\d{4}-/;
const NAMED_ZONE = /^\s*(.*?\d)\s+([A-Z]{2,5})\s*$/;
/** `22/11/2026 07.30`, `22-11-2026`, `22 Nopember 2026, 07:30:05`. */
const DAY_FIRST =
  /^\s*(?:[a-z']{3,9},\s*)?(\d{1,2})(?:[/.-](\d{1,2})[/.-]|[\s-]([a-z]{3,9})[\s-])(\d{4})(?:[\s,T]+(?:pukul\s+)?(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?\s*$/i;

/**
 * A time as rows of tables write it, in ISO 8601 UTC: what {@link isoTime} reads, zones by their letters (`WIB`,
 * `EST`), and the day before the month, as Indonesia writes it (the month before the day only where the second number
 * can be no month). `offset` is meant where no zone is named. Nothing where it is none of these.
 */
export function rowTime(value: unknown, offset: string): string | undefined {
  if (typeof value !== 'string' || value.length > 100) return isoTime(value, offset);
  if (YEAR_FIRST.test(value)) {
    const iso = isoTime(value, offset);
    if (iso !== undefined) return iso;
  }
  const named = NAMED_ZONE.exec(value);
  const zone = named === null ? undefined : ZONES.get(named[2] ?? '');
  const text = zone === undefined ? value : (named?.[1] ?? value);
  return isoTime(yearFirst(text) ?? text, zone ?? offset);
}

/** A time so far ahead of the reading is a slip of the pen; nearer ones may be a plan or a rehearsal. */
const MOST_AHEAD_MS = 366 * 86_400_000;

/**
 * The time of a row, and whether it says one that is not to be believed: none that {@link rowTime} reads, or more than a
 * year after `receivedAt`. Such a row, like one without a time, counts as of its reading.
 */
export function believableTime(
  value: unknown,
  offset: string,
  receivedAt: string,
): { readonly time?: string; readonly isMisread: boolean } {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
    return { isMisread: false };
  }
  const time = rowTime(value, offset);
  if (time === undefined || Date.parse(time) > Date.parse(receivedAt) + MOST_AHEAD_MS) {
    return { isMisread: true };
  }
  return { time, isMisread: false };
}

function yearFirst(text: string): string | undefined {
  const found = DAY_FIRST.exec(text);
  if (found === null) return undefined;
  const [, first = '', second, word, year, hour = '0', minute = '00', secs = '00', zone = ''] = found;
  let day = Number(first);
  let month = word === undefined ? Number(second) : MONTHS.get(word.slice(0, 3).toLowerCase());
  if (month !== undefined && month > 12 && day <= 12) [day, month] = [month, day];
  if (month === undefined || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const two = (number: number): string => String(number).padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  // 31 February is no day: it is read as one in March, and then it is not the same.
  if (new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) return undefined;
  return `${date}T${hour.padStart(2, '0')}:${minute}:${secs}${zone}`;
}
