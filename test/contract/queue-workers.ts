import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.js';
import { EMPTY, gather, idOf, jobs, QUICK, type QueueBackend, QueueRig } from './queue-rig.js';

/** What every queue promises of its workers: closing, dying, several at once. */
export function workerContract(name: string, setUp: () => Promise<QueueBackend>): void {
  describe(`queue contract, workers: ${name}`, () => {
    let rig: QueueRig;

    beforeEach(async () => {
      rig = new QueueRig(await setUp());
    });

    afterEach(async () => {
      await rig.clear();
    });

    it('waits on close for the job under way and takes no other', async () => {
      const queue = rig.open();
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
      expect(await queue.counts()).toEqual({ ...EMPTY, waiting: 1, active: 1 });
      expect(closed).toBe(false);
      finish();
      await closing;
      expect(started).toBe(1);
      expect(await queue.counts()).toEqual({ ...EMPTY, waiting: 1 });
    });

    it('gives jobs under way back when closed by force, uncounted, and tells their handlers', async () => {
      const queue = rig.open();
      await queue.enqueue(jobs('a', 2));
      const signals: AbortSignal[] = [];
      const consumer = queue.consume(
        (_, signal) => {
          signals.push(signal);
          return new Promise<never>(() => {});
        },
        { concurrency: 2 },
      );
      await until('both are under way', () => signals.length === 2);
      const patient = consumer.close();
      await consumer.close({ force: true });
      await patient;
      expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
      expect(await queue.counts()).toEqual({ ...EMPTY, waiting: 2 });
      const { seen } = gather(queue);
      await until('both came again', () => seen.length === 2);
      expect(seen.map((job) => job.attempt)).toEqual([1, 1]);
    });

    it('delivers the job of a killed worker again, and counts the attempt', async () => {
      const queue = rig.open();
      await queue.enqueue(jobs('a', 2));
      const victim = rig.child('hold', QUICK);
      await until('the victim has it', () => victim.lines.length === 1);
      expect(await queue.counts()).toEqual({ ...EMPTY, waiting: 1, active: 1 });
      await victim.kill();
      const { seen } = gather(queue);
      await until('both came', async () => seen.length === 2 && (await queue.counts()).active === 0);
      expect(seen.map((job) => `${job.payload.n}/${job.attempt}`).sort()).toEqual(['0/2', '1/1']);
      expect(await queue.counts()).toEqual(EMPTY);
    });

    it('buries a job that kills its workers, with the kind worker-lost', { timeout: 60_000 }, async () => {
      const queue = rig.open({ ...QUICK, maxAttempts: 2 });
      await queue.enqueue(jobs('a', 1));
      for (const attempt of [1, 2]) {
        const victim = rig.child('hold', { ...QUICK, maxAttempts: 2 });
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
      const queue = rig.open();
      const producer = rig.child('enqueue', QUICK, jobs('a', 50));
      const worker = rig.child('work', QUICK);
      const { seen } = gather(queue);
      await queue.enqueue(jobs('b', 50));
      await producer.ended;
      await until('all came', () => seen.length + worker.lines.length >= 100);
      const ids = [...seen.map((job) => job.id), ...worker.lines.map((line) => line.split(' ')[1])];
      expect(new Set(ids).size).toBe(100);
      expect(ids).toHaveLength(100);
    });

    it('does 10,000 jobs with 3 workers, each done, none lost', { timeout: 120_000 }, async () => {
      const producer = rig.open();
      const total = 10_000;
      const seen = new Map<string, number>();
      for (let n = 0; n < 3; n += 1)
        rig.open().consume(
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
      expect(await producer.counts()).toEqual(EMPTY);
    });
  });
}
