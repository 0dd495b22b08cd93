import type { Reject, Withdrawal } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import type { Author, Post, Reach } from '../core/post.js';
import { htmlToText } from '../text/html.js';
import type { Parsed, Payload, SourceSetting } from './collector-kind.js';
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
import { readTranscript } from './sse-transcript.js';

/** Events of Mastodon’s streaming that bring a status. */
const STATUS_EVENTS = new Set(['update', 'status.update']);

/** A status as received, or what an event says of one. */
export interface Received {
  readonly at: string;
  /** JSON of the status, or the id of a deleted one. */
  readonly text: string;
  readonly event: 'update' | 'delete';
}

/** What {@link readReceived} makes posts with, beside the statuses themselves. */
export interface ReceivedWith {
  readonly from: string;
  readonly headers: Payload['headers'];
  readonly receivedAt: string;
  readonly bodySha256: string | null;
}

export interface MastodonParsed extends Parsed {
  readonly withdrawn: readonly Withdrawal[];
  /** Ids that the instance gave to the statuses, as they came, whatever became of them. */
  readonly ids: readonly string[];
  /** Statuses that it held, posts or not. */
  readonly statuses: number;
}

/** Ids of posts by the id that an instance gave to their status: a deletion names no other. */
export type KnownStatuses = Pick<Map<string, string>, 'get' | 'set'>;

/**
 * Posts of a timeline, a status, or a stream as it was recorded. Of a boost the original is taken, once; statuses that
 * are not public, or that have no text beside their media, are passed over, and so is what a stream deletes later on.
 * A status that cannot be read is a reject.
 * @throws PermanentError `not-json`, `not-mastodon`, `api-error`
 */
export function parseMastodonBody(
  source: Pick<SourceSetting<unknown>, 'name' | 'region'>,
  payload: Payload,
  known: KnownStatuses = new Map(),
): MastodonParsed {
  const text = payload.text.replace(/^\ufeff/, '');
  const isStream =
    /event-stream/i.test(payload.headers['content-type'] ?? '') ||
    /^\s*(:|event:|data:|id:|retry:)/.test(text);
  const received = isStream ? ofTranscript(text, payload) : ofJson(text, payload);
  const parsed = readReceived(source, received, known, { ...payload, bodySha256: bodySha256(payload.body) });
  const updates = received.filter(({ event }) => event === 'update').length;
  if (updates > 0 && parsed.statuses === 0) {
    throw notMastodon(payload.from, 'none of its elements is a status; check the address');
  }
  return parsed;
}

function ofTranscript(text: string, payload: Payload): Received[] {
  const events = readTranscript(text);
  if (events.length === 0 && /\S/.test(text.replace(/^:.*$/gm, ''))) {
    throw notMastodon(payload.from, 'it has no event of a stream');
  }
  return events.flatMap(({ event, data }, index) => receivedOf(event, data, `event ${index + 1}`));
}

/** An event of a stream as something received; nothing where it says nothing of a status. */
export function receivedOf(event: string, data: string, at: string): Received[] {
  if (STATUS_EVENTS.has(event)) return [{ at, text: data, event: 'update' }];
  return event === 'delete' ? [{ at, text: data.trim(), event: 'delete' }] : [];
}

function ofJson(text: string, payload: Payload): Received[] {
  const records = jsonRecords(text, payload.from, ['statuses', 'ancestors', 'descendants']);
  return records.flatMap(({ text: own, value, at }) => {
    // A message of the stream over WebSocket holds the status as a string.
    if (isObject(value) && typeof value.event === 'string' && typeof value.payload === 'string') {
      return receivedOf(value.event, value.payload, at);
    }
    if (isObject(value) && typeof value.error === 'string') {
      throw new PermanentError(
        'api-error',
        `${payload.from}: answered with an error: ${value.error.slice(0, 200)}`,
      );
    }
    return [{ at, text: own, event: 'update' as const }];
  });
}

/** Posts and deletions of what was received, in order. */
export function readReceived(
  source: Pick<SourceSetting<unknown>, 'name' | 'region'>,
  received: readonly Received[],
  known: KnownStatuses,
  context: ReceivedWith,
): MastodonParsed {
  const posts: Post[] = [];
  const deleted = new Map<string, number>();
  const rejects: Reject[] = [];
  const withdrawn: Withdrawal[] = [];
  const ids: string[] = [];
  const keys = new Set<string>();
  let statuses = 0;
  for (const each of received) {
    if (each.event === 'delete') {
      const id = known.get(each.text);
      if (id === undefined) continue;
      withdrawn.push({ id, at: context.receivedAt });
      deleted.set(id, posts.length);
      continue;
    }
    const outer = statusOf(each.text);
    const reject = (kind: string, reason: string): void => {
      rejects.push(rejectOf(each.at, kind, reason, Buffer.from(each.text)));
    };
    if (outer === undefined) {
      reject('not-a-status', 'it is no status: it has no id with a content, an account or a uri');
      continue;
    }
    statuses += 1;
    if (typeof outer.id === 'string') ids.push(outer.id);
    const span = isObject(outer.reblog) ? findJsonValue(each.text, 'reblog') : undefined;
    const own = span === undefined ? each.text : each.text.slice(span.start, span.end);
    const status = isObject(outer.reblog) ? outer.reblog : outer;
    const missing = missingOf(status);
    if (missing !== undefined) {
      reject('missing-field', `the status has no ${missing}; it is not taken`);
      continue;
    }
    if (status.visibility !== 'public') continue;
    const text = textOf(status);
    if (text === '' && hasMedia(status)) continue;
    const built = buildPost({
      nativeId: String(status.uri),
      platform: 'mastodon',
      source: source.name,
      text,
      createdAt: notAfter(isoTime(status.created_at), context.receivedAt),
      collectedAt: context.receivedAt,
      url: typeof status.url === 'string' ? status.url : String(status.uri),
      author: authorIn(status.account),
      reach: reachOf(status),
      region: source.region,
      record: {
        mediaType: 'application/json',
        ...recordBytes(Buffer.from(own)),
        from: context.from,
        receivedAt: context.receivedAt,
        headers: context.headers,
        bodySha256: context.bodySha256,
      },
    });
    if ('refusal' in built) {
      reject(built.refusal.kind, built.refusal.reason);
      continue;
    }
    if (typeof status.id === 'string') known.set(status.id, built.post.id);
    const key = `${built.post.id} ${built.post.revision}`;
    if (!keys.has(key)) posts.push(built.post);
    keys.add(key);
  }
  return { posts: withoutDeleted(posts, deleted), rejects, withdrawn, ids, statuses };
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object where it is a status, whole or not. */
function statusOf(text: string): Json | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const marks = ['content', 'account', 'uri', 'visibility', 'spoiler_text', 'reblog'];
  const found = marks.filter((mark) => mark in value).length;
  return found >= 2 ? value : undefined;
}

function missingOf(status: Json): string | undefined {
  if (typeof status.uri !== 'string' || status.uri.trim() === '') return 'uri';
  if (typeof status.content !== 'string') return 'content';
  return typeof status.visibility === 'string' ? undefined : 'visibility';
}

/** The content warning, which readers see first, and the content. */
function textOf(status: Json): string {
  const warning = typeof status.spoiler_text === 'string' ? status.spoiler_text.trim() : '';
  const content = typeof status.content === 'string' ? htmlToText(status.content) : '';
  return [warning, content].filter((part) => part !== '').join('\n\n');
}

function hasMedia(status: Json): boolean {
  const { media_attachments: media, poll, quote } = status;
  return (Array.isArray(media) && media.length > 0) || isObject(poll) || isObject(quote);
}

function authorIn(account: unknown): Author | undefined {
  if (!isObject(account)) return undefined;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return authorOf(text(account.url) ?? text(account.uri) ?? text(account.id), text(account.acct));
}

function reachOf(status: Json): Reach | undefined {
  const reach: { likes?: number; reposts?: number; replies?: number } = {};
  const count = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  if (count(status.favourites_count)) reach.likes = status.favourites_count;
  if (count(status.reblogs_count)) reach.reposts = status.reblogs_count;
  if (count(status.replies_count)) reach.replies = status.replies_count;
  return Object.keys(reach).length === 0 ? undefined : reach;
}

function notMastodon(from: string, what: string): PermanentError {
  return new PermanentError('not-mastodon', `${from}: the answer is not one of Mastodon: ${what}`);
}
