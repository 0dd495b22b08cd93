import { CATEGORIES, LEVELS } from '../core/assessment.js';
import type { ItemState } from '../core/item.js';
import type { KeptText, RescoreStore } from '../core/rescore.js';
import { type ReviewAct, SYSTEM_ACTOR } from '../core/review.js';
import { createAuditStore } from './audit.js';
import type { HourlyCounts } from './counts.js';
import type { DeskTally } from './desk-tally.js';
import { createFindingRows } from './finding-rows.js';
import { CATEGORY_BIT, flagBits, type ItemWriter } from './items.js';
import type { Db } from './sqlite.js';

interface NowRow {
  readonly shown: number;
  readonly state: string;
  readonly speed: number;
  readonly source: string;
  readonly language: string;
  readonly withdrawn: string | null;
  /** ISO 8601 UTC */
  readonly at: string;
  /** A JSON list. */
  readonly incomplete: string | null;
}

interface KeptRow {
  readonly item: number;
  readonly revision: number;
  readonly state: ItemState;
  readonly text: string;
  readonly level: number;
  readonly flags: number;
  readonly score: number;
}

/** What counted an item when it landed and when people decided on it. */
interface Sums {
  readonly desk: Pick<DeskTally, 'reread'>;
  readonly counts: Pick<HourlyCounts, 'reread'>;
}

export function createRescores(
  db: Db,
  items: Pick<ItemWriter, 'setSpeed'>,
  { desk, counts }: Sums,
): RescoreStore {
  const page = db.prepare<[number, number, number], KeptRow>(
    `SELECT i.number AS item, p.id AS revision, i.state, p.text, i.level, i.flags, i.score
     FROM items i JOIN posts p ON p.id = i.shown
     WHERE i.number > ? AND p.landed_at >= ? AND p.withdrawn_at IS NULL ORDER BY i.number LIMIT ?`,
  );
  const now_ = db.prepare<[number], NowRow>(
    `SELECT i.shown, i.state, i.speed, i.source, i.language, p.withdrawn_at AS withdrawn,
       coalesce(p.created_at, p.collected_at) AS at, p.assessment ->> '$.incomplete' AS incomplete
     FROM items i JOIN posts p ON p.id = i.shown WHERE i.number = ?`,
  );
  const setAssessment = db.prepare('UPDATE posts SET assessment = ? WHERE id = ?');
  const dropFindings = db.prepare('DELETE FROM findings WHERE post = ?');
  const insertFindings = createFindingRows(db);
  const setItem = db.prepare(
    'UPDATE items SET level = ?, flags = ?, score = ?, language = ? WHERE number = ?',
  );
  // It leaves the item where it stands.
  const addEvent = db.prepare(
    `INSERT INTO review_events (item, at, actor, kind, state, stage, details)
     SELECT number, ?, ?, 'rescored', state, stage, ? FROM items WHERE number = ?`,
  );
  const letGo = db.prepare(
    `INSERT INTO item_retention (item, class, since)
     SELECT number, 'not-flagged', ? FROM items WHERE number = ? AND state = 'open' AND stage = 'new'
       AND NOT EXISTS (SELECT 1 FROM review_events WHERE item = number AND actor <> '${SYSTEM_ACTOR}')
     ON CONFLICT DO NOTHING`,
  );
  const keep = db.prepare(`DELETE FROM item_retention WHERE item = ? AND class = 'not-flagged'`);
  const audit = createAuditStore(db);

  const rescore = db.transaction<RescoreStore['rescore']>((kept, assessment, lands, now) => {
    const row = now_.get(kept.item);
    if (row === undefined || row.shown !== kept.revision || row.withdrawn !== null) return false;
    if (row.state === 'escalated') return false;
    const { findings, ...rest } = assessment;
    const { level, flags, score, language, versions } = assessment;
    desk.reread(kept.item, () => {
      setAssessment.run(JSON.stringify(rest), kept.revision);
      dropFindings.run(kept.revision);
      insertFindings(kept.revision, findings);
      setItem.run(LEVELS.indexOf(level), flagBits(assessment), score, language.code, kept.item);
    });
    const { at: postedAt, source } = row;
    const wasPartial = row.incomplete !== null && row.incomplete !== '[]';
    counts.reread(
      source,
      { ...kept.judged, at: postedAt, language: row.language, incomplete: wasPartial },
      { level, flags, at: postedAt, language: language.code, incomplete: assessment.incomplete.length > 0 },
    );
    items.setSpeed([kept.item], row.speed);
    const act: ReviewAct = {
      kind: 'rescored',
      from: kept.judged,
      to: { level, flags, score },
      versions: `${versions.rules} ${versions.lexicon} ${versions.model}`,
    };
    const at = new Date(now).toISOString();
    addEvent.run(at, SYSTEM_ACTOR, JSON.stringify(act), kept.item);
    if (lands) keep.run(kept.item);
    else letGo.run(at, kept.item);
    return true;
  });

  return {
    keptTexts: (since, after, limit) => page.all(after, since, limit).map(toKept),
    rescore: (kept, assessment, lands, now) => rescore.immediate(kept, assessment, lands, now),
    noteRescored: (details, now) =>
      void audit.append({ actor: SYSTEM_ACTOR, kind: 'rescored', subject: 'store', details }, now),
  };
}

function toKept({ level, flags, score, ...row }: KeptRow): KeptText {
  return {
    ...row,
    judged: {
      level: LEVELS[level] ?? 'none',
      flags: CATEGORIES.filter((category) => (flags & CATEGORY_BIT[category]) !== 0),
      score,
    },
  };
}
