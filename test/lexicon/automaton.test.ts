import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Automaton,
  buildAutomaton,
  createMatches,
  isPattern,
  type Matches,
  scan,
} from '../../src/lexicon/automaton.js';
import { isBoundary } from '../../src/lexicon/symbols.js';
import { createWordScan } from '../../src/lexicon/word-scan.js';
import { normalise } from '../../src/text/normalise.js';
import { tokenise } from '../../src/text/tokenise.js';

type Found = readonly [pattern: string, start: number];

/** What the machine finds, as pattern and start, sorted. */
function found(patterns: readonly string[], text: string): Found[] {
  const automaton = buildAutomaton(patterns);
  const matches = createMatches(1);
  scan(automaton, text, matches);
  return sorted(matchesOf(patterns, automaton, matches));
}

/** What the scan by words finds, in its order; the second time every word is known by its id. */
function foundByWords(patterns: readonly string[], text: string): { first: Found[]; again: Found[] } {
  const automaton = buildAutomaton(patterns);
  const matches = createMatches(1);
  const scanWords = createWordScan(automaton);
  const tokens = tokenise({ ...normalise(''), text });
  scanWords(text, tokens, matches);
  const first = matchesOf(patterns, automaton, matches);
  scanWords(text, tokens, matches);
  return { first, again: matchesOf(patterns, automaton, matches) };
}

/** The matches of a scan, in its order. */
function matchesOf(patterns: readonly string[], automaton: Automaton, matches: Matches): Found[] {
  const all: Found[] = [];
  for (let i = 0; i < matches.count; i++) {
    const pattern = matches.pattern[i]!;
    all.push([patterns[pattern]!, matches.end[i]! - automaton.lengths[pattern]!]);
  }
  return all;
}

/** The same by looking for every pattern at every offset. */
function searched(patterns: readonly string[], text: string): Found[] {
  const all: Found[] = [];
  const boundary = (at: number) => at < 0 || at >= text.length || isBoundary(text.charCodeAt(at));
  for (const pattern of patterns) {
    for (let at = 0; at + pattern.length <= text.length; at++) {
      // A hash parts words itself, so what begins with one begins at a boundary.
      if (!text.startsWith(pattern, at) || !boundary(at + pattern.length)) continue;
      if (boundary(at - 1) || pattern.startsWith('#')) all.push([pattern, at]);
    }
  }
  return sorted(all);
}

function sorted(all: Found[]): Found[] {
  return all.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
}

const CASES: readonly { name: string; patterns: readonly string[]; text: string; found: readonly Found[] }[] =
  [
    { name: 'nothing in nothing', patterns: [], text: '', found: [] },
    { name: 'nothing to look for', patterns: [], text: 'usir mereka', found: [] },
    { name: 'empty text', patterns: ['usir'], text: '', found: [] },
    { name: 'the whole text', patterns: ['usir'], text: 'usir', found: [['usir', 0]] },
    {
      name: 'one letter',
      patterns: ['a'],
      text: 'a ab a',
      found: [
        ['a', 0],
        ['a', 5],
      ],
    },
    { name: 'no word inside a word', patterns: ['usir', 'sir'], text: 'mengusir usirlah', found: [] },
    {
      name: 'start and end of text',
      patterns: ['usir', 'kita'],
      text: 'usir dari kita',
      found: [
        ['usir', 0],
        ['kita', 10],
      ],
    },
    {
      name: 'punctuation is a boundary',
      patterns: ['usir'],
      text: 'usir, usir! "usir" (usir) usir.',
      found: [
        ['usir', 0],
        ['usir', 6],
        ['usir', 13],
        ['usir', 20],
        ['usir', 26],
      ],
    },
    { name: 'line break is a boundary', patterns: ['usir'], text: 'a\nusir\nb', found: [['usir', 2]] },
    { name: 'a digit is no boundary', patterns: ['usir'], text: 'usir2 2usir', found: [] },
    {
      name: 'underscore is no boundary',
      patterns: ['babi', 'emo_babi'],
      text: 'emo_babi babi_',
      found: [['emo_babi', 0]],
    },
    { name: 'a mention is no word', patterns: ['user'], text: '@user user', found: [['user', 6]] },
    { name: 'hash is a boundary', patterns: ['usir'], text: '#usir mereka', found: [['usir', 1]] },
    {
      name: 'hash may lead a pattern',
      patterns: ['#usir', 'usir'],
      text: '#usir usir',
      found: [
        ['#usir', 0],
        ['usir', 1],
        ['usir', 6],
      ],
    },
    {
      name: 'hash directly after a word',
      patterns: ['#usir', 'ayo'],
      text: 'ayo#usir',
      found: [
        ['#usir', 3],
        ['ayo', 0],
      ],
    },
    {
      name: 'hyphen is a boundary',
      patterns: ['cina'],
      text: 'anti-cina cina-cina',
      found: [
        ['cina', 5],
        ['cina', 10],
        ['cina', 15],
      ],
    },
    {
      name: 'hyphen inside a pattern',
      patterns: ['usir-usir', 'usir'],
      text: 'usir-usir',
      found: [
        ['usir', 0],
        ['usir-usir', 0],
        ['usir', 5],
      ],
    },
    { name: 'phrase', patterns: ['orang cina'], text: 'orang cina orang  cina', found: [['orang cina', 0]] },
    {
      name: 'no phrase over punctuation',
      patterns: ['orang cina'],
      text: 'orang, cina orang. cina orang\ncina orang-cina',
      found: [],
    },
    {
      name: 'phrase within phrase',
      patterns: ['orang cina raya', 'cina raya', 'raya', 'orang'],
      text: 'orang cina raya',
      found: [
        ['orang', 0],
        ['orang cina raya', 0],
        ['cina raya', 6],
        ['raya', 11],
      ],
    },
    {
      name: 'falls back to a later phrase',
      patterns: ['orang cina raya', 'cina rata'],
      text: 'orang cina rata',
      found: [['cina rata', 6]],
    },
    {
      name: 'falls back over two words',
      patterns: ['a b c d', 'b c e', 'c f'],
      text: 'a b c f a b c e',
      found: [
        ['c f', 4],
        ['b c e', 10],
      ],
    },
    {
      name: 'falls back in the middle of a word',
      patterns: ['a bcd', 'bce'],
      text: 'a bce',
      found: [['bce', 2]],
    },
    { name: 'no suffix that begins inside a word', patterns: ['xab cd', 'ab ce'], text: 'xab ce', found: [] },
    {
      name: 'repeated phrase overlapping itself',
      patterns: ['a a'],
      text: 'a a a',
      found: [
        ['a a', 0],
        ['a a', 2],
      ],
    },
    { name: 'phrase cut short by the end', patterns: ['orang cina'], text: 'orang cin', found: [] },
    {
      name: 'shorter one of the same end',
      patterns: ['b', 'a b'],
      text: 'a b',
      found: [
        ['a b', 0],
        ['b', 2],
      ],
    },
    {
      name: 'other scripts belong to the word',
      patterns: ['usir'],
      text: 'usirж жusir usir',
      found: [['usir', 12]],
    },
    {
      name: 'wide punctuation is a boundary',
      patterns: ['usir'],
      text: '—usir… 「usir」',
      found: [
        ['usir', 1],
        ['usir', 8],
      ],
    },
  ];

describe('automaton', () => {
  it.each(CASES)('$name', ({ patterns, text, found: expected }) => {
    expect(found(patterns, text)).toEqual(sorted([...expected]));
    // The table itself is held against the naive search, and the order of patterns must not matter.
    expect(searched(patterns, text)).toEqual(sorted([...expected]));
    expect(found([...patterns].reverse(), text)).toEqual(sorted([...expected]));
  });

  it('finds what a naive search finds, on any patterns and text', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '_'), minLength: 1, maxLength: 4 });
    const pattern = fc
      .tuple(
        fc.constantFrom('', '', '', '#'),
        word,
        fc.array(fc.tuple(fc.constantFrom(' ', ' ', '-'), word), { maxLength: 3 }),
      )
      .map(([lead, first, rest]) => lead + first + rest.map(([joint, next]) => joint + next).join(''));
    const piece = fc.oneof(
      word,
      pattern,
      fc.constantFrom(' ', ' ', '-', ', ', '. ', '\n', '#', '@', 'ж', '—', ' " ', '(', '🐷'),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(pattern, { maxLength: 25 }),
        fc.array(piece, { maxLength: 40 }),
        (patterns, pieces) => {
          for (const text of [pieces.join(''), pieces.join(' ')]) {
            expect(found(patterns, text)).toEqual(searched(patterns, text));
            const { first, again } = foundByWords(patterns, text);
            expect(again).toEqual(first);
            expect(sorted(first)).toEqual(searched(patterns, text));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('scans by words in the order of a scan by letters', () => {
    const patterns = ['b', 'a b', 'x a b', 'c', 'b-c', '#b'];
    expect(foundByWords(patterns, 'x a b-c #b').first).toEqual([
      ['x a b', 0],
      ['a b', 2],
      ['b', 4],
      ['b-c', 4],
      ['c', 6],
      ['#b', 8],
      ['b', 9],
    ]);
  });

  it('reports matches by rising end, longest first', () => {
    const automaton = buildAutomaton(['b', 'a b', 'x a b', 'c']);
    const matches = createMatches();
    scan(automaton, 'x a b c', matches);
    const ends = [...matches.end.subarray(0, matches.count)];
    const lengths = [...matches.pattern.subarray(0, matches.count)].map(
      (pattern) => automaton.lengths[pattern],
    );
    expect(ends).toEqual([5, 5, 5, 7]);
    expect(lengths).toEqual([5, 3, 1, 1]);
  });

  it('forgets the scan before', () => {
    const automaton = buildAutomaton(['usir']);
    const matches = createMatches();
    scan(automaton, 'usir usir', matches);
    scan(automaton, 'diam', matches);
    expect(matches.count).toBe(0);
    scan(automaton, 'us', matches);
    scan(automaton, 'ir', matches);
    expect(matches.count).toBe(0);
  });

  it.each([
    ['', false],
    [' usir', false],
    ['usir ', false],
    ['usir  dia', false],
    ['usir--usir', false],
    ['usir#', false],
    ['usir, dia', false],
    ['Usir', false],
    ['usiré', false],
    ['##usir', false],
    ['usir', true],
    ['#usir', true],
    ['usir-usir mereka 2 emo_api', true],
  ])('takes %j as a pattern: %s', (pattern, taken) => {
    expect(isPattern(pattern)).toBe(taken);
    if (taken) expect(buildAutomaton([pattern]).patternCount).toBe(1);
    else expect(() => buildAutomaton([pattern])).toThrow(RangeError);
  });

  it('refuses a pattern given twice', () => {
    expect(() => buildAutomaton(['usir', 'bakar', 'usir'])).toThrow(/usir/);
  });

  it('holds 60,000 forms in less than 40 MB', () => {
    const patterns = new Set<string>();
    const letters = 'aiueokstnmrlbdgpjchwyf';
    let seed = 1;
    while (patterns.size < 60_000) {
      let word = '';
      for (let i = 0; i < 11; i++) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        word += letters[(seed >>> 16) % letters.length];
      }
      patterns.add(word);
    }
    expect(buildAutomaton([...patterns]).bytes).toBeLessThan(40_000_000);
  });
});
