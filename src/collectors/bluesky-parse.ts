import type { Reject, Withdrawal } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import type { Post, Reach } from '../core/post.js';
import type { Parsed, Payload, SourceSetting } from './collector-kind.js';
import { isObject, type JetstreamEvent, type Json, readEvent, textIn } from './jetstream-event.js';
import { jsonRecords } from './json-records.js';
import { findJsonValue } from './json-value.js';
import {
  authorOf,
  bodySha256,
  buildPost,
  isoTime,
  notAfter,
  recordBytes,
  rejectOf,
  withoutDeleted,
} from './post-builder.js';

export const POST = 'app.bsky.feed.post';

const POST_URI = /^at:\/\/(did:[a-z]+:[\w.:%-]{1,250})\/([\w.-]{1,300})\/([\w.~:-]{1,512})$/;

/** Accounts that ask not to be shown to those who are not logged in. */
const MEMBERS_ONLY = '!no-unauthenticated';

export interface BlueskyParsed extends Parsed {
  readonly withdrawn: readonly Withdrawal[];
  /** When the place sorts the posts of a search, ISO 8601 UTC, in order; posts that were passed over too. */
  readonly times: readonly string[];
  /** Where a search goes on. */
  readonly next?: string;
}

/** Where posts were received from. */
export type ReceivedFrom = Pick<Payload, 'from' | 'headers' | 'receivedAt'> & {
  readonly bodySha256: string | null;
};

/** `bluesky:at://<did>/app.bsky.feed.post/<key>` */
export function postId(did: string, key: string): string {
  return `bluesky:at://${did}/${POST}/${key}`;
}

/**
 * Posts of a search or feed, of one record or several, or of Jetstream’s events, one a line. Records that are no posts,
 * posts without text, posts that are deleted later on, and those of accounts that ask to be shown to members only are
 * passed over; what cannot be read is a reject.
 * @throws PermanentError `not-json`, `broken-json`, `not-bluesky`, `api-error`
 */
export function parseBlueskyBody(
  source: Pick<SourceSetting<unknown>, 'name' | 'region'>,
  payload: Payload,
): BlueskyParsed {
  const text = payload.text.replace(/^\ufeff/, '');
  const elements = jsonRecords(text, payload.from, ['posts', 'feed', 'records']);
  const received: ReceivedFrom = { ...payload, bodySha256: bodySha256(payload.body) };
  const found = new Findings(source, received);
  let known = 0;
  for (const { at, text: own, value } of elements) {
    if (isObject(value) && typeof value.error === 'string' && !('$type' in value)) {
      const message = `${value.error} ${textIn(value, 'message') ?? ''}`.trim().slice(0, 200);
      throw new PermanentError('api-error', `${payload.from}: answered with an error: ${message}`);
    }
    if (found.take(value, own, at)) known += 1;
  }
  if (known === 0 && (elements.length > 0 || text.trim().startsWith('['))) {
    throw new PermanentError(
      'not-bluesky',
      `${payload.from}: the answer is not one of Bluesky: none of it is a post, a record or an event; check the address`,
    );
  }
  const next = elements.length > 0 ? cursorOf(text) : undefined;
  return { ...found.parsed(), ...(next === undefined ? {} : { next }) };
}

function cursorOf(text: string): string | undefined {
  if (!text.trim().startsWith('{')) return undefined;
  try {
    const answer: unknown = JSON.parse(text);
    return isObject(answer) ? textIn(answer, 'cursor') : undefined;
  } catch {
    return undefined;
  }
}

/** Gathers what was found, each post once. */
export class Findings {
  readonly #source: Pick<SourceSetting<unknown>, 'name' | 'region'>;
  readonly #received: ReceivedFrom;
  readonly #posts: Post[] = [];
  readonly #deleted = new Map<string, number>();
  readonly #rejects: Reject[] = [];
  readonly #withdrawn: Withdrawal[] = [];
  readonly #times: string[] = [];
  readonly #keys = new Set<string>();

  constructor(source: Pick<SourceSetting<unknown>, 'name' | 'region'>, received: ReceivedFrom) {
    this.#source = source;
    this.#received = received;
  }

  parsed(): Omit<BlueskyParsed, 'next'> {
    const posts = withoutDeleted(this.#posts, this.#deleted);
    return { posts, rejects: this.#rejects, withdrawn: this.#withdrawn, times: this.#times };
  }

  /** True where the value is of Bluesky, whatever becomes of it. */
  take(value: unknown, own: string, at: string): boolean {
    const item = isObject(value) ? value : undefined;
    if (item !== undefined && isObject(item.post) && 'uri' in item.post) {
      const span = findJsonValue(own, 'post');
      return this.#view(item.post, span === undefined ? own : own.slice(span.start, span.end), at);
    }
    if (item !== undefined && isAtUri(item.uri)) {
      if (isObject(item.record) && isObject(item.author)) return this.#view(item, own, at);
      if (isObject(item.value)) return this.#record(item, item.value, own, at);
    }
    const event = readEvent(value);
    if (event === undefined) {
      this.reject(at, 'not-a-record', 'it is no post, record or event of Bluesky', own);
      return false;
    }
    this.event(event, own, at);
    return true;
  }

  reject(at: string, kind: string, reason: string, own: string): void {
    this.#rejects.push(rejectOf(at, kind, reason, Buffer.from(own)));
  }

  /** What an event of Jetstream says: a post, a new text of one, or that it is gone. */
  event(event: JetstreamEvent, own: string, at: string): void {
    if (event.kind !== 'commit' || event.collection !== POST) return;
    const time = event.time ?? this.#received.receivedAt;
    if (POST_URI.exec(`at://${event.did}/${POST}/${event.key}`) === null) {
      this.reject(at, 'bad-id', 'its account or key is none', own);
      return;
    }
    if (event.operation === 'delete') {
      const id = postId(event.did, event.key);
      this.#withdrawn.push({ id, at: time });
      this.#deleted.set(id, this.#posts.length);
      return;
    }
    if (event.record === undefined) {
      this.reject(at, 'missing-field', 'the event has no record; it is not taken', own);
      return;
    }
    this.#post({ did: event.did, key: event.key, record: event.record, latest: time, own, at });
  }

  #view(view: Json, own: string, at: string): boolean {
    const [, did, collection, key] = POST_URI.exec(textIn(view, 'uri') ?? '') ?? [];
    const record = view.record;
    if (did === undefined || key === undefined) {
      this.reject(at, 'bad-id', 'its uri is none of a post', own);
      return true;
    }
    if (collection !== POST || !isObject(record)) return true;
    const indexed = isoTime(view.indexedAt) ?? this.#received.receivedAt;
    this.#times.push(notAfter(isoTime(record.createdAt), indexed) ?? indexed);
    const author = isObject(view.author) ? view.author : {};
    const labels = Array.isArray(author.labels) ? author.labels : [];
    if (labels.some((label) => isObject(label) && label.val === MEMBERS_ONLY && label.neg !== true))
      return true;
    const handle = textIn(author, 'handle');
    const reach = reachOf(view);
    this.#post({ did, key, record, latest: indexed, own, at, handle, reach });
    return true;
  }

  #record(answer: Json, record: Json, own: string, at: string): boolean {
    const [, did, collection, key] = POST_URI.exec(textIn(answer, 'uri') ?? '') ?? [];
    if (did === undefined || key === undefined) {
      this.reject(at, 'bad-id', 'its uri is none of a post', own);
      return true;
    }
    if (collection === POST) this.#post({ did, key, record, latest: this.#received.receivedAt, own, at });
    return true;
  }

  #post(post: {
    readonly did: string;
    readonly key: string;
    readonly record: Json;
    /** The place had it by then: an author’s clock may be ahead. */
    readonly latest: string;
    readonly own: string;
    readonly at: string;
    readonly handle?: string | undefined;
    readonly reach?: Reach | undefined;
  }): void {
    const { did, key, record, own, at } = post;
    const text = record.text;
    if (typeof text !== 'string') {
      this.reject(at, 'missing-field', 'the record has no text; it is not taken', own);
      return;
    }
    // Pictures alone: there is nothing to read.
    if (text.trim() === '' && isObject(record.embed)) return;
    const { from, headers, receivedAt } = this.#received;
    const built = buildPost({
      nativeId: `at://${did}/${POST}/${key}`,
      platform: 'bluesky',
      source: this.#source.name,
      text,
      createdAt: notAfter(isoTime(record.createdAt), post.latest),
      collectedAt: receivedAt,
      url: `https://bsky.app/profile/${did}/post/${key}`,
      author: authorOf(did, post.handle),
      reach: post.reach,
      region: this.#source.region,
      record: {
        mediaType: 'application/json',
        ...recordBytes(Buffer.from(own)),
        from,
        receivedAt,
        headers,
        bodySha256: this.#received.bodySha256,
      },
    });
    if ('refusal' in built) {
      this.reject(at, built.refusal.kind, built.refusal.reason, own);
      return;
    }
    const identity = `${built.post.id} ${built.post.revision}`;
    if (!this.#keys.has(identity)) this.#posts.push(built.post);
    this.#keys.add(identity);
  }
}

function isAtUri(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('at://');
}

function reachOf(view: Json): Reach | undefined {
  const reach: { likes?: number; reposts?: number; replies?: number } = {};
  const count = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  if (count(view.likeCount)) reach.likes = view.likeCount;
  if (count(view.repostCount)) reach.reposts = view.repostCount;
  if (count(view.replyCount)) reach.replies = view.replyCount;
  return Object.keys(reach).length === 0 ? undefined : reach;
}
