import { CATEGORIES } from '../core/assessment.js';
import type { PacketContent } from '../core/evidence.js';
import type { LegalDoubt } from '../core/legal.js';
import type { EscalationChecklist, ReviewEvent } from '../core/review.js';
import { packetPaper as said } from '../words/packet-paper.js';
import { renderReason } from '../words/reasons.js';
import { targetText } from '../words/targets.js';
import { LABEL, makePaper, type Paper, type PaperFonts, SOFT } from './paper.js';
import { bothTimes } from './unit-time.js';

const WARN = '#8a2b0d';
/** Of the post's text on paper, in UTF-16 units; the whole stands in post.json. */
const MAX_TEXT = 12_000;
const MAX_FINDINGS = 20;

/** The summary of a case for whom it is referred to, in Indonesian, A4; text is always text, nothing in it is a link. */
export function casePdf(content: PacketContent, fonts: PaperFonts): Promise<Uint8Array> {
  const labels = {
    title: `${said.title} · ${said.item(content.item)}`,
    language: 'id-ID',
    madeAt: content.madeAt,
    footer: (page: number, pages: number) => said.footer(content.item, page, pages),
  };
  return makePaper(labels, fonts, (paper) => writePaper(paper, content));
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
    `${words.targetKind}: ${words.targets[checklist.targetKind]}${checklist.target === undefined ? '' : ` (${targetText(checklist.target, 'id')})`}`,
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
  paper.fact(
    said.targets,
    assessment.targets.map((target) => targetText(target, 'id')).join(', ') || said.none,
  );
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
