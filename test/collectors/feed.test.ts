import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedKind } from '../../src/collectors/feed.js';
import { findJsonElements } from '../../src/collectors/json-elements.js';
import { findXmlEntries } from '../../src/collectors/xml-entries.js';
import { decodeBody } from '../../src/fetch/charset.js';

const FROM = 'https://www.berita.example/umpan/rss?x=1';
const RECEIVED = '2026-11-22T05:00:00.000Z';

async function parse(
  body: Buffer | string,
  options: Readonly<Record<string, unknown>> = {},
  contentType?: string,
) {
  const bytes = Buffer.from(body);
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
  const source = { name: 'berita', region: 'ID-JT', allowPrivate: false, options: { url: FROM, ...options } };
  const text = decodeBody(bytes, contentType);
  return await feedKind.parse(source, { body: bytes, text, from: FROM, headers, receivedAt: RECEIVED });
}

const rss = (items: string, more = '') =>
  `<?xml version="1.0"?>\n<rss version="2.0"${more}><channel><title>Berita</title><link>https://www.berita.example/</link>\n${items}\n</channel></rss>`;

const ITEM =
  '<item><title>Banjir &amp; longsor</title><link>/a?x=1&amp;y=2</link><guid isPermaLink="false">berita-1</guid>' +
  '<pubDate>Sun, 22 Nov 2026 07:00:00 +0700</pubDate><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Sari Contoh</dc:creator>' +
  '<description><![CDATA[<p>Air naik <b>semeter</b>.</p><p>Warga mengungsi.</p>]]></description></item>';

describe('an RSS feed', () => {
  it('gives its entries as posts, each with its own fragment as record', async () => {
    const body = rss(ITEM);
    const { posts, rejects } = await parse(body);
    expect(rejects).toEqual([]);
    expect(posts).toEqual([
      {
        id: 'berita.example:berita-1',
        revision: expect.stringMatching(/^[0-9a-f]{16}$/),
        source: 'berita',
        platform: 'berita.example',
        text: 'Banjir & longsor\n\nAir naik semeter.\n\nWarga mengungsi.',
        createdAt: '2026-11-22T00:00:00.000Z',
        collectedAt: RECEIVED,
        url: 'https://www.berita.example/a?x=1&y=2',
        author: { handle: 'Sari Contoh' },
        region: 'ID-JT',
        record: {
          mediaType: 'application/xml',
          encoding: 'utf8',
          bytes: ITEM,
          from: FROM,
          receivedAt: RECEIVED,
          headers: {},
          bodySha256: createHash('sha256').update(body).digest('hex'),
        },
      },
    ]);
  });

  it.each<[name: string, item: string, id: string | RegExp]>([
    [
      'guid',
      '<item><guid>g-1</guid><link>https://a.example/1</link><title>x</title></item>',
      'berita.example:g-1',
    ],
    [
      'link',
      '<item><link>https://a.example/1</link><title>x</title></item>',
      'berita.example:https://a.example/1',
    ],
    ['nothing but words', '<item><title>x</title></item>', /^berita\.example:hash-[0-9a-f]{24}$/],
  ])('knows an entry by its %s', async (_name, item, id) => {
    const { posts } = await parse(rss(item));
    expect(posts.map((post) => post.id)).toEqual([expect.stringMatching(id)]);
  });

  it.each<[name: string, item: string, text: string]>([
    [
      'content before description',
      '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[penuh]]></content:encoded><description>ringkas</description>',
      'penuh',
    ],
    [
      'escaped HTML',
      '<description>&lt;p&gt;satu&lt;/p&gt;&lt;p&gt;dua &amp;amp; tiga&lt;/p&gt;</description>',
      'satu\n\ndua & tiga',
    ],
    [
      'a title that the body begins with, once',
      '<title>Halo semua...</title><description>Halo semua yang hadir</description>',
      'Halo semua yang hadir',
    ],
    ['a title alone', '<title>Hanya judul</title>', 'Hanya judul'],
    ['CDATA in CDATA', '<description><![CDATA[a <![CDATA[ b ]]]]><![CDATA[> c]]></description>', 'a b c'],
  ])('reads %s', async (_name, inner, text) => {
    const { posts } = await parse(rss(`<item><guid>1</guid>${inner}</item>`));
    expect(posts.map((post) => post.text)).toEqual([text]);
  });

  it('keeps the bytes of a feed in another charset', async () => {
    const item = '<item><guid>1</guid><title>caf\xe9 \x93kita\x94</title></item>';
    const body = Buffer.from(
      `<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel>${item}</channel></rss>`,
      'latin1',
    );
    const { posts } = await parse(body);
    expect(posts[0]?.text).toBe('café \u201ckita\u201d');
    expect(posts[0]?.record?.encoding).toBe('base64');
    expect(Buffer.from(posts[0]?.record?.bytes ?? '', 'base64').toString('latin1')).toBe(item);
  });

  it.each<[name: string, encode: (text: string) => Buffer]>([
    ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    [
      'malformed UTF-8',
      (text) => Buffer.concat([Buffer.from('<!-- '), Buffer.from([0xff, 0xc3]), Buffer.from(` -->${text}`)]),
    ],
  ])('keeps the bytes of a feed in %s', async (name, encode) => {
    const item = '<item><guid>1</guid><title>é 🔥 ya</title></item>';
    const { posts } = await parse(encode(`<rss version="2.0"><channel>${item}</channel></rss>`));
    const { record } = posts[0] ?? {};
    const bytes = Buffer.from(record?.bytes ?? '', record?.encoding === 'base64' ? 'base64' : 'utf8');
    expect(bytes).toEqual(Buffer.from(item, name === 'UTF-16' ? 'utf16le' : 'utf8'));
    expect(posts[0]?.text).toBe('é 🔥 ya');
  });

  it('loses no other entry to a broken or empty one', async () => {
    const items =
      '<item><guid>1</guid><title>satu</title></item><item></item><item><guid>2</guid><title>dua <![CDATA[ tak tertutup</title></item><item><guid>3</guid><title>tiga</title></item>';
    const { posts, rejects } = await parse(rss(items));
    const ids = posts.map((post) => post.id);
    expect(ids).toContain('berita.example:1');
    expect(ids).toContain('berita.example:3');
    expect(posts.length + rejects.length).toBe(4);
    expect(rejects[0]).toMatchObject({ at: 'entry 2', kind: 'bad-entry' });
  });

  it('reads entries that nobody closed, and a feed cut off', async () => {
    const body =
      '<rss version="2.0"><channel><item><guid>1</guid><title>satu</title><item><guid>2</guid><title>dua</title>';
    const { posts } = await parse(body);
    expect(posts.map((post) => [post.id, post.text])).toEqual([
      ['berita.example:1', 'satu'],
      ['berita.example:2', 'dua'],
    ]);
  });

  it.each([
    ['whose root is not closed', '<feed xmlns="http://www.w3.org/2005/Atom" <title>T</title>', 'entry', 'id'],
    ['whose root is cut', '<rss versiexample</link> ', 'item', 'guid'],
    ['that begins with an entry', '<?xml version="1.0"?>\n', 'item', 'guid'],
  ])('reads the entries of a feed %s', async (_, before, element, id) => {
    const entry = (n: number): string =>
      `<${element}><${id}>${n}</${id}><title>kabar ${n}</title></${element}>`;
    const { posts } = await parse(`${before}${entry(1)}${entry(2)}`);
    expect(posts.map((post) => [post.id, post.text])).toEqual([
      ['berita.example:1', 'kabar 1'],
      ['berita.example:2', 'kabar 2'],
    ]);
  });

  it('takes items of another vocabulary for no entries', async () => {
    const body = '<katalog><rak/><item><title>Buku</title></item></katalog>';
    await expect(parse(body)).rejects.toMatchObject({ kind: 'not-a-feed' });
  });

  it('has an entry of X or Reddit refused by the terms', async () => {
    const { posts, rejects } = await parse(
      rss('<item><guid>1</guid><link>https://x.com/a/status/1</link><title>x</title></item>'),
    );
    expect([posts.length, rejects.map((reject) => reject.kind)]).toEqual([0, ['terms-refuse']]);
  });

  it('without entries has no posts', async () => {
    expect(await parse(rss(''))).toEqual({ posts: [], rejects: [] });
  });

  it('is of the site that the source names', async () => {
    const { posts } = await parse(rss(ITEM), { site: 'warta.example' });
    expect(posts[0]?.id).toBe('warta.example:berita-1');
  });
});

describe('other feeds', () => {
  it('reads Atom, its three kinds of text and its dates', async () => {
    const entries =
      '<entry><id>tag:a,2026:1</id><title type="html">Judul &amp;amp; isi</title><link rel="self" href="/self"/><link href="/baca/1"/>' +
      '<published>2026-11-22T07:00:00+07:00</published><updated>2026-11-23T00:00:00Z</updated><author><name>Budi Contoh</name><uri>https://warta.example/@budi</uri></author>' +
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Satu</p><p>dua</p></div></content></entry>' +
      '<entry><id>tag:a,2026:2</id><title>a &lt;b&gt; c</title><updated>2026-11-23T00:00:00Z</updated><summary type="text">ringkas &amp; padat</summary></entry>';
    const body = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Warta</title><link href="https://warta.example/"/>${entries}</feed>`;
    const { posts, rejects } = await parse(body);
    expect(rejects).toEqual([]);
    expect(posts).toMatchObject([
      {
        id: 'warta.example:tag:a,2026:1',
        text: 'Judul & isi\n\nSatu\n\ndua',
        url: 'https://www.berita.example/baca/1',
        createdAt: '2026-11-22T00:00:00.000Z',
        author: { id: 'https://warta.example/@budi', handle: 'Budi Contoh' },
      },
      {
        id: 'warta.example:tag:a,2026:2',
        text: 'a <b> c\n\nringkas & padat',
        createdAt: '2026-11-23T00:00:00.000Z',
      },
    ]);
  });

  it('reads Atom 0.3 and prefixed Atom', async () => {
    const old =
      '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>1</id><title>lama</title><modified>2004-01-01T00:00:00Z</modified></entry></feed>';
    const prefixed =
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>2</a:id><a:title>berawalan</a:title></a:entry></a:feed>';
    expect((await parse(old)).posts.map((post) => post.text)).toEqual(['lama']);
    expect((await parse(prefixed)).posts.map((post) => post.text)).toEqual(['berawalan']);
  });

  it('reads RDF, whose entries stand beside the channel', async () => {
    const item =
      '<item rdf:about="https://r.example/1"><title>satu</title><link>https://r.example/1</link><dc:date>2026-11-22T00:00:00Z</dc:date></item>';
    const body = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>R</title><link>https://r.example/</link><items><rdf:Seq><rdf:li rdf:resource="https://r.example/1"/></rdf:Seq></items></channel>${item}</rdf:RDF>`;
    const { posts } = await parse(body);
    expect(posts).toMatchObject([
      {
        id: 'r.example:https://r.example/1',
        text: 'satu',
        record: { bytes: item },
        createdAt: '2026-11-22T00:00:00.000Z',
      },
    ]);
  });

  it('reads JSON Feed, each entry’s own source as record', async () => {
    const item =
      '{ "id": "j-1", "url": "https://j.example/1",\n "content_text": "isi \\u00e9 \\"kutip\\" ] }", "authors": [{"name":"Ani Contoh","url":"https://j.example/@ani"}], "date_published": "2026-11-22T07:00:00+07:00" }';
    const body = `{"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://j.example/","items":[${item}, {"id":"j-2","content_html":"<p>dua</p>"}, {}, 7]}`;
    const { posts, rejects } = await parse(body);
    expect(posts).toMatchObject([
      {
        id: 'j.example:j-1',
        text: 'isi é "kutip" ] }',
        author: { id: 'https://j.example/@ani', handle: 'Ani Contoh' },
        record: { mediaType: 'application/json', bytes: item },
      },
      { id: 'j.example:j-2', text: 'dua' },
    ]);
    expect(rejects.map((reject) => reject.at)).toEqual(['entry 3', 'entry 4']);
  });

  it.each<[name: string, body: string]>([
    ['HTML', '<!DOCTYPE html><html><head><title>Masuk</title></head><body><rss>x</rss></body></html>'],
    ['HTML behind a comment', '<!-- x -->\n<html lang="id"><body>galat</body></html>'],
    ['words', 'Layanan sedang tidak tersedia'],
    ['nothing', ''],
    ['JSON that is no feed', '{"error":"not found"}'],
    ['JSON cut off', '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":'],
    ['another XML', '<?xml version="1.0"?><urlset><url><loc>https://a.example/</loc></url></urlset>'],
  ])('refuses %s', async (_name, body) => {
    await expect(parse(body)).rejects.toMatchObject({ name: 'PermanentError', kind: 'not-a-feed' });
  });
});

describe('any feed', () => {
  const word = fc.constantFrom(
    'banjir',
    'warga',
    '<b>x</b>',
    '&amp;',
    '&',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '\0',
    '"',
    "'",
    '🔥',
    '<item>',
    '</channel>',
    '\u2028',
  );
  const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
  const tag = fc.constantFrom(
    'title',
    'description',
    'guid',
    'link',
    'pubDate',
    'content:encoded',
    'dc:creator',
  );
  const field = fc
    .tuple(tag, text, fc.boolean())
    .map(([name, value, closed]) => `<${name}>${value}${closed ? `</${name}>` : ''}`);
  const item = fc
    .tuple(fc.array(field, { maxLength: 5 }), fc.boolean())
    .map(([fields, closed]) => `<item>${fields.join('')}${closed ? '</item>' : ''}`);

  it('well-formed or not, is read or refused by name, never thrown at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 6 }), fc.nat(400), async (items, cut) => {
        const whole = rss(items.join('\n'));
        const body = cut === 0 ? whole : whole.slice(0, Math.max(0, whole.length - cut));
        const outcome = await parse(body).catch((error: { kind?: string }) => error.kind);
        if (typeof outcome === 'string') expect(outcome).toBe('not-a-feed');
        else expect(outcome).toMatchObject({ posts: expect.any(Array), rejects: expect.any(Array) });
      }),
      { numRuns: 500 },
    );
  });

  it('whose entries are closed gives as many entries as it has', async () => {
    const plain = fc.stringMatching(/^[a-z .,!?]{1,40}$/).filter((value) => /[a-z]/.test(value));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(plain, { maxLength: 20 }), async (titles) => {
        const body = rss(
          titles
            .map((title, index) => `<item><guid>${index}</guid><title>${title}</title></item>`)
            .join('\n'),
        );
        expect((await parse(body)).posts.map((post) => post.text)).toEqual(
          titles.map((title) => title.trim().replace(/ +/g, ' ')),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('made to be slow is not', async () => {
    const hostile = [
      '<item><title>'.repeat(20_000),
      '<!--'.repeat(200_000),
      `<item ${'a="'.repeat(200_000)}`,
      '<![CDATA['.repeat(100_000),
      '<item>'.repeat(100_000),
    ];
    for (const inner of hostile) {
      const outcome = await parse(rss(inner)).catch((error: { kind?: string }) => error.kind);
      expect(outcome).toBeDefined();
    }
  });
});

describe('where entries stand', () => {
  it('finds XML entries outside comments and CDATA', () => {
    const text =
      '<rss><!-- <item>no</item> --><item a=">">1<![CDATA[</item>]]></item><ITEM/><media:item>no</media:item><x:item>2</x:item></rss>';
    expect(findXmlEntries(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '<item a=">">1<![CDATA[</item>]]></item>',
      '<ITEM/>',
      '<x:item>2</x:item>',
    ]);
  });

  it('finds JSON elements exactly as they are written', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 8 }),
        fc.dictionary(fc.string(), value, { maxKeys: 3 }),
        fc.constantFrom('', ' ', '\n\t'),
        (items, more, space) => {
          const written = items.map((item) => JSON.stringify(item, null, space === '' ? undefined : 1));
          const rest = { ...more };
          for (const key of Object.keys(rest)) if (key.toLowerCase() === 'items') delete rest[key];
          const text = `{"a":${JSON.stringify({ items: [1], ...rest })},${space}"items"${space}:${space}[${space}${written.join(`${space},${space}`)}${space}]${space},"z":[1,{}]}`;
          expect(JSON.parse(text)).toBeDefined();
          expect(findJsonElements(text, 'items').map(({ start, end }) => text.slice(start, end))).toEqual(
            written,
          );
        },
      ),
    );
  });
});
