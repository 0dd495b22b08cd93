import type { Burst } from '../../core/narrative.js';
import type { TimeSpan } from '../../core/trends.js';
import type { Zone } from '../../core/user.js';
import type { AnswerView } from '../../pipeline/read-story.js';
import type { StoryWords } from '../../words/desk-stories.js';
import { figure } from './charts.js';
import type { CurveMark } from './curve.js';
import { timeIn } from './times.js';

const HOUR_MS = 3_600_000;
/** Most bursts that are marked on a curve, the largest. */
const MOST_BURSTS = 12;
/** Longest curve, ms: what is kept of a narrative's hours. */
const LONGEST = 35 * 24 * HOUR_MS;

/** Bursts and answers of a narrative as marks of its curve. */
export function marksOf(
  bursts: readonly Burst[],
  answers: readonly AnswerView[],
  zone: Zone,
  language: 'id' | 'en',
  said: StoryWords,
): readonly CurveMark[] {
  return [
    ...bursts
      .toSorted((a, b) => b.size - a.size)
      .slice(0, MOST_BURSTS)
      .map(
        ({ at, size }): CurveMark => ({
          is: 'burst',
          at: Date.parse(at),
          text: said.chart.burst(figure(size, language), timeIn(at, zone, language)),
        }),
      ),
    ...answers.map(
      ({ at, channel }): CurveMark => ({
        is: 'answer',
        at: Date.parse(at),
        text: said.chart.answer(timeIn(at, zone, language), channel),
      }),
    ),
  ];
}

/** An answer that is further from the story widens no curve: of days in which nothing was said nothing is seen. */
const ASIDE = 3 * 24 * HOUR_MS;

/** From an hour before the first post, or the first answer near it, to an hour after the last; at most what is kept. */
export function spanOf(
  stories: readonly { readonly firstSeen: string; readonly lastSeen: string }[],
  answers: readonly { readonly at: string }[] = [],
): TimeSpan {
  const seen = stories.flatMap(({ firstSeen, lastSeen }) => [Date.parse(firstSeen), Date.parse(lastSeen)]);
  const [first, last] = [Math.min(...seen), Math.max(...seen)];
  const times = [
    ...seen,
    ...answers.map(({ at }) => Date.parse(at)).filter((at) => at >= first - ASIDE && at <= last + ASIDE),
  ];
  const to = (Math.floor(Math.max(...times) / HOUR_MS) + 2) * HOUR_MS;
  const from = (Math.floor(Math.min(...times) / HOUR_MS) - 1) * HOUR_MS;
  return { from: new Date(Math.max(from, to - LONGEST)).toISOString(), to: new Date(to).toISOString() };
}

/** A chance as people read it: `0,003`, below a millionth `< 0,000001`. */
export function chanceText(p: number, language: 'id' | 'en'): string {
  const locale = language === 'id' ? 'id-ID' : 'en-GB';
  if (p < 1e-6) return `< ${(1e-6).toLocaleString(locale, { maximumFractionDigits: 6 })}`;
  return p.toLocaleString(locale, { maximumSignificantDigits: 2 });
}
