import type { EvidenceStore, Refetched } from '../core/evidence.js';
import type { LegalSignature, LegalSignatureStore } from '../core/legal.js';
import type { ItemWriter } from './items.js';
import type { Sealer } from './seal.js';
import type { Db } from './sqlite.js';

/** What is kept for evidence packets, and who answers for the legal reference. */
export const evidenceMigration = `
  -- What a place answered when a case was approved (review_events.seq), sealed: it may hold text, link and author.
  CREATE TABLE refetches (
    item INTEGER NOT NULL REFERENCES items (number) ON DELETE CASCADE,
    event INTEGER NOT NULL,
    at TEXT NOT NULL,
    box BLOB NOT NULL,
    PRIMARY KEY (item, event)
  ) STRICT;
  CREATE TRIGGER refetches_no_update BEFORE UPDATE ON refetches
    BEGIN SELECT raise(ABORT, 'what a place answered is not changed afterwards'); END;

  -- By the hash of the content that was read: a changed row of lexicons/legal is unsigned again.
  CREATE TABLE legal_signatures (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    row TEXT NOT NULL,
    hash TEXT NOT NULL,
    user INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER legal_signatures_no_update BEFORE UPDATE ON legal_signatures
    BEGIN SELECT raise(ABORT, 'signatures are append-only'); END;
  CREATE TRIGGER legal_signatures_no_delete BEFORE DELETE ON legal_signatures
    BEGIN SELECT raise(ABORT, 'signatures are append-only'); END;
  -- REPLACE deletes without asking the trigger above.
  CREATE TRIGGER legal_signatures_no_replace BEFORE INSERT ON legal_signatures
    WHEN EXISTS (SELECT 1 FROM legal_signatures WHERE seq = NEW.seq)
    BEGIN SELECT raise(ABORT, 'signatures are append-only'); END;
`;

/** Answers of places at escalation, the sealed facts of a case, and signatures of the legal reference. */
export function createEvidenceStore(
  db: Db,
  sealer: Pick<Sealer, 'seal' | 'open'>,
  items: Pick<ItemWriter, 'sealed'>,
): EvidenceStore & LegalSignatureStore {
  const find = db
    .prepare<[number, number], Buffer>('SELECT box FROM refetches WHERE item = ? AND event = ?')
    .pluck();
  const keep = db.prepare(
    'INSERT INTO refetches (item, event, at, box) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const list = db.prepare<[], LegalSignature>(
    'SELECT row, hash, user, reviewer, at FROM legal_signatures ORDER BY seq',
  );
  const insert = db.prepare(
    'INSERT INTO legal_signatures (row, hash, user, reviewer, at) VALUES (?, ?, ?, ?, ?)',
  );
  const contextOf = (item: number, event: number): string => `refetch ${item} ${event}`;
  return {
    caseFacts(item) {
      const facts = items.sealed(item);
      if (facts === undefined) return undefined;
      const { withdrawn, ...rest } = facts;
      return withdrawn === undefined ? rest : { ...rest, withdrawnText: withdrawn.text };
    },
    refetched(item, event) {
      const box = find.get(item, event);
      return box && (JSON.parse(sealer.open(box, contextOf(item, event))) as Refetched);
    },
    keepRefetched(item, event, answer) {
      keep.run(item, event, answer.at, sealer.seal(JSON.stringify(answer), contextOf(item, event)));
    },
    signatures: () => list.all(),
    sign({ row, hash, user, reviewer }, now) {
      const at = new Date(now).toISOString();
      insert.run(row, hash, user, reviewer, at);
      return { row, hash, user, reviewer, at };
    },
  };
}
