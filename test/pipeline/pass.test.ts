import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PostBatch, ScoredBatch } from '../../src/core/batch.js';
import type { Collector } from '../../src/core/collector-ports.js';
import { OutOfSpaceError, ThrottledError } from '../../src/core/errors.js';
import type { CollectReport } from '../../src/pipeline/collect.js';
import { type PassOptions, type PassPorts, pass } from '../../src/pipeline/pass.js';
import { createEmbeddedQueues, type EmbeddedQueues } from '../../src/queue/embedded.js';
import { openStore, type Store } from '../../src/store/store.js';
import { noNetwork } from '../support/no-network.js';
import { landedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/** How a pass holds back: from places that asked for patience, and from a queue that is behind. */

let folder: string;
let queues: EmbeddedQueues;
let store: Store;
let clock: SimulatedClock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-pass-'));
  clock = new SimulatedClock();
  queues = createEmbeddedQueues({ path: join(folder, 'queue.db'), clock });
  store = openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock,
    seenWindowDays: 30,
  });
});
afterEach(async () => {
  await queues.close();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function ports(): PassPorts {
  return {
    store,
    score: queues.queue<PostBatch>('score'),
    land: queues.queue<ScoredBatch>('land'),
    claims: { add: () => undefined },
    rejects: { append: () => 0 },
    fetcher: noNetwork,
    clock,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  };
}

function source(name: string, collect: Collector['collect']): Collector {
  return { source: name, kind: 'rekaan', collect };
}

async function passOver(
  collectors: readonly Collector[],
  given: Partial<PassOptions> = {},
): Promise<Map<string, CollectReport>> {
  const reports = new Map<string, CollectReport>();
  await pass(ports(), {
    run: store.openRun('once', 'x').run,
    collectors,
    drain: false,
    maxWaiting: 500,
    signal: new AbortController().signal,
    onSource: ({ source }, report) => reports.set(source, report),
    ...given,
  });
  return reports;
}

describe('a place that asks for patience', () => {
  let asked: number;
  const throttled = (error: Error): Collector =>
    source('warung', async function* () {
      asked += 1;
      yield* [];
      throw error;
    });
  beforeEach(() => {
    asked = 0;
  });

  it('is left alone until then, by later processes too, and then asked again', async () => {
    const hour = new ThrottledError('throttled', 'come back in an hour', 3_600_000);
    const first = (await passOver([throttled(hour)])).get('warung');
    expect(first).toMatchObject({ notBefore: clock.now() + 3_600_000, error: { kind: 'throttled' } });
    await clock.sleep(3_500_000);
    const second = (await passOver([throttled(hour)])).get('warung');
    expect(second).toMatchObject({ notBefore: first?.notBefore, error: { kind: 'left-alone' } });
    expect(asked).toBe(1);
    await clock.sleep(200_000);
    await passOver([throttled(hour)]);
    expect(asked).toBe(2);
  });

  it('is believed for a day at most, and not at all where a wrong clock wrote it down', async () => {
    const years = new ThrottledError('throttled', 'come back in ten years', 10 * 365 * 86_400_000);
    const { notBefore } = (await passOver([throttled(years)])).get('warung') ?? {};
    expect(notBefore).toBe(clock.now() + 86_400_000);
    clock.advance(-30 * 86_400_000);
    await passOver([throttled(years)]);
    expect(asked).toBe(2);
  });

  it('is not one whose posts find no room on our own disk', async () => {
    const report = (await passOver([throttled(new OutOfSpaceError('no room'))])).get('warung');
    expect(report?.notBefore).toBeUndefined();
    expect(store.sourceFacts('warung').status?.notBefore).toBeUndefined();
  });

  it('is free again once it gave something', async () => {
    await passOver([throttled(new ThrottledError('throttled', 'later', 1_000))]);
    await clock.sleep(2_000);
    await passOver([
      source('warung', async function* () {
        yield { posts: [landedPost({ id: 'rekaan:1' }).post], rejects: [], cursor: { page: 1 } };
      }),
    ]);
    expect(store.sourceFacts('warung').status).toMatchObject({ lastSucceededAt: expect.any(String) });
    expect(store.sourceFacts('warung').status?.notBefore).toBeUndefined();
  });
});

describe('a queue that is behind by minutes', () => {
  const pages = (name: string, count: number): Collector =>
    source(name, async function* () {
      for (let n = 0; n < count; n += 1) {
        const posts = Array.from({ length: 2 }, (_, at) => landedPost({ id: `${name}:${n}-${at}` }).post);
        yield { posts, rejects: [], cursor: { page: n } };
      }
    });

  it('holds back the source whose own batches have waited too long, and no other', async () => {
    await passOver([pages('banjir', 30)]);
    await clock.sleep(20 * 60_000);
    const stop = new AbortController();
    const reports = new Map<string, CollectReport>();
    const both = passOver([pages('banjir', 5), pages('pasar', 5)], {
      maxWaitMs: 600_000,
      signal: stop.signal,
      onSource: ({ source }, report) => {
        reports.set(source, report);
        if (source === 'pasar') stop.abort();
      },
    });
    await both;
    expect(reports.get('pasar')).toMatchObject({ posts: 10, stopped: false });
    expect(reports.get('banjir')).toMatchObject({ posts: 0, stopped: true });
  });
});
