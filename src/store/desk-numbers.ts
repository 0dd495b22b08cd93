import { LEVELS, type Level } from '../core/assessment.js';
import {
  type BlindPair,
  COUNTED_OUTCOMES,
  type HourNumbers,
  type MeasureNumbers,
  type NumbersStore,
  type PersonAct,
  type RuleNumbers,
} from '../core/desk-numbers.js';
import type { QueueFilter } from '../core/desk-ports.js';
import { hourOf, weekOfDay } from '../triage/days.js';
import type { Db } from './sqlite.js';

type Scope = QueueFilter['scope'];

const SUMS = COUNTED_OUTCOMES.map((outcome) => `sum(n.${outcome}) AS ${outcome}`).join(', ');
/** An item `i` of a scope; the parameters are those of {@link scopeValues}. */
const IN_SCOPE = `(@all OR CASE WHEN i.unit IS NULL
    THEN coalesce(i.region, '') IN (SELECT coalesce(value, '') FROM json_each(@regions))
    ELSE i.unit IN (SELECT value FROM json_each(@units)) END)`;

/** The reading side of core/desk-numbers.ts: sums that were kept, and bounded stretches of indexes. */
export function createNumbersReader(db: Db): NumbersStore {
  const hours = db.prepare<[string, number, number], HourNumbers>(
    `SELECT n.hour, sum(n.landed) AS landed, ${SUMS}
     FROM json_each(?) k CROSS JOIN desk_hours n ON n.region = k.value
     WHERE n.hour >= ? AND n.hour < ? GROUP BY n.hour ORDER BY n.hour`,
  );
  const measures = db.prepare<[string, number, number], MeasureNumbers>(
    `SELECT n.measure, sum(n.landed) AS landed, sum(n.passed) AS passed, ${SUMS}
     FROM json_each(?) k CROSS JOIN desk_days n ON n.region = k.value
     WHERE n.day >= ? AND n.day < ? GROUP BY n.measure ORDER BY n.measure`,
  );
  const firstHour = db
    .prepare<[], number | null>(`SELECT min(hour) FROM desk_hours WHERE region = '*'`)
    .pluck();
  const rules = db.prepare<[number, number], RuleNumbers>(
    `SELECT rule, sum(upheld) AS upheld, sum(dismissed) AS dismissed FROM desk_rules WHERE week >= ?
     GROUP BY rule HAVING sum(upheld) + sum(dismissed) >= ? ORDER BY rule`,
  );
  const pairs = db.prepare<[object], BlindPair>(
    `SELECT a.details ->> '$.verdict.kind' AS first, z.details ->> '$.verdict.kind' AS second
     FROM (SELECT item, first_event, second_event FROM blind_reviews INDEXED BY blind_reviews_done
           WHERE second_event IS NOT NULL AND at >= @since ORDER BY at DESC LIMIT @limit) b
       JOIN items i ON i.number = b.item
       JOIN review_events a ON a.seq = b.first_event JOIN review_events z ON z.seq = b.second_event
     WHERE ${IN_SCOPE}`,
  );
  const acts = db.prepare<[object], PersonAct & { readonly visible: number }>(
    `SELECT e.item, e.actor, e.kind, e.details ->> '$.verdict.kind' AS verdict,
       i.number IS NOT NULL AND ${IN_SCOPE} AS visible
     FROM (SELECT * FROM review_events INDEXED BY review_events_at WHERE at >= @since
           ORDER BY at DESC, seq DESC LIMIT @limit) e
       LEFT JOIN items i ON i.number = e.item
     ORDER BY e.seq`,
  );
  const bounds = db.prepare<[], { least: number | null; most: number | null }>(
    'SELECT (SELECT min(number) FROM items) AS least, (SELECT max(number) FROM items) AS most',
  );
  const landedAt = db.prepare<[number], { number: number; landed_at: number }>(
    'SELECT number, landed_at FROM items WHERE number >= ? ORDER BY number LIMIT 1',
  );
  // Summed as the rows come, without sorting them.
  const landed = db
    .prepare<[object], (number | null)[]>(
      `SELECT ${LEVELS.map((_, level) => `sum(i.level = ${level})`).join(', ')}
       FROM items i WHERE i.number >= @from AND ${IN_SCOPE}`,
    )
    .raw();
  const oldest = db.prepare<[object], { level: number; at: number }>(
    `SELECT i.level, min(i.landed_at) AS at
     FROM (SELECT number, level, landed_at, region, unit FROM items INDEXED BY items_state
           WHERE state = 'open' ORDER BY number LIMIT @limit) i
     WHERE ${IN_SCOPE} GROUP BY i.level`,
  );
  const oldestEnd = db
    .prepare<[number], number>(
      `SELECT landed_at FROM items INDEXED BY items_state WHERE state = 'open' ORDER BY number LIMIT 1 OFFSET ?`,
    )
    .pluck();
  const incomplete = db.prepare<[number], { source: string; n: number }>(
    `SELECT source, sum(n) AS n FROM counts WHERE hour >= ? AND measure = 'incomplete'
     GROUP BY source ORDER BY sum(n) DESC, source`,
  );
  const claims = db.prepare<[object], { user: number; items: number }>(
    `SELECT c.user, count(*) AS items FROM item_claims c JOIN items i ON i.number = c.item
     WHERE c.until > @now AND ${IN_SCOPE} GROUP BY c.user ORDER BY c.user`,
  );

  /** The first number that landed at or after a time. Numbers rise with landing, so it is looked for by halves. */
  const firstSince = (since: number): number => {
    const { least, most } = bounds.get() ?? { least: null, most: null };
    if (least === null || most === null) return 1;
    let [low, high] = [least, most + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = landedAt.get(middle);
      if (row === undefined || row.landed_at >= since) high = middle;
      else low = row.number + 1;
    }
    return low;
  };

  return {
    hours: (scope, from, to) => hours.all(keysOf(scope), from, to),
    measures: (scope, from, to) => measures.all(keysOf(scope), from, to),
    firstHour: () => firstHour.get() ?? undefined,
    rules: (since, least) => rules.all(weekOfDay(since), least),
    blindPairs: (scope, since, limit) => pairs.all({ ...scopeValues(scope), since, limit }),
    acts(scope, since, limit) {
      const found = acts.all({
        ...scopeValues(scope),
        since: new Date(since).toISOString(),
        limit: limit + 1,
      });
      const more = found.length > limit;
      const told = (more ? found.slice(1) : found).filter(({ visible }) => visible === 1);
      return {
        acts: told.map(({ item, actor, kind, verdict }) => ({
          item,
          actor,
          kind,
          ...(verdict === undefined || verdict === null ? {} : { verdict }),
        })),
        more,
      };
    },
    landedSince(scope, since, limit) {
      const first = firstSince(since);
      const newest = bounds.get()?.most ?? 0;
      const from = Math.max(first, newest - limit + 1);
      const levels: Record<Level, number> = { none: 0, low: 0, medium: 0, high: 0, critical: 0 };
      const sums = landed.get({ ...scopeValues(scope), from }) ?? [];
      for (const [level, name] of LEVELS.entries()) levels[name] = sums[level] ?? 0;
      return { levels, more: from > first };
    },
    oldestOpen(scope, limit) {
      const levels: Partial<Record<Level, number>> = {};
      for (const { level, at } of oldest.all({ ...scopeValues(scope), limit }))
        levels[LEVELS[level] ?? 'none'] = at;
      const to = oldestEnd.get(limit);
      return { levels, ...(to === undefined ? {} : { to }) };
    },
    incomplete: (since) => incomplete.all(hourOf(since)),
    claims: (scope, now) => claims.all({ ...scopeValues(scope), now }),
  };
}

/** The rows of a scope's sums, as JSON. */
function keysOf(scope: Scope): string {
  if (scope === 'all') return '["*"]';
  const { regions, units } = scope;
  return JSON.stringify([...regions.map((region) => region ?? ''), ...units.map((unit) => `unit:${unit}`)]);
}

function scopeValues(scope: Scope): { all: number; regions: string; units: string } {
  if (scope === 'all') return { all: 1, regions: '[]', units: '[]' };
  return { all: 0, regions: JSON.stringify(scope.regions), units: JSON.stringify(scope.units) };
}
