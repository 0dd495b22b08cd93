import type { Counts, PostBatch } from '../core/batch.js';
import type {
  Clock,
  CollectContext,
  Collector,
  CursorStore,
  Queue,
  QueueCounts,
  Run,
  RunStore,
} from '../core/ports.js';
import { type CollectReport, collect, type RejectSink } from './collect.js';

/** What a pass asks of the outside. */
export interface PassPorts {
  readonly store: RunStore & Pick<CursorStore, 'getCursor' | 'saveCursor' | 'saveSourceStatus'>;
  readonly score: Pick<Queue<PostBatch>, 'enqueue' | 'counts'>;
  readonly land: { counts(): Promise<QueueCounts> };
  readonly rejects: RejectSink;
  readonly fetcher: CollectContext['fetcher'];
  readonly clock: Clock;
  readonly hash: (text: string) => string;
}

export interface PassOptions {
  readonly run: Run;
  readonly collectors: readonly Collector[];
  /** True for files of a batch: their cursors are the run's own. */
  readonly ownRun?: boolean;
  /** False where another machine lands: the run then ends when its sources are read. Default true. */
  readonly drain?: boolean;
  /** Collecting waits while this many jobs stand in one of the queues. */
  readonly maxWaiting: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (counts: Counts) => void;
  readonly onSource?: (source: string, report: CollectReport) => void;
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
  const failedSources = await collectAll(ports, options);
  if (options.drain !== false && !signal.aborted) await drained(ports, options);
  const counts = ports.store.runCounts(run.id);
  options.onProgress?.(counts);
  if (signal.aborted) return { counts, failedSources, outcome: 'stopped' };
  const outcome = counts.failed > 0 || failedSources.length > 0 ? 'done-with-failures' : 'done';
  ports.store.finishRun(run.id, outcome);
  return { counts, failedSources, outcome };
}

async function collectAll(ports: PassPorts, options: PassOptions): Promise<string[]> {
  const failed: string[] = [];
  const waiting = [...options.collectors];
  const lane = async (): Promise<void> => {
    for (let collector = waiting.shift(); collector !== undefined; collector = waiting.shift()) {
      if (options.signal.aborted) return;
      const report = await collect({
        collector,
        run: options.run.id,
        queue: ports.score,
        cursors: ports.store,
        rejects: ports.rejects,
        fetcher: ports.fetcher,
        clock: ports.clock,
        hash: ports.hash,
        room: (signal) => room(ports, options.maxWaiting, signal),
        signal: options.signal,
        onCommitted: () => options.onProgress?.(ports.store.runCounts(options.run.id)),
        ...(options.ownRun === undefined ? {} : { ownRun: options.ownRun }),
      });
      if (report.error !== undefined) failed.push(collector.source);
      options.onSource?.(collector.source, report);
    }
  };
  await Promise.all(Array.from({ length: Math.min(SOURCES_AT_ONCE, waiting.length) }, lane));
  return failed;
}

/** Resolves when both queues hold fewer than `maxWaiting` jobs that are not dead, or when aborted. */
async function room(ports: PassPorts, maxWaiting: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [score, land] = await Promise.all([ports.score.counts(), ports.land.counts()]);
    if (Math.max(held(score), held(land)) < maxWaiting) return;
    await nap(ports.clock, signal);
  }
}

function held(counts: QueueCounts): number {
  return counts.waiting + counts.delayed + counts.active;
}

async function drained(ports: PassPorts, options: PassOptions): Promise<void> {
  while (!options.signal.aborted) {
    const counts = ports.store.runCounts(options.run.id);
    options.onProgress?.(counts);
    if (isSettled(counts)) return;
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
