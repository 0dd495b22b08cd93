/** Narratives and trends as the desk's pages ask for them: one question a page, so that another process may answer. */
import { DeskRefusal } from '../core/desk-refusal.js';
import type { NarrativeReader } from '../core/narrative-ports.js';
import type { Clock } from '../core/ports.js';
import type { HourCount, TimeSpan, Trend, TrendKind, TrendReader } from '../core/trends.js';
import type { Actor } from '../core/user.js';
import { may } from '../triage/rights.js';
import { mustMay } from './desk-access.js';
import {
  type CalendarQuery,
  type CalendarReaders,
  type CalendarView,
  readCalendar,
} from './read-calendar.js';
import { type StoryQuery as ListQuery, readStories, type StoryPage } from './read-stories.js';
import {
  type CompareView,
  compareStories,
  readStory,
  type StoryQuery,
  type StoryReaders,
  type StoryView,
} from './read-story.js';
import { readToday, type TodayDays, type TodayView } from './read-today.js';

/** What all pages of narratives are made of. */
export interface StorySources extends StoryReaders, CalendarReaders {
  readonly narratives: NarrativeReader;
  readonly trends: TrendReader;
}

/** A question with all that its answer depends on but the store. */
export type StoryQuestion =
  | {
      readonly ask: 'today';
      readonly days: TodayDays;
      readonly regions?: readonly string[];
      readonly now: number;
    }
  | { readonly ask: 'stories'; readonly query: Omit<ListQuery, 'until'>; readonly now: number }
  | { readonly ask: 'story'; readonly query: StoryQuery }
  | { readonly ask: 'calendar'; readonly query: CalendarQuery }
  | { readonly ask: 'trends'; readonly query: TrendQuery };

/** Most of a kind, or what moved most, or the hours of one key. */
export type TrendQuery = TimeSpan &
  (
    | { readonly by: 'top' | 'rising' | 'falling'; readonly kind: TrendKind; readonly limit: number }
    | { readonly by: 'totals' }
    | { readonly by: 'series'; readonly kind: TrendKind; readonly key: string }
  );

/** Where the pages' questions are answered. @throws DeskRefusal `too-slow`, RetryableError */
export interface StoryAnswerer {
  answer(question: StoryQuestion): Promise<unknown>;
}

/**
 * An answer that sums up much is given again for so long, ms: a screen on a wall and a morning's briefing ask the same, and
 * what many days come to changes slowly.
 */
const SAME_MS = { today: { 1: 20_000, 7: 60_000, 30: 300_000 }, calendar: 60_000 } as const;
const MOST_KEPT = 20;

/** Answers questions in the process that holds the readers. What sums up much may be some seconds old. */
export function createStoryAnswers(sources: StorySources): (question: StoryQuestion) => unknown {
  const kept = new Map<string, { readonly at: number; readonly answer: unknown }>();
  return (question) => {
    if (question.ask !== 'today' && question.ask !== 'calendar') return answerStory(sources, question);
    const now = question.ask === 'today' ? question.now : question.query.now;
    const key = JSON.stringify(question, (name, value: unknown) => (name === 'now' ? undefined : value));
    const same = question.ask === 'today' ? SAME_MS.today[question.days] : SAME_MS.calendar;
    const known = kept.get(key);
    if (known !== undefined && now >= known.at && now - known.at < same) return known.answer;
    const answer = answerStory(sources, question);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, { at: now, answer });
    return answer;
  };
}

function answerStory(sources: StorySources, question: StoryQuestion): unknown {
  const { narratives, trends } = sources;
  switch (question.ask) {
    case 'today':
      return readToday(sources, question);
    case 'stories': {
      const newest = trends.newestHour();
      // Days are counted back from the newest posts where these are old.
      const until = Math.min(
        question.now,
        newest === undefined ? question.now : Date.parse(newest) + 3_600_000,
      );
      return readStories(narratives, { ...question.query, until });
    }
    case 'story':
      return readStory(sources, question.query);
    case 'calendar':
      return readCalendar(sources, question.query);
    case 'trends':
      return readTrends(trends, question.query);
  }
}

function readTrends(trends: TrendReader, query: TrendQuery): readonly Trend[] | readonly HourCount[] {
  const span = { from: query.from, to: query.to };
  if (query.by === 'totals') return trends.totals(span);
  if (query.by === 'series') return trends.series(query.kind, query.key, span);
  return trends[query.by]({ ...span, kind: query.kind, limit: query.limit });
}

/** What the pages of narratives work on. */
export interface StoryPorts extends StoryAnswerer {
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * @param regions only what is known to be of these, by code
 * @throws DeskRefusal `forbidden`, `too-slow`
 */
export async function readTodayApart(
  ports: StoryPorts,
  actor: Actor,
  days: TodayDays,
  regions?: readonly string[],
): Promise<TodayView> {
  mustMay(actor, 'narrative:read');
  const asked = { days, now: ports.clock.now(), ...(regions === undefined ? {} : { regions }) };
  return (await ports.answer({ ask: 'today', ...asked })) as TodayView;
}

/** @throws DeskRefusal `forbidden`, `too-slow` */
export async function readStoriesApart(
  ports: StoryPorts,
  actor: Actor,
  query: Omit<ListQuery, 'until'>,
): Promise<StoryPage> {
  mustMay(actor, 'narrative:read');
  return (await ports.answer({ ask: 'stories', query, now: ports.clock.now() })) as StoryPage;
}

/** A narrative; texts of few posts and numbers of items only where the role reads items. @throws DeskRefusal `forbidden`, `no-narrative`, `too-slow` */
export async function readStoryApart(ports: StoryPorts, actor: Actor, id: string): Promise<StoryView> {
  mustMay(actor, 'narrative:read');
  const query = { id, now: ports.clock.now(), readsItems: may(actor.role, 'queue:read') };
  const found = (await ports.answer({ ask: 'story', query })) as StoryView | undefined;
  if (found === undefined) {
    throw new DeskRefusal(
      'no-narrative',
      `there is no narrative ${id.slice(0, 40)}; it may have been forgotten`,
    );
  }
  return found;
}

/** @throws DeskRefusal `forbidden`, `no-narrative`, `too-slow` */
export async function compareApart(
  ports: StoryPorts,
  actor: Actor,
  a: string,
  b: string,
): Promise<CompareView> {
  return compareStories(await readStoryApart(ports, actor, a), await readStoryApart(ports, actor, b));
}

/** @throws DeskRefusal `forbidden`, `too-slow` */
export async function readCalendarApart(
  ports: StoryPorts,
  actor: Actor,
  query: Omit<CalendarQuery, 'now'>,
): Promise<CalendarView> {
  mustMay(actor, 'narrative:read');
  const whole = { ...query, now: ports.clock.now() };
  return (await ports.answer({ ask: 'calendar', query: whole })) as CalendarView;
}

/** @throws DeskRefusal `forbidden`, `too-slow` */
export async function readTrendsApart<Q extends TrendQuery>(
  ports: StoryPorts,
  actor: Actor,
  query: Q,
): Promise<Q['by'] extends 'totals' | 'series' ? readonly HourCount[] : readonly Trend[]> {
  mustMay(actor, 'narrative:read');
  return (await ports.answer({ ask: 'trends', query })) as Q['by'] extends 'totals' | 'series'
    ? readonly HourCount[]
    : readonly Trend[];
}
