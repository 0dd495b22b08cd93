import type { HeadStore } from '../core/narrative-ports.js';
import type { Fence } from './lease.js';
import type { Db } from './sqlite.js';

interface HeadlessRow {
  readonly id: string;
  readonly facts: string | null;
  readonly open: string | null;
}

/** Heads of stories that were kept before there were heads (heads-migration.ts); callers map errors. */
export function createHeadStore(db: Db, fence: Pick<Fence, 'check'>): HeadStore {
  const headless = db.prepare<[number], HeadlessRow>(
    `SELECT n.id, CASE WHEN h.facts IS NULL THEN n.facts END AS facts, CASE WHEN h.open IS NULL THEN n.open END AS open
     FROM narratives n LEFT JOIN narrative_heads h ON h.story = n.id
     WHERE (n.facts IS NOT NULL AND h.facts IS NULL) OR (n.open IS NOT NULL AND h.open IS NULL) LIMIT ?`,
  );
  const put = db.prepare(
    `INSERT INTO narrative_heads (story, facts, open) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET facts = coalesce(facts, excluded.facts), open = coalesce(open, excluded.open)`,
  );
  const fill = db.transaction((limit: number, headOf: (facts: string) => string): number => {
    fence.check();
    const found = headless.all(limit);
    const of = (facts: string | null): string | null => (facts === null ? null : headOf(facts));
    for (const { id, facts, open } of found) put.run(id, of(facts), of(open));
    return found.length;
  });
  return { fillHeads: (limit, headOf) => fill.immediate(limit, headOf) };
}
