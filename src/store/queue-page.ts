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
import { regionOfItem } from '../core/region.js';
import type { Stage } from '../core/review.js';
import { CATEGORY_BIT } from './items.js';
import { createQueueSearch, SEARCH_LIMITS, type SearchLimits } from './queue-search.js';
import { byPlace, createQueueWalk, type Found, HIGHEST } from './queue-walk.js';
import { createTextReader } from './search-reading.js';
import type { Db } from './sqlite.js';

const MAX_LIMIT = 200;
const MAX_COUNT = 1_000;
const EXCERPT_CHARS = 400;

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
  readonly copies: number | null;
}

/**
 * The queue in the order of its priorities. A filter becomes ranges of indexes that hold that order (one a region or unit
 * of the scope), which are merged; what no index gives is checked on its entries. Statements are kept by their text, of
 * which there are few.
 */
export function createQueueReader(db: Db, limits: SearchLimits = SEARCH_LIMITS): QueueStore {
  const queue = createQueueWalk(db);
  const texts = createTextReader(db);
  const searching = createQueueSearch(db, queue, limits);
  const { statement, walk } = queue;
  const entries = db.prepare<[string, number], EntryRow>(
    `SELECT i.number, i.priority, i.state, i.stage, i.level, i.flags, i.score, i.language, i.source, i.region, i.unit,
       substr(p.text, 1, ${EXCERPT_CHARS}) AS excerpt, p.created_at, p.withdrawn_at, i.landed_at,
       (SELECT sum(n) FROM copies WHERE wording = p.wording) AS copies, c.user AS claim_user, c.until AS claim_until,
       (SELECT json_group_array(f.span_start || ':' || f.span_end) FROM findings f
         WHERE f.post = i.shown AND f.reason IN (${VEILED_REASONS.map((reason) => `'${reason}'`).join(', ')})
           AND f.span_start < ${EXCERPT_CHARS} AND f.span_end > f.span_start) AS veiled
     FROM json_each(?) j JOIN items i ON i.number = j.value JOIN posts p ON p.id = i.shown
       LEFT JOIN item_claims c ON c.item = i.number AND c.until > ?`,
  );
  const textsOf = db.prepare<[string], { number: number; text: string }>(
    'SELECT i.number, p.text FROM json_each(?) j JOIN items i ON i.number = j.value JOIN posts p ON p.id = i.shown',
  );
  const newest = db.prepare<[], number | null>('SELECT max(number) FROM items').pluck();

  const find = (filter: QueueFilter, after: QueuePosition, limit: number, now: number): Found => {
    if (filter.text === undefined || filter.text.trim() === '') return walk(filter, after, limit, now);
    const search = texts.search(filter.text);
    return search === undefined ? { found: [] } : searching(filter, search, after, limit, now);
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
    // What a search found is counted by the way: to look for it once more would cost as much again.
    const isSearch = query.text !== undefined;
    const wanted = isSearch && query.after === undefined ? Math.max(limit, MAX_COUNT) + 1 : limit + 1;
    const { found, stopped } = find(query, after, wanted, now);
    const places = found.slice(0, limit);
    const rows = listed(
      places.map(({ number }) => number),
      now,
    );
    const next = found.length > limit ? places.at(-1) : stopped;
    return {
      entries: rows,
      ...(next === undefined ? {} : { next: { priority: next.priority, number: next.number } }),
      ...(isSearch && query.after === undefined ? { count: countOf(found, stopped) } : {}),
    };
  });
  const count = db.transaction((filter: QueueFilter, now: number): QueueCount => {
    const { found, stopped } = find(filter, { priority: HIGHEST, number: HIGHEST }, MAX_COUNT + 1, now);
    return countOf(found, stopped);
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
    regions: queue.regions,
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

function countOf(found: readonly QueuePosition[], stopped: QueuePosition | undefined): QueueCount {
  return {
    n: Math.min(found.length, MAX_COUNT),
    more: found.length > MAX_COUNT || stopped !== undefined,
  };
}

function placesOf(veiled: string, length: number): { start: number; end: number }[] {
  return (JSON.parse(veiled) as string[]).map((place) => {
    const [start = 0, end = 0] = place.split(':').map(Number);
    return { start, end: Math.min(end, length) };
  });
}

function toEntry(row: EntryRow): QueueEntry {
  const region = regionOfItem(row.region);
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
    ...(region === undefined ? {} : { region: region.code }),
    ...(region?.isFromText === true ? { regionFromText: true } : {}),
    ...(row.unit === null ? {} : { unit: row.unit }),
    ...(row.created_at === null ? {} : { createdAt: row.created_at }),
    ...(row.withdrawn_at === null ? {} : { withdrawnAt: row.withdrawn_at }),
    ...(row.copies === null ? {} : { copies: row.copies }),
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
