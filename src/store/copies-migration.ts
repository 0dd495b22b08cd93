/**
 * Posts of one text beyond the most that become items of their own (store/copies.ts): how many a source had of a wording on
 * a day, and what was only counted of it. A wording is a keyed hash; times are milliseconds since the epoch.
 */
export const copiesMigration = `
  -- Of the text as it was read, with what was found in it; NULL in posts from before, and of older scorers.
  ALTER TABLE posts ADD COLUMN wording BLOB;
  -- Days begin at midnight in Jakarta; lead: the item that landed last of it.
  CREATE TABLE wording_days (
    day INTEGER NOT NULL,
    wording BLOB NOT NULL,
    source TEXT NOT NULL,
    kept INTEGER NOT NULL,
    lead INTEGER NOT NULL,
    PRIMARY KEY (day, wording, source)
  ) STRICT, WITHOUT ROWID;
  -- first_at, last_at: of the posts' own times; at: when the last landed.
  CREATE TABLE copies (
    wording BLOB NOT NULL,
    source TEXT NOT NULL,
    n INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    at INTEGER NOT NULL,
    lead INTEGER NOT NULL,
    PRIMARY KEY (wording, source)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX copies_at ON copies (at);
  ALTER TABLE run_counts ADD COLUMN copies INTEGER NOT NULL DEFAULT 0;
`;
