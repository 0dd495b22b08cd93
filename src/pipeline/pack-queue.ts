import type { ConsumeOptions, Consumer, DeadJob, Job, NewJob, Queue } from '../core/queue-ports.js';
import type { Form } from './pack-batch.js';

/** A queue whose payloads are written in a form of their own; everything else is the queue's. */
export function packedQueue<T>(queue: Queue<unknown>, form: Form<T>): Queue<T> {
  const unpacked = <J extends { readonly payload: unknown }>(job: J): J & { readonly payload: T } => ({
    ...job,
    payload: form.unpack(job.payload),
  });
  return {
    enqueue: (jobs: readonly NewJob<T>[], options) =>
      queue.enqueue(
        jobs.map((job) => ({ ...job, payload: form.pack(job.payload) })),
        options,
      ),
    consume(
      handler: (job: Job<T>, signal: AbortSignal) => Promise<void>,
      options: ConsumeOptions<T> = {},
    ): Consumer {
      const { onDead, ...rest } = options;
      return queue.consume(async (job, signal) => handler(unpacked(job), signal), {
        ...rest,
        ...(onDead === undefined ? {} : { onDead: async (job, why) => onDead(unpacked(job), why) }),
      });
    },
    dead: async (limit: number): Promise<readonly DeadJob<T>[]> => (await queue.dead(limit)).map(unpacked),
    rewrite: (change) =>
      queue.rewrite((packed) => {
        const changed = change(form.unpack(packed));
        return changed === undefined ? undefined : form.pack(changed);
      }),
    pause: () => queue.pause(),
    resume: () => queue.resume(),
    counts: () => queue.counts(),
    oldest: (lane) => queue.oldest(lane),
    retryDead: (ids) => queue.retryDead(ids),
    dropDead: (ids) => queue.dropDead(ids),
    expireDead: (before) => queue.expireDead(before),
    close: () => queue.close(),
  };
}
