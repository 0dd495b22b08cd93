import {
  type ChartSize,
  type Drawing,
  drawable,
  fitText,
  round,
  type Shape,
  TEXT_SIZE,
  textWidth,
} from './chart-drawing.js';

/** A bar with its name. */
export interface ChartBar {
  readonly name: string;
  readonly posts: number;
  /** How many of them are flagged, drawn as a narrower bar within. */
  readonly flagged?: number;
}

export interface BarChart {
  readonly title: string;
  readonly desc: string;
  /** In the order to be drawn. */
  readonly bars: readonly ChartBar[];
  readonly figure: (n: number) => string;
}

const ROW = 24;

/** How high a chart of so many bars is. */
function barsHeight(bars: number): number {
  return Math.max(1, bars) * ROW;
}

/** Bars lying one beneath the other, each with name and number; names that are too long are cut. */
export function drawBars({ title, desc, bars, figure }: BarChart, width: ChartSize['width']): Drawing {
  const rows = bars.map(({ name, posts, flagged }) => ({
    name,
    all: drawable(posts) ?? 0,
    some: drawable(flagged) ?? 0,
  }));
  const most = Math.max(1, ...rows.map(({ all }) => all));
  const names = Math.min(width * 0.4, Math.max(0, ...rows.map(({ name }) => textWidth(name))) + 8);
  const numbers = Math.min(width * 0.3, Math.max(0, ...rows.map(({ all }) => textWidth(figure(all)))) + 8);
  const room = width - names - numbers;
  const shapes = rows.flatMap(({ name, all, some }, index): Shape[] => {
    const y = index * ROW;
    const long = round((all / most) * room);
    const base = y + ROW / 2 + 4;
    return [
      {
        is: 'text',
        x: 0,
        y: base,
        text: fitText(name, names - 8),
        size: TEXT_SIZE,
        anchor: 'start',
        tone: 'ink',
      },
      {
        is: 'rect',
        x: round(names),
        y: y + 4,
        width: long,
        height: ROW - 8,
        fill: 'all-soft',
        stroke: 'all',
      },
      ...(some > 0
        ? [
            {
              is: 'rect',
              x: round(names),
              y: y + 9,
              width: round((Math.min(some, all) / most) * room),
              height: ROW - 18,
              fill: 'flagged',
            } as const,
          ]
        : []),
      {
        is: 'text',
        x: round(names + long + 6),
        y: base,
        text: fitText(figure(all), numbers - 6),
        size: TEXT_SIZE,
        anchor: 'start',
        tone: 'ink',
      },
    ];
  });
  return { width, height: barsHeight(bars.length), title, desc, shapes };
}
