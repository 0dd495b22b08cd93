import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PermanentError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import { until } from '../support/until.js';
import {
  EMPTY,
  gather,
  idOf,
  jobs,
  type Note,
  type QueueBackend,
  QueueRig,
  SLOW_BACKOFF,
} from './queue-rig.js';
import { workerContract } from './queue-workers.js';

/** What every queue promises (core/ports.ts), shown on a real one. */
export function queueContract(name: string, setUp: () => Promise<QueueBackend>): void {
  workerContract(name, setUp);

  describe(`queue contract: ${name}`, () => {
    let rig: QueueRig;

    beforeEach(async () => {
      rig = new QueueRig(await setUp());
    });

    afterEach(async () => {
      await rig.clear();
    });

    it('delivers what was enqueued, payload, lane and time, and forgets it when it is done', async () => {
      const queue = rig.open();
      const before = Date.now();
      const payload = {
        n: 1,
        text: 'a "quote", a NUL \u0000, 🐷 and a lone \ud83d',
        list: [null, 1.5],
      } as Note;
      expect(await queue.enqueue([{ id: 'ab12', lane: 'lane: with blanks', payload }])).toBe(1);
      expect(await queue.counts()).toEqual({ ...EMPTY, waiting: 1 });
      const { seen } = gather(queue);
      await until('it is done', async () => seen.length === 1 && (await queue.counts()).active === 0);
      expect(seen[0]).toMatchObject({ id: 'ab12', lane: 'lane: with blanks', payload, attempt: 1 });
      expect(seen[0]!.enqueuedAt).toBeGreaterThanOrEqual(before);
      expect(await queue.counts()).toEqual(EMPTY);
      expect(await queue.enqueue([{ id: 'ab12', lane: 'a', payload }])).toBe(1);
      await until('the id is usable again', () => seen.length === 2);
    });

    it('takes an empty list', async () => {
      expect(await rig.open().enqueue([])).toBe(0);
    });

    it('starts the jobs of a lane first-in first-out, also those enqueued later', async () => {
      const queue = rig.open();
      await queue.enqueue(jobs('a', 30));
      const { seen } = gather(queue);
      await queue.enqueue(jobs('a', 30, 30));
      await until('all came', () => seen.length === 60);
      expect(seen.map((job) => job.payload.n)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    });

    it('serves lanes in turn: a long lane does not hold up the short ones', async () => {
      const queue = rig.open();
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

    it('says since when the job that waits longest waits, of all lanes and of one', async () => {
      const queue = rig.open(SLOW_BACKOFF);
      expect(await queue.oldest()).toBeUndefined();
      const before = Date.now();
      await queue.enqueue([...jobs('a', 40), ...jobs('b', 1)]);
      const between = Date.now();
      await until('the clock has moved', () => Date.now() > between);
      await queue.enqueue(jobs('c', 1));
      const [all, a, c, none] = await Promise.all([
        queue.oldest(),
        queue.oldest('a'),
        queue.oldest('c'),
        queue.oldest('d'),
      ]);
      expect(all).toBeGreaterThanOrEqual(before);
      expect(all).toBeLessThanOrEqual(between);
      expect(a).toBe(all);
      expect(c).toBeGreaterThan(between);
      expect(none).toBeUndefined();
      // What is worked on, put off or dead waits no longer.
      queue.consume(async () => {
        throw new RetryableError('not-yet', 'later');
      });
      await until('all are put off', async () => (await queue.counts()).delayed === 42);
      expect(await queue.oldest()).toBeUndefined();
    });

    it('keeps queues of one place apart', async () => {
      const queues = rig.openAll();
      await queues.queue<Note>('land').enqueue(jobs('a', 2));
      const { seen } = gather(queues.queue<Note>('score'));
      await queues.queue<Note>('score').enqueue(jobs('a', 1));
      await until('its own came', () => seen.length === 1);
      expect(await queues.queue('land').counts()).toEqual({ ...EMPTY, waiting: 2 });
    });

    it.each<[string, () => Error, number, string]>([
      ['an error of no kind of ours', () => new Error('boom'), 3, 'defect'],
      ['a retryable error', () => new RetryableError('lock-held', 'boom'), 3, 'lock-held'],
      ['a permanent error', () => new PermanentError('body-not-json', 'boom'), 1, 'body-not-json'],
    ])('buries a job after %s, with its reason', async (_, error, attempts, kind) => {
      const queue = rig.open();
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
      expect(await queue.counts()).toEqual({ ...EMPTY, dead: 1 });
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
      const queue = rig.open(SLOW_BACKOFF);
      const seen: string[] = [];
      await queue.enqueue(jobs('a', 3));
      queue.consume(async (job) => {
        seen.push(`${job.payload.n}/${job.attempt}`);
        if (job.payload.n === 0) throw new RetryableError('busy', 'not now');
      });
      await until('one is put off', async () => seen.length === 3 && (await queue.counts()).delayed === 1);
      expect(seen).toEqual(['0/1', '1/1', '2/1']);
      expect(await queue.counts()).toEqual({ ...EMPTY, delayed: 1 });
    });

    it('does not count an attempt that was throttled', async () => {
      const queue = rig.open();
      const tried: number[] = [];
      await queue.enqueue(jobs('a', 1));
      queue.consume(async (job) => {
        tried.push(job.attempt);
        if (tried.length <= 5) throw new ThrottledError('rate-limited', 'patience', 1);
        if (tried.length <= 7) throw new RetryableError('busy', 'not now');
      });
      await until('it is done', async () => tried.length === 8 && (await queue.counts()).active === 0);
      expect(tried).toEqual([1, 1, 1, 1, 1, 1, 2, 3]);
      expect(await queue.counts()).toEqual(EMPTY);
    });

    it('waits as long as a throttled job asks for', async () => {
      const queue = rig.open();
      await queue.enqueue(jobs('a', 1));
      queue.consume(async () => {
        throw new ThrottledError('rate-limited', 'patience', 600_000);
      });
      await until('it is put off', async () => (await queue.counts()).delayed === 1);
    });

    it('holds a delayed job back, and its lane does not wait for it', async () => {
      const queue = rig.open();
      await queue.enqueue([
        { id: 'late', lane: 'a', payload: { n: 1 }, delayMs: 600_000 },
        { id: 'soon', lane: 'a', payload: { n: 2 }, delayMs: 1_500 },
        { id: 'now', lane: 'a', payload: { n: 3 } },
      ]);
      const { seen } = gather(queue);
      await until('two came', () => seen.length === 2);
      expect(seen.map((job) => job.id)).toEqual(['now', 'soon']);
      expect(await queue.counts()).toMatchObject({ delayed: 1 });
    });

    it('takes the same id twice for one job while it waits, is delayed, active or dead', async () => {
      const queue = rig.open(SLOW_BACKOFF);
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
      expect(await queue.counts()).toEqual({ ...EMPTY, delayed: 1, dead: 1 });
      expect(seen).toEqual([1, 1]);
    });

    it('tries again later when the one told of a death fails, and buries only then', async () => {
      const queue = rig.open();
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
      const queue = rig.open();
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
      expect(await queue.counts()).toEqual({ ...EMPTY, waiting: 4 });
      broken = true;
      await queue.resume();
      await until('they are dead again', async () => (await queue.counts()).dead === 4);
      expect(await queue.expireDead(Date.now() + 60_000)).toBe(4);
      await queue.enqueue(jobs('a', 1));
      await until('a new one is dead', async () => (await queue.counts()).dead === 1);
      expect(await queue.dropDead()).toBe(1);
      expect(await queue.counts()).toEqual(EMPTY);
    });

    it('changes what jobs hold, waiting, put off and dead ones, and leaves the rest', async () => {
      const queue = rig.open();
      await queue.pause();
      await queue.enqueue(jobs('a', 3));
      await queue.enqueue([{ id: 'fe01', lane: 'b', payload: { n: 3 } as Note, delayMs: 3_600_000 }]);
      const changed = await queue.rewrite((note) =>
        note.n % 2 === 1 ? { ...note, n: note.n + 10 } : undefined,
      );
      expect(changed).toBe(2);
      expect(await queue.rewrite((note) => (note.n === 13 ? { ...note, n: 20 } : undefined))).toBe(1);
      const consumer = queue.consume(async () => {
        throw new PermanentError('no-good', 'it is no good');
      });
      await queue.resume();
      await until('they are dead', async () => (await queue.counts()).dead === 3);
      expect((await queue.dead(10)).map((job) => job.payload.n).sort((a, b) => a - b)).toEqual([0, 2, 11]);
      expect(await queue.rewrite((note) => (note.n === 11 ? { ...note, n: 1 } : undefined))).toBe(1);
      expect((await queue.dead(10)).map((job) => job.payload.n).sort((a, b) => a - b)).toEqual([0, 1, 2]);
      await consumer.close();
    });

    it('delivers nothing while paused, whoever paused it, and goes on after', async () => {
      const queues = rig.openAll();
      const here = queues.queue<Note>('score');
      await rig.open().pause();
      const { seen } = gather(here);
      await here.enqueue(jobs('a', 3));
      // A job that is delivered on the queue beside shows that the consumer had its chance.
      const beside = queues.queue<Note>('land');
      const passed = gather(beside);
      await beside.enqueue(jobs('a', 20));
      await until('the other queue is served', () => passed.seen.length === 20);
      expect(seen).toEqual([]);
      expect(await here.counts()).toEqual({ ...EMPTY, waiting: 3 });
      await rig.open().resume();
      await until('all came', () => seen.length === 3);
    });
  });
}
