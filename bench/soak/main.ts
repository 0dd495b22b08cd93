/**
 * `npm run soak -- [--rate N] [--minutes N] [--sources N] [--workers N] [--save]`: `ronda run` under pushes at a steady
 * rate; memory by process over time, delay from a post's making to the desk, open files and handles at begin and end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../src/files/package-root.js';
import { readEntries } from '../lexicon-entries.js';
import { endedBySignal, loadText, say } from '../load/console.js';
import { saveFigures } from '../load/save.js';
import { inventPosts } from '../posts.js';
import { thisMachine } from '../report.js';
import { soak } from './run.js';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '5000' },
    minutes: { type: 'string', default: '20' },
    sources: { type: 'string', default: '10' },
    workers: { type: 'string', default: '2' },
    save: { type: 'boolean', default: false },
  },
});
const stop = endedBySignal();
const folder = mkdtempSync(join(tmpdir(), 'ronda-soak-'));
try {
  const pool = inventPosts(20_000, 11, await readEntries());
  // Of a hundred posts two that deserve eyes, as on a quiet day.
  const texts = [
    ...pool.filter(({ kind }) => kind !== 'hateful').slice(0, 9_800),
    ...pool.filter(({ kind }) => kind === 'hateful').slice(0, 200),
  ].map(({ text }) => text);
  const before = loadText();
  say(`${new Date().toISOString()} ${values.rate} posts/s for ${values.minutes} min, load before ${before}`);
  const report = await soak({
    ronda: fileURLToPath(new URL('../../src/cli/main.js', import.meta.url)),
    observer: fileURLToPath(new URL('../load/observe.js', import.meta.url)),
    folder,
    rate: Number(values.rate),
    seconds: Number(values.minutes) * 60,
    sources: Number(values.sources),
    workers: Number(values.workers),
    texts,
    signal: stop.signal,
    say,
  });
  const { delays, processes } = report;
  say(
    `asked ${report.asked} posts/s, sustained ${report.sustained.toFixed(0)}; ${report.sent} sent, ${report.refused} pushes told to wait, ${report.cut} connections cut`,
  );
  say(
    `delay to the desk over ${delays.items} items: p50 ${delays.p50} ms, p99 ${delays.p99} ms, most ${delays.most} ms`,
  );
  say(
    `${report.cpuMicros.toFixed(0)} µs of processor a post; ${report.megabytesOnDisk.toFixed(0)} MB on disk; ended ${report.stopMs} ms after SIGTERM`,
  );
  for (const { role, megabytes, growth, files, stoodMs, handles } of processes) {
    say(
      `  ${role}: MB ${megabytes.join(' ')}, ${growth.toFixed(2)} MB/min in the second half, files ${files.join(' -> ')}`,
    );
    say(`    its loop stood still for ${stoodMs} ms at most`);
    say(`    handles ${JSON.stringify(handles[0])} -> ${JSON.stringify(handles[1])}`);
  }
  for (const each of report.wrong) say(`NOT as it should be: ${each}`);
  if (values.save) {
    const load_ = { before, after: loadText() };
    const figures = { machine: thisMachine(), load: load_, minutes: Number(values.minutes), ...report };
    say(`written to ${saveFigures(join(packageRoot, 'bench', 'results'), 'soak', figures)}`);
  }
  process.exitCode = report.wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
