import { afterEach, describe, expect, it } from 'vitest';
import { youtubeKind } from '../../src/collectors/youtube.js';
import { Quota, quotaDay, untilQuotaDayEnds } from '../../src/collectors/youtube-quota.js';
import type { CollectedPage, Collector, Cursor } from '../../src/core/collector-ports.js';
import { kindOf, messageOf, PermanentError, ThrottledError } from '../../src/core/errors.js';
import { collectorContract } from '../contract/collector.js';
import { quickDoor } from '../support/doors.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { type Answer, body, status } from '../support/web-server.js';
import { googleError, KEY, serveYoutube, type ToldThread, VIDEO } from '../support/youtube-server.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const some = (from: number, to: number): ToldThread[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    id: `utas-${from + index}`,
    text: `isi ${from + index}`,
    minute: from + index,
  }));
const isi = (from: number, to: number): string[] => some(from, to).map(({ text }) => text);
const replies = (count: number): string[] => Array.from({ length: count }, (_, index) => `balas ${index}`);

async function rig(threads: readonly ToldThread[]) {
  const server = await serveYoutube();
  server.threads = [...threads];
  const clock = new SimulatedClock();
  const fetcher = quickDoor({ clock });
  const close = async (): Promise<void> => {
    await fetcher.close();
    await server.close();
  };
  const context = { fetcher, clock, signal: new AbortController().signal };
  const create = (more: object = {}, key: string | undefined = KEY): Collector =>
    youtubeKind.create({
      name: 'siaran',
      allowPrivate: true,
      options: { video: VIDEO, key_env: 'UJI_KUNCI', base: server.url, requests_per_second: 20, ...more },
      secret: (variable) => (variable === 'UJI_KUNCI' ? key : undefined),
    });
  /** The pages, and what ended them. */
  const read = async (cursor?: Cursor, more?: object) => {
    const pages: CollectedPage[] = [];
    let fault: unknown;
    try {
      for await (const page of create(more).collect(cursor, context)) pages.push(page);
    } catch (error) {
      fault = error;
    }
    return {
      pages,
      fault,
      cursor: pages.at(-1)?.cursor,
      texts: pages.flatMap(({ posts }) => posts.map(({ text }) => text)),
    };
  };
  return { server, clock, context, create, read, close };
}

async function open(threads: readonly ToldThread[]): Promise<Awaited<ReturnType<typeof rig>>> {
  const opened = await rig(threads);
  closers.push(opened.close);
  return opened;
}

collectorContract('youtube', async () => {
  const threads = some(1, 24).map((thread) =>
    thread.minute === 20 ? { ...thread, replies: replies(13) } : thread,
  );
  const { server, context, create, close } = await rig(threads);
  const texts = [
    ...isi(20, 24).reverse(),
    'balas 0',
    'balas 1',
    ...isi(15, 19).reverse(),
    ...replies(13).slice(2),
    ...isi(5, 14).reverse(),
    ...isi(1, 4).reverse(),
  ];
  return { create, context, expected: texts.map((text) => ({ text })), received: () => server.sent, close };
});

describe('comments', () => {
  it('say who, when, where and how far', async () => {
    const { read } = await open([{ id: 'utas-1', text: 'Halo warga', minute: 7, replies: ['Halo juga'] }]);
    const { pages } = await read();
    expect(pages.flatMap(({ posts }) => posts)).toMatchObject([
      {
        id: 'youtube:utas-1',
        platform: 'youtube',
        text: 'Halo warga',
        createdAt: '2026-11-20T00:07:00.000Z',
        url: `https://www.youtube.com/watch?v=${VIDEO}&lc=utas-1`,
        author: { id: 'UC-utas-1', handle: 'akun_fiksi' },
        reach: { likes: 3, replies: 1 },
      },
      { id: 'youtube:utas-1.0', text: 'Halo juga', reach: { likes: 3 } },
    ]);
  });

  it('are asked for by the hundred, as plain text, the newest first', async () => {
    const { server, read } = await open(some(1, 2));
    await read();
    const asked = new URL(server.seen[0]?.path ?? '', server.url).searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      part: 'snippet,replies',
      videoId: VIDEO,
      order: 'time',
      maxResults: '100',
      textFormat: 'plainText',
    });
    await read(undefined, { video: undefined, channel: 'UCabcdefghijklmnopqrstuv' });
    expect(server.seen.at(-1)?.path).toContain('allThreadsRelatedToChannelId=UCabcdefghijklmnopqrstuv');
  });

  it('that are new are read and no others, and replies that are new with them', async () => {
    const { server, read } = await open(some(1, 25));
    const first = await read();
    server.calls = 0;
    server.threads = [
      ...some(1, 24),
      { id: 'utas-25', text: 'isi 25, diralat', minute: 25, replies: replies(4) },
      ...some(26, 30),
    ];
    const second = await read(first.cursor);
    expect(second.texts.toSorted()).toEqual(['isi 25, diralat', ...isi(26, 30), ...replies(4)].toSorted());
    expect(server.calls).toBe(2);
    server.calls = 0;
    expect((await read(second.cursor)).texts).toEqual([]);
    expect(server.calls).toBe(1);
  });

  it('that a pass could not reach are read by the next', async () => {
    const { server, read } = await open(some(1, 50));
    const first = await read(undefined, { max_pages: 2 });
    expect(first.texts).toEqual(isi(31, 50).reverse());
    server.threads.push(...some(51, 75));
    const second = await read(first.cursor, { max_pages: 2 });
    expect(second.texts).toEqual(isi(56, 75).reverse());
    const rest = await read(second.cursor);
    expect(new Set(rest.texts)).toEqual(new Set([...isi(1, 30), ...isi(51, 55)]));
    expect((await read(rest.cursor)).texts).toEqual([]);
  });

  it('have no replies asked for where none are wanted', async () => {
    const { server, read } = await open([{ id: 'utas-1', text: 'isi', minute: 1, replies: replies(9) }]);
    expect((await read(undefined, { replies: false })).texts).toEqual(['isi', 'balas 0', 'balas 1']);
    expect(server.calls).toBe(1);
  });

  it('of a thread that goes on and on are told to be more than are read', async () => {
    const { read } = await open([{ id: 'utas-1', text: 'isi', minute: 1, replies: replies(230) }]);
    const { pages, texts } = await read();
    expect(texts.length).toBe(201);
    expect(pages.flatMap(({ gaps }) => gaps ?? [])).toMatchObject([{ kind: 'max-pages' }]);
  });

  it('are asked for again: there, changed, gone, or not told', async () => {
    const { server, context, create, read } = await open(some(1, 2));
    const [held] = (await read()).pages.flatMap(({ posts }) => posts);
    const ask = (id: string, revision?: string) =>
      create().recheck?.({ id, ...(revision === undefined ? {} : { revision }) }, context);
    server.threads = [{ id: 'utas-uji-01', text: held?.text ?? '', minute: 1 }];
    expect(await ask('youtube:utas-uji-01', held?.revision)).toEqual({ is: 'there' });
    expect(await ask('youtube:utas-uji-01', 'lain')).toMatchObject({
      is: 'changed',
      post: { text: held?.text },
    });
    expect(await ask('youtube:utas-uji-02')).toMatchObject({ is: 'gone' });
    expect(await ask('youtube:?')).toMatchObject({ is: 'unknown' });
    server.answer = status(500);
    expect(await ask('youtube:utas-uji-01')).toMatchObject({ is: 'unknown' });
  });
});

describe('the quota', () => {
  it('is not gone beyond, and reading goes on the day after from where it stood', async () => {
    const { server, clock, read } = await open([
      ...some(1, 44),
      { id: 'utas-45', text: 'isi 45', minute: 45, replies: replies(25) },
    ]);
    const texts: string[] = [];
    let cursor: Cursor | undefined;
    for (let day = 0; day < 10; day++) {
      server.calls = 0;
      const pass = await read(cursor, { quota: 2 });
      texts.push(...pass.texts);
      cursor = pass.cursor ?? cursor;
      expect(server.calls).toBeLessThanOrEqual(2);
      if (pass.fault === undefined) break;
      expect(kindOf(pass.fault)).toBe('quota-spent');
      const wait = pass.fault instanceof ThrottledError ? pass.fault.retryAfterMs : 0;
      // Before midnight nothing is asked.
      server.calls = 0;
      expect(kindOf((await read(cursor, { quota: 2 })).fault)).toBe('quota-spent');
      expect(server.calls).toBe(0);
      clock.advance(wait);
    }
    expect(texts.length).toBe(new Set(texts).size);
    // A thread with more pages of replies than a day has units is not read to its end on that share.
    expect(new Set(texts)).toEqual(new Set([...isi(36, 45), ...replies(2)]));
    const rest = await read(cursor, { quota: 100 });
    expect(new Set([...texts, ...rest.texts])).toEqual(new Set([...isi(1, 45), ...replies(25)]));
  });

  it('that the place says is used up is not asked for again that day', async () => {
    const { server, clock, read } = await open(some(1, 30));
    server.quota = 1;
    const first = await read();
    expect(kindOf(first.fault)).toBe('quota-exceeded');
    expect(first.texts).toEqual(isi(21, 30).reverse());
    const calls = server.calls;
    expect(kindOf((await read(first.cursor)).fault)).toBe('quota-spent');
    expect(server.calls).toBe(calls);
    clock.advance((first.fault as ThrottledError).retryAfterMs);
    server.quota = 1_000;
    expect((await read(first.cursor)).texts).toEqual(isi(1, 20).reverse());
  });

  it.each([
    ['in winter', '2026-11-22T07:59:59.000Z', '2026-11-21', 1_000],
    ['in winter, a moment later', '2026-11-22T08:00:00.000Z', '2026-11-22', 86_400_000],
    ['in summer', '2026-07-01T06:30:00.000Z', '2026-06-30', 1_800_000],
    ['on the day that has 23 hours', '2026-03-08T08:00:00.000Z', '2026-03-08', 23 * 3_600_000],
    ['on the day that has 25 hours', '2026-11-01T07:00:00.000Z', '2026-11-01', 25 * 3_600_000],
  ])('ends its day at midnight Pacific time %s', (_name, now, day, wait) => {
    expect(quotaDay(Date.parse(now))).toBe(day);
    expect(untilQuotaDayEnds(Date.parse(now))).toBe(wait);
  });

  it('counts anew on a new day', () => {
    let now = Date.parse('2026-11-22T07:00:00Z');
    const quota = new Quota({ day: '2026-11-21', units: 9 }, 10, () => now);
    quota.take('x');
    expect(() => quota.take('x')).toThrow(ThrottledError);
    now += 3_600_000;
    quota.take('x');
    expect(quota.used).toEqual({ day: '2026-11-22', units: 1 });
  });
});

describe('a fault of the place', () => {
  const html = body('<!doctype html><title>502</title>', { 'content-type': 'text/html' });
  const cases: [name: string, answer: Answer, kind: string, advice: RegExp][] = [
    ['comments that are off', googleError(403, 'commentsDisabled'), 'comments-disabled', /pause it/],
    ['no such video', googleError(404, 'videoNotFound'), 'video-not-found', /check its id/],
    ['no such channel', googleError(404, 'channelNotFound'), 'channel-not-found', /check its id/],
    [
      'a key that is not valid',
      googleError(400, 'badRequest', 'API key not valid. Please pass a valid API key.'),
      'key-invalid',
      /key_env/,
    ],
    ['a key of old', googleError(400, 'keyInvalid'), 'key-invalid', /key_env/],
    ['an API that is off', googleError(403, 'accessNotConfigured'), 'api-disabled', /switch it on/],
    ['a hurry', googleError(403, 'rateLimitExceeded'), 'throttled', /fewer/],
    ['429', status(429, { 'retry-after': '120' }), 'throttled', /429/],
    ['503', status(503), 'server-error', /again/],
    ['something else', googleError(403, 'forbidden'), 'api-error', /forbidden/],
    ['403 without a reason', status(403), 'forbidden', /check access/],
    ['HTML instead of JSON', html, 'not-json', /again/],
    [
      'half a body',
      body('{"kind":"youtube#commentThreadListResponse","items":[{"id":"ut'),
      'broken-json',
      /again/,
    ],
    [
      'another API',
      body('{"kind":"youtube#videoListResponse","items":[{"id":"x","snippet":{"title":"y"}}]}'),
      'not-youtube',
      /check/,
    ],
  ];
  it.each(cases)('%s has its kind and says what to do', async (_name, answer, kind, advice) => {
    const { server, read } = await open(some(1, 3));
    server.answer = answer;
    const { fault, cursor } = await read();
    expect(kindOf(fault)).toBe(kind);
    expect(messageOf(fault)).toMatch(advice);
    expect(messageOf(fault)).not.toContain(KEY);
    expect(cursor).toMatchObject({ quota: { units: 1 } });
  });

  it('and no key at all is told before anything is asked', async () => {
    const { server, context, create } = await open([]);
    const collecting = create({}, '').collect(undefined, context)[Symbol.asyncIterator]();
    const outcome = await (async () => {
      for (;;) if ((await collecting.next()).done === true) return;
    })().catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(PermanentError);
    expect(messageOf(outcome)).toContain('UJI_KUNCI');
    expect(server.calls).toBe(0);
  });

  it('never shows the key, nor does a post', async () => {
    const { server, read } = await open(some(1, 12));
    const { pages } = await read();
    expect(JSON.stringify(pages)).not.toContain(KEY);
    expect(server.seen.map(({ path }) => path).join()).not.toContain(KEY);
    const recorded = `{"kind":"youtube#commentListResponse","items":[{"id":"k-1","snippet":{"textDisplay":"a<br>b &amp; c"}}]}`;
    const { posts } = await youtubeKind.parse(
      { name: 'x', allowPrivate: false, options: {} },
      {
        body: Buffer.from(recorded),
        text: recorded,
        from: `https://x.example/y?key=${KEY}&part=snippet`,
        headers: {},
        receivedAt: '2026-11-22T05:00:00.000Z',
      },
    );
    expect(posts.map(({ text }) => text)).toEqual(['a\nb & c']);
    expect(JSON.stringify(posts)).not.toContain(KEY);
  });
});
