import { parseFeed } from 'feedsmith';
import type { ClaimRow } from '../claims/claim-row.js';
import { htmlToText } from '../text/html.js';

/** Rows of a fact-checker's RSS, Atom or RDF feed, an entry each; undefined where the text is no feed. */
export function feedClaims(text: string): ClaimRow[] | undefined {
  let parsed: ReturnType<typeof parseFeed>;
  try {
    parsed = parseFeed(text);
  } catch {
    return undefined;
  }
  const { format, feed } = parsed;
  if (format === 'atom') {
    const publisher = plain(feed.title);
    return (feed.entries ?? []).map(({ id, title, links, published, updated }) => {
      const link = (links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links?.[0])?.href;
      return { id: id ?? link, title: plain(title), publisher, date: published ?? updated, url: link };
    });
  }
  if (format === 'rss') {
    return (feed.items ?? []).map(({ guid, title, link, pubDate }) => {
      const url = link ?? (guid?.isPermaLink === false ? undefined : guid?.value);
      return {
        id: guid?.value ?? link,
        title: plain(title),
        publisher: plain(feed.title),
        date: pubDate,
        url,
      };
    });
  }
  if (format === 'rdf') {
    return (feed.items ?? []).map(({ rdf, title, link, dc }) => ({
      id: rdf?.about ?? link,
      title: plain(title),
      publisher: plain(feed.title),
      date: dc?.dates?.[0],
      url: link,
    }));
  }
  return undefined;
}

/** Readable text of a title, which may be markup. */
function plain(title: string | { readonly value?: string } | undefined): string | undefined {
  const text = typeof title === 'string' ? title : title?.value;
  return text === undefined ? undefined : htmlToText(text);
}
