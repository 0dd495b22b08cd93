/** Runs and what is known of them: a part of compose.ts. */
import { join } from 'node:path';
import type { Store } from './store/store.js';

/** Pattern of the owner-only files that hold a run's rejected rows. */
export function rejectsFilesIn(home: string): (run: string) => string {
  return (run) => join(home, 'rejects', `${run}.*.jsonl`);
}

/** What `ronda runs` shows, each run with the versions that it was assessed with. */
export function runsOf(kept: Store, home: string) {
  const whole = <R extends { readonly id: string }>(run: R) => ({
    ...run,
    versions: kept.runVersions(run.id),
  });
  return {
    list: (limit: number) => kept.listRuns(limit).map(whole),
    find(id: string) {
      const run = kept.getRun(id);
      return run && whole(run);
    },
    rejectsFiles: rejectsFilesIn(home),
  };
}
