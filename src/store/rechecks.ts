import type { Clock } from '../core/ports.js';
import type { RecheckStore } from '../core/source.js';
import { contextOf, type SealedFacts } from './items.js';
import type { Sealer } from './seal.js';
import type { Db } from './sqlite.js';
import type { Withdrawals } from './withdrawn.js';

interface AskedRow {
  readonly number: number;
  readonly post: number;
  readonly id_hash: Buffer;
  readonly box: Buffer;
  readonly revision: string;
}

/**
 * Which items a place is asked for again, and what it said. It opens sealed boxes, for the place can be asked by the
 * post's own id and link only; they go to the place that they came from and nowhere else.
 */
export function createRechecks(
  db: Db,
  clock: Pick<Clock, 'now'>,
  sealer: Pick<Sealer, 'open'>,
  withdrawals: Pick<Withdrawals, 'apply'>,
): RecheckStore {
  const due = db.prepare<[string, number, number], AskedRow>(
    `SELECT i.number, i.id_hash, s.post, s.box, p.revision
     FROM items i JOIN posts p ON p.id = i.shown JOIN sealed s ON s.post = p.id
       LEFT JOIN rechecks r ON r.item = i.number
     WHERE i.source = ? AND i.state IN ('open', 'claimed') AND p.withdrawn_at IS NULL AND coalesce(r.at, 0) < ?
     ORDER BY coalesce(r.at, 0), i.number DESC LIMIT ?`,
  );
  const put = db.prepare(
    `INSERT INTO rechecks (item, at, outcome, changed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at, outcome = excluded.outcome,
       changed_at = CASE WHEN excluded.outcome = 'there' THEN NULL ELSE coalesce(excluded.changed_at, changed_at) END`,
  );
  const save = db.transaction<(...given: Parameters<RecheckStore['saveRecheck']>) => void>(
    ({ item, is, at }, withdrawal) => {
      put.run(item, Date.parse(at), is, is === 'changed' ? at : null);
      if (withdrawal !== undefined) {
        withdrawals.apply({ toldAt: new Date(clock.now()).toISOString(), posts: [withdrawal] });
      }
    },
  );
  return {
    itemsToRecheck: (source, before, limit) =>
      due.all(source, before, limit).map(({ number, post, id_hash, box, revision }) => {
        const { id, url } = JSON.parse(sealer.open(box, contextOf(post, id_hash))) as SealedFacts;
        return { item: number, id, revision, ...(url === undefined ? {} : { url }) };
      }),
    saveRecheck: save.immediate,
  };
}
