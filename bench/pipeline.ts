import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from './assess.js';
import { freePort } from './load/free-ports.js';

/* The pipeline by its real command: `ronda batch FILE --json`, each time in a fresh home. */

const RONDA = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));

/** A queue and a number of scorers. */
export interface Shape {
  readonly queue: 'embedded' | 'redis';
  readonly workers: number;
}

export interface PipelineFigures extends Shape {
  /** Start and end of the process, and all that does not grow with the posts, seconds: `ronda batch` over one post. */
  readonly startSeconds: number;
  /** Seconds over all posts, start included. */
  readonly seconds: number;
  /** Posts a second with the start taken off. */
  readonly postsPerSecond: number;
  /** Processor time a post, microseconds, over all processes; Redis itself not counted. */
  readonly cpuMicros: number;
  /** Most memory held at any time by the process and its scorers together, MB; what they share counts once. */
  readonly peakMegabytes: number;
  readonly landed: number;
}

interface RunCost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Runs every shape `rounds` times, in turns, over the same posts. */
export async function measurePipelines(
  folder: string,
  posts: readonly { readonly id: string; readonly text: string }[],
  shapes: readonly Shape[],
  rounds: number,
  redisUrl: string | undefined,
): Promise<PipelineFigures[]> {
  const many = join(folder, 'posts.jsonl');
  const one = join(folder, 'one.jsonl');
  writeFileSync(many, posts.map(toLine).join(''));
  writeFileSync(one, posts.slice(0, 1).map(toLine).join(''));
  const costs = shapes.map(() => ({ start: [] as RunCost[], whole: [] as RunCost[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, shape] of shapes.entries()) {
      const cost = costs[at] as (typeof costs)[number];
      cost.start.push(await runBatch(folder, shape, one, redisUrl));
      cost.whole.push(await runBatch(folder, shape, many, redisUrl));
    }
  }
  return shapes.map((shape, at) => {
    const { start, whole } = costs[at] as (typeof costs)[number];
    const startSeconds = median(start.map(({ seconds }) => seconds));
    const seconds = median(whole.map((run) => run.seconds));
    const last = whole.at(-1) as RunCost;
    const { collected = 0, landed = 0, passed = 0, seen = 0, failed = 0 } = last.counts;
    if (collected !== posts.length || collected !== landed + passed + seen + failed) {
      throw new Error(`the counts do not add up: ${JSON.stringify(last.counts)} of ${posts.length} posts`);
    }
    const cpu = median(whole.map((run) => run.cpuSeconds)) - median(start.map((run) => run.cpuSeconds));
    return {
      ...shape,
      startSeconds,
      seconds,
      postsPerSecond: (posts.length - 1) / (seconds - startSeconds),
      cpuMicros: (cpu * 1e6) / (posts.length - 1),
      peakMegabytes: Math.max(...whole.map((run) => run.peakMegabytes)),
      landed,
    };
  });
}

function toLine({ id, text }: { readonly id: string; readonly text: string }): string {
  return `${JSON.stringify({ id, text, created_at: '2026-01-05T08:00:00Z', author: `akun-${id.slice(-3)}` })}\n`;
}

async function runBatch(
  folder: string,
  shape: Shape,
  file: string,
  redisUrl: string | undefined,
): Promise<RunCost> {
  const home = join(folder, 'home');
  const config = join(folder, 'ronda.yaml');
  rmSync(home, { recursive: true, force: true });
  await mkdir(home, { mode: 0o700 });
  writeFileSync(config, `score:\n  workers: ${shape.workers}\n`);
  const { RONDA_REDIS: _, ...environment } = process.env;
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    [RONDA, '--home', home, '--config', config, 'batch', file, '--json'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...environment,
        ...(shape.queue === 'redis' && redisUrl !== undefined ? { RONDA_REDIS: redisUrl } : {}),
      },
    },
  );
  const watch = watchProcess(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - begin) / 1_000;
  const { cpuSeconds, peakMegabytes } = watch();
  if (status !== 0) throw new Error(`ronda batch ended with ${status}: ${said.err}`);
  const counts = JSON.parse(said.out.trim().split('\n').at(-1) ?? '{}') as Record<string, number>;
  return { seconds, cpuSeconds, peakMegabytes, counts };
}

/** Reads what the kernel says of a process and its scorers until it ends; zeros where there is no /proc. */
function watchProcess(child: ChildProcess): () => { cpuSeconds: number; peakMegabytes: number } {
  const cpuSeconds = new Map<number, number>();
  let peakMegabytes = 0;
  const look = (): void => {
    try {
      const pid = child.pid as number;
      const scorers = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
      let pages = 0;
      for (const each of [pid, ...scorers.map(Number)]) {
        const [, resident = 0, shared = 0] = readFileSync(`/proc/${each}/statm`, 'utf8')
          .split(' ')
          .map(Number);
        // What a scorer maps of the same files (the engine's code) is there once.
        pages += each === pid ? resident : resident - shared;
        const fields = readFileSync(`/proc/${each}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        // Ticks of user and system time, 100 a second.
        cpuSeconds.set(each, (Number(fields[11]) + Number(fields[12])) / 100);
      }
      peakMegabytes = Math.max(peakMegabytes, (pages * PAGE_BYTES) / 1e6);
    } catch {
      // One of them has ended, or this system tells nothing.
    }
  };
  const timer = setInterval(look, 10);
  return () => {
    clearInterval(timer);
    return { cpuSeconds: [...cpuSeconds.values()].reduce((sum, each) => sum + each, 0), peakMegabytes };
  };
}

const PAGE_BYTES = 4_096;

/** A redis-server of the bench's own on a free loopback port, with its append-only file; undefined where there is none. */
export async function startRedis(
  folder: string,
): Promise<{ url: string; close(): Promise<void> } | undefined> {
  const port = await freePort();
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--save',
      '',
      '--daemonize',
      'no',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ready = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.once('exit', () => resolve(false));
    server.stdout.on('data', (chunk) => {
      if (String(chunk).includes('Ready to accept')) resolve(true);
    });
  });
  if (!ready) return undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.once('exit', () => resolve());
        server.kill();
      }),
  };
}
