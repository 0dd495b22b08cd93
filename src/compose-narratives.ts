/** Narratives and trends: who groups and counts what landed, and who reads it. A part of compose.ts. */
import type { Config } from './config.js';
import type { NarrativeReader } from './core/narrative-ports.js';
import type { Clock } from './core/ports.js';
import type { TrendReader } from './core/trends.js';
import { createTrendCounter } from './pipeline/count-trends.js';
import { createHeadFiller } from './pipeline/fill-heads.js';
import { createGrouper } from './pipeline/group.js';
import { type GroupingLoop, startGrouping } from './pipeline/group-loop.js';
import { createNarrativeReader } from './pipeline/read-narratives.js';
import { createTrendReader } from './pipeline/read-trends.js';
import type { Store } from './store/store.js';

const HOUR_MS = 3_600_000;
/**
 * Posts of open hours held by one who lands for others at the same time: that many are grouped again whenever pages are to
 * show them. A batch has nobody who looks meanwhile, and its hours are closed whole.
 */
const HELD_BESIDE_OTHERS = 10_000;
const HELD_IN_A_BATCH = 100_000;

/** Groups and counts what landed until it is closed. */
export function groupingOf(
  config: Config,
  store: Store,
  clock: Clock,
  report: (error: unknown) => void,
  closesByItself: boolean,
): GroupingLoop {
  const bounds = {
    windowHours: Math.max(1, Math.round(config.retention.fingerprints / HOUR_MS)),
    knownAuthors: config.narratives.known_authors,
  };
  const mostHeld = closesByItself ? HELD_BESIDE_OTHERS : HELD_IN_A_BATCH;
  const { narratives } = store;
  const grouper = createGrouper({ store: narratives, upkeep: store.desk.upkeep, clock, mostHeld, ...bounds });
  const counter = createTrendCounter({ store: store.trends, clock, ...bounds });
  return startGrouping([counter, grouper, createHeadFiller(store.heads)], clock, report, closesByItself);
}

/** Narratives as pages, reports and commands read them. */
export function narrativesOf(store: Store): NarrativeReader {
  return createNarrativeReader(store.stories, store.counted);
}

/** Trends as pages, reports and alerts read them. */
export function trendsOf(store: Store): TrendReader {
  return createTrendReader(store.counted);
}
