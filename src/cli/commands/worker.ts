import { type Command, Option } from 'commander';
import { pass } from '../../pipeline/pass.js';
import { onSchedule } from '../../pipeline/schedule.js';
import type { CommandEnvironment } from './environment.js';
import { wholeNumber } from './items.js';
import { landInTurn, startLanding } from './landing.js';
import {
  holdSources,
  isResumed,
  lastCollected,
  type PipelineApp,
  type ReadySource,
  schedulesOf,
  sourceLines,
  untilAborted,
} from './pipeline-app.js';
import { alertWhile, purgeOnSchedule, recheckOnSchedule, watchSources } from './upkeep.js';

/** How a worker is watched. */
interface Watching {
  /** Where it answers /metrics, /healthz and /readyz; nowhere without. */
  readonly metricsPort?: number | undefined;
}

export interface WorkerDeps {
  withPipeline<T>(
    work: (app: PipelineApp, environment: CommandEnvironment) => Promise<T>,
    how: Watching,
  ): Promise<T>;
  /** Opens the queue alone: a scorer's machine needs no store, and makes none. */
  withScorer<T>(
    work: (app: Pick<PipelineApp, 'scoreHere'>, environment: CommandEnvironment) => Promise<T>,
    how: Watching,
  ): Promise<T>;
  withSources<T>(
    work: (app: PipelineApp, sources: readonly ReadySource[], environment: CommandEnvironment) => Promise<T>,
    how: Watching,
  ): Promise<T>;
}

/** `--metrics-port`, which every worker takes. */
function metricsPort(): Option {
  return new Option('--metrics-port <port>', 'answer /metrics, /healthz and /readyz at this port').argParser(
    wholeNumber(0, 65_535),
  );
}

/** `ronda worker collect|score|land` */
export function workerCommand(program: Command, deps: WorkerDeps): void {
  const worker = program
    .command('worker')
    .description('one part of the pipeline alone, for several processes or machines');
  worker
    .command('collect')
    .description('collect the sources of ronda.yaml on their schedules')
    .addOption(metricsPort())
    .addHelpText('after', '\nExample:\n  RONDA_REDIS=redis://127.0.0.1:6379 ronda worker collect')
    .action((options: Watching) =>
      deps.withSources(async (app, sources, environment) => {
        await holdSources(app, environment.signal, async (signal) => {
          ready('collect', environment);
          await Promise.all([
            ...sources.map((source) => collectOnSchedule(app, source, environment, signal)),
            watchSources(app, environment, signal),
          ]);
        });
      }, options),
    );
  worker
    .command('score')
    .description('assess batches from the queue; any number may run, on any machine')
    .addOption(metricsPort())
    .addHelpText(
      'after',
      '\nExample:\n  RONDA_REDIS=redis://127.0.0.1:6379 ronda worker score --metrics-port 9478',
    )
    .action((options: Watching) =>
      deps.withScorer(async (app, environment) => {
        const consumer = await app.scoreHere();
        ready('score', environment);
        await untilAborted(environment.signal);
        await consumer.close();
      }, options),
    );
  worker
    .command('land')
    .description('land what was assessed; one holds the store at a time')
    .option('--stand-by', 'while another lands, wait, and take over when it ends or is gone')
    .addOption(metricsPort())
    .addHelpText('after', '\nExample:\n  RONDA_REDIS=redis://127.0.0.1:6379 ronda worker land --stand-by')
    .action(({ standBy, ...options }: Watching & { readonly standBy?: boolean }) =>
      deps.withPipeline(
        (app, environment) =>
          standBy === true ? landInTurns(app, environment) : landAlone(app, environment),
        options,
      ),
    );
}

/** What a lander looks after beside landing. */
async function lookAfterStore(
  app: PipelineApp,
  environment: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all([
    recheckOnSchedule(app, environment, signal),
    purgeOnSchedule(app, environment, signal),
    alertWhile(app, signal),
  ]);
}

async function landAlone(app: PipelineApp, environment: CommandEnvironment): Promise<void> {
  const lost = new AbortController();
  const landing = await startLanding(app, { onLost: (reason) => lost.abort(new Error(reason)) });
  const ended = AbortSignal.any([environment.signal, lost.signal]);
  try {
    ready('land', environment);
    await Promise.all([lookAfterStore(app, environment, ended), untilAborted(ended)]);
  } finally {
    await landing.close({ force: lost.signal.aborted });
  }
  if (lost.signal.aborted) {
    app.report(lost.signal.reason);
    environment.exitWith(2);
  }
}

async function landInTurns(app: PipelineApp, environment: CommandEnvironment): Promise<void> {
  const { io, words, signal } = environment;
  await landInTurn(app, {
    signal,
    onState: (state, holder) => {
      if (state === 'landing') ready('land', environment);
      else if (holder !== undefined) io.err(`${words.standBy(holder.pid, holder.host)}\n`);
    },
    meanwhile: (turn) => lookAfterStore(app, environment, turn),
  });
}

async function collectOnSchedule(
  app: PipelineApp,
  source: ReadySource,
  environment: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  const { io, zone } = environment;
  const { collector, schedule } = source;
  const once = async (): Promise<number | undefined> => {
    let notBefore: number | undefined;
    const { run } = app.ports.store.openRun('schedule', collector.source);
    await pass(app.ports, {
      run,
      collectors: [collector],
      schedules: schedulesOf([source], zone),
      drain: false,
      maxWaiting: app.maxWaiting,
      maxWaitMs: app.maxWaitMs,
      signal,
      onSource: (_, report) => {
        notBefore = report.notBefore;
        io.err(sourceLines(collector, report, environment));
      },
    });
    return notBefore;
  };
  const untilPaused = async (): Promise<number | undefined> => {
    let notBefore: number | undefined;
    do notBefore = await once();
    while (await isResumed(app, source, signal));
    return notBefore;
  };
  await onSchedule(schedule, zone, app.ports.clock, signal, untilPaused, {
    onTrouble: app.report,
    lastAt: lastCollected(app, source),
  });
}

function ready(what: string, { io, words }: CommandEnvironment): void {
  io.err(`${words.workerReady(what)}\n`);
}
