import { setMaxListeners } from 'node:events';
import type { PostBatch, ScoredBatch } from '../../core/batch.js';
import type { Collector } from '../../core/collector-ports.js';
import { CannotRunError, OutOfSpaceError } from '../../core/errors.js';
import type { NarrativeReader } from '../../core/narrative-ports.js';
import type { ItemStore, LandReport, LandStore } from '../../core/ports.js';
import type { Consumer, Job, Lease, Queue } from '../../core/queue-ports.js';
import type { CollectReport } from '../../pipeline/collect.js';
import type { GroupingLoop } from '../../pipeline/group-loop.js';
import type { PassPorts } from '../../pipeline/pass.js';
import type { Repeating } from '../../pipeline/repeat.js';
import { rowWords } from '../../words/rows.js';
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

/** What a collection of a source came to: a line, and one more where times of its posts are not to be believed. */
export function sourceLines(
  { source, place }: Pick<Collector, 'source' | 'place'>,
  { posts, error, paused, untimed }: CollectReport,
  { words, language }: CommandEnvironment,
): string {
  if (paused) return `${words.sourcePaused(source)}\n`;
  const came =
    error === undefined
      ? words.sourceDone(source, posts)
      : words.sourceFailed(source, error.kind, error.message);
  return `${came}\n${untimed === 0 ? '' : `${rowWords(language).untimed(place ?? source, untimed)}\n`}`;
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
