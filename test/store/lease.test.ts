import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/core/ports.js';
import type { Lease } from '../../src/core/queue-ports.js';
import { createTrendCounter } from '../../src/pipeline/count-trends.js';
import { createGrouper } from '../../src/pipeline/group.js';
import { type GroupingLoop, startGrouping } from '../../src/pipeline/group-loop.js';
import { ownIdentity, type ProcessIdentity } from '../../src/sqlite/process-identity.js';
import { createStoreLease } from '../../src/store/lease.js';
import { type Db, openDatabase } from '../../src/store/sqlite.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf, landedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { until } from '../support/until.js';

const CHILD = fileURLToPath(new URL('../support/store-child.mjs', import.meta.url));
const SECRET = Buffer.alloc(32, 7);
const ELSEWHERE: ProcessIdentity = { host: 'mesin-lain|boot|ns', pid: 4, start: '1' };

/** A clock whose sleepers wait until they are stopped. */
const STOPPED: Clock = {
  now: () => Date.parse('2026-01-05T08:00:00Z'),
  sleep: (_, signal) =>
    new Promise((_resolve, reject) => {
      if (signal?.aborted === true) reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
};

let folder: string;
let db: Db;
const taken: Lease[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-lease-'));
  db = openDatabase(join(folder, 'ronda.db'), false);
});
afterEach(async () => {
  for (const lease of taken.splice(0)) await lease.release();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

function lease(self: ProcessIdentity = ownIdentity(), clock: Clock = STOPPED): Lease {
  const made = createStoreLease(db, 'land', { clock, self, fault: (error) => error });
  taken.push(made);
  return made;
}

/** The loop that joins what landed into stories, or counts it, as the lander's process runs it. */
function grouping(store: Store, what: 'grouper' | 'counter'): GroupingLoop {
  const { narratives, trends, desk } = store;
  const bounds = { clock: STOPPED, windowHours: 24, knownAuthors: 10 };
  const work =
    what === 'counter'
      ? createTrendCounter({ store: trends, ...bounds })
      : createGrouper({ store: narratives, upkeep: desk.upkeep, mostHeld: 100, ...bounds });
  return startGrouping([work], STOPPED, () => undefined, false);
}

/** Every row of what a lander writes beside its landings. */
function everything(of: Db): unknown {
  const tables = ['print_log', 'print_hours', 'narratives', 'narrative_items', 'trend_log', 'trend_totals'];
  return [...tables, 'trend_hours', 'items'].map((table) => of.prepare(`SELECT * FROM ${table}`).all());
}

const never = (reason: string): void => {
  throw new Error(`lost: ${reason}`);
};

describe('a lease', () => {
  it('has one holder, named to whoever is refused', async () => {
    const [one, other] = [lease(), lease()];
    expect(await one.acquire(never)).toEqual({ held: true });
    expect(await other.acquire(never)).toEqual({
      held: false,
      by: { pid: process.pid, host: hostname(), since: '2026-01-05T08:00:00.000Z' },
    });
    await one.release();
    expect(await other.acquire(never)).toEqual({ held: true });
  });

  it('of another name is another lease', async () => {
    const other = createStoreLease(db, 'jadwal', {
      clock: STOPPED,
      self: ownIdentity(),
      fault: (error) => error,
    });
    taken.push(other);
    await lease().acquire(never);
    expect(await other.acquire(never)).toEqual({ held: true });
  });

  it('is free at once when its holder’s process has ended by SIGKILL', async () => {
    const store = openStore({
      path: join(folder, 'ronda.db'),
      secret: SECRET,
      clock: STOPPED,
      seenWindowDays: 30,
    });
    try {
      const given = JSON.stringify({
        path: join(folder, 'ronda.db'),
        secret: SECRET.toString('hex'),
        mode: 'lease',
      });
      const holder = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'pipe', 'inherit'] });
      holder.stdin.end(given);
      const [line] = (await once(holder.stdout, 'data')) as [Buffer];
      expect(`${line}`).toBe('held\n');
      const mine = store.lease('land');
      expect(await mine.acquire(never)).toMatchObject({ held: false, by: { pid: holder.pid } });
      holder.kill('SIGKILL');
      await once(holder, 'close');
      expect(await mine.acquire(never)).toEqual({ held: true });
      await mine.release();
    } finally {
      store.close();
    }
  });

  it('is free at once when its holder’s pid now belongs to another process', async () => {
    await lease({ ...ownIdentity(), start: '1' }).acquire(never);
    expect(await lease().acquire(never)).toEqual({ held: true });
  });

  it('of a holder elsewhere that shows no life for 10 s is taken, and the old holder told', async () => {
    const waking = new SimulatedClock();
    let lost = '';
    let wake: (() => void) | undefined;
    const sleepy: Clock = {
      now: STOPPED.now,
      sleep: () =>
        new Promise((resolve) => {
          wake = resolve;
        }),
    };
    await lease(ELSEWHERE, sleepy).acquire((reason) => {
      lost = reason;
    });
    const begin = waking.now();
    expect(await lease(ownIdentity(), waking).acquire(never)).toEqual({ held: true });
    expect(waking.now() - begin).toBeGreaterThanOrEqual(10_000);
    expect(lost).toBe('');
    wake?.();
    await until('the old holder is told', () => lost !== '');
    expect(lost).toContain(`pid ${process.pid} on ${hostname()}`);
  });

  it('of a holder elsewhere that shows life is refused', async () => {
    let beats = 0;
    const lively: Clock = {
      now: STOPPED.now,
      sleep: async (_, signal) => {
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
        beats += 1;
      },
    };
    await lease(ELSEWHERE, lively).acquire(never);
    const patient: Clock = {
      now: STOPPED.now,
      sleep: () => until('the holder showed life', () => beats > 3),
    };
    expect(await lease(ownIdentity(), patient).acquire(never)).toMatchObject({
      held: false,
      by: { pid: 4, host: 'mesin-lain' },
    });
  });

  it('fences off a lander whose lease another took while it was stopped', async () => {
    const path = join(folder, 'ronda.db');
    const store = openStore({ path, secret: SECRET, clock: STOPPED, seenWindowDays: 30 });
    try {
      const batch = { run: 'r', source: 'warga', landed: [], passed: [], failed: 3 };
      let lost = '';
      const mine = store.lease('land');
      await mine.acquire((reason) => {
        lost = reason;
      });
      expect(store.land('a', batch)).toMatchObject({ applied: true, failed: 3 });
      // As a process of another container takes it from one that shows no life.
      db.prepare(
        `UPDATE leases SET token = 'other', pid = 77, host = 'mesin-lain|boot|ns', start = '1'`,
      ).run();
      expect(() => store.land('b', batch)).toThrow(expect.objectContaining({ kind: 'lease-lost' }));
      await until('the old holder is told', () => lost !== '');
      expect(lost).toContain('pid 77 on mesin-lain');
      expect(store.runCounts('r').failed).toBe(3);
      await mine.release();
      expect(db.prepare('SELECT pid FROM leases').pluck().get()).toBe(77);
    } finally {
      store.close();
    }
  });

  it.each<[string, (store: Store) => unknown]>([
    ['grouping', (store) => grouping(store, 'grouper').settle()],
    ['counting', (store) => grouping(store, 'counter').settle()],
    ['forgetting', async (store) => store.narratives.forgetGone()],
    ['dropping fingerprints', async (store) => store.narratives.purgePrints({ hour: 1, part: 0 })],
    ['ordering the queue by speed', async (store) => store.desk.upkeep.setSpeed([1], 0.5)],
  ])('fences off such a lander’s %s as well', async (_, work) => {
    const path = join(folder, 'ronda.db');
    const store = openStore({ path, secret: SECRET, clock: STOPPED, seenWindowDays: 30 });
    try {
      let lost = '';
      await store.lease('land').acquire((reason) => {
        lost = reason;
      });
      const fingerprint = { signature: Buffer.alloc(64, 9).toString('base64'), terms: 'kata=kata' };
      const landed = ['a', 'b', 'c'].map((id) => ({ ...landedPost({ id: `rekaan:${id}` }), fingerprint }));
      store.land('a', batchOf('r', { landed }));
      const before = everything(db);
      db.prepare(
        `UPDATE leases SET token = 'other', pid = 77, host = 'mesin-lain|boot|ns', start = '1'`,
      ).run();
      await expect(work(store)).rejects.toMatchObject({ kind: 'lease-lost' });
      await until('the old holder is told', () => lost !== '');
      expect(everything(db)).toEqual(before);
    } finally {
      store.close();
    }
  });

  it('gives up its look at a holder elsewhere when it is told to stop', async () => {
    await lease(ELSEWHERE, STOPPED).acquire(never);
    const stop = new AbortController();
    const asked = lease(ownIdentity(), STOPPED).acquire(never, stop.signal);
    stop.abort();
    expect(await asked).toMatchObject({ held: false, by: { pid: 4 } });
  });
});
