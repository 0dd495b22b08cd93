import type { PostBatch } from '../core/batch.js';
import type { CollectContext, Collector, Recheck } from '../core/collector-ports.js';
import { kindOf, messageOf, ThrottledError } from '../core/errors.js';
import type { Clock, RunStore } from '../core/ports.js';
import type { Post } from '../core/post.js';
import type { Queue } from '../core/queue-ports.js';
import type { RecheckStore, SourceWatchStore } from '../core/source.js';

export interface RecheckPorts {
  readonly store: RecheckStore &
    Pick<SourceWatchStore, 'isSourcePaused'> &
    Pick<RunStore, 'openRun' | 'finishRun'>;
  readonly score: Pick<Queue<PostBatch>, 'enqueue'>;
  readonly fetcher: CollectContext['fetcher'];
  readonly clock: Clock;
  /** A stable hash of text, hex. */
  readonly hash: (text: string) => string;
}

export interface RecheckOptions {
  readonly collectors: readonly Collector[];
  /** Items asked for at most, a source. */
  readonly limit: number;
  /** An item asked for within this time is left alone, ms. */
  readonly everyMs: number;
  readonly signal: AbortSignal;
  readonly onAsked?: (source: string, item: number, is: Recheck['is']) => void;
}

/** What asking a source's place again came to. */
export interface SourceRecheck {
  readonly source: string;
  readonly there: number;
  readonly changed: number;
  readonly gone: number;
  readonly unknown: number;
  /** Why it was not asked, or not to the end: the place cannot be asked for one post, it is paused, or it failed. */
  readonly ended?: 'cannot' | 'paused' | { readonly kind: string; readonly message: string };
}

/** Time between two questions to a place, ms; its own limits come on top (fetch/rate-limit.ts). */
const PACE_MS = 1_000;
/** Faults in a row after which a place is left alone. */
const MOST_FAULTS = 3;

/**
 * Asks the places of open items whether the posts are still there. What is gone is withdrawn here too; what was edited
 * goes through the scorers as a new revision. Each answer is kept before the next question, so that whoever is stopped
 * goes on with the items that were not asked for.
 */
export async function recheck(ports: RecheckPorts, options: RecheckOptions): Promise<SourceRecheck[]> {
  const before = ports.clock.now() - options.everyMs;
  const done: SourceRecheck[] = [];
  for (const collector of options.collectors) {
    if (options.signal.aborted) break;
    done.push(await recheckSource(ports, options, collector, before));
  }
  return done;
}

async function recheckSource(
  ports: RecheckPorts,
  { limit, signal, onAsked }: RecheckOptions,
  collector: Collector,
  before: number,
): Promise<SourceRecheck> {
  const { store, clock } = ports;
  const { source } = collector;
  const sums = { there: 0, changed: 0, gone: 0, unknown: 0 };
  if (collector.recheck === undefined) return { source, ...sums, ended: 'cannot' };
  if (store.isSourcePaused(source)) return { source, ...sums, ended: 'paused' };
  const context: CollectContext = { fetcher: ports.fetcher, clock, signal };
  let faults = 0;
  for (const { item, ...post } of store.itemsToRecheck(source, before, limit)) {
    if (signal.aborted) break;
    let said: Recheck;
    try {
      said = await collector.recheck(post, context);
      faults = 0;
    } catch (error) {
      if (signal.aborted) break;
      faults += 1;
      if (error instanceof ThrottledError || faults === MOST_FAULTS) {
        return { source, ...sums, ended: { kind: kindOf(error), message: messageOf(error) } };
      }
      said = { is: 'unknown', reason: messageOf(error) };
    }
    if (said.is === 'changed') await queueRevision(ports, source, said.post);
    const at = new Date(clock.now()).toISOString();
    store.saveRecheck(
      { item, is: said.is, at },
      said.is === 'gone' ? { id: post.id, at: said.at } : undefined,
    );
    sums[said.is] += 1;
    onAsked?.(source, item, said.is);
    await clock.sleep(PACE_MS, signal).catch(() => undefined);
  }
  return { source, ...sums };
}

async function queueRevision(ports: RecheckPorts, source: string, post: Post): Promise<void> {
  const { run } = ports.store.openRun('once', `recheck ${source}`);
  const id = ports.hash(`${run.id}\n${post.id} ${post.revision}`);
  await ports.score.enqueue([{ id, lane: source, payload: { run: run.id, source, posts: [post] } }]);
  ports.store.finishRun(run.id, 'done');
}
