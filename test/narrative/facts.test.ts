import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AUTHOR_AT,
  ID_AT,
  ITEM_AT,
  MOST_TERMS,
  PRINT_WORDS,
  TERMS_AT,
  TIME_AT,
} from '../../src/core/print.js';
import { addPost, mergeFacts, newFacts, type StoryFacts } from '../../src/narrative/facts.js';
import { readFacts, settleFacts, tellable } from '../../src/narrative/kept-facts.js';

interface Post {
  readonly author: number;
  readonly day: number;
  readonly terms: readonly number[];
  readonly isFlagged: boolean;
}

const KNOWN = 3;
const DAY_SECONDS = 86_400;

const posts = fc.array(
  fc.record({
    author: fc.integer({ min: 0, max: 5 }),
    day: fc.integer({ min: 100, max: 103 }),
    // Words alone: their two low bits are 0.
    terms: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: MOST_TERMS }),
    isFlagged: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);

function factsOf(said: readonly Post[]): StoryFacts {
  const facts = newFacts();
  for (const [index, { author, day, terms, isFlagged }] of said.entries()) {
    const row = new Uint32Array(PRINT_WORDS);
    row[ID_AT] = index + 1;
    row[AUTHOR_AT] = author;
    row[TIME_AT] = day * DAY_SECONDS + index;
    row[ITEM_AT] = isFlagged ? index + 1 : 0;
    for (const [i, term] of terms.entries()) row[TERMS_AT + i] = term * 4;
    addPost(facts, row, 0, 'satu', KNOWN);
  }
  return facts;
}

/** Terms that as many authors said as make them known, counted one by one. */
function sharedBy(said: readonly Post[]): Set<number> {
  const authors = new Map<number, Set<number>>();
  for (const { author, terms } of said) {
    for (const term of terms) {
      const own = authors.get(term * 4) ?? new Set();
      if (author !== 0) own.add(author);
      authors.set(term * 4, own);
    }
  }
  return new Set([...authors].filter(([, own]) => own.size >= KNOWN).map(([term]) => term));
}

const toldShared = (facts: StoryFacts): Set<number> =>
  new Set(
    tellable(facts)
      .filter(({ shared }) => shared)
      .map(({ key }) => key),
  );

const kept = (facts: StoryFacts, windowFrom = 0): StoryFacts => {
  settleFacts(facts, { known: KNOWN, windowFrom, tells: () => 1 });
  return readFacts(JSON.stringify(facts));
};

describe('what may be told of a story', () => {
  it('are the terms that enough authors share, however posts come and wherever it is kept in between', () => {
    fc.assert(
      fc.property(posts, fc.nat(), (said, cut) => {
        expect(toldShared(factsOf(said))).toEqual(sharedBy(said));
        const at = cut % (said.length + 1);
        const [begin, rest] = [kept(factsOf(said.slice(0, at))), factsOf(said.slice(at))];
        if (at === 0 || at === said.length) return;
        mergeFacts(begin, rest, KNOWN);
        expect(toldShared(begin)).toEqual(sharedBy(said));
      }),
    );
  });

  it('are not terms that some said before the window and others in it', () => {
    const old = { author: 1, day: 100, terms: [1, 2], isFlagged: false };
    const facts = kept(factsOf([old, { ...old, author: 2 }]), 101);
    mergeFacts(facts, factsOf([{ ...old, author: 3, day: 103 }]), KNOWN);
    expect(toldShared(facts)).toEqual(new Set());
    mergeFacts(facts, factsOf([1, 2].map((author) => ({ ...old, author, day: 103 }))), KNOWN);
    expect(toldShared(facts)).toEqual(new Set([4, 8]));
  });

  it('names the authors of a term that every post has once alone', () => {
    const facts = factsOf([1, 2].map((author) => ({ author, day: 100, terms: [1, 2], isFlagged: false })));
    expect(Object.values(facts.terms).every(({ said }) => said === undefined)).toBe(true);
  });
});
