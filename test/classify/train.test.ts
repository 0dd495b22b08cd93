import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupNearDuplicates } from '../../src/classify/groups.js';
import { fitDense, fitLogistic } from '../../src/classify/logistic.js';
import { createClassifier } from '../../src/classify/model.js';
import type { Sign } from '../../src/classify/signs.js';
import { type LabelledText, trainClassifier } from '../../src/classify/train.js';
import { normalise } from '../../src/text/normalise.js';
import { tokenise } from '../../src/text/tokenise.js';

/** What stands in for the lexicon: a few groups that were invented, and one hostile word. */
const KINDS: Readonly<Record<string, Sign['entry']>> = {
  seberang: { kind: 'group', ground: 'ethnicity' },
  lereng: { kind: 'group', ground: 'religion' },
  kembar: { kind: 'group', ground: 'gender' },
  usir: { kind: 'hostile-predicate' },
};
const read = (text: string) => {
  const n = normalise(text);
  const tokens = tokenise(n);
  const signs: Sign[] = [];
  for (let token = 0; token < tokens.count; token += 1) {
    const [start, end] = [tokens.start[token]!, tokens.end[token]!];
    const entry = KINDS[n.text.slice(start, end)];
    if (entry !== undefined) signs.push({ entry, start, end });
  }
  return { n, tokens, signs };
};

/** Invented posts: every subject with every ending, labelled by the ending. */
const SUBJECTS = [
  'tetangga baru',
  'warung pojok',
  'angkot biru',
  'hujan sore',
  'sepeda tua',
  'kopi tubruk',
  'pasar pagi',
  'lampu jalan',
  'kereta malam',
  'bakso malang',
];
const ENDINGS: readonly (readonly [string, readonly string[]])[] = [
  ['memang goblok sekali', ['hate', 'abusive', 'individual', 'other', 'weak']],
  ['dasar tolol kampungan', ['hate', 'abusive', 'individual', 'other', 'weak']],
  ['anjing bikin kesal saja', ['abusive']],
  ['kaum seberang itu najis semua', ['hate', 'group', 'religion', 'moderate']],
  ['usir kaum seberang dari sini', ['hate', 'group', 'religion', 'strong']],
  ['bikin pagi jadi segar', []],
  ['lewat depan rumah kami', []],
  ['enak dan murah', []],
  ['baru buka minggu lalu', []],
];
const texts: LabelledText[] = SUBJECTS.flatMap((subject, i) =>
  ENDINGS.map(([ending, labels], j) => ({ text: `${subject} ${ending} ${(i * 7 + j * 3) % 10}`, labels })),
);
const sizes = { gramBits: 12, wordBits: 11 };
const trained = trainClassifier(texts, { read, sizes, folds: 5, passes: 8 });
const classifier = createClassifier({ ...trained.model, version: 'test' });
const predict = (text: string) => {
  const { n, tokens, signs } = read(text);
  return classifier.predict(n, tokens, signs);
};

describe('a classifier trained on a few invented posts', () => {
  it.each([
    ['jembatan lama memang goblok sekali', { hate: true, abusive: true, sara: false }],
    ['jembatan lama anjing bikin kesal saja', { hate: false, abusive: true, sara: false }],
    ['jembatan lama kaum seberang itu najis semua', { hate: true, abusive: false, sara: true }],
    ['jembatan lama enak dan murah', { hate: false, abusive: false, sara: false }],
  ])('answers for a subject that it never saw: %s', (text, expected) => {
    const { hate, abusive, sara } = predict(text);
    expect({ hate: hate >= 0.5, abusive: abusive >= 0.5, sara: sara >= 0.5 }).toEqual(expected);
  });

  it('orders posts by strength', () => {
    const strengthOf = (text: string): number => predict(text).strength;
    expect(strengthOf('usir kaum seberang dari sini')).toBeGreaterThan(strengthOf('dasar tolol kampungan'));
    expect(strengthOf('dasar tolol kampungan')).toBeGreaterThan(strengthOf('enak dan murah'));
  });

  it('says of texts held out what is true of most', () => {
    const right = trained.heldOut.filter(
      ({ hate }, index) => hate >= 0.5 === texts[index]!.labels.includes('hate'),
    );
    expect(right.length).toBeGreaterThan(texts.length * 0.9);
  });

  it('points at the words that speak for a head', () => {
    const { n, tokens, signs } = read('sepeda tua memang goblok sekali');
    const [first] = classifier.attribute(n, tokens, signs, 'abusive');
    expect(n.text.slice(first!.start, first!.end)).toBe('goblok');
    expect(first!.weight).toBeGreaterThan(0);
  });

  it('hears a word said ten times no louder than once', () => {
    const once = predict('goblok memang');
    const often = predict(`goblok memang ${'goblok '.repeat(9)}`);
    expect(Math.abs(often.abusive - once.abusive)).toBeLessThan(0.25);
  });

  it('sees of a group that it is named, not which', () => {
    const hated = predict('usir kaum seberang dari sini');
    expect(predict('usir kaum lereng dari sini')).toEqual(hated);
    expect(predict('usir kaum kembar dari sini')).not.toEqual(hated);
    expect(predict('usir kaum gunung dari sini')).not.toEqual(hated);
  });

  it('does not hear what the letters of a name mean otherwise', () => {
    const { n, tokens, signs } = read('kaum seberang itu najis semua');
    const name = signs[0]!;
    const within: Sign = { entry: { kind: 'insult' }, start: name.start, end: name.end };
    expect(classifier.predict(n, tokens, [name, within])).toEqual(classifier.predict(n, tokens, signs));
  });

  it('is the same again from the same texts', () => {
    const again = trainClassifier(texts, { read, sizes, folds: 5, passes: 8 });
    expect(again.model.header).toEqual(trained.model.header);
    expect(again.model.weights).toEqual(trained.model.weights);
  });

  it('never throws and stays between 0 and 1 on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const said = predict(text);
        for (const value of Object.values(said)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(predict(text)).toEqual(said);
        const { n, tokens, signs } = read(text);
        for (const { start, end } of classifier.attribute(n, tokens, signs, 'hate')) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(n.text.length);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['of another kind', { kind: 'language' as const }],
    ['cut short', { weights: trained.model.weights.subarray(1) }],
    ['without an output', { header: { ...trained.model.header, outputs: { hate: [] } } }],
    ['without lanes', { header: { ...trained.model.header, lanes: [] } }],
    ['from before the signs', { header: { ...trained.model.header, signs: undefined } }],
    ['without a table', { header: { ...trained.model.header, grams: { bits: 99 } } }],
  ])('a file %s is refused', (_, change) => {
    expect(() => createClassifier({ ...trained.model, version: 'test', ...change })).toThrow(
      expect.objectContaining({ kind: 'bad-model' }),
    );
  });

  it('wants as many texts as folds', () => {
    expect(() => trainClassifier(texts.slice(0, 3), { read, sizes })).toThrow(RangeError);
  });
});

describe('near-duplicates', () => {
  it.each([
    ['the same', 'satu dua tiga empat lima', 'satu dua tiga empat lima', true],
    ['other capitals and marks', 'Satu dua, tiga empat lima!', 'satu dua tiga empat LIMA', true],
    [
      'a tail of one word',
      'satu dua tiga empat lima enam tujuh',
      'satu dua tiga empat lima enam tujuh http',
      true,
    ],
    ['other words', 'satu dua tiga empat lima', 'enam tujuh delapan sembilan sepuluh', false],
    ['one common word', 'satu dua tiga', 'satu empat lima', false],
  ])('%s', (_, first, second, together) => {
    const [a, b] = groupNearDuplicates([first, second]);
    expect(a === b).toBe(together);
  });
});

describe('logistic regression', () => {
  const vectors = [0, 1, 2, 3].map((i) => ({
    buckets: Int32Array.of(i % 2, 2),
    values: Float32Array.of(1, 1),
  }));

  it('separates what can be separated and shrinks with the penalty', () => {
    const answers = [true, false, true, false];
    const strong = fitLogistic(vectors, answers, { size: 3, cost: 10, passes: 200, seed: 1 });
    const weak = fitLogistic(vectors, answers, { size: 3, cost: 0.1, passes: 200, seed: 1 });
    expect(strong.weights[0]).toBeGreaterThan(1);
    expect(strong.weights[1]).toBeLessThan(-1);
    expect(weak.weights[0]).toBeLessThan(strong.weights[0]!);
    expect(weak.weights[0]).toBeGreaterThan(0);
  });

  it('finds the weights at which the gradient of the penalised loss is nought', () => {
    const answers = [true, true, false, true];
    const cost = 2;
    const { weights, bias } = fitLogistic(vectors, answers, { size: 3, cost, passes: 500, seed: 3 });
    const gradient = weights.map((weight, bucket) => {
      let sum = weight;
      vectors.forEach(({ buckets }, index) => {
        if (!buckets.includes(bucket)) return;
        const score = bias + [...buckets].reduce((total, at) => total + weights[at]!, 0);
        const sign = answers[index] ? 1 : -1;
        sum -= (cost * sign) / (1 + Math.exp(sign * score));
      });
      return sum;
    });
    for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-3);
  });

  it('calibrates: the mean of the chances is the share of the yes', () => {
    const inputs = Array.from({ length: 200 }, (_, i) => Float64Array.of(1, Math.sin(i * 1.7) * 3));
    const answers = inputs.map((input, i) => input[1]! + Math.cos(i * 5.3) * 2 > 0.5);
    const weights = fitDense(inputs, answers, 0.1);
    const chances = inputs.map((input) => 1 / (1 + Math.exp(-(weights[0]! + weights[1]! * input[1]!))));
    const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    expect(mean).toBeCloseTo(answers.filter(Boolean).length / answers.length, 4);
    expect(weights[1]).toBeGreaterThan(0);
  });
});
