import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATEGORIES, type Category, LEVELS } from '../../src/core/assessment.js';
import type { QueueEntry, QueueFilter, QueuePage } from '../../src/core/desk-ports.js';
import { createQueueReader } from '../../src/store/queue-page.js';
import { type DeskRig, deskRig } from '../support/desk.js';
import { batchOf, type GivenPost } from '../support/scored.js';

let rig: DeskRig;
beforeEach(() => {
  rig = deskRig();
});
afterEach(() => rig.close());

const now = (): number => rig.clock.now();
const page = (filter: Partial<QueueFilter> & { limit?: number }): QueuePage =>
  rig.store.desk.queue.page({ scope: 'all', limit: 50, ...filter }, now());
const numbers = (filter: Partial<QueueFilter>): number[] => page(filter).entries.map(({ number }) => number);

/** Every entry, page by page. */
function walk(filter: Partial<QueueFilter>, limit: number): QueueEntry[] {
  const entries: QueueEntry[] = [];
  let after: QueuePage['next'];
  do {
    const query = { scope: 'all', limit, ...filter } as const;
    const next = rig.store.desk.queue.page(after === undefined ? query : { ...query, after }, now());
    entries.push(...next.entries);
    after = next.next;
  } while (after !== undefined);
  return entries;
}

describe('the queue', () => {
  const REGIONS = ['91', '91.01', '91.02', '92', '~91.01', '~92', undefined] as const;
  const WORDS = ['bandara', 'pasar', 'Jembatan', 'sekolah', 'gempa'] as const;
  const posts = fc.array(
    fc.record({
      level: fc.constantFrom('low', 'medium', 'high', 'critical'),
      flags: fc.subarray([...CATEGORIES], { minLength: 1 }),
      source: fc.constantFrom('warung', 'forum'),
      region: fc.constantFrom(...REGIONS),
      text: fc.subarray([...WORDS], { minLength: 1 }).map((words) => words.join(' ')),
      minutes: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 25 },
  );
  const filters = fc.record(
    {
      category: fc.constantFrom<Category>('sara', 'threat'),
      level: fc.constantFrom(...LEVELS),
      minLevel: fc.constantFrom(...LEVELS),
      source: fc.constantFrom('warung', 'forum'),
      region: fc.constantFrom('91', '91.01', '93', null),
      text: fc.constantFrom('PASAR', 'emba', 'gempa bandara', 'xyz'),
      state: fc.constantFrom('open', 'closed', 'claimed', 'escalated'),
      stage: fc.constantFrom('second-opinion', 'proposed'),
      scope: fc.constantFrom<QueueFilter['scope']>('all', {
        regions: ['91', '91.02', '~92', null],
        units: ['polda-b'],
      }),
    },
    { requiredKeys: [] },
  );

  it('has exactly what a filter asks for, in its order, on pages of any size, indexed or not', () => {
    fc.assert(
      fc.property(
        posts,
        filters,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 25 }),
        fc.nat(),
        (given, asked, limit, indexed, bounds) => {
          const own = deskRig();
          const before = rig;
          rig = own;
          try {
            const landed = own.land(
              ...given.map(
                ({ region, minutes, ...post }, n): GivenPost => ({
                  ...post,
                  id: `rekaan:${n}`,
                  createdAt: new Date(Date.UTC(2026, 0, 5, 8, minutes)).toISOString(),
                  ...(region === undefined ? {} : { region }),
                }),
              ),
            );
            own.store.desk.upkeep.indexTexts(Math.max(1, indexed));
            const { reviews, claims } = own.store.desk;
            const decided = { kind: 'decided', verdict: { kind: 'out-of-scope' } } as const;
            const state = new Map<number, string>();
            const unit = new Map<number, string>();
            for (const number of landed) {
              state.set(number, 'open');
              if (number % 5 === 0) {
                reviews.append(
                  { item: number, actor: '1', act: decided, state: 'closed', stage: 'decided' },
                  now(),
                );
                state.set(number, 'closed');
              } else if (number % 4 === 0) {
                claims.take([number], 1, now());
                state.set(number, 'claimed');
              }
              if (number % 3 === 0) {
                const act = { kind: 'handed-over', unit: 'polda-b' } as const;
                const stands = state.get(number) === 'closed' ? 'closed' : 'open';
                const stage = stands === 'closed' ? 'decided' : number % 2 === 0 ? 'second-opinion' : 'new';
                reviews.append({ item: number, actor: '1', act, state: stands, stage }, now());
                unit.set(number, 'polda-b');
              }
            }
            const scope = asked.scope ?? 'all';
            const wanted = landed.filter((number, n) => {
              const stage = number % 6 === 0 && number % 5 !== 0 ? 'second-opinion' : undefined;
              if (asked.stage !== undefined && asked.stage !== stage) return false;
              if (asked.stage !== undefined && (asked.state === 'closed' || asked.state === 'escalated'))
                return false;
              const { region = null, text, ...post } = given[n]!;
              const is = state.get(number);
              const within = (codes: readonly (string | null)[]): boolean => codes.includes(region);
              // What was read out of the text is found by its code as well.
              const code = region?.replace('~', '') ?? null;
              const words = asked.text?.toLowerCase().split(' ') ?? [];
              return (
                (asked.state === undefined || asked.state === 'open'
                  ? is === 'open' || is === 'claimed'
                  : is === asked.state) &&
                (asked.category === undefined || post.flags.includes(asked.category)) &&
                (asked.level === undefined || post.level === asked.level) &&
                (asked.minLevel === undefined ||
                  LEVELS.indexOf(post.level) >= LEVELS.indexOf(asked.minLevel)) &&
                (asked.source === undefined || post.source === asked.source) &&
                (asked.region === undefined ||
                  code === asked.region ||
                  code?.startsWith(`${asked.region}.`) === true) &&
                words.every((word) => text.toLowerCase().includes(word)) &&
                (scope === 'all' ||
                  (unit.has(number) ? scope.units.includes(unit.get(number) ?? '') : within(scope.regions)))
              );
            });
            // However common its words are taken to be, a search finds the same.
            const reader = new Database(own.path, { readonly: true });
            const narrow = createQueueReader(reader, {
              named: bounds % 3,
              members: bounds % 5,
              common: 1 + (bounds % 7),
              sample: 30,
              walked: 60,
              texts: 60,
              piece: 1 + (bounds % 4),
            });
            const { entries } = narrow.page({ scope: 'all', limit: 200, ...asked }, now());
            reader.close();
            expect(entries.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(wanted);
            const found = walk(asked, limit);
            expect(found.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(wanted);
            const order = found.toSorted((a, b) => b.priority - a.priority || b.number - a.number);
            expect(found).toEqual(order);
            expect(own.store.desk.queue.count({ scope: 'all', ...asked }, now())).toEqual({
              n: wanted.length,
              more: false,
            });
          } finally {
            own.close();
            rig = before;
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('puts level before everything, then youth, and a narrative’s speed above both within the level', () => {
    const at = (hour: number): string => new Date(Date.UTC(2026, 0, 5, hour)).toISOString();
    const [old, young, low] = rig.land(
      { id: 'rekaan:1', level: 'high', createdAt: at(1) },
      { id: 'rekaan:2', level: 'high', createdAt: at(9) },
      { id: 'rekaan:3', level: 'low', createdAt: at(20) },
    );
    expect(numbers({})).toEqual([young, old, low]);
    rig.store.desk.upkeep.setSpeed([old!, low!], 1);
    expect(numbers({})).toEqual([old, young, low]);
    // A later revision keeps the speed.
    rig.land({ id: 'rekaan:1', level: 'high', createdAt: at(1), text: 'isi yang lain', collectedAt: at(23) });
    expect(numbers({})).toEqual([old, young, low]);
  });

  it('shows who works on an item until when, and no more than the text’s beginning', () => {
    const [number] = rig.land({ id: 'rekaan:1', text: 'panjang '.repeat(200) });
    rig.store.desk.claims.take([number!], 7, now());
    const [entry] = page({}).entries;
    expect(entry).toMatchObject({ state: 'claimed', claim: { user: 7 } });
    expect(entry?.excerpt.length).toBeLessThanOrEqual(400);
    rig.clock.advance(300_001);
    expect(page({}).entries[0]).toMatchObject({ state: 'open' });
    expect(page({}).entries[0]).not.toHaveProperty('claim');
  });

  it('counts to a thousand, and no further', () => {
    rig.land(...Array.from({ length: 1_003 }, (_, n) => ({ id: `rekaan:${n}` })));
    const { queue } = rig.store.desk;
    expect(queue.count({ scope: 'all' }, now())).toEqual({ n: 1_000, more: true });
    expect(queue.arrived(1_000, 'all')).toEqual({ n: 3, more: false });
    expect(queue.arrived(1_000, { regions: ['91'], units: [] })).toEqual({ n: 0, more: false });
    expect(queue.arrived(0, { regions: [null], units: [] })).toEqual({ n: 1_000, more: true });
    expect(queue.newest()).toBe(1_003);
  });

  it('counts a search by the way, and says where a common word was not counted to its end', () => {
    rig.land(
      ...Array.from({ length: 300 }, (_, n) => ({
        id: `rekaan:${n}`,
        text: `pasar ${n % 2 ? 'gempa' : 'x'}`,
      })),
    );
    while (rig.store.desk.upkeep.indexTexts(1_000).waiting > 0);
    expect(page({ text: 'gempa', limit: 10 })).toMatchObject({ count: { n: 150, more: false } });
    expect(page({ limit: 10 })).not.toHaveProperty('count');
    const reader = new Database(rig.path, { readonly: true });
    const narrow = createQueueReader(reader, {
      named: 10,
      members: 20,
      common: 5,
      sample: 100,
      walked: 50,
      texts: 40,
      piece: 20,
    });
    const first = narrow.page({ scope: 'all', text: 'gempa', limit: 200 }, now());
    reader.close();
    expect(first.entries).toHaveLength(20);
    expect(first).toMatchObject({ count: { n: 20, more: true }, next: { number: 261 } });
  });

  it('reads on a read-only connection', () => {
    const landed = rig.land({ id: 'rekaan:1', region: '91' });
    const reading = rig.open(true).desk.queue;
    expect(reading.page({ scope: 'all', limit: 5, text: 'rekaan' }, now()).entries).toHaveLength(1);
    expect(reading.regions()).toEqual(['91', null]);
    expect(reading.newest()).toBe(landed[0]);
  });
});

describe('the search', () => {
  it.each([
    ['part of a word, whatever the case', 'ANDAR', 1],
    ['two words in any order', 'udara bandar', 1],
    ['quotes and operators as they are', '"udara" OR NOT', 0],
    ['a word of two letters with a longer one', 'di bandara', 1],
    ['words that are too short alone', 'di', 0],
    ['letters of other scripts', 'عربي', 1],
    ['a percent sign as itself', '100%', 1],
    ['a star as itself', 'band*', 0],
  ])('finds %s', (_, text, found) => {
    rig.land(
      { id: 'rekaan:1', text: 'Antrean di Bandara: “udara” panas, 100% عربي' },
      { id: 'rekaan:2', text: 'lain' },
    );
    expect(numbers({ text })).toHaveLength(found);
    rig.store.desk.upkeep.indexTexts(100);
    expect(numbers({ text })).toHaveLength(found);
  });

  it('takes texts in pieces and says what waits', () => {
    rig.land(...Array.from({ length: 5 }, (_, n) => ({ id: `rekaan:${n}` })));
    const { upkeep } = rig.store.desk;
    expect(upkeep.indexTexts(2)).toEqual({ indexed: 2, waiting: 3 });
    expect(upkeep.indexTexts(10)).toEqual({ indexed: 3, waiting: 0 });
    expect(upkeep.indexTexts(10)).toEqual({ indexed: 0, waiting: 0 });
  });

  it('finds the revision that is shown', () => {
    const id = 'rekaan:1';
    const [number] = rig.land({ id, text: 'kalimat pertama' });
    rig.land({ id, text: 'kalimat kedua', collectedAt: '2026-02-01T00:00:00.000Z' });
    rig.store.desk.upkeep.indexTexts(10);
    expect(numbers({ text: 'kedua' })).toEqual([number]);
    expect(numbers({ text: 'pertama' })).toEqual([]);
  });

  it('forgets a withdrawn and a deleted text, and takes in what is given its place', () => {
    const [gone, deleted] = rig.land(
      { id: 'rekaan:1', text: 'rahasiasatu panjang' },
      { id: 'rekaan:2', text: 'rahasiadua panjang' },
    );
    rig.store.desk.upkeep.indexTexts(10);
    const withdrawn = {
      toldAt: '2026-11-22T06:00:00.000Z',
      posts: [{ id: 'rekaan:1', at: '2026-11-22T05:59:00.000Z' }],
    };
    rig.store.land('withdrawal', { ...batchOf('run', {}), withdrawn });
    expect(numbers({ text: 'rahasia' })).toEqual([deleted]);
    const entry = page({ state: 'closed' }).entries.find(({ number }) => number === gone);
    expect(entry).toMatchObject({ excerpt: '', withdrawnAt: '2026-11-22T05:59:00.000Z' });
    const db = new Database(rig.path);
    db.pragma('foreign_keys = ON');
    db.prepare('DELETE FROM posts WHERE item = ?').run(deleted);
    db.prepare('DELETE FROM items WHERE number = ?').run(deleted);
    db.exec(`INSERT INTO post_texts (post_texts) VALUES ('integrity-check')`);
    const match = db
      .prepare(`SELECT count(*) FROM post_texts WHERE post_texts MATCH '"asi" AND "hsa"'`)
      .pluck();
    expect(match.get()).toBe(0);
    // Not one trigram of the words is left in the file's index.
    db.exec(`CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, post_texts, row)`);
    expect(
      db.prepare(`SELECT term FROM temp.terms WHERE term IN ('rah', 'ias', 'asa', 'adu')`).all(),
    ).toEqual([]);
    db.close();
    const [fresh] = rig.land({ id: 'rekaan:3', text: 'sesudahnya' });
    rig.store.desk.upkeep.indexTexts(10);
    expect(numbers({ text: 'sesudah' })).toEqual([fresh]);
  });
});
