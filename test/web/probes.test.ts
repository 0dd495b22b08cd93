import { request } from 'node:http';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { createInstruments } from '../../src/compose-instruments.js';
import { OutOfSpaceError, RetryableError } from '../../src/core/errors.js';
import type { PartState } from '../../src/core/operations.js';
import { createLogger } from '../../src/telemetry/log.js';
import { createMetrics, type Sampled } from '../../src/telemetry/metrics.js';
import { type Listening, listen } from '../../src/web/listen.js';
import { createProbes, type Probes } from '../../src/web/probes.js';
import { configOf } from '../support/config.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const open: Listening[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const inner = new Hono();
inner.all('*', (c) => c.text('desk', 404));

async function serve(given: Partial<Probes>, desk?: Hono): Promise<string> {
  const probes: Probes = {
    metrics: async () => ({ type: 'text/plain', body: 'ronda_info 1\n' }),
    parts: async () => [],
    isAllowed: (address) => address === '127.0.0.1',
    report: () => undefined,
    ...given,
  };
  const server = await listen(createProbes(probes, desk), { host: '127.0.0.1', port: 0 }, 'metrics');
  open.push(server);
  return server.url;
}

/** With a host of its own, which fetch does not let one say. */
function ask(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('probes', () => {
  it('say that the process answers, and what it counted', async () => {
    const url = await serve({});
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ ok: true });
    const metrics = await fetch(`${url}/metrics`);
    expect([metrics.status, await metrics.text()]).toEqual([200, 'ronda_info 1\n']);
    expect(metrics.headers.get('cache-control')).toBe('no-store');
    expect((await fetch(`${url}/other`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  it('name the part that is not ready', async () => {
    let parts: readonly PartState[] = [
      { part: 'store', ready: true },
      { part: 'queue', ready: false, why: 'queue-unreachable: no server' },
    ];
    const url = await serve({ parts: async () => parts });
    const waiting = await fetch(`${url}/readyz`);
    expect([waiting.status, await waiting.json()]).toEqual([503, { ready: false, parts }]);
    parts = parts.map(({ part }) => ({ part, ready: true }));
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it.each([
    ['an address that is not named', { isAllowed: () => false }, '127.0.0.1'],
    ['a page of elsewhere whose name leads here', {}, 'evil.example'],
  ])('are not there for %s', async (_, given, host) => {
    const url = await serve(given, inner);
    for (const path of ['/metrics', '/healthz', '/readyz']) expect(await ask(url + path, host)).toBe(404);
  });

  it('leave everything else to the desk', async () => {
    const url = await serve({}, inner);
    expect(await (await fetch(`${url}/login`)).text()).toBe('desk');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('answer a fault without saying what it was', async () => {
    const told: unknown[] = [];
    const url = await serve({
      metrics: () => Promise.reject(new Error('a secret of the inside')),
      report: (error) => told.push(error),
    });
    const failed = await fetch(`${url}/metrics`);
    expect([failed.status, await failed.text()]).toEqual([500, 'failed']);
    expect(told).toHaveLength(1);
  });
});

describe('metrics', () => {
  const sample: Sampled = {
    queues: [{ name: 'score', jobs: { waiting: 3, dead: 1 }, oldestSeconds: 12 }],
    items: { open: 5 },
    claims: 2,
    lease: { held: true, own: false },
    sources: { states: { well: 2 }, lastSuccess: new Map([['warga', 1_700_000_000]]) },
    parts: [{ part: 'queue', ready: true }],
    failed: [],
  };

  it('have what happened and what stands, by stage and outcome', async () => {
    const metrics = createMetrics('1.2.3', async () => sample);
    metrics.queued(100);
    metrics.landed({
      landed: 2,
      passed: 97,
      seen: 1,
      failed: 0,
      incomplete: 1,
      withdrawn: 0,
      lags: [0.3, 40],
    });
    metrics.fetched('http-503');
    metrics.reviewed('decided');
    const { type, body } = await metrics.text();
    expect(type).toContain('text/plain');
    for (const line of [
      'ronda_posts_total{stage="collect",outcome="queued"} 100',
      'ronda_posts_total{stage="land",outcome="passed"} 97',
      'ronda_posts_incomplete_total{stage="land"} 1',
      'ronda_post_to_desk_seconds_bucket{le="0.5"} 1',
      'ronda_post_to_desk_seconds_count 2',
      'ronda_fetches_total{outcome="http-503"} 1',
      'ronda_review_events_total{kind="decided"} 1',
      'ronda_queue_jobs{queue="score",state="dead"} 1',
      'ronda_queue_oldest_seconds{queue="score"} 12',
      'ronda_items{state="open"} 5',
      'ronda_lease_held 1',
      'ronda_lander 0',
      'ronda_source_last_success_timestamp_seconds{source="warga"} 1700000000',
      'ronda_info{version="1.2.3"} 1',
    ]) {
      expect(body).toContain(`${line}\n`);
    }
  });

  it('keep labels bounded and free of what is no word of ours', async () => {
    const metrics = createMetrics('1', async () => ({ parts: [], failed: [] }));
    for (let n = 0; n < 500; n += 1) metrics.fetched(`kind-${n}`);
    metrics.collected('Warga "X" bilang begini \n panjang');
    const { body } = await metrics.text();
    expect(body.match(/^ronda_fetches_total\{/gm)).toHaveLength(101);
    expect(body).toContain('ronda_fetches_total{outcome="other"} 400\n');
    expect(body).toContain('ronda_collections_total{outcome="other"} 1\n');
    expect(body).not.toContain('Warga');
  });

  it('say which part could not be read, and show nothing old in its place', async () => {
    let sampled = sample;
    const metrics = createMetrics('1', async () => sampled);
    await metrics.text();
    sampled = { parts: [], failed: ['queues'] };
    const { body } = await metrics.text();
    expect(body).toContain('ronda_sample_failed{part="queues"} 1\n');
    expect(body).not.toContain('ronda_queue_jobs{');
  });
});

describe('readiness', () => {
  it('tells of a full disk while something waits for room, and no longer', async () => {
    const clock = new SimulatedClock();
    const config = configOf();
    const instruments = createInstruments(config, createLogger('silent', 'ronda'), clock);
    const { parts } = await instruments.probes({ queues: () => [] });
    const disk = async () => (await parts()).find(({ part }) => part === 'disk');
    instruments.troubled(new RetryableError('store-busy', 'held for too long'));
    expect(await disk()).toBeUndefined();
    instruments.troubled(new OutOfSpaceError('store: disk is full'));
    expect(await disk()).toEqual({ part: 'disk', ready: false, why: 'store: disk is full' });
    clock.advance(20_000);
    expect(await disk()).toBeUndefined();
  });
});
