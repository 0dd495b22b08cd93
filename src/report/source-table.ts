import type { Gap } from '../core/collector-ports.js';
import type { SourceFault } from '../core/source.js';
import type { SourcesWords } from '../words/sources.js';
import { textTable, visible } from './text-table.js';

/** What the table shows of a source (pipeline/source-view.ts). */
export interface SourceRow {
  readonly name: string;
  readonly kind: string;
  readonly state: keyof SourcesWords['states'];
  readonly schedule?: string;
  readonly nextRunAt?: string;
  readonly lastSucceededAt?: string;
  readonly error?: { readonly kind: string; readonly message: string };
  readonly postsThisHour: number;
  readonly postsLastHour: number;
  readonly usualPosts?: number;
  readonly lagSeconds?: number;
  readonly quiet?: {
    readonly quiet: boolean;
    readonly silentHours: number;
    readonly usualPauseHours: number;
  };
  readonly faults: readonly SourceFault[];
  readonly gaps: readonly Gap[];
}

/** Gaps told of each source below the table. */
const GAPS_TOLD = 2;

/** A readable table of sources, and below it what needs a person. */
export function sourceTable(
  rows: readonly SourceRow[],
  words: SourcesWords,
  show: { readonly zone: string; readonly language: 'id' | 'en'; readonly width: number },
): string {
  const { columns } = words;
  const time = (at: string): string =>
    new Date(at).toLocaleString(show.language === 'id' ? 'id-ID' : 'en-GB', {
      timeZone: show.zone,
      day: '2-digit',
      month: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  const table = textTable(
    [
      { title: columns.name, width: 18 },
      { title: columns.kind, width: 10 },
      { title: columns.state, width: 12 },
      { title: columns.success, width: 17 },
      { title: columns.rate, width: 12 },
      { title: columns.lag, width: 7, align: 'right' },
      { title: columns.next, width: 14 },
      { title: columns.faults },
    ],
    rows.map((row) => [
      row.name,
      row.kind,
      words.states[row.state],
      row.lastSucceededAt === undefined ? words.never : time(row.lastSucceededAt),
      words.rate(row.postsLastHour, row.postsThisHour, row.usualPosts),
      row.lagSeconds === undefined ? '' : span(row.lagSeconds),
      row.nextRunAt === undefined ? (row.schedule === undefined ? words.atStart : '') : time(row.nextRunAt),
      row.faults.map(({ kind, count }) => `${kind} ${count}`).join(', '),
    ]),
    Math.min(show.width, 160),
  );
  const told = rows.flatMap((row) => needs(row, words, time));
  return told.length === 0 ? table : `${table}\n${told.map(visible).join('\n')}\n`;
}

function needs(row: SourceRow, words: SourcesWords, time: (at: string) => string): string[] {
  const { name, state, error, quiet, gaps } = row;
  const more = gaps.length - GAPS_TOLD;
  return [
    ...(state === 'failing' && error !== undefined ? [words.failing(name, error.kind, error.message)] : []),
    ...(state === 'quiet' && quiet !== undefined
      ? [words.quiet(name, quiet.silentHours, quiet.usualPauseHours)]
      : []),
    ...gaps
      .slice(0, GAPS_TOLD)
      .map(({ from, to, kind, reason }) =>
        words.gap(name, from === undefined ? undefined : time(from), time(to), kind, reason),
      ),
    ...(more > 0 ? [words.moreGaps(name, more)] : []),
  ];
}

/** `40s`, `12m`, `5h`, `3d` */
function span(seconds: number): string {
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
