import { type Command, InvalidArgumentError } from 'commander';
import type { Collector } from '../../core/collector-ports.js';
import { messageOf } from '../../core/errors.js';
import { pass } from '../../pipeline/pass.js';
import { rowWords } from '../../words/rows.js';
import type { CommandEnvironment } from './environment.js';
import { startLanding } from './landing.js';
import { type PipelineApp, startScoring, stopOutOfSpace } from './pipeline-app.js';
import { createProgress, NO_PROGRESS } from './progress.js';
import { summary } from './run.js';

/** How files are read. */
export interface BatchFileOptions {
  readonly source?: string;
  readonly columns?: Readonly<Record<string, string>>;
  /** The known export that the files are, or `none`. */
  readonly as?: string;
  /** Meant where a time names no zone, e.g. `+07:00`. */
  readonly utcOffset?: string;
  /** Says nothing while all is well. */
  readonly quiet?: boolean;
}

/** Files made ready: a collector each, and a key that names the files as they are now. */
export interface BatchFiles {
  readonly collectors: readonly Collector[];
  readonly key: string;
}

export interface BatchDeps {
  withFiles<T>(
    files: readonly string[],
    options: BatchFileOptions,
    work: (app: PipelineApp, files: BatchFiles, environment: CommandEnvironment) => Promise<T>,
  ): Promise<T>;
}

const LEASE_AGAIN_MS = 1_000;

/** `ronda batch FILE...` */
export function batchCommand(program: Command, deps: BatchDeps): void {
  program
    .command('batch')
    .description('run files through the pipeline: collect, assess, land; killed, it goes on where it was')
    .argument('<files...>', 'JSONL, CSV or XLSX files; - is standard input')
    .option('--source <name>', 'name of the source; by default the name of each file')
    .option('--columns <map>', 'CSV columns by field, e.g. text=isi,id=nomor', columnMap)
    .option('--as <export>', 'the known export that they are, e.g. crowdtangle; none: no known one')
    .option('--utc-offset <offset>', 'meant where a time names no zone, e.g. +07:00')
    .option('--json', 'end with one JSON object of counts on standard output')
    .addHelpText('after', '\nExample:\n  ronda batch ekspor.csv --columns text=isi,id=nomor --json')
    .action(async (files: string[], options: BatchFileOptions & { json?: boolean }) => {
      const { json, ...how } = options;
      await deps.withFiles(files, { ...how, quiet: json === true }, async (app, batch, environment) => {
        await runBatch(app, batch, environment, json === true);
      });
    });
}

/** Runs the files to their end and says what came of them. */
export async function runBatch(
  app: PipelineApp,
  { collectors, key }: BatchFiles,
  environment: CommandEnvironment,
  json: boolean,
): Promise<void> {
  const { io, words, exitWith } = environment;
  const { clock, store } = app.ports;
  const stop = new AbortController();
  const signal = AbortSignal.any([environment.signal, stop.signal]);
  const startedAt = clock.now();
  const { run, resumed } = store.openRun('batch', key);
  if (resumed && !json) io.err(`${words.resumed(run.id)}\n`);
  let landedBy: { pid: number; host: string } | undefined;
  const landing = await startLanding(app, {
    onLost: (reason) => stop.abort(new Error(reason)),
    onTrouble: stopOutOfSpace(stop),
    ends: true,
    wait: ({ pid, host }) => {
      landedBy = { pid, host };
      if (!json) io.err(`${words.deferred(pid, host)}\n`);
    },
  });
  const scorers = startScoring(app, stop, stopOutOfSpace(stop));
  const progress = json ? NO_PROGRESS : createProgress(environment, () => clock.now());
  const fractions = new Map<string, number>();
  const untimed = new Map<string, number>();
  let askedAt = clock.now();
  try {
    const report = await pass(app.ports, {
      run,
      collectors: collectors.map((collector) => watched(collector, fractions)),
      ownRun: true,
      maxWaiting: app.maxWaiting,
      maxWaitMs: app.maxWaitMs,
      signal,
      onProgress: (counts) => {
        const read = [...fractions.values()].reduce((sum, part) => sum + part, 0) / collectors.length;
        const settled = counts.landed + counts.passed + counts.seen + counts.failed;
        progress.update(counts, read * (counts.collected === 0 ? 0 : settled / counts.collected));
        if (clock.now() - askedAt > LEASE_AGAIN_MS) {
          askedAt = clock.now();
          landing.retry().catch((error) => app.report(error));
        }
      },
      onSource: ({ source, place = source }, report) => {
        progress.end();
        const { error } = report;
        if (error !== undefined) io.err(`${words.sourceFailed(source, error.kind, error.message)}\n`);
        if (report.untimed > 0) untimed.set(place, report.untimed);
      },
    });
    // What settling needs of memory, at the end of much, and what scorers hold need not be held at once.
    if (report.outcome !== 'stopped') await Promise.all([scorers.close(), landing.settle()]);
    progress.end();
    const seconds = (clock.now() - startedAt) / 1000;
    if (report.outcome === 'stopped') {
      if (stop.signal.aborted) io.err(`ronda: ${messageOf(stop.signal.reason)}\n`);
      io.err(`${words.stopped}\n`);
      exitWith(stop.signal.aborted ? 2 : 130);
      return;
    }
    if (report.outcome === 'done-with-failures') {
      exitWith(1);
      if (report.counts.failed > 0)
        io.err(`${words.rejects(report.counts.failed, app.rejectsFiles(run.id))}\n`);
    }
    for (const [file, n] of untimed) io.err(`${rowWords(environment.language).untimed(file, n)}\n`);
    const { counts, outcome, failedSources } = report;
    const ofUntimed = [...untimed.values()].reduce((sum, n) => sum + n, 0);
    if (json)
      io.out(
        `${JSON.stringify({ run: run.id, outcome, ...counts, ...(ofUntimed === 0 ? {} : { untimed: ofUntimed }), failedSources, seconds, resumed, landedBy })}\n`,
      );
    else io.out(summary(counts, environment));
  } finally {
    await scorers.close();
    await landing.close({ force: stop.signal.aborted });
  }
}

/** The same collector, its progress noted. */
function watched(collector: Collector, fractions: Map<string, number>): Collector {
  const place = collector.place ?? collector.source;
  return {
    ...collector,
    async *collect(cursor, context) {
      for await (const page of collector.collect(cursor, context)) {
        yield page;
        if (page.progress !== undefined) fractions.set(place, page.progress);
      }
      fractions.set(place, 1);
    },
  };
}

/** `text=isi,id=nomor` as a map. */
export function columnMap(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new InvalidArgumentError('give field=column pairs, e.g. text=isi,id=nomor.');
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}
