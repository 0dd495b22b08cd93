import { briefWords } from '../words/brief.js';
import type { Drawing, Shape, Tone } from './chart-drawing.js';
import { PAPER_TONES } from './chart-svg.js';
import { plainText } from './defuse.js';
import { INK, makePaper, type Paper, type PaperFonts, RULE, SOFT, type TextLines, WIDTH } from './paper.js';
import { type Block, type Cell, cellText, type ReportDocument, type Table } from './report-document.js';

function colour(tone: Tone): string {
  return PAPER_TONES[tone];
}

const CELL_SIZE = 7.5;
const CELL_PAD = 3;
/** More room between a number, which stands at its right, and a text behind it. */
const AFTER_NUMBER = 7;
const MOST_CELL_LINES = 12;
/** Points that a column of weight 1 has at most, about. */
const WIDTH_OF_WEIGHT = 90;
/** A longer word, of an address say, is broken. */
const MOST_WORD = 84;
const LINK = '#0b5560';
/** Height of a heading, about. */
const HEADING = 44;
const BAND = '#f2f3f1';

/** A report on A4 pages, charts drawn as lines of the same numbers; nothing in it but fact-checks and clarifications links. */
export function briefPdf(document: ReportDocument, fonts: PaperFonts): Promise<Uint8Array> {
  const { language, title, subtitle, madeAt, facts, blocks } = document;
  const said = briefWords(language);
  const name = plainText(`${title}: ${subtitle}`);
  const labels = {
    title: name,
    language: language === 'id' ? 'id-ID' : 'en-GB',
    madeAt,
    footer: (page: number, pages: number) => said.footer(title, page, pages),
  };
  return makePaper(labels, fonts, (paper) => {
    paper.text(title, { size: 20, weight: 'bold', gap: 0 });
    paper.text(subtitle, { size: 13, colour: SOFT, gap: 8 });
    for (const fact of facts) paper.text(fact, { size: 8.5, colour: SOFT, gap: 0 });
    for (const [at, block] of blocks.entries()) {
      switch (block.is) {
        case 'heading':
          // A heading stands on the page of what it is about.
          paper.room(HEADING + leastHeight(blocks[at + 1]));
          paper.heading(block.text);
          break;
        case 'text':
          paper.text(block.text, {
            size: block.tone === 'soft' ? 8.5 : 10,
            ...(block.tone === 'strong' ? { weight: 'bold' as const } : {}),
            ...(block.tone === 'soft' ? { colour: SOFT } : {}),
          });
          break;
        case 'list':
          for (const item of block.items) bullet(paper, item);
          paper.space(3);
          break;
        case 'quote':
          paper.text(block.about, { size: 8.5, colour: SOFT, gap: 1 });
          paper.text(block.text, { size: 9.5, indent: 14, gap: 7 });
          break;
        case 'drawing':
          drawingOn(paper, block.drawing);
          break;
        case 'table':
          tableOn(paper, block);
          break;
      }
    }
  });
}

/** What of a block must stand beneath its heading on the same page, about. */
function leastHeight(block: Block | undefined): number {
  if (block?.is === 'drawing') return block.drawing.height * Math.min(1, WIDTH / block.drawing.width);
  return block?.is === 'table' && block.rows.length > 0 ? 90 : 30;
}

function bullet(paper: Paper, item: string): void {
  const lines = paper.lines(item, WIDTH - 12, 9.5, 'regular', 40);
  paper.area(lines.height + 3, (doc, x, y) => {
    doc.circle(x + 3, y + 6.5, 1.6).fill(SOFT);
    paper.drawLines(lines, x + 12, y, INK);
  });
}

/** A table whose head comes again on every page; no row is parted. */
function tableOn(paper: Paper, { columns, rows, none }: Table): void {
  if (rows.length === 0) {
    paper.text(none, { colour: SOFT, gap: 5 });
    return;
  }
  const widths = widthsOf(paper, columns, rows);
  const full = widths.reduce((sum, width) => sum + width, 0);
  const set = (texts: readonly string[], weight: 'regular' | 'bold'): readonly TextLines[] =>
    texts.map((text, at) =>
      paper.lines(
        text,
        (widths[at] ?? 0) - padOf(columns, at) - CELL_PAD,
        CELL_SIZE,
        weight,
        MOST_CELL_LINES,
      ),
    );
  const heightOf = (cells: readonly TextLines[]): number =>
    Math.max(...cells.map(({ height }) => height)) + 2 * CELL_PAD;
  const head = set(
    columns.map(({ label }) => label),
    'bold',
  );
  const draw = (cells: readonly TextLines[], row: readonly Cell[] | undefined): void => {
    const height = heightOf(cells);
    paper.area(height, (doc, left, y) => {
      if (row === undefined) doc.rect(left, y, full, height).fill(BAND);
      let x = left;
      for (const [at, lines] of cells.entries()) {
        const width = widths[at] ?? 0;
        const cell = row?.[at];
        const href = typeof cell === 'object' && 'href' in cell ? cell.href : undefined;
        const colour = href === undefined ? INK : LINK;
        paper.drawLines(lines, x + padOf(columns, at), y + CELL_PAD, colour, columns[at]?.isNumber === true);
        if (href !== undefined) doc.link(x, y, width, height, href);
        x += width;
      }
      doc
        .moveTo(left, y + height)
        .lineTo(left + full, y + height)
        .lineWidth(0.4)
        .strokeColor(RULE)
        .stroke();
    });
  };
  const first = set((rows[0] ?? []).map(cellText), 'regular');
  paper.room(heightOf(head) + heightOf(first));
  draw(head, undefined);
  for (const row of rows) {
    const cells = set(row.map(cellText), 'regular');
    if (!paper.fits(heightOf(cells))) {
      paper.room(Number.POSITIVE_INFINITY);
      draw(head, undefined);
    }
    draw(cells, row);
  }
  paper.space(6);
}

/** Room before a cell's text. */
function padOf(columns: Table['columns'], at: number): number {
  const isBehind = columns[at - 1]?.isNumber === true && columns[at]?.isNumber !== true;
  return isBehind ? CELL_PAD + AFTER_NUMBER : CELL_PAD;
}

/** Room for the longest word of each column, and the rest by weight; a table of few columns is not as wide as the page. */
function widthsOf(paper: Paper, columns: Table['columns'], rows: Table['rows']): readonly number[] {
  const weights = columns.map(({ weight = 1 }) => weight);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const full = Math.min(WIDTH, all * WIDTH_OF_WEIGHT);
  const words = columns.map(({ label }, at) =>
    Math.max(
      paper.longestWord(label, CELL_SIZE, 'bold'),
      ...rows.map((row) => paper.longestWord(cellText(row[at] ?? ''), CELL_SIZE, 'regular')),
    ),
  );
  const least = words.map((word, at) => Math.min(word, MOST_WORD) + padOf(columns, at) + CELL_PAD + 0.5);
  const rest = full - least.reduce((sum, width) => sum + width, 0);
  if (rest < 0) return weights.map((weight) => (weight / all) * full);
  return least.map((width, at) => width + (rest * (weights[at] ?? 1)) / all);
}

function drawingOn(paper: Paper, drawing: Drawing): void {
  const scale = Math.min(1, WIDTH / drawing.width);
  paper.area(drawing.height * scale + 8, (doc, x, y) => {
    doc.save();
    doc.translate(x, y).scale(scale);
    for (const shape of drawing.shapes) shapeOn(doc, shape);
    doc.restore();
  });
}

function shapeOn(doc: PDFKit.PDFDocument, shape: Shape): void {
  switch (shape.is) {
    case 'path': {
      const { d, fill, stroke, width = 1, dash } = shape;
      if (fill !== undefined) doc.path(d).fill(colour(fill));
      if (stroke !== undefined) {
        doc.path(d).lineWidth(width).lineJoin('round').lineCap('round');
        // A broken line is drawn as strokes and gaps in turn.
        if (dash === undefined) doc.undash();
        else doc.dash(dash[0] ?? 1, { space: dash[1] ?? dash[0] ?? 1 });
        doc.stroke(colour(stroke)).undash();
      }
      return;
    }
    case 'rect': {
      const { x, y, width, height, fill, stroke, round } = shape;
      if (round === undefined) doc.rect(x, y, width, height);
      else doc.roundedRect(x, y, width, height, round);
      doc.lineWidth(1);
      if (stroke === undefined) doc.fill(colour(fill));
      else doc.fillAndStroke(colour(fill), colour(stroke));
      return;
    }
    case 'circle': {
      doc.circle(shape.x, shape.y, shape.r).lineWidth(1);
      if (shape.stroke === undefined) doc.fill(colour(shape.fill));
      else doc.fillAndStroke(colour(shape.fill), colour(shape.stroke));
      return;
    }
    case 'text': {
      const { x, y, text, size, anchor, tone, bold } = shape;
      doc.font(bold === true ? 'bold' : 'regular').fontSize(size);
      const wide = doc.widthOfString(text);
      const from = anchor === 'start' ? x : anchor === 'middle' ? x - wide / 2 : x - wide;
      doc.fillColor(colour(tone)).text(text, from, y, { lineBreak: false, baseline: 'alphabetic' });
      return;
    }
  }
}
