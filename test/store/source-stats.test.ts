import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CursorCommit } from '../../src/core/ports.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf, passedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const HOUR = 3_600_000;
const start = Date.parse('2026-01-05T08:00:00.000Z');

let folder: string;
let store: Store;
let clock: SimulatedClock;
let run: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-stats-'));
  clock = new SimulatedClock(start);
  store = openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock,
    seenWindowDays: 30,
  });
  run = store.openRun('schedule', 'warung').run.id;
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const iso = (ms: number): string => new Date(ms).toISOString();

function commit(given: Partial<CursorCommit>): void {
  store.saveCursor({
    source: 'warung',
    run,
    cursor: {},
    jobs: [],
    rejected: 0,
    at: iso(clock.now()),
    ...given,
  });
}

it('counts posts by the hour of their collecting, also of a job that landed first, and knows the newest', () => {
  store.land('a', batchOf(run, { passed: ['1', '2', '3'].map((id) => passedPost({ id: `rekaan:${id}` })) }));
  commit({ jobs: [{ id: 'a', posts: 3 }], rejected: 1, newestPostAt: iso(start - HOUR) });
  commit({ newestPostAt: iso(start - 2 * HOUR) });
  clock.advance(HOUR);
  commit({ jobs: [{ id: 'b', posts: 2 }] });
  clock.advance(HOUR);
  store.noteWatched('warung', clock.now());
  const hour = start / HOUR;
  expect(store.sourceFacts('warung')).toEqual({
    status: { lastTriedAt: iso(start + HOUR), lastSucceededAt: iso(start + HOUR) },
    newestPostAt: iso(start - HOUR),
    hours: [
      { hour, posts: 3, rejected: 1, watched: true },
      { hour: hour + 1, posts: 2, rejected: 0, watched: true },
      { hour: hour + 2, posts: 0, rejected: 0, watched: true },
    ],
    faults: [],
    gaps: [],
  });
  expect(store.sourceFacts('lain')).toEqual({ hours: [], faults: [], gaps: [] });
});

it('does not believe a post from the future', () => {
  commit({ newestPostAt: iso(start + HOUR) });
  expect(store.sourceFacts('warung').newestPostAt).toBeUndefined();
});

it('leaves files of a batch out of the figures', () => {
  commit({ ownRun: true, jobs: [{ id: 'a', posts: 3 }] });
  expect(store.sourceFacts('warung').hours).toEqual([]);
});

it('clears the error when a page comes, and counts faults by kind', () => {
  const fail = (kind: string, message: string): void =>
    store.saveSourceStatus('warung', { lastTriedAt: iso(clock.now()), error: { kind, message } });
  fail('timeout', 'satu');
  clock.advance(1_000);
  fail('http-503', 'dua');
  clock.advance(1_000);
  fail('timeout', 'tiga');
  expect(store.sourceFacts('warung')).toMatchObject({
    status: { error: { kind: 'timeout' } },
    hours: [],
    faults: [
      { kind: 'timeout', message: 'tiga', count: 2, lastAt: iso(start + 2_000) },
      { kind: 'http-503', message: 'dua', count: 1, lastAt: iso(start + 1_000) },
    ],
  });
  commit({});
  expect(store.sourceFacts('warung').status?.error).toBeUndefined();
});

it('records a gap once, and lets it grow', () => {
  const gap = { from: iso(start - 5 * HOUR), to: iso(start - HOUR), kind: 'offline', reason: 'mati lampu' };
  commit({ gaps: [gap] });
  commit({ gaps: [gap] });
  store.recordGap('warung', { ...gap, to: iso(start) });
  store.recordGap('warung', { to: iso(start - 2 * HOUR), kind: 'max-pages', reason: 'halaman habis' });
  expect(store.sourceFacts('warung').gaps).toEqual([
    { ...gap, to: iso(start) },
    { to: iso(start - 2 * HOUR), kind: 'max-pages', reason: 'halaman habis' },
  ]);
});

it('stays bounded, whatever a place does, and forgets in time', async () => {
  for (let n = 0; n < 700; n += 1) {
    store.recordGap('warung', { to: iso(start + n * 1_000), kind: 'cut', reason: String(n) });
    const error = { kind: `kind-${n}`, message: 'x'.repeat(2_000) };
    store.saveSourceStatus('warung', { lastTriedAt: iso(start + n * 1_000), error });
  }
  const { gaps, faults } = store.sourceFacts('warung');
  expect([gaps.length, gaps[0]?.reason]).toEqual([20, '699']);
  expect([faults.length, faults[0]?.kind, faults[0]?.message.length]).toEqual([50, 'kind-699', 500]);
  commit({});
  clock.advance(200 * 24 * HOUR);
  expect((await store.purge(clock.now())).sources).toBe(1 + 50 + 500);
  expect(store.sourceFacts('warung')).toMatchObject({ hours: [], faults: [], gaps: [] });
});

it('remembers who is paused, since when, and over a restart', () => {
  expect(store.isSourcePaused('warung')).toBe(false);
  store.setSourcePaused('warung', true);
  clock.advance(HOUR);
  store.setSourcePaused('warung', true);
  expect(store.isSourcePaused('warung')).toBe(true);
  expect(store.sourceFacts('warung').pausedAt).toBe(iso(start));
  store.setSourcePaused('warung', false);
  store.setSourcePaused('warung', false);
  expect(store.isSourcePaused('warung')).toBe(false);
});
