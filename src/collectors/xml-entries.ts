/** A range of a text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Most entries that are read of one feed. */
export const MAX_ENTRIES = 10_000;

/**
 * Where the `<item>` (RSS, RDF) or `<entry>` (Atom) elements of a feed stand, in order, at most {@link MAX_ENTRIES}.
 * Takes ill-formed feeds as they come: an entry that is not closed ends where the next begins. `isForeign` tells the
 * prefixes of other vocabularies, whose items are no entries. Linear in length.
 */
export function findXmlEntries(
  text: string,
  isForeign: (prefix: string) => boolean = (prefix) => FOREIGN.has(prefix),
): readonly Span[] {
  const spans: Span[] = [];
  let open: { readonly start: number; readonly name: string } | undefined;
  let lastEnd = 0;
  const isEntry = (name: string): boolean => {
    const colon = name.indexOf(':');
    const local = name.slice(colon + 1);
    return (local === 'item' || local === 'entry') && (colon < 0 || !isForeign(name.slice(0, colon)));
  };
  for (const tag of tagsOf(text)) {
    lastEnd = tag.end;
    if (spans.length >= MAX_ENTRIES) return spans;
    if (open === undefined) {
      if (tag.closing || !isEntry(tag.name)) continue;
      if (tag.empty) spans.push({ start: tag.start, end: tag.end });
      else open = { start: tag.start, name: tag.name };
    } else if (tag.name === open.name) {
      if (tag.closing) {
        spans.push({ start: open.start, end: tag.end });
        open = undefined;
      } else if (!tag.empty) {
        spans.push({ start: open.start, end: tag.start });
        open = { start: tag.start, name: tag.name };
      }
    } else if (tag.closing && isRoot(tag.name)) {
      spans.push({ start: open.start, end: tag.start });
      open = undefined;
    }
  }
  if (open !== undefined) spans.push({ start: open.start, end: Math.max(lastEnd, text.length) });
  return spans;
}

/** Vocabularies with items of their own, by the prefixes that everybody gives them. */
export const FOREIGN: ReadonlySet<string> = new Set(['media', 'podcast', 'itunes']);

/** What a feed's text begins with. */
export interface Root extends Span {
  /** Lower case, with its prefix. */
  readonly name: string;
}

/** Tags that may stand before a feed, such as the warning of a program that made it. */
const MAX_TAGS_BEFORE_ROOT = 100;

/** A root's start tag that is too broken to be one. */
const BROKEN_ROOT = /<(?:[a-z][\w.-]{0,30}:)?(?:rss|rdf|feed)\s/i;

/**
 * The start tag of the feed's root element: `rss`, `RDF`, `feed`, or `channel` where somebody left the rss out. Where that
 * is broken, and where a text begins with an entry, the place of the first entry with the name that its root would have.
 * `html` where the text is a page; nothing where it is neither.
 */
export function findRoot(text: string): Root | 'html' | undefined {
  let before = 0;
  for (const tag of tagsOf(text)) {
    if (tag.closing) continue;
    if (isRoot(tag.name)) return { start: tag.start, end: tag.end, name: tag.name };
    if (['html', 'head', 'body', 'script'].includes(localName(tag.name))) return 'html';
    if (tag.name === 'item' || tag.name === 'entry') {
      const { start } = tag;
      if (before > 0 && !BROKEN_ROOT.test(text.slice(0, start))) return undefined;
      return { start, end: start, name: tag.name === 'item' ? 'rss' : 'feed' };
    }
    before += 1;
    if (before > MAX_TAGS_BEFORE_ROOT) return undefined;
  }
  return undefined;
}

export function isRoot(name: string): boolean {
  return ['rss', 'rdf', 'feed', 'channel'].includes(localName(name));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export interface Tag extends Span {
  /** Lower case, with its prefix. */
  readonly name: string;
  readonly closing: boolean;
  readonly empty: boolean;
}

/** Where one entry ends and another begins: no comment and no CDATA of a sound feed reaches over it and opens anew. */
const BETWEEN_ENTRIES = /<\/(?:[a-z][\w.-]{0,30}:)?(item|entry)\s*>\s*<(?:[a-z][\w.-]{0,30}:)?\1[\s>/]/i;

/**
 * Tags outside comments, CDATA and processing instructions. One that is never closed is text, and so is a comment or
 * CDATA that is closed only by the end of the next one of its kind, in another entry.
 */
export function* tagsOf(text: string): Generator<Tag> {
  const never = new Set<string>();
  /** Where the mark is found next; text is searched once for each, since one search's find serves those before it. */
  const found = new Map<string, number>();
  const next = (mark: string, from: number): number => {
    if (never.has(mark)) return -1;
    const last = found.get(mark) ?? -1;
    if (last >= from) return last;
    const at = text.indexOf(mark, from);
    if (at < 0) never.add(mark);
    else found.set(mark, at);
    return at;
  };
  const after = (close: string, from: number): number => {
    const at = next(close, from);
    return at < 0 ? -1 : at + close.length;
  };
  /** As {@link after}, for what must not reach over the border of an entry and another opening mark. */
  const within = (open: string, close: string, from: number): number => {
    const end = after(close, from);
    const again = end < 0 ? -1 : next(open, from);
    if (again < 0 || again >= end) return end;
    return BETWEEN_ENTRIES.test(text.slice(from, again)) ? -1 : end;
  };
  /** One that another tag stands in was never closed. */
  const instruction = (at: number): number => {
    const end = after('?>', at + 2);
    const open = text.indexOf('<', at + 2);
    return open >= 0 && open < end ? -1 : end;
  };
  let at = text.indexOf('<');
  while (at >= 0) {
    let end = -1;
    if (text.startsWith('<!--', at)) end = within('<!--', '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) end = within('<![CDATA[', ']]>', at + 9);
    else if (text.startsWith('<?', at)) end = instruction(at);
    else {
      const tag = readTag(text, at);
      if (tag !== undefined) {
        yield tag;
        end = tag.end;
      }
    }
    at = text.indexOf('<', end < 0 ? at + 1 : end);
  }
}

const NAME = /[a-z_][\w.:-]{0,99}/iy;
/** The longest tag with its attributes. */
const MAX_TAG_CHARS = 20_000;

function readTag(text: string, start: number): Tag | undefined {
  const closing = text.charCodeAt(start + 1) === 47;
  NAME.lastIndex = start + (closing ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  let at = NAME.lastIndex;
  const limit = Math.min(text.length, start + MAX_TAG_CHARS);
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (code === 62) {
      const empty = text.charCodeAt(at - 1) === 47;
      return { start, end: at + 1, name: name.toLowerCase(), closing, empty };
    }
    if (code === 60) return undefined;
    if (code === 34 || code === 39) at = quoteEnd(text, at, limit);
    at += 1;
  }
  return undefined;
}

/** Index of the quote that ends the value; where none does before the next tag, that of the opening quote itself. */
function quoteEnd(text: string, open: number, limit: number): number {
  const quote = text.charCodeAt(open);
  for (let at = open + 1; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === 60) return open;
  }
  return open;
}
