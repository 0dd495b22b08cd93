import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostBatch, ScoredBatch } from '../../src/core/batch.js';
import type { CollectedPage } from '../../src/core/collector-ports.js';
import { PermanentError } from '../../src/core/errors.js';
import type { Clock } from '../../src/core/ports.js';
import { type CollectOptions, collect } from '../../src/pipeline/collect.js';
import { consumeLand } from '../../src/pipeline/land.js';
import { consumeScore } from '../../src/pipeline/score.js';
import { sweepWithdrawn } from '../../src/pipeline/sweep-withdrawn.js';
import { createBullmqQueues } from '../../src/queue/bullmq.js';
import { createEmbeddedQueues } from '../../src/queue/embedded.js';
import { openStore, type Store } from '../../src/store/store.js';
import type { OpenQueues } from '../contract/queue-rig.js';
import { noNetwork } from '../support/no-network.js';
import { type RedisServer, redisAvailable, startRedis } from '../support/redis.js';
import { assessmentOf, landedPost } from '../support/scored.js';
import { until } from '../support/until.js';

/** A deletion on its way from the machine that collects to the one that lands: two stores, one queue between them. */

const clock: Clock = { now: Date.now, sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}) };
const signal = new AbortController().signal;

function withdrawalsOn(name: string, open: (folder: string) => OpenQueues): void {
  describe(name, () => {
    let folder: string;
    let queues: OpenQueues;
    let collecting: Store;
    let landing: Store;

    const storeAt = (file: string): Store =>
      openStore({ path: join(folder, file), secret: Buffer.alloc(32, 7), clock, seenWindowDays: 30 });

    const setUp = (): void => {
      folder = mkdtempSync(join(tmpdir(), 'ronda-withdraw-'));
      queues = open(folder);
      collecting = storeAt('collector.db');
      landing = storeAt('lander.db');
    };
    const tearDown = async (): Promise<void> => {
      await queues.close({ force: true });
      collecting.close();
      landing.close();
      rmSync(folder, { recursive: true, force: true });
    };

    const read = async (page: Partial<CollectedPage>): Promise<void> => {
      const options: CollectOptions = {
        collector: {
          source: 'warung',
          kind: 'rekaan',
          async *collect() {
            yield { posts: [], rejects: [], cursor: { n: 1 }, ...page };
          },
        },
        run: 'run',
        queue: queues.queue<PostBatch>('score'),
        land: queues.queue<ScoredBatch>('land'),
        cursors: collecting,
        claims: { add: () => undefined },
        rejects: { append: () => 0 },
        fetcher: noNetwork,
        clock,
        hash: (text) => createHash('sha256').update(text).digest('hex').slice(0, 32),
        room: async () => {},
        signal,
      };
      expect((await collect(options)).error).toBeUndefined();
    };
    const score = () =>
      consumeScore({
        assessor: { assess: (text) => assessmentOf(text) },
        landing: { sara: 'low' },
        score: queues.queue<PostBatch>('score'),
        land: queues.queue<ScoredBatch>('land'),
      });
    const land = () => consumeLand({ store: landing, land: queues.queue<ScoredBatch>('land') });
    const isEmpty = async (): Promise<boolean> => {
      for (const queue of ['score', 'land']) {
        const { waiting, delayed, active } = await queues.queue(queue).counts();
        if (waiting + delayed + active > 0) return false;
      }
      return true;
    };
    const posted = () => landedPost({ id: 'rekaan:1', collectedAt: new Date().toISOString() }).post;
    const gone = { id: 'rekaan:1', at: '2026-01-05T09:55:00.000Z' };

    it('removes what had landed, and keeps out what is still before the scorers', async () => {
      setUp();
      try {
        await read({ posts: [posted()] });
        let scorer = score();
        const lander = land();
        await until('the post has landed', () => landing.listItems({ limit: 1 }).length === 1);
        await scorer.close();

        const other = { ...posted(), id: 'rekaan:2' };
        await read({ posts: [other], withdrawn: [gone, { ...gone, id: other.id }] });
        await until('it is withdrawn', () => landing.getItem(1)?.withdrawn !== undefined);
        scorer = score();
        await until('everything has landed', isEmpty);
        expect(landing.listItems({ limit: 10 })).toMatchObject([
          { number: 1, post: { text: '' }, withdrawn: { at: gone.at, sealed: false } },
        ]);
        expect(landing.runCounts('run')).toMatchObject({ collected: 2, landed: 1, seen: 1, failed: 0 });
        expect(collecting.listItems({ limit: 10 })).toEqual([]);
        await scorer.close();
        await lander.close();
      } finally {
        await tearDown();
      }
    });

    it('takes its posts out of dead letters and of what waits, and nothing else', async () => {
      setUp();
      try {
        const [x, y] = ['rekaan:mati-1', 'rekaan:mati-2'].map((id) =>
          landedPost({ id, text: `teks milik ${id}`, collectedAt: '2026-01-05T09:00:00.000Z' }),
        );
        if (x === undefined || y === undefined) throw new Error('two posts');
        const before = queues.queue<PostBatch>('score');
        const behind = queues.queue<ScoredBatch>('land');
        const batch = { run: 'run', source: 'warung' };
        await before.enqueue([{ id: 'aa', lane: 'warung', payload: { ...batch, posts: [x.post, y.post] } }]);
        await behind.enqueue([
          { id: 'bb', lane: 'warung', payload: { ...batch, landed: [x, y], passed: [], failed: 0 } },
        ]);
        const dies = before.consume(async () => {
          throw new PermanentError('bad', 'this batch dies');
        });
        await until('it is dead', async () => (await before.counts()).dead === 1);
        await dies.close();
        const sweep = () => sweepWithdrawn({ withdrawn: landing.withdrawn, score: before, land: behind });
        expect(await sweep()).toBe(0);
        expect(landing.withdrawn.lastTold()).toBeUndefined();
        const toldAt = '2026-01-05T10:00:00.000Z';
        const withdrawn = { toldAt, posts: [{ id: x.post.id, at: toldAt }] };
        landing.land('cc', { ...batch, landed: [], passed: [], failed: 0, withdrawn });
        expect(landing.withdrawn.lastTold()).toBe(Date.parse(toldAt));
        expect(await sweep()).toBe(2);
        expect((await before.dead(10)).map(({ payload }) => payload.posts.map(({ id }) => id))).toEqual([
          [y.post.id],
        ]);
        const held: ScoredBatch[] = [];
        const lander = behind.consume(async ({ payload }) => void held.push(payload));
        await until('it came', () => held.length === 1);
        await lander.close();
        expect(held[0]?.landed.map(({ post }) => post.id)).toEqual([y.post.id]);
      } finally {
        await tearDown();
      }
    });

    it('is said again by a collector that was killed before its cursor moved, and changes nothing more', async () => {
      setUp();
      try {
        const scorer = score();
        const lander = land();
        const page = { posts: [posted()], withdrawn: [gone] };
        await read(page);
        await until('everything has landed', isEmpty);
        const before = landing.listItems({ limit: 10 });
        await read(page);
        await until('everything has landed', isEmpty);
        expect(landing.listItems({ limit: 10 })).toEqual(before);
        expect(before.every((item) => item.post.text === '')).toBe(true);
        expect(landing.runCounts('run')).toMatchObject({ collected: 1 });
        await scorer.close();
        await lander.close();
      } finally {
        await tearDown();
      }
    });
  });
}

withdrawalsOn('on the embedded queue', (folder) => createEmbeddedQueues({ path: join(folder, 'queue.db') }));

describe.skipIf(!redisAvailable())('on a Redis of its own', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ appendonly: true });
  });
  afterAll(async () => {
    await server?.dispose();
  });
  withdrawalsOn('bullmq', () => createBullmqQueues({ url: server.url, prefix: randomUUID() }));
});
