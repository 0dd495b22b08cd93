import { decodeEntities } from '../text/html.js';
import { type Tag, tagsOf } from './xml-entries.js';

/** A child element of a feed or entry, by the name that everybody knows it by. */
export interface Field {
  /** Lower case; its prefix is that of its namespace, whatever the feed calls it, e.g. `dc:date`, `content:encoded`. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** What stands between its tags, as written. */
  readonly inner: string;
}

/** Prefix as written to prefix as known; '' for the elements of RSS and Atom themselves. */
export type Prefixes = ReadonlyMap<string, string>;

/** Tags of one entry that are looked at. */
const MAX_TAGS = 200_000;

/** Namespaces by what is unmistakable in them, since feeds write their addresses in many ways. */
const NAMESPACES: readonly (readonly [mark: RegExp, prefix: string])[] = [
  [/purl\.org\/dc\/elements/, 'dc'],
  [/purl\.org\/dc\/terms/, 'dcterms'],
  [/purl\.org\/rss\/1\.0\/modules\/content/, 'content'],
  [/purl\.org\/rss\/1\.0\/modules\//, 'module'],
  [/search\.yahoo\.com\/mrss|video\.search\.yahoo|rssboard\.org\/media-rss/, 'media'],
  [/itunes\.com\/dtds\/podcast|itunes\.apple\.com\/dtds/, 'itunes'],
  [/1999\/02\/22-rdf-syntax-ns/, 'rdf'],
  [/1999\/xhtml/, 'xhtml'],
  [
    /w3\.org\/2005\/atom|purl\.org\/atom|purl\.org\/rss|purl\.org\/net\/rss|netscape\.com|backend\.userland\.com|blogs\.law\.harvard|cyber\.law\.harvard|rssboard\.org|channel\.netscape/,
    '',
  ],
];

/** What the prefixes of a tag's `xmlns` attributes stand for, over those known before; a namespace that is not known keeps its prefix, marked foreign. */
export function prefixesOf(tag: string, known: Prefixes = new Map()): Prefixes {
  if (!/xmlns/i.test(tag)) return known;
  const prefixes = new Map(known);
  for (const [name, value] of attributesOf(tag)) {
    const prefix = /^xmlns(?::(.+))?$/.exec(name);
    if (prefix === null) continue;
    const space = NAMESPACES.find(([mark]) => mark.test(value.toLowerCase()))?.[1];
    // A namespace by default that is not known is some feed maker's spelling of RSS or Atom.
    prefixes.set(prefix[1] ?? '', space ?? (prefix[1] === undefined ? '' : `foreign-${prefix[1]}`));
  }
  return prefixes;
}

/** The name by which everybody knows an element. */
function knownName(name: string, prefixes: Prefixes): string {
  const colon = name.indexOf(':');
  const written = colon < 0 ? '' : name.slice(0, colon);
  const local = name.slice(colon + 1);
  const prefix = prefixes.get(written) ?? (written === 'atom' || written === 'rss' ? '' : written);
  return prefix === '' ? local : `${prefix}:${local}`;
}

/** Attributes of a start tag, names in lower case, values decoded. */
function attributesOf(tag: string): Map<string, string> {
  const attributes = new Map<string, string>();
  const body = tag.replace(/^<[^\s/>]*/, '');
  for (const [, name, double, single, bare] of body.matchAll(
    /([^\s=<>"'/]{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g,
  )) {
    const key = (name ?? '').toLowerCase();
    if (!attributes.has(key)) attributes.set(key, decodeEntities(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

/** Fields whose content is a word, a time or an address: another field that begins ends them where nobody closed them. */
const PLAIN = new Set(
  'title link guid id pubdate published updated modified issued created date dc:date dcterms:created dcterms:issued dcterms:modified category name uri url email comments dc:creator dc:title dc:identifier'.split(
    ' ',
  ),
);
/** Fields with markup of their own, and those with fields in them. */
const RICH = new Set(
  'description summary content content:encoded xhtml:body abstract author source media:group dc:description dcterms:abstract media:description media:title itunes:summary itunes:subtitle image enclosure'.split(
    ' ',
  ),
);

/**
 * The fields of an entry or a feed's head, given without its own tags. Takes ill-formed markup as it comes: a field
 * that nobody closes ends where the next begins. Linear in length.
 */
export function fieldsOf(xml: string, prefixes: Prefixes): readonly Field[] {
  const tags: Tag[] = [];
  for (const tag of tagsOf(xml)) {
    tags.push(tag);
    if (tags.length >= MAX_TAGS) break;
  }
  const closes = closingTags(tags);
  const fields: Field[] = [];
  for (let at = 0; at < tags.length; at++) {
    const tag = tags[at];
    if (tag === undefined || tag.closing) continue;
    const open = xml.slice(tag.start, tag.end);
    const spaces = prefixesOf(open, prefixes);
    const name = knownName(tag.name, spaces);
    const attributes = attributesOf(open);
    if (tag.empty) {
      fields.push({ name, attributes, inner: '' });
      continue;
    }
    let end = closes[at] ?? -1;
    if (end < 0 || PLAIN.has(name)) {
      const next = nextField(tags, at + 1, end < 0 ? tags.length : end, spaces);
      if (next >= 0) end = next;
    }
    const until = end < 0 ? xml.length : (tags[end]?.start ?? xml.length);
    fields.push({ name, attributes, inner: xml.slice(tag.end, until) });
    if (end < 0) break;
    at = tags[end]?.closing === true ? end : end - 1;
  }
  return fields;
}

/** Index of the tag that closes each, by names alone and each within its nearest; -1 where there is none. */
function closingTags(tags: readonly Tag[]): Int32Array {
  const closes = new Int32Array(tags.length).fill(-1);
  const open = new Map<string, number[]>();
  for (const [at, tag] of tags.entries()) {
    if (tag.empty && !tag.closing) continue;
    const same = open.get(tag.name);
    if (!tag.closing) {
      if (same === undefined) open.set(tag.name, [at]);
      else same.push(at);
    } else {
      const opened = same?.pop();
      if (opened !== undefined) closes[opened] = at;
    }
  }
  return closes;
}

/** Index of the first tag in a range that begins a field of an entry; -1 where there is none. */
function nextField(tags: readonly Tag[], from: number, to: number, prefixes: Prefixes): number {
  for (let at = from; at < to; at++) {
    const tag = tags[at];
    if (tag === undefined || tag.closing) continue;
    const name = knownName(tag.name, prefixes);
    if (PLAIN.has(name) || RICH.has(name)) return at;
  }
  return -1;
}

/**
 * The characters that a field stands for: CDATA as it is, entities decoded, and markup that was written as markup
 * left as it is.
 */
export function contentOf(inner: string): string {
  if (!inner.includes('<![CDATA[')) return plain(inner);
  let text = '';
  let at = 0;
  while (at < inner.length) {
    const open = inner.indexOf('<![CDATA[', at);
    if (open < 0) break;
    const close = inner.indexOf(']]>', open + 9);
    text += plain(inner.slice(at, open)) + inner.slice(open + 9, close < 0 ? inner.length : close);
    at = close < 0 ? inner.length : close + 3;
  }
  return text + plain(inner.slice(at));
}

function plain(text: string): string {
  return /<[a-z!/]/i.test(text) ? text : decodeEntities(text);
}
