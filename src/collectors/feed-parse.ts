import type { Reject } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import type { Post } from '../core/post.js';
import type { Parsed, Payload, SourceSetting } from './collector-kind.js';
import type { FeedReading } from './feed.js';
import { type FeedEntry, jsonEntry, lowerKeys, siteLinkOf, xmlEntry } from './feed-entry.js';
import { feedText } from './feed-text.js';
import { findJsonElements } from './json-elements.js';
import { originalBytes } from './original-bytes.js';
import {
  authorOf,
  believable,
  bodySha256,
  buildPost,
  isoTime,
  recordBytes,
  rejectOf,
  shortHash,
  webUrl,
} from './post-builder.js';
import { siteOf } from './source-url.js';
import {
  FOREIGN,
  findRoot,
  findXmlEntries,
  isRoot,
  MAX_ENTRIES,
  type Root,
  type Span,
  tagsOf,
} from './xml-entries.js';
import { contentOf, type Field, fieldsOf, type Prefixes, prefixesOf } from './xml-fields.js';

/** A feed as it stands. */
export interface Feed {
  readonly mediaType: 'application/xml' | 'application/json';
  /** What it calls itself, as markup; '' where it does not. */
  readonly title: string;
  /** The site that the feed says it is of. */
  readonly link: string | undefined;
  /** The address that relative links are meant from. */
  readonly base: string;
  /** In step with `spans`; undefined where an entry is empty or broken. */
  readonly entries: readonly (FeedEntry | undefined)[];
  readonly spans: readonly Span[];
}

/**
 * Posts of a feed. An entry that cannot be read is a reject and costs no other.
 * @throws PermanentError `not-a-feed`
 */
export function parseFeedBody(source: SourceSetting<FeedReading>, payload: Payload): Parsed {
  const text = feedText(payload.body, payload.text);
  const feed = readFeed(text, payload.from);
  const bytesOf = originalBytes(payload.body, text);
  const whole = bodySha256(payload.body);
  const platform =
    source.options.site ?? siteOf(webUrl(feed.link ?? '', feed.base)) ?? siteOf(payload.from) ?? source.name;
  const urls = feed.entries.map((entry) => (entry === undefined ? undefined : linkOf(entry, feed.base)));
  const idOf = idsOf(feed.entries, urls);
  const posts: Post[] = [];
  const rejects: Reject[] = [];
  for (const [index, span] of feed.spans.entries()) {
    const bytes = bytesOf(span.start, span.end);
    const at = `entry ${index + 1}`;
    const entry = feed.entries[index];
    if (entry === undefined) {
      rejects.push(rejectOf(at, 'bad-entry', 'the entry is empty or broken and cannot be read', bytes));
      continue;
    }
    const url = urls[index];
    const built = buildPost({
      nativeId: idOf(index),
      platform,
      source: source.name,
      text: entry.text,
      createdAt: timeOf(entry, source.options.utc_offset, payload.receivedAt),
      collectedAt: payload.receivedAt,
      url,
      author: authorOf(entry.authorId, entry.authorName),
      region: source.region,
      record: {
        mediaType: feed.mediaType,
        ...recordBytes(bytes),
        from: payload.from,
        receivedAt: payload.receivedAt,
        headers: payload.headers,
        bodySha256: whole,
      },
    });
    if ('post' in built) posts.push(built.post);
    else rejects.push(rejectOf(at, built.refusal.kind, built.refusal.reason, bytes));
  }
  if (feed.spans.length >= MAX_ENTRIES) {
    const reason = `the feed has more than ${MAX_ENTRIES} entries; those beyond are not read`;
    rejects.push(rejectOf(`entry ${MAX_ENTRIES + 1}`, 'too-many-entries', reason, Buffer.alloc(0)));
  }
  return { posts, rejects };
}

/** The entry's address in full, with the bases that it names itself taken into account. */
export function linkOf(entry: FeedEntry, feedBase: string): string | undefined {
  if (entry.link === undefined) return undefined;
  const base = entry.base === undefined ? feedBase : (webUrl(entry.base, feedBase) ?? feedBase);
  return webUrl(entry.link.trim(), base);
}

/** The first of its times that can be read and believed. */
export function timeOf(entry: FeedEntry, offset: string, receivedAt: string): string | undefined {
  for (const written of entry.times) {
    const time = believable(isoTime(written, offset), receivedAt);
    if (time !== undefined) return time;
  }
  return undefined;
}

/**
 * The id of each entry. Some feeds give all of theirs the same: one that entries of different words share is told
 * apart by the entry's link, or by its words where that is shared as well.
 */
function idsOf(
  entries: readonly (FeedEntry | undefined)[],
  urls: readonly (string | undefined)[],
): (index: number) => string | undefined {
  const sharedIds = sharedBy(entries, (entry) => entry.id);
  const sharedUrls = sharedBy(entries, (_entry, index) => urls[index]);
  return (index) => {
    const entry = entries[index];
    const url = urls[index];
    if (entry?.id === undefined) return undefined;
    if (!sharedIds.has(entry.id)) return globalId(entry, url);
    return `${entry.id}#${shortHash(url === undefined || sharedUrls.has(url) ? entry.text : url)}`;
  };
}

/** Where a relative link stands for an id, the address that it leads to. */
export function globalId({ id, idIsLink }: FeedEntry, url: string | undefined): string | undefined {
  return idIsLink && id !== undefined && !URL.canParse(id) ? (url ?? id) : id;
}

function sharedBy(
  entries: readonly (FeedEntry | undefined)[],
  keyOf: (entry: FeedEntry, index: number) => string | undefined,
): ReadonlySet<string> {
  const texts = new Map<string, string>();
  const shared = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const key = entry === undefined ? undefined : keyOf(entry, index);
    if (entry === undefined || key === undefined) continue;
    const other = texts.get(key);
    if (other === undefined) texts.set(key, entry.text);
    else if (other !== entry.text) shared.add(key);
  }
  return shared;
}

/** @throws PermanentError `not-a-feed` */
export function readFeed(text: string, from: string): Feed {
  if (/^[\s\0]*\{/.test(text)) return readJsonFeed(text, from);
  const root = findRoot(text);
  if (root === 'html') {
    throw notAFeed(from, 'it is an HTML page; look for the address of its feed, or use kind: web');
  }
  if (root === undefined)
    throw notAFeed(from, 'it is none of RSS, Atom, RDF and JSON Feed; check the address');
  const { prefixes, bases } = rootFacts(text, root);
  const isAtom = root.name.endsWith('feed');
  const spans = findXmlEntries(text, (prefix) => isForeign(prefix, prefixes));
  const head = headOf(text, root.end, spans);
  const fields = fieldsOf(head, prefixes);
  const link = siteLinkOf(fields);
  const title = fields.find(({ name }) => name === 'title');
  if (spans.length === 0 && !isEmptyFeed(root, text, fields)) {
    throw notAFeed(from, 'it is XML of another vocabulary; check the address');
  }
  return {
    mediaType: 'application/xml',
    title: contentOf(title?.inner ?? ''),
    link,
    base: baseOf(bases, from, link),
    spans,
    entries: spans.map(({ start, end }) => xmlEntry(text.slice(start, end), prefixes, isAtom)),
  };
}

/** A feed without entries is told by what else it has: other vocabularies have roots of these names too. */
function isEmptyFeed({ name, start, end }: Root, text: string, fields: readonly Field[]): boolean {
  if (name.endsWith('rdf'))
    return /<(?:[\w.-]{1,30}:)?channel[\s>/]/i.test(text.slice(end, end + MAX_HEAD_CHARS));
  if (!name.endsWith('feed')) return true;
  const isAtom = /(?:w3\.org\/2005\/atom|purl\.org\/atom)/i.test(text.slice(start, end));
  return isAtom || fields.some((field) => /^(?:title|id|updated|modified)$/.test(field.name));
}

function notAFeed(from: string, what: string): PermanentError {
  return new PermanentError('not-a-feed', `${from}: the answer is no feed: ${what}`);
}

/** Namespaces and bases that the feed's outer tags declare. */
function rootFacts(text: string, root: Root): { prefixes: Prefixes; bases: readonly string[] } {
  const { start, name } = root;
  const own = /^(.+):(?:rss|feed|channel)$/.exec(name)?.[1];
  let prefixes: Prefixes = new Map(own === undefined ? [] : [[own, '']]);
  const bases: string[] = [];
  for (const tag of tagsOf(text.slice(start, start + 60_000))) {
    if (tag.closing || !isRoot(tag.name)) break;
    const open = text.slice(start + tag.start, start + tag.end);
    prefixes = new Map([...prefixesOf(open, prefixes), ['', '']]);
    const base = /\sxml:base\s*=\s*["']([^"'<>]+)["']/i.exec(open)?.[1];
    if (base !== undefined) bases.push(base);
  }
  return { prefixes, bases };
}

function isForeign(prefix: string, prefixes: Prefixes): boolean {
  const known = prefixes.get(prefix);
  return known === undefined ? FOREIGN.has(prefix) : known !== '';
}

/** Most characters of a feed's own fields that are looked at. */
const MAX_HEAD_CHARS = 200_000;

/** What stands around the entries, without the outer tags. */
function headOf(text: string, start: number, spans: readonly Span[]): string {
  const before = text.slice(start, Math.min(spans[0]?.start ?? text.length, start + MAX_HEAD_CHARS));
  const after = text.slice(spans.at(-1)?.end ?? text.length).slice(0, MAX_HEAD_CHARS);
  return `${before}${after}`.replace(/<\/?(?:[\w.-]+:)?(?:channel|rss|rdf|feed)(?:\s[^<>]*)?>/gi, '');
}

/** The address that relative links are meant from; for a recorded body the site that the feed names. */
function baseOf(bases: readonly string[], from: string, link: string | undefined): string {
  let base = webUrl(from) ?? webUrl(link ?? '') ?? from;
  for (const next of bases) base = webUrl(next, base) ?? base;
  return base;
}

function readJsonFeed(text: string, from: string): Feed {
  const found = jsonDocument(text);
  if (found === undefined) {
    throw notAFeed(from, 'it is JSON, or begins like it, but no JSON Feed; check the address');
  }
  const spans = findJsonElements(text, 'items').slice(0, MAX_ENTRIES);
  const entries = spans.map((span) => {
    try {
      return jsonEntry(JSON.parse(text.slice(span.start, span.end)));
    } catch {
      return undefined;
    }
  });
  // Cut off before its first entry, or damaged throughout: nothing that could be taken for an empty feed.
  if (found.broken && entries.every((entry) => entry === undefined)) {
    throw notAFeed(from, 'it is a JSON Feed that is cut off or damaged; it is read when it is whole again');
  }
  const base = baseOf([], from, found.link);
  return { mediaType: 'application/json', title: found.title, link: found.link, base, spans, entries };
}

const VERSION = /"version"\s*:\s*"https?:(?:\\?\/){2}(?:www\.)?jsonfeed\.org\\?\/version/i;

/** What a JSON Feed says of itself; one that is cut off or has a comma too many is one as well. */
function jsonDocument(
  text: string,
): { title: string; link: string | undefined; broken: boolean } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (!VERSION.test(text.slice(0, 100_000))) return undefined;
    const link = /"home_page_url"\s*:\s*"([^"\\]*(?:\\\/[^"\\]*)*)"/i.exec(text.slice(0, 100_000))?.[1];
    return { title: '', link: link?.replaceAll('\\/', '/'), broken: true };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const document = lowerKeys(value);
  const { version, items, title, home_page_url: home } = document;
  const named = typeof version === 'string' && /jsonfeed\.org\/version/i.test(version);
  if (!named && !(Array.isArray(items) && items.some(isJsonItem))) return undefined;
  return {
    title: typeof title === 'string' ? title : '',
    link: typeof home === 'string' ? home : undefined,
    broken: false,
  };
}

/** What only a JSON Feed has, for one that does not say that it is one. */
function isJsonItem(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return false;
  const keys = lowerKeys(item);
  return typeof keys.content_html === 'string' || typeof keys.content_text === 'string';
}
