/** A month by days: posts, bursts, dates of watch lists. */
import type { NarrativeReader, StoryGlance } from '../core/narrative-ports.js';
import type { HourCount, TimeSpan, TrendReader } from '../core/trends.js';
import { ZONE_HOURS, type Zone } from '../core/user.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Narratives looked at for their bursts. */
const LOOKED_STORIES = 500;
const MOST_BURSTS = 3;
/** How far one may look ahead. */
const MONTHS_AHEAD = 12;

/** A burst of a narrative on a day. */
export interface DayBurst {
  readonly id: string;
  readonly title: string;
  readonly at: string;
  readonly size: number;
}

/** A watched span of time, e.g. a stage of an election. */
export interface WatchedDates {
  readonly id: string;
  readonly name: string;
  /** `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
}

export interface CalendarDay {
  /** `YYYY-MM-DD` in the zone. */
  readonly day: string;
  /** Absent where nothing was counted yet, or not yet. */
  readonly posts?: number;
  readonly flagged?: number;
  /** Largest first, at most three; {@link moreBursts} tells of the others. */
  readonly bursts: readonly DayBurst[];
  readonly moreBursts: number;
  readonly watched: readonly WatchedDates[];
}

export interface CalendarView {
  /** `YYYY-MM` */
  readonly month: string;
  readonly zone: Zone;
  readonly days: readonly CalendarDay[];
  readonly posts: number;
  readonly flagged: number;
  readonly previous: string;
  /** Absent a year ahead: dates to come are watched too. */
  readonly next?: string;
}

export interface CalendarReaders {
  readonly narratives: Pick<NarrativeReader, 'lookThrough'>;
  readonly trends: Pick<TrendReader, 'totals' | 'newestHour'>;
}

export interface CalendarQuery {
  /** `YYYY-MM`; the present one where it is absent or none. */
  readonly month?: string;
  readonly zone: Zone;
  /** Dates of watch lists, those of other months too. */
  readonly watched: readonly WatchedDates[];
  /** ms since the epoch */
  readonly now: number;
}

export function readCalendar(
  readers: CalendarReaders,
  { month: asked, zone, watched, now }: CalendarQuery,
): CalendarView {
  const shift = ZONE_HOURS[zone] * HOUR_MS;
  const dayOf = (ms: number): string => new Date(ms + shift).toISOString().slice(0, 10);
  const newest = readers.trends.newestHour();
  const present = dayOf(now).slice(0, 7);
  // Of old data, a month that has some: an empty grid tells nothing.
  const latest = newest === undefined ? present : dayOf(Date.parse(newest)).slice(0, 7);
  const month = asked !== undefined && isMonth(asked) ? asked : latest < present ? latest : present;
  const from = Date.parse(`${month}-01T00:00:00Z`) - shift;
  const to = Date.parse(`${monthAfter(month, 1)}-01T00:00:00Z`) - shift;
  const span = { from: iso(from), to: iso(to) };
  const sums = sumsByDay(readers.trends.totals(span), dayOf);
  const bursts = burstsByDay(readers, span, dayOf);
  const days = Array.from({ length: Math.round((to - from) / DAY_MS) }, (_, index): CalendarDay => {
    const day = dayOf(from + index * DAY_MS);
    const here = bursts.get(day) ?? [];
    // Before the first post ever counted and after now there are no numbers.
    const counts = day <= dayOf(now) ? sums.get(day) : undefined;
    return {
      day,
      ...(counts === undefined ? {} : counts),
      bursts: here
        .slice(0, MOST_BURSTS)
        .map(({ glance, at, size }) => ({ id: glance.id, title: glance.title(), at, size })),
      moreBursts: Math.max(0, here.length - MOST_BURSTS),
      watched: watched.filter((each) => each.from <= day && day <= each.to),
    };
  });
  return {
    month,
    zone,
    days,
    posts: days.reduce((sum, { posts = 0 }) => sum + posts, 0),
    flagged: days.reduce((sum, { flagged = 0 }) => sum + flagged, 0),
    previous: monthAfter(month, -1),
    ...(month < monthAfter(present, MONTHS_AHEAD) ? { next: monthAfter(month, 1) } : {}),
  };
}

function sumsByDay(
  hours: readonly HourCount[],
  dayOf: (ms: number) => string,
): ReadonlyMap<string, { readonly posts: number; readonly flagged: number }> {
  const sums = new Map<string, { posts: number; flagged: number }>();
  let begun = false;
  for (const { hour, posts, flagged } of hours) {
    begun ||= posts > 0;
    if (!begun) continue;
    const day = dayOf(Date.parse(hour));
    const sum = sums.get(day) ?? { posts: 0, flagged: 0 };
    sums.set(day, { posts: sum.posts + posts, flagged: sum.flagged + flagged });
  }
  return sums;
}

/** A burst, whose narrative's title is only asked for where it is shown. */
interface SeenBurst {
  readonly glance: StoryGlance;
  readonly at: string;
  readonly size: number;
}

/** Largest first. */
function burstsByDay(
  { narratives }: CalendarReaders,
  { from, to }: TimeSpan,
  dayOf: (ms: number) => string,
): ReadonlyMap<string, readonly SeenBurst[]> {
  const days = new Map<string, SeenBurst[]>();
  let looked = 0;
  for (const glance of narratives.lookThrough()) {
    for (const { at, size } of glance.bursts()) {
      if (at < from || at >= to) continue;
      const day = dayOf(Date.parse(at));
      const known = days.get(day) ?? [];
      days.set(day, known);
      known.push({ glance, at, size });
    }
    looked++;
    if (looked === LOOKED_STORIES) break;
  }
  for (const list of days.values()) {
    list.sort((a, b) => b.size - a.size || (a.glance.id < b.glance.id ? -1 : 1));
  }
  return days;
}

/** A month of 2000 to 2099. */
function isMonth(text: string): boolean {
  return /^20\d\d-(?:0[1-9]|1[0-2])$/.test(text);
}

function monthAfter(month: string, by: number): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, of - 1 + by, 1)).toISOString().slice(0, 7);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
