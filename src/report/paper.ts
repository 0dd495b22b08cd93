import PDFDocument from 'pdfkit';
import { type Measure, type SetLine, setLines, shapedWord } from './pdf-text.js';

/** TrueType fonts, whole; only what is used of them goes into a paper. */
export interface PaperFonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
  /** For what the others lack: newer emoji, in one colour. */
  readonly symbols: Buffer;
}

const MARGIN = 56;
export const WIDTH: number = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN - 18;
/** Where what belongs to a label begins. */
export const LABEL = 132;
export const INK = '#1b1f24';
export const SOFT = '#555f6b';
export const RULE = '#c9ced6';

export type Weight = 'regular' | 'bold';

/** What of a font pdfkit keeps and its types leave out. */
interface OpenFont {
  readonly _font: { readonly font: { hasGlyphForCodePoint(code: number): boolean } };
}

/** How a paper is labelled. */
export interface PaperLabels {
  readonly title: string;
  /** BCP 47 */
  readonly language: string;
  /** ISO 8601 UTC */
  readonly madeAt: string;
  footer(page: number, pages: number): string;
}

/** A4 pages with what `write` puts on them; text is always text. */
export async function makePaper(
  labels: PaperLabels,
  fonts: PaperFonts,
  write: (paper: Paper) => void,
): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: labels.language,
    displayTitle: true,
    // No default: pdfkit would parse a font that it holds under another name anew at each use.
    font: '',
    info: {
      Title: labels.title,
      Producer: 'Ronda',
      Creator: 'Ronda',
      CreationDate: new Date(labels.madeAt),
    },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.registerFont('regular', fonts.regular);
  doc.registerFont('bold', fonts.bold);
  doc.registerFont('symbols', fonts.symbols);
  write(new Paper(doc));
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page);
    // Below the margin, where pdfkit would begin a new page.
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(8).fillColor(SOFT);
    doc.text(labels.footer(page + 1, count), MARGIN, BOTTOM + 20, { lineBreak: false });
  }
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

/** A place on a page, moved down as it is written on. */
export class Paper {
  private y = MARGIN;
  private readonly types = new Map<string, Type>();

  constructor(private readonly doc: PDFKit.PDFDocument) {}

  /** Text in lines of its own, broken by pdf-text.ts. */
  text(
    text: string,
    how: { size?: number; weight?: Weight; colour?: string; indent?: number; gap?: number } = {},
  ): void {
    const { size = 9.5, weight = 'regular', colour = INK, indent = 0, gap = 3 } = how;
    const type = this.typeOf(weight, size);
    const width = WIDTH - indent;
    for (const line of setLines(text, width, type)) {
      this.room(size * LEADING);
      this.line(line, { x: MARGIN + indent, y: this.y, width, type, colour });
      this.y += size * LEADING;
    }
    this.y += gap;
  }

  heading(text: string): void {
    this.room(60);
    this.y += 8;
    this.text(text, { size: 12, weight: 'bold', gap: 2 });
    this.doc
      .moveTo(MARGIN, this.y)
      .lineTo(MARGIN + WIDTH, this.y)
      .lineWidth(0.5)
      .strokeColor(RULE)
      .stroke();
    this.y += 6;
  }

  /** A label with what belongs to it beside it. */
  fact(label: string, value: string): void {
    this.room(14);
    const top = this.y;
    const page = this.doc.bufferedPageRange().count;
    this.doc.font('regular').fontSize(9).fillColor(SOFT);
    this.doc.text(label, MARGIN, top, { lineBreak: false });
    this.text(value, { size: 9, indent: LABEL, gap: 1 });
    if (this.doc.bufferedPageRange().count === page) this.y = Math.max(this.y, top + 13);
  }

  space(points: number): void {
    this.y += points;
  }

  /** True where so much is left of this page, and at the top of one. */
  fits(points: number): boolean {
    return this.y + points <= BOTTOM || this.y === MARGIN;
  }

  /** A new page where so much does not fit on this one. */
  room(points: number): void {
    if (this.fits(points)) return;
    this.doc.addPage();
    this.y = MARGIN;
  }

  /** Room for so much, and its upper left corner; what is drawn there is the caller's. */
  area(height: number, draw: (doc: PDFKit.PDFDocument, x: number, y: number) => void): void {
    this.room(height);
    draw(this.doc, MARGIN, this.y);
    this.y += height;
  }

  /** The lines of a text that is as wide as this, at most so many; the last one then ends with an ellipsis. */
  lines(text: string, width: number, size: number, weight: Weight, most: number): TextLines {
    const type = this.typeOf(weight, size);
    const all = setLines(text, width, type);
    const lines = all.slice(0, most);
    const last = lines.at(-1);
    if (all.length > most && last !== undefined) {
      lines[most - 1] = { ...last, words: last.fromRight ? ['…', ...last.words] : [...last.words, '…'] };
    }
    return { lines, type, size, width, height: lines.length * size * LEADING };
  }

  /** Width of the widest word of a text. */
  longestWord(text: string, size: number, weight: Weight): number {
    const type = this.typeOf(weight, size);
    return Math.max(0, ...setLines(text, WIDTH, type).flatMap(({ words }) => words.map(type.widthOf)));
  }

  /** Draws lines at a place; `right` sets what does not come from the right at the right edge too. */
  drawLines(
    { lines, type, size, width }: TextLines,
    x: number,
    y: number,
    colour: string,
    right = false,
  ): void {
    for (const [index, line] of lines.entries()) {
      this.line(right ? { ...line, fromRight: true } : line, {
        ...{ x, y: y + index * size * LEADING, width, type, colour },
      });
    }
  }

  private line(
    { words, fromRight }: SetLine,
    at: {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly type: Type;
      readonly colour: string;
    },
  ): void {
    const { doc } = this;
    const { y, width, type, colour } = at;
    const space = type.widthOf(' ');
    const wide =
      words.reduce((sum, word) => sum + type.widthOf(word), 0) + space * Math.max(0, words.length - 1);
    let x = at.x + (fromRight ? Math.max(0, width - wide) : 0);
    doc.fillColor(colour);
    for (const word of words) {
      for (const [name, run] of type.runsOf(word)) {
        // Symbols sit on the same line, whatever the height of their font.
        const top = y + (name === 'symbols' ? type.size * 0.08 : 0);
        doc.font(name).fontSize(type.size).text(run, x, top, { lineBreak: false });
        x += doc.widthOfString(run);
      }
      x += space;
    }
  }

  /** How words are set in a weight and size: by the weight's font, and by that of symbols for what it lacks. */
  private typeOf(weight: Weight, size: number): Type {
    const key = `${weight} ${size}`;
    let type = this.types.get(key);
    if (type === undefined) {
      type = this.newType(weight, size);
      this.types.set(key, type);
    }
    return type;
  }

  private newType(weight: Weight, size: number): Type {
    const { doc } = this;
    const holds = (name: Run[0], code: number): boolean => {
      const { font } = (doc.font(name) as unknown as OpenFont)._font;
      return font.hasGlyphForCodePoint(code);
    };
    const lacks = memo((character: string) => !holds(weight, character.codePointAt(0) ?? 0));
    const runsOf = memo((word: string): readonly Run[] => {
      const { text, isRtl } = shapedWord(word);
      const runs: [Run[0], string][] = [];
      for (const character of text) {
        const name = lacks(character) ? 'symbols' : weight;
        const last = runs.at(-1);
        if (last?.[0] === name) last[1] += character;
        else runs.push([name, character]);
      }
      return isRtl ? runs.toReversed() : runs;
    });
    return {
      size,
      runsOf,
      has: (code) => holds(weight, code) || holds('symbols', code),
      widthOf: memo((word) =>
        runsOf(word).reduce((sum, [name, run]) => sum + doc.font(name).fontSize(size).widthOfString(run), 0),
      ),
    };
  }
}

/** Height of a line by the size of its letters. */
const LEADING = 1.4;

/** A text broken into lines, to be drawn. */
export interface TextLines {
  readonly lines: readonly SetLine[];
  readonly type: Type;
  readonly size: number;
  readonly width: number;
  readonly height: number;
}

interface Type extends Measure {
  readonly size: number;
  runsOf(word: string): readonly Run[];
}

/** A part of a word that one font sets. */
type Run = readonly [font: Weight | 'symbols', text: string];

function memo<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = work(text);
      if (known.size < 5_000) known.set(text, value);
    }
    return value;
  };
}
