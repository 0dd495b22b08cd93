import type { NarrativeEdit } from '../core/narrative.js';
import type { NarrativeStore } from '../core/narrative-ports.js';
import { PRINT_BYTES } from '../core/print.js';
import type { PrintKey } from './print-key.js';
import { logged, type PrintLog } from './print-log.js';
import type { Db } from './sqlite.js';

/** Stories and the fingerprints of closed hours; callers map errors. */
export function createNarrativeStore(
  db: Db,
  log: Pick<PrintLog, 'after'>,
  key: Pick<PrintKey, 'text'>,
): NarrativeStore {
  const closed = db.prepare<[number], { hour: number; part: number; rows: Buffer }>(
    'SELECT hour, part, rows FROM print_hours WHERE hour >= ? ORDER BY hour, part',
  );
  const sizes = db.prepare<[number], { hour: number; count: number }>(
    `SELECT hour, sum(length(rows)) / ${PRINT_BYTES} AS count FROM print_hours WHERE hour >= ?
     GROUP BY hour ORDER BY hour DESC`,
  );
  const newest = db.prepare<[], number | null>('SELECT max(hour) FROM print_hours').pluck();
  const parts = db.prepare<[number], number>('SELECT count(*) FROM print_hours WHERE hour = ?').pluck();
  const insertHour = db.prepare('INSERT INTO print_hours (hour, part, rows) VALUES (?, ?, ?)');
  const clearLog = db.prepare('DELETE FROM print_log WHERE hour = ? AND n <= ?');
  const findWording = db
    .prepare<[string], string>('SELECT story FROM narrative_wordings WHERE wording = ?')
    .pluck();
  const putWording = db.prepare(
    'INSERT INTO narrative_wordings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET story = excluded.story, at = excluded.at',
  );
  const moveWordings = db.prepare('UPDATE narrative_wordings SET story = ? WHERE story = ?');
  const moveItems = db.prepare('UPDATE narrative_items SET story = ? WHERE story = ?');
  const dropStory = db.prepare('DELETE FROM narratives WHERE id = ?');
  const clearOpen = db.prepare('UPDATE narratives SET open = NULL WHERE open IS NOT NULL');
  const dropEmpty = db.prepare('DELETE FROM narratives WHERE facts IS NULL AND open IS NULL');
  const putFacts = db.prepare(
    `INSERT INTO narratives (id, last_hour, posts, facts) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_hour = excluded.last_hour, posts = excluded.posts, facts = excluded.facts`,
  );
  const putOpen = db.prepare(
    `INSERT INTO narratives (id, last_hour, posts, open) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_hour = excluded.last_hour, posts = excluded.posts, open = excluded.open`,
  );
  const selectFacts = db.prepare<[number], { id: string; json: string }>(
    'SELECT id, facts AS json FROM narratives WHERE last_hour >= ? AND facts IS NOT NULL',
  );
  // An item that was erased meanwhile has no story.
  const putItem = db.prepare(
    `INSERT INTO narrative_items (item, story, wording, at, signature)
     SELECT number, ?, ?, ?, ? FROM items WHERE number = ?
     ON CONFLICT DO UPDATE SET story = excluded.story, wording = excluded.wording`,
  );
  const items = db
    .prepare<[string], number>(
      'SELECT item FROM narrative_items WHERE story = ? ORDER BY item DESC LIMIT 1000',
    )
    .pluck();
  const edits = db.prepare<[], string>('SELECT edit FROM narrative_edits ORDER BY seq').pluck();
  const addEdit = db.prepare('INSERT INTO narrative_edits (at, actor, edit) VALUES (?, ?, ?)');
  const oldPosts = db
    .prepare<[number], number | null>(
      `SELECT sum(length(rows)) / ${PRINT_BYTES} FROM print_hours WHERE hour < ?`,
    )
    .pluck();
  const dropHours = db.prepare('DELETE FROM print_hours WHERE hour < ?');
  const dropWordings = db.prepare('DELETE FROM narrative_wordings WHERE at < ?');
  const purge = db.transaction((hour: number): number => {
    const posts = oldPosts.get(hour) ?? 0;
    if (posts === 0) return 0;
    dropHours.run(hour);
    dropWordings.run(hour);
    return posts;
  });

  const save = db.transaction((result: Parameters<NarrativeStore['saveGrouping']>[0]) => {
    for (const { hour, prints } of result.closed) {
      const { words, count } = prints;
      const rows = Buffer.from(words.buffer, words.byteOffset, count * PRINT_BYTES);
      insertHour.run(hour, parts.get(hour)!, rows);
      clearLog.run(hour, result.upTo);
    }
    for (const { wording, story, hour } of result.wordings) putWording.run(wording, story, hour);
    for (const { from, into } of result.joined) {
      moveWordings.run(into, from);
      moveItems.run(into, from);
      dropStory.run(from);
    }
    for (const { item, story, wording, at, signature } of result.items) {
      putItem.run(story, wording, at, signature, item);
    }
    clearOpen.run();
    for (const { id, lastHour, posts, json } of result.facts) putFacts.run(id, lastHour, posts, json);
    for (const { id, lastHour, posts, json } of result.open) putOpen.run(id, lastHour, posts, json);
    dropEmpty.run();
  });

  return {
    printsAfter: log.after,
    *closedPrints(hour) {
      for (const { hour: of, part, rows } of closed.iterate(hour)) yield logged(part, of, rows);
    },
    closedSizes: (hour) => sizes.all(hour),
    newestClosed: () => newest.get() ?? undefined,
    storyOf: (wording) => findWording.get(wording),
    facts: (hour) => selectFacts.all(hour),
    saveGrouping: (result) => save.immediate(result),
    termText: key.text,
    narrativeEdits: () => edits.all().map((edit) => JSON.parse(edit) as NarrativeEdit),
    addNarrativeEdit(edit, actor, now) {
      addEdit.run(new Date(now).toISOString(), actor, JSON.stringify(edit));
    },
    itemsOf: (stories) => stories.flatMap((story) => items.all(story)),
    purgePrints: (hour) => purge.immediate(hour),
  };
}
