import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sharing } from '../../src/narrative/sharing.js';

/** Who shares a key, against the plainest way to say the same: a list, the one said longest ago first. */

const ENOUGH = 3;
const DAYS = 5;
const MOST = 20;

interface Said {
  readonly key: string;
  readonly day: number;
  readonly authors: number[];
}

class Plain {
  line: Said[] = [];

  add(kind: number, key: number, author: number, day: number): boolean {
    const name = `${kind} ${key}`;
    const known = this.line.find((said) => said.key === name);
    if (known === undefined || Math.abs(day - known.day) >= DAYS) {
      this.line = this.line.filter((said) => said !== known);
      if (known === undefined && this.line.length >= MOST) this.line = this.line.slice(MOST / 10);
      this.line.push({ key: name, day, authors: [author] });
      return false;
    }
    if (known.authors.length >= ENOUGH) return true;
    if (known.authors.includes(author)) return false;
    this.line = [...this.line.filter((said) => said !== known), known];
    known.authors.push(author);
    return known.authors.length >= ENOUGH;
  }

  drop(kind: number, key: number): void {
    this.line = this.line.filter((said) => said.key !== `${kind} ${key}`);
  }

  written(): number[] {
    const today = Math.max(0, ...this.line.map(({ day }) => day));
    return this.line.flatMap(({ key, day, authors }) =>
      authors.length > 1 && today - day < DAYS
        ? [...key.split(' ').map(Number), day, authors.length, ...authors]
        : [],
    );
  }
}

/** Many keys that fall on one another, and some that are as they come. */
const key = fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 0xffff_ffff }));
const step = fc.record({
  drops: fc.constantFrom(true, false, false, false, false),
  kind: fc.nat({ max: 2 }),
  key,
  author: fc.nat({ max: 4 }),
  day: fc.nat({ max: 8 }),
});

describe('keys that authors share', () => {
  it('are known by as many authors, and forgotten in the same order, as in a plain line', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const [sharing, plain] = [new Sharing(ENOUGH, DAYS, MOST), new Plain()];
        for (const { drops, kind, key: of, author, day } of steps) {
          if (drops) {
            sharing.drop(kind, of);
            plain.drop(kind, of);
          } else expect(sharing.add(kind, of, author, day)).toBe(plain.add(kind, of, author, day));
        }
        const written = sharing.written();
        expect([...written]).toEqual(plain.written());
        const again = new Sharing(ENOUGH, DAYS, MOST);
        again.restore(written);
        expect(again.written()).toEqual(written);
      }),
    );
  });

  it('are found again however many there are', () => {
    const sharing = new Sharing(2, DAYS);
    for (let n = 0; n < 5_000; n++) expect(sharing.add(0, n * 65_536, 1, 100)).toBe(false);
    for (let n = 0; n < 5_000; n++) expect(sharing.add(0, n * 65_536, 2, 100)).toBe(true);
  });

  it('are changed until they are written', () => {
    const sharing = new Sharing(2, DAYS);
    sharing.add(0, 7, 1, 100);
    expect(sharing.isChanged).toBe(true);
    sharing.written();
    sharing.add(0, 7, 1, 100);
    expect(sharing.isChanged).toBe(false);
  });
});
