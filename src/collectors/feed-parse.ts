import { parseAtomFeed, parseFeed, parseJsonFeed, parseRdfFeed, parseRssFeed } from 'feedsmith';
import { PermanentError } from '../core/errors.js';
import type { Reject } from '../core/ports.js';
import type { Post } from '../core/post.js';
import type { Parsed, Payload, SourceSetting } from './collector-kind.js';
import type { FeedOptions } from './feed.js';
import { atomEntry, type FeedEntry, jsonEntry, rdfEntry, rssEntry } from './feed-entry.js';
import { findJsonElements } from './json-elements.js';
import { originalBytes } from './original-bytes.js';
import { authorOf, bodySha256, buildPost, isoTime, recordBytes, rejectOf, webUrl } from './post-builder.js';
import { siteOf } from './source-url.js';
import { findRoot, findXmlEntries, MAX_ENTRIES, type Span } from './xml-entries.js';

type Format = 'rss' | 'atom' | 'rdf' | 'json';

interface Feed {
  readonly format: Format;
  /** The site that the feed says it is of. */
  readonly link: string | undefined;
  /** In step with `spans`; undefined where an entry cannot be read. */
  readonly entries: readonly (FeedEntry | undefined)[];
  readonly spans: readonly Span[];
}

const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  rss: 'application/xml',
  atom: 'application/xml',
  rdf: 'application/xml',
  json: 'application/json',
};

/**
 * Posts of a feed. An entry that cannot be read is a reject and costs no other.
 * @throws PermanentError `not-a-feed`
 */
export function parseFeedBody(source: SourceSetting<FeedOptions>, payload: Payload): Parsed {
  const text = payload.text.replace(/^\ufeff/, '');
  const feed = readFeed(text, payload);
  const bytesOf = originalBytes(payload.body, text);
  const whole = bodySha256(payload.body);
  const platform =
    source.options.site ??
    siteOf(webUrl(feed.link ?? '', payload.from)) ??
    siteOf(payload.from) ??
    source.name;
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
    const built = buildPost({
      nativeId: entry.id,
      platform,
      source: source.name,
      text: entry.text,
      createdAt: isoTime(entry.time, source.options.utc_offset),
      collectedAt: payload.receivedAt,
      url: entry.link === undefined ? undefined : webUrl(entry.link.trim(), payload.from),
      author: authorOf(entry.authorId, entry.authorName),
      region: source.region,
      record: {
        mediaType: MEDIA_TYPES[feed.format],
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

function readFeed(text: string, payload: Payload): Feed {
  const start = text.slice(0, 2_000).trimStart();
  if (/^(<!--[\s\S]*?-->\s*)?<(!doctype\s+html|html[\s>])/i.test(start)) {
    throw notAFeed(payload, 'it is an HTML page; look for the address of its feed, or use kind: web');
  }
  if (start.startsWith('{')) return readJsonFeed(text, payload);
  const spans = findXmlEntries(text);
  const whole = readWhole(text, spans);
  if (whole !== undefined && whole.entries.length === spans.length) return whole;
  const root = findRoot(text);
  const format = whole?.format ?? formatOfRoot(root?.name);
  if (root === undefined || format === undefined) {
    throw notAFeed(payload, 'it is none of RSS, Atom, RDF and JSON Feed; check the address');
  }
  const fragments = spans.map((span) => text.slice(span.start, span.end));
  return { format, link: whole?.link, spans, entries: readFragments(fragments, readerOf(format, root)) };
}

function notAFeed(payload: Payload, what: string): PermanentError {
  return new PermanentError('not-a-feed', `${payload.from}: the answer is no feed: ${what}`);
}

function readWhole(text: string, spans: readonly Span[]): Feed | undefined {
  try {
    const found = parseFeed<string>(text);
    switch (found.format) {
      case 'rss':
        return {
          format: 'rss',
          link: found.feed.link,
          spans,
          entries: (found.feed.items ?? []).map(rssEntry),
        };
      case 'rdf':
        return {
          format: 'rdf',
          link: found.feed.link,
          spans,
          entries: (found.feed.items ?? []).map(rdfEntry),
        };
      case 'atom': {
        const link = found.feed.links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href;
        return { format: 'atom', link, spans, entries: (found.feed.entries ?? []).map(atomEntry) };
      }
      default:
        return undefined;
    }
  } catch {
    // One broken place fails the whole; its entries are then read one by one.
    return undefined;
  }
}

function formatOfRoot(name: string | undefined): Format | undefined {
  const local = name?.toLowerCase().replace(/^.*:/, '');
  if (local === 'rss' || local === 'rdf') return local;
  return local === 'feed' ? 'atom' : undefined;
}

/** Reads some entries as a feed of their own under the same root, so that its namespaces are known. */
function readerOf(
  format: Format,
  root: { readonly tag: string; readonly name: string },
): (fragments: readonly string[]) => readonly FeedEntry[] {
  const open = root.tag.replace(/\/>$/, '>');
  return (fragments) => {
    const entries = fragments.join('\n');
    const inner = format === 'rss' ? `<channel><title>-</title>${entries}</channel>` : entries;
    const text = `${open}${inner}</${root.name}>`;
    try {
      if (format === 'rss') return (parseRssFeed<string>(text).items ?? []).map(rssEntry);
      if (format === 'rdf') return (parseRdfFeed<string>(text).items ?? []).map(rdfEntry);
      return (parseAtomFeed<string>(text).entries ?? []).map(atomEntry);
    } catch {
      return [];
    }
  };
}

/** What a parse costs beside its characters. */
const PARSE_COST = 2_000;

/**
 * Finds the entries that cannot be read by halving: a group that gives as many entries as it has fragments is sound.
 * Work is bounded, so that a feed made of broken entries costs little; what is not reached counts as broken.
 */
function readFragments(
  fragments: readonly string[],
  read: (fragments: readonly string[]) => readonly FeedEntry[],
): (FeedEntry | undefined)[] {
  const entries = Array<FeedEntry | undefined>(fragments.length).fill(undefined);
  const whole = fragments.reduce((sum, fragment) => sum + fragment.length, 0);
  let budget = 8 * whole + 500 * PARSE_COST;
  const groups: [from: number, to: number][] = [[0, fragments.length]];
  for (let group = groups.pop(); group !== undefined && budget > 0; group = groups.pop()) {
    const [from, to] = group;
    const some = fragments.slice(from, to);
    budget -= some.reduce((sum, fragment) => sum + fragment.length, PARSE_COST);
    const found = read(some);
    if (found.length === some.length) {
      for (const [index, entry] of found.entries()) entries[from + index] = entry;
    } else if (to - from > 1) {
      const middle = (from + to) >> 1;
      groups.push([middle, to], [from, middle]);
    }
  }
  return entries;
}

function one<Item>(
  items: readonly Item[] | undefined,
  read: (item: Item) => FeedEntry,
): FeedEntry | undefined {
  const [first] = items ?? [];
  return first === undefined ? undefined : read(first);
}

function readJsonFeed(text: string, payload: Payload): Feed {
  let link: string | undefined;
  try {
    link = parseJsonFeed<string>(JSON.parse(text)).home_page_url;
  } catch {
    throw notAFeed(payload, 'it is JSON, or begins like it, but no JSON Feed; check the address');
  }
  const spans = findJsonElements(text, 'items').slice(0, MAX_ENTRIES);
  const entries = spans.map((span) => {
    try {
      const item: unknown = JSON.parse(text.slice(span.start, span.end));
      const version = 'https://jsonfeed.org/version/1.1';
      return one(parseJsonFeed<string>({ version, title: '-', items: [item] }).items, jsonEntry);
    } catch {
      return undefined;
    }
  });
  return { format: 'json', link, spans, entries };
}
