/**
 * The triage desk's part of the schema: order and stage of items, claims, notes, the audit chain, users and what belongs
 * to them, and the text index. Times are milliseconds since the epoch.
 */
export const deskMigration = `
  -- priority: triage/priority.ts, computed on landing and again when the narrative's speed (0..1) changes.
  ALTER TABLE items ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE items ADD COLUMN speed REAL NOT NULL DEFAULT 0;
  ALTER TABLE items ADD COLUMN stage TEXT NOT NULL DEFAULT 'new';
  -- The unit that it was handed to; without one its region says whose it is.
  ALTER TABLE items ADD COLUMN unit TEXT;
  UPDATE items SET priority = level * 1000000000 + max(0, landed_at - 1577836800000) / 60000 + CAST(1440 * score AS INTEGER);

  -- number stands in them so that equal priorities are in order; the rest lets filters be met without the row.
  CREATE INDEX items_queue ON items (state, priority, number, flags, language, source, region, unit);
  CREATE INDEX items_queue_region ON items (region, state, priority, number, flags, language, source) WHERE unit IS NULL;
  CREATE INDEX items_queue_unit ON items (unit, state, priority, number) WHERE unit IS NOT NULL;
  CREATE INDEX items_queue_source ON items (source, state, priority, number, flags, language, region, unit);
  CREATE INDEX items_queue_stage ON items (stage, priority, number) WHERE stage IN ('second-opinion', 'proposed', 'approved');

  ALTER TABLE review_events ADD COLUMN stage TEXT NOT NULL DEFAULT 'new';
  CREATE INDEX review_events_at ON review_events (at);
  DROP TRIGGER review_events_state;
  CREATE TRIGGER review_events_state AFTER INSERT ON review_events
    BEGIN
      UPDATE items SET state = NEW.state, stage = NEW.stage
        WHERE number = NEW.item AND (state <> NEW.state OR stage <> NEW.stage);
      UPDATE items SET unit = NEW.details ->> 'unit' WHERE number = NEW.item AND NEW.kind = 'handed-over';
    END;

  -- What people wrote with an event; apart from it, because it goes when the item goes.
  CREATE TABLE review_notes (
    event INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES items (number) ON DELETE CASCADE,
    note TEXT NOT NULL
  ) STRICT;
  CREATE INDEX review_notes_item ON review_notes (item);

  -- Who works on what until when; a lease, not an event.
  CREATE TABLE item_claims (
    item INTEGER PRIMARY KEY REFERENCES items (number) ON DELETE CASCADE,
    user INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX item_claims_user ON item_claims (user);

  -- Answers already given, so that a request sent again changes nothing.
  CREATE TABLE answers (
    key TEXT PRIMARY KEY,
    user INTEGER NOT NULL,
    request BLOB NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX answers_at ON answers (at);

  -- Decided items that a second person reviews without seeing the first's verdict.
  CREATE TABLE blind_reviews (
    item INTEGER PRIMARY KEY REFERENCES items (number) ON DELETE CASCADE,
    first_by TEXT NOT NULL,
    first_event INTEGER NOT NULL,
    second_event INTEGER,
    agrees INTEGER,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX blind_reviews_waiting ON blind_reviews (at) WHERE second_event IS NULL;

  CREATE TABLE audit_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;
  CREATE INDEX audit_events_kind ON audit_events (kind, seq);
  CREATE INDEX audit_events_subject ON audit_events (subject, seq);
  CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
    BEGIN SELECT raise(ABORT, 'audit events are append-only'); END;
  CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
    BEGIN SELECT raise(ABORT, 'audit events are append-only'); END;
  -- REPLACE deletes without asking the trigger above.
  CREATE TRIGGER audit_events_no_replace BEFORE INSERT ON audit_events
    WHEN EXISTS (SELECT 1 FROM audit_events WHERE seq >= NEW.seq)
    BEGIN SELECT raise(ABORT, 'audit events are append-only'); END;

  CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    display TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('officer', 'supervisor', 'humas', 'auditor', 'admin')),
    unit TEXT NOT NULL,
    -- 'scrypt$N$r$p$salt$key' in base64; NULL until a one-time link was used.
    password TEXT,
    -- Sealed; totp_step is the last time step whose code was used.
    totp BLOB,
    totp_step INTEGER,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
  ) STRICT;

  -- Tokens are kept as hashes only.
  CREATE TABLE user_links (
    token_hash BLOB PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (id),
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_user ON sessions (user);
  CREATE TABLE api_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB NOT NULL UNIQUE,
    user INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT;
  -- Failed logins by keyed hash of account or address.
  CREATE TABLE login_failures (
    key BLOB PRIMARY KEY,
    since INTEGER NOT NULL,
    failures INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Trigrams of the texts of posts up to indexed_to (search.ts); with secure-delete, what is deleted leaves the file.
  CREATE VIRTUAL TABLE post_texts USING fts5 (
    text, content='posts', content_rowid='id', tokenize='trigram', detail=none, columnsize=0
  );
  INSERT INTO post_texts (post_texts, rank) VALUES ('secure-delete', 1);
  CREATE TABLE search_state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    indexed_to INTEGER NOT NULL
  ) STRICT;
  INSERT INTO search_state VALUES (1, 0);
  CREATE TRIGGER posts_text_deleted BEFORE DELETE ON posts
    WHEN OLD.id <= (SELECT indexed_to FROM search_state)
    BEGIN INSERT INTO post_texts (post_texts, rowid, text) VALUES ('delete', OLD.id, OLD.text); END;
  -- An id may be given again after the last row went.
  CREATE TRIGGER posts_last_deleted AFTER DELETE ON posts
    BEGIN
      UPDATE search_state SET indexed_to = (SELECT coalesce(max(id), 0) FROM posts)
        WHERE indexed_to > (SELECT coalesce(max(id), 0) FROM posts);
    END;
  CREATE TRIGGER posts_text_changed AFTER UPDATE OF text ON posts
    WHEN OLD.id <= (SELECT indexed_to FROM search_state)
    BEGIN
      INSERT INTO post_texts (post_texts, rowid, text) VALUES ('delete', OLD.id, OLD.text);
      INSERT INTO post_texts (rowid, text) VALUES (NEW.id, NEW.text);
    END;
`;
