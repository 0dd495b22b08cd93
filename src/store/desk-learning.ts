import { CATEGORIES, type Category } from '../core/assessment.js';
import type { DecidedText, LearningStore } from '../core/desk-numbers.js';
import type { ReviewAct } from '../core/review.js';
import { CATEGORY_BIT } from './items.js';
import type { Db } from './sqlite.js';

interface Row {
  readonly item: number;
  readonly text: string;
  readonly flags: number;
  readonly targets: string | null;
  readonly details: string;
}

/** Decisions to learn from. Everything is read here; nothing is written, to a file least of all. */
export function createLearningStore(db: Db): LearningStore {
  // The decision that brought the item where it is now, and no second reviewer against it.
  const decided = db.prepare<[number], Row>(
    `SELECT i.number AS item, p.text, i.flags, p.assessment ->> '$.targets' AS targets, e.details
     FROM review_events e JOIN items i ON i.number = e.item JOIN posts p ON p.id = i.shown
     WHERE e.kind = 'decided' AND i.stage = 'decided' AND p.withdrawn_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM review_events l WHERE l.item = e.item AND l.seq > e.seq
                       AND l.kind IN ('decided', 'undone', 'reopened'))
       AND NOT EXISTS (SELECT 1 FROM blind_reviews b WHERE b.item = e.item AND b.agrees = 0)
     ORDER BY e.seq DESC LIMIT ?`,
  );
  return {
    *decided(limit): Generator<DecidedText> {
      for (const { item, text, flags, targets, details } of decided.iterate(Math.max(0, Math.trunc(limit)))) {
        const act = JSON.parse(details) as ReviewAct;
        if (act.kind !== 'decided') continue;
        yield {
          item,
          text,
          targets: targets === null ? [] : (JSON.parse(targets) as string[]),
          flags: CATEGORIES.filter((category: Category) => (flags & CATEGORY_BIT[category]) !== 0),
          verdict: act.verdict,
        };
      }
    },
  };
}
