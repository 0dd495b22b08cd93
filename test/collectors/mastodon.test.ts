import { afterEach, describe, expect, it } from 'vitest';
import { mastodonKind } from '../../src/collectors/mastodon.js';
import type { CollectedPage, Collector, Cursor } from '../../src/core/collector-ports.js';
import { kindOf } from '../../src/core/errors.js';
import { collectorContract } from '../contract/collector.js';
import { quickDoor } from '../support/doors.js';
import {
  type MastodonServer,
  MEMBERS_ONLY,
  OPEN,
  type OpenStream,
  serveMastodon,
  statusId,
  type Told,
} from '../support/mastodon-server.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { type Answer, body, status } from '../support/web-server.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const TOKEN = 'rahasia-uji-coba';

interface Rig {
  readonly server: MastodonServer;
  readonly clock: SimulatedClock;
  create(more?: Readonly<Record<string, unknown>>): Collector;
  readonly context: Parameters<Collector['collect']>[1];
  pages(cursor?: Cursor, more?: Readonly<Record<string, unknown>>): Promise<CollectedPage[]>;
  requests(): string[];
}

async function rig(statuses: readonly Told[] = []): Promise<Rig> {
  const server = await serveMastodon();
  server.statuses = [...statuses];
  const clock = new SimulatedClock();
  const fetcher = quickDoor({ clock });
  closers.push(server.close, () => fetcher.close());
  const create = (more: Readonly<Record<string, unknown>> = {}): Collector =>
    mastodonKind.create({
      name: 'rukun',
      allowPrivate: true,
      options: { url: server.url, tags: ['banjir'], requests_per_second: 10, ...more },
      secret: (variable) => (variable === 'UJI_TOKEN' ? TOKEN : undefined),
    });
  const context = { fetcher, clock, signal: new AbortController().signal };
  return {
    server,
    clock,
    create,
    context,
    pages: async (cursor, more) => {
      const pages: CollectedPage[] = [];
      for await (const page of create(more).collect(cursor, context)) pages.push(page);
      return pages;
    },
    requests: () => server.pages().map((line) => line.replace(/^GET \/api\/v\d/, '')),
  };
}

const some = (from: number, to: number): Told[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    id: from + index,
    content: `<p>isi ${from + index}</p>`,
  }));
const textsOf = (pages: readonly CollectedPage[]): string[] =>
  pages.flatMap(({ posts }) => posts.map((post) => post.text));
const isi = (from: number, to: number): string[] => some(from, to).map(({ id }) => `isi ${id}`);

collectorContract('mastodon', async () => {
  const server = await serveMastodon();
  server.statuses = some(1, 95);
  const clock = new SimulatedClock();
  const fetcher = quickDoor({ clock });
  return {
    create: () =>
      mastodonKind.create({
        name: 'rukun',
        allowPrivate: true,
        options: { url: server.url, timeline: 'public', requests_per_second: 10 },
      }),
    context: { fetcher, clock },
    expected: some(1, 95).map(({ id }) => ({
      id: `mastodon:${server.url}/users/akun_fiksi/statuses/${statusId(id)}`,
      text: `isi ${id}`,
      platform: 'mastodon',
      author: { id: `${server.url}/@akun_fiksi`, handle: 'akun_fiksi' },
    })),
    received: () => server.sent,
    close: async () => {
      await fetcher.close();
      await server.close();
    },
  };
});

describe('a timeline', () => {
  it('is read up from as far back as is set, oldest first, and from there on by min_id', async () => {
    const { pages, requests, server } = await rig(some(1, 130));
    const first = await pages(undefined, { backfill_pages: 2 });
    expect(textsOf(first)).toEqual(isi(51, 130));
    expect(requests().slice(0, 2)).toEqual([
      '/timelines/tag/banjir?limit=40',
      `/timelines/tag/banjir?limit=40&max_id=${statusId(91)}`,
    ]);
    server.statuses.push(...some(131, 133));
    expect(textsOf(await pages(first.at(-1)?.cursor))).toEqual(isi(131, 133));
  });

  it('goes on where the last pass stopped at its most pages', async () => {
    const { pages, server } = await rig(some(1, 10));
    const { cursor } = (await pages()).at(-1) ?? {};
    server.statuses.push(...some(11, 100));
    const next = await pages(cursor, { max_pages: 1 });
    expect(textsOf(next)).toEqual(isi(11, 50));
    expect(textsOf(await pages(next.at(-1)?.cursor))).toEqual(isi(51, 100));
  });

  it('is cut off in the middle and goes on without loss or repetition', async () => {
    const { pages, server } = await rig(some(1, 10));
    const { cursor } = (await pages()).at(-1) ?? {};
    server.statuses.push(...some(11, 100));
    let asked = 0;
    const real = server.answer;
    server.answer = (_request, response) => void response.destroy();
    await expect(pages(cursor)).rejects.toMatchObject({ kind: 'connection-lost' });
    server.answer = real;
    const kept: CollectedPage[] = [];
    const collecting = (await rigOf(server)).collect(cursor, (page) => {
      kept.push(page);
      asked += 1;
      if (asked === 1) server.answer = status(503);
    });
    await expect(collecting).rejects.toMatchObject({ kind: 'server-error' });
    server.answer = undefined;
    expect(textsOf(kept)).toEqual(isi(11, 50));
    expect(textsOf(await pages(kept.at(-1)?.cursor))).toEqual(isi(51, 100));
  });

  async function rigOf(server: MastodonServer) {
    const clock = new SimulatedClock();
    const fetcher = quickDoor({ clock });
    closers.push(() => fetcher.close());
    const options = { url: server.url, tags: ['banjir'] };
    const collector = mastodonKind.create({ name: 'rukun', allowPrivate: true, options });
    return {
      collect: async (cursor: Cursor | undefined, take: (page: CollectedPage) => void) => {
        const signal = new AbortController().signal;
        for await (const page of collector.collect(cursor, { fetcher, clock, signal })) take(page);
      },
    };
  }

  it('of several tags brings a post once that has more of them', async () => {
    const { pages, requests } = await rig(some(1, 3));
    expect(textsOf(await pages(undefined, { tags: ['banjir', 'jakarta'], only: 'remote' }))).toEqual(
      isi(1, 3),
    );
    expect(requests().filter((path) => path.includes('/tag/jakarta?remote=true&limit=40'))).not.toEqual([]);
  });

  it('takes posts that are in other languages than these for none of its business', async () => {
    const { pages } = await rig([
      { id: 1, content: 'satu', language: 'id' },
      { id: 2, content: 'two', language: 'en' },
      { id: 3, content: 'telu', language: 'jv-ID' },
      { id: 4, content: 'mboh', language: null },
    ]);
    expect(textsOf(await pages(undefined, { langs: ['id', 'jv'] }))).toEqual(['satu', 'telu', 'mboh']);
  });

  it('brings an id again that says something else, and rejects what lacks a field', async () => {
    const { pages, server } = await rig([
      { id: 1, content: '<p>lama</p>' },
      { id: 2, content: '<p>x</p>', visibility: undefined },
      { id: 3, content: '<p>baru</p>', uri: 'http://127.0.0.1/users/akun_fiksi/statuses/1' },
      { id: 4, content: '<p>lain</p>', uri: 'http://127.0.0.1/users/akun_fiksi/statuses/1' },
      { id: 5, content: '<p>tanpa alamat</p>', uri: null },
    ]);
    const found = await pages();
    expect(textsOf(found)).toEqual(['lama', 'baru', 'lain']);
    const rejects = found.flatMap((page) => page.rejects);
    expect(rejects.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['missing-field', expect.stringContaining('uri')],
      ['missing-field', expect.stringContaining('visibility')],
    ]);
    expect(server.sent.some((sent) => sent.includes(rejects[0]?.excerpt ?? '?'))).toBe(true);
  });

  it('that gives the same page for ever is left after it', async () => {
    const { pages, server, requests } = await rig();
    const answer = body(`[${server.json({ id: 9, content: 'itu lagi' })}]`, {
      'content-type': 'application/json',
    });
    server.answer = answer;
    expect(textsOf(await pages())).toEqual(['itu lagi']);
    expect(requests()).toHaveLength(3);
  });

  it('of another instance than the cursor is of is read from its start', async () => {
    const { pages } = await rig(some(1, 3));
    const cursor = { instance: 'https://lain.example', newest: { 'tag:banjir': statusId(3) } };
    expect(textsOf(await pages(cursor))).toEqual(isi(1, 3));
  });

  it('sends the token as a header, and keeps it out of cursors and posts', async () => {
    const { pages, server } = await rig(some(1, 2));
    const found = await pages(undefined, { token_env: 'UJI_TOKEN' });
    expect(server.seen.map(({ headers }) => headers.authorization)).toContain(`Bearer ${TOKEN}`);
    expect(JSON.stringify(found)).not.toContain(TOKEN);
    await expect(pages(undefined, { token_env: 'TIDAK_ADA' })).rejects.toMatchObject({ kind: 'no-secret' });
  });
});

describe('an empty list', () => {
  const cases: [
    name: string,
    access: Readonly<Record<string, unknown>> | undefined,
    more: Readonly<Record<string, unknown>>,
    kind: string,
  ][] = [
    ['of a tag that anybody may read', { timelines_access: OPEN }, {}, 'none'],
    ['of a tag on an instance before 4.5', {}, {}, 'none'],
    ['of a tag for members only', { timelines_access: MEMBERS_ONLY }, {}, 'previews-off'],
    [
      'of a tag for members only, with a token',
      { timelines_access: MEMBERS_ONLY },
      { token_env: 'UJI_TOKEN' },
      'none',
    ],
    ['of a tag on an instance that says nothing of itself', undefined, {}, 'previews-off'],
    ['of the public timeline before 4.5', {}, { tags: undefined, timeline: 'public' }, 'previews-off'],
  ];
  it.each(cases)('%s: %#', async (_name, configuration, more, kind) => {
    const { pages, server } = await rig();
    server.configuration = configuration;
    const fault = await pages(undefined, more).then(
      (found) => (textsOf(found).length === 0 ? 'none' : 'posts'),
      (error: unknown) => kindOf(error),
    );
    expect(fault).toBe(kind);
  });

  it('after a quiet day is asked about too', async () => {
    const { pages, server, clock } = await rig(some(1, 3));
    const { cursor } = (await pages()).at(-1) ?? {};
    server.statuses = [];
    server.configuration = { timelines_access: MEMBERS_ONLY };
    expect(await pages(cursor)).toEqual([]);
    clock.advance(25 * 3_600_000);
    await expect(pages(cursor)).rejects.toMatchObject({ kind: 'previews-off' });
  });
});

describe('an instance that does not answer with statuses', () => {
  const json =
    (code: number): Answer =>
    (_request, response) =>
      void response.writeHead(code, { 'content-type': 'application/json' }).end('{"error":"tidak"}');
  const half: Answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' });
    response.write('[{"id":"1","content":"');
    setImmediate(() => response.destroy());
  };
  const cases: [
    name: string,
    answer: Answer,
    more: Readonly<Record<string, unknown>>,
    fault: { name: string; kind: string },
  ][] = [
    ['401', json(401), {}, { name: 'PermanentError', kind: 'login-needed' }],
    ['422', json(422), {}, { name: 'PermanentError', kind: 'login-needed' }],
    [
      '401 to a token',
      json(401),
      { token_env: 'UJI_TOKEN' },
      { name: 'PermanentError', kind: 'token-refused' },
    ],
    ['403', json(403), {}, { name: 'PermanentError', kind: 'forbidden' }],
    ['404 that is a page', status(404), {}, { name: 'PermanentError', kind: 'not-found' }],
    ['410', json(410), {}, { name: 'PermanentError', kind: 'gone' }],
    ['429', json(429), {}, { name: 'ThrottledError', kind: 'throttled' }],
    ['503', json(503), {}, { name: 'RetryableError', kind: 'server-error' }],
    ['an HTML page', body('<!doctype html><p>Dirawat'), {}, { name: 'PermanentError', kind: 'not-json' }],
    ['half a body', half, {}, { name: 'RetryableError', kind: 'connection-lost' }],
    ['JSON that breaks off', body('[{"id":"1","cont'), {}, { name: 'RetryableError', kind: 'broken-json' }],
    [
      'JSON of something else',
      body('[{"nama":"x"},{"nama":"y"}]'),
      {},
      { name: 'PermanentError', kind: 'not-mastodon' },
    ],
    ['an error with 200', body('{"error":"rusak"}'), {}, { name: 'PermanentError', kind: 'api-error' }],
  ];
  it.each(cases)('but %s is a fault of a kind of its own', async (_name, answer, more, fault) => {
    const { pages, server } = await rig();
    server.answer = answer;
    await expect(pages(undefined, more)).rejects.toMatchObject(fault);
  });

  it('but with 404 for a tag that nobody used yet has no posts', async () => {
    const { pages, server } = await rig();
    server.answer = json(404);
    expect(await pages()).toEqual([]);
  });
});

describe('a stream', () => {
  const STREAM = { stream: true, token_env: 'UJI_TOKEN', listen_seconds: 1 };

  it('brings posts, edits and deletions after what was there', async () => {
    const { pages, server } = await rig(some(1, 3));
    server.onStream = (stream) => {
      stream.comment();
      stream.send('update', server.json({ id: 3, content: '<p>isi 3</p>' }));
      stream.send('update', server.json({ id: 4, content: '<p>isi 4</p>' }));
      stream.send('status.update', server.json({ id: 1, content: '<p>isi 1, disunting</p>' }));
      stream.send('delete', statusId(2));
      stream.send('delete', statusId(99));
      stream.send('filters_changed', 'undefined');
      stream.send('update', '{"rusak');
    };
    const found = await pages(undefined, STREAM);
    expect(textsOf(found)).toEqual([...isi(1, 4), 'isi 1, disunting']);
    expect(found.flatMap((page) => page.withdrawn ?? [])).toMatchObject([
      { id: `mastodon:${server.url}/users/akun_fiksi/statuses/${statusId(2)}` },
    ]);
    expect(found.flatMap((page) => page.rejects)).toMatchObject([{ kind: 'not-a-status' }]);
    expect(server.pages().find((path) => path.includes('/streaming/'))).toContain(
      '/api/v1/streaming/hashtag?tag=banjir',
    );
  });

  it('that is cut is opened again, and what was said meanwhile is read up: all of it once', async () => {
    const { pages, server } = await rig(some(1, 2));
    const open: OpenStream[] = [];
    server.onStream = (stream) => {
      open.push(stream);
      const told = { id: open.length === 1 ? 3 : 5, content: `<p>isi ${open.length === 1 ? 3 : 5}</p>` };
      server.statuses.push(told);
      stream.send('update', server.json(told));
      if (open.length > 1) return;
      setTimeout(() => {
        server.statuses.push({ id: 4, content: '<p>isi 4</p>' });
        stream.cut();
      }, 50);
    };
    const found = await pages(undefined, { ...STREAM, listen_seconds: 2 });
    expect(textsOf(found)).toEqual(isi(1, 5));
    expect(open).toHaveLength(2);
    expect(textsOf(await pages(found.at(-1)?.cursor))).toEqual([]);
  });

  it('that ends every time is given up, and what it brought is kept', async () => {
    const { create, context, server } = await rig(some(1, 1));
    server.onStream = (stream) => stream.end();
    const texts: string[] = [];
    const reading = async () => {
      for await (const page of create({ ...STREAM, listen_seconds: 60 }).collect(undefined, context)) {
        texts.push(...page.posts.map((post) => post.text));
      }
    };
    await expect(reading()).rejects.toMatchObject({ kind: 'stream-closed' });
    expect(texts).toEqual(isi(1, 1));
  });

  it('goes to no other host than the instance’s, unless the source names it', async () => {
    const { pages, server } = await rig(some(1, 1));
    server.configuration = { timelines_access: OPEN, urls: { streaming: 'ws://lain.example' } };
    await expect(pages(undefined, STREAM)).rejects.toMatchObject({ kind: 'stream-elsewhere' });
    server.onStream = (stream) => stream.send('update', server.json({ id: 2, content: 'isi 2' }));
    const found = await pages(undefined, { ...STREAM, streaming_url: server.url });
    expect(textsOf(found)).toEqual(isi(1, 2));
  });

  it('ends at once when the program stops', async () => {
    const { create, context, server } = await rig(some(1, 1));
    const stop = new AbortController();
    server.onStream = () => stop.abort(new Error('enough'));
    const reading = async () => {
      const collector = create({ ...STREAM, listen_seconds: 3_600 });
      for await (const page of collector.collect(undefined, { ...context, signal: stop.signal })) {
        expect(page.posts).toHaveLength(1);
      }
    };
    await expect(reading()).rejects.toThrow('enough');
  });
});

describe('a post that is asked for again', () => {
  const idOf = (server: MastodonServer, id: number): string =>
    `mastodon:${server.url}/users/akun_fiksi/statuses/${statusId(id)}`;

  it('is there, changed or gone', async () => {
    const { create, context, pages, server } = await rig(some(1, 4));
    const held = (await pages()).flatMap((page) => page.posts);
    server.statuses = [
      { id: 1, content: '<p>isi 1</p>' },
      { id: 2, content: '<p>sudah disunting</p>', edited_at: '2026-11-22T00:00:00.000Z' },
      { id: 3, content: '<p>isi 3</p>', visibility: 'private' },
    ];
    const again = await Promise.all(held.map((post) => create().recheck?.(post, context)));
    expect(again).toMatchObject([
      { is: 'there' },
      { is: 'changed', post: { id: idOf(server, 2), text: 'sudah disunting' } },
      { is: 'gone' },
      { is: 'gone' },
    ]);
    expect(await create().recheck?.({ id: idOf(server, 2) }, context)).toMatchObject({ is: 'changed' });
  });

  it.each([
    ['of other software', 'mastodon:https://lain.example/notes/abc'],
    ['without an address', 'mastodon:hash-0011'],
    ['on a private address that is not the instance', 'mastodon:http://127.0.0.1:9/users/a/statuses/1'],
  ])('%s is not known to be there', async (_name, id) => {
    const { create, context } = await rig();
    expect(await create().recheck?.({ id }, context)).toMatchObject({
      is: 'unknown',
      reason: expect.stringMatching(/\w/),
    });
  });
});

describe('the settings of a source', () => {
  it.each<[name: string, options: object, valid: boolean]>([
    ['tags', { url: 'https://rukun.example', tags: ['banjir'] }, true],
    ['the public timeline', { url: 'https://rukun.example', timeline: 'public', only: 'local' }, true],
    ['both', { url: 'https://rukun.example', timeline: 'public', tags: ['banjir'] }, false],
    ['neither: the public timeline', { url: 'https://rukun.example' }, true],
    ['a stream without a token', { url: 'https://rukun.example', tags: ['banjir'], stream: true }, false],
    [
      'a token in the file',
      { url: 'https://rukun.example', tags: ['a'], token_env: 'k3HsJq-rahasia' },
      false,
    ],
    [
      'Ronda’s own secret as token',
      { url: 'https://rukun.example', tags: ['a'], token_env: 'RONDA_SECRET' },
      false,
    ],
    ['a tag with a slash', { url: 'https://rukun.example', tags: ['../statuses'] }, false],
  ])('%s', (_name, options, valid) => {
    expect(mastodonKind.options.safeParse(options).success).toBe(valid);
  });
});
