import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceHour } from '../../src/core/source.js';
import { awaySince, quietness, usualPosts } from '../../src/pipeline/source-habit.js';

/** Hours of invented sources. Day 0 begins at hour 480_000 of the epoch, which is midnight UTC. */

const START = 480_000;
const HOUR = 3_600_000;
const DAY = 24;

type Habit = (day: number, hour: number) => number | 'unwatched';

/** A habit over so many days, then silence over so many watched hours. */
function history(days: number, habit: Habit, silentHours: number, watchedInSilence = true): SourceHour[] {
  const hours: SourceHour[] = [];
  for (let at = 0; at < days * DAY; at += 1) {
    const posts = habit(Math.floor(at / DAY), at % DAY);
    if (posts !== 'unwatched') hours.push({ hour: START + at, posts, rejected: 0, watched: true });
  }
  for (let at = days * DAY; at < days * DAY + silentHours; at += 1) {
    if (watchedInSilence) hours.push({ hour: START + at, posts: 0, rejected: 0, watched: true });
  }
  return hours;
}

const always: Habit = () => 30;
const byDay: Habit = (_, hour) => (hour >= 6 && hour < 22 ? 20 : 0);
const bursty: Habit = (day, hour) => ((day * 24 + hour) % 7 < 2 ? 200 : 0);
const weekdays: Habit = (day, hour) => (day % 7 < 5 && hour >= 8 && hour < 17 ? 10 : 0);
const rare: Habit = (day, hour) => (hour === (day * 5) % 24 ? 1 : 0);
const everySixHours: Habit = (_, hour) => (hour % 6 === 0 ? 40 : 0);
const outages: Habit = (day, hour) => (day === 9 || (day === 16 && hour < 12) ? 0 : 30);

describe('quietness', () => {
  it.each<[string, SourceHour[], boolean | undefined]>([
    ['no hours at all', [], undefined],
    ['six days are no habit', history(6, always, 48), undefined],
    [
      'a few posts a week are no habit',
      history(28, (day, hour) => (day % 7 === 0 && hour === 9 ? 1 : 0), 200),
      undefined,
    ],
    ['always busy, silent for an hour', history(28, always, 1), false],
    ['always busy, silent for 2 hours', history(28, always, 2), true],
    ['always busy for eight days, silent for 4 hours', history(8, always, 4), true],
    ['asleep at night, silent for a night', history(28, byDay, 6), false],
    ['asleep at night, silent until the morning is over', history(28, byDay, 6 + 5), true],
    ['in bursts, silent for its usual rest', history(28, bursty, 5), false],
    ['in bursts, silent for two days', history(28, bursty, 48), true],
    ['weekends off, silent over a weekend', history(26, weekdays, 2 * DAY), false],
    ['weekends off, silent on Monday and Tuesday too', history(26, weekdays, 4 * DAY + 20), true],
    ['ten days of it, silent over its second weekend', history(12, weekdays, 2 * DAY), false],
    ['one post a day, silent for a day', history(28, rare, 40), false],
    ['one post a day, silent for a month', history(28, rare, 30 * DAY), true],
    ['collected every six hours, one reading without posts', history(28, everySixHours, 6), false],
    ['collected every six hours, two readings without posts', history(28, everySixHours, 7), true],
    ['two outages in the past do not hide a third', history(28, outages, 10), true],
    ['hours that nobody watched say nothing', history(28, always, 200, false), false],
  ])('%s', (_, hours, quiet) => {
    const last = hours.at(-1)?.hour ?? START;
    expect(quietness(hours, (last + 1) * HOUR)?.quiet).toBe(quiet);
  });

  it('leaves the present hour out: it is not over', () => {
    const hours = history(28, always, 2);
    const last = hours.at(-1)?.hour ?? 0;
    expect(quietness(hours, last * HOUR + HOUR - 1)).toMatchObject({ silentHours: 1, quiet: false });
    expect(quietness(hours, (last + 1) * HOUR)).toMatchObject({ silentHours: 2, quiet: true });
  });

  it('one busy day raises nothing', () => {
    const storm: Habit = (day, hour) => (day === 20 ? 100_000 : (rare(day, hour) as number));
    expect(quietness(history(28, storm, 20), (START + 28 * DAY + 20) * HOUR)?.quiet).toBe(false);
  });

  it('grows only surer the longer a source is silent, and ends with the first post', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 24 * 10, maxLength: 24 * 28 }),
        fc.integer({ min: 1, max: 400 }),
        (posts, silent) => {
          const hours = posts.map((n, at) => ({ hour: START + at, posts: n, rejected: 0, watched: true }));
          const more = (n: number): SourceHour[] => [
            ...hours,
            ...Array.from({ length: n }, (_, at) => ({
              hour: START + hours.length + at,
              posts: 0,
              rejected: 0,
              watched: true,
            })),
          ];
          const judge = (given: SourceHour[]) => quietness(given, ((given.at(-1)?.hour ?? 0) + 1) * HOUR);
          const [short, long] = [judge(more(silent)), judge(more(silent + 1))];
          if (short === undefined || long === undefined) return;
          expect(long.chance).toBeLessThanOrEqual(short.chance);
          expect(long.silentHours).toBe(short.silentHours + 1);
          if (short.quiet) expect(long.quiet).toBe(true);
          const [spoken] = [...more(silent)].slice(-1);
          const again = [...more(silent).slice(0, -1), { ...spoken!, posts: 1 }];
          expect(judge(again)?.quiet ?? false).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('says what is usual in an hour of the day, and nothing before a week', () => {
  const at = (days: number): number => (START + days * DAY + 9) * HOUR;
  const rising: Habit = (day, hour) => (hour === 9 ? day + 1 : 0);
  expect(usualPosts(history(6, rising, 0), at(6))).toBeUndefined();
  expect(usualPosts(history(7, rising, 0), at(7))).toBe(4);
  expect(usualPosts(history(8, rising, 0), at(8))).toBe(4.5);
});

describe('being away', () => {
  const every =
    (ms: number) =>
    (after: number): number =>
      (Math.floor(after / ms) + 1) * ms;
  const now = START * HOUR;
  const hourly = history(3, () => 1, 0);
  it.each<[string, number | undefined, ((after: number) => number | undefined) | undefined, boolean]>([
    ['never read', undefined, every(600_000), false],
    ['read ten minutes ago, every ten minutes', 600_000, every(600_000), false],
    ['two times due missed may be a restart', 1_500_000, every(600_000), false],
    ['three times due missed', 1_900_000, every(600_000), true],
    ['a schedule of every minute, away for five', 300_000, every(60_000), false],
    ['a daily schedule, read yesterday', 25 * HOUR, every(24 * HOUR), false],
    ['a daily schedule, a week ago', 168 * HOUR, every(24 * HOUR), true],
    ['a schedule that never falls due again', 168 * HOUR, () => undefined, false],
    ['no schedule, read this morning', 6 * HOUR, undefined, false],
    ['no schedule, read two days ago', 48 * HOUR, undefined, true],
  ])('%s', (_, ago, due, away) => {
    const last = ago === undefined ? undefined : now - ago;
    expect(awaySince(last, now, hourly, due)).toBe(away ? last : undefined);
  });

  it('knows a source without a schedule by its own habit', () => {
    const weekly = Array.from({ length: 5 }, (_, week) => ({
      hour: START - 5 * 168 + week * 168,
      posts: 9,
      rejected: 0,
      watched: true,
    }));
    expect(awaySince(now - 168 * HOUR, now, weekly)).toBeUndefined();
    expect(awaySince(now - 4 * 168 * HOUR, now, weekly)).toBe(now - 4 * 168 * HOUR);
  });
});
