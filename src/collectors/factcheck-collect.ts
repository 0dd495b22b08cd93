import type { Claim } from '../core/claim.js';
import type { CollectContext, CollectedPage, Cursor, Gap } from '../core/collector-ports.js';
import { PermanentError, RetryableError, type RondaError } from '../core/errors.js';
import type { FetchRequest, FetchResponse } from '../core/fetch-ports.js';
import type { SourceSetting } from './collector-kind.js';
import type { FactcheckOptions } from './factcheck.js';
import { type FactcheckPage, parseFactchecks } from './factcheck-parse.js';
import { payloadOf } from './payload.js';
import { shortHash } from './post-builder.js';
import { requireSecret } from './secret.js';

/** Fact-checks that a cursor remembers, 16 characters each. */
const MAX_SEEN = 2_000;
const MAX_BODY_BYTES = 8_000_000;
/** Claims handed on together. */
const TOGETHER = 200;

/** Reads a feed or page whole, or a search page by page; a fact-check that was given before comes again when it changed. */
export async function* collectFactchecks(
  source: SourceSetting<FactcheckOptions>,
  cursor: Cursor | undefined,
  context: CollectContext,
): AsyncGenerator<CollectedPage> {
  const { url, max_pages: maxPages } = source.options;
  const kept: readonly unknown[] = Array.isArray(cursor?.seen) ? cursor.seen : [];
  let seen = kept.filter((key) => typeof key === 'string');
  const known = new Set(seen);
  let token: string | undefined;
  for (let read = 1; ; read++) {
    const response = await get(source, token, context);
    if (response.notModified) return;
    const page = readPage(source, response, context);
    const fresh = page.claims.filter((claim) => !known.has(keyOf(claim)));
    for (const claim of fresh) known.add(keyOf(claim));
    const fault = page.rejects.filter(
      (reject) => !known.has(shortHash(reject.excerpt.toString('latin1')).slice(0, 16)),
    );
    for (const reject of fault) known.add(shortHash(reject.excerpt.toString('latin1')).slice(0, 16));
    const more = page.next !== undefined && page.next !== token;
    const isLast = !more || read >= maxPages;
    for (let at = 0; at === 0 || at < fresh.length; at += TOGETHER) {
      const claims = fresh.slice(at, at + TOGETHER);
      const isEnd = isLast && at + TOGETHER >= fresh.length;
      const rejects = at === 0 ? fault : [];
      const added = [
        ...claims.map(keyOf),
        ...rejects.map((reject) => shortHash(reject.excerpt.toString('latin1')).slice(0, 16)),
      ];
      seen = [...new Set([...added, ...seen])].slice(0, MAX_SEEN);
      yield {
        posts: [],
        rejects,
        claims,
        cursor: { seen },
        ...(isEnd && more ? { gaps: [gapOf(maxPages, context)] } : {}),
        ...(isEnd && url !== undefined ? { committed: () => response.commitConditional() } : {}),
      };
    }
    if (isLast) return;
    token = page.next;
  }
}

function gapOf(pages: number, { clock }: CollectContext): Gap {
  return {
    to: new Date(clock.now()).toISOString(),
    kind: 'max-pages',
    reason: `more fact-checks match than ${pages} pages hold; narrow query, set max_age_days, or raise max_pages`,
  };
}

function keyOf({ id, title, verdict, claim }: Claim): string {
  return shortHash(JSON.stringify([id, title, verdict, claim])).slice(0, 16);
}

async function get(
  source: SourceSetting<FactcheckOptions>,
  token: string | undefined,
  { fetcher, signal }: CollectContext,
): Promise<FetchResponse> {
  const { options, allowPrivate } = source;
  const request = {
    allowPrivate,
    maxBytes: MAX_BODY_BYTES,
    requestsPerSecond: options.requests_per_second,
    signal,
  } satisfies Partial<FetchRequest>;
  if (options.url !== undefined) {
    const accept =
      'application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.5';
    return await fetcher.fetch({ ...request, url: options.url, headers: { accept }, conditional: true });
  }
  const url = new URL(`${options.base.replace(/\/+$/, '')}/v1alpha1/claims:search`);
  const asked = {
    query: options.query,
    languageCode: options.language,
    maxAgeDays: options.max_age_days,
    reviewPublisherSiteFilter: options.publisher_site,
    pageSize: 100,
    pageToken: token,
  };
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return await fetcher.fetch({
    ...request,
    url: url.href,
    // In a header, so that no address, and nothing that repeats one, holds it.
    headers: { accept: 'application/json', 'x-goog-api-key': requireSecret(source, options.key_env ?? '') },
    robots: false,
    acceptStatuses: [400, 403, 404],
  });
}

function readPage(
  source: SourceSetting<FactcheckOptions>,
  response: FetchResponse,
  { clock }: CollectContext,
): FactcheckPage {
  const payload = payloadOf(response, clock);
  const isSearch = source.options.url === undefined;
  // A page or feed in place of the search's answer is a fault of the way there.
  if (isSearch && !/^\s*\{/.test(payload.text.replace(/^\ufeff/, '')))
    throw broken(response, 'the answer is no JSON');
  try {
    const page = parseFactchecks(source, payload);
    if (response.status === 200) return page;
  } catch (error) {
    const isBroken = error instanceof PermanentError && error.kind === 'not-factchecks';
    throw isSearch && isBroken && response.status === 200 ? broken(response, 'the answer is cut off') : error;
  }
  throw new PermanentError(
    'forbidden',
    `${response.url}: answered ${response.status} and does not say why; check access`,
  );
}

function broken({ url, status }: FetchResponse, what: string): RondaError {
  if (status !== 200) {
    return new PermanentError('forbidden', `${url}: answered ${status} and does not say why; check access`);
  }
  return new RetryableError('not-json', `${url}: ${what}; it is tried again`);
}
