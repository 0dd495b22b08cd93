/**
 * The composition root: the only file that knows which adapter stands behind which port. Everything is opened when it
 * is first asked for, so that a command pays for what it uses, and closed by {@link App.close}. What is costly to load
 * (Redis clients, the network door, the detection) is imported then, not before.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { collectorKind, collectorKinds } from './collectors/registry.js';
import { alertsApp } from './compose-alerts.js';
import { backUp, readErasures, restore } from './compose-backup.js';
import { deploymentChecks } from './compose-checks.js';
import { batchFiles, collectorOf } from './compose-collectors.js';
import { deskPorts, deskServer, linkAddress } from './compose-desk.js';
import { createDeskReader } from './compose-desk-reader.js';
import { type Ingest, ingestOf } from './compose-ingest.js';
import { createInstruments } from './compose-instruments.js';
import { keeping as keepingWith } from './compose-keeping.js';
import { landingOf } from './compose-landing.js';
import { narrativesOf, trendsOf } from './compose-narratives.js';
import { networkOf } from './compose-network.js';
import { machineryOf } from './compose-operations.js';
import { packetSigner } from './compose-packets.js';
import { createPaperThread } from './compose-paper.js';
import { pipelineOf } from './compose-pipeline.js';
import { audited, deadLettersOf, landLeaseOf, loadRedis, queuesOf } from './compose-queues.js';
import { redisPlaceOf } from './compose-redis.js';
import { reportsApart, reportsTyped } from './compose-reports.js';
import { runsOf } from './compose-runs.js';
import { firstPostsOf, sampleOf } from './compose-sampling.js';
import { scoredBy } from './compose-shadow.js';
import { configuredSources, createQuietWarning, sourcesOf } from './compose-sources.js';
import { storesOf } from './compose-store.js';
import type { Config } from './config.js';
import type { Claim } from './core/claim.js';
import type { Collector } from './core/collector-ports.js';
import { kindOf } from './core/errors.js';
import type { Clock } from './core/ports.js';
import type { Consumer, Lease } from './core/queue-ports.js';
import { SYSTEM_ACTOR } from './core/review.js';
import { claimsStorePath, mergeClaims, readClaimsStore, writeClaimsStore } from './files/claims-store.js';
import type { Lexicon } from './lexicon/compile.js';
import { startPreserving } from './pipeline/export-packet.js';
import { noteSources } from './pipeline/note-sources.js';
import { pauseSource } from './pipeline/operations.js';
import { POST_BATCH, SCORED_BATCH } from './pipeline/pack-batch.js';
import { packedQueue } from './pipeline/pack-queue.js';
import type { PassPorts } from './pipeline/pass.js';
import { type RescoreOptions, rescore } from './pipeline/rescore.js';
import { type Assessor, consumeScore, type TextObserver } from './pipeline/score.js';
import { createRejectFiles } from './store/rejects.js';
import { createLogger, loggable } from './telemetry/log.js';

/** Schemas of the keys that each source kind adds to its entry in ronda.yaml. */
export const kindSchemas: ReadonlyMap<string, z.ZodType> = new Map(
  collectorKinds.map(({ kind, options }) => [kind, options]),
);

/** Why a source needs `terms`, as its kind says. */
export function termsRequired(kind: string, options: unknown): string | undefined {
  return collectorKind(kind)?.termsRequired(options);
}

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};

export type App = Awaited<ReturnType<typeof compose>>;

/** Wires the adapters that a configuration asks for. Nothing is opened before it is used. */
export async function compose(config: Config) {
  const place = redisPlaceOf(config, process.env);
  const redis = place && (await loadRedis(place));
  const log = createLogger(process.env.RONDA_LOG ?? 'warn', 'ronda');
  const closers: (() => Promise<void> | void)[] = [];
  const instruments = createInstruments(config, log, systemClock);
  const report = (error: unknown): void => {
    instruments.troubled(error);
    log.warn({ kind: kindOf(error) }, loggable(error));
  };

  /** Opens once; what was opened last is closed first. */
  function once<T>(open: () => T, close?: (opened: T) => Promise<void> | void): () => T {
    let opened: { value: T } | undefined;
    return () => {
      if (opened === undefined) {
        const value = open();
        opened = { value };
        if (close !== undefined) closers.push(() => close(value));
      }
      return opened.value;
    };
  }

  const { home, storePath, store, storeForReading, noStore } = storesOf(config, systemClock, once);
  const queues = once(
    () => queuesOf(config, redis, home, report),
    (opened) => opened.close(),
  );
  const scoreQueue = once(() => packedQueue(queues().queue<unknown>('score'), POST_BATCH));
  const landQueue = once(() => packedQueue(queues().queue<unknown>('land'), SCORED_BATCH));

  const door = networkOf(config, store, systemClock, once);

  /** Whoever lands holds the store, and on Redis the queue of all machines as well. */
  const landLease = (): Lease => instruments.leasing(landLeaseOf(config, redis, store()));

  const rejects = once(() =>
    createRejectFiles(home(), systemClock, (run, source) => store().rejectsSize(run, source)),
  );

  const keeping = once(() =>
    keepingWith(config, {
      store,
      storeForReading,
      score: scoreQueue,
      land: landQueue,
      rejects,
      clock: systemClock,
    }),
  );

  const deskReader = once(
    () => createDeskReader(config),
    (opened) => opened.close(),
  );

  const assessor = once(async (): Promise<Assessor> => {
    const { loadAssessor } = await import('./compose-assessor.js');
    return loadAssessor(config, systemClock, report, closers);
  });

  const observer = once(async (): Promise<TextObserver> => {
    const { loadObserver } = await import('./compose-observer.js');
    return loadObserver(config, systemClock, report, closers);
  });

  const scoreHere = async (onTrouble?: (error: unknown) => void): Promise<Consumer> => {
    const consumer = consumeScore({
      assessor: instruments.assessing(await assessor()),
      observer: await observer(),
      landing: landingOf(config),
      score: scoreQueue(),
      land: landQueue(),
      also: await scoredBy(config, systemClock, report, closers, landingOf(config)),
      onBatch: (scored, job) => instruments.scored(scored, job),
      onError: (error) => {
        report(error);
        onTrouble?.(error);
      },
    });
    instruments.health.note('scorer', true);
    return consumer;
  };

  /** Merges fact-checks into the imported ones; the store keeps any other process from doing so at the same time. */
  const addClaims = (more: readonly Claim[]) => {
    const path = claimsStorePath(home());
    return store().exclusively(() => {
      const merged = mergeClaims(readClaimsStore(path), more);
      if (merged.added + merged.changed > 0) writeClaimsStore(path, merged.claims);
      return merged;
    });
  };

  const ports = (): PassPorts =>
    instruments.collecting({
      store: store(),
      score: scoreQueue(),
      land: landQueue(),
      claims: { add: (claims) => void addClaims(claims) },
      rejects: rejects(),
      fetcher: door,
      clock: systemClock,
      hash: (text) => createHash('sha256').update(text).digest('hex').slice(0, 32),
    });

  const sources = once(() =>
    sourcesOf(config, {
      reading: storeForReading,
      store,
      ports,
      collectorOf: (source) => collectorOf(source, () => undefined),
    }),
  );

  const warnOfQuiet = createQuietWarning(
    (now) => sources().views(now),
    ({ name, quiet, lastSucceededAt, newestPostAt }) =>
      log.warn(
        { source: name, kind: 'quiet', ...quiet, lastSucceededAt, newestPostAt },
        `${name} has gone quiet against its own habit; look at the place itself, silence is not safety`,
      ),
  );

  const deadLetters = () => deadLettersOf(scoreQueue(), landQueue());

  const checks = () =>
    deploymentChecks(config, {
      store,
      now: () => systemClock.now(),
      queues,
      assessor,
      home,
      sources: () => sources().views(systemClock.now()),
    });

  return {
    assessor,
    /** An assessor that matches posts to these fact-checks, not to the imported ones. */
    async assessorWith(claims: readonly Claim[]): Promise<Assessor> {
      const { loadAssessor } = await import('./compose-assessor.js');
      return loadAssessor(config, systemClock, report, closers, claims);
    },
    /** The imported fact-checks; the folder of the store is made where there is none. */
    claims: () => ({ list: () => readClaimsStore(claimsStorePath(config.home)), add: addClaims }),
    storeForReading,
    narratives: () => narrativesOf(storeForReading()),
    trends: () => trendsOf(storeForReading()),
    /** Alerts as the command line works on them. */
    alerts: (writes: boolean) =>
      alertsApp(config, () => (writes ? store() : storeForReading()), {
        clock: systemClock,
        fetcher: door,
        environment: process.env,
      }),
    /** Reports for humas. */
    reports: () => reportsTyped(config, storeForReading(), store, systemClock),
    /** What the triage desk's use cases work on, over the store opened for writing. */
    desk: once(() => ({
      ports: deskPorts(config, store(), systemClock),
      linkAddress: (token: string) => linkAddress(config, token),
    })),
    /** What the desk's pages (web/) work on, and where they are served. */
    deskServer() {
      noteSources({ store: store().desk, clock: systemClock }, configuredSources(config));
      const collectorNamed = (name: string): Collector | undefined => {
        const source = config.sources.find((each) => each.name === name);
        return source && collectorOf(source, () => undefined);
      };
      const outside = { collectorOf: collectorNamed, fetcher: door, paper: createPaperThread() };
      const served = deskServer(config, store(), systemClock, report, outside);
      const { ports: given, items, packets } = served;
      return {
        ...served,
        ports: { ...given, store: instruments.desk(given.store), apart: deskReader() },
        stories: { ...served.stories, answer: deskReader().answer },
        reports: reportsApart(config),
        /** Asks the places of approved cases again, until it is closed. */
        startPreserving: () => startPreserving({ ...given, items, packets }, systemClock, report),
      };
    },
    /** The key that packets are signed with, where there is an installation: a new secret would be nobody's key. */
    packetSigner() {
      if (!existsSync(storePath())) throw noStore();
      return packetSigner(config);
    },
    /** The pipeline as `run`, `batch` and `worker` work on it. */
    pipeline: () =>
      pipelineOf(config, {
        ...{ home, store, ports, keeping, sources, scoreHere, warnOfQuiet, report, door, log, instruments },
        score: scoreQueue,
        land: landQueue,
        lease: landLease,
        clock: systemClock,
      }),
    instruments,
    /** Where the probes are, as configured. */
    metrics: config.metrics,
    /** What this process answers to those who watch it; without `usesStore` no store is opened for it. */
    probes: ({ usesStore, isProxy }: { usesStore: boolean; isProxy?: (address: string) => boolean }) =>
      instruments.probes(
        {
          queues: deadLetters,
          ...(usesStore ? { store, sources: () => sources().views(systemClock.now()) } : {}),
        },
        isProxy,
      ),
    /** What the store knows of the machinery; for reading where it is not to be made. */
    operations: (writes: boolean) => (writes ? store() : storeForReading()).operations,
    keeping,
    /** Goes over kept items with the lexicon and models as they are now. */
    rescore: async (options: RescoreOptions) =>
      rescore(
        {
          store: (options.dryRun ? storeForReading() : store()).rescores,
          assessor: await assessor(),
          landing: landingOf(config),
          clock: systemClock,
        },
        options,
      ),
    /** Runs and what is known of them. */
    runs: () => runsOf(storeForReading(), resolve(config.home)),
    /** Backup and restore; `configFile` is copied into a backup. */
    backups: (configFile: string) => ({
      home: resolve(config.home),
      backup: (file: string, withSecret: boolean, signal: AbortSignal) => {
        storeForReading();
        return backUp(config, store(), file, { withSecret, configFile, now: systemClock.now(), signal });
      },
      restore: async (file: string, erasures?: string) =>
        restore(config, file, {
          erased: erasures === undefined ? [] : readErasures(erasures),
          open: store,
          eraseAgain: (erased) => keeping().replayErased(erased),
        }),
    }),
    /** The sources of ronda.yaml as `ronda sources` shows them and works on them. */
    watchedSources: () => ({
      ...sources(),
      setPaused: (name: string, paused: boolean) =>
        pauseSource(
          { machinery: sources(), store: store().desk, clock: systemClock },
          SYSTEM_ACTOR,
          name,
          paused,
        ),
      clock: systemClock,
      newestItems: (limit: number) => (existsSync(storePath()) ? storeForReading().listItems({ limit }) : []),
    }),
    /** The sources of ronda.yaml, ready to be collected. */
    sources: () =>
      config.sources
        .filter(({ kind }) => collectorKind(kind)?.pushed !== true)
        .map((source) => ({
          collector: collectorOf(source, (text) =>
            log.info({ source: source.name }, `read as an export: ${text}`),
          ),
          ...(source.schedule === undefined ? {} : { schedule: source.schedule }),
        })),
    /** What takes the pushes of partners, where a source is one. */
    ingest: (): Ingest | undefined =>
      ingestOf(config, () => ({
        ...ports(),
        environment: process.env,
        isSourcePaused: (source) => store().isSourcePaused(source),
        report,
      })),
    batchFiles,
    sampleFile: sampleOf,
    firstPosts: (collector: Collector, count: number) =>
      firstPostsOf(collector, count, { fetcher: door, clock: systemClock }),
    scoreHere,
    /** As a person at the command line moves them: in the audit chain, where this machine has the store. */
    deadLetters: () =>
      existsSync(storePath()) ? audited(deadLetters(), store(), systemClock) : deadLetters(),
    async lexiconLines(folder?: string) {
      const { readLexicon } = await import('./compose-assessor.js');
      return readLexicon(config, folder);
    },
    /** An assessor over a lexicon that is not live, with the configured models. */
    async assessorOver(lexicon: Lexicon): Promise<Assessor> {
      const { assessorOver } = await import('./compose-assessor.js');
      return assessorOver(config, lexicon);
    },
    checks,
    /** The machinery beside the desk, for those who keep it running. */
    machinery: () =>
      machineryOf({
        home,
        storePath,
        queues: deadLetters,
        sourcesOf: sources,
        runs: (limit) => store().listRuns(limit),
        known: () => store().operations,
        incomplete: (since) => store().desk.numbers.incomplete(since),
        checks,
      }),
    async close() {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
}
