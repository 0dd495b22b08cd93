import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createEmail, type EmailOptions } from '../../src/alert/email.js';
import { createTelegram } from '../../src/alert/telegram.js';
import { createWebhook } from '../../src/alert/webhook.js';
import type { AlertMessage } from '../../src/core/alert.js';
import { PermanentError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import { signPush } from '../../src/web/ingest.js';
import { faultOf, quickDoor } from '../support/doors.js';
import { serve, type WebServer } from '../support/web-server.js';

/** Each channel against a real server on loopback. */

const MESSAGE: AlertMessage = {
  id: '0123456789abcdef0123456789abcdef',
  channel: 'posko',
  madeAt: '2026-11-22T05:00:00.000Z',
  subject: '[Ronda] Lonjakan sebuah narasi',
  text: 'Lonjakan: 45 unggahan “garam” 🧂\nPeringatan 1\n\nRonda',
  alerts: [
    {
      id: 1,
      raisedAt: '2026-11-22T05:00:00.000Z',
      text: 'Lonjakan: 45 unggahan',
      about: { kind: 'silent', source: 'warung', why: 'failing', hours: 9 },
      link: 'https://meja.polda.example/alerts',
    },
  ],
};
const NOW = Date.parse('2026-11-22T05:00:30Z');
const SECRET = 'rahasia-bersama-yang-cukup-panjang';
const TOKEN = '123456:AAE-token_rekaan';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
const signal = () => AbortSignal.timeout(20_000);

async function web(answer: (response: ServerResponse) => void): Promise<WebServer> {
  const server = await serve({
    '/ronda': (_, response) => answer(response),
    [`/bot${TOKEN}/sendMessage`]: (_, response) => answer(response),
  });
  closers.push(() => server.close());
  return server;
}

function door() {
  const fetcher = quickDoor({ limits: { headersTimeoutMs: 300 } });
  closers.push(() => fetcher.close());
  return fetcher;
}

const webhook = (server: WebServer) =>
  createWebhook({
    name: 'posko',
    url: `${server.url}/ronda`,
    secret: SECRET,
    allowPrivate: true,
    fetcher: door(),
    now: () => NOW,
  });
const telegram = (server: WebServer) =>
  createTelegram({
    name: 'tele',
    token: TOKEN,
    chat: '-100123',
    baseUrl: server.url,
    allowPrivate: true,
    fetcher: door(),
  });

describe('a webhook', () => {
  it('posts the message signed as pushes are, under its id', async () => {
    const server = await web((response) => response.writeHead(202).end('ok'));
    await webhook(server).send(MESSAGE, signal());
    const [seen] = server.seen;
    expect(server.pages()).toEqual(['POST /ronda']);
    expect(seen?.headers).toMatchObject({
      'idempotency-key': MESSAGE.id,
      'ronda-source': 'posko',
      'ronda-timestamp': String(NOW / 1_000),
      'ronda-signature': signPush(seen?.body ?? '', {
        secret: SECRET,
        source: 'posko',
        timestamp: String(NOW / 1_000),
      }),
    });
    const { channel: _, ...told } = MESSAGE;
    expect(JSON.parse(seen?.body ?? '')).toEqual(told);
  });

  it('takes "was taken before" for taken', async () => {
    const server = await web((response) => response.writeHead(409).end());
    await webhook(server).send(MESSAGE, signal());
    expect(server.seen.length).toBe(1);
  });

  it.each<[string, (response: ServerResponse) => void, Record<string, unknown>, unknown]>([
    [
      '429 with Retry-After',
      (response) => response.writeHead(429, { 'retry-after': '120' }).end(),
      { kind: 'throttled', retryAfterMs: 120_000 },
      ThrottledError,
    ],
    ['500', (response) => response.writeHead(500).end(), { kind: 'server-error' }, RetryableError],
    ['403', (response) => response.writeHead(403).end(), { kind: 'forbidden' }, PermanentError],
    ['a cut connection', (response) => response.destroy(), { kind: 'connection-lost' }, RetryableError],
    ['no answer', () => undefined, { kind: 'headers-timeout' }, RetryableError],
    [
      'a redirect elsewhere',
      (response) => response.writeHead(307, { location: 'https://lain.example/' }).end(),
      { kind: 'bad-redirect' },
      PermanentError,
    ],
  ])('tells %s', async (_, answer, told, type) => {
    const fault = await faultOf(webhook(await web(answer)).send(MESSAGE, signal()));
    expect(fault).toBeInstanceOf(type);
    expect(fault).toMatchObject(told);
  });

  it('reaches no private address unless it is said', async () => {
    const server = await web((response) => response.writeHead(200).end());
    const channel = createWebhook({
      name: 'posko',
      url: `${server.url}/ronda`,
      secret: SECRET,
      allowPrivate: false,
      fetcher: door(),
      now: () => NOW,
    });
    expect(await faultOf(channel.send(MESSAGE, signal()))).toMatchObject({ kind: 'forbidden-address' });
    expect(server.seen).toEqual([]);
  });
});

describe('a Telegram bot', () => {
  it('sends the message to its chat', async () => {
    const server = await web((response) => response.writeHead(200).end('{"ok":true,"result":{}}'));
    await telegram(server).send(MESSAGE, signal());
    expect(server.pages()).toEqual([`POST /bot${TOKEN}/sendMessage`]);
    expect(JSON.parse(server.seen[0]?.body ?? '')).toMatchObject({
      chat_id: '-100123',
      text: `${MESSAGE.subject}\n\n${MESSAGE.text}`,
      link_preview_options: { is_disabled: true },
    });
  });

  it('cuts what is longer than a message may be, between characters', async () => {
    const server = await web((response) => response.writeHead(200).end('{"ok":true}'));
    await telegram(server).send({ ...MESSAGE, text: '🧂'.repeat(5_000) }, signal());
    const { text } = JSON.parse(server.seen[0]?.body ?? '') as { text: string };
    expect(text.length).toBeLessThanOrEqual(4_096);
    expect(text).not.toMatch(/\p{Cs}/u);
  });

  it.each<[string, (response: ServerResponse) => void, Record<string, unknown>, unknown]>([
    [
      '429 with its own retry_after',
      (response) =>
        response
          .writeHead(429)
          .end('{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":35}}'),
      { kind: 'throttled', retryAfterMs: 35_000 },
      ThrottledError,
    ],
    [
      'a chat that is not there',
      (response) => response.writeHead(400).end('{"ok":false,"description":"Bad Request: chat not found"}'),
      { kind: 'telegram-refused' },
      PermanentError,
    ],
    [
      'a wrong token',
      (response) => response.writeHead(401).end('{"ok":false,"description":"Unauthorized"}'),
      { kind: 'telegram-refused' },
      PermanentError,
    ],
    ['500', (response) => response.writeHead(500).end(), { kind: 'server-error' }, RetryableError],
    [
      'what is no JSON',
      (response) => response.writeHead(200).end('<html>'),
      { kind: 'bad-answer' },
      RetryableError,
    ],
    ['a cut connection', (response) => response.destroy(), { kind: 'connection-lost' }, RetryableError],
    ['no answer', () => undefined, { kind: 'headers-timeout' }, RetryableError],
  ])('tells %s, and never its token', async (_, answer, told, type) => {
    const fault = await faultOf(telegram(await web(answer)).send(MESSAGE, signal()));
    expect(fault).toBeInstanceOf(type);
    expect(fault).toMatchObject(told);
    expect(String((fault as Error).message)).not.toContain(TOKEN);
    expect((fault as Error).cause).toBeUndefined();
  });
});

interface Mailbox {
  readonly port: number;
  readonly letters: { readonly to: readonly string[]; readonly text: string }[];
}

async function mailServer(options: SMTPServerOptions): Promise<Mailbox> {
  const letters: Mailbox['letters'][number][] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        letters.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, letters };
}

function email(port: number, more: Partial<EmailOptions> = {}) {
  const channel = createEmail({
    name: 'surel',
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'ronda@polda.example',
    to: ['posko@polda.example', 'humas@polda.example'],
    ...more,
  });
  closers.push(() => channel.close?.());
  return channel;
}

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stderr.write('SKIPPED: mail over TLS, because openssl is not installed\n');

/** A certificate for 127.0.0.1 that is its own authority, with its key; PEM. */
function certificate(): { readonly cert: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-mail-'));
  try {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const reply = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

describe('e-mail', () => {
  it('brings the message to all, under a Message-ID that is the same at every attempt', async () => {
    const { port, letters } = await mailServer({});
    const channel = email(port);
    await channel.send(MESSAGE, signal());
    await channel.send(MESSAGE, signal());
    expect(letters.map(({ to }) => to)).toEqual([
      ['posko@polda.example', 'humas@polda.example'],
      ['posko@polda.example', 'humas@polda.example'],
    ]);
    for (const { text } of letters) {
      expect(text).toContain(`Message-ID: <${MESSAGE.id}@polda.example>`);
      expect(text).toContain('Auto-Submitted: auto-generated');
    }
  });

  it.skipIf(!hasOpenssl)('logs in over STARTTLS, checked against the authority that it is told', async () => {
    const { cert, key } = certificate();
    const { port, letters } = await mailServer({
      disabledCommands: [],
      authOptional: false,
      cert,
      key,
      onAuth(auth, _, done) {
        if (auth.username === 'ronda' && auth.password === 'sandi') done(null, { user: 'ronda' });
        else done(reply(535, 'salah sandi'));
      },
    });
    const login = { user: 'ronda', password: 'sandi', security: 'starttls' } as const;
    expect(await faultOf(email(port, login).send(MESSAGE, signal()))).toMatchObject({ kind: 'smtp-tls' });
    expect(letters).toEqual([]);
    await email(port, { ...login, ca: cert }).send(MESSAGE, signal());
    expect(letters.length).toBe(1);
  });

  it('refuses a server that offers no STARTTLS where it must', async () => {
    const { port, letters } = await mailServer({});
    const fault = await faultOf(email(port, { security: 'starttls' }).send(MESSAGE, signal()));
    expect(fault).toMatchObject({ kind: 'smtp-tls' });
    expect(letters).toEqual([]);
  });

  it('tells a wrong password once and for all, and not what it was', async () => {
    const { port } = await mailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(reply(535, 'salah sandi')),
    });
    const fault = await faultOf(
      email(port, { user: 'ronda', password: 'sandi-keliru' }).send(MESSAGE, signal()),
    );
    expect(fault).toBeInstanceOf(PermanentError);
    expect(fault).toMatchObject({ kind: 'smtp-auth' });
    expect((fault as Error).message).not.toContain('sandi-keliru');
  });

  it.each<[string, Error, string, unknown]>([
    ['greylisting (450)', reply(450, 'daftar abu-abu, coba lagi'), 'smtp-deferred', RetryableError],
    ['a full mailbox (452)', reply(452, 'penuh'), 'smtp-deferred', RetryableError],
    ['no such mailbox (550)', reply(550, 'tidak ada'), 'smtp-refused', PermanentError],
  ])('tells %s', async (_, error, kind, type) => {
    const { port } = await mailServer({ onRcptTo: (_address, _session, done) => done(error) });
    const fault = await faultOf(email(port).send(MESSAGE, signal()));
    expect(fault).toBeInstanceOf(type);
    expect(fault).toMatchObject({ kind });
  });

  it('tries again where one of two is to be asked later, and not where one is refused', async () => {
    for (const [code, kind] of [
      [450, 'smtp-deferred'],
      [550, undefined],
    ] as const) {
      const { port, letters } = await mailServer({
        onRcptTo: ({ address }, _session, done) =>
          done(address.startsWith('humas') ? reply(code, 'tidak') : null),
      });
      const fault = await faultOf(email(port).send(MESSAGE, signal()));
      expect(letters.length).toBe(1);
      if (kind === undefined) expect(fault).toBe('no fault');
      else expect(fault).toMatchObject({ kind });
    }
  });

  it('tells that nobody is there, and a server that says nothing once it is stopped', async () => {
    const silent = createServer(() => undefined);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const fault = await faultOf(email(port).send(MESSAGE, AbortSignal.timeout(200)));
    expect(fault).toMatchObject({ kind: 'smtp-timeout' });
    await new Promise<void>((resolve) => silent.close(() => resolve()));
    expect(await faultOf(email(port).send(MESSAGE, signal()))).toMatchObject({ kind: 'smtp-unreachable' });
  });
});
