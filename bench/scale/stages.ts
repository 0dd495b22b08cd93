import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueCounts } from '../../src/core/queue-ports.js';
import { createBullmqQueues } from '../../src/queue/bullmq.js';
import { createEmbeddedQueues } from '../../src/queue/embedded.js';
import { StoreWatch } from '../faults/store-facts.js';

/** One stage by itself, the others not running. */
export interface StageFigure {
  readonly stage: 'collect' | 'score' | 'land';
  readonly queue: 'embedded' | 'redis';
  readonly workers: number;
  readonly posts: number;
  readonly postsPerSecond: number;
  /** Processor time of the stage's own processes a post, microseconds: what the machine's other work does not change. */
  readonly cpuMicros: number;
  /** The same of redis-server, where there is one. */
  readonly redisMicros: number;
}

export interface StageOptions {
  readonly ronda: string;
  readonly folder: string;
  readonly config: string;
  readonly rows: number;
  readonly redis: { readonly url: string; readonly pid: number } | undefined;
  readonly say: (line: string) => void;
}

const LOOK_MS = 20;
const GIVE_UP_MS = 900_000;

/** Seconds of processor time of a process so far. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Collects without scorers, scores with one and then with two without a lander, and lands what was scored. */
export async function measureStages(options: StageOptions): Promise<StageFigure[]> {
  const { redis, folder, rows, say } = options;
  const queue: StageFigure['queue'] = redis === undefined ? 'embedded' : 'redis';
  const figures: StageFigure[] = [];
  for (const workers of [1, 2]) {
    const home = join(folder, `${queue}-${workers}`);
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const queues =
      redis === undefined
        ? createEmbeddedQueues({ path: join(home, 'queue.db') })
        : createBullmqQueues({ url: redis.url, prefix: 'ronda' });
    const watch = new StoreWatch(join(home, 'ronda.db'));
    try {
      const counts = (name: string): Promise<QueueCounts> => queues.queue(name).counts();
      const stage = async (
        name: StageFigure['stage'],
        count: number,
        isBegun: () => Promise<boolean>,
        isDone: () => Promise<boolean>,
      ): Promise<void> => {
        const running = Array.from({ length: count }, () => start(options, home, name));
        try {
          await until(isBegun, running);
          const begin = performance.now();
          const before = running.map(({ pid }) => cpuOf(pid ?? 0));
          const redisBefore = redis === undefined ? 0 : cpuOf(redis.pid);
          const doneBefore = await left(name);
          await until(isDone, running);
          const seconds = (performance.now() - begin) / 1_000;
          const cpu = running.reduce((sum, { pid }, at) => sum + cpuOf(pid ?? 0) - (before[at] ?? 0), 0);
          const redisCpu = redis === undefined ? 0 : cpuOf(redis.pid) - redisBefore;
          const posts = Math.max(1, rows - doneBefore);
          const figure = {
            ...{ stage: name, queue, workers: count, posts },
            postsPerSecond: posts / seconds,
            cpuMicros: (cpu * 1e6) / posts,
            redisMicros: (redisCpu * 1e6) / posts,
          } as const;
          figures.push(figure);
          say(
            `  ${name} x ${count} on ${queue}: ${figure.postsPerSecond.toFixed(0)} posts/s, ${figure.cpuMicros.toFixed(0)} µs a post, Redis ${figure.redisMicros.toFixed(0)} µs`,
          );
        } finally {
          await Promise.all(running.map(end));
        }
      };
      const perBatch = 100;
      /** Posts that a stage has behind it already. */
      const left = async (name: StageFigure['stage']): Promise<number> => {
        const sums = watch.sums();
        if (name === 'collect') return sums.collected;
        if (name === 'score') return rows - (await counts('score')).waiting * perBatch;
        return sums.landed + sums.passed + sums.seen;
      };
      const collected = async (): Promise<boolean> => watch.sums().collected >= rows;
      await stage('collect', 1, async () => watch.sums().collected > 0, collected);
      const waiting = (await counts('score')).waiting;
      const scored = async (): Promise<boolean> => {
        const { waiting: still, active } = await counts('score');
        return still + active === 0;
      };
      await stage('score', workers, async () => (await counts('score')).waiting < waiting, scored);
      const landed = async (): Promise<boolean> => {
        const sums = watch.sums();
        return sums.landed + sums.passed + sums.seen + sums.failed >= rows;
      };
      await stage('land', 1, async () => (await left('land')) > 0, landed);
    } finally {
      watch.close();
      await queues.close();
    }
  }
  return figures;
}

function start({ ronda, config, redis }: StageOptions, home: string, part: string): ChildProcess {
  const { RONDA_REDIS: _, RONDA_HOME: __, ...environment } = process.env;
  return spawn(process.execPath, [ronda, '--home', home, '--config', config, 'worker', part], {
    stdio: 'ignore',
    env: { ...environment, ...(redis === undefined ? {} : { RONDA_REDIS: redis.url }) },
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function until(holds: () => Promise<boolean>, running: readonly ChildProcess[]): Promise<void> {
  const giveUp = Date.now() + GIVE_UP_MS;
  while (!(await holds())) {
    const ended = running.find(({ exitCode }) => exitCode !== null);
    if (ended !== undefined) throw new Error(`a worker ended with ${ended.exitCode}`);
    if (Date.now() > giveUp) throw new Error('a stage did not come to its end within 15 minutes');
    await sleep(LOOK_MS);
  }
}
