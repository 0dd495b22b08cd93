import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, request } from 'node:http';
import { get as getTls } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kindSchemas } from '../../src/compose.js';
import { linkAddress } from '../../src/compose-desk.js';
import { parseConfig } from '../../src/config.js';
import { readTlsFiles } from '../../src/files/tls-files.js';
import { isSchedule } from '../../src/pipeline/schedule.js';
import { listen } from '../../src/web/listen.js';
import { deskAppRig } from '../support/desk-app.js';

/** Where the desk can be reached from, and how: loopback, its own TLS, a stated proxy; and what a server is sent. */

function configOf(desk: Record<string, unknown>) {
  return parseConfig({
    document: { desk },
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    isSchedule,
  });
}

function hasOpenssl(): boolean {
  if (spawnSync('openssl', ['version']).status === 0) return true;
  if (process.env.RONDA_TEST_REQUIRE === '1') {
    throw new Error('openssl is not installed, and RONDA_TEST_REQUIRE=1 allows no skip');
  }
  process.stderr.write('SKIPPED: tests of the desk over TLS, because openssl is not installed\n');
  return false;
}

describe('the configuration', () => {
  it.each(['0.0.0.0', '::', '192.0.2.4', 'meja.example'])(
    'refuses %s without TLS or a proxy, and says what to do',
    (host) => {
      expect(() => configOf({ host })).toThrow(/desk\.host: found.*desk\.tls.*cert.*desk\.proxy.*names/s);
    },
  );

  it.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost'])('takes %s as it is', (host) => {
    expect(configOf({ host }).desk.host).toBe(host);
  });

  it.each([
    [{ proxy: { addresses: ['satu'], names: ['a.example'] } }, /desk\.proxy\.addresses/],
    [{ proxy: { addresses: ['192.0.2.1'], names: [] } }, /desk\.proxy\.names/],
    [{ proxy: { addresses: ['192.0.2.1'], names: ['https://a.example'] } }, /desk\.proxy\.names/],
    [{ tls: { cert: 'a.pem' } }, /desk\.tls\.key/],
  ])('refuses %j', (desk, message) => {
    expect(() => configOf(desk)).toThrow(message);
  });

  it('names the desk in one-time links as it is reached', () => {
    expect(linkAddress(configOf({}), 'x')).toBe('http://127.0.0.1:8478/welcome/x');
    expect(linkAddress(configOf({ host: '::1', port: 9 }), 'x')).toBe('http://[::1]:9/welcome/x');
    const proxy = { addresses: ['10.0.0.0/8'], names: ['meja.example', 'desk.example'] };
    expect(linkAddress(configOf({ host: '0.0.0.0', proxy }), 'x')).toBe('https://meja.example/welcome/x');
  });
});

describe('behind a proxy', () => {
  const rig = deskAppRig({
    document: {
      desk: { host: '0.0.0.0', proxy: { addresses: ['10.1.0.0/16', '::1'], names: ['meja.example'] } },
    },
  });
  afterAll(() => rig.close());
  const ask = (peer: string, headers: Record<string, string> = {}) =>
    Promise.resolve(
      rig.desk.request(
        'http://meja.example/login',
        { headers: { host: 'meja.example', ...headers } },
        { incoming: { socket: { remoteAddress: peer } } },
      ),
    );

  it.each([
    ['10.1.2.3', 200],
    ['::ffff:10.1.2.3', 200],
    ['::1', 200],
    ['10.2.0.1', 421],
    ['192.0.2.1', 421],
    ['', 421],
  ])('answers a connection from %s with %i', async (peer, status) => {
    expect((await ask(peer)).status).toBe(status);
    const api = await rig.desk.request(
      'http://meja.example/api/v1/openapi.json',
      { headers: { host: 'meja.example' } },
      { incoming: { socket: { remoteAddress: peer } } },
    );
    expect(api.status).toBe(status);
  });

  it('answers under the proxy’s names only', async () => {
    expect((await ask('10.1.2.3', { host: '127.0.0.1' })).status).toBe(421);
    expect((await ask('10.1.2.3', { host: 'MEJA.example' })).status).toBe(200);
  });

  it('counts failed logins by the address that the nearest proxy saw, whatever else is written there', async () => {
    const fail = (forwarded: string) =>
      Promise.resolve(
        rig.desk.request(
          'http://meja.example/login',
          {
            method: 'POST',
            headers: {
              host: 'meja.example',
              'x-forwarded-for': forwarded,
              'content-type': 'application/x-www-form-urlencoded',
            },
            body: `name=tidak-ada&password=${'x'.repeat(300)}`,
          },
          { incoming: { socket: { remoteAddress: '10.1.2.3' } } },
        ),
      );
    await fail('198.51.100.1, 203.0.113.5');
    await fail('198.51.100.2, 203.0.113.5, 10.1.9.9');
    const { limits } = rig.store.desk;
    const failures = (address: string) => limits.failures('address', address, rig.clock.now(), 900_000).n;
    expect(['203.0.113.5', '198.51.100.1', '10.1.2.3', '10.1.9.9'].map(failures)).toEqual([2, 0, 0, 0]);
  });
});

describe('the server', () => {
  const rig = deskAppRig();
  let server: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    server = await listen(rig.desk, { host: '127.0.0.1', port: 0 }, 'desk');
  });
  afterAll(async () => {
    await server.close();
    rig.close();
  });

  /** Sends bytes as they are; what comes back. */
  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (data) => {
        answer += data.toString('latin1');
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(answer));
      socket.setTimeout(10_000, () => socket.destroy());
    });
  }
  const host = `host: 127.0.0.1\r\nconnection: close\r\n`;

  it('refuses headers that are too large, and goes on', async () => {
    const answer = await raw(`GET /login HTTP/1.1\r\n${host}x-a: ${'a'.repeat(40_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain("default-src 'none'");
    expect(answer).toContain('"kind":"bad-request"');
    expect((await raw(`GET /login HTTP/1.1\r\n${host}\r\n`)).startsWith('HTTP/1.1 200')).toBe(true);
  });

  it.each([
    ['no HTTP', 'halo\r\n\r\n', 400],
    ['a path that climbs', `GET /static/../../package.json HTTP/1.1\r\n${host}\r\n`, 404],
    ['a path that climbs, encoded', `GET /static/%2e%2e/%2e%2e/package.json HTTP/1.1\r\n${host}\r\n`, 404],
    ['an address as a proxy is asked', `GET http://lain.example/login HTTP/1.1\r\n${host}\r\n`, 421],
    [
      'two lengths',
      `POST /login HTTP/1.1\r\n${host}content-length: 5\r\ncontent-length: 6\r\n\r\nname=`,
      400,
    ],
    ['no host', 'GET /login HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
  ])('is not led astray by %s', async (_, text, status) => {
    const answer = await raw(text);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).not.toContain('"dependencies"');
  });

  it('cuts off a body without end', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const call = request(`${server.url}/login`, { method: 'POST', headers }, (response) => {
        response.resume();
        call.destroy();
        resolve(response.statusCode);
      });
      call.on('error', reject);
      let sent = 0;
      const more = (): void => {
        if (call.destroyed || sent > 16_000_000) return;
        sent += 65_536;
        call.write(Buffer.alloc(65_536, 97), more);
      };
      more();
    });
    expect(status).toBe(413);
  });

  it('answers HEAD without a body, and no other method', async () => {
    expect(await raw(`HEAD /login HTTP/1.1\r\n${host}\r\n`)).not.toContain('<html');
    for (const method of ['PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS']) {
      expect(await raw(`${method} /login HTTP/1.1\r\n${host}content-length: 0\r\n\r\n`)).toMatch(/ 40[04] /);
    }
  });
});

describe.runIf(hasOpenssl())('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-tls-'));
  const cert = join(folder, 'meja.pem');
  const key = join(folder, 'meja.key');
  beforeAll(() => {
    execFileSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
        ],
        ...[
          '-subj',
          '/CN=meja.example',
          '-addext',
          'subjectAltName=DNS:meja.example,DNS:*.polda.example,IP:127.0.0.1',
        ],
        ...['-keyout', key, '-out', cert],
      ],
      { stdio: 'ignore' },
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('answers under the names of its certificate, with cookies for TLS only', async () => {
    const desk = { host: '127.0.0.1', tls: { cert, key } };
    const rig = deskAppRig({ document: { desk } });
    const { tls } = rig.app as unknown as { tls: { cert: Buffer; key: Buffer } };
    const server = await listen(rig.desk, { host: '127.0.0.1', port: 0, tls }, 'desk');
    const ask = (host: string) =>
      new Promise<{ status: number | undefined; hsts: string | undefined }>((resolve, reject) => {
        const options = { ca: readFileSync(cert), servername: 'meja.example', headers: { host } };
        getTls(`${server.url}/login`, options, (response) => {
          response.resume();
          resolve({ status: response.statusCode, hsts: response.headers['strict-transport-security'] });
        }).on('error', reject);
      });
    try {
      expect(server.url).toMatch(/^https:/);
      expect(await ask('meja.example')).toMatchObject({
        status: 200,
        hsts: expect.stringContaining('max-age'),
      });
      expect((await ask('siber.polda.example')).status).toBe(200);
      expect((await ask('a.b.polda.example')).status).toBe(421);
      expect((await ask('lain.example')).status).toBe(421);
      const plain = await new Promise((resolve) =>
        get(server.url.replace('https', 'http'), () => resolve('answered')).on('error', () =>
          resolve('refused'),
        ),
      );
      expect(plain).toBe('refused');
    } finally {
      await server.close();
      rig.close();
    }
  });

  it('names the link by the certificate where it listens everywhere', () => {
    const config = configOf({ host: '0.0.0.0', tls: { cert, key } });
    expect(linkAddress(config, 'x')).toBe('https://meja.example:8478/welcome/x');
  });

  it.each<[string, () => { cert: string; key: string }, RegExp]>([
    [
      'a file that is missing',
      () => ({ cert: join(folder, 'tidak-ada.pem'), key }),
      /desk\.tls\.cert.*cannot be read/,
    ],
    ['a key that is none', () => ({ cert, key: cert }), /no certificate with its key/],
    [
      'a certificate that is none',
      () => {
        const bad = join(folder, 'bad.pem');
        writeFileSync(bad, 'halo');
        return { cert: bad, key };
      },
      /no certificate with its key/,
    ],
  ])('refuses %s', (_, files, message) => {
    expect(() => readTlsFiles(files())).toThrow(message);
  });
});
