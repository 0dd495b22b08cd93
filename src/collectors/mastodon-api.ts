import type { CollectContext } from '../core/collector-ports.js';
import { PermanentError, RetryableError } from '../core/errors.js';
import type { FetchResponse } from '../core/fetch-ports.js';
import type { SourceSetting } from './collector-kind.js';
import type { MastodonOptions } from './mastodon.js';
import { type KnownStatuses, type MastodonParsed, parseMastodonBody } from './mastodon-parse.js';
import { payloadOf } from './payload.js';
import { requireSecret } from './secret.js';

/** The most that an instance gives at once. */
const PAGE = 40;
const MAX_BODY_BYTES = 4_000_000;

/** One timeline of an instance: a tag's, or the public one. */
export interface Timeline {
  /** Names it in cursors and messages, e.g. `tag:banjir`, `public:local`. */
  readonly name: string;
  /** Under `/api/v1/timelines/`. */
  readonly path: string;
  /** Under `/api/v1/streaming/`. */
  readonly stream: string;
  /** Which of an instance’s settings says who may read it. */
  readonly setting: 'hashtag_feeds' | 'live_feeds';
}

/** The timelines that a source reads. */
export function timelinesOf(options: MastodonOptions): readonly Timeline[] {
  const only = options.only === undefined ? '' : `?${options.only}=true`;
  const suffix = options.only === undefined ? '' : `:${options.only}`;
  if (options.tags !== undefined) {
    const local = options.only === 'local' ? '/local' : '';
    return options.tags.map((tag) => ({
      name: `tag:${tag}${suffix}`,
      path: `tag/${encodeURIComponent(tag)}${only}`,
      stream: `hashtag${local}?tag=${encodeURIComponent(tag)}`,
      setting: 'hashtag_feeds',
    }));
  }
  const stream = options.only === undefined ? 'public' : `public/${options.only}`;
  return [{ name: `public${suffix}`, path: `public${only}`, stream, setting: 'live_feeds' }];
}

export interface TimelinePage extends MastodonParsed {
  /** The id to read on from to newer ones; nothing where the page is empty. */
  readonly newest?: string;
  /** The id to read on from to older ones; nothing where the place names none. */
  readonly older?: string;
}

/** What is asked of an instance in one pass. */
export class MastodonInstance {
  readonly #source: SourceSetting<MastodonOptions>;
  readonly #context: CollectContext;
  readonly #known: KnownStatuses;

  constructor(source: SourceSetting<MastodonOptions>, context: CollectContext, known: KnownStatuses) {
    this.#source = source;
    this.#context = context;
    this.#known = known;
  }

  /** `https://instance` */
  get origin(): string {
    return new URL(this.#source.options.url).origin;
  }

  /** Headers of a request to the instance itself. @throws PermanentError `no-secret` */
  get headers(): Readonly<Record<string, string>> {
    const { token_env: variable } = this.#source.options;
    const token = variable === undefined ? undefined : requireSecret(this.#source, variable);
    return {
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
  }

  get(url: string, options: { own: boolean; acceptStatuses: readonly number[] }): Promise<FetchResponse> {
    const { options: set, allowPrivate } = this.#source;
    return this.#context.fetcher.fetch({
      url,
      headers: options.own ? this.headers : { accept: 'application/json' },
      // An API has terms of its own; the rest of the site’s robots.txt is not about it.
      robots: false,
      allowPrivate: options.own && allowPrivate,
      maxBytes: MAX_BODY_BYTES,
      acceptStatuses: options.acceptStatuses,
      signal: this.#context.signal,
      ...(options.own ? { requestsPerSecond: set.requests_per_second } : {}),
    });
  }

  /** A page of a timeline. @throws PermanentError `login-needed`, `token-refused`, `previews-off`, as of parsing */
  async read(timeline: Timeline, bound: { min_id?: string; max_id?: string }): Promise<TimelinePage> {
    const url = new URL(`${this.origin}/api/v1/timelines/${timeline.path}`);
    url.searchParams.set('limit', String(PAGE));
    for (const [name, value] of Object.entries(bound)) url.searchParams.set(name, value);
    const response = await this.get(url.href, { own: true, acceptStatuses: [401, 404, 422] });
    if (response.status !== 200) return this.#refused(timeline, response);
    const payload = payloadOf(response, this.#context.clock);
    let parsed: MastodonParsed;
    try {
      parsed = parseMastodonBody(this.#source, payload, this.#known);
    } catch (error) {
      // The next reading may find it whole.
      if (error instanceof PermanentError && error.kind === 'broken-json') {
        throw new RetryableError(error.kind, `${error.message}; it is tried again`);
      }
      throw error;
    }
    const links = linksOf(response.headers.link, url.href);
    const newest = links.prev ?? parsed.ids.toSorted(compareIds).at(-1);
    const older = links.next ?? parsed.ids.toSorted(compareIds)[0];
    return {
      ...parsed,
      ...(newest === undefined || parsed.statuses === 0 ? {} : { newest }),
      ...(older === undefined ? {} : { older }),
    };
  }

  #refused(timeline: Timeline, { status, url, headers }: FetchResponse): TimelinePage {
    if (status === 404) {
      // Nobody has used the tag there yet; another address answers with a page.
      const isApi = /json/i.test(headers['content-type'] ?? '');
      if (isApi && timeline.setting === 'hashtag_feeds') {
        return { posts: [], rejects: [], withdrawn: [], ids: [], statuses: 0 };
      }
      throw new PermanentError('not-found', `${url}: answered 404; check that url is a Mastodon instance`);
    }
    const { token_env: variable } = this.#source.options;
    if (variable !== undefined) {
      throw new PermanentError(
        'token-refused',
        `${this.origin}: answered ${status} to the token in ${variable}; make a new one with the scope read:statuses`,
      );
    }
    throw new PermanentError(
      'login-needed',
      `${this.origin}: answered ${status}, it shows ${timeline.name} to its own accounts only; put the token of an ` +
        'app of one in a variable and name that as token_env, or read another instance',
    );
  }

  /**
   * That an empty list may be believed.
   * @throws PermanentError `previews-off` where the instance says that it hides the timeline, or hides what it says.
   */
  async requireOpen(timeline: Timeline): Promise<void> {
    const settings = await this.#settings();
    const access = settings?.timelines_access?.[timeline.setting];
    const { only, token_env: variable } = this.#source.options;
    const sides = only === undefined ? (['local', 'remote'] as const) : [only];
    const allowed = variable === undefined ? ['public'] : ['public', 'authenticated'];
    if (access !== undefined) {
      const open = sides.filter((side) => allowed.includes(access[side] ?? 'public'));
      if (open.length > 0) return;
      throw new PermanentError(
        'previews-off',
        `${this.origin}: gives an empty list for ${timeline.name} because it is switched off for ` +
          `${variable === undefined ? 'visitors; name a token as token_env, or' : 'this account;'} read another instance`,
      );
    }
    // Before 4.5 a hidden timeline was refused, not empty: a tag without posts is one.
    if (settings !== undefined && timeline.setting === 'hashtag_feeds') return;
    throw new PermanentError(
      'previews-off',
      `${this.origin}: gives an empty list for ${timeline.name} and has never given a post; it may have switched it ` +
        'off for visitors: name a token as token_env, or read another instance',
    );
  }

  /** Where the stream of a timeline is. @throws PermanentError `stream-elsewhere` */
  async streamUrl(timeline: Timeline): Promise<string> {
    const { streaming_url: named } = this.#source.options;
    const told = named ?? (await this.#settings())?.urls?.streaming ?? this.origin;
    const base = new URL(told.replace(/^ws/, 'http'));
    const own = new URL(this.origin);
    const near = base.hostname === own.hostname || base.hostname.endsWith(`.${own.hostname}`);
    if (named === undefined && (!near || base.protocol !== own.protocol)) {
      throw new PermanentError(
        'stream-elsewhere',
        `${this.origin}: says that its stream is at ${base.host}; to send the token there, set streaming_url to ${base.origin}`,
      );
    }
    return `${base.origin}/api/v1/streaming/${timeline.stream}`;
  }

  async #settings(): Promise<InstanceSettings | undefined> {
    try {
      const response = await this.get(`${this.origin}/api/v2/instance`, { own: true, acceptStatuses: [] });
      const value: unknown = JSON.parse(response.text());
      return settingsOf(value);
    } catch (error) {
      this.#context.signal.throwIfAborted();
      if (error instanceof RetryableError) throw error;
      return undefined;
    }
  }
}

interface InstanceSettings {
  readonly timelines_access?: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  readonly urls?: { readonly streaming?: string };
}

/** Of `/api/v2/instance`: what stands under `configuration` is read and nothing else. */
function settingsOf(value: unknown): InstanceSettings | undefined {
  const configuration = field(value, 'configuration');
  if (configuration === undefined) return undefined;
  const urls = field(configuration, 'urls');
  const streaming = field(urls, 'streaming');
  const access = field(configuration, 'timelines_access');
  const feeds = ['hashtag_feeds', 'live_feeds'].map((name) => {
    const feed = field(access, name);
    const sides = ['local', 'remote'].flatMap((side) => {
      const said = field(feed, side);
      return typeof said === 'string' ? [[side, said] as const] : [];
    });
    return [name, sides.length === 0 ? undefined : Object.fromEntries(sides)] as const;
  });
  return {
    timelines_access: Object.fromEntries(feeds),
    ...(typeof streaming === 'string' && /^(ws|http)s?:\/\//.test(streaming) && URL.canParse(streaming)
      ? { urls: { streaming } }
      : {}),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The bounds that a `Link` header names: only ids are taken of it, never an address. */
function linksOf(header: string | undefined, base: string): { next?: string; prev?: string } {
  const links: { next?: string; prev?: string } = {};
  for (const [, target, rel] of (header ?? '').matchAll(/<([^<>]{1,2000})>\s*;\s*rel="?(next|prev)"?/g)) {
    if (target === undefined || !URL.canParse(target, base)) continue;
    const { searchParams } = new URL(target, base);
    const id =
      rel === 'next'
        ? searchParams.get('max_id')
        : (searchParams.get('min_id') ?? searchParams.get('since_id'));
    if (id !== null && /^[\w.-]{1,100}$/.test(id)) links[rel === 'next' ? 'next' : 'prev'] = id;
  }
  return links;
}

/** Ids of one instance in the order in which it gave them: numbers that grow, or texts that sort. */
function compareIds(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
}
