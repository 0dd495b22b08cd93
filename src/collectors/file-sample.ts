import { basename } from 'node:path';
import { parseCsvRecord } from '../text/csv.js';
import type { TableSample } from './column-guess.js';
import { recogniseExport } from './column-maps.js';
import { openFile } from './file-input.js';
import { type FileOptions, isHeader, layoutOf, MAX_PREAMBLE_ROWS } from './file-layout.js';
import { whole } from './file-workbook.js';
import { RecordSplitter } from './records.js';
import { jsonLookup } from './row-plan.js';

/** What stands at the beginning of a file. */
export interface FileSample extends TableSample {
  /** The known export that it is: as `map` names it, and for people. */
  readonly known?: { readonly map: string; readonly label: string };
}

/** Rows looked at, and how deep keys of nested JSON are followed. */
const MAX_ROWS = 200;
const MAX_DEPTH = 3;
const MAX_NAMES = 500;

/**
 * The columns and first rows of a file.
 * @throws PermanentError as opening and reading it do
 */
export async function sampleFile(options: FileOptions, signal: AbortSignal): Promise<FileSample> {
  const input = await openFile(options.path, signal);
  try {
    const name = basename(options.path);
    const layout = layoutOf(input.head, options, name);
    if (layout.format === 'xlsx') return withExport(await sampleSheet(await whole(input), options, name));
    const delimiter = layout.format === 'csv' ? { delimiter: layout.delimiter.charCodeAt(0) } : {};
    const splitter = new RecordSplitter({ offset: layout.start, line: layout.line, ...delimiter });
    const records = splitter.push(input.head.subarray(layout.start));
    const texts = (input.size === input.head.length ? [...records, ...splitter.end()] : records)
      .filter(({ fault }) => fault === undefined)
      .map(({ bytes }) => bytes.toString('utf8'))
      .filter((text) => text.trim() !== '')
      .slice(0, MAX_ROWS + 1);
    if (layout.format === 'jsonl') return withExport(sampleJson(texts));
    const [header = [], ...rows] = texts.map((text) => parseCsvRecord(text, layout.delimiter));
    return withExport(likelyTable([header, ...rows]));
  } finally {
    await input.close();
  }
}

function withExport(sample: TableSample): FileSample {
  const known = recogniseExport(sample.names);
  return known === undefined ? sample : { ...sample, known: { map: known.name, label: known.label } };
}

/** The header of a table that nobody described is its first row that is as wide as the rows below it. */
function likelyTable(table: readonly (readonly unknown[])[]): TableSample {
  const filled = (row: readonly unknown[]): number =>
    row.filter((cell) => cell !== undefined && cell !== null && cell !== '').length;
  const widest = Math.max(0, ...table.slice(0, MAX_PREAMBLE_ROWS).map(filled));
  const at = table.findIndex((row) => filled(row) >= Math.max(1, widest * 0.8));
  const names = (table[at] ?? []).map((cell) => String(cell ?? '').trim());
  return { names, rows: table.slice(at + 1, at + 1 + MAX_ROWS) };
}

async function sampleSheet(body: Buffer, options: FileOptions, name: string): Promise<TableSample> {
  const { asText, readTable } = await import('./xlsx.js');
  const table = (await readTable(body, options, name)).map((row) => row.map(asText));
  const at = table.slice(0, MAX_PREAMBLE_ROWS).findIndex((row) => isHeader(row, options));
  return likelyTable(table.slice(Math.max(0, at), Math.max(0, at) + MAX_ROWS + MAX_PREAMBLE_ROWS));
}

function sampleJson(texts: readonly string[]): TableSample {
  const objects = texts.flatMap((text) => {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [value as Readonly<Record<string, unknown>>]
        : [];
    } catch {
      return [];
    }
  });
  const names = new Set<string>();
  for (const object of objects) {
    for (const path of pathsOf(object, '', 1)) if (names.size < MAX_NAMES) names.add(path);
  }
  const list = [...names];
  return {
    names: list,
    rows: objects.map((object) => {
      const lookup = jsonLookup(object);
      return list.map((path) => lookup(path));
    }),
  };
}

function pathsOf(object: object, prefix: string, depth: number): string[] {
  return Object.entries(object).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MAX_DEPTH
      ? [`${prefix}${key}`, ...pathsOf(value as object, `${prefix}${key}.`, depth + 1)]
      : [`${prefix}${key}`],
  );
}
