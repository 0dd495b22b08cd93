import type { Command } from 'commander';
import type { CommandEnvironment } from './environment.js';

export interface InitDeps {
  environment(): CommandEnvironment;
  /** Writes the commented starter; throws CannotRunError where the file is there already. */
  writeStarter(file: string): void;
}

/** `ronda init` */
export function initCommand(program: Command, { environment, writeStarter }: InitDeps): void {
  program
    .command('init')
    .description('write a commented ronda.yaml to start from')
    .argument('[file]', 'where to write it', 'ronda.yaml')
    .addHelpText('after', '\nExample:\n  ronda init')
    .action((file: string) => {
      const { io, words } = environment();
      writeStarter(file);
      io.out(`${words.initDone(file)}\n`);
    });
}
