import type { Reject } from '../core/collector-ports.js';
import { PermanentError, RetryableError, ThrottledError } from '../core/errors.js';
import type { Post } from '../core/post.js';
import { htmlToText } from '../text/html.js';
import type { Parsed, Payload, SourceSetting } from './collector-kind.js';
import { findJsonElements } from './json-elements.js';
import { bodySha256, buildPost, isoTime, recordBytes, rejectOf, webUrl } from './post-builder.js';
import { siteOf } from './source-url.js';

export interface GdeltPage extends Parsed {
  /** Articles that the answer holds, posts or not. */
  readonly articles: number;
  /** When GDELT saw the oldest and the newest of them, ISO 8601 UTC; nothing where it says so of none. */
  readonly oldest?: string;
  readonly newest?: string;
}

/**
 * Articles of an answer of GDELT's DOC 2.0 API (mode artlist, format json): title, address, and when GDELT saw it. GDELT
 * tells its errors as plain words with status 200, and sometimes writes escapes that JSON does not have.
 * @throws ThrottledError `throttled`; PermanentError `query-refused` with GDELT's own words, `not-gdelt`;
 *   RetryableError `broken-json`
 */
export function parseGdeltBody(
  source: Pick<SourceSetting<unknown>, 'name' | 'region'>,
  payload: Payload,
): GdeltPage {
  const text = payload.text.replace(/^\ufeff/, '').trim();
  if (!text.startsWith('{')) throw refusal(text, payload.from);
  const mended = mend(text);
  const spans = findJsonElements(mended, 'articles');
  requireList(mended, spans.length, payload.from);
  const whole = bodySha256(payload.body);
  const posts: Post[] = [];
  const rejects: Reject[] = [];
  const seen: string[] = [];
  for (const [index, { start, end }] of spans.entries()) {
    const at = `article ${index + 1}`;
    const written = mended.slice(start, end);
    const article = objectOf(written);
    const { url, title, seendate } = article ?? {};
    const address = typeof url === 'string' ? webUrl(url.trim()) : undefined;
    if (article === undefined || address === undefined) {
      rejects.push(rejectOf(at, 'bad-article', 'it has no address, or is broken', Buffer.from(written)));
      continue;
    }
    const time = typeof seendate === 'string' ? timeOf(seendate) : undefined;
    if (time !== undefined) seen.push(time);
    const built = buildPost({
      nativeId: address,
      platform: siteOf(address) ?? source.name,
      source: source.name,
      text: typeof title === 'string' ? spaced(htmlToText(title)) : '',
      createdAt: time,
      collectedAt: payload.receivedAt,
      url: address,
      region: source.region,
      record: {
        mediaType: 'application/json',
        ...recordBytes(recordOf(payload, text, written)),
        from: payload.from,
        receivedAt: payload.receivedAt,
        headers: payload.headers,
        bodySha256: whole,
      },
    });
    if ('post' in built) posts.push(built.post);
    else rejects.push(rejectOf(at, built.refusal.kind, built.refusal.reason, Buffer.from(written)));
  }
  const sorted = seen.toSorted();
  const [oldest] = sorted;
  const newest = sorted.at(-1);
  return {
    posts,
    rejects,
    articles: spans.length,
    ...(oldest === undefined ? {} : { oldest }),
    ...(newest === undefined ? {} : { newest }),
  };
}

/** `20261122T071500Z` */
function timeOf(seen: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)Z?$/.exec(seen.trim());
  if (parts === null) return isoTime(seen);
  const [, year, month, day, hour, minute, second] = parts;
  return isoTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** GDELT sets spaces around punctuation. */
function spaced(title: string): string {
  return title
    .replace(/ +([,.:;!?)%\u201d])/g, '$1')
    .replace(/([(\u201c]) +/g, '$1')
    .trim();
}

/** Escapes that JSON does not have (`\'`, `\ `) without their backslash, and control characters as spaces. */
function mend(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return text
      .replace(/\\(?:["\\/bfnrt]|u[0-9a-f]{4})|\\/gi, (found) => (found.length > 1 ? found : ''))
      .replace(/\p{Cc}+/gu, ' ');
  }
}

/** The article as it was received, where it can be found so. */
function recordOf(payload: Payload, text: string, written: string): Buffer {
  const bytes = Buffer.from(written);
  if (text.includes(written) || payload.body.includes(bytes)) return bytes;
  const url = /"url"\s*:\s*"[^"]*"/.exec(written)?.[0];
  const at = url === undefined ? -1 : text.indexOf(url);
  const start = at < 0 ? -1 : text.lastIndexOf('{', at);
  const end = at < 0 ? -1 : text.indexOf('}', at);
  return start < 0 || end < 0 ? bytes : Buffer.from(text.slice(start, end + 1));
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** `{}` and an empty list are answers without articles; other JSON is none of GDELT's, and half of one is a fault. */
function requireList(text: string, articles: number, from: string): void {
  const value = objectOf(text);
  if (value !== undefined) {
    if (Object.keys(value).length === 0 || Array.isArray(value.articles)) return;
    throw new PermanentError(
      'not-gdelt',
      `${from}: it is JSON, but no list of articles of GDELT; check the address`,
    );
  }
  if (!/^\{\s*"articles"\s*:/.test(text)) {
    throw new PermanentError('not-gdelt', `${from}: it is no list of articles of GDELT; check the address`);
  }
  if (articles === 0 || !/\}\s*\]\s*\}\s*$/.test(text)) {
    throw new RetryableError('broken-json', `${from}: the list of articles is cut off; it is tried again`);
  }
}

/** What GDELT means where it answers with words. */
function refusal(text: string, from: string): Error {
  if (/limit requests|one every \d+ seconds|too many requests|rate limit/i.test(text)) {
    return new ThrottledError('throttled', `${from}: GDELT asks for one request in 5 seconds`, 10_000);
  }
  const words = text.startsWith('<') ? '' : text.replace(/\s+/g, ' ').slice(0, 300);
  const isRefusal =
    /\b(query|phrase|keyword|search|timespan|time ?span|date|country|language|theme|parameter|invalid|too (?:short|long|common|many|large)|not valid|unsupported|unrecogni[sz]ed|must|operator|parenthes)/i.test(
      words,
    );
  if (words !== '' && text.length < 2_000 && isRefusal) {
    return new PermanentError('query-refused', `${from}: GDELT refused the query: "${words}"; change query`);
  }
  return new PermanentError(
    'not-gdelt',
    `${from}: the answer is no list of articles${text.startsWith('<') ? ' but a page' : ''}; GDELT may be out of order, or the address wrong`,
  );
}
