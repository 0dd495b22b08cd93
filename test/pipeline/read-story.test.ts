import { describe, expect, it } from 'vitest';
import type { NarrativeDetail, NarrativeVariant } from '../../src/core/narrative.js';
import { compareStories, readStory, type StoryView } from '../../src/pipeline/read-story.js';

/** What a page about a narrative is told, by who reads it. */

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 5);
const iso = (hours: number): string => new Date(BEGIN + hours * HOUR).toISOString();
const NOW = BEGIN + 100 * HOUR;

function variant(wording: string, posts: number, text?: string): NarrativeVariant {
  return {
    wording,
    posts,
    firstSeen: iso(0),
    item: posts * 10,
    ...(text === undefined ? {} : { text }),
  };
}

function detailOf(given: Partial<NarrativeDetail> = {}): NarrativeDetail {
  return {
    narrative: {
      id: 'a'.repeat(16),
      title: 'jembatan putus',
      life: 'rising',
      firstSeen: iso(0),
      lastSeen: iso(50),
      posts: 12,
      flagged: 3,
      authors: 9,
      variants: 3,
      bursts: [],
      coordination: { is: 'cannot-tell', reason: 'too-few-posts' },
    },
    hours: [],
    terms: [],
    hashtags: [],
    domains: [],
    claims: [],
    places: [],
    sources: [],
    variants: [],
    clarifications: [],
    ...given,
  };
}

function viewOf(given: Partial<NarrativeDetail>, readsItems = false, now = NOW): StoryView {
  const claim = (id: string) =>
    id === 'cek-1'
      ? { id, title: 'Keliru: kabar rekaan', publisher: 'Cek Rekaan', date: '2026-01-05', url: '' }
      : undefined;
  const view = readStory(
    { narratives: { narrativeDetail: () => detailOf(given) }, claim },
    { id: 'a', now, readsItems },
  );
  if (view === undefined) throw new Error('there is no view');
  return view;
}

describe('words that are blurred', () => {
  const given = {
    variants: [variant('a', 5, 'pasar cungkil terbakar'), variant('b', 1, 'kata kasar berangkil')],
    slurs: ['cungkil', 'berangkil'],
  };

  it('are those of texts that this reader is shown', () => {
    expect(viewOf(given).slurs).toEqual(['cungkil']);
    expect(viewOf(given, true).slurs).toEqual(['cungkil', 'berangkil']);
    expect(viewOf({ variants: given.variants })).not.toHaveProperty('slurs');
  });
});

describe('wordings', () => {
  const variants = [
    variant('w1', 6, 'jembatan putus pagi ini'),
    variant('w2', 3, 'jembatan putus malam ini'),
    variant('w3', 2, 'jembatan milik Pak Rekaan putus'),
    variant('w4', 1),
  ];

  it('of a single voice or two are told of and not shown to those who see no items', () => {
    const [first, second, third, fourth] = viewOf({ variants }).variants;
    expect(first?.text).toBe('jembatan putus pagi ini');
    expect(second?.text).toBe('jembatan putus malam ini');
    expect(third).toMatchObject({ posts: 2, withheld: true });
    expect(third?.text).toBeUndefined();
    expect(fourth?.withheld).toBeUndefined();
    for (const each of viewOf({ variants }).variants) expect(each.item).toBeUndefined();
    expect(JSON.stringify(viewOf({ variants }))).not.toContain('Pak Rekaan');
  });

  it('are all shown, with their items, to those who see items', () => {
    const [first, , third] = viewOf({ variants }, true).variants;
    expect(first?.item).toBe(60);
    expect(third).toMatchObject({ item: 20, text: 'jembatan milik Pak Rekaan putus' });
  });

  it('are set against the one with the most posts that is shown', () => {
    const [first, second] = viewOf({ variants }).variants;
    expect(first?.parts).toBeUndefined();
    expect(second?.parts?.filter(({ is }) => is !== 'same').map(({ is, text }) => [is, text.trim()])).toEqual(
      [
        ['removed', 'pagi'],
        ['added', 'malam'],
      ],
    );
    const [hidden, alone] = viewOf({ variants: [variant('x', 2, 'satu'), variant('y', 4, 'dua')] }).variants;
    expect([hidden?.parts, alone?.parts]).toEqual([undefined, undefined]);
  });
});

describe('what was published in answer', () => {
  const hours = [10, 33, 34, 35, 58, 59].map((at) => ({ hour: iso(at), posts: 2 ** (at % 10), flagged: 0 }));
  const noted = (at: number) => ({
    id: 1,
    at: new Date(BEGIN + at * HOUR + 20 * 60_000).toISOString(),
    channel: 'radio',
    url: 'https://humas.example/1',
    note: '',
    by: 'wati',
    notedAt: iso(90),
  });

  it('stands between the posts of a day before and after, its own hour in neither', () => {
    // The hours 10 to 33 before, 35 to 58 after.
    expect(viewOf({ hours, clarifications: [noted(34)] }).answers).toMatchObject([
      { before: 1 + 8, after: 32 + 256, afterHours: 24 },
    ]);
  });

  it.each([
    [35, 0],
    [36, 1],
    [40, 5],
    [500, 24],
  ])('at hour %i tells of %i hours that are over', (now, over) => {
    const { answers } = viewOf({ hours, clarifications: [noted(34)] }, false, BEGIN + now * HOUR);
    expect(answers[0]?.afterHours).toBe(over);
  });
});

it('names the fact-checks that are known still', () => {
  const claims = [
    { id: 'cek-1', posts: 3 },
    { id: 'hilang', posts: 1 },
  ];
  const view = viewOf({ claims });
  expect(Object.keys(view.checked)).toEqual(['cek-1']);
  expect(view.claims).toEqual(claims);
});

it('finds what two narratives have in common, unknown places apart', () => {
  const text = (...all: string[]) => all.map((each) => ({ text: each, posts: 1 }));
  const places = (...all: string[]) => all.map((region) => ({ region, firstSeen: iso(0), posts: 1 }));
  const a = viewOf({
    terms: text('jembatan', 'putus'),
    places: places('32', 'unknown'),
    domains: text('x.example'),
  });
  const b = viewOf({
    terms: text('putus', 'banjir'),
    places: places('unknown', '32'),
    domains: text('y.example'),
  });
  const { terms, places: both, domains } = compareStories(a, b);
  expect({ terms, both, domains }).toEqual({ terms: ['putus'], both: ['32'], domains: [] });
});
