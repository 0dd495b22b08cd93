import type { Db } from './sqlite.js';

/** How far a job is known to have come; a buried one may still land when its dead letter is retried. */
export type JobState = 'queued' | 'buried' | 'landed';

const STATES: readonly JobState[] = ['queued', 'buried', 'landed'];

export interface KnownJob {
  readonly run: string;
  /** Posts that it stands for in the run's counts. */
  readonly posts: number;
  readonly state: JobState;
}

/** Jobs known to the store, so that each job's posts are counted once, whichever word of it comes first. */
export interface Jobs {
  find(id: string): KnownJob | undefined;
  /** Notes a job as queued; false when it was known. */
  addQueued(id: string, run: string, posts: number, at: number): boolean;
  put(id: string, job: KnownJob, at: number): void;
  /** Forgets jobs last heard of before `before` (ms), at most `limit`; how many. */
  purge(before: number, limit: number): number;
}

export function createJobs(db: Db): Jobs {
  const select = db.prepare<[string], { run: string; posts: number; state: number }>(
    'SELECT run, posts, state FROM jobs WHERE id = ?',
  );
  const insert = db.prepare(
    'INSERT INTO jobs (id, run, posts, state, at) VALUES (?, ?, ?, 0, ?) ON CONFLICT DO NOTHING',
  );
  const upsert = db.prepare(
    `INSERT INTO jobs (id, run, posts, state, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET posts = excluded.posts, state = excluded.state, at = excluded.at`,
  );
  const remove = db.prepare('DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE at < ? LIMIT ?)');
  return {
    find(id) {
      const row = select.get(id);
      return row && { run: row.run, posts: row.posts, state: STATES[row.state] ?? 'landed' };
    },
    addQueued: (id, run, posts, at) => insert.run(id, run, posts, at).changes === 1,
    put(id, { run, posts, state }, at) {
      upsert.run(id, run, posts, STATES.indexOf(state), at);
    },
    purge: (before, limit) => remove.run(before, limit).changes,
  };
}
