import { VEILED_REASONS } from '../core/desk-ports.js';
import type { NarrativeEdit } from '../core/narrative.js';
import type { KeptStory, StoryItem, StoryReader } from '../core/narrative-ports.js';
import { clarificationReader } from './narrative-edits.js';
import { logged } from './print-log.js';
import type { Db } from './sqlite.js';

interface ItemRow extends Omit<StoryItem, 'signature' | 'terms'> {
  readonly signature: Buffer;
  readonly terms: Buffer;
}

interface ListedRow {
  readonly id: string;
  readonly lastHour: number;
  readonly head: string | null;
}

/** Stories as they are read; fit for a read-only connection. */
export function createStoryReader(db: Db): StoryReader {
  const newest = db
    .prepare<[], number | null>(
      `SELECT max(hour) FROM (SELECT max(hour) AS hour FROM print_hours UNION ALL SELECT max(hour) FROM print_log
         UNION ALL SELECT max(last_hour) FROM narratives)`,
    )
    .pluck();
  const one = db.prepare<[string], KeptStory>(
    'SELECT id, last_hour AS lastHour, coalesce(open, facts) AS json FROM narratives WHERE id = ?',
  );
  const page = db.prepare<[number, number, number, string, number], ListedRow>(
    `SELECT n.id, n.last_hour AS lastHour, coalesce(h.open, h.facts) AS head
     FROM narratives n LEFT JOIN narrative_heads h ON h.story = n.id
     WHERE n.posts >= ? AND n.last_hour <= ? AND (n.last_hour < ? OR n.id > ?)
     ORDER BY n.last_hour DESC, n.id LIMIT ?`,
  );
  const head = db
    .prepare<[string], string | null>('SELECT coalesce(open, facts) FROM narrative_heads WHERE story = ?')
    .pluck();
  const name = db.prepare<[string], string>('SELECT story FROM narrative_wordings WHERE wording = ?').pluck();
  const columns = 'item, story, wording, at, signature, terms';
  const item = db.prepare<[number], ItemRow>(`SELECT ${columns} FROM narrative_items WHERE item = ?`);
  const items = db.prepare<[string, number], ItemRow>(
    `SELECT ${columns} FROM narrative_items WHERE story = ? ORDER BY at DESC, item DESC LIMIT ?`,
  );
  const ids = db.prepare<[string], { item: number; id: string; at: number; wording: string }>(
    `SELECT n.item, i.post_id AS id, n.at, n.wording FROM narrative_items n JOIN items i ON i.number = n.item
     WHERE n.story = ? ORDER BY n.at, n.item`,
  );
  const wordings = db
    .prepare<[string], string>('SELECT wording FROM narrative_wordings WHERE story = ?')
    .pluck();
  const closed = db.prepare<[number, number], { hour: number; rows: Buffer }>(
    'SELECT hour, rows FROM print_hours WHERE hour BETWEEN ? AND ? ORDER BY hour, part',
  );
  // Rows as pairs: a page of some hundred stories has thousands.
  const words = db
    .prepare<[string, number], [key: number, text: string]>(
      'SELECT key, text FROM narrative_words WHERE story = ? AND shared >= ?',
    )
    .raw();
  const exemplar = db.prepare<[string], { text: string; at: number }>(
    'SELECT text, at FROM narrative_exemplars WHERE story = ?',
  );
  const source = db.prepare<[number], string>('SELECT name FROM narrative_sources WHERE id = ?').pluck();
  const text = db
    .prepare<[number], string>(
      'SELECT p.text FROM items i JOIN posts p ON p.id = i.shown WHERE i.number = ? AND p.withdrawn_at IS NULL',
    )
    .pluck();
  const slurs = db.prepare<[number], { text: string; start: number; end: number }>(
    `SELECT p.text, f.span_start AS start, f.span_end AS end FROM items i JOIN posts p ON p.id = i.shown
       JOIN findings f ON f.post = p.id
     WHERE i.number = ? AND p.withdrawn_at IS NULL AND f.span_end > f.span_start
       AND f.reason IN (${VEILED_REASONS.map((reason) => `'${reason}'`).join(', ')})`,
  );
  const edits = db.prepare<[], string>('SELECT edit FROM narrative_edits ORDER BY seq').pluck();
  return {
    newestHour: () => newest.get() ?? undefined,
    story: (id) => one.get(id),
    stories({ leastPosts, limit, after }) {
      const hour = after?.lastHour ?? Number.MAX_SAFE_INTEGER;
      return page
        .all(leastPosts, hour, hour, after?.id ?? '', limit)
        .map(({ head: json, ...story }) => (json === null ? story : { ...story, head: json }));
    },
    head: (id) => head.get(id) ?? undefined,
    nameOf: (id) => name.get(id) ?? id,
    storyItem: (number) => item.get(number),
    storyItems: (story, limit) => items.all(story, limit),
    itemIds: (story) => ids.all(story),
    wordingsOf: (story) => wordings.all(story),
    *prints({ from, to } = { from: 0, to: Number.MAX_SAFE_INTEGER }) {
      for (const { hour, rows } of closed.iterate(from, to)) yield logged(0, hour, rows);
    },
    words: (story, shared) => new Map(words.all(story, shared ? 1 : 0)),
    exemplar: (story) => exemplar.get(story),
    sourceName: (id) => source.get(id),
    itemText: (number) => text.get(number),
    itemSlurs: (number) => slurs.all(number).map(({ text: whole, start, end }) => whole.slice(start, end)),
    clarifications: clarificationReader(db),
    narrativeEdits: () => edits.all().map((edit) => JSON.parse(edit) as NarrativeEdit),
  };
}
