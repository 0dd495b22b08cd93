import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PostBatch, ScoredBatch } from '../../src/core/batch.js';
import type { Claim } from '../../src/core/claim.js';
import type { CollectedPage, Collector } from '../../src/core/collector-ports.js';
import { PermanentError } from '../../src/core/errors.js';
import type { Clock } from '../../src/core/ports.js';
import type { Queue } from '../../src/core/queue-ports.js';
import { type CollectOptions, collect } from '../../src/pipeline/collect.js';
import { createEmbeddedQueues, type EmbeddedQueues } from '../../src/queue/embedded.js';
import { openStore, type Store } from '../../src/store/store.js';
import { noNetwork } from '../support/no-network.js';
import { landedPost } from '../support/scored.js';
import { until } from '../support/until.js';

const clock: Clock = { now: Date.now, sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}) };

let folder: string;
let queues: EmbeddedQueues;
let queue: Queue<PostBatch>;
let land: Queue<ScoredBatch>;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-collect-'));
  queues = createEmbeddedQueues({ path: join(folder, 'queue.db') });
  queue = queues.queue<PostBatch>('score');
  land = queues.queue<ScoredBatch>('land');
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

function page(n: number, committed?: (n: number) => void): CollectedPage {
  return {
    posts: [landedPost({ id: `rekaan:${n}-a` }).post, landedPost({ id: `rekaan:${n}-b` }).post],
    rejects: [{ at: `line ${n}`, kind: 'no-text', reason: 'none', excerpt: Buffer.from('{}'), length: 2 }],
    cursor: { page: n },
    ...(committed === undefined ? {} : { committed: () => committed(n) }),
  };
}

function collectorOf(pages: Collector['collect']): Collector {
  return { source: 'warung', kind: 'rekaan', collect: pages };
}

function optionsFor(
  pages: Collector['collect'],
): CollectOptions & { readonly rejected: string[]; readonly claimed: Claim[] } {
  const rejected: string[] = [];
  const claimed: Claim[] = [];
  return {
    collector: collectorOf(pages),
    run: 'run',
    queue,
    land,
    claims: { add: (claims) => void claimed.push(...claims) },
    cursors: store,
    rejects: {
      append(_run, _source, rejects) {
        rejected.push(...rejects.map(({ at }) => at));
        return rejected.length;
      },
    },
    fetcher: noNetwork,
    clock,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    room: async () => {},
    signal: new AbortController().signal,
    rejected,
    claimed,
  };
}

it('queues every page that comes at once, in order, and moves the cursor to the last', async () => {
  const committed: number[] = [];
  const options = optionsFor(async function* () {
    for (let n = 1; n <= 40; n += 1) yield page(n, (done) => committed.push(done));
  });
  expect(await collect(options)).toMatchObject({ posts: 80, rejected: 40, stopped: false });
  expect(store.getCursor('warung')).toEqual({ page: 40 });
  expect(committed).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  expect(options.rejected).toEqual(committed.map((n) => `line ${n}`));
  expect(store.runCounts('run')).toMatchObject({ collected: 120, failed: 40 });
  expect((await queue.counts()).waiting).toBe(40);
});

it('makes the same jobs of a page, whichever pages it stands with', async () => {
  const all = async function* (): AsyncGenerator<CollectedPage> {
    for (let n = 1; n <= 5; n += 1) yield page(n);
  };
  await collect(optionsFor(all));
  await collect(
    optionsFor(async function* () {
      yield page(4);
      yield page(5);
    }),
  );
  expect((await queue.counts()).waiting).toBe(5);
  expect(store.runCounts('run').collected).toBe(10 + 7);
});

it('keeps no page waiting for one that is slow to come', async () => {
  let goOn = (): void => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const collecting = collect(
    optionsFor(async function* () {
      yield page(1);
      await gate;
      yield page(2);
    }),
  );
  await until('the first page is committed', () => store.getCursor('warung') !== undefined);
  expect(store.getCursor('warung')).toEqual({ page: 1 });
  goOn();
  expect((await collecting).posts).toBe(4);
  expect(store.getCursor('warung')).toEqual({ page: 2 });
});

it('keeps the pages before a fault of the source and tells of it', async () => {
  const report = await collect(
    optionsFor(async function* () {
      yield page(1);
      yield page(2);
      throw new PermanentError('not-a-feed', 'it is a web page');
    }),
  );
  expect(report).toMatchObject({ posts: 4, error: { kind: 'not-a-feed' } });
  expect(store.getCursor('warung')).toEqual({ page: 2 });
  expect((await queue.counts()).waiting).toBe(2);
});

it('moves no cursor and acknowledges no page where the queue refuses the posts', async () => {
  const committed: number[] = [];
  const options = optionsFor(async function* () {
    yield page(1, (n) => committed.push(n));
  });
  const full = { enqueue: () => Promise.reject(new PermanentError('queue-full', 'no room')) };
  await expect(collect({ ...options, queue: full })).rejects.toThrow('no room');
  expect(store.getCursor('warung')).toBeUndefined();
  expect(committed).toEqual([]);
});

const gone = (id: string): { id: string; at: string } => ({ id, at: '2026-01-05T09:55:00.000Z' });

it('tells the lander of what is gone before the cursor moves, and again under the same id', async () => {
  const options = optionsFor(async function* () {
    yield { ...page(1), withdrawn: [gone('rekaan:0-a'), gone('rekaan:1-b')] };
    yield { ...page(2), withdrawn: Array.from({ length: 501 }, (_, n) => gone(`rekaan:lama-${n}`)) };
  });
  const broken = { enqueue: () => Promise.reject(new PermanentError('queue-full', 'no room')) };
  await expect(collect({ ...options, land: broken })).rejects.toThrow('no room');
  expect(store.getCursor('warung')).toBeUndefined();
  expect((await collect(options)).withdrawn).toBe(503);
  expect((await collect(options)).withdrawn).toBe(503);
  expect((await land.counts()).waiting).toBe(3);

  const told: ScoredBatch[] = [];
  const consumer = land.consume(async (job) => void told.push(job.payload));
  await until('all were delivered', () => told.length === 3);
  await consumer.close();
  expect(told.map(({ withdrawn }) => withdrawn?.posts.length).sort()).toEqual([1, 2, 500]);
  expect(Math.abs(Date.parse(told[0]?.withdrawn?.toldAt ?? '') - Date.now())).toBeLessThan(600_000);
});

it('records gaps and figures with the cursor, and hands on fact-checks before it moves', async () => {
  const gap = { to: '2026-01-05T08:00:00.000Z', kind: 'cursor-clamped', reason: 'the place forgot' };
  const claim: Claim = { id: 'pk-1', title: 'Judul', publisher: 'Periksa', date: '', url: '' };
  const options = optionsFor(async function* () {
    yield { ...page(1), gaps: [gap], claims: [claim] };
  });
  const full = {
    add: () => {
      throw new PermanentError('claims-store', 'no room');
    },
  };
  await expect(collect({ ...options, claims: full })).rejects.toThrow('no room');
  expect(store.sourceFacts('warung')).toMatchObject({ gaps: [], hours: [] });

  const before = {
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-05T09:00:00.000Z',
    kind: 'offline',
    reason: 'away',
  };
  expect(await collect({ ...options, gap: before })).toMatchObject({ claims: 1 });
  expect(options.claimed).toEqual([claim]);
  expect(store.sourceFacts('warung')).toMatchObject({
    gaps: [before, gap],
    newestPostAt: '2026-01-05T08:30:00.000Z',
    hours: [{ posts: 2, rejected: 1, watched: true }],
  });
});

it('records the gap of a place that has nothing new, and none where the place could not be reached', async () => {
  const gap = {
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-05T09:00:00.000Z',
    kind: 'offline',
    reason: 'away',
  };
  // biome-ignore lint/correctness/useYield: a place that cannot be reached gives no page
  const failing = optionsFor(async function* () {
    throw new PermanentError('not-a-feed', 'it is a web page');
  });
  await collect({ ...failing, gap });
  expect(store.sourceFacts('warung').gaps).toEqual([]);
  await collect({ ...optionsFor(async function* () {}), gap });
  expect(store.sourceFacts('warung')).toMatchObject({ gaps: [gap], hours: [{ posts: 0, watched: true }] });
});

it('does not ask a paused source, and leaves one that is paused while it is listened to', async () => {
  let asked = 0;
  const listening = optionsFor(async function* (_cursor, { signal }) {
    asked += 1;
    yield page(1);
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  store.setSourcePaused('warung', true);
  expect(await collect(listening)).toMatchObject({ paused: true, posts: 0 });
  expect(asked).toBe(0);

  store.setSourcePaused('warung', false);
  const quick: Clock = { now: clock.now, sleep: (ms, signal) => clock.sleep(ms / 100, signal) };
  const collecting = collect({ ...listening, clock: quick });
  await until('it listens', () => store.getCursor('warung') !== undefined);
  store.setSourcePaused('warung', true);
  const report = await collecting;
  expect(report).toMatchObject({ paused: true, stopped: false, posts: 2 });
  expect(report.error).toBeUndefined();
});
