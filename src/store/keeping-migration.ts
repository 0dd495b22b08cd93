/**
 * What keeping and forgetting needs of the schema: since when an item stands where its retention counts, a keyed hash of
 * each post's link, what was erased on request, and which versions a run was assessed with.
 */
export const keepingMigration = `
  -- Items whose time runs (store/item-retention.ts); an open or escalated item has no row. since: ISO 8601 UTC.
  CREATE TABLE item_retention (
    item INTEGER PRIMARY KEY REFERENCES items (number) ON DELETE CASCADE,
    class TEXT NOT NULL CHECK (class IN ('dismissed', 'closed', 'not-flagged')),
    since TEXT NOT NULL
  ) STRICT;
  CREATE INDEX item_retention_due ON item_retention (class, since);
  INSERT INTO item_retention (item, class, since)
    SELECT i.number,
      CASE WHEN e.kind = 'released' OR e.details ->> '$.verdict.kind' IN ('violation', 'hoax')
        THEN 'closed' ELSE 'dismissed' END,
      e.at
    FROM items i JOIN review_events e ON e.seq = (
      SELECT max(seq) FROM review_events
      WHERE item = i.number AND (kind IN ('decided', 'released') OR kind = 'withdrawn' AND stage = 'withdrawn'))
    WHERE i.state = 'closed';
  -- What closes an item starts its time; notes, hand-overs and second looks do not start it anew.
  CREATE TRIGGER review_events_closing AFTER INSERT ON review_events
    WHEN NEW.state = 'closed' AND
      (NEW.kind IN ('decided', 'released') OR NEW.kind = 'withdrawn' AND NEW.stage = 'withdrawn')
    BEGIN
      INSERT INTO item_retention (item, class, since)
        SELECT number,
          CASE WHEN NEW.kind = 'released' OR NEW.details ->> '$.verdict.kind' IN ('violation', 'hoax')
            THEN 'closed' ELSE 'dismissed' END,
          NEW.at
        FROM items WHERE number = NEW.item
        ON CONFLICT (item) DO UPDATE SET class = excluded.class, since = excluded.since;
    END;
  -- What a person has in hand is kept.
  CREATE TRIGGER review_events_keeping AFTER INSERT ON review_events
    WHEN NEW.state <> 'closed' AND NEW.kind NOT IN ('rescored', 'withdrawn')
    BEGIN DELETE FROM item_retention WHERE item = NEW.item; END;
  -- A new revision is assessed for itself.
  CREATE TRIGGER items_shown_keeping AFTER UPDATE OF shown ON items
    BEGIN DELETE FROM item_retention WHERE item = NEW.number AND class = 'not-flagged'; END;

  -- Keyed hash of the canonical link (store/link-key.ts); empty where there is none, NULL in posts from before.
  ALTER TABLE posts ADD COLUMN link_hash BLOB;
  CREATE INDEX posts_link ON posts (link_hash);

  -- Posts erased on request, as keyed hashes of id or link: they do not land again, and go again after a restore.
  CREATE TABLE erased (
    hash BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('id', 'link')),
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX erased_at ON erased (at);

  -- What assessed a run's posts, as JSON; several where scorers differed.
  CREATE TABLE run_versions (
    run TEXT NOT NULL,
    versions TEXT NOT NULL,
    PRIMARY KEY (run, versions)
  ) STRICT, WITHOUT ROWID;
`;
