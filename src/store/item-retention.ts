import { setImmediate } from 'node:timers/promises';
import { KEEPING_CLASSES, type KeepingClass } from '../core/keeping.js';
import { SYSTEM_ACTOR } from '../core/review.js';
import { createAuditStore } from './audit.js';
import type { Db } from './sqlite.js';

/** Items removed in a transaction: their texts leave the search too, and whoever waits to write waits some milliseconds. */
const PIECE = 100;

/** Items whose time is over, by class. */
export type ExpiredItems = Readonly<Record<KeepingClass, number>>;

export interface ItemRetention {
  /** Removes items that stood where they stand for longer than their class is kept (ms), with all that belongs to them. */
  purge(keep: Readonly<Record<KeepingClass, number>>, now: number): Promise<ExpiredItems>;
  /** How many {@link purge} would remove. */
  due(keep: Readonly<Record<KeepingClass, number>>, now: number): ExpiredItems;
  /** Removes one item, within the caller's transaction: revisions, findings, sealed names, notes, claims, search. */
  remove(item: number): void;
}

/**
 * Forgetting items by what became of them. Review events, audit events and counts stay; they hold ids and reasons only.
 * An item somebody works on at this moment is left for the next time.
 */
export function createItemRetention(db: Db): ItemRetention {
  const audit = createAuditStore(db);
  const isDue = `class = ? AND since < ?
    AND NOT EXISTS (SELECT 1 FROM item_claims c WHERE c.item = item_retention.item AND c.until > ?)`;
  const due = db
    .prepare<[string, string, number, number], number>(
      `SELECT item FROM item_retention WHERE ${isDue} ORDER BY since LIMIT ?`,
    )
    .pluck();
  const count = db
    .prepare<[string, string, number], number>(`SELECT count(*) FROM item_retention WHERE ${isDue}`)
    .pluck();
  const deleteItem = db.prepare('DELETE FROM items WHERE number = ?');

  const piece = db.transaction((name: KeepingClass, before: number, now: number): number => {
    const items = due.all(name, new Date(before).toISOString(), now, PIECE);
    if (items.length === 0) return 0;
    for (const item of items) deleteItem.run(item);
    const days = Math.round((now - before) / 86_400_000);
    audit.append(
      { actor: SYSTEM_ACTOR, kind: 'purged', subject: 'store', details: { class: name, days, items } },
      now,
    );
    return items.length;
  });

  return {
    async purge(keep, now) {
      const removed: Record<KeepingClass, number> = { dismissed: 0, closed: 0, 'not-flagged': 0 };
      for (const name of KEEPING_CLASSES) {
        for (let n = PIECE; n === PIECE; await setImmediate()) {
          n = piece.immediate(name, now - keep[name], now);
          removed[name] += n;
        }
      }
      return removed;
    },
    due: (keep, now) => {
      const waiting: Record<KeepingClass, number> = { dismissed: 0, closed: 0, 'not-flagged': 0 };
      for (const name of KEEPING_CLASSES) {
        waiting[name] = count.get(name, new Date(now - keep[name]).toISOString(), now) ?? 0;
      }
      return waiting;
    },
    remove: (item) => void deleteItem.run(item),
  };
}
