import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { kindOf, messageOf, PermanentError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import type { ServerEvent, StreamRequest } from '../../src/core/fetch-ports.js';
import { allOf, faultOf } from '../support/doors.js';
import { opened } from '../support/opened.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { until } from '../support/until.js';
import { type Answer, body, status } from '../support/web-server.js';

type Type = abstract new (...values: never[]) => Error;

const { web, door } = opened();

const own = (url: string, more: Partial<StreamRequest> = {}): StreamRequest => ({
  url,
  allowPrivate: true,
  ...more,
});

const SSE = { 'content-type': 'text/event-stream; charset=utf-8' };

/** Sends this and leaves the stream open. */
const open =
  (text: string | Buffer): Answer =>
  (_request, response) => {
    response.writeHead(200, SSE).flushHeaders();
    response.write(text);
  };

describe('events of a place', () => {
  it('come as they are sent, and end when the place ends them', async () => {
    const { url } = await web({ '/s': body('id: 1\nevent: update\ndata: a\n\ndata: b\n\ndata: c', SSE) });
    expect(await allOf(door().events(own(`${url}/s`)))).toEqual([
      { event: 'update', data: 'a', id: '1' },
      { event: 'message', data: 'b', id: '1' },
    ]);
  });

  it('come before the stream has ended', async () => {
    const { url } = await web({ '/s': open('data: a\n\n') });
    for await (const event of door().events(own(`${url}/s`))) {
      expect(event.data).toBe('a');
      break;
    }
  });

  it('are asked for by name, with the headers of the source, uncompressed', async () => {
    const server = await web({ '/s': body('', SSE) });
    await allOf(door().events(own(`${server.url}/s`, { headers: { Authorization: 'Bearer k' } })));
    expect(server.seen.map(({ path }) => path)).toEqual(['/s']);
    expect(server.seen[0]?.headers).toMatchObject({
      accept: 'text/event-stream',
      'accept-encoding': 'identity',
      authorization: 'Bearer k',
      'user-agent': 'Ronda/0.1.0 (+humas@polda.example)',
    });
  });

  it('are found behind a redirect, without the keys at another origin', async () => {
    const other = await web({ '/s': body('data: a\n\n', SSE) });
    const server = await web({ '/s': status(307, { location: `${other.url}/s` }) });
    const headers = { authorization: 'Bearer k' };
    const events = await allOf(door().events(own(`${server.url}/s`, { headers })));
    expect(events.map(({ data }) => data)).toEqual(['a']);
    expect(other.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('are connected to when they are first asked for, and again by whoever asks again', async () => {
    const server = await web({ '/s': body('data: a\n\n', SSE) });
    const stream = door().events(own(`${server.url}/s`));
    expect(server.seen).toEqual([]);
    await allOf(stream);
    await allOf(stream);
    expect(server.seen).toHaveLength(2);
  });

  it('take no turn of other requests while they are open', async () => {
    const server = await web({ '/s': open('data: a\n\n'), '/page': body('isi') });
    const fetcher = door({ limits: { concurrency: 1 } });
    const streams = [1, 2, 3].map(() => fetcher.events(own(`${server.url}/s`))[Symbol.asyncIterator]());
    for (const stream of streams) expect((await stream.next()).value.data).toBe('a');
    const page = await fetcher.fetch({ url: `${server.url}/page`, allowPrivate: true, robots: false });
    expect(page.text()).toBe('isi');
  });

  it('wait for their turn to connect', async () => {
    const clock = new SimulatedClock();
    const at: number[] = [];
    const start = clock.now();
    const answer: Answer = (_request, response) => {
      at.push((clock.now() - start) / 1_000);
      response.writeHead(200, SSE).end();
    };
    const { url } = await web({ '/s': answer });
    const fetcher = door({ clock, limits: { perSecond: 1, burst: 1 } });
    for (let count = 0; count < 3; count++) await allOf(fetcher.events(own(`${url}/s`)));
    expect(at).toEqual([0, 1, 2]);
  });

  it('are open in bounded number', async () => {
    const server = await web({ '/s': open('data: a\n\n') });
    const fetcher = door({ limits: { maxStreams: 2 } });
    const begin = () => fetcher.events(own(`${server.url}/s`))[Symbol.asyncIterator]();
    const [one, two] = [begin(), begin()];
    await Promise.all([one.next(), two.next()]);
    expect(kindOf(await faultOf(begin().next()))).toBe('too-many-streams');
    await one.return?.();
    expect((await begin().next()).value.data).toBe('a');
  });
});

describe('a stream that is none', () => {
  const page = 'a body that nobody needs';
  const cases: [what: string, answer: Answer, kind: string, type: Type][] = [
    ['a page', body(page, { 'content-type': 'text/html' }), 'not-a-stream', PermanentError],
    ['no type', body(page), 'not-a-stream', PermanentError],
    ['a type like it', body(page, { 'content-type': 'text/event-streams' }), 'not-a-stream', PermanentError],
    [
      'nothing (204)',
      (_request, response) => void response.writeHead(204, SSE).end(),
      'not-a-stream',
      PermanentError,
    ],
    [
      'a bomb',
      body(gzipSync(Buffer.alloc(9_999)), { ...SSE, 'content-encoding': 'gzip' }),
      'unknown-encoding',
      PermanentError,
    ],
    ['401', status(401), 'forbidden', PermanentError],
    ['404', status(404), 'not-found', PermanentError],
    ['500', status(500), 'server-error', RetryableError],
    ['429', status(429, { 'retry-after': '40' }), 'throttled', ThrottledError],
    ['503', status(503, { 'retry-after': '40' }), 'throttled', ThrottledError],
    [
      'a header bomb',
      body('', { ...SSE, 'x-bomb': 'x'.repeat(60_000) }),
      'headers-too-large',
      PermanentError,
    ],
    [
      'many headers',
      body('', { ...SSE, 'x-many': Array<string>(4_000).fill('x'.repeat(9)) }),
      'headers-too-large',
      PermanentError,
    ],
    ['headers that do not come', () => undefined, 'headers-timeout', RetryableError],
    ['a hang-up', (_request, response) => void response.destroy(), 'connection-lost', RetryableError],
  ];
  it.each(cases)('%s has a kind of its own', async (_what, answer, kind, type) => {
    const { url } = await web({ '/s': answer });
    const fetcher = door({ limits: { headersTimeoutMs: 300 } });
    const fault = await faultOf(allOf(fetcher.events(own(`${url}/s`))));
    expect([kindOf(fault), messageOf(fault)]).toEqual([kind, expect.stringContaining(`${url}/s`)]);
    expect(fault).toBeInstanceOf(type);
  });

  it('tells how long to wait, and is not asked before', async () => {
    const server = await web({ '/s': status(429, { 'retry-after': '300' }) });
    const fetcher = door();
    const ask = () => faultOf(allOf(fetcher.events(own(`${server.url}/s`))));
    expect(await ask()).toMatchObject({ kind: 'throttled', retryAfterMs: 300_000 });
    expect(await ask()).toMatchObject({ kind: 'rate-limited', retryAfterMs: 300_000 });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a stream that fails', () => {
  /** What was given before the fault, and the fault. */
  async function readOf(request: StreamRequest, fetcher = door()): Promise<[string[], unknown]> {
    const given: string[] = [];
    const fault = await faultOf(
      (async () => {
        for await (const { data } of fetcher.events(request)) given.push(data);
      })(),
    );
    return [given, fault];
  }

  it('by a cut connection gives what came, then says so', async () => {
    const cut: Answer = (_request, response) => {
      response.writeHead(200, SSE);
      response.write('data: a\n\ndata: b\n\ndata: half', () => response.destroy());
    };
    const { url } = await web({ '/s': cut });
    const [given, fault] = await readOf(own(`${url}/s`));
    expect([given, kindOf(fault)]).toEqual([['a', 'b'], 'stream-cut']);
    expect(fault).toBeInstanceOf(RetryableError);
  });

  it('says when the place wants to be asked again', async () => {
    const cut: Answer = (_request, response) => {
      response.writeHead(200, SSE);
      response.write('retry: 7000\n\n', () => response.destroy());
    };
    const { url } = await web({ '/s': cut });
    const [, fault] = await readOf(own(`${url}/s`));
    expect(fault).toMatchObject({ kind: 'stream-cut', retryAfterMs: 7_000 });
  });

  it('by silence', async () => {
    const { url } = await web({ '/s': open('data: a\n\n') });
    const [given, fault] = await readOf(own(`${url}/s`, { idleMs: 100 }));
    expect([given, kindOf(fault)]).toEqual([['a'], 'stream-idle']);
    expect(fault).toBeInstanceOf(RetryableError);
  });

  it('not while comments come', async () => {
    const beating: Answer = (_request, response) => {
      response.writeHead(200, SSE);
      let beats = 0;
      const beat = setInterval(() => {
        beats += 1;
        response.write(':\n');
        if (beats === 30) response.end('data: alive\n\n');
      }, 20);
      response.on('close', () => clearInterval(beat));
    };
    const { url } = await web({ '/s': beating });
    const events = await allOf(
      door({ limits: { bodyTimeoutMs: 100 } }).events(own(`${url}/s`, { idleMs: 400 })),
    );
    expect(events.map(({ data }) => data)).toEqual(['alive']);
  });

  it.each<[what: string, text: string]>([
    ['an event', `data: ${'x'.repeat(3_000)}\n\n`],
    ['an event of many lines', 'data: x\n'.repeat(1_000)],
    ['a line that never ends', 'x'.repeat(3_000)],
  ])('by %s beyond the cap', async (_what, text) => {
    const { url } = await web({ '/s': open(`data: a\n\n${text}`) });
    const [given, fault] = await readOf(own(`${url}/s`, { maxMessageBytes: 2_000 }));
    expect([given, kindOf(fault)]).toEqual([['a'], 'message-too-large']);
    expect(fault).toBeInstanceOf(PermanentError);
  });
});

describe('who stops reading', () => {
  /** How many connections the place still has; 0 when the client has closed. */
  function holding(text: string): { answer: Answer; open: () => number } {
    let connections = 0;
    const answer: Answer = (_request, response) => {
      connections += 1;
      response.on('close', () => {
        connections -= 1;
      });
      response.writeHead(200, SSE).flushHeaders();
      response.write(text);
    };
    return { answer, open: () => connections };
  }

  it('by leaving the loop closes the connection', async () => {
    const { answer, open: connections } = holding('data: a\n\ndata: b\n\n');
    const { url } = await web({ '/s': answer });
    for await (const _event of door().events(own(`${url}/s`))) break;
    await until('the connection is closed', () => connections() === 0);
  });

  it('by return() does, though a question is open', async () => {
    const { answer, open: connections } = holding('data: a\n\n');
    const { url } = await web({ '/s': answer });
    const events = door()
      .events(own(`${url}/s`))
      [Symbol.asyncIterator]();
    await events.next();
    const asked = events.next();
    await events.return?.();
    expect(await asked).toEqual({ done: true, value: undefined });
    await until('the connection is closed', () => connections() === 0);
  });

  it('by the signal is told its reason, whatever was still to be read', async () => {
    const { answer, open: connections } = holding('data: a\n\ndata: b\n\n');
    const { url } = await web({ '/s': answer });
    const stop = new AbortController();
    const events = door()
      .events(own(`${url}/s`, { signal: stop.signal }))
      [Symbol.asyncIterator]();
    await events.next();
    stop.abort(new Error('enough'));
    await expect(events.next()).rejects.toThrow('enough');
    expect(await events.next()).toEqual({ done: true, value: undefined });
    await until('the connection is closed', () => connections() === 0);
  });

  it('before it is connected is not connected', async () => {
    const server = await web({ '/s': open('data: a\n\n') });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(allOf(door().events(own(`${server.url}/s`, { signal })))).rejects.toThrow('enough');
    const unread = door()
      .events(own(`${server.url}/s`))
      [Symbol.asyncIterator]();
    await unread.return?.();
    expect(await unread.next()).toEqual({ done: true, value: undefined });
    expect(server.seen).toEqual([]);
  });

  it('at any moment leaves no connection and no timer behind', async () => {
    const { answer, open: connections } = holding('data: a\n\n');
    const { url } = await web({ '/s': answer });
    const fetcher = door({ limits: { concurrency: 50, maxStreams: 50 } });
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const begun = Array.from({ length: 50 }, async (_, moment) => {
      const stream = fetcher.events(own(`${url}/s`, { idleMs: 60_000 }))[Symbol.asyncIterator]();
      const asked = stream.next();
      for (let turn = 0; turn < moment; turn++) await new Promise((resolve) => setImmediate(resolve));
      await stream.return?.();
      await asked;
    });
    await Promise.all(begun);
    await until('all connections are closed', () => connections() === 0);
    await until('all timers are gone', () => timers() <= before);
  });

  it('by closing the door', async () => {
    const { answer, open: connections } = holding('data: a\n\n');
    const { url } = await web({ '/s': answer });
    const fetcher = door();
    const events = fetcher.events(own(`${url}/s`))[Symbol.asyncIterator]();
    await events.next();
    const asked = faultOf(events.next());
    await fetcher.close();
    expect(kindOf(await asked)).toBe('closed');
    await until('the connection is closed', () => connections() === 0);
  });
});

describe('a place that sends faster than is read', () => {
  it('is held back, and loses nothing', async () => {
    const event = `data: ${'x'.repeat(10_000)}\n\n`;
    const total = 6_000;
    let sent = 0;
    const flood: Answer = async (_request, response) => {
      response.writeHead(200, SSE);
      for (; sent < total && !response.destroyed; sent++) {
        if (!response.write(event)) await new Promise((resolve) => response.once('drain', resolve));
      }
      response.end();
    };
    const { url } = await web({ '/s': flood });
    const request = own(`${url}/s`, { maxBufferedBytes: 100_000, idleMs: 300 });
    const events: AsyncIterator<ServerEvent> = door().events(request)[Symbol.asyncIterator]();
    await events.next();
    let before = -1;
    await until('the place is held back', async () => {
      const same = sent === before;
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return same && sent === before;
    });
    expect(sent).toBeLessThan(total / 2);
    let read = 1;
    while ((await events.next()).done !== true) read += 1;
    expect(read).toBe(total);
  });
});
