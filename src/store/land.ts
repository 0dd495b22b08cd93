import type { ScoredBatch } from '../core/batch.js';
import type { ErasureStore } from '../core/keeping.js';
import type { Clock, LandJob, LandReport } from '../core/ports.js';
import type { Copies, CopyTally } from './copies.js';
import type { HourlyCounts, HourlyTally } from './counts.js';
import type { DeskTally, LandingTally } from './desk-tally.js';
import type { ItemWriter, Put as PutItem } from './items.js';
import type { Jobs } from './jobs.js';
import type { Fence } from './lease.js';
import type { OperationsWriter } from './operations.js';
import type { PrintLog } from './print-log.js';
import type { Runs } from './runs.js';
import type { SeenPosts } from './seen.js';
import type { Db } from './sqlite.js';
import type { Withdrawals } from './withdrawn.js';

/** What a post came to: an item, or one that is counted with an item of the same text. */
type Put = PutItem | { readonly kind: 'copy'; readonly number: number };

interface Parts {
  readonly db: Db;
  readonly clock: Pick<Clock, 'now'>;
  readonly jobs: Pick<Jobs, 'find' | 'put'>;
  readonly runs: Pick<Runs, 'addCounts' | 'addVersions'>;
  readonly seen: SeenPosts;
  readonly items: Pick<ItemWriter, 'put' | 'has'>;
  readonly copies: Pick<Copies, 'landing'>;
  readonly counts: Pick<HourlyCounts, 'tally'>;
  readonly desk: Pick<DeskTally, 'landing'>;
  readonly withdrawals: Pick<Withdrawals, 'apply' | 'covers'>;
  readonly erasures: Pick<ErasureStore, 'isErased'>;
  readonly prints: Pick<PrintLog, 'begin' | 'add' | 'flush'>;
  /** Refuses a lander whose lease another has taken. */
  readonly fence: Pick<Fence, 'check'>;
  readonly operations: Pick<OperationsWriter, 'noteVersions' | 'addShadow'>;
}

const NOT_APPLIED: LandReport = {
  applied: false,
  landed: 0,
  passed: 0,
  seen: 0,
  failed: 0,
  incomplete: 0,
  items: [],
};

/** Lands jobs, all in one transaction: a report for each, in order; on an error nothing of them is kept. */
export function createLanding(parts: Parts): (jobs: readonly LandJob[]) => readonly LandReport[] {
  const { db, clock, seen, counts, desk, prints } = parts;
  const land = db.transaction((jobs: readonly LandJob[]): LandReport[] => {
    parts.fence.check();
    const now = clock.now();
    const tally = counts.tally(now);
    const atDesk = desk.landing(now);
    const copies = parts.copies.landing(now);
    seen.begin();
    prints.begin();
    const reports = jobs.map(({ id, batch }) => landJob(parts, { tally, atDesk, copies }, id, batch, now));
    seen.flush(now);
    tally.flush();
    prints.flush();
    atDesk.flush();
    copies.flush();
    return reports;
  });
  return (jobs) => {
    try {
      return land.immediate(jobs);
    } catch (error) {
      seen.forget();
      throw error;
    }
  };
}

/** What counts the posts of a transaction. */
interface Tallies {
  readonly tally: HourlyTally;
  readonly atDesk: LandingTally;
  readonly copies: CopyTally;
}

function landJob(parts: Parts, tallies: Tallies, id: string, batch: ScoredBatch, now: number): LandReport {
  const { jobs, runs } = parts;
  const known = jobs.find(id);
  const isTombstone = batch.failed > 0 && batch.landed.length + batch.passed.length === 0;
  if (known?.state === 'landed' || (known?.state === 'buried' && isTombstone)) return NOT_APPLIED;

  const run = known?.run ?? batch.run;
  const landed = landPosts(parts, tallies, batch, run, now);
  const withdrawn = batch.withdrawn === undefined ? [] : parts.withdrawals.apply(batch.withdrawn);
  const report = withdrawn.length === 0 ? landed : { ...landed, withdrawn };
  const posts = batch.landed.length + batch.passed.length + batch.failed;
  jobs.put(id, { run, posts, state: isTombstone ? 'buried' : 'landed' }, now);
  if (batch.versions !== undefined) {
    runs.addVersions(run, batch.versions);
    parts.operations.noteVersions(batch.by ?? '', batch.versions, now);
  }
  if (batch.shadow !== undefined) parts.operations.addShadow(batch.shadow, now);
  // What was counted when the job was queued or buried is replaced, not added to.
  runs.addCounts(run, {
    ...report,
    collected: posts - (known?.posts ?? 0),
    failed: report.failed - (known?.state === 'buried' ? known.posts : 0),
  });
  return report;
}

function landPosts(
  { seen, items, withdrawals, erasures, prints }: Parts,
  { tally, atDesk, copies }: Tallies,
  batch: ScoredBatch,
  run: string,
  now: number,
): LandReport {
  const { source } = batch;
  const numbers: number[] = [];
  let landed = 0;
  let passed = 0;
  let known = 0;
  let incomplete = 0;
  let copied = 0;
  for (const scored of batch.landed) {
    const { post, assessment } = scored;
    const isNew = seen.add(post.id, post.revision, post.author?.id ?? post.author?.handle);
    const isUnwanted = isNew && (withdrawals.covers(post) || erasures.isErased(post));
    const wording = isNew && !isUnwanted ? copies.wordingOf(scored) : undefined;
    const standIn = wording === undefined ? undefined : copies.standIn(wording, source);
    // A further revision of an item is the item's.
    const isCopy = standIn !== undefined && !items.has(post.id);
    const put: Put | undefined = isCopy
      ? { kind: 'copy', number: standIn }
      : isNew && !isUnwanted
        ? items.put(scored, run, now, wording)
        : undefined;
    // An item outlives the window in which its post is known as seen. What was withdrawn while it was on the queue, or
    // erased on request, is counted with them: the store knows of it, and keeps nothing of it.
    if (put === undefined || put.kind === 'known') {
      known += 1;
      continue;
    }
    landed += 1;
    if (put.kind === 'new') {
      numbers.push(put.number);
      atDesk.add(scored);
      if (wording !== undefined) copies.kept(wording, source, put.number);
    }
    const { language, level, flags } = assessment;
    const isPartial = assessment.incomplete.length > 0;
    if (isPartial) incomplete += 1;
    const at = post.createdAt ?? post.collectedAt;
    if (isCopy && wording !== undefined) {
      copied += 1;
      copies.add(wording, source, timeOr(at, now));
    }
    const { fingerprint, observation, excerpt } = scored;
    const noted = { id: post.id, at, language: language.code, source, item: put.number };
    prints.add({ ...noted, fingerprint, observation, excerpt }, now);
    tally.add(source, 'landed', { at, language: language.code, level, flags, incomplete: isPartial });
  }
  for (const post of batch.passed) {
    if (!seen.add(post.id, post.revision, post.authorId)) {
      known += 1;
      continue;
    }
    passed += 1;
    if (post.incomplete) incomplete += 1;
    tally.add(source, 'passed', post);
    const { id, at, language, fingerprint, observation } = post;
    // Of one that was erased not even what many share is taken from it.
    const isErased = post.excerpt !== undefined && erasures.isErased({ ...post.excerpt, id });
    const excerpt = isErased ? undefined : post.excerpt;
    prints.add({ id, at, language, source, item: 0, fingerprint, observation, excerpt }, now);
    atDesk.pass(post);
  }
  const report = {
    applied: true,
    landed,
    passed,
    seen: known,
    failed: batch.failed,
    incomplete,
    items: numbers,
  };
  return copied === 0 ? report : { ...report, copies: copied };
}

function timeOr(at: string, otherwise: number): number {
  const time = Date.parse(at);
  return Number.isNaN(time) ? otherwise : time;
}
