import { plainText } from './defuse.js';
import { type Cell, cellText, type ReportDocument, type Table } from './report-document.js';

/** A report as Markdown (with tables, as GitHub and Pandoc read them); what people wrote stays text. */
export function briefMarkdown({ title, subtitle, facts, blocks }: ReportDocument): string {
  const parts: string[] = [
    `# ${escaped(title)}: ${escaped(subtitle)}`,
    facts.map((fact) => `- ${escaped(fact)}`).join('\n'),
  ];
  for (const block of blocks) {
    switch (block.is) {
      case 'heading':
        parts.push(`## ${escaped(block.text)}`);
        break;
      case 'text':
        parts.push(block.tone === 'strong' ? `**${escaped(block.text)}**` : escaped(block.text));
        break;
      case 'list':
        parts.push(block.items.map((item) => `- ${escaped(item)}`).join('\n'));
        break;
      case 'quote':
        parts.push(`${escaped(block.about)}\n\n${quoteLines(block.text)}`);
        break;
      case 'drawing':
        // A drawing has its numbers in words: Markdown holds no picture of its own.
        parts.push(`*${escaped(block.drawing.title)}: ${escaped(block.drawing.desc)}*`);
        break;
      case 'table':
        parts.push(tableText(block));
        break;
    }
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function tableText({ columns, rows, none }: Table): string {
  if (rows.length === 0) return escaped(none);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ label }) => escaped(label))),
    line(columns.map(({ isNumber }) => (isNumber === true ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(cellMarkdown))),
  ].join('\n');
}

function cellMarkdown(cell: Cell): string {
  if (typeof cell === 'object' && 'href' in cell) {
    // Of an address that was parsed as one: brackets and spaces cannot end it early.
    const href = cell.href.replace(/[()<>\s|\\]/g, (letter) =>
      encodeURIComponent(letter).replace('(', '%28').replace(')', '%29'),
    );
    return `[${escaped(cell.text)}](${href})`;
  }
  return escaped(cellText(cell));
}

function quoteLines(text: string): string {
  return plainText(text)
    .split('\n')
    .map((line) => `> ${escaped(line)}`)
    .join('\n');
}

/** A text of which Markdown makes nothing but that text, on one line. */
function escaped(text: string): string {
  return (
    plainText(text)
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/[\\`*_{}[\]<>#|~!&]/g, (letter) => (letter === '&' ? '&amp;' : `\\${letter}`))
      // An address must not become a link by itself.
      .replace(/:\/\//g, ':\u2060//')
      .replace(/^([-+=])/, '\\$1')
      .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
  );
}
