import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PermanentError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import type { Consumer, Job, NewJob, Queue } from '../../src/core/ports.js';
import type { Backoff } from '../../src/queue/backoff.js';
import { until } from '../support/until.js';

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

interface Note {
  readonly n: number;
}

const QUICK: Tuning = { maxAttempts: 3, backoff: { baseMs: 5, maxMs: 20, jitter: 0 }, leaseMs: 1_000 };
const SLOW_BACKOFF: Tuning = { ...QUICK, backoff: { baseMs: 600_000, maxMs: 600_000, jitter: 0 } };
const NEVER = new Promise<never>(() => {});

function jobs(lane: string, count: number, from = 0): NewJob<Note>[] {
  return Array.from({ length: count }, (_, at) => ({
    id: idOf(lane, from + at),
    lane,
    payload: { n: from + at },
  }));
}

function idOf(lane: string, n: number): string {
  return Buffer.from(`${lane}-${n}`).toString('hex');
}

/** What every queue promises (core/ports.ts), shown on a real one. */
export function queueContract(name: string, setUp: () => Promise<QueueBackend>): void {
  describe(`queue contract: ${name}`, () => {
    let backend: QueueBackend;
    let opened: OpenQueues[];
    let children: ChildProcess[];

    beforeEach(async () => {
      backend = await setUp();
      opened = [];
      children = [];
    });

    afterEach(async () => {
      for (const child of children) child.kill('SIGKILL');
      for (const queues of opened) await queues.close({ force: true });
      await backend.dispose();
    });

    function open(tuning: Tuning = QUICK): Queue<Note> {
      const queues = backend.open(tuning);
      opened.push(queues);
      return queues.queue<Note>('score');
    }

    /** Consumes and keeps what came. */
    function gather(queue: Queue<Note>, concurrency = 1): { seen: Job<Note>[]; consumer: Consumer } {
      const seen: Job<Note>[] = [];
      const consumer = queue.consume(
        async (job) => {
          seen.push(job);
        },
        { concurrency },
      );
      return { seen, consumer };
    }

    function child(mode: 'hold' | 'work' | 'enqueue', tuning: Tuning, toEnqueue?: readonly NewJob<Note>[]) {
      const script = fileURLToPath(new URL('../support/queue-child.mjs', import.meta.url));
      const options = backend.childOptions(tuning);
      const order = { adapter: backend.adapter, options, queue: 'score', mode, jobs: toEnqueue };
      const process = spawn('node', [script, JSON.stringify(order)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(process);
      const lines: string[] = [];
      createInterface({ input: process.stdout }).on('line', (line) => lines.push(line));
      return {
        lines,
        async kill() {
          const gone = once(process, 'exit');
          process.kill('SIGKILL');
          await gone;
        },
        ended: once(process, 'exit'),
      };
    }

    const empty = { waiting: 0, delayed: 0, active: 0, dead: 0 };

    it('delivers what was enqueued, payload, lane and time, and forgets it when it is done', async () => {
      const queue = open();
      const before = Date.now();
      const payload = {
        n: 1,
        text: 'a "quote", a NUL \u0000, 🐷 and a lone \ud83d',
        list: [null, 1.5],
      } as Note;
      expect(await queue.enqueue([{ id: 'ab12', lane: 'lane: with blanks', payload }])).toBe(1);
      expect(await queue.counts()).toEqual({ ...empty, waiting: 1 });
      const { seen } = gather(queue);
      await until('it is done', async () => seen.length === 1 && (await queue.counts()).active === 0);
      expect(seen[0]).toMatchObject({ id: 'ab12', lane: 'lane: with blanks', payload, attempt: 1 });
      expect(seen[0]!.enqueuedAt).toBeGreaterThanOrEqual(before);
      expect(await queue.counts()).toEqual(empty);
      expect(await queue.enqueue([{ id: 'ab12', lane: 'a', payload }])).toBe(1);
      await until('the id is usable again', () => seen.length === 2);
    });

    it('takes an empty list', async () => {
      expect(await open().enqueue([])).toBe(0);
    });

    it('starts the jobs of a lane first-in first-out, also those enqueued later', async () => {
      const queue = open();
      await queue.enqueue(jobs('a', 30));
      const { seen } = gather(queue);
      await queue.enqueue(jobs('a', 30, 30));
      await until('all came', () => seen.length === 60);
      expect(seen.map((job) => job.payload.n)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    });

    it('serves lanes in turn: a long lane does not hold up the short ones', async () => {
      const queue = open();
      await queue.enqueue(jobs('flood', 60));
      await queue.enqueue([...jobs('b', 5), ...jobs('c', 5)]);
      const { seen } = gather(queue);
      await until('all came', () => seen.length === 70);
      const first = seen.slice(0, 18).map((job) => job.lane);
      expect(first.filter((lane) => lane === 'b')).toHaveLength(5);
      expect(first.filter((lane) => lane === 'c')).toHaveLength(5);
      for (const lane of ['flood', 'b', 'c']) {
        const order = seen.filter((job) => job.lane === lane).map((job) => job.payload.n);
        expect(order).toEqual([...order].sort((x, y) => x - y));
      }
    });

    it('keeps queues of one place apart', async () => {
      const queues = backend.open(QUICK);
      opened.push(queues);
      await queues.queue<Note>('land').enqueue(jobs('a', 2));
      const { seen } = gather(queues.queue<Note>('score'));
      await queues.queue<Note>('score').enqueue(jobs('a', 1));
      await until('its own came', () => seen.length === 1);
      expect(await queues.queue('land').counts()).toEqual({ ...empty, waiting: 2 });
    });

    it.each<[string, () => Error, number, string]>([
      ['an error of no kind of ours', () => new Error('boom'), 3, 'defect'],
      ['a retryable error', () => new RetryableError('lock-held', 'boom'), 3, 'lock-held'],
      ['a permanent error', () => new PermanentError('body-not-json', 'boom'), 1, 'body-not-json'],
    ])('buries a job after %s, with its reason', async (_, error, attempts, kind) => {
      const queue = open();
      const tried: number[] = [];
      const told: unknown[] = [];
      await queue.enqueue(jobs('a', 1));
      queue.consume(
        async (job) => {
          tried.push(job.attempt);
          throw error();
        },
        {
          onDead: async (job, why) => {
            told.push([job.id, job.payload, why]);
          },
        },
      );
      await until('it is dead', async () => (await queue.counts()).dead === 1);
      expect(tried).toEqual(Array.from({ length: attempts }, (_, at) => at + 1));
      expect(told).toEqual([[idOf('a', 0), { n: 0 }, { kind, reason: 'boom' }]]);
      expect(await queue.counts()).toEqual({ ...empty, dead: 1 });
      const [dead] = await queue.dead(10);
      expect(dead).toMatchObject({
        id: idOf('a', 0),
        lane: 'a',
        payload: { n: 0 },
        attempt: attempts,
        reason: 'boom',
        kind,
      });
      expect(dead!.diedAt).toBeGreaterThanOrEqual(dead!.enqueuedAt);
    });

    it('puts a failed job off, and the others of its lane go on', async () => {
      const queue = open(SLOW_BACKOFF);
      const seen: string[] = [];
      await queue.enqueue(jobs('a', 3));
      queue.consume(async (job) => {
        seen.push(`${job.payload.n}/${job.attempt}`);
        if (job.payload.n === 0) throw new RetryableError('busy', 'not now');
      });
      await until('one is put off', async () => seen.length === 3 && (await queue.counts()).delayed === 1);
      expect(seen).toEqual(['0/1', '1/1', '2/1']);
      expect(await queue.counts()).toEqual({ ...empty, delayed: 1 });
    });

    it('does not count an attempt that was throttled', async () => {
      const queue = open();
      const tried: number[] = [];
      await queue.enqueue(jobs('a', 1));
      queue.consume(async (job) => {
        tried.push(job.attempt);
        if (tried.length <= 5) throw new ThrottledError('rate-limited', 'patience', 1);
        if (tried.length <= 7) throw new RetryableError('busy', 'not now');
      });
      await until('it is done', async () => tried.length === 8 && (await queue.counts()).active === 0);
      expect(tried).toEqual([1, 1, 1, 1, 1, 1, 2, 3]);
      expect(await queue.counts()).toEqual(empty);
    });

    it('waits as long as a throttled job asks for', async () => {
      const queue = open();
      await queue.enqueue(jobs('a', 1));
      queue.consume(async () => {
        throw new ThrottledError('rate-limited', 'patience', 600_000);
      });
      await until('it is put off', async () => (await queue.counts()).delayed === 1);
    });

    it('holds a delayed job back, and its lane does not wait for it', async () => {
      const queue = open();
      await queue.enqueue([
        { id: 'late', lane: 'a', payload: { n: 1 }, delayMs: 600_000 },
        { id: 'soon', lane: 'a', payload: { n: 2 }, delayMs: 30 },
        { id: 'now', lane: 'a', payload: { n: 3 } },
      ]);
      const { seen } = gather(queue);
      await until('two came', () => seen.length === 2);
      expect(seen.map((job) => job.id)).toEqual(['now', 'soon']);
      expect(await queue.counts()).toMatchObject({ delayed: 1 });
    });

    it('takes the same id twice for one job while it waits, is delayed, active or dead', async () => {
      const queue = open(SLOW_BACKOFF);
      const note = { lane: 'a', payload: { n: 1 } };
      expect(
        await queue.enqueue([
          { id: 'aa', ...note },
          { id: 'aa', ...note },
        ]),
      ).toBe(1);
      expect(await queue.enqueue([{ id: 'aa', lane: 'b', payload: { n: 2 } }])).toBe(0);
      let release: (error?: Error) => void = () => {};
      const seen: number[] = [];
      queue.consume((job) => {
        seen.push(job.payload.n);
        return new Promise((resolve, reject) => {
          release = (error) => (error ? reject(error) : resolve());
        });
      });
      await until('it is active', () => seen.length === 1);
      expect(await queue.enqueue([{ id: 'aa', ...note }])).toBe(0);
      release(new RetryableError('busy', 'not now'));
      await until('it is delayed', async () => (await queue.counts()).delayed === 1);
      expect(
        await queue.enqueue([
          { id: 'aa', ...note },
          { id: 'bb', ...note },
        ]),
      ).toBe(1);
      await until('the other is active', () => seen.length === 2);
      release(new PermanentError('bad', 'bad'));
      await until('it is dead', async () => (await queue.counts()).dead === 1);
      expect(await queue.enqueue([{ id: 'bb', ...note }])).toBe(0);
      expect(await queue.counts()).toEqual({ ...empty, delayed: 1, dead: 1 });
      expect(seen).toEqual([1, 1]);
    });

    it('tries again later when the one told of a death fails, and buries only then', async () => {
      const queue = open();
      let told = 0;
      const troubles: unknown[] = [];
      await queue.enqueue(jobs('a', 1));
      queue.consume(
        async () => {
          throw new PermanentError('bad', 'bad body');
        },
        {
          onDead: async () => {
            told += 1;
            if (told < 3) throw new Error('the store is away');
          },
          onError: (error) => troubles.push(error),
        },
      );
      await until('it is dead', async () => (await queue.counts()).dead === 1);
      expect(told).toBe(3);
      expect(troubles.map(String)).toEqual(['Error: the store is away', 'Error: the store is away']);
      expect((await queue.dead(1))[0]).toMatchObject({ kind: 'bad', reason: 'bad body' });
    });

    it('lists dead jobs oldest first, and retries, drops and expires them', async () => {
      const queue = open();
      let broken = true;
      const done: string[] = [];
      await queue.enqueue(jobs('a', 6));
      queue.consume(async (job) => {
        if (broken) throw new PermanentError('bad', `bad ${job.payload.n}`);
        done.push(`${job.id}/${job.attempt}`);
      });
      await until('all are dead', async () => (await queue.counts()).dead === 6);
      expect((await queue.dead(4)).map((job) => job.reason)).toEqual(['bad 0', 'bad 1', 'bad 2', 'bad 3']);
      broken = false;
      expect(await queue.retryDead([idOf('a', 2), 'unknown'])).toBe(1);
      await until('it is done', () => done.length === 1);
      expect(done).toEqual([`${idOf('a', 2)}/1`]);
      expect(await queue.dropDead([idOf('a', 0)])).toBe(1);
      const left = await queue.dead(10);
      expect(left.map((job) => job.payload.n)).toEqual([1, 3, 4, 5]);
      expect(await queue.expireDead(left[0]!.diedAt)).toBe(0);
      await queue.pause();
      expect(await queue.retryDead()).toBe(4);
      expect(await queue.counts()).toEqual({ ...empty, waiting: 4 });
      broken = true;
      await queue.resume();
      await until('they are dead again', async () => (await queue.counts()).dead === 4);
      expect(await queue.expireDead(Date.now() + 60_000)).toBe(4);
      await queue.enqueue(jobs('a', 1));
      await until('a new one is dead', async () => (await queue.counts()).dead === 1);
      expect(await queue.dropDead()).toBe(1);
      expect(await queue.counts()).toEqual(empty);
    });

    it('delivers nothing while paused, whoever paused it, and goes on after', async () => {
      const here = open();
      await open().pause();
      const { seen } = gather(here);
      await here.enqueue(jobs('a', 3));
      // A job that is delivered on the queue beside shows that the consumer had its chance.
      const beside = opened[0]!.queue<Note>('land');
      const passed = gather(beside);
      await beside.enqueue(jobs('a', 20));
      await until('the other queue is served', () => passed.seen.length === 20);
      expect(seen).toEqual([]);
      expect(await here.counts()).toEqual({ ...empty, waiting: 3 });
      await open().resume();
      await until('all came', () => seen.length === 3);
    });

    it('waits on close for the job under way and takes no other', async () => {
      const queue = open();
      await queue.enqueue(jobs('a', 2));
      let finish = () => {};
      let started = 0;
      const consumer = queue.consume(() => {
        started += 1;
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      });
      await until('one is under way', () => started === 1);
      let closed = false;
      const closing = consumer.close().then(() => {
        closed = true;
      });
      expect(await queue.counts()).toEqual({ ...empty, waiting: 1, active: 1 });
      expect(closed).toBe(false);
      finish();
      await closing;
      expect(started).toBe(1);
      expect(await queue.counts()).toEqual({ ...empty, waiting: 1 });
    });

    it('gives jobs under way back when closed by force, uncounted, and tells their handlers', async () => {
      const queue = open();
      await queue.enqueue(jobs('a', 2));
      const signals: AbortSignal[] = [];
      const consumer = queue.consume(
        (_, signal) => {
          signals.push(signal);
          return NEVER;
        },
        { concurrency: 2 },
      );
      await until('both are under way', () => signals.length === 2);
      const patient = consumer.close();
      await consumer.close({ force: true });
      await patient;
      expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
      expect(await queue.counts()).toEqual({ ...empty, waiting: 2 });
      const { seen } = gather(queue);
      await until('both came again', () => seen.length === 2);
      expect(seen.map((job) => job.attempt)).toEqual([1, 1]);
    });

    it('delivers the job of a killed worker again, and counts the attempt', async () => {
      const queue = open();
      await queue.enqueue(jobs('a', 2));
      const victim = child('hold', QUICK);
      await until('the victim has it', () => victim.lines.length === 1);
      expect(await queue.counts()).toEqual({ ...empty, waiting: 1, active: 1 });
      await victim.kill();
      const { seen } = gather(queue);
      await until('both came', async () => seen.length === 2 && (await queue.counts()).active === 0);
      expect(seen.map((job) => `${job.payload.n}/${job.attempt}`).sort()).toEqual(['0/2', '1/1']);
      expect(await queue.counts()).toEqual(empty);
    });

    it('buries a job that kills its workers, with the kind worker-lost', { timeout: 60_000 }, async () => {
      const queue = open({ ...QUICK, maxAttempts: 2 });
      await queue.enqueue(jobs('a', 1));
      for (const attempt of [1, 2]) {
        const victim = child('hold', { ...QUICK, maxAttempts: 2 });
        await until('the victim has it', () => victim.lines.length === 1);
        expect(victim.lines).toEqual([`hold ${idOf('a', 0)} ${attempt}`]);
        await victim.kill();
      }
      const handled: unknown[] = [];
      const told: unknown[] = [];
      queue.consume(
        async (job) => {
          handled.push(job);
        },
        {
          onDead: async (job, why) => {
            told.push([job.id, job.payload, why.kind]);
          },
        },
      );
      await until('it is dead', async () => (await queue.counts()).dead === 1);
      expect(handled).toEqual([]);
      expect(told).toEqual([[idOf('a', 0), { n: 0 }, 'worker-lost']]);
      expect((await queue.dead(1))[0]).toMatchObject({ kind: 'worker-lost', attempt: 2 });
    });

    it('works with producers and workers in several processes', async () => {
      const queue = open();
      const producer = child('enqueue', QUICK, jobs('a', 50));
      const worker = child('work', QUICK);
      const { seen } = gather(queue);
      await queue.enqueue(jobs('b', 50));
      await producer.ended;
      await until('all came', () => seen.length + worker.lines.length >= 100);
      const ids = [...seen.map((job) => job.id), ...worker.lines.map((line) => line.split(' ')[1])];
      expect(new Set(ids).size).toBe(100);
      expect(ids).toHaveLength(100);
    });

    it('does 10,000 jobs with 3 workers, each done, none lost', { timeout: 120_000 }, async () => {
      const producer = open();
      const total = 10_000;
      const seen = new Map<string, number>();
      for (let n = 0; n < 3; n += 1)
        open().consume(
          async (job) => {
            seen.set(job.id, (seen.get(job.id) ?? 0) + 1);
          },
          { concurrency: 8 },
        );
      for (let from = 0; from < total; from += 500)
        await producer.enqueue(['a', 'b', 'c', 'd', 'e'].flatMap((lane) => jobs(lane, 100, from / 5)));
      await until('nothing is left', async () => {
        const { waiting, active, delayed } = await producer.counts();
        return waiting + active + delayed === 0;
      });
      expect(seen.size).toBe(total);
      expect([...seen.values()].every((times) => times === 1)).toBe(true);
      expect(await producer.counts()).toEqual(empty);
    });
  });
}
