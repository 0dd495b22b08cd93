import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { QueueCounts } from '../../src/core/queue-ports.js';
import { createBullmqQueues } from '../../src/queue/bullmq.js';
import { createEmbeddedQueues } from '../../src/queue/embedded.js';
import { inventedPosts, jsonLines } from '../support/posts.js';
import { redisAvailable, startRedis } from '../support/redis.js';
import { eventually, type Finished, freshHome, Ronda, ronda } from '../support/ronda.js';

/** Workers killed and Redis restarted in mid-run: the end state equals the undisturbed run's. */

const POSTS = 12_000;
const file = 'posts.jsonl';
const cleanUp: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

function homeWithPosts(): string {
  const home = freshHome();
  cleanUp.push(home.remove);
  // Two wordings of each text: of more copies than become items, those that come first do, whichever they are.
  const posts = inventedPosts(POSTS).map((post, at) =>
    at < POSTS / 2 ? post : { ...post, text: `${post.text} sore ini` },
  );
  writeFileSync(join(home.path, file), jsonLines(posts));
  // The batch process scores nothing by itself, so that the workers under test do all of it.
  writeFileSync(join(home.path, 'ronda.yaml'), 'score: { workers: 0 }\n');
  return home.path;
}

/** What the store holds in the end, in an order of its own. */
async function landed(home: string): Promise<string[]> {
  const { stdout } = await ronda(['items', 'list', '--jsonl'], { home });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { post: { id: string }; level: string; flags: string[] })
    .map(({ post, level, flags }) => `${post.id} ${level} ${flags.join('+')}`)
    .sort();
}

async function undisturbed(): Promise<{ items: string[]; counts: Record<string, number> }> {
  const home = homeWithPosts();
  writeFileSync(join(home, 'ronda.yaml'), 'score: { workers: 1 }\n');
  const done = await ronda(['batch', file, '--json'], { home });
  expect(done.stderr + done.stdout).toContain('"outcome":"done"');
  return { items: await landed(home), counts: countsOf(done) };
}

function countsOf(done: Finished): Record<string, number> {
  const { collected, landed: kept, passed, seen, failed } = JSON.parse(done.stdout) as Record<string, number>;
  return {
    collected: collected ?? -1,
    landed: kept ?? -1,
    passed: passed ?? -1,
    seen: seen ?? -1,
    failed: failed ?? -1,
  };
}

/** Freezes a worker while it holds work, so that the kill is known to strike in mid-batch, then kills it. */
async function killWhileBusy(worker: Ronda, counts: () => Promise<QueueCounts>): Promise<void> {
  await eventually('the worker holding a batch when it is frozen', async () => {
    worker.kill('SIGSTOP');
    const { active } = await counts();
    if (active > 0) return true;
    worker.kill('SIGCONT');
    return false;
  });
  worker.kill('SIGKILL');
  const { signal } = await worker.finished;
  expect(signal).toBe('SIGKILL');
}

/** Batches that a worker's log says were delivered before. */
function redelivered(worker: Ronda): number {
  return worker.stderr.split('\n').filter((line) => {
    if (!line.startsWith('{')) return false;
    const { attempt } = JSON.parse(line) as { attempt?: number };
    return attempt !== undefined && attempt > 1;
  }).length;
}

interface QueueUnderTest {
  readonly environment: Record<string, string>;
  readonly score: () => Promise<QueueCounts>;
  readonly land: () => Promise<QueueCounts>;
  /** Struck once between the kills. */
  readonly midRun?: () => Promise<void>;
}

async function disturbed(home: string, queue: QueueUnderTest): Promise<void> {
  const start = (...args: string[]): Ronda => {
    const process = new Ronda(args, { home, environment: { ...queue.environment, RONDA_LOG: 'info' } });
    cleanUp.push(() => process.kill('SIGKILL'));
    return process;
  };
  const lander = start('worker', 'land');
  await lander.says(/worker land|pekerja land/);
  const batch = start('batch', file, '--json');
  const scorer = start('worker', 'score');
  await killWhileBusy(scorer, queue.score);
  const secondScorer = start('worker', 'score');
  await queue.midRun?.();
  await killWhileBusy(lander, queue.land);

  const done = await batch.finished;
  const { items, counts } = await undisturbed();
  expect(countsOf(done)).toEqual(counts);
  expect(counts.collected).toBe(POSTS);
  expect(await landed(home)).toEqual(items);
  expect(items.length).toBeGreaterThan(POSTS / 20);
  expect(redelivered(secondScorer)).toBeGreaterThan(0);
  // The waiting batch run took over from the dead lander by itself.
  expect(redelivered(batch)).toBeGreaterThan(0);
  secondScorer.kill('SIGTERM');
  expect((await secondScorer.finished).code).toBe(0);
}

describe('workers killed with SIGKILL in mid-batch', () => {
  it('lose nothing and double nothing on the embedded queue', { timeout: 900_000 }, async () => {
    const home = homeWithPosts();
    const queues = createEmbeddedQueues({ path: join(home, 'queue.db') });
    cleanUp.push(() => queues.close({ force: true }));
    await disturbed(home, {
      environment: {},
      score: () => queues.queue('score').counts(),
      land: () => queues.queue('land').counts(),
    });
  });

  it.skipIf(!redisAvailable())(
    'lose nothing and double nothing on Redis, which is restarted as well',
    { timeout: 900_000 },
    async () => {
      const home = homeWithPosts();
      const redis = await startRedis({ appendonly: true });
      cleanUp.push(() => redis.dispose());
      const queues = createBullmqQueues({ url: redis.url, prefix: 'ronda' });
      cleanUp.push(() => queues.close({ force: true }));
      await disturbed(home, {
        environment: { RONDA_REDIS: redis.url },
        score: () => queues.queue('score').counts(),
        land: () => queues.queue('land').counts(),
        midRun: async () => {
          await redis.kill();
          await redis.start();
        },
      });
    },
  );
});
