/**
 * What lists show of stories (narrative/head.ts), apart from all that is known of each: written with the facts that it
 * follows from, and in tables of small rows, so that a page of hundreds reads little. A story that is here without a head
 * is read by its facts.
 */
export const headsMigration = `
  CREATE TABLE narrative_heads (
    story TEXT PRIMARY KEY,
    facts TEXT,
    open TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX narrative_heads_open ON narrative_heads (story) WHERE open IS NOT NULL;
  CREATE TRIGGER narratives_gone AFTER DELETE ON narratives BEGIN
    DELETE FROM narrative_heads WHERE story = OLD.id;
  END;
`;

/** Heads say where stories are told: those from before do not, and are made anew (pipeline/fill-heads.ts). */
export const headPlacesMigration = 'DELETE FROM narrative_heads;';
