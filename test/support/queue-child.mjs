// A worker in a process of its own, to be killed: node queue-child.mjs '<json>'
// { adapter: 'embedded' | 'bullmq', options, queue, mode: 'hold' | 'work' | 'enqueue', jobs? }
// Prints a line a delivery, "<mode> <job id> <attempt>", and "aborted <job id>" when its signal says so.
import { existsSync } from 'node:fs';

const { adapter, options, queue: name, mode, jobs } = JSON.parse(process.argv[2]);
const built = new URL(`../../dist/src/queue/${adapter}.js`, import.meta.url);
if (!existsSync(built)) throw new Error('dist/ is missing: run `npm run build` first');
const room = await import(built.href);
const create = adapter === 'embedded' ? room.createEmbeddedQueues : room.createBullmqQueues;
const queues = create(options);
const queue = queues.queue(name);
if (mode === 'enqueue') {
  await queue.enqueue(jobs);
  process.stdout.write('enqueued\n');
  await queues.close();
} else {
  queue.consume(async (job, signal) => {
    signal.addEventListener('abort', () => process.stdout.write(`aborted ${job.id}\n`));
    process.stdout.write(`${mode} ${job.id} ${job.attempt}\n`);
    if (mode === 'hold') await new Promise((resolve) => setTimeout(resolve, 600_000));
  });
}
