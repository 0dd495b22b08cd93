import type { GonePosts } from '../core/narrative-ports.js';
import { ID_AT, ITEM_AT, MOST_TERMS, PRINT_BYTES, PRINT_WORDS, TERMS_AT } from '../core/print.js';
import type { Excerpts } from './excerpts.js';
import type { PrintKey } from './print-key.js';
import { logged } from './print-log.js';
import type { Db } from './sqlite.js';
import { flaggedWords, wordsOf } from './story-words.js';

/** Taking posts out of fingerprints and stories; callers hold the transaction and map errors. */
export interface Forgetting {
  /** Notes posts that are erased. @param links keyed hashes of their links */
  noteErased(ids: readonly string[], links: readonly Buffer[], now: number): void;
  /** Notes posts that are withdrawn: items at once, others at the next {@link run} of all. */
  noteWithdrawn(ids: readonly string[], items: readonly number[], now: number): void;
  /**
   * Takes out what was noted, and the items that were removed since: their rows, words that nobody else stands for, and
   * texts of theirs that stood for a story. Counts stay.
   * @param all posts as well of which it is not known whether there is anything of them
   */
  run(all: boolean): void;
  /** Forgets notes from before `before`, ms, that are done. */
  purge(before: number): void;
}

interface GoneRow {
  readonly seq: number;
  readonly item: number | null;
  readonly story: string | null;
  readonly hour: number | null;
  readonly had: Buffer | null;
  readonly ids: Buffer | null;
  readonly links: Buffer | null;
}

interface Blob {
  readonly id: number;
  readonly rows: Buffer;
}

const LINK_BYTES = 16;
/** Hours on both sides of an item's own in which its row may be: one that came late stands in its own hour too. */
const ALL_HOURS = -1;

export function createForgetting(
  db: Db,
  key: Pick<PrintKey, 'idOf' | 'forget'>,
  excerpts: Pick<Excerpts, 'forget'>,
): Forgetting {
  const note = db.prepare('INSERT INTO narrative_gone (at, ids, links, waits) VALUES (?, ?, ?, ?)');
  const noteItem = db.prepare(
    `INSERT INTO narrative_gone (at, item, story, hour, had)
     SELECT ?, i.item, n.story, n.at / 3600, n.terms FROM (SELECT ? AS item) i LEFT JOIN narrative_items n ON n.item = i.item`,
  );
  const toDo = db.prepare<[number], GoneRow>(
    'SELECT seq, item, story, hour, had, ids, links FROM narrative_gone WHERE terms IS NULL AND waits <= ? ORDER BY seq',
  );
  const done = db.prepare('UPDATE narrative_gone SET terms = ? WHERE seq = ?');
  const logRows = db.prepare<[], Blob>('SELECT n AS id, rows FROM print_log');
  const hourRows = db.prepare<[number, number], Blob>(
    'SELECT rowid AS id, rows FROM print_hours WHERE hour = ? OR ? < 0',
  );
  const putLog = db.prepare('UPDATE print_log SET rows = ? WHERE n = ?');
  const putHour = db.prepare('UPDATE print_hours SET rows = ? WHERE rowid = ?');
  const dropLog = db.prepare('DELETE FROM print_log WHERE n = ?');
  const dropHour = db.prepare('DELETE FROM print_hours WHERE rowid = ?');
  const dropItem = db.prepare('DELETE FROM narrative_items WHERE item = ?');
  const nameOf = db
    .prepare<[string], string>('SELECT story FROM narrative_wordings WHERE wording = ?')
    .pluck();
  const flagged = flaggedWords(db);
  // What no flagged post stands for is not to be told again when the next post has it.
  const marked = db.prepare<[string], { facts: string | null; open: string | null }>(
    'SELECT facts, open FROM narratives WHERE id = ?',
  );
  const unmark = db.prepare('UPDATE narratives SET facts = ?, open = ? WHERE id = ?');
  const exemplarsOf = db
    .prepare<[number], string>('SELECT story FROM narrative_exemplars WHERE id = ?')
    .pluck();
  const dropExemplar = db.prepare('DELETE FROM narrative_exemplars WHERE story = ?');
  const dropLinked = db.prepare('DELETE FROM narrative_exemplars WHERE link = ?');
  const anyExemplar = db.prepare<[], number>('SELECT 1 FROM narrative_exemplars LIMIT 1').pluck();
  const dropOld = db.prepare('DELETE FROM narrative_gone WHERE terms IS NOT NULL AND at < ?');

  /** Takes rows out of blobs; the terms of those that went are added to `terms`. */
  const takeRows = (
    blobs: readonly Blob[],
    isGone: (words: Uint32Array, at: number) => boolean,
    keep: (rows: Buffer, id: number) => void,
    drop: (id: number) => void,
    terms: Set<number>,
  ): void => {
    for (const { id, rows } of blobs) {
      const { words: read, count } = logged(0, 0, rows);
      let to = 0;
      for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
        if (isGone(read, at)) {
          for (let i = 0; i < MOST_TERMS; i += 1) terms.add(read[at + TERMS_AT + i]!);
          continue;
        }
        if (to !== at) read.copyWithin(to, at, at + PRINT_WORDS);
        to += PRINT_WORDS;
      }
      if (to === count * PRINT_WORDS) continue;
      if (to === 0) drop(id);
      else keep(Buffer.from(read.buffer, 0, (to / PRINT_WORDS) * PRINT_BYTES), id);
    }
  };

  /**
   * Takes out the words of a story that no flagged post stands for any longer, unless enough authors share them; they are
   * added to `terms`, and what others stand for still is taken out of it.
   */
  const takeWords = (story: string, terms: Set<number>): void => {
    const still = flagged.standing(story);
    for (const term of still) terms.delete(term);
    for (const term of flagged.takeOut(story, still)) terms.add(term);
    const facts = marked.get(story);
    if (facts !== undefined) unmark.run(unflagged(facts.facts, terms), unflagged(facts.open, terms), story);
  };

  return {
    noteErased(ids, links, now) {
      const bytes = Buffer.from(Uint32Array.from(ids, (id) => key.idOf(id)).buffer);
      note.run(now, bytes, Buffer.concat(links), 0);
    },
    noteWithdrawn(ids, items, now) {
      for (const item of items) noteItem.run(now, item);
      if (ids.length === 0) return;
      const bytes = Buffer.from(Uint32Array.from(ids, (id) => key.idOf(id)).buffer);
      note.run(now, bytes, null, 1);
    },
    run(all) {
      const rows = toDo.all(all ? 1 : 0);
      if (rows.length === 0) return;
      const items = new Set<number>();
      const ids = new Set<number>();
      const hours = new Set<number>();
      const stories = new Set<string>();
      const terms = new Set<number>();
      for (const { item, story, hour, had, ids: some, links } of rows) {
        if (item !== null) {
          items.add(item);
          dropItem.run(item);
          if (hour !== null) hours.add(hour);
        }
        if (had !== null) for (const term of wordsOf(had)) terms.add(term);
        if (story !== null) stories.add(nameOf.get(story) ?? story);
        if (some !== null) {
          for (const id of wordsOf(some)) ids.add(id);
          hours.add(ALL_HOURS);
        }
        for (let at = 0; links !== null && at < links.length; at += LINK_BYTES) {
          dropLinked.run(links.subarray(at, at + LINK_BYTES));
        }
      }
      const isGone = (read: Uint32Array, at: number): boolean =>
        items.has(read[at + ITEM_AT]!) || ids.has(read[at + ID_AT]!);
      takeRows(
        logRows.all(),
        isGone,
        (kept, id) => putLog.run(kept, id),
        (id) => dropLog.run(id),
        terms,
      );
      const asked = hours.has(ALL_HOURS) ? [ALL_HOURS] : [...hours];
      for (const hour of asked) {
        const blobs = hourRows.all(hour, hour);
        takeRows(
          blobs,
          isGone,
          (kept, id) => putHour.run(kept, id),
          (id) => dropHour.run(id),
          terms,
        );
      }
      if (ids.size > 0 && anyExemplar.get() !== undefined) {
        for (const id of ids) for (const story of exemplarsOf.all(id)) dropExemplar.run(story);
      }
      terms.delete(0);
      for (const story of stories) takeWords(story, terms);
      const bytes = Buffer.from(Uint32Array.from(terms).buffer);
      for (const [index, { seq }] of rows.entries()) done.run(index === 0 ? bytes : Buffer.alloc(0), seq);
      key.forget(terms);
      excerpts.forget(ids);
    },
    purge(before) {
      dropOld.run(before);
    },
  };
}

/** Facts of a story (narrative/facts.ts) without the mark of a flagged post on these terms. */
function unflagged(facts: string | null, terms: ReadonlySet<number>): string | null {
  if (facts === null) return null;
  const known = JSON.parse(facts) as { terms: Record<string, { flagged?: true }> };
  for (const term of terms) delete known.terms[term]?.flagged;
  return JSON.stringify(known);
}

/** What was taken out after a note, for whoever holds some of it in memory. */
export function goneReader(db: Db): { after(seq: number): readonly GonePosts[]; last(): number } {
  const rows = db.prepare<[number], GoneRow & { terms: Buffer }>(
    'SELECT seq, item, story, hour, ids, links, terms FROM narrative_gone WHERE terms IS NOT NULL AND seq > ? ORDER BY seq',
  );
  const last = db
    .prepare<[], number | null>('SELECT max(seq) FROM narrative_gone WHERE terms IS NOT NULL')
    .pluck();
  return {
    after: (seq) =>
      rows.all(seq).map(({ seq: own, item, story, ids, terms }) => ({
        seq: own,
        ...(item === null ? {} : { item }),
        ...(story === null ? {} : { story }),
        ids: ids === null ? [] : [...wordsOf(ids)],
        terms: [...wordsOf(terms)],
      })),
    last: () => last.get() ?? 0,
  };
}
