import { describe, expect, it } from 'vitest';
import { isSchedule, nextRun, onSchedule } from '../../src/pipeline/schedule.js';
import { SimulatedClock } from '../support/simulated-clock.js';

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
