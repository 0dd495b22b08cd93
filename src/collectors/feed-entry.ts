import { htmlToText } from '../text/html.js';
import { contentOf, type Field, fieldsOf, type Prefixes, prefixesOf } from './xml-fields.js';

/** Text of markup; CDATA marks that were wrapped twice are left out, not what stands between them. */
function readable(html: string): string {
  return htmlToText(html.replaceAll('<![CDATA[', '').replaceAll(']]>', ''));
}

/** What a feed's entry says of a post, whatever the format. */
export interface FeedEntry {
  readonly id: string | undefined;
  /** It names no id: its link stands for one. */
  readonly idIsLink: boolean;
  readonly link: string | undefined;
  /** The address that the link is relative to, where the entry names one itself. */
  readonly base: string | undefined;
  readonly title: string;
  /** Title and body. */
  readonly text: string;
  /** As the feed writes them, the most telling first. */
  readonly times: readonly string[];
  readonly authorId: string | undefined;
  readonly authorName: string | undefined;
}

/** Fields that say when an entry was published, before those that say when it was changed. */
const TIMES = [
  'pubdate published dc:date dcterms:created dcterms:issued issued created date',
  'updated modified dcterms:modified lastbuilddate',
].flatMap((names) => names.split(' '));

const BODIES = [
  'content:encoded content xhtml:body',
  'description summary abstract dc:description dcterms:abstract media:description itunes:summary itunes:subtitle',
].map((names) => names.split(' '));

/** An `<item>` or `<entry>`, of RSS of any version, RDF, Atom 0.3 and 1.0 or CDF; nothing where it has no fields. */
export function xmlEntry(xml: string, outer: Prefixes, isAtom: boolean): FeedEntry | undefined {
  const open = /^<[^>]*>/.exec(xml)?.[0] ?? '';
  const prefixes = new Map([...prefixesOf(open, outer), ['', '']]);
  const inner = xml.slice(open.length).replace(/<\/[^<>]*>\s*$/, '');
  const [whole] = fieldsOf(`${open.replace(/\/?>$/, '')}/>`, prefixes);
  const own = whole?.attributes ?? new Map<string, string>();
  const all = fieldsOf(inner, prefixes);
  const groups = all.filter((field) => field.name === 'media:group');
  // What a media group says counts after what the entry says itself.
  const fields = new FieldsByName([...all, ...groups.flatMap((group) => fieldsOf(group.inner, prefixes))]);
  const title = titleOf(fields, isAtom);
  const body = bodyOf(fields, isAtom);
  const { link, base } = linkOf(fields);
  const guid = fields.word('guid');
  const about = own.get('rdf:about') ?? own.get('about');
  const permaLink = fields.first('guid')?.attributes.get('ispermalink')?.toLowerCase() !== 'false';
  const address = link ?? own.get('href') ?? (permaLink ? guid : undefined) ?? about;
  const named = guid ?? fields.word('id') ?? about ?? fields.word('dc:identifier');
  const id = named ?? link ?? own.get('href');
  const author = authorOf(fields);
  const text = joined(title, body);
  if (id === undefined && address === undefined && text === '') return undefined;
  return {
    id,
    idIsLink: named === undefined,
    link: address,
    base: base ?? own.get('xml:base'),
    title,
    text,
    times: TIMES.flatMap((name) => fields.all(name).map((field) => contentOf(field.inner).trim())),
    ...author,
  };
}

/** The site that a feed says it is of, from the fields around its entries. */
export function siteLinkOf(fields: readonly Field[]): string | undefined {
  return linkOf(new FieldsByName(fields)).link;
}

class FieldsByName {
  readonly #fields = new Map<string, Field[]>();

  constructor(fields: readonly Field[]) {
    for (const field of fields) {
      const same = this.#fields.get(field.name);
      if (same === undefined) this.#fields.set(field.name, [field]);
      else same.push(field);
    }
  }

  all(name: string): readonly Field[] {
    return this.#fields.get(name) ?? [];
  }

  first(name: string): Field | undefined {
    return this.all(name)[0];
  }

  /** What the first of these that is not blank says, without markup. */
  word(name: string): string | undefined {
    for (const field of this.all(name)) {
      const word = trimmed(contentOf(field.inner).replace(/<[a-z/][^<>]*>/gi, ''));
      if (word !== undefined) return word;
    }
    return undefined;
  }
}

function trimmed(text: string | undefined): string | undefined {
  const word = text?.trim();
  return word === '' ? undefined : word;
}

function titleOf(fields: FieldsByName, isAtom: boolean): string {
  for (const name of ['title', 'dc:title', 'media:title']) {
    for (const field of fields.all(name)) {
      const title = textOf(field, isAtom);
      if (title !== '') return title;
    }
  }
  return '';
}

/** The full content where there is one, else what describes it. */
function bodyOf(fields: FieldsByName, isAtom: boolean): string {
  for (const names of BODIES) {
    for (const field of names.flatMap((name) => fields.all(name))) {
      const body = textOf(field, isAtom);
      if (body !== '') return body;
    }
  }
  return '';
}

/** What nobody writes who does not mean HTML. */
const HTML = /<\/[a-z][a-z0-9]*\s*>|<(?:br|hr|p|img)\b[^<>]*>|<[a-z]+\s[^<>]*=/i;

/** Readable text of a field by its type: HTML unless it says that it is text, or is of Atom and does not look like it. */
function textOf(field: Field, isAtom: boolean): string {
  const type = field.attributes.get('type')?.toLowerCase();
  const mode = field.attributes.get('mode')?.toLowerCase();
  if (mode === 'base64') return readable(Buffer.from(contentOf(field.inner), 'base64').toString('utf8'));
  const content = contentOf(field.inner);
  const isText = type === 'text' || type === 'text/plain' || (isAtom && type === undefined);
  return isText && !(type === undefined ? HTML.test(content) : HTML.test(field.inner))
    ? content.trim()
    : readable(content);
}

/** The link to the entry itself and the base that it names: its text, or an alternate, or what there is. */
function linkOf(fields: FieldsByName): { link: string | undefined; base: string | undefined } {
  const links = fields.all('link');
  const written = links.find((field) => field.inner.trim() !== '' && !/<[a-z]/i.test(field.inner));
  const rel = (field: Field): string => field.attributes.get('rel')?.toLowerCase().trim() ?? '';
  const addressed = links.filter((field) => trimmed(field.attributes.get('href')) !== undefined);
  const chosen =
    addressed.find((field) => /^$|^alternate$/.test(rel(field))) ??
    written ??
    addressed.find((field) => !/^(self|hub|enclosure|replies|next|edit)$/.test(rel(field))) ??
    addressed[0];
  const text = trimmed(chosen?.attributes.get('href')) ?? trimmed(contentOf(chosen?.inner ?? ''));
  return { link: text ?? fields.word('url') ?? fields.word('uri'), base: chosen?.attributes.get('xml:base') };
}

function authorOf(fields: FieldsByName): Pick<FeedEntry, 'authorId' | 'authorName'> {
  const author = fields.first('author');
  if (author !== undefined && /<[a-z]/i.test(author.inner)) {
    const parts = new FieldsByName(fieldsOf(author.inner, new Map([['atom', '']])));
    return { authorId: parts.word('uri') ?? parts.word('url'), authorName: parts.word('name') };
  }
  const said = fields.word('author');
  // RSS asks for `someone@site.example (Her Name)`.
  const name = said === undefined ? undefined : (/^\S+@\S+\s+\((.+)\)$/.exec(said)?.[1] ?? said);
  return { authorId: undefined, authorName: name ?? fields.word('dc:creator') ?? fields.word('name') };
}

/** An item of a JSON Feed, 1.0 or 1.1; nothing where it has no fields. Keys in any case, ids that are numbers too. */
export function jsonEntry(value: unknown): FeedEntry | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const item = lowerKeys(value);
  const authors = Array.isArray(item.authors) ? item.authors : [item.author];
  const first: unknown = authors.find((author) => typeof author === 'object' && author !== null);
  const author = typeof first === 'object' && first !== null ? lowerKeys(first) : {};
  const plain = wordOf(item.content_text) ?? '';
  const content = plain !== '' ? plain : readable(wordOf(item.content_html) ?? '');
  const title = wordOf(item.title) ?? '';
  const text = joined(title, content.trim() === '' ? (wordOf(item.summary) ?? '') : content);
  const id = wordOf(item.id) ?? wordOf(item.url);
  if (id === undefined && text === '') return undefined;
  return {
    id,
    idIsLink: wordOf(item.id) === undefined,
    link: wordOf(item.url) ?? wordOf(item.external_url),
    base: undefined,
    title,
    text,
    times: [item.date_published, item.date_modified].flatMap((time) => wordOf(time) ?? []),
    authorId: wordOf(author.url),
    authorName: wordOf(author.name),
  };
}

/** The object with its keys in lower case; the first of two keys that differ in case counts. */
export function lowerKeys(value: object): Readonly<Record<string, unknown>> {
  const lower: Record<string, unknown> = Object.create(null);
  for (const [key, own] of Object.entries(value)) lower[key.toLowerCase()] ??= own;
  return lower;
}

/** A text or a number as text; nothing for anything else and for what is blank. */
function wordOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && /\S/.test(value) ? value : undefined;
}

/** Title and body; a title that the body begins with (microblogs) is not repeated. */
function joined(title: string, body: string): string {
  const head = title.trim();
  const rest = body.trim();
  if (head === '' || rest === '') return head || rest;
  const begins = rest.startsWith(head.replace(/(\s*(\u2026|\.\.\.))$/, ''));
  return begins ? rest : `${head}\n\n${rest}`;
}
