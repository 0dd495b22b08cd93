import type { Counts, PostBatch, ScoredBatch } from '../core/batch.js';
import type { CollectContext, Collector, Gap } from '../core/collector-ports.js';
import type { Clock, CursorStore, Run, RunStore } from '../core/ports.js';
import type { Queue, QueueCounts } from '../core/queue-ports.js';
import type { SourceWatchStore } from '../core/source.js';
import { type ClaimSink, type CollectReport, collect, MOST_PATIENCE_MS, type RejectSink } from './collect.js';
import { nextRun } from './schedule.js';
import { awaySince } from './source-habit.js';

/** What a pass asks of the outside. */
export interface PassPorts {
  readonly store: RunStore &
    Pick<CursorStore, 'getCursor' | 'saveCursor' | 'saveSourceStatus'> &
    SourceWatchStore;
  readonly score: Pick<Queue<PostBatch>, 'enqueue' | 'counts' | 'oldest'>;
  readonly land: Pick<Queue<ScoredBatch>, 'enqueue' | 'counts'>;
  readonly claims: ClaimSink;
  readonly rejects: RejectSink;
  readonly fetcher: CollectContext['fetcher'];
  readonly clock: Clock;
  readonly hash: (text: string) => string;
}

export interface PassOptions {
  readonly run: Run;
  readonly collectors: readonly Collector[];
  /** Cron expressions by source, and the zone they are meant in: what says that Ronda was away for too long. */
  readonly schedules?: { readonly bySource: ReadonlyMap<string, string>; readonly zone: string };
  /** True for files of a batch: their cursors are the run's own. */
  readonly ownRun?: boolean;
  /** False where another machine lands: the run then ends when its sources are read. Default true. */
  readonly drain?: boolean;
  /** Collecting waits while this many jobs stand in one of the queues. */
  readonly maxWaiting: number;
  /** A source waits, too, while its oldest batch has stood before the scorers for this long, ms; default for ever. */
  readonly maxWaitMs?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (counts: Counts) => void;
  readonly onSource?: (collector: Collector, report: CollectReport) => void;
}

export interface PassReport {
  readonly counts: Counts;
  /** Sources that could not be read to their end. */
  readonly failedSources: readonly string[];
  readonly outcome: NonNullable<Run['outcome']>;
}

/** How often a waiting pass looks again, ms: short against a person's patience, long against the query's cost. */
const LOOK_AGAIN_MS = 25;
/** Sources collected at once. */
const SOURCES_AT_ONCE = 8;

/**
 * One pass over sources: collects each to its end, waits until everything that it queued has landed, passed, was
 * seen before or failed, and finishes the run. Aborted, it leaves the run unfinished, to be resumed under its key.
 */
export async function pass(ports: PassPorts, options: PassOptions): Promise<PassReport> {
  const { run, signal } = options;
  const { failedSources, withdrawn } = await collectAll(ports, options);
  if (options.drain !== false && !signal.aborted) await drained(ports, options, withdrawn > 0);
  const counts = ports.store.runCounts(run.id);
  options.onProgress?.(counts);
  if (signal.aborted) return { counts, failedSources, outcome: 'stopped' };
  const outcome = counts.failed > 0 || failedSources.length > 0 ? 'done-with-failures' : 'done';
  ports.store.finishRun(run.id, outcome);
  return { counts, failedSources, outcome };
}

async function collectAll(
  ports: PassPorts,
  options: PassOptions,
): Promise<{ failedSources: string[]; withdrawn: number }> {
  const failedSources: string[] = [];
  let withdrawn = 0;
  const waiting = [...options.collectors];
  const lane = async (): Promise<void> => {
    for (let collector = waiting.shift(); collector !== undefined; collector = waiting.shift()) {
      if (options.signal.aborted) return;
      const left = leftAlone(ports, options, collector);
      if (left !== undefined) {
        failedSources.push(collector.source);
        options.onSource?.(collector, left);
        continue;
      }
      const gap = gapBefore(ports, options, collector);
      const report = await collect({
        collector,
        run: options.run.id,
        queue: ports.score,
        land: ports.land,
        claims: ports.claims,
        cursors: ports.store,
        rejects: ports.rejects,
        fetcher: ports.fetcher,
        clock: ports.clock,
        hash: ports.hash,
        room: (signal) => room(ports, options, collector.source, signal),
        signal: options.signal,
        onCommitted: () => options.onProgress?.(ports.store.runCounts(options.run.id)),
        ...(options.ownRun === undefined ? {} : { ownRun: options.ownRun }),
        ...(gap === undefined ? {} : { gap }),
      });
      withdrawn += report.withdrawn;
      if (report.error !== undefined) failedSources.push(collector.source);
      options.onSource?.(collector, report);
    }
  };
  await Promise.all(Array.from({ length: Math.min(SOURCES_AT_ONCE, waiting.length) }, lane));
  return { failedSources, withdrawn };
}

/**
 * What stands in for a collection while the place asked to be left alone, in this process or one before. More than a place may
 * ask for was written by a clock that was wrong, and is not believed.
 */
function leftAlone(
  { store, clock }: PassPorts,
  { ownRun }: PassOptions,
  { source }: Collector,
): CollectReport | undefined {
  if (ownRun === true || store.isSourcePaused(source)) return undefined;
  const asked = store.sourceFacts(source).status?.notBefore;
  const notBefore = asked === undefined ? Number.NaN : Date.parse(asked);
  const left = notBefore - clock.now();
  if (!(left > 0 && left <= MOST_PATIENCE_MS)) return undefined;
  const message = `the place asked to be left alone until ${asked}`;
  const none = { posts: 0, rejected: 0, withdrawn: 0, claims: 0, untimed: 0, stopped: false, paused: false };
  return { ...none, error: { kind: 'left-alone', message }, notBefore };
}

/** The time since the source was last read, where that is longer than it should be. A file keeps what it has. */
function gapBefore({ store, clock }: PassPorts, options: PassOptions, collector: Collector): Gap | undefined {
  if (options.ownRun === true || collector.kind === 'file') return undefined;
  const { status, hours } = store.sourceFacts(collector.source);
  const last = status?.lastSucceededAt;
  const schedule = options.schedules?.bySource.get(collector.source);
  const zone = options.schedules?.zone ?? 'UTC';
  const now = clock.now();
  const since = awaySince(
    last === undefined ? undefined : Date.parse(last),
    now,
    hours,
    schedule === undefined ? undefined : (after) => nextRun(schedule, zone, after),
  );
  if (since === undefined) return undefined;
  return {
    from: new Date(since).toISOString(),
    to: new Date(now).toISOString(),
    kind: 'offline',
    reason: 'Ronda did not read this source in that time; what the place no longer shows was not seen',
  };
}

/** Below so many jobs nobody asks how old they are: the next batch makes them no slower. */
const FEW_JOBS = 10;

/**
 * Resolves when both queues hold fewer than `maxWaiting` jobs that are not dead, and the source's own oldest has not waited too
 * long, or when aborted. By source, since lanes are served in turn: one that floods holds back itself and nobody else.
 */
async function room(
  { score, land, clock }: PassPorts,
  { maxWaiting, maxWaitMs = Number.POSITIVE_INFINITY }: PassOptions,
  source: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const [before, behind] = await Promise.all([score.counts(), land.counts()]);
    if (Math.max(held(before), held(behind)) < maxWaiting) {
      if (held(before) < FEW_JOBS || maxWaitMs === Number.POSITIVE_INFINITY) return;
      const oldest = await score.oldest(source);
      if (oldest === undefined || clock.now() - oldest < maxWaitMs) return;
    }
    await nap(clock, signal);
  }
}

function held(counts: QueueCounts): number {
  return counts.waiting + counts.delayed + counts.active;
}

/** With `toTheEnd` also until nothing stands before the lander: withdrawals are counted with no posts. */
async function drained(ports: PassPorts, options: PassOptions, toTheEnd: boolean): Promise<void> {
  while (!options.signal.aborted) {
    const counts = ports.store.runCounts(options.run.id);
    options.onProgress?.(counts);
    if (isSettled(counts) && !(toTheEnd && held(await ports.land.counts()) > 0)) return;
    await nap(ports.clock, options.signal);
  }
}

/** True when every post collected has come to an end. */
export function isSettled(counts: Counts): boolean {
  return counts.collected === counts.landed + counts.passed + counts.seen + counts.failed;
}

async function nap(clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(LOOK_AGAIN_MS, signal);
  } catch {
    // Aborted: the caller's loop sees the signal.
  }
}
