import type { Command } from 'commander';
import type { OperationsStore } from '../../core/operations.js';
import { textTable } from '../../report/text-table.js';
import { timeText } from '../../words/figures.js';
import { shadowWords, tallyText } from '../../words/shadow.js';
import type { CommandEnvironment } from './environment.js';

type Shadow = Pick<OperationsStore, 'shadowRuns' | 'clearShadow'>;

export interface ShadowDeps {
  withShadow<T>(
    work: (store: Shadow, environment: CommandEnvironment) => T,
    how: { readonly writes: boolean },
  ): Promise<T>;
}

/** `ronda shadow` */
export function shadowCommand(program: Command, { withShadow }: ShadowDeps): void {
  program
    .command('shadow')
    .description('what a candidate lexicon or model (score.shadow) makes otherwise of the posts that come in')
    .option('--json', 'one JSON object a line')
    .option('--clear', 'forget what was counted so far')
    .addHelpText('after', '\nExample:\n  ronda shadow --json')
    .action(async ({ json, clear }: { json?: boolean; clear?: boolean }) => {
      await withShadow(
        (store, { io, words, language, zone }) => {
          const said = shadowWords(language);
          if (clear === true) {
            io.out(`${said.cleared(store.clearShadow())}\n`);
            return;
          }
          const runs = store.shadowRuns();
          if (json === true) {
            for (const run of runs) io.out(`${JSON.stringify(run)}\n`);
            return;
          }
          if (runs.length === 0) {
            io.out(`${said.none}\n`);
            return;
          }
          for (const run of runs) {
            const table = textTable(
              [
                { title: said.posts, align: 'right', width: 12 },
                { title: said.changed, align: 'right', width: 12 },
                { title: said.wouldLand, align: 'right', width: 12 },
                { title: said.wouldPass, align: 'right', width: 12 },
                { title: said.incomplete, align: 'right', width: 12 },
                { title: said.added },
                { title: said.dropped },
              ],
              [
                [
                  String(run.posts),
                  String(run.changed),
                  String(run.wouldLand),
                  String(run.wouldPass),
                  String(run.incomplete),
                  tallyText(run.added, words.categories),
                  tallyText(run.dropped, words.categories),
                ],
              ],
              io.columns,
            );
            io.out(`${said.candidate}: ${run.candidate}\n${said.live}: ${run.live}\n`);
            const [first, last] = [run.firstAt, run.lastAt].map((at) => timeText(at, zone, language));
            io.out(`${said.since}: ${first} – ${last}\n${table}\n\n`);
          }
          io.out(`${said.hint}\n`);
        },
        { writes: clear === true },
      );
    });
}
