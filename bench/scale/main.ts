/**
 * `npm run scale -- [--posts N] [--save]`: each stage by itself over queues filled before, with one and two scorers, on both
 * queues: what a scorer, the lander and Redis cost a post, from which docs/scaling.md says what more machines would carry.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../src/files/package-root.js';
import { thisHost } from '../faults/hosts.js';
import { startRedisOn } from '../faults/redis-host.js';
import { writeSources } from '../faults/sources.js';
import { readEntries } from '../lexicon-entries.js';
import { saveFigures } from '../load/save.js';
import { thisMachine } from '../report.js';
import { measureStages, type StageFigure } from './stages.js';

const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '40000' },
    save: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const load = (): string =>
  loadavg()
    .map((each) => each.toFixed(1))
    .join(' ');
const folder = mkdtempSync(join(tmpdir(), 'ronda-scale-'));
try {
  const before = load();
  const { config, rows } = writeSources(folder, {
    posts: Number(values.posts),
    sources: 6,
    seed: 21,
    entries: await readEntries(),
    // Every stage has all its work before it.
    settings: 'queue: { max_waiting: 1000000 }\n',
  });
  say(`${new Date().toISOString()} ${rows} rows, load ${before}`);
  const ronda = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
  const base = { ronda, folder, config, rows, say };
  const stages: StageFigure[] = await measureStages({ ...base, redis: undefined });
  const redis = await startRedisOn(thisHost, join(folder, 'redis')).catch((error: unknown) => {
    say(`without Redis: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
  if (redis !== undefined) {
    try {
      stages.push(...(await measureStages({ ...base, redis })));
    } finally {
      await redis.close();
    }
  }
  const table = [
    '| stage | queue | processes | posts/s | µs of processor a post | of Redis |',
    '|---|---|---:|---:|---:|---:|',
    ...stages.map(
      ({ stage, queue, workers, postsPerSecond, cpuMicros, redisMicros }) =>
        `| ${stage} | ${queue} | ${workers} | ${postsPerSecond.toFixed(0)} | ${cpuMicros.toFixed(0)} | ${redisMicros === 0 ? '' : redisMicros.toFixed(0)} |`,
    ),
  ].join('\n');
  say(table);
  if (values.save) {
    const figures = { machine: thisMachine(), load: { before, after: load() }, rows, stages };
    const path = saveFigures(join(packageRoot, 'bench', 'results'), 'scale', figures);
    writeFileSync(
      path.replace(/json$/, 'md'),
      `# Each stage by itself\n\nLoad ${before} before, ${load()} after.\n\n${table}\n`,
    );
    say(`written to ${path}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
