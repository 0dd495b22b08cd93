import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf, LEAST_PAIRS, standsApart, wilson } from '../../src/triage/agreement.js';
import { dayOfHour, dayStart, firstHourOf, hourOf } from '../../src/triage/days.js';
import { delayClass, delayOf, delayQuantile } from '../../src/triage/delays.js';
import { sumShift } from '../../src/triage/shift.js';

const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

describe('shares', () => {
  // Intervals of Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i lie between %f and %f', (hits, of, low, high) => {
    const share = wilson(hits, of);
    expect(share?.low).toBeCloseTo(low, 4);
    expect(share?.high).toBeCloseTo(high, 4);
  });

  it('hold their share and stay within 0 and 1', () => {
    expect(wilson(0, 0)).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (some, of) => {
        const { share, low, high } = wilson(Math.min(some, of), of)!;
        expect(0 <= low && low <= share + 1e-12 && share <= high + 1e-12 && high <= 1).toBe(true);
      }),
    );
  });

  it('stand apart where the rest lies outside, never on a handful', () => {
    const whole = { hits: 100, of: 1_000 };
    expect(standsApart({ hits: 40, of: 100 }, whole)).toBe('above');
    expect(standsApart({ hits: 1, of: 100 }, whole)).toBe('below');
    expect(standsApart({ hits: 10, of: 100 }, whole)).toBeUndefined();
    expect(standsApart({ hits: 10, of: 10 }, whole)).toBeUndefined();
    expect(standsApart(whole, whole)).toBeUndefined();
  });
});

describe('agreement', () => {
  it('is what the textbook says', () => {
    // The 2 x 2 example of the literature: 50 proposals, 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
    const pairs = [
      ...times(20, ['yes', 'yes'] as const),
      ...times(5, ['yes', 'no'] as const),
      ...times(10, ['no', 'yes'] as const),
      ...times(15, ['no', 'no'] as const),
    ];
    const found = agreementOf(pairs)!;
    expect(found.observed).toBeCloseTo(0.7, 10);
    expect(found.expected).toBeCloseTo(0.5, 10);
    expect(found.kappa).toBeCloseTo(0.4, 10);
    // sqrt(0.7 x 0.3 / 50) / 0.5 = 0.1296
    expect(found.interval!.high - 0.4).toBeCloseTo(1.959964 * 0.12961, 4);
    expect(found.few).toBe(false);
  });

  it('cannot be told from chance where everybody always says the same', () => {
    const found = agreementOf(times(80, ['no', 'no'] as const));
    expect(found).toEqual({ pairs: 80, observed: 1, expected: 1, few: false });
    expect(agreementOf([])).toBeUndefined();
    expect(agreementOf(times(LEAST_PAIRS - 1, ['a', 'b'] as const))?.few).toBe(true);
  });

  it('lies between -1 and 1, and is 1 exactly where all agree', () => {
    const label = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { minLength: 1 }), (pairs) => {
        const { kappa, observed } = agreementOf(pairs)!;
        if (kappa === undefined) return;
        expect(kappa).toBeGreaterThanOrEqual(-1);
        expect(kappa > 1 - 1e-9).toBe(observed === 1);
      }),
    );
  });
});

describe('delays by class', () => {
  it('come back within a tenth', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 5e8, noNaN: true }), (seconds) => {
        expect(delayOf(delayClass(seconds)) / seconds).toBeGreaterThan(0.9);
        expect(delayOf(delayClass(seconds)) / seconds).toBeLessThan(1.1);
      }),
    );
    expect([delayClass(-5), delayClass(Number.NaN), delayClass(0.3)]).toEqual([0, 0, 0]);
  });

  it('have the quantiles of what was counted', () => {
    const counts = new Map<number, number>();
    for (let seconds = 1; seconds <= 1_000; seconds += 1) {
      counts.set(delayClass(seconds), (counts.get(delayClass(seconds)) ?? 0) + 1);
    }
    expect(delayQuantile(counts, 0.5)! / 500).toBeCloseTo(1, 0);
    expect(delayQuantile(counts, 0.95)! / 950).toBeCloseTo(1, 0);
    expect(delayQuantile(new Map(), 0.5)).toBeUndefined();
  });
});

describe('days', () => {
  it('begin at midnight in Jakarta', () => {
    const at = (iso: string): number => dayOfHour(hourOf(Date.parse(iso)));
    expect(at('2026-01-05T16:59:59Z')).toBe(at('2026-01-04T17:00:00Z'));
    expect(at('2026-01-05T17:00:00Z')).toBe(at('2026-01-05T16:59:59Z') + 1);
    const day = at('2026-01-05T12:00:00Z');
    expect(new Date(dayStart(day)).toISOString()).toBe('2026-01-04T17:00:00.000Z');
    expect(dayOfHour(firstHourOf(day))).toBe(day);
    expect(dayOfHour(firstHourOf(day) - 1)).toBe(day - 1);
  });
});

describe('what was done in a shift', () => {
  const act = (item: number, actor: string, kind: 'decided' | 'undone' | 'note' | 'handed-over') => ({
    item,
    actor,
    kind,
    ...(kind === 'decided' ? { verdict: 'violation' as const } : {}),
  });
  it.each([
    ['a decision', [act(1, '5', 'decided')], 1],
    ['one undone', [act(1, '5', 'decided'), act(1, '5', 'undone')], 0],
    [
      'one undone over a hand-over, then made again',
      [act(1, '5', 'decided'), act(1, '5', 'handed-over'), act(1, '5', 'undone'), act(1, '5', 'decided')],
      1,
    ],
    ['another item’s undone', [act(1, '5', 'decided'), act(2, '5', 'decided'), act(2, '5', 'undone')], 1],
    ['an undone of what came before', [act(1, '5', 'undone'), act(1, '5', 'decided')], 1],
  ] as const)('%s', (_, acts, violations) => {
    const { all, people } = sumShift(acts);
    expect(all.violation).toBe(violations);
    expect(people.get('5')?.violation ?? 0).toBe(violations);
  });
});
