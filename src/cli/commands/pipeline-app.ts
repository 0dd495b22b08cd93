import { setMaxListeners } from 'node:events';
import type { PostBatch, ScoredBatch } from '../../core/batch.js';
import type { Collector } from '../../core/collector-ports.js';
import { CannotRunError, OutOfSpaceError, RetryableError } from '../../core/errors.js';
import type { NarrativeReader } from '../../core/narrative-ports.js';
import type { ItemStore, LandReport, LandStore } from '../../core/ports.js';
import type { Consumer, Job, Lease, LeaseHolder, Queue } from '../../core/queue-ports.js';
import type { CollectReport } from '../../pipeline/collect.js';
import type { GroupingLoop } from '../../pipeline/group-loop.js';
import { consumeLand } from '../../pipeline/land.js';
import type { PassPorts } from '../../pipeline/pass.js';
import type { Repeating } from '../../pipeline/repeat.js';
import { onSchedule } from '../../pipeline/schedule.js';
import type { CommandEnvironment } from './environment.js';

/** A source ready to be collected. */
export interface ReadySource {
  readonly collector: Collector;
  readonly schedule?: string;
}

/** The pipeline as `run`, `batch` and `worker` are given it, everything open. */
export interface PipelineApp {
  readonly home: string;
  readonly ports: PassPorts;
  readonly score: Queue<PostBatch>;
  readonly land: Queue<ScoredBatch>;
  readonly store: LandStore & ItemStore;
  readonly narratives: Pick<NarrativeReader, 'listNarratives'>;
  readonly lease: Lease;
  /** The right to collect the sources of this home folder. */
  readonly collecting: Lease;
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  /** Scorers that `run` and `batch` start beside themselves. */
  readonly workers: number;
  /** Resolves once they are ready, or `ending` came first, which ends those that are not. */
  startScorers(count: number, ending: AbortSignal, onTrouble?: (error: unknown) => void): Promise<Scorers>;
  /** Scores in this very process, as `ronda worker score` does. */
  scoreHere(): Promise<Consumer>;
  /** Takes what landed into the desk's search until it is closed. */
  startIndexing(): Repeating;
  /** Joins what landed into narratives until it is closed; without `closesByItself` its hours are closed by `settle`. */
  startGrouping(closesByItself: boolean): GroupingLoop;
  /** Pattern of the owner-only files that hold a run's rejected rows. */
  rejectsFiles(run: string): string;
  /** Forgets what is past its retention. */
  purge(): Promise<void>;
  /** Takes what places took down since out of queues and dead letters. */
  sweep(): Promise<void>;
  /** One line a batch in the log. */
  logLanded(report: LandReport, job: Job<ScoredBatch>): void;
  /** Trouble that no job carries. */
  report(error: unknown): void;
  /** Warns in the log of each source that has gone quiet against its own habit, once a silence. */
  warnOfQuiet(): void;
  /** Asks the places of open items again on a schedule, where one is configured. */
  readonly recheck?: { readonly schedule: string; run(signal: AbortSignal): Promise<void> };
  /** Raises alerts and sends them until it is closed. */
  startAlerts(): Promise<{ close(): Promise<void> }>;
}

export interface Scorers {
  close(): Promise<void>;
}

/** The right to land, held or waited for, and the lander that goes with it. */
export interface Landing {
  /** Takes the right when its holder is gone, so that a waiting batch is landed in any case. */
  retry(): Promise<void>;
  /** Everything that landed is grouped, and the hours that are over are closed. */
  settle(): Promise<void>;
  /** Waits for what is under way; `force` leaves it to be delivered again. */
  close(options?: { force?: boolean }): Promise<void>;
}

/** What a lander is told and tells. */
export interface LandingOptions {
  /** Called when the lease was lost; the lander has stopped then. */
  readonly onLost: (reason: string) => void;
  readonly onLanded?: (report: LandReport) => void;
  /** Told of what the log is told of as well. */
  readonly onTrouble?: (error: unknown) => void;
  readonly wait?: (holder: LeaseHolder) => void;
  /** True where the run ends, and calls {@link Landing.settle} before it does. */
  readonly ends?: boolean;
}

/**
 * Starts landing under the lease.
 * @throws CannotRunError kind `lease-held` naming the holder, unless `wait` is given, which is then called with it
 */
export async function startLanding(app: PipelineApp, options: LandingOptions): Promise<Landing> {
  let lander: Lander | undefined;
  const start = async (): Promise<LeaseHolder | undefined> => {
    const taken = await app.lease.acquire((reason) => {
      void lander?.close({ force: true });
      options.onLost(reason);
    });
    if (!taken.held) return taken.by;
    try {
      lander = beginLanding(app, options);
    } catch (error) {
      await app.lease.release();
      throw error;
    }
    return undefined;
  };
  const holder = await start();
  if (holder !== undefined) {
    if (options.wait === undefined) {
      throw new CannotRunError(
        'lease-held',
        `Process ${holder.pid} on ${holder.host} lands into this store since ${holder.since}; stop it first, or use "ronda batch", which may run beside it, or "ronda worker land --stand-by", which takes over when it ends.`,
      );
    }
    options.wait(holder);
  }
  return {
    async retry() {
      if (lander === undefined) await start();
    },
    async settle() {
      await lander?.settle();
    },
    async close(how) {
      await lander?.close(how);
      if (lander !== undefined) await app.lease.release();
    },
  };
}

/** How often a stand-by asks for the lease, ms. */
const STAND_BY_MS = 2_000;

/**
 * Lands whenever the lease is to be had, until the signal: stands by while another holds it, takes over when that one
 * ends or gives it up, and stands by again where it is lost. `onState` is told of each change.
 */
export async function landInTurn(
  app: PipelineApp,
  options: Omit<LandingOptions, 'onLost' | 'wait' | 'ends'> & {
    readonly signal: AbortSignal;
    readonly onState: (state: 'landing' | 'stand-by' | 'lost', holder?: LeaseHolder) => void;
    /** What goes on while it lands; its signal ends it. */
    readonly meanwhile: (signal: AbortSignal) => Promise<void>;
  },
): Promise<void> {
  const { signal, onState } = options;
  let waitsFor: string | undefined;
  while (!signal.aborted) {
    const lost = new AbortController();
    const turn = AbortSignal.any([signal, lost.signal]);
    let lander: Lander | undefined;
    const taken = await app.lease
      .acquire((reason) => {
        lost.abort(new Error(reason));
        void lander?.close({ force: true });
      }, signal)
      .catch((error: unknown) => {
        // A server that is away comes back; a stand-by that gave up would not be there then.
        if (!(error instanceof RetryableError)) throw error;
        app.report(error);
        return undefined;
      });
    if (taken?.held !== true) {
      const named = taken && `${taken.by.pid} ${taken.by.host} ${taken.by.since}`;
      if (taken !== undefined && named !== waitsFor) onState('stand-by', taken.by);
      waitsFor = named;
      await app.ports.clock.sleep(STAND_BY_MS, signal).catch(() => undefined);
      continue;
    }
    waitsFor = undefined;
    try {
      if (turn.aborted) continue;
      lander = beginLanding(app, options);
      onState('landing');
      await Promise.all([options.meanwhile(turn), untilAborted(turn)]);
    } finally {
      await lander?.close({ force: lost.signal.aborted });
      await app.lease.release();
    }
    if (lost.signal.aborted) {
      app.report(lost.signal.reason);
      onState('lost');
    }
  }
}

/** What works while the lease is held. */
interface Lander {
  settle(): Promise<void>;
  close(options?: { force?: boolean }): Promise<void>;
}

/** Starts what a lander does beside landing too; where one of it cannot start, what was started is ended. */
function beginLanding(
  app: PipelineApp,
  { onLanded, onTrouble, ends }: Pick<LandingOptions, 'onLanded' | 'onTrouble' | 'ends'>,
): Lander {
  const consumer = consumeLand({
    store: app.store,
    land: app.land,
    onError: (error) => {
      app.report(error);
      onTrouble?.(error);
    },
    onLanded: (report, job) => {
      app.logLanded(report, job);
      onLanded?.(report);
    },
  });
  let indexing: Repeating | undefined;
  let grouping: GroupingLoop | undefined;
  try {
    indexing = app.startIndexing();
    grouping = app.startGrouping(ends !== true);
  } catch (error) {
    // Left running they would keep the process alive after its command has failed.
    consumer.close({ force: true }).catch((fault) => app.report(fault));
    indexing?.close().catch((fault) => app.report(fault));
    throw error;
  }
  const [texts, stories] = [indexing, grouping];
  return {
    settle: () => stories.settle(),
    async close(how) {
      await consumer.close(how);
      await texts.close();
      await stories.close();
    },
  };
}

/** Resolves once the signal is aborted. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * Starts the scorers while the command goes on: collecting need not wait for them. Where they cannot start, `stop` is
 * aborted with the reason.
 */
export function startScoring(
  app: PipelineApp,
  stop: AbortController,
  onTrouble?: (error: unknown) => void,
): Scorers {
  const ending = new AbortController();
  const started = app.startScorers(app.workers, ending.signal, onTrouble).catch((error: unknown) => {
    if (!ending.signal.aborted) stop.abort(error);
    return undefined;
  });
  return {
    async close() {
      ending.abort();
      await (await started)?.close();
    },
  };
}

/**
 * What a command that should end does with trouble: without room on a disk it would wait for a person who may not be
 * there, so it stops; what is left goes on at the next start.
 */
export function stopOutOfSpace(stop: AbortController): (error: unknown) => void {
  return (error) => {
    if (error instanceof OutOfSpaceError) stop.abort(error);
  };
}

/** The schedules of these sources, as a pass takes them. */
export function schedulesOf(
  sources: readonly ReadySource[],
  zone: string,
): { readonly bySource: ReadonlyMap<string, string>; readonly zone: string } {
  const named = sources.flatMap(({ collector, schedule }) =>
    schedule === undefined ? [] : [[collector.source, schedule] as const],
  );
  return { bySource: new Map(named), zone };
}

/** What a collection of a source came to, in a line. */
export function sourceLine(
  source: string,
  { posts, error, paused }: CollectReport,
  { words }: CommandEnvironment,
): string {
  if (paused) return words.sourcePaused(source);
  return error === undefined
    ? words.sourceDone(source, posts)
    : words.sourceFailed(source, error.kind, error.message);
}

/** When a source was last read to its end, or failed, ms; undefined where that is not known or it was stopped in the middle. */
export function lastCollected({ ports }: PipelineApp, { collector }: ReadySource): number | undefined {
  const status = ports.store.sourceFacts(collector.source).status;
  if (status === undefined) return undefined;
  const { error, lastTriedAt, lastSucceededAt } = status;
  if (error === undefined && lastSucceededAt !== lastTriedAt) return undefined;
  return Date.parse(lastTriedAt);
}

/** Refuses to collect where another process collects the sources of this home folder. */
export async function holdSources<T>(
  app: PipelineApp,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const taken = await app.collecting.acquire(
    (reason) => lost.abort(new CannotRunError('lease-lost', reason)),
    signal,
  );
  if (!taken.held) {
    const { pid, host, since } = taken.by;
    throw new CannotRunError(
      'lease-held',
      `Process ${pid} on ${host} collects the sources of ${app.home} since ${since}; stop it first, so that no place is asked twice.`,
    );
  }
  try {
    const held = AbortSignal.any([signal, lost.signal]);
    // Each source listens to it, and sources are as many as the configuration names: no leak that Node need warn of.
    setMaxListeners(0, held);
    const done = await work(held);
    if (lost.signal.aborted) throw lost.signal.reason;
    return done;
  } finally {
    await app.collecting.release();
  }
}

/** How often it is looked whether a source was resumed, ms. */
const RESUMED_LOOK_MS = 5_000;

/**
 * A source without a schedule is collected once; where a person paused it, that is still to come. Waits until it is
 * resumed; false where there is nothing to wait for, or the signal came first.
 */
export async function isResumed(
  app: PipelineApp,
  source: ReadySource,
  signal: AbortSignal,
): Promise<boolean> {
  const { clock, store } = app.ports;
  const isPaused = (): boolean => store.isSourcePaused(source.collector.source);
  if (source.schedule !== undefined || !isPaused()) return false;
  while (!signal.aborted && isPaused()) {
    await clock.sleep(RESUMED_LOOK_MS, signal).catch(() => undefined);
  }
  return !signal.aborted;
}

/** Looks at the silence of sources when an hour is over: habits are known by the hour. */
const QUIET_LOOK = '3 * * * *';

/** When what is past its retention is forgotten. */
const PURGE_EVERY = '17 * * * *';

/** When queues and dead letters are looked through for what places took down since. */
const SWEEP_EVERY = '*/5 * * * *';

/** Forgets what is past its retention now and every hour, and what places took down. What goes wrong is reported, and tried again at the next. */
export async function purgeOnSchedule(
  app: PipelineApp,
  { zone }: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  const often = (schedule: string, work: () => Promise<void>): Promise<void> =>
    onSchedule(schedule, zone, app.ports.clock, signal, () =>
      work().catch((error: unknown) => app.report(error)),
    );
  await Promise.all([often(PURGE_EVERY, () => app.purge()), often(SWEEP_EVERY, () => app.sweep())]);
}

/** Raises alerts and sends them until the signal. @throws CannotRunError where a channel's secret is missing */
export async function alertWhile(app: PipelineApp, signal: AbortSignal): Promise<void> {
  const alerts = await app.startAlerts();
  await untilAborted(signal);
  await alerts.close();
}

/** Looks every hour, and at the start, for sources that have gone quiet. */
export function watchSources(
  app: PipelineApp,
  { zone }: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  return onSchedule(QUIET_LOOK, zone, app.ports.clock, signal, async () => app.warnOfQuiet(), {
    onTrouble: app.report,
  });
}

/** Asks the places of open items again when that is due, at a start too; ends with the signal, or at once without. */
export async function recheckOnSchedule(
  { recheck, ports, report }: PipelineApp,
  { zone }: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  if (recheck === undefined) return;
  await onSchedule(recheck.schedule, zone, ports.clock, signal, () => recheck.run(signal), {
    onTrouble: report,
  });
}
