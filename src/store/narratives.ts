import type { GroupingResult, NarrativeStore, SavedStory } from '../core/narrative-ports.js';
import { PRINT_BYTES } from '../core/print.js';
import type { Excerpts } from './excerpts.js';
import { type Forgetting, goneReader } from './forgetting.js';
import type { Fence } from './lease.js';
import type { PrintKey } from './print-key.js';
import { logged, type PrintLog } from './print-log.js';
import type { Db } from './sqlite.js';

interface Parts {
  readonly log: Pick<PrintLog, 'after'>;
  readonly key: Pick<PrintKey, 'text' | 'forget'>;
  readonly excerpts: Pick<Excerpts, 'get' | 'forget'>;
  readonly forgetting: Pick<Forgetting, 'run'>;
  /** Refuses a lander whose lease another has taken: only who lands groups. */
  readonly fence: Pick<Fence, 'check'>;
}

/** Stories and the fingerprints of closed hours; callers map errors. */
export function createNarrativeStore(db: Db, { log, key, excerpts, forgetting, fence }: Parts): NarrativeStore {
  // A piece at a time, each read to its end: others write between them.
  const closed = db.prepare<[number, number], { hour: number; part: number; rows: Buffer }>(
    'SELECT hour, part, rows FROM print_hours WHERE (hour, part) > (?, ?) ORDER BY hour, part LIMIT 1',
  );
  const sizes = db.prepare<[number], { hour: number; count: number }>(
    `SELECT hour, sum(length(rows)) / ${PRINT_BYTES} AS count FROM print_hours WHERE hour >= ?
     GROUP BY hour ORDER BY hour DESC`,
  );
  const newest = db.prepare<[], number | null>('SELECT max(hour) FROM print_hours').pluck();
  const findWording = db
    .prepare<[string], string>('SELECT story FROM narrative_wordings WHERE wording = ?')
    .pluck();
  const selectFacts = db.prepare<[number], { id: string; json: string }>(
    'SELECT id, facts AS json FROM narratives WHERE last_hour >= ? AND facts IS NOT NULL',
  );
  const items = db
    .prepare<[string], number>(
      `SELECT n.item FROM narrative_items n JOIN items i ON i.number = n.item
       WHERE n.story = ? AND i.state = 'open' ORDER BY n.item DESC LIMIT 1000`,
    )
    .pluck();
  const exemplars = db.prepare<[], string>('SELECT story FROM narrative_exemplars WHERE open = 0').pluck();
  const gone = goneReader(db);
  const oldPosts = db
    .prepare<[number], number | null>(
      `SELECT sum(length(rows)) / ${PRINT_BYTES} FROM print_hours WHERE hour < ?`,
    )
    .pluck();
  const dropHours = db.prepare('DELETE FROM print_hours WHERE hour < ?');
  const purge = db.transaction((hour: number): number => {
    fence.check();
    const posts = oldPosts.get(hour) ?? 0;
    if (posts > 0) dropHours.run(hour);
    return posts;
  });
  const write = groupingWriter(db);
  const save = db.transaction((result: GroupingResult): boolean => {
    fence.check();
    if (gone.last() > result.goneTo) return false;
    write(result);
    return true;
  });
  const forget = db.transaction(() => {
    fence.check();
    forgetting.run(true);
  });

  return {
    printsAfter: log.after,
    *closedPrints(hour) {
      let last = { hour, part: -1 };
      for (let row = closed.get(hour, -1); row !== undefined; row = closed.get(last.hour, last.part)) {
        last = row;
        yield logged(row.part, row.hour, row.rows);
      }
    },
    closedSizes: (hour) => sizes.all(hour),
    newestClosed: () => newest.get() ?? undefined,
    storyOf: (wording) => findWording.get(wording),
    facts: (hour) => selectFacts.all(hour),
    saveGrouping: (result) => save.immediate(result),
    exemplars: () => exemplars.all(),
    excerpt: (row) => excerpts.get(row),
    forgetGone: () => forget.immediate(),
    goneAfter: gone.after,
    lastGone: gone.last,
    forgetTerms: key.forget,
    termText: key.text,
    itemsOf: (stories) => stories.flatMap((story) => items.all(story)),
    purgePrints: (hour) => purge.immediate(hour),
  };
}

/** Writes what grouping found, within the caller's transaction. */
function groupingWriter(db: Db): (result: GroupingResult) => void {
  const parts = db
    .prepare<[number], number>('SELECT coalesce(max(part) + 1, 0) FROM print_hours WHERE hour = ?')
    .pluck();
  const insertHour = db.prepare('INSERT INTO print_hours (hour, part, at, rows) VALUES (?, ?, ?, ?)');
  const clearLog = db.prepare('DELETE FROM print_log WHERE hour = ? AND n <= ?');
  const putWording = db.prepare(
    'INSERT INTO narrative_wordings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET story = excluded.story, at = excluded.at',
  );
  const moves = [
    'UPDATE narrative_wordings SET story = ? WHERE story = ?',
    'UPDATE narrative_items SET story = ? WHERE story = ?',
    'UPDATE OR IGNORE narrative_words SET story = ? WHERE story = ?',
    'UPDATE OR IGNORE narrative_exemplars SET story = ? WHERE story = ?',
  ].map((sql) => db.prepare(sql));
  const drops = [
    'DELETE FROM narratives WHERE id = ?',
    'DELETE FROM narrative_words WHERE story = ?',
    'DELETE FROM narrative_exemplars WHERE story = ?',
  ].map((sql) => db.prepare(sql));
  const clearOpen = db.prepare('UPDATE narratives SET open = NULL WHERE open IS NOT NULL');
  const clearOpenHeads = db.prepare('UPDATE narrative_heads SET open = NULL WHERE open IS NOT NULL');
  const clearExemplars = db.prepare('DELETE FROM narrative_exemplars WHERE open = 1');
  const dropEmpty = db
    .prepare<[], string>('DELETE FROM narratives WHERE facts IS NULL AND open IS NULL RETURNING id')
    .pluck();
  const upsert = (column: 'facts' | 'open') =>
    db.prepare(
      `INSERT INTO narratives (id, last_hour, posts, flagged, at, ${column}) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET last_hour = excluded.last_hour, posts = excluded.posts, flagged = excluded.flagged,
         at = excluded.at, hashed = 1, ${column} = excluded.${column}`,
    );
  const upsertHead = (column: 'facts' | 'open') =>
    db.prepare(
      `INSERT INTO narrative_heads (story, ${column}) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET ${column} = excluded.${column}`,
    );
  const putFacts = { story: upsert('facts'), head: upsertHead('facts') };
  const putOpen = { story: upsert('open'), head: upsertHead('open') };
  const putWord = db.prepare(
    `INSERT INTO narrative_words (story, key, text, shared) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET text = excluded.text, shared = max(shared, excluded.shared)`,
  );
  // An item that was erased or withdrawn meanwhile has no story.
  const putItem = db.prepare(
    `INSERT INTO narrative_items (item, story, wording, at, signature, terms)
     SELECT number, ?, ?, ?, ?, ? FROM items WHERE number = ?
     ON CONFLICT DO UPDATE SET story = excluded.story, wording = excluded.wording`,
  );
  const putExemplar = db.prepare(
    `INSERT INTO narrative_exemplars (story, id, link, at, kept, open, text) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const putStory = (put: typeof putFacts, story: SavedStory, at: number): void => {
    const { id, lastHour, posts, flagged, json, head, words } = story;
    put.story.run(id, lastHour, posts, flagged, at, json);
    put.head.run(id, head);
    for (const { key, text, shared } of words) putWord.run(id, key, text, shared ? 1 : 0);
  };

  return (result) => {
    for (const { hour, prints } of result.closed) {
      const { words, count } = prints;
      const rows = Buffer.from(words.buffer, words.byteOffset, count * PRINT_BYTES);
      insertHour.run(hour, parts.get(hour)!, result.at, rows);
      clearLog.run(hour, result.upTo);
    }
    for (const { wording, story, hour } of result.wordings) putWording.run(wording, story, hour);
    for (const { from, into } of result.joined) {
      for (const move of moves) move.run(into, from);
      for (const drop of drops) drop.run(from);
    }
    for (const { item, story, wording, at, signature, terms } of result.items) {
      putItem.run(story, wording, at, signature, terms, item);
    }
    clearOpen.run();
    clearOpenHeads.run();
    clearExemplars.run();
    for (const story of result.facts) putStory(putFacts, story, result.at);
    for (const story of result.open) putStory(putOpen, story, result.at);
    for (const { story, id, link, at, text, open } of result.exemplars) {
      putExemplar.run(story, id, link ?? null, at, result.at, open ? 1 : 0, text);
    }
    for (const id of dropEmpty.all()) for (const drop of drops) drop.run(id);
  };
}
