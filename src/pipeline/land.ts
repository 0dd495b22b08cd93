import type { ScoredBatch } from '../core/batch.js';
import { RetryableError } from '../core/errors.js';
import type { LandReport, LandStore } from '../core/ports.js';
import type { Consumer, Job, Queue } from '../core/queue-ports.js';

export interface LandOptions {
  readonly store: LandStore;
  readonly land: Pick<Queue<ScoredBatch>, 'consume'>;
  readonly onLanded?: (report: LandReport, job: Job<ScoredBatch>) => void;
  /** Told of trouble that no job carries, and of what makes a job wait (a full disk). */
  readonly onError?: (error: unknown) => void;
}

/**
 * Jobs landed in one transaction: the wait for the disk, most of the cost on a busy one, is then shared. Few enough
 * that even when every post lands the loop stands for less than 0.1 s.
 */
const JOBS_TOGETHER = 8;
/** How long a job waits for others to land with, ms. */
const LINGER_MS = 20;

/**
 * Lands scored batches, each exactly once by its job id however often it is delivered; what is delivered together
 * lands together. A batch that cannot be landed is buried with its posts counted as failed.
 */
export function consumeLand({ store, land, onLanded, onError }: LandOptions): Consumer {
  const landTogether = createGroup(store);
  return land.consume(
    async (job) => {
      try {
        const report = await landTogether(job);
        onLanded?.(report, job);
      } catch (error) {
        if (error instanceof RetryableError) onError?.(error);
        throw error;
      }
    },
    {
      concurrency: JOBS_TOGETHER,
      onDead: async (job) => {
        const { run, source, landed, passed, failed, withdrawn } = job.payload;
        // It holds no posts to be counted, and must not be known as landed when its dead letter is retried.
        if (withdrawn !== undefined) return;
        const posts = landed.length + passed.length + failed;
        store.land(job.id, { run, source, landed: [], passed: [], failed: posts });
      },
      ...(onError === undefined ? {} : { onError }),
    },
  );
}

interface Waiting {
  readonly job: Job<ScoredBatch>;
  readonly resolve: (report: LandReport) => void;
  readonly reject: (error: unknown) => void;
}

/** Lands the jobs given within {@link LINGER_MS} in one transaction; each is answered for itself. */
function createGroup(store: LandStore): (job: Job<ScoredBatch>) => Promise<LandReport> {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    const group = waiting;
    waiting = [];
    try {
      const reports = store.landAll(group.map(({ job }) => ({ id: job.id, batch: job.payload })));
      for (const [index, { resolve }] of group.entries()) resolve(reports[index] as LandReport);
    } catch (error) {
      // What may pass (a full disk) concerns all of them; else one batch must not bury its neighbours.
      if (error instanceof RetryableError) for (const { reject } of group) reject(error);
      else for (const each of group) landAlone(store, each);
    }
  };
  return (job) =>
    new Promise((resolve, reject) => {
      waiting.push({ job, resolve, reject });
      if (waiting.length === JOBS_TOGETHER) flush();
      else if (waiting.length === 1) timer = setTimeout(flush, LINGER_MS);
    });
}

function landAlone(store: LandStore, { job, resolve, reject }: Waiting): void {
  try {
    resolve(store.land(job.id, job.payload));
  } catch (error) {
    reject(error);
  }
}
