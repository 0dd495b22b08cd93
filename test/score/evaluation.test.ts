import { describe, expect, it } from 'vitest';
import type { Assessment, Category, Level } from '../../src/core/assessment.js';
import { createEvaluation, readLabelled, unknownFlag } from '../../src/score/evaluation.js';
import { theAssessor } from './assessor.js';

describe('what a row says of itself', () => {
  it('names a flag that is no category, which would pass for a row that expects less', () => {
    expect(unknownFlag({ text: 'a', expect: { flags: ['hate', 'hates'] } })).toBe('hates');
    expect(unknownFlag({ text: 'a', expect: { flags: ['hate'] } })).toBeUndefined();
    expect(unknownFlag({ text: 'a', labels: ['weak'] })).toBeUndefined();
    expect(unknownFlag('x')).toBeUndefined();
  });

  it.each([
    [
      { id: 1, text: 'a', labels: ['hate', 'race', 'group'] },
      { hate: true, sara: true, abusive: false },
    ],
    [
      { text: 'a', labels: ['hate', 'individual'] },
      { hate: true, sara: false, abusive: false },
    ],
    [
      { text: 'a', labels: ['religion', 'abusive'] },
      { hate: false, sara: true, abusive: true },
    ],
    [{ text: 'a', hateful: true }, { hostile: true }],
    [{ text: 'a', expect: { hateful: false } }, { hostile: false }],
    [
      { text: 'a', expect: { flags: ['threat', 'abusive'] } },
      {
        hostile: true,
        hate: false,
        sara: false,
        incitement: false,
        threat: true,
        hoax: false,
        abusive: true,
      },
    ],
    [
      { text: 'a', expect: { flags: ['abusive'] } },
      {
        hostile: false,
        hate: false,
        sara: false,
        incitement: false,
        threat: false,
        hoax: false,
        abusive: true,
      },
    ],
    [{ text: 'a', label: 'positive' }, {}],
  ])('%j', (value, truth) => {
    expect(readLabelled(value)?.truth).toEqual(truth);
  });

  it.each([null, 'text', [], { id: 1 }, { text: 5 }])('is nothing where there is no text: %j', (value) => {
    expect(readLabelled(value)).toBeUndefined();
  });
});

const NOTHING = theAssessor().assess('Selamat pagi.');

/** An assessment with these flags, made from a real one. */
function assessed(flags: Category[], score: number, level: Level): Assessment {
  const categories = { ...NOTHING.categories };
  for (const flag of flags) categories[flag] = score;
  return { ...NOTHING, flags, score, level, categories };
}

function row(id: number, hateful: boolean, kind: string) {
  return readLabelled({ id, text: `post ${id}`, hateful, kind })!;
}

describe('figures', () => {
  const evaluation = createEvaluation();
  evaluation.add(row(1, true, 'threat'), assessed(['threat'], 0.95, 'critical'));
  evaluation.add(row(2, true, 'slur'), assessed(['hate', 'sara'], 0.7, 'medium'));
  evaluation.add(row(3, true, 'slur'), assessed([], 0, 'none'));
  evaluation.add(row(4, false, 'neutral'), assessed(['hate'], 0.6, 'low'));
  evaluation.add(row(5, false, 'neutral'), assessed(['abusive'], 0.9, 'low'));
  const report = evaluation.report(50);

  it('take any hostile flag for a yes, and swearing for none', () => {
    expect(report.answers.map(({ answer }) => answer)).toEqual(['hostile']);
    expect(report.answers[0]?.confusion).toEqual({
      truePositive: 2,
      falsePositive: 1,
      falseNegative: 1,
      trueNegative: 1,
    });
    expect(report.answers[0]?.figures.precision.value).toBeCloseTo(2 / 3);
    expect([report.hostile, report.flagged]).toEqual([3, 4]);
  });

  it('come by kind', () => {
    expect(report.kinds).toEqual([
      { kind: 'threat', rows: 1, flags: { threat: 1 }, hostile: 1, right: 1 },
      { kind: 'slur', rows: 2, flags: { hate: 1, sara: 1 }, hostile: 1, right: 0.5 },
      { kind: 'neutral', rows: 2, flags: { hate: 1, abusive: 1 }, hostile: 1, right: 0.5 },
    ]);
  });

  it('read the queue by level, then by score, without what nobody would see', () => {
    // In the queue: 1 (critical), 2 (medium), 5 and 4 (low). Two of the four are hateful.
    expect(report.queue).toEqual([
      { question: 'hostile', most: 100, precision: 0.5 },
      { question: 'hostile', most: 500, precision: 0.5 },
    ]);
  });

  it('name the worst misses of each side', () => {
    expect(evaluation.misses(1).map(({ row: { id }, flagged, score }) => [id, flagged, score])).toEqual([
      [4, true, 0.6],
      [3, false, 0],
    ]);
  });

  it('keep the same intervals at every call', () => {
    expect(evaluation.report(50)).toEqual(report);
  });
});
