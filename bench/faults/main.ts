/**
 * `npm run faults -- [--seed N] [--posts N] [--queue redis|embedded] [--scorers N] [--keep]`: posts through the parts of
 * Ronda as processes of their own while they are killed, frozen and cut off, and while a clock jumps and a disk fills;
 * in the end every post must be accounted for once, and the store must equal the undisturbed run's, item by item.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../src/files/package-root.js';
import { readEntries } from '../lexicon-entries.js';
import { whyNoNetwork } from './hosts.js';
import { planOf, type QueueKind } from './plan.js';
import { disturbedRun, type FaultReport, undisturbedRun } from './run.js';
import { writeSources } from './sources.js';
import { digestOf } from './store-facts.js';
import { fakeTimeLibrary } from './worker-process.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    posts: { type: 'string', default: '200000' },
    queue: { type: 'string' },
    scorers: { type: 'string', default: '3' },
    sources: { type: 'string', default: '6' },
    keep: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const posts = Number(values.posts);
const scorers = Number(values.scorers);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const asked: QueueKind[] =
  values.queue === 'redis' || values.queue === 'embedded' ? [values.queue] : ['redis', 'embedded'];

/** Long enough that what is frozen or cut off loses its lease (30 s) in the full run. */
const isFull = posts >= 50_000;
const cutMs = isFull ? 30_000 : 4_000;
const freezeMs = isFull ? 45_000 : 3_000;
const fullMs = isFull ? 10_000 : 2_000;

const stop = new AbortController();
for (const sign of ['SIGINT', 'SIGTERM'] as const) {
  process.once(sign, () => stop.abort(new Error(`stopped by ${sign}`)));
}
const folder = mkdtempSync(join(tmpdir(), 'ronda-faults-'));
const ronda = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
let failed = false;
try {
  say(
    `${new Date().toISOString()}  ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, load ${load()}`,
  );
  if (fakeTimeLibrary() === undefined)
    say('libfaketime is not installed (Debian: libfaketime), so that no clock jumps in this run');
  // Copies: somebody who mends a lexicon meanwhile is no fault of what is proven here.
  for (const name of ['lexicons', 'models'])
    cpSync(join(packageRoot, name), join(folder, name), { recursive: true });
  const { config, rows } = writeSources(folder, {
    settings: 'lexicons: lexicons\nmodels: models\n',
    posts,
    sources: Number(values.sources),
    seed,
    entries: await readEntries(),
  });
  say(`seed ${seed}: ${rows} rows (${posts} posts, repeats, broken lines) of ${values.sources} sources`);
  say('undisturbed run ...');
  const expected = undisturbedRun({ ronda, folder, config });
  say(
    `undisturbed: ${JSON.stringify(expected.sums)}, ${expected.items.length} items, store ${digestOf(expected)}`,
  );
  for (const queue of asked) {
    const why = queue === 'redis' ? whyNoNetwork() : undefined;
    if (why !== undefined) {
      say(`on redis: left out, because ${why}`);
      failed ||= values.queue === 'redis';
      continue;
    }
    say(`on ${queue}, ${scorers} score workers, two land workers, one collector:`);
    const plan = planOf({ seed, queue, scorers, cutMs, freezeMs, fullMs });
    const report = await disturbedRun(
      {
        ...{ ronda, folder, config, rows, queue, scorers, plan, say },
        diskMegabytes: isFull ? 1_500 : 200,
        withinMs: 1_800_000,
        signal: stop.signal,
      },
      expected,
    );
    print(report);
    failed ||= report.wrong.length > 0;
  }
} finally {
  if (values.keep) say(`kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

function load(): string {
  return loadavg()
    .map((each) => each.toFixed(1))
    .join(' ');
}

function print({ queue, seconds, redelivered, known, ended, wrong, digest }: FaultReport): void {
  say(
    `  ${seconds.toFixed(0)} s; ${redelivered} batches delivered again, ${known} of them known as landed; load ${load()}`,
  );
  for (const { name, times, said } of ended) say(`  ${name} ended by itself ${times} times, last: ${said}`);
  if (wrong.length === 0) {
    say(
      `on ${queue}: every post is accounted for once, and the store equals the undisturbed run’s (${digest})`,
    );
    return;
  }
  say(`on ${queue}: NOT as it should be:`);
  for (const each of wrong) say(`  ${each}`);
}
