import { MAX_BATCH_BYTES, MAX_BATCH_POSTS, type PostBatch, type ScoredBatch } from '../core/batch.js';
import type { Claim } from '../core/claim.js';
import type { CollectContext, CollectedPage, Collector, Gap, Reject } from '../core/collector-ports.js';
import { kindOf, messageOf, OutOfSpaceError, ThrottledError } from '../core/errors.js';
import type { Clock, CursorStore } from '../core/ports.js';
import type { Post } from '../core/post.js';
import type { NewJob, Queue } from '../core/queue-ports.js';
import type { SourceWatchStore } from '../core/source.js';
import { type LookedAfter, lookAfter } from './look-after.js';
import { withdrawalJobs } from './withdraw.js';

/** Where bad rows go: an owner-only file of the run, cut back to what was committed when a run resumes. */
export interface RejectSink {
  /** Appends durably; resolves to the file's size in bytes. */
  append(run: string, source: string, rejects: readonly Reject[]): number;
}

/** Where published fact-checks that a source gives go. */
export interface ClaimSink {
  /** Merges them into those known, durably: an id that is known is replaced. */
  add(claims: readonly Claim[]): void;
}

export interface CollectOptions {
  readonly collector: Collector;
  readonly run: string;
  /** True when the cursor belongs to the run alone (files of a batch run). */
  readonly ownRun?: boolean;
  readonly queue: Pick<Queue<PostBatch>, 'enqueue'>;
  /** Leads to the lander, for what the place says is gone. */
  readonly land: Pick<Queue<ScoredBatch>, 'enqueue'>;
  readonly cursors: Pick<CursorStore, 'getCursor' | 'saveCursor' | 'saveSourceStatus'> &
    Pick<SourceWatchStore, 'isSourcePaused' | 'noteWatched' | 'recordGap'>;
  readonly claims: ClaimSink;
  readonly rejects: RejectSink;
  readonly fetcher: CollectContext['fetcher'];
  readonly clock: Clock;
  /** A stable hash of text, hex (node's crypto stays outside the use cases). */
  readonly hash: (text: string) => string;
  /** Resolves when the queue has room; collecting waits, nothing is dropped. */
  readonly room: (signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** A gap that is known before the place is asked; recorded once it was reached. */
  readonly gap?: Gap;
  /** Told when pages were committed. */
  readonly onCommitted?: () => void;
}

/**
 * Pages committed together: the disk is waited for once for all of them. Few enough that a crash repeats little and
 * that they take up some MB at most.
 */
const PAGES_TOGETHER = 16;
/** How long a page waits for others to be committed with, ms: nothing to a person, much to a file being read. */
const LINGER_MS = 50;

/** What one collection of a source came to. */
export interface CollectReport {
  readonly posts: number;
  readonly rejected: number;
  /** Posts that the place said are gone. */
  readonly withdrawn: number;
  /** Published fact-checks. */
  readonly claims: number;
  /** Posts that say a time which is not to be believed: they count as of their reading. */
  readonly untimed: number;
  /** Why it ended early; absent when the source was read to its end. Its pages before that are safe. */
  readonly error?: { readonly kind: string; readonly message: string };
  /** Where the place asked for patience: until when it is to be left alone, ms since the epoch. */
  readonly notBefore?: number;
  readonly stopped: boolean;
  /** True when a person paused the source: it was not asked, or was left where it stood. */
  readonly paused: boolean;
}

/** What a place asks for is obeyed up to this long, ms: beyond it, asking once a day harms nobody. */
export const MOST_PATIENCE_MS = 86_400_000;

/** A post's time may be so far ahead of the clock, ms; beyond that it is not believed. */
const AHEAD_MS = 300_000;

/**
 * Collects a source to its end or until the signal. Pages that follow one another at once are committed together:
 * rejects and fact-checks written, posts and withdrawals queued, and only then the cursor moved, so a crash at any
 * point repeats at most those pages, which ids and job ids make harmless. Left at once where a person pauses the source.
 * A fault of the source ends the collection and is reported, never thrown; a fault of queue or store is thrown.
 */
export async function collect(options: CollectOptions): Promise<CollectReport> {
  const source = options.collector.source;
  const none = { posts: 0, rejected: 0, withdrawn: 0, claims: 0, untimed: 0 };
  if (options.ownRun !== true && options.cursors.isSourcePaused(source)) {
    return { ...none, stopped: options.signal.aborted, paused: true };
  }
  const lookedAfter = lookAfter(options, source);
  try {
    return await collectLookedAfter(options, lookedAfter);
  } finally {
    lookedAfter.end();
  }
}

async function collectLookedAfter(
  options: CollectOptions,
  { signal, isPaused }: LookedAfter,
): Promise<CollectReport> {
  const { collector, run, cursors, clock } = options;
  const source = collector.source;
  const cursor = cursors.getCursor(collector.place ?? source, options.ownRun ? run : undefined);
  const pages = collector
    .collect(cursor, { fetcher: options.fetcher, clock, signal })
    [Symbol.asyncIterator]();
  const sums = { posts: 0, rejected: 0, withdrawn: 0, claims: 0, untimed: 0 };
  let error: CollectReport['error'];
  let notBefore: number | undefined;
  let gap = options.gap;
  try {
    for await (const group of inGroups(pages, clock, signal)) {
      if ('cause' in group) {
        if (signal.aborted) break;
        error = { kind: kindOf(group.cause), message: messageOf(group.cause) };
        notBefore = patienceOf(group.cause, clock.now());
        break;
      }
      await options.room(signal);
      if (signal.aborted) break;
      await commitPages(options, group.pages, gap);
      gap = undefined;
      for (const page of group.pages) {
        sums.posts += page.posts.length;
        sums.rejected += page.rejects.length;
        sums.withdrawn += page.withdrawn?.length ?? 0;
        sums.claims += page.claims?.length ?? 0;
        sums.untimed += page.untimed ?? 0;
      }
      options.onCommitted?.();
    }
  } finally {
    await pages.return?.();
  }
  const triedAt = iso(clock);
  if (error === undefined && !signal.aborted && gap !== undefined) cursors.recordGap(source, gap);
  cursors.saveSourceStatus(source, {
    lastTriedAt: triedAt,
    ...(error === undefined && !signal.aborted ? { lastSucceededAt: triedAt } : {}),
    ...(error === undefined ? {} : { error }),
    ...(notBefore === undefined ? {} : { notBefore: new Date(notBefore).toISOString() }),
  });
  return {
    ...sums,
    stopped: options.signal.aborted,
    paused: isPaused(),
    ...(error === undefined ? {} : { error }),
    ...(notBefore === undefined ? {} : { notBefore }),
  };
}

/** Until when a place that threw this is to be left alone; a full disk of our own is no wish of its. */
function patienceOf(cause: unknown, now: number): number | undefined {
  if (!(cause instanceof ThrottledError) || cause instanceof OutOfSpaceError) return undefined;
  return now + Math.min(cause.retryAfterMs, MOST_PATIENCE_MS);
}

type Pages = readonly [CollectedPage, ...CollectedPage[]];
type Failed = { readonly cause: unknown };

/** Pages as they come, those that follow within {@link LINGER_MS} together; last, where there is one, what ended them. */
async function* inGroups(
  pages: AsyncIterator<CollectedPage>,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<{ readonly pages: Pages } | Failed> {
  const ask = (): Promise<IteratorResult<CollectedPage> | Failed> =>
    pages.next().catch((cause: unknown) => ({ cause }));
  let next = ask();
  while (!signal.aborted) {
    const first = await next;
    if ('cause' in first) yield first;
    if ('cause' in first || first.done === true) return;
    const group: [CollectedPage, ...CollectedPage[]] = [first.value];
    const grouped = new AbortController();
    const late = clock.sleep(LINGER_MS, grouped.signal).catch(() => undefined);
    next = ask();
    while (group.length < PAGES_TOGETHER) {
      const following = await Promise.race([next, late]);
      if (following === undefined || 'cause' in following || following.done === true) break;
      group.push(following.value);
      next = ask();
    }
    grouped.abort();
    yield { pages: group };
  }
}

async function commitPages(options: CollectOptions, pages: Pages, gap: Gap | undefined): Promise<void> {
  const { collector, run, ownRun, queue, land, cursors, clock, hash } = options;
  const source = collector.source;
  const place = collector.place ?? source;
  const rejects = pages.flatMap((page) => page.rejects);
  const rejectsSize = rejects.length > 0 ? options.rejects.append(run, place, rejects) : undefined;
  const claims = pages.flatMap((page) => page.claims ?? []);
  if (claims.length > 0) options.claims.add(claims);
  // Batches are made page by page: what a crash repeats then makes the same jobs, whichever pages stand together.
  const jobs = pages.flatMap((page) =>
    toBatches(page.posts).map((posts) => toJob(run, source, posts, options.hash)),
  );
  if (jobs.length > 0) await queue.enqueue(jobs);
  const at = iso(clock);
  const gone = pages.flatMap((page) => withdrawalJobs(run, source, page.withdrawn ?? [], at, hash));
  if (gone.length > 0) await land.enqueue(gone);
  const gaps = [...(gap === undefined ? [] : [gap]), ...pages.flatMap((page) => page.gaps ?? [])];
  const newest = newestOf(pages, clock.now() + AHEAD_MS);
  cursors.saveCursor({
    source: place,
    run,
    cursor: (pages.at(-1) ?? pages[0]).cursor,
    jobs: jobs.map((job) => ({ id: job.id, posts: job.payload.posts.length })),
    rejected: rejects.length,
    at,
    ...(ownRun === undefined ? {} : { ownRun }),
    ...(rejectsSize === undefined ? {} : { rejectsSize }),
    ...(gaps.length === 0 ? {} : { gaps }),
    ...(newest === undefined ? {} : { newestPostAt: newest }),
  });
  for (const page of pages) page.committed?.();
}

/** The newest time that posts carry, not after `latest` (ms). */
function newestOf(pages: Pages, latest: number): string | undefined {
  let newest: string | undefined;
  for (const { posts } of pages) {
    for (const { createdAt } of posts) {
      if (createdAt === undefined || (newest !== undefined && createdAt <= newest)) continue;
      if (Date.parse(createdAt) <= latest) newest = createdAt;
    }
  }
  return newest;
}

/** Splits posts, in order, into batches within the limits of a job; a post beyond them stands alone. */
export function toBatches(posts: readonly Post[]): Post[][] {
  const batches: Post[][] = [];
  let batch: Post[] = [];
  let bytes = 0;
  for (const post of posts) {
    const size = estimateBytes(post);
    if (batch.length > 0 && (batch.length >= MAX_BATCH_POSTS || bytes + size > MAX_BATCH_BYTES)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(post);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** An estimate of a post's JSON in bytes: its long fields with a quarter for escapes, and room for the rest. */
function estimateBytes(post: Post): number {
  return 1.25 * (Buffer.byteLength(post.text) + Buffer.byteLength(post.record?.bytes ?? '')) + 600;
}

/** The job of a batch: the same posts of the same run make the same job. */
export function toJob(
  run: string,
  source: string,
  posts: readonly Post[],
  hash: (text: string) => string,
): NewJob<PostBatch> {
  let identity = run;
  for (const post of posts) identity += `\n${post.id} ${post.revision}`;
  return { id: hash(identity), lane: source, payload: { run, source, posts } };
}

function iso(clock: Pick<Clock, 'now'>): string {
  return new Date(clock.now()).toISOString();
}
