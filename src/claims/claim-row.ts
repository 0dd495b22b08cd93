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

/** The day of an ISO 8601 or RFC 822 date; undefined where it is none. */
function isoDate(text: string): string | undefined {
  const day = /^(\d{4})-(\d{2})-(\d{2})(?=$|[T ])/.exec(text)?.[0];
  const time = Date.parse(day ?? text);
  if (Number.isNaN(time) || (day === undefined && !/\d{4}/.test(text))) return undefined;
  return day ?? new Date(time).toISOString().slice(0, 10);
}

function clip(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
