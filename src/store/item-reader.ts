import { type Assessment, LEVELS } from '../core/assessment.js';
import type { Finding } from '../core/finding.js';
import type { Item, ItemQuery, ItemState } from '../core/item.js';
import type { ItemStore } from '../core/ports.js';
import { regionOfItem } from '../core/region.js';
import { createCopyReader } from './copies.js';
import { CATEGORY_BIT } from './items.js';
import type { Db } from './sqlite.js';

interface ItemRow {
  readonly number: number;
  readonly state: ItemState;
  readonly shown: number;
  readonly post_id: string;
  readonly revision: string;
  readonly source: string;
  readonly platform: string;
  readonly text: string;
  readonly created_at: string | null;
  readonly collected_at: string;
  readonly region: string | null;
  /** As the item carries it. */
  readonly place: string | null;
  readonly reach: string | null;
  readonly assessment: string;
  readonly landed_at: number;
  readonly revisions: number;
  readonly withdrawn_at: string | null;
  readonly withdrawn_to: 'removed' | 'sealed' | null;
  readonly changed_at: string | null;
  readonly wording: Buffer | null;
}

interface FindingRow {
  readonly rule: string;
  readonly category: Finding['category'];
  readonly span_start: number;
  readonly span_end: number;
  readonly weight: number;
  readonly reason: string;
  readonly params: string;
  readonly claim: string | null;
}

const ITEM = `SELECT i.number, i.state, i.shown, i.post_id, p.revision, p.source, p.platform, p.text, p.created_at,
    p.collected_at, p.region, i.region AS place, p.reach, p.assessment, i.landed_at, i.revisions,
    p.withdrawn_at, p.withdrawn_to, p.wording, r.changed_at
  FROM items i JOIN posts p ON p.id = i.shown LEFT JOIN rechecks r ON r.item = i.number`;

const MAX_LIMIT = 1_000;

/** Reads items; touches no sealed table. */
export function createItemReader(db: Db): ItemStore {
  const one = db.prepare<[number], ItemRow>(`${ITEM} WHERE i.number = ?`);
  const findings = db.prepare<[number], FindingRow>(
    `SELECT rule, category, span_start, span_end, weight, reason, params, claim FROM findings
     WHERE post = ? ORDER BY ordinal`,
  );
  const states = db.prepare<[], { state: ItemState; n: number }>(
    'SELECT state, count(*) AS n FROM items GROUP BY state',
  );
  const copiesOf = createCopyReader(db);
  const copiesFact = (wording: Buffer | null): Pick<Item, 'copies'> => {
    const copies = wording === null ? [] : copiesOf(wording);
    return copies.length === 0 ? {} : { copies };
  };
  const toItem = (row: ItemRow): Item => ({
    ...regionFact(row.place),
    ...copiesFact(row.wording),
    number: row.number,
    state: row.state,
    post: {
      id: row.post_id,
      revision: row.revision,
      source: row.source,
      platform: row.platform,
      text: row.text,
      collectedAt: row.collected_at,
      ...(row.created_at === null ? {} : { createdAt: row.created_at }),
      ...(row.reach === null ? {} : { reach: JSON.parse(row.reach) as NonNullable<Item['post']['reach']> }),
      ...(row.region === null ? {} : { region: row.region }),
    },
    assessment: {
      ...(JSON.parse(row.assessment) as Omit<Assessment, 'findings'>),
      findings: findings.all(row.shown).map((finding) => toFinding(finding, row.text)),
    },
    landedAt: new Date(row.landed_at).toISOString(),
    revisions: row.revisions,
    ...(row.withdrawn_at === null
      ? {}
      : { withdrawn: { at: row.withdrawn_at, sealed: row.withdrawn_to === 'sealed' } }),
    ...(row.changed_at === null ? {} : { changedAt: row.changed_at }),
  });

  // A page and its findings are read as of one moment, whatever is landing meanwhile.
  const list = db.transaction((sql: string, values: readonly (string | number)[]): Item[] =>
    db
      .prepare<(string | number)[], ItemRow>(sql)
      .all(...values)
      .map(toItem),
  );
  const get = db.transaction((number: number): Item | undefined => {
    const row = one.get(number);
    return row && toItem(row);
  });

  return {
    listItems(query) {
      const { sql, values } = pageOf(query);
      return list.deferred(sql, values);
    },
    getItem: (number) => get.deferred(number),
    countItems() {
      const counts: Record<ItemState, number> = { open: 0, claimed: 0, escalated: 0, closed: 0 };
      for (const { state, n } of states.all()) counts[state] = n;
      return counts;
    },
  };
}

/**
 * The statement for a page. Numbers come first, from an index that holds them in order for each fixed value; a least
 * level is a union of such ranges, one a level, which SQLite merges without sorting.
 */
function pageOf(query: ItemQuery): { sql: string; values: (string | number)[] } {
  const limit = Math.min(Math.max(Math.trunc(query.limit), 1), MAX_LIMIT);
  const where: string[] = [];
  const values: (string | number)[] = [];
  const condition = (sql: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    where.push(sql);
    values.push(value);
  };
  condition('number < ?', query.before);
  condition('state = ?', query.state);
  condition('source = ?', query.source);
  condition('run = ?', query.run);
  // The literal, not a parameter: a partial index is used only where the text of its condition is met.
  if (query.category !== undefined) where.push(`flags & ${CATEGORY_BIT[query.category]}`);
  const least = query.minLevel === undefined ? 0 : LEVELS.indexOf(query.minLevel);
  const ranges = least === 0 ? [where] : levelsFrom(least).map((level) => [...where, `level = ${level}`]);
  const selects = ranges.map(
    (conditions) =>
      `SELECT number FROM items${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`,
  );
  return {
    sql: `${ITEM} WHERE i.number IN (SELECT number FROM (${selects.join(' UNION ALL ')}) ORDER BY number DESC LIMIT ${limit})
      ORDER BY i.number DESC`,
    values: selects.flatMap(() => values),
  };
}

function regionFact(place: string | null): Pick<Item, 'region'> {
  const region = regionOfItem(place);
  return region === undefined ? {} : { region };
}

function levelsFrom(least: number): number[] {
  return LEVELS.map((_, level) => level).filter((level) => level >= least);
}

function toFinding(row: FindingRow, text: string): Finding {
  return {
    rule: row.rule,
    category: row.category,
    start: row.span_start,
    end: row.span_end,
    text: text.slice(row.span_start, row.span_end),
    weight: row.weight,
    reason: row.reason,
    params: JSON.parse(row.params) as Finding['params'],
    ...(row.claim === null ? {} : { claim: JSON.parse(row.claim) as NonNullable<Finding['claim']> }),
  };
}
