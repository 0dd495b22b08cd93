import { expect, it } from 'vitest';
import { ThrottledError } from '../../src/core/errors.js';
import { DEFAULT_FETCH_LIMITS } from '../../src/fetch/fetcher.js';
import type { RawHeaders } from '../../src/fetch/rate-headers.js';
import { createRateLimiter, type Pace } from '../../src/fetch/rate-limit.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const DAY_MS = 24 * 3_600_000;

/** A place's own book-keeping: what it allows, by its own clock and count, and what it tells. */
interface Terms {
  /** Requests allowed in a window, windows counted from the epoch of the place's clock. */
  readonly quota?: { readonly requests: number; readonly windowMs: number };
  /** Least time between two requests, ms. */
  readonly gapMs?: number;
  /** Most requests in any second, and in any minute. */
  readonly busiest?: readonly [second: number, minute: number];
  /** How it tells of its quota. */
  readonly tell?: (remaining: number, resetAt: number, now: number) => RawHeaders;
  /** How far its clock is ahead of ours, ms. */
  readonly ahead?: number;
}

/** A server that counts for itself; a breach of its terms is written down, and answered by a 429. */
class Place {
  readonly breaches: string[] = [];
  /** Of its windows' quotas, how many requests were used in the fullest. */
  fullest = 0;
  total = 0;
  readonly #terms: Terms;
  #window = -1;
  #count = 0;
  #recent: number[] = [];

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  ask(ours: number): { status: number; headers: RawHeaders } {
    const { quota, gapMs, busiest, tell, ahead = 0 } = this.#terms;
    const now = ours + ahead;
    this.total += 1;
    const before = this.#recent.length;
    if (gapMs !== undefined && before > 0 && now - (this.#recent.at(-1) ?? 0) < gapMs) {
      this.breaches.push(`${now}: sooner than ${gapMs} ms after the last`);
    }
    this.#recent.push(now);
    if (before > 1_000) this.#recent = this.#recent.slice(-200);
    if (busiest !== undefined) {
      const inLast = (ms: number): number =>
        this.#recent.length - 1 - this.#recent.findLastIndex((at) => at <= now - ms);
      if (inLast(1_000) > busiest[0]) this.breaches.push(`${now}: more than ${busiest[0]} in a second`);
      if (inLast(60_000) > busiest[1]) this.breaches.push(`${now}: more than ${busiest[1]} in a minute`);
    }
    if (quota === undefined) return { status: 200, headers: {} };
    const window = Math.floor(now / quota.windowMs);
    if (window !== this.#window) this.#count = 0;
    this.#window = window;
    this.#count += 1;
    this.fullest = Math.max(this.fullest, this.#count);
    const over = this.#count > quota.requests;
    if (over) this.breaches.push(`${now}: request ${this.#count} of ${quota.requests}`);
    const headers =
      tell?.(Math.max(0, quota.requests - this.#count), (window + 1) * quota.windowMs, now) ?? {};
    return { status: over ? 429 : 200, headers };
  }
}

const date = (now: number): string => new Date(now).toUTCString();
const mastodon = (remaining: number, resetAt: number, now: number): RawHeaders => ({
  'x-ratelimit-limit': '300',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': new Date(resetAt).toISOString(),
  date: date(now),
});
const epoch = (remaining: number, resetAt: number): RawHeaders => ({
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(resetAt / 1_000),
});
const draft = (remaining: number, resetAt: number, now: number): RawHeaders => ({
  ratelimit: `"default";r=${remaining};t=${Math.ceil((resetAt - now) / 1_000)}`,
  'ratelimit-policy': '"default";q=30;w=60',
});

const MINUTE = 60_000;
const PLACES: Readonly<Record<string, Terms>> = {
  'satu.mastodon.example': { quota: { requests: 300, windowMs: 5 * MINUTE }, tell: mastodon },
  'dua.mastodon.example': { quota: { requests: 300, windowMs: 5 * MINUTE }, tell: mastodon, ahead: 97_000 },
  'gdelt.example': { gapMs: 5_000 },
  'video.example': { busiest: [1, 60] },
  'saluran.example': { gapMs: 3_000 },
  'epoch.example': { quota: { requests: 30, windowMs: 5 * MINUTE }, tell: epoch },
  'kode.example': { quota: { requests: 60, windowMs: 60 * MINUTE }, tell: epoch },
  'konsep.example': { quota: { requests: 30, windowMs: MINUTE }, tell: draft },
  'berita-a.example': { busiest: [3, 62] },
  'berita-b.example': { gapMs: 5_000 },
  'lambat-a.example': { gapMs: 10_000 },
  'lambat-b.example': { gapMs: 20_000 },
  'lambat-c.example': { gapMs: 30_000 },
};

/** 24 sources: where, at what pace, and how long an answer takes, ms. */
const SOURCES: readonly (readonly [host: string, pace: Pace, latencyMs: number])[] = [
  // Faster than the place allows, so that its headers alone hold them.
  ['satu.mastodon.example', { perSecond: 2 }, 0],
  ['satu.mastodon.example', { perSecond: 2 }, 0],
  ['dua.mastodon.example', { perSecond: 1 }, 0],
  ['dua.mastodon.example', { perSecond: 1 }, 0],
  ['dua.mastodon.example', { perSecond: 2 }, 0],
  ['gdelt.example', { perSecond: 0.2 }, 700],
  ['gdelt.example', { perSecond: 0.2 }, 0],
  ['video.example', { perSecond: 1 }, 0],
  ['video.example', { perSecond: 1 }, 0],
  ['saluran.example', { perSecond: 1 / 3 }, 0],
  ['saluran.example', { perSecond: 1 / 3 }, 0],
  ['saluran.example', { perSecond: 1 / 3 }, 0],
  ['epoch.example', { perSecond: 1 }, 0],
  ['kode.example', {}, 300],
  ['kode.example', {}, 300],
  ['konsep.example', { perSecond: 10 }, 300],
  ['konsep.example', { perSecond: 10 }, 300],
  ['berita-a.example', {}, 0],
  ['berita-a.example', {}, 0],
  ['berita-b.example', { minGapMs: 5_000 }, 0],
  ['lambat-a.example', { minGapMs: 10_000 }, 0],
  ['lambat-a.example', { minGapMs: 10_000 }, 900],
  ['lambat-b.example', { minGapMs: 20_000 }, 0],
  ['lambat-c.example', { minGapMs: 30_000 }, 0],
];

it('24 sources at their limits for a day stay within every limit by the count of the places', async () => {
  expect(SOURCES).toHaveLength(24);
  const clock = new SimulatedClock();
  const end = clock.now() + DAY_MS;
  const limiter = createRateLimiter(clock, DEFAULT_FETCH_LIMITS);
  const places = new Map(Object.entries(PLACES).map(([host, terms]) => [host, new Place(terms)]));

  const run = async ([host, pace, latencyMs]: (typeof SOURCES)[number]): Promise<void> => {
    const { signal } = new AbortController();
    while (clock.now() < end) {
      const request = limiter.run(host, pace, signal, async () => {
        const answer = places.get(host)?.ask(clock.now());
        if (answer === undefined) throw new Error(`no place ${host}`);
        if (latencyMs > 0) await clock.sleep(latencyMs);
        limiter.observe(host, answer.status, answer.headers);
      });
      await request.catch(async (error: unknown) => {
        if (!(error instanceof ThrottledError)) throw error;
        await clock.sleep(error.retryAfterMs);
      });
    }
  };
  await Promise.all(SOURCES.map(run));

  expect(Object.fromEntries([...places].map(([host, { breaches }]) => [host, breaches.slice(0, 3)]))).toEqual(
    Object.fromEntries([...places.keys()].map((host) => [host, []])),
  );
  // That they are at their limits: of what each place allows in a day, this share at least is used.
  const seconds = DAY_MS / 1_000;
  const used = (host: string): number => places.get(host)?.total ?? 0;
  expect(used('satu.mastodon.example')).toBeGreaterThan(0.95 * seconds);
  expect(used('dua.mastodon.example')).toBeGreaterThan(0.95 * seconds);
  expect(used('gdelt.example')).toBeGreaterThan(0.95 * (seconds / 5));
  expect(used('video.example')).toBeGreaterThan(0.95 * seconds);
  expect(used('saluran.example')).toBeGreaterThan(0.95 * (seconds / 3));
  expect(used('kode.example')).toBeGreaterThan(0.9 * 24 * 60);
  expect(used('epoch.example')).toBeGreaterThan(0.95 * 24 * 12 * 30);
  expect(used('konsep.example')).toBeGreaterThan(0.9 * 24 * 60 * 30);
  expect(used('berita-a.example')).toBeGreaterThan(0.95 * seconds);
  expect(used('lambat-a.example')).toBeGreaterThan(0.95 * (seconds / 10));
  expect(places.get('satu.mastodon.example')?.fullest).toBe(300);
});
