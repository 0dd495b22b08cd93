import {
  type ChartSize,
  type Drawing,
  drawable,
  niceCeiling,
  round,
  type Shape,
  TEXT_SIZE,
  type Tone,
  textWidth,
} from './chart-drawing.js';
import type { SeriesSlot } from './chart-series.js';
import type { Tick } from './chart-ticks.js';

/** Something that happened, marked on a curve with its number; what it was stands in words beneath. */
export interface ChartMark {
  readonly is: 'burst' | 'answer';
  /** ms since the epoch; of a burst from its begin up to `to`. */
  readonly at: number;
  readonly to?: number;
  readonly number: number;
}

export interface TimeChart {
  readonly title: string;
  readonly desc: string;
  /** Oldest first, one after the other; those without counts are gaps. */
  readonly slots: readonly SeriesSlot[];
  /** Length of a slot, ms. */
  readonly slotMs: number;
  /** Labels for the axis of time; those outside are left out, as are those that would touch another. */
  readonly ticks: readonly Tick[];
  readonly marks?: readonly ChartMark[];
  /** The top of the scale, for charts beside one another; else that of the counts. */
  readonly most?: number;
  /** A number as a reader writes it. */
  readonly figure: (n: number) => string;
}

/** Most marks that are drawn. */
const MOST_MARKS = 60;
const MARK_R = 8;
const MARK_ROWS = 3;

/**
 * Posts over time: all of them as an area under a thin line, flagged ones as a broken, thicker line, so that they are told
 * apart without colour. A gap stays open; one stretch alone is a dot, and one that is under way a ring beside the line,
 * which would else seem to fall.
 */
export function drawTimes(chart: TimeChart, { width, height }: ChartSize): Drawing {
  const { slots, slotMs, ticks, marks = [], figure } = chart;
  const counts = slots.map(({ posts, flagged }) => [drawable(posts), drawable(flagged)] as const);
  const most = niceCeiling(
    Math.max(drawable(chart.most) ?? 0, ...counts.map(([all = 0, some = 0]) => Math.max(all, some))),
  );
  // A number for which there is no room is left out rather than cut: a part of it would be another number.
  const labels = [most, most / 2, 0]
    .map(figure)
    .map((label) => (textWidth(label) > width / 3 - 8 ? '' : label));
  const left = Math.max(...labels.map((label) => textWidth(label))) + 8;
  const shown = marks.slice(0, MOST_MARKS);
  const first = slots[0]?.at ?? 0;
  const end = (slots.at(-1)?.at ?? 0) + slotMs;
  const right = width - 8;
  // The middle of a stretch is where its count is drawn.
  const across = (time: number): number =>
    end > first
      ? left + (Math.min(end, Math.max(first, time)) - first) * ((right - left) / (end - first))
      : left;
  const placed = placeMarks(shown, across, left, right);
  const top = 8 + placed.rows * (2 * MARK_R + 2);
  const bottom = height - TEXT_SIZE - 8;
  const up = (value: number): number => round(bottom - (value / most) * (bottom - top));
  const at = (index: number): number => round(across((slots[index]?.at ?? 0) + slotMs / 2));

  const shapes: Shape[] = [];
  for (const { mark, x } of placed.marks) {
    if (mark.is !== 'burst') continue;
    const to = across(Math.max(mark.to ?? 0, mark.at + slotMs));
    const from = across(mark.at);
    shapes.push({
      is: 'rect',
      x: round(from),
      y: top,
      width: round(Math.max(2, to - from)),
      height: round(bottom - top),
      fill: 'burst-soft',
    });
    shapes.push(lineOf([x, top], [x, bottom], 'burst', [1, 3]));
  }
  for (const [index, value] of [most, most / 2, 0].entries()) {
    shapes.push(lineOf([left, up(value)], [right, up(value)], 'grid'));
    shapes.push({
      is: 'text',
      x: round(left - 6),
      y: Math.min(height, up(value) + 4),
      text: labels[index] ?? '',
      size: TEXT_SIZE,
      anchor: 'end',
      tone: 'soft',
    });
  }
  shapes.push(...tickShapes(ticks, first, end, across, bottom, width));
  const isOver = (index: number): boolean => slots[index]?.underWay !== true;
  const all = counts.map(([value], index) => (isOver(index) ? value : undefined));
  const flagged = counts.map(([, value], index) => (isOver(index) ? value : undefined));
  for (const run of runsOf(all)) {
    if (run.length < 2) continue;
    const line = run.map((index) => `${at(index)} ${up(all[index] ?? 0)}`).join(' L');
    const [from, to] = [at(run[0] ?? 0), at(run.at(-1) ?? 0)];
    shapes.push({ is: 'path', d: `M${from} ${bottom} L${line} L${to} ${bottom} Z`, fill: 'all-soft' });
  }
  shapes.push(...curve(all, at, up, 'all', 1.5));
  shapes.push(...curve(flagged, at, up, 'flagged', 2.5, [5, 3]));
  for (const [index, [posts, some]] of counts.entries()) {
    if (isOver(index)) continue;
    if (posts !== undefined)
      shapes.push({ is: 'circle', x: at(index), y: up(posts), r: 3.5, fill: 'paper', stroke: 'all' });
    if (some !== undefined && some > 0) {
      shapes.push({ is: 'circle', x: at(index), y: up(some), r: 3.5, fill: 'paper', stroke: 'flagged' });
    }
  }
  for (const { mark, x } of placed.marks) {
    if (mark.is === 'answer') shapes.push(lineOf([x, top], [x, bottom], 'answer', [6, 3], 1.5));
  }
  for (const each of placed.marks) shapes.push(...markShapes(each));
  return { width, height, title: chart.title, desc: chart.desc, shapes };
}

/** Indexes of what is known without a gap between. */
function runsOf(values: readonly (number | undefined)[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  let before: number | undefined;
  for (const [index, value] of values.entries()) {
    if (value !== undefined) {
      if (before === undefined) runs.push([]);
      runs.at(-1)?.push(index);
    }
    before = value;
  }
  return runs;
}

function curve(
  values: readonly (number | undefined)[],
  at: (index: number) => number,
  up: (value: number) => number,
  tone: Tone,
  width: number,
  dash?: readonly number[],
): readonly Shape[] {
  return runsOf(values).map((run): Shape => {
    const [only = 0] = run;
    if (run.length === 1)
      return { is: 'circle', x: at(only), y: up(values[only] ?? 0), r: width + 1, fill: tone };
    const points = run.map((index) => `${at(index)} ${up(values[index] ?? 0)}`);
    return {
      is: 'path',
      d: `M${points.join(' L')}`,
      stroke: tone,
      width,
      ...(dash === undefined ? {} : { dash }),
    };
  });
}

function tickShapes(
  ticks: readonly Tick[],
  first: number,
  end: number,
  across: (time: number) => number,
  bottom: number,
  width: number,
): readonly Shape[] {
  const shapes: Shape[] = [];
  let free = 0;
  for (const { at, label } of ticks) {
    if (at < first || at > end) continue;
    const half = textWidth(label) / 2;
    if (2 * half > width) continue;
    const x = Math.min(width - half, Math.max(half, across(at)));
    if (x - half < free) continue;
    free = x + half + 6;
    shapes.push(lineOf([round(across(at)), bottom], [round(across(at)), bottom + 4], 'soft'));
    shapes.push({
      is: 'text',
      x: round(x),
      y: bottom + TEXT_SIZE + 5,
      text: label,
      size: TEXT_SIZE,
      anchor: 'middle',
      tone: 'soft',
    });
  }
  return shapes;
}

interface PlacedMark {
  readonly mark: ChartMark;
  readonly x: number;
  readonly row: number;
}

/** Marks in up to three rows, so that none covers another; what finds no room is a line without a number. */
function placeMarks(
  marks: readonly ChartMark[],
  across: (time: number) => number,
  left: number,
  right: number,
): { readonly marks: readonly PlacedMark[]; readonly rows: number } {
  const free = new Array<number>(MARK_ROWS).fill(Number.NEGATIVE_INFINITY);
  let rows = 0;
  const placed = marks
    .map((mark) => ({ mark, at: across(mark.at) }))
    .toSorted((a, b) => a.at - b.at || a.mark.number - b.mark.number)
    .map(({ mark, at }): PlacedMark => {
      const x = Math.min(right - MARK_R, Math.max(left + MARK_R, at));
      const row = free.findIndex((least) => x >= least);
      if (row >= 0) {
        free[row] = x + 2 * MARK_R + 2;
        rows = Math.max(rows, row + 1);
      }
      return { mark, x: round(x), row };
    });
  return { marks: placed, rows };
}

/** A burst is a square, an answer a circle: no colour is needed to tell them. */
function markShapes({ mark: { is, number }, x, row }: PlacedMark): readonly Shape[] {
  if (row < 0) return [];
  const y = MARK_R + 1 + row * (2 * MARK_R + 2);
  const text: Shape = {
    is: 'text',
    x,
    y: y + 4,
    text: String(number),
    size: 11,
    anchor: 'middle',
    tone: 'paper',
    bold: true,
  };
  return is === 'burst'
    ? [
        {
          is: 'rect',
          x: round(x - MARK_R),
          y: y - MARK_R,
          width: 2 * MARK_R,
          height: 2 * MARK_R,
          fill: 'burst',
          round: 2,
        },
        text,
      ]
    : [{ is: 'circle', x, y, r: MARK_R, fill: 'answer' }, text];
}

function lineOf(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  stroke: Tone,
  dash?: readonly number[],
  width = 1,
): Shape {
  return {
    is: 'path',
    d: `M${round(x1)} ${round(y1)} L${round(x2)} ${round(y2)}`,
    stroke,
    width,
    ...(dash === undefined ? {} : { dash }),
  };
}

/** A curve the size of a word, of all posts and without a scale; its words stand beside it. */
export function drawSparkline(
  title: string,
  desc: string,
  values: readonly (number | undefined)[],
  { width, height }: ChartSize,
): Drawing {
  const counts = values.map(drawable);
  const most = Math.max(1, ...counts.map((value) => value ?? 0));
  const inner = { left: 2, right: width - 2, top: 3, bottom: height - 2 };
  const at = (index: number): number =>
    round(
      counts.length < 2 ? width / 2 : inner.left + (index / (counts.length - 1)) * (inner.right - inner.left),
    );
  const up = (value: number): number => round(inner.bottom - (value / most) * (inner.bottom - inner.top));
  const areas = runsOf(counts).flatMap((run): Shape[] => {
    if (run.length < 2) return [];
    const line = run.map((index) => `${at(index)} ${up(counts[index] ?? 0)}`).join(' L');
    const [from, to] = [at(run[0] ?? 0), at(run.at(-1) ?? 0)];
    return [
      { is: 'path', d: `M${from} ${inner.bottom} L${line} L${to} ${inner.bottom} Z`, fill: 'all-soft' },
    ];
  });
  return { width, height, title, desc, shapes: [...areas, ...curve(counts, at, up, 'all', 1.5)] };
}
