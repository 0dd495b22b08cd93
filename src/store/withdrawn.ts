import type { Withdrawn } from '../core/batch.js';
import type { WithdrawnPosts } from '../core/keeping.js';
import { SYSTEM_ACTOR } from '../core/review.js';
import { createAuditStore } from './audit.js';
import type { Forgetting } from './forgetting.js';
import { contextOf, type SealedFacts, type WithdrawnText } from './items.js';
import type { Sealer } from './seal.js';
import type { Db } from './sqlite.js';

/** Withdrawals remembered at most; a network's firehose tells of every deletion, most of them of posts never collected. */
const MOST_REMEMBERED = 2_000_000;
/** Rows that a purge removes in a transaction. */
const PIECE = 5_000;

/** What a place said is gone, taken out of the store; callers hold the transaction. */
export interface Withdrawals extends WithdrawnPosts {
  /**
   * Removes the text of these posts, or seals it where the item is in a case, and remembers them, so that what of them
   * is still on the queue does not land. Idempotent.
   * @returns numbers of the items whose text went
   */
  apply(withdrawn: Withdrawn): readonly number[];
  /** Forgets withdrawals told before `before` (ms), and the oldest beyond the most that are remembered; how many. */
  purge(before: number): number;
}

interface Remembered {
  readonly at: number;
  readonly told: number;
}

interface RevisionRow {
  readonly id: number;
  readonly text: string;
  readonly created_at: string | null;
  readonly collected_at: string;
}

interface FindingRow {
  readonly ordinal: number;
  readonly span_start: number;
  readonly span_end: number;
  readonly params: string;
  readonly claim: string | null;
}

export function createWithdrawals(
  db: Db,
  sealer: Sealer,
  forgetting: Pick<Forgetting, 'noteWithdrawn' | 'run'>,
): Withdrawals {
  const remember = db.prepare(
    `INSERT INTO withdrawn (id_hash, at, told) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET at = max(at, excluded.at), told = max(told, excluded.told)`,
  );
  const remembered = db.prepare<[Buffer], Remembered>('SELECT at, told FROM withdrawn WHERE id_hash = ?');
  const find = db.prepare<[Buffer], { number: number; state: string }>(
    'SELECT number, state FROM items WHERE id_hash = ?',
  );
  const revisions = db.prepare<[number], RevisionRow>(
    'SELECT id, text, created_at, collected_at FROM posts WHERE item = ? AND withdrawn_at IS NULL',
  );
  const findings = db.prepare<[number], FindingRow>(
    'SELECT ordinal, span_start, span_end, params, claim FROM findings WHERE post = ? ORDER BY ordinal',
  );
  const clearPost = db.prepare(`UPDATE posts SET text = '', withdrawn_at = ?, withdrawn_to = ? WHERE id = ?`);
  const clearFinding = db.prepare(
    'UPDATE findings SET span_start = 0, span_end = 0, params = ? WHERE post = ? AND ordinal = ?',
  );
  const box = db.prepare<[number], Buffer>('SELECT box FROM sealed WHERE post = ?').pluck();
  const putBox = db.prepare('UPDATE sealed SET box = ? WHERE post = ?');
  const dropBox = db.prepare('DELETE FROM sealed WHERE post = ?');
  const caseState = db
    .prepare<[number], string>(
      `SELECT state FROM review_events WHERE item = ? AND state IN ('open', 'escalated') ORDER BY seq DESC LIMIT 1`,
    )
    .pluck();
  // It leaves the item where it stands.
  const addEvent = db.prepare(
    `INSERT INTO review_events (item, at, actor, kind, state, stage, details)
     SELECT number, ?, ?, 'withdrawn', state, stage, ? FROM items WHERE number = ?`,
  );
  const isTextGone = db
    .prepare<[number], number>(
      'SELECT p.withdrawn_at IS NOT NULL FROM items i JOIN posts p ON p.id = i.shown WHERE i.number = ?',
    )
    .pluck();
  const close = db.prepare(
    `INSERT INTO review_events (item, at, actor, kind, state, stage, details)
     VALUES (?, ?, ?, 'withdrawn', 'closed', 'withdrawn', '{"kind":"withdrawn"}')`,
  );
  const freeClaim = db.prepare('DELETE FROM item_claims WHERE item = ?');
  const audit = createAuditStore(db);
  const forget = db.prepare(
    'DELETE FROM withdrawn WHERE id_hash IN (SELECT id_hash FROM withdrawn WHERE told < ? LIMIT ?)',
  );
  const newestTold = db.prepare<[], number | null>('SELECT max(told) FROM withdrawn').pluck();
  const oldestKept = db
    .prepare<[number], number>('SELECT told FROM withdrawn ORDER BY told DESC LIMIT 1 OFFSET ?')
    .pluck();

  /** A case that is done with stays one: what it was decided on may be asked for. */
  const isCase = (number: number, state: string): boolean =>
    state === 'escalated' || (state !== 'open' && caseState.get(number) === 'escalated');

  const take = (revision: RevisionRow, idHash: Buffer, at: string, keep: boolean): void => {
    const { id, text } = revision;
    const found = findings.all(id);
    if (keep) {
      const withdrawn: WithdrawnText = {
        text,
        findings: found.map(({ ordinal, span_start, span_end, params }) => ({
          ordinal,
          start: span_start,
          end: span_end,
          params: JSON.parse(params) as WithdrawnText['findings'][number]['params'],
        })),
      };
      const context = contextOf(id, idHash);
      const known = box.get(id);
      const facts = known === undefined ? {} : (JSON.parse(sealer.open(known, context)) as SealedFacts);
      putBox.run(sealer.seal(JSON.stringify({ ...facts, withdrawn }), context), id);
    } else dropBox.run(id);
    for (const { ordinal, params, claim } of found) {
      // A matched fact-check's parameters are its publisher's words; all others quote the post.
      clearFinding.run(claim === null ? withoutQuotes(params) : params, id, ordinal);
    }
    clearPost.run(at, keep ? 'sealed' : 'removed', id);
  };

  return {
    apply({ toldAt, posts }) {
      const numbers: number[] = [];
      const told = Date.parse(toldAt);
      for (const { id, at } of posts) {
        const idHash = sealer.digest(`id\n${id}`);
        const said = timeOr(at, told);
        remember.run(idHash, said, told);
        const item = find.get(idHash);
        if (item === undefined) continue;
        const gone = revisions
          .all(item.number)
          .filter((revision) =>
            isBefore(revision.collected_at, revision.created_at ?? undefined, { at: said, told }),
          );
        if (gone.length === 0) continue;
        const keep = isCase(item.number, item.state);
        for (const revision of gone) take(revision, idHash, at, keep);
        if (!keep && item.state === 'open' && isTextGone.get(item.number) === 1) {
          // There is nothing left to decide on; what lands of it later opens it again (items.ts).
          const event = close.run(item.number, toldAt, SYSTEM_ACTOR).lastInsertRowid;
          freeClaim.run(item.number);
          const said = {
            kind: 'withdrawn',
            subject: `item:${item.number}`,
            details: { event: Number(event) },
          } as const;
          audit.append({ actor: SYSTEM_ACTOR, ...said }, told);
        }
        if (keep) {
          const why =
            'the place says that the post is gone; its text is sealed, because the item is in a case';
          const details = JSON.stringify({ kind: 'withdrawn', at, revisions: gone.length, why });
          addEvent.run(toldAt, SYSTEM_ACTOR, details, item.number);
        }
        numbers.push(item.number);
      }
      const ids = posts.map(({ id }) => id);
      forgetting.noteWithdrawn(ids, numbers, told);
      if (numbers.length > 0) forgetting.run(false);
      return numbers;
    },
    covers({ id, collectedAt, createdAt }) {
      const known = remembered.get(sealer.digest(`id\n${id}`));
      return known !== undefined && isBefore(collectedAt, createdAt, known);
    },
    lastTold: () => newestTold.get() ?? undefined,
    purge(before) {
      const least = Math.max(before, oldestKept.get(MOST_REMEMBERED) ?? 0);
      let removed = 0;
      for (let piece = PIECE; piece === PIECE; removed += piece) piece = forget.run(least, PIECE).changes;
      return removed;
    },
  };
}

/**
 * Whether what was collected then is what is gone: everything collected before Ronda heard of it, but for what the
 * place says was posted after the deletion (a backlog brings a deletion and what was posted anew in one piece).
 */
function isBefore(collectedAt: string, createdAt: string | undefined, { at, told }: Remembered): boolean {
  const collected = Date.parse(collectedAt);
  if (collected > told) return false;
  const created = createdAt === undefined ? Number.NaN : Date.parse(createdAt);
  return !(created > at && created <= collected);
}

function timeOr(text: string, fallback: number): number {
  const time = Date.parse(text);
  return Number.isNaN(time) ? fallback : time;
}

/** The parameters with nothing of the post in them: a sentence made of them still reads. */
function withoutQuotes(params: string): string {
  const names = Object.keys(JSON.parse(params) as Record<string, string>);
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, '…'])));
}
