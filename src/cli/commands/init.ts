import type { Command } from 'commander';
import { accountWords } from '../../words/accounts.js';
import type { CommandEnvironment } from './environment.js';

export interface InitDeps {
  environment(): CommandEnvironment;
  /** Writes the commented starter; throws CannotRunError where the file is there already. */
  writeStarter(file: string): void;
  /** Makes the first administrator where the store has no account; the name and the address of the one-time link. */
  firstAdmin(): Promise<{ readonly name: string; readonly address: string } | undefined>;
}

/** `ronda init` */
export function initCommand(program: Command, { environment, writeStarter, firstAdmin }: InitDeps): void {
  program
    .command('init')
    .description('write a commented ronda.yaml to start from, and make the first administrator')
    .argument('[file]', 'where to write it', 'ronda.yaml')
    .addHelpText('after', '\nExample:\n  ronda init')
    .action(async (file: string) => {
      const { io, words, language } = environment();
      writeStarter(file);
      io.out(`${words.initDone(file)}\n`);
      const first = await firstAdmin();
      if (first === undefined) return;
      io.out(`${accountWords(language).firstAdmin(first.name)}\n${first.address}\n`);
    });
}
