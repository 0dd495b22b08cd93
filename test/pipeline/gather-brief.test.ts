import { describe, expect, it } from 'vitest';
import type { Narrative, NarrativeDetail, NarrativeHour } from '../../src/core/narrative.js';
import type { SourceHour } from '../../src/core/source.js';
import { spanAround, spanOfDays, zoneOf } from '../../src/pipeline/brief-span.js';
import { movedBy } from '../../src/pipeline/brief-stories.js';
import { type BriefPorts, gatherBrief } from '../../src/pipeline/gather-brief.js';

/** What a report says, of stories and sources that are told. */

const HOUR = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

describe('the days of a report', () => {
  it.each([
    ['WIB', '2026-01-04T17:00:00.000Z', '2026-01-05T17:00:00.000Z', '+07:00'],
    ['WITA', '2026-01-04T16:00:00.000Z', '2026-01-05T16:00:00.000Z', '+08:00'],
    ['WIT', '2026-01-04T15:00:00.000Z', '2026-01-05T15:00:00.000Z', '+09:00'],
  ] as const)('begin at midnight in %s', (zone, from, to, utcOffset) => {
    expect(spanOfDays('2026-01-05', 1, zone)).toEqual({
      ...{ from, to, zone, utcOffset, firstDay: '2026-01-05', lastDay: '2026-01-05' },
    });
  });

  it('are seven over the end of a month, and whole ones around a story', () => {
    expect(spanOfDays('2026-03-02', 7, 'WIB')).toMatchObject({
      firstDay: '2026-02-24',
      lastDay: '2026-03-02',
    });
    const at = Date.parse('2026-01-04T16:30:00Z');
    expect(spanAround(at, at + 2 * HOUR, 'WIB')).toMatchObject({
      firstDay: '2026-01-04',
      lastDay: '2026-01-05',
    });
  });

  it.each(['2026-02-30', '2026-13-01', 'kemarin', '', '2026-1-5', '0000-01-01', '2026-01-05T00:00:00Z'])(
    'are none of %j',
    (day) => {
      expect(() => spanOfDays(day, 1, 'WIB')).toThrow(/is no day/);
    },
  );

  it('are of Jakarta where the zone is none of Indonesia’s', () => {
    expect([zoneOf('Asia/Makassar'), zoneOf('Asia/Jayapura'), zoneOf('Europe/Berlin')]).toEqual([
      'WITA',
      'WIT',
      'WIB',
    ]);
  });
});

describe('rise and fall', () => {
  it.each([
    [9, 0, 'alike'],
    [10, 0, 'rose'],
    [0, 10, 'fell'],
    [60, 50, 'alike'],
    [80, 50, 'rose'],
    [500, 560, 'alike'],
    [500, 620, 'fell'],
  ] as const)('%i after %i: %s', (now, before, moved) => {
    expect(movedBy(now, before)).toBe(moved);
  });
});

const NOW = Date.parse('2026-01-06T02:00:00Z');
const DAY = spanOfDays('2026-01-05', 1, 'WIB');

function narrative(id: string, first: string, bursts: Narrative['bursts'] = []): Narrative {
  return {
    ...{ id, title: `cerita ${id}`, life: 'rising', firstSeen: first, lastSeen: '2026-01-05T12:00:00.000Z' },
    ...{ posts: 100, flagged: 3, authors: 40, variants: 2, bursts },
    coordination: { is: 'cannot-tell', reason: 'too-few-posts' },
  };
}

interface World {
  readonly stories: readonly (readonly [
    Narrative,
    Readonly<Record<string, number>>,
    Partial<NarrativeDetail>?,
  ])[];
  readonly sources?: ReturnType<BriefPorts['sources']>;
  readonly now?: number;
}

function portsOf({ stories, sources = [], now = NOW }: World): BriefPorts {
  const hoursOf = (id: string): NarrativeHour[] =>
    Object.entries(stories.find(([each]) => each.id === id)?.[1] ?? {}).map(([hour, posts]) => ({
      hour,
      posts,
      flagged: 0,
    }));
  return {
    narratives: {
      narrative: (id) => stories.find(([each]) => each.id === id)?.[0],
      listStories({ limit, before }) {
        const from = stories.findIndex(([{ id }]) => id === before) + 1;
        return stories
          .slice(from, from + limit)
          .map(([narrative]) => ({ narrative, hours: hoursOf(narrative.id), claims: [], places: [] }));
      },
      narrativeDetail(id) {
        const found = stories.find(([each]) => each.id === id);
        const none = {
          terms: [],
          hashtags: [],
          domains: [],
          claims: [],
          places: [],
          sources: [],
          variants: [],
        };
        return found && { ...none, clarifications: [], narrative: found[0], hours: hoursOf(id), ...found[2] };
      },
    },
    trends: { top: () => [], rising: () => [], falling: () => [], totalsOf: () => [] },
    claims: () => [],
    counts: () => [],
    sources: () => sources,
    regionName: () => undefined,
    topicName: () => undefined,
    clock: { now: () => now },
  };
}

const daily = (world: World) =>
  gatherBrief(portsOf(world), { kind: 'daily', date: '2026-01-05', zone: 'WIB' });
const BEFORE = '2026-01-04T05:00:00.000Z';
const WITHIN = '2026-01-05T05:00:00.000Z';
const OLD = '2026-01-02T00:00:00.000Z';

describe('a report of a day', () => {
  it('looks beyond an old narrative that was split from one before it, wherever a page ends', () => {
    const some = Array.from(
      { length: 499 },
      (_, n) => [narrative(`s${n}`, WITHIN), { [WITHIN]: 3 }] as const,
    );
    const split = { ...narrative('pisah', OLD), lastSeen: OLD };
    const { stories } = daily({
      stories: [...some, [split, { [OLD]: 9 }], [narrative('lain', WITHIN), { [WITHIN]: 3 }]],
    });
    expect(stories).toBe(500);
  });

  it('puts each story where it belongs', () => {
    const burst = [{ at: WITHIN, size: 5, p: 1e-9 }];
    const { rose, fell, fresh, stories } = daily({
      stories: [
        [narrative('naik', OLD), { [BEFORE]: 10, [WITHIN]: 60 }],
        [narrative('turun', OLD), { [BEFORE]: 60, [WITHIN]: 10 }],
        [narrative('tetap', OLD), { [BEFORE]: 30, [WITHIN]: 30 }],
        [narrative('baru', WITHIN), { [WITHIN]: 12 }],
        [narrative('kecil', WITHIN), { [WITHIN]: 2 }],
        [{ ...narrative('bisu', WITHIN), title: '' }, { [WITHIN]: 9 }],
        [{ ...narrative('lonjak', WITHIN, burst), title: '' }, { [WITHIN]: 9 }],
        [narrative('lalu', OLD), { [OLD]: 90 }],
      ],
    });
    expect(rose.map(({ id }) => id)).toEqual(['naik']);
    expect(fell.map(({ id }) => id)).toEqual(['turun']);
    expect(fresh.map(({ id }) => id)).toEqual(['baru', 'lonjak']);
    expect(rose[0]).toMatchObject({ posts: 60, earlierPosts: 10 });
    expect(stories).toBe(7);
  });

  it('counts around a clarification without its own hour, and says how much of the time after has passed', () => {
    const at = Date.parse('2026-01-05T10:20:00Z');
    const hours = {
      [iso(at - 20 * 60_000)]: 1_000,
      [iso(at - 20 * 60_000 - HOUR)]: 40,
      [iso(at - 20 * 60_000 + HOUR)]: 7,
    };
    const clarification = {
      ...{ id: 1, at: iso(at), channel: 'Siaran', url: 'https://humas.example/1', note: '', by: 'a' },
      notedAt: iso(at),
    };
    const { clarifications } = daily({
      stories: [[narrative('a', OLD), hours, { clarifications: [clarification] }]],
    });
    expect(clarifications).toEqual([
      expect.objectContaining({ before: 40, after: 7, windowHours: 24, afterHours: 15, channel: 'Siaran' }),
    ]);
  });

  it('says of each source how it was covered, and what that hides', () => {
    const first = Date.parse(DAY.from) / HOUR;
    const hours = (watched: number, posts: number): SourceHour[] =>
      Array.from({ length: watched }, (_, at) => ({ hour: first + at, posts, rejected: 0, watched: true }));
    const facts = { faults: [], gaps: [] };
    const { sources, limits } = daily({
      stories: [],
      sources: [
        { source: 'baik', facts: { ...facts, hours: hours(24, 2) } },
        { source: 'kosong', facts: { ...facts, hours: [] } },
        { source: 'jeda', facts: { ...facts, hours: hours(3, 0), pausedAt: WITHIN } },
      ],
    });
    expect(sources).toEqual([
      { name: 'baik', state: 'well', posts: 48, watchedHours: 24, hours: 24, silentHours: 0, gaps: 0 },
      { name: 'kosong', state: 'unread', posts: 0, watchedHours: 0, hours: 24, silentHours: 0, gaps: 0 },
      { name: 'jeda', state: 'paused', posts: 0, watchedHours: 3, hours: 24, silentHours: 3, gaps: 0 },
    ]);
    expect(limits).toEqual(expect.arrayContaining(['sources-unread', 'sources-quiet', 'no-habit']));
  });

  it('says that its day is not over, or that coverage so long ago is forgotten', () => {
    expect(daily({ stories: [], now: Date.parse(DAY.to) - 1 }).limits).toContain('day-not-over');
    const late = daily({ stories: [], now: Date.parse(DAY.to) + 40 * 24 * HOUR });
    expect(late.limits).toContain('sources-forgotten');
    expect(late.limits).not.toContain('day-not-over');
  });

  it('is of yesterday where no day is named', () => {
    const { span } = gatherBrief(portsOf({ stories: [] }), { kind: 'daily', zone: 'WIT' });
    expect(span.lastDay).toBe('2026-01-05');
  });
});

describe('known hoaxes', () => {
  it('are told with the posts of the day, by ids as long as an address', () => {
    const id = `https://cekfakta.example/2026/01/${'panjang-'.repeat(8)}akhir`;
    const ports = portsOf({
      stories: [
        [narrative('a', OLD), { [BEFORE]: 50, [WITHIN]: 20 }, { claims: [{ id, posts: 70 }] }],
        [narrative('b', OLD), { [WITHIN]: 5 }, { claims: [{ id, posts: 5 }] }],
        [narrative('c', OLD), { [BEFORE]: 50 }, { claims: [{ id: 'lain', posts: 50 }] }],
      ],
    });
    const claims = [
      { id, title: 'Judul', publisher: 'Cek', date: '', url: 'https://cekfakta.example/a?x=1' },
      { id: 'lain', title: 'Lain', publisher: 'Cek', date: '', url: '' },
    ];
    const request = { kind: 'daily', date: '2026-01-05', zone: 'WIB' } as const;
    const { hoaxes, points } = gatherBrief({ ...ports, claims: () => claims }, request);
    expect(hoaxes).toEqual([
      expect.objectContaining({
        title: 'Judul',
        posts: 25,
        stories: ['a', 'b'],
        url: 'https://cekfakta.example/a',
      }),
    ]);
    expect(points).toEqual(['known-hoax', 'check-first']);
  });
});

describe('a report of a story', () => {
  it('quotes no wording of fewer than three posts', () => {
    const variants = [
      { wording: 'a', posts: 3, firstSeen: OLD, text: 'tiga @warga' },
      { wording: 'b', posts: 2, firstSeen: OLD, text: 'dua saja' },
    ];
    const { story } = gatherBrief(
      portsOf({ stories: [[narrative('a', OLD), { [WITHIN]: 5 }, { variants }]] }),
      {
        ...{ kind: 'narrative', story: 'a', zone: 'WIB' },
      },
    );
    expect(story?.wordings).toEqual([
      { posts: 3, firstSeen: OLD, text: 'tiga @…' },
      { posts: 2, firstSeen: OLD },
    ]);
  });

  it('is none where there is no such story', () => {
    expect(() =>
      gatherBrief(portsOf({ stories: [] }), { kind: 'narrative', story: 'x', zone: 'WIB' }),
    ).toThrow(/no narrative "x"/);
  });
});
