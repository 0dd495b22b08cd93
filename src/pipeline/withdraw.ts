import type { ScoredBatch } from '../core/batch.js';
import type { Withdrawal } from '../core/collector-ports.js';
import type { NewJob } from '../core/queue-ports.js';

/** Withdrawals of one job: some 50 kB of ids. */
const MOST_TOGETHER = 500;

/**
 * Jobs that tell the lander what a place says is gone. They go by the queue that leads to the one lander, wherever it
 * runs, and are as durable as posts: queued before the cursor moves, landed in one transaction, known again by their
 * id. Posts of the same pages take the longer way through the scorers, so a withdrawal may come first: the store then
 * remembers it, and the post does not land.
 */
export function withdrawalJobs(
  run: string,
  source: string,
  withdrawn: readonly Withdrawal[],
  toldAt: string,
  hash: (text: string) => string,
): NewJob<ScoredBatch>[] {
  const jobs: NewJob<ScoredBatch>[] = [];
  for (let at = 0; at < withdrawn.length; at += MOST_TOGETHER) {
    const posts = withdrawn.slice(at, at + MOST_TOGETHER);
    const identity = posts.map((post) => `\n${post.id} ${post.at}`).join('');
    jobs.push({
      id: hash(`withdrawn\n${run}${identity}`),
      lane: source,
      payload: { run, source, landed: [], passed: [], failed: 0, withdrawn: { toldAt, posts } },
    });
  }
  return jobs;
}
