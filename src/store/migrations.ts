import { alertMigration } from './alert-migration.js';
import { copiesMigration } from './copies-migration.js';
import { deskMigration } from './desk-migration.js';
import { evidenceMigration } from './evidence.js';
import { headPlacesMigration, headsMigration } from './heads-migration.js';
import { keepingMigration } from './keeping-migration.js';
import {
  narrativeKeepingMigration,
  narrativeMigration,
  narrativePartsMigration,
} from './narrative-migration.js';
import { numbersMigration } from './numbers-migration.js';
import { operationsMigration } from './operations-migration.js';
import { queueMigration } from './queue-migration.js';
import { trendMigration } from './trend-migration.js';
import { trendSumsMigration } from './trend-sums.js';
import { watchMigration } from './watch-migration.js';

/**
 * The schema's history, append-only: a migration that was released is never changed, a new one goes to the end.
 * Times are milliseconds since the epoch (INTEGER) where the store compares them, ISO 8601 UTC (TEXT) where it only
 * hands them back.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT
  ) STRICT;
  CREATE INDEX runs_unfinished ON runs (kind, key) WHERE finished_at IS NULL;
  CREATE INDEX runs_started ON runs (started_at);

  -- Apart from runs: a lander may count for a run that another machine opened.
  CREATE TABLE run_counts (
    run TEXT PRIMARY KEY,
    collected INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    landed INTEGER NOT NULL DEFAULT 0,
    passed INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    incomplete INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run_sources (
    run TEXT NOT NULL,
    source TEXT NOT NULL,
    rejects_size INTEGER NOT NULL,
    PRIMARY KEY (run, source)
  ) STRICT, WITHOUT ROWID;

  -- Every job known, so that its posts are counted once: 0 queued, 1 buried (a dead letter), 2 landed.
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    run TEXT NOT NULL,
    posts INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX jobs_at ON jobs (at);

  CREATE TABLE items (
    -- Never given twice, also not after a purge.
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id_hash BLOB NOT NULL UNIQUE,
    -- Readable id, or '<platform>:~<hash>' where the id holds an account.
    post_id TEXT NOT NULL,
    author_hash BLOB,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'claimed', 'escalated', 'closed')),
    -- posts.id of the revision shown; the columns after it repeat that revision's for the indexes.
    shown INTEGER NOT NULL,
    source TEXT NOT NULL,
    level INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    score REAL NOT NULL,
    language TEXT NOT NULL,
    region TEXT,
    run TEXT NOT NULL,
    landed_at INTEGER NOT NULL,
    revisions INTEGER NOT NULL DEFAULT 1
  ) STRICT;
  CREATE INDEX items_source ON items (source, number);
  CREATE INDEX items_level ON items (level, number);
  CREATE INDEX items_run ON items (run, number);
  CREATE INDEX items_state ON items (state, number);
  -- One for each bit of flags (items.ts); they hold flagged rows only and follow the row by themselves.
  CREATE INDEX items_flag_1 ON items (number) WHERE flags & 1;
  CREATE INDEX items_flag_2 ON items (number) WHERE flags & 2;
  CREATE INDEX items_flag_4 ON items (number) WHERE flags & 4;
  CREATE INDEX items_flag_8 ON items (number) WHERE flags & 8;
  CREATE INDEX items_flag_16 ON items (number) WHERE flags & 16;
  CREATE INDEX items_flag_32 ON items (number) WHERE flags & 32;

  -- A landed revision.
  CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES items (number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    revision TEXT NOT NULL,
    source TEXT NOT NULL,
    platform TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at TEXT,
    collected_at TEXT NOT NULL,
    region TEXT,
    reach TEXT,
    -- JSON of the assessment without its findings.
    assessment TEXT NOT NULL,
    landed_at INTEGER NOT NULL,
    UNIQUE (item, revision)
  ) STRICT;

  -- Their text is the slice of posts.text from span_start to span_end (UTF-16 units).
  CREATE TABLE findings (
    post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    rule TEXT NOT NULL,
    category TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    weight REAL NOT NULL,
    reason TEXT NOT NULL,
    params TEXT NOT NULL,
    claim TEXT,
    PRIMARY KEY (post, ordinal)
  ) STRICT, WITHOUT ROWID;

  -- AES-256-GCM of what names a person: id (where it holds an account), link, author, record as received.
  CREATE TABLE sealed (
    post INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    box BLOB NOT NULL
  ) STRICT;

  -- Append-only; no reference to items, which may be purged while what was decided stays.
  CREATE TABLE review_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    item INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Where the item stands after it.
    state TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'escalated', 'closed')),
    details TEXT NOT NULL
  ) STRICT;
  CREATE INDEX review_events_item ON review_events (item, seq);
  CREATE TRIGGER review_events_no_update BEFORE UPDATE ON review_events
    BEGIN SELECT raise(ABORT, 'review events are append-only'); END;
  CREATE TRIGGER review_events_no_delete BEFORE DELETE ON review_events
    BEGIN SELECT raise(ABORT, 'review events are append-only'); END;
  -- REPLACE deletes without asking the trigger above.
  CREATE TRIGGER review_events_no_replace BEFORE INSERT ON review_events
    WHEN EXISTS (SELECT 1 FROM review_events WHERE seq = NEW.seq)
    BEGIN SELECT raise(ABORT, 'review events are append-only'); END;
  CREATE TRIGGER review_events_state AFTER INSERT ON review_events
    BEGIN UPDATE items SET state = NEW.state WHERE number = NEW.item; END;
  CREATE TRIGGER items_state_derived BEFORE UPDATE OF state ON items
    WHEN NEW.state IS NOT
      coalesce((SELECT state FROM review_events WHERE item = NEW.number ORDER BY seq DESC LIMIT 1), 'open')
    BEGIN SELECT raise(ABORT, 'the state of an item follows from its review events'); END;

  -- Posts by hour (hours since the epoch of the post's own time); measure is 'level:…', 'flag:…' or 'incomplete'.
  CREATE TABLE counts (
    hour INTEGER NOT NULL,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('landed', 'passed')),
    measure TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (hour, source, language, outcome, measure)
  ) STRICT, WITHOUT ROWID;

  -- Posts seen before as keyed hashes (seen.ts): a log, folded from time to time into immutable segments.
  CREATE TABLE seen_log (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    entries BLOB NOT NULL
  ) STRICT;
  CREATE TABLE seen_segments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entries INTEGER NOT NULL,
    buckets INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    filter BLOB NOT NULL
  ) STRICT;
  -- id = segment * 65536 + bucket
  CREATE TABLE seen_blocks (
    id INTEGER PRIMARY KEY,
    entries BLOB NOT NULL
  ) STRICT;

  -- run is '' for a cursor that belongs to the source across runs.
  CREATE TABLE cursors (
    source TEXT NOT NULL,
    run TEXT NOT NULL,
    cursor TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (source, run)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE source_status (
    source TEXT PRIMARY KEY,
    last_tried_at TEXT NOT NULL,
    last_succeeded_at TEXT,
    error_kind TEXT,
    error_message TEXT
  ) STRICT, WITHOUT ROWID;

  -- By keyed hash of the URL, which may carry a token or an account.
  CREATE TABLE conditionals (
    url_hash BLOB PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    token TEXT NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    start TEXT NOT NULL,
    since TEXT NOT NULL,
    -- Grows while the holder lives; watched by others with their own clocks, so that no two need agree on the time.
    beat INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Posts that a place says are gone. The text of a revision was removed, or moved to its sealed box for a case.
  ALTER TABLE posts ADD COLUMN withdrawn_at TEXT;
  ALTER TABLE posts ADD COLUMN withdrawn_to TEXT CHECK (withdrawn_to IN ('removed', 'sealed'));
  -- By keyed hash of the post's id, so that what was still on the queue does not land afterwards.
  CREATE TABLE withdrawn (
    id_hash BLOB PRIMARY KEY,
    -- When the place said so, by its clock, and when Ronda heard of it, by its own; ms.
    at INTEGER NOT NULL,
    told INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX withdrawn_told ON withdrawn (told);

  CREATE TABLE rechecks (
    item INTEGER PRIMARY KEY REFERENCES items (number) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    changed_at TEXT
  ) STRICT;

  CREATE TABLE source_gaps (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- The end stands in where the begin is not known.
    begins TEXT NOT NULL,
    begin_known INTEGER NOT NULL,
    ends TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (source, kind, begins)
  ) STRICT, WITHOUT ROWID;

  -- By hour of collecting (hours since the epoch), some weeks.
  CREATE TABLE source_hours (
    source TEXT NOT NULL,
    hour INTEGER NOT NULL,
    posts INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    watched INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, hour)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE source_faults (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    n INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (source, kind)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE source_facts (
    source TEXT PRIMARY KEY,
    newest_at TEXT,
    paused_at TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  deskMigration,
  numbersMigration,
  keepingMigration,
  evidenceMigration,
  narrativeMigration,
  trendMigration,
  operationsMigration,
  watchMigration,
  narrativeKeepingMigration,
  alertMigration,
  queueMigration,
  copiesMigration,
  headsMigration,
  narrativePartsMigration,
  trendSumsMigration,
  headPlacesMigration,
];

/** What `PRAGMA user_version` says of a file that is up to date. */
export const schemaVersion = migrations.length;
