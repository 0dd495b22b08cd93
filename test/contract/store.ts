import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATEGORIES, LEVELS } from '../../src/core/assessment.js';
import type { ScoredBatch } from '../../src/core/batch.js';
import { PermanentError } from '../../src/core/errors.js';
import type { ConditionalStore } from '../../src/core/fetch-ports.js';
import type { ItemQuery } from '../../src/core/item.js';
import type {
  CursorCommit,
  CursorStore,
  ItemStore,
  LandReport,
  LandStore,
  RunStore,
} from '../../src/core/ports.js';
import { batchOf, landedPost, POSTED, passedPost, revisionOf } from '../support/scored.js';

/** Every port that the store stands behind. */
export interface StorePorts extends LandStore, ItemStore, RunStore, CursorStore, ConditionalStore {
  close(): void;
}

/** One store, empty for each test. */
export interface StoreBackend {
  /** Opens it, again after {@link StorePorts.close} as well, as a process that was killed and started anew would. */
  open(): StorePorts;
  dispose(): void;
}

/** What every store must do. */
export function storeContract(name: string, create: () => StoreBackend): void {
  describe(`${name}: a store`, () => {
    let backend: StoreBackend;
    let store: StorePorts;
    let run: string;

    beforeEach(() => {
      backend = create();
      store = backend.open();
      run = store.openRun('once', 'contract').run.id;
    });
    afterEach(() => {
      store.close();
      backend.dispose();
    });

    const land = (id: string, given: Partial<ScoredBatch>): LandReport => store.land(id, batchOf(run, given));

    const commit = (given: Partial<CursorCommit>): CursorCommit => ({
      source: 'warung',
      run,
      cursor: {},
      jobs: [],
      rejected: 0,
      at: POSTED,
      ...given,
    });

    describe('landing', () => {
      it('keeps what landed and counts what passed', () => {
        const report = land('01', {
          landed: [landedPost({ id: 'rekaan:1', incomplete: ['model'] })],
          passed: [passedPost({ id: 'rekaan:2' }), passedPost({ id: 'rekaan:3', incomplete: true })],
        });
        const [item] = store.listItems({ limit: 10 });
        expect(report).toEqual({
          applied: true,
          landed: 1,
          passed: 2,
          seen: 0,
          failed: 0,
          incomplete: 2,
          items: [item?.number],
        });
        expect(store.runCounts(run)).toEqual({
          collected: 3,
          landed: 1,
          passed: 2,
          seen: 0,
          failed: 0,
          incomplete: 2,
        });
        expect(store.countItems()).toEqual({ open: 1, claimed: 0, escalated: 0, closed: 0 });
      });

      it('gives an item back as it came, without author, link and record', () => {
        const text = 'Kata “dia” 🐒\0 itu\nkalimat rekaan';
        const scored = landedPost({
          id: 'rekaan:10',
          text,
          url: 'https://rekaan.example/10',
          author: { id: 'akun-77', handle: 'ujangrekaan' },
          reach: { likes: 3 },
          region: '32',
          record: {
            mediaType: 'application/json',
            encoding: 'utf8',
            bytes: '{"by":"ujangrekaan"}',
            from: 'https://rekaan.example/api',
            receivedAt: POSTED,
            headers: {},
            bodySha256: null,
          },
        });
        land('01', { landed: [scored] });
        const [item] = store.listItems({ limit: 1 });
        const { author: _, url: __, record: ___, ...post } = scored.post;
        expect(item).toMatchObject({ state: 'open', revisions: 1, post, assessment: scored.assessment });
        expect(item?.assessment.findings[0]?.text).toBe(text.slice(0, 4));
        expect(JSON.stringify(item)).not.toMatch(/ujangrekaan|akun-77|rekaan\.example/);
        expect(store.getItem(item?.number ?? 0)).toEqual(item);
        expect(store.getItem(999)).toBeUndefined();
      });

      it('lands a job once', () => {
        const given = { landed: [landedPost({ id: 'rekaan:1' })], passed: [passedPost({ id: 'rekaan:2' })] };
        land('01', given);
        expect(land('01', given)).toEqual({
          applied: false,
          landed: 0,
          passed: 0,
          seen: 0,
          failed: 0,
          incomplete: 0,
          items: [],
        });
        expect(store.runCounts(run)).toMatchObject({ collected: 2, landed: 1, passed: 1, seen: 0 });
      });

      it('knows a post again, in the same batch, in another job and after it was opened anew', () => {
        const post = landedPost({ id: 'rekaan:1' });
        const passed = passedPost({ id: 'rekaan:2' });
        expect(land('01', { landed: [post, post], passed: [passed, passed] })).toMatchObject({
          landed: 1,
          passed: 1,
          seen: 2,
        });
        expect(land('02', { landed: [post], passed: [passed] })).toMatchObject({
          landed: 0,
          passed: 0,
          seen: 2,
        });
        store.close();
        store = backend.open();
        expect(land('03', { landed: [post], passed: [passed] })).toMatchObject({
          landed: 0,
          passed: 0,
          seen: 2,
        });
        expect(store.listItems({ limit: 10 })).toHaveLength(1);
      });

      it('shows the revision collected last under the same number, in whatever order they come', () => {
        const first = landedPost({
          id: 'rekaan:1',
          text: 'pertama',
          collectedAt: '2026-01-05T09:00:00.000Z',
        });
        const second = landedPost({
          id: 'rekaan:1',
          text: 'kedua',
          collectedAt: '2026-01-05T10:00:00.000Z',
          level: 'high',
          flags: ['hate'],
        });
        const third = landedPost({ id: 'rekaan:1', text: 'ketiga', collectedAt: '2026-01-05T11:00:00.000Z' });
        const { items } = land('01', { landed: [second] });
        expect(land('02', { landed: [first] })).toMatchObject({ landed: 1, items: [] });
        expect(store.listItems({ limit: 10 })).toMatchObject([
          { number: items[0], revisions: 2, post: { text: 'kedua' }, assessment: { level: 'high' } },
        ]);
        expect(store.listItems({ limit: 10, category: 'hate', minLevel: 'high' })).toHaveLength(1);
        land('03', { landed: [third] });
        expect(store.getItem(items[0] ?? 0)).toMatchObject({ revisions: 3, post: { text: 'ketiga' } });
        expect(store.listItems({ limit: 10, category: 'hate' })).toEqual([]);
      });

      it('counts a buried job as failed until it lands after all', () => {
        const real = { landed: [landedPost({ id: 'rekaan:1' })], passed: [passedPost({ id: 'rekaan:2' })] };
        expect(land('01', { failed: 2 })).toMatchObject({ applied: true, failed: 2 });
        expect(land('01', { failed: 2 })).toMatchObject({ applied: false, failed: 0 });
        expect(store.runCounts(run)).toMatchObject({ collected: 2, failed: 2, landed: 0 });
        expect(land('01', real)).toMatchObject({ applied: true, landed: 1, passed: 1 });
        expect(store.runCounts(run)).toMatchObject({ collected: 2, failed: 0, landed: 1, passed: 1 });
        expect(land('01', { failed: 2 })).toMatchObject({ applied: false });
        expect(store.runCounts(run)).toMatchObject({ collected: 2, failed: 0, landed: 1, passed: 1 });
      });

      it('takes posts of hostile shape', () => {
        const ids = [
          'rekaan:',
          'tanpa-titik-dua',
          `rekaan:${'x'.repeat(20_000)}`,
          "rekaan:'; DROP TABLE items; --",
        ];
        const landed = ids.map((id) => landedPost({ id, createdAt: 'kemarin', revision: 'bukan-heksa' }));
        expect(land('01', { landed, passed: [passedPost({ id: '🐒', at: '' })] })).toMatchObject({
          landed: 4,
          passed: 1,
        });
        expect(store.listItems({ limit: 10 }).map(({ post }) => post.id)).toEqual(ids.toReversed());
      });
    });

    describe('counts of a run', () => {
      it.each([
        ['the cursor first', true],
        ['the landing first', false],
      ])('count a job once, %s', (_, cursorFirst) => {
        const save = (): void => store.saveCursor(commit({ jobs: [{ id: '01', posts: 2 }] }));
        const landIt = (): unknown =>
          land('01', { landed: [landedPost({ id: 'rekaan:1' })], passed: [passedPost({ id: 'rekaan:2' })] });
        if (cursorFirst) {
          save();
          expect(store.runCounts(run)).toMatchObject({ collected: 2, landed: 0, passed: 0 });
        }
        landIt();
        if (!cursorFirst) save();
        save();
        expect(store.runCounts(run)).toMatchObject({ collected: 2, landed: 1, passed: 1, failed: 0 });
      });

      it('add rejected rows to what was collected and what failed', () => {
        store.saveCursor(commit({ jobs: [{ id: '01', posts: 1 }], rejected: 3 }));
        land('01', { passed: [passedPost({ id: 'rekaan:2' })] });
        expect(store.runCounts(run)).toMatchObject({ collected: 4, passed: 1, failed: 3 });
      });

      it('are zero for a run that is not known', () => {
        expect(store.runCounts('tidak-ada')).toEqual({
          collected: 0,
          landed: 0,
          passed: 0,
          seen: 0,
          failed: 0,
          incomplete: 0,
        });
      });
    });

    it('comes to the same end for any order, repetition and crash of batches', () => {
      const post = fc.record({
        id: fc.integer({ min: 0, max: 12 }),
        revision: fc.integer({ min: 0, max: 2 }),
      });
      const batches = fc.array(fc.array(post, { maxLength: 8 }), { minLength: 1, maxLength: 8 });
      const deliveries = (count: number): fc.Arbitrary<readonly { job: number; crash: boolean }[]> =>
        fc
          .tuple(
            fc.shuffledSubarray(
              Array.from({ length: count }, (_, job) => job),
              { minLength: count, maxLength: count },
            ),
            fc.array(fc.integer({ min: 0, max: count - 1 }), { maxLength: 6 }),
            fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
          )
          .map(([all, again, dice]) =>
            [...all, ...again].map((job) => ({ job, crash: dice.next().value === 0 })),
          );
      const scenario = batches.chain((jobs) =>
        fc.record({ jobs: fc.constant(jobs), one: deliveries(jobs.length), other: deliveries(jobs.length) }),
      );
      fc.assert(
        fc.property(scenario, ({ jobs, one, other }) => {
          const ends = [one, other].map((order) => {
            const own = create();
            try {
              return endOf(own, jobs, order);
            } finally {
              own.dispose();
            }
          });
          expect(ends[0]).toEqual(ends[1]);
        }),
        { numRuns: 40 },
      );
    });

    describe('listing', () => {
      it('gives the pages of any filter, newest first', () => {
        const sources = ['warung', 'pasar'];
        const kinds = fc.record({
          source: fc.constantFrom(...sources),
          level: fc.constantFrom(...LEVELS),
          flags: fc.subarray([...CATEGORIES]),
        });
        const query: fc.Arbitrary<ItemQuery> = fc.record(
          {
            limit: fc.integer({ min: 1, max: 7 }),
            before: fc.integer({ min: 1, max: 45 }),
            state: fc.constantFrom('open', 'closed'),
            source: fc.constantFrom(...sources, 'lain'),
            category: fc.constantFrom(...CATEGORIES),
            minLevel: fc.constantFrom(...LEVELS),
            run: fc.constantFrom(run, 'lain'),
          },
          { requiredKeys: ['limit'] },
        );
        const given = fc.sample(kinds, { numRuns: 40, seed: 7 });
        land('01', { landed: given.map((kind, n) => landedPost({ id: `rekaan:${n}`, ...kind })) });
        const all = store.listItems({ limit: 100 });
        expect(all).toHaveLength(40);
        fc.assert(
          fc.property(query, (asked) => {
            const expected = all.filter(
              (item) =>
                (asked.before === undefined || item.number < asked.before) &&
                (asked.state === undefined || item.state === asked.state) &&
                (asked.source === undefined || item.post.source === asked.source) &&
                (asked.category === undefined || item.assessment.flags.includes(asked.category)) &&
                (asked.minLevel === undefined ||
                  LEVELS.indexOf(item.assessment.level) >= LEVELS.indexOf(asked.minLevel)) &&
                (asked.run === undefined || asked.run === run),
            );
            expect(store.listItems(asked).map(({ number }) => number)).toEqual(
              expected.slice(0, asked.limit).map(({ number }) => number),
            );
          }),
        );
        expect(all.map(({ number }) => number)).toEqual(
          all.map(({ number }) => number).toSorted((a, b) => b - a),
        );
      });
    });

    describe('runs', () => {
      it('resume under their kind and key until they are finished', () => {
        const first = store.openRun('batch', 'a.jsonl 10');
        expect(first).toMatchObject({ resumed: false, run: { kind: 'batch', key: 'a.jsonl 10' } });
        expect(store.openRun('batch', 'a.jsonl 10')).toEqual({ run: first.run, resumed: true });
        expect(store.openRun('once', 'a.jsonl 10').resumed).toBe(false);
        expect(store.openRun('batch', 'b.jsonl 10').resumed).toBe(false);
        store.finishRun(first.run.id, 'done');
        const second = store.openRun('batch', 'a.jsonl 10');
        expect(second.resumed).toBe(false);
        expect(second.run.id).not.toBe(first.run.id);
      });

      it('are listed newest first with their counts and outcome', () => {
        land('01', { failed: 3 });
        store.finishRun(run, 'done-with-failures');
        const later = store.openRun('batch', 'later').run.id;
        expect(store.listRuns(10)).toMatchObject([
          { id: later, counts: { collected: 0 } },
          { id: run, outcome: 'done-with-failures', counts: { collected: 3, failed: 3 } },
        ]);
        expect(store.listRuns(1)).toHaveLength(1);
      });
    });

    describe('sources', () => {
      it('have a cursor of their own and one for each run', () => {
        expect(store.getCursor('warung')).toBeUndefined();
        store.saveCursor(commit({ cursor: { offset: 1 } }));
        store.saveCursor(commit({ cursor: { offset: 2 }, ownRun: true }));
        store.saveCursor(commit({ cursor: { offset: 3 }, source: 'pasar' }));
        expect(store.getCursor('warung')).toEqual({ offset: 1 });
        expect(store.getCursor('warung', run)).toEqual({ offset: 2 });
        expect(store.getCursor('warung', 'lain')).toBeUndefined();
        store.saveCursor(commit({ cursor: { offset: 9, seen: ['ä'] } }));
        expect(store.getCursor('warung')).toEqual({ offset: 9, seen: ['ä'] });
      });

      it('refuse a cursor of more than 64 kB and keep the one before, with its counts', () => {
        store.saveCursor(commit({ cursor: { offset: 1 }, rejected: 1 }));
        const large = commit({ cursor: { x: 'é'.repeat(33_000) }, rejected: 1 });
        expect(() => store.saveCursor(large)).toThrow(PermanentError);
        expect(store.getCursor('warung')).toEqual({ offset: 1 });
        expect(store.runCounts(run)).toMatchObject({ failed: 1 });
      });

      it('keep when they last succeeded while they fail', () => {
        store.saveSourceStatus('warung', { lastTriedAt: POSTED, lastSucceededAt: POSTED });
        const error = { kind: 'timeout', message: 'no answer in 60 s' };
        store.saveSourceStatus('warung', { lastTriedAt: '2026-01-06T00:00:00.000Z', error });
        expect(store.listSourceStatus()).toEqual([
          { source: 'warung', lastTriedAt: '2026-01-06T00:00:00.000Z', lastSucceededAt: POSTED, error },
        ]);
        store.saveSourceStatus('warung', { lastTriedAt: POSTED, lastSucceededAt: POSTED });
        expect(store.listSourceStatus()).toEqual([
          { source: 'warung', lastTriedAt: POSTED, lastSucceededAt: POSTED },
        ]);
      });

      it('keep what was said of an address for the next request', () => {
        const url = 'https://rekaan.example/feed?token=x';
        expect(store.getConditional(url)).toBeUndefined();
        store.setConditional(url, { etag: '"1"', lastModified: 'Mon, 05 Jan 2026 08:00:00 GMT' });
        store.setConditional(url, { etag: '"2"' });
        expect(store.getConditional(url)).toEqual({ etag: '"2"' });
      });
    });
  });
}

/** Lands the jobs in the order of their deliveries, opening the store anew at each crash; what then is to be seen of it. */
function endOf(
  backend: StoreBackend,
  jobs: readonly (readonly { id: number; revision: number }[])[],
  order: readonly { job: number; crash: boolean }[],
): unknown {
  let store = backend.open();
  const run = store.openRun('once', 'property').run.id;
  for (const { job, crash } of order) {
    const posts = jobs[job] ?? [];
    const scored = posts.map(({ id, revision }) =>
      landedPost({
        id: `rekaan:${id}`,
        text: `isi ${id} ${revision}`,
        collectedAt: `2026-01-05T0${revision}:00:00.000Z`,
        level: revision === 2 ? 'high' : 'medium',
      }),
    );
    // Posts with an even number land, the others pass.
    const landed = scored.filter((_, at) => (posts[at]?.id ?? 0) % 2 === 0);
    const passed = scored
      .filter((post) => !landed.includes(post))
      .map(({ post }) => passedPost({ id: post.id, revision: revisionOf(post.text) }));
    store.land(`job-${job}`, batchOf(run, { landed, passed }));
    if (crash) {
      store.close();
      store = backend.open();
    }
  }
  const items = store.listItems({ limit: 100 }).map(({ post, assessment, revisions }) => ({
    id: post.id,
    text: post.text,
    level: assessment.level,
    revisions,
  }));
  const counts = store.runCounts(run);
  expect(counts.collected).toBe(counts.landed + counts.passed + counts.seen + counts.failed);
  expect(counts.collected).toBe(jobs.flat().length);
  store.close();
  return { items: items.toSorted((a, b) => a.id.localeCompare(b.id)), counts };
}
