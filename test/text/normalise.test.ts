import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, originalSpan, replay } from '../../src/text/normalise.js';
import * as tables from './cases/normalise.js';

describe.each(Object.entries(tables))('%s', (_name, cases) => {
  it.each(cases)('reads %j as %j', (written, canonical) => {
    expect(normalise(written).text).toBe(canonical);
  });
});

/** What is known to come out wrong, held so that a change for the better is noticed. */
const KNOWN_FAILURES: readonly (readonly [written: string, wanted: string, got: string])[] = [
  // One star for several letters.
  ['k*r', 'kafir', 'kr'],
  // A place in capitals among capitals.
  ['DARI KL KE MEDAN', 'dari kl ke medan', 'dari kalau ke medan'],
  // A quotation mark that says the word twice.
  ['anak"nya', 'anak-anaknya', 'anak"nya'],
  // A foreign word that is an Indonesian one with its last letter drawn out.
  ['press', 'press', 'pres'],
  // A 2 for a z or an s.
  ['2nd4l', 'sandal', '2nd4l'],
];

describe('known failures', () => {
  it.each(KNOWN_FAILURES)('%j should be %j and is %j', (written, wanted, got) => {
    expect(normalise(written).text).toBe(got);
    expect(got).not.toBe(wanted);
  });
});

const hostileUnit = fc.oneof(
  fc.constantFrom(
    ...'aikfr4013@$!*|#_-.,:;/\'"()[]<>&\\ \n²éаｋ🐷🇮🇩‍\u200b\u0301ð',
    ...[
      'yg',
      'org2',
      'k4f1r',
      '&amp;',
      '&#97;',
      '\\xf0\\x9f',
      '\\n',
      '\\u00',
      'http://',
      '#Aa',
      '@a',
      'aaa',
      'wkwk',
      'k a f ',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 2 }),
);
const hostileText = fc.array(hostileUnit, { maxLength: 60 }).map((parts) => parts.join(''));
const anyText = fc.oneof(fc.string({ unit: 'binary' }), hostileText);
/** Lone surrogates too. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 })
  .map((units) => String.fromCharCode(...units));

describe('the way back to the original', () => {
  it.each([
    ['any string', fc.string({ unit: 'binary' })],
    ['strings of what posts are made of', hostileText],
    ['any UTF-16 units', anyUnits],
  ])('stays inside the text, in order and never empty: %s', (_name, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const n = normalise(text);
        expect(n.original).toBe(text);
        expect(n.starts.length).toBeGreaterThanOrEqual(n.text.length);
        expect(n.ends.length).toBeGreaterThanOrEqual(n.text.length);
        let start = 0;
        let end = 1;
        for (let i = 0; i < n.text.length; i++) {
          expect(n.starts[i]!).toBeGreaterThanOrEqual(start);
          expect(n.ends[i]!).toBeGreaterThanOrEqual(end);
          expect(n.starts[i]!).toBeLessThan(n.ends[i]!);
          start = n.starts[i]!;
          end = n.ends[i]!;
        }
        expect(n.text.length === 0 ? 0 : end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['dasar K4F1R kamu', 'kafir', 'K4F1R'],
    ['dasar k a f i r kamu', 'kafir', 'k a f i r'],
    ['kamu k*fir', 'kafir', 'k*fir'],
    ['itu orang2nya mana', 'orang-orangnya', 'orang2nya'],
    ['ini kapiiiirrr ya', 'kafir', 'kapiiiirrr'],
    ['&quot;kafir&quot;', 'kafir', 'kafir'],
    ['#UsirMereka', 'mereka', 'Mereka'],
    ['dasar 🐷🐷!', 'emo_babi', '🐷🐷'],
    ['si k\u200ba\u0301fir', 'kafir', 'k\u200ba\u0301fir'],
    ['yg org2 itu', 'orang-orang', 'org2'],
  ])('in %j leads from %j to %j', (text, canonical, written) => {
    const n = normalise(text);
    const at = n.text.indexOf(canonical);
    expect(at).toBeGreaterThanOrEqual(0);
    const { start, end } = originalSpan(n, at, at + canonical.length);
    expect(text.slice(start, end)).toBe(written);
  });
});

describe('steps', () => {
  it.each([
    ['any text', anyText],
    ['any UTF-16 units', anyUnits],
  ])('give the canonical text when they are replayed: %s', (_name, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const n = normalise(text);
        expect(replay(text, n.steps)).toBe(n.text);
      }),
      { numRuns: 1000 },
    );
  });

  it('do not depend on what was normalised in between', () => {
    const n = normalise('Dasar k4f1r!');
    const before = n.text;
    normalise('sesuatu yg lain sama sekali');
    expect(replay('Dasar k4f1r!', n.steps)).toBe(before);
  });

  it.each([
    ['k4f1r', 'leet', '4', 'a'],
    ['yg', 'informal', 'yg', 'yang'],
    ['orang2', 'reduplication', '2', '-orang'],
    ['anjiiing', 'stretched', 'iii', 'i'],
    ['k*fir', 'masked', '*', 'a'],
    ['&amp;', 'entity', '&amp;', '&'],
    ['kаfir', 'homoglyph', 'а', 'a'],
    ['KATA', 'case', 'KATA', 'kata'],
    ['🐷', 'emoji', '🐷', ' emo_babi '],
  ])('of %j name the rule %s', (text, rule, before, after) => {
    expect(normalise(text).steps).toContainEqual(expect.objectContaining({ rule, before, after }));
  });

  it('are none for a text that is canonical', () => {
    expect(normalise('orang itu datang, lalu pergi.').steps).toEqual([]);
  });
});

describe('the canonical text', () => {
  it('holds only what it promises: no capitals, control characters, doubled or outer spaces', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const canonical = normalise(text).text;
        expect(canonical).not.toMatch(/[A-Z]/);
        expect(canonical).not.toMatch(/[^\S \n]|(?!\n)\p{Cc}/u);
        expect(canonical).not.toMatch(/ {2}|\n{2}|^[ \n]|[ \n]$| \n|\n /);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same for the same text', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const first = normalise(text).text;
        normalise(other);
        expect(normalise(text).text).toBe(first);
      }),
    );
  });

  it('does not change when plain words are normalised again', () => {
    const words = fc.array(
      fc.constantFrom('orang', 'datang', 'kemarin', 'kafir', 'mereka', 'tidak', '2024', 'usir'),
      {
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(words, (list) => {
        const text = list.join(' ');
        expect(normalise(text).text).toBe(text);
      }),
    );
  });

  it('leaves numbers as they are, whatever stands beside them', () => {
    const number = fc.oneof(
      fc.nat({ max: 99_999_999 }).map(String),
      fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 99 })).map(([a, b]) => `${a},${b}`),
      fc.tuple(fc.nat({ max: 23 }), fc.integer({ min: 10, max: 59 })).map(([h, m]) => `${h}.${m}`),
      fc.nat({ max: 999 }).map((n) => `Rp${n}rb`),
      fc.nat({ max: 999 }).map((n) => `${n}kg`),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('harga', 'pukul', 'ada', 'bab'),
        number,
        fc.constantFrom('orang', 'lagi', '.'),
        (a, n, b) => {
          expect(
            normalise(`${a} ${n} ${b}`)
              .text.split(/[ ](?=\S)/)[1]
              ?.replace(/\.$/, ''),
          ).toBe(n.toLowerCase());
        },
      ),
    );
  });
});

describe('folded', () => {
  it('keeps the words as they were spelled', () => {
    expect(normalise('YG bilang K4f1r itu org2 itu').folded).toBe('yg bilang kafir itu org2 itu');
  });
});
