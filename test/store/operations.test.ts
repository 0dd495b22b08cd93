import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShadowBatch } from '../../src/core/operations.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/** What landing leaves of the machinery: versions of scorers, comparisons with a candidate, the lease. */

let folder: string;
let store: Store;
const clock = new SimulatedClock();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-operations-'));
  store = openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock,
    seenWindowDays: 30,
  });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const VERSIONS = { rules: '1', lexicon: '2', model: '3', language: '4' };

describe('versions of scorers', () => {
  it('are kept by host, fact-checks apart, with when they were at work', async () => {
    const begin = clock.now();
    store.land('a', batchOf('r', { versions: { ...VERSIONS, claims: 'x' }, by: 'mesin-1' }));
    store.land('b', batchOf('r', { versions: { ...VERSIONS, claims: 'y' }, by: 'mesin-1' }));
    await clock.sleep(60_000);
    store.land('c', batchOf('r', { versions: VERSIONS, by: 'mesin-1' }));
    store.land('d', batchOf('r', { versions: { ...VERSIONS, lexicon: '9' }, by: 'mesin-2' }));
    const rows = store.operations.scorerVersions(0);
    expect(rows.map(({ worker, versions, batches }) => [worker, versions.lexicon, batches]).sort()).toEqual([
      ['mesin-1', '2', 3],
      ['mesin-2', '9', 1],
    ]);
    const [first] = rows.filter(({ worker }) => worker === 'mesin-1');
    expect([first?.firstAt, first?.lastAt]).toEqual([begin, clock.now()]);
    expect(store.operations.scorerVersions(clock.now() + 1)).toEqual([]);
  });
});

describe('comparisons with a candidate', () => {
  const shadow: ShadowBatch = {
    live: 'l',
    candidate: 'c',
    posts: 10,
    changed: 3,
    wouldLand: 2,
    wouldPass: 1,
    incomplete: 0,
    added: { hate: 2 },
    dropped: { sara: 1 },
  };

  it('add up by candidate and live version, once a job, and can be cleared', () => {
    store.land('a', batchOf('r', { shadow }));
    store.land('a', batchOf('r', { shadow }));
    store.land('b', batchOf('r', { shadow: { ...shadow, added: { hate: 1, hoax: 4 } } }));
    store.land('c', batchOf('r', { shadow: { ...shadow, candidate: 'd' } }));
    const runs = store.operations.shadowRuns();
    expect(runs.find(({ candidate }) => candidate === 'c')).toMatchObject({
      posts: 20,
      changed: 6,
      wouldLand: 4,
      wouldPass: 2,
      added: { hate: 3, hoax: 4 },
      dropped: { sara: 2 },
    });
    expect(runs).toHaveLength(2);
    expect(store.operations.clearShadow()).toBe(2);
    expect(store.operations.shadowRuns()).toEqual([]);
  });

  it('are bounded, the latest are kept', async () => {
    for (let at = 0; at < 30; at += 1) {
      store.land(`s${at}`, batchOf('r', { shadow: { ...shadow, candidate: `c${at}` } }));
      await clock.sleep(1_000);
    }
    await store.purge(clock.now());
    const runs = store.operations.shadowRuns();
    expect(runs.map(({ candidate }) => candidate)).toEqual(
      Array.from({ length: 20 }, (_, at) => `c${29 - at}`),
    );
  });
});

describe('the lease', () => {
  it('is seen with its holder and whether that one lives', async () => {
    expect(store.operations.lease('land')).toBeUndefined();
    const lease = store.lease('land');
    await lease.acquire(() => undefined);
    expect(store.operations.lease('land')).toMatchObject({ pid: process.pid, alive: true });
    await lease.release();
    expect(store.operations.lease('land')).toBeUndefined();
  });
});
