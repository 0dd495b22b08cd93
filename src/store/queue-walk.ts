import type { Statement } from 'better-sqlite3';
import type { QueueFilter, QueuePosition } from '../core/desk-ports.js';
import type { ItemState } from '../core/item.js';
import { regionOfItem } from '../core/region.js';
import { levelRange } from '../triage/priority.js';
import { CATEGORY_BIT } from './items.js';
import type { Db } from './sqlite.js';

/** Index entries looked at for a page, over all its ranges; then the page ends where it got to. */
const BUDGET = 80_000;
/** Items of a narrative that are put in order, those first seen. */
const MOST_OF_STORIES = 20_000;
/** Ranges that one statement merges. */
const MERGED = 50;
/** Before every place. */
export const HIGHEST = Number.MAX_SAFE_INTEGER;
const STAGED = `stage IN ('second-opinion', 'proposed', 'approved')`;
/** One bound from above, so that the index is entered at the place. */
const BOUNDED = 'AND priority >= ? AND (priority, number) < (?, ?)';
const ORDERED = `${BOUNDED} ORDER BY priority DESC, number DESC`;

export type Value = string | number | null;

/** A stretch of one index in the order of the queue. */
interface Range {
  /** `FROM … WHERE …` with everything that the index gives by itself. */
  readonly from: string;
  readonly values: readonly Value[];
}

/** What of a filter is checked entry by entry. */
export interface Check {
  readonly sql: readonly string[];
  readonly values: readonly Value[];
}

/** Places found, in order, and where to go on when the work for them was used up before there were enough. */
export interface Found {
  readonly found: readonly QueuePosition[];
  readonly stopped?: QueuePosition;
}

/** The queue as its indexes hold it. */
export interface QueueWalk {
  /** A statement kept by its text, of which there are few. */
  statement(sql: string): Statement<Value[]>;
  /** Every region that items have; null: unknown. */
  regions(): (string | null)[];
  /** Everything that a filter asks of an item but its state, stage and text, as conditions on its row. */
  conditionsOf(filter: QueueFilter): Check;
  /** The next places of a filter, its text left out, after a place. */
  walk(filter: QueueFilter, after: QueuePosition, limit: number, now: number): Found;
}

/**
 * The queue in the order of its priorities. A filter becomes ranges of indexes that hold that order (one a region or unit
 * of the scope), which are merged; what no index gives is checked on its entries.
 */
export function createQueueWalk(db: Db): QueueWalk {
  const prepared = new Map<string, Statement<Value[]>>();
  const statement = (sql: string): Statement<Value[]> => {
    let known = prepared.get(sql);
    if (known === undefined) {
      known = db.prepare<Value[]>(sql);
      prepared.set(sql, known);
    }
    return known;
  };
  const regions = db
    .prepare<[], string | null>(
      `WITH RECURSIVE r (region) AS (
         SELECT (SELECT min(region) FROM items INDEXED BY items_queue_region WHERE unit IS NULL AND region >= '')
         UNION ALL
         SELECT (SELECT min(region) FROM items INDEXED BY items_queue_region WHERE unit IS NULL AND region > r.region)
         FROM r WHERE r.region IS NOT NULL)
       SELECT region FROM r`,
    )
    .pluck();
  const units = db
    .prepare<[], string | null>(
      `WITH RECURSIVE u (unit) AS (
         SELECT (SELECT min(unit) FROM items INDEXED BY items_queue_unit WHERE unit IS NOT NULL)
         UNION ALL
         SELECT (SELECT min(unit) FROM items INDEXED BY items_queue_unit WHERE unit IS NOT NULL AND unit > u.unit)
         FROM u WHERE u.unit IS NOT NULL)
       SELECT unit FROM u`,
    )
    .pluck();

  const allRegions = (): (string | null)[] => {
    // The last row of the walk is null, which stands for items of unknown region as well.
    const found = regions.all();
    return found.at(-1) === null ? found : [...found, null];
  };

  const regionsWithin = (region: string | null | undefined, of: readonly (string | null)[]) =>
    of.filter((carried) => {
      if (region === undefined || carried === region) return true;
      const code = regionOfItem(carried)?.code;
      return region !== null && (code === region || code?.startsWith(`${region}.`) === true);
    });

  const handedTo = (): string[] => units.all().filter((unit) => unit !== null);

  const conditionsOf = ({ category, language, source, region, scope, stories }: QueueFilter): Check => {
    const sql: string[] = [];
    const values: Value[] = [];
    const checked = (condition: string, ...given: readonly (Value | undefined)[]): void => {
      if (given[0] === undefined) return;
      sql.push(condition);
      values.push(...(given as Value[]));
    };
    checked('flags & ?', category === undefined ? undefined : CATEGORY_BIT[category]);
    checked('language = ?', language);
    checked('source = ?', source);
    if (stories !== undefined) {
      sql.push(
        'number IN (SELECT item FROM narrative_items WHERE story IN (SELECT value FROM json_each(?)))',
      );
      values.push(JSON.stringify(stories));
    }
    if (region === null) sql.push('region IS NULL');
    // Without the mark of what was read out of a text (core/region.ts).
    else checked(`substr(ltrim(region, '~') || '.', 1, length(?) + 1) = ? || '.'`, region, region);
    if (scope !== 'all') {
      checked(
        `CASE WHEN unit IS NULL THEN coalesce(region, '') IN (SELECT coalesce(value, '') FROM json_each(?))
           ELSE unit IN (SELECT value FROM json_each(?)) END`,
        JSON.stringify(scope.regions),
        JSON.stringify(scope.units),
      );
    }
    return { sql, values };
  };

  /** The ranges of the indexes that hold what a filter asks for, and what is left to check on their entries. */
  const rangesOf = (filter: QueueFilter, now: number): { ranges: Range[]; check: Check } => {
    const { scope, region, source, stage } = filter;
    const state = storedState(filter);
    if (filter.stories !== undefined) {
      // A story has few items beside the queue; their order is made anew.
      const from = `FROM (SELECT item FROM narrative_items WHERE story IN (SELECT value FROM json_each(?)) LIMIT ${MOST_OF_STORIES}) s
        CROSS JOIN items ON items.number = s.item
        WHERE state = ?${stage === undefined ? '' : ` AND stage = '${stage}'`}${
          filter.state === 'claimed' ? ' AND number IN (SELECT item FROM item_claims WHERE until > ?)' : ''
        }`;
      const values = [JSON.stringify(filter.stories), state, ...(filter.state === 'claimed' ? [now] : [])];
      const { stories: _, ...rest } = filter;
      return { ranges: [{ from, values }], check: conditionsOf(rest) };
    }
    if (filter.state === 'claimed') {
      const from = `FROM (SELECT item FROM item_claims WHERE until > ?) c CROSS JOIN items ON items.number = c.item
        WHERE state = 'open'${stage === undefined ? '' : ` AND stage = '${stage}'`}`;
      return { ranges: [{ from, values: [now] }], check: conditionsOf(filter) };
    }
    const range = (index: string, condition: string, ...values: readonly Value[]): Range => ({
      from: `FROM items INDEXED BY ${index} WHERE ${condition}`,
      values,
    });
    if (stage !== undefined) {
      // The index's own condition in its own words, by which SQLite knows that it may be used.
      const inStage = range('items_queue_stage', `${STAGED} AND stage = '${stage}' AND state = ?`, state);
      return { ranges: [inStage], check: conditionsOf(filter) };
    }
    if (scope !== 'all' || region !== undefined) {
      const codes = regionsWithin(region, scope === 'all' ? allRegions() : scope.regions);
      const units = scope === 'all' ? handedTo() : scope.units;
      const ofRegions = codes.map((code) =>
        range('items_queue_region', 'unit IS NULL AND region IS ? AND state = ?', code, state),
      );
      const ofUnits = units.map((unit) => range('items_queue_unit', 'unit = ? AND state = ?', unit, state));
      // The scope is in the ranges; a region asked for still has to be looked at where a unit was given the item.
      return { ranges: [...ofRegions, ...ofUnits], check: conditionsOf({ ...filter, scope: 'all' }) };
    }
    if (source !== undefined) {
      const { source: _, ...rest } = filter;
      return {
        ranges: [range('items_queue_source', 'source = ? AND state = ?', source, state)],
        check: conditionsOf(rest),
      };
    }
    return { ranges: [range('items_queue', 'state = ?', state)], check: conditionsOf(filter) };
  };

  /** Ranges that need no check, merged by SQLite as it reads them: it looks at little more than it gives. */
  const merged = (ranges: readonly Range[], place: readonly Value[], limit: number): QueuePosition[] => {
    const found: QueuePosition[] = [];
    for (let at = 0; at < ranges.length; at += MERGED) {
      const some = ranges.slice(at, at + MERGED);
      const sql = some.map(({ from }) => `SELECT priority, number ${from} ${BOUNDED}`).join(' UNION ALL ');
      const values = some.flatMap((range) => [...range.values, ...place]);
      const ordered = `${sql} ORDER BY priority DESC, number DESC LIMIT ?`;
      found.push(...(statement(ordered).all(...values, limit) as QueuePosition[]));
    }
    return ranges.length > MERGED ? found.sort(byPlace).slice(0, limit) : found;
  };

  /** A range of which each entry is checked, as far as its share of the work goes. */
  const checked = (
    { from, values }: Range,
    check: Check,
    place: readonly Value[],
    limit: number,
    budget: number,
  ): Found => {
    const found = statement(
      `SELECT priority, number FROM (SELECT priority, number, flags, language, source, region, unit
         ${from} ${ORDERED} LIMIT ${budget})
       WHERE ${check.sql.join(' AND ')} LIMIT ?`,
    ).all(...values, ...place, ...check.values, limit) as QueuePosition[];
    if (found.length >= limit) return { found };
    const last = statement(`SELECT priority, number ${from} ${ORDERED} LIMIT 1 OFFSET ?`).get(
      ...values,
      ...place,
      budget - 1,
    ) as QueuePosition | undefined;
    return last === undefined ? { found } : { found, stopped: last };
  };

  const walk = (filter: QueueFilter, after: QueuePosition, limit: number, now: number): Found => {
    const { ranges, check } = rangesOf(filter, now);
    const { least, before } = boundsOf(filter, after);
    const place = [least, before.priority, before.number];
    if (ranges.length === 0) return { found: [] };
    if (check.sql.length === 0) return { found: merged(ranges, place, limit) };
    const budget = Math.max(5_000, Math.floor(BUDGET / ranges.length));
    const parts = ranges.map((range) => checked(range, check, place, limit, budget));
    const found = parts.flatMap((part) => part.found).sort(byPlace);
    const [stopped] = parts.flatMap((part) => part.stopped ?? []).sort(byPlace);
    // Beyond where one range stopped, the others' entries might not be the next ones.
    const sure = stopped === undefined ? found : found.filter((one) => byPlace(one, stopped) <= 0);
    return { found: sure.slice(0, limit), ...(stopped === undefined ? {} : { stopped }) };
  };

  return { statement, regions: allRegions, conditionsOf, walk };
}

/** What a filter's levels and a place leave of the priorities: `least` <= priority, and before the place `before`. */
export function boundsOf(
  { level, minLevel }: QueueFilter,
  after: QueuePosition,
): { least: number; before: QueuePosition } {
  const least = Math.max(
    level === undefined ? 0 : levelRange(level).from,
    minLevel === undefined ? 0 : levelRange(minLevel).from,
  );
  const top = { priority: level === undefined ? HIGHEST : levelRange(level).to, number: 0 };
  return { least, before: byPlace(top, after) > 0 ? top : after };
}

/** The state that items of a filter have in the store: claimed ones are open, and a stage has a state of its own. */
export function storedState({ state, stage }: QueueFilter): ItemState {
  if (state === 'claimed') return 'open';
  return state ?? (stage === undefined || stage === 'second-opinion' ? 'open' : 'escalated');
}

/** Highest priority first, then highest number. */
export function byPlace(a: QueuePosition, b: QueuePosition): number {
  return b.priority - a.priority || b.number - a.number;
}
