// Fills the disk under an embedded queue, lets a consumer meet that, then frees it: node full-disk-child.mjs DIR
// DIR is a file system of 32 MB of its own, of which the queue may have 8 at first. Prints one JSON object: what was refused, met and done.
import { closeSync, existsSync, openSync, unlinkSync, writeSync } from 'node:fs';

const folder = process.argv[2];
const built = new URL('../../dist/src/queue/embedded.js', import.meta.url);
if (!existsSync(built)) throw new Error('dist/ is missing: run `npm run build` first');
const { createEmbeddedQueues } = await import(built.href);

const filler = `${folder}/filler`;
const file = openSync(filler, 'w');
writeSync(file, Buffer.alloc(24 << 20));

function fillUp() {
  for (let size = 1 << 20; size >= 512; size >>= 1) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
}

const queues = createEmbeddedQueues({ path: `${folder}/queue.db` });
const queue = queues.queue('score');
let accepted = 0;
let refusal;
while (refusal === undefined) {
  try {
    const payload = { text: 'x'.repeat(100_000) };
    accepted += await queue.enqueue([{ id: `a${accepted}`, lane: 'a', payload }]);
  } catch (error) {
    refusal = { type: error.constructor.name, kind: error.kind };
  }
}
const waiting = (await queue.counts()).waiting;
fillUp();

const done = new Set();
const troubles = new Set();
queue.consume(
  async (job) => {
    done.add(job.id);
  },
  {
    concurrency: 4,
    onError: (error) => {
      troubles.add(error.kind);
      if (existsSync(filler)) unlinkSync(filler);
    },
  },
);
for (;;) {
  const counts = await queue.counts();
  if (counts.waiting + counts.active === 0) break;
  await new Promise((resolve) => setTimeout(resolve, 20));
}
await queues.close();
process.stdout.write(
  JSON.stringify({ accepted, waiting, refusal, done: done.size, troubles: [...troubles] }),
);
