import type { Counts } from '../core/batch.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import { messageOf } from '../core/errors.js';
import type { OperationsStore, ScorerVersions, SeenLease, ShadowRun } from '../core/operations.js';
import type { Run } from '../core/ports.js';
import type { DeadJob, Queue, QueueCounts } from '../core/queue-ports.js';
import { SYSTEM_ACTOR } from '../core/review.js';
import type { Actor } from '../core/user.js';
import { type DeskPorts, mustMay } from './desk-access.js';
import { type OlderScorer, olderScorers } from './scorer-versions.js';
import type { SourceView } from './source-view.js';

/** A queue with what is shown of a payload. */
export interface WatchedQueue {
  readonly name: string;
  readonly queue: Pick<Queue<unknown>, 'counts' | 'oldest' | 'dead' | 'retryDead' | 'dropDead'>;
  /** Posts that a job holds. */
  postsOf(job: DeadJob<unknown>): number;
}

/** What one test of a deployment came to. */
export interface DeploymentCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do about it, where it is not ok. */
  readonly advice?: string;
}

/** The machinery beside the desk. */
export interface Machinery {
  queues(): readonly WatchedQueue[];
  sources(now: number): readonly SourceView[];
  /** @throws CannotRunError `no-source` */
  setPaused(source: string, paused: boolean): void;
  /** Newest first. */
  runs(limit: number): readonly (Run & { readonly counts: Counts })[];
  /** Bytes on disk, by what they are of. */
  sizes(): Readonly<Record<'store' | 'queue' | 'rejects', number>>;
  /** Posts assessed in part only since a time (ms), by source. */
  incomplete(since: number): readonly { readonly source: string; readonly n: number }[];
  /** Who lands, what scorers assess with, what a candidate came to. */
  known(): Pick<OperationsStore, 'lease' | 'scorerVersions' | 'shadowRuns'>;
  checks(): readonly { readonly name: string; run(): Promise<Omit<DeploymentCheck, 'name'>> }[];
}

export interface OperationsPorts extends DeskPorts {
  readonly machinery: Machinery;
}

/** What pausing a source works with. */
export interface PausePorts extends Pick<DeskPorts, 'store' | 'clock'> {
  readonly machinery: Pick<Machinery, 'setPaused'>;
}

/** A dead letter; no post of it, only how many there are. */
export interface DeadLetter {
  readonly queue: string;
  readonly id: string;
  readonly source: string;
  readonly posts: number;
  readonly kind: string;
  readonly reason: string;
  /** ISO 8601 UTC */
  readonly diedAt: string;
}

type QueueState = {
  readonly name: string;
} /** `oldestAt`: since when the job that waits longest waits, ISO 8601 UTC. */ & (
  | { readonly counts: QueueCounts; readonly oldestAt?: string; readonly fault?: never }
  | { readonly fault: string; readonly counts?: never; readonly oldestAt?: never }
);

/** A scorer's host with what it assesses with; `older` names the parts that others have newer. */
export interface ScorerView {
  readonly worker: string;
  readonly versions: ScorerVersions['versions'];
  readonly batches: number;
  /** ISO 8601 UTC */
  readonly lastAt: string;
  readonly older: readonly OlderScorer['part'][];
}

export interface OperationsView {
  /** Absent where nobody lands. */
  readonly lander?: SeenLease;
  /** Those of the last day, the latest first. */
  readonly scorers: readonly ScorerView[];
  readonly shadow: readonly ShadowRun[];
  /** One that could not be asked has a fault instead of counts. */
  readonly queues: readonly QueueState[];
  /** The oldest of each queue. */
  readonly dead: readonly DeadLetter[];
  readonly sources: readonly SourceView[];
  readonly runs: readonly (Run & { readonly counts: Counts })[];
  readonly sizes: ReturnType<Machinery['sizes']>;
  readonly incomplete: ReturnType<Machinery['incomplete']>;
}

const SHOWN = { dead: 50, runs: 20, scorers: 50 } as const;
const DAY_MS = 86_400_000;
/** Most dead letters that are named at once. */
const MOST_NAMED = 100;

/** @throws DeskRefusal `forbidden` */
export async function readOperations(ports: OperationsPorts, actor: Actor): Promise<OperationsView> {
  mustMay(actor, 'operations:manage');
  const { machinery, clock } = ports;
  const now = clock.now();
  const queues = await Promise.all(
    machinery.queues().map(async (watched): Promise<[QueueState, readonly DeadLetter[]]> => {
      const { name, queue } = watched;
      try {
        const counts = await queue.counts();
        const oldest = await queue.oldest();
        const state = {
          name,
          counts,
          ...(oldest === undefined ? {} : { oldestAt: new Date(oldest).toISOString() }),
        };
        return [state, (await queue.dead(SHOWN.dead)).map((job) => letterOf(watched, job))];
      } catch (error) {
        return [{ name, fault: messageOf(error) }, []];
      }
    }),
  );
  const known = machinery.known();
  const lander = known.lease('land');
  return {
    ...(lander === undefined ? {} : { lander }),
    scorers: scorersOf(known.scorerVersions(now - DAY_MS), now),
    shadow: known.shadowRuns(),
    queues: queues.map(([state]) => state),
    dead: queues.flatMap(([, dead]) => dead),
    sources: machinery.sources(now),
    runs: machinery.runs(SHOWN.runs),
    sizes: machinery.sizes(),
    incomplete: machinery.incomplete(now - DAY_MS),
  };
}

function scorersOf(rows: readonly ScorerVersions[], now: number): readonly ScorerView[] {
  const older = olderScorers(rows, now);
  return rows.slice(0, SHOWN.scorers).map(({ worker, versions, batches, lastAt }) => ({
    worker,
    versions,
    batches,
    lastAt: new Date(lastAt).toISOString(),
    older: older
      .filter(({ part, has, ...scorer }) => scorer.worker === worker && versions[part] === has)
      .map(({ part }) => part),
  }));
}

function letterOf({ name, postsOf }: WatchedQueue, job: DeadJob<unknown>): DeadLetter {
  const { id, lane, kind, reason, diedAt } = job;
  const died = new Date(diedAt).toISOString();
  return { queue: name, id, source: lane, posts: postsOf(job), kind, reason, diedAt: died };
}

/**
 * Puts dead letters back on their queue, or removes them for good; how many. In the audit chain with their ids, before
 * it is done: what was asked for is known even where the queue then fails.
 *
 * @throws DeskRefusal `forbidden`, `too-many-items`
 */
export async function moveDead(
  ports: OperationsPorts,
  actor: Actor,
  verb: 'retry' | 'drop',
  ids: readonly string[],
): Promise<number> {
  mustMay(actor, 'operations:manage');
  if (ids.length === 0) return 0;
  if (ids.length > MOST_NAMED || ids.some((id) => !/^[\w.-]{1,100}$/.test(id))) {
    throw new DeskRefusal('too-many-items', `name 1 to ${MOST_NAMED} dead letters by their ids`);
  }
  const { machinery, store, clock } = ports;
  const kind = verb === 'retry' ? 'dead-retried' : 'dead-dropped';
  const event = { actor: String(actor.user), kind, subject: 'queue', details: { ids: [...ids] } } as const;
  store.audit.append(event, clock.now());
  let moved = 0;
  for (const { queue } of machinery.queues()) {
    moved += verb === 'retry' ? await queue.retryDead(ids) : await queue.dropDead(ids);
  }
  return moved;
}

/**
 * Leaves a source alone until it is resumed, or lets it go on; in the audit chain. `system`: whoever has the machine, by
 * its command line.
 *
 * @throws DeskRefusal `forbidden`
 * @throws CannotRunError `no-source`
 */
export function pauseSource(
  ports: PausePorts,
  keeper: Actor | typeof SYSTEM_ACTOR,
  source: string,
  paused: boolean,
): void {
  if (keeper !== SYSTEM_ACTOR) mustMay(keeper, 'source:manage');
  const { machinery, store, clock } = ports;
  store.atomically(() => {
    machinery.setPaused(source, paused);
    const event = {
      kind: 'source-changed',
      subject: `source:${source}`.slice(0, 200),
      details: { paused },
    } as const;
    const actor = keeper === SYSTEM_ACTOR ? SYSTEM_ACTOR : String(keeper.user);
    store.audit.append({ actor, ...event }, clock.now());
  });
}

/** Makes the tests of a deployment, one after the other; one that throws has not succeeded. */
export async function checkDeployment(
  ports: OperationsPorts,
  actor: Actor,
): Promise<readonly DeploymentCheck[]> {
  mustMay(actor, 'operations:manage');
  const results: DeploymentCheck[] = [];
  for (const { name, run } of ports.machinery.checks()) {
    try {
      results.push({ name, ...(await run()) });
    } catch (error) {
      results.push({ name, ok: false, found: messageOf(error) });
    }
  }
  return results;
}
