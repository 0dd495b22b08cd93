import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { kindOf, messageOf, PermanentError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import type { StreamRequest } from '../../src/core/fetch-ports.js';
import { allOf, faultOf } from '../support/doors.js';
import { opened } from '../support/opened.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { until } from '../support/until.js';
import { type Answer, body, serve, status } from '../support/web-server.js';
import {
  frameOf,
  OPCODE,
  type ServedSocket,
  type SocketServer,
  serveSockets,
} from '../support/websocket-server.js';

type Type = abstract new (...values: never[]) => Error;

const { closers, door } = opened();

async function place(
  connected: (socket: ServedSocket) => void,
  headers: Readonly<Record<string, string>> = {},
): Promise<SocketServer> {
  const server = await serveSockets(connected, headers);
  closers.push(server.close);
  return server;
}

const own = (url: string, more: Partial<StreamRequest> = {}): StreamRequest => ({
  url,
  allowPrivate: true,
  ...more,
});

/** What was given before the end or the fault, and the fault. */
async function readOf(request: StreamRequest, fetcher = door()): Promise<[string[], unknown]> {
  const given: string[] = [];
  const fault = await faultOf(
    (async () => {
      for await (const message of fetcher.messages(request)) given.push(message);
    })(),
  );
  return [given, fault];
}

describe('messages of a place', () => {
  it('come as they are sent, however they are framed, and end when the place ends them', async () => {
    const large = 'Bhinnéka 🇮🇩 '.repeat(6_000);
    const { url } = await place((socket) => {
      void socket.text('a');
      void socket.frame(OPCODE.text, 'b', { fin: false });
      void socket.frame(OPCODE.ping, 'in between');
      void socket.frame(OPCODE.continuation, 'c', { fin: false });
      void socket.frame(OPCODE.continuation, '', { fin: true });
      void socket.text(large);
      void socket.text('');
      socket.close(1000);
    });
    expect(await allOf(door().messages(own(`${url}/s`)))).toEqual(['a', 'bc', large, '']);
  });

  it('are asked for by name, with the headers of the source, uncompressed', async () => {
    const server = await place((socket) => socket.close(1001));
    const headers = { Authorization: 'Bearer k', 'User-Agent': 'somebody else' };
    await allOf(door().messages(own(`${server.url}/subscribe?x=1`, { headers })));
    expect(server.sockets[0]?.path).toBe('/subscribe?x=1');
    expect(server.sockets[0]?.headers).toMatchObject({
      authorization: 'Bearer k',
      'user-agent': 'Ronda/0.1.0 (+humas@polda.example)',
    });
    expect(server.sockets[0]?.headers['sec-websocket-extensions']).toBeUndefined();
  });

  it('come with pings answered, and the place is pinged when it is quiet', async () => {
    const { url } = await place((socket) => {
      void socket.frame(OPCODE.ping, 'Ronda?');
      const look = setInterval(() => {
        const heard = socket.received.map(({ opcode, payload }) => `${opcode} ${payload.toString()}`);
        if (!heard.includes(`${OPCODE.pong} Ronda?`) || !heard.includes(`${OPCODE.ping} `)) return;
        void socket.text('both');
        socket.close(1000);
      }, 5);
      socket.carrier.on('close', () => clearInterval(look));
    });
    expect(await allOf(door().messages(own(url, { idleMs: 600 })))).toEqual(['both']);
  });

  it('are waited for as long as the place answers pings', async () => {
    const { url } = await place((socket) => {
      let answered = 0;
      const look = setInterval(() => {
        const pings = socket.received.filter(({ opcode }) => opcode === OPCODE.ping).length;
        for (; answered < pings; answered++) void socket.frame(OPCODE.pong, '');
        if (answered >= 9) socket.close(1000);
      }, 5);
      socket.carrier.on('close', () => clearInterval(look));
    });
    expect(await allOf(door().messages(own(url, { idleMs: 300 })))).toEqual([]);
  });

  it('wait for their turn to connect, and hold none while they are open', async () => {
    const clock = new SimulatedClock();
    const start = clock.now();
    const at: number[] = [];
    const { url } = await place((socket) => {
      at.push((clock.now() - start) / 1_000);
      void socket.text('a');
    });
    const fetcher = door({ clock, limits: { perSecond: 1, burst: 1, concurrency: 1 } });
    for (let count = 0; count < 3; count++) {
      const messages = fetcher.messages(own(url))[Symbol.asyncIterator]();
      expect((await messages.next()).value).toBe('a');
    }
    expect(at).toEqual([0, 1, 2]);
  });
});

describe('a WebSocket that does not open', () => {
  const cases: [what: string, answer: Answer, kind: string, type: Type][] = [
    ['a page', body('isi'), 'not-a-stream', PermanentError],
    ['401', status(401), 'forbidden', PermanentError],
    ['404', status(404), 'not-found', PermanentError],
    ['500', status(500), 'server-error', RetryableError],
    ['429', status(429, { 'retry-after': '40' }), 'throttled', ThrottledError],
    ['503', status(503, { 'retry-after': '40' }), 'throttled', ThrottledError],
    ['a redirect', status(302, { location: 'http://169.254.169.254/' }), 'bad-redirect', PermanentError],
    ['a header bomb', body('', { 'x-bomb': 'x'.repeat(60_000) }), 'headers-too-large', PermanentError],
    ['headers that do not come', () => undefined, 'timeout', RetryableError],
    ['a hang-up', (_request, response) => void response.destroy(), 'connection-lost', RetryableError],
    ['no HTTP', (_request, response) => void response.socket?.end('hello'), 'bad-http', RetryableError],
  ];
  it.each(cases)('for %s has a kind of its own', async (_what, answer, kind, type) => {
    const server = await serve({ '/s': answer });
    closers.push(server.close);
    const url = `ws://127.0.0.1:${server.port}/s`;
    const [given, fault] = await readOf(own(url), door({ limits: { timeoutMs: 400 } }));
    expect([given, kindOf(fault), messageOf(fault)]).toEqual([[], kind, expect.stringContaining(url)]);
    expect(fault).toBeInstanceOf(type);
  });

  it.each<[what: string, headers: Readonly<Record<string, string>>, kind: string]>([
    ['a wrong key', { 'sec-websocket-accept': 'AAAA' }, 'bad-websocket'],
    ['another protocol', { upgrade: 'smtp' }, 'bad-websocket'],
    ['a subprotocol nobody asked for', { 'sec-websocket-protocol': 'x' }, 'bad-websocket'],
    ['compression nobody offered', { 'sec-websocket-extensions': 'permessage-deflate' }, 'unknown-encoding'],
    ['a header bomb', { 'x-bomb': 'x'.repeat(60_000) }, 'headers-too-large'],
  ])('for %s has a kind of its own', async (_what, headers, kind) => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000, 'x'));
    const server = await place((socket) => void socket.frame(OPCODE.text, bomb, { first: 0x40 }), headers);
    const [given, fault] = await readOf(own(server.url));
    expect([given, kindOf(fault)]).toEqual([[], kind]);
    await until('the connection is closed', () => server.sockets.every(({ carrier }) => carrier.destroyed));
  });

  it('to a place where nobody listens', async () => {
    const server = await place(() => undefined);
    await server.close();
    expect(kindOf((await readOf(own(server.url)))[1])).toBe('connection-refused');
  });

  it('over TLS to a place that does not speak it', async () => {
    const server = await place(() => undefined);
    const fault = (await readOf(own(`wss://127.0.0.1:${server.port}/`)))[1];
    expect([kindOf(fault), fault instanceof PermanentError]).toEqual(['tls', true]);
  });

  it('tells how long to wait, and the place is not asked before', async () => {
    const server = await serve({ '/s': status(429, { 'retry-after': '300' }) });
    closers.push(server.close);
    const fetcher = door();
    const ask = async () => (await readOf(own(`ws://127.0.0.1:${server.port}/s`), fetcher))[1];
    expect(await ask()).toMatchObject({ kind: 'throttled', retryAfterMs: 300_000 });
    expect(await ask()).toMatchObject({ kind: 'rate-limited', retryAfterMs: 300_000 });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a WebSocket that fails', () => {
  const frames =
    (...all: Buffer[]) =>
    (socket: ServedSocket) =>
      void socket.carrier.write(Buffer.concat(all));
  const cases: [what: string, act: (socket: ServedSocket) => void, kind: string, type: Type][] = [
    ['a cut connection', (socket) => void socket.text('a').then(socket.cut), 'stream-cut', RetryableError],
    [
      'an end without a word',
      (socket) => socket.carrier.end(frameOf(OPCODE.text, 'a')),
      'stream-cut',
      RetryableError,
    ],
    ['code 1011', (socket) => socket.close(1011, 'sakit'), 'stream-cut', RetryableError],
    ['code 4000', (socket) => socket.close(4000), 'stream-cut', RetryableError],
    ['a close frame without code', frames(frameOf(OPCODE.close, '')), 'stream-cut', RetryableError],
    ['silence', () => undefined, 'stream-idle', RetryableError],
    ['a binary message', (socket) => void socket.frame(OPCODE.binary, 'x'), 'binary-message', PermanentError],
    [
      'a message beyond the cap',
      (socket) => void socket.text('x'.repeat(3_000)),
      'message-too-large',
      PermanentError,
    ],
    [
      'a message announced beyond the cap',
      frames(frameOf(OPCODE.text, 'x'.repeat(70_000)).subarray(0, 100)),
      'message-too-large',
      PermanentError,
    ],
    [
      'fragments beyond the cap',
      frames(
        frameOf(OPCODE.text, 'x', false),
        ...Array<Buffer>(30).fill(frameOf(OPCODE.continuation, 'x'.repeat(100), false)),
      ),
      'message-too-large',
      PermanentError,
    ],
    [
      'fragments without number',
      frames(
        frameOf(OPCODE.text, 'x', false),
        ...Array<Buffer>(20_000).fill(frameOf(OPCODE.continuation, '', false)),
      ),
      'message-too-large',
      PermanentError,
    ],
    ['a compressed frame', frames(frameOf(OPCODE.text, 'x', true, 0x40)), 'bad-websocket', RetryableError],
    ['an unknown opcode', frames(frameOf(5, 'x')), 'bad-websocket', RetryableError],
    ['a masked frame', frames(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x61])), 'bad-websocket', RetryableError],
    ['malformed UTF-8', frames(frameOf(OPCODE.text, Buffer.from([0xff]))), 'bad-websocket', RetryableError],
    ['a large control frame', frames(frameOf(OPCODE.ping, 'x'.repeat(200))), 'bad-websocket', RetryableError],
    ['an invalid close code', (socket) => socket.close(1005), 'bad-websocket', RetryableError],
  ];
  it.each(cases)('by %s has a kind of its own, after what came before', async (_what, act, kind, type) => {
    const server = await place((socket) => void socket.text('before').then(() => act(socket)));
    const request = own(server.url, { maxMessageBytes: 2_000, idleMs: 400 });
    const [[first], fault] = await readOf(request);
    expect([first, kindOf(fault), messageOf(fault)]).toEqual([
      'before',
      kind,
      expect.stringContaining(server.url),
    ]);
    expect(fault).toBeInstanceOf(type);
    await until('the connection is closed', () => server.sockets.every(({ carrier }) => carrier.destroyed));
  });

  it('tells the code that the place closed with', async () => {
    const { url } = await place((socket) => socket.close(1013, 'coba\nnanti'));
    expect(messageOf((await readOf(own(url)))[1])).toContain('code 1013 "coba nanti"');
  });

  it('does not wait for a place that closes and stays on the line', async () => {
    const { url } = await place((socket) => void socket.frame(OPCODE.close, Buffer.from([0x03, 0xe8])));
    expect(await allOf(door().messages(own(url)))).toEqual([]);
  });
});

describe('who stops reading', () => {
  const talking = (socket: ServedSocket) => {
    void socket.text('a');
    void socket.text('b');
  };
  const gone = (server: SocketServer) =>
    until('the connection is closed', () => server.sockets.every(({ carrier }) => carrier.destroyed));

  it('by leaving the loop closes the connection, with a word', async () => {
    const server = await place(talking);
    for await (const _message of door().messages(own(server.url))) break;
    await gone(server);
    const last = server.sockets[0]?.received.at(-1);
    expect([last?.opcode, last?.payload.readUInt16BE(0)]).toEqual([OPCODE.close, 1000]);
  });

  it('by return() does, though a question is open', async () => {
    const server = await place((socket) => void socket.text('a'));
    const messages = door().messages(own(server.url))[Symbol.asyncIterator]();
    await messages.next();
    const asked = messages.next();
    await messages.return?.();
    expect(await asked).toEqual({ done: true, value: undefined });
    await gone(server);
  });

  it('by the signal is told its reason', async () => {
    const server = await place(talking);
    const stop = new AbortController();
    const messages = door()
      .messages(own(server.url, { signal: stop.signal }))
      [Symbol.asyncIterator]();
    await messages.next();
    stop.abort(new Error('enough'));
    await expect(messages.next()).rejects.toThrow('enough');
    await gone(server);
  });

  it('by the signal in the middle of the handshake', async () => {
    const server = await serve({ '/s': () => undefined });
    closers.push(server.close);
    const stop = new AbortController();
    const asked = allOf(door().messages(own(`ws://127.0.0.1:${server.port}/s`, { signal: stop.signal })));
    void until('the place is asked', () => server.seen.length > 0).then(() =>
      stop.abort(new Error('enough')),
    );
    await expect(asked).rejects.toThrow('enough');
  });

  it('at any moment leaves no connection and no timer behind', async () => {
    const server = await place((socket) => void socket.text('a'));
    const fetcher = door({ limits: { concurrency: 50, maxStreams: 50 } });
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const begun = Array.from({ length: 50 }, async (_, moment) => {
      const stream = fetcher.messages(own(server.url, { idleMs: 60_000 }))[Symbol.asyncIterator]();
      const asked = stream.next();
      for (let turn = 0; turn < moment; turn++) await new Promise((resolve) => setImmediate(resolve));
      await stream.return?.();
      await asked;
    });
    await Promise.all(begun);
    await until('all connections are closed', () => server.sockets.every(({ carrier }) => carrier.destroyed));
    await until('all timers are gone', () => timers() <= before);
  });

  it('at the very moment that it opens, before anybody holds it', async () => {
    const server = await place((socket) => void socket.text('a'));
    const messages = door().messages(own(server.url))[Symbol.asyncIterator]();
    const stop = () => void messages.return?.();
    subscribe('undici:websocket:open', stop);
    try {
      expect(await messages.next()).toEqual({ done: true, value: undefined });
    } finally {
      unsubscribe('undici:websocket:open', stop);
    }
    await until('a connection was made', () => server.sockets.length === 1);
    await gone(server);
  });

  it('by closing the door', async () => {
    const server = await place((socket) => void socket.text('a'));
    const fetcher = door();
    const messages = fetcher.messages(own(server.url))[Symbol.asyncIterator]();
    await messages.next();
    const asked = faultOf(messages.next());
    await fetcher.close();
    expect(kindOf(await asked)).toBe('closed');
    await gone(server);
  });
});

describe('a place that sends faster than is read', () => {
  it('is held back, and loses nothing', async () => {
    const message = 'x'.repeat(10_000);
    const total = 6_000;
    let sent = 0;
    const { url } = await place(async (socket) => {
      // Many at a time, so that one piece off the socket holds several.
      const batch = Buffer.concat(Array<Buffer>(20).fill(frameOf(OPCODE.text, message)));
      for (; sent < total && !socket.carrier.destroyed; sent += 20) {
        await new Promise((resolve) => void socket.carrier.write(batch, resolve));
      }
      socket.close(1000);
    });
    const request = own(url, { maxBufferedBytes: 100_000, idleMs: 300 });
    const messages = door().messages(request)[Symbol.asyncIterator]();
    await messages.next();
    let before = -1;
    await until('the place is held back', async () => {
      const same = sent === before;
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return same && sent === before;
    });
    expect(sent).toBeLessThan(total / 2);
    let read = 1;
    while ((await messages.next()).done !== true) read += 1;
    expect(read).toBe(total);
  });
});
