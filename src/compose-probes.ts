/**
 * What a process answers to those who watch it: whether its parts are ready, and what is counted when somebody asks.
 * A part of compose.ts.
 */
import { kindOf, messageOf, RetryableError } from './core/errors.js';
import type { PartState } from './core/operations.js';
import type { Clock } from './core/ports.js';
import type { Queue, QueueCounts } from './core/queue-ports.js';
import type { SourceView } from './pipeline/source-view.js';
import type { Store } from './store/store.js';
import type { Sampled } from './telemetry/metrics.js';

/** What is asked when somebody looks. */
export interface Watched {
  /** The store, where this process works on one. */
  readonly store?: () => Pick<Store, 'operations' | 'countItems'>;
  readonly queues: () => readonly {
    readonly name: string;
    readonly queue: Pick<Queue<unknown>, 'counts' | 'oldest'>;
  }[];
  readonly sources?: () => readonly SourceView[];
}

/** Readings that go over much are made anew this often at most, ms. */
const SLOW_MS = 60_000;
/** A queue that does not answer by then is not ready, ms. */
const QUEUE_MS = 3_000;

/** Whether store, queue and what was `noted` of other parts are ready. */
export async function partsOf(watched: Watched, noted: readonly PartState[]): Promise<readonly PartState[]> {
  const ask = async (part: string, question: () => unknown): Promise<PartState> => {
    try {
      await question();
      return { part, ready: true };
    } catch (error) {
      return { part, ready: false, why: `${kindOf(error)}: ${messageOf(error)}` };
    }
  };
  const { store } = watched;
  return Promise.all([
    ...(store === undefined ? [] : [ask('store', () => store().operations.lease('land'))]),
    ask('queue', () => Promise.all(watched.queues().map(({ queue }) => inTime(queue.counts())))),
    ...noted.map(async (state) => state),
  ]);
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RetryableError('queue-unreachable', `no answer within ${QUEUE_MS / 1_000} s`)),
      QUEUE_MS,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads what metrics are made of; a reading that fails is named and leaves the others. */
export function createSampler(
  watched: Watched,
  clock: Pick<Clock, 'now'>,
  parts: () => Promise<readonly PartState[]>,
  isOwnLease: () => boolean,
): () => Promise<Sampled> {
  let slow: { at: number; items?: Record<string, number>; sources?: Sampled['sources'] } | undefined;
  return async () => {
    const now = clock.now();
    const failed: string[] = [];
    const read = async <T>(part: string, question: () => T | Promise<T>): Promise<T | undefined> => {
      try {
        return await question();
      } catch {
        failed.push(part);
        return undefined;
      }
    };
    if (slow === undefined || now - slow.at >= SLOW_MS || now < slow.at) {
      const { store, sources } = watched;
      const items = store && (await read('items', () => ({ ...store().countItems() })));
      const views = sources && (await read('sources', sources));
      slow = {
        at: now,
        ...(items === undefined ? {} : { items }),
        ...(views === undefined ? {} : { sources: sourcesOf(views) }),
      };
    }
    const { store } = watched;
    const operations = store && (await read('store', () => store().operations));
    const lease = operations && (await read('lease', () => operations.lease('land')));
    const claims = operations && (await read('claims', () => operations.liveClaims(now)));
    const queues = await read('queues', () =>
      Promise.all(
        watched.queues().map(async ({ name, queue }) => {
          const [jobs, oldest] = await inTime(Promise.all([queue.counts(), queue.oldest()]));
          return {
            name,
            jobs: { ...(jobs satisfies QueueCounts) },
            oldestSeconds: oldest === undefined ? 0 : Math.max(0, now - oldest) / 1_000,
          };
        }),
      ),
    );
    return {
      ...(queues === undefined ? {} : { queues }),
      ...(slow.items === undefined ? {} : { items: slow.items }),
      ...(slow.sources === undefined ? {} : { sources: slow.sources }),
      ...(claims === undefined ? {} : { claims }),
      ...(operations === undefined ? {} : { lease: { held: lease?.alive === true, own: isOwnLease() } }),
      parts: await parts(),
      failed,
    };
  };
}

function sourcesOf(views: readonly SourceView[]): NonNullable<Sampled['sources']> {
  const states: Record<string, number> = {};
  const lastSuccess = new Map<string, number>();
  for (const { name, state, lastSucceededAt } of views) {
    states[state] = (states[state] ?? 0) + 1;
    if (lastSucceededAt !== undefined) lastSuccess.set(name, Date.parse(lastSucceededAt) / 1_000);
  }
  return { states, lastSuccess };
}
