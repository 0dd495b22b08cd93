import type { Command } from 'commander';
import { backupWords } from '../../words/backup.js';
import type { CommandEnvironment } from './environment.js';

/** What `backup` and `restore` work on. */
export interface BackupApp {
  readonly home: string;
  backup(
    file: string,
    withSecret: boolean,
    signal: AbortSignal,
  ): Promise<{
    readonly madeAt: string;
    readonly items: number;
    readonly queue: 'embedded' | 'redis';
    readonly withSecret: boolean;
  }>;
  /** `erasures`: a file of rows of `ronda erase --list`. */
  restore(
    file: string,
    erasures?: string,
  ): Promise<{
    readonly madeAt: string;
    readonly items: number;
    readonly auditEvents: number;
    readonly erasedAgain: number;
    readonly configFile?: string;
  }>;
}

export interface BackupDeps {
  withBackups<T>(work: (app: BackupApp, environment: CommandEnvironment) => Promise<T>): Promise<T>;
}

/** `ronda backup` and `ronda restore` */
export function backupCommands(program: Command, { withBackups }: BackupDeps): void {
  program
    .command('backup')
    .description('write store, queue, fact-checks and configuration into one file, while ronda runs')
    .argument('<file>', 'a file that is not there yet')
    .option('--with-secret', 'the installation’s secret too: the file then unseals names')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda backup /mnt/backup/ronda-2026-11-22.backup')
    .action(async (file: string, { withSecret, json }: { withSecret?: boolean; json?: boolean }) => {
      await withBackups(async (app, { io, language, signal, exitWith }) => {
        const made = await app.backup(file, withSecret === true, signal).catch((error: unknown) => {
          if (signal.aborted) return undefined;
          throw error;
        });
        if (made === undefined) {
          exitWith(130);
          return;
        }
        if (json === true) {
          io.out(`${JSON.stringify(made)}\n`);
          return;
        }
        const said = backupWords(language);
        io.out(`${said.made(file, made.items, made.madeAt)}\n`);
        io.out(`${made.withSecret ? said.withSecret : said.withoutSecret}\n`);
        if (made.queue === 'redis') io.out(`${said.withoutQueue}\n`);
      });
    });
  program
    .command('restore')
    .description('restore a backup onto a fresh home folder, and check it')
    .argument('<file>', 'what "ronda backup" wrote')
    .option('--erasures <file>', 'what "ronda erase --list" printed: erased again')
    .option('--json', 'as one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  ronda --home /srv/ronda restore ronda.backup --erasures erased.jsonl',
    )
    .action(async (file: string, { erasures, json }: { erasures?: string; json?: boolean }) => {
      await withBackups(async (app, { io, language }) => {
        const done = await app.restore(file, erasures);
        if (json === true) {
          io.out(`${JSON.stringify(done)}\n`);
          return;
        }
        const said = backupWords(language);
        io.out(`${said.restored(app.home, done.items, done.madeAt)}\n${said.checked(done.auditEvents)}\n`);
        io.out(
          `${erasures === undefined ? said.noErasures(done.madeAt) : said.erasedAgain(done.erasedAgain)}\n`,
        );
        if (done.configFile !== undefined) io.out(`${said.config(done.configFile)}\n`);
      });
    });
}
