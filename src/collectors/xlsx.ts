import { hash } from 'node:crypto';
import { PermanentError } from '../core/errors.js';
import type { FileOptions } from './file-layout.js';
import { isHeader, MAX_PREAMBLE_ROWS } from './file-layout.js';
import { rejectOf } from './post-builder.js';
import type { RowPlan } from './row-plan.js';
import { postOfRow, type RowContext, type RowOutcome, tableRows } from './rows.js';
import {
  MAX_CELLS,
  MAX_COLUMNS,
  MAX_PARTS,
  MAX_ROWS,
  MAX_UNPACKED_BYTES,
  MAX_WORKBOOK_BYTES,
} from './xlsx-limits.js';

/** The rows of a sheet under its header, each a post or a reject when it is asked for. */
export interface SheetRows {
  /** SHA-256 of the workbook, hex. */
  readonly sha256: string;
  readonly count: number;
  /** Nothing where the row is empty. `index` from 0. */
  read(index: number, context: RowContext): RowOutcome | undefined;
}

/**
 * Opens a sheet of a workbook that is held whole.
 * @throws PermanentError kinds `not-xlsx`, `workbook-too-large`, `no-sheet`, `missing-column`
 */
export async function openSheet(
  body: Buffer,
  options: FileOptions,
  name: string,
  onKnown?: (plan: RowPlan) => void,
): Promise<SheetRows> {
  const sha256 = hash('sha256', body);
  const table = await readTable(body, options, name);
  const limit = Math.min(table.length, MAX_PREAMBLE_ROWS);
  let at = table.slice(0, limit).findIndex((cells) => isHeader(cells, options));
  if (at < 0) at = table.findIndex((cells) => cells.some((cell) => cell !== null));
  const header = (table[at] ?? []).map((cell) => (cell === null ? '' : String(cell).trim()));
  if (header.length === 0) return { sha256, count: 0, read: () => undefined };
  const read = tableRows(header, options, name, onKnown);
  return {
    sha256,
    count: table.length - at - 1,
    read(index, context) {
      const cells = table[at + 1 + index] ?? [];
      if (cells.every((cell) => cell === null)) return undefined;
      const values = cells.map(asText);
      const bytes = Buffer.from(JSON.stringify(values));
      const place = `row ${at + index + 2}`;
      const row = read(values);
      const built =
        'reason' in row
          ? row
          : postOfRow(row, context, {
              mediaType: 'application/json',
              encoding: 'utf8',
              bytes: bytes.toString('utf8'),
              from: context.from,
              receivedAt: context.receivedAt,
              headers: {},
              bodySha256: sha256,
            });
      return 'post' in built ? built : { reject: rejectOf(place, built.kind, built.reason, bytes) };
    },
  };
}

/** What a cell holds. */
export type Cell = string | number | boolean | Date | null;

/** A cell as a CSV would hold it. A spreadsheet's time names no zone; a number beyond 15 digits was rounded by it. */
export function asText(cell: Cell | undefined): string | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : cell.toISOString().slice(0, -1);
  if (typeof cell === 'number' && Number.isInteger(cell) && !Number.isSafeInteger(cell)) return undefined;
  return String(cell);
}

/**
 * The cells of a sheet.
 * @throws PermanentError as {@link openSheet} does
 */
export async function readTable(body: Buffer, { sheet }: FileOptions, name: string): Promise<Cell[][]> {
  const safe = await unpackWithinLimits(body, name);
  const { readSheet, SheetNotFoundError } = await import('read-excel-file/node');
  try {
    return (await readSheet(safe, sheet ?? 1, { trim: false })) as Cell[][];
  } catch (error) {
    if (error instanceof SheetNotFoundError) {
      throw new PermanentError(
        'no-sheet',
        `${name}: there is no sheet ${JSON.stringify(sheet ?? 1)}; name another under the source, e.g. sheet: 1`,
        { cause: error },
      );
    }
    throw notXlsx(name, error);
  }
}

/**
 * The workbook packed anew without compression, once all its parts are known to be within the limits: sizes that the
 * archive states falsely cannot make the reader unpack more.
 */
async function unpackWithinLimits(body: Buffer, name: string): Promise<Buffer> {
  if (body.length > MAX_WORKBOOK_BYTES) throw tooLarge(name, `${body.length} bytes`);
  const { unzipSync, zipSync } = await import('fflate');
  let parts = 0;
  let bytes = 0;
  const over: string[] = [];
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(body, {
      filter: (part) => {
        if (!part.name.endsWith('.xml') && !part.name.endsWith('.rels')) return false;
        parts += 1;
        bytes += part.originalSize;
        if (parts > MAX_PARTS) over.push(`more than ${MAX_PARTS} parts`);
        if (bytes > MAX_UNPACKED_BYTES) over.push(`more than ${MAX_UNPACKED_BYTES} bytes unpacked`);
        return over.length === 0;
      },
    });
  } catch (error) {
    throw notXlsx(name, error);
  }
  if (over[0] !== undefined) throw tooLarge(name, over[0]);
  for (const [part, content] of Object.entries(unpacked)) {
    if (/worksheets\/[^/]*\.xml$/i.test(part)) checkSheet(content, name);
  }
  return Buffer.from(zipSync(unpacked, { level: 0 }));
}

/** The place of a cell in a sheet's XML: `r="AB12"` of a cell, `r="12"` of a row. */
const PLACE = /\br\s*=\s*["']([A-Za-z]{0,9})(\d{1,15})["']/g;

function checkSheet(content: Uint8Array, name: string): void {
  const xml = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
  let rows = 0;
  let columns = 0;
  let tags = 0;
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) tags += 1;
  for (const [, letters = '', digits = ''] of xml.matchAll(PLACE)) {
    rows = Math.max(rows, Number(digits));
    columns = Math.max(columns, columnNumber(letters));
  }
  if (rows > MAX_ROWS) throw tooLarge(name, `a cell in row ${rows} (at most ${MAX_ROWS})`);
  if (columns > MAX_COLUMNS) throw tooLarge(name, `a cell in column ${columns} (at most ${MAX_COLUMNS})`);
  // A cell that says nothing of its place is a tag at least.
  if (rows * columns > MAX_CELLS || tags > 2 * MAX_CELLS) {
    throw tooLarge(name, `${rows} rows of ${columns} columns (at most ${MAX_CELLS} cells)`);
  }
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

function tooLarge(name: string, found: string): PermanentError {
  return new PermanentError(
    'workbook-too-large',
    `${name}: the workbook has ${found}, more than is read of one; save the sheet as CSV, which may be of any size`,
  );
}

function notXlsx(name: string, error: unknown): PermanentError {
  return new PermanentError(
    'not-xlsx',
    `${name}: the file is no workbook that can be read; save it as .xlsx without a password, or as CSV`,
    { cause: error },
  );
}
