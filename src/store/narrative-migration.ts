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
