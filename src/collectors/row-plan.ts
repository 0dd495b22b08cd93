import { type ColumnMapEntry, platformOfUrl, platformOfWord, recogniseExport } from './column-maps.js';
import { telltaleRefusal } from './terms.js';

/** What a row may say of a post; a column map names the row's own key for each. */
const ROW_FIELDS = [
  'id',
  'text',
  'created_at',
  'author',
  'author_id',
  'source',
  'platform',
  'url',
  'likes',
  'reposts',
  'replies',
  'views',
] as const;

export type RowField = (typeof ROW_FIELDS)[number];
export type ColumnMap = Readonly<Partial<Record<RowField, string | undefined>>>;
export type Row = Readonly<Partial<Record<RowField, unknown>>>;

/** Looks a column or key up in one row. */
export type Lookup = (key: string) => unknown;

/** Which of a row's columns or keys say what of the post. */
export interface RowPlan {
  /** For each field the names to try, in order. */
  readonly names: ReadonlyMap<RowField, readonly string[]>;
  /** The same where each field has one plain name, as it mostly is; rows are read the short way then. */
  readonly plain?: readonly (readonly [RowField, string])[];
  /** The export that the file was taken for, where it is a known one. */
  readonly known?: ColumnMapEntry;
}

export interface PlanOptions {
  readonly columns: ColumnMap;
  /** `auto`, `none`, or the name of an export. */
  readonly map?: string | undefined;
}

/**
 * The plan for rows under this header (the keys of the first object of JSON): the columns that are named, then those
 * of the export that it is, then the fields' own names.
 */
export function planRows(header: readonly string[], { columns, map = 'auto' }: PlanOptions): RowPlan {
  // Who names the text column has mapped the file himself.
  const isOwn = map === 'none' || (map === 'auto' && columns.text !== undefined);
  const known = isOwn ? undefined : recogniseExport(header, map === 'auto' ? undefined : map);
  const names = new Map<RowField, readonly string[]>();
  for (const field of ROW_FIELDS) {
    const own = columns[field];
    if (own !== undefined) names.set(field, [own]);
    else if (known !== undefined) names.set(field, known.fields[field] ?? []);
    else names.set(field, [field]);
  }
  if (known !== undefined) return { names, known };
  return { names, plain: [...names].map(([field, [name]]) => [field, name ?? field] as const) };
}

/** What a row says of its post, by plan. Values of an export that are empty or nought give way to its next column. */
export function rowBy(plan: RowPlan, lookup: Lookup): Row {
  const row: Partial<Record<RowField, unknown>> = {};
  if (plan.plain !== undefined) {
    for (const [field, name] of plan.plain) {
      const value = lookup(name);
      if (value !== undefined && value !== '') row[field] = value;
    }
    return row;
  }
  for (const [field, names] of plan.names) {
    for (const [index, name] of names.entries()) {
      const value = name.includes('{') ? filledIn(name, lookup) : lookup(name);
      if (value === undefined || value === '') continue;
      const isLast = index === names.length - 1;
      if (!isLast && (value === null || value === '0' || value === 0 || isBlank(value))) continue;
      row[field] = value;
      break;
    }
  }
  if (plan.known !== undefined) row.platform = placeOf(plan.known, row);
  return row;
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && !/\S/.test(value);
}

function placeOf(known: ColumnMapEntry, row: Row): unknown {
  if (known.platform !== undefined) return known.platform;
  const named = typeof row.platform === 'string' ? platformOfWord(row.platform) : undefined;
  if (named !== undefined) return named;
  return typeof row.url === 'string' ? platformOfUrl(row.url) : undefined;
}

/** `{a}/{b}` with values in it; nothing where one is missing. */
function filledIn(template: string, lookup: Lookup): string | undefined {
  let whole = true;
  const text = template.replace(/\{([^}]*)\}/g, (_, name: string) => {
    const value = lookup(name);
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
    whole = false;
    return '';
  });
  return whole ? text : undefined;
}

/** Looks keys up in a JSON object, by their own name or as a path with dots. */
export function jsonLookup(object: Readonly<Record<string, unknown>>): Lookup {
  return (key) => {
    if (Object.hasOwn(object, key)) return object[key];
    if (!key.includes('.')) return undefined;
    let value: unknown = object;
    for (const part of key.split('.')) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
      value = (value as Readonly<Record<string, unknown>>)[part];
    }
    return value;
  };
}

/** Columns of a header by name, exact first, then without regard to case; -1 where there is none. */
export function columnIndex(names: readonly string[], wanted: string): number {
  const exact = names.indexOf(wanted);
  return exact >= 0 ? exact : names.findIndex((name) => name.toLowerCase() === wanted.toLowerCase());
}

/** Keys met before are looked up; few enough to hold, whatever the rows call their keys. */
const MAX_KNOWN_KEYS = 2_000;

/** Tells whether one of a row's keys shows that it is from a place whose terms forbid monitoring. */
export function createTelltales(): (
  keys: readonly string[],
  valueAt: (key: string, index: number) => unknown,
) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (keys, valueAt) => {
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      let reason = known.get(key);
      if (reason === undefined && !known.has(key)) {
        if (known.size >= MAX_KNOWN_KEYS) known.clear();
        reason = telltaleRefusal(key);
        known.set(key, reason);
      }
      if (reason === undefined) continue;
      const value = valueAt(key, index);
      if (value === undefined || value === null) continue;
      if (value !== '' && value !== '0' && value !== 0 && value !== false) return reason;
    }
    return undefined;
  };
}
