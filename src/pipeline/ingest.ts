import type { PostBatch } from '../core/batch.js';
import type { Reject } from '../core/collector-ports.js';
import { ThrottledError } from '../core/errors.js';
import type { Clock, CursorStore, RunStore } from '../core/ports.js';
import type { Post } from '../core/post.js';
import type { Queue, QueueCounts } from '../core/queue-ports.js';
import { type RejectSink, toBatches, toJob } from './collect.js';
import { FairShare } from './fair-share.js';

/** What a partner pushed at once. */
export interface Push {
  readonly source: string;
  /** A hash of the body, hex: the same body again is the same push. */
  readonly digest: string;
  readonly posts: readonly Post[];
  readonly rejects: readonly Reject[];
}

/** What became of a push. */
export interface PushReport {
  readonly accepted: number;
  readonly rejected: number;
  /** True where this push was taken before; nothing was done again. */
  readonly repeated: boolean;
}

export interface IngestPorts {
  readonly store: Pick<RunStore, 'openRun' | 'finishRun'> & Pick<CursorStore, 'getCursor' | 'saveCursor'>;
  readonly score: Pick<Queue<PostBatch>, 'enqueue' | 'counts' | 'oldest'>;
  readonly land: { counts(): Promise<QueueCounts> };
  readonly rejects: RejectSink;
  readonly clock: Pick<Clock, 'now'>;
  readonly hash: (text: string) => string;
  /** Pushes are refused while this many jobs stand in one of the queues. */
  readonly maxWaiting: number;
}

/** Pushes that a source's cursor remembers, 16 hex digits each. */
const MAX_DIGESTS = 1_000;
/** How long a partner is asked to wait when a queue is full, ms. */
const FULL_WAIT_MS = 5_000;
/** The same, where the partner itself has sent more than was worked off. */
const OWN_WAIT_MS = 5_000;
/**
 * From this part of a full queue on, whoever floods it sends no more: what is left of the queue is for the others. A flood is
 * told by its part of what came lately (fair-share.ts). Lanes are served in turn as well, so that it waits behind itself: it is
 * told also by what it sent first still waiting, for some time (ms) and for no less than this part of the time that anybody's
 * batch has waited.
 */
const SHARED_PART = 0.5;
const OWN_LATE_MS = 2_000;
const OWN_LATE_PART = 0.5;

/**
 * Takes pushes, those of a source one after the other: rejects are written, posts queued, and then counts and digest
 * committed, all before it resolves. A push that was cut off between two of these and comes again makes the same jobs;
 * posts that came before in another push are known as seen when they land. The pushes of a day (UTC) are one run.
 * @throws ThrottledError kind `queue-full` or `too-fast` with nothing taken; what queue and store throw
 */
export function createIngest(ports: IngestPorts): (push: Push) => Promise<PushReport> {
  const turns = new Map<string, Promise<unknown>>();
  const shares = new FairShare();
  const runs = new Map<string, { readonly day: string; readonly id: string }>();

  const runOf = (source: string): string => {
    const day = new Date(ports.clock.now()).toISOString().slice(0, 10);
    const open = runs.get(source);
    if (open?.day === day) return open.id;
    if (open !== undefined) ports.store.finishRun(open.id, 'done');
    const { run } = ports.store.openRun('schedule', `${source} ${day}`);
    runs.set(source, { day, id: run.id });
    return run.id;
  };

  const take = async ({ source, digest, posts, rejects }: Push): Promise<PushReport> => {
    const report = { accepted: posts.length, rejected: rejects.length };
    const key = digest.slice(0, 16);
    const digests = digestsOf(ports.store.getCursor(source)?.pushes);
    if (digests.includes(key)) return { ...report, repeated: true };
    const run = runOf(source);
    const rejectsSize = rejects.length > 0 ? ports.rejects.append(run, source, rejects) : undefined;
    const jobs = toBatches(posts).map((batch) => toJob(run, source, batch, ports.hash));
    shares.add(source, jobs.length, ports.clock.now());
    if (jobs.length > 0) await ports.score.enqueue(jobs);
    ports.store.saveCursor({
      source,
      run,
      cursor: { pushes: [key, ...digests].slice(0, MAX_DIGESTS) },
      jobs: jobs.map((job) => ({ id: job.id, posts: job.payload.posts.length })),
      rejected: rejects.length,
      at: new Date(ports.clock.now()).toISOString(),
      ...(rejectsSize === undefined ? {} : { rejectsSize }),
    });
    return { ...report, repeated: false };
  };

  const refuseWithoutRoom = async (source: string): Promise<void> => {
    const [score, land] = await Promise.all([ports.score.counts(), ports.land.counts()]);
    const waiting = Math.max(held(score), held(land));
    if (waiting >= ports.maxWaiting) {
      throw new ThrottledError(
        'queue-full',
        `${waiting} batches wait to be assessed; send this again later`,
        FULL_WAIT_MS,
      );
    }
    if (waiting < ports.maxWaiting * SHARED_PART) return;
    const now = ports.clock.now();
    if (shares.isExceeded(source, now)) {
      throw new ThrottledError(
        'too-fast',
        `${waiting} batches wait, and more of what came lately is this source's than an equal part; send this again later`,
        OWN_WAIT_MS,
      );
    }
    const [own, anybodys] = await Promise.all([ports.score.oldest(source), ports.score.oldest()]);
    const waited = now - (own ?? now);
    if (waited < Math.max(OWN_LATE_MS, OWN_LATE_PART * (now - (anybodys ?? now)))) return;
    throw new ThrottledError(
      'too-fast',
      `what this source sent ${Math.round(waited / 1_000)} s ago still waits to be assessed; send this again later`,
      OWN_WAIT_MS,
    );
  };

  return async (push) => {
    await refuseWithoutRoom(push.source);
    const turn = (turns.get(push.source) ?? Promise.resolve()).catch(() => undefined).then(() => take(push));
    turns.set(push.source, turn);
    return await turn;
  };
}

function held({ waiting, delayed, active }: QueueCounts): number {
  return waiting + delayed + active;
}

function digestsOf(kept: unknown): string[] {
  return Array.isArray(kept) ? kept.filter((key): key is string => typeof key === 'string') : [];
}
