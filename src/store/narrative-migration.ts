/**
 * The schema of narratives: fingerprints for a window, as keyed hashes, and what is shown of stories. Hours are hours
 * since the epoch; rows of fingerprints are those of narrative/print.ts, one after another.
 */
export const narrativeMigration = `
  -- Posts of hours that are still open, as they landed.
  CREATE TABLE print_log (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    hour INTEGER NOT NULL,
    rows BLOB NOT NULL
  ) STRICT;
  -- Posts of closed hours with the wording that each belongs to; a further part holds what came late.
  CREATE TABLE print_hours (
    hour INTEGER NOT NULL,
    part INTEGER NOT NULL,
    rows BLOB NOT NULL,
    PRIMARY KEY (hour, part)
  ) STRICT;
  -- Wordings that a story has beside the one that it is named for, by hex.
  CREATE TABLE narrative_wordings (
    wording TEXT PRIMARY KEY,
    story TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE narrative_sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  -- What is known of stories of two posts and more, JSON; 'open' says it with the posts of open hours.
  CREATE TABLE narratives (
    id TEXT PRIMARY KEY,
    last_hour INTEGER NOT NULL,
    posts INTEGER NOT NULL,
    facts TEXT,
    open TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX narratives_last ON narratives (last_hour, posts);
  CREATE INDEX narratives_open ON narratives (id) WHERE open IS NOT NULL;
  -- Items with their story and signature, as long as the item is there.
  CREATE TABLE narrative_items (
    item INTEGER PRIMARY KEY REFERENCES items (number) ON DELETE CASCADE,
    story TEXT NOT NULL,
    wording TEXT NOT NULL,
    at INTEGER NOT NULL,
    signature BLOB NOT NULL
  ) STRICT;
  CREATE INDEX narrative_items_story ON narrative_items (story, at);
  -- What people did, append-only, JSON of core/narrative.ts.
  CREATE TABLE narrative_edits (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    edit TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER narrative_edits_no_update BEFORE UPDATE ON narrative_edits
    BEGIN SELECT raise(ABORT, 'edits of narratives are append-only'); END;
  CREATE TRIGGER narrative_edits_no_delete BEFORE DELETE ON narrative_edits
    BEGIN SELECT raise(ABORT, 'edits of narratives are append-only'); END;
`;

/**
 * What forgetting, editing and standing for a story need: words and texts in tables of their own, so that they can be taken
 * out where they stand, notes of what is gone, and since when hashes are kept. Facts are of another form from here on.
 */
export const narrativeKeepingMigration = `
  DROP TABLE print_hours;
  -- at: when it was closed, ms: hashes go so long after it.
  CREATE TABLE print_hours (
    id INTEGER PRIMARY KEY,
    hour INTEGER NOT NULL,
    part INTEGER NOT NULL,
    at INTEGER NOT NULL,
    rows BLOB NOT NULL,
    UNIQUE (hour, part)
  ) STRICT;
  DROP TABLE narratives;
  -- at: when it was last written, ms; hashed: 1 while it holds hashes of authors.
  CREATE TABLE narratives (
    id TEXT PRIMARY KEY,
    last_hour INTEGER NOT NULL,
    posts INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    at INTEGER NOT NULL,
    hashed INTEGER NOT NULL DEFAULT 1,
    facts TEXT,
    open TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX narratives_last ON narratives (last_hour, posts);
  CREATE INDEX narratives_open ON narratives (id) WHERE open IS NOT NULL;
  CREATE INDEX narratives_hashed ON narratives (at) WHERE hashed = 1;
  DELETE FROM print_log;
  DELETE FROM narrative_wordings;
  DROP TABLE narrative_items;
  -- terms: keyed hashes, as in its row.
  CREATE TABLE narrative_items (
    item INTEGER PRIMARY KEY REFERENCES items (number) ON DELETE CASCADE,
    story TEXT NOT NULL,
    wording TEXT NOT NULL,
    at INTEGER NOT NULL,
    signature BLOB NOT NULL,
    terms BLOB NOT NULL
  ) STRICT;
  CREATE INDEX narrative_items_story ON narrative_items (story, at);
  -- What may be told of a story's terms; shared: by enough authors, else it stays while a flagged post stands for it.
  CREATE TABLE narrative_words (
    story TEXT NOT NULL,
    key INTEGER NOT NULL,
    text TEXT NOT NULL,
    shared INTEGER NOT NULL,
    PRIMARY KEY (story, key)
  ) STRICT, WITHOUT ROWID;
  -- One text that stands for a story, masked; id and link: hashes of its post's; kept: since when, ms.
  CREATE TABLE narrative_exemplars (
    story TEXT PRIMARY KEY,
    id INTEGER NOT NULL,
    link BLOB,
    at INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    open INTEGER NOT NULL,
    text TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX narrative_exemplars_id ON narrative_exemplars (id);
  -- Posts that are to be taken out of the above (store/forgetting.ts); had: an item's terms; terms: what was taken
  -- out, once it was.
  CREATE TABLE narrative_gone (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    item INTEGER,
    story TEXT,
    hour INTEGER,
    had BLOB,
    ids BLOB,
    links BLOB,
    waits INTEGER NOT NULL DEFAULT 0,
    terms BLOB
  ) STRICT;
  CREATE INDEX narrative_gone_to_do ON narrative_gone (waits) WHERE terms IS NULL;
  -- Whatever removes an item, its story hears of it.
  CREATE TRIGGER items_gone BEFORE DELETE ON items BEGIN
    INSERT INTO narrative_gone (at, item, story, hour, had)
      SELECT unixepoch() * 1000, OLD.number, n.story, n.at / 3600, n.terms
      FROM (SELECT 1) LEFT JOIN narrative_items n ON n.item = OLD.number;
  END;
  -- What humas published in answer.
  CREATE TABLE narrative_clarifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    narrative TEXT NOT NULL,
    at TEXT NOT NULL,
    channel TEXT NOT NULL,
    url TEXT NOT NULL,
    note TEXT NOT NULL,
    by TEXT NOT NULL,
    noted_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX narrative_clarifications_of ON narrative_clarifications (narrative, at);
`;

/**
 * Facts of stories are kept some time after the posts that they hold: which part of an hour was closed last, and up to which
 * each story was counted.
 */
export const narrativePartsMigration = `
  CREATE TABLE grouping (part INTEGER NOT NULL) STRICT;
  INSERT INTO grouping SELECT coalesce(max(id), 0) FROM print_hours;
  ALTER TABLE narratives ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
  UPDATE narratives SET counted = (SELECT max(1, part) FROM grouping) WHERE facts IS NOT NULL;
  CREATE INDEX narratives_counted ON narratives (last_hour, counted, id);
`;
