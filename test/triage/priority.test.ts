import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../src/core/assessment.js';
import { levelRange, type PriorityFacts, priorityOf } from '../../src/triage/priority.js';

const count = fc.option(fc.integer({ min: 0, max: 2_000_000_000 }), { nil: undefined });
const facts: fc.Arbitrary<PriorityFacts> = fc.record({
  level: fc.constantFrom(...LEVELS),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  speed: fc.double({ min: 0, max: 1, noNaN: true }),
  watched: fc.double({ min: 0, max: 1, noNaN: true }),
  at: fc.integer({ min: 0, max: Date.UTC(2120, 0, 1) }),
  reach: fc.record({ likes: count, reposts: count, replies: count, views: count }).map((reach) => ({
    likes: reach.likes ?? 0,
    reposts: reach.reposts ?? 0,
    replies: reach.replies ?? 0,
    views: reach.views ?? 0,
  })),
});

describe('priorityOf', () => {
  it('never falls when anything that it weighs rises', () => {
    const grown = fc.integer({ min: 0, max: 1_000_000_000 });
    fc.assert(
      fc.property(facts, grown, fc.double({ min: 0, max: 1, noNaN: true }), (given, more, share) => {
        const { reach = {} } = given;
        const least = priorityOf(given);
        const higher = LEVELS[Math.min(LEVELS.indexOf(given.level) + 1, LEVELS.length - 1)] ?? given.level;
        for (const raised of [
          { level: higher },
          { confidence: Math.min(1, given.confidence + share) },
          { speed: Math.min(1, given.speed + share) },
          { watched: Math.min(1, given.watched + share) },
          { at: given.at + more },
          { reach: { ...reach, likes: (reach.likes ?? 0) + more } },
          { reach: { ...reach, reposts: (reach.reposts ?? 0) + more } },
          { reach: { ...reach, replies: (reach.replies ?? 0) + more } },
          { reach: { ...reach, views: (reach.views ?? 0) + more } },
        ]) {
          expect(priorityOf({ ...given, ...raised })).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });

  it('is a whole number within the range of its level, whatever is given', () => {
    const anything = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -1));
    fc.assert(
      fc.property(facts, anything, anything, anything, (given, confidence, speed, at) => {
        const priority = priorityOf({
          ...given,
          confidence,
          speed,
          at,
          reach: { views: confidence, likes: at },
        });
        const { from, to } = levelRange(given.level);
        expect(Number.isSafeInteger(priority)).toBe(true);
        expect(priority).toBeGreaterThanOrEqual(from);
        expect(priority).toBeLessThan(to);
      }),
    );
  });

  it('weighs a bursting narrative as two days, full confidence as one', () => {
    const plain = { level: 'medium', confidence: 0, speed: 0, watched: 0, at: Date.UTC(2026, 0, 5) } as const;
    const later = (days: number): number => priorityOf({ ...plain, at: plain.at + days * 86_400_000 });
    expect(priorityOf({ ...plain, speed: 1 })).toBe(later(2));
    expect(priorityOf({ ...plain, confidence: 1 })).toBe(later(1));
    expect(priorityOf({ ...plain, watched: 1 })).toBe(later(0.5));
    expect(priorityOf({ ...plain, reach: { views: 99_999_990_000 } })).toBe(later(0.5));
  });
});
