/** A range of a text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Most entries that are read of one feed. */
export const MAX_ENTRIES = 10_000;

/**
 * Where the `<item>` (RSS, RDF) or `<entry>` (Atom) elements of a feed stand, in order, at most {@link MAX_ENTRIES}.
 * Takes ill-formed feeds as they come: an entry that is not closed ends where the next begins. Linear in length.
 */
export function findXmlEntries(text: string): readonly Span[] {
  const spans: Span[] = [];
  let open: { readonly start: number; readonly name: string } | undefined;
  let lastEnd = 0;
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

/** The start tag of the feed's root element with its namespaces, and its name. */
export function findRoot(text: string): { readonly tag: string; readonly name: string } | undefined {
  for (const tag of tagsOf(text)) {
    if (!tag.closing && isRoot(tag.name) && localName(tag.name) !== 'channel') {
      return {
        tag: text.slice(tag.start, tag.end),
        name: text.slice(tag.start + 1, tag.start + 1 + tag.name.length),
      };
    }
  }
  return undefined;
}

function isEntry(name: string): boolean {
  const local = localName(name);
  return local === 'item' ? !/^(media|podcast|itunes):/.test(name) : local === 'entry';
}

function isRoot(name: string): boolean {
  return ['rss', 'rdf', 'feed', 'channel'].includes(localName(name));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

interface Tag extends Span {
  /** Lower case, with its prefix. */
  readonly name: string;
  readonly closing: boolean;
  readonly empty: boolean;
}

/** Tags outside comments, CDATA and processing instructions; one that is never closed is text. */
function* tagsOf(text: string): Generator<Tag> {
  const never = new Set<string>();
  const after = (mark: string, from: number): number => {
    if (never.has(mark)) return -1;
    const at = text.indexOf(mark, from);
    if (at < 0) never.add(mark);
    return at < 0 ? -1 : at + mark.length;
  };
  let at = text.indexOf('<');
  while (at >= 0) {
    let end = -1;
    if (text.startsWith('<!--', at)) end = after('-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) end = after(']]>', at + 9);
    else if (text.startsWith('<?', at)) end = after('?>', at + 2);
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
    if (code === 34 || code === 39) {
      const quote = text.indexOf(code === 34 ? '"' : "'", at + 1);
      if (quote < 0 || quote > limit) return undefined;
      at = quote;
    }
    at += 1;
  }
  return undefined;
}
