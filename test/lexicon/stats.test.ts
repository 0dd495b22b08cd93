import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/core/assessment.js';
import { compileLexicon } from '../../src/lexicon/compile.js';
import { compareAssessments, compareEntries } from '../../src/lexicon/diff.js';
import type { Entry } from '../../src/lexicon/entry.js';
import { createHitCounter, lexiconStats } from '../../src/lexicon/stats.js';

const entry = (given: Partial<Entry> & Pick<Entry, 'term'>): Entry => ({
  id: `e-${given.term}`,
  kind: 'insult',
  form: 'fixed',
  weight: 0.5,
  from: 'usage',
  ...given,
});

const ENTRIES = [
  entry({ term: 'goblok', variants: ['g0blok', 'dungu'], noMatch: ['Pintar.'] }),
  entry({ term: 'tolol', form: 'adjective' }),
  entry({ term: 'sunda', kind: 'group', ground: 'ethnicity', target: 'ethnicity:sunda' }),
  entry({ term: 'orang sunda', kind: 'group', ground: 'ethnicity', target: 'ethnicity:sunda' }),
  entry({ term: 'bakar .. mati', kind: 'threat' }),
];

describe('lexiconStats', () => {
  it('counts entries, names, kinds and grounds', () => {
    const lexicon = compileLexicon(ENTRIES);
    const stats = lexiconStats(lexicon);
    expect(stats).toMatchObject({
      version: lexicon.version,
      entries: 5,
      lemmas: 5,
      names: 6,
      withNoMatch: 1,
    });
    expect(stats.kinds).toEqual([
      { kind: 'group', entries: 2 },
      { kind: 'threat', entries: 1 },
      { kind: 'insult', entries: 2 },
    ]);
    expect(stats.grounds).toContainEqual({ ground: 'ethnicity', targets: 1, groups: 2, slurs: 0 });
    expect(stats.grounds).toContainEqual({ ground: 'religion', targets: 0, groups: 0, slurs: 0 });
  });
});

describe('createHitCounter', () => {
  it('counts the texts that hold an entry, each once', () => {
    const counter = createHitCounter(compileLexicon(ENTRIES));
    for (const text of ['goblok dungu', 'Tolol dan g0blok!', 'aman', 'bakar dia sampai mati'])
      counter.add(text);
    expect(counter.counts().texts).toBe(4);
    expect([...counter.counts().hits]).toEqual([2, 1, 0, 0, 1]);
  });
});

describe('compareEntries', () => {
  it('tells what was added, removed and changed, whatever the order of entries and keys', () => {
    const [a, b, c] = ENTRIES as [Entry, Entry, Entry];
    const turned = Object.fromEntries(Object.entries(a).reverse()) as unknown as Entry;
    const changes = compareEntries([a, b], [c, { ...b, weight: 0.9 }, turned]);
    expect(changes).toEqual({ added: ['e-sunda'], removed: [], changed: ['e-tolol'] });
    expect(compareEntries([a, b], [b])).toEqual({ added: [], removed: ['e-goblok'], changed: [] });
  });
});

describe('compareAssessments', () => {
  const assessment = (flags: Assessment['flags'], level: Assessment['level']): Assessment => ({
    language: { code: 'ind', confidence: 1 },
    categories: { hate: 0, sara: 0, incitement: 0, threat: 0, hoax: 0, abusive: 0 },
    flags,
    level,
    score: 0,
    targets: [],
    findings: [],
    context: [],
    incomplete: [],
    versions: { rules: '1', lexicon: '1', model: '1', language: '1' },
  });

  it.each([
    [['hate'], 'low', ['hate'], 'low', undefined],
    [
      [],
      'none',
      ['hate', 'sara'],
      'high',
      { gained: ['hate', 'sara'], lost: [], levelBefore: 'none', levelAfter: 'high' },
    ],
    [
      ['hate', 'threat'],
      'high',
      ['sara', 'threat'],
      'high',
      { gained: ['sara'], lost: ['hate'], levelBefore: 'high', levelAfter: 'high' },
    ],
    [['hate'], 'low', ['hate'], 'medium', { gained: [], lost: [], levelBefore: 'low', levelAfter: 'medium' }],
  ] as const)('%j %s to %j %s', (flags, level, newFlags, newLevel, change) => {
    expect(compareAssessments(assessment([...flags], level), assessment([...newFlags], newLevel))).toEqual(
      change,
    );
  });
});
