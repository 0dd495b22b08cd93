import { LEVELS } from '../core/assessment.js';
import type { ScoredPost } from '../core/batch.js';
import type { ItemCopies } from '../core/item.js';
import { dayOfHour, hourOf } from '../triage/days.js';
import { carriedRegion, flagBits } from './items.js';
import type { Sealer } from './seal.js';
import type { Db } from './sqlite.js';

/** Of a text, what becomes items of its own a day and source unless told otherwise. */
export const MOST_COPIES = 1_000;

/** Rows that a purge removes in a transaction. */
const PIECE = 5_000;

/** The wordings of a transaction; a flood costs it a read and a write, not one a post. */
export interface CopyTally {
  /** The keyed hash of what the post says and how it was read; undefined of an older scorer's. */
  wordingOf(scored: ScoredPost): Buffer | undefined;
  /** The item that stands for this wording, where enough of its posts are items today and somebody will still read one. */
  standIn(wording: Buffer, source: string): number | undefined;
  /** Notes that a post of the wording became this item. */
  kept(wording: Buffer, source: string, item: number): void;
  /** Counts a post for which another item stands. @param at of the post's own time, ms */
  add(wording: Buffer, source: string, at: number): void;
  /** Writes what was noted, within the caller's transaction. */
  flush(): void;
}

/**
 * Copies of one text: the first {@link MOST_COPIES} that a source has of it on a day become items, of further ones it is
 * counted how many, and from when to when. What is counted names nobody: a keyed hash, a source, two times and a number.
 * The posts themselves are known as seen, and counted in every sum and story, as those that became items.
 */
export interface Copies {
  landing(now: number): CopyTally;
  /** Forgets days that are over, and what was counted of wordings before `before` (ms) whose newest item is gone. */
  purge(now: number, before: number): number;
}

interface Wording {
  readonly source: string;
  readonly wording: Buffer;
  kept: number;
  lead: number;
  /** Whether {@link lead} can stand for further ones; not known until it is asked. */
  isLive: boolean | undefined;
  isChanged: boolean;
  copies: number;
  firstAt: number;
  lastAt: number;
}

/** @param most of a wording, a source and day, that become items; at least 1 */
export function createCopies(db: Db, sealer: Pick<Sealer, 'digest'>, most: number): Copies {
  const find = db.prepare<[number, Buffer, string], { kept: number; lead: number }>(
    'SELECT kept, lead FROM wording_days WHERE day = ? AND wording = ? AND source = ?',
  );
  const put = db.prepare(
    `INSERT INTO wording_days (day, wording, source, kept, lead) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET kept = excluded.kept, lead = excluded.lead`,
  );
  const addCopies = db.prepare(
    `INSERT INTO copies (wording, source, n, first_at, last_at, at, lead) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET n = n + excluded.n, first_at = min(first_at, excluded.first_at),
       last_at = max(last_at, excluded.last_at), at = max(at, excluded.at), lead = excluded.lead`,
  );
  // Decided, withdrawn, edited or erased, it tells nobody that the text goes on.
  const stands = db
    .prepare<[number, Buffer], number>(
      `SELECT 1 FROM items i JOIN posts p ON p.id = i.shown
       WHERE i.number = ? AND i.state <> 'closed' AND p.wording = ? AND p.withdrawn_at IS NULL`,
    )
    .pluck();
  const dropDays = db.prepare(
    `DELETE FROM wording_days WHERE (day, wording, source) IN
       (SELECT day, wording, source FROM wording_days WHERE day < ? LIMIT ${PIECE})`,
  );
  const dropCopies = db.prepare(
    'DELETE FROM copies WHERE at < ? AND NOT EXISTS (SELECT 1 FROM items WHERE number = lead)',
  );

  return {
    landing(now) {
      const day = dayOfHour(hourOf(now));
      const known = new Map<string, Wording>();
      const get = (wording: Buffer, source: string): Wording => {
        const name = `${wording.toString('latin1')}${source}`;
        let row = known.get(name);
        if (row === undefined) {
          const { kept, lead } = find.get(day, wording, source) ?? { kept: 0, lead: 0 };
          const state = { isLive: undefined, isChanged: false, copies: 0, firstAt: now, lastAt: 0 };
          row = { source, wording, kept, lead, ...state };
          known.set(name, row);
        }
        return row;
      };
      return {
        wordingOf(scored) {
          if (scored.wording === undefined) return undefined;
          const { level } = scored.assessment;
          // Copies that read otherwise, or belong to other units, are not each other's.
          const read = [LEVELS.indexOf(level), flagBits(scored.assessment), carriedRegion(scored) ?? ''];
          return sealer.digest(`wording\n${read.join('\n')}\n${scored.wording}`);
        },
        standIn(wording, source) {
          const row = get(wording, source);
          if (row.kept < most) return undefined;
          row.isLive ??= stands.get(row.lead, wording) !== undefined;
          return row.isLive ? row.lead : undefined;
        },
        kept(wording, source, item) {
          const row = get(wording, source);
          row.kept += 1;
          row.lead = item;
          row.isLive = undefined;
          row.isChanged = true;
        },
        add(wording, source, at) {
          const row = get(wording, source);
          row.copies += 1;
          row.firstAt = Math.min(row.firstAt, at);
          row.lastAt = Math.max(row.lastAt, Math.min(at, now));
        },
        flush() {
          for (const { source, wording, kept, lead, isChanged, copies, firstAt, lastAt } of known.values()) {
            if (isChanged) put.run(day, wording, source, kept, lead);
            if (copies > 0) addCopies.run(wording, source, copies, firstAt, lastAt, now, lead);
          }
        },
      };
    },
    purge(now, before) {
      const today = dayOfHour(hourOf(now));
      let removed = dropCopies.run(before).changes;
      for (let piece = PIECE; piece === PIECE; removed += piece) piece = dropDays.run(today).changes;
      return removed;
    },
  };
}

/** What further copies there are of a wording, by source, most first. */
export function createCopyReader(db: Db): (wording: Buffer) => readonly ItemCopies[] {
  const select = db.prepare<[Buffer], { source: string; n: number; first_at: number; last_at: number }>(
    'SELECT source, n, first_at, last_at FROM copies WHERE wording = ? ORDER BY n DESC, source',
  );
  return (wording) =>
    select.all(wording).map(({ source, n, first_at, last_at }) => ({
      source,
      n,
      from: new Date(first_at).toISOString(),
      to: new Date(last_at).toISOString(),
    }));
}
