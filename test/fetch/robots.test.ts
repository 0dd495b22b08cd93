import { describe, expect, it } from 'vitest';
import { kindOf, PermanentError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import type { Fetcher } from '../../src/core/fetch-ports.js';
import { createFetcher, type FetchLimits } from '../../src/fetch/fetcher.js';
import { opened } from '../support/opened.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { type Answer, body, serve, status } from '../support/web-server.js';

const { closers, web } = opened();

function door(clock = new SimulatedClock(), limits: Partial<FetchLimits> = {}): Fetcher {
  const conditional = { getConditional: () => undefined, setConditional: () => undefined };
  const quick = { perSecond: 1_000, burst: 100, ...limits };
  const fetcher = createFetcher({ clock, conditional, version: '0.1.0', limits: quick });
  closers.push(() => fetcher.close());
  return fetcher;
}

async function outcome(fetcher: Fetcher, url: string): Promise<unknown> {
  return await fetcher.fetch({ url, allowPrivate: true }).then(
    (response) => response.text(),
    (error: unknown) => error,
  );
}

const page = { '/a': body('isi'), '/x/y': body('isi'), '/x/boleh': body('isi') };

describe('robots.txt', () => {
  it.each<[what: string, rules: string, path: string, allowed: boolean]>([
    ['a rule for all', 'User-agent: *\nDisallow: /x', '/x/y', false],
    ['a rule for others', 'User-agent: lain\nDisallow: /', '/a', true],
    ['a rule for us', 'User-agent: Ronda/1.0\nDisallow: /', '/a', false],
    [
      'our group instead of the one for all',
      'User-agent: *\nDisallow: /\n\nUser-agent: ronda\nDisallow: /x',
      '/a',
      true,
    ],
    ['the longest rule', 'User-agent: *\nDisallow: /x\nAllow: /x/boleh', '/x/boleh', true],
    ['several agents of one group', 'User-agent: lain\nUser-agent: *\nDisallow: /x', '/x/y', false],
    ['wildcards', 'User-agent: *\nDisallow: /*/y$', '/x/y', false],
    ['comments and odd line ends', '# halo\rUser-agent: * # semua\r\nDisallow: /x # jangan\r', '/x/y', false],
    ['a byte order mark', '\ufeffUser-agent: *\nDisallow: /x', '/x/y', false],
    ['an empty file', '', '/a', true],
    ['HTML in its place', '<!doctype html><title>x</title>', '/a', true],
    ['an empty rule', 'User-agent: *\nDisallow:', '/a', true],
  ])('%s is obeyed', async (_what, rules, path, allowed) => {
    const server = await web({ ...page, '/robots.txt': body(rules) });
    const found = await outcome(door(), `${server.url}${path}`);
    if (allowed) {
      expect(found).toBe('isi');
    } else {
      expect([kindOf(found), found instanceof PermanentError]).toEqual(['robots-disallowed', true]);
      expect(server.pages()).toEqual([]);
    }
  });

  it.each([404, 403, 410, 400])('answered by %i is no rule at all', async (code) => {
    const { url } = await web({ ...page, '/robots.txt': status(code) });
    expect(await outcome(door(), `${url}/a`)).toBe('isi');
  });

  it.each([500, 502, 503])('answered by %i leaves the site alone for now', async (code) => {
    const clock = new SimulatedClock();
    const answers: Record<string, Answer> = { ...page, '/robots.txt': status(code) };
    const server = await web(answers);
    const fetcher = door(clock);
    const found = await outcome(fetcher, `${server.url}/a`);
    expect([kindOf(found), found instanceof RetryableError]).toEqual(['robots-unavailable', true]);
    expect(server.pages()).toEqual([]);
    answers['/robots.txt'] = body('');
    clock.advance(120_000);
    expect(await outcome(fetcher, `${server.url}/a`)).toBe('isi');
  });

  it('that does not come in time leaves the site alone for now', async () => {
    const server = await web({ ...page, '/robots.txt': () => undefined });
    const found = await outcome(door(new SimulatedClock(), { robotsTimeoutMs: 300 }), `${server.url}/a`);
    expect([kindOf(found), found instanceof RetryableError]).toEqual(['robots-timeout', true]);
    expect(server.pages()).toEqual([]);
  });

  it('that cannot be reached leaves the site alone for now', async () => {
    const server = await serve({});
    await server.close();
    const found = await outcome(door(), `${server.url}/a`);
    expect([kindOf(found), found instanceof RetryableError]).toEqual(['robots-unavailable', true]);
  });

  it('that asks for patience gets it', async () => {
    const server = await web({ ...page, '/robots.txt': status(429, { 'retry-after': '90' }) });
    const found = await outcome(door(), `${server.url}/a`);
    expect(found).toBeInstanceOf(ThrottledError);
    expect(found).toMatchObject({ kind: 'robots-unavailable', retryAfterMs: 90_000 });
  });

  it('is followed to where it moved', async () => {
    const other = await web({ '/rules': body('User-agent: *\nDisallow: /x') });
    const { url } = await web({ ...page, '/robots.txt': status(301, { location: `${other.url}/rules` }) });
    expect(kindOf(await outcome(door(), `${url}/x/y`))).toBe('robots-disallowed');
  });

  it('that moves in circles is no rule at all', async () => {
    const { url } = await web({ ...page, '/robots.txt': status(301, { location: '/robots.txt' }) });
    expect(await outcome(door(), `${url}/a`)).toBe('isi');
  });

  it('is asked for at each host that a redirect leads to', async () => {
    const other = await web({ ...page, '/robots.txt': body('User-agent: *\nDisallow: /') });
    const { url } = await web({ '/go': status(302, { location: `${other.url}/a` }) });
    expect(kindOf(await outcome(door(), `${url}/go`))).toBe('robots-disallowed');
    expect(other.pages()).toEqual([]);
  });

  it('is asked for once, and again after half a day', async () => {
    const clock = new SimulatedClock();
    const server = await web({ ...page, '/robots.txt': body('') });
    const fetcher = door(clock);
    const asked = () => server.seen.filter(({ path }) => path === '/robots.txt').length;
    await Promise.all([1, 2, 3].map(() => outcome(fetcher, `${server.url}/a`)));
    expect([asked(), server.pages().length]).toEqual([1, 3]);
    clock.advance(13 * 3_600_000);
    await outcome(fetcher, `${server.url}/a`);
    expect(asked()).toBe(2);
  });

  it('is not asked where the place has terms of its own', async () => {
    const server = await web({ ...page, '/robots.txt': body('User-agent: *\nDisallow: /') });
    const response = await door().fetch({ url: `${server.url}/a`, allowPrivate: true, robots: false });
    expect(response.text()).toBe('isi');
    expect(server.seen).toHaveLength(1);
  });

  it('larger than what is read is obeyed as far as it is read', async () => {
    const rules = `User-agent: *\nDisallow: /x\n${'# isi\n'.repeat(500_000)}Disallow: /a\n`;
    const { url } = await web({ ...page, '/robots.txt': body(rules) });
    const fetcher = door();
    expect(kindOf(await outcome(fetcher, `${url}/x/y`))).toBe('robots-disallowed');
    expect(await outcome(fetcher, `${url}/a`)).toBe('isi');
  });

  it('made to be slow is not', async () => {
    const agents = Array.from({ length: 10_000 }, (_, index) => `User-agent: a${index}\n`).join('');
    const stars = `Disallow: /${'*a'.repeat(400)}b\n`.repeat(200);
    const { url } = await web({ '/robots.txt': body(`${agents}User-agent: *\n${stars}`) });
    const path = `/${'a'.repeat(1_000)}`;
    expect(kindOf(await outcome(door(), `${url}${path}`))).toBe('robots-disallowed');
  });

  it('sets the time between two requests by Crawl-delay', async () => {
    const clock = new SimulatedClock();
    const times: number[] = [];
    const answer: Answer = (_request, response) => {
      times.push(clock.now());
      response.end('isi');
    };
    const { url } = await web({ '/a': answer, '/robots.txt': body('User-agent: *\nCrawl-delay: 7') });
    const fetcher = door(clock);
    for (let count = 0; count < 3; count++) await outcome(fetcher, `${url}/a`);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toEqual([7_000, 7_000]);
  });
});
