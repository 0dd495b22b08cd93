import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ScoredBatch } from '../../src/core/batch.js';
import { consumeLand } from '../../src/pipeline/land.js';
import { createEmbeddedQueues, type EmbeddedQueues } from '../../src/queue/embedded.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf, landedPost, passedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { until } from '../support/until.js';

let folder: string;
let queues: EmbeddedQueues;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-land-'));
  queues = createEmbeddedQueues({
    path: join(folder, 'queue.db'),
    maxAttempts: 2,
    backoff: { baseMs: 1, maxMs: 1, jitter: 0 },
  });
  store = openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock: new SimulatedClock(),
    seenWindowDays: 30,
  });
});
afterEach(async () => {
  await queues.close();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

it('lands every batch once and buries the one that cannot be landed, which costs its neighbours nothing', async () => {
  const land = queues.queue<ScoredBatch>('land');
  const jobs = Array.from({ length: 30 }, (_, n) => ({
    id: `${n}`,
    lane: 'warung',
    payload: batchOf('run', {
      landed: [landedPost({ id: `rekaan:${n}`, ...(n === 11 ? { text: null as unknown as string } : {}) })],
      passed: [passedPost({ id: `rekaan:lewat-${n}` })],
    }),
  }));
  await land.enqueue(jobs);
  const told: string[] = [];
  const consumer = consumeLand({ store, land, onLanded: (_, job) => told.push(job.id) });
  await until('the queue is empty', async () => {
    const { waiting, active, delayed } = await land.counts();
    return waiting + active + delayed === 0;
  });
  await consumer.close();
  expect(store.runCounts('run')).toEqual({
    collected: 60,
    landed: 29,
    passed: 29,
    seen: 0,
    failed: 2,
    incomplete: 0,
  });
  expect((await land.dead(10)).map(({ id }) => id)).toEqual(['11']);
  expect(told.toSorted()).toEqual(
    jobs
      .map(({ id }) => id)
      .filter((id) => id !== '11')
      .toSorted(),
  );
});
