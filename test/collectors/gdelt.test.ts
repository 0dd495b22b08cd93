import { afterEach, describe, expect, it } from 'vitest';
import { gdeltKind } from '../../src/collectors/gdelt.js';
import type { CollectedPage, Collector, Cursor } from '../../src/core/collector-ports.js';
import { kindOf, messageOf } from '../../src/core/errors.js';
import { collectorContract } from '../contract/collector.js';
import { quickDoor } from '../support/doors.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { type Answer, body, serve, status } from '../support/web-server.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** An article, `second` seconds after an invented beginning. */
interface Told {
  readonly second: number;
  readonly title: string;
}

const some = (from: number, to: number): Told[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    second: from + index,
    title: `Kabar ${from + index}`,
  }));
const stamp = (second: number): string =>
  new Date(Date.parse('2026-11-22T00:00:00Z') + second * 1_000)
    .toISOString()
    .slice(0, 19)
    .replace(/[-:]/g, '');
const articleJson = ({ second, title }: Told): string =>
  `{ "url": "https://media.example/kabar/${second}", "url_mobile": "", "title": ${JSON.stringify(title)}, "seendate": "${stamp(second)}Z", "socialimage": "", "domain": "media.example", "language": "Indonesian", "sourcecountry": "Indonesia" }`;

async function rig(told: readonly Told[]) {
  const state = {
    told: [...told],
    answer: undefined as Answer | undefined,
    sent: [] as Buffer[],
    at: [] as number[],
  };
  const clock = new SimulatedClock();
  const server = await serve({
    '/api/v2/doc/doc': (request, response) => {
      state.at.push(clock.now());
      if (state.answer !== undefined) return state.answer(request, response);
      const query = new URL(request.path, 'http://x').searchParams;
      const bound = (name: string): string => (query.get(name) ?? '').replace(/^(\d{8})/, '$1T');
      const [from, to] = [bound('startdatetime'), bound('enddatetime')];
      const list = state.told
        .filter(({ second }) => (from === '' || stamp(second) >= from) && (to === '' || stamp(second) <= to))
        .toSorted((one, other) => other.second - one.second)
        .slice(0, Number(query.get('maxrecords')));
      const json = Buffer.from(
        list.length === 0 ? '{}' : `{"articles": [ ${list.map(articleJson).join(',\n')} ] }`,
      );
      state.sent.push(json);
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(json);
    },
  });
  const fetcher = quickDoor({ clock });
  const close = async (): Promise<void> => {
    await fetcher.close();
    await server.close();
  };
  const context = { fetcher, clock, signal: new AbortController().signal };
  const create = (more: object = {}): Collector =>
    gdeltKind.create({
      name: 'dunia',
      allowPrivate: true,
      options: { query: 'banjir', language: 'indonesian', base: server.url, ...more },
    });
  const read = async (cursor?: Cursor, more?: object) => {
    const pages: CollectedPage[] = [];
    for await (const page of create(more).collect(cursor, context)) pages.push(page);
    const texts = pages.flatMap(({ posts }) => posts.map(({ text }) => text));
    return { pages, texts, cursor: pages.at(-1)?.cursor, gaps: pages.flatMap(({ gaps }) => gaps ?? []) };
  };
  return { state, server, context, create, read, close };
}

async function open(told: readonly Told[]): Promise<Awaited<ReturnType<typeof rig>>> {
  const opened = await rig(told);
  closers.push(opened.close);
  return opened;
}

collectorContract('gdelt', async () => {
  const { state, context, create, close } = await rig(some(1, 300));
  const expected = some(1, 300)
    .reverse()
    .map(({ title }) => ({ text: title }));
  return { create, context, expected, received: () => state.sent, close };
});

describe('articles of GDELT', () => {
  it('are posts of their site, with what GDELT tells of them', async () => {
    const { read } = await open([{ second: 5, title: 'Banjir di Rejo , warga mengungsi !' }]);
    expect((await read()).pages.flatMap(({ posts }) => posts)).toMatchObject([
      {
        id: 'media.example:https://media.example/kabar/5',
        platform: 'media.example',
        text: 'Banjir di Rejo, warga mengungsi!',
        createdAt: '2026-11-22T00:00:05.000Z',
        url: 'https://media.example/kabar/5',
      },
    ]);
  });

  it('are asked for as the documentation says, five seconds apart', async () => {
    const { state, server, read } = await open(some(1, 600));
    const first = await read(undefined, { country: 'indonesia' });
    expect(first.texts.length).toBe(600);
    expect(Object.fromEntries(new URL(server.seen[0]?.path ?? '', server.url).searchParams)).toEqual({
      query: 'banjir sourcelang:indonesian sourcecountry:indonesia',
      mode: 'artlist',
      format: 'json',
      maxrecords: '250',
      sort: 'datedesc',
      timespan: '24h',
    });
    expect(Object.fromEntries(new URL(server.seen[1]?.path ?? '', server.url).searchParams)).toMatchObject({
      startdatetime: '20261121050000',
      enddatetime: '20261122000551',
    });
    for (const [index, at] of state.at.entries()) {
      if (index > 0) expect(at - (state.at[index - 1] ?? 0)).toBeGreaterThanOrEqual(5_000);
    }
  });

  it('that are new are read, those that GDELT found late too', async () => {
    const { state, read } = await open(some(4_000, 4_010));
    const first = await read();
    state.told.push(...some(5_000, 5_005), { second: 1_000, title: 'Terlambat' });
    const second = await read(first.cursor);
    expect(second.texts.toSorted()).toEqual(
      [...some(5_000, 5_005).map(({ title }) => title), 'Terlambat'].toSorted(),
    );
    expect((await read(second.cursor)).texts).toEqual([]);
  });

  it('that are more than may be read leave a gap that is told', async () => {
    const { read } = await open(some(1, 600));
    const { texts, gaps } = await read(undefined, { max_pages: 2 });
    expect(texts.length).toBe(499);
    expect(gaps).toMatchObject([{ kind: 'max-pages', to: '2026-11-22T00:01:42.000Z' }]);
  });

  it('of one second that fills an answer end there, as a gap', async () => {
    const { read } = await open(some(1, 260).map((told) => told));
    const { state, read: again } = await open([]);
    state.answer = body(
      `{"articles":[${some(1, 250)
        .map(({ second, title }) => articleJson({ second, title }).replace(stamp(second), stamp(9)))
        .join(',')}]}`,
    );
    expect((await again()).gaps).toMatchObject([{ kind: 'max-pages' }]);
    expect((await read()).gaps).toEqual([]);
  });

  it('are none where there are none', async () => {
    const { state, read } = await open([]);
    expect((await read()).texts).toEqual([]);
    state.answer = body('{"articles": []}');
    expect((await read()).texts).toEqual([]);
  });

  it('are read in spite of escapes that JSON does not have, each by itself', async () => {
    const { state, read } = await open([]);
    const broken = `{"articles": [ ${articleJson({ second: 1, title: 'Jum\'at "Bersih"' }).replace("Jum'at", "Jum\\'at\t")}, {"title": "tanpa alamat"}, ${articleJson({ second: 2, title: 'dua' })} ]}`;
    state.answer = body(broken);
    const { texts, pages } = await read();
    expect(texts).toEqual(['Jum\'at "Bersih"', 'dua']);
    expect(pages.flatMap(({ rejects }) => rejects)).toMatchObject([{ kind: 'bad-article', at: 'article 2' }]);
    const [post] = pages.flatMap(({ posts }) => posts);
    expect(broken).toContain(post?.record?.bytes);
  });

  const cases: [name: string, answer: Answer, kind: string, says: RegExp][] = [
    [
      'a hurry, with status 200',
      body(
        'Please limit requests to one every 5 seconds or contact a.person@mail.example for larger queries.\n',
      ),
      'throttled',
      /5 seconds/,
    ],
    [
      'a query too short',
      body('The specified phrase is too short.\n'),
      'query-refused',
      /phrase is too short/,
    ],
    ['a query too long', body('Your query was too short or too long.'), 'query-refused', /change query/],
    ['a country that it does not know', body('Invalid/Unsupported Country.'), 'query-refused', /Country/],
    ['429', status(429, { 'retry-after': '3000' }), 'throttled', /429/],
    ['503', status(503), 'server-error', /503/],
    ['an HTML page', body('<!DOCTYPE html><title>Galat</title>'), 'not-gdelt', /a page/],
    ['nothing', body(''), 'not-gdelt', /out of order/],
    ['words that are no refusal', body('upstream unavailable'), 'not-gdelt', /out of order/],
    ['another API', body('{"timeline": []}'), 'not-gdelt', /address/],
    [
      'half a body',
      body(`{"articles": [ ${articleJson({ second: 1, title: 'x' })}, {"url": "https://me`),
      'broken-json',
      /again/,
    ],
  ];
  it.each(cases)('%s is a fault of its own', async (_name, answer, kind, says) => {
    const { state, read } = await open(some(1, 3));
    state.answer = answer;
    const fault = await read().catch((error: unknown) => error);
    expect(kindOf(fault)).toBe(kind);
    expect(messageOf(fault)).toMatch(says);
    expect(messageOf(fault)).not.toContain('a.person@');
  });
});
