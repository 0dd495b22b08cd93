import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HourCells } from '../../src/pipeline/hour-cells.js';

/** Keys of an hour in bounded space: what is kept, and what is said of what is not. */

const MOST = 40;
const NAMED = new Map([[7, 0]]);

/** Posts by key: a few keys that come often among many that come once. */
const posts = fc.array(
  fc.record({
    key: fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 0xffff_ffff })),
    isFlagged: fc.boolean(),
  }),
  { maxLength: 600 },
);

describe('keys of an hour', () => {
  it('are never more than may be, and say how many posts each may have lost', () => {
    fc.assert(
      fc.property(posts, (given) => {
        const cells = new HourCells(undefined, MOST);
        const truly = new Map<number, number>();
        for (const { key, isFlagged } of given) {
          cells.add(key, isFlagged, NAMED);
          truly.set(key, (truly.get(key) ?? 0) + 1);
          expect(cells.size).toBeLessThanOrEqual(MOST);
        }
        const { keys, posts: counted, flagged, cut } = cells.counts(MOST, NAMED);
        const kept = new Map([...keys].map((key, i) => [key, counted[i] ?? 0]));
        for (const [key, n] of truly) {
          expect(n - (kept.get(key) ?? 0)).toBeGreaterThanOrEqual(0);
          expect(n - (kept.get(key) ?? 0)).toBeLessThanOrEqual(cut);
        }
        for (const [i, n] of flagged.entries()) expect(n).toBeLessThanOrEqual(counted[i] ?? 0);
        // With no more keys than may be, nothing is lost.
        if (truly.size <= MOST) expect([...kept].sort()).toEqual([...truly].sort());
      }),
    );
  });

  it('are counted to the last post where they come often, however many come once', () => {
    const cells = new HourCells(undefined, MOST);
    for (let i = 0; i < 5_000; i++) {
      cells.add(1_000_000 + i, false, NAMED);
      if (i % 5 === 0) cells.add(3, i % 2 === 0, NAMED);
    }
    const { keys, posts: counted, flagged } = cells.counts(1, NAMED);
    expect([...keys]).toEqual([3]);
    expect([counted[0], flagged[0]]).toEqual([1_000, 500]);
  });

  it('go on from what was kept of them', () => {
    const before = new HourCells(undefined, MOST);
    for (let i = 0; i < 100; i++) before.add(i % 50, true, NAMED);
    const kept = before.counts(MOST, NAMED);
    const after = new HourCells(kept, MOST).counts(MOST, NAMED);
    expect(after).toEqual(kept);
  });
});
