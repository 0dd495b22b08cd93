import { DEFAULT_KEEPING, type Keeping } from '../core/keeping.js';
import type { Forgetting } from './forgetting.js';
import type { Db } from './sqlite.js';

/** Notes of what was taken out are kept so long for processes that hold some of it in memory, ms. */
const GONE_MS = 2 * 86_400_000;
/** Stories whose hashes go in a transaction. */
const PIECE = 500;
/** A story past its window of fewer posts, none of them flagged, was none. */
const LEAST_KEPT = 5;

/** Removes what of narratives is past its time; callers map errors. */
export function createNarrativePurge(
  db: Db,
  forgetting: Pick<Forgetting, 'run' | 'purge'>,
): (keep: Keeping, now: number) => void {
  const dropHours = db.prepare('DELETE FROM print_hours WHERE at < ?');
  const dropExemplars = db.prepare('DELETE FROM narrative_exemplars WHERE kept < ?');
  // What people gave a name to stays known by every name that it had.
  const edited = `SELECT value FROM narrative_edits, json_each(edit) WHERE json_each.key IN ('narrative', 'into')
    UNION SELECT narrative FROM narrative_clarifications`;
  const dropWordings = db.prepare(
    `DELETE FROM narrative_wordings WHERE at < ? AND wording NOT IN (${edited})`,
  );
  const hashed = db.prepare<[number], { id: string; facts: string | null; open: string | null }>(
    `SELECT id, facts, open FROM narratives WHERE hashed = 1 AND at < ? LIMIT ${PIECE}`,
  );
  const unhash = db.prepare('UPDATE narratives SET facts = ?, open = ?, hashed = 0 WHERE id = ?');
  const dropSmall = db.prepare(
    `DELETE FROM narratives WHERE hashed = 0 AND (at < ? OR posts < ${LEAST_KEPT} AND flagged = 0 AND id NOT IN (${edited}))`,
  );
  const dropWords = db.prepare('DELETE FROM narrative_words WHERE story NOT IN (SELECT id FROM narratives)');
  const piece = db.transaction((before: number): number => {
    const stories = hashed.all(before);
    for (const { id, facts, open } of stories) unhash.run(withoutHashes(facts), withoutHashes(open), id);
    return stories.length;
  });
  const rest = db.transaction((now: number, { fingerprints, exemplars, counts }: Required<Keeping>): void => {
    forgetting.run(true);
    forgetting.purge(now - GONE_MS);
    dropHours.run(now - fingerprints);
    dropWordings.run(Math.floor((now - counts) / 3_600_000));
    dropExemplars.run(now - exemplars);
    dropSmall.run(now - counts);
    dropWords.run();
  });
  return (keep, now) => {
    const all = { ...DEFAULT_KEEPING, ...keep };
    while (piece.immediate(now - all.fingerprints) === PIECE);
    rest.immediate(now, all);
  };
}

/** Lists that are as long hold the smallest of more hashes (narrative/authors.ts). */
const FULL = [16, 64];

function howMany(lists: readonly (readonly number[])[]): number {
  const all = [...new Set(lists.flat())].sort((a, b) => a - b);
  const most = Math.max(0, ...lists.map(({ length }) => length));
  if (!FULL.includes(most)) return all.length;
  return Math.max(most, Math.round(((most - 1) * 2 ** 32) / all[most - 1]!));
}

/** Lists of the hashes of authors go, how many there were stays; who said a term that too few said does not count on. */
function withoutHashes(facts: string | null): string | null {
  if (facts === null) return null;
  const known = JSON.parse(facts) as Record<string, unknown>;
  const forget = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if ('days' in value && typeof value.days === 'object' && value.days !== null) {
      const { before = 0, ...authors } = value as { days: Record<string, number[]>; before?: number };
      return { days: {}, before: before + howMany(Object.values(authors.days)) };
    }
    const entries = Object.entries(value).filter(([name]) => name !== 'said');
    return Object.fromEntries(entries.map(([name, each]) => [name, forget(each)]));
  };
  return JSON.stringify(forget(known));
}
