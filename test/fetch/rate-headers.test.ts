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
    [{ ratelimit: '"a, b";r=0;t=5, "c";r=1;t=90' }, 5_000],
    [{ ratelimit: ['"burst";r=0;t=5', '"daily";r=0;t=90'] }, 90_000],
    [{ ratelimit: '"hour";r=0', 'ratelimit-policy': '"day";q=9;w=86400, "hour";q=3;w=3600' }, HOUR],
    [{ ratelimit: '"hour";r=0' }, undefined],
    [{ ratelimit: 'nonsense' }, undefined],
    [{}, undefined],
  ])('%j is spent for %s ms', (headers, ms) => {
    expect(quotaSpentForMs(headers, NOW)).toBe(ms);
  });

  it.each<[place: string, headers: RawHeaders, ms: number]>([
    [
      'Mastodon',
      {
        'x-ratelimit-limit': '300',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '2026-11-22T05:05:00.123456Z',
        date: 'Sun, 22 Nov 2026 05:00:00 GMT',
      },
      300_123,
    ],
    [
      'Mastodon whose clock is two hours ahead',
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '2026-11-22T07:05:00.000Z',
        date: 'Sun, 22 Nov 2026 07:00:00 GMT',
      },
      300_000,
    ],
    [
      'Bluesky',
      {
        'ratelimit-limit': '3000',
        'ratelimit-remaining': '0',
        'ratelimit-reset': String(NOW / 1_000 + 240),
        'ratelimit-policy': '3000;w=300',
      },
      240_000,
    ],
    [
      'Bluesky without a reset',
      { 'ratelimit-limit': '3000', 'ratelimit-remaining': '0', 'ratelimit-policy': '3000;w=300' },
      300_000,
    ],
    [
      'a place like GitHub',
      {
        'x-ratelimit-limit': '60',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(NOW / 1_000 + 3_599),
        'x-ratelimit-used': '60',
      },
      3_599_000,
    ],
  ])('reads what %s sends', (_place, headers, ms) => {
    expect(quotaSpentForMs(headers, NOW)).toBe(ms);
  });

  it('counts what is under way as spent', () => {
    const headers = { 'x-ratelimit-remaining': '2', 'x-ratelimit-reset': '45' };
    expect([0, 1, 2, 3].map((spoken) => quotaSpentForMs(headers, NOW, spoken))).toEqual([
      undefined,
      undefined,
      45_000,
      45_000,
    ]);
  });
});
