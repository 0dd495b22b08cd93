import { MAX_BATCH_POSTS } from '../core/batch.js';
import type { CollectContext, CollectedPage, Cursor, Gap } from '../core/collector-ports.js';
import { PermanentError, RetryableError } from '../core/errors.js';
import type { FetchResponse } from '../core/fetch-ports.js';
import type { BlueskyOptions } from './bluesky.js';
import { speaks } from './bluesky-filter.js';
import { type BlueskyParsed, parseBlueskyBody } from './bluesky-parse.js';
import { BlueskySession, type Login } from './bluesky-session.js';
import type { SourceSetting } from './collector-kind.js';
import { payloadOf } from './payload.js';
import { isoTime } from './post-builder.js';
import { SeenEntries } from './seen.js';

const PAGE = 100;
/** Posts reach the search some time after they were written: that much is searched again, ms. */
const OVERLAP_MS = 15 * 60_000;

/**
 * Searches newest first, back to where the last search that was whole had come; an interruption moves nothing but the
 * memory of what was handed on, so the next search closes the gap.
 */
export async function* searchBluesky(
  source: SourceSetting<BlueskyOptions>,
  cursor: Cursor | undefined,
  context: CollectContext,
  login: Login,
): AsyncGenerator<CollectedPage> {
  const { options } = source;
  const { clock } = context;
  const session = new BlueskySession(source, context, login);
  const query = options.query ?? '';
  const own = cursor?.query === query ? cursor : undefined;
  const reached = isoTime(own?.reached);
  const seen = new SeenEntries(own);
  const since = new Date(
    reached === undefined ? clock.now() - options.since_hours * 3_600_000 : Date.parse(reached) - OVERLAP_MS,
  ).toISOString();
  let newest = reached ?? '';
  let oldest: string | undefined;
  let next: string | undefined;
  for (let read = 1; ; read++) {
    const response = await session.query('app.bsky.feed.searchPosts', {
      q: query,
      sort: 'latest',
      limit: String(PAGE),
      since,
      ...(options.langs?.length === 1 && options.langs[0] !== undefined ? { lang: options.langs[0] } : {}),
      ...(next === undefined ? {} : { cursor: next }),
    });
    const found = parsed(source, response, context);
    for (const time of found.times) {
      if (time > newest) newest = time;
      if (oldest === undefined || time < oldest) oldest = time;
    }
    const following = found.next === next || found.times.length === 0 ? undefined : found.next;
    const last = following === undefined || read >= options.max_pages;
    const gap = last && following !== undefined ? missed(since, oldest, options.max_pages) : undefined;
    const posts = found.posts.filter((post) =>
      speaks(JSON.parse(post.record?.bytes ?? 'null'), options.langs),
    );
    const fresh = seen.fresh({ posts, rejects: found.rejects });
    for (let from = 0; from === 0 || from < fresh.posts.length; from += MAX_BATCH_POSTS) {
      const end = from + MAX_BATCH_POSTS >= fresh.posts.length;
      const page = {
        posts: fresh.posts.slice(from, from + MAX_BATCH_POSTS),
        rejects: end ? fresh.rejects : [],
      };
      const until = last && end ? newest : (reached ?? '');
      const kept = seen.cursorAfter(page, !last).seen;
      yield {
        ...page,
        cursor: { query, ...(until === '' ? {} : { reached: until }), seen: kept },
        ...(last && end && gap !== undefined ? { gaps: [gap] } : {}),
      };
    }
    if (last) return;
    next = following;
  }
}

function parsed(
  source: SourceSetting<BlueskyOptions>,
  response: FetchResponse,
  { clock }: CollectContext,
): BlueskyParsed {
  try {
    return parseBlueskyBody(source, payloadOf(response, clock));
  } catch (error) {
    if (error instanceof PermanentError && error.kind === 'broken-json') {
      throw new RetryableError(error.kind, `${error.message}; it is tried again`);
    }
    throw error;
  }
}

function missed(since: string, oldest: string | undefined, pages: number): Gap {
  return {
    from: since,
    to: oldest ?? since,
    kind: 'max-pages',
    reason: `the search has more than ${pages} pages; set max_pages higher, search more often, or ask for less`,
  };
}
