import type { ClosedPart, Exemplar, SavedStory, StoryItem } from '../core/narrative-ports.js';
import { PRINT_BYTES } from '../core/print.js';
import type { Db } from './sqlite.js';
import { flaggedWords } from './story-words.js';

/** Writes what grouping found, within the caller's transaction; `at` is when, ms. */
export interface GroupingWriter {
  closePart(part: ClosedPart): void;
  saveFacts(facts: readonly SavedStory[], at: number): void;
  showOpen(stories: readonly SavedStory[], items: readonly StoryItem[], at: number): void;
  endOpen(stories: readonly string[], exemplars: readonly Exemplar[], at: number): void;
}

export function groupingWriter(db: Db): GroupingWriter {
  const lastPart = db.prepare<[], number>('SELECT part FROM grouping').pluck();
  const putLastPart = db.prepare('UPDATE grouping SET part = ?');
  const nextOfHour = db
    .prepare<[number], number>('SELECT coalesce(max(part) + 1, 0) FROM print_hours WHERE hour = ?')
    .pluck();
  const insertPart = db.prepare('INSERT INTO print_hours (id, hour, part, at, rows) VALUES (?, ?, ?, ?, ?)');
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
  const clearOpen = db.prepare('UPDATE narratives SET open = NULL WHERE id = ?');
  const clearOpenHead = db.prepare('UPDATE narrative_heads SET open = NULL WHERE story = ?');
  const clearExemplars = db.prepare('DELETE FROM narrative_exemplars WHERE open = 1');
  const isEmpty = db
    .prepare<[string], number>('SELECT 1 FROM narratives WHERE id = ? AND facts IS NULL AND open IS NULL')
    .pluck();
  const putFacts = db.prepare(
    `INSERT INTO narratives (id, last_hour, posts, flagged, at, facts, counted) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_hour = excluded.last_hour, posts = excluded.posts, flagged = excluded.flagged,
       at = excluded.at, hashed = 1, facts = excluded.facts, counted = excluded.counted`,
  );
  const putOpen = db.prepare(
    `INSERT INTO narratives (id, last_hour, posts, flagged, at, open) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_hour = excluded.last_hour, posts = excluded.posts, flagged = excluded.flagged,
       at = excluded.at, hashed = 1, open = excluded.open`,
  );
  const putHead = db.prepare(
    `INSERT INTO narrative_heads (story, facts) VALUES (?, ?) ON CONFLICT DO UPDATE SET facts = excluded.facts`,
  );
  const putOpenHead = db.prepare(
    `INSERT INTO narrative_heads (story, open) VALUES (?, ?) ON CONFLICT DO UPDATE SET open = excluded.open`,
  );
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
     ON CONFLICT (story) DO UPDATE SET id = excluded.id, link = excluded.link, at = excluded.at, kept = excluded.kept,
       open = excluded.open, text = excluded.text WHERE open = 1`,
  );
  const storyOf = db.prepare<[number], string>('SELECT story FROM narrative_items WHERE item = ?').pluck();
  const flagged = flaggedWords(db);
  const putItems = (items: readonly StoryItem[]): void => {
    const left = new Set<string>();
    for (const { item, story, wording, at, signature, terms } of items) {
      const before = storyOf.get(item);
      if (before !== undefined && before !== story) left.add(before);
      putItem.run(story, wording, at, signature, terms, item);
    }
    // An open hour may be grouped otherwise when it is closed: a word goes with the post that it is told by.
    for (const story of left) flagged.takeOut(story, flagged.standing(story));
  };
  const putWords = ({ id, words }: SavedStory): void => {
    for (const { key, text, shared } of words) putWord.run(id, key, text, shared ? 1 : 0);
  };
  const saveFacts = (facts: readonly SavedStory[], at: number): void => {
    const counted = lastPart.get() ?? 0;
    for (const story of facts) {
      putFacts.run(story.id, story.lastHour, story.posts, story.flagged, at, story.json, counted);
      putHead.run(story.id, story.head);
      putWords(story);
    }
  };
  const putExemplars = (exemplars: readonly Exemplar[], at: number): void => {
    for (const { story, id, link, at: said, text, open } of exemplars) {
      putExemplar.run(story, id, link ?? null, said, at, open ? 1 : 0, text);
    }
  };

  return {
    closePart({ hour, prints, upTo, wordings, joined, facts, items, exemplars, at }) {
      const { words, count } = prints;
      const part = (lastPart.get() ?? 0) + 1;
      if (count > 0) {
        const rows = Buffer.from(words.buffer, words.byteOffset, count * PRINT_BYTES);
        insertPart.run(part, hour, nextOfHour.get(hour)!, at, rows);
        putLastPart.run(part);
      }
      clearLog.run(hour, upTo);
      for (const { wording, story, hour: said } of wordings) putWording.run(wording, story, said);
      for (const { from, into } of joined) {
        for (const move of moves) move.run(into, from);
        for (const drop of drops) drop.run(from);
      }
      putItems(items);
      saveFacts(facts, at);
      putExemplars(exemplars, at);
    },
    saveFacts,
    showOpen(stories, items, at) {
      for (const story of stories) {
        putOpen.run(story.id, story.lastHour, story.posts, story.flagged, at, story.json);
        putOpenHead.run(story.id, story.head);
        putWords(story);
      }
      putItems(items);
    },
    endOpen(stories, exemplars, at) {
      for (const id of stories) {
        clearOpen.run(id);
        clearOpenHead.run(id);
        if (isEmpty.get(id) !== undefined) for (const drop of drops) drop.run(id);
      }
      clearExemplars.run();
      putExemplars(exemplars, at);
    },
  };
}
