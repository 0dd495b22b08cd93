/** What the parts of a process count and log of themselves. A part of compose.ts. */
import { within } from './compose-desk.js';
import { createSampler, partsOf, type Watched } from './compose-probes.js';
import type { ScorersTell } from './compose-scorers.js';
import { type Config, isLoopback } from './config.js';
import type { PostBatch, ScoredBatch } from './core/batch.js';
import type { DeskStore } from './core/desk-ports.js';
import { kindOf, messageOf, OutOfSpaceError } from './core/errors.js';
import { type Meter, NO_METER, type PartState } from './core/operations.js';
import type { Clock, LandReport } from './core/ports.js';
import type { Job, Lease } from './core/queue-ports.js';
import { packageVersion } from './files/package-root.js';
import type { PassPorts } from './pipeline/pass.js';
import type { Assessor } from './pipeline/score.js';
import { isOlder, type OlderScorer, olderScorers, olderVersions } from './pipeline/scorer-versions.js';
import type { Store } from './store/store.js';
import { createHealth } from './telemetry/health.js';
import type { Logger } from './telemetry/log.js';
import { doctorWords } from './words/doctor.js';

/** Scorers' versions are looked at this often, ms. */
const VERSIONS_MS = 60_000;
const DAY_MS = 86_400_000;
/** What waits for room on a disk says so every five seconds; when it has not for so long, there is room. */
const FULL_MS = 15_000;

export type Instruments = ReturnType<typeof createInstruments>;

/**
 * One line a batch at each stage, all with the batch's job id, and one count for each. Nothing of a post goes in: numbers, ids
 * of batches and runs, names of sources.
 */
export function createInstruments(config: Config, log: Logger, clock: Pick<Clock, 'now'>) {
  let meter: Meter = NO_METER;
  const health = createHealth();
  let isOwnLease = false;
  let seconds = 0;
  let full: { readonly at: number; readonly why: string } | undefined;

  /** Scorers with older versions as last looked at, and those that were told of already. */
  let older: ReadonlySet<string> = new Set();
  let lookedAt = Number.NEGATIVE_INFINITY;
  const told = new Set<string>();

  const lookAtVersions = (store: Pick<Store, 'operations'>): void => {
    const now = clock.now();
    if (now - lookedAt < VERSIONS_MS && now >= lookedAt) return;
    lookedAt = now;
    const rows = store.operations.scorerVersions(now - DAY_MS);
    older = olderVersions(rows, now);
    for (const scorer of olderScorers(rows, now)) {
      const key = `${scorer.worker} ${scorer.part} ${scorer.has} ${scorer.newest}`;
      if (told.has(key)) continue;
      if (told.size > 1_000) told.clear();
      told.add(key);
      log.warn({ kind: 'older-scorer', ...scorer }, olderLine(scorer));
    }
  };

  return {
    health,
    meter: (): Meter => meter,
    use(given: Meter): void {
      meter = given;
    },

    /** Told of trouble that no job carries: while a disk is full, this process is not ready. */
    troubled(error: unknown): void {
      if (error instanceof OutOfSpaceError) full = { at: clock.now(), why: messageOf(error) };
    },

    /** The ports of a collection, counted; one line in the log a batch that was queued. */
    collecting(ports: PassPorts): PassPorts {
      const { score, rejects, fetcher, store } = ports;
      return {
        ...ports,
        score: {
          counts: () => score.counts(),
          oldest: (lane) => score.oldest(lane),
          async enqueue(jobs, options) {
            const added = await score.enqueue(jobs, options);
            for (const { id, lane, payload } of jobs) {
              const posts = payload.posts.length;
              meter.queued(posts);
              log.info({ job: id, run: payload.run, source: lane, posts }, 'queued');
            }
            return added;
          },
        },
        rejects: {
          append(run, source, rows) {
            meter.rejected(rows.length);
            return rejects.append(run, source, rows);
          },
        },
        fetcher: {
          fetch: (request) =>
            fetcher.fetch(request).then(
              (response) => {
                meter.fetched(response.notModified ? 'not-modified' : 'ok');
                return response;
              },
              (error: unknown) => {
                meter.fetched(kindOf(error));
                throw error;
              },
            ),
          events: (request) => counted(fetcher.events(request)),
          messages: (request) => counted(fetcher.messages(request)),
        },
        store: {
          ...store,
          saveSourceStatus(source, status) {
            const { error, lastSucceededAt } = status;
            meter.collected(error?.kind ?? (lastSucceededAt === undefined ? 'stopped' : 'ok'));
            store.saveSourceStatus(source, status);
          },
        },
      };
    },

    /** Scorers in processes of their own, whose being there is this process's readiness to score. */
    async scorers<T>(
      start: (tell: ScorersTell) => Promise<T>,
      onError: (error: unknown) => void,
    ): Promise<T> {
      health.note('scorers', false, 'they are starting');
      const fail = (error: unknown): void => {
        if (kindOf(error) === 'scorer-failed') health.note('scorers', false, messageOf(error));
      };
      try {
        const started = await start({
          onError: (error) => {
            fail(error);
            onError(error);
          },
          onRestart: () => meter.scorerRestarted(),
          onScored: (tally) => meter.scored(tally),
        });
        health.note('scorers', true);
        return started;
      } catch (error) {
        fail(error);
        throw error;
      }
    },

    /** The assessor, timed where somebody counts. */
    assessing(assessor: Assessor): Assessor {
      const { lastRead } = assessor;
      return {
        assess(text) {
          if (meter === NO_METER) return assessor.assess(text);
          const begin = performance.now();
          const assessment = assessor.assess(text);
          seconds += (performance.now() - begin) / 1_000;
          return assessment;
        },
        ...(lastRead === undefined ? {} : { lastRead: () => lastRead.call(assessor) }),
        get versions() {
          return assessor.versions;
        },
      } as Assessor;
    },
    scored({ landed, passed }: ScoredBatch, job: Job<PostBatch>): void {
      const incomplete =
        landed.filter(({ assessment }) => assessment.incomplete.length > 0).length +
        passed.filter((post) => post.incomplete).length;
      meter.scored({ batches: 1, landed: landed.length, passed: passed.length, incomplete, seconds });
      seconds = 0;
      const { id, lane, attempt, payload } = job;
      const posts = payload.posts.length;
      log.info({ job: id, run: payload.run, source: lane, attempt, posts, landed: landed.length }, 'scored');
    },
    landed({ items: _, withdrawn, ...counts }: LandReport, job: Job<ScoredBatch>, store: Store): void {
      const { id, lane, attempt, payload } = job;
      log.info({ job: id, run: payload.run, source: lane, attempt, ...counts }, 'landed');
      lookAtVersions(store);
      if (payload.versions !== undefined && isOlder(payload.versions, older)) meter.scoredByOlder(1);
      if (meter === NO_METER || !counts.applied) return;
      const now = clock.now();
      // All posts of a page were collected at one moment: read its time once.
      let [text, at] = ['', now];
      const lags = payload.landed.map(({ post }) => {
        if (post.collectedAt !== text) {
          text = post.collectedAt;
          at = Date.parse(text);
        }
        return Math.max(0, now - at) / 1_000;
      });
      meter.landed({ ...counts, withdrawn: withdrawn?.length ?? 0, lags });
    },

    /** The lease, whose state is this process's readiness to land. */
    leasing(lease: Lease): Lease {
      return {
        async acquire(onLost, signal) {
          const taken = await lease.acquire((reason) => {
            isOwnLease = false;
            health.note('lander', false, reason);
            onLost(reason);
          }, signal);
          isOwnLease = taken.held;
          if (taken.held) health.note('lander', true);
          else health.note('lander', true, `stands by: process ${taken.by.pid} on ${taken.by.host} lands`);
          return taken;
        },
        async release() {
          isOwnLease = false;
          await lease.release();
        },
      };
    },

    /** The desk's store, what people do counted. */
    desk(store: DeskStore): DeskStore {
      return {
        ...store,
        reviews: {
          ...store.reviews,
          append(event, now) {
            const kept = store.reviews.append(event, now);
            meter.reviewed(event.act.kind);
            return kept;
          },
        },
        claims: {
          ...store.claims,
          take(items, user, now) {
            const taken = store.claims.take(items, user, now);
            meter.claimed(taken.held.length);
            return taken;
          },
        },
      };
    },

    /** The store as alerts are sent from it, counted. */
    alerting(store: Store): Store {
      const { alerts } = store;
      return {
        ...store,
        alerts: {
          ...alerts,
          markSent(id, now) {
            alerts.markSent(id, now);
            meter.alerted('sent');
          },
          markFailed(id, failure) {
            alerts.markFailed(id, failure);
            meter.alerted(failure.kind);
          },
        },
      };
    },

    /** Begins to count, and answers with what was counted (web/probes.ts). */
    async probes(watched: Watched, isProxy: (address: string) => boolean = () => false) {
      const { createMetrics } = await import('./telemetry/metrics.js');
      const disk = (): readonly PartState[] => {
        if (full === undefined || Math.abs(clock.now() - full.at) > FULL_MS) return [];
        return [{ part: 'disk', ready: false, why: full.why }];
      };
      const parts = () => partsOf(watched, [...health.parts(), ...disk()]);
      const metrics = createMetrics(
        packageVersion,
        createSampler(watched, clock, parts, () => isOwnLease),
      );
      meter = metrics;
      const isNamed = within(config.metrics.allow);
      return {
        metrics: () => metrics.text(),
        parts,
        isAllowed: (address: string) => !isProxy(address) && (isLoopback(address) || isNamed(address)),
        report: (error: unknown) => log.warn({ kind: kindOf(error) }, messageOf(error)),
      };
    },
  };

  async function* counted<T>(stream: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* stream;
      meter.fetched('ok');
    } catch (error) {
      meter.fetched(kindOf(error));
      throw error;
    }
  }
}

/** What to do about a scorer with an older version, for the log. */
function olderLine({ worker, part, has, newest }: OlderScorer): string {
  return doctorWords('en').bringUp(worker, part, has, newest);
}
