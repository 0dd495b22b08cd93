/** Keeping and forgetting, composed: what expires, and what is erased on request, over store, queues and rejected rows. */
import type { Config } from './config.js';
import type { PostBatch, ScoredBatch } from './core/batch.js';
import type { ErasedPost, Keeping, KeepingReport } from './core/keeping.js';
import type { Clock } from './core/ports.js';
import type { Queue } from './core/queue-ports.js';
import { type Erased, erasePosts, sweepErased } from './pipeline/erase.js';
import { SESSION_LIMITS } from './pipeline/login.js';
import { sweepWithdrawn } from './pipeline/sweep-withdrawn.js';
import type { RejectFiles } from './store/rejects.js';
import type { Store } from './store/store.js';

/** What of an erased post was under way lands, or fails for good, within this time, ms. */
const STILL_UNDER_WAY_MS = 86_400_000;

interface KeepingParts {
  readonly store: () => Store;
  readonly storeForReading: () => Store;
  readonly score: () => Queue<PostBatch>;
  readonly land: () => Queue<ScoredBatch>;
  readonly rejects: () => RejectFiles;
  readonly clock: Clock;
}

/** What a purge removed. */
export interface Purged extends KeepingReport {
  /** Posts that are no longer known as seen. */
  readonly seen: number;
  /** Files of rejected rows. */
  readonly rejects: number;
  /** Dead letters. */
  readonly dead: number;
}

function keepingOf({ retention }: Config): Keeping {
  const { not_flagged, ...rest } = retention;
  const { dismissed, closed, runs, counts, fingerprints, exemplars } = rest;
  return { 'not-flagged': not_flagged, dismissed, closed, runs, counts, fingerprints, exemplars };
}

export function keeping(config: Config, parts: KeepingParts) {
  const { retention } = config;
  const erasure = () => ({
    erasures: parts.store().erasures,
    score: parts.score(),
    land: parts.land(),
    rejects: parts.rejects(),
  });
  let sweptTo = Number.NEGATIVE_INFINITY;
  /** What was taken down since the last sweep leaves the queues; nothing is read where nothing was. */
  const sweep = async (): Promise<number> => {
    const withdrawn = parts.store().withdrawn;
    const told = withdrawn.lastTold();
    if (told === undefined || told <= sweptTo) return 0;
    const swept = await sweepWithdrawn({ withdrawn, score: parts.score(), land: parts.land() });
    sweptTo = told;
    return swept;
  };
  return {
    sweep,
    async purge(): Promise<Purged> {
      const now = parts.clock.now();
      const store = parts.store();
      const { items, runs, counts, seen } = await store.purge(now, keepingOf(config));
      store.desk.sessions.purge(now, SESSION_LIMITS);
      const rejects = parts.rejects().purge(now - retention.rejects);
      const before = now - retention.dead;
      await sweep();
      const dead = (await parts.score().expireDead(before)) + (await parts.land().expireDead(before));
      if (store.erasures.hasErasedSince(now - STILL_UNDER_WAY_MS)) await sweepErased(erasure());
      else if (Object.values(items).some((n) => n > 0)) store.erasures.truncateLog();
      return { items, runs, counts, seen, rejects, dead };
    },
    /** What a purge would remove now of items, runs, counts and rejected rows. */
    purgeDue(): Omit<Purged, 'seen' | 'dead'> {
      const now = parts.clock.now();
      const due = parts.storeForReading().purgeDue(now, keepingOf(config));
      return { ...due, rejects: parts.rejects().due(now - retention.rejects) };
    },
    erase: (named: readonly string[], how: { cases: boolean; reason?: string }): Promise<Erased> =>
      erasePosts(erasure(), named, how, parts.clock.now()),
    /** Takes a list of erasures from elsewhere, and erases again what it names; how many items went. */
    async replayErased(erased: readonly ErasedPost[]): Promise<number> {
      const items = parts.store().erasures.replayErased(erased, parts.clock.now());
      await sweepErased(erasure());
      return items;
    },
    listErased: () => parts.storeForReading().erasures.listErased(),
  };
}
