import { type Drawing, drawable, fitText, round, type Shape, TEXT_SIZE } from './chart-drawing.js';
import { drawSparkline } from './chart-time.js';

/** One of several small curves. */
export interface SmallCurve {
  readonly name: string;
  /** Posts by equal stretches of time; undefined where nothing is known. All curves go over the same time. */
  readonly values: readonly (number | undefined)[];
}

export interface Multiples {
  readonly title: string;
  readonly desc: string;
  readonly curves: readonly SmallCurve[];
  readonly figure: (n: number) => string;
  /** What stands before the highest count of a curve, e.g. `paling banyak`. */
  readonly peak: string;
}

/** How much wider bold letters are than others, about. */
const BOLD = 1.2;
const CELL = { width: 170, height: 84, gap: 12 };

/** How high these are when drawn so wide. */
export function multiplesHeight(curves: number, width: number): number {
  return Math.max(1, Math.ceil(curves / columnsIn(width))) * (CELL.height + CELL.gap);
}

function columnsIn(width: number): number {
  return Math.max(1, Math.floor((width + CELL.gap) / (CELL.width + CELL.gap)));
}

/**
 * Small curves over the same time, side by side, each to its own scale with its highest count in words: what is compared
 * is their shape.
 */
export function drawMultiples({ title, desc, curves, figure, peak }: Multiples, width: number): Drawing {
  const columns = columnsIn(width);
  const wide = round((width - CELL.gap * (columns - 1)) / columns);
  const shapes = curves.flatMap(({ name, values }, index): Shape[] => {
    const x = round((index % columns) * (wide + CELL.gap));
    const y = Math.floor(index / columns) * (CELL.height + CELL.gap);
    const most = Math.max(0, ...values.map((value) => drawable(value) ?? 0));
    const size = { width: wide, height: CELL.height - 2 * (TEXT_SIZE + 5) };
    const words = { is: 'text', x, size: TEXT_SIZE, anchor: 'start' } as const;
    return [
      { ...words, y: y + TEXT_SIZE, text: fitText(name, wide / BOLD), tone: 'ink', bold: true },
      ...drawSparkline('', '', values, size).shapes.map((shape) => moved(shape, x, y + TEXT_SIZE + 5)),
      { ...words, y: y + CELL.height - 3, text: fitText(`${peak} ${figure(most)}`, wide), tone: 'soft' },
    ];
  });
  return { width, height: multiplesHeight(curves.length, width), title, desc, shapes };
}

function moved(shape: Shape, dx: number, dy: number): Shape {
  if (shape.is !== 'path') return { ...shape, x: round(shape.x + dx), y: round(shape.y + dy) };
  const d = shape.d.replace(
    /(-?[\d.]+) (-?[\d.]+)/g,
    (_, x: string, y: string) => `${round(Number(x) + dx)} ${round(Number(y) + dy)}`,
  );
  return { ...shape, d };
}
