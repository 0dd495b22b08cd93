/**
 * Throughput of the queues in jobs of 100 posts: `node dist/bench/queue.js [jobs]`.
 * One process enqueues pages of jobs and consumes them; then a chain through two queues, as the pipeline does.
 * Redis is measured at RONDA_REDIS, under a prefix of its own, when that is set.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { NewJob, Queue } from '../src/core/queue-ports.js';
import { createBullmqQueues } from '../src/queue/bullmq.js';
import { createEmbeddedQueues } from '../src/queue/embedded.js';

const POSTS = 100;
const PAGE = 10;

interface Payload {
  readonly posts: readonly { readonly id: string; readonly text: string; readonly raw: string }[];
}

interface Queues {
  queue<T>(name: string): Queue<T>;
  close(): Promise<void>;
}

function payload(at: number): Payload {
  const text = `laporan cuaca harian nomor ${at}: hujan ringan di beberapa tempat, `.repeat(3);
  const posts = Array.from({ length: POSTS }, (_, n) => ({ id: `bench:${at}-${n}`, text, raw: text + text }));
  return { posts };
}

function jobsOf(count: number): NewJob<Payload>[] {
  return Array.from({ length: count }, (_, at) => ({
    id: at.toString(16).padStart(32, '0'),
    lane: `lane-${at % 8}`,
    payload: payload(at),
  }));
}

async function enqueueAll(queue: Queue<Payload>, jobs: readonly NewJob<Payload>[]): Promise<void> {
  for (let at = 0; at < jobs.length; at += PAGE) await queue.enqueue(jobs.slice(at, at + PAGE));
}

/** Resolves when `count` jobs were handled. */
function drain(
  queue: Queue<Payload>,
  count: number,
  handle: (id: string, payload: Payload) => Promise<void>,
) {
  return new Promise<void>((resolve, reject) => {
    let left = count;
    queue.consume(
      async (job) => {
        await handle(job.id, job.payload);
        left -= 1;
        if (left === 0) resolve();
      },
      { concurrency: 8, onError: reject },
    );
  });
}

interface Cost {
  readonly seconds: number;
  /** Of this process alone. */
  readonly cpuSeconds: number;
}

async function timed(step: () => Promise<void>): Promise<Cost> {
  const start = performance.now();
  const before = process.cpuUsage();
  await step();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1_000, cpuSeconds: (user + system) / 1e6 };
}

function line(name: string, jobs: number, cost: Cost): void {
  const perSecond = Math.round(jobs / cost.seconds);
  process.stdout.write(
    `${name.padEnd(44)} ${String(perSecond).padStart(7)} jobs/s ${String(perSecond * POSTS).padStart(9)} posts/s ${((cost.cpuSeconds / jobs) * 1_000).toFixed(2).padStart(6)} ms CPU a job\n`,
  );
}

async function measure(name: string, open: () => Queues, count: number): Promise<void> {
  const jobs = jobsOf(count);
  const queues = open();
  const score = queues.queue<Payload>('score');
  const land = queues.queue<Payload>('land');
  line(`${name}: enqueue, durable, ${PAGE} jobs a call`, count, await timed(() => enqueueAll(score, jobs)));
  line(`${name}: take and ack`, count, await timed(() => drain(score, count, async () => {})));
  await score.close();
  const chain = await timed(async () => {
    const landed = drain(land, count, async () => {});
    const scored = drain(score, count, async (id, body) => {
      await land.enqueue([{ id, lane: 'score', payload: body }]);
    });
    await enqueueAll(score, jobs);
    await Promise.all([scored, landed]);
  });
  line(`${name}: enqueue -> score -> land, all at once`, count, chain);
  await queues.close();
}

const count = Number(process.argv[2] ?? 3_000);
const bytes = JSON.stringify(payload(1)).length;
process.stdout.write(
  `${new Date().toISOString()} node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${count} jobs of ${POSTS} posts, ${Math.round(bytes / 1_000)} kB each\n`,
);

const folder = mkdtempSync(join(tmpdir(), 'ronda-bench-'));
try {
  await measure('embedded', () => createEmbeddedQueues({ path: join(folder, 'queue.db') }), count);
  const url = process.env.RONDA_REDIS;
  if (url !== undefined)
    await measure('redis', () => createBullmqQueues({ url, prefix: `bench-${process.pid}` }), count);
} finally {
  rmSync(folder, { recursive: true });
}
