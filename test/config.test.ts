import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ConfigInput, parseConfig } from '../src/config.js';
import { CannotRunError } from '../src/core/errors.js';
import { isSchedule } from '../src/pipeline/schedule.js';

const kinds = new Map<string, z.ZodType>([
  ['feed', z.strictObject({ url: z.url() })],
  ['file', z.strictObject({ path: z.string() })],
]);

function parse(document: unknown, rest: Partial<ConfigInput> = {}) {
  return parseConfig({ document, file: 'ronda.yaml', environment: {}, kinds, isSchedule, ...rest });
}

function faultsOf(document: unknown, environment: Record<string, string> = {}): string {
  try {
    parse(document, { environment });
  } catch (error) {
    expect(error).toBeInstanceOf(CannotRunError);
    return (error as CannotRunError).message;
  }
  throw new Error('the configuration was accepted');
}

describe('parseConfig', () => {
  it('gives every key its default where there is no file', () => {
    const config = parse(undefined);
    expect(config).toMatchObject({
      home: 'data',
      sources: [],
      score: { workers: 1 },
      queue: { kind: 'embedded', max_attempts: 5 },
      retention: { seen: 30 * 86_400_000 },
      desk: { language: 'id', zone: 'Asia/Jakarta' },
    });
  });

  it('is frozen all the way down', () => {
    const config = parse({ sources: [{ name: 'a', kind: 'feed', url: 'https://a.example/rss' }] });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.sources[0])).toBe(true);
    expect(Object.isFrozen(config.sources[0]?.options)).toBe(true);
  });

  it('hands a source its own keys, checked by its kind', () => {
    const config = parse({
      sources: [
        {
          name: 'a',
          kind: 'feed',
          url: 'https://a.example/rss',
          schedule: '*/5 * * * *',
          allow_private: true,
        },
      ],
    });
    expect(config.sources).toEqual([
      {
        name: 'a',
        kind: 'feed',
        schedule: '*/5 * * * *',
        allowPrivate: true,
        options: { url: 'https://a.example/rss' },
      },
    ]);
  });

  it('takes the home from --home before RONDA_HOME before the default', () => {
    expect(parse({}, { environment: { RONDA_HOME: '/var/lib/ronda' } }).home).toBe('/var/lib/ronda');
    expect(parse({}, { environment: { RONDA_HOME: '/var/lib/ronda' }, home: 'here' }).home).toBe('here');
  });

  it('puts the queue on Redis where RONDA_REDIS is set', () => {
    const config = parse({}, { environment: { RONDA_REDIS: 'redis://127.0.0.1:6379' } });
    expect(config.queue.kind).toBe('redis');
    expect(config.redis).toBe('redis://127.0.0.1:6379');
  });

  it('tells all faults at once, each with key, found, allowed and an example', () => {
    const message = faultsOf({
      score: { workers: -1 },
      landing: { abusive: 'sometimes' },
      retention: { seen: 'two weeks' },
      desk: { zone: 'Mars/Base' },
      wrong_key: 1,
      sources: [
        { name: 'a', kind: 'feed', url: 'not a url' },
        { name: 'b', kind: 'telepathy' },
        { name: 'c', kind: 'file', path: 'x', schedule: 'whenever' },
      ],
    });
    for (const part of [
      /score\.workers: found -1; allowed: at least 0, e\.g\. workers: 1/,
      /landing\.abusive: found "sometimes"; allowed: never, low, medium, high, critical, e\.g\. landing/,
      /retention\.seen: found "two weeks"; allowed: a whole number with s, m, h or d/,
      /desk\.zone: found "Mars\/Base"; allowed: a time zone of the IANA database/,
      /wrong_key: found a key that does not exist/,
      /sources\.0 \(a\) url: found "not a url"/,
      /sources\.1\.kind: found "telepathy"; allowed: feed, file/,
      /sources\.2\.schedule: found "whenever"; allowed: a cron expression/,
    ]) {
      expect(message).toMatch(part);
    }
  });

  it.each([
    [
      'two sources of one name',
      {
        sources: [
          { name: 'a', kind: 'file', path: 'x' },
          { name: 'a', kind: 'file', path: 'y' },
        ],
      },
      {},
      /"a" twice/,
    ],
    ['Redis named without its URL', { queue: { kind: 'redis' } }, {}, /RONDA_REDIS is not set/],
    ['a Redis URL that is none', {}, { RONDA_REDIS: 'localhost:6379' }, /RONDA_REDIS: found no Redis URL/],
    ['a list where keys are expected', [1, 2], {}, /the file/],
  ])('refuses %s', (_, document, environment, message) => {
    expect(faultsOf(document, environment)).toMatch(message);
  });

  it('never repeats the value of RONDA_REDIS, which may hold a password', () => {
    expect(faultsOf({}, { RONDA_REDIS: 'http://:hunter2@host' })).not.toContain('hunter2');
  });
});

describe('the terms that a source rests on', () => {
  const terms = { basis: 'izin rekaan', acknowledged_by: 'petugas rekaan', date: '2026-11-22' };
  const now = Date.parse('2026-11-22T12:00:00Z');
  const termsRequired = (kind: string) => (kind === 'feed' ? 'its place has rules' : undefined);
  const source = { name: 'a', kind: 'feed', url: 'https://a.example/rss' };
  const check = (given: object | undefined, kind = 'feed') => {
    const document = { sources: [{ ...source, kind, ...(given === undefined ? {} : { terms: given }) }] };
    try {
      const options = { termsRequired, now };
      return parse(kind === 'file' ? { sources: [{ name: 'a', kind, path: 'a.csv' }] } : document, options);
    } catch (error) {
      return (error as CannotRunError).message;
    }
  };

  it('are handed to the source', () => {
    expect(check(terms)).toMatchObject({ sources: [{ name: 'a', terms }] });
  });

  it('are asked for where the kind needs them, with the reason and an example', () => {
    expect(check(undefined)).toMatch(
      /sources\.0 \(a\) terms: found nothing, and its place has rules.*e\.g\. terms: \{/,
    );
    expect(check(undefined, 'file')).toMatchObject({ sources: [{ name: 'a' }] });
  });

  it.each([
    ['an empty basis', { basis: ' \n' }, 'terms.basis'],
    ['nobody’s name', { acknowledged_by: '' }, 'terms.acknowledged_by'],
    ['no day', { date: 'kemarin' }, 'terms.date'],
    ['a day that there is not', { date: '2026-02-30' }, 'terms.date'],
    ['a day to come', { date: '2026-11-24' }, 'terms.date'],
    ['an unknown key', { note: 'x' }, 'terms.note'],
  ])('are refused with %s', (_, change, key) => {
    expect(check({ ...terms, ...change })).toContain(key);
  });

  it('may bear the day that has begun in the east', () => {
    expect(check({ ...terms, date: '2026-11-23' })).toMatchObject({ sources: [{ name: 'a' }] });
  });
});
