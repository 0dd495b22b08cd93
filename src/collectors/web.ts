import { z } from 'zod';
import type { CollectContext, CollectedPage, Collector, Cursor, Gap } from '../core/collector-ports.js';
import type { FetchResponse } from '../core/fetch-ports.js';
import type { Post } from '../core/post.js';
import { defineKind, type SourceSetting } from './collector-kind.js';
import { payloadOf } from './payload.js';
import { SeenEntries, toPages } from './seen.js';
import { webSourceKeys } from './source-url.js';

/** Parsing a page takes longer than reading it. */
const MAX_PAGE_BYTES = 3_000_000;

const selector = z.string().min(1).max(500);

/** Keys of a page or forum read by CSS selectors. */
const webOptions = z.strictObject({
  ...webSourceKeys,
  /**
   * Within each `item`: `css`, `css@attribute`, or `@attribute` of the item itself. `text` is the whole item by
   * default, `time` is read from `datetime` and `link` from `href`. `next`, in the page, leads to older items.
   */
  selectors: z.strictObject({
    item: selector,
    text: selector.optional(),
    id: selector.optional(),
    time: selector.optional(),
    author: selector.optional(),
    author_id: selector.optional(),
    link: selector.optional(),
    next: selector.optional(),
  }),
  /** Pages read at most, the first counted. */
  max_pages: z.int().min(1).max(100).default(5),
});

export type WebOptions = z.output<typeof webOptions>;

function createWebCollector(source: SourceSetting<WebOptions>): Collector {
  return {
    source: source.name,
    kind: 'web',
    collect: (cursor, context) => collectWeb(source, cursor, context),
  };
}

/** Reads pages, newest first, until one brings nothing new, none comes after it, or `max_pages` are read. */
async function* collectWeb(
  source: SourceSetting<WebOptions>,
  cursor: Cursor | undefined,
  { fetcher, clock, signal }: CollectContext,
): AsyncGenerator<CollectedPage> {
  const { options, allowPrivate } = source;
  const { parseWebPage, markupChanged } = await import('./web-parse.js');
  const { brokenHabit, habitAfter, habitOf } = await import('./web-habit.js');
  const seen = new SeenEntries(cursor);
  const visited = new Set<string>();
  let habit = habitOf(cursor);
  let url: string | undefined = options.url;
  let first: FetchResponse | undefined;
  while (url !== undefined && !visited.has(url) && visited.size < options.max_pages) {
    visited.add(url);
    const response: FetchResponse = await fetcher.fetch({
      url,
      headers: { accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5' },
      conditional: first === undefined,
      allowPrivate,
      maxBytes: MAX_PAGE_BYTES,
      signal,
      ...(options.requests_per_second === undefined
        ? {}
        : { requestsPerSecond: options.requests_per_second }),
    });
    if (response.notModified) return;
    const page = parseWebPage(source, payloadOf(response, clock));
    if (first === undefined) {
      const fault =
        page.items === 0 ? `nothing is found by "${options.selectors.item}"` : brokenHabit(habit, page);
      if (fault !== undefined) throw markupChanged(response.url, fault);
      habit = habitAfter(habit, page);
    }
    first ??= response;
    const fresh = seen.fresh(page);
    const known = fresh.posts.length === 0 && !seen.unfinished;
    const cutOff = !known && page.next !== undefined && !visited.has(page.next);
    const isLast = !cutOff || visited.size >= options.max_pages;
    const commit = first;
    // Only once the older pages are safe too may the place be told that its first page is known.
    const pages = [...toPages(fresh, seen, isLast ? () => commit.commitConditional() : undefined)];
    const readAt = new Date(clock.now()).toISOString();
    for (const [index, one] of pages.entries()) {
      const isEnd = isLast && index === pages.length - 1;
      // The habit and the time are those of a reading that came to its end.
      const kept = isEnd ? { habit, readAt } : pick(cursor);
      const from = typeof cursor?.readAt === 'string' ? cursor.readAt : undefined;
      const gaps = isEnd && cutOff && from !== undefined ? [gapOf(from, page.posts, readAt, options)] : [];
      yield { ...one, cursor: { ...one.cursor, ...kept }, ...(gaps.length > 0 ? { gaps } : {}) };
    }
    url = isLast ? undefined : page.next;
  }
}

function pick(cursor: Cursor | undefined): Cursor {
  const { habit, readAt } = cursor ?? {};
  return { ...(habit === undefined ? {} : { habit }), ...(readAt === undefined ? {} : { readAt }) };
}

/** What lies between the last reading and the oldest post that this one reached. */
function gapOf(from: string, posts: readonly Post[], readAt: string, options: WebOptions): Gap {
  const times = posts.flatMap(({ createdAt }) => createdAt ?? []).toSorted();
  return {
    from,
    to: times[0] ?? readAt,
    kind: 'max-pages',
    reason: `${options.url} has more that is new than ${options.max_pages} pages; read it more often, or raise max_pages`,
  };
}

/** Pages and forums. */
export const webKind = defineKind({
  kind: 'web',
  options: webOptions,
  create: createWebCollector,
  parse: async (source, payload) => {
    const { parseWebPage, markupChanged } = await import('./web-parse.js');
    const page = parseWebPage(source, payload);
    if (page.items > 0) return { posts: page.posts, rejects: page.rejects };
    throw markupChanged(payload.from, `nothing is found by "${source.options.selectors.item}"`);
  },
});
