import { type Command, InvalidArgumentError } from 'commander';
import type { Judged } from '../../core/review.js';
import { type RescoreOptions, type RescoreReport, shown } from '../../pipeline/rescore.js';
import { rescoreWords } from '../../words/rescore.js';
import type { CommandEnvironment } from './environment.js';

export interface RescoreDeps {
  withRescore<T>(
    work: (
      rescore: (options: RescoreOptions) => Promise<RescoreReport>,
      environment: CommandEnvironment,
    ) => Promise<T>,
  ): Promise<T>;
}

/** Changed items named; the sums count all of them. */
const MOST_ITEMS = 50;

/** `ronda rescore` */
export function rescoreCommand(program: Command, { withRescore }: RescoreDeps): void {
  program
    .command('rescore')
    .description('go over kept items with the present lexicon and models, and change what reads otherwise')
    .requiredOption('--since <date>', 'items that landed then or later, e.g. 2026-11-01 (UTC)', dateOf)
    .option('--dry-run', 'only say what would change')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda rescore --since 2026-11-01 --dry-run')
    .action(async ({ since, dryRun, json }: { since: number; dryRun?: boolean; json?: boolean }) => {
      await withRescore(async (rescore, { io, language, signal, exitWith }) => {
        const said = rescoreWords(language);
        let named = 0;
        const onChange = (item: number, from: Judged, to: Judged): void => {
          named += 1;
          if (json === true || named > MOST_ITEMS) return;
          io.out(`${said.item(item, scored(from), scored(to))}\n`);
        };
        const report = await rescore({ since, dryRun: dryRun === true, signal, onChange });
        if (signal.aborted) exitWith(130);
        if (json === true) {
          io.out(`${JSON.stringify({ dryRun: dryRun === true, ...report })}\n`);
          return;
        }
        if (named > MOST_ITEMS) io.out(`${said.more(named - MOST_ITEMS)}\n`);
        for (const [change, n] of Object.entries(report.changes)) io.out(`${n} × ${change}\n`);
        io.out(`${dryRun === true ? said.would(report) : said.did(report)}\n`);
        if (report.noLongerFlagged > 0) io.out(`${said.noLongerFlagged(report.noLongerFlagged)}\n`);
        if (report.inCases > 0) io.out(`${said.inCases(report.inCases)}\n`);
        if (report.incomplete > 0) io.out(`${said.incomplete(report.incomplete)}\n`);
      });
    });
}

function scored(judged: Judged): string {
  return `${shown(judged)} ${judged.score.toFixed(3)}`;
}

function dateOf(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}(?:T.*)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError('give a day or time, e.g. 2026-11-01 or 2026-11-01T08:00:00Z.');
  return time;
}
