/** The pipeline as `run`, `batch` and `worker` work on it: a part of compose.ts. */
import { alertsOf } from './compose-alerts.js';
import type { Instruments } from './compose-instruments.js';
import type { keeping } from './compose-keeping.js';
import { groupingOf, narrativesOf } from './compose-narratives.js';
import { rejectsFilesIn } from './compose-runs.js';
import { startScorers } from './compose-scorers.js';
import { configuredSources, type Sources, scheduledRecheck } from './compose-sources.js';
import type { Config } from './config.js';
import type { PostBatch, ScoredBatch } from './core/batch.js';
import type { CollectContext } from './core/collector-ports.js';
import type { Clock, LandReport } from './core/ports.js';
import type { Consumer, Job, Lease, Queue } from './core/queue-ports.js';
import { startTextIndexing } from './pipeline/index-texts.js';
import { noteSources } from './pipeline/note-sources.js';
import type { PassPorts } from './pipeline/pass.js';
import type { Store } from './store/store.js';
import type { Logger } from './telemetry/log.js';

interface Parts {
  home(): string;
  store(): Store;
  ports(): PassPorts;
  score(): Queue<PostBatch>;
  land(): Queue<ScoredBatch>;
  /** The right to land. */
  lease(): Lease;
  keeping(): ReturnType<typeof keeping>;
  sources(): Sources;
  scoreHere(onTrouble?: (error: unknown) => void): Promise<Consumer>;
  warnOfQuiet(now: number): void;
  report(error: unknown): void;
  readonly door: CollectContext['fetcher'];
  readonly clock: Clock;
  readonly log: Logger;
  readonly instruments: Instruments;
}

/** Everything that a pipeline works on, open; the configured sources are noted in the audit chain. */
export function pipelineOf(config: Config, parts: Parts) {
  const { clock, instruments, report, keeping, sources, log } = parts;
  const store = parts.store();
  noteSources({ store: store.desk, clock }, configuredSources(config));
  return {
    home: parts.home(),
    ports: parts.ports(),
    score: parts.score(),
    land: parts.land(),
    store,
    narratives: narrativesOf(store),
    lease: parts.lease(),
    collecting: store.lease('collect'),
    maxWaiting: config.queue.max_waiting,
    maxWaitMs: config.queue.max_wait,
    workers: config.score.workers,
    startScorers: (count: number, ending: AbortSignal, onTrouble?: (error: unknown) => void) =>
      instruments.scorers(
        (tell) => startScorers(config, count, tell, ending),
        (error) => {
          report(error);
          onTrouble?.(error);
        },
      ),
    scoreHere: parts.scoreHere,
    startIndexing: () => startTextIndexing(store.desk.upkeep, clock, report),
    startGrouping: (closesByItself: boolean) => groupingOf(config, store, clock, report, closesByItself),
    rejectsFiles: rejectsFilesIn(parts.home()),
    async purge() {
      await keeping().purge();
    },
    async sweep() {
      await keeping().sweep();
    },
    logLanded: (landed: LandReport, job: Job<ScoredBatch>) => instruments.landed(landed, job, store),
    report,
    warnOfQuiet: () => parts.warnOfQuiet(clock.now()),
    ...scheduledRecheck(config, sources, log),
    startAlerts: () =>
      alertsOf(config, instruments.alerting(store), {
        clock,
        fetcher: parts.door,
        environment: process.env,
        sources: (now) => sources().views(now),
        report,
      }),
  };
}
