import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/lexicon/entry.js';
import { testExamples } from '../../src/lexicon/examples.js';
import { lintEntries, type PlacedEntry } from '../../src/lexicon/lint.js';
import { loadLexicon } from '../../src/lexicon/load.js';
import type { Problem } from '../../src/lexicon/problem.js';
import { lexiconWords } from '../../src/words/lexicon.js';

type Given = Partial<Entry> & Pick<Entry, 'term'>;

function place(...given: readonly Given[]): PlacedEntry[] {
  return given.map((one, index) => ({
    where: `a.jsonl:${index + 1}`,
    entry: {
      id: `e-${index + 1}`,
      kind: 'insult',
      form: 'fixed',
      weight: 0.5,
      from: 'usage',
      match: [one.term],
      ...one,
    },
  }));
}

function group(given: Given): Given {
  return { kind: 'group', form: 'name', ground: 'ethnicity', target: 'ethnicity:x', match: [], ...given };
}

function codes(problems: readonly Problem[]): string[] {
  return problems.map(({ where, code, found }) => `${where} ${code} ${found}`);
}

describe('lintEntries', () => {
  it.each<{ name: string; given: readonly Given[]; problems: readonly string[] }>([
    { name: 'nothing wrong', given: [{ term: 'goblok' }, { term: 'tolol' }], problems: [] },
    { name: 'a term of punctuation', given: [{ term: '!?' }], problems: ['a.jsonl:1 no-pattern "!?"'] },
    {
      name: 'a needed word of punctuation',
      given: [{ term: 'tolol', needs: ['...'] }],
      problems: ['a.jsonl:1 no-pattern "..."'],
    },
    {
      name: 'an id used twice',
      given: [{ term: 'goblok' }, { term: 'tolol', id: 'e-1' }],
      problems: ['a.jsonl:2 repeated-id a.jsonl:1'],
    },
    {
      name: 'a term twice in one kind',
      given: [{ term: 'goblok' }, { term: 'tolol', variants: ['goblok'] }],
      problems: ['a.jsonl:2 repeated-term "goblok" (e-1, a.jsonl:1)'],
    },
    {
      name: 'a term twice by way of spelling games',
      given: [{ term: 'goblok' }, { term: 'g0bl0k' }],
      problems: ['a.jsonl:2 repeated-term "goblok" (e-1, a.jsonl:1)'],
    },
    {
      name: 'a term in two kinds that go together',
      given: [{ term: 'anjing' }, { term: 'anjing', kind: 'dehumanising-noun' }],
      problems: [],
    },
    {
      name: 'a term in contrary kinds',
      given: [group({ term: 'relawan' }), { term: 'relawan', kind: 'camp', target: 'camp:x' }],
      problems: ['a.jsonl:2 contradiction "relawan" (e-1, a.jsonl:1)'],
    },
    {
      name: 'one sense of an ambiguous term',
      given: [{ term: 'bali', kind: 'slur' }, group({ term: 'bali', needs: ['orang'] })],
      problems: [],
    },
    {
      name: 'an exception without the term',
      given: [{ term: 'anjing', exceptions: ['hot dog', 'anjing laut'] }],
      problems: ['a.jsonl:1 idle-exception hot dog'],
    },
    {
      name: 'the term as its own exception',
      given: [{ term: 'anjing', exceptions: ['anjing'] }],
      problems: ['a.jsonl:1 idle-exception anjing'],
    },
    {
      name: 'an exception for one form',
      given: [{ term: 'anjing', form: 'noun', exceptions: ['anjingku'] }],
      problems: [],
    },
  ])('$name', ({ given, problems }) => {
    expect(codes(lintEntries(place(...given)))).toEqual(problems);
  }); // prettier-ignore

  it('only warns of an exception that never applies', () => {
    const [problem] = lintEntries(place({ term: 'anjing', exceptions: ['hot dog'] }));
    expect(problem?.severity).toBe('warning');
  });
});

describe('testExamples', () => {
  it.each<{ name: string; given: readonly Given[]; problems: readonly string[] }>([
    {
      name: 'all true',
      given: [
        {
          term: 'anjing',
          match: ['Dasar anjing!'],
          noMatch: ['Anjing pelacak.'],
          exceptions: ['anjing pelacak'],
        },
      ],
      problems: [],
    },
    {
      name: 'a match that is none',
      given: [{ term: 'goblok', match: ['Pintar sekali.'] }],
      problems: ['a.jsonl:1 match-not-found Pintar sekali.'],
    },
    {
      name: 'a noMatch that is one',
      given: [{ term: 'goblok', noMatch: ['Goblok amat.'] }],
      problems: ['a.jsonl:1 no-match-found Goblok amat.'],
    },
    {
      name: 'another entry in the way',
      given: [
        { term: 'otak' },
        { term: 'otak udang', match: ['Otak udang.'] },
        { term: 'udang', match: ['Otak udang.'] },
      ],
      problems: ['a.jsonl:3 match-not-found Otak udang.'],
    },
    {
      name: 'a harmless entry over an example',
      given: [
        { term: 'serang', kind: 'hostile-predicate', match: ['Kota Serang.'] },
        { term: 'kota serang', kind: 'harmless' },
      ],
      problems: ['a.jsonl:1 match-not-found Kota Serang.'],
    },
    {
      name: 'an exception that does not hold',
      given: [{ term: 'anjing', variants: ['anjing gila'], exceptions: ['anjing gila'] }],
      problems: ['a.jsonl:1 exception-does-not-hold anjing gila'],
    },
    { name: 'a name that needs a word', given: [group({ term: 'padang', needs: ['orang'] })], problems: [] },
    {
      name: 'a name lost to a longer name',
      given: [group({ term: 'nama batak' }), group({ term: 'batak' })],
      problems: ['a.jsonl:2 name-not-found batak'],
    },
  ])('$name', ({ given, problems }) => {
    expect(codes(testExamples(place(...given)).problems)).toEqual(problems);
  }); // prettier-ignore

  it('tries each name of a group, inside a word and as one', () => {
    const { tried, problems } = testExamples(place(group({ term: 'sunda', variants: ['orang sunda'] })));
    expect(tried).toBe(4);
    expect(problems).toEqual([]);
  });
});

describe('loadLexicon', () => {
  const line = (given: Partial<Entry>) =>
    JSON.stringify({
      id: 'e-1',
      term: 'goblok',
      kind: 'insult',
      form: 'fixed',
      weight: 0.5,
      from: 'usage',
      match: ['Goblok.'],
      ...given,
    });
  const lines = (...all: readonly string[]) =>
    all.map((text, index) => ({ where: `a.jsonl:${index + 1}`, line: text }));

  it('gives a lexicon of all entries and skips blank lines', () => {
    const { lexicon, problems } = loadLexicon(
      lines(line({}), '', '  ', line({ id: 'e-2', term: 'tolol', match: ['Tolol.'] })),
    );
    expect(problems).toEqual([]);
    expect(lexicon?.entries.map(({ id }) => id)).toEqual(['e-1', 'e-2']);
  });

  it.each([
    ['a line that is no entry', 'x', 'not-an-entry'],
    ['entries against each other', line({}), 'repeated-id'],
    ['an example that does not hold', line({ id: 'e-2', term: 'tolol' }), 'match-not-found'],
  ])('gives none for %s', (_, second, code) => {
    const { lexicon, problems } = loadLexicon(lines(line({}), second));
    expect(lexicon).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(problems[0]?.where).toBe('a.jsonl:2');
  });

  it('gives one in spite of warnings, and says them', () => {
    const { lexicon, problems } = loadLexicon(lines(line({ exceptions: ['hot dog'] })));
    expect(lexicon).toBeDefined();
    expect(problems.map(({ code }) => code)).toEqual(['idle-exception']);
  });
});

describe('the words for problems', () => {
  it.each(['id', 'en'] as const)('name the evidence in every sentence (%s)', (language) => {
    const said = lexiconWords(language);
    for (const [code, sentence] of Object.entries(said.problems)) {
      const text = sentence({ key: 'KEY', found: 'FOUND', allowed: 'ALLOWED' });
      expect(text, code).toMatch(code === 'no-match-example' ? /match/ : /FOUND|KEY/);
      if (code === 'wrong-value') expect(text).toMatch(/KEY.*FOUND.*ALLOWED/);
    }
  });
});
