import { describe, expect, it } from 'vitest';
import { ThrottledError } from '../../src/core/errors.js';
import type { Fetcher } from '../../src/core/fetch-ports.js';
import { createFetcher, type FetchLimits } from '../../src/fetch/fetcher.js';
import { opened } from '../support/opened.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { until } from '../support/until.js';
import { type Answer, status } from '../support/web-server.js';

const { closers, web } = opened();

function door(clock: SimulatedClock, limits: Partial<FetchLimits> = {}): Fetcher {
  const conditional = { getConditional: () => undefined, setConditional: () => undefined };
  const fetcher = createFetcher({ clock, conditional, version: '0.1.0', limits });
  closers.push(() => fetcher.close());
  return fetcher;
}

/** Seconds after the start at which the requests arrived. */
function noted(clock: SimulatedClock, headers: Readonly<Record<string, string>> = {}) {
  const start = clock.now();
  const at: number[] = [];
  const answer: Answer = (_request, response) => {
    at.push((clock.now() - start) / 1_000);
    response.writeHead(200, headers).end('isi');
  };
  return { at, answer };
}

const ask = (fetcher: Fetcher, url: string, requestsPerSecond?: number) =>
  fetcher.fetch({
    url,
    allowPrivate: true,
    robots: false,
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
  });

describe('the pace of requests to a host', () => {
  it('is two at once and then one a second', async () => {
    const clock = new SimulatedClock();
    const { at, answer } = noted(clock);
    const { url } = await web({ '/a': answer });
    const fetcher = door(clock);
    for (let count = 0; count < 5; count++) await ask(fetcher, `${url}/a`);
    expect(at).toEqual([0, 0, 1, 2, 3]);
  });

  it('is the source’s own where it says so', async () => {
    const clock = new SimulatedClock();
    const { at, answer } = noted(clock);
    const { url } = await web({ '/a': answer });
    const fetcher = door(clock);
    for (let count = 0; count < 4; count++) await ask(fetcher, `${url}/a`, 0.2);
    expect(at).toEqual([0, 5, 10, 15]);
  });

  it('is the slowest one’s between sources of one host', async () => {
    const clock = new SimulatedClock();
    const { at, answer } = noted(clock);
    const { url } = await web({ '/a': answer });
    const fetcher = door(clock);
    for (const perSecond of [undefined, 0.2, undefined, 0.2, 1]) await ask(fetcher, `${url}/a`, perSecond);
    expect(at).toEqual([0, 5, 9, 14, 19]);
  });

  it('is held for each host by itself', async () => {
    const clock = new SimulatedClock();
    const first = noted(clock);
    const second = noted(clock);
    const one = await web({ '/a': first.answer });
    const two = await web({ '/a': second.answer });
    const fetcher = door(clock);
    for (const { url } of [one, one, two, two]) await ask(fetcher, `${url}/a`);
    expect([first.at, second.at]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('never has more than two requests under way', async () => {
    const clock = new SimulatedClock();
    let now = 0;
    let most = 0;
    const answer: Answer = async (_request, response) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now -= 1;
      response.end('isi');
    };
    const { url } = await web({ '/a': answer });
    const fetcher = door(clock, { perSecond: 1_000, burst: 100 });
    await Promise.all(Array.from({ length: 20 }, () => ask(fetcher, `${url}/a`)));
    expect(most).toBe(2);
  });
});

describe('a host that asks to be left alone', () => {
  it.each<[name: string, code: number, headers: Readonly<Record<string, string>>, seconds: number]>([
    ['429 and seconds', 429, { 'retry-after': '120' }, 120],
    ['503 and seconds', 503, { 'retry-after': '5' }, 5],
    [
      '429 and a date',
      429,
      { 'retry-after': 'Sun, 22 Nov 2026 09:10:00 GMT', date: 'Sun, 22 Nov 2026 09:00:00 GMT' },
      600,
    ],
    ['429 and a quota', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '300', date: '' }, 300],
    ['429 and nothing', 429, {}, 30],
  ])('is, by %s', async (_name, code, headers, seconds) => {
    const clock = new SimulatedClock();
    const server = await web({ '/a': status(code, headers) });
    const fetcher = door(clock);
    const fault = await ask(fetcher, `${server.url}/a`).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(ThrottledError);
    expect(fault).toMatchObject({ kind: 'throttled', retryAfterMs: seconds * 1_000 });
  });

  it('is not asked again before its time; a far turn is refused, a near one waited for', async () => {
    const clock = new SimulatedClock();
    const { at, answer } = noted(clock);
    const answers: Record<string, Answer> = { '/a': status(429, { 'retry-after': '600' }) };
    const server = await web(answers);
    const fetcher = door(clock, { maxWaitMs: 60_000 });
    await ask(fetcher, `${server.url}/a`).catch(() => undefined);
    answers['/a'] = answer;
    await expect(ask(fetcher, `${server.url}/a`)).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 600_000,
    });
    expect(server.seen).toHaveLength(1);
    clock.advance(570_000);
    await ask(fetcher, `${server.url}/a`);
    expect(at).toEqual([600]);
  });

  it('is asked ever later when it names no time', async () => {
    const clock = new SimulatedClock();
    const { url } = await web({ '/a': status(429) });
    const fetcher = door(clock);
    const waits: number[] = [];
    for (let count = 0; count < 7; count++) {
      const fault = await ask(fetcher, `${url}/a`).catch((error: unknown) => error);
      const wait = fault instanceof ThrottledError ? fault.retryAfterMs : 0;
      waits.push(wait / 1_000);
      clock.advance(wait);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  it('is left alone from the last request of its quota to the reset', async () => {
    const clock = new SimulatedClock();
    const { at, answer } = noted(clock, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '40' });
    const { url } = await web({ '/a': answer });
    const fetcher = door(clock);
    await ask(fetcher, `${url}/a`);
    await ask(fetcher, `${url}/a`);
    expect(at).toEqual([0, 40]);
  });

  it('is left alone when what remains of its quota is already on its way', async () => {
    const clock = new SimulatedClock();
    const start = clock.now();
    const at: number[] = [];
    let release: (() => void) | undefined;
    const server = await web({
      '/slow': (_request, response) => {
        at.push((clock.now() - start) / 1_000);
        release = () => response.end('isi');
      },
      '/a': (_request, response) => {
        at.push((clock.now() - start) / 1_000);
        response
          .writeHead(200, { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '40', date: '' })
          .end('isi');
      },
    });
    const fetcher = door(clock);
    const slow = ask(fetcher, `${server.url}/slow`);
    await until('the slow one is under way', () => release !== undefined);
    await ask(fetcher, `${server.url}/a`);
    const third = ask(fetcher, `${server.url}/a`);
    release?.();
    await Promise.all([slow, third]);
    expect(at).toEqual([0, 0, 40]);
  });

  it('does not hold back the caller who gives up waiting', async () => {
    const clock = new SimulatedClock();
    const { url } = await web({ '/a': status(503, { 'retry-after': '30' }) });
    const fetcher = door(clock);
    await ask(fetcher, `${url}/a`).catch(() => undefined);
    const stop = new AbortController();
    const request = { url: `${url}/a`, allowPrivate: true, robots: false, signal: stop.signal };
    const work = fetcher.fetch(request);
    stop.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });
});
