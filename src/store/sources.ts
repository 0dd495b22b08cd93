import type { Cursor } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import type { ConditionalStore } from '../core/fetch-ports.js';
import type { Clock, CursorCommit, CursorStore, SourceStatus } from '../core/ports.js';
import type { SourceFacts, SourceWatchStore } from '../core/source.js';
import type { Jobs } from './jobs.js';
import type { Runs } from './runs.js';
import type { Sealer } from './seal.js';
import type { SourceStats } from './source-stats.js';
import type { Db } from './sqlite.js';

const MAX_CURSOR_BYTES = 65_536;

export interface SourceStore extends CursorStore, ConditionalStore, SourceWatchStore {
  /** Bytes of a source's rejects file of a run that were committed with its cursor; 0 where none were. */
  rejectsSize(run: string, source: string): number;
}

interface StatusRow {
  readonly source: string;
  readonly last_tried_at: string;
  readonly last_succeeded_at: string | null;
  readonly error_kind: string | null;
  readonly error_message: string | null;
  readonly not_before: string | null;
}

/** Cursors, what a source's last attempt came to, and conditional-GET facts. */
export function createSourceStore(
  db: Db,
  clock: Pick<Clock, 'now'>,
  sealer: Pick<Sealer, 'digest'>,
  jobs: Pick<Jobs, 'addQueued'>,
  runs: Pick<Runs, 'addCounts'>,
  stats: SourceStats,
): SourceStore {
  const getCursor = db
    .prepare<[string, string], string>('SELECT cursor FROM cursors WHERE source = ? AND run = ?')
    .pluck();
  const putCursor = db.prepare(
    `INSERT INTO cursors (source, run, cursor, at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET cursor = excluded.cursor, at = excluded.at`,
  );
  const getRejects = db
    .prepare<[string, string], number>('SELECT rejects_size FROM run_sources WHERE run = ? AND source = ?')
    .pluck();
  const putRejects = db.prepare(
    `INSERT INTO run_sources (run, source, rejects_size) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET rejects_size = excluded.rejects_size`,
  );
  const putStatus = db.prepare(
    `INSERT INTO source_status (source, last_tried_at, last_succeeded_at, error_kind, error_message, not_before)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       last_tried_at = excluded.last_tried_at,
       last_succeeded_at = coalesce(excluded.last_succeeded_at, last_succeeded_at),
       error_kind = excluded.error_kind, error_message = excluded.error_message,
       not_before = excluded.not_before`,
  );
  const pageCame = db.prepare(
    `INSERT INTO source_status (source, last_tried_at, last_succeeded_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET last_tried_at = excluded.last_tried_at,
       last_succeeded_at = excluded.last_succeeded_at, error_kind = NULL, error_message = NULL,
       not_before = NULL`,
  );
  const listStatus = db.prepare<[], StatusRow>('SELECT * FROM source_status ORDER BY source');
  const getStatus = db.prepare<[string], StatusRow>('SELECT * FROM source_status WHERE source = ?');
  const getFacts = db.prepare<[Buffer], { etag: string | null; last_modified: string | null }>(
    'SELECT etag, last_modified FROM conditionals WHERE url_hash = ?',
  );
  const putFacts = db.prepare(
    `INSERT INTO conditionals (url_hash, etag, last_modified, at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified, at = excluded.at`,
  );

  const save = db.transaction((commit: CursorCommit, cursor: string) => {
    const { source, run, ownRun, rejected, rejectsSize, at } = commit;
    putCursor.run(source, ownRun === true ? run : '', cursor, at);
    let collected = 0;
    for (const { id, posts } of commit.jobs) {
      if (jobs.addQueued(id, run, posts, clock.now())) collected += posts;
    }
    runs.addCounts(run, { collected, rejected });
    if (rejectsSize !== undefined) putRejects.run(run, source, rejectsSize);
    for (const gap of commit.gaps ?? []) stats.recordGap(source, gap);
    if (ownRun === true) return;
    // By commit, not by job: a job may have landed before this commit, and its cursor moves here all the same.
    const posts = commit.jobs.reduce((sum, job) => sum + job.posts, 0);
    stats.addPosts(source, at, posts, rejected, commit.newestPostAt);
    pageCame.run(source, at, at);
  });
  const saveStatus = db.transaction((source: string, status: SourceStatus) => {
    const { lastTriedAt, lastSucceededAt, error, notBefore } = status;
    putStatus.run(
      source,
      lastTriedAt,
      lastSucceededAt ?? null,
      error?.kind ?? null,
      error?.message ?? null,
      notBefore ?? null,
    );
    if (error !== undefined) stats.addFault(source, lastTriedAt, error);
    else if (lastSucceededAt !== undefined) stats.noteWatched(source, Date.parse(lastSucceededAt));
  });
  const toStatus = (row: StatusRow): SourceStatus => ({
    lastTriedAt: row.last_tried_at,
    ...(row.last_succeeded_at === null ? {} : { lastSucceededAt: row.last_succeeded_at }),
    ...(row.error_kind === null ? {} : { error: { kind: row.error_kind, message: row.error_message ?? '' } }),
    ...(row.not_before === null ? {} : { notBefore: row.not_before }),
  });

  // As of one moment, whatever is being collected meanwhile.
  const facts = db.transaction((source: string): SourceFacts => {
    const row = getStatus.get(source);
    return { ...stats.facts(source), ...(row === undefined ? {} : { status: toStatus(row) }) };
  });

  return {
    getCursor(source, run) {
      const json = getCursor.get(source, run ?? '');
      return json === undefined ? undefined : (JSON.parse(json) as Cursor);
    },
    saveCursor(commit) {
      const cursor = JSON.stringify(commit.cursor);
      if (Buffer.byteLength(cursor) > MAX_CURSOR_BYTES) {
        throw new PermanentError(
          'cursor-too-large',
          `the cursor of ${commit.source} has ${Buffer.byteLength(cursor)} bytes; at most ${MAX_CURSOR_BYTES} are kept`,
        );
      }
      save.immediate(commit, cursor);
    },
    rejectsSize: (run, source) => getRejects.get(run, source) ?? 0,
    saveSourceStatus: saveStatus.immediate,
    listSourceStatus: () => listStatus.all().map((row) => ({ source: row.source, ...toStatus(row) })),
    noteWatched: stats.noteWatched,
    isSourcePaused: stats.isSourcePaused,
    setSourcePaused: stats.setSourcePaused,
    recordGap: stats.recordGap,
    sourceFacts: facts.deferred,
    getConditional(url) {
      const row = getFacts.get(sealer.digest(`url\n${url}`));
      return (
        row && {
          ...(row.etag === null ? {} : { etag: row.etag }),
          ...(row.last_modified === null ? {} : { lastModified: row.last_modified }),
        }
      );
    },
    setConditional(url, { etag, lastModified }) {
      putFacts.run(sealer.digest(`url\n${url}`), etag ?? null, lastModified ?? null, clock.now());
    },
  };
}
