import type { HourNumbers, MeasureNumbers, OutcomeCounts } from '../core/desk-numbers.js';
import { dayOfHour, firstHourOf } from './days.js';
import { delayQuantile } from './delays.js';

/** Two days or fewer are shown by hour, more by day. */
export const HOURLY_DAYS = 2;

/** A point of a series. */
export interface SeriesPoint {
  /** Hours since the epoch, where the hour or the day begins. */
  readonly hour: number;
  readonly landed: number;
  readonly decided: number;
}

/** A row of a breakdown. */
export interface NumbersRow extends OutcomeCounts {
  /** What stands after the measure's colon. */
  readonly key: string;
  readonly landed: number;
  readonly passed: number;
}

/** Median and 95th percentile, seconds, of `n` delays. */
export interface Delays {
  readonly n: number;
  readonly median: number;
  readonly p95: number;
}

/** Items that people concluded something of, duplicates and what was not for the desk included. */
export function decidedIn(counts: OutcomeCounts): number {
  return judgedIn(counts).of + counts.duplicate + counts.outOfScope;
}

/**
 * Of what was judged, how much was dismissed as protected expression. Duplicates and what is out of scope say nothing
 * about the flag, so they are left out.
 */
export function judgedIn(counts: OutcomeCounts): { readonly hits: number; readonly of: number } {
  const { dismissed, violation, hoax, escalated } = counts;
  return { hits: dismissed, of: dismissed + violation + hoax + escalated };
}

/** A series without gaps, `from <= day < to`: by hour for {@link HOURLY_DAYS} days at most, else by day. */
export function seriesOf(
  hours: readonly HourNumbers[],
  from: number,
  to: number,
  now: number,
): SeriesPoint[] {
  const isHourly = to - from <= HOURLY_DAYS;
  const points = new Map<number, { landed: number; decided: number }>();
  for (let day = from; day < to; day += 1) {
    const first = firstHourOf(day);
    for (let hour = first; hour < first + (isHourly ? 24 : 1); hour += 1) {
      if (hour <= now) points.set(hour, { landed: 0, decided: 0 });
    }
  }
  for (const counts of hours) {
    const point = points.get(isHourly ? counts.hour : firstHourOf(dayOfHour(counts.hour)));
    if (point === undefined) continue;
    point.landed += counts.landed;
    point.decided += decidedIn(counts);
  }
  return [...points].map(([hour, point]) => ({ hour, ...point }));
}

/** Rows of one measure, the most landed first. */
export function rowsOf(measures: readonly MeasureNumbers[], measure: string): NumbersRow[] {
  const start = `${measure}:`;
  return measures
    .filter((row) => row.measure.startsWith(start))
    .map(({ measure: name, ...row }) => ({ key: name.slice(start.length), ...row }))
    .sort((a, b) => b.landed - a.landed || (a.key < b.key ? -1 : 1));
}

/** The delays that a measure's classes hold; undefined where there is none. */
export function delaysOf(
  rows: readonly NumbersRow[],
  countOf: (row: NumbersRow) => number,
): Delays | undefined {
  const classes = new Map(rows.map((row) => [Number(row.key), countOf(row)]));
  const n = [...classes.values()].reduce((sum, each) => sum + each, 0);
  const [median, p95] = [delayQuantile(classes, 0.5), delayQuantile(classes, 0.95)];
  return median === undefined || p95 === undefined ? undefined : { n, median, p95 };
}
