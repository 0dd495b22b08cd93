import { toSvg } from './chart-svg.js';
import { plainText } from './defuse.js';
import { type Block, type Cell, cellText, type ReportDocument, type Table } from './report-document.js';

/** Style of the page: both themes, and paper. The chart's colours are those that chart-svg.ts asks for. */
const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f22;--soft:#50575c;--paper:#ffffff;--edge:#d3d6d8;--band:#f4f5f3;--link:#0b5560;
--chart-all:#50575c;--chart-all-soft:#e6ecef;--chart-flagged:#8f1d1d;--chart-ink:#1b1f22;--chart-soft:#50575c;
--chart-grid:#d9d9d2;--chart-burst:#8a3b06;--chart-burst-soft:#fbe8d6;--chart-answer:#0b5560;--chart-paper:#ffffff}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaec;--soft:#b3babf;--paper:#14171a;--edge:#3a4147;--band:#1d2125;--link:#8fd0da;
--chart-all:#b3babf;--chart-all-soft:#2b3238;--chart-flagged:#ff9d94;--chart-ink:#e8eaec;--chart-soft:#b3babf;
--chart-grid:#3a4147;--chart-burst:#f0b27a;--chart-burst-soft:#3b2a1a;--chart-answer:#8fd0da;--chart-paper:#14171a;
--chart-map-0:#14171a;--chart-map-1:#1d2f3c;--chart-map-2:#264a60;--chart-map-3:#2d6284;--chart-map-4:#78b3da;--chart-map-5:#c0e1f6;--chart-map-strong:#10161a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Noto Sans","DejaVu Sans",sans-serif}
main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0}
.subtitle{font-size:1.2rem;color:var(--soft);margin:.25rem 0 1rem}
h2{font-size:1.25rem;margin:2.2rem 0 .6rem;padding-bottom:.25rem;border-bottom:2px solid var(--edge)}
p{margin:.5rem 0;max-width:46rem}
.facts{list-style:none;padding:0;margin:0 0 1rem;color:var(--soft);font-size:.9rem}
.soft{color:var(--soft);font-size:.9rem}
.strong{font-weight:600;font-size:1.1rem}
ul.points{padding-left:1.2rem;max-width:46rem}
ul.points li{margin:.35rem 0}
.box{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{padding:.4rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--edge);overflow-wrap:break-word}
td a{overflow-wrap:anywhere}
th{background:var(--band);font-weight:600;overflow-wrap:normal}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td{unicode-bidi:isolate}
td:first-child,th:first-child{min-width:9rem}
a{color:var(--link)}
figure{margin:1rem 0}
figure svg{max-width:100%;height:auto;display:block}
blockquote{margin:.4rem 0 1rem;padding:.6rem .9rem;border-left:4px solid var(--edge);background:var(--band);white-space:pre-wrap;overflow-wrap:anywhere;max-width:46rem}
@media print{@page{size:A4;margin:16mm}
:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--edge:#bbb;--band:#f2f2f2;--link:#000;
--chart-all:#50575c;--chart-all-soft:#e6ecef;--chart-flagged:#8f1d1d;--chart-ink:#000;--chart-soft:#333;
--chart-grid:#ccc;--chart-burst:#8a3b06;--chart-burst-soft:#fbe8d6;--chart-answer:#0b5560;--chart-paper:#fff;
--chart-map-0:#fff;--chart-map-1:#e3edf5;--chart-map-2:#b9d2e6;--chart-map-3:#86b1d3;--chart-map-4:#3a74a5;--chart-map-5:#1a4f7c;--chart-map-strong:#fff}
body{font-size:10pt}main{max-width:none;padding:0}
h2{break-after:avoid}tr,figure,blockquote,li{break-inside:avoid}.box{overflow:visible}
a[href]::after{content:" (" attr(href) ")";font-size:.85em}a.plain::after{content:""}}
`.replaceAll('\n', '');

/** A report as one page that needs nothing else: no script, no font, no picture of elsewhere. */
export function briefHtml(document: ReportDocument): string {
  const { language, title, subtitle, facts, blocks } = document;
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer"><title>${escaped(`${title}: ${subtitle}`)} · Ronda</title><style>${STYLE}</style>`;
  const body = [
    `<h1>${escaped(title)}</h1>`,
    `<p class="subtitle"><bdi>${escaped(subtitle)}</bdi></p>`,
    `<ul class="facts">${facts.map((fact) => `<li>${escaped(fact)}</li>`).join('')}</ul>`,
    ...blocks.map(blockHtml),
  ].join('\n');
  return `<!doctype html>\n<html lang="${language}">\n<head>${head}</head>\n<body>\n<main>\n${body}\n</main>\n</body>\n</html>\n`;
}

function blockHtml(block: Block, index: number): string {
  switch (block.is) {
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'text':
      return `<p${block.tone === undefined ? '' : ` class="${block.tone}"`}>${escaped(block.text)}</p>`;
    case 'list':
      return `<ul class="points">${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    case 'quote':
      return `<p class="soft"><bdi>${escaped(block.about)}</bdi></p>\n<blockquote dir="auto">${escaped(block.text)}</blockquote>`;
    case 'drawing':
      return `<figure>${toSvg(block.drawing, `d${index}`)}</figure>`;
    case 'table':
      return tableHtml(block);
  }
}

function tableHtml({ columns, rows, none, name }: Table): string {
  if (rows.length === 0) return `<p>${escaped(none)}</p>`;
  const type = (at: number): string => (columns[at]?.isNumber === true ? ' class="n"' : '');
  const head = columns.map(({ label }, at) => `<th scope="col"${type(at)}>${escaped(label)}</th>`).join('');
  const body = rows
    .map(
      (row) =>
        `<tr>${row.map((cell, at) => `<td${type(at)} dir="auto">${cellHtml(cell)}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<div class="box" role="region" aria-label="${escaped(name)}" tabindex="0"><table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>`;
}

function cellHtml(cell: Cell): string {
  if (typeof cell === 'object' && 'href' in cell && /^https?:\/\//.test(cell.href)) {
    const isBare = cell.href === cell.text ? ' class="plain"' : '';
    return `<a href="${escaped(cell.href)}"${isBare} rel="noreferrer noopener">${escaped(cell.text)}</a>`;
  }
  return escaped(cellText(cell));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
}
