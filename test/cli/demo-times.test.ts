import { describe, expect, it } from 'vitest';
import { demoShift, moveTimes } from '../../src/cli/demo-times.js';

const HOUR = 3_600_000;

describe('the demo’s recordings are moved in time', () => {
  it.each([
    ['2026-11-21T20:19:00+07:00', 5 * HOUR, '2026-11-22T01:19:00+07:00'],
    ['2026-11-21T23:30:28.500Z', HOUR, '2026-11-22T00:30:28.500Z'],
    ['2026-11-21T03:36:00+00:00', -4 * HOUR, '2026-11-20T23:36:00+00:00'],
    ['2026-11-21T03:36:00-03:30', 24 * HOUR, '2026-11-22T03:36:00-03:30'],
    ['Fri, 20 Nov 2026 23:17:00 +0700', 2 * HOUR, 'Sat, 21 Nov 2026 01:17:00 +0700'],
    ['Sumur 12, tahun 2026, jam 03:36', HOUR, 'Sumur 12, tahun 2026, jam 03:36'],
  ])('%s by %i ms', (recorded, shift, moved) => {
    const wrap = (time: string): string => `{"at":"${time}","again":"${time}"}`;
    expect(moveTimes(wrap(recorded), shift)).toBe(wrap(moved));
  });

  it('by whole hours, to the last full one before now', () => {
    const now = Date.parse('2031-03-04T10:59:59Z');
    const [last] = /\d.*Z/.exec(moveTimes('"2026-11-22T04:44:00Z"', demoShift(now))) ?? [];
    expect(last).toBe('2031-03-04T09:44:00Z');
    expect(demoShift(Date.parse('2020-01-01T00:00:00Z')) % HOUR).toBeCloseTo(0);
  });
});
