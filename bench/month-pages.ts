/** How long the pages of narratives and trends take to read, over the store of a month. */
import { createNarrativeReader } from '../src/pipeline/read-narratives.js';
import { createTrendReader } from '../src/pipeline/read-trends.js';
import { createStoryAnswers, type StoryQuestion } from '../src/pipeline/story-reading.js';
import type { Store } from '../src/store/store.js';

const HOUR_MS = 3_600_000;
const TIMES = 100;
/** Narratives whose pages are read, the latest. */
const STORIES = 20;

/**
 * Milliseconds of processor time at the median and at the 95th percentile of each page's question, none answered from
 * what was kept of an answer before.
 * @param now ms since the epoch
 */
export function readPages(store: Store, now: number, say: (line: string) => void): void {
  const trends = createTrendReader(store.counted);
  const narratives = createNarrativeReader(store.stories, store.counted);
  const iso = (time: number): string => new Date(time).toISOString();
  const span = (hours: number) => ({ from: iso(now - hours * HOUR_MS), to: iso(now) });
  const ids = narratives.listNarratives({ limit: STORIES }).map(({ id }) => id);
  const trend = (by: 'top' | 'rising' | 'falling', kind: 'term' | 'hashtag' | 'region', hours: number) =>
    ({ ask: 'trends', query: { by, kind, limit: 20, ...span(hours) } }) as const;
  const stories = (days?: number, text?: string) =>
    ({
      ask: 'stories',
      query: { limit: 50, ...(days === undefined ? {} : { days }), ...(text === undefined ? {} : { text }) },
      now,
    }) as const;
  const month = iso(now - HOUR_MS).slice(0, 7);
  const questions: readonly (readonly [string, (turn: number) => StoryQuestion])[] = [
    ['today', (turn) => today(1, turn)],
    ['today, 7 days', (turn) => today(7, turn)],
    ['today, 30 days', (turn) => today(30, turn)],
    ['narratives', () => stories()],
    ['narratives, 24 hours', () => stories(1)],
    ['narratives, 30 days', () => stories(30)],
    ['narratives by a word that none has', () => stories(30, 'tiadasama')],
    ['a narrative', (turn) => story(ids[turn % ids.length] ?? '')],
    ['calendar', () => ({ ask: 'calendar', query: { month, zone: 'WIB', watched: [], now } })],
    ['rising terms of a day', () => trend('rising', 'term', 24)],
    ['rising terms of a week', () => trend('rising', 'term', 168)],
    ['rising terms of a month', () => trend('rising', 'term', 720)],
    ['falling terms of a day', () => trend('falling', 'term', 24)],
    ['falling terms of a month', () => trend('falling', 'term', 720)],
    ['top terms of a month', () => trend('top', 'term', 720)],
    ['rising hashtags of a month', () => trend('rising', 'hashtag', 720)],
    ['regions of a month', () => trend('top', 'region', 720)],
  ];
  // At any hour of a day: what begins with one of UTC is read with a quarter of the rows.
  const today = (days: 1 | 7 | 30, turn: number): StoryQuestion => ({
    ask: 'today',
    days,
    now: now - (turn % 24) * HOUR_MS,
  });
  const story = (id: string): StoryQuestion => ({ ask: 'story', query: { id, now, readsItems: true } });
  for (const [name, question] of questions) {
    const times = Array.from({ length: TIMES }, (_, turn) => {
      // Made anew for each: answers that sum up much are kept for a while.
      const answer = createStoryAnswers({ narratives, trends, claim: () => undefined });
      const begin = process.cpuUsage();
      answer(question(turn));
      const { user, system } = process.cpuUsage(begin);
      return (user + system) / 1000;
    }).sort((a, b) => a - b);
    const at = (share: number): string => times[Math.ceil(share * TIMES) - 1]!.toFixed(1);
    say(`${name}: ${at(0.5)} ms at the median, ${at(0.95)} at the 95th percentile, ${at(1)} at most`);
  }
}
