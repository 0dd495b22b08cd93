import type { HourCount, TimeSpan } from '../../core/trends.js';
import type { Zone } from '../../core/user.js';
import type { ChartSize } from '../../report/chart-drawing.js';
import { type SeriesSlot, seriesOf } from '../../report/chart-series.js';
import { timeTicks } from '../../report/chart-ticks.js';
import { type ChartMark, drawTimes } from '../../report/chart-time.js';
import type { StoryWords } from '../../words/desk-stories.js';
import { figure } from './charts.js';
import { dayIn } from './days.js';
import { DrawingView } from './drawing.js';
import { ScrollBox } from './scroll-box.js';
import { timeIn } from './times.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Up to so many days are drawn by the hour. */
const HOURLY_DAYS = 8;

/** Boxes in which words keep their size: of a whole page, of half of it, of a wall where all is larger. */
const SIZES = {
  page: { width: 900, height: 260 },
  half: { width: 480, height: 220 },
  wall: { width: 1_000, height: 160 },
} as const;

/** Something on a curve that is told of beneath it. */
export interface CurveMark extends Omit<ChartMark, 'number'> {
  readonly text: string;
}

interface CurveProps {
  /** Once on a page. */
  readonly id: string;
  readonly title: string;
  readonly hours: readonly HourCount[];
  readonly span: TimeSpan;
  /** Before and from these nothing is known; ISO 8601 UTC. */
  readonly knownFrom?: string;
  readonly knownTo?: string;
  /** ms since the epoch: the hour or day that it falls in is not over. */
  readonly now?: number;
  readonly marks?: readonly CurveMark[];
  readonly zone: Zone;
  readonly language: 'id' | 'en';
  readonly said: StoryWords;
  /** Where it stands on a wide page; `page` unless told otherwise. */
  readonly size?: keyof typeof SIZES;
  /** Top of the scale, of curves that are read against one another ({@link peakOf}). */
  readonly most?: number;
  /** Without the table: where nobody can open it. */
  readonly bare?: true;
}

/** Posts over time, all and flagged, what happened meanwhile as numbered marks, and the figures in a table. */
export function Curve(props: CurveProps) {
  const { id, title, zone, language, said, marks = [], bare } = props;
  const { step, slots } = slotsOf(props);
  const slotMs = step === 'hour' ? HOUR_MS : DAY_MS;
  const numbered = marks
    .toSorted((a, b) => a.at - b.at)
    .map((mark, index) => ({ ...mark, number: index + 1 }));
  const end = (slots.at(-1)?.at ?? 0) + slotMs;
  const nameOf = (at: number): string => {
    const iso = new Date(at).toISOString();
    return step === 'hour' ? timeIn(iso, zone, language) : dayIn(iso, zone, language);
  };
  const compact = compactFigure(language);
  const draw = (size: ChartSize) =>
    drawTimes(
      {
        title,
        desc: descOf(slots, nameOf, language, said),
        slots,
        slotMs,
        ticks: timeTicks(slots[0]?.at ?? 0, end, zone, language, Math.floor(size.width / 75)),
        // What happened long before or after is told beneath, and drawn nowhere.
        marks: numbered.filter(({ at }) => at >= (slots[0]?.at ?? 0) && at <= end),
        ...(props.most === undefined ? {} : { most: props.most }),
        figure: compact,
      },
      size,
    );
  return (
    <figure class="plot" aria-labelledby={`${id}-caption`}>
      <figcaption id={`${id}-caption`} class="row between">
        <strong>
          {title}, {step === 'hour' ? said.byHour : said.byDay}
        </strong>
        <Legend said={said} />
      </figcaption>
      <DrawingView
        id={id}
        wide={draw(SIZES[props.size ?? 'page'])}
        narrow={draw({ width: 340, height: 220 })}
      />
      {slots.some(({ underWay }) => underWay === true) && <p class="hint">{said.chart.underWayHint}</p>}
      {numbered.length > 0 && (
        <ol class="marks">
          {numbered.map(({ is, text }) => (
            <li class={is}>
              <bdi>{text}</bdi>
            </li>
          ))}
        </ol>
      )}
      {bare !== true && <Figures slots={slots} nameOf={nameOf} language={language} said={said} />}
    </figure>
  );
}

type SlotProps = Pick<CurveProps, 'hours' | 'span' | 'knownFrom' | 'knownTo' | 'now' | 'zone'>;

function slotsOf({ hours, span, knownFrom, knownTo, now, zone }: SlotProps): {
  readonly step: 'hour' | 'day';
  readonly slots: readonly SeriesSlot[];
} {
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)];
  const step = to - from <= HOURLY_DAYS * DAY_MS ? 'hour' : 'day';
  const slots = seriesOf(hours, {
    from,
    to,
    step,
    zone,
    ...(knownFrom === undefined ? {} : { knownFrom: Date.parse(knownFrom) }),
    ...(knownTo === undefined ? {} : { knownTo: Date.parse(knownTo) }),
    ...(now === undefined ? {} : { now }),
  }).filter(({ at }) => now === undefined || at <= now);
  return { step, slots };
}

/** The most posts of a stretch of a curve. */
export function peakOf(props: Pick<CurveProps, 'hours' | 'span' | 'zone'>): number {
  return Math.max(0, ...slotsOf(props).slots.map(({ posts = 0 }) => posts));
}

/** Which line is which. */
function Legend({ said }: { readonly said: StoryWords }) {
  return (
    <span class="legend">
      <span>
        <svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
          <path class="all-area" d="M0 10V3H24V10Z" />
          <path class="all-line" d="M0 3H24" />
        </svg>
        {said.posts}
      </span>
      <span>
        <svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
          <path class="flagged-line" d="M0 5H24" />
        </svg>
        {said.flagged}
      </span>
    </span>
  );
}

function descOf(
  slots: readonly SeriesSlot[],
  nameOf: (at: number) => string,
  language: 'id' | 'en',
  said: StoryWords,
): string {
  const posts = slots.reduce((sum, slot) => sum + (slot.posts ?? 0), 0);
  const flagged = slots.reduce((sum, slot) => sum + (slot.flagged ?? 0), 0);
  if (posts === 0) return said.chart.nothing;
  const top = slots.reduce((most, slot) => ((slot.posts ?? 0) > (most.posts ?? 0) ? slot : most));
  return `${said.chart.total(figure(posts, language), figure(flagged, language))} ${said.chart.most(figure(top.posts ?? 0, language), nameOf(top.at))}`;
}

/** The head of a table of counts: what each row is of, then posts, then flagged ones. */
export function CountHead({ first, said }: { readonly first: string; readonly said: StoryWords }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col" class="numeric">
          {said.posts}
        </th>
        <th scope="col" class="numeric">
          {said.flagged}
        </th>
      </tr>
    </thead>
  );
}

/** The numbers of a curve, latest first: what is asked for is mostly the present. */
function Figures({
  slots,
  nameOf,
  language,
  said,
}: {
  readonly slots: readonly SeriesSlot[];
  readonly nameOf: (at: number) => string;
  readonly language: 'id' | 'en';
  readonly said: StoryWords;
}) {
  return (
    <details>
      <summary>{said.table}</summary>
      <ScrollBox label={said.table}>
        <table class="counted">
          <CountHead first={said.time} said={said} />
          <tbody>
            {slots.toReversed().map(({ at, posts, flagged, underWay }) => (
              <tr>
                <th scope="row">
                  {nameOf(at)}
                  {underWay === true && <span class="hint"> {said.chart.underWay}</span>}
                </th>
                <td class="numeric">{posts === undefined ? said.chart.gap : figure(posts, language)}</td>
                <td class="numeric">{flagged === undefined ? said.chart.gap : figure(flagged, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}

/** A number for a scale: `1.200`, from a hundred thousand on `1,2 jt`. */
export function compactFigure(language: 'id' | 'en'): (n: number) => string {
  const format = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  return (n) => (n < 100_000 ? figure(n, language) : format.format(n));
}
