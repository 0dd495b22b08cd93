import type { AtomFeed, JsonFeed, RdfFeed, RssFeed } from 'feedsmith';
import { htmlToText } from '../text/html.js';

/** Text of markup; CDATA marks that were wrapped twice are left out, not what stands between them. */
function readable(html: string): string {
  return htmlToText(html.replaceAll('<![CDATA[', '').replaceAll(']]>', ''));
}

/** What a feed's entry says of a post, whatever the format. */
export interface FeedEntry {
  readonly id: string | undefined;
  readonly link: string | undefined;
  readonly text: string;
  /** As the feed writes it. */
  readonly time: string | undefined;
  readonly authorId: string | undefined;
  readonly authorName: string | undefined;
}

export function rssEntry(item: RssFeed.Item<string>): FeedEntry {
  const author = item.authors?.find(({ name }) => name !== undefined);
  const guid = item.guid?.value;
  const link = item.link ?? item.atom?.links?.find(isAlternate)?.href;
  return {
    id: guid ?? item.atom?.id ?? link,
    link: link ?? (item.guid?.isPermaLink === false ? undefined : guid),
    text: joined(readable(item.title ?? ''), richest(item.content?.encoded, item.description)),
    time: item.pubDate ?? item.dc?.dates?.[0] ?? item.atom?.published ?? item.atom?.updated,
    authorId: author?.link,
    authorName: author?.name ?? item.dc?.creators?.[0],
  };
}

export function rdfEntry(item: RdfFeed.Item<string>): FeedEntry {
  return {
    id: item.rdf?.about ?? item.link,
    link: item.link ?? item.rdf?.about,
    text: joined(readable(item.title ?? ''), richest(item.content?.encoded, item.description)),
    time: item.dc?.dates?.[0],
    authorId: undefined,
    authorName: item.dc?.creators?.[0],
  };
}

export function atomEntry(entry: AtomFeed.Entry<string>): FeedEntry {
  const link = (entry.links?.find(isAlternate) ?? entry.links?.[0])?.href;
  const author = entry.authors?.[0];
  const content = atomText(entry.content);
  return {
    id: entry.id ?? link,
    link,
    text: joined(atomText(entry.title), content === '' ? atomText(entry.summary) : content),
    time: entry.published ?? entry.updated,
    authorId: author?.uri,
    authorName: author?.name,
  };
}

export function jsonEntry(item: JsonFeed.Item<string>): FeedEntry {
  const author = item.authors?.[0];
  const content = item.content_text ?? readable(item.content_html ?? '');
  return {
    id: item.id ?? item.url,
    link: item.url ?? item.external_url,
    text: joined(item.title ?? '', content.trim() === '' ? (item.summary ?? '') : content),
    time: item.date_published ?? item.date_modified,
    authorId: author?.url,
    authorName: author?.name,
  };
}

function isAlternate(link: { readonly rel?: string }): boolean {
  return link.rel === undefined || link.rel === 'alternate';
}

function atomText(text: { readonly value?: string; readonly type?: string } | undefined): string {
  const value = text?.value ?? '';
  const type = text?.type?.toLowerCase() ?? 'text';
  return type === 'text' || type === 'text/plain' ? value.trim() : readable(value);
}

/** The full content where there is one, else the description. */
function richest(content: string | undefined, description: string | undefined): string {
  const full = readable(content ?? '');
  return full === '' ? readable(description ?? '') : full;
}

/** Title and body; a title that the body begins with (microblogs) is not repeated. */
function joined(title: string, body: string): string {
  const head = title.trim();
  const rest = body.trim();
  if (head === '' || rest === '') return head || rest;
  const begins = rest.startsWith(head.replace(/(\s*(\u2026|\.\.\.))$/, ''));
  return begins ? rest : `${head}\n\n${rest}`;
}
