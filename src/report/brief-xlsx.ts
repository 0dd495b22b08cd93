import writeXlsxFile, { type Sheet, type Cell as SheetCell } from 'write-excel-file/node';
import { defuse, plainText } from './defuse.js';
import { type Cell, cellText, type ReportDocument, type Table } from './report-document.js';

/** Most characters that a cell of a workbook holds. */
const MOST_CELL_CHARS = 32_000;
const MOST_NAME_CHARS = 31;

type Row = SheetCell[];

/** A report as a workbook: running text on the first sheet, each table on one of its own; no cell is a formula. */
export async function briefXlsx(document: ReportDocument): Promise<Uint8Array> {
  const { title, subtitle, facts, blocks } = document;
  const names = new Set<string>();
  const overview: Row[] = [
    [{ value: safe(title), type: String, fontWeight: 'bold', fontSize: 16 }],
    [{ value: safe(subtitle), type: String, fontWeight: 'bold' }],
    ...facts.map((fact): Row => [text(fact)]),
    [],
  ];
  const sheets: Sheet<never>[] = [];
  for (const block of blocks) {
    switch (block.is) {
      case 'heading':
        overview.push([], [{ value: safe(block.text), type: String, fontWeight: 'bold' }]);
        break;
      case 'text':
        overview.push([text(block.text)]);
        break;
      case 'list':
        overview.push(...block.items.map((item): Row => [text(item)]));
        break;
      case 'quote':
        overview.push([text(block.about)], [text(block.text)]);
        break;
      case 'drawing':
        overview.push([text(block.drawing.desc)]);
        break;
      case 'table':
        if (block.rows.length === 0) overview.push([text(block.none)]);
        else {
          const name = sheetName(block.name, names);
          overview.push([text(`→ ${name}`)]);
          sheets.push(tableSheet(block, name));
        }
        break;
    }
  }
  const first: Sheet<never> = {
    sheet: sheetName(title, names),
    data: overview,
    columns: [{ width: 110 }],
  };
  return new Uint8Array(await writeXlsxFile([first, ...sheets]).toBuffer());
}

function tableSheet({ columns, rows }: Table, sheet: string): Sheet<never> {
  const head: Row = columns.map(({ label, isNumber }) => ({
    value: safe(label),
    type: String,
    fontWeight: 'bold',
    ...(isNumber === true ? { align: 'right' as const } : {}),
  }));
  return {
    sheet,
    data: [head, ...rows.map((row) => row.map(cellOf))],
    columns: columns.map(({ weight = 1 }) => ({ width: Math.round(10 + weight * 10) })),
    stickyRowsCount: 1,
  };
}

function cellOf(cell: Cell): SheetCell {
  if (typeof cell === 'object' && 'value' in cell) return { value: cell.value, type: Number };
  return text(typeof cell === 'object' ? cell.href : cellText(cell));
}

function text(said: string): SheetCell {
  return { value: safe(said), type: String, wrap: true, alignVertical: 'top' };
}

function safe(said: string): string {
  return plainText(defuse(plainText(said)).slice(0, MOST_CELL_CHARS));
}

/** A name that a sheet may have, and no other has. */
function sheetName(wanted: string, taken: Set<string>): string {
  const clean =
    plainText(wanted)
      .replace(/[[\]:*?/\\']/g, ' ')
      .replace(/\s+/g, ' ')
      .trim() || 'Ronda';
  for (let n = 1; ; n += 1) {
    const ending = n === 1 ? '' : ` ${n}`;
    const name = `${clean.slice(0, MOST_NAME_CHARS - ending.length).trim()}${ending}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
