import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sidesNamed } from '../../src/compose-observer.js';
import { parseConfig } from '../../src/config.js';
import { readWatchLists, watchListsState, watchWatchLists } from '../../src/files/watch-files.js';
import { normalise } from '../../src/text/normalise.js';
import { dated, inTurn, spanOf, stateOf } from '../../src/topic/calendar.js';
import { checkTopics } from '../../src/topic/check.js';
import { compileTopics, type TopicEntry, topicFinder } from '../../src/topic/topics.js';

const createTopicFinder = (topics: readonly TopicEntry[]) => topicFinder(compileTopics(topics));

const packaged = join(import.meta.dirname, '../../lexicons/watch');
const noKinds = { kinds: new Map(), termsRequired: () => undefined, isSchedule: () => true };
const config = parseConfig({ document: {}, file: 'ronda.yaml', environment: {}, ...noKinds });

function topic(given: Partial<TopicEntry> & { readonly id: string }): TopicEntry {
  const days = { from: '2026-01-01', to: '2026-12-31' };
  return {
    name: { id: given.id, en: given.id },
    days,
    ...spanOf(days),
    weight: 0,
    list: 'rekaan',
    terms: ['pasar malam'],
    match: ['Ada pasar malam.'],
    noMatch: ['Ada pasar pagi.'],
    ...given,
  };
}

describe('the packaged watch lists', () => {
  it('keep the promises of every topic and watch no side', async () => {
    const topics = readWatchLists(packaged);
    expect(topics.length).toBeGreaterThan(15);
    expect(checkTopics(topics, await sidesNamed(config))).toEqual([]);
  });

  it('have the days of the elections of 2024', () => {
    const active = (at: string): string[] =>
      readWatchLists(packaged)
        .filter((each) => stateOf(each, Date.parse(at)) === 'active' && each.list !== 'bencana')
        .map(({ id }) => id);
    // The day begins at midnight in Jakarta.
    expect(active('2024-02-13T16:59:59Z')).toEqual(['pemilu-2024-tenang']);
    expect(active('2024-02-13T17:00:00Z')).toEqual(['pemilu-2024-pemungutan', 'pemilu-2024-rekapitulasi']);
    expect(active('2024-02-14T17:00:00Z')).toEqual(['pemilu-2024-rekapitulasi']);
    expect(active('2024-11-27T05:00:00Z')).toEqual(['pilkada-2024-pemungutan', 'pilkada-2024-rekapitulasi']);
    expect(active('2026-12-25T05:00:00Z')).toEqual(['nataru-2026']);
  });
});

describe('finding topics', () => {
  const find = createTopicFinder([
    topic({
      id: 'pasar-malam',
      terms: ['pasar malam', 'komidi putar'],
      exceptions: ['pasar malam minggu'],
      weigh: [{ terms: ['copet'], weight: 0.7 }],
      weight: 0.1,
    }),
    topic({ id: 'panen', terms: ['panen'], weigh: [{ terms: ['copet'], weight: 0.2 }] }),
  ]);
  const of = (text: string) => find(normalise(text).text).map(({ id, weight }) => [id, weight]);

  it.each([
    ['Ada pasar malam', [['pasar-malam', 0.1]]],
    ['PASAR MALAMNYA ramai!!', [['pasar-malam', 0.1]]],
    ['#PasarMalam', [['pasar-malam', 0.1]]],
    ['p4sar malam', [['pasar-malam', 0.1]]],
    ['Ada copet', []],
    ['Ada copet di pasar malam', [['pasar-malam', 0.7]]],
    ['Copet saat panen', [['panen', 0.2]]],
    ['Ramai di pasar malam minggu', []],
    ['Di pasar malam minggu ada komidi putar', [['pasar-malam', 0.1]]],
    [
      'Komidi putar saat panen, awas copet',
      [
        ['pasar-malam', 0.7],
        ['panen', 0.2],
      ],
    ],
    ['', []],
  ])('%s', (text, found) => {
    expect(of(text)).toEqual(found);
  });

  it('finds nothing without topics, and refuses an id twice and a term of nothing', () => {
    expect(createTopicFinder([])('pasar malam')).toEqual([]);
    expect(() => createTopicFinder([topic({ id: 'a1b' }), topic({ id: 'a1b' })])).toThrow(/stands twice/);
    expect(() => createTopicFinder([topic({ id: 'a1b', terms: ['...'] })])).toThrow(/no word or phrase/);
  });

  it('tells of examples that do not hold and of terms that name a side', () => {
    const rows = [
      topic({
        id: 'salah',
        match: ['Ada pasar pagi.'],
        noMatch: ['Ada pasar malam.'],
        weigh: [{ terms: ['partai rekaan'], weight: 1 }],
      }),
    ];
    expect(checkTopics(rows, (text) => text.startsWith('partai'))).toEqual([
      { topic: 'salah', what: 'match', text: 'Ada pasar pagi.' },
      { topic: 'salah', what: 'noMatch', text: 'Ada pasar malam.' },
      { topic: 'salah', what: 'partisan', text: 'partai rekaan' },
    ]);
  });
});

it('knows as sides what the lexicon names as a group, a camp, a party or a person, and no institution else', async () => {
  const names = await sidesNamed(config);
  for (const side of ['cebong', 'pdip', 'prabowo', 'orang jawa']) expect(names(side), side).toBe(true);
  for (const word of ['kpu', 'bawaslu', 'surat suara', 'gempa']) expect(names(word), word).toBe(false);
});

it('puts active topics first, then what comes, then what is over', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 50 }));
  fc.assert(
    fc.property(fc.array(span), fc.integer({ min: 0, max: 160 }), (spans, at) => {
      const topics = spans.map(([from, long], n) => ({ id: String(n), from, to: from + long }));
      const states = inTurn(topics, at).map((each) => stateOf(each, at));
      const order = ['active', 'next', 'over'];
      expect(states).toEqual(states.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
      expect(states).toHaveLength(topics.length);
    }),
  );
  expect(
    dated([
      topic({ id: 'tahun' }),
      { ...topic({ id: 'hari' }), ...spanOf({ from: '2026-01-05', to: '2026-01-05' }) },
    ]),
  ).toMatchObject([{ id: 'hari' }]);
});

describe('the files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ronda-watch-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const list = (rows: string): void => writeFileSync(join(folder, 'a.yaml'), `topics:\n${rows}`);
  const row = (more = ''): string =>
    `  - {id: pasar, name: {id: Pasar, en: Market}, from: 2026-01-05, to: 2026-01-06, terms: [pasar], match: [ada pasar], noMatch: [ada toko]${more}}\n`;

  it.each([
    ['topics: nothing', /topics/],
    ['topics:\n  - {id: pasar}', /topics\.0\.name/],
    [`topics:\n${row(', wieght: 1')}`, /wieght/],
    [`topics:\n${row(', weight: 2')}`, /weight/],
    [`topics:\n${row().replace('2026-01-06', '2026-01-04')}`, /must not come before/],
    [`topics:\n${row().replace('2026-01-06', '2026-02-30')}`, /topics\.0\.to/],
    ['topics: [', /a\.yaml/],
  ])('refuse %j', (content, why) => {
    writeFileSync(join(folder, 'a.yaml'), content);
    expect(() => readWatchLists(folder)).toThrow(why);
  });

  it('are taken again when they change, and a faulty change leaves the old ones', async () => {
    list(row());
    const taken: string[][] = [];
    const faults: unknown[] = [];
    const ended = new AbortController();
    let next: (() => void) | undefined;
    const look = (): Promise<void> =>
      new Promise((resolve) => {
        const go = next;
        next = undefined;
        go?.();
        const waitForSleep = (): void => (next === undefined ? void setImmediate(waitForSleep) : resolve());
        waitForSleep();
      });
    const clock = {
      sleep: (_: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          next = resolve;
          signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    };
    const watching = watchWatchLists(
      {
        folder,
        clock,
        signal: ended.signal,
        onChange: (topics) => void taken.push(topics.map(({ id }) => id)),
        onFault: (error) => void faults.push(error),
      },
      watchListsState(folder),
    );
    await look();
    expect(taken).toEqual([]);
    list(`${row()}${row().replace('id: pasar,', 'id: toko,')}`);
    await look();
    expect(taken).toEqual([['pasar', 'toko']]);
    list('  - {id: x}');
    await look();
    await look();
    expect(faults).toHaveLength(1);
    cpSync(packaged, folder, { recursive: true });
    rmSync(join(folder, 'a.yaml'));
    await look();
    expect(taken.at(-1)).toContain('nataru-2026');
    ended.abort();
    await watching;
  });
});
