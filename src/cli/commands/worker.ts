import type { Command } from 'commander';
import { pass } from '../../pipeline/pass.js';
import { onSchedule } from '../../pipeline/schedule.js';
import type { CommandEnvironment } from './environment.js';
import {
  isResumed,
  landInTurn,
  type PipelineApp,
  purgeOnSchedule,
  type ReadySource,
  recheckOnSchedule,
  schedulesOf,
  sourceLine,
  startLanding,
  untilAborted,
  type WithPipeline,
  watchSources,
} from './pipeline-app.js';

export interface WorkerDeps {
  readonly withPipeline: WithPipeline;
  withSources<T>(
    work: (app: PipelineApp, sources: readonly ReadySource[], environment: CommandEnvironment) => Promise<T>,
  ): Promise<T>;
}

/** `ronda worker collect|score|land` */
export function workerCommand(program: Command, deps: WorkerDeps): void {
  const worker = program
    .command('worker')
    .description('one part of the pipeline alone, for several processes or machines');
  worker
    .command('collect')
    .description('collect the sources of ronda.yaml on their schedules')
    .addHelpText('after', '\nExample:\n  RONDA_REDIS=redis://127.0.0.1:6379 ronda worker collect')
    .action(() =>
      deps.withSources(async (app, sources, environment) => {
        ready('collect', environment);
        await Promise.all([
          ...sources.map((source) => collectOnSchedule(app, source, environment)),
          watchSources(app, environment, environment.signal),
        ]);
      }),
    );
  worker
    .command('score')
    .description('assess batches from the queue; any number may run, on any machine')
    .addHelpText('after', '\nExample:\n  RONDA_REDIS=redis://127.0.0.1:6379 ronda worker score')
    .action(() =>
      deps.withPipeline(async (app, environment) => {
        const consumer = await app.scoreHere();
        ready('score', environment);
        await untilAborted(environment.signal);
        await consumer.close();
      }),
    );
  worker
    .command('land')
    .description('land what was assessed; one holds the store at a time')
    .option('--stand-by', 'while another lands, wait, and take over when it ends or is gone')
    .addHelpText('after', '\nExample:\n  RONDA_REDIS=redis://127.0.0.1:6379 ronda worker land --stand-by')
    .action(({ standBy }: { standBy?: boolean }) =>
      deps.withPipeline((app, environment) =>
        standBy === true ? landInTurns(app, environment) : landAlone(app, environment),
      ),
    );
}

/** What a lander looks after beside landing. */
async function lookAfterStore(
  app: PipelineApp,
  environment: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all([recheckOnSchedule(app, environment, signal), purgeOnSchedule(app, environment, signal)]);
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
): Promise<void> {
  const { io, zone, signal } = environment;
  const { collector, schedule } = source;
  const once = async (): Promise<void> => {
    const { run } = app.ports.store.openRun('schedule', collector.source);
    await pass(app.ports, {
      run,
      collectors: [collector],
      schedules: schedulesOf([source], zone),
      drain: false,
      maxWaiting: app.maxWaiting,
      signal,
      onSource: (name, report) => io.err(`${sourceLine(name, report, environment)}\n`),
    });
  };
  const untilPaused = async (): Promise<void> => {
    do await once();
    while (await isResumed(app, source, signal));
  };
  await onSchedule(schedule, zone, app.ports.clock, signal, untilPaused, app.report);
}

function ready(what: string, { io, words }: CommandEnvironment): void {
  io.err(`${words.workerReady(what)}\n`);
}
