import { extname } from 'node:path';
import { z } from 'zod';
import { PermanentError } from '../core/errors.js';
import { type Delimiter, detectDelimiter, parseCsvRecord } from '../text/csv.js';
import { MAP_NAMES, recogniseExport } from './column-maps.js';
import { columnIndex } from './row-plan.js';

const column = z.string().min(1).optional();

/** Keys of a file source. */
export const fileOptions = z.strictObject({
  /** Path of a JSONL, CSV or XLSX file, or `-` for standard input. */
  path: z.string().min(1),
  format: z.enum(['auto', 'jsonl', 'csv', 'xlsx']).default('auto'),
  /** The export that it is; `auto` recognises one by its header, `none` never does. */
  map: z.enum(MAP_NAMES as readonly [string, ...string[]]).default('auto'),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** Of a workbook: name or number (from 1) of the sheet; the first by default. */
  sheet: z.union([z.string().min(1), z.int().min(1)]).optional(),
  /** The row's own name for each of the post's fields, e.g. `{ text: isi, id: no }`. */
  columns: z
    .strictObject({
      id: column,
      text: column,
      created_at: column,
      author: column,
      author_id: column,
      source: column,
      platform: column,
      url: column,
      likes: column,
      reposts: column,
      replies: column,
      views: column,
    })
    .default({}),
  /** Meant where a time names no zone. */
  utc_offset: z
    .string()
    .regex(/^([+-]\d\d:\d\d|Z)$/, 'an offset from UTC, e.g. +07:00')
    .default('Z'),
});

export type FileOptions = z.output<typeof fileOptions>;

/** How the bytes of a file are to be read. */
export interface Layout {
  readonly format: 'jsonl' | 'csv' | 'xlsx';
  readonly delimiter: Delimiter;
  /** Where the first record stands, in bytes: after the byte order mark, and in CSV after what precedes the header. */
  readonly start: number;
  /** Its line, from 1. */
  readonly line: number;
}

/** Rows before the header of a table (what a listening service says of its query), at most. */
export const MAX_PREAMBLE_ROWS = 40;

/**
 * Finds the format by option, extension and first bytes.
 * @throws PermanentError kinds `utf-16`, `not-jsonl`
 */
export function layoutOf(head: Buffer, options: FileOptions, name: string): Layout {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new PermanentError('utf-16', `${name}: the file is UTF-16; save it as UTF-8`);
  }
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const first = head.toString('latin1', start, start + 512).trimStart();
  const format = formatOf(first, options, name);
  if (format === 'jsonl' && first.startsWith('[')) {
    const example = "e.g. by jq -c '.[]'";
    throw new PermanentError(
      'not-jsonl',
      `${name}: the file is one JSON array; write one object a line, ${example}`,
    );
  }
  if (format !== 'csv') return { format, delimiter: ',', start, line: 1 };
  return { format, ...headerPlace(head, start, options) };
}

function formatOf(first: string, options: FileOptions, name: string): Layout['format'] {
  if (options.format !== 'auto') return options.format;
  if (first.startsWith('PK\u0003\u0004')) return 'xlsx';
  const extension = extname(name).toLowerCase();
  if (['.csv', '.tsv'].includes(extension)) return 'csv';
  if (['.jsonl', '.ndjson'].includes(extension)) return 'jsonl';
  return /^[{[]|^$/.test(first) ? 'jsonl' : 'csv';
}

/** The header is the first line, unless a later one is that of a known export or holds the columns that are named. */
function headerPlace(head: Buffer, start: number, options: FileOptions): Omit<Layout, 'format'> {
  let at = start;
  let firstText: { readonly at: number; readonly line: number; readonly delimiter: Delimiter } | undefined;
  for (let line = 1; line <= MAX_PREAMBLE_ROWS && at < head.length; line++) {
    const newline = head.indexOf(10, at);
    const end = newline < 0 ? head.length : newline;
    const text = head.toString('utf8', at, end).replace(/\r$/, '');
    if (text.trim() !== '') {
      const delimiter = options.delimiter ?? detectDelimiter(text);
      firstText ??= { at, line, delimiter };
      if (isHeader(parseCsvRecord(text, delimiter), options)) return { start: at, line, delimiter };
    }
    at = end + 1;
  }
  // What stands first is the header, and what it lacks is told of it.
  return { start, line: 1, delimiter: firstText?.delimiter ?? options.delimiter ?? ',' };
}

/** Whether these cells can only be the header: that of a known export, or all the columns that are named. */
export function isHeader(cells: readonly unknown[], { columns, map }: FileOptions): boolean {
  const names = cells.filter((cell) => typeof cell === 'string').map((cell) => cell.trim());
  const wanted = Object.values(columns);
  if (columns.text !== undefined) {
    return wanted.every((name) => name === undefined || columnIndex(names, name) >= 0);
  }
  return map !== 'none' && recogniseExport(names, map === 'auto' ? undefined : map) !== undefined;
}
