import { randomBytes } from 'node:crypto';
import type { AlertStore } from '../core/alert.js';
import type { DeskStore } from '../core/desk-ports.js';
import { CannotRunError } from '../core/errors.js';
import type { EvidenceStore } from '../core/evidence.js';
import type { ConditionalStore } from '../core/fetch-ports.js';
import {
  DEFAULT_KEEPING,
  type ErasureStore,
  type Keeping,
  type KeepingReport,
  type WithdrawnPosts,
} from '../core/keeping.js';
import type { LegalSignatureStore } from '../core/legal.js';
import type { HeadStore, NarrativeEditStore, NarrativeStore, StoryReader } from '../core/narrative-ports.js';
import type { OperationsStore } from '../core/operations.js';
import type { Clock, CursorStore, ItemStore, LandStore, RunStore } from '../core/ports.js';
import type { Lease } from '../core/queue-ports.js';
import type { RescoreStore } from '../core/rescore.js';
import type { RecheckStore, SourceWatchStore } from '../core/source.js';
import type { CountReader, TrendStore } from '../core/trend-ports.js';
import { ownIdentity } from '../sqlite/process-identity.js';
import { createAlertStore } from './alerts.js';
import { createCopies, MOST_COPIES } from './copies.js';
import { createHourlyCounts, type HourlyCount } from './counts.js';
import { createDeskStore, withFaults } from './desk.js';
import { createDeskTally } from './desk-tally.js';
import { createErasures } from './erasures.js';
import { createEvidenceStore } from './evidence.js';
import { createExcerpts } from './excerpts.js';
import { createForgetting } from './forgetting.js';
import { createItemReader } from './item-reader.js';
import { createItemRetention } from './item-retention.js';
import { createItemWriter, type ItemWriter, type SealedFacts } from './items.js';
import { createJobs } from './jobs.js';
import { createLanding } from './land.js';
import { createFence, createStoreLease } from './lease.js';
import { createNarrativeEdits } from './narrative-edits.js';
import { createNarrativePurge } from './narrative-purge.js';
import { createNarrativeStore } from './narratives.js';
import { createOperations } from './operations.js';
import { createPrintKey } from './print-key.js';
import { createPrintLog } from './print-log.js';
import { createPurge, type PurgeReport } from './purge.js';
import { createRechecks } from './rechecks.js';
import { createRescores } from './rescores.js';
import { createRuns } from './runs.js';
import { createSealer, type Sealer } from './seal.js';
import { createSeenPosts } from './seen.js';
import { createSourceStats } from './source-stats.js';
import { createSourceStore } from './sources.js';
import { type Db, openDatabase, storeFault } from './sqlite.js';
import { createStoryReader } from './stories.js';
import { createHeadStore } from './story-heads.js';
import { createCountReader, createTrendPurge, createTrendStore } from './trends.js';
import { createWithdrawals } from './withdrawn.js';

export interface StoreOptions {
  readonly path: string;
  /** The installation's secret (secret.ts), at least 32 bytes. */
  readonly secret: Buffer;
  readonly clock: Clock;
  /** Days that a post is known as seen before. */
  readonly seenWindowDays: number;
  /** Of one text, a source and day, posts that become items of their own; further ones are counted. Default 1,000. */
  readonly mostCopies?: number;
  /** Reads only; the file must exist. Default false. */
  readonly readonly?: boolean;
  /**
   * Reads through a map of the file, at half the cost of a search; a fault of the disk then ends the process instead of
   * failing a query: for readers that may be replaced.
   */
  readonly mapped?: boolean;
  /** Gives a run its id; short random hex unless told otherwise. */
  readonly newRunId?: () => string;
}

/** The store on one SQLite file. Every method throws the errors of core/errors.ts. */
export interface Store
  extends LandStore,
    ItemStore,
    RunStore,
    CursorStore,
    ConditionalStore,
    SourceWatchStore,
    RecheckStore {
  /** Posts by hour of their own time, `from <= hour < to` (ISO 8601 UTC). */
  hourlyCounts(from: string, to: string): readonly HourlyCount[];
  /** Link, author and record of an item's shown revision; for those who have the right, and logged by the caller. */
  getSealed(number: number): SealedFacts | undefined;
  /** Bytes of a rejects file (rejects.ts) that were committed with the source's cursor. */
  rejectsSize(run: string, source: string): number;
  /** Fingerprints and stories, as grouping works on them, and as they are read (pipeline/read-narratives.ts). */
  readonly narratives: NarrativeStore;
  readonly stories: StoryReader;
  readonly heads: HeadStore;
  /** What people do to narratives. */
  readonly narrativeEdits: NarrativeEditStore;
  /** Hourly counts, as counting works on them, and as they are read (pipeline/read-trends.ts). */
  readonly trends: TrendStore;
  readonly counted: CountReader;
  /** Alerts and their outbox. */
  readonly alerts: AlertStore;
  /** What the triage desk works on. */
  readonly desk: DeskStore;
  /** What evidence packets are made of, and signatures of the legal reference. */
  readonly evidence: EvidenceStore & LegalSignatureStore;
  /** A lease of this process, e.g. `land`. */
  lease(name: string): Lease;
  /** Removes what has expired by `now` (ms since the epoch). */
  purge(now: number, keep?: Keeping): Promise<PurgeReport>;
  /** What of items, runs and counts {@link purge} would remove. */
  purgeDue(now: number, keep?: Keeping): KeepingReport;
  /** Going over what is kept with another lexicon or model. */
  readonly rescores: RescoreStore;
  /** What is known of the machinery: leases, versions of scorers, comparisons with a candidate. */
  readonly operations: OperationsStore;
  /** What places took down. */
  readonly withdrawn: WithdrawnPosts;
  /** Erasing on request. */
  readonly erasures: ErasureStore;
  /** Does `work` while nobody else writes to this store: for a file beside it that several processes change. */
  exclusively<T>(work: () => T): T;
  close(): void;
}

const DAY_MS = 86_400_000;
/** The most that SQLite maps of a file. */
const MAPPED_BYTES = 2_147_418_112;
/** Who holds it lands; nobody else's transaction is let through ({@link createFence}). */
const LAND_LEASE = 'land';

/**
 * Opens the store, made with its schema when missing.
 *
 * @throws CannotRunError `wrong-secret` when it was made with another secret, and those of sqlite.ts
 */
export function openStore(options: StoreOptions): Store {
  const { path, secret, clock, seenWindowDays, readonly = false } = options;
  const db = openDatabase(path, readonly);
  if (options.mapped === true) db.pragma(`mmap_size = ${MAPPED_BYTES}`);
  try {
    const sealer = createSealer(secret);
    checkSecret(db, sealer, path, readonly);
    return assemble(db, sealer, options);
  } catch (error) {
    db.close();
    throw storeFault(error, path);
  }

  function assemble(
    db: Db,
    sealer: Sealer,
    { newRunId = () => randomBytes(6).toString('hex'), mostCopies = MOST_COPIES }: StoreOptions,
  ): Store {
    const jobs = createJobs(db);
    const runs = createRuns(db, clock, newRunId);
    const stats = createSourceStats(db, clock);
    const sources = createSourceStore(db, clock, sealer, jobs, runs, stats);
    const seen = createSeenPosts(db, sealer, seenWindowDays * DAY_MS);
    const items = createItemWriter(db, sealer);
    const copies = createCopies(db, sealer, mostCopies);
    const reader = createItemReader(db);
    const counts = createHourlyCounts(db);
    const printKey = createPrintKey(sealer);
    const excerpts = createExcerpts(sealer);
    const forgetting = createForgetting(db, printKey, excerpts);
    const withdrawals = createWithdrawals(db, sealer, forgetting);
    const rechecks = createRechecks(db, clock, sealer, withdrawals);
    const desk = createDeskTally(db);
    const erasures = createErasures(db, sealer, forgetting);
    const prints = createPrintLog(db, printKey, seen, excerpts);
    const fence = createFence(db, LAND_LEASE);
    const operations = createOperations(db, ownIdentity());
    const speedOfLander = db.transaction<ItemWriter['setSpeed']>((numbers, speed) => {
      fence.check();
      items.setSpeed(numbers, speed);
    }).immediate;
    const landAll = createLanding({
      db,
      clock,
      jobs,
      runs,
      seen,
      items,
      copies,
      counts,
      desk,
      withdrawals,
      erasures,
      prints,
      fence,
      operations,
    });
    const purgeTrends = createTrendPurge(db);
    const purgeNarratives = createNarrativePurge(db, forgetting);
    const retention = createItemRetention(db);
    const expiry = createPurge({ db, seen, jobs, withdrawals, stats, items: retention, seenWindowDays });
    const exclusive = db.transaction(<T>(work: () => T): T => work());
    const fault = (error: unknown): unknown => storeFault(error, path);
    /** The method, with errors of the database said as the store's. */
    const told =
      <A extends unknown[], R>(method: (...given: A) => R) =>
      (...given: A): R => {
        try {
          return method(...given);
        } catch (error) {
          throw fault(error);
        }
      };
    return {
      land: told((id, batch) => landAll([{ id, batch }])[0]!),
      landAll: told(landAll),
      listItems: told(reader.listItems),
      getItem: told(reader.getItem),
      countItems: told(reader.countItems),
      hourlyCounts: told(counts.list),
      getSealed: told(items.sealed),
      openRun: told(runs.openRun),
      finishRun: told(runs.finishRun),
      runCounts: told(runs.runCounts),
      listRuns: told(runs.listRuns),
      getRun: told(runs.getRun),
      runVersions: told(runs.runVersions),
      getCursor: told(sources.getCursor),
      saveCursor: told(sources.saveCursor),
      rejectsSize: told(sources.rejectsSize),
      saveSourceStatus: told(sources.saveSourceStatus),
      listSourceStatus: told(sources.listSourceStatus),
      noteWatched: told(sources.noteWatched),
      isSourcePaused: told(sources.isSourcePaused),
      setSourcePaused: told(sources.setSourcePaused),
      recordGap: told(sources.recordGap),
      sourceFacts: told(sources.sourceFacts),
      itemsToRecheck: told(rechecks.itemsToRecheck),
      saveRecheck: told(rechecks.saveRecheck),
      exclusively: <T>(work: () => T): T => told((given: () => T) => exclusive.immediate(given) as T)(work),
      getConditional: told(sources.getConditional),
      setConditional: told(sources.setConditional),
      narratives: withFaults(
        createNarrativeStore(db, { log: prints, key: printKey, excerpts, forgetting, fence }),
        fault,
      ),
      stories: withFaults(createStoryReader(db), fault),
      heads: withFaults(createHeadStore(db, fence), fault),
      narrativeEdits: withFaults(createNarrativeEdits(db), fault),
      trends: withFaults(createTrendStore(db, printKey, fence), fault),
      counted: withFaults(createCountReader(db), fault),
      alerts: withFaults(createAlertStore(db), fault),
      desk: createDeskStore(db, sealer, { sealed: items.sealed, setSpeed: speedOfLander }, fault),
      evidence: withFaults(createEvidenceStore(db, sealer, items), fault),
      lease: (name) =>
        createStoreLease(db, name, {
          clock,
          self: ownIdentity(),
          fault,
          ...(name === LAND_LEASE ? { fence } : {}),
        }),
      purgeDue: told(expiry.due),
      erasures: withFaults(erasures, fault),
      operations: withFaults(operations as OperationsStore, fault),
      withdrawn: { covers: told(withdrawals.covers), lastTold: told(withdrawals.lastTold) },
      rescores: withFaults(createRescores(db, items, { desk, counts }), fault),
      async purge(now, keep) {
        try {
          desk.purge(now);
          operations.purge(now);
          purgeTrends(keep ?? DEFAULT_KEEPING, now);
          const report = await expiry.purge(now, keep);
          // The items that went just now have left words in their stories.
          purgeNarratives(keep ?? DEFAULT_KEEPING, now);
          copies.purge(now, now - (keep ?? DEFAULT_KEEPING).closed);
          return report;
        } catch (error) {
          throw fault(error);
        }
      },
      close: told(() => {
        db.close();
      }),
    };
  }
}

/** A store keeps a value that only its own secret yields; another secret would make every known post new. */
function checkSecret(db: Db, sealer: Sealer, path: string, readonly: boolean): void {
  const read = db.prepare<[], Buffer>(`SELECT value FROM meta WHERE key = 'key-check'`).pluck();
  let kept = read.get();
  if (kept === undefined && !readonly) {
    db.prepare(`INSERT INTO meta (key, value) VALUES ('key-check', ?) ON CONFLICT DO NOTHING`).run(
      sealer.check,
    );
    // Another process may have been faster, with another secret.
    kept = read.get();
  }
  if (kept !== undefined && !kept.equals(sealer.check)) {
    throw new CannotRunError(
      'wrong-secret',
      `store ${path} was made with another secret; bring back its secret.key, or set RONDA_SECRET as it was`,
    );
  }
}
