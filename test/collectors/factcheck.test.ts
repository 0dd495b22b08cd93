import { afterEach, describe, expect, it } from 'vitest';
import { factcheckKind } from '../../src/collectors/factcheck.js';
import { readTitle } from '../../src/collectors/factcheck-verdict.js';
import type { CollectedPage, Cursor } from '../../src/core/collector-ports.js';
import { kindOf, messageOf } from '../../src/core/errors.js';
import { quickDoor } from '../support/doors.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { type Answer, body, serve, status } from '../support/web-server.js';
import { googleError } from '../support/youtube-server.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const KEY = 'AIza-kunci-cek-fakta';
const FROM = 'https://www.cekrukun.example/umpan';

async function parse(text: string, options: object = {}, from = FROM) {
  return await factcheckKind.parse(
    { name: 'cek', allowPrivate: false, options },
    { body: Buffer.from(text), text, from, headers: {}, receivedAt: '2026-11-22T05:00:00.000Z' },
  );
}

const item = (title: string, number: number): string =>
  `<item><title>${title}</title><link>https://www.cekrukun.example/${number}</link><guid isPermaLink="false">cek-${number}</guid><pubDate>Sun, 22 Nov 2026 07:00:00 +0700</pubDate><description>Beredar unggahan.</description></item>`;
const feed = (...items: string[]): string =>
  `<rss version="2.0"><channel><title>Cek Rukun</title><link>https://www.cekrukun.example/</link>${items.join('')}</channel></rss>`;

describe('a fact-checker’s feed', () => {
  it('gives its fact-checks, what was found read from their titles', async () => {
    const { posts, claims, rejects } = await parse(
      feed(
        item('[SALAH] Video “Banjir di Rejo akibat bendungan jebol”', 1),
        item('Cek Fakta: Jadwal vaksin gratis', 2),
        '<item><link>https://www.cekrukun.example/3</link></item>',
      ),
    );
    expect(posts).toEqual([]);
    expect(claims).toEqual([
      {
        id: 'cek-1',
        title: '[SALAH] Video “Banjir di Rejo akibat bendungan jebol”',
        claim: 'Video “Banjir di Rejo akibat bendungan jebol”',
        verdict: 'salah',
        publisher: 'Cek Rukun',
        date: '2026-11-22',
        url: 'https://www.cekrukun.example/1',
      },
      {
        id: 'cek-2',
        title: 'Cek Fakta: Jadwal vaksin gratis',
        publisher: 'Cek Rukun',
        date: '2026-11-22',
        url: 'https://www.cekrukun.example/2',
      },
    ]);
    expect(rejects).toMatchObject([{ at: 'entry 3', kind: 'bad-claim' }]);
  });

  it('is read however ill-formed, and is of who the source says', async () => {
    const broken = feed(item('[HOAKS] Air & listrik &nbsp;padam', 1))
      .replace('</channel></rss>', '')
      .replace('</title><link>', '<link>');
    const { claims } = await parse(broken, { publisher: 'Rukun Fakta' });
    expect(claims).toMatchObject([
      { verdict: 'hoaks', claim: 'Air & listrik padam', publisher: 'Rukun Fakta' },
    ]);
  });

  it.each([
    ['[SALAH] Klaim satu', 'salah', 'Klaim satu'],
    ['[HOAKS] Klaim', 'hoaks', 'Klaim'],
    ['(HOAX) - Klaim', 'hoax', 'Klaim'],
    ['[ PENIPUAN ]: Undian', 'penipuan', 'Undian'],
    ['[Hoaks Lama] Klaim', 'hoaks lama', 'Klaim'],
    ['Cek Fakta: [SALAH] Klaim', 'salah', 'Klaim'],
    ['[SALAH] [Cek Fakta] Klaim', 'salah', 'Klaim'],
    ['HOAKS! Foto lama', 'hoaks', 'Foto lama'],
    ['Keliru: Foto lama', 'keliru', 'Foto lama'],
    ['Menyesatkan, Klaim bahwa air naik', 'menyesatkan', 'Klaim bahwa air naik'],
    ['Klaim bahwa air naik [SALAH]', 'salah', 'Klaim bahwa air naik'],
    ['Salah satu warga terluka', undefined, 'Salah satu warga terluka'],
    ['Benar, hujan turun', undefined, 'Benar, hujan turun'],
    ['Fakta: hujan turun', undefined, 'Fakta: hujan turun'],
    ['[Fakta atau Hoaks] Benarkah air naik?', undefined, 'Benarkah air naik?'],
    ['[Rejo] Air naik', undefined, '[Rejo] Air naik'],
    ['[SALAH]', undefined, '[SALAH]'],
    ['', undefined, ''],
  ])('reads "%s" as %s', (title, verdict, claim) => {
    expect(readTitle(title)).toEqual({ verdict, claim });
  });
});

const review = {
  '@context': 'https://schema.org',
  '@type': 'ClaimReview',
  url: '/periksa/9',
  headline: 'Tidak benar air PDAM beracun',
  claimReviewed: 'Air PDAM &quot;beracun&quot;',
  datePublished: '2026-11-20T10:00:00+07:00',
  author: { '@type': 'Organization', name: 'Cek Rukun' },
  reviewRating: { '@type': 'Rating', ratingValue: 1, alternateName: 'Salah' },
};
const EXPECTED = {
  id: 'https://www.cekrukun.example/periksa/9',
  title: 'Tidak benar air PDAM beracun',
  claim: 'Air PDAM "beracun"',
  verdict: 'Salah',
  publisher: 'Cek Rukun',
  date: '2026-11-20',
  url: 'https://www.cekrukun.example/periksa/9',
};
const page = (...blocks: string[]): string =>
  `<!doctype html><html><head>${blocks.map((block) => `<script type="application/ld+json">${block}</script>`).join('')}</head><body>x</body></html>`;

describe('ClaimReview', () => {
  it.each<[name: string, body: string]>([
    ['by itself', page(JSON.stringify(review))],
    ['in an array', page(JSON.stringify([{ '@type': 'WebSite' }, review]))],
    ['in a graph', page(JSON.stringify({ '@context': 'x', '@graph': [{ '@type': 'NewsArticle' }, review] }))],
    [
      'of several types',
      page(JSON.stringify({ ...review, '@type': ['Review', 'http://schema.org/ClaimReview'] })),
    ],
    ['with line breaks in its texts', page(JSON.stringify(review).replace('benar air', 'benar\nair'))],
    ['with a comma too many', page(JSON.stringify(review).replace(/\}$/, ',}'))],
    ['in CDATA', page(`//<![CDATA[\n${JSON.stringify(review)}\n//]]>`)],
    ['beside broken blocks of other kinds', page('{"@type": "WebSite",', JSON.stringify(review))],
    ['as a document of its own', JSON.stringify({ '@graph': [review] })],
  ])('is read %s', async (_name, text) => {
    const { claims, rejects } = await parse(text);
    expect(claims).toEqual([EXPECTED]);
    expect(rejects).toEqual([]);
  });

  it('that is broken is rejected and costs no other', async () => {
    const { claims, rejects } = await parse(
      page('{"@type":"ClaimReview","headline":', JSON.stringify(review)),
    );
    expect(claims).toEqual([EXPECTED]);
    expect(rejects).toMatchObject([{ kind: 'bad-json-ld', at: 'JSON-LD 1' }]);
  });

  it('without a title or with a date that cannot be read is rejected', async () => {
    const { claims, rejects } = await parse(
      page(
        JSON.stringify([
          { '@type': 'ClaimReview', url: '/x' },
          { ...review, datePublished: 'kapan-kapan' },
        ]),
      ),
    );
    expect(claims).toEqual([]);
    expect(rejects.map(({ kind }) => kind)).toEqual(['bad-claim', 'bad-claim']);
  });
});

describe('what holds no fact-checks is refused:', () => {
  it.each<[name: string, text: string]>([
    ['a page without ClaimReview', '<!doctype html><html><body>Beranda</body></html>'],
    ['JSON of something else', '{"status":"ok"}'],
    ['JSON cut off', '{"claims":[{"text":'],
    ['words', 'sedang dirawat'],
    ['nothing', ''],
  ])('%s', async (_name, text) => {
    await expect(parse(text)).rejects.toMatchObject({ name: 'PermanentError', kind: 'not-factchecks' });
  });

  it('a page nested without end', async () => {
    await expect(parse(`<html>${'<div>'.repeat(100_000)}`)).rejects.toMatchObject({ kind: 'bad-html' });
  });
});

const searched = (number: number): object => ({
  text: `Klaim ${number}`,
  claimant: 'Unggahan',
  claimDate: '2026-11-19T00:00:00Z',
  claimReview: [
    {
      publisher: { name: 'Cek Rukun', site: 'cekrukun.example' },
      url: `https://cekrukun.example/${number}`,
      title: `Periksa ${number}`,
      reviewDate: '2026-11-20T00:00:00Z',
      textualRating: 'Salah',
      languageCode: 'id',
    },
  ],
});

async function rig(options: object, key: string | undefined = KEY) {
  const state = {
    claims: [searched(1)],
    answer: undefined as Answer | undefined,
    feed: feed(item('[SALAH] Satu', 1)),
  };
  const server = await serve({
    '/v1alpha1/claims:search': (request, response) => {
      if (state.answer !== undefined) return state.answer(request, response);
      if (request.headers['x-goog-api-key'] !== KEY)
        return googleError(400, 'badRequest', 'API key not valid.')(request, response);
      const from = Number(new URL(request.path, 'http://x').searchParams.get('pageToken') ?? 0);
      const claims = state.claims.slice(from, from + 2);
      const more = from + 2 < state.claims.length ? { nextPageToken: String(from + 2) } : {};
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(claims.length === 0 ? {} : { claims, ...more }));
    },
    '/umpan': (request, response) =>
      (state.answer ?? body(state.feed, { 'content-type': 'application/rss+xml' }))(request, response),
  });
  const clock = new SimulatedClock();
  const fetcher = quickDoor({ clock });
  closers.push(server.close, () => fetcher.close());
  const text = JSON.stringify(options).replaceAll('{base}', server.url);
  const collector = factcheckKind.create({
    name: 'cek',
    allowPrivate: true,
    options: { requests_per_second: 10, ...JSON.parse(text) } as unknown,
    secret: (variable) => (variable === 'UJI_KUNCI' ? key : undefined),
  });
  const read = async (cursor?: Cursor) => {
    const pages: CollectedPage[] = [];
    const context = { fetcher, clock, signal: new AbortController().signal };
    for await (const one of collector.collect(cursor, context)) pages.push(one);
    return {
      pages,
      titles: pages.flatMap(({ claims }) => claims ?? []).map(({ title }) => title),
      cursor: pages.at(-1)?.cursor,
    };
  };
  return { state, server, read };
}

const SEARCH = {
  query: 'banjir',
  key_env: 'UJI_KUNCI',
  base: '{base}',
  max_age_days: 30,
  publisher_site: 'cekrukun.example',
};
const many = (count: number): object[] => Array.from({ length: count }, (_, index) => searched(index + 1));

describe('a search of fact-checks', () => {
  it('is read page by page, its key in no address', async () => {
    const { state, server, read } = await rig(SEARCH);
    state.claims = many(5);
    const { pages, titles } = await read();
    expect(titles).toEqual(['Periksa 1', 'Periksa 2', 'Periksa 3', 'Periksa 4', 'Periksa 5']);
    expect(pages[0]?.claims?.[0]).toEqual({
      id: 'https://cekrukun.example/1',
      title: 'Periksa 1',
      claim: 'Klaim 1',
      verdict: 'Salah',
      publisher: 'Cek Rukun',
      date: '2026-11-20',
      url: 'https://cekrukun.example/1',
    });
    const query = Object.fromEntries(new URL(server.seen[0]?.path ?? '', server.url).searchParams);
    expect(query).toEqual({
      query: 'banjir',
      languageCode: 'id',
      maxAgeDays: '30',
      reviewPublisherSiteFilter: 'cekrukun.example',
      pageSize: '100',
    });
    expect(JSON.stringify([pages, server.seen.map(({ path }) => path)])).not.toContain(KEY);
  });

  it('gives what is new or changed, once', async () => {
    const { state, read } = await rig(SEARCH);
    state.claims = many(3);
    const first = await read();
    expect((await read(first.cursor)).titles).toEqual([]);
    state.claims = [searched(9), ...many(2)];
    expect((await read(first.cursor)).titles).toEqual(['Periksa 9']);
    state.claims = [];
    expect((await read(first.cursor)).titles).toEqual([]);
  });

  it('longer than its pages leaves a gap that is told', async () => {
    const { state, read } = await rig({ ...SEARCH, max_pages: 2 });
    state.claims = many(5);
    const { pages, titles } = await read();
    expect(titles.length).toBe(4);
    expect(pages.at(-1)?.gaps).toMatchObject([{ kind: 'max-pages' }]);
  });

  const html = body('<!doctype html><title>x</title>');
  const cases: [name: string, answer: Answer | undefined, kind: string][] = [
    ['an API that is off', googleError(403, 'accessNotConfigured'), 'api-disabled'],
    ['a quota that is used up', googleError(403, 'quotaExceeded'), 'quota-exceeded'],
    ['HTML instead of JSON', html, 'not-json'],
    ['half a body', body('{"claims":[{"text":"x"'), 'not-json'],
    ['403 as a page', (_request, response) => void response.writeHead(403).end('<html>'), 'forbidden'],
    ['429', status(429), 'throttled'],
    ['503', status(503), 'server-error'],
  ];
  it.each(cases)('with %s is a fault of its own', async (_name, answer, kind) => {
    const { state, read } = await rig(SEARCH);
    state.answer = answer;
    const fault = await read().catch((error: unknown) => error);
    expect(kindOf(fault)).toBe(kind);
    expect(messageOf(fault)).not.toContain(KEY);
  });

  it('with a wrong key or none says so', async () => {
    expect(kindOf(await (await rig(SEARCH, 'salah')).read().catch((error: unknown) => error))).toBe(
      'key-invalid',
    );
    const none = await (await rig(SEARCH, '')).read().catch((error: unknown) => error);
    expect([kindOf(none), messageOf(none)]).toEqual(['no-secret', expect.stringContaining('UJI_KUNCI')]);
  });
});

describe('a source of fact-checks by address', () => {
  it('gives what is new in its feed, no posts, and keeps the place’s ETag once all is safe', async () => {
    const { state, read } = await rig({ url: '{base}/umpan' });
    const first = await read();
    expect(first.titles).toEqual(['[SALAH] Satu']);
    expect(first.pages.flatMap(({ posts }) => posts)).toEqual([]);
    expect(first.pages.at(-1)?.committed).toBeTypeOf('function');
    state.feed = feed(item('[SALAH] Dua', 2), item('[SALAH] Satu', 1));
    expect((await read(first.cursor)).titles).toEqual(['[SALAH] Dua']);
    expect((await read({ seen: 7 })).titles).toEqual(['[SALAH] Dua', '[SALAH] Satu']);
  });

  it.each([
    [{}, 'either url'],
    [{ url: 'https://a.example/', query: 'x y' }, 'either url'],
    [{ query: 'banjir' }, 'needs a key'],
  ])('set as %j is refused', (options, says) => {
    expect(() => factcheckKind.create({ name: 'x', allowPrivate: false, options })).toThrow(says);
  });
});
