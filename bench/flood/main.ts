/**
 * `npm run flood -- [--copies N] [--slow N] [--workers N] [--rate N] [--save]`: of ten sources one sends copies of one post
 * and one sends posts that are slow to assess, both as fast as they are let; how long do the posts of the other eight take to
 * the desk, and what does the flood cost on the disk?
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../src/files/package-root.js';
import { mixture } from '../hostile.js';
import { readEntries } from '../lexicon-entries.js';
import { endedBySignal, loadText, say } from '../load/console.js';
import { saveFigures } from '../load/save.js';
import { inventPosts } from '../posts.js';
import { thisMachine } from '../report.js';
import { flood } from './run.js';

const { values } = parseArgs({
  options: {
    copies: { type: 'string', default: '1000000' },
    slow: { type: 'string', default: '100000' },
    workers: { type: 'string', default: '2' },
    rate: { type: 'string', default: '10' },
    save: { type: 'boolean', default: false },
  },
});
const stop = endedBySignal();
/** Lengths of the slow posts in characters: as long as a platform takes them. */
const SLOW_CHARS = [500, 1_000, 2_000, 5_000];
/** Mixtures that took longest to assess when last searched for (bench/hostile.ts). */
const SLOWEST = [904, 1000, 981, 739, 254];

const folder = mkdtempSync(join(tmpdir(), 'ronda-flood-'));
try {
  const entries = await readEntries();
  const pool = inventPosts(4_000, 5, entries);
  const hateful = pool.filter(({ kind }) => kind === 'hateful').map(({ text }) => text);
  const talk = pool.filter(({ kind }) => kind !== 'hateful').map(({ text }) => text);
  const before = loadText();
  say(
    `${new Date().toISOString()} ${values.copies} copies and ${values.slow} slow posts, load before ${before}`,
  );
  const report = await flood({
    ronda: fileURLToPath(new URL('../../src/cli/main.js', import.meta.url)),
    folder,
    workers: Number(values.workers),
    copies: Number(values.copies),
    slow: Number(values.slow),
    copy: hateful[0] ?? '',
    slowTexts: SLOWEST.flatMap((seed) => {
      const unit = mixture(entries, seed);
      return SLOW_CHARS.map((length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length));
    }),
    // Half of what the others send lands, so that there is much to measure.
    texts: hateful.flatMap((text, at) => [text, talk[at] ?? text]),
    others: 8,
    rate: Number(values.rate),
    signal: stop.signal,
    say,
  });
  const { delays, megabytesOnDisk: disk } = report;
  for (const { source, sent, pushes, refused } of report.flood) {
    say(`${source} flooded: ${sent} posts in ${pushes} pushes, ${refused} times told to wait`);
  }
  say(
    `worked off in ${report.seconds.toFixed(0)} s; ${report.landed} landed; at most ${report.mostMemoryMegabytes.toFixed(0)} MB of memory`,
  );
  say(
    `the others: ${report.others.sent} posts, ${report.others.refused} times told to wait, slowest push ${report.others.slowestMs} ms`,
  );
  say(
    `their delay to the desk over ${delays.items} items: p50 ${delays.p50} ms, p99 ${delays.p99} ms, most ${delays.most} ms`,
  );
  say(
    `disk: most ${disk.most.toFixed(0)} MB (queue ${disk.queueMost.toFixed(0)}), ${disk.end.toFixed(0)} MB in the end, ${report.bytesPerFloodPost.toFixed(0)} bytes a post`,
  );
  for (const each of report.wrong) say(`NOT as it should be: ${each}`);
  if (values.save) {
    const figures = { machine: thisMachine(), load: { before, after: loadText() }, ...report };
    say(`written to ${saveFigures(join(packageRoot, 'bench', 'results'), 'flood', figures)}`);
  }
  process.exitCode = report.wrong.length === 0 && delays.most <= 5_000 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
