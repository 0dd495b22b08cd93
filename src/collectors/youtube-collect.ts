import type { CollectContext, CollectedPage, Cursor } from '../core/collector-ports.js';
import { kindOf } from '../core/errors.js';
import type { Post } from '../core/post.js';
import type { Parsed, SourceSetting } from './collector-kind.js';
import { PageBuilder } from './page.js';
import { shortHash } from './post-builder.js';
import type { YoutubeOptions } from './youtube.js';
import { askYoutube } from './youtube-api.js';
import type { Thread, YoutubePage } from './youtube-parse.js';
import { Quota } from './youtube-quota.js';

/** Keys of posts that a cursor remembers, 16 characters each. */
const MAX_SEEN = 1_500;
/** Threads whose replies are still to be read. */
const MAX_PENDING = 300;
/** Stretches of older pages that are still to be read. */
const MAX_BEHIND = 10;
const MAX_REPLY_PAGES = 20;

/** A thread whose replies are still to be read. */
type Pending = readonly [thread: string, video: string];

/** The page to go on from, and the time by which everything older was read ('' where nothing was). */
type Stretch = readonly [token: string, floor: string];

/** What a cursor keeps. Everything in it may be missing. */
interface State {
  /** ISO 8601 UTC: threads published by then were read, save those in `behind`; '' before the first reading. */
  newestAt: string;
  /** Pages to go on from, of stretches that a pass could not finish; the newest first. */
  behind: Stretch[];
  pending: Pending[];
  /** Posts of the newest pages, so that they are not given twice. */
  seen: string[];
  /** Reply counts of the newest threads, so that their replies are asked for only when there are more. */
  counts: [thread: string, replies: number][];
}

/**
 * Reads threads, newest first, back to those that were read before; then the replies that did not come with them; then
 * what earlier passes left unread. Units are counted in the cursor, and reading stops before the day's are used up.
 */
export async function* collectYoutube(
  source: SourceSetting<YoutubeOptions>,
  cursor: Cursor | undefined,
  context: CollectContext,
): AsyncGenerator<CollectedPage> {
  yield* new YoutubeReading(source, cursor, context).pages();
}

class YoutubeReading {
  readonly #source: SourceSetting<YoutubeOptions>;
  readonly #context: CollectContext;
  readonly #quota: Quota;
  #state: State;
  /** The state up to which everything was handed on. */
  #safe: State;
  readonly #given: Set<string>;
  /** Keys of this pass's first page, which the next pass meets again. */
  #top: string[] | undefined;

  constructor(source: SourceSetting<YoutubeOptions>, cursor: Cursor | undefined, context: CollectContext) {
    this.#source = source;
    this.#context = context;
    this.#state = stateOf(cursor);
    this.#safe = structuredClone(this.#state);
    this.#quota = new Quota(cursor?.quota, source.options.quota, () => context.clock.now());
    this.#given = new Set(this.#state.seen);
  }

  async *pages(): AsyncGenerator<CollectedPage> {
    try {
      yield* this.#replies();
      yield* this.#threads();
    } catch (error) {
      this.#context.signal.throwIfAborted();
      // Who used the rest of the quota is not known; asking on would not bring it back.
      if (kindOf(error) === 'quota-exceeded') this.#quota.exhaust();
      // Units are counted although nothing came of them.
      yield { posts: [], rejects: [], cursor: this.#cursor() };
      throw error;
    }
  }

  async *#threads(): AsyncGenerator<CollectedPage> {
    const { max_pages: maxPages } = this.#source.options;
    const floor = this.#state.newestAt;
    const stretches: (readonly [token: string | undefined, floor: string])[] = [
      [undefined, floor],
      ...this.#state.behind,
    ];
    for (let read = 0; read < maxPages; read++) {
      const stretch = stretches.shift();
      if (stretch === undefined) return;
      const [token, until] = stretch;
      const page = await this.#readStretch(token);
      if (page === undefined) continue;
      const times = page.threads.map(({ publishedAt }) => publishedAt).filter((time) => time !== '');
      const reached = until !== '' && times.some((time) => time <= until);
      if (page.next !== undefined && page.next !== token && !reached) stretches.unshift([page.next, until]);
      const isTop = token === undefined;
      const fresh = this.#fresh(page, isTop);
      if (isTop) this.#state.newestAt = maximum([floor, ...times]);
      this.#state.behind = stretches.flatMap(([next, own]) =>
        next === undefined ? [] : [[next, own] as const],
      );
      const given = this.#state.behind.splice(MAX_BEHIND);
      this.#remember(page.threads);
      const reason = 'earlier passes left more unread than can be kept in mind; raise max_pages or quota';
      yield* this.#give(fresh, given.length > 0 ? reason : undefined);
      yield* this.#replies();
    }
  }

  /** A page of threads; nothing where the place to go on from is not known any more. */
  async #readStretch(token: string | undefined): Promise<YoutubePage | undefined> {
    const { video, channel } = this.#source.options;
    const parameters = {
      part: 'snippet,replies',
      videoId: video,
      allThreadsRelatedToChannelId: channel,
      order: 'time',
      pageToken: token,
    };
    try {
      return await this.#ask('commentThreads', parameters);
    } catch (error) {
      if (token !== undefined && kindOf(error) === 'bad-page-token') return undefined;
      throw error;
    }
  }

  /** Notes which threads have replies that did not come with them and were not read before. */
  #remember(threads: readonly Thread[]): void {
    const { counts, pending } = this.#state;
    const known = new Map(counts);
    for (const { id, replies, embedded, video } of threads) {
      const key = shortHash(id).slice(0, 12);
      const isMore = replies > embedded && replies !== known.get(key);
      const isPending = pending.some(([other]) => other === id);
      if (this.#source.options.replies && isMore && !isPending && pending.length < MAX_PENDING) {
        pending.push([id, video ?? '']);
      }
      known.delete(key);
      known.set(key, replies);
    }
    this.#state.counts = [...known].slice(-500);
  }

  async *#replies(): AsyncGenerator<CollectedPage> {
    for (;;) {
      const [next] = this.#state.pending;
      if (next === undefined) return;
      const [parentId, video] = next;
      const found: Parsed[] = [];
      let pageToken: string | undefined;
      try {
        for (let read = 0; read < MAX_REPLY_PAGES; read++) {
          const asked = { part: 'snippet', parentId, pageToken };
          const page = await this.#ask('comments', asked, video === '' ? undefined : video);
          found.push(this.#fresh(page, false));
          pageToken = page.next === pageToken ? undefined : page.next;
          if (pageToken === undefined) break;
        }
      } catch (error) {
        // Deleted in the meantime, with its replies.
        if (kindOf(error) !== 'comment-not-found') throw error;
      }
      this.#state.pending = this.#state.pending.slice(1);
      const posts = found.flatMap((page) => page.posts);
      const unread =
        pageToken === undefined
          ? undefined
          : `the thread ${parentId} has more than ${MAX_REPLY_PAGES} pages of replies; those beyond are not read`;
      yield* this.#give({ posts, rejects: found.flatMap((page) => page.rejects) }, unread);
    }
  }

  async #ask(
    path: 'commentThreads' | 'comments',
    parameters: Readonly<Record<string, string | undefined>>,
    video?: string,
  ): Promise<YoutubePage> {
    this.#quota.take(this.#source.name);
    return await askYoutube(this.#source, path, parameters, this.#context, video);
  }

  /** What was not given before; of the newest page all keys are remembered, since the next pass meets them again. */
  #fresh(page: Parsed, isTop: boolean): Parsed {
    const keys = page.posts.map(keyOf);
    if (isTop) this.#top = keys;
    const posts = page.posts.filter((_post, index) => !this.#given.has(keys[index] ?? ''));
    for (const key of keys) this.#given.add(key);
    const earlier = this.#state.seen;
    this.#state.seen = [...new Set([...(this.#top ?? []), ...earlier, ...keys])].slice(0, MAX_SEEN);
    return { posts, rejects: page.rejects };
  }

  /** Cuts what was found into pages. Only with the last is the state safe; before it, what was given is remembered. `unread` is told as a gap. */
  *#give(found: Parsed, unread?: string): Generator<CollectedPage> {
    const builder = new PageBuilder();
    const pages: { posts: readonly Post[]; rejects: Parsed['rejects'] }[] = [];
    for (const post of found.posts) {
      if (builder.overflows(post)) pages.push(builder.take());
      builder.add(post);
    }
    for (const reject of found.rejects) builder.reject(reject);
    const last = builder.take();
    for (const page of pages) {
      this.#safe.seen = [...page.posts.map(keyOf), ...this.#safe.seen].slice(0, MAX_SEEN);
      yield { ...page, cursor: this.#cursor() };
    }
    this.#safe = structuredClone(this.#state);
    const to = new Date(this.#context.clock.now()).toISOString();
    const gaps = unread === undefined ? {} : { gaps: [{ to, kind: 'max-pages', reason: unread }] };
    yield { ...last, cursor: this.#cursor(), ...gaps };
  }

  #cursor(): Cursor {
    return { ...structuredClone(this.#safe), quota: this.#quota.used };
  }
}

function keyOf(post: Post): string {
  return shortHash(`${post.id}\n${post.revision}`).slice(0, 16);
}

function maximum(times: readonly string[]): string {
  return times.reduce((latest, time) => (time > latest ? time : latest), '');
}

/** What a cursor says, as far as it can be understood. */
function stateOf(cursor: Cursor | undefined): State {
  const { newestAt, behind, pending, seen, counts } = cursor ?? {};
  const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 2_000;
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const pair = (value: unknown): readonly unknown[] =>
    Array.isArray(value) && value.length === 2 ? value : [];
  return {
    newestAt: isText(newestAt) && !Number.isNaN(Date.parse(newestAt)) ? newestAt : '',
    behind: list(behind)
      .map(pair)
      .flatMap(([token, floor]) => (isText(token) && isText(floor) ? [[token, floor] as const] : []))
      .slice(0, MAX_BEHIND),
    pending: list(pending)
      .map(pair)
      .flatMap(([thread, video]) => (isText(thread) && isText(video) ? [[thread, video] as const] : [])),
    seen: list(seen).filter(isText).slice(0, MAX_SEEN),
    counts: list(counts)
      .map(pair)
      .flatMap(([thread, replies]) =>
        isText(thread) && typeof replies === 'number' ? [[thread, replies]] : [],
      ),
  };
}
