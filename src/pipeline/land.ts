import type { ScoredBatch } from '../core/batch.js';
import type { Consumer, Job, LandReport, LandStore, Queue } from '../core/ports.js';

export interface LandOptions {
  readonly store: LandStore;
  readonly land: Pick<Queue<ScoredBatch>, 'consume'>;
  readonly onLanded?: (report: LandReport, job: Job<ScoredBatch>) => void;
  readonly onError?: (error: unknown) => void;
}

/**
 * Lands scored batches, each in one transaction that knows its job id: delivered twice, it lands once.
 * A batch that cannot be landed is buried with its posts counted as failed.
 */
export function consumeLand({ store, land, onLanded, onError }: LandOptions): Consumer {
  return land.consume(
    async (job) => {
      const report = store.land(job.id, job.payload);
      onLanded?.(report, job);
    },
    {
      onDead: async (job) => {
        const { run, source, landed, passed, failed } = job.payload;
        const posts = landed.length + passed.length + failed;
        store.land(job.id, { run, source, landed: [], passed: [], failed: posts });
      },
      ...(onError === undefined ? {} : { onError }),
    },
  );
}
