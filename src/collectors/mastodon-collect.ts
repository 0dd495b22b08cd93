import { setTimeout } from 'node:timers/promises';
import { MAX_BATCH_POSTS } from '../core/batch.js';
import type { CollectContext, CollectedPage, Cursor } from '../core/collector-ports.js';
import { PermanentError, RetryableError, ThrottledError } from '../core/errors.js';
import type { ServerEvent } from '../core/fetch-ports.js';
import type { SourceSetting } from './collector-kind.js';
import { listen } from './listening.js';
import type { MastodonOptions } from './mastodon.js';
import { MastodonInstance, type Timeline, type TimelinePage, timelinesOf } from './mastodon-api.js';
import { type KnownStatuses, type MastodonParsed, readReceived, receivedOf } from './mastodon-parse.js';
import { SeenEntries } from './seen.js';

/** Posts of a stream that are handed on together, and how long the first of them waits. */
const TOGETHER = 40;
const LINGER_MS = 3_000;
/** Connections of a stream that may break in one pass. */
const MAX_CUTS = 5;
/** A place that wants to be left alone for longer is come back to in the next pass, ms. */
const MAX_WAIT_MS = 30_000;
/** A timeline that brings nothing for so long is asked about, ms. */
const QUIET_MS = 24 * 3_600_000;

/**
 * Reads each timeline up from where it stands, oldest first, so that an interruption loses nothing; then, where that
 * is set, listens. What the stream brings does not move where a timeline stands: the next reading covers whatever the
 * stream did not, and what came before is known by its id and revision.
 */
export async function* collectMastodon(
  source: SourceSetting<MastodonOptions>,
  cursor: Cursor | undefined,
  context: CollectContext,
  known: KnownStatuses,
): AsyncGenerator<CollectedPage> {
  const instance = new MastodonInstance(source, context, known);
  const standing = new Standing(instance.origin, cursor, context.clock.now());
  const timelines = timelinesOf(source.options);
  for (const timeline of timelines) yield* readUp(timeline, source, instance, standing);
  if (source.options.stream) yield* follow(timelines, { source, instance, standing, context, known });
}

/** How far each timeline was read. */
class Standing {
  readonly #origin: string;
  readonly #newest: Record<string, string> = {};
  readonly #seen: SeenEntries;
  #heardAt: number;
  readonly now: number;

  constructor(origin: string, cursor: Cursor | undefined, now: number) {
    this.#origin = origin;
    this.now = now;
    // Ids are the instance’s own: those of another say nothing here.
    const own = cursor?.instance === origin ? cursor : undefined;
    const newest: unknown = own?.newest;
    if (typeof newest === 'object' && newest !== null) {
      for (const [name, id] of Object.entries(newest)) if (typeof id === 'string') this.#newest[name] = id;
    }
    this.#seen = new SeenEntries(own);
    this.#heardAt = typeof own?.heardAt === 'number' ? own.heardAt : now;
  }

  newest(timeline: Timeline): string | undefined {
    return this.#newest[timeline.name];
  }

  /** Nothing came for so long that a list that is empty may have been switched off. */
  get quiet(): boolean {
    return this.now - this.#heardAt > QUIET_MS;
  }

  /** What was not there before, as pages; the last moves where the timeline stands. */
  *pages(found: MastodonParsed, move?: { timeline: Timeline; to: string }): Generator<CollectedPage> {
    const fresh = this.#seen.fresh(found);
    if (found.statuses > 0) this.#heardAt = this.now;
    const { posts } = fresh;
    for (let from = 0; from === 0 || from < posts.length; from += MAX_BATCH_POSTS) {
      const last = from + MAX_BATCH_POSTS >= posts.length;
      const page = { posts: posts.slice(from, from + MAX_BATCH_POSTS), rejects: last ? fresh.rejects : [] };
      const { seen } = this.#seen.cursorAfter(page, false);
      if (last && move !== undefined) this.#newest[move.timeline.name] = move.to;
      const cursor = { instance: this.#origin, newest: { ...this.#newest }, seen, heardAt: this.#heardAt };
      yield {
        ...page,
        cursor,
        ...(last && found.withdrawn.length > 0 ? { withdrawn: found.withdrawn } : {}),
      };
    }
  }
}

async function* readUp(
  timeline: Timeline,
  source: SourceSetting<MastodonOptions>,
  instance: MastodonInstance,
  standing: Standing,
): AsyncGenerator<CollectedPage> {
  const { max_pages: maxPages } = source.options;
  let after = standing.newest(timeline);
  if (after === undefined) {
    const first = await earliest(timeline, source, instance);
    if (first.newest === undefined) {
      await instance.requireOpen(timeline);
      return;
    }
    yield* standing.pages(ordered(first, source), { timeline, to: first.newest });
    after = first.newest;
  }
  for (let read = 0; read < maxPages; read++) {
    const page = await instance.read(timeline, { min_id: after });
    if (page.newest === undefined && read === 0 && standing.quiet) await instance.requireOpen(timeline);
    // An instance that gives the same again would do so for ever.
    if (page.newest === undefined || page.newest === after) return;
    yield* standing.pages(ordered(page, source), { timeline, to: page.newest });
    after = page.newest;
  }
}

/** The page that the first reading begins with: as far back as is set. Those between are read again on the way up. */
async function earliest(
  timeline: Timeline,
  source: SourceSetting<MastodonOptions>,
  instance: MastodonInstance,
): Promise<TimelinePage> {
  let page = await instance.read(timeline, {});
  for (let back = 1; back < source.options.backfill_pages && page.older !== undefined; back++) {
    const older = await instance.read(timeline, { max_id: page.older });
    if (older.newest === undefined || older.older === page.older) break;
    page = older;
  }
  return page;
}

/** A page as it was written, oldest first, and only what the source’s languages let through. */
function ordered<Page extends MastodonParsed>(page: Page, source: SourceSetting<MastodonOptions>): Page {
  return {
    ...page,
    posts: page.posts.filter((post) => speaks(post.record?.bytes, source.options.langs)).reverse(),
  };
}

/** True where the post says no language or one of these. */
function speaks(record: string | undefined, langs: readonly string[] | undefined): boolean {
  if (langs === undefined || record === undefined) return true;
  const status: unknown = JSON.parse(record);
  const said =
    typeof status === 'object' && status !== null && 'language' in status ? status.language : undefined;
  return (
    typeof said !== 'string' || said === '' || langs.includes(said.toLowerCase().split(/[-_]/, 1)[0] ?? '')
  );
}

interface Following {
  readonly source: SourceSetting<MastodonOptions>;
  readonly instance: MastodonInstance;
  readonly standing: Standing;
  readonly context: CollectContext;
  readonly known: KnownStatuses;
}

async function* follow(timelines: readonly Timeline[], following: Following): AsyncGenerator<CollectedPage> {
  const { source, instance, standing, context, known } = following;
  const { clock, fetcher, signal } = context;
  const endsAt = clock.now() + source.options.listen_seconds * 1_000;
  const urls: string[] = [];
  for (const timeline of timelines) urls.push(await instance.streamUrl(timeline));
  const open = (stop: AbortSignal): AsyncIterable<ServerEvent>[] =>
    urls.map((url) =>
      fetcher.events({
        url,
        headers: { ...instance.headers, accept: 'text/event-stream' },
        allowPrivate: source.allowPrivate,
        signal: stop,
      }),
    );
  for (let cuts = 0; ; ) {
    const listenMs = endsAt - clock.now();
    if (listenMs <= 0) return;
    let cut: unknown;
    let items = 0;
    for await (const heard of listen(open, { most: TOGETHER, lingerMs: LINGER_MS, listenMs, signal })) {
      items += heard.items.length;
      const receivedAt = new Date(clock.now()).toISOString();
      const received = heard.items.flatMap(({ event, data }, index) =>
        receivedOf(event, data, `event ${index + 1} of ${receivedAt}`),
      );
      const from = urls[0] ?? instance.origin;
      const found = readReceived(source, received, known, {
        from,
        headers: {},
        receivedAt,
        bodySha256: null,
      });
      const posts = found.posts.filter((post) => speaks(post.record?.bytes, source.options.langs));
      if (posts.length + found.rejects.length + found.withdrawn.length > 0) {
        yield* standing.pages({ ...found, posts });
      }
      if (heard.end === 'time') return;
      if (heard.end !== undefined) cut = heard.end === 'closed' ? closed(from) : heard.end.cut;
    }
    cuts += 1;
    const waitMs = cut instanceof ThrottledError ? cut.retryAfterMs : 0;
    const mayReturn = cut instanceof RetryableError && waitMs <= MAX_WAIT_MS;
    if (!mayReturn || cuts > MAX_CUTS || (items === 0 && cuts > 1)) throw refusedStream(cut, instance.origin);
    await setTimeout(waitMs, undefined, { signal });
    // What was said while nobody listened.
    for (const timeline of timelines) yield* readUp(timeline, source, instance, standing);
  }
}

function closed(from: string): RetryableError {
  return new RetryableError('stream-closed', `${from}: the instance closed its stream; it is opened again`);
}

function refusedStream(error: unknown, origin: string): unknown {
  if (error instanceof PermanentError && error.kind === 'forbidden') {
    const how = 'make a token with the scope read:statuses, or leave stream out';
    return new PermanentError(
      'token-refused',
      `${origin}: does not let this token listen to its stream; ${how}`,
      {
        cause: error,
      },
    );
  }
  return error;
}
