/**
 * What a chart is before it is SVG or a page of a PDF: shapes in a box, y downwards. The charts (chart-*.ts) make
 * drawings of numbers; `chart-svg.ts` writes them as SVG, and whoever draws otherwise reads the same shapes.
 */

/** What a shape stands for; colours are chosen where it is drawn. */
export type Tone =
  /** All posts, its area, and flagged ones. */
  | 'all'
  | 'all-soft'
  | 'flagged'
  | 'ink'
  | 'soft'
  | 'grid'
  | 'burst'
  | 'burst-soft'
  | 'answer'
  /** What the drawing stands on. */
  | 'paper'
  /** Tiles of a map by their class, none to most, and what is written on the two strongest. */
  | 'map-0'
  | 'map-1'
  | 'map-2'
  | 'map-3'
  | 'map-4'
  | 'map-5'
  | 'map-strong';

export type Shape =
  | {
      readonly is: 'path';
      /** Absolute `M` and `L` with pairs of coordinates, and `Z`. */
      readonly d: string;
      readonly stroke?: Tone;
      readonly fill?: Tone;
      readonly width?: number;
      /** Lengths of strokes and gaps. */
      readonly dash?: readonly number[];
    }
  | {
      readonly is: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: Tone;
      readonly stroke?: Tone;
      /** Radius of its corners. */
      readonly round?: number;
      /** Said of it alone, where the pointer rests on it. */
      readonly title?: string;
    }
  | {
      readonly is: 'circle';
      readonly x: number;
      readonly y: number;
      readonly r: number;
      readonly fill: Tone;
      readonly stroke?: Tone;
    }
  | {
      readonly is: 'text';
      readonly x: number;
      /** Of the line that letters stand on. */
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly tone: Tone;
      readonly bold?: true;
    };

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** What it shows, in a few words. */
  readonly title: string;
  /** What is to be seen in it, for those who do not see it. */
  readonly desc: string;
  readonly shapes: readonly Shape[];
}

/** The box of a drawing in CSS pixels (or points): at this size its words are 12 high. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** Height of a chart's words. */
export const TEXT_SIZE = 12;

/** How wide a text will be, about, and rather too much than too little: no font is at hand here. */
export function textWidth(text: string, size: number = TEXT_SIZE): number {
  let ems = 0;
  for (const letter of text) ems += (letter.codePointAt(0) ?? 0) > 0x2e7f ? 1.1 : 0.6;
  return ems * size;
}

/** The text, cut with an ellipsis where it would be wider. */
export function fitText(text: string, width: number, size: number = TEXT_SIZE): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, size) > width) letters.pop();
  return letters.length === 0 ? '' : `${letters.join('').trimEnd()}…`;
}

/** The least of 1, 2 or 5 times a power of ten that is at least `most`, and 2: half of it is whole too. */
export function niceCeiling(most: number): number {
  if (!(most > 2)) return 2;
  if (most > 1e15) return most;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= most) ?? most;
}

/** A count as it may be drawn: finite and not below nought, at most 1e15; undefined where nothing is known. */
export function drawable(value: number | undefined): number | undefined {
  if (value === undefined || Number.isNaN(value)) return undefined;
  return Math.min(1e15, Math.max(0, value));
}

/** Two decimals are finer than any screen. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
