/**
 * Loaded into every process of a soak (`node --import`): appends a line with its memory, the longest that its loop stood
 * still, and open handles by kind to `RONDA_OBSERVE/<pid>.jsonl` every five seconds. Its own timer is not counted, and does not keep the process.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const EVERY_MS = 5_000;
const folder = process.env.RONDA_OBSERVE;

if (folder !== undefined) {
  const file = join(folder, `${process.pid}.jsonl`);
  const loop = monitorEventLoopDelay({ resolution: 20 });
  loop.enable();
  const look = (): void => {
    const stoodMs = Math.round(loop.max / 1e6);
    loop.reset();
    const kinds: Record<string, number> = {};
    for (const kind of process.getActiveResourcesInfo()) kinds[kind] = (kinds[kind] ?? 0) + 1;
    const { rss, heapUsed, external } = process.memoryUsage();
    const role = process.argv.slice(1).join(' ').includes('desk-reader')
      ? 'desk reader'
      : process.argv.includes('of-run')
        ? 'scorer'
        : 'ronda run';
    try {
      appendFileSync(
        file,
        `${JSON.stringify({ at: Date.now(), role, rss, heapUsed, external, stoodMs, kinds })}\n`,
      );
    } catch {
      // The folder went before the process did.
    }
  };
  setInterval(look, EVERY_MS).unref();
}
