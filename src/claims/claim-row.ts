import type { Claim } from '../core/claim.js';

/** A row as it was read: any of `id title claim verdict publisher date url`. */
export type ClaimRow = Readonly<Record<string, unknown>>;

/** Longer fields are no titles, and a claim in its own words is cut here. */
const MAX_TITLE = 1_000;
const MAX_CLAIM = 4_000;

/** The row as a fact-check, or why it is none. Without an id its link stands for one. */
export function claimOf(row: ClaimRow): Claim | string {
  const title = textOf(row.title);
  if (title === undefined) return 'it has no title';
  if (title.length > MAX_TITLE)
    return `its title has ${title.length} characters; at most ${MAX_TITLE} are taken`;
  const link = textOf(row.url);
  const url = link === undefined ? '' : webAddress(link);
  if (url === undefined) return `its url is no http or https address: ${clip(link ?? '')}`;
  // What stands there would be shown on the desk and in reports.
  if (url.includes('@') && hasCredentials(url)) return 'its url carries a name or password; leave them out';
  const id = textOf(row.id) ?? (url === '' ? undefined : url);
  if (id === undefined) return 'it has neither an id nor a url';
  const said = textOf(row.date);
  const date = said === undefined ? '' : isoDate(said);
  if (date === undefined) return `its date cannot be read; write it as 2024-05-31: ${clip(said ?? '')}`;
  const claim = textOf(row.claim)?.slice(0, MAX_CLAIM);
  const verdict = textOf(row.verdict);
  return {
    id,
    title,
    ...(claim === undefined ? {} : { claim }),
    ...(verdict === undefined ? {} : { verdict }),
    publisher: textOf(row.publisher) ?? '',
    date,
    url,
  };
}

/** A text without what surrounds it; a number as its digits; undefined for nothing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/\s+/g, ' ');
  return text === '' ? undefined : text;
}

function webAddress(text: string): string | undefined {
  try {
    const { protocol, href } = new URL(text);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}

function hasCredentials(url: string): boolean {
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

/** First letters of the months, Indonesian and English. */
const MONTHS = [
  'jan',
  'feb',
  'mar',
  'apr',
  'mei|may',
  'jun',
  'jul',
  'agu|aug',
  'sep',
  'okt|oct',
  'nov',
  'des|dec',
];

/**
 * The day that a date names where it was written, whatever this machine's zone: ISO 8601, RFC 822 (`Mon, 02 Nov 2026 …`),
 * `2 November 2026`, `November 2, 2026`. Undefined where it is none of these: what may be read two ways (`02/01/2026`)
 * is not guessed.
 */
function isoDate(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?=$|[T ])/.exec(text);
  if (iso !== null) return realDay(iso[1], Number(iso[2]), iso[3]);
  const dayFirst = /^(?:\p{L}+,\s*)?(\d{1,2})[ -](\p{L}{3,9})\.?[ -](\d{4})(?=$|[ ,])/u.exec(text);
  if (dayFirst !== null) return realDay(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const monthFirst = /^(\p{L}{3,9})\.? (\d{1,2}), (\d{4})(?=$|[ ,])/u.exec(text);
  return monthFirst === null ? undefined : realDay(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]);
}

/** Number of a month by its name, 1 to 12; 0 for no month. */
function monthOf(name = ''): number {
  const said = name.toLowerCase();
  return MONTHS.findIndex((starts) => starts.split('|').some((start) => said.startsWith(start))) + 1;
}

/** The day in ISO 8601; undefined where the calendar has none such. */
function realDay(year = '', month: number, day = ''): string | undefined {
  const written = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${written}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== written ? undefined : written;
}

function clip(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
