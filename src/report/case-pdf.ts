import PDFDocument from 'pdfkit';
import { CATEGORIES } from '../core/assessment.js';
import type { PacketContent } from '../core/evidence.js';
import type { LegalDoubt } from '../core/legal.js';
import type { EscalationChecklist, ReviewEvent } from '../core/review.js';
import { packetPaper as said } from '../words/packet-paper.js';
import { renderReason } from '../words/reasons.js';
import { type Measure, setLines } from './pdf-text.js';
import { bothTimes } from './unit-time.js';

/** TrueType fonts, whole; only what is used of them goes into a paper. */
export interface PaperFonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
  /** For what the others lack: newer emoji, in one colour. */
  readonly symbols: Buffer;
}

const MARGIN = 56;
const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN - 18;
const LABEL = 132;
const INK = '#1b1f24';
const SOFT = '#555f6b';
const RULE = '#c9ced6';
const WARN = '#8a2b0d';
/** Of the post's text on paper, in UTF-16 units; the whole stands in post.json. */
const MAX_TEXT = 12_000;
const MAX_FINDINGS = 20;

type Weight = 'regular' | 'bold';

/** What of a font pdfkit keeps and its types leave out. */
interface OpenFont {
  readonly _font: { readonly font: { hasGlyphForCodePoint(code: number): boolean } };
}

/** The summary of a case for whom it is referred to, in Indonesian, A4; text is always text, nothing in it is a link. */
export async function casePdf(content: PacketContent, fonts: PaperFonts): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: 'id-ID',
    displayTitle: true,
    // No default: pdfkit would parse a font that it holds under another name anew at each use.
    font: '',
    info: {
      Title: `${said.title} · ${said.item(content.item)}`,
      Producer: 'Ronda',
      Creator: 'Ronda',
      CreationDate: new Date(content.madeAt),
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
  writePaper(new Paper(doc), content);
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page);
    // Below the margin, where pdfkit would begin a new page.
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(8).fillColor(SOFT);
    doc.text(said.footer(content.item, page + 1, count), MARGIN, BOTTOM + 20, { lineBreak: false });
  }
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

/** A place on a page, moved down as it is written on. */
class Paper {
  private y = MARGIN;

  constructor(private readonly doc: PDFKit.PDFDocument) {}

  /** Text in lines of its own, broken by pdf-text.ts. */
  text(
    text: string,
    how: { size?: number; weight?: Weight; colour?: string; indent?: number; gap?: number } = {},
  ): void {
    const { size = 9.5, weight = 'regular', colour = INK, indent = 0, gap = 3 } = how;
    const { doc } = this;
    const type = this.typeOf(weight, size);
    const width = WIDTH - indent;
    const height = size * 1.4;
    const space = type.widthOf(' ');
    for (const { words, fromRight } of setLines(text, width, type)) {
      this.room(height);
      doc.fillColor(colour);
      const wide =
        words.reduce((sum, word) => sum + type.widthOf(word), 0) + space * Math.max(0, words.length - 1);
      let x = MARGIN + indent + (fromRight ? Math.max(0, width - wide) : 0);
      for (const word of words) {
        for (const [name, run] of type.runsOf(word)) {
          // Symbols sit on the same line, whatever the height of their font.
          const top = this.y + (name === 'symbols' ? size * 0.08 : 0);
          doc.font(name).fontSize(size).text(run, x, top, { lineBreak: false });
          x += doc.widthOfString(run);
        }
        x += space;
      }
      this.y += height;
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

  private room(points: number): void {
    if (this.y + points <= BOTTOM) return;
    this.doc.addPage();
    this.y = MARGIN;
  }

  /** How words are set in a weight and size: by the weight's font, and by that of symbols for what it lacks. */
  private typeOf(weight: Weight, size: number): Measure & { runsOf(word: string): readonly Run[] } {
    const { doc } = this;
    const holds = (name: Run[0], code: number): boolean => {
      const { font } = (doc.font(name) as unknown as OpenFont)._font;
      return font.hasGlyphForCodePoint(code);
    };
    const lacks = memo((character: string) => !holds(weight, character.codePointAt(0) ?? 0));
    const runsOf = (word: string): readonly Run[] => {
      const runs: [Run[0], string][] = [];
      for (const character of word) {
        const name = lacks(character) ? 'symbols' : weight;
        const last = runs.at(-1);
        if (last?.[0] === name) last[1] += character;
        else runs.push([name, character]);
      }
      return runs;
    };
    return {
      runsOf,
      has: (code) => holds(weight, code) || holds('symbols', code),
      widthOf: memo((word) =>
        runsOf(word).reduce((sum, [name, run]) => sum + doc.font(name).fontSize(size).widthOfString(run), 0),
      ),
    };
  }
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

function writePaper(paper: Paper, content: PacketContent): void {
  const { item, unit, by } = content;
  const time = (iso: string): string => bothTimes(iso, unit.zone);
  const addressee = said.addressees[content.addressee];
  paper.text(said.title, { size: 18, weight: 'bold', gap: 2 });
  paper.text(said.item(item), { size: 12, colour: SOFT, gap: 8 });
  paper.fact(said.to, addressee.name);
  paper.fact(said.purpose, addressee.why);
  paper.fact(said.from, unit.name);
  paper.fact(said.made, time(content.madeAt));
  paper.fact(said.by, said.person(String(by.user), said.roles[by.role], by.unit));
  paper.space(4);
  paper.text(said.hint, { size: 9, colour: SOFT });
  writePost(paper, content, time);
  writeRefetched(paper, content, time);
  writeDecisions(paper, content.events, time);
  writeAssessment(paper, content);
  writeLegal(paper, content);
  paper.heading(said.checking);
  paper.text(said.checkingHow);
}

type Time = (iso: string) => string;

function writePost(paper: Paper, { post, withdrawnAt }: PacketContent, time: Time): void {
  const { facts, unknown } = said;
  paper.heading(said.post);
  const { text } = post;
  paper.text(text.slice(0, MAX_TEXT), { size: 10.5, indent: 10, gap: 4 });
  if (text.length > MAX_TEXT) paper.text(said.cut(text.length), { size: 8.5, colour: SOFT });
  paper.text(said.postNote, { size: 8, colour: SOFT, gap: 6 });
  const { handle, id } = post.author ?? {};
  paper.fact(facts.platform, post.platform);
  paper.fact(
    facts.account,
    [handle === undefined ? undefined : `@${handle}`, id].filter(isGiven).join(' · ') || unknown,
  );
  paper.fact(facts.url, post.url ?? unknown);
  paper.fact(facts.id, post.id);
  paper.fact(facts.posted, post.createdAt === undefined ? unknown : time(post.createdAt));
  paper.fact(facts.collected, time(post.collectedAt));
  if (withdrawnAt !== undefined) paper.fact(facts.withdrawn, time(withdrawnAt));
  const reach = Object.entries(post.reach ?? {}).map(
    ([key, n]) => `${n} ${said.reach[key as keyof typeof said.reach]}`,
  );
  if (reach.length > 0) paper.fact(facts.reach, reach.join(', '));
  paper.fact(facts.source, post.source);
  paper.fact(facts.revision, post.revision);
}

function writeRefetched(paper: Paper, { refetched, post }: PacketContent, time: Time): void {
  paper.heading(said.refetch);
  paper.text(said.refetched[refetched.is]);
  paper.fact(said.askedAt, time(refetched.at));
  if (refetched.reason !== undefined) {
    paper.fact(said.reason, said.reasons[refetched.reason] ?? refetched.reason);
  }
  const { page } = refetched;
  if (page !== undefined)
    paper.text(said.page(page.status, page.bytes, page.holdsText), { size: 9, colour: SOFT });
  if (refetched.text !== undefined && refetched.text !== post.text) {
    paper.text(refetched.text.slice(0, MAX_TEXT), { size: 10, indent: 10 });
  }
}

function writeDecisions(paper: Paper, events: readonly ReviewEvent[], time: Time): void {
  paper.heading(said.decisions);
  for (const { at, actor, act, note } of events) {
    const who = /^\d+$/.test(actor) ? said.person(actor) : said.system;
    paper.fact(who, `${said.acts[act.kind]} · ${time(at)}`);
    if (act.kind === 'escalation-proposed') writeChecklist(paper, act.checklist);
    if (note !== undefined) paper.text(note, { size: 9, indent: LABEL + 10, colour: SOFT });
  }
}

function writeChecklist(paper: Paper, checklist: EscalationChecklist): void {
  const { checklist: words } = said;
  const yes = (value: boolean): string => (value ? words.yes : words.no);
  const lines = [
    `${words.targetKind}: ${words.targets[checklist.targetKind]}${checklist.target === undefined ? '' : ` (${checklist.target})`}`,
    `${words.criticismOrOpinion}: ${yes(checklist.criticismOrOpinion)}`,
    `${words.callToAct}: ${yes(checklist.callToAct)}`,
    ...(checklist.factCheck === undefined ? [] : [`${words.factCheck}: ${checklist.factCheck}`]),
  ];
  for (const line of lines) paper.text(line, { size: 9, indent: LABEL + 10, colour: SOFT, gap: 0 });
  paper.space(3);
}

function writeAssessment(paper: Paper, { assessment }: PacketContent): void {
  paper.heading(said.assessment);
  for (const category of CATEGORIES) {
    const isFlagged = assessment.flags.includes(category);
    const score = assessment.categories[category].toFixed(2);
    paper.fact(said.categories[category], isFlagged ? `${score} · ${said.flagged}` : score);
  }
  paper.fact(said.targets, assessment.targets.join(', ') || said.none);
  if (assessment.incomplete.length > 0) paper.fact(said.incomplete, assessment.incomplete.join(', '));
  paper.fact(
    said.versions,
    Object.entries(assessment.versions)
      .map(([what, version]) => `${what} ${version}`)
      .join(', '),
  );
  paper.space(3);
  paper.text(said.findings, { weight: 'bold', size: 9 });
  for (const { reason, params } of assessment.findings.slice(0, MAX_FINDINGS)) {
    paper.text(`– ${renderReason(reason, params, 'id')}`, { size: 9, indent: 10, gap: 1 });
  }
  if (assessment.findings.length === 0) paper.text(said.none, { size: 9, indent: 10 });
}

function writeLegal(paper: Paper, { legal, legalByCollecting }: PacketContent): void {
  paper.heading(said.legal);
  paper.text(legalByCollecting ? `${said.legalByCollecting} ${said.legalNote}` : said.legalNote, {
    size: 8.5,
    colour: SOFT,
  });
  for (const { row, standing, signature } of legal) {
    paper.space(4);
    paper.text(`${row.law}, ${row.article}`, { weight: 'bold', size: 9.5, gap: 1 });
    const marks = [
      signature === undefined ? said.notReviewed : said.reviewed(signature.reviewer),
      ...(standing === 'unsure' ? [said.perhapsEnded] : []),
    ];
    const isMarked = signature === undefined || standing === 'unsure';
    paper.text(marks.join(' · '), { size: 8, colour: isMarked ? WARN : SOFT, gap: 1 });
    paper.text(row.text, { size: 9, gap: 1 });
    paper.fact(said.element, row.element);
    if (row.condition !== undefined) paper.fact(said.condition, row.condition);
    for (const doubt of row.unsure ?? []) paper.fact(said.unsure, doubtText(doubt));
    paper.fact(said.source, `${row.source.gazette} · ${row.source.url}`);
  }
}

function doubtText({ why }: LegalDoubt): string {
  return why;
}

function isGiven(part: string | undefined): part is string {
  return part !== undefined;
}
