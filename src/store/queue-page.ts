import type { Statement } from 'better-sqlite3';
import { CATEGORIES, type Category, LEVELS } from '../core/assessment.js';
import {
  type QueueCount,
  type QueueEntry,
  type QueueFilter,
  type QueuePage,
  type QueuePosition,
  type QueueQuery,
  type QueueStore,
  VEILED_REASONS,
} from '../core/desk-ports.js';
import type { ItemState } from '../core/item.js';
import type { Stage } from '../core/review.js';
import { levelRange } from '../triage/priority.js';
import { CATEGORY_BIT } from './items.js';
import { createTextIndex, type TextSearch } from './search.js';
import type { Db } from './sqlite.js';

const MAX_LIMIT = 200;
const MAX_COUNT = 1_000;
/** Index entries looked at for a page, over all its ranges; then the page ends where it got to. */
const BUDGET = 80_000;
/** Texts read for a page when a search has too many candidates. */
const TEXT_BUDGET = 12_000;
/** Texts read at a time in such a search. */
const TEXT_PIECE = 400;
/** Items of a narrative that are put in order, those first seen. */
const MOST_OF_STORIES = 20_000;
const EXCERPT_CHARS = 400;
const HIGHEST = Number.MAX_SAFE_INTEGER;
const STAGED = `stage IN ('second-opinion', 'proposed', 'approved')`;
/** One bound from above, so that the index is entered at the place. */
const ORDERED = 'AND priority >= ? AND (priority, number) < (?, ?) ORDER BY priority DESC, number DESC';

type Value = string | number | null;

/** A stretch of one index in the order of the queue. */
interface Range {
  /** `FROM … WHERE …` with everything that the index gives by itself. */
  readonly from: string;
  readonly values: readonly Value[];
}

/** What of a filter is checked entry by entry. */
interface Check {
  readonly sql: readonly string[];
  readonly values: readonly Value[];
}

interface EntryRow extends QueuePosition {
  readonly state: ItemState;
  readonly stage: Stage;
  readonly level: number;
  readonly flags: number;
  readonly score: number;
  readonly language: string;
  readonly source: string;
  readonly region: string | null;
  readonly unit: string | null;
  readonly excerpt: string;
  readonly created_at: string | null;
  readonly withdrawn_at: string | null;
  readonly landed_at: number;
  readonly claim_user: number | null;
  /** JSON, `start:end` each. */
  readonly veiled: string;
  readonly claim_until: number | null;
}

/**
 * The queue in the order of its priorities. A filter becomes ranges of indexes that hold that order (one a region or unit
 * of the scope), which are merged; what no index gives is checked on its entries. Statements are kept by their text, of
 * which there are few.
 */
export function createQueueReader(db: Db): QueueStore {
  const texts = createTextIndex(db);
  const prepared = new Map<string, Statement<Value[]>>();
  const statement = (sql: string): Statement<Value[]> => {
    let known = prepared.get(sql);
    if (known === undefined) {
      known = db.prepare<Value[]>(sql);
      prepared.set(sql, known);
    }
    return known;
  };
  const entries = db.prepare<[string, number], EntryRow>(
    `SELECT i.number, i.priority, i.state, i.stage, i.level, i.flags, i.score, i.language, i.source, i.region, i.unit,
       substr(p.text, 1, ${EXCERPT_CHARS}) AS excerpt, p.created_at, p.withdrawn_at, i.landed_at,
       c.user AS claim_user, c.until AS claim_until,
       (SELECT json_group_array(f.span_start || ':' || f.span_end) FROM findings f
         WHERE f.post = i.shown AND f.reason IN (${VEILED_REASONS.map((reason) => `'${reason}'`).join(', ')})
           AND f.span_start < ${EXCERPT_CHARS} AND f.span_end > f.span_start) AS veiled
     FROM json_each(?) j JOIN items i ON i.number = j.value JOIN posts p ON p.id = i.shown
       LEFT JOIN item_claims c ON c.item = i.number AND c.until > ?`,
  );
  const textsOf = db.prepare<[string], { number: number; text: string }>(
    'SELECT i.number, p.text FROM json_each(?) j JOIN items i ON i.number = j.value JOIN posts p ON p.id = i.shown',
  );
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
  const newest = db.prepare<[], number | null>('SELECT max(number) FROM items').pluck();

  const allRegions = (): (string | null)[] => {
    // The last row of the walk is null, which stands for items of unknown region as well.
    const found = regions.all();
    return found.at(-1) === null ? found : [...found, null];
  };

  const regionsWithin = (region: string | null | undefined, of: readonly (string | null)[]) =>
    region === undefined
      ? of
      : of.filter((code) => code === region || (region !== null && code?.startsWith(`${region}.`) === true));

  const handedTo = (): string[] =>
    statement('SELECT DISTINCT unit FROM items INDEXED BY items_queue_unit WHERE unit IS NOT NULL')
      .pluck()
      .all() as string[];

  /** Everything that a filter asks of an item but its state, stage and text, as conditions on its row. */
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
    else checked(`(region = ? OR substr(region, 1, length(?) + 1) = ? || '.')`, region, region, region);
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

  /** The next entries after a place, and where to go on when the work for it was used up before `limit` was reached. */
  const walk = (
    filter: QueueFilter,
    after: QueuePosition,
    limit: number,
    now: number,
  ): { found: QueuePosition[]; stopped?: QueuePosition } => {
    const { ranges, check } = rangesOf(filter, now);
    const { least, before } = boundsOf(filter, after);
    const budget = Math.max(5_000, Math.floor(BUDGET / Math.max(1, ranges.length)));
    const isChecked = check.sql.length > 0;
    const found: QueuePosition[] = [];
    let stopped: QueuePosition | undefined;
    for (const range of ranges) {
      const place = [...range.values, least, before.priority, before.number];
      const rows = (
        isChecked
          ? statement(
              `SELECT priority, number FROM (SELECT priority, number, flags, language, source, region, unit
                 ${range.from} ${ORDERED} LIMIT ${budget})
               WHERE ${check.sql.join(' AND ')} LIMIT ?`,
            ).all(...place, ...check.values, limit)
          : statement(`SELECT priority, number ${range.from} ${ORDERED} LIMIT ?`).all(...place, limit)
      ) as QueuePosition[];
      found.push(...rows);
      if (!isChecked || rows.length >= limit) continue;
      const last = statement(`SELECT priority, number ${range.from} ${ORDERED} LIMIT 1 OFFSET ?`).get(
        ...place,
        budget - 1,
      ) as QueuePosition | undefined;
      if (last !== undefined && (stopped === undefined || byPlace(last, stopped) < 0)) stopped = last;
    }
    found.sort(byPlace);
    // Beyond where one range stopped, the others' entries might not be the next ones.
    const sure = stopped === undefined ? found : found.filter((place) => byPlace(place, stopped) <= 0);
    return { found: sure.slice(0, limit), ...(stopped === undefined ? {} : { stopped }) };
  };

  /** As {@link walk}, for a search. */
  const walkTexts = (
    filter: QueueFilter,
    search: TextSearch,
    after: QueuePosition,
    limit: number,
    now: number,
  ): { found: QueuePosition[]; stopped?: QueuePosition } => {
    const candidates = search.candidates();
    if (candidates !== undefined) {
      return { found: among(candidates, filter, search, after, limit, now) };
    }
    const found: QueuePosition[] = [];
    let place = after;
    for (let read = 0; read < TEXT_BUDGET; read += TEXT_PIECE) {
      const piece = walk(filter, place, TEXT_PIECE, now);
      for (const one of matching(piece.found, search)) {
        found.push(one);
        if (found.length === limit) return { found };
      }
      const last = piece.found.length === TEXT_PIECE ? piece.found.at(-1) : piece.stopped;
      if (last === undefined) return { found };
      place = last;
    }
    return { found, stopped: place };
  };

  /** Which of some posts are shown by items that pass the filter, in order, their texts read only as far as needed. */
  const among = (
    posts: readonly number[],
    filter: QueueFilter,
    search: TextSearch,
    after: QueuePosition,
    limit: number,
    now: number,
  ): QueuePosition[] => {
    const { least, before } = boundsOf(filter, after);
    const { sql, values } = conditionsOf(filter);
    const state = storedState(filter);
    const conditions = ['shown = c.post', 'state = ?', ...sql];
    if (filter.stage !== undefined) conditions.push(`stage = '${filter.stage}'`);
    if (filter.state === 'claimed')
      conditions.push('number IN (SELECT item FROM item_claims WHERE until > ?)');
    const places = statement(
      `SELECT priority, number
       FROM (SELECT p.id AS post, p.item FROM json_each(?) j CROSS JOIN posts p ON p.id = j.value) c
         CROSS JOIN items ON items.number = c.item
       WHERE ${conditions.join(' AND ')} ${ORDERED}`,
    ).all(
      JSON.stringify(posts),
      state,
      ...values,
      ...(filter.state === 'claimed' ? [now] : []),
      ...[least, before.priority, before.number],
    ) as QueuePosition[];
    const found: QueuePosition[] = [];
    for (let at = 0; at < places.length && found.length < limit; at += TEXT_PIECE) {
      found.push(...matching(places.slice(at, at + TEXT_PIECE), search));
    }
    return found.slice(0, limit);
  };

  const matching = (places: readonly QueuePosition[], search: TextSearch): QueuePosition[] => {
    const read = new Map(
      textsOf
        .all(JSON.stringify(places.map(({ number }) => number)))
        .map(({ number, text }) => [number, text]),
    );
    return places.filter(({ number }) => search.matches(read.get(number) ?? ''));
  };

  const find = (filter: QueueFilter, after: QueuePosition, limit: number, now: number) => {
    if (filter.text === undefined || filter.text.trim() === '') return walk(filter, after, limit, now);
    const search = texts.search(filter.text);
    return search === undefined ? { found: [] } : walkTexts(filter, search, after, limit, now);
  };

  const listed = (numbers: readonly number[], now: number): QueueEntry[] =>
    entries
      .all(JSON.stringify(numbers.slice(0, MAX_LIMIT)), now)
      .map(toEntry)
      .sort(byPlace);

  // A page is read as of one moment, whatever lands meanwhile.
  const page = db.transaction((query: QueueQuery, now: number): QueuePage => {
    const limit = Math.min(Math.max(Math.trunc(query.limit), 1), MAX_LIMIT);
    const after = query.after ?? { priority: HIGHEST, number: HIGHEST };
    const { found, stopped } = find(query, after, limit + 1, now);
    const places = found.slice(0, limit);
    const rows = listed(
      places.map(({ number }) => number),
      now,
    );
    const next = found.length > limit ? places.at(-1) : stopped;
    return {
      entries: rows,
      ...(next === undefined ? {} : { next: { priority: next.priority, number: next.number } }),
    };
  });
  const count = db.transaction((filter: QueueFilter, now: number): QueueCount => {
    const { found, stopped } = find(filter, { priority: HIGHEST, number: HIGHEST }, MAX_COUNT + 1, now);
    return {
      n: Math.min(found.length, MAX_COUNT),
      more: found.length > MAX_COUNT || stopped !== undefined,
    };
  });

  return {
    page: (query, now) => page.deferred(query, now),
    count: (filter, now) => count.deferred(filter, now),
    entries: listed,
    texts: (numbers) =>
      new Map(
        textsOf
          .all(JSON.stringify(numbers.slice(0, MAX_LIMIT)))
          .map(({ number, text }) => [number, text] as const),
      ),
    regions: allRegions,
    newest: () => newest.get() ?? 0,
    arrived(after, scope) {
      const where =
        scope === 'all'
          ? '? IS NOT NULL AND ? IS NOT NULL'
          : `CASE WHEN unit IS NULL THEN coalesce(region, '') IN (SELECT coalesce(value, '') FROM json_each(?))
             ELSE unit IN (SELECT value FROM json_each(?)) END`;
      const { regions: codes, units } = scope === 'all' ? { regions: [], units: [] } : scope;
      const n = statement(
        `SELECT count(*) FROM (SELECT 1 FROM (SELECT region, unit, state FROM items WHERE number > ? ORDER BY number LIMIT 20000)
         WHERE state = 'open' AND ${where} LIMIT ${MAX_COUNT + 1})`,
      )
        .pluck()
        .get(after, JSON.stringify(codes), JSON.stringify(units)) as number;
      return { n: Math.min(n, MAX_COUNT), more: n > MAX_COUNT };
    },
  };
}

/** What a filter's levels and a place leave of the priorities: `least` <= priority, and before the place `before`. */
function boundsOf(
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
function storedState({ state, stage }: QueueFilter): ItemState {
  if (state === 'claimed') return 'open';
  return state ?? (stage === undefined || stage === 'second-opinion' ? 'open' : 'escalated');
}

/** Highest priority first, then highest number. */
function byPlace(a: QueuePosition, b: QueuePosition): number {
  return b.priority - a.priority || b.number - a.number;
}

function placesOf(veiled: string, length: number): { start: number; end: number }[] {
  return (JSON.parse(veiled) as string[]).map((place) => {
    const [start = 0, end = 0] = place.split(':').map(Number);
    return { start, end: Math.min(end, length) };
  });
}

function toEntry(row: EntryRow): QueueEntry {
  const isClaimed = row.claim_user !== null && row.claim_until !== null;
  return {
    number: row.number,
    priority: row.priority,
    state: isClaimed && row.state === 'open' ? 'claimed' : row.state,
    stage: row.stage,
    level: LEVELS[row.level] ?? 'none',
    flags: CATEGORIES.filter((category: Category) => (row.flags & CATEGORY_BIT[category]) !== 0),
    score: row.score,
    language: row.language,
    source: row.source,
    excerpt: row.excerpt,
    ...(row.veiled === '[]' ? {} : { veiled: placesOf(row.veiled, row.excerpt.length) }),
    landedAt: new Date(row.landed_at).toISOString(),
    ...(row.region === null ? {} : { region: row.region }),
    ...(row.unit === null ? {} : { unit: row.unit }),
    ...(row.created_at === null ? {} : { createdAt: row.created_at }),
    ...(row.withdrawn_at === null ? {} : { withdrawnAt: row.withdrawn_at }),
    ...(row.claim_user === null || row.claim_until === null
      ? {}
      : {
          claim: {
            item: row.number,
            user: row.claim_user,
            until: new Date(row.claim_until).toISOString(),
          },
        }),
  };
}
