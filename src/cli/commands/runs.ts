import type { Command } from 'commander';
import type { Versions } from '../../core/assessment.js';
import type { Counts } from '../../core/batch.js';
import type { Run } from '../../core/ports.js';
import { textTable } from '../../report/text-table.js';
import { timeText } from '../../words/figures.js';
import { runsWords } from '../../words/runs.js';
import type { CommandEnvironment } from './environment.js';
import { wholeNumber } from './items.js';

/** A run with what is known of it. */
export interface RunRecord extends Run {
  readonly counts: Counts;
  /** What assessed its posts; several where scorers differed. */
  readonly versions: readonly Versions[];
}

export interface RunsDeps {
  withRuns<T>(
    work: (
      app: {
        list(limit: number): readonly RunRecord[];
        find(id: string): RunRecord | undefined;
        rejectsFiles(run: string): string;
      },
      environment: CommandEnvironment,
    ) => T,
  ): Promise<T>;
}

/** Characters of what a run is over, in a list. */
const KEY_CHARS = 60;

/** `ronda runs list|show` */
export function runsCommand(program: Command, { withRuns }: RunsDeps): void {
  const runs = program.command('runs').description('what ran, when, with what outcome, counts and versions');
  runs
    .command('list')
    .description('list runs, newest first')
    .option('--limit <n>', 'at most so many, 1 to 1000', wholeNumber(1, 1000), 20)
    .option('--json', 'one JSON object a line')
    .addHelpText('after', '\nExample:\n  ronda runs list --limit 5')
    .action(async ({ limit, json }: { limit: number; json?: boolean }) => {
      await withRuns((app, environment) => {
        const { io, language } = environment;
        const list = app.list(limit);
        if (json === true) {
          for (const run of list) io.out(`${JSON.stringify(shown(run))}\n`);
          return;
        }
        const said = runsWords(language);
        if (list.length === 0) {
          io.out(`${said.none}\n`);
          return;
        }
        const { columns } = said;
        const table = textTable(
          [
            { title: columns.run, width: 12 },
            { title: columns.kind, width: 8 },
            { title: columns.started, width: 22 },
            { title: columns.took, width: 8, align: 'right' },
            { title: columns.outcome, width: 14 },
            { title: columns.counts },
          ],
          list.map((run) => [
            run.id,
            said.kinds[run.kind],
            timeIn(run.startedAt, environment),
            tookOf(run) ?? '–',
            run.outcome === undefined ? said.unfinished : said.outcomes[run.outcome],
            countsLine(run.counts, environment),
          ]),
          io.columns,
        );
        io.out(`${table}\n`);
      });
    });
  runs
    .command('show')
    .description('show one run')
    .argument('<id>', 'as "ronda runs list" shows it')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda runs show 3f0c9a12bd77')
    .action(async (id: string, { json }: { json?: boolean }) => {
      await withRuns((app, environment) => {
        const { io, language, exitWith } = environment;
        const said = runsWords(language);
        const run = app.find(id);
        if (run === undefined) {
          io.err(`${said.noRun(id)}\n`);
          exitWith(1);
          return;
        }
        if (json === true) {
          io.out(`${JSON.stringify(shown(run))}\n`);
          return;
        }
        const { columns } = said;
        const outcome = run.outcome === undefined ? said.unfinished : said.outcomes[run.outcome];
        const lines: [string, string][] = [
          [columns.run, `${run.id} (${said.kinds[run.kind]})`],
          [said.over, run.key.split('\n').join('; ')],
          [columns.started, timeIn(run.startedAt, environment)],
          [columns.outcome, `${outcome}${run.finishedAt === undefined ? '' : `, ${tookOf(run) ?? ''}`}`],
          [columns.counts, countsLine(run.counts, environment)],
          [said.versions, run.versions.map(versionsLine).join('\n') || said.noVersions],
        ];
        if (run.counts.failed > 0) lines.push([said.rejects, app.rejectsFiles(run.id)]);
        for (const [name, value] of lines) io.out(`${name}: ${value.replaceAll('\n', '\n  ')}\n`);
      });
    });
}

/** A run as machines read it: the same keys in a list and alone. */
function shown({ key, ...run }: RunRecord) {
  return { ...run, key: key.length > KEY_CHARS * 10 ? `${key.slice(0, KEY_CHARS * 10)}…` : key };
}

function countsLine(counts: Counts, { words }: CommandEnvironment): string {
  const { copies } = counts;
  return copies === undefined ? words.summary(counts) : `${words.summary(counts)}. ${words.copies(copies)}`;
}

function versionsLine(versions: Versions): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

function tookOf({ startedAt, finishedAt }: Run): string | undefined {
  if (finishedAt === undefined) return undefined;
  const seconds = Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000);
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
}

function timeIn(at: string, { zone, language }: CommandEnvironment): string {
  return timeText(at, zone, language);
}
