import type { Interval } from '../src/classify/metrics.js';

/** One line of the table of figures. */
export interface Figure {
  /** What is measured. */
  readonly measure: string;
  /** What the project set out to reach, in words; absent where it is context. */
  readonly target?: string;
  readonly value: string;
  /** On which data, and whether anything was tuned or trained on it. */
  readonly on: string;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** `.812 (.790–.833)`: a figure with its 95 % interval. */
export function withInterval({ value, low, high }: Interval): string {
  return `${short(value)} (${short(low)}–${short(high)})`;
}

export function percentWithInterval({ value, low, high }: Interval): string {
  return `${percent(value)} (${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)})`;
}

function short(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

/** A Markdown table. */
export function figureTable(figures: readonly Figure[]): string {
  return [
    '| measure | to reach | measured | on |',
    '|---|---|---|---|',
    ...figures.map(({ measure, target = '', value, on }) => `| ${measure} | ${target} | ${value} | ${on} |`),
  ].join('\n');
}
