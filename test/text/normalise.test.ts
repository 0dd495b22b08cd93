import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, originalSpan, replay } from '../../src/text/normalise.js';

describe('the way back to the original', () => {
  it('holds for any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const n = normalise(text);
        expect(n.starts.length).toBeGreaterThanOrEqual(n.text.length);
        for (let i = 0; i < n.text.length; i++) {
          expect(n.starts[i]!).toBeGreaterThanOrEqual(i === 0 ? 0 : n.starts[i - 1]!);
          expect(n.starts[i]!).toBeLessThan(n.ends[i]!);
          expect(n.ends[i]!).toBeGreaterThanOrEqual(i === 0 ? 1 : n.ends[i - 1]!);
          expect(n.ends[i]!).toBeLessThanOrEqual(text.length);
        }
        expect(replay(text, n.steps)).toBe(n.text);
      }),
    );
  });

  it('leads from a repaired word to what was written', () => {
    const text = 'dasar K4F1R kamu';
    const n = normalise(text);
    const at = n.text.indexOf('kafir');
    const span = originalSpan(n, at, at + 5);
    expect(text.slice(span.start, span.end)).toBe('K4F1R');
  });
});
