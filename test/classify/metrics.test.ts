import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  auc,
  bootstrap,
  confusion,
  f1,
  macroF1,
  precision,
  precisionAt,
  recall,
} from '../../src/classify/metrics.js';

const ROWS = fc.array(
  fc.record({ truth: fc.boolean(), score: fc.integer({ min: 0, max: 5 }).map((tenth) => tenth / 10) }),
  { minLength: 2, maxLength: 40 },
);

describe('confusion and what is read from it', () => {
  // Eight rows: 3 right yes, 1 wrong yes, 2 missed, 2 right no.
  const truth = [true, true, true, true, true, false, false, false];
  const said = [true, true, true, false, false, true, false, false];
  const counts = confusion(truth, said);

  it('counts the four cases', () => {
    expect(counts).toEqual({ truePositive: 3, falsePositive: 1, falseNegative: 2, trueNegative: 2 });
  });

  it.each([
    ['precision', precision, 3 / 4],
    ['recall', recall, 3 / 5],
    ['F1', f1, 6 / 9],
    ['macro-F1', macroF1, (6 / 9 + 4 / 7) / 2],
    ['accuracy', accuracy, 5 / 8],
  ] as const)('%s', (_name, measure, expected) => {
    expect(measure(counts)).toBeCloseTo(expected, 12);
  });

  it('is 0, not undefined, where nothing was said or is so', () => {
    const none = confusion([false, false], [false, false]);
    expect([precision(none), recall(none), f1(none)]).toEqual([0, 0, 0]);
  });
});

describe('auc', () => {
  it('is the chance that a row that is so scores above one that is not, ties counting half', () => {
    fc.assert(
      fc.property(ROWS, (rows) => {
        const yes = rows.filter(({ truth }) => truth);
        const no = rows.filter(({ truth }) => !truth);
        const found = auc(
          rows.map(({ truth }) => truth),
          rows.map(({ score }) => score),
        );
        if (yes.length === 0 || no.length === 0) {
          expect(found).toBeNaN();
          return;
        }
        let wins = 0;
        for (const a of yes)
          for (const b of no) wins += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
        expect(found).toBeCloseTo(wins / (yes.length * no.length), 12);
      }),
    );
  });
});

describe('bootstrap', () => {
  const truth = Array.from({ length: 400 }, (_, row) => row % 4 === 0);
  const measures = {
    share: (weights: ArrayLike<number>) => {
      let sum = 0;
      for (let row = 0; row < truth.length; row++) if (truth[row]) sum += weights[row]!;
      return sum / truth.length;
    },
  };

  it('puts the value inside an interval as wide as theory says', () => {
    const { share } = bootstrap(truth.length, measures, { rounds: 1000, seed: 1 });
    expect(share.value).toBe(0.25);
    // Standard error sqrt(.25 * .75 / 400) = .0217; 95 % lie within 1.96 of them.
    expect(share.low).toBeCloseTo(0.25 - 1.96 * 0.0217, 1.5);
    expect(share.high - share.low).toBeGreaterThan(0.07);
    expect(share.high - share.low).toBeLessThan(0.1);
  });

  it('is the same for the same seed', () => {
    const options = { rounds: 50, seed: 7 };
    expect(bootstrap(truth.length, measures, options)).toEqual(bootstrap(truth.length, measures, options));
  });
});

describe('precisionAt', () => {
  it.each([
    [2, 1],
    [3, 2 / 3],
    [10, 2 / 3],
  ])('of the first %i', (most, expected) => {
    expect(precisionAt([2, 0, 1], [true, false, true], most)).toBeCloseTo(expected, 12);
  });
});
