import type { ErasedPost, ErasureStore, NamedPost } from '../core/keeping.js';
import { SYSTEM_ACTOR } from '../core/review.js';
import { createAuditStore } from './audit.js';
import type { Forgetting } from './forgetting.js';
import { contextOf, linkHashOf, type SealedFacts } from './items.js';
import { linkKey, linksIn } from './link-key.js';
import type { Sealer } from './seal.js';
import type { Db } from './sqlite.js';

/** Boxes opened in a transaction when links of posts from before the link's hash are looked at. */
const PIECE = 500;
const MAX_REASON = 200;

interface FoundRow {
  readonly number: number;
  readonly state: string;
  readonly id_hash: Buffer;
}

interface BoxRow {
  readonly id: number;
  readonly box: Buffer;
  readonly id_hash: Buffer;
}

/** Erasing on request: the rows, and what keeps them from coming back. */
export function createErasures(
  db: Db,
  sealer: Sealer,
  forgetting: Pick<Forgetting, 'noteErased' | 'run'>,
): ErasureStore {
  const audit = createAuditStore(db);
  const byLink = db.prepare<[Buffer], FoundRow>(
    `SELECT DISTINCT i.number, i.state, i.id_hash FROM posts p JOIN items i ON i.number = p.item WHERE p.link_hash = ?`,
  );
  const byId = db.prepare<[Buffer], FoundRow>('SELECT number, state, id_hash FROM items WHERE id_hash = ?');
  const byShownId = db.prepare<[string], FoundRow>(
    'SELECT number, state, id_hash FROM items WHERE post_id = ?',
  );
  const unhashed = db.prepare<[number], BoxRow>(
    `SELECT p.id, s.box, i.id_hash FROM posts p JOIN sealed s ON s.post = p.id JOIN items i ON i.number = p.item
     WHERE p.link_hash IS NULL LIMIT ?`,
  );
  const setHash = db.prepare('UPDATE posts SET link_hash = ? WHERE id = ?');
  const boxes = db.prepare<[number], BoxRow>(
    `SELECT p.id, s.box, i.id_hash FROM posts p JOIN sealed s ON s.post = p.id JOIN items i ON i.number = p.item
     WHERE p.item = ?`,
  );
  const remove = db.prepare('DELETE FROM items WHERE number = ?');
  const remember = db.prepare('INSERT INTO erased (hash, kind, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const isKnown = db
    .prepare<[Buffer, string], number>('SELECT 1 FROM erased WHERE hash = ? AND kind = ?')
    .pluck();
  const newest = db.prepare<[], number | null>('SELECT max(at) FROM erased').pluck();
  const all = db.prepare<[], { hash: Buffer; kind: ErasedPost['kind']; at: number }>(
    'SELECT hash, kind, at FROM erased ORDER BY at, hash',
  );

  const factsOf = ({ id, box, id_hash }: BoxRow): SealedFacts =>
    JSON.parse(sealer.open(box, contextOf(id, id_hash))) as SealedFacts;

  /** Gives posts from before the link's hash theirs: done once, with the first erasure by link. */
  const fillLinks = (): void => {
    const fill = db.transaction((): number => {
      const rows = unhashed.all(PIECE);
      for (const row of rows) setHash.run(linkHashOf(sealer, factsOf(row).url), row.id);
      return rows.length;
    });
    while (fill.immediate() === PIECE);
  };

  /** Removes an item, remembers what it is known by, and tells its names. */
  const eraseItem = (
    { number, id_hash }: FoundRow,
    details: Readonly<Record<string, string>>,
    now: number,
  ): NamedPost[] => {
    const names: NamedPost[] = [];
    remember.run(id_hash, 'id', now);
    for (const row of boxes.all(number)) {
      const { id, url } = factsOf(row);
      names.push({ id, ...(url === undefined ? {} : { url }) });
      const hash = linkHashOf(sealer, url);
      if (hash.length > 0) remember.run(hash, 'link', now);
    }
    remove.run(number);
    audit.append({ actor: SYSTEM_ACTOR, kind: 'erased', subject: `item:${number}`, details }, now);
    return names;
  };

  const erase = db.transaction(
    (
      named: string,
      how: { cases: boolean; reason?: string },
      now: number,
    ): ReturnType<ErasureStore['erase']> => {
      const link = linkHashOf(sealer, named);
      const isLink = link.length > 0;
      const idHash = sealer.digest(`id\n${named}`);
      const found = isLink ? byLink.all(link) : [...byId.all(idHash), ...byShownId.all(named)];
      const items = [...new Map(found.map((row) => [row.number, row])).values()];
      const inCases = items.filter(({ state }) => state === 'escalated').map(({ number }) => number);
      if (inCases.length > 0 && !how.cases) return { items: [], inCases, names: [] };
      if (isLink) remember.run(link, 'link', now);
      // What stands for a sealed id is not an id: nothing will come under it.
      else if (items.length === 0) remember.run(idHash, 'id', now);
      const reason = how.reason?.slice(0, MAX_REASON);
      const details = { by: isLink ? 'link' : 'id', ...(reason === undefined ? {} : { reason }) };
      const names = items.flatMap((item) => eraseItem(item, details, now));
      names.push(isLink ? { url: named } : { id: named });
      // What did not land left a row of hashes, and may be a text that stands for a narrative.
      forgetting.noteErased(
        names.flatMap(({ id }) => (id === undefined ? [] : [id])),
        names
          .flatMap(({ url }) => (url === undefined ? [] : [linkHashOf(sealer, url)]))
          .filter(({ length }) => length > 0),
        now,
      );
      forgetting.run(true);
      return { items: items.map(({ number }) => number), inCases: [], names };
    },
  );

  const isErased = ({ id, url }: NamedPost): boolean => {
    if (newest.get() === null) return false;
    if (id !== undefined && isKnown.get(sealer.digest(`id\n${id}`), 'id') !== undefined) return true;
    const link = linkHashOf(sealer, url);
    return link.length > 0 && isKnown.get(link, 'link') !== undefined;
  };

  const replay = db.transaction((erased: readonly ErasedPost[], now: number): number => {
    let removed = 0;
    for (const { hash, kind, at } of erased) {
      const bytes = Buffer.from(hash, 'hex');
      remember.run(bytes, kind, Date.parse(at));
      for (const item of (kind === 'link' ? byLink : byId).all(bytes)) {
        eraseItem(item, { by: kind, reason: 'replayed' }, now);
        removed += 1;
      }
    }
    forgetting.noteErased(
      [],
      erased.flatMap(({ hash, kind }) => (kind === 'link' ? [Buffer.from(hash, 'hex')] : [])),
      now,
    );
    forgetting.run(true);
    return removed;
  });

  return {
    erase(named, how, now) {
      if (linkKey(named) !== undefined) fillLinks();
      return erase.immediate(named, how, now);
    },
    isErased,
    namesErased: (text) => linksIn(text).some((url) => isErased({ url })),
    hasErasedSince: (since) => (newest.get() ?? Number.NEGATIVE_INFINITY) >= since,
    listErased: () =>
      all.all().map(({ hash, kind, at }) => ({
        hash: hash.toString('hex'),
        kind,
        at: new Date(at).toISOString(),
      })),
    replayErased(erased, now) {
      if (erased.some(({ kind }) => kind === 'link')) fillLinks();
      return replay.immediate(erased, now);
    },
    truncateLog() {
      const [state] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      return state?.busy === 0;
    },
  };
}
