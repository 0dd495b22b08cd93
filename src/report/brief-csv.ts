import { defuse, plainText } from './defuse.js';
import { type Cell, cellText, type ReportDocument } from './report-document.js';

/**
 * A report as CSV (RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read it as such): every table beneath its
 * heading, parted by empty lines; running text as lines of one cell.
 */
export function briefCsv({ title, subtitle, facts, blocks }: ReportDocument): string {
  const lines: string[][] = [[title], [subtitle], ...facts.map((fact) => [fact]), []];
  for (const block of blocks) {
    switch (block.is) {
      case 'heading':
        lines.push([], [block.text]);
        break;
      case 'text':
        lines.push([block.text]);
        break;
      case 'list':
        lines.push(...block.items.map((item) => [item]));
        break;
      case 'quote':
        lines.push([block.about, block.text]);
        break;
      case 'table':
        lines.push(
          block.columns.map(({ label }) => label),
          ...(block.rows.length === 0 ? [[block.none]] : block.rows.map((row) => row.map(csvCell))),
          [],
        );
        break;
      case 'drawing':
        break;
    }
  }
  return `\ufeff${lines.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** Numbers as machines read them; addresses in full. */
function csvCell(cell: Cell): string {
  if (typeof cell === 'object' && 'value' in cell) return String(cell.value);
  return typeof cell === 'object' ? cell.href : cellText(cell);
}

function quoted(text: string): string {
  const plain = plainText(text);
  // A negative number is no formula.
  const safe = /^-?\d+(?:\.\d+)?$/.test(plain) ? plain : defuse(plain);
  return /[",\r\n;]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
