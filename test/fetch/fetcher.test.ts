import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { kindOf, messageOf, PermanentError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import type { ConditionalStore, FetchRequest } from '../../src/core/fetch-ports.js';
import { faultOf, socketsOf } from '../support/doors.js';
import { opened } from '../support/opened.js';
import { type Answer, body, serve, status } from '../support/web-server.js';

type Type = abstract new (...values: never[]) => Error;

const { web, door } = opened();

class Facts implements ConditionalStore {
  readonly kept = new Map<string, { etag?: string; lastModified?: string }>();
  getConditional(url: string) {
    return this.kept.get(url);
  }
  setConditional(url: string, facts: { etag?: string; lastModified?: string }) {
    this.kept.set(url, facts);
  }
}

const own = (url: string, more: Partial<FetchRequest> = {}): FetchRequest => ({
  url,
  allowPrivate: true,
  ...more,
});

describe('a fetch', () => {
  it('gives the body, and the headers without credentials', async () => {
    const headers = {
      'content-type': 'text/plain; charset=latin1',
      'Set-Cookie': ['a=1', 'b=2'],
      'X-Api-Key': 'k',
      'X-Two': ['1', '2'],
    };
    const { url } = await web({ '/a': body(Buffer.from('caf\xe9', 'latin1'), headers) });
    const response = await door().fetch(own(`${url}/a#part`));
    expect(response).toMatchObject({ url: `${url}/a`, status: 200, notModified: false });
    expect(response.text()).toBe('café');
    expect(response.headers).toMatchObject({ 'content-type': 'text/plain; charset=latin1', 'x-two': '1, 2' });
    expect(Object.keys(response.headers)).not.toContain('set-cookie');
    expect(Object.keys(response.headers)).not.toContain('x-api-key');
  });

  it('says who asks', async () => {
    const server = await web({ '/a': body('x') });
    await door({ contact: 'humas@polda.example (Humas)\r\nX-Evil: 1' }).fetch(own(`${server.url}/a`));
    const agents = new Set(server.seen.map(({ headers }) => headers['user-agent']));
    expect([...agents]).toEqual([
      expect.stringMatching(/^Ronda\/0\.1\.0 \(\+humas@polda\.example\s+Humas\s+X-Evil: 1\)$/),
    ]);
  });

  it('posts a body', async () => {
    const server = await web({ '/api': ({ body: sent }, response) => void response.end(sent.toUpperCase()) });
    const response = await door().fetch(own(`${server.url}/api`, { method: 'POST', body: 'halo' }));
    expect(response.text()).toBe('HALO');
  });

  it.each<[name: string, encoding: string, encode: (plain: Buffer) => Buffer]>([
    ['gzip', 'gzip', gzipSync],
    ['brotli', 'br', brotliCompressSync],
    ['deflate', 'deflate', deflateSync],
    ['raw deflate', 'deflate', deflateRawSync],
    ['two layers', 'gzip, br', (plain) => brotliCompressSync(gzipSync(plain))],
    ['none by name', 'identity', (plain) => plain],
  ])('decodes %s', async (_name, encoding, encode) => {
    const plain = Buffer.from('isi '.repeat(50_000));
    const { url } = await web({ '/a': body(encode(plain), { 'content-encoding': encoding }) });
    expect((await door().fetch(own(`${url}/a`))).body.equals(plain)).toBe(true);
  });

  it('stops what is under way when the caller does', async () => {
    const { url } = await web({ '/slow': () => undefined });
    const stop = new AbortController();
    const work = door().fetch(own(`${url}/slow`, { signal: stop.signal, robots: false }));
    setImmediate(() => stop.abort(new Error('enough')));
    await expect(work).rejects.toThrow('enough');
  });

  it('stops what is under way when it is closed', async () => {
    const server = await web({ '/slow': () => undefined });
    const fetcher = door();
    const work = faultOf(fetcher.fetch(own(`${server.url}/slow`, { robots: false })));
    setImmediate(() => void fetcher.close());
    expect(kindOf(await work)).toBe('closed');
  });
});

describe('a bad answer', () => {
  const endless: Answer = (_request, response) => {
    response.writeHead(200);
    const more = (): void => {
      if (!response.destroyed) response.write(Buffer.alloc(65_536, 'x'), () => setImmediate(more));
    };
    more();
  };
  const zeros = gzipSync(Buffer.alloc(50_000_000));
  const cases: [name: string, answer: Answer, kind: string, type: Type][] = [
    ['a gzip bomb', body(zeros, { 'content-encoding': 'gzip' }), 'body-too-large', PermanentError],
    [
      'a bomb in a bomb',
      body(gzipSync(zeros), { 'content-encoding': 'gzip, gzip' }),
      'body-too-large',
      PermanentError,
    ],
    ['an endless body', endless, 'body-too-large', PermanentError],
    ['a body beyond the cap', body(Buffer.alloc(1_000_001)), 'body-too-large', PermanentError],
    ['a header bomb', body('x', { 'x-bomb': 'x'.repeat(60_000) }), 'headers-too-large', PermanentError],
    ['an unknown encoding', body('x', { 'content-encoding': 'zip' }), 'unknown-encoding', PermanentError],
    [
      'many layers',
      body('x', { 'content-encoding': 'gzip, gzip, gzip, gzip' }),
      'unknown-encoding',
      PermanentError,
    ],
    ['gzip that is none', body('not gzip', { 'content-encoding': 'gzip' }), 'body-broken', RetryableError],
    [
      'gzip cut off',
      body(gzipSync('x'.repeat(9_999)).subarray(0, 20), { 'content-encoding': 'gzip' }),
      'body-broken',
      RetryableError,
    ],
    [
      'half a body',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => response.destroy());
      },
      'connection-lost',
      RetryableError,
    ],
    ['no answer', (_request, response) => void response.destroy(), 'connection-lost', RetryableError],
    [
      'an answer that is no HTTP',
      ({ path }, response) => void response.socket?.end(`hello ${path}`),
      'bad-http',
      RetryableError,
    ],
    ['401', status(401), 'forbidden', PermanentError],
    ['403', status(403), 'forbidden', PermanentError],
    ['404', status(404), 'not-found', PermanentError],
    ['410', status(410), 'gone', PermanentError],
    ['418', status(418), 'bad-status', PermanentError],
    ['304 that nobody asked for', status(304), 'bad-status', PermanentError],
    ['500', status(500), 'server-error', RetryableError],
    ['503 without a time', status(503), 'server-error', RetryableError],
    ['429', status(429), 'throttled', ThrottledError],
    ['a redirect to nowhere', status(302), 'bad-redirect', PermanentError],
    ['a redirect to itself', status(302, { location: '/a' }), 'redirect-loop', PermanentError],
  ];
  it.each(cases)('%s has a kind of its own', async (_name, answer, kind, type) => {
    const { url } = await web({ '/a': answer });
    const fault = await faultOf(door().fetch(own(`${url}/a`, { maxBytes: 1_000_000 })));
    expect([kindOf(fault), messageOf(fault)]).toEqual([kind, expect.stringContaining(`${url}/a`)]);
    expect(fault).toBeInstanceOf(type);
  });

  it('a status that the caller reads itself is an answer with its body; the others stay faults', async () => {
    const because: Answer = (_request, response) => void response.writeHead(400).end('{"error":"X"}');
    const { url } = await web({ '/a': because, '/b': status(404) });
    const fetcher = door();
    const answer = await fetcher.fetch(own(`${url}/a`, { acceptStatuses: [400] }));
    expect([answer.status, answer.text()]).toEqual([400, '{"error":"X"}']);
    const fault = await faultOf(fetcher.fetch(own(`${url}/b`, { acceptStatuses: [400] })));
    expect(kindOf(fault)).toBe('not-found');
  });

  const slow: [name: string, answer: Answer, kind: string][] = [
    ['headers that do not come', () => undefined, 'headers-timeout'],
    ['a body that stops', (_request, response) => void response.writeHead(200).write('x'), 'body-timeout'],
    [
      'a body that drips for ever',
      (_request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(drip));
      },
      'timeout',
    ],
  ];
  it.each(slow)('%s has a kind of its own', async (_name, answer, kind) => {
    const { url } = await web({ '/a': answer });
    const fetcher = door({ limits: { headersTimeoutMs: 300, bodyTimeoutMs: 300 } });
    const fault = await faultOf(fetcher.fetch(own(`${url}/a`, { timeoutMs: 1_500 })));
    expect(kindOf(fault)).toBe(kind);
    expect(fault).toBeInstanceOf(RetryableError);
  });

  it('is a TLS fault where TLS is spoken to plain HTTP', async () => {
    const { port } = await web({});
    const fault = await faultOf(door().fetch(own(`https://127.0.0.1:${port}/`, { robots: false })));
    expect([kindOf(fault), fault instanceof PermanentError]).toEqual(['tls', true]);
  });

  it('is a refused connection where nobody listens', async () => {
    const server = await serve({});
    await server.close();
    const fault = await faultOf(door().fetch(own(server.url, { robots: false })));
    expect([kindOf(fault), fault instanceof RetryableError]).toEqual(['connection-refused', true]);
  });

  it.each<[name: string, resolver: () => Promise<readonly string[]>, kind: string]>([
    [
      'a name that nobody knows',
      () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })),
      'dns',
    ],
    ['a name without address', () => Promise.resolve([]), 'dns'],
    ['a resolver that never answers', () => new Promise(() => undefined), 'connect-timeout'],
  ])('%s has a kind of its own', async (_name, resolver, kind) => {
    const fetcher = door({ resolver, limits: { connectTimeoutMs: 200 } });
    const fault = await faultOf(fetcher.fetch({ url: 'https://site.example/', robots: false }));
    expect([kindOf(fault), fault instanceof RetryableError]).toEqual([kind, true]);
  });

  it('does not tell secrets of the address', async () => {
    const { url } = await web({});
    const secret = `${url}/api?q=banjir&api_key=RAHASIA-1&access_token=RAHASIA-2`;
    const message = messageOf(await faultOf(door().fetch(own(secret))));
    expect(message).toContain('q=banjir');
    expect(message).not.toContain('RAHASIA');
  });
});

describe('redirects', () => {
  it('are followed, and the last URL is told', async () => {
    const server = await web({
      '/a': status(301, { location: 'b?x=1' }),
      '/b': status(307, { location: '/c' }),
      '/c': body('there'),
    });
    const response = await door().fetch(own(`${server.url}/a`));
    expect([response.url, response.text()]).toEqual([`${server.url}/c`, 'there']);
  });

  it('are counted', async () => {
    const hops = Array.from(
      { length: 9 },
      (_, index) => [`/${index}`, status(302, { location: `/${index + 1}` })] as const,
    );
    const server = await web(Object.fromEntries(hops));
    expect(kindOf(await faultOf(door().fetch(own(`${server.url}/0`))))).toBe('redirect-loop');
    expect(server.pages()).toHaveLength(6);
  });

  it('take no keys to another origin, and no body', async () => {
    const other = await web({ '/b': body('x') });
    const server = await web({
      '/a': status(302, { location: `${other.url}/b` }),
      '/same': status(302, { location: '/there' }),
      '/there': body('x'),
      '/post': status(307, { location: `${other.url}/b` }),
    });
    const fetcher = door();
    const headers = { Authorization: 'Bearer k', Accept: 'text/html' };
    await fetcher.fetch(own(`${server.url}/a`, { headers }));
    const arrived = other.seen.find(({ path }) => path === '/b')?.headers;
    expect([arrived?.authorization, arrived?.accept]).toEqual([undefined, 'text/html']);
    await fetcher.fetch(own(`${server.url}/same`, { headers }));
    expect(server.seen.find(({ path }) => path === '/there')?.headers.authorization).toBe('Bearer k');
    const post = fetcher.fetch(own(`${server.url}/post`, { method: 'POST', body: 'rahasia' }));
    expect(kindOf(await faultOf(post))).toBe('bad-redirect');
    expect(other.pages()).toEqual(['GET /b']);
  });

  it.each<[target: string, kind: string]>([
    ['http://169.254.169.254/latest/meta-data/', 'forbidden-address'],
    ['http://169.254.0.1/', 'forbidden-address'],
    ['http://[::ffff:169.254.169.254]/', 'forbidden-address'],
    ['http://[fe80::1]/', 'forbidden-address'],
    ['http://2852039166/', 'forbidden-address'],
    ['http://0251.0376.0251.0376/', 'forbidden-address'],
    ['http://0xa9.0xfe.0xa9.0xfe/', 'forbidden-address'],
    ['http://0/', 'forbidden-address'],
    ['http://metadata.example/', 'forbidden-address'],
    ['file:///etc/passwd', 'forbidden-scheme'],
    ['ftp://127.0.0.1/', 'forbidden-scheme'],
    ['gopher://127.0.0.1:6379/_FLUSHALL', 'forbidden-scheme'],
    ['data:text/plain,x', 'forbidden-scheme'],
    ['http://admin:admin@127.0.0.1/', 'forbidden-credentials'],
  ])('to %s are %s, even where private addresses are meant', async (target, kind) => {
    const server = await web({ '/a': status(302, { location: target }) });
    const fetcher = door({ resolver: () => Promise.resolve(['169.254.169.254']) });
    await fetcher.fetch(own(`${server.url}/warm`)).catch(() => undefined);
    const sockets = await socketsOf(async () => {
      expect(kindOf(await faultOf(fetcher.fetch(own(`${server.url}/a`))))).toBe(kind);
    });
    expect(sockets).toBe(0);
  });
});

describe('addresses', () => {
  it.each<[host: string, resolved: readonly string[]]>([
    ['127.0.0.1', []],
    ['127.1', []],
    ['2130706433', []],
    ['0x7f000001', []],
    ['017700000001', []],
    ['[::1]', []],
    ['[::ffff:127.0.0.1]', []],
    ['[64:ff9b::127.0.0.1]', []],
    ['[2002:7f00:1::]', []],
    ['10.1.2.3', []],
    ['localhost', ['127.0.0.1']],
    ['dalam.example', ['10.0.0.5']],
    ['campur.example', ['93.184.216.34', '192.168.0.9']],
    ['enam.example', ['fd00::5']],
    ['terpetakan.example', ['::ffff:10.0.0.5']],
    ['awan.example', ['169.254.169.254']],
    ['jamak.example', ['224.0.0.251']],
    ['rusak.example', ['bukan alamat']],
  ])('of %s are refused before any socket is opened', async (host, resolved) => {
    const server = await web({ '/a': body('secret') });
    const fetcher = door({ resolver: () => Promise.resolve(resolved) });
    for (const robots of [true, false]) {
      const sockets = await socketsOf(async () => {
        const fault = await faultOf(fetcher.fetch({ url: `http://${host}:${server.port}/a`, robots }));
        expect([kindOf(fault), fault instanceof PermanentError]).toEqual(['forbidden-address', true]);
      });
      expect(sockets).toBe(0);
    }
    expect(server.seen).toEqual([]);
  });

  it('are counted by the same means where they are allowed', async () => {
    const server = await web({ '/a': body('x') });
    const sockets = await socketsOf(() => door().fetch(own(`${server.url}/a`)));
    expect(sockets).toBeGreaterThan(0);
  });

  it('are those that were checked, however the name is answered next (DNS rebinding)', async () => {
    const server = await web({ '/a': body('first', { connection: 'close' }) });
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    let asked = 0;
    const resolver = () => Promise.resolve(answers[Math.min(asked++, 1)] ?? []);
    const fetcher = door({ resolver });
    const request = own(`http://rebind.example:${server.port}/a`, { robots: false });
    expect((await fetcher.fetch(request)).text()).toBe('first');
    expect(asked).toBe(1);
    const sockets = await socketsOf(async () => {
      expect(kindOf(await faultOf(fetcher.fetch(request)))).toBe('forbidden-address');
    });
    expect([asked, sockets]).toEqual([2, 0]);
  });

  it('allowed to one source are not lent to another by a connection that is kept open', async () => {
    const server = await web({ '/a': body('x') });
    const fetcher = door({ resolver: () => Promise.resolve(['127.0.0.1']) });
    const url = `http://warga.example:${server.port}/a`;
    await fetcher.fetch(own(url));
    expect(kindOf(await faultOf(fetcher.fetch({ url })))).toBe('forbidden-address');
    expect(server.pages()).toHaveLength(1);
  });
});

describe('conditional requests', () => {
  const etag: Answer = ({ headers }, response) => {
    const known = headers['if-none-match'] === '"v1"';
    response.writeHead(known ? 304 : 200, { etag: '"v1"', 'last-modified': 'Sun, 22 Nov 2026 04:00:00 GMT' });
    response.end(known ? undefined : 'isi');
  };

  it('go out once the caller has committed what came before, not earlier', async () => {
    const server = await web({ '/feed': etag });
    const conditional = new Facts();
    const ask = () => door({ conditional }).fetch(own(`${server.url}/feed`, { conditional: true }));
    const first = await ask();
    expect((await ask()).notModified).toBe(false);
    first.commitConditional();
    const third = await ask();
    expect([third.notModified, third.status, third.body.length]).toEqual([true, 304, 0]);
    expect(conditional.kept.get(`${server.url}/feed`)).toEqual({
      etag: '"v1"',
      lastModified: 'Sun, 22 Nov 2026 04:00:00 GMT',
    });
    expect(server.seen.at(-1)?.headers['if-modified-since']).toBe('Sun, 22 Nov 2026 04:00:00 GMT');
  });

  it('keep no address that carries a secret', async () => {
    const server = await web({ '/feed': etag });
    const conditional = new Facts();
    const response = await door({ conditional }).fetch(
      own(`${server.url}/feed?token=RAHASIA`, { conditional: true }),
    );
    response.commitConditional();
    expect([...conditional.kept.keys()]).toEqual([]);
  });
});
