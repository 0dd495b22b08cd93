import { afterEach, describe, expect, it } from 'vitest';
import { blueskyKind } from '../../src/collectors/bluesky.js';
import { recordFilter } from '../../src/collectors/bluesky-filter.js';
import type { CollectedPage, Collector, Cursor } from '../../src/core/collector-ports.js';
import { collectorContract } from '../contract/collector.js';
import { quickDoor } from '../support/doors.js';
import { type Happening, type JetstreamServer, serveJetstream } from '../support/jetstream-server.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { type Answer, body, serve, status } from '../support/web-server.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const NOW = Date.parse('2026-11-22T05:00:00Z');
const DID = 'did:plc:fiksisatuaaaaaaaaaaaaaa';
/** Seconds before now, in µs since the epoch. */
const ago = (seconds: number): number => (NOW - seconds * 1_000) * 1_000;
const keyOf = (n: number): string => `3mfiksi${String(n).padStart(6, '2')}`;
const uriOf = (n: number): string => `at://${DID}/app.bsky.feed.post/${keyOf(n)}`;

const written = (
  n: number,
  us: number,
  text = `banjir ${n}`,
  langs: readonly string[] = ['id'],
): Happening => {
  const record = { $type: 'app.bsky.feed.post', text, langs, createdAt: new Date(us / 1_000).toISOString() };
  const where = { rev: 'r', collection: 'app.bsky.feed.post', rkey: keyOf(n) };
  return { us, did: DID, commit: { ...where, operation: 'create', cid: 'b', record } };
};
const withOperation = (operation: string, event: Happening): Happening => {
  const { record, cid, ...commit } = event.commit as Readonly<Record<string, unknown>>;
  return { ...event, commit: { ...commit, ...(operation === 'delete' ? {} : { record, cid }), operation } };
};
/** Something at the tip, so that a reader sees that it has caught up. */
const tip = (us = ago(-1)): Happening => ({ us, did: DID, kind: 'identity', identity: { did: DID } });
const some = (from: number, to: number, text?: string): Happening[] =>
  Array.from({ length: to - from + 1 }, (_, index) => {
    const n = from + index;
    return written(n, ago(500 - n / 10), text);
  });

const textsOf = (pages: readonly CollectedPage[]): string[] =>
  pages.flatMap(({ posts }) => posts.map((post) => post.text));
const banjir = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `banjir ${from + index}`);

async function stream(events: readonly Happening[] = []) {
  const server = await serveJetstream();
  server.events.push(...events);
  const clock = new SimulatedClock(NOW);
  const fetcher = quickDoor({ clock });
  closers.push(server.close, () => fetcher.close());
  const create = (more: Readonly<Record<string, unknown>> = {}): Collector => {
    const jetstream = `${server.url}/subscribe`;
    const options = { jetstream, langs: ['id'], listen_seconds: 5, ...more };
    return blueskyKind.create({ name: 'langit', allowPrivate: true, options });
  };
  const context = { fetcher, clock, signal: new AbortController().signal };
  const pages = async (
    cursor?: Cursor,
    more?: Readonly<Record<string, unknown>>,
  ): Promise<CollectedPage[]> => {
    const found: CollectedPage[] = [];
    for await (const page of create(more).collect(cursor, context)) found.push(page);
    return found;
  };
  return { server, clock, create, context, pages };
}

const asked = (server: JetstreamServer): (string | null)[] =>
  server.sockets.map(({ path }) => new URL(path, server.url).searchParams.get('cursor'));

collectorContract('bluesky: stream', async () => {
  const server = await serveJetstream();
  server.events.push(...some(1, 230), tip());
  const clock = new SimulatedClock(NOW);
  const fetcher = quickDoor({ clock });
  return {
    create: () =>
      blueskyKind.create({
        name: 'langit',
        allowPrivate: true,
        options: { jetstream: `${server.url}/subscribe`, langs: ['id'], listen_seconds: 20 },
      }),
    context: { fetcher, clock },
    expected: banjir(1, 230).map((text, index) => ({
      id: `bluesky:${uriOf(index + 1)}`,
      text,
      url: `https://bsky.app/profile/${DID}/post/${keyOf(index + 1)}`,
      author: { id: DID },
    })),
    received: () => server.sent,
    close: async () => {
      await fetcher.close();
      await server.close();
    },
  };
});

describe('the stream', () => {
  it('is read from the cursor to the start of the pass, and from the last event on the next time', async () => {
    const { server, pages, clock } = await stream([...some(1, 5), tip()]);
    const first = await pages();
    expect(textsOf(first)).toEqual(banjir(1, 5));
    expect(
      new URL(server.sockets[0]?.path ?? '', server.url).searchParams.getAll('wantedCollections'),
    ).toEqual(['app.bsky.feed.post']);
    expect(asked(server)).toEqual([String(ago(600))]);
    clock.advance(60_000);
    server.events.push(written(6, ago(-30)), tip(ago(-61)));
    expect(textsOf(await pages(first.at(-1)?.cursor))).toEqual(['banjir 6']);
    // From the number of the last event, which the instance gives again.
    expect(asked(server)[1]).toBe('1005');
  });

  it('brings edits whatever they say now, and deletions', async () => {
    const { pages } = await stream([
      written(1, ago(50)),
      withOperation('update', written(1, ago(40), 'nothing to see', ['en'])),
      withOperation('delete', written(9, ago(30))),
      tip(),
    ]);
    const found = await pages();
    expect(textsOf(found)).toEqual(['banjir 1', 'nothing to see']);
    expect(found.flatMap((page) => page.withdrawn ?? [])).toEqual([
      { id: `bluesky:${uriOf(9)}`, at: new Date(ago(30) / 1_000).toISOString() },
    ]);
  });

  it('rejects what it cannot read, and goes on', async () => {
    const { server, pages } = await stream([
      {
        us: ago(50),
        did: DID,
        commit: { operation: 'create', collection: 'app.bsky.feed.post', rkey: 'a b' },
      },
      withOperation('create', {
        ...written(2, ago(45)),
        commit: { ...(written(2, 0).commit as object), record: 7 },
      }),
      written(3, ago(40)),
    ]);
    server.after = ['<html>', '{"halo":1}', JSON.stringify({ did: DID, time_us: ago(-1), kind: 'identity' })];
    const found = await pages();
    expect(textsOf(found)).toEqual(['banjir 3']);
    expect(found.flatMap((page) => page.rejects.map(({ kind }) => kind))).toEqual([
      'bad-id',
      'missing-field',
      'bad-event',
      'bad-event',
    ]);
  });

  it('that is cut in the middle is taken up where it was, without loss or repetition', async () => {
    const { server, pages } = await stream([...some(1, 50), tip()]);
    server.onSend = (socket, sent) => {
      if (server.sockets.length > 2 || sent < 20) return 'go on';
      socket.cut();
      return 'stop';
    };
    const found = await pages();
    expect(textsOf(found)).toEqual(banjir(1, 50));
    expect(server.sockets).toHaveLength(3);
  });

  it('that breaks before anything came is given up, and its cursor kept', async () => {
    const { server, pages } = await stream(some(1, 3));
    server.onSend = (socket) => {
      socket.cut();
      return 'stop';
    };
    await expect(pages()).rejects.toMatchObject({ name: 'RetryableError', kind: 'stream-cut' });
    expect(server.sockets).toHaveLength(2);
  });

  it('that never ends is left when the time is up', async () => {
    const { server, pages } = await stream(some(1, 3));
    server.onSend = () => 'go on';
    const found = await pages(undefined, { listen_seconds: 1 });
    expect(textsOf(found)).toEqual(banjir(1, 3));
  });

  it('ends at once when the program stops', async () => {
    const { create, context } = await stream(some(1, 3));
    const stop = new AbortController();
    const reading = async () => {
      const collector = create({ listen_seconds: 3_600 });
      for await (const page of collector.collect(undefined, { ...context, signal: stop.signal })) {
        expect(textsOf([page])).toEqual(banjir(1, 3));
        stop.abort(new Error('enough'));
      }
    };
    await expect(reading()).rejects.toThrow('enough');
  });

  it('tells of the gap where an old cursor was clamped', async () => {
    const { server, pages } = await stream([written(1, ago(7 * 86_400)), written(2, ago(35 * 3_600)), tip()]);
    server.keepsFrom = ago(36 * 3_600);
    const { host } = new URL(server.url);
    const week = ago(7 * 86_400);
    const found = await pages({ instance: host, us: week, seq: 1_000, seen: [] });
    expect(asked(server)).toEqual([String(week)]);
    expect(found.flatMap((page) => page.gaps ?? [])).toEqual([
      {
        from: new Date(week / 1_000).toISOString(),
        to: new Date(ago(35 * 3_600) / 1_000).toISOString(),
        kind: 'cursor-clamped',
        reason: expect.stringContaining('36 hours'),
      },
    ]);
    expect(textsOf(found)).toEqual(['banjir 2']);
  });

  it('has no gap where the cursor was kept', async () => {
    const { server, pages } = await stream([written(1, ago(3_600)), written(2, ago(3_590)), tip()]);
    const found = await pages({ instance: new URL(server.url).host, us: ago(3_600), seen: [] });
    expect(found.flatMap((page) => page.gaps ?? [])).toEqual([]);
    expect(textsOf(found)).toEqual(banjir(1, 2));
  });

  it('does not let an event from far ahead carry the cursor off', async () => {
    const { pages } = await stream([written(1, ago(50)), tip(ago(-90 * 86_400))]);
    const { cursor } = (await pages()).at(-1) ?? {};
    expect(cursor).toMatchObject({ us: ago(50) });
  });

  it('of another instance is taken up some seconds earlier, by time, and brings nothing twice', async () => {
    const one = await stream([written(1, ago(100)), written(2, ago(95)), tip(ago(90)), tip()]);
    const { cursor } = (await one.pages()).at(-1) ?? {};
    expect(cursor).toMatchObject({ instance: new URL(one.server.url).host, us: ago(-1) });
    const other = await stream([written(2, ago(4)), written(3, ago(3)), tip(ago(-2))]);
    other.server.firstNumber = 9;
    expect(textsOf(await other.pages(cursor))).toEqual(['banjir 3']);
    expect(asked(other.server)).toEqual([String(ago(9))]);
  });

  it('speaks to the newer address in its own words', async () => {
    const { server, pages } = await stream();
    const path = '/xrpc/network.bsky.jetstream.subscribeEvents';
    const type = 'network.bsky.jetstream.subscribeEvents#';
    const commit = {
      did: DID,
      seq: 5,
      time: new Date(NOW + 1_000).toISOString(),
      ...(written(1, 0).commit as object),
    };
    server.after = [
      JSON.stringify({ $type: 'message', payload: { $type: `${type}info`, name: 'OutdatedCursor' } }),
      JSON.stringify({ $type: 'message', payload: { $type: `${type}commit`, ...commit } }),
    ];
    const cursor = { instance: new URL(server.url).host, us: ago(60), seen: [] };
    const found = await pages(cursor, { jetstream: `${server.url}${path}` });
    expect(textsOf(found)).toEqual(['banjir 1']);
    expect(found.flatMap((page) => page.gaps ?? [])).toMatchObject([{ kind: 'cursor-clamped' }]);
    expect(server.sockets[0]?.path).toContain('kinds=commit&collections=app.bsky.feed.post');
  });

  it('that the instance ends with an error tells which', async () => {
    const { server, pages } = await stream();
    server.after = [JSON.stringify({ $type: 'error', error: 'ConsumerTooSlow', message: 'x' })];
    await expect(pages()).rejects.toMatchObject({ name: 'RetryableError', kind: 'consumer-too-slow' });
  });

  it('that is no WebSocket is a fault', async () => {
    const { pages } = await stream();
    const server = await serve({ '/subscribe': status(403), '/tidak': status(404) });
    closers.push(server.close);
    const at = (path: string) => ({ jetstream: `${server.url.replace('http', 'ws')}${path}` });
    await expect(pages(undefined, at('/subscribe'))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(pages(undefined, at('/tidak'))).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('what a stream is narrowed to', () => {
  it.each<[name: string, filter: object, text: string, langs: unknown, wanted: boolean]>([
    ['Indonesian, where nothing is said', {}, 'apa kabar', ['id'], true],
    ['not another language', {}, 'how are you', ['en'], false],
    ['not no language', {}, 'apa kabar', [], false],
    ['one of several languages', { langs: ['jv'] }, 'piye', ['en', 'jv-ID'], true],
    ['a term, in any language', { words: ['banjir'] }, 'Banjir!', ['en'], true],
    ['a term in a hashtag', { words: ['banjir'] }, '#BANJIR', undefined, true],
    ['a term as a word only', { words: ['sara'] }, 'sarapan dulu', ['id'], false],
    ['a phrase across white space', { words: ['usir mereka'] }, 'ayo usir\n mereka', ['id'], true],
    ['a term with signs', { words: ['c++ (a|b)'] }, 'C++ (A|B)?', ['id'], true],
    ['a term with a hyphen', { words: ['kupu-kupu'] }, 'Kupu-kupu!', ['id'], true],
    ['a term in full width', { words: ['banjir'] }, 'ｂａｎｊｉｒ', ['id'], true],
    ['terms and languages together', { words: ['banjir'], langs: ['id'] }, 'banjir', ['en'], false],
    ['terms where no language is said', { words: ['banjir'], langs: ['id'] }, 'banjir', undefined, true],
    ['no text', { words: ['banjir'] }, '', ['id'], false],
  ])('%s', (_name, filter, text, langs, wanted) => {
    expect(recordFilter(filter)({ text, langs })).toBe(wanted);
  });
});

const PASSWORD = 'kata-sandi-uji';

/** An account’s server on loopback: logins that expire, and a search over posts, newest first, by pages. */
async function place(posts: number, more: Readonly<Record<string, Answer>> = {}) {
  const state = {
    valid: '',
    logins: 0,
    renewals: 0,
    perPage: 100,
    posts,
    searches: [] as string[],
    broken: false,
  };
  const issue = (kind: string): string => {
    state.valid = `akses-${kind}-${state.logins}-${state.renewals}`;
    return JSON.stringify({
      accessJwt: state.valid,
      refreshJwt: `segar-${state.logins}`,
      did: DID,
      handle: 'a.example',
    });
  };
  const json = { 'content-type': 'application/json' };
  const sent: Buffer[] = [];
  const viewOf = (n: number) => ({
    uri: uriOf(n),
    cid: 'b',
    author: { did: DID, handle: 'fiksi.example' },
    record: { ...(written(n, ago(1_000 - n)).commit as { record: object }).record },
    indexedAt: new Date(ago(1_000 - n) / 1_000).toISOString(),
    likeCount: n,
  });
  const server = await serve({
    '/xrpc/com.atproto.server.createSession': ({ body: asked }, response) => {
      const { identifier, password } = JSON.parse(asked) as Record<string, string>;
      const isIn = identifier === 'a.example' && password === PASSWORD;
      state.logins += 1;
      response.writeHead(isIn ? 200 : 401, json);
      response.end(
        isIn
          ? issue('masuk')
          : '{"error":"AuthenticationRequired","message":"Invalid identifier or password"}',
      );
    },
    '/xrpc/com.atproto.server.refreshSession': ({ headers }, response) => {
      state.renewals += 1;
      const isIn = headers.authorization === `Bearer segar-${state.logins}` && !state.broken;
      response.writeHead(isIn ? 200 : 400, json).end(isIn ? issue('segar') : '{"error":"ExpiredToken"}');
    },
    '/xrpc/app.bsky.feed.searchPosts': ({ path, headers }, response) => {
      state.searches.push(path);
      if (headers.authorization === undefined)
        return void response.writeHead(403).end('<html>Forbidden</html>');
      if (headers.authorization !== `Bearer ${state.valid}`) {
        return void response
          .writeHead(400, json)
          .end('{"error":"ExpiredToken","message":"Token has expired"}');
      }
      const { searchParams } = new URL(path, 'http://127.0.0.1');
      const since = searchParams.get('since') ?? '';
      const from = Number(searchParams.get('cursor') ?? 0);
      const all = Array.from({ length: state.posts }, (_, index) => viewOf(state.posts - index));
      const found = all.filter(({ indexedAt }) => indexedAt >= since);
      const end = from + state.perPage;
      const next = end < found.length ? { cursor: String(end) } : {};
      const answer = JSON.stringify({ posts: found.slice(from, end), hitsTotal: found.length, ...next });
      sent.push(Buffer.from(answer));
      response.writeHead(200, json).end(answer);
    },
    ...more,
  });
  const clock = new SimulatedClock(NOW);
  const fetcher = quickDoor({ clock });
  const secrets: Record<string, string> = { UJI_AKUN: 'a.example', UJI_SANDI: PASSWORD };
  const create = (set: Readonly<Record<string, unknown>> = {}): Collector =>
    blueskyKind.create({
      name: 'cari',
      allowPrivate: true,
      options: {
        mode: 'search',
        query: 'banjir',
        pds: server.url,
        record_service: server.url,
        identifier_env: 'UJI_AKUN',
        password_env: 'UJI_SANDI',
        requests_per_second: 10,
        ...set,
      },
      secret: (variable) => secrets[variable],
    });
  const context = { fetcher, clock, signal: new AbortController().signal };
  const pages = async (collector: Collector, cursor?: Cursor): Promise<CollectedPage[]> => {
    const found: CollectedPage[] = [];
    for await (const page of collector.collect(cursor, context)) found.push(page);
    return found;
  };
  const close = async (): Promise<void> => {
    await fetcher.close();
    await server.close();
  };
  return { server, state, secrets, create, context, pages, sent, clock, close };
}

async function search(...asked: Parameters<typeof place>): ReturnType<typeof place> {
  const found = await place(...asked);
  closers.push(found.close);
  return found;
}

collectorContract('bluesky: search', async () => {
  const { create, context, sent, close } = await place(230);
  return {
    create: () => create(),
    context,
    expected: banjir(1, 230)
      .reverse()
      .map((text) => ({ text, platform: 'bluesky' })),
    received: () => sent,
    close,
  };
});

describe('a search', () => {
  it('logs in once, renews what expired, and logs in anew where it cannot', async () => {
    const { create, pages, state } = await search(3);
    const collector = create();
    const { cursor } = (await pages(collector)).at(-1) ?? {};
    await pages(collector, cursor);
    expect(state).toMatchObject({ logins: 1, renewals: 0 });
    state.valid = 'lain';
    await pages(collector, cursor);
    expect(state).toMatchObject({ logins: 1, renewals: 1 });
    state.valid = 'lain';
    state.broken = true;
    await pages(collector, cursor);
    expect(state).toMatchObject({ logins: 2, renewals: 2 });
  });

  it('keeps password and tokens out of what it hands on and of every fault', async () => {
    const { create, pages, state, secrets } = await search(3);
    const found = JSON.stringify(await pages(create()));
    secrets.UJI_SANDI = `${PASSWORD}-salah`;
    const fault = await pages(create()).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: 'PermanentError', kind: 'login-refused' });
    const told = `${found} ${(fault as Error).stack} ${JSON.stringify(fault)}`;
    for (const secret of [PASSWORD, 'akses-', 'segar-']) expect(told).not.toContain(secret);
    expect(state.logins).toBe(2);
    delete secrets.UJI_SANDI;
    await expect(pages(create())).rejects.toMatchObject({ kind: 'no-secret' });
  });

  it('goes on from the newest post that it had, with some minutes again', async () => {
    const { create, pages, state } = await search(5);
    const { cursor } = (await pages(create())).at(-1) ?? {};
    state.posts = 7;
    expect(textsOf(await pages(create(), cursor))).toEqual(['banjir 7', 'banjir 6']);
    const since = new URL(state.searches.at(-1) ?? '', 'http://127.0.0.1').searchParams.get('since');
    expect(since).toBe(new Date(ago(995 + 900) / 1_000).toISOString());
  });

  it('that was cut off between pages brings the others the next time', async () => {
    const { create, pages, state, context } = await search(25);
    state.perPage = 10;
    const first: CollectedPage[] = [];
    for await (const page of create().collect(undefined, context)) {
      first.push(page);
      break;
    }
    expect(textsOf(first)).toEqual(banjir(16, 25).reverse());
    expect(textsOf(await pages(create(), first[0]?.cursor))).toEqual(banjir(1, 15).reverse());
  });

  it('tells of the gap where there is more than it may read', async () => {
    const { create, pages, state } = await search(50);
    state.perPage = 10;
    const found = await pages(create({ max_pages: 2 }));
    expect(textsOf(found)).toHaveLength(20);
    expect(found.flatMap((page) => page.gaps ?? [])).toMatchObject([
      { kind: 'max-pages', to: new Date(ago(1_000 - 31) / 1_000).toISOString() },
    ]);
  });

  const cases: [name: string, answer: Answer, fault: { name: string; kind: string }][] = [
    [
      '400',
      (_, response) => void response.writeHead(400).end('{"error":"BadQueryString"}'),
      { name: 'PermanentError', kind: 'bad-query' },
    ],
    ['403', status(403), { name: 'PermanentError', kind: 'login-needed' }],
    ['401 for ever', status(401), { name: 'PermanentError', kind: 'login-needed' }],
    ['404', status(404), { name: 'PermanentError', kind: 'not-found' }],
    ['410', status(410), { name: 'PermanentError', kind: 'gone' }],
    ['422', status(422), { name: 'PermanentError', kind: 'bad-status' }],
    ['429', status(429, { 'retry-after': '120' }), { name: 'ThrottledError', kind: 'throttled' }],
    ['503', status(503), { name: 'RetryableError', kind: 'server-error' }],
    ['an HTML page', body('<html><p>Dirawat'), { name: 'PermanentError', kind: 'not-json' }],
    ['JSON that breaks off', body('{"posts":[{"uri":"at'), { name: 'RetryableError', kind: 'broken-json' }],
    ['JSON of something else', body('{"items":[]}'), { name: 'PermanentError', kind: 'not-bluesky' }],
  ];
  it.each(cases)('that is answered with %s is a fault of a kind of its own', async (_name, answer, fault) => {
    const { create, pages } = await search(1, { '/xrpc/app.bsky.feed.searchPosts': answer });
    await expect(pages(create())).rejects.toMatchObject(fault);
  });
});

describe('a post that is asked for again', () => {
  const record = (text: unknown): Answer =>
    body(
      JSON.stringify({
        uri: uriOf(1),
        cid: 'b',
        value: { $type: 'app.bsky.feed.post', text, createdAt: '2026-11-21T00:00:00Z' },
      }),
    );
  const refusal =
    (error: string, message: string): Answer =>
    (_request, response) =>
      void response.writeHead(400).end(JSON.stringify({ error, message }));
  it.each<[name: string, answer: Answer, expected: object]>([
    ['is there', record('banjir 1'), { is: 'there' }],
    [
      'was edited',
      record('banjir surut'),
      { is: 'changed', post: { id: `bluesky:${uriOf(1)}`, text: 'banjir surut' } },
    ],
    ['is gone', refusal('RecordNotFound', 'Could not locate record'), { is: 'gone' }],
    [
      'is gone, said otherwise',
      refusal('InvalidRequest', `Could not locate record: ${uriOf(1)}`),
      { is: 'gone' },
    ],
    ['has no account any more', refusal('RepoDeactivated', 'x'), { is: 'gone' }],
    [
      'is not understood',
      refusal('InvalidRequest', 'bad'),
      { is: 'unknown', reason: expect.stringContaining('InvalidRequest') },
    ],
    ['cannot be read', record(7), { is: 'unknown' }],
    ['is behind a login', status(403), { is: 'unknown', reason: expect.stringContaining('forbidden') }],
    ['cannot be asked for now', status(503), { is: 'unknown' }],
  ])('%s', async (_name, answer, expected) => {
    const { create, pages, context } = await search(1, { '/xrpc/com.atproto.repo.getRecord': answer });
    const held = (await pages(create()))[0]?.posts[0] ?? { id: '' };
    expect(await create().recheck?.(held, context)).toMatchObject(expected);
  });

  it('by an id that is none of Bluesky’s is not known to be there', async () => {
    const { create, context } = await search(1);
    expect(await create().recheck?.({ id: 'bluesky:hash-00' }, context)).toMatchObject({ is: 'unknown' });
  });
});

describe('the settings of a source', () => {
  const login = { identifier_env: 'UJI_AKUN', password_env: 'UJI_SANDI' };
  it.each<[name: string, options: object, valid: boolean]>([
    ['nothing', {}, true],
    ['a stream with words', { words: ['banjir'], langs: ['id', 'jv'] }, true],
    ['a stream over http', { jetstream: 'https://jetstream.example/subscribe' }, false],
    ['a stream with a password in its address', { jetstream: 'wss://a:b@jetstream.example/' }, false],
    ['a search', { mode: 'search', query: 'banjir', ...login }, true],
    ['a search for nothing', { mode: 'search', ...login }, false],
    ['a search without a login', { mode: 'search', query: 'banjir' }, false],
    [
      'a password in the file',
      { mode: 'search', query: 'banjir', ...login, password_env: 'abcd-efgh' },
      false,
    ],
    ['a query in a stream', { query: 'banjir' }, false],
  ])('%s', (_name, options, valid) => {
    expect(blueskyKind.options.safeParse(options).success).toBe(valid);
  });
});
