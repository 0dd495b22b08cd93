import { load } from 'cheerio';
import { reviewsOf } from '../claims/claim-review.js';
import { type ClaimRow, claimOf, textOf } from '../claims/claim-row.js';
import type { Claim } from '../core/claim.js';
import type { Reject } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import { htmlToText } from '../text/html.js';
import type { Payload, SourceSetting } from './collector-kind.js';
import type { FactcheckReading } from './factcheck.js';
import { readTitle } from './factcheck-verdict.js';
import { globalId, linkOf, readFeed, timeOf } from './feed-parse.js';
import { feedText } from './feed-text.js';
import { googleFault } from './google-faults.js';
import { nestsDeeperThan } from './html-depth.js';
import { findJsonElements } from './json-elements.js';
import { rejectOf, webUrl } from './post-builder.js';
import { siteOf } from './source-url.js';

export interface FactcheckPage {
  readonly claims: readonly Claim[];
  readonly rejects: readonly Reject[];
  /** Token of the page that comes after, of a search. */
  readonly next?: string;
}

type Source = Pick<SourceSetting<FactcheckReading>, 'name' | 'options'>;

/** A row with what it was made of. */
interface Received {
  readonly at: string;
  readonly row: ClaimRow;
  readonly written: string;
}

const MAX_DEPTH = 1_000;

/**
 * Fact-checks of an answer of Google's `claims:search`, of the ClaimReview of a page or of a document of its own, or of
 * a fact-checker's feed. One that cannot be read is a reject and costs no other.
 * @throws PermanentError `not-factchecks`, `bad-json-ld`, and as {@link googleFault} says
 */
export function parseFactchecks(source: Source, payload: Payload): FactcheckPage {
  const text = feedText(payload.body, payload.text);
  const start = text.slice(0, 2_000).trimStart();
  const found = /^[{[]/.test(start) ? ofJson(text, payload) : ofMarkup(text, payload);
  const publisher = source.options.publisher;
  const claims = new Map<string, Claim>();
  const rejects = [...found.rejects];
  for (const { at, row, written } of found.received) {
    const url =
      row.url === undefined ? undefined : (webUrl(String(row.url), webUrl(payload.from)) ?? row.url);
    const site = siteOf(typeof url === 'string' ? url : undefined) ?? siteOf(payload.from);
    const claim = claimOf({
      ...row,
      title: unescaped(row.title),
      claim: unescaped(row.claim),
      url,
      id: row.id === row.url ? url : row.id,
      publisher: publisher ?? textOf(row.publisher) ?? site,
    });
    if (typeof claim !== 'string') claims.set(claim.id, claim);
    else rejects.push(rejectOf(at, 'bad-claim', claim, Buffer.from(written)));
  }
  return { claims: [...claims.values()], rejects, ...(found.next === undefined ? {} : { next: found.next }) };
}

/** Publishers write entities within JSON too. */
function unescaped(value: unknown): unknown {
  return typeof value === 'string' && /&(?:\w{2,8}|#\w{1,7});|<\/?[a-z]/i.test(value)
    ? htmlToText(value)
    : value;
}

interface Found {
  readonly received: readonly Received[];
  readonly rejects: readonly Reject[];
  readonly next?: string;
}

function notFactchecks(from: string, what: string): PermanentError {
  return new PermanentError('not-factchecks', `${from}: no fact-checks can be read there: ${what}`);
}

function ofJson(text: string, payload: Payload): Found {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (/"version"\s*:\s*"https?:[\\/]{2,4}(?:www\.)?jsonfeed/i.test(text.slice(0, 5_000)))
      return ofFeed(text, payload);
    throw notFactchecks(
      payload.from,
      'it is JSON, or begins like it, and is broken; it is read when it is whole',
    );
  }
  const fault = googleFault(value, payload.from, 86_400_000);
  if (fault !== undefined) throw fault;
  const document = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  if (Array.isArray(document.claims) || (!Array.isArray(value) && Object.keys(document).length === 0)) {
    return ofSearch(document, text);
  }
  const reviews = reviewsOf(value);
  if (reviews.length > 0) return { received: rowsOf(reviews, 'review'), rejects: [] };
  if (typeof document.version === 'string' && Array.isArray(document.items)) return ofFeed(text, payload);
  throw notFactchecks(payload.from, 'it is JSON without claims or ClaimReview; check the address');
}

function rowsOf(rows: readonly ClaimRow[], name: string): Received[] {
  return rows.map((row, index) => ({ at: `${name} ${index + 1}`, row, written: JSON.stringify(row) }));
}

/** `{claims: [{text, claimDate, claimReview: [{publisher, url, title, reviewDate, textualRating}]}], nextPageToken}` */
function ofSearch(document: Readonly<Record<string, unknown>>, text: string): Found {
  const received: Received[] = [];
  const rejects: Reject[] = [];
  const spans = findJsonElements(text, 'claims');
  const list = Array.isArray(document.claims) ? (document.claims as readonly unknown[]) : [];
  for (const [index, value] of list.entries()) {
    const at = `claim ${index + 1}`;
    const span = spans[index];
    const written = span === undefined ? JSON.stringify(value) : text.slice(span.start, span.end);
    const claim = (typeof value === 'object' && value !== null ? value : {}) as ClaimRow;
    const reviews = Array.isArray(claim.claimReview) ? (claim.claimReview as readonly unknown[]) : [];
    if (reviews.length === 0) {
      rejects.push(rejectOf(at, 'bad-claim', 'it has no review', Buffer.from(written)));
    }
    for (const review of reviews) {
      const own = (typeof review === 'object' && review !== null ? review : {}) as ClaimRow;
      const publisher = (
        typeof own.publisher === 'object' && own.publisher !== null ? own.publisher : {}
      ) as ClaimRow;
      const row = {
        id: own.url,
        title: textOf(own.title) ?? claim.text,
        claim: claim.text,
        verdict: own.textualRating,
        publisher: textOf(publisher.name) ?? textOf(publisher.site),
        date: own.reviewDate ?? claim.claimDate,
        url: own.url,
      };
      received.push({ at, row, written });
    }
  }
  const next = textOf(document.nextPageToken);
  return { received, rejects, ...(next === undefined ? {} : { next }) };
}

function ofMarkup(text: string, payload: Payload): Found {
  if (
    /<(?:html|head|body|script|!doctype\s+html)[\s>]/i.test(text.slice(0, 20_000)) &&
    !/<(?:rss|feed|rdf:RDF)[\s>]/i.test(text.slice(0, 5_000))
  ) {
    return ofPage(text, payload);
  }
  return ofFeed(text, payload);
}

/** The ClaimReview in the JSON-LD of a page. */
function ofPage(text: string, payload: Payload): Found {
  if (nestsDeeperThan(text, MAX_DEPTH)) {
    throw new PermanentError('bad-html', `${payload.from}: its elements nest deeper than ${MAX_DEPTH}`);
  }
  const page = load(text);
  const blocks = page('script[type*="ld+json" i]').toArray();
  const received: Received[] = [];
  const rejects: Reject[] = [];
  for (const [index, block] of blocks.entries()) {
    const written = page(block).text();
    const at = `JSON-LD ${index + 1}`;
    const value = jsonLdOf(written);
    if (value !== undefined) {
      received.push(...reviewsOf(value).map((row) => ({ at, row, written: JSON.stringify(row) })));
    } else if (/ClaimReview/.test(written)) {
      rejects.push(
        rejectOf(at, 'bad-json-ld', 'its JSON is broken; the publisher must mend it', Buffer.from(written)),
      );
    }
  }
  if (received.length === 0 && rejects.length === 0) {
    throw notFactchecks(
      payload.from,
      'it is a page without ClaimReview; give a feed or a page of a fact-check',
    );
  }
  return { received, rejects };
}

/** JSON as pages carry it: within comments or CDATA, with line breaks in texts. */
function jsonLdOf(written: string): unknown {
  const bare = written
    .replace(/^\s*(?:\/\*|\/\/)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*\/)?/, '')
    .replace(/(?:\/\*|\/\/)?\s*(?:\]\]>|-->)\s*(?:\*\/)?\s*$/, '');
  for (const text of [
    bare,
    bare.replace(/\p{Cc}+/gu, ' '),
    bare.replace(/\p{Cc}+/gu, ' ').replace(/,\s*(?=[}\]])/g, ''),
  ]) {
    try {
      return JSON.parse(text);
    } catch {
      // The next is more forgiving.
    }
  }
  return undefined;
}

/** A fact-checker's feed: what was found stands in the title. */
function ofFeed(text: string, payload: Payload): Found {
  let feed: ReturnType<typeof readFeed>;
  try {
    feed = readFeed(text, payload.from);
  } catch (error) {
    if (error instanceof PermanentError && error.kind === 'not-a-feed') {
      throw notFactchecks(
        payload.from,
        'it is no feed, no page with ClaimReview and no answer of claims:search',
      );
    }
    throw error;
  }
  const publisher = textOf(htmlToText(feed.title));
  const received: Received[] = [];
  const rejects: Reject[] = [];
  for (const [index, entry] of feed.entries.entries()) {
    const at = `entry ${index + 1}`;
    const span = feed.spans[index];
    const written = span === undefined ? '' : text.slice(span.start, span.end);
    if (entry === undefined || entry.title.trim() === '') {
      rejects.push(rejectOf(at, 'bad-claim', 'it has no title', Buffer.from(written)));
      continue;
    }
    const { verdict, claim } = readTitle(entry.title);
    const url = linkOf(entry, feed.base);
    const row = {
      id: globalId(entry, url) ?? url,
      title: entry.title,
      verdict,
      claim: verdict === undefined ? undefined : claim,
      publisher,
      date: timeOf(entry, 'Z', payload.receivedAt),
      url,
    };
    received.push({ at, row, written });
  }
  return { received, rejects };
}
