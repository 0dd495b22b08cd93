import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScoredPost } from '../../src/core/batch.js';
import type { LandJob } from '../../src/core/ports.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf, type GivenPost, landedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const MOST = 3;
const DAY_MS = 86_400_000;

let folder: string;
let clock: SimulatedClock;
let store: Store;

function open(): Store {
  return openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock,
    seenWindowDays: 30,
    mostCopies: MOST,
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-copies-'));
  clock = new SimulatedClock();
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A copy, as a scorer hands it over. */
function copy(given: GivenPost, wording = 'bunyi-satu'): ScoredPost {
  return { ...landedPost({ text: 'bunyi yang sama', ...given }), wording };
}

function copies(n: number, from = 0, given: Partial<GivenPost> = {}): ScoredPost[] {
  return Array.from({ length: n }, (_, at) => copy({ id: `rekaan:${from + at}`, ...given }));
}

const item = (number: number) => store.getItem(number);

describe('copies of a text', () => {
  it('become items up to the most, and are counted beyond, in every sum', () => {
    const times = [1, 5, 3, 2, 4].map((hour) => `2026-01-05T0${hour}:00:00.000Z`);
    const landed = times.map((createdAt, n) => copy({ id: `rekaan:${n}`, createdAt }));
    const report = store.land('a', batchOf('run', { landed }));
    expect(report).toMatchObject({ applied: true, landed: 5, copies: 2, seen: 0, items: [1, 2, 3] });
    expect(store.runCounts('run')).toMatchObject({ collected: 5, landed: 5, copies: 2, seen: 0, failed: 0 });
    const counted = store.hourlyCounts('2026-01-05T00:00:00Z', '2026-01-06T00:00:00Z');
    expect(counted.filter(({ measure }) => measure === 'flag:sara')).toHaveLength(5);
    // All of its items tell of them, and so does the queue.
    const told = [{ source: 'warung', n: 2, from: times[3], to: times[4] }];
    expect([1, 2, 3].map((number) => item(number)?.copies)).toEqual([told, told, told]);
    const page = store.desk.queue.page({ scope: 'all', limit: 10 }, clock.now());
    expect(page.entries.map((entry) => entry.copies)).toEqual([2, 2, 2]);
  });

  it('are told apart by what was found in them, by region and by source', () => {
    const others: Partial<GivenPost>[] = [{ level: 'high' }, { flags: ['hate'] }, { region: '32' }];
    const landed = others.flatMap((given, at) => copies(MOST, at * 10, given));
    store.land('a', batchOf('run', { landed }));
    store.land('b', batchOf('run', { source: 'pasar', landed: copies(MOST, 50) }));
    store.land('c', batchOf('run', { landed: copies(MOST, 70) }));
    expect(store.runCounts('run')).toEqual({
      collected: 15,
      landed: 15,
      passed: 0,
      seen: 0,
      failed: 0,
      incomplete: 0,
    });
  });

  it('of an older scorer, which does not say what it read, are items all', () => {
    const landed = copies(MOST + 4).map(({ wording: _, ...scored }) => scored);
    expect(store.land('a', batchOf('run', { landed }))).not.toHaveProperty('copies');
  });

  it('begin anew with the next day', () => {
    store.land('a', batchOf('run', { landed: copies(MOST + 1) }));
    clock.advance(DAY_MS);
    expect(store.land('b', batchOf('run', { landed: copies(MOST + 1, 50) }))).toMatchObject({
      landed: MOST + 1,
      copies: 1,
    });
    expect(item(1)?.copies).toMatchObject([{ n: 2 }]);
  });

  it('count as flagged in the fingerprints that stories are made of', () => {
    const fingerprint = { signature: Buffer.alloc(64, 9).toString('base64'), terms: 'kata=kata' };
    const landed = copies(MOST + 2).map((scored) => ({ ...scored, fingerprint }));
    store.land('a', batchOf('run', { landed }));
    const prints = store.narratives.printsAfter(0);
    expect(prints.reduce((sum, { count }) => sum + count, 0)).toBe(MOST + 2);
  });

  it('are the item’s where they are further revisions of one', () => {
    store.land('a', batchOf('run', { landed: copies(MOST + 1) }));
    const revised = copy({
      id: 'rekaan:0',
      revision: 'ffffffffffffffff',
      collectedAt: '2026-01-05T10:00:00.000Z',
    });
    expect(store.land('b', batchOf('run', { landed: [revised] }))).not.toHaveProperty('copies');
    expect(item(1)?.revisions).toBe(2);
  });

  const more = (): { readonly landed: number; readonly copies?: number; readonly items: readonly number[] } =>
    store.land('more', batchOf('run', { landed: copies(2, 100) }));

  it.each<[string, () => void]>([
    [
      'was withdrawn',
      () => {
        const withdrawn = {
          toldAt: new Date(clock.now()).toISOString(),
          posts: [{ id: `rekaan:${MOST - 1}`, at: new Date(clock.now()).toISOString() }],
        };
        store.land('w', batchOf('run', { withdrawn }));
      },
    ],
    ['was erased', () => void store.erasures.erase(`rekaan:${MOST - 1}`, { cases: false }, clock.now())],
    [
      'reads otherwise now',
      () => {
        const edited = copy(
          { id: `rekaan:${MOST - 1}`, text: 'bunyi lain', collectedAt: '2026-01-05T10:00:00.000Z' },
          'bunyi-dua',
        );
        store.land('e', batchOf('run', { landed: [edited] }));
      },
    ],
  ])('are read by somebody again where the item that stood for them %s', (_, change) => {
    store.land('a', batchOf('run', { landed: copies(MOST) }));
    change();
    const { items, copies: counted } = more();
    expect(items).toHaveLength(1);
    expect(counted).toBe(1);
  });

  it('that were erased before they came are not counted', () => {
    store.land('a', batchOf('run', { landed: copies(MOST) }));
    store.erasures.erase('rekaan:100', { cases: false }, clock.now());
    expect(more()).toMatchObject({ landed: 1, seen: 1, copies: 1 });
  });

  it('leave no word and no name that is not an item’s', () => {
    const author = { id: 'akun-salinan-lanjutan' };
    store.land('a', batchOf('run', { landed: copies(MOST) }));
    store.land(
      'b',
      batchOf('run', { landed: copies(5, 700, { author, text: 'bunyi  yang sama, LANJUTAN' }) }),
    );
    const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    for (const word of ['LANJUTAN', 'akun-salinan', 'rekaan:702', 'bunyi-satu'])
      expect(bytes.includes(word), word).toBe(false);
    expect(bytes.includes('rekaan:2')).toBe(true);
  });

  it('are forgotten once nothing is left that they were counted with', async () => {
    const { items } = store.land('a', batchOf('run', { landed: copies(MOST + 1) }));
    for (const at of items.keys()) store.erasures.erase(`rekaan:${at}`, { cases: false }, clock.now());
    await store.purge(clock.now());
    const before = store.land('b', batchOf('run', { landed: copies(1, 50) }));
    expect(item(before.items[0]!)?.copies).toMatchObject([{ n: 1 }]);
    store.erasures.erase('rekaan:50', { cases: false }, clock.now());
    clock.advance(200 * DAY_MS);
    await store.purge(clock.now());
    const after = store.land('c', batchOf('run', { landed: copies(1, 60) }));
    expect(item(after.items[0]!)).not.toHaveProperty('copies');
  });
});

describe('what copies come to', () => {
  const SOURCES = ['warung', 'pasar'];
  const WORDINGS = ['bunyi-satu', 'bunyi-dua'];
  const post = fc.record({
    n: fc.nat({ max: 11 }),
    source: fc.constantFrom(...SOURCES),
    wording: fc.constantFrom(...WORDINGS),
  });
  const delivery = fc.record({
    posts: fc.array(post, { minLength: 1, maxLength: 6 }),
    again: fc.boolean(),
    /** What happens before it: nothing, the process dies, or a transaction fails. */
    before: fc.constantFrom('nothing', 'death', 'failure'),
  });

  it('is the same in any order, however often delivered, and whatever is cut short', () => {
    fc.assert(
      fc.property(fc.array(delivery, { minLength: 1, maxLength: 12 }), (deliveries) => {
        store.close();
        rmSync(folder, { recursive: true, force: true });
        folder = mkdtempSync(join(tmpdir(), 'ronda-copies-'));
        store = open();
        const distinct = new Map<string, Set<string>>();
        const jobs: LandJob[] = [];
        for (const [at, { posts, again, before }] of deliveries.entries()) {
          const bySource = SOURCES.flatMap((source): LandJob[] => {
            const landed = posts
              .filter((each) => each.source === source)
              .map(({ n, wording }) => {
                const id = `${source}:${wording}-${n}`;
                const key = `${source} ${wording}`;
                distinct.set(key, (distinct.get(key) ?? new Set()).add(id));
                return copy({ id, source }, wording);
              });
            return landed.length === 0
              ? []
              : [{ id: `${at}-${source}`, batch: batchOf('run', { source, landed }) }];
          });
          if (before === 'death') {
            store.close();
            store = open();
          }
          if (before === 'failure') {
            const broken = { ...copy({ id: 'rekaan:rusak' }), assessment: undefined as never };
            const poison = { id: 'poison', batch: batchOf('run', { landed: [broken] }) };
            expect(() => store.landAll([...bySource, poison])).toThrow();
          }
          store.landAll(bySource);
          jobs.push(...bySource);
          if (again) store.landAll([...jobs].reverse());
        }
        const all = [...distinct.values()].reduce((sum, ids) => sum + ids.size, 0);
        const items = [...distinct.values()].reduce((sum, ids) => sum + Math.min(MOST, ids.size), 0);
        const { collected, landed, seen, copies: counted = 0 } = store.runCounts('run');
        expect({ landed, counted, items: store.countItems().open }).toEqual({
          landed: all,
          counted: all - items,
          items,
        });
        expect(collected).toBe(landed + seen);
        const told = new Map<string, number>();
        for (const { post: kept, copies: some = [] } of store.listItems({ limit: 1000 })) {
          const wording = WORDINGS.find((each) => kept.id.includes(each));
          for (const { source, n } of some) told.set(`${source} ${wording}`, n);
        }
        const beyond = [...distinct].flatMap(([key, ids]): [string, number][] =>
          ids.size > MOST ? [[key, ids.size - MOST]] : [],
        );
        expect(Object.fromEntries(told)).toEqual(Object.fromEntries(beyond));
      }),
      { numRuns: 15 },
    );
  });
});
