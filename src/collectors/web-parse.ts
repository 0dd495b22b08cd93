import { type CheerioAPI, load } from 'cheerio';
import type { Reject } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import type { Post } from '../core/post.js';
import { htmlToText } from '../text/html.js';
import type { Parsed, Payload, SourceSetting } from './collector-kind.js';
import { nestsDeeperThan } from './html-depth.js';
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
import type { WebOptions } from './web.js';

/** Browsers themselves stop at 512. */
const MAX_DEPTH = 1_000;

/** Elements found in a page. */
type Found = ReturnType<ReturnType<CheerioAPI['root']>['find']>;
type Searchable = { find(selector: string): Found };

/** Posts of a page, and the page that comes after it on the same host. */
export interface ParsedPage extends Parsed {
  /** How many items the page has, posts or not. */
  readonly items: number;
  /** In how many of them each selector that is set finds something. */
  readonly found: ReadonlyMap<WebField, number>;
  readonly next?: string;
}

/** What a selector is set for within an item. */
export type WebField = 'id' | 'time' | 'author' | 'author_id' | 'link';

/**
 * Posts of an HTML page by the source's selectors.
 * @throws PermanentError `markup-changed` where items are found but none has text; `bad-selector`, `bad-html`
 */
export function parseWebPage(source: SourceSetting<WebOptions>, payload: Payload): ParsedPage {
  if (nestsDeeperThan(payload.text, MAX_DEPTH)) throw badHtml(payload.from);
  try {
    return readPage(source, payload);
  } catch (error) {
    // The libraries walk a page by recursion.
    throw error instanceof RangeError ? badHtml(payload.from, { cause: error }) : error;
  }
}

function badHtml(from: string, options?: ErrorOptions): PermanentError {
  return new PermanentError(
    'bad-html',
    `${from}: its elements nest deeper than ${MAX_DEPTH}; it cannot be read`,
    options,
  );
}

function readPage(source: SourceSetting<WebOptions>, payload: Payload): ParsedPage {
  const { options } = source;
  const { selectors } = options;
  const text = payload.text.replace(/^\ufeff/, '');
  const page = load(text, { sourceCodeLocationInfo: true });
  const items = pick(page.root(), selectors.item, 'item').toArray();
  // A recorded page has a file's name; its links are meant from the address of its source.
  const base = webUrl(payload.from) ?? options.url;
  const platform = options.site ?? siteOf(base) ?? source.name;
  const bytesOf = originalBytes(payload.body, text);
  const whole = bodySha256(payload.body);
  const posts: Post[] = [];
  const rejects: Reject[] = [];
  const found = new Map<WebField, number>();
  const textsById = new Map<string, string>();
  let withText = 0;
  for (const [index, element] of items.entries()) {
    const item = page(element);
    const read = (name: WebField): string | undefined => {
      const selector = selectors[name];
      const value = selector === undefined ? undefined : readValue(item, selector, name);
      if (selector !== undefined) found.set(name, (found.get(name) ?? 0) + (value === undefined ? 0 : 1));
      return value;
    };
    const location = element.sourceCodeLocation;
    const bytes = location ? bytesOf(location.startOffset, location.endOffset) : Buffer.from(page.html(item));
    const link = read('link');
    const url = link === undefined ? undefined : webUrl(link, base);
    const said = selectors.text === undefined ? htmlOf(page, item) : textOf(page, item, selectors.text);
    if (/\S/.test(said)) withText += 1;
    const id = read('id') ?? url;
    // One id for posts of different words is the page's, not theirs: the first keeps it.
    const first = id === undefined ? said : (textsById.get(id) ?? said);
    if (id !== undefined) textsById.set(id, first);
    const built = buildPost({
      nativeId: id === undefined || first === said ? id : `${id}#${shortHash(said)}`,
      platform,
      source: source.name,
      text: said,
      createdAt: believable(isoTime(read('time'), options.utc_offset), payload.receivedAt),
      collectedAt: payload.receivedAt,
      url: url ?? base,
      author: authorOf(read('author_id'), read('author')),
      region: source.region,
      record: {
        mediaType: 'text/html',
        ...recordBytes(bytes),
        from: payload.from,
        receivedAt: payload.receivedAt,
        headers: payload.headers,
        bodySha256: whole,
      },
    });
    if ('post' in built) posts.push(built.post);
    else rejects.push(rejectOf(`item ${index + 1}`, built.refusal.kind, built.refusal.reason, bytes));
  }
  if (items.length > 0 && withText === 0) {
    throw markupChanged(
      payload.from,
      `its ${items.length} items have no text by "${selectors.text ?? selectors.item}"`,
    );
  }
  const next = nextOf(page, selectors.next, base);
  return { posts, rejects, items: items.length, found, ...(next === undefined ? {} : { next }) };
}

/** What is thrown when the selectors no longer fit: zero posts where there should be some is a fault. */
export function markupChanged(from: string, what: string): PermanentError {
  return new PermanentError(
    'markup-changed',
    `${from}: ${what}; the page's markup is not (or no longer) as the source's selectors say`,
  );
}

function pick(within: Searchable, selector: string, name: string): Found {
  try {
    return within.find(selector);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const reason = `selectors.${name}: "${selector}" is no CSS selector`;
    throw new PermanentError('bad-selector', reason, { cause: error });
  }
}

/** `selector@attribute`, `@attribute` of the item itself, or a selector whose text is meant. */
function readValue(item: Found, selector: string, name: string): string | undefined {
  const [, css = '', attribute] = /^(.*?)(?:@([\w:-]+))?$/s.exec(selector) ?? [];
  const found = css.trim() === '' ? item : pick(item, css, name).first();
  if (found.length === 0) return undefined;
  const value =
    attribute !== undefined
      ? found.attr(attribute)
      : name === 'time'
        ? (found.attr('datetime') ?? found.text())
        : name === 'link'
          ? found.attr('href')
          : found.text();
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function textOf(page: CheerioAPI, item: Found, selector: string): string {
  return pick(item, selector, 'text')
    .toArray()
    .map((node) => htmlOf(page, page(node)))
    .join('\n');
}

function htmlOf(page: CheerioAPI, nodes: Found): string {
  return htmlToText(page.html(nodes));
}

function nextOf(page: CheerioAPI, selector: string | undefined, from: string): string | undefined {
  if (selector === undefined) return undefined;
  const link = readValue(page('html'), selector, 'link');
  const url = link === undefined ? undefined : webUrl(link, from);
  return url !== undefined && new URL(url).origin === new URL(from).origin ? url : undefined;
}
