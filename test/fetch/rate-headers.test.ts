import { describe, expect, it } from 'vitest';
import { quotaSpentForMs, type RawHeaders, retryAfterMs } from '../../src/fetch/rate-headers.js';

const NOW = Date.parse('2026-11-22T05:00:00Z');
const HOUR = 3_600_000;

describe('retryAfterMs', () => {
  it.each<[headers: RawHeaders, ms: number | undefined]>([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': 'Sun, 22 Nov 2026 05:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 04:00:00 GMT' }, 0],
    [{ 'retry-after': 'Sun, 22 Nov 2026 09:01:00 GMT', date: 'Sun, 22 Nov 2026 09:00:00 GMT' }, 60_000],
    [{ 'retry-after': '999999999999' }, 24 * HOUR],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{}, undefined],
  ])('%j asks for %s ms', (headers, ms) => {
    expect(retryAfterMs(headers, NOW)).toBe(ms);
  });
});

describe('quotaSpentForMs', () => {
  it.each<[headers: RawHeaders, ms: number | undefined]>([
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1_000 + 30) }, 30_000],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 30_000) }, 30_000],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-11-22T05:05:00.000Z' }, 300_000],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '45' }, 45_000],
    [{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '45' }, undefined],
    [{ 'x-ratelimit-remaining': '0' }, undefined],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': '10' }, 10_000],
    [{ ratelimit: 'limit=100, remaining=0, reset=30' }, 30_000],
    [{ ratelimit: 'limit=100, remaining=4, reset=30' }, undefined],
    [{ ratelimit: '"burst";r=3;t=5, "daily";r=0;t=90' }, 90_000],
    [{ ratelimit: 'nonsense' }, undefined],
    [{}, undefined],
  ])('%j is spent for %s ms', (headers, ms) => {
    expect(quotaSpentForMs(headers, NOW)).toBe(ms);
  });
});
