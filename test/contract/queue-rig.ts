import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Consumer, Job, NewJob, Queue } from '../../src/core/queue-ports.js';
import type { Backoff } from '../../src/queue/backoff.js';

export interface Tuning {
  readonly maxAttempts: number;
  readonly backoff: Backoff;
  readonly leaseMs: number;
}

export interface OpenQueues {
  queue<T>(name: string): Queue<T>;
  close(options?: { force?: boolean }): Promise<void>;
}

/** One queue server or file, fresh for each test. */
export interface QueueBackend {
  readonly adapter: 'embedded' | 'bullmq';
  /** A further handle on the same queues, as another process would have. */
  open(tuning: Tuning): OpenQueues;
  /** The JSON options of the same, for a child process. */
  childOptions(tuning: Tuning): Record<string, unknown>;
  dispose(): Promise<void>;
}

export interface Note {
  readonly n: number;
}

/** A worker in a process of its own. */
export interface Child {
  /** What it printed, see queue-child.mjs. */
  readonly lines: readonly string[];
  readonly ended: Promise<unknown>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export const QUICK: Tuning = { maxAttempts: 3, backoff: { baseMs: 5, maxMs: 20, jitter: 0 }, leaseMs: 1_000 };
export const SLOW_BACKOFF: Tuning = { ...QUICK, backoff: { baseMs: 600_000, maxMs: 600_000, jitter: 0 } };
export const EMPTY = { waiting: 0, delayed: 0, active: 0, dead: 0 };

/** Jobs of one lane, numbered from `from`. */
export function jobs(lane: string, count: number, from = 0): NewJob<Note>[] {
  return Array.from({ length: count }, (_, at) => ({
    id: idOf(lane, from + at),
    lane,
    payload: { n: from + at },
  }));
}

export function idOf(lane: string, n: number): string {
  return Buffer.from(`${lane}-${n}`).toString('hex');
}

/** Consumes and keeps what came. */
export function gather(queue: Queue<Note>, concurrency = 1): { seen: Job<Note>[]; consumer: Consumer } {
  const seen: Job<Note>[] = [];
  const consumer = queue.consume(
    async (job) => {
      seen.push(job);
    },
    { concurrency },
  );
  return { seen, consumer };
}

/** A backend with all that a test opened on it, to be cleared away at its end. */
export class QueueRig {
  readonly #backend: QueueBackend;
  readonly #opened: OpenQueues[] = [];
  readonly #children: ChildProcess[] = [];

  constructor(backend: QueueBackend) {
    this.#backend = backend;
  }

  openAll(tuning: Tuning = QUICK): OpenQueues {
    const queues = this.#backend.open(tuning);
    this.#opened.push(queues);
    return queues;
  }

  open(tuning: Tuning = QUICK): Queue<Note> {
    return this.openAll(tuning).queue<Note>('score');
  }

  child(mode: 'hold' | 'work' | 'enqueue', tuning: Tuning, toEnqueue?: readonly NewJob<Note>[]): Child {
    const script = fileURLToPath(new URL('../support/queue-child.mjs', import.meta.url));
    const { adapter } = this.#backend;
    const options = this.#backend.childOptions(tuning);
    const order = { adapter, options, queue: 'score', mode, jobs: toEnqueue };
    const process = spawn('node', [script, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#children.push(process);
    const lines: string[] = [];
    createInterface({ input: process.stdout }).on('line', (line) => lines.push(line));
    const ended = once(process, 'exit');
    return {
      lines,
      ended,
      async kill() {
        process.kill('SIGKILL');
        await ended;
      },
    };
  }

  async clear(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const queues of this.#opened) await queues.close({ force: true });
    await this.#backend.dispose();
  }
}
