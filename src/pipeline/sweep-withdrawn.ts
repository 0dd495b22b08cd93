import type { PostBatch, ScoredBatch } from '../core/batch.js';
import type { WithdrawnPosts } from '../core/keeping.js';
import type { Queue } from '../core/queue-ports.js';

/** What a sweep asks of the outside. */
export interface SweepPorts {
  readonly withdrawn: WithdrawnPosts;
  readonly score: Pick<Queue<PostBatch>, 'rewrite'>;
  readonly land: Pick<Queue<ScoredBatch>, 'rewrite'>;
}

/**
 * Takes posts that their place took down out of what waits on the queues and out of dead letters, which may stand there for
 * weeks: they would not land, and nothing of them is to be kept. Resolves to how many batches were changed.
 */
export async function sweepWithdrawn({ withdrawn, score, land }: SweepPorts): Promise<number> {
  const scored = await score.rewrite((batch) => {
    const posts = batch.posts.filter((post) => !withdrawn.covers(post));
    return posts.length === batch.posts.length ? undefined : { ...batch, posts };
  });
  const landing = await land.rewrite((batch) => {
    const landed = batch.landed.filter(({ post }) => !withdrawn.covers(post));
    return landed.length === batch.landed.length ? undefined : { ...batch, landed };
  });
  return scored + landing;
}
