import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casePdf } from '../../src/report/case-pdf.js';
import { printable, setLines } from '../../src/report/pdf-text.js';
import { contentOf, makingOf } from '../support/packet.js';

/** Every character one wide; none but these scripts in the font. */
const measure = {
  widthOf: (word: string) => [...word].length,
  has: (code: number) => code < 0x250 || (code >= 0x600 && code < 0x700),
};
const set = (text: string, width: number) => setLines(text, width, measure);
const shown = (text: string, width = 40) => set(text, width).map(({ words }) => words.join(' '));

describe('setting a text', () => {
  it.each([
    ['breaks between words', 'satu dua tiga', 8, ['satu dua', 'tiga']],
    ['breaks a word that is wider', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['keeps paragraphs and empty lines', 'a\n\nb\r\nc', 9, ['a', '', 'b', 'c']],
    ['shows what steers the direction', 'x\u202Ey', 40, ['x[U+202E]y']],
    ['shows what the font lacks, and half a pair', 'ꦗ \ud800', 40, ['[U+A997] [U+D800]']],
    ['leaves joiners out', 'a\u200d\ufe0fb', 40, ['ab']],
    ['reads right-to-left words from the right', 'كلمة أولى ثم', 40, ['ثم أولى كلمة']],
    ['keeps left-to-right words in order within them', 'قال dua kata هنا', 40, ['هنا dua kata قال']],
    [
      'turns right-to-left words within a left-to-right line',
      'kata كلمة أولى lagi',
      40,
      ['kata أولى كلمة lagi'],
    ],
    // A sign at the end is the paragraph's: the font draws what begins a right-to-left word on its right.
    ['ends a left-to-right line on the right', 'kata كلمة أولى.', 40, ['kata أولى .كلمة']],
    ['ends a right-to-left line on the left', 'قال kata dua!', 40, ['!kata dua قال']],
    ['leaves a stop within the right-to-left words there', 'كلمة. أولى.', 40, ['أولى. كلمة.']],
    ['brackets what they enclose', 'kata (كلمة أولى) lagi', 40, ['kata أولى) (كلمة lagi']],
    ['does not end what goes on in the next line', 'kata كلمة، أولى lagi', 10, ['kata كلمة،', 'أولى lagi']],
  ])('%s', (_, text, width, lines) => {
    expect(shown(text, width)).toEqual(lines);
  });

  it('fits every line and loses no character, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 12, max: 60 }),
        (text, width) => {
          const lines = set(text, width);
          for (const { words } of lines) {
            expect(
              words.reduce((sum, word) => sum + measure.widthOf(word), words.length - 1),
            ).toBeLessThanOrEqual(width);
          }
          // Brackets may be turned round.
          const letters = (of: string): string =>
            [...of.replace(/\s/gu, '').replace(/[()[\]{}<>«»‹›]/gu, '(')].toSorted().join('');
          expect(letters(lines.flatMap(({ words }) => words).join(''))).toBe(
            letters(printable(text.replaceAll('\r', '\n'), measure.has)),
          );
        },
      ),
    );
  });
});

const hasPdftotext = spawnSync('pdftotext', ['-v']).status === 0;

describe('the summary of a case', () => {
  it('stands the texts that posts bring', async () => {
    const base = contentOf();
    for (const text of [
      '',
      'x'.repeat(100_000),
      '\u202e'.repeat(500),
      '\u0000<b>\ud83d',
      'ع'.repeat(5_000),
      'a\n'.repeat(3_000),
    ]) {
      const pdf = await casePdf({ ...base, legal: [], post: { ...base.post, text } }, makingOf().fonts);
      expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    }
  });

  it.skipIf(!hasPdftotext)('says whom it is for, what was posted, and what nobody has reviewed', async () => {
    const pdf = await casePdf(contentOf({ addressee: 'dewan-pers' }), makingOf().fonts);
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
    expect(text).toContain('Dewan Pers');
    expect(text).toContain('Warga rekaan diminta mengusir kaum contoh');
    expect(text).toContain('<b>bukan penebalan</b>');
    expect(text).toContain('2026-01-05T08:30:00.000Z (5 Januari 2026 16.30.00 WITA)');
    expect(text).toContain('BELUM DITINJAU AHLI HUKUM');
    expect(text).toContain('MUNGKIN SUDAH BERAKHIR');
    expect(text).toContain('Syarat');
    expect(text).toMatch(/halaman 1 dari \d/);
  });
});
