import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addToFilter, createFilter, createKeySet, KEY_WORDS, mayHold } from '../../src/store/key-set.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf, landedPost, passedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const DAY = 86_400_000;
const WINDOW_DAYS = 30;

let folder: string;
let clock: SimulatedClock;
const opened: Store[] = [];

const path = (): string => join(folder, 'ronda.db');

function open(): Store {
  const store = openStore({ path: path(), secret: Buffer.alloc(32, 7), clock, seenWindowDays: WINDOW_DAYS });
  opened.push(store);
  return store;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-seen-'));
  clock = new SimulatedClock();
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  rmSync(folder, { recursive: true, force: true });
});

let jobs = 0;

/** Lands posts by number, `perJob` a job; how many were new. */
function pass(store: Store, from: number, to: number, perJob = 500): number {
  let passed = 0;
  for (let n = from; n < to; n += perJob) {
    const numbers = Array.from({ length: Math.min(perJob, to - n) }, (_, i) => n + i);
    const posts = numbers.map((each) => passedPost({ id: `rekaan:${each}`, authorId: `akun-${each % 7}` }));
    jobs += 1;
    passed += store.land(`job-${jobs}`, batchOf('run', { passed: posts })).passed;
  }
  return passed;
}

function segments(): number {
  const db = new Database(path(), { readonly: true });
  try {
    return db.prepare<[], number>('SELECT count(*) FROM seen_segments').pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

describe('posts seen before', () => {
  it('are known again once the log was folded into a segment, and after a new start', () => {
    let store = open();
    expect(pass(store, 0, 6_000)).toBe(6_000);
    clock.advance(3 * DAY);
    expect(pass(store, 6_000, 6_500)).toBe(500);
    expect(segments()).toBe(1);
    expect(pass(store, 0, 7_000)).toBe(500);
    store.close();
    opened.pop();
    store = open();
    expect(pass(store, 0, 8_000)).toBe(1_000);
  });

  it('are forgotten when they leave the window, and only then', async () => {
    const store = open();
    pass(store, 0, 5_000);
    clock.advance(2 * DAY);
    pass(store, 5_000, 5_500);
    clock.advance(2 * DAY);
    pass(store, 5_500, 6_000);
    clock.advance((WINDOW_DAYS - 3) * DAY);
    expect(segments()).toBe(1);
    expect(await store.purge(clock.now())).toMatchObject({ seen: 0 });
    expect(pass(store, 0, 6_000)).toBe(0);
    clock.advance(2 * DAY);
    expect(await store.purge(clock.now())).toMatchObject({ seen: 5_500 });
    expect(segments()).toBe(0);
    expect(pass(store, 5_500, 6_000)).toBe(0);
    clock.advance(2 * DAY);
    expect(await store.purge(clock.now())).toMatchObject({ seen: 500 });
    expect(pass(store, 0, 6_000)).toBe(6_000);
  });

  it('stay one item when a landed post comes again after the window', async () => {
    const store = open();
    const landed = [landedPost({ id: 'rekaan:tetap' })];
    store.land('a', batchOf('run', { landed }));
    clock.advance((WINDOW_DAYS + 40) * DAY);
    await store.purge(clock.now());
    expect(store.land('b', batchOf('run', { landed }))).toMatchObject({ landed: 0, seen: 1 });
    expect(store.listItems({ limit: 10 })).toHaveLength(1);
  });

  it('are known to every process, whichever noted them, folded or purged', async () => {
    const [one, other] = [open(), open()];
    expect(pass(one, 0, 3_000)).toBe(3_000);
    expect(pass(other, 0, 6_000)).toBe(3_000);
    clock.advance(3 * DAY);
    expect(pass(one, 5_000, 6_500)).toBe(500);
    expect(segments()).toBe(1);
    expect(pass(other, 0, 7_000)).toBe(500);
    clock.advance((WINDOW_DAYS + 1) * DAY);
    await one.purge(clock.now());
    expect(pass(other, 0, 6_000)).toBe(6_000);
    expect(pass(one, 0, 6_000)).toBe(0);
  });

  it('are not noted by a landing that fails', () => {
    const store = open();
    pass(store, 0, 10);
    const broken = landedPost({ id: 'rekaan:rusak' });
    const without = { ...broken, post: { ...broken.post, collectedAt: undefined as unknown as string } };
    const batch = batchOf('run', { passed: [passedPost({ id: 'rekaan:10' })], landed: [without] });
    expect(() => store.land('x', batch)).toThrow();
    expect(store.land('x', { ...batch, landed: [broken] })).toMatchObject({ landed: 1, passed: 1, seen: 0 });
  });
});

describe('the set of keys', () => {
  const key = fc
    .uint32Array({ minLength: KEY_WORDS, maxLength: KEY_WORDS })
    .filter((words) => words.some(Boolean));
  // Keys that share words meet in the same slots.
  const crowded = fc.array(fc.constantFrom(0, 1, 1024, 4_294_967_295), {
    minLength: KEY_WORDS,
    maxLength: KEY_WORDS,
  });
  const keys = fc.array(
    fc.oneof(
      key,
      crowded.filter((words) => words.some(Boolean)).map((words) => Uint32Array.from(words)),
    ),
    { maxLength: 3_000, size: 'max' },
  );

  it('holds what was added and nothing else', () => {
    fc.assert(
      fc.property(keys, keys, (added, asked) => {
        const set = createKeySet();
        const model = new Set<string>();
        for (const words of added) {
          if (set.add(words, 0) === model.has(words.join())) return false;
          model.add(words.join());
        }
        return (
          set.size === model.size &&
          [...added, ...asked].every((words) => set.has(words, 0) === model.has(words.join()))
        );
      }),
      { numRuns: 20 },
    );
  });

  it('has a filter that never denies what was added, and seldom says yes to what was not', () => {
    const hashes = Array.from({ length: 10_000 }, (_, n) => createHash('md5').update(`${n}`).digest());
    const random = new Uint32Array(Uint8Array.from(Buffer.concat(hashes)).buffer);
    const half = random.length / 2;
    const filter = createFilter(half / KEY_WORDS);
    for (let at = 0; at < half; at += KEY_WORDS) addToFilter(filter, random, at);
    let denied = 0;
    let wrong = 0;
    for (let at = 0; at < half; at += KEY_WORDS) {
      if (!mayHold(filter, random, at)) denied += 1;
      if (mayHold(filter, random, half + at)) wrong += 1;
    }
    expect(denied).toBe(0);
    expect(wrong).toBeLessThan(half / KEY_WORDS / 50);
  });
});
