import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PostBatch } from '../../src/core/batch.js';
import { PermanentError } from '../../src/core/errors.js';
import type { Clock, CollectedPage, Collector, Queue } from '../../src/core/ports.js';
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
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-collect-'));
  queues = createEmbeddedQueues({ path: join(folder, 'queue.db') });
  queue = queues.queue<PostBatch>('score');
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

function collectorOf(pages: () => AsyncGenerator<CollectedPage>): Collector {
  return { source: 'warung', kind: 'rekaan', collect: pages };
}

function optionsFor(pages: () => AsyncGenerator<CollectedPage>): CollectOptions & { rejected: string[] } {
  const rejected: string[] = [];
  return {
    collector: collectorOf(pages),
    run: 'run',
    queue,
    cursors: store,
    rejects: {
      append(_run, _source, rejects) {
        rejected.push(...rejects.map(({ at }) => at));
        return rejected.length;
      },
    },
    fetcher: noNetwork,
    clock,
    hash: (text) => Buffer.from(text).toString('hex').slice(-32),
    room: async () => {},
    signal: new AbortController().signal,
    rejected,
  };
}

it('queues every page that comes at once, in order, and moves the cursor to the last', async () => {
  const committed: number[] = [];
  const options = optionsFor(async function* () {
    for (let n = 1; n <= 40; n += 1) yield page(n, (done) => committed.push(done));
  });
  expect(await collect(options)).toEqual({ posts: 80, rejected: 40, stopped: false });
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
