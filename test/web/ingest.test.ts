import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kindSchemas } from '../../src/compose.js';
import { ingestOf } from '../../src/compose-ingest.js';
import { parseConfig } from '../../src/config.js';
import type { PostBatch } from '../../src/core/batch.js';
import type { Queue } from '../../src/core/queue-ports.js';
import { isSchedule } from '../../src/pipeline/schedule.js';
import { createEmbeddedQueues, type EmbeddedQueues } from '../../src/queue/embedded.js';
import { createRejectFiles } from '../../src/store/rejects.js';
import { openStore, type Store } from '../../src/store/store.js';
import { createIngestApp, MAX_PUSH_BYTES, MAX_PUSH_POSTS, signPush } from '../../src/web/ingest.js';
import { listen } from '../../src/web/listen.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { until } from '../support/until.js';

/** Pushes of a partner over the real queue and store. */

const SECRET = 'rahasia-rekaan-0123456789-abcdefghij';
const clock = new SimulatedClock();
let folder: string;
let queues: EmbeddedQueues;
let score: Queue<PostBatch>;
let store: Store;
let paused: boolean;

beforeEach(() => {
  paused = false;
  folder = mkdtempSync(join(tmpdir(), 'ronda-ingest-'));
  queues = createEmbeddedQueues({ path: join(folder, 'queue.db'), clock });
  score = queues.queue<PostBatch>('score');
  store = openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock,
    seenWindowDays: 30,
  });
});
afterEach(async () => {
  await queues.close();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function ingest(options: { maxWaiting?: number; environment?: Record<string, string> } = {}) {
  const config = parseConfig({
    document: {
      sources: ['mitra', 'mitra-dua'].map((name) => ({
        name,
        kind: 'webhook',
        secret_env: 'MITRA_SECRET',
        utc_offset: '+07:00',
        columns: { text: 'isi' },
        terms: { basis: 'perjanjian rekaan', acknowledged_by: 'petugas rekaan', date: '2026-01-01' },
      })),
      queue: { max_waiting: options.maxWaiting ?? 500 },
    },
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    isSchedule,
  });
  return ingestOf(config, () => ({
    store,
    score,
    land: queues.queue('land'),
    rejects: createRejectFiles(folder, clock, (run, source) => store.rejectsSize(run, source)),
    clock,
    hash: (text) => Buffer.from(text).toString('hex').slice(-32),
    environment: options.environment ?? { MITRA_SECRET: SECRET },
    isSourcePaused: () => paused,
    report: () => undefined,
  }));
}

function appOf(options: Parameters<typeof ingest>[0] = {}) {
  const deps = ingest(options);
  if (deps === undefined) throw new Error('no source is pushed');
  return createIngestApp(deps);
}

function signed(body: string | Buffer, changed: Record<string, string> = {}): Record<string, string> {
  const timestamp = changed['ronda-timestamp'] ?? String(Math.round(clock.now() / 1_000));
  return {
    'ronda-source': 'mitra',
    'ronda-timestamp': timestamp,
    'ronda-signature': signPush(body, {
      secret: SECRET,
      source: changed['ronda-source'] ?? 'mitra',
      timestamp,
    }),
    ...changed,
  };
}

async function push(app: ReturnType<typeof appOf>, body: string, headers = signed(body)) {
  const response = await app.request('/ingest', { method: 'POST', body, headers });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Record<string, unknown> & { error?: { kind: string; message: string } },
  };
}

const rows = (count: number, from = 0): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, n) => ({ id: `m${from + n}`, isi: `Kabar rekaan nomor ${from + n}` })),
  );

async function queued(): Promise<string[]> {
  const ids: string[] = [];
  const { waiting } = await score.counts();
  let done = 0;
  const consumer = score.consume(async (job) => {
    ids.push(...job.payload.posts.map((post) => post.id));
    done += 1;
  });
  while (done < waiting) await new Promise((resolve) => setTimeout(resolve, 5));
  await consumer.close();
  return ids.sort();
}

describe('a push', () => {
  it.each([
    ['a JSON array', '[{"id":1,"isi":"Satu"},{"id":2,"isi":"Dua"}]'],
    ['an object with posts', '{"posts":[{"id":1,"isi":"Satu"},{"id":2,"isi":"Dua"}]}'],
    ['one object a line', '{"id":1,"isi":"Satu"}\n{"id":2,"isi":"Dua"}\n'],
  ])('of %s is queued before it is answered', async (_, body) => {
    const answer = await push(appOf(), body);
    expect(answer).toMatchObject({
      status: 202,
      body: { accepted: 2, rejected: 0, repeated: false, errors: [] },
    });
    expect(await queued()).toEqual(['mitra:1', 'mitra:2']);
    expect(store.getCursor('mitra')).toBeDefined();
  });

  it('tells of each bad row, keeps it among the rejects and takes the rest', async () => {
    const body =
      '[{"id":1,"isi":"Satu"},{"id":2},{"id":3,"isi":"Tiga","url":"https://x.com/a/status/3"},{"id":4,"isi":"Empat"}]';
    const answer = await push(appOf(), body);
    expect(answer.body).toMatchObject({
      accepted: 2,
      rejected: 2,
      errors: [
        { at: 'row 2', kind: 'no-text' },
        { at: 'row 3', kind: 'terms-refuse' },
      ],
    });
    const [file = ''] = readdirSync(join(folder, 'rejects'));
    const kept = readFileSync(join(folder, 'rejects', file), 'utf8')
      .trim()
      .split('\n');
    expect(kept.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual([
      'no-text',
      'terms-refuse',
    ]);
    expect(store.listRuns(1)[0]?.counts).toMatchObject({ collected: 4, failed: 2 });
  });

  it('that comes again is known, and counted once', async () => {
    const body = '[{"id":1,"isi":"Satu"},{"id":2}]';
    const app = appOf();
    await push(app, body);
    clock.advance(60_000);
    expect(await push(app, body)).toMatchObject({ status: 202, body: { accepted: 1, repeated: true } });
    expect(await push(appOf(), body)).toMatchObject({ status: 202, body: { repeated: true } });
    expect(store.listRuns(1)[0]?.counts).toMatchObject({ collected: 2, failed: 1 });
    expect(await queued()).toEqual(['mitra:1']);
  });

  it('is taken once when it comes several times at once', async () => {
    const app = appOf();
    const body = rows(20);
    const answers = await Promise.all(Array.from({ length: 8 }, () => push(app, body)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202));
    expect(answers.filter(({ body: { repeated } }) => repeated === false)).toHaveLength(1);
    expect(store.listRuns(1)[0]?.counts.collected).toBe(20);
  });

  it('takes a time without a zone as the partner’s', async () => {
    await push(appOf(), '[{"id":1,"isi":"Satu","created_at":"2026-11-22 07:00"}]');
    const times: (string | undefined)[] = [];
    const consumer = score.consume(async (job) => {
      times.push(job.payload.posts[0]?.createdAt);
    });
    while (times.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await consumer.close();
    expect(times).toEqual(['2026-11-22T00:00:00.000Z']);
  });
});

describe('a push is refused', () => {
  const body = '[{"id":1,"isi":"Satu"}]';
  const other = (change: (headers: Record<string, string>) => void): Record<string, string> => {
    const headers = signed(body);
    change(headers);
    return headers;
  };

  it.each<[string, () => Record<string, string>]>([
    ['without a signature', () => other((headers) => delete headers['ronda-signature'])],
    ['with no headers', () => ({})],
    [
      'with another’s secret',
      () =>
        signed(body, {
          'ronda-signature': signPush(body, { secret: 'lain', source: 'mitra', timestamp: '1' }),
        }),
    ],
    ['with the signature of another body', () => signed('[]')],
    ['in another’s name', () => signed(body, { 'ronda-source': 'bukan-mitra' })],
    [
      'with a changed time',
      () =>
        other((headers) => {
          headers['ronda-timestamp'] = String(Number(headers['ronda-timestamp']) + 1);
        }),
    ],
    ['with a name out of a prototype', () => signed(body, { 'ronda-source': '__proto__' })],
  ])('%s', async (_, headers) => {
    expect(await push(appOf(), body, headers())).toMatchObject({
      status: 401,
      body: { error: { kind: 'bad-signature' } },
    });
    expect((await score.counts()).waiting).toBe(0);
  });

  it.each([-301, 301])('%i seconds off our time', async (seconds) => {
    const timestamp = String(Math.round(clock.now() / 1_000) + seconds);
    expect(await push(appOf(), body, signed(body, { 'ronda-timestamp': timestamp }))).toMatchObject({
      status: 401,
      body: { error: { kind: 'stale' } },
    });
    const near = String(Math.round(clock.now() / 1_000) + Math.sign(seconds) * 299);
    expect((await push(appOf(), body, signed(body, { 'ronda-timestamp': near }))).status).toBe(202);
  });

  it.each([
    ['that is no JSON', 'halo', 400, 'bad-json'],
    ['that is empty', '\n', 400, 'empty'],
    ['that breaks off', '[{"id":1,"isi":"Sa', 400, 'bad-json'],
    ['of too many posts', rows(MAX_PUSH_POSTS + 1), 413, 'too-many-posts'],
    ['of too many bytes', `["${'x'.repeat(MAX_PUSH_BYTES)}"]`, 413, 'body-too-large'],
  ])('%s', async (_, text, status, kind) => {
    expect(await push(appOf(), text)).toMatchObject({ status, body: { error: { kind } } });
    expect((await score.counts()).waiting).toBe(0);
  });

  it('that is compressed or not UTF-8', async () => {
    for (const bytes of [gzipSync(body), Buffer.from('[{"isi":"caf\xe9"}]', 'latin1')]) {
      const response = await appOf().request('/ingest', {
        method: 'POST',
        body: new Uint8Array(bytes),
        headers: signed(bytes),
      });
      expect(response.status).toBe(400);
    }
  });

  it('with Retry-After while the queue is full, and taken once it is not', async () => {
    const app = appOf({ maxWaiting: 1 });
    expect((await push(app, rows(1))).status).toBe(202);
    const full = await push(app, rows(1, 1));
    expect(full).toMatchObject({ status: 503, retryAfter: '5', body: { error: { kind: 'queue-full' } } });
    await queued();
    expect((await push(app, rows(1, 1))).status).toBe(202);
  });

  it('of a source that floods, while the others’ are taken', async () => {
    const app = appOf({ maxWaiting: 8 });
    const other = (body: string) => push(app, body, signed(body, { 'ronda-source': 'mitra-dua' }));
    for (let n = 0; n < 4; n += 1) expect((await push(app, rows(1, n))).status).toBe(202);
    // Half of the queue is taken, and what the source sent first still waits.
    expect((await push(app, rows(1, 4))).status).toBe(202);
    clock.advance(3_000);
    expect(await push(app, rows(1, 5))).toMatchObject({
      status: 503,
      retryAfter: '5',
      body: { error: { kind: 'too-fast' } },
    });
    expect((await other(rows(1, 100))).status).toBe(202);
    // On a machine that is slow the others wait for their turn, too: not for as long as who floods.
    clock.advance(2_500);
    for (let n = 1; n < 3; n += 1) expect((await other(rows(1, 100 + n))).status).toBe(202);
    expect(await other(rows(1, 104))).toMatchObject({ status: 503, body: { error: { kind: 'queue-full' } } });
    await queued();
    expect((await push(app, rows(1, 5))).status).toBe(202);
  });

  it('of a source that sends more than its part of a queue that half fills, at once', async () => {
    const app = appOf({ maxWaiting: 20 });
    const other = (body: string) => push(app, body, signed(body, { 'ronda-source': 'mitra-dua' }));
    expect((await other(rows(1, 100))).status).toBe(202);
    for (let n = 0; n < 9; n += 1) expect((await push(app, rows(1, n))).status).toBe(202);
    expect(await push(app, rows(1, 10))).toMatchObject({
      status: 503,
      body: { error: { kind: 'too-fast' } },
    });
    for (let n = 1; n < 5; n += 1) expect((await other(rows(1, 100 + n))).status).toBe(202);
    // Once what it sent is worked off, it may send again.
    await queued();
    expect((await push(app, rows(1, 10))).status).toBe(202);
  });

  it('beyond eight of one source at once, while another’s is taken', async () => {
    const deps = ingest();
    if (deps === undefined) throw new Error('no source is pushed');
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let atWork = 0;
    const app = createIngestApp({
      ...deps,
      take: async (push) => {
        if (push.source === 'mitra') {
          atWork += 1;
          await held;
        }
        return deps.take(push);
      },
    });
    const first = Array.from({ length: 8 }, (_, n) => push(app, rows(1, n)));
    await until('eight are at work', () => atWork === 8);
    expect(await push(app, rows(1, 8))).toMatchObject({ status: 503, body: { error: { kind: 'busy' } } });
    const body = rows(1, 50);
    expect((await push(app, body, signed(body, { 'ronda-source': 'mitra-dua' }))).status).toBe(202);
    letGo();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual(Array(8).fill(202));
  });

  it('while the source is paused', async () => {
    paused = true;
    expect(await push(appOf(), body)).toMatchObject({ status: 503, body: { error: { kind: 'paused' } } });
  });
});

describe('a partner’s secret', () => {
  it.each([
    ['is not set', {}],
    ['can be guessed', { MITRA_SECRET: 'pendek' }],
  ])('that %s keeps the server from starting', (_, environment) => {
    expect(() => ingest({ environment })).toThrow(/MITRA_SECRET/);
  });
});

describe('the server', () => {
  it('takes a push, cuts off a body without end, and ends when it is told to', async () => {
    const server = await listen(appOf(), { host: '127.0.0.1', port: 0 }, 'ingest');
    const body = rows(3);
    const taken = await fetch(`${server.url}/ingest`, { method: 'POST', body, headers: signed(body) });
    expect([taken.status, await taken.json()]).toMatchObject([202, { accepted: 3 }]);
    const endless = await new Promise<number | undefined>((resolve, reject) => {
      const chunk = Buffer.alloc(65_536, 32);
      const call = request(`${server.url}/ingest`, { method: 'POST', headers: signed('') }, (response) => {
        response.resume();
        call.destroy();
        resolve(response.statusCode);
      });
      call.on('error', reject);
      let sent = 0;
      const more = (): void => {
        if (call.destroyed || sent > 64 * MAX_PUSH_BYTES) return;
        sent += chunk.length;
        call.write(chunk, more);
      };
      more();
    });
    expect(endless).toBe(413);
    await server.close();
    await expect(fetch(`${server.url}/ingest`, { method: 'POST' })).rejects.toThrow();
  });
});
