import { describe, expect, it } from 'vitest';
import { GROUNDS, KINDS, parseEntry } from '../../src/lexicon/entry.js';
import type { Problem } from '../../src/lexicon/problem.js';

const GOOD = {
  id: 'insult-goblok',
  term: 'goblok',
  kind: 'insult',
  form: 'adjective',
  weight: 0.6,
  from: 'usage',
  match: ['Dasar goblok.'],
};
const GROUP = {
  ...GOOD,
  id: 'group-x',
  kind: 'group',
  form: 'name',
  ground: 'ethnicity',
  target: 'ethnicity:x',
  match: undefined,
};

function problems(value: unknown): Problem[] {
  const line = typeof value === 'string' ? value : JSON.stringify(value);
  return [...(parseEntry(line, 'insults/a.jsonl:7').problems ?? [])];
}

const FAULTY: readonly (readonly [name: string, value: unknown, problem: Partial<Problem>])[] = [
  ['half a line', '{"id":"insult-', { code: 'not-an-entry', found: '{"id":"insult-' }],
  ['a list', '[1]', { code: 'not-an-entry', found: '[1]' }],
  ['null', 'null', { code: 'not-an-entry' }],
  ['a text', '"goblok"', { code: 'not-an-entry' }],
  ['an unknown key', { ...GOOD, wight: 1 }, { code: 'unknown-key', key: 'wight', id: 'insult-goblok' }],
  ['no id', { ...GOOD, id: undefined }, { code: 'missing-key', key: 'id' }],
  ['an id of one word', { ...GOOD, id: 'goblok' }, { code: 'wrong-value', key: 'id', found: '"goblok"' }],
  ['an id in capitals', { ...GOOD, id: 'Insult-Goblok' }, { code: 'wrong-value', key: 'id' }],
  ['no term', { ...GOOD, term: '' }, { code: 'wrong-value', key: 'term', found: '""' }],
  ['a term in capitals', { ...GOOD, term: 'Goblok' }, { code: 'wrong-value', key: 'term' }],
  ['a term with two spaces', { ...GOOD, term: 'otak  udang' }, { code: 'wrong-value', key: 'term' }],
  [
    'an unknown kind',
    { ...GOOD, kind: 'insults' },
    { code: 'wrong-value', key: 'kind', found: '"insults"', allowed: KINDS },
  ],
  [
    'an unknown ground',
    { ...GROUP, ground: 'faith' },
    { code: 'wrong-value', key: 'ground', allowed: GROUNDS },
  ],
  ['a weight above 1', { ...GOOD, weight: 1.2 }, { code: 'wrong-value', key: 'weight', found: '1.2' }],
  ['a weight in quotes', { ...GOOD, weight: '1' }, { code: 'wrong-value', key: 'weight', found: '"1"' }],
  ['no weight', { ...GOOD, weight: undefined }, { code: 'missing-key', key: 'weight' }],
  ['no origin', { ...GOOD, from: undefined }, { code: 'missing-key', key: 'from' }],
  [
    'a variant that is a number',
    { ...GOOD, variants: ['gblk', 7] },
    { code: 'wrong-value', key: 'variants.1', found: '7' },
  ],
  [
    'exceptions that are no list',
    { ...GOOD, exceptions: 'goblok amat' },
    { code: 'wrong-value', key: 'exceptions' },
  ],
  ['a language of two letters', { ...GOOD, language: 'jv' }, { code: 'wrong-value', key: 'language' }],
  ['no example', { ...GOOD, match: undefined }, { code: 'no-match-example', key: 'match' }],
  ['an empty list of examples', { ...GOOD, match: [] }, { code: 'wrong-value', key: 'match' }],
  ['a group without ground', { ...GROUP, ground: undefined }, { code: 'missing-key', key: 'ground' }],
  ['a group without target', { ...GROUP, target: undefined }, { code: 'missing-key', key: 'target' }],
  [
    'a group with the target of another ground',
    { ...GROUP, target: 'religion:x' },
    { code: 'wrong-value', key: 'target' },
  ],
  [
    'a camp with a ground',
    { ...GROUP, kind: 'camp', target: 'camp:x' },
    { code: 'wrong-value', key: 'ground' },
  ],
  [
    'an institution as an ethnicity',
    { ...GROUP, kind: 'institution', ground: undefined },
    { code: 'wrong-value', key: 'target' },
  ],
  [
    'a slur without target',
    { ...GROUP, kind: 'slur', target: undefined, match: ['x'] },
    { code: 'missing-key', key: 'target' },
  ],
];

describe('parseEntry', () => {
  it('reads an entry as it stands', () => {
    expect(parseEntry(JSON.stringify(GOOD), 'a:1')).toEqual({ entry: GOOD });
  });

  it.each(['group', 'camp', 'institution'])('asks no match example of a %s, which has templates', (kind) => {
    const side = kind === 'group' ? 'ethnicity' : kind;
    const entry = { ...GROUP, kind, target: `${side}:x`, ...(kind === 'group' ? {} : { ground: undefined }) };
    expect(problems(entry)).toEqual([]);
  });

  it('takes a slur of a camp, which has no ground', () => {
    expect(problems({ ...GROUP, kind: 'slur', ground: undefined, target: 'camp:x', match: ['x'] })).toEqual(
      [],
    );
  });

  it.each(FAULTY)('refuses %s', (_, value, problem) => {
    const found = problems(value);
    expect(found).toContainEqual(
      expect.objectContaining({ severity: 'error', where: 'insults/a.jsonl:7', ...problem }),
    );
  });

  it('names every fault of a line at once', () => {
    const found = problems({ ...GOOD, id: 'x', weight: 2, colour: 'red' });
    expect(found.map(({ key }) => key).sort()).toEqual(['colour', 'id', 'weight']);
  });

  it('shortens what it found', () => {
    const [problem] = problems({ ...GOOD, kind: 'x'.repeat(500) });
    expect(problem?.found?.length).toBeLessThanOrEqual(80);
  });
});
