/** What the machinery leaves: versions of scorers, comparisons with a candidate, patience that a source asked for. */
export const operationsMigration = `
  -- What scorers of a host assess with, as their batches land; ms.
  CREATE TABLE scorer_versions (
    worker TEXT NOT NULL,
    versions TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    batches INTEGER NOT NULL,
    PRIMARY KEY (worker, versions)
  ) STRICT, WITHOUT ROWID;

  -- A candidate lexicon or model beside the live one: numbers by measure, nothing of a post.
  CREATE TABLE shadow_runs (
    candidate TEXT NOT NULL,
    live TEXT NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (candidate, live)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE shadow_counts (
    candidate TEXT NOT NULL,
    live TEXT NOT NULL,
    measure TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (candidate, live, measure)
  ) STRICT, WITHOUT ROWID;

  -- Until when a source asked to be left alone; ISO 8601 UTC.
  ALTER TABLE source_status ADD COLUMN not_before TEXT;
`;
