import type { Brief, BriefFile, BriefFormat } from '../core/brief.js';
import { briefWords } from '../words/brief.js';
import { briefCsv } from './brief-csv.js';
import { briefDocument } from './brief-document.js';
import { briefHtml } from './brief-html.js';
import { briefJson } from './brief-json.js';
import { briefMarkdown } from './brief-md.js';
import type { PaperFonts } from './paper.js';

const TYPES: Readonly<Record<BriefFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

/** A report as a file of a format. */
export async function briefFile(
  brief: Brief,
  format: BriefFormat,
  language: 'id' | 'en',
  fonts: () => PaperFonts,
): Promise<BriefFile> {
  const { kind, span, story } = brief;
  const said = briefWords(language);
  const day = span.firstDay === span.lastDay ? span.lastDay : `${span.firstDay}-${span.lastDay}`;
  return {
    name: `ronda-${said.files[kind]}-${story === undefined ? day : story.id}.${format}`,
    type: TYPES[format],
    bytes: await bytesOf(brief, format, language, fonts),
  };
}

/** What is costly to load is loaded for the formats that take it. */
async function bytesOf(
  brief: Brief,
  format: BriefFormat,
  language: 'id' | 'en',
  fonts: () => PaperFonts,
): Promise<Uint8Array> {
  switch (format) {
    case 'json':
      return Buffer.from(briefJson(brief));
    case 'html':
      return Buffer.from(briefHtml(briefDocument(brief, language)));
    case 'md':
      return Buffer.from(briefMarkdown(briefDocument(brief, language)));
    case 'csv':
      return Buffer.from(briefCsv(briefDocument(brief, language)));
    case 'xlsx': {
      const { briefXlsx } = await import('./brief-xlsx.js');
      return briefXlsx(briefDocument(brief, language));
    }
    case 'pdf': {
      const { briefPdf } = await import('./brief-pdf.js');
      return briefPdf(briefDocument(brief, language), fonts());
    }
  }
}
