import { CLAIM_MS, type ItemClaim, type ItemClaimStore } from '../core/desk-ports.js';
import type { Db } from './sqlite.js';

interface ClaimRow {
  readonly item: number;
  readonly user: number;
  readonly until: number;
}

/**
 * Claims as leases. Whoever holds a row whose time ran out still holds it until someone takes it: nobody else worked on
 * the item meanwhile, so that a slow reader loses nothing.
 */
export function createItemClaims(db: Db): ItemClaimStore {
  const select = db.prepare<[number], ClaimRow>('SELECT item, user, until FROM item_claims WHERE item = ?');
  const exists = db.prepare<[number], number>('SELECT 1 FROM items WHERE number = ?').pluck();
  const put = db.prepare(
    `INSERT INTO item_claims (item, user, until) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET user = excluded.user, until = excluded.until`,
  );
  const remove = db.prepare('DELETE FROM item_claims WHERE item = ? AND user = ?');
  const held = db.prepare<[number, number], ClaimRow>(
    'SELECT item, user, until FROM item_claims WHERE user = ? AND until > ? ORDER BY item',
  );

  const take = db.transaction((items: readonly number[], user: number, now: number) => {
    const mine: ItemClaim[] = [];
    const taken: ItemClaim[] = [];
    const until = now + CLAIM_MS;
    for (const item of new Set(items)) {
      const row = select.get(item);
      if (row !== undefined && row.user !== user && row.until > now) taken.push(toClaim(row));
      else if (exists.get(item) !== undefined) {
        put.run(item, user, until);
        mine.push(toClaim({ item, user, until }));
      }
    }
    return { held: mine, taken };
  });
  const renew = db.transaction((items: readonly number[], user: number, now: number) => {
    const mine: ItemClaim[] = [];
    const lost: number[] = [];
    const until = now + CLAIM_MS;
    for (const item of new Set(items)) {
      if (select.get(item)?.user === user) {
        put.run(item, user, until);
        mine.push(toClaim({ item, user, until }));
      } else lost.push(item);
    }
    return { held: mine, lost };
  });
  const release = db.transaction((items: readonly number[], user: number) => {
    let released = 0;
    for (const item of items) released += remove.run(item, user).changes;
    return released;
  });

  return {
    take: (items, user, now) => take.immediate(items, user, now),
    renew: (items, user, now) => renew.immediate(items, user, now),
    release: (items, user) => release.immediate(items, user),
    find(item) {
      const row = select.get(item);
      return row && toClaim(row);
    },
    heldBy: (user, now) => held.all(user, now).map(toClaim),
  };
}

function toClaim({ item, user, until }: ClaimRow): ItemClaim {
  return { item, user, until: new Date(until).toISOString() };
}
