import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffPart, wordDiff } from '../../src/narrative/word-diff.js';

/** As a reader would write it: `-word-` taken out, `+word+` come in. */
const shown = (parts: readonly DiffPart[]): string =>
  parts.map(({ is, text }) => (is === 'same' ? text : is === 'added' ? `+${text}+` : `-${text}-`)).join('');

const flat = (text: string): string => text.replace(/\s+/gu, ' ');

describe('two wordings set against each other', () => {
  it.each([
    ['usir mereka dari kampung', 'usir mereka dari kampung', 'usir mereka dari kampung'],
    ['usir mereka dari kampung', 'usir mereka dari desa', 'usir mereka dari -kampung-+desa+'],
    ['usir mereka malam ini', 'usir mereka', 'usir mereka- malam ini-'],
    ['mereka datang', 'kata orang mereka datang', '+kata orang +mereka datang'],
    ['gudang itu dibakar warga', 'gudang tua dijaga warga', 'gudang -itu dibakar-+tua dijaga+ warga'],
    ['datang!', 'datang?', 'datang-!-+?+'],
    ['satu\n dua', 'satu dua', 'satu dua'],
    ['', 'baru', '+baru+'],
    ['lama', '', '-lama-'],
    ['', '', ''],
  ])('%j and %j', (first, second, expected) => {
    expect(shown(wordDiff(first, second))).toBe(expected);
  });

  const text = fc
    .array(fc.constantFrom('usir', 'mereka', 'desa', 'gudang', '!', '😀', 'e\u0301', '\u202e', '  ', '\n'), {
      maxLength: 40,
    })
    .map((words) => words.join(' '));

  it('gives both texts back, but for the kind of white space of the first', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const parts = wordDiff(first, second);
        const of = (not: DiffPart['is']): string =>
          parts
            .filter(({ is }) => is !== not)
            .map((part) => part.text)
            .join('');
        expect(of('removed')).toBe(second);
        expect(flat(of('added'))).toBe(flat(first));
      }),
    );
  });

  it('finds nothing changed in a text set against itself, and never two neighbours of one kind', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        expect(wordDiff(first, first).every(({ is }) => is === 'same')).toBe(true);
        const parts = wordDiff(first, second);
        expect(parts.every(({ is }, at) => parts[at + 1]?.is !== is)).toBe(true);
      }),
    );
  });

  it('is bounded: long texts that share nothing differ wholly, and keep their ends', () => {
    const long = (word: string): string =>
      `awal ${Array.from({ length: 30_000 }, (_, n) => word + n).join(' ')} akhir`;
    const parts = wordDiff(long('a'), long('b'));
    expect(parts.length).toBeLessThan(6);
    expect(parts[0]).toEqual({ is: 'same', text: 'awal ' });
  });
});
