import type { Found, NarrativeStore, PartPlace } from '../core/narrative-ports.js';
import { PRINT_BYTES } from '../core/print.js';
import type { Excerpts } from './excerpts.js';
import { type Forgetting, goneReader } from './forgetting.js';
import { groupingWriter } from './grouping-writer.js';
import type { Fence } from './lease.js';
import type { PrintKey } from './print-key.js';
import { logged, type PrintLog } from './print-log.js';
import type { Db } from './sqlite.js';

interface Parts {
  readonly log: Pick<PrintLog, 'after'>;
  readonly key: Pick<PrintKey, 'text' | 'forget'>;
  readonly excerpts: Pick<Excerpts, 'get' | 'forget'>;
  readonly forgetting: Pick<Forgetting, 'run'>;
  /** Refuses a lander whose lease another has taken: only who lands groups. */
  readonly fence: Pick<Fence, 'check'>;
}

/** Stories and the fingerprints of closed hours; callers map errors. */
export function createNarrativeStore(
  db: Db,
  { log, key, excerpts, forgetting, fence }: Parts,
): NarrativeStore {
  // A piece at a time, each read to its end: others write between them.
  const closed = db.prepare<[number, number], { id: number; hour: number; part: number; rows: Buffer }>(
    'SELECT id, hour, part, rows FROM print_hours WHERE (hour, part) >= (?, ?) ORDER BY hour, part LIMIT 1',
  );
  const sizes = db.prepare<[number], PartPlace & { readonly count: number }>(
    `SELECT hour, part, length(rows) / ${PRINT_BYTES} AS count FROM print_hours WHERE hour >= ?
     ORDER BY hour DESC, part DESC`,
  );
  const newest = db.prepare<[], number | null>('SELECT max(hour) FROM print_hours').pluck();
  const findWording = db
    .prepare<[string], string>('SELECT story FROM narrative_wordings WHERE wording = ?')
    .pluck();
  const counted = db.prepare<[number], { id: string; part: number }>(
    'SELECT id, counted AS part FROM narratives WHERE last_hour >= ? AND counted > 0',
  );
  const selectFacts = db
    .prepare<[string], string | null>('SELECT facts FROM narratives WHERE id = ?')
    .pluck();
  const openStories = db.prepare<[], string>('SELECT id FROM narratives WHERE open IS NOT NULL').pluck();
  const items = db
    .prepare<[string], number>(
      `SELECT n.item FROM narrative_items n JOIN items i ON i.number = n.item
       WHERE n.story = ? AND i.state = 'open' ORDER BY n.item DESC LIMIT 1000`,
    )
    .pluck();
  const exemplars = db.prepare<[], string>('SELECT story FROM narrative_exemplars WHERE open = 0').pluck();
  const gone = goneReader(db);
  const oldPosts = db
    .prepare<[number, number], number | null>(
      `SELECT sum(length(rows)) / ${PRINT_BYTES} FROM print_hours WHERE (hour, part) < (?, ?)`,
    )
    .pluck();
  const dropParts = db.prepare('DELETE FROM print_hours WHERE (hour, part) < (?, ?)');
  const purge = db.transaction(({ hour, part }: PartPlace): number => {
    fence.check();
    const posts = oldPosts.get(hour, part) ?? 0;
    if (posts > 0) dropParts.run(hour, part);
    return posts;
  });
  const write = groupingWriter(db);
  /** Writes unless posts were taken out that the writer does not know of yet. */
  const unlessGone = <T extends unknown[]>(writes: (...given: T) => void) =>
    db.transaction(({ goneTo }: Found, ...given: T): boolean => {
      fence.check();
      if (gone.last() > goneTo) return false;
      writes(...given);
      return true;
    }).immediate;
  const closePart = unlessGone(write.closePart);
  const saveFacts = unwaited(db, unlessGone(write.saveFacts));
  const showOpen = unwaited(db, unlessGone(write.showOpen));
  const endOpen = unwaited(db, unlessGone(write.endOpen));
  const forget = db.transaction(() => {
    fence.check();
    forgetting.run(true);
  });

  return {
    printsAfter: log.after,
    *closedPrints({ hour, part }) {
      for (let row = closed.get(hour, part); row !== undefined; row = closed.get(row.hour, row.part + 1)) {
        yield logged(row.id, row.hour, row.rows);
      }
    },
    closedSizes: (hour) => sizes.all(hour),
    newestClosed: () => newest.get() ?? undefined,
    storyOf: (wording) => findWording.get(wording),
    countedParts: (hour) => counted.all(hour),
    facts: (id) => selectFacts.get(id) ?? undefined,
    closePart: (part) => closePart(part, part),
    saveFacts: (facts, found) => saveFacts(found, facts, found.at),
    openStories: () => openStories.all(),
    showOpen: (stories, items, found) => showOpen(found, stories, items, found.at),
    endOpen: (stories, exemplars, found) => endOpen(found, stories, exemplars, found.at),
    exemplars: () => exemplars.all(),
    excerpt: (row) => excerpts.get(row),
    forgetGone: () => forget.immediate(),
    goneAfter: gone.after,
    lastGone: gone.last,
    forgetTerms: key.forget,
    termText: key.text,
    itemsOf: (stories) => stories.flatMap((story) => items.all(story)),
    purgePrints: (before) => purge.immediate(before),
  };
}

/**
 * Commits without waiting for the disk: after a power cut the last of it may be gone, in order, and is found anew from the
 * parts of hours. Commits of others wait for it with their own.
 */
function unwaited<T extends unknown[], R>(db: Db, work: (...given: T) => R): (...given: T) => R {
  return (...given) => {
    db.pragma('synchronous = NORMAL');
    try {
      return work(...given);
    } finally {
      db.pragma('synchronous = FULL');
    }
  };
}
