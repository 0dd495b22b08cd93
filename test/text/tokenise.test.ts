import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/text/normalise.js';
import { type Tokens, tokenise } from '../../src/text/tokenise.js';

function tokensOf(text: string): { words: string[]; tokens: Tokens } {
  const n = normalise(text);
  const tokens = tokenise(n);
  const words = Array.from({ length: tokens.count }, (_, i) => n.text.slice(tokens.start[i], tokens.end[i]));
  return { words, tokens };
}

/** Words by the ordinal that `of` gives them, a group a line of `|`. */
function grouped(text: string, of: (tokens: Tokens) => Int32Array): string {
  const { words, tokens } = tokensOf(text);
  const groups: string[][] = [];
  for (const [i, word] of words.entries()) {
    const ordinal = of(tokens)[i]!;
    groups[ordinal] ??= [];
    groups[ordinal]!.push(word);
  }
  return groups.map((group) => group.join(' ')).join(' | ');
}

describe('words', () => {
  it.each([
    ['Orang itu datang.', ['orang', 'itu', 'datang']],
    ['orang2nya (semua) "pergi"', ['orang-orangnya', 'semua', 'pergi']],
    ['gempa 5,2 SR pukul 20.00', ['gempa', '5,2', 'sr', 'pukul', '20.00']],
    ['@akun lihat https://contoh.id #UsirMereka', ['@user', 'lihat', 'http', 'usir', 'mereka']],
    ['dasar 🐷!', ['dasar', 'emo_babi']],
    ['мир и 佛教', ['мир', 'и', '佛教']],
    ['... !!', []],
    ['', []],
  ])('of %j are %j', (text, words) => {
    expect(tokensOf(text).words).toEqual(words);
  });
});

describe('sentences', () => {
  it.each([
    ['Dia datang. Kami pergi! Kenapa? Tidak tahu', 'dia datang | kami pergi | kenapa | tidak tahu'],
    ['satu\ndua', 'satu | dua'],
    ['gempa 5.2 SR pukul 20.00 tadi', 'gempa 5.2 sr pukul 20.00 tadi'],
    ['kata dr. Sari dan Prof. Budi', 'kata dr sari dan prof budi'],
    ['kata K.H. Ali', 'kata kh ali'],
    ['Rp. 50.000 saja', 'rp 50.000 saja'],
    ['jadi... begitu', 'jadi begitu'],
    ['tahun 2024. Lalu', 'tahun 2024 | lalu'],
    ['...mulai. lagi', 'mulai | lagi'],
  ])('of %j are %j', (text, sentences) => {
    expect(grouped(text, (tokens) => tokens.sentence)).toBe(sentences);
  });
});

describe('clauses', () => {
  it.each([
    ['dia datang, kami pergi; lalu: selesai', 'dia datang | kami pergi | lalu | selesai'],
    ['dia baik tapi mereka jahat', 'dia baik | tapi mereka jahat'],
    ['dia baik tetapi namun padahal', 'dia baik | tetapi | namun | padahal'],
    ['walaupun miskin dia jujur', 'walaupun miskin dia jujur'],
    ['dia jujur walaupun miskin', 'dia jujur | walaupun miskin'],
    ['kami dan mereka karena itu', 'kami dan mereka karena itu'],
    ['kafir - usir saja', 'kafir | usir saja'],
    ['orang (itu) pergi', 'orang | itu | pergi'],
    ['jadi... begitu', 'jadi | begitu'],
    ['Dia datang. Kami pergi', 'dia datang | kami pergi'],
    ['tapioka enak', 'tapioka enak'],
  ])('of %j are %j', (text, clauses) => {
    expect(grouped(text, (tokens) => tokens.clause)).toBe(clauses);
  });
});

describe('quotation', () => {
  it.each([
    ['dia bilang "usir mereka" kemarin', 'usir mereka'],
    ['dia bilang “usir mereka” kemarin', 'usir mereka'],
    ['dia bilang «usir mereka» kemarin', 'usir mereka'],
    ["dia bilang 'usir mereka' kemarin", 'usir mereka'],
    ["dia bilang ''usir mereka'' kemarin", 'usir mereka'],
    ['"usir", katanya, "mereka!"', 'usir mereka'],
    ['("usir mereka")', 'usir mereka'],
    ['tidak ditutup "usir mereka', ''],
    ['tidak dibuka" usir mereka', ''],
    ["jum'at malam juga'", ''],
    ['kosong ""', ''],
  ])('in %j is %j', (text, quoted) => {
    const { words, tokens } = tokensOf(text);
    expect(words.filter((_, i) => tokens.quoted[i] === 1).join(' ')).toBe(quoted);
  });
});

describe('any text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          'kata',
          'tapi',
          '5,2',
          '"',
          "'",
          '.',
          '!',
          ',',
          '\n',
          ' ',
          '(',
          '-',
          '@a',
          '#Ab',
          '🐷',
        ),
        {
          maxLength: 50,
        },
      )
      .map((parts) => parts.join('')),
  );
  it('gives tokens in order, inside the text, with rising ordinals', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const n = normalise(text);
        const tokens = tokenise(n);
        for (const array of [tokens.start, tokens.end, tokens.clause, tokens.sentence, tokens.quoted]) {
          expect(array.length).toBeGreaterThanOrEqual(tokens.count);
        }
        let end = 0;
        let clause = 0;
        let sentence = 0;
        for (let i = 0; i < tokens.count; i++) {
          expect(tokens.start[i]!).toBeGreaterThanOrEqual(end);
          expect(tokens.end[i]!).toBeGreaterThan(tokens.start[i]!);
          end = tokens.end[i]!;
          const rise = tokens.sentence[i]! - sentence;
          expect([0, 1]).toContain(rise);
          expect([0, 1]).toContain(tokens.clause[i]! - clause);
          // A new sentence is a new clause.
          if (rise === 1) expect(tokens.clause[i]!).toBe(clause + 1);
          clause = tokens.clause[i]!;
          sentence = tokens.sentence[i]!;
          expect(n.text.slice(tokens.start[i], end)).not.toMatch(/\s/);
        }
        expect(end).toBeLessThanOrEqual(n.text.length);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps earlier results as they were', () => {
    const first = tokensOf('satu dua tiga. empat');
    const copy = [...first.tokens.start];
    for (let i = 0; i < 2000; i++) tokensOf('kata lain yang banyak sekali, lalu lagi');
    expect([...first.tokens.start]).toEqual(copy);
  });
});
