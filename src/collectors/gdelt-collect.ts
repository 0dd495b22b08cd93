import type { CollectContext, CollectedPage, Cursor, Gap } from '../core/collector-ports.js';
import type { SourceSetting } from './collector-kind.js';
import type { GdeltOptions } from './gdelt.js';
import { type GdeltPage, parseGdeltBody } from './gdelt-parse.js';
import { payloadOf } from './payload.js';
import { SeenEntries, toPages } from './seen.js';

/** The most that GDELT lists at once. */
const MAX_RECORDS = 250;
/** GDELT finds articles a while after they were published; that much is read twice. */
const OVERLAP_MS = 3_600_000;
const MAX_BODY_BYTES = 4_000_000;

/**
 * Reads articles, the newest first, back to where the last finished reading ended or as far as `timespan`. A window
 * that holds more than one answer is narrowed from its end; what `max_pages` leave unread is told as a gap.
 */
export async function* collectGdelt(
  source: SourceSetting<GdeltOptions>,
  cursor: Cursor | undefined,
  context: CollectContext,
): AsyncGenerator<CollectedPage> {
  const { options } = source;
  const seen = new SeenEntries(cursor);
  const until =
    typeof cursor?.until === 'string' && !Number.isNaN(Date.parse(cursor.until)) ? cursor.until : undefined;
  const from = until === undefined ? undefined : new Date(Date.parse(until) - OVERLAP_MS).toISOString();
  let newest = until;
  let to: string | undefined;
  for (let read = 1; ; read++) {
    const page = await readArticles(source, from, to, context);
    if (page.newest !== undefined && page.newest > (newest ?? '')) newest = page.newest;
    const isFull = page.articles >= MAX_RECORDS;
    // A second that holds a whole answer cannot be narrowed further.
    const canNarrow = page.oldest !== undefined && page.oldest !== to;
    const isLast = !isFull || !canNarrow || read >= options.max_pages;
    const gap: Gap | undefined =
      isFull && isLast
        ? {
            ...(from === undefined ? {} : { from }),
            to: page.oldest ?? new Date(context.clock.now()).toISOString(),
            kind: 'max-pages',
            reason: `more articles match than ${read} answers hold; narrow query, read it more often, or raise max_pages`,
          }
        : undefined;
    const pages = [...toPages(seen.fresh(page), seen, isLast ? () => undefined : undefined)];
    for (const [index, one] of pages.entries()) {
      const isEnd = isLast && index === pages.length - 1;
      const kept = isEnd ? newest : until;
      yield {
        ...one,
        cursor: { ...one.cursor, ...(kept === undefined ? {} : { until: kept }) },
        ...(isEnd && gap !== undefined ? { gaps: [gap] } : {}),
      };
    }
    if (isLast) return;
    to = page.oldest;
  }
}

async function readArticles(
  source: SourceSetting<GdeltOptions>,
  from: string | undefined,
  to: string | undefined,
  { fetcher, clock, signal }: CollectContext,
): Promise<GdeltPage> {
  const { query, language, country, timespan, base } = source.options;
  const url = new URL(`${base.replace(/\/+$/, '')}/api/v2/doc/doc`);
  const terms = [query];
  if (language !== undefined) terms.push(`sourcelang:${language}`);
  if (country !== undefined) terms.push(`sourcecountry:${country}`);
  const asked: Record<string, string> = {
    query: terms.join(' '),
    mode: 'artlist',
    format: 'json',
    maxrecords: String(MAX_RECORDS),
    sort: 'datedesc',
  };
  if (from === undefined && to === undefined) asked.timespan = timespan;
  else {
    const first = from ?? new Date(clock.now() - spanMs(timespan)).toISOString();
    asked.startdatetime = stamp(first);
    asked.enddatetime = stamp(to ?? new Date(clock.now()).toISOString());
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const response = await fetcher.fetch({
    url: url.href,
    headers: { accept: 'application/json' },
    robots: false,
    allowPrivate: source.allowPrivate,
    maxBytes: MAX_BODY_BYTES,
    requestsPerSecond: 0.2,
    signal,
  });
  return parseGdeltBody(source, payloadOf(response, clock));
}

/** `20261122071500` */
function stamp(time: string): string {
  return time.slice(0, 19).replace(/\D/g, '');
}

const SPANS: Readonly<Record<string, number>> = {
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  m: 2_592_000_000,
};

function spanMs(timespan: string): number {
  return Number.parseInt(timespan, 10) * (SPANS[timespan.replace(/\d+/, '')] ?? 0);
}
