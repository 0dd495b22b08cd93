import type { Command } from 'commander';
import type { Counts } from '../../core/batch.js';
import { messageOf } from '../../core/errors.js';
import type { Item } from '../../core/item.js';
import { pass } from '../../pipeline/pass.js';
import { isDue, onSchedule } from '../../pipeline/schedule.js';
import { itemTable } from '../../report/item-table.js';
import { createBurstTeller, tellBursts } from './bursts.js';
import type { CommandEnvironment } from './environment.js';
import { startLanding } from './landing.js';
import {
  holdSources,
  isResumed,
  lastCollected,
  type PipelineApp,
  type ReadySource,
  schedulesOf,
  sourceLines,
  startScoring,
  stopOutOfSpace,
} from './pipeline-app.js';
import { createProgress, NO_PROGRESS } from './progress.js';
import { alertWhile, purgeOnSchedule, recheckOnSchedule, watchSources } from './upkeep.js';

export interface RunDeps {
  /**
   * The pipeline with the sources of ronda.yaml, or the demo's. `serves`: pushes of partners are taken meanwhile. `quiet`:
   * nothing is said while all is well. `isDemo`: its people are invented.
   */
  withSources<T>(
    work: (
      app: PipelineApp,
      sources: readonly ReadySource[],
      environment: CommandEnvironment,
      isDemo: boolean,
    ) => Promise<T>,
    how: { readonly serves: boolean; readonly quiet: boolean },
  ): Promise<T>;
}

/** Rows of the table that `run` prints at most. */
const TABLE_ROWS = 50;

/** `ronda run` */
export function runCommand(program: Command, deps: RunDeps): void {
  program
    .command('run')
    .description('collect, assess and land on the schedules of ronda.yaml (without one: the demo)')
    .option('--once', 'one pass over every source, then end')
    .option('--json', 'with --once: end with one JSON object of counts')
    .addHelpText('after', '\nExamples:\n  ronda run\n  ronda run --once --json')
    .action(async (options: { once?: boolean; json?: boolean }) => {
      await deps.withSources(
        async (app, sources, environment, isDemo) => {
          const stop = new AbortController();
          const signal = AbortSignal.any([environment.signal, stop.signal]);
          const arrivals: number[] = [];
          const landing = await startLanding(app, {
            onLost: (reason) => stop.abort(new Error(reason)),
            ...(options.once === true ? { onTrouble: stopOutOfSpace(stop), ends: true } : {}),
            onLanded: (report) => arrivals.push(...report.items),
          });
          const scorers = startScoring(app, stop, options.once === true ? stopOutOfSpace(stop) : undefined);
          try {
            await app.purge();
            await holdSources(app, signal, async (held) => {
              if (options.once === true) {
                await runOnce(app, sources, environment, held, options.json === true);
                if (held.aborted) return;
                await Promise.all([scorers.close(), landing.settle()]);
                if (options.json !== true) createBurstTeller(app, environment)();
              } else await runScheduled(app, sources, environment, held, { arrivals, isDemo });
            });
          } finally {
            if (signal.aborted) environment.io.err(`\n${environment.words.stopping}\n`);
            await scorers.close().finally(() => landing.close({ force: stop.signal.aborted }));
          }
          if (stop.signal.aborted) {
            environment.io.err(`ronda: ${messageOf(stop.signal.reason)}\n`);
            environment.exitWith(2);
          }
        },
        { serves: options.once !== true, quiet: options.once === true && options.json === true },
      );
    });
}

async function runOnce(
  app: PipelineApp,
  sources: readonly ReadySource[],
  environment: CommandEnvironment,
  signal: AbortSignal,
  json: boolean,
): Promise<void> {
  const { io, words, exitWith } = environment;
  if (!json) io.err(`${words.collecting(sources.length, app.home)}\n`);
  const { run } = app.ports.store.openRun('once', sources.map(({ collector }) => collector.source).join(' '));
  const progress = json ? NO_PROGRESS : createProgress(environment, () => app.ports.clock.now());
  const report = await pass(app.ports, {
    run,
    collectors: sources.map(({ collector }) => collector),
    schedules: schedulesOf(sources, environment.zone),
    maxWaiting: app.maxWaiting,
    maxWaitMs: app.maxWaitMs,
    signal,
    onProgress: (counts) => progress.update(counts),
    onSource: (collector, report) => {
      progress.end();
      if (report.error !== undefined || !json) io.err(sourceLines(collector, report, environment));
    },
  });
  progress.end();
  if (report.outcome === 'stopped') {
    // By a person or the system; what made it stop by itself is told as such.
    if (environment.signal.aborted) exitWith(130);
    return;
  }
  if (report.outcome === 'done-with-failures') exitWith(1);
  if (report.counts.failed > 0) {
    io.err(`${environment.words.rejects(report.counts.failed, app.rejectsFiles(run.id))}\n`);
  }
  if (json) {
    io.out(
      `${JSON.stringify({ run: run.id, outcome: report.outcome, ...report.counts, failedSources: report.failedSources })}\n`,
    );
    return;
  }
  io.out(`\n${summary(report.counts, environment)}`);
  // What could not be read must not pass for quiet.
  if (report.failedSources.length > 0) io.out(`${environment.words.failedSources(report.failedSources)}\n`);
  showItems(app, environment, app.store.listItems({ limit: TABLE_ROWS }));
}

async function runScheduled(
  app: PipelineApp,
  sources: readonly ReadySource[],
  environment: CommandEnvironment,
  signal: AbortSignal,
  { arrivals, isDemo }: { readonly arrivals: number[]; readonly isDemo: boolean },
): Promise<void> {
  const { io, words, zone } = environment;
  // A service’s output goes to a log, where no text of a post belongs.
  const showsTexts = isDemo || io.isRead;
  io.err(`${words.collecting(sources.length, app.home)}\n`);
  const progress = createProgress(environment, () => app.ports.clock.now());
  const lastAt = new Map(sources.map((source) => [source, lastCollected(app, source)]));
  const now = app.ports.clock.now();
  const due = sources.filter((source) => isDue(source.schedule, zone, lastAt.get(source), now));
  for (const source of sources) {
    if (!due.includes(source)) io.err(`${words.sourceNotDue(source.collector.source)}\n`);
  }
  // Sources, not passes: one with a short schedule is done again before a slow one is done at all.
  const awaited = new Set(due);
  if (awaited.size === 0) io.err(`${words.waiting}\n`);
  const totals = { collected: 0, landed: 0, passed: 0, seen: 0, failed: 0, incomplete: 0, copies: 0 };
  const once = async (source: ReadySource): Promise<number | undefined> => {
    const { collector } = source;
    let notBefore: number | undefined;
    const { run } = app.ports.store.openRun('schedule', collector.source);
    const report = await pass(app.ports, {
      run,
      collectors: [collector],
      schedules: schedulesOf([source], zone),
      maxWaiting: app.maxWaiting,
      maxWaitMs: app.maxWaitMs,
      signal,
      onProgress: (counts) => progress.update(counts),
      onSource: (_, report) => {
        notBefore = report.notBefore;
        progress.end();
        io.err(sourceLines(collector, report, environment));
      },
    });
    progress.end();
    if (signal.aborted) return undefined;
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += report.counts[key] ?? 0;
    const isFirst = awaited.delete(source);
    if (awaited.size > 0) return notBefore;
    if (isFirst) io.out(`\n${summary(totals, environment)}`);
    const numbers = new Set(arrivals.splice(0));
    if (!showsTexts) {
      if (numbers.size > 0) io.out(`${words.arrived(numbers.size)}\n`);
      if (isFirst) io.err(`${words.waiting}\n`);
      return notBefore;
    }
    const items = app.store
      .listItems({ limit: Math.min(1000, Math.max(1, numbers.size)) })
      .filter((item) => numbers.has(item.number));
    if (isFirst || items.length > 0) showItems(app, environment, items.slice(0, TABLE_ROWS));
    if (isFirst) io.err(`${words.waiting}\n`);
    return notBefore;
  };
  await Promise.all([
    ...sources.map((source) => {
      const untilPaused = async (): Promise<number | undefined> => {
        let notBefore: number | undefined;
        do notBefore = await once(source);
        while (await isResumed(app, source, signal));
        return notBefore;
      };
      return onSchedule(source.schedule, zone, app.ports.clock, signal, untilPaused, {
        onTrouble: app.report,
        lastAt: lastAt.get(source),
      });
    }),
    watchSources(app, environment, signal),
    alertWhile(app, signal),
    ...(showsTexts ? [tellBursts(app, environment, signal)] : []),
    recheckOnSchedule(app, environment, signal),
    purgeOnSchedule(app, environment, signal),
  ]);
}

function showItems(app: PipelineApp, environment: CommandEnvironment, items: readonly Item[]): void {
  const { io, words, language } = environment;
  if (items.length === 0) {
    io.out(`${words.noItems}\n`);
    return;
  }
  const all = Object.values(app.store.countItems()).reduce((sum, n) => sum + n, 0);
  io.out(`${words.itemsHeader(items.length, all)}\n\n${itemTable(items, words, language, io.columns)}\n`);
}

/** The counts that add up, with what a reader must not miss. */
export function summary(counts: Counts, { words }: CommandEnvironment): string {
  const lines = [words.summary(counts)];
  if (counts.copies !== undefined && counts.copies > 0) lines.push(words.copies(counts.copies));
  if (counts.incomplete > 0) lines.push(words.incomplete(counts.incomplete));
  return `${lines.join('\n')}\n`;
}
