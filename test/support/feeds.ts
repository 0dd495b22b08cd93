/** Feeds of every format with defects of every kind, made from a seed, and the entries that were planted in them. */

/** What a generated feed holds. */
export interface PlantedFeed {
  /** Format and defect, for messages. */
  readonly name: string;
  readonly body: Buffer;
  readonly contentType: string | undefined;
  /** A word of each entry's text, in order. */
  readonly words: readonly string[];
}

/** mulberry32: the same numbers from the same seed, 0 to 1. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Entry {
  readonly word: string;
  readonly id: string;
  readonly link: string;
  readonly title: string;
  readonly body: string;
  readonly date: string;
  readonly author: string;
}

type Format = (entries: readonly Entry[]) => string;

const DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';
const CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"';
const RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';

const rssItem = (entry: Entry): string =>
  `<item>\n<title>${entry.title}</title><link>${entry.link}</link><guid isPermaLink="false">${entry.id}</guid><pubDate>${entry.date}</pubDate><author>${entry.author}</author><description>${entry.body}</description></item>`;
const atomEntry = (entry: Entry): string =>
  `<entry><title type="html">${entry.title}</title><link rel="alternate" href="${entry.link}"/><id>${entry.id}</id><updated>${entry.date}</updated><author><name>${entry.author}</name></author><summary type="html">${entry.body}</summary></entry>`;

const join = (entries: readonly Entry[], write: (entry: Entry) => string): string =>
  entries.map(write).join('\n');

export const XML_FORMATS: Readonly<Record<string, Format>> = {
  'RSS 2.0': (entries) =>
    `<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Kabar</title><link>https://kabar.example/</link><description>x</description>\n${join(entries, rssItem)}\n</channel></rss>`,
  'RSS 0.91': (entries) =>
    `<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n<rss version="0.91"><channel><title>Kabar</title><link>https://kabar.example/</link>${join(
      entries,
      ({ title, link, body }) =>
        `<item><title>${title}</title><link>${link}</link><description>${body}</description></item>`,
    )}<image><title>logo</title><url>https://kabar.example/l.png</url></image></channel></rss>`,
  'RSS 0.90': (entries) =>
    `<?xml version="1.0"?><rdf:RDF ${RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Kabar</title><link>https://kabar.example/</link></channel>${join(
      entries,
      ({ title, link }) => `<item><title>${title}</title><link>${link}</link></item>`,
    )}</rdf:RDF>`,
  'RSS 1.0': (entries) =>
    `<?xml version="1.0"?><rdf:RDF ${RDF} ${DC} ${CONTENT} xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://kabar.example/rdf"><title>Kabar</title><link>https://kabar.example/</link><items><rdf:Seq>${join(entries, ({ link }) => `<rdf:li rdf:resource="${link}"/>`)}</rdf:Seq></items></channel>${join(
      entries,
      ({ title, link, body, date, author }) =>
        `<item rdf:about="${link}"><title>${title}</title><link>${link}</link><description>${body}</description><dc:date>${date}</dc:date><dc:creator>${author}</dc:creator></item>`,
    )}</rdf:RDF>`,
  'RSS 2.0 with modules under odd prefixes': (entries) =>
    `<rss version="2.0" xmlns:a="http://purl.org/dc/elements/1.1/" xmlns:b="http://purl.org/rss/1.0/modules/content/" xmlns:c="http://search.yahoo.com/mrss/"><channel><title>Kabar</title>${join(
      entries,
      ({ title, link, body, date, id }) =>
        `<item><title>${title}</title><c:content url="x.jpg"><c:title>gambar</c:title></c:content><link>${link}</link><guid>${id}</guid><a:date>${date}</a:date><b:encoded>${body}</b:encoded></item>`,
    )}</channel></rss>`,
  'Atom 1.0': (entries) =>
    `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><title>Kabar</title><link href="https://kabar.example/"/><id>urn:x</id><updated>2026-11-22T00:00:00Z</updated>\n${join(entries, atomEntry)}\n</feed>`,
  'Atom 0.3': (entries) =>
    `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Kabar</title>${join(
      entries,
      ({ title, link, id, date, body }) =>
        `<entry><title mode="escaped" type="text/html">${title}</title><link rel="alternate" type="text/html" href="${link}"/><id>${id}</id><modified>${date}</modified><issued>${date}</issued><content type="text/html" mode="escaped">${body}</content></entry>`,
    )}</feed>`,
  'Atom under a prefix': (entries) =>
    `<x1:feed xmlns:x1="http://www.w3.org/2005/Atom"><x1:title>Kabar</x1:title>${join(entries, atomEntry).replace(/<(\/?)(?=[a-z])/g, '<$1x1:')}</x1:feed>`,
  'a channel without its rss': (entries) =>
    `<channel><title>Kabar</title>${join(entries, rssItem)}</channel>`,
};

interface Defect {
  /** Changes the entries before they are written. */
  readonly entry?: (entry: Entry, index: number, random: () => number) => Partial<Entry>;
  /** Changes the feed as written. */
  readonly text?: (text: string, random: () => number, entries: readonly Entry[]) => string;
  readonly bytes?: (text: string) => Buffer;
  readonly contentType?: string;
  /** How many entries at its end it may cost. */
  readonly loses?: number;
}

const LAUGHS = `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;"><!ENTITY i "&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;">]>`;

const wrap =
  (before: string, after = ''): NonNullable<Defect['text']> =>
  (text) =>
    `${before}${text}${after}`;
const everyOther = (index: number, change: Partial<Entry>): Partial<Entry> => (index % 2 === 0 ? change : {});

/** Each leaves its entries to be found. */
export const XML_DEFECTS: Readonly<Record<string, Defect>> = {
  none: {},
  'a byte order mark': { text: wrap('\ufeff') },
  'blank lines before it': { text: wrap('\n\n  \t') },
  'a warning before it': {
    text: wrap('<br />\n<b>Warning</b>: mysqli: connection lost in <b>x.php</b><br />\n'),
  },
  'something behind it': { text: wrap('', '\n<!-- cached -->\n<script>x</script>') },
  'a comment around its tags': {
    text: (text) => text.replace(/<channel|<feed|<x1:feed/, '<!-- <item>bukan</item> -->$&'),
  },
  'bare ampersands': { entry: ({ title, link }) => ({ title: `${title} A & B &`, link: `${link}?a=1&b=2` }) },
  'entities that nobody declared': {
    entry: ({ title }) => ({ title: `${title} &eacute;&nbsp;&foo; &#8217; &#xFFFFFF;` }),
  },
  'a billion laughs': {
    text: (text) => text.replace(/<!DOCTYPE[^>]*>/, '').replace(/^(<\?xml[^>]*>)?/, `$1${LAUGHS}`),
    entry: ({ body }) => ({ body: `${body} &i;` }),
  },
  'an entity of a file': {
    text: (text) =>
      text
        .replace(/<!DOCTYPE[^>]*>/, '')
        .replace(/^(<\?xml[^>]*>)?/, '$1<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    entry: ({ body }) => ({ body: `${body} &f;` }),
  },
  'wrong dates': {
    entry: (_entry, index) => ({
      date:
        ['Sel, 32 Mei 2026 25:61', '0000-00-00', 'kemarin', '', '99999999999999999', 'Thu, 1 Jan 1970'][
          index % 6
        ] ?? '',
    }),
  },
  'dates of tomorrow’s clock': { entry: () => ({ date: '2031-01-01T00:00:00Z' }) },
  'no ids': { text: (text) => text.replace(/<(x1:)?(guid|id)\b[^>]*>[^<]*<\/(x1:)?(guid|id)>/g, '') },
  'empty ids and links': { entry: () => ({ id: '', link: '' }) },
  'one id for all': { entry: () => ({ id: 'sama' }) },
  'one id and one link for all': { entry: () => ({ id: 'sama', link: 'https://kabar.example/' }) },
  'HTML in titles': { entry: (entry) => ({ title: `&lt;b&gt;${entry.title}&lt;/b&gt; &lt;br&gt;` }) },
  'markup in titles': { entry: (entry) => ({ title: `<b>${entry.title}</b> <i>x</i>` }) },
  CDATA: {
    entry: ({ title, body }) => ({ title: `<![CDATA[${title} < & >]]>`, body: `<![CDATA[<p>${body}</p>]]>` }),
  },
  'CDATA in CDATA': {
    entry: ({ body }) => ({ body: `<![CDATA[<p>${body} <![CDATA[ dalam ]]> luar</p>]]>` }),
  },
  'CDATA split as it should be': {
    entry: ({ body }) => ({ body: `<![CDATA[<p>${body} ]]]]><![CDATA[> x</p>]]>` }),
  },
  'CDATA with an item in it': {
    entry: ({ body }) => ({
      body: `<![CDATA[${body} <item><title>contoh</title></item> <entry>contoh</entry>]]>`,
    }),
  },
  'CDATA that nobody closed': {
    entry: ({ body }, index) => everyOther(index, { body: `<![CDATA[<p>${body}` }),
  },
  'CDATA that nobody closed, between sound ones': {
    entry: ({ title, body }, index) => ({
      title: `<![CDATA[${title}]]>`,
      body: index % 2 === 0 ? `<![CDATA[<p>${body}` : `<![CDATA[${body}]]>`,
    }),
  },
  'a comment that nobody closed': {
    entry: ({ body }, index) => everyOther(index, { body: `${body} <!-- x ` }),
  },
  'less-than signs': {
    entry: ({ title, body }) => ({ title: `${title} 5 < 6 <3`, body: `${body} <- <> a<b` }),
  },
  'HTML that nobody escaped': {
    entry: ({ body }) => ({
      body: `<p class=x>${body}<br><img src=a.png alt="b"><hr><a href="x"y">z</a></p>`,
    }),
  },
  'HTML of odd quotes': {
    entry: ({ body }) => ({ body: `<a title="it's" alt='>${body}</a><p id="x>teks</p>` }),
  },
  'attributes without quotes': {
    text: (text) =>
      text.replace(/rel="alternate"/g, 'rel=alternate').replace(/isPermaLink="false"/g, 'isPermaLink=false'),
  },
  'controls and broken characters': {
    entry: ({ title }) => ({ title: `${title} \u0000\u0001\u000b\ufffe\ud800 x` }),
  },
  'entries that nobody closed': { text: (text) => text.replace(/<\/(x1:)?(item|entry)>/g, '') },
  'fields that nobody closed': {
    text: (text) => text.replace(/<\/(x1:)?(title|link|guid|id)>(?=.*<(?:x1:)?(?:item|entry))/g, ''),
  },
  'wrong end tags': { text: (text) => text.replace(/<\/(x1:)?title>/g, '</titel>') },
  'upper case': {
    text: (text) =>
      text
        .replace(/<\/?(x1:)?(item|entry|title|description|link|guid|summary|content)\b/g, (tag) =>
          tag.toUpperCase(),
        )
        .replaceAll('X1:', 'x1:'),
  },
  'ends cut off': { text: (text) => text.replace(/<\/(x1:)?(channel|rss|feed|rdf:RDF)>/g, '').trimEnd() },
  'a cut in its last entry': {
    text: (text) =>
      text.slice(0, text.search(/<(?:x1:)?(?:item|entry)\b(?![\s\S]*<(?:x1:)?(?:item|entry)\b)/) + 9),
    loses: 1,
  },
  'prefixes that nobody declared': { text: (text) => text.replace(/ xmlns(:\w+)?="[^"]*"/g, '') },
  'elements of its own': {
    text: (text) => text.replace(/<(x1:)?title/g, '<foo:bar a="1"><foo:baz/></foo:bar><Ü/><$1title'),
  },
  'items of another vocabulary': {
    text: (text) =>
      text.replace(
        /<((?:x1:)?(?:channel|feed|rdf:RDF)\b[^>]*)>/,
        '<$1 xmlns:ev="http://other.example/ns"><ev:item><ev:title>bukan</ev:title></ev:item>',
      ),
  },
  'a base and relative links': {
    entry: (_entry, index) => ({ link: `baca/${index}` }),
    text: (text) =>
      text.replace(
        /<((?:x1:)?(?:rss|channel|feed|rdf:RDF)\b[^>]*)>/,
        '<$1 xml:base="https://basis.example/a/">',
      ),
  },
  'tags nested ten thousand deep': {
    entry: ({ body }, index) =>
      index === 0 ? { body: `${'<div>'.repeat(10_000)}${body}${'</div>'.repeat(10_000)}` } : {},
  },
  'tags nested ten thousand deep and never closed': {
    entry: ({ body }, index) => (index === 0 ? { body: `${'<b>'.repeat(10_000)}${body}` } : {}),
  },
  'UTF-16 with a mark': { bytes: (text) => Buffer.from(`\ufeff${text}`, 'utf16le') },
  'UTF-16 without one': { bytes: (text) => Buffer.from(text, 'utf16le') },
  'UTF-16, the other way round': { bytes: (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16() },
  'UTF-32': {
    bytes: (text) =>
      Buffer.concat(
        [...`\ufeff${text}`].map((letter) => {
          const unit = Buffer.alloc(4);
          unit.writeUInt32LE(letter.codePointAt(0) ?? 0);
          return unit;
        }),
      ),
  },
  'windows-1252 as UTF-8': {
    entry: ({ title }) => ({ title: `${title} caf\xe9` }),
    bytes: (text) => Buffer.from(text, 'latin1'),
    contentType: 'application/xml; charset=utf-8',
  },
  'UTF-8 as ISO 8859-1': {
    entry: ({ title }) => ({ title: `${title} café` }),
    contentType: 'text/xml; charset=iso-8859-1',
  },
  'UTF-8 as UTF-16': {
    text: (text) => text.replace(/^<\?xml[^>]*>/, '').replace(/^/, '<?xml version="1.0" encoding="utf-16"?>'),
  },
  'UTF-8 sent as UTF-16': { contentType: 'application/xml; charset=utf-16' },
  'a charset that does not exist': { contentType: 'application/xml; charset=bukan-ini' },
  'bytes that are no UTF-8': {
    entry: ({ title }) => ({ title: `${title} caf\xe9 \u{1f525}` }),
    bytes: (text) => {
      const bytes = Buffer.from(text);
      const at = bytes.indexOf(Buffer.from('\u{1f525}'));
      return at < 0 ? bytes : Buffer.concat([bytes.subarray(0, at + 2), bytes.subarray(at + 4)]);
    },
  },
  'gzip’s name and no gzip': { contentType: 'application/x-gzip' },
  'HTML’s name': { contentType: 'text/html' },
};

/** Entries with words that occur nowhere else. */
function entriesOf(count: number, seed: number): Entry[] {
  return Array.from({ length: count }, (_, index) => {
    const word = `tanda${seed}x${index}y`;
    return {
      word,
      id: `urn:kabar:${seed}:${index}`,
      link: `https://kabar.example/${seed}/${index}`,
      title: `Banjir di ${word}`,
      body: `Warga mengungsi dari ${word}`,
      date: 'Sun, 22 Nov 2026 07:00:00 +0700',
      author: 'Sari Contoh',
    };
  });
}

/** A feed of a format with a defect and how many entries were planted that must be found. */
export function plantedXml(format: string, defect: string, seed: number): PlantedFeed {
  const random = randomOf(seed);
  const { entry, text, bytes, contentType, loses = 0 } = XML_DEFECTS[defect] ?? {};
  const plain = entriesOf(1 + Math.floor(random() * 6), seed);
  const entries = plain.map((each, index) => ({ ...each, ...entry?.(each, index, random) }));
  const written = XML_FORMATS[format]?.(entries) ?? '';
  const whole = text?.(written, random, entries) ?? written;
  return {
    name: `${format}, ${defect}, seed ${seed}`,
    body: bytes?.(whole) ?? Buffer.from(whole),
    contentType,
    words: plain.map(({ word }) => word).slice(0, plain.length - loses),
  };
}

/** JSON Feeds as they are found. */
export const JSON_SHAPES: Readonly<Record<string, (items: readonly object[]) => string>> = {
  '1.1': (items) => JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Kabar', items }),
  '1, indented': (items) =>
    JSON.stringify({ version: 'https://jsonfeed.org/version/1', title: 'Kabar', items }, null, 2),
  'with a mark': (items) => `\ufeff${JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items })}`,
  'of no version': (items) => JSON.stringify({ title: 'Kabar', items }),
  'with a comma too many': (items) =>
    `{"version":"https://jsonfeed.org/version/1.1","items":[${items.map((item) => JSON.stringify(item)).join(',')},],}`,
  'cut off behind its entries': (items) =>
    `{"version":"https://jsonfeed.org/version/1.1","items":[${items.map((item) => JSON.stringify(item)).join(',')},{"id":"putus","content_te`,
  'with numbers for ids': (items) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1',
      items: items.map((item, id) => ({ ...item, id })),
    }),
  'with strange entries': (items) =>
    JSON.stringify({ version: 'https://jsonfeed.org/version/1', items: [null, 7, [], {}, ...items] }),
};

/** A JSON Feed of a shape. */
export function plantedJson(shape: string, seed: number): PlantedFeed {
  const random = randomOf(seed);
  const entries = entriesOf(1 + Math.floor(random() * 6), seed);
  const items = entries.map(({ id, link, title, body, date }, index) => ({
    id,
    url: link,
    title,
    ...(index % 2 === 0 ? { content_text: body } : { content_html: `<p>${body}</p>` }),
    date_published: date,
  }));
  return {
    name: `JSON Feed ${shape}, seed ${seed}`,
    body: Buffer.from(JSON_SHAPES[shape]?.(items) ?? ''),
    contentType: 'application/feed+json',
    words: entries.map(({ word }) => word),
  };
}
