import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deletions, oneEditApart } from '../../src/claims/near.js';

describe('words one letter apart', () => {
  it.each([
    ['anies', 'anis', true],
    ['rohingya', 'rohingnya', true],
    ['karangwaru', 'karangwrau', true],
    ['jakarta', 'yakarta', true],
    ['jakarta', 'jakarta', false],
    ['jakarta', 'jayakarta', false],
    ['ombak', 'obmka', false],
  ])('%s and %s: %s', (a, b, near) => {
    expect(oneEditApart(a, b)).toBe(near);
    expect(oneEditApart(b, a)).toBe(near);
  });

  it('share a hash of what is left when a letter is taken out', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'n', 'g'), minLength: 2, maxLength: 12 });
    const letter = fc.constantFrom('a', 'b', 'x');
    fc.assert(
      fc.property(
        word,
        fc.nat(),
        letter,
        fc.constantFrom('add', 'drop', 'change', 'swap'),
        (from, where, put, how) => {
          const at = where % from.length;
          const to = {
            add: from.slice(0, at) + put + from.slice(at),
            drop: from.slice(0, at) + from.slice(at + 1),
            change: from.slice(0, at) + put + from.slice(at + 1),
            swap: from.slice(0, at) + from.charAt(at + 1) + from.charAt(at) + from.slice(at + 2),
          }[how];
          fc.pre(to !== from);
          expect(oneEditApart(from, to)).toBe(true);
          const hashes = new Set(deletions(from));
          expect(deletions(to).some((hash) => hashes.has(hash))).toBe(true);
        },
      ),
    );
  });
});
