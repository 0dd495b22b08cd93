import { describe, expect, it } from 'vitest';
import { seedRows } from '../../src/classify/language-recipe.js';
import { type LanguageRow, trainLanguageModel } from '../../src/classify/train-language.js';
import { createLanguageDetector } from '../../src/text/language.js';
import { readLanguageModel } from '../../src/text/language-model.js';

/** Invented rows: two made-up tongues that share no word. */
const NOUNS = ['taro', 'mika', 'sule', 'bano', 'riwa', 'kosi'];
const rows: LanguageRow[] = NOUNS.flatMap((noun) => [
  { lang: 'xaa', text: `${noun}ung pelu ${noun}ang dori sikang` },
  { lang: 'xaa', text: `pelung ${noun}ung sidang dor` },
  { lang: 'xbb', text: `${noun}eth whist ${noun}ot frea thelk` },
  { lang: 'xbb', text: `wheth ${noun}eth frelk tho` },
]);
const training = { languages: ['xaa', 'xbb'], bits: 12, epochs: 6 };
const model = trainLanguageModel(rows, training);

describe('a language model trained on a few invented rows', () => {
  const detector = createLanguageDetector(readLanguageModel({ ...model, version: 'test' }));

  it.each([
    ['xaa', 'lemung peludang sikung'],
    ['xbb', 'lemeth wholk freth'],
  ])('tells %s by its letters: %s', (code, original) => {
    expect(detector.detect({ original }).code).toBe(code);
  });

  it('is the same again from the same rows', () => {
    const again = trainLanguageModel(rows, training);
    expect(again.header).toEqual(model.header);
    expect(again.weights).toEqual(model.weights);
  });

  it('refuses a row in a language that it was not asked to learn', () => {
    expect(() => trainLanguageModel([{ text: 'apa saja', lang: 'xcc' }], training)).toThrow(RangeError);
  });

  describe('with a border of its own between two of three', () => {
    const more: LanguageRow[] = NOUNS.map((noun) => ({ lang: 'xcc', text: `${noun} ooluu ${noun}oo uuloo` }));
    const bordered = (bias: number) =>
      createLanguageDetector(
        readLanguageModel({
          ...trainLanguageModel([...rows, ...more], {
            ...training,
            languages: ['xaa', 'xbb', 'xcc'],
            border: { between: ['xaa', 'xbb'], bias },
          }),
          version: 'test',
        }),
      );

    it.each([
      ['xaa', 'lemung peludang sikung'],
      ['xbb', 'lemeth wholk freth'],
      ['xcc', 'lemoo uuloo ooluu'],
    ])('tells %s: %s', (code, original) => {
      expect(bordered(0).detect({ original }).code).toBe(code);
    });

    it('gives the first of the two what the bias says, and nothing of the third', () => {
      const leaning = bordered(-50);
      expect(leaning.detect({ original: 'lemeth wholk freth' }).code).toBe('xaa');
      expect(leaning.detect({ original: 'lemoo uuloo ooluu' }).code).toBe('xcc');
    });

    it('counts a word as a whole as often as it is told to, in the border alone', () => {
      const weigh = (words: number) =>
        trainLanguageModel(rows, { ...training, border: { between: ['xaa', 'xbb'], bias: 0, words } });
      const [once, thrice] = [weigh(1), weigh(3)];
      expect(thrice.header).toMatchObject({ border: { words: 3 } });
      expect(thrice.header.border).not.toEqual(once.header.border);
      const detector = createLanguageDetector(readLanguageModel({ ...thrice, version: 'test' }));
      expect(detector.detect({ original: 'lemung peludang sikung' }).code).toBe('xaa');
      expect(detector.detect({ original: 'lemeth wholk freth' }).code).toBe('xbb');
    });

    it.each([
      ['with words that count no time', { between: ['xaa', 'xbb'], step: 1, bias: 0, words: 0 }],
      ['between languages that it does not hold', { between: ['xaa', 'xzz'], step: 1, bias: 0 }],
      ['without a step', { between: ['xaa', 'xbb'], bias: 0 }],
    ])('a file with a border %s is refused', (_, border) => {
      expect(() =>
        readLanguageModel({ ...model, header: { ...model.header, border }, version: 'test' }),
      ).toThrow(expect.objectContaining({ kind: 'bad-model' }));
    });
  });

  describe('mixed with a regression of each language against all others', () => {
    const mixed = trainLanguageModel(rows, { ...training, mixture: { members: 0.5, rest: 0.5 } });

    it.each([
      ['xaa', 'lemung peludang sikung'],
      ['xbb', 'lemeth wholk freth'],
    ])('tells %s by its letters: %s', (code, original) => {
      const other = createLanguageDetector(readLanguageModel({ ...mixed, version: 'test' }));
      expect(other.detect({ original }).code).toBe(code);
    });

    it('weighs otherwise than without them, and the same again from the same rows', () => {
      expect(mixed.weights).not.toEqual(model.weights);
      expect(trainLanguageModel(rows, { ...training, mixture: { members: 0.5, rest: 0.5 } })).toEqual(mixed);
    });
  });

  describe('with a common language', () => {
    const common = (inPosts: number, telling: number) =>
      createLanguageDetector(
        readLanguageModel({
          ...trainLanguageModel(rows, { ...training, common: { languages: ['xaa'], inPosts, telling } }),
          version: 'test',
        }),
      );

    it('finds it in posts rather than in prose', () => {
      const detector = common(50, 0);
      expect(detector.detect({ original: 'lemeth wholk freth' }).code).toBe('xbb');
      expect(detector.detect({ original: '@nama lemeth wholk freth' }).code).toBe('xaa');
    });

    it('hears the one word of another language among many of its own', () => {
      const borrowed = 'sidang dori tarung whist';
      expect(common(0, 0).detect({ original: borrowed }).code).toBe('xaa');
      expect(common(0, 3).detect({ original: borrowed }).code).toBe('xbb');
      expect(common(0, 3).detect({ original: 'sidang dori tarung' }).code).toBe('xaa');
    });
  });

  it('moves the border with a bias', () => {
    const leaning = trainLanguageModel(rows, { ...training, bias: { xbb: 50 } });
    const other = createLanguageDetector(readLanguageModel({ ...leaning, version: 'test' }));
    expect(other.detect({ original: 'lemung peludang sikung' }).code).toBe('xbb');
  });
});

describe('seed rows', () => {
  it('are short texts of the words of a line', () => {
    expect(seedRows('xaa|a b c d e\nxbb|f\n')).toEqual([
      { lang: 'xaa', text: 'a b c d' },
      { lang: 'xaa', text: 'e' },
      { lang: 'xbb', text: 'f' },
    ]);
  });
});
