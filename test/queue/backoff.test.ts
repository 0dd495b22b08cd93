import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotRunError, PermanentError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import { backoffDelay, judge } from '../../src/queue/backoff.js';

const STEADY = { baseMs: 1_000, maxMs: 60_000, jitter: 0 };

describe('backoffDelay', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 32_000],
    [7, 60_000],
    [5_000, 60_000],
  ])('doubles up to its limit: after attempt %i, %i ms', (attempt, ms) => {
    expect(backoffDelay(attempt, STEADY, 0.99)).toBe(ms);
  });

  it('takes off no more than the share of jitter, and stays a whole number in its limits', () => {
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), unit, unit, (attempt, jitter, random) => {
        const full = backoffDelay(attempt, STEADY, 0);
        const delay = backoffDelay(attempt, { ...STEADY, jitter }, random);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeLessThanOrEqual(full);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(full * (1 - jitter)));
      }),
    );
  });
});

describe('judge', () => {
  it.each([
    ['a defect', new TypeError('x'), 1, { next: 'retry', delayMs: 1_000, kind: 'defect', reason: 'x' }],
    ['a later attempt', new Error('x'), 2, { next: 'retry', delayMs: 2_000, kind: 'defect', reason: 'x' }],
    ['the last attempt', new RetryableError('busy', 'x'), 3, { next: 'bury', kind: 'busy', reason: 'x' }],
    ['a permanent error', new PermanentError('bad', 'x'), 1, { next: 'bury', kind: 'bad', reason: 'x' }],
    ['a wrong setting', new CannotRunError('conf', 'x'), 1, { next: 'bury', kind: 'conf', reason: 'x' }],
    [
      'a throttle',
      new ThrottledError('429', 'x', 7),
      1,
      { next: 'wait', delayMs: 7, kind: '429', reason: 'x' },
    ],
    [
      'a throttle at last',
      new ThrottledError('429', 'x', 7),
      3,
      { next: 'wait', delayMs: 7, kind: '429', reason: 'x' },
    ],
    ['what is no error', 'thrown text', 3, { next: 'bury', kind: 'defect', reason: 'thrown text' }],
  ])('decides on %s', (_, error, attempt, verdict) => {
    expect(judge(error, attempt, 3, STEADY)).toEqual(verdict);
  });

  it('keeps a bounded reason', () => {
    const verdict = judge(new PermanentError('bad', 'x'.repeat(1_000_000)), 1, 3, STEADY);
    expect(verdict.reason.length).toBeLessThan(3_000);
  });
});
