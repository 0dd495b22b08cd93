import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { kindOf, messageOf, PermanentError } from '../../src/core/errors.js';
import type { Fetcher } from '../../src/core/fetch-ports.js';
import { nextHop } from '../../src/fetch/redirects.js';
import { allOf, faultOf, socketsOf } from '../support/doors.js';
import { opened } from '../support/opened.js';
import { status } from '../support/web-server.js';

/** The three ways through the door; whatever one refuses, the others refuse by the same kind. */
const WAYS = {
  fetch: {
    scheme: 'http',
    go: (door: Fetcher, url: string, allowPrivate: boolean): Promise<unknown> =>
      door.fetch({ url, allowPrivate, robots: false, timeoutMs: 5_000 }),
  },
  events: {
    scheme: 'http',
    go: (door: Fetcher, url: string, allowPrivate: boolean): Promise<unknown> =>
      allOf(door.events({ url, allowPrivate, idleMs: 5_000 })),
  },
  messages: {
    scheme: 'ws',
    go: (door: Fetcher, url: string, allowPrivate: boolean): Promise<unknown> =>
      allOf(door.messages({ url, allowPrivate, idleMs: 5_000 })),
  },
} as const;
type Way = keyof typeof WAYS;
const ways = Object.keys(WAYS) as Way[];

const { closers, web, door } = opened();

/** Expects a fault of this kind for good, and that nobody was called. */
async function expectRefused(kind: string, work: () => Promise<unknown>): Promise<string> {
  let fault: unknown;
  const sockets = await socketsOf(async () => {
    fault = await faultOf(work());
  });
  expect([kindOf(fault), fault instanceof PermanentError, sockets]).toEqual([kind, true, 0]);
  return messageOf(fault);
}

describe.each(ways)('an address given to %s', (way) => {
  const { scheme, go } = WAYS[way];

  it.each<[what: string, host: string, resolved: readonly string[]]>([
    ['loopback', '127.0.0.1', []],
    ['decimal', '2130706433', []],
    ['octal', '0177.0.0.1', []],
    ['hexadecimal', '0x7f.0.0.1', []],
    ['hexadecimal in one', '0x7f000001', []],
    ['short', '127.1', []],
    ['with a trailing dot', '127.0.0.1.', []],
    ['decimal with a trailing dot', '2130706433.', []],
    ['percent-encoded', '%31%32%37.0.0.1', []],
    ['in circled digits', '①②⑦.⓪.⓪.①', []],
    ['in full-width digits', '１２７.０.０.１', []],
    ['with ideographic full stops', '127。0。0。1', []],
    ['unspecified', '0.0.0.0', []],
    ['zero', '0', []],
    ['mapped', '[::ffff:127.0.0.1]', []],
    ['mapped, in hexadecimal', '[::ffff:7f00:1]', []],
    ['unspecified IPv6', '[::]', []],
    ['unique local', '[fd12:3456::1]', []],
    ['link-local', '[fe80::1]', []],
    ['NAT64 of a private one', '[64:ff9b::10.0.0.5]', []],
    ['6to4 of a private one', '[2002:a00:5::]', []],
    ['a name of loopback', 'localhost', ['127.0.0.1', '::1']],
    ['a name with a trailing dot', 'localhost.', ['127.0.0.1']],
    ['a name in Unicode', 'ｌｏｃａｌｈｏｓｔ', ['127.0.0.1']],
    ['a name of a private one', 'dalam.example', ['10.0.0.5']],
    ['a name of a public and a private one', 'campur.example', ['93.184.216.34', '10.0.0.5']],
    ['a name of a mapped one', 'terpetakan.example', ['::ffff:10.0.0.5']],
    ['a name of link-local', 'sambung.example', ['fe80::1%eth0']],
    ['a name of a NAT64 one', 'nat.example', ['64:ff9b::7f00:1']],
  ])('%s is refused before any socket is opened', async (_what, host, resolved) => {
    const server = await web({});
    const fetcher = door({ resolver: () => Promise.resolve(resolved) });
    await expectRefused('forbidden-address', () =>
      go(fetcher, `${scheme}://${host}:${server.port}/a`, false),
    );
    expect(server.seen).toEqual([]);
  });

  it.each<[what: string, host: string, resolved: readonly string[]]>([
    ['metadata of a cloud', '169.254.169.254', []],
    ['metadata, mapped', '[::ffff:169.254.169.254]', []],
    ['metadata, decimal', '2852039166', []],
    ['a name of metadata', 'awan.example', ['169.254.169.254']],
    ['multicast', '224.0.0.1', []],
    ['unspecified', '0.0.0.0', []],
  ])('%s is refused even where private ones are meant', async (_what, host, resolved) => {
    const fetcher = door({ resolver: () => Promise.resolve(resolved) });
    await expectRefused('forbidden-address', () => go(fetcher, `${scheme}://${host}/a`, true));
  });

  it('that turns private at the second answer (DNS rebinding) is refused then', async () => {
    const server = await web({ '/a': status(404) });
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    let asked = 0;
    const fetcher = door({ resolver: () => Promise.resolve(answers[Math.min(asked++, 1)] ?? []) });
    const url = `${scheme}://rebind.example:${server.port}/a`;
    expect(kindOf(await faultOf(go(fetcher, url, true)))).toBe('not-found');
    expect([asked, server.seen.length]).toEqual([1, 1]);
    server.dropConnections();
    await expectRefused('forbidden-address', () => go(fetcher, url, true));
    expect([asked, server.seen.length]).toEqual([2, 1]);
  });

  it.each<[what: string, url: string, kind: string]>([
    ['file:', 'file:///etc/passwd', 'forbidden-scheme'],
    ['ftp:', 'ftp://site.example/', 'forbidden-scheme'],
    ['data:', 'data:text/event-stream,data:x', 'forbidden-scheme'],
    ['javascript:', 'javascript:alert(1)', 'forbidden-scheme'],
    ['blob:', 'blob:http://site.example/1', 'forbidden-scheme'],
    ['mail', 'SCHEME://site.example:25/', 'forbidden-port'],
    ['SSH', 'SCHEME://site.example:22/', 'forbidden-port'],
    ['port 0', 'SCHEME://site.example:0/', 'forbidden-port'],
    ['a port beyond all', 'SCHEME://site.example:65536/', 'bad-url'],
    ['nothing', '', 'bad-url'],
    ['no URL', '//site.example/', 'bad-url'],
    ['a host of illegal characters', 'SCHEME://si te.example/', 'bad-url'],
    ['a URL without end', `SCHEME://site.example/${'x'.repeat(5_000)}`, 'bad-url'],
  ])('%s is refused', async (_what, url, kind) => {
    const fetcher = door({ resolver: () => Promise.resolve(['93.184.216.34']) });
    await expectRefused(kind, () => go(fetcher, url.replace('SCHEME', scheme), true));
  });

  it.each<[what: string, url: string, kind: string]>([
    ['a name and password', 'SCHEME://warga:RAHASIA@site.example/', 'forbidden-credentials'],
    ['a name', 'SCHEME://RAHASIA@site.example/', 'forbidden-credentials'],
    ['a password', 'SCHEME://:RAHASIA@site.example/', 'forbidden-credentials'],
    [
      'credentials that are told by an @ too many',
      'SCHEME://a@RAHASIA@site.example/',
      'forbidden-credentials',
    ],
    ['credentials in a URL that is none', 'SCHEME://warga:RAHASIA@site.example:99999/', 'bad-url'],
    ['credentials with a slash', 'SCHEME://warga:RAH/ASIA@site.example:x/', 'bad-url'],
    ['a key in a URL that is none', 'SCHEME://site.example:x/?api_key=RAHASIA', 'bad-url'],
  ])('with %s is refused, and they are not told', async (_what, url, kind) => {
    const fetcher = door({ resolver: () => Promise.resolve(['93.184.216.34']) });
    const message = await expectRefused(kind, () => go(fetcher, url.replace('SCHEME', scheme), false));
    expect(message).not.toMatch(/RAH|ASIA/);
  });
});

describe('schemes', () => {
  it.each<[way: Way, url: string]>([
    ['fetch', 'ws://site.example/'],
    ['events', 'wss://site.example/'],
    ['messages', 'https://site.example/'],
  ])('of another way are refused by %s', async (way, url) => {
    const fetcher = door({ resolver: () => Promise.resolve(['93.184.216.34']) });
    await expectRefused('forbidden-scheme', () => WAYS[way].go(fetcher, url, true));
  });
});

describe('a redirect of a stream', () => {
  it.each<[target: string, kind: string]>([
    ['file:///etc/passwd', 'forbidden-scheme'],
    ['ftp://127.0.0.1/', 'forbidden-scheme'],
    ['data:text/event-stream,data:x', 'forbidden-scheme'],
    ['ws://127.0.0.1/', 'forbidden-scheme'],
    ['http://169.254.169.254/latest/meta-data/', 'forbidden-address'],
    ['http://[::ffff:169.254.169.254]/', 'forbidden-address'],
    ['http://2852039166/', 'forbidden-address'],
    ['http://metadata.example/', 'forbidden-address'],
    ['http://127.0.0.1:22/', 'forbidden-port'],
    ['http://admin:admin@127.0.0.1/', 'forbidden-credentials'],
    ['http://127.0.0.1:99999/', 'bad-redirect'],
    ['/s', 'redirect-loop'],
  ])('to %s is %s, and nobody else is called', async (target, kind) => {
    const server = await web({ '/s': status(302, { location: target }) });
    const fetcher = door({ resolver: () => Promise.resolve(['169.254.169.254']) });
    let fault: unknown;
    const sockets = await socketsOf(async () => {
      fault = await faultOf(allOf(fetcher.events({ url: `${server.url}/s`, allowPrivate: true })));
    });
    expect([kindOf(fault), sockets, server.seen.length]).toEqual([kind, 1, 1]);
  });
});

describe('a redirect from https to http', () => {
  const from = { url: new URL('https://site.example/a'), method: 'GET', headers: {} } as const;

  it('is refused', async () => {
    const refused = Promise.resolve().then(() => nextHop(from, 301, { location: 'http://site.example/a' }));
    expect(kindOf(await faultOf(refused))).toBe('insecure-redirect');
  });

  it('is followed to a robots.txt, where the caller says so', () => {
    const { url } = nextHop(from, 301, { location: 'http://site.example/robots.txt' }, true) ?? {};
    expect(url?.href).toBe('http://site.example/robots.txt');
  });

  it('is none from http to https, or to a path', () => {
    const plain = { ...from, url: new URL('http://site.example/a') };
    expect(nextHop(plain, 301, { location: 'https://site.example/a' })?.url.href).toBe(
      'https://site.example/a',
    );
    expect(nextHop(from, 301, { location: '/b' })?.url.href).toBe('https://site.example/b');
  });
});

describe.each(ways)('what a hostile place sends to %s', (way) => {
  const { scheme, go } = WAYS[way];
  const BOMB = 'x'.repeat(1_000);

  /** A server that answers every connection with the same bytes for ever, as fast as they are taken. */
  async function endless(head: string, piece: string): Promise<{ port: number; sent: () => number }> {
    let sent = 0;
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write(head);
        const more = (): void => {
          if (socket.destroyed) return;
          sent += piece.length;
          socket.write(piece, () => setImmediate(more));
        };
        more();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    });
    return { port: (server.address() as AddressInfo).port, sent: () => sent };
  }

  it.each<[what: string, head: string, piece: string, kind: string]>([
    ['headers without end', 'HTTP/1.1 200 OK\r\n', `x-bomb: ${BOMB}\r\n`, 'headers-too-large'],
    ['one header without end', 'HTTP/1.1 200 OK\r\nx-bomb: ', BOMB, 'headers-too-large'],
    ['header names without end', 'HTTP/1.1 200 OK\r\n', BOMB, 'headers-too-large'],
  ])('%s is stopped', async (_what, head, piece, kind) => {
    const place = await endless(head, piece);
    const fault = await faultOf(go(door(), `${scheme}://127.0.0.1:${place.port}/`, true));
    expect(kindOf(fault)).toBe(kind);
    expect(place.sent()).toBeLessThan(50_000_000);
  });

  if (way === 'messages') return;
  const type = way === 'events' ? 'content-type: text/event-stream\r\n' : '';
  const tooLarge = way === 'events' ? 'message-too-large' : 'body-too-large';
  it.each<[what: string, head: string, piece: string]>([
    [
      'a body announced as 10 GB',
      `HTTP/1.1 200 OK\r\n${type}content-length: 10737418240\r\n\r\n`,
      'x'.repeat(65_536),
    ],
    ['a body without end', `HTTP/1.1 200 OK\r\n${type}\r\n`, 'x'.repeat(65_536)],
    [
      'chunks without end',
      `HTTP/1.1 200 OK\r\n${type}transfer-encoding: chunked\r\n\r\n`,
      `10000\r\n${'x'.repeat(65_536)}\r\n`,
    ],
    [
      'one byte a chunk without end',
      `HTTP/1.1 200 OK\r\n${type}transfer-encoding: chunked\r\n\r\n`,
      '1\r\nx\r\n'.repeat(2_000),
    ],
  ])('%s is stopped at the cap', async (_what, head, piece) => {
    const place = await endless(head, piece);
    const fetcher = door({ limits: { maxBytes: 500_000 } });
    const url = `http://127.0.0.1:${place.port}/`;
    const work =
      way === 'events'
        ? allOf(fetcher.events({ url, allowPrivate: true, maxMessageBytes: 500_000 }))
        : fetcher.fetch({ url, allowPrivate: true, robots: false });
    expect(kindOf(await faultOf(work))).toBe(tooLarge);
    expect(place.sent()).toBeLessThan(50_000_000);
  });
});
