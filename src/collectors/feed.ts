import { z } from 'zod';
import type { CollectContext, CollectedPage, Collector, Cursor } from '../core/collector-ports.js';
import type { FetchRequest } from '../core/fetch-ports.js';
import { type CollectorKind, defineKind, type SourceSetting } from './collector-kind.js';
import { payloadOf } from './payload.js';
import { SeenEntries, toPages } from './seen.js';
import { webSourceKeys } from './source-url.js';

/** Keys of a feed source: RSS, Atom, RDF or JSON Feed. */
const feedOptions = z.strictObject({ ...webSourceKeys });

type FeedOptions = z.output<typeof feedOptions>;

const ACCEPT =
  'application/feed+json, application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, */*;q=0.5';

function createFeedCollector(source: SourceSetting<FeedOptions>): Collector {
  return {
    source: source.name,
    kind: 'feed',
    collect: (cursor, context) => collectFeed(source, cursor, context),
  };
}

async function* collectFeed(
  source: SourceSetting<FeedOptions>,
  cursor: Cursor | undefined,
  { fetcher, clock, signal }: CollectContext,
): AsyncGenerator<CollectedPage> {
  const { options, allowPrivate } = source;
  const request: FetchRequest = {
    url: options.url,
    headers: { accept: ACCEPT },
    conditional: true,
    allowPrivate,
    signal,
    ...(options.requests_per_second === undefined ? {} : { requestsPerSecond: options.requests_per_second }),
  };
  const response = await fetcher.fetch(request);
  if (response.notModified) return;
  const { parseFeedBody } = await import('./feed-parse.js');
  const parsed = parseFeedBody(source, payloadOf(response, clock));
  const seen = new SeenEntries(cursor);
  yield* toPages(seen.fresh(parsed), seen, () => response.commitConditional());
}

const kind = defineKind({
  kind: 'feed',
  options: feedOptions,
  create: createFeedCollector,
  parse: async (source, payload) => (await import('./feed-parse.js')).parseFeedBody(source, payload),
});

/** What reading a body needs of the keys. */
const readingOptions = z.object(webSourceKeys).pick({ site: true, utc_offset: true });

export type FeedReading = z.output<typeof readingOptions>;

/** RSS, Atom, RDF and JSON Feed. A recorded body is read without an address. */
export const feedKind: CollectorKind = {
  ...kind,
  parse: async (source, payload) => {
    const { parseFeedBody } = await import('./feed-parse.js');
    return parseFeedBody({ ...source, options: readingOptions.parse(source.options ?? {}) }, payload);
  },
};
