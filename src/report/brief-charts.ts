/** Charts of a report, of the same numbers as its tables. */
import type { BriefClarification } from '../core/brief.js';
import type { NarrativeHour } from '../core/narrative.js';
import type { HourCount } from '../core/trends.js';
import type { Said } from './brief-document.js';
import type { Drawing } from './chart-drawing.js';
import { seriesOf } from './chart-series.js';
import { timeTicks } from './chart-ticks.js';
import { type ChartMark, drawTimes } from './chart-time.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Beyond so many hours a curve goes by days. */
const MOST_HOURS = 10 * 24;
const SIZE = { width: 720, height: 200 };

/** Posts of the report's span, by hour, or by day where there are many. */
export function briefCurve(
  { brief, said, figures, language }: Pick<Said, 'brief' | 'said' | 'figures' | 'language'>,
  hours: readonly (HourCount | NarrativeHour)[],
  marks: readonly ChartMark[],
): Drawing {
  const { zone } = brief.span;
  const from = Date.parse(brief.span.from);
  const to = Date.parse(brief.span.to);
  const step = (to - from) / HOUR_MS > MOST_HOURS ? 'day' : 'hour';
  const slots = seriesOf(hours, { from, to, step, zone, knownTo: Date.parse(brief.madeAt) });
  const busiest = slots.reduce((most, each) => ((each.posts ?? 0) > (most.posts ?? 0) ? each : most), {
    at: from,
    posts: 0,
  } as (typeof slots)[number]);
  const all = hours.reduce((sum, { posts }) => sum + posts, 0);
  return drawTimes(
    {
      title: said.curveTitle,
      desc: said.curveDesc(
        figures.number(all),
        figures.number(busiest.posts ?? 0),
        figures.time(new Date(busiest.at).toISOString()),
      ),
      slots,
      slotMs: step === 'day' ? DAY_MS : HOUR_MS,
      ticks: timeTicks(from, to, zone, language, 12),
      marks,
      figure: figures.number,
    },
    SIZE,
  );
}

/** Bursts and clarifications as marks; clarifications by their number in the table. */
export function marksOf(
  bursts: readonly { readonly at: string }[],
  clarifications: readonly BriefClarification[],
): readonly ChartMark[] {
  return [
    ...bursts.map(({ at }, index): ChartMark => ({ is: 'burst', at: Date.parse(at), number: index + 1 })),
    ...clarifications.map(
      ({ at }, index): ChartMark => ({ is: 'answer', at: Date.parse(at), number: index + 1 }),
    ),
  ];
}
