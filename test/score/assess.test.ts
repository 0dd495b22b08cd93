import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareLevels } from '../../src/core/assessment.js';
import { createAssessor, MAX_ASSESSED_CHARS, PATH_TEST } from '../../src/score/assess.js';
import { flagsOf } from '../../src/score/combine.js';
import { REASON_KEYS, renderReason } from '../../src/words/reasons.js';
import { theAssessor, theLexicon } from './assessor.js';

const assess = (text: string) => theAssessor().assess(text);

const PIECES = fc.constantFrom(
  'orang Papua',
  'umat Hindu',
  'usir',
  'harus',
  'dibunuh',
  'bukan',
  'jangan',
  'benci',
  'aku',
  'mereka',
  'hama',
  '"',
  '.',
  '?',
  ',',
  'kafir',
  'bilang',
  'siapa',
  'goblok',
  '\n',
  '🐷',
  '#UsirMereka',
  '@budi',
  'https://contoh.id',
  '\ud83d',
  'k a f i r',
  'or4ng',
  'polisi',
  'menangkap',
  'tidak',
  'ada',
  'yang',
  'semoga',
  'mati',
  'awas',
  'kubunuh',
);
const TEXTS = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(PIECES, { maxLength: 60 }).map((pieces) => pieces.join(' ')),
  fc.array(PIECES, { maxLength: 60 }).map((pieces) => pieces.join('')),
);

describe('assess, whatever it is given', () => {
  it('never throws, keeps spans inside the text and scores inside 0..1, and repeats itself', () => {
    fc.assert(
      fc.property(TEXTS, (text) => {
        const result = assess(text);
        for (const finding of result.findings) {
          expect(finding.start).toBeGreaterThanOrEqual(0);
          expect(finding.end).toBeGreaterThan(finding.start);
          expect(finding.end).toBeLessThanOrEqual(text.length);
          expect(text.slice(finding.start, finding.end)).toBe(finding.text);
          expect(finding.weight).toBeGreaterThanOrEqual(0);
          expect(finding.weight).toBeLessThanOrEqual(1);
        }
        for (const score of Object.values(result.categories)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        expect(result.incomplete).toEqual([]);
        expect(assess(text)).toEqual(result);
      }),
      { numRuns: 500 },
    );
  });

  it('has a sentence for every finding, in both languages', () => {
    fc.assert(
      fc.property(TEXTS, (text) => {
        for (const { reason, params } of assess(text).findings) {
          expect(REASON_KEYS).toContain(reason);
          for (const lang of ['id', 'en'] as const)
            expect(renderReason(reason, params, lang)).not.toMatch(/\{\w+\}/);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('one post after another', () => {
  it('keeps nothing of a post for the next', () => {
    fc.assert(
      fc.property(TEXTS, TEXTS, (text, between) => {
        const alone = assess(text);
        assess(between);
        assess(`Orang Papua itu hama. ${'Usir mereka, "aku benci umat Hindu". '.repeat(40)}`);
        expect(assess(text)).toEqual(alone);
      }),
      { numRuns: 200 },
    );
  });
});

describe('who is meant', () => {
  it.each([
    ['Orang Cina itu lintah semua, penghisap darah pribumi. Usir mereka dari kota ini!', 'Orang Cina'],
    ['Orang Batak itu penindas orang Papua. Usir mereka!', 'Orang Batak'],
    ['Umat Hindu itu ramah, beda sama orang Batak. Usir mereka!', 'orang Batak'],
  ])('takes up who is said to do wrong, not whom it is done to: %s', (text, group) => {
    const call = assess(text).findings.find(({ rule }) => rule === 'call-order');
    expect(call?.params.group).toBe(group);
  });
});

describe('what a reviewer reads', () => {
  it('shows the passage, whom it strikes and why', () => {
    const result = assess('Menurut gue orang Papua itu hama.');
    expect(result.flags).toEqual(['hate', 'sara']);
    expect(result.targets).toEqual(['ethnicity:papua']);
    expect(result.findings[0]).toMatchObject({
      category: 'sara',
      text: 'orang Papua itu hama',
      params: { group: 'orang Papua' },
    });
    expect(renderReason(result.findings[0]!.reason, result.findings[0]!.params, 'en')).toContain(
      'orang Papua',
    );
  });

  it.each([
    ['Semua orang Batak harus dibunuh!', ['hate', 'sara', 'incitement'], 'critical'],
    ['Ayo usir waria dari sini!', ['hate', 'incitement'], 'high'],
    ['Perempuan itu bodoh semua.', ['hate'], 'medium'],
  ] as const)('ranks a call to violence over exclusion over contempt: %s', (text, flags, level) => {
    const result = assess(text);
    for (const flag of flags) expect(result.flags).toContain(flag);
    expect(compareLevels(result.level, level)).toBeGreaterThanOrEqual(level === 'medium' ? -1 : 0);
  });

  it.each([
    ['Berhenti menyebut orang Papua hama!', 'counter-speech'],
    ['Aku tidak benci orang Batak.', 'negation'],
    ['Polisi menangkap pria yang mengancam akan membunuh umat Hindu.', 'reporting'],
    ['Pemerintah bobrok dan pembohong!', 'criticism'],
    ['"Orang Jawa itu bodoh semua" itu kata-kata yang menyakitkan', 'quotation'],
  ] as const)('names the frame that took the sting: %s', (text, context) => {
    const result = assess(text);
    expect(result.flags.filter((flag) => flag !== 'abusive')).toEqual([]);
    expect(result.context).toContain(context);
  });

  it('reads through spelling games and points at what was written', () => {
    const text = 'B4ntai s3mua 0rang P4pua!!!';
    const result = assess(text);
    expect(result.flags).toContain('incitement');
    expect(text).toContain(result.findings[0]!.text);
  });
});

describe('what could not be done', () => {
  it('leaves a text beyond the limit unassessed and says so', () => {
    const result = assess('a '.repeat(MAX_ASSESSED_CHARS / 2 + 1));
    expect(result.incomplete).toEqual(['length']);
    expect(result.level).toBe('none');
  });

  it('names a part that throws and goes on with the rest', () => {
    const assessor = createAssessor({
      lexicon: theLexicon(),
      classifier: {
        version: 'broken',
        predict() {
          throw new Error('weights gone');
        },
      },
      languageDetector: {
        version: 'broken',
        detect() {
          throw new Error('table gone');
        },
      },
    });
    const result = assessor.assess('Usir orang Papua!');
    expect(result.incomplete).toEqual(['language', 'model']);
    expect(result.flags).toContain('incitement');
    expect(result.language.code).toBe('und');
  });
});

describe('the classifier', () => {
  const sure = { hate: 1, abusive: 0, sara: 1 };
  const withHeads = createAssessor({
    lexicon: theLexicon(),
    classifier: { version: 'sure', predict: () => sure },
  });

  it('alone never flags hate or sara', () => {
    const result = withHeads.assess('Selamat pagi semuanya, hari ini hujan.');
    expect(result.flags).toEqual([]);
    expect(result.categories.sara).toBeLessThan(0.5);
    expect(result.categories.sara).toBeGreaterThan(0.4);
    expect(result.model).toEqual(sure);
  });

  const withChance = (sara: number) =>
    createAssessor({
      lexicon: theLexicon(),
      classifier: { version: 'chance', predict: () => ({ hate: sara, abusive: 0, sara }) },
    });

  it.each([
    ['no group is named', 'Wah parah, dasar biadab.', 1, false],
    ['a camp is named', 'Cebong itu datang lagi, jahat.', 1, false],
    [
      'a group is named beside hostile words',
      'Anjing tetangga menggonggong waktu orang Dayak lewat.',
      0.6,
      true,
    ],
    ['the same, and it is not sure', 'Anjing tetangga menggonggong waktu orang Dayak lewat.', 0.4, false],
    ['a group is named and nothing hostile', 'Hujan turun waktu orang Dayak lewat.', 0.6, false],
    ['the same, and it is surer', 'Hujan turun waktu orang Dayak lewat.', 0.8, true],
    ['an office may be meant', 'Polisi goblok, jalan orang Dayak banjir.', 0.6, false],
    [
      'rulers are said to be against the group',
      'Rezim biadab ini anti orang Dayak sejak dulu, lihat saja.',
      1,
      false,
    ],
    ['the group suffers what is told', 'Biadab, orang Dayak digusur lagi demi tambang nikel itu.', 1, false],
    ['it is theirs', 'Biadab benar, tanah orang Dayak dijual lagi ke perusahaan.', 1, false],
    ['it is done for them', 'Tolol sekali aturan buat orang Dayak yang baru itu.', 1, false],
    [
      'the writer is one of them',
      'Saya juga orang Dayak, dan jalan di kampung saya ini biadab rusaknya.',
      1,
      false,
    ],
  ])('as a second kind of evidence: %s', (_, text, chance, flagged) => {
    const { flags, level } = withChance(chance).assess(text);
    expect(flags.includes('sara')).toBe(flagged);
    expect(['none', 'low', 'medium']).toContain(level);
  });

  it('shows the group and the passages behind a flag of its own', () => {
    const text = 'Anj1ng tetangga menggonggong waktu orang Dayak lewat.';
    const { findings } = createAssessor({
      lexicon: theLexicon(),
      classifier: {
        version: 'chance',
        predict: () => ({ hate: 0.6, abusive: 0, sara: 0.6 }),
        attribute: () => [{ start: 0, end: 6, weight: 2 }],
      },
    }).assess(text);
    expect(findings.filter(({ category }) => category === 'sara')).toEqual([
      expect.objectContaining({
        rule: 'model-sara',
        text: 'Anj1ng',
        start: 0,
        end: 6,
        params: { evidence: 'Anj1ng', group: 'orang Dayak' },
      }),
    ]);
  });

  it('orders posts on either side of the threshold and carries none across it', () => {
    for (const text of ['Orang Dayak itu hama.', 'Selamat pagi semuanya.']) {
      const scores = [0, 0.3, 0.6, 0.9].map((chance) => withChance(chance).assess(text).categories.sara);
      expect(scores).toEqual([...scores].sort((a, b) => a - b));
      expect(new Set(scores.map((score) => score >= 0.5)).size).toBe(1);
    }
  });

  it('does not undo a frame', () => {
    expect(withHeads.assess('Berhenti menyebut orang Papua hama!').flags).toEqual([]);
  });
});

describe('the path test', () => {
  it('lands as one low finding, wherever it stands', () => {
    const text = `halo ${PATH_TEST} dunia`;
    const result = assess(text);
    expect(result.flags).toEqual(['hate']);
    expect(result.level).toBe('low');
    expect(result.findings).toHaveLength(1);
    expect(result.findings[0]).toMatchObject({ rule: 'path-test', text: PATH_TEST });
  });
});

describe('thresholds', () => {
  it('ask for more evidence before a category is flagged', () => {
    const scores = { hate: 0.7, sara: 0.7, incitement: 0, threat: 0, hoax: 0, abusive: 0.5 };
    expect(flagsOf(scores)).toEqual(['hate', 'sara', 'abusive']);
    expect(flagsOf(scores, { sara: 0.8, abusive: 0.6 })).toEqual(['hate']);
  });
});
