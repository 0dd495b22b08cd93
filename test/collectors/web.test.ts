import { describe, expect, it } from 'vitest';
import { webKind } from '../../src/collectors/web.js';
import type { CollectedPage, Cursor } from '../../src/core/collector-ports.js';
import { RetryableError } from '../../src/core/errors.js';
import type { FetchRequest, FetchResponse } from '../../src/core/fetch-ports.js';
import { decodeBody } from '../../src/fetch/charset.js';
import { createFetcher } from '../../src/fetch/fetcher.js';
import { noNetwork } from '../support/no-network.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { type Answer, body, serve } from '../support/web-server.js';

const FROM = 'https://forum.example/topik/7?hal=1';
const SELECTORS = {
  item: 'article',
  id: '@data-id',
  text: '.isi',
  time: 'time',
  author: '.nama',
  link: 'a.tautan',
  next: 'a[rel=next]',
};

async function parse(
  page: string | Buffer,
  selectors: Readonly<Record<string, string>> = SELECTORS,
  more = {},
) {
  const bytes = Buffer.from(page);
  const source = { name: 'forum', allowPrivate: false, options: { url: FROM, selectors, ...more } };
  const payload = {
    body: bytes,
    text: decodeBody(bytes, undefined),
    from: FROM,
    headers: { server: 'x' },
    receivedAt: '2026-11-22T05:00:00.000Z',
  };
  return await webKind.parse(source, payload);
}

const article = (id: number | string, text: string) =>
  `<article data-id="${id}"><b class="nama">warga_${id}</b><time datetime="2026-11-22T07:00:00+07:00">kemarin</time><a class=tautan href="#p${id}">#</a><div class="isi">${text}</div></article>`;

describe('a page', () => {
  it('gives its items as posts by the selectors, each with its own HTML as record', async () => {
    const item = article(1, '<p>Satu &amp; dua<br>tiga</p>\r\n<script>x()</script>');
    const { posts, rejects } = await parse(
      `<!doctype html><body><!-- <article>no</article> -->\r\n${item}</body>`,
    );
    expect(rejects).toEqual([]);
    expect(posts).toEqual([
      {
        id: 'forum.example:1',
        revision: expect.stringMatching(/^[0-9a-f]{16}$/),
        source: 'forum',
        platform: 'forum.example',
        text: 'Satu & dua\ntiga',
        createdAt: '2026-11-22T00:00:00.000Z',
        collectedAt: '2026-11-22T05:00:00.000Z',
        url: 'https://forum.example/topik/7?hal=1#p1',
        author: { handle: 'warga_1' },
        record: expect.objectContaining({
          mediaType: 'text/html',
          encoding: 'utf8',
          bytes: item,
          headers: { server: 'x' },
        }),
      },
    ]);
  });

  it('knows an item by its link where it has no id, else by what it says', async () => {
    const { posts } = await parse(article(1, 'x'), { item: 'article', link: 'a.tautan' });
    expect(posts[0]?.id).toBe('forum.example:https://forum.example/topik/7?hal=1#p1');
    const plain = await parse(article(1, 'x'), { item: 'article' });
    expect(plain.posts[0]?.id).toMatch(/^forum\.example:hash-/);
    expect(plain.posts[0]?.text).toContain('warga_1');
  });

  it('joins the parts of a text that a selector finds', async () => {
    const { posts } = await parse(
      '<article data-id=1><div class=isi>satu</div><i>x</i><div class=isi>dua</div></article>',
    );
    expect(posts[0]?.text).toBe('satu\ndua');
  });

  it('keeps the bytes of an item in another charset', async () => {
    const item = article(1, 'caf\xe9');
    const page = Buffer.from(`<meta charset="iso-8859-1"><p>\xe9</p>${item}`, 'latin1');
    const { posts } = await parse(page);
    expect(posts[0]?.text).toBe('café');
    expect(Buffer.from(posts[0]?.record?.bytes ?? '', 'base64').toString('latin1')).toBe(item);
  });

  it('keeps the bytes of an item in a charset of several bytes', async () => {
    const encoded = Buffer.concat([
      Buffer.from('<meta charset="gbk"><p>'),
      Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
      Buffer.from('</p><article data-id=1><div class=isi>'),
      Buffer.from([0xc4, 0xe3]),
      Buffer.from('</div></article><p>x'),
    ]);
    const { posts } = await parse(encoded);
    expect(posts[0]?.text).toBe('你');
    const from = encoded.indexOf('<article');
    expect(Buffer.from(posts[0]?.record?.bytes ?? '', 'base64')).toEqual(
      encoded.subarray(from, encoded.indexOf('<p>x')),
    );
  });

  it('tells posts apart that the page gave one id, and believes no clock that is ahead', async () => {
    const { posts } = await parse(
      [article(1, 'satu'), article(1, 'dua'), article(1, 'satu')]
        .join('')
        .replace('2026-11-22T07', '2031-11-22T07'),
    );
    expect(posts.map(({ id }) => id)).toEqual([
      'forum.example:1',
      expect.stringMatching(/^forum\.example:1#[0-9a-f]{24}$/),
      'forum.example:1',
    ]);
    expect(posts.map(({ createdAt }) => createdAt !== undefined)).toEqual([false, true, true]);
  });

  it('rejects an item without text where others have one', async () => {
    const { posts, rejects } = await parse(article(1, 'x') + article(2, '<img src=a.png>'));
    expect(posts).toHaveLength(1);
    expect(rejects).toMatchObject([{ at: 'item 2', kind: 'no-text' }]);
  });

  it.each<[name: string, page: string, selectors: Readonly<Record<string, string>>, kind: string]>([
    ['has none of its items', '<p>Sedang dirawat</p>', SELECTORS, 'markup-changed'],
    [
      'has items, none with text',
      '<article><div class="baru">x</div></article>',
      SELECTORS,
      'markup-changed',
    ],
    ['is asked for by a broken selector', '<article>x</article>', { item: 'article[[' }, 'bad-selector'],
    ['is empty', '', SELECTORS, 'markup-changed'],
  ])('that %s is a fault', async (_name, page, selectors, kind) => {
    await expect(parse(page, selectors)).rejects.toMatchObject({ name: 'PermanentError', kind });
  });

  it.each<[name: string, unit: string]>([
    ['blocks', '<div>'],
    ['inline elements', '<b x>'],
    ['elements closed out of order', '<b><div></b>'],
    ['inline ends that reach no farther than a block', '<span><div></span>'],
    ['ends that reach nothing', '<div></x>'],
    ['ends behind a barrier', '<div><object></div></object>'],
    ['tables', '<table><td>'],
    ['lists', '<ul><li>'],
  ])('nested without end in %s is a fault', async (_name, unit) => {
    const page = `${unit.repeat(100_000)}${article(1, 'x')}`;
    await expect(parse(page)).rejects.toMatchObject({ kind: 'bad-html' });
  });

  it('is read however long and careless it is', async () => {
    const careless = '<p>satu<p>dua<li>tiga<br><img src=x><td>empat<div><span>lima</div><b><i>enam</b></i>';
    const items = Array.from({ length: 300 }, (_, index) => article(index, careless)).join('');
    expect((await parse(`<main>${items}</main>`)).posts).toHaveLength(300);
  });
});

describe('pages that follow each other', () => {
  const page = (ids: readonly (number | string)[], next?: string) =>
    `<main>${ids.map((id) => article(id, `isi ${id}`)).join('')}</main>${next === undefined ? '' : `<a rel=next href="${next}">lagi</a>`}`;

  async function withSite<T>(
    answers: Record<string, Answer>,
    use: (site: {
      collect(cursor?: Cursor, maxPages?: number): AsyncIterable<CollectedPage>;
      pages(): string[];
      committed: string[];
    }) => Promise<T>,
  ): Promise<T> {
    const server = await serve(answers);
    const clock = new SimulatedClock();
    const committed: string[] = [];
    const conditional = {
      getConditional: () => undefined,
      setConditional: (url: string) => void committed.push(new URL(url).pathname),
    };
    const fetcher = createFetcher({ clock, conditional, version: '0.1.0' });
    try {
      return await use({
        collect: (cursor, maxPages = 5) => {
          const options = { url: `${server.url}/1`, selectors: SELECTORS, max_pages: maxPages };
          const source = { name: 'forum', allowPrivate: true, options };
          return webKind
            .create(source)
            .collect(cursor, { fetcher, clock, signal: new AbortController().signal });
        },
        pages: server.pages,
        committed,
      });
    } finally {
      await fetcher.close();
      await server.close();
    }
  }

  async function all(pages: AsyncIterable<CollectedPage>) {
    const found: CollectedPage[] = [];
    for await (const each of pages) {
      found.push(each);
      each.committed?.();
    }
    return {
      ids: found.flatMap((each) => each.posts.map((post) => post.id.replace(/^.*:/, ''))),
      cursor: found.at(-1)?.cursor,
      gaps: found.flatMap((each) => each.gaps ?? []),
    };
  }

  const three = () => ({
    '/1': body(page([9, 8], '2')),
    '/2': body(page([8, 7, 6], '/3')),
    '/3': body(page([5], '/1')),
  });

  it('are read to the last, an item that moved between them once, and then committed', async () => {
    await withSite(three(), async (site) => {
      expect((await all(site.collect())).ids).toEqual(['9', '8', '7', '6', '5']);
      expect(site.pages()).toEqual(['GET /1', 'GET /2', 'GET /3']);
      expect(site.committed).toEqual(['/1']);
    });
  });

  it('are read no farther than max_pages', async () => {
    await withSite(three(), async (site) => {
      expect((await all(site.collect(undefined, 2))).ids).toEqual(['9', '8', '7', '6']);
    });
  });

  it('are read again only as far as there is something new', async () => {
    const answers: Record<string, Answer> = three();
    await withSite(answers, async (site) => {
      const { cursor } = await all(site.collect());
      answers['/1'] = body(page([10, 9], '2'));
      answers['/2'] = body(page([8, 7], '/3'));
      expect((await all(site.collect(cursor))).ids).toEqual(['10']);
      expect(site.pages().slice(3)).toEqual(['GET /1', 'GET /2']);
    });
  });

  it('are read on when the last reading was cut off after the first', async () => {
    await withSite(three(), async (site) => {
      let cursor: Cursor | undefined;
      for await (const each of site.collect()) {
        cursor = each.cursor;
        break;
      }
      expect(site.committed).toEqual([]);
      expect((await all(site.collect(cursor))).ids).toEqual(['7', '6', '5']);
    });
  });

  it('that hold more that is new than may be read leave a gap that is told, save at the first reading', async () => {
    const answers: Record<string, Answer> = three();
    await withSite(answers, async (site) => {
      const first = await all(site.collect(undefined, 2));
      expect(first.gaps).toEqual([]);
      answers['/1'] = body(page([19, 18], '2'));
      answers['/2'] = body(page([17, 16], '/3'));
      const second = await all(site.collect(first.cursor, 2));
      expect(second.ids).toEqual(['19', '18', '17', '16']);
      expect(second.gaps).toMatchObject([
        { kind: 'max-pages', from: expect.stringMatching(/^2026-11-22T05:/), to: '2026-11-22T00:00:00.000Z' },
      ]);
      answers['/1'] = body(page([20, 19], '2'));
      expect((await all(site.collect(second.cursor, 2))).gaps).toEqual([]);
    });
  });

  it('are a fault where a selector that always found something finds nothing any more', async () => {
    const answers: Record<string, Answer> = { '/1': body(page([1, 2, 3])) };
    await withSite(answers, async (site) => {
      let cursor: Cursor | undefined;
      for (let reading = 0; reading < 3; reading++) ({ cursor } = await all(site.collect(cursor)));
      answers['/1'] = body(page([4, 5, 6]).replaceAll('data-id', 'data-nomor'));
      await expect(all(site.collect(cursor))).rejects.toMatchObject({
        kind: 'markup-changed',
        message: expect.stringContaining('selectors.id found something in every reading before'),
      });
      // Two items may well have none, and a place that never had any is not held to it.
      answers['/1'] = body(page([7, 8]).replaceAll('data-id', 'data-nomor'));
      expect((await all(site.collect(cursor))).ids).toHaveLength(2);
      answers['/1'] = body(page([4, 5, 6]).replaceAll('data-id', 'data-nomor'));
      expect((await all(site.collect({ habit: { id: 'x' }, seen: [] }))).ids).toHaveLength(3);
    });
  });

  it('bring an edited post again as a new revision', async () => {
    const answers: Record<string, Answer> = { '/1': body(page([1])) };
    await withSite(answers, async (site) => {
      const { cursor } = await all(site.collect());
      answers['/1'] = body(page([1]).replace('isi 1', 'isi yang disunting'));
      expect((await all(site.collect(cursor))).ids).toEqual(['1']);
    });
  });

  it('end at a link to another host', async () => {
    await withSite({ '/1': body(page([1], 'http://lain.example/2')) }, async (site) => {
      expect((await all(site.collect())).ids).toEqual(['1']);
    });
  });

  it('are a fault from the first page on when its markup changed, and keep what came before one that fails', async () => {
    await withSite({ '/1': body('<p>Desain baru!</p>') }, async (site) => {
      await expect(all(site.collect())).rejects.toMatchObject({ kind: 'markup-changed' });
    });
    await withSite(
      { '/1': body(page([1], '/2')), '/2': (_request, response) => void response.writeHead(500).end() },
      async (site) => {
        const ids: string[] = [];
        const reading = async () => {
          for await (const each of site.collect()) ids.push(...each.posts.map((post) => post.id));
        };
        await expect(reading()).rejects.toBeInstanceOf(RetryableError);
        expect(ids).toHaveLength(1);
        expect(site.committed).toEqual([]);
      },
    );
  });

  it('that did not change bring nothing', async () => {
    const fetcher = {
      ...noNetwork,
      fetch: async ({ url }: FetchRequest): Promise<FetchResponse> => ({
        url,
        status: 304,
        notModified: true,
        headers: {},
        body: Buffer.alloc(0),
        text: () => '',
        commitConditional: () => undefined,
      }),
    };
    const source = { name: 'forum', allowPrivate: false, options: { url: FROM, selectors: SELECTORS } };
    const context = { fetcher, clock: new SimulatedClock(), signal: new AbortController().signal };
    expect((await all(webKind.create(source).collect({ seen: [] }, context))).ids).toEqual([]);
  });
});
