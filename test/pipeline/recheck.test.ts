import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PostBatch } from '../../src/core/batch.js';
import type { Collector, Recheck } from '../../src/core/collector-ports.js';
import { RetryableError, ThrottledError } from '../../src/core/errors.js';
import { recheck } from '../../src/pipeline/recheck.js';
import { createEmbeddedQueues, type EmbeddedQueues } from '../../src/queue/embedded.js';
import { openStore, type Store } from '../../src/store/store.js';
import { noNetwork } from '../support/no-network.js';
import { batchOf, landedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const HOUR = 3_600_000;

let folder: string;
let store: Store;
let queues: EmbeddedQueues;
let clock: SimulatedClock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-recheck-'));
  clock = new SimulatedClock(Date.parse('2026-01-06T00:00:00.000Z'));
  store = openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock,
    seenWindowDays: 30,
  });
  queues = createEmbeddedQueues({ path: join(folder, 'queue.db') });
  const posts = [1, 2, 3, 4, 5].map((n) =>
    landedPost({ id: `rekaan:${n}`, url: `https://rekaan.example/${n}` }),
  );
  store.land('job', batchOf('run', { landed: posts }));
});
afterEach(async () => {
  await queues.close();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A place that answers by id; asked for anything else, it says that it is there. */
function place(answers: Readonly<Record<string, () => Recheck>>): { collector: Collector; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    collector: {
      source: 'warung',
      kind: 'rekaan',
      async *collect() {},
      async recheck({ id, url }) {
        expect(url).toBe(`https://rekaan.example/${id.slice(-1)}`);
        asked.push(id);
        return answers[id]?.() ?? { is: 'there' };
      },
    },
  };
}

function ask(collector: Collector, given: { limit?: number; everyMs?: number; signal?: AbortSignal } = {}) {
  return recheck(
    {
      store,
      score: queues.queue<PostBatch>('score'),
      fetcher: noNetwork,
      clock,
      hash: (text) => createHash('sha256').update(text).digest('hex'),
    },
    {
      collectors: [collector],
      limit: 100,
      everyMs: 24 * HOUR,
      signal: new AbortController().signal,
      ...given,
    },
  );
}

const at = '2026-01-05T20:00:00.000Z';

it('withdraws what is gone, queues what was edited, and says what came of it', async () => {
  const edited = landedPost({ id: 'rekaan:4', text: 'disunting', url: 'https://rekaan.example/4' }).post;
  const { collector, asked } = place({
    'rekaan:2': () => ({ is: 'gone', at }),
    'rekaan:3': () => ({ is: 'unknown', reason: 'a login wall' }),
    'rekaan:4': () => ({ is: 'changed', post: edited }),
  });
  expect(await ask(collector)).toEqual([{ source: 'warung', there: 2, changed: 1, gone: 1, unknown: 1 }]);
  expect(asked).toHaveLength(5);
  expect(store.getItem(2)).toMatchObject({ post: { text: '' }, withdrawn: { at, sealed: false } });
  expect(store.getItem(4)?.changedAt).toBeDefined();
  expect(store.getItem(3)?.post.text).not.toBe('');

  const batches: PostBatch[] = [];
  const consumer = queues.queue<PostBatch>('score').consume(async (job) => void batches.push(job.payload));
  await expect.poll(() => batches.length).toBe(1);
  await consumer.close();
  expect(batches).toMatchObject([{ source: 'warung', posts: [edited] }]);
});

it('asks a bounded number, goes on where it was, and leaves alone what was asked for of late', async () => {
  const { collector, asked } = place({});
  await ask(collector, { limit: 2 });
  await ask(collector, { limit: 2 });
  expect(asked).toHaveLength(4);
  await ask(collector, { limit: 100 });
  await ask(collector, { limit: 100 });
  expect(asked.toSorted()).toEqual([1, 2, 3, 4, 5].map((n) => `rekaan:${n}`));
  clock.advance(25 * HOUR);
  await ask(collector, { limit: 1 });
  expect(asked.at(-1)).toBe(asked[0]);
});

it('asks no faster than once a second', async () => {
  const began = clock.now();
  await ask(place({}).collector);
  expect(clock.now() - began).toBeGreaterThanOrEqual(4_000);
});

it('stops between two questions, keeping what was answered', async () => {
  const stop = new AbortController();
  const { collector, asked } = place({
    'rekaan:4': () => {
      stop.abort(new Error('enough'));
      return { is: 'gone', at };
    },
  });
  expect(await ask(collector, { signal: stop.signal })).toMatchObject([{ there: 1, gone: 1 }]);
  expect(store.getItem(4)?.withdrawn).toBeDefined();
  await ask(collector);
  expect(new Set(asked).size).toBe(5);
  expect(asked).toHaveLength(5);
});

it('leaves a place alone that asks for patience or keeps failing, and removes nothing for it', async () => {
  const busy = place({
    'rekaan:5': () => {
      throw new ThrottledError('throttled', 'later', 60_000);
    },
  });
  expect(await ask(busy.collector)).toMatchObject([{ there: 0, unknown: 0, ended: { kind: 'throttled' } }]);
  expect(busy.asked).toHaveLength(1);
  const failing = (): Recheck => {
    throw new RetryableError('timeout', 'no answer');
  };
  const down = place(Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`rekaan:${n}`, failing])));
  expect(await ask(down.collector)).toMatchObject([{ unknown: 2, ended: { kind: 'timeout' } }]);
  expect(down.asked).toHaveLength(3);
  expect(store.listItems({ limit: 10 }).filter(({ withdrawn }) => withdrawn !== undefined)).toEqual([]);
});

it('asks neither a paused source nor one that cannot be asked', async () => {
  const { collector, asked } = place({});
  store.setSourcePaused('warung', true);
  expect(await ask(collector)).toMatchObject([{ ended: 'paused' }]);
  const { recheck: _, ...mute } = collector;
  expect(await ask(mute)).toMatchObject([{ ended: 'cannot' }]);
  expect(asked).toEqual([]);
});
