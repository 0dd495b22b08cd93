import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { BRIEF_FORMATS, BRIEF_LIMITS, LITERACY_POINTS } from '../../src/core/brief.js';
import { readPacketFonts } from '../../src/files/packet-fonts.js';
import { briefFile } from '../../src/report/brief-file.js';
import { defuse } from '../../src/report/defuse.js';
import { shapedWord } from '../../src/report/pdf-text.js';
import { briefOf, briefStoryOf, storyBriefOf } from '../support/brief.js';
import { everythingIn, pdfWords } from '../support/report-text.js';

const textOf = async (
  format: (typeof BRIEF_FORMATS)[number],
  brief = briefOf(),
  language: 'id' | 'en' = 'id',
): Promise<string> =>
  Buffer.from((await briefFile(brief, format, language, readPacketFonts)).bytes).toString('utf8');

/** What titles, notes and names may bring: markup, formulas, tables, scripts, direction. */
const HOSTILE = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://jahat.example","klik")',
  '+62-1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '＝1+1',
  '| a | b |\n|---|---|',
  '[klik](javascript:alert(1)) ![x](http://jahat.example/x.png)',
  '"><b onmouseover=x>',
  'a\u202Eb\u0000c\ud800',
  '# judul\n- butir',
  "'; DROP",
  'x'.repeat(5_000),
  '😀'.repeat(300),
];

const hostile = briefOf({
  rose: HOSTILE.map((title, at) => briefStoryOf({ id: `${at}`.padStart(16, '0'), title, exemplar: title })),
  sources: HOSTILE.map((name) => ({
    name,
    state: 'well' as const,
    posts: 1,
    watchedHours: 1,
    hours: 24,
    silentHours: 0,
    gaps: 0,
  })),
  trends: HOSTILE.map((key) => ({ kind: 'term' as const, direction: 'rising' as const, key, posts: 5 })),
});

describe('a report', () => {
  it('of a time in which nothing was collected does not read like a quiet one', async () => {
    const given = briefOf();
    const totals = { ...given.totals, posts: 0, flagged: 0, hours: [] };
    expect(await textOf('md', briefOf({ totals }))).toContain('Tidak ada yang terkumpul dalam waktu ini');
    expect(await textOf('md', briefOf({ totals, madeAt: '2026-01-01T00:00:00.000Z' }), 'en')).toContain(
      'This time has not begun yet',
    );
    expect(await textOf('md')).not.toContain('Tidak ada yang terkumpul');
  });

  it('has the numbers of its curve in a table: by the hour of a day, by the day of a week', async () => {
    const day = await textOf('csv', briefOf());
    expect(day).toMatch(/\nJam,Unggahan,Ditandai\r?\n5 Jan 00\.00,40,4\r?\n/);
    const { totals, span } = briefOf();
    const week = await textOf('csv', briefOf({ kind: 'weekly', totals, span }));
    const sum = totals.hours.reduce((n, { posts }) => n + posts, 0);
    expect(week).toMatch(new RegExp(`\\nHari,Unggahan,Ditandai\\r?\\n5 Januari 2026,${sum},`));
  });

  it('gives a spreadsheet numbers of two decimals at most', async () => {
    const trends = [
      { kind: 'term' as const, direction: 'rising' as const, key: 'garam', posts: 13, usual: 3.8763014763 },
    ];
    expect(await textOf('csv', briefOf({ trends }))).toContain('garam,kata,naik,13,3.88,');
  });

  it.each(BRIEF_FORMATS)('is written as %s in both languages, of a day and of a story', async (format) => {
    const asked = [
      [briefOf(), 'en'],
      [storyBriefOf(), 'id'],
      [hostile, 'id'],
    ] as const;
    for (const [brief, language] of asked) {
      const { bytes, name, type } = await briefFile(brief, format, language, readPacketFonts);
      expect(bytes.length).toBeGreaterThan(500);
      expect(name).toMatch(new RegExp(`^ronda-[a-z]+-[0-9a-f-]+\\.${format}$`));
      expect(type).toMatch(/^(?:text|application)\//);
    }
  });

  it.each(['html', 'md', 'csv', 'pdf', 'xlsx'] as const)(
    'as %s names its zone and day, its numbers, fact-checks, sources and what it cannot say',
    async (format) => {
      const { bytes } = await briefFile(briefOf(), format, 'id', readPacketFonts);
      const said = everythingIn(format, bytes).replace(/\s+/g, ' ');
      for (const wanted of ['WIB', 'Jawa Barat', 'berita-rekaan', 'cekfakta.example', 'Siaran', 'senyap']) {
        expect(said).toContain(wanted);
      }
      expect(said).toMatch(/1[.,]?204/);
    },
  );

  it('has words for every point and limit', async () => {
    const brief = briefOf({ points: LITERACY_POINTS, limits: BRIEF_LIMITS });
    for (const language of ['id', 'en'] as const) {
      expect(await textOf('html', brief, language)).not.toContain('undefined');
    }
  });

  it('says in words that there is nothing, where there is nothing', async () => {
    const empty = briefOf({
      ...{ rose: [], fell: [], fresh: [], trends: [], hoaxes: [], regions: [], sources: [] },
      ...{ clarifications: [], categories: [], languages: [] },
      totals: { posts: 0, flagged: 0, earlierPosts: 0, earlierFlagged: 0, incomplete: 0, hours: [] },
    });
    const said = await textOf('md', empty);
    expect(said).toContain('Tidak ada sumber yang diatur di sini');
    expect(said).toContain('0 unggahan terkumpul');
    for (const format of BRIEF_FORMATS) {
      expect((await briefFile(empty, format, 'id', readPacketFonts)).bytes.length).toBeGreaterThan(300);
    }
  });
});

describe('as HTML', () => {
  it('is one page without script, style of elsewhere or address that is fetched', async () => {
    for (const brief of [briefOf(), hostile, storyBriefOf()]) {
      const page = await textOf('html', brief);
      expect(page).not.toMatch(/<script|<img|<link|<iframe|\son\w+\s*=\s*["']|src\s*=\s*["']|url\(|@import/i);
      expect(page).toContain("default-src 'none'");
      // The curve, and the map of provinces.
      expect(page.match(/<svg /g)?.length).toBe(brief.story === undefined ? 2 : 1);
      expect(page).toMatch(/prefers-color-scheme: ?dark/);
      expect(page).toContain('@media print');
    }
  });

  it('makes no element of what people wrote', async () => {
    const page = await textOf('html', hostile);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<b onmouseover');
    expect(page).not.toContain('\u202e');
    expect(page).not.toContain('\u0000');
  });
});

describe('as Markdown', () => {
  it('makes no link, picture, heading or table of what people wrote', async () => {
    const lines = (await textOf('md', hostile)).split('\n');
    const text = lines.join('\n');
    expect(text).not.toMatch(/(?<!\\)\[klik\]\(/);
    expect(text).not.toMatch(/(?<!\\)!\[x\]/);
    expect(text).not.toMatch(/^# judul/m);
    expect(text).not.toContain('<script>');
    // Every row of a table has as many cells as its head.
    let cells = 0;
    for (const line of lines) {
      if (!line.startsWith('|')) {
        cells = 0;
        continue;
      }
      const found = line.replace(/\\\|/g, '').split('|').length;
      if (cells === 0) cells = found;
      expect(found).toBe(cells);
    }
  });
});

describe('in spreadsheets', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['  =1', "'  =1"],
    ['+62', "'+62"],
    ['-x', "'-x"],
    ['@a', "'@a"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['biasa = 1', 'biasa = 1'],
    ['12,5', '12,5'],
  ])('%j stands as %j', (text, cell) => {
    expect(defuse(text)).toBe(cell);
  });

  it('no cell of the CSV begins like a formula', async () => {
    const text = await textOf('csv', hostile);
    expect(text.startsWith('\ufeff')).toBe(true);
    for (const cell of cellsOf(text.slice(1))) {
      if (!/^-?\d+(?:\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[\s]*[=+\-@\t]/u);
    }
  });

  it('the workbook has no formula, numbers are numbers, and every sheet opens', async () => {
    const { bytes } = await briefFile(hostile, 'xlsx', 'id', readPacketFonts);
    const parts = unzipSync(bytes);
    const sheets = Object.keys(parts).filter((name) => /worksheets\/sheet\d+\.xml$/.test(name));
    expect(sheets.length).toBeGreaterThan(5);
    for (const name of sheets) expect(Buffer.from(parts[name] ?? []).toString('utf8')).not.toContain('<f>');
    const rows = await readSheet(Buffer.from(bytes), 'Yang naik');
    expect(rows.length).toBe(1 + HOSTILE.length);
    expect(rows[1]?.[1]).toBe(120);
    for (const row of rows.slice(1)) expect(String(row[0])).not.toMatch(/^\s*[=+\-@]/u);
  });
});

/** Cells of a CSV text, quoted or not. */
function cellsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,\r\n"]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  );
}

describe('on paper', () => {
  it('holds Arabic and emoji with fonts of its own', async () => {
    const { bytes } = await briefFile(briefOf(), 'pdf', 'id', readPacketFonts);
    const raw = Buffer.from(bytes).toString('latin1');
    expect(raw.match(/\/FontFile2 /g)?.length).toBe(3);
    const words = pdfWords(Buffer.from(bytes));
    expect(words).toContain('😟');
    expect(words).toContain('🧂');
    expect(words).not.toContain('[U+');
    expect(words).toMatch(/[\u0600-\u06ff]/);
  });

  it.each([
    ['a word', 'kata(1)', 'kata(1)', false],
    ['brackets mirrored', '(عاجل)', ')عاجل(', true],
    ['numbers backwards', 'عام٢٠٢٦', 'عام٦٢٠٢', true],
    ['letters of other scripts backwards', 'عاجلABC', 'عاجلCBA', true],
  ])('gives to a font that sets from the right %s', (_, word, text, isRtl) => {
    expect(shapedWord(word)).toEqual({ text, isRtl });
  });

  it('parts a long table over pages with its head on each', async () => {
    const many = briefOf({
      sources: Array.from({ length: 120 }, (_, at) => ({
        ...{ name: `sumber-${at}`, state: 'well' as const, posts: at, watchedHours: 24, hours: 24 },
        ...{ silentHours: 1, gaps: 0 },
      })),
    });
    const { bytes } = await briefFile(many, 'pdf', 'en', readPacketFonts);
    const words = pdfWords(Buffer.from(bytes)).split('\n')[0] ?? '';
    expect(words).toContain('sumber-119');
    expect(words.match(/State at the end/g)?.length).toBeGreaterThan(2);
  });
});

describe('as JSON', () => {
  it('is what the schema in the documentation says', async () => {
    const { z } = await import('zod');
    const schema = z.fromJSONSchema(
      JSON.parse(readFileSync(new URL('../../docs/brief.schema.json', import.meta.url), 'utf8')),
    );
    for (const brief of [briefOf(), storyBriefOf(), hostile]) {
      const read: unknown = JSON.parse(await textOf('json', brief));
      expect(schema.safeParse(read).error?.issues).toBeUndefined();
      expect(schema.safeParse({ ...(read as object), account: 'x' }).success).toBe(false);
    }
  });
});
