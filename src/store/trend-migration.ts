/**
 * The schema of hourly counts. A kind is its place in TREND_KINDS (core/trends.ts), a key a keyed hash; a text stands
 * beside a key once enough authors share it. Fingerprints are of another form from here on: those from before go.
 */
export const trendMigration = `
  -- Posts to be counted, as they landed (core/trend-ports.ts).
  CREATE TABLE trend_log (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    rows BLOB NOT NULL
  ) STRICT;
  CREATE TABLE trend_totals (
    hour INTEGER PRIMARY KEY,
    posts INTEGER NOT NULL,
    flagged INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE trend_hours (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    rows BLOB NOT NULL,
    -- 1 where only the most frequent keys are left.
    thinned INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, hour)
  ) STRICT;
  CREATE INDEX trend_hours_thick ON trend_hours (hour) WHERE thinned = 0;
  CREATE TABLE trend_keys (
    kind INTEGER NOT NULL,
    key INTEGER NOT NULL,
    text TEXT NOT NULL,
    -- Day since the epoch on which it was counted last; 0 of codes, which stay.
    day INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX trend_keys_text ON trend_keys (kind, text);
  -- Hashes of keys and of the authors that share each, while they are too few.
  CREATE TABLE trend_sharing (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL,
    rows BLOB NOT NULL
  ) STRICT;

  DELETE FROM print_log;
  DELETE FROM print_hours;
  DELETE FROM narrative_items;
  DELETE FROM narrative_wordings;
  DELETE FROM narratives;
`;
