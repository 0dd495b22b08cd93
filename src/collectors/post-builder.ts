import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { Reject } from '../core/collector-ports.js';
import { type Author, MAX_POST_CHARS, type Post, type Reach, type ReceivedRecord } from '../core/post.js';
import { termsRefusal } from './terms.js';

/** What a parser found of a post; {@link buildPost} makes a post of it or says why not. */
export interface PostFields {
  /** The place's own id; without it the post is known by a hash of what it says, who said it, when and where. */
  readonly nativeId?: string | undefined;
  readonly platform: string;
  readonly source: string;
  readonly text: string;
  /** ISO 8601 UTC (see {@link isoTime}). */
  readonly createdAt?: string | undefined;
  /** ISO 8601 UTC. */
  readonly collectedAt: string;
  /** Kept only where it is an http or https URL. */
  readonly url?: string | undefined;
  readonly author?: Author | undefined;
  readonly reach?: Reach | undefined;
  readonly region?: string | undefined;
  readonly record?: ReceivedRecord | undefined;
}

/** Why fields are no post. */
export interface Refusal {
  readonly kind: 'no-text' | 'text-too-long' | 'terms-refuse';
  readonly reason: string;
}

/** The longest native id, in UTF-16 units; a longer one is replaced by its hash. */
const MAX_ID_CHARS = 1_000;

/** A post, or why there is none. The text is kept as it is, save that an empty one makes no post. */
export function buildPost(fields: PostFields): { post: Post } | { refusal: Refusal } {
  const { text } = fields;
  if (!/\S/.test(text)) {
    return { refusal: { kind: 'no-text', reason: 'it has no text; name the field that holds it' } };
  }
  if (text.length > MAX_POST_CHARS) {
    const reason = `its text has ${text.length} characters; at most ${MAX_POST_CHARS} are taken`;
    return { refusal: { kind: 'text-too-long', reason } };
  }
  const url = fields.url === undefined ? undefined : webUrl(fields.url);
  const { nativeId } = fields;
  const idUrl = nativeId !== undefined && /^\s*https?:/i.test(nativeId) ? webUrl(nativeId) : undefined;
  const refused = termsRefusal(fields.platform, url) ?? termsRefusal(undefined, idUrl);
  if (refused !== undefined) return { refusal: { kind: 'terms-refuse', reason: refused } };
  const post: { -readonly [Key in keyof Post]: Post[Key] } = {
    id: `${fields.platform}:${nativeIdOf(fields)}`,
    revision: revisionOf(text),
    source: fields.source,
    platform: fields.platform,
    text,
    collectedAt: fields.collectedAt,
  };
  if (fields.createdAt !== undefined) post.createdAt = fields.createdAt;
  if (url !== undefined) post.url = url;
  if (fields.author !== undefined) post.author = fields.author;
  if (fields.reach !== undefined) post.reach = fields.reach;
  if (fields.region !== undefined) post.region = fields.region;
  if (fields.record !== undefined) post.record = fields.record;
  return { post };
}

/**
 * First 16 hex digits of the SHA-256 of the text: an edit makes a new revision, a changed like count does not.
 */
export function revisionOf(text: string): string {
  return hash('sha256', text).slice(0, 16);
}

function nativeIdOf(fields: PostFields): string {
  const id = fields.nativeId?.trim();
  if (id !== undefined && id !== '') return id.length <= MAX_ID_CHARS ? id : `hash-${shortHash(id)}`;
  const { text, author, createdAt, url } = fields;
  return `hash-${shortHash(JSON.stringify([text, author?.id ?? author?.handle, createdAt, url]))}`;
}

/** First 24 hex digits of the SHA-256 of a text. */
export function shortHash(text: string): string {
  return hash('sha256', text).slice(0, 24);
}

/** An author out of what a place names; nothing where it names nobody. A leading `@` of the handle is removed. */
export function authorOf(id: string | undefined, handle: string | undefined): Author | undefined {
  const author: { id?: string; handle?: string } = {};
  const ownId = id?.trim();
  const ownHandle = handle?.trim().replace(/^@/, '');
  if (ownId) author.id = ownId;
  if (ownHandle) author.handle = ownHandle;
  return author.id === undefined && author.handle === undefined ? undefined : author;
}

/**
 * The URL in canonical form where it is one of http or https, without credentials; else nothing. What is no base, e.g.
 * the name of a recorded file, keeps no whole URL from being one.
 */
export function webUrl(text: string, base?: string): string | undefined {
  const within = base !== undefined && URL.canParse(base) ? base : undefined;
  if (!URL.canParse(text, within)) return undefined;
  const url = new URL(text, within);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  return url.href;
}

const ISO_TIME =
  /^\s*(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?\s*$/i;
/** RFC 822/2822, which feeds use, e.g. `Sun, 22 Nov 2026 07:00:00 +0700`. */
const MAIL_TIME =
  /^\s*(?:[a-z]{3,9},?\s+)?\d{1,2}\s+[a-z]{3,9}\s+\d{2,4}\s+\d{1,2}:\d\d(?::\d\d)?\s*(?:[+-]\d{4}|[a-z]{1,3})?\s*$/i;

/**
 * A time as a place writes it (ISO 8601, RFC 822, seconds or milliseconds since the epoch) in ISO 8601 UTC;
 * nothing where it is none of these or beyond the years 1990 to 2100. `offset` (e.g. `+07:00`) is meant where an
 * ISO time names no zone.
 */
export function isoTime(value: unknown, offset = 'Z'): string | undefined {
  if (typeof value === 'number') return fromEpoch(value < 1e11 ? value * 1_000 : value);
  if (typeof value !== 'string' || value.length > 100) return undefined;
  const iso = ISO_TIME.exec(value);
  if (iso !== null) {
    const [, day, time, zone] = iso;
    const clock = time === undefined ? '00:00' : time;
    return fromEpoch(Date.parse(`${day}T${clock}${zoneOf(zone ?? offset)}`));
  }
  const mail = inEnglish(value);
  if (MAIL_TIME.test(mail)) return fromEpoch(Date.parse(mail.replace(/^\s*[a-z]{3,9},?\s+(?=\d)/i, '')));
  return /^\s*\d{9,13}\s*$/.test(value) ? isoTime(Number(value)) : undefined;
}

/** Months and zones that English writes otherwise than Indonesian. */
const MONTHS: Readonly<Record<string, string>> = {
  januari: 'Jan',
  februari: 'Feb',
  pebruari: 'Feb',
  maret: 'Mar',
  mei: 'May',
  juni: 'Jun',
  juli: 'Jul',
  agustus: 'Aug',
  agu: 'Aug',
  agt: 'Aug',
  ags: 'Aug',
  oktober: 'Oct',
  okt: 'Oct',
  nopember: 'Nov',
  nop: 'Nov',
  desember: 'Dec',
  des: 'Dec',
  wib: '+0700',
  wita: '+0800',
  wit: '+0900',
};

function inEnglish(time: string): string {
  return time.replace(/[a-z]+/gi, (word) => MONTHS[word.toLowerCase()] ?? word);
}

/** Another server’s clock may be ahead: nothing was posted after it was received. */
export function notAfter(time: string | undefined, latest: string): string | undefined {
  return time !== undefined && time > latest ? latest : time;
}

/** Posts without those that were deleted after them: `deleted` has, by id, how many posts there were by then. */
export function withoutDeleted(
  posts: readonly Post[],
  deleted: Pick<Map<string, number>, 'get' | 'size'>,
): readonly Post[] {
  return deleted.size === 0 ? posts : posts.filter((post, index) => index >= (deleted.get(post.id) ?? 0));
}

/** A clock is ahead by that at most. */
const MAX_AHEAD_MS = 86_400_000;

/** The time, or nothing where it is more than a day after the reading: what has not been cannot have been posted. */
export function believable(time: string | undefined, receivedAt: string): string | undefined {
  return time !== undefined && Date.parse(time) > Date.parse(receivedAt) + MAX_AHEAD_MS ? undefined : time;
}

function zoneOf(zone: string): string {
  if (/^(z|utc)$/i.test(zone)) return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

function fromEpoch(ms: number): string | undefined {
  if (!(ms >= 631_152_000_000 && ms < 4_102_444_800_000)) return undefined;
  return new Date(ms).toISOString();
}

/** Bytes as a record keeps them: as text where they are UTF-8, else in base64. */
export function recordBytes(bytes: Buffer): Pick<ReceivedRecord, 'encoding' | 'bytes'> {
  return isUtf8(bytes)
    ? { encoding: 'utf8', bytes: bytes.toString('utf8') }
    : { encoding: 'base64', bytes: bytes.toString('base64') };
}

/** SHA-256 of a whole body, lower-case hex. */
export function bodySha256(body: Buffer): string {
  return hash('sha256', body);
}

/** Most bytes of what was received that a reject keeps. */
const MAX_EXCERPT_BYTES = 4_096;

/** A reject with its excerpt copied and cut. */
export function rejectOf(at: string, kind: string, reason: string, bytes: Buffer, length?: number): Reject {
  return {
    at,
    kind,
    reason,
    excerpt: Buffer.from(bytes.subarray(0, MAX_EXCERPT_BYTES)),
    length: length ?? bytes.length,
  };
}
