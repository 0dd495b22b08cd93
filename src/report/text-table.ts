/** One column of a text table. */
export interface Column {
  readonly title: string;
  /** Columns of the terminal; the one column without a width takes what is left. */
  readonly width?: number;
  readonly align?: 'left' | 'right';
}

/**
 * A table for a terminal: cells wrapped at spaces to their column's width, at most `maxLines` lines a row.
 * Control characters and direction marks are made visible, so that a post cannot write over what stands around it.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  maxLines = 4,
): string {
  const gap = 2;
  const fixed = columns.reduce((sum, column) => sum + (column.width ?? 0) + gap, -gap);
  const open = columns.filter((column) => column.width === undefined).length;
  const rest = Math.max(20, Math.floor((width - fixed) / Math.max(1, open)));
  const widths = columns.map((column) => column.width ?? rest);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? 'left'))
      .join(' '.repeat(gap))
      .trimEnd();
  const out = [
    line(columns.map((column) => column.title)),
    widths.map((w) => '─'.repeat(w)).join(' '.repeat(gap)),
  ];
  for (const row of rows) {
    const wrapped = row.map((cell, index) => wrap(visible(cell), widths[index] ?? 0, maxLines));
    const height = Math.max(1, ...wrapped.map((lines) => lines.length));
    for (let at = 0; at < height; at++) out.push(line(wrapped.map((lines) => lines[at] ?? '')));
  }
  return `${out.join('\n')}\n`;
}

/** Text that cannot steer a terminal: control characters and direction marks as visible stand-ins. */
export function visible(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '␦')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '␦');
}

function wrap(text: string, width: number, maxLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((long) => pieces(long, width))) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (cells(joined) <= width) {
      line = joined;
      continue;
    }
    lines.push(line);
    line = word;
  }
  lines.push(line);
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  const last = kept[maxLines - 1] ?? '';
  kept[maxLines - 1] = `${take(last, width - 1)}…`;
  return kept;
}

function pieces(word: string, width: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (cells(rest) > width) {
    const part = take(rest, width);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  parts.push(rest);
  return parts;
}

function take(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const char of text) {
    used += charCells(char);
    if (used > width) break;
    taken += char;
  }
  return taken === '' ? (text[0] ?? '') : taken;
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const fill = ' '.repeat(Math.max(0, width - cells(text)));
  return align === 'left' ? text + fill : fill + text;
}

function cells(text: string): number {
  let sum = 0;
  for (const char of text) sum += charCells(char);
  return sum;
}

/** Cells of a character: none for marks and joiners, two for emoji and East Asian wide characters. */
function charCells(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(char)) return 0;
  if (/\p{Emoji_Presentation}/u.test(char) || (code >= 0x1100 && code <= 0x115f)) return 2;
  if ((code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3)) return 2;
  return (code >= 0xff00 && code <= 0xff60) || (code >= 0xf900 && code <= 0xfaff) ? 2 : 1;
}
