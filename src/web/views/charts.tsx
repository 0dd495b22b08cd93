import { ScrollBox } from './scroll-box.js';

/** Charts as SVG made here, each with the figures that it shows: no script, and no style but the desk's own file. */

/** A line of a chart; the second of two is dashed, so that colour alone tells nothing. */
export interface ChartLine {
  readonly name: string;
  readonly values: readonly number[];
}

interface LineChartProps {
  readonly id: string;
  readonly title: string;
  /** One for each value. */
  readonly labels: readonly string[];
  /** One or two. */
  readonly lines: readonly ChartLine[];
  /** Heading of the table's first column. */
  readonly over: string;
  readonly tableTitle: string;
  readonly language: 'id' | 'en';
}

const WIDTH = 100;
const HEIGHT = 40;

/** A number as a reader of the language writes it. */
export function figure(n: number, language: 'id' | 'en'): string {
  return n.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB');
}

/** Counts over time. The drawing stretches to its place; its words stand beside it, so they are never stretched. */
export function LineChart({ id, title, labels, lines, over, tableTitle, language }: LineChartProps) {
  const most = niceCeiling(Math.max(1, ...lines.flatMap(({ values }) => values)));
  const at = (n: number): number => (labels.length < 2 ? WIDTH / 2 : (n / (labels.length - 1)) * WIDTH);
  const up = (value: number): number => HEIGHT - (value / most) * HEIGHT;
  const middle = Math.floor((labels.length - 1) / 2);
  return (
    <figure class="plot" aria-labelledby={`${id}-title`}>
      <figcaption id={`${id}-title`} class="row between">
        <strong>{title}</strong>
        <span class="legend">
          {lines.map(({ name }, n) => (
            <span>
              <svg viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
                <path class={`curve line-${n + 1}`} d="M0 4H24" />
              </svg>
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <div class="plane">
        <span class="scale" aria-hidden="true">
          <span>{figure(most, language)}</span>
          <span>{figure(most / 2, language)}</span>
          <span>0</span>
        </span>
        <svg
          class="chart"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${title}: ${lines.map(({ name, values }) => `${name} ${figure(sum(values), language)}`).join(', ')}`}
        >
          {[0, HEIGHT / 2, HEIGHT].map((y) => (
            <path class="grid" d={`M0 ${y}H${WIDTH}`} />
          ))}
          {lines[0] !== undefined && labels.length > 1 && (
            <path
              class="area"
              d={`M0 ${HEIGHT}${lines[0].values.map((value, n) => `L${round(at(n))} ${round(up(value))}`).join('')}L${WIDTH} ${HEIGHT}Z`}
            />
          )}
          {lines.map(({ values }, n) => (
            <path
              class={`curve line-${n + 1}`}
              d={
                values.length < 2
                  ? `M${WIDTH / 2 - 2} ${round(up(values[0] ?? 0))}h4`
                  : `M${values.map((value, i) => `${round(at(i))} ${round(up(value))}`).join('L')}`
              }
            />
          ))}
        </svg>
        <span class="ticks" aria-hidden="true">
          {[...new Set([0, middle, labels.length - 1])].map((n) => (
            <span>{labels[n]}</span>
          ))}
        </span>
      </div>
      <details>
        <summary>{tableTitle}</summary>
        <ScrollBox label={tableTitle}>
          <table>
            <thead>
              <tr>
                <th scope="col">{over}</th>
                {lines.map(({ name }) => (
                  <th scope="col" class="numeric">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {labels.map((label, n) => (
                <tr>
                  <th scope="row">{label}</th>
                  {lines.map(({ values }) => (
                    <td class="numeric">{figure(values[n] ?? 0, language)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </figure>
  );
}

/** A bar, 0..1 of its place; what it says stands beside it as a number. With an interval, a line from end to end of it. */
export function Bar({
  share,
  low,
  high,
}: {
  readonly share: number;
  readonly low?: number;
  readonly high?: number;
}) {
  const width = round(within(share) * 100);
  return (
    <svg class="bar-cell" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="10" />
      <rect class="fill" width={width} height="10" opacity={low === undefined ? undefined : 0.5} />
      {low !== undefined && high !== undefined && (
        <path class="whisker" d={`M${round(within(low) * 100)} 5H${round(within(high) * 100)}`} />
      )}
    </svg>
  );
}

/** 1, 2 or 5 times a power of ten, at least `most`; even numbers, so that a half is whole too. */
function niceCeiling(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const found = [1, 2, 5, 10].map((step) => step * power).find((step) => step >= most) ?? most;
  return Math.max(2, found);
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
