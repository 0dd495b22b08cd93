import type { Command } from 'commander';
import type { ErasedPost, KeepingReport } from '../../core/keeping.js';
import { type Erased, postNamed } from '../../pipeline/erase.js';
import { keepingWords } from '../../words/keeping.js';
import type { CommandEnvironment } from './environment.js';

type Due = KeepingReport & { readonly rejects: number };

/** What `purge` and `erase` work on. */
export interface KeepingApp {
  purge(): Promise<Due & { readonly seen: number; readonly dead: number }>;
  purgeDue(): Due;
  erase(
    named: readonly string[],
    how: { readonly cases: boolean; readonly reason?: string },
  ): Promise<Erased>;
  listErased(): readonly ErasedPost[];
}

export interface KeepingDeps {
  withKeeping<T>(work: (app: KeepingApp, environment: CommandEnvironment) => Promise<T> | T): Promise<T>;
}

/** `ronda purge` and `ronda erase` */
export function keepingCommands(program: Command, { withKeeping }: KeepingDeps): void {
  program
    .command('purge')
    .description('remove what is past its retention; "ronda run" does so every hour')
    .option('--dry-run', 'only say what would be removed')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda purge --dry-run')
    .action(async ({ dryRun, json }: { dryRun?: boolean; json?: boolean }) => {
      await withKeeping(async (app, { io, language }) => {
        const said = keepingWords(language);
        if (dryRun === true) {
          const due = app.purgeDue();
          io.out(json === true ? `${JSON.stringify({ dryRun: true, ...due })}\n` : `${said.due(due)}\n`);
          return;
        }
        const done = await app.purge();
        if (json === true) io.out(`${JSON.stringify({ dryRun: false, ...done })}\n`);
        else io.out(`${said.purged(done)}\n${said.purgedMore(done.seen, done.dead)}\n`);
      });
    });
  program
    .command('erase')
    .description('erase posts on request, wherever they stand, and keep them from landing again')
    .argument('[posts...]', 'links of posts, or their ids')
    .option('--reason <text>', 'kept in the audit chain, e.g. the number of the request; no names')
    .option('--cases', 'escalated items too')
    .option('--list', 'print what was erased so far as keyed hashes, for "ronda restore --erasures"')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda erase https://t.me/kanal/12 --reason "surat 12/2026"')
    .action(
      async (
        posts: string[],
        options: { reason?: string; cases?: boolean; list?: boolean; json?: boolean },
        command: Command,
      ) => {
        if (options.list !== true && posts.length === 0)
          command.error('error: name links or ids, or say --list');
        if (posts.some((post) => post.trim() === ''))
          command.error('error: one of the posts is empty; nothing was erased');
        const named = posts.map((post) => {
          const name = postNamed(post);
          return (
            name ??
            command.error(
              `error: ${JSON.stringify(post)} is no link and no id (PLACE:ID, as "ronda items list --json" has it); nothing was erased`,
            )
          );
        });
        await withKeeping(async (app, environment) => {
          if (named.length > 0) await erase(app, named, options, environment);
          if (options.list === true)
            for (const row of app.listErased()) environment.io.out(`${JSON.stringify(row)}\n`);
        });
      },
    );
}

async function erase(
  app: KeepingApp,
  posts: readonly string[],
  { reason, cases, json }: { reason?: string; cases?: boolean; json?: boolean },
  { io, language, exitWith }: CommandEnvironment,
): Promise<void> {
  const done = await app.erase(posts, {
    cases: cases === true,
    ...(reason === undefined ? {} : { reason }),
  });
  if (done.asked.some(({ inCases }) => inCases.length > 0)) exitWith(1);
  if (json === true) {
    io.out(`${JSON.stringify(done)}\n`);
    return;
  }
  const said = keepingWords(language);
  for (const { named, items, inCases } of done.asked) {
    io.out(`${inCases.length > 0 ? said.inCase(named, inCases) : said.erased(named, items)}\n`);
  }
  io.out(`${said.swept(done.batches, done.rejects)}\n`);
  if (!done.logEmptied) io.err(`${said.logKept}\n`);
}
