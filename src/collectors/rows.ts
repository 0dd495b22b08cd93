import { isUtf8 } from 'node:buffer';
import type { Reject } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import type { Post, Reach, ReceivedRecord } from '../core/post.js';
import { type Delimiter, parseCsvRecord } from '../text/csv.js';
import { authorOf, buildPost, rejectOf } from './post-builder.js';
import { MAX_RECORD_BYTES, type RawRecord } from './records.js';
import {
  columnIndex,
  createTelltales,
  jsonLookup,
  type PlanOptions,
  planRows,
  type Row,
  type RowField,
  type RowPlan,
  rowBy,
} from './row-plan.js';
import { believableTime } from './row-time.js';

/** What is the same for every row of a file. */
export interface RowContext {
  /** Source's name, for rows that name none. */
  readonly source: string;
  readonly region?: string;
  /** Name of the file, or `-`. */
  readonly from: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** Meant where a time names no zone, e.g. `+07:00`. */
  readonly utcOffset: string;
}

/** What is the same for every row of a source; `from` names the file, the receipt is ISO 8601 UTC. */
export function rowContext(
  source: { readonly name: string; readonly region?: string },
  utcOffset: string,
  from: string,
  receivedAt: string,
): RowContext {
  return {
    source: source.name,
    from,
    receivedAt,
    utcOffset,
    ...(source.region === undefined ? {} : { region: source.region }),
  };
}

/** `untimed`: the row says a time that is not to be believed. */
export type RowOutcome = { readonly post: Post; readonly untimed?: true } | { readonly reject: Reject };

/** Reads one kind of row; made once a file. */
export type RowReader = (record: RawRecord, context: RowContext) => RowOutcome;

/** A reader of JSON objects, one a line; by the first of them it is told which export it is. */
export function jsonRows(options: PlanOptions, from: string, onKnown?: (plan: RowPlan) => void): RowReader {
  let plan: RowPlan | undefined;
  const refusal = createTelltales();
  return (record, context) =>
    readRecord(record, context, 'application/json', (line) => {
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch (error) {
        return { kind: 'bad-json', reason: describeJsonFault(line, record, error) };
      }
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return {
          kind: 'not-an-object',
          reason: 'the line is JSON, but no object; write {"id": …, "text": …}',
        };
      }
      const named = value as Readonly<Record<string, unknown>>;
      if (plan === undefined) {
        plan = planned(Object.keys(named), options, from);
        if (plan.known !== undefined) onKnown?.(plan);
      }
      const refused = refusal(Object.keys(named), (key) => named[key]);
      if (refused !== undefined) return { kind: 'terms-refuse', reason: refused };
      const row = rowBy(plan, jsonLookup(named));
      if (typeof row.id !== 'number' || Number.isSafeInteger(row.id)) return row;
      return { ...row, id: digitsOf(line, plan.names.get('id')?.[0] ?? 'id', row.id) };
    });
}

function describeJsonFault(line: string, record: RawRecord, error: unknown): string {
  if (line.includes('\0')) return 'a NUL byte stands in the JSON; write it as \\u0000 or leave it out';
  if (!record.terminated) return 'the last line ends in mid-object; it is taken once the file holds the rest';
  // The engine's message quotes the line, so only the place is taken from it.
  const place = error instanceof Error ? /at position \d+/.exec(error.message)?.[0] : undefined;
  return `the line is no JSON${place === undefined ? '' : `, ${place}`}; write one whole object a line`;
}

/** The digits of an id too large for a number, as they stand in the line. */
function digitsOf(line: string, key: string, value: number): string {
  const quoted = JSON.stringify(key).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  for (const [, digits] of line.matchAll(new RegExp(`${quoted}\\s*:\\s*(-?\\d+)`, 'g'))) {
    if (Number(digits) === value) return digits ?? String(value);
  }
  return String(value);
}

/**
 * A reader of CSV rows under this header row.
 * @throws PermanentError kind `missing-column` where the header lacks `text` or a column that the map names.
 */
export function csvRows(
  header: string,
  delimiter: Delimiter,
  options: PlanOptions,
  from: string,
  onKnown?: (plan: RowPlan) => void,
): RowReader {
  const names = parseCsvRecord(header, delimiter).map((name) => name.trim());
  const read = tableRows(names, options, from, onKnown);
  return (record, context) =>
    readRecord(record, context, 'text/csv', (line) => {
      const values = parseCsvRecord(line, delimiter);
      if (values.length > names.length) {
        const reason = `the row has ${values.length} fields and the header ${names.length}; put quotes around a text that holds the delimiter`;
        return { kind: 'wrong-columns', reason };
      }
      return read(values);
    });
}

/**
 * Reads the values of a table's rows under this header.
 * @throws PermanentError as {@link csvRows} does
 */
export function tableRows(
  names: readonly string[],
  options: PlanOptions,
  from: string,
  onKnown?: (plan: RowPlan) => void,
): (values: readonly unknown[]) => Row | Faulty {
  const plan = planned(names, options, from);
  const indexes = new Map<string, number>();
  for (const [field, wanted] of plan.names) {
    const tried = wanted.flatMap((name) => [...name.matchAll(/\{([^}]*)\}/g)].map(([, part]) => part ?? ''));
    for (const name of [...wanted, ...tried]) {
      const index = columnIndex(names, name);
      if (index >= 0) indexes.set(name, index);
    }
    const isThere = wanted.some((name) => indexes.has(name) || name.includes('{'));
    if (!isThere && (field === 'text' || options.columns[field] !== undefined)) {
      throw missingColumn(from, field, wanted[0] ?? field, names);
    }
  }
  if (plan.known !== undefined) onKnown?.(plan);
  const refusal = createTelltales();
  return (values) => {
    const refused = refusal(names, (_, index) => values[index]);
    if (refused !== undefined) return { kind: 'terms-refuse', reason: refused };
    return rowBy(plan, (name) => {
      const index = indexes.get(name);
      return index === undefined ? undefined : values[index];
    });
  };
}

function planned(names: readonly string[], options: PlanOptions, from: string): RowPlan {
  const plan = planRows(names, options);
  const { map, columns } = options;
  if (plan.known !== undefined || columns.text !== undefined) return plan;
  if (map === undefined || map === 'auto' || map === 'none') return plan;
  throw new PermanentError(
    'not-that-export',
    `${from}: the file has not the columns of an export of ${map}, but ${names
      .slice(0, 40)
      .map((name) => `"${clip(name)}"`)
      .join(', ')}; leave "map" out, or name its columns under the source`,
  );
}

/** What people call the column that holds the text. */
const LIKELY_TEXT = /isi|te(ks|xt)|konten|content|pesan|message|body|caption|unggahan|komentar|comment|post/i;

function missingColumn(
  from: string,
  field: RowField,
  wanted: string,
  names: readonly string[],
): PermanentError {
  const found = names.map((name) => `"${clip(name)}"`).join(', ');
  const likely = field === 'text' ? names.find((name) => LIKELY_TEXT.test(name)) : undefined;
  const example = likely ?? names.findLast((name) => name !== '') ?? 'isi';
  return new PermanentError(
    'missing-column',
    `${from}: no column "${wanted}" for the post's ${field}; the header has ${found}. ` +
      `Map it under the source, e.g. columns: { ${field}: "${clip(example)}" }`,
  );
}

/** Why a row is none. */
export type Faulty = { readonly kind: string; readonly reason: string };

function readRecord(
  record: RawRecord,
  context: RowContext,
  mediaType: string,
  read: (line: string) => Row | Faulty,
): RowOutcome {
  const { bytes, fault } = record;
  if (fault === 'line-too-long') {
    return refuse(record, fault, `the row has ${record.length} bytes; at most ${MAX_RECORD_BYTES} are taken`);
  }
  if (fault === 'unclosed-quote') {
    return refuse(record, fault, 'a quote opens a field and is never closed; write a quote in a text as ""');
  }
  if (!isUtf8(bytes)) {
    return refuse(record, 'invalid-utf8', 'the row is not valid UTF-8; save the file as UTF-8');
  }
  const line = bytes.toString('utf8');
  const row = read(line);
  if ('reason' in row) return refuse(record, row.kind, row.reason);
  const built = postOfRow(row, context, {
    mediaType,
    encoding: 'utf8',
    bytes: line,
    from: context.from,
    receivedAt: context.receivedAt,
    headers: {},
    bodySha256: null,
  });
  return 'post' in built ? built : refuse(record, built.kind, built.reason);
}

/** The post of a row, or why it makes none. */
export function postOfRow(
  row: Row,
  context: RowContext,
  record: ReceivedRecord,
): { readonly post: Post; readonly untimed?: true } | Faulty {
  if (typeof row.text !== 'string') {
    const found = row.text === undefined ? 'nothing' : `a ${row.text === null ? 'null' : typeof row.text}`;
    return { kind: 'no-text', reason: `its text is ${found}; it must be a text` };
  }
  const source = textOf(row.source) ?? context.source;
  const platform = textOf(row.platform)?.toLowerCase() ?? source;
  const { time, isMisread } = believableTime(row.created_at, context.utcOffset, context.receivedAt);
  const built = buildPost({
    nativeId: textOf(row.id),
    platform,
    source,
    text: row.text,
    createdAt: time,
    collectedAt: context.receivedAt,
    url: textOf(row.url),
    author: rowAuthor(row),
    reach: rowReach(row),
    region: context.region,
    record,
  });
  if (!('post' in built)) return built.refusal;
  return isMisread ? { post: built.post, untimed: true } : { post: built.post };
}

function refuse(record: RawRecord, kind: string, reason: string): RowOutcome {
  return { reject: rejectOf(`line ${record.line}`, kind, reason, record.bytes, record.length) };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function rowAuthor(row: Row): Post['author'] {
  const { author } = row;
  if (author === undefined && row.author_id === undefined) return undefined;
  if (typeof author === 'object' && author !== null) {
    const named = author as Readonly<Record<string, unknown>>;
    return authorOf(textOf(named.id) ?? textOf(row.author_id), textOf(named.handle));
  }
  return authorOf(textOf(row.author_id), textOf(author));
}

const REACH_FIELDS = ['likes', 'reposts', 'replies', 'views'] as const;

function rowReach(row: Row): Reach | undefined {
  let reach: { -readonly [Key in keyof Reach]: Reach[Key] } | undefined;
  for (const field of REACH_FIELDS) {
    const value = row[field];
    if (value === undefined || value === null || value === '') continue;
    const count = Number(value);
    if (!Number.isFinite(count) || count < 0) continue;
    reach ??= {};
    reach[field] = count;
  }
  return reach;
}

function clip(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
