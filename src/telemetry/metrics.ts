import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from '../core/operations.js';

/** What is read when somebody asks for the metrics. */
export interface Sampled {
  /** Jobs by queue and state, and how long the oldest that waits has waited, s. */
  readonly queues?: readonly {
    readonly name: string;
    readonly jobs: Readonly<Record<string, number>>;
    readonly oldestSeconds: number;
  }[];
  readonly items?: Readonly<Record<string, number>>;
  readonly claims?: number;
  /** Whether anybody holds the right to land, and whether it is this process. */
  readonly lease?: { readonly held: boolean; readonly own: boolean };
  /** Sources by state; of each that was ever read, when it last succeeded, s since the epoch. */
  readonly sources?: {
    readonly states: Readonly<Record<string, number>>;
    readonly lastSuccess: ReadonlyMap<string, number>;
  };
  readonly parts: readonly { readonly part: string; readonly ready: boolean }[];
  /** Parts of this that could not be read. */
  readonly failed: readonly string[];
}

export interface Metrics extends Meter {
  /** The text format of Prometheus, and its media type. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
}

/** Values of one label at most; what comes beyond is counted as `other`. */
const MOST_VALUES = 100;
/** From collecting to the desk, s. */
const LAG_BUCKETS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600];

/**
 * Metrics of this process for Prometheus. Labels are words of Ronda's own and names from ronda.yaml: nothing of a post is a
 * label, and no label has more than {@link MOST_VALUES} values.
 */
export function createMetrics(version: string, sample: () => Promise<Sampled>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name: `ronda_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `ronda_${name}`, help, labelNames, registers });

  gauge('info', 'Version of Ronda', ['version']).set({ version }, 1);
  const posts = counter('posts_total', 'Posts by stage and what became of them', ['stage', 'outcome']);
  const batches = counter('batches_total', 'Batches by stage', ['stage']);
  const incomplete = counter('posts_incomplete_total', 'Posts assessed in part only, by stage', ['stage']);
  const withdrawn = counter('posts_withdrawn_total', 'Items whose text went because the place said so');
  const copies = counter(
    'posts_copies_total',
    'Of the posts that landed: copies counted with an item of the same text',
  );
  const lag = new Histogram({
    name: 'ronda_post_to_desk_seconds',
    help: 'From the collecting of a post to its being at the desk',
    buckets: LAG_BUCKETS,
    registers,
  });
  const scoring = counter('score_seconds_total', 'Seconds spent on assessing');
  const fetches = counter('fetches_total', 'Requests and streams by outcome or kind of error', ['outcome']);
  const collections = counter('collections_total', 'Collections of a source by outcome or kind of error', [
    'outcome',
  ]);
  const restarts = counter('scorer_restarts_total', 'Scorers started anew after they died');
  const older = counter('older_scorer_batches_total', 'Batches of scorers with an older lexicon or model');
  const reviews = counter('review_events_total', 'Events at items, decisions among them, by kind', ['kind']);
  const claimed = counter('claims_total', 'Items claimed by people');
  const alerts = counter('alerts_total', 'Alerts by outcome', ['outcome']);
  const jobs = gauge('queue_jobs', 'Jobs by queue and state; dead ones failed for good', ['queue', 'state']);
  const oldest = gauge('queue_oldest_seconds', 'How long the job that waits longest has waited', ['queue']);
  const items = gauge('items', 'Items by state', ['state']);
  const claims = gauge('claims', 'Items that somebody works on now');
  const held = gauge('lease_held', '1 where some process that lives holds the right to land');
  const lander = gauge('lander', '1 where it is this process');
  const sources = gauge('sources', 'Sources by state', ['state']);
  const success = gauge('source_last_success_timestamp_seconds', 'When a source was last read', ['source']);
  const ready = gauge('ready', '1 where a part of this process works', ['part']);
  const failed = gauge('sample_failed', '1 for a part of the metrics that could not be read', ['part']);

  const known = new Map<string, Set<string>>();
  /** A value that a label takes, so that it never takes too many. */
  const bounded = (label: string, value: string): string => {
    let values = known.get(label);
    if (values === undefined) {
      values = new Set();
      known.set(label, values);
    }
    if (values.has(value)) return value;
    if (values.size >= MOST_VALUES || !/^[\w.-]{1,64}$/.test(value)) return 'other';
    values.add(value);
    return value;
  };

  const show = (sampled: Sampled): void => {
    // A part that cannot be read is absent, not what it was.
    for (const each of [jobs, oldest, items, claims, held, lander, sources, success, ready, failed])
      each.reset();
    for (const { name, jobs: states, oldestSeconds } of sampled.queues ?? []) {
      for (const [state, n] of Object.entries(states)) jobs.set({ queue: name, state }, n);
      oldest.set({ queue: name }, oldestSeconds);
    }
    for (const [state, n] of Object.entries(sampled.items ?? {})) items.set({ state }, n);
    if (sampled.claims !== undefined) claims.set(sampled.claims);
    if (sampled.lease !== undefined) {
      held.set(sampled.lease.held ? 1 : 0);
      lander.set(sampled.lease.own ? 1 : 0);
    }
    for (const [state, n] of Object.entries(sampled.sources?.states ?? {})) sources.set({ state }, n);
    for (const [source, at] of sampled.sources?.lastSuccess ?? []) {
      success.set({ source: bounded('source', source) }, at);
    }
    for (const { part, ready: works } of sampled.parts) ready.set({ part }, works ? 1 : 0);
    for (const part of sampled.failed) failed.set({ part }, 1);
  };

  return {
    queued: (n) => {
      posts.inc({ stage: 'collect', outcome: 'queued' }, n);
      batches.inc({ stage: 'collect' });
    },
    rejected: (rows) => posts.inc({ stage: 'collect', outcome: 'rejected' }, rows),
    fetched: (outcome) => fetches.inc({ outcome: bounded('fetch', outcome) }),
    collected: (outcome) => collections.inc({ outcome: bounded('collection', outcome) }),
    scored(tally) {
      batches.inc({ stage: 'score' }, tally.batches);
      posts.inc({ stage: 'score', outcome: 'landed' }, tally.landed);
      posts.inc({ stage: 'score', outcome: 'passed' }, tally.passed);
      incomplete.inc({ stage: 'score' }, tally.incomplete);
      scoring.inc(tally.seconds);
    },
    landed(tally) {
      batches.inc({ stage: 'land' });
      for (const outcome of ['landed', 'passed', 'seen', 'failed'] as const) {
        posts.inc({ stage: 'land', outcome }, tally[outcome]);
      }
      incomplete.inc({ stage: 'land' }, tally.incomplete);
      withdrawn.inc(tally.withdrawn);
      copies.inc(tally.copies ?? 0);
      for (const seconds of tally.lags) lag.observe(seconds);
    },
    scorerRestarted: () => restarts.inc(),
    reviewed: (kind) => reviews.inc({ kind: bounded('review', kind) }),
    claimed: (n) => claimed.inc(n),
    alerted: (outcome) => alerts.inc({ outcome: bounded('alert', outcome) }),
    scoredByOlder: (n) => older.inc(n),
    async text() {
      show(await sample());
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}
