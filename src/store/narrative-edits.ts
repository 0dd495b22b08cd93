import type { Clarification, NarrativeEdit } from '../core/narrative.js';
import type { NarrativeEditStore } from '../core/narrative-ports.js';
import type { Db } from './sqlite.js';

/** What people did to narratives; callers map errors. */
export function createNarrativeEdits(db: Db): NarrativeEditStore {
  const edits = db.prepare<[], string>('SELECT edit FROM narrative_edits ORDER BY seq').pluck();
  const addEdit = db.prepare('INSERT INTO narrative_edits (at, actor, edit) VALUES (?, ?, ?)');
  const insert = db.prepare(
    'INSERT INTO narrative_clarifications (narrative, at, channel, url, note, by, noted_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const remove = db.prepare('DELETE FROM narrative_clarifications WHERE id = ?');
  const of = db
    .prepare<[number], string>('SELECT narrative FROM narrative_clarifications WHERE id = ?')
    .pluck();
  const wording = db.prepare<[number], string>('SELECT wording FROM narrative_items WHERE item = ?').pluck();
  return {
    wordingOf: (item) => wording.get(item),
    narrativeEdits: () => edits.all().map((edit) => JSON.parse(edit) as NarrativeEdit),
    addNarrativeEdit(edit, actor, now) {
      addEdit.run(new Date(now).toISOString(), actor, JSON.stringify(edit));
    },
    addClarification({ at, channel, url, note, by }, narrative, now) {
      const notedAt = new Date(now).toISOString();
      const done = insert.run(narrative, at, channel, url, note, by, notedAt);
      return { id: Number(done.lastInsertRowid), at, channel, url, note, by, notedAt };
    },
    removeClarification: (id) => remove.run(id).changes > 0,
    clarified: (id) => of.get(id),
  };
}

/** Reads what was noted on any of these narratives. */
export function clarificationReader(db: Db): (narratives: readonly string[]) => readonly Clarification[] {
  const list = db.prepare<[string], Clarification>(
    `SELECT id, at, channel, url, note, by, noted_at AS notedAt FROM narrative_clarifications
     WHERE narrative IN (SELECT value FROM json_each(?)) ORDER BY at, id`,
  );
  return (narratives) => list.all(JSON.stringify(narratives));
}
