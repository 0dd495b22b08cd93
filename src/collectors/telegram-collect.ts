import type { CollectContext, CollectedPage, Cursor, Gap, Recheck } from '../core/collector-ports.js';
import { kindOf, messageOf, PermanentError, RetryableError } from '../core/errors.js';
import type { FetchResponse } from '../core/fetch-ports.js';
import type { Post } from '../core/post.js';
import type { SourceSetting } from './collector-kind.js';
import { payloadOf } from './payload.js';
import { SeenEntries, toPages } from './seen.js';
import type { TelegramOptions } from './telegram.js';
import { markupChanged, noPreview, parseTelegramPage, type TelegramPage } from './telegram-parse.js';

const MAX_PAGE_BYTES = 3_000_000;

type Source = SourceSetting<TelegramOptions>;

/** Where the last finished reading stood. */
interface Stand {
  /** Number and time of its newest message; 0 before the first reading. */
  readonly newest: number;
  readonly newestAt?: string;
}

/**
 * Reads a channel's preview from its newest page back to where the last finished reading began, or `max_pages`. What
 * stays unread beyond them is told as a gap. A number that is missing is a deleted message, no gap.
 */
export async function* collectTelegram(
  source: Source,
  cursor: Cursor | undefined,
  context: CollectContext,
): AsyncGenerator<CollectedPage> {
  const { channel, base, max_pages: maxPages } = source.options;
  let stand = standOf(cursor);
  const seen = new SeenEntries(cursor);
  const address = `${base.replace(/\/+$/, '')}/s/${channel}`;
  let url: string | undefined = address;
  let newest: Stand = stand;
  let before = Number.POSITIVE_INFINITY;
  for (let read = 1; url !== undefined; read++) {
    const page: TelegramPage = await readPage(source, url, context);
    const isFirst = read === 1;
    if (isFirst && page.numbers.length === 0 && stand.newest > 0) {
      throw markupChanged(url, 'it has no message, and it always had some');
    }
    if (isFirst) {
      const top = Math.max(0, ...page.numbers);
      const at = timeOf(page, top);
      // Numbers only rise; younger messages of lower numbers are of a channel made anew under the name.
      if (top < stand.newest && at !== undefined && at > (stand.newestAt ?? at)) stand = { newest: 0 };
      newest = top < stand.newest ? stand : { newest: top, ...(at === undefined ? {} : { newestAt: at }) };
    }
    const low = Math.min(before, ...page.numbers);
    const next = page.before ?? low;
    const reached = low <= stand.newest || page.numbers.length === 0 || low <= 1 || next >= before;
    const isLast = reached || read >= maxPages;
    const gap = isLast && !reached && stand.newest > 0 ? gapOf(stand, page, source, context) : undefined;
    const pages = [...toPages(seen.fresh(page), seen, isLast ? () => undefined : undefined)];
    for (const [index, one] of pages.entries()) {
      const isEnd = isLast && index === pages.length - 1;
      yield {
        ...one,
        cursor: { ...asRecord(one.cursor), ...(isEnd ? newest : stand) },
        ...(isEnd && gap !== undefined ? { gaps: [gap] } : {}),
      };
    }
    before = Math.min(before, next);
    url = isLast ? undefined : `${address}?before=${next}`;
  }
}

function standOf(cursor: Cursor | undefined): Stand {
  const { newest, newestAt } = asRecord(cursor);
  if (typeof newest !== 'number' || !Number.isSafeInteger(newest) || newest < 0) return { newest: 0 };
  return { newest, ...(typeof newestAt === 'string' ? { newestAt } : {}) };
}

function asRecord(cursor: Cursor | undefined): Readonly<Record<string, unknown>> {
  return typeof cursor === 'object' && cursor !== null ? (cursor as Record<string, unknown>) : {};
}

function timeOf(page: TelegramPage, number: number): string | undefined {
  return (page.posts.find(({ id }) => id.endsWith(`/${number}`)) ?? page.posts.at(-1))?.createdAt;
}

function gapOf(stand: Stand, page: TelegramPage, source: Source, context: CollectContext): Gap {
  const oldest = page.posts.find(({ createdAt }) => createdAt !== undefined)?.createdAt;
  const { channel, max_pages: pages } = source.options;
  return {
    ...(stand.newestAt === undefined ? {} : { from: stand.newestAt }),
    to: oldest ?? new Date(context.clock.now()).toISOString(),
    kind: 'max-pages',
    reason: `${channel} wrote more since the last reading than ${pages} pages hold; read it more often, or raise max_pages`,
  };
}

async function readPage(source: Source, url: string, context: CollectContext): Promise<TelegramPage> {
  const response = await get(source, url, context);
  if (!new URL(response.url).pathname.startsWith(new URL(url).pathname.replace(/[^/]*$/, ''))) {
    throw noPreview(url, source.options.channel);
  }
  return parseTelegramPage(source, payloadOf(response, context.clock));
}

async function get(source: Source, url: string, { fetcher, signal }: CollectContext): Promise<FetchResponse> {
  const response = await fetcher.fetch({
    url,
    headers: { accept: 'text/html', 'accept-language': 'en' },
    allowPrivate: source.allowPrivate,
    maxBytes: MAX_PAGE_BYTES,
    requestsPerSecond: source.options.requests_per_second,
    signal,
  });
  const text = response.text();
  if (
    /<html/i.test(text.slice(0, 2_000)) &&
    !/<\/html\s*>\s*(?:<!--[\s\S]{0,500}-->\s*)?$/i.test(text.slice(-2_000))
  ) {
    throw new RetryableError('body-broken', `${url}: the page ends before its end; it is tried again`);
  }
  return response;
}

/** Asks for one message by its own page, which alone tells a deleted message from one that is far back. */
export async function recheckTelegram(
  source: Source,
  post: { readonly id: string; readonly revision?: string },
  context: CollectContext,
): Promise<Recheck> {
  const name = /^telegram:([a-z]\w{3,31}\/\d{1,10})$/.exec(post.id)?.[1];
  if (name === undefined)
    return { is: 'unknown', reason: 'its id is none of a Telegram channel; open its link' };
  const url = `${source.options.base.replace(/\/+$/, '')}/${name}?embed=1&mode=tme`;
  try {
    const response = await get(source, url, context);
    const page = parseTelegramPage(source, payloadOf(response, context.clock));
    const found = page.posts.find(({ id }) => id === post.id);
    if (found !== undefined) return compared(post, found, page.edited.has(found.id));
    if (page.missing && page.numbers.length === 0) {
      return { is: 'gone', at: new Date(context.clock.now()).toISOString() };
    }
    return { is: 'unknown', reason: `${url} shows neither the message nor that it is gone; open its link` };
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof PermanentError && error.kind === 'no-preview') {
      return { is: 'unknown', reason: `${error.message} (${error.kind})` };
    }
    return { is: 'unknown', reason: `${messageOf(error)} (${kindOf(error)})` };
  }
}

function compared(post: { readonly revision?: string }, found: Post, edited: boolean): Recheck {
  const held = post.revision ?? (edited ? undefined : found.revision);
  return held === found.revision ? { is: 'there' } : { is: 'changed', post: found };
}
