import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CannotRunError } from '../../src/core/errors.js';
import type { NewJob } from '../../src/core/queue-ports.js';
import { type BullmqQueues, createBullmqQueues } from '../../src/queue/bullmq.js';
import { checkRedis } from '../../src/queue/redis-check.js';
import { connectRedis } from '../../src/queue/redis-connection.js';
import { createRedisLease } from '../../src/queue/redis-lease.js';
import { type RedisServer, redisAvailable, startRedis } from '../support/redis.js';
import { until } from '../support/until.js';

interface Note {
  readonly n: number;
}

const QUICK = { backoff: { baseMs: 5, maxMs: 20, jitter: 0 }, leaseMs: 1_000 };

describe.skipIf(!redisAvailable())('Redis', () => {
  let server: RedisServer;
  let opened: BullmqQueues[];

  beforeEach(async () => {
    server = await startRedis({ appendonly: true });
    opened = [];
  });

  afterEach(async () => {
    for (const queues of opened) await queues.close({ force: true });
    await server.dispose();
  });

  function open(options: { prefix?: string } = {}): BullmqQueues {
    const queues = createBullmqQueues({ url: server.url, ...QUICK, ...options });
    opened.push(queues);
    return queues;
  }

  function jobs(lane: string, count: number, from = 0): NewJob<Note>[] {
    return Array.from({ length: count }, (_, at) => ({
      id: Buffer.from(`${lane}-${from + at}`).toString('hex'),
      lane,
      payload: { n: from + at },
    }));
  }

  it.each([
    ['an orderly restart', 'stop'],
    ['a crash', 'kill'],
  ] as const)('loses nothing in %s of the server while work is open', { timeout: 60_000 }, async (_, end) => {
    const queue = open().queue<Note>('score');
    const times = new Map<string, number>();
    const stuck: (() => void)[] = [];
    await queue.enqueue(jobs('a', 100));
    queue.consume(
      async (job) => {
        times.set(job.id, (times.get(job.id) ?? 0) + 1);
        // The first ones are under way when the server goes.
        if (stuck.length < 4) await new Promise<void>((resolve) => stuck.push(resolve));
      },
      { concurrency: 4 },
    );
    await until('work is open', () => stuck.length === 4);
    await server[end]();
    const during = queue.enqueue(jobs('b', 100));
    for (const release of stuck) release();
    await server.start();
    expect(await during).toBe(100);
    await queue.enqueue(jobs('c', 100));
    await until('nothing is left', async () => {
      const { waiting, delayed, active, dead } = await queue.counts();
      return waiting + delayed + active + dead === 0;
    });
    expect(times.size).toBe(300);
  });

  it('keeps installations that share it apart by their prefix', async () => {
    const here = open({ prefix: 'here' }).queue<Note>('score');
    const there = open({ prefix: 'there' }).queue<Note>('score');
    await here.enqueue(jobs('a', 2));
    expect(await there.enqueue(jobs('a', 1))).toBe(1);
    expect(await there.dropDead()).toBe(0);
    expect(await here.counts()).toMatchObject({ waiting: 2 });
    expect(await there.counts()).toMatchObject({ waiting: 1 });
  });

  it('takes ids that look like numbers', async () => {
    const queue = open().queue<Note>('score');
    const seen: string[] = [];
    await queue.enqueue([
      { id: '1234567890123456', lane: 'a', payload: { n: 1 } },
      { id: '7', lane: 'a', payload: { n: 2 } },
    ]);
    queue.consume(async (job) => {
      seen.push(job.id);
    });
    await until('both came', () => seen.length === 2);
    expect(seen).toEqual(['1234567890123456', '7']);
  });

  it('leaves nothing of a queue that was worked off but its settings', async () => {
    const queue = open().queue<Note>('score');
    await queue.enqueue(jobs('a', 20));
    let failed = false;
    queue.consume(async () => {
      if (failed) return;
      failed = true;
      throw new Error('once');
    });
    await until('it is done', async () => Object.values(await queue.counts()).every((count) => count === 0));
    const redis = new Redis(server.url);
    const held = await redis.keys('{ronda}:score:j*');
    await redis.quit();
    expect(held).toEqual([]);
  });

  it('serves lanes in turn while both are refilled, and keeps each in order', async () => {
    const queue = open().queue<Note>('score');
    const seen: { lane: string; n: number }[] = [];
    await queue.enqueue(jobs('flood', 50));
    queue.consume(async (job) => {
      seen.push({ lane: job.lane, n: job.payload.n });
      if (job.lane === 'slow' && job.payload.n < 9) await queue.enqueue(jobs('slow', 1, job.payload.n + 1));
      if (job.lane === 'flood' && job.payload.n < 20)
        await queue.enqueue(jobs('flood', 1, 50 + job.payload.n));
      if (seen.length === 1) await queue.enqueue(jobs('slow', 1));
    });
    await until('all came', async () => (await queue.counts()).waiting + (await queue.counts()).active === 0);
    const of = (lane: string) => seen.filter((job) => job.lane === lane).map((job) => job.n);
    expect(of('slow')).toEqual(Array.from({ length: 10 }, (_, n) => n));
    expect(of('flood')).toEqual([...of('flood')].sort((x, y) => x - y));
    // One of the flood, and at most one more, between two of the slow lane.
    expect(seen.findIndex((job) => job.lane === 'slow' && job.n === 9)).toBeLessThan(31);
  });

  it('gives the job of a worker that hangs to another', { timeout: 60_000 }, async () => {
    const queue = open().queue<Note>('score');
    await queue.enqueue(jobs('a', 1));
    const script = fileURLToPath(new URL('../support/queue-child.mjs', import.meta.url));
    const options = { url: server.url, ...QUICK };
    const order = { adapter: 'bullmq', options, queue: 'score', mode: 'hold' };
    const hung = spawn('node', [script, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const lines: string[] = [];
      createInterface({ input: hung.stdout }).on('line', (line) => lines.push(line));
      await until('it has the job', () => lines.length === 1);
      hung.kill('SIGSTOP');
      const seen: number[] = [];
      let finish = () => {};
      queue.consume((job) => {
        seen.push(job.attempt);
        return new Promise((resolve) => {
          finish = resolve;
        });
      });
      await until('another has it', () => seen.length === 1);
      expect(seen).toEqual([2]);
      hung.kill('SIGCONT');
      await until('the one that hung knows', () => lines.some((line) => line.startsWith('aborted')));
      finish();
      await until('it is done', async () =>
        Object.values(await queue.counts()).every((count) => count === 0),
      );
    } finally {
      const gone = once(hung, 'exit');
      hung.kill('SIGKILL');
      await gone;
    }
  });

  it('does not wait for a delay that a clock set far ahead', async () => {
    const queue = open().queue<Note>('score');
    await queue.enqueue([{ id: 'aa', lane: 'a', payload: { n: 1 }, delayMs: 600_000 }]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
    try {
      await queue.enqueue([{ id: 'bb', lane: 'a', payload: { n: 2 }, delayMs: 50 }]);
    } finally {
      vi.useRealTimers();
    }
    const seen: string[] = [];
    queue.consume(async (job) => {
      seen.push(job.id);
    });
    await until('it came', () => seen.length === 1);
    expect(seen).toEqual(['bb']);
    expect(await queue.counts()).toMatchObject({ delayed: 1 });
  });

  it('closes by force although the server is gone', async () => {
    const queues = open();
    const queue = queues.queue<Note>('score');
    await queue.enqueue(jobs('a', 1));
    let taken = false;
    queue.consume(() => {
      taken = true;
      return new Promise(() => {});
    });
    await until('it is under way', () => taken);
    await server.kill();
    await queues.close({ force: true });
    await server.start();
    const again = open().queue<Note>('score');
    let attempt = 0;
    again.consume(async (job) => {
      attempt = job.attempt;
    });
    await until('it came again', () => attempt > 0);
  });

  it.each([
    ['stays away', 'kill', false],
    ['is back, before it was seen to be', 'kill', true],
    ['answers no more', 'freeze', false],
  ] as const)(
    'closes with nothing under way though the server %s',
    { timeout: 60_000 },
    async (_, how, isBack) => {
      const troubles: unknown[] = [];
      const queues = createBullmqQueues({ url: server.url, ...QUICK });
      opened.push(queues);
      const queue = queues.queue<Note>('score');
      const seen: string[] = [];
      queue.consume(
        async (job) => {
          seen.push(job.id);
        },
        { onError: (error) => troubles.push(error) },
      );
      await queue.enqueue(jobs('a', 1));
      await until('it came', async () => seen.length === 1 && (await queue.counts()).active === 0);
      if (how === 'freeze') server.freeze();
      else {
        await server.kill();
        // By now some hundred milliseconds pass between two attempts to connect.
        await until('it was tried some times', () => troubles.length >= 8);
      }
      if (isBack) await server.start();
      await queues.close();
      expect(seen.length).toBe(1);
    },
  );

  it('ends the copies of a connection with it, though no server was ever there', async () => {
    await server.kill();
    const redis = connectRedis({ url: server.url }, { impatient: false, onError: () => undefined }) as Redis;
    const copies = [redis.duplicate(), redis.duplicate()];
    for (const copy of copies) copy.on('error', () => undefined);
    await until('it is tried again', () => copies.every(({ status }) => status === 'reconnecting'));
    redis.disconnect();
    await until('both ended', () => copies.every(({ status }) => status === 'end'));
  });

  it('refuses a URL that is none', () => {
    expect(() => createBullmqQueues({ url: 'redis://host:notaport' })).toThrow(CannotRunError);
  });

  describe('checkRedis', () => {
    it('finds nothing wrong with one that evicts nothing and keeps an append-only file', async () => {
      expect(await checkRedis({ url: server.url })).toMatchObject({
        ok: true,
        problems: [],
        maxmemoryPolicy: 'noeviction',
        appendonly: true,
        appendfsync: 'everysec',
      });
    });

    it('finds what loses jobs', async () => {
      const redis = new Redis(server.url);
      await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
      await redis.config('SET', 'appendonly', 'no');
      await redis.quit();
      const check = await checkRedis({ url: server.url });
      expect(check).toMatchObject({ ok: false, problems: ['evicts', 'not-durable'], appendonly: false });
    });

    it('says why one cannot be reached', async () => {
      await server.kill();
      const check = await checkRedis({ url: server.url });
      expect(check).toMatchObject({ ok: false, problems: ['unreachable'] });
      expect(check.error).toContain('ECONNREFUSED');
    });

    it('says that a password is asked for, without showing the one given', async () => {
      const redis = new Redis(server.url);
      await redis.config('SET', 'requirepass', 'open-sesame');
      const wrong = await checkRedis({ url: server.url.replace('//', '//:not-this-one@') });
      expect(wrong).toMatchObject({ ok: false, problems: ['unreachable'] });
      expect(wrong.error).toContain('WRONGPASS');
      expect(wrong.error).not.toContain('not-this-one');
      expect(await checkRedis({ url: server.url.replace('//', '//:open-sesame@') })).toMatchObject({
        ok: true,
      });
      redis.disconnect();
    });
  });

  describe('lease', () => {
    const never = (reason: string) => {
      throw new Error(reason);
    };

    function lease(name = 'land', ttlMs = 600) {
      return createRedisLease({ url: server.url, name, ttlMs });
    }

    it('is held by one, who is named to the other, until it is released', async () => {
      const first = lease();
      const second = lease();
      expect(await first.acquire(never)).toEqual({ held: true });
      const refused = await second.acquire(never);
      expect(refused).toMatchObject({ held: false, by: { pid: process.pid } });
      if (refused.held) throw new Error('held twice');
      expect(refused.by.host).not.toContain('|');
      expect(new Date(refused.by.since).toISOString()).toBe(refused.by.since);
      await first.release();
      expect(await second.acquire(never)).toEqual({ held: true });
      await first.release();
      expect(await first.acquire(never)).toMatchObject({ held: false });
      await second.release();
    });

    it('is kept beyond its time while its holder lives', async () => {
      const first = lease('land', 100);
      await first.acquire(never);
      const redis = new Redis(server.url);
      const seen = new Set<string>();
      // Two of its times and more, told by the server's own clock.
      const clock = async () =>
        Number((await redis.time())[0]) * 1_000 + Number((await redis.time())[1]) / 1_000;
      const start = await clock();
      await until('time has passed', async () => {
        seen.add(JSON.stringify(await redis.exists('{ronda}:lease:land')));
        return (await clock()) - start > 500;
      });
      redis.disconnect();
      expect([...seen]).toEqual(['1']);
      await first.release();
    });

    it('survives a restart of the server with its append-only file', async () => {
      const first = lease('land', 5_000);
      await first.acquire(never);
      await server.kill();
      await server.start();
      expect(await lease().acquire(never)).toMatchObject({ held: false });
      await first.release();
    });

    it('tells its holder that another has it', async () => {
      const lost: string[] = [];
      const first = lease('land', 2_000);
      await first.acquire((reason) => lost.push(reason));
      const redis = new Redis(server.url);
      await redis.set('{ronda}:lease:land', '{}');
      redis.disconnect();
      await until('it knows', () => lost.length === 1);
      expect(lost[0]).toContain('taken by another');
    });

    it('tells its holder when it could not be renewed for its time', async () => {
      const lost: string[] = [];
      await lease('land', 300).acquire((reason) => lost.push(reason));
      await server.kill();
      await until('it knows', () => lost.length === 1);
      expect(lost[0]).toContain('could not be renewed');
    });

    it('is taken at once from a process of this host that has ended', async () => {
      const script = fileURLToPath(new URL('../support/lease-child.mjs', import.meta.url));
      const options = { url: server.url, name: 'land', ttlMs: 3_600_000 };
      const holder = spawn('node', [script, JSON.stringify(options)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(createInterface({ input: holder.stdout }), 'line');
      expect(JSON.parse(String(line))).toEqual({ held: true });
      const mine = lease();
      expect(await mine.acquire(never)).toMatchObject({ held: false, by: { pid: holder.pid } });
      const gone = once(holder, 'exit');
      holder.kill('SIGKILL');
      await gone;
      expect(await mine.acquire(never)).toEqual({ held: true });
      await mine.release();
    });
  });
});
