import { describe, expect, it } from 'vitest';
import { CannotRunError, OutOfSpaceError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import type { Clock } from '../../src/core/ports.js';
import { isDue, isSchedule, nextRun, onSchedule } from '../../src/pipeline/schedule.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const DAY_MS = 86_400_000;
const at = (time: string): number => Date.parse(`2026-01-05T${time}Z`);

/** Runs every ten minutes until `runs` were made; each takes as long as `lasts` says (ms). */
async function startedAt(
  clock: SimulatedClock,
  runs: number,
  lasts: (run: number) => number,
): Promise<string[]> {
  const stop = new AbortController();
  const begun: string[] = [];
  let working = 0;
  await onSchedule('*/10 * * * *', 'Asia/Jakarta', clock, stop.signal, async () => {
    working += 1;
    expect(working).toBe(1);
    begun.push(new Date(clock.now()).toISOString().slice(11, 19));
    await clock.sleep(lasts(begun.length));
    working -= 1;
    if (begun.length === runs) stop.abort();
  });
  return begun;
}

describe('a schedule', () => {
  it('runs at the start and then at its times', async () => {
    expect(await startedAt(new SimulatedClock(at('08:03:00')), 3, () => 1_000)).toEqual([
      '08:03:00',
      '08:10:00',
      '08:20:00',
    ]);
  });

  it('catches up once after what lasted too long, never one beside the other', async () => {
    // The second lasts from 08:10 to 08:45: three times were missed, one run makes up for them.
    const lasts = (run: number): number => (run === 2 ? 35 * 60_000 : 1_000);
    expect(await startedAt(new SimulatedClock(at('08:03:00')), 4, lasts)).toEqual([
      '08:03:00',
      '08:10:00',
      '08:45:00',
      '08:50:00',
    ]);
  });

  it('makes nobody wait for the time that a wrong clock showed', async () => {
    // A clock that is two days ahead is set right while a run is under way, and once more while the next is waited for.
    const clock = new SimulatedClock(at('08:03:00') + 2 * DAY_MS);
    const stop = new AbortController();
    const begun: string[] = [];
    const stepping: Pick<Clock, 'now' | 'sleep'> = {
      now: () => clock.now(),
      async sleep(ms, signal) {
        await clock.sleep(ms, signal);
        if (begun.length === 2 && clock.now() > at('09:00:00')) clock.advance(-2 * DAY_MS - 60 * 60_000);
      },
    };
    await onSchedule('*/10 * * * *', 'Asia/Jakarta', stepping, stop.signal, async () => {
      begun.push(new Date(clock.now()).toISOString());
      if (begun.length === 4) stop.abort();
    });
    const [, , third = '', fourth = ''] = begun;
    expect(Date.parse(third)).toBeLessThan(at('09:00:00'));
    expect(Date.parse(fourth) - Date.parse(third)).toBe(10 * 60_000);
  });

  it.each<[string, Error, number]>([
    ['trouble that passes', new RetryableError('store-io', 'the disk hiccups'), 5_000],
    ['a full disk', new OutOfSpaceError('no room'), 5_000],
    ['a place that asks for patience', new ThrottledError('later', 'not now', 60_000), 60_000],
  ])('goes on after %s, and tells of it', async (_, error, pause) => {
    const clock = new SimulatedClock(at('08:03:00'));
    const stop = new AbortController();
    const begun: number[] = [];
    const told: unknown[] = [];
    const work = async (): Promise<void> => {
      begun.push(clock.now());
      if (begun.length === 1) throw error;
      stop.abort();
    };
    await onSchedule(undefined, 'UTC', clock, stop.signal, work, {
      onTrouble: (trouble) => told.push(trouble),
    });
    expect(told).toEqual([error]);
    expect((begun[1] ?? 0) - (begun[0] ?? 0)).toBe(pause);
  });

  it.each<[string, Error]>([
    ['a store of a newer version', new CannotRunError('store-newer', 'made by a newer one')],
    ['a defect', new TypeError('undefined is not a function')],
  ])('ends with %s', async (_, error) => {
    const clock = new SimulatedClock(at('08:03:00'));
    const work = (): Promise<void> => Promise.reject(error);
    const running = onSchedule('* * * * *', 'UTC', clock, new AbortController().signal, work, {
      onTrouble: () => {},
    });
    await expect(running).rejects.toBe(error);
  });

  it.each<[string, string | undefined, readonly string[]]>([
    ['was never done before', undefined, ['08:03:00', '08:10:00']],
    ['was missed once', '07:58:00', ['08:03:00', '08:10:00']],
    ['was missed for days', '00:00:00', ['08:03:00', '08:10:00']],
    ['was done since it was last due', '08:01:00', ['08:10:00', '08:20:00']],
    ['was done by a clock that ran ahead', '19:00:00', ['08:03:00', '08:10:00']],
  ])('begins at once, or at its time, where it %s', async (_, last, begun) => {
    const clock = new SimulatedClock(at('08:03:00'));
    const stop = new AbortController();
    const told: string[] = [];
    const lastAt = last === undefined ? undefined : at(last);
    expect(isDue('*/10 * * * *', 'UTC', lastAt, clock.now())).toBe(begun[0] === '08:03:00');
    const work = async (): Promise<void> => {
      told.push(new Date(clock.now()).toISOString().slice(11, 19));
      if (told.length === 2) stop.abort();
    };
    await onSchedule('*/10 * * * *', 'UTC', clock, stop.signal, work, { lastAt });
    expect(told).toEqual(begun);
  });

  it('is left alone for as long as the work asked for, and done then', async () => {
    const clock = new SimulatedClock(at('08:03:00'));
    const stop = new AbortController();
    const told: string[] = [];
    const work = async (): Promise<number | undefined> => {
      told.push(new Date(clock.now()).toISOString().slice(11, 19));
      if (told.length === 4) stop.abort();
      return told.length === 1 ? clock.now() + 42 * 60_000 : undefined;
    };
    await onSchedule('*/10 * * * *', 'UTC', clock, stop.signal, work);
    expect(told).toEqual(['08:03:00', '08:45:00', '08:50:00', '09:00:00']);
  });

  it('is meant in its zone, through a change of the hour too', () => {
    expect(nextRun('30 2 * * *', 'Asia/Makassar', at('00:00:00'))).toBe(Date.parse('2026-01-05T18:30:00Z'));
    expect(nextRun('0 12 * * *', 'Europe/Berlin', Date.parse('2026-03-28T11:30:00Z'))).toBe(
      Date.parse('2026-03-29T10:00:00Z'),
    );
  });

  it.each([
    ['*/5 * * * *', true],
    ['@daily', true],
    ['tiap jam', false],
    ['61 * * * *', false],
    ['0 0 30 2 *', false],
  ])('%s is one: %s', (expression, is) => {
    expect(isSchedule(expression)).toBe(is);
  });
});
