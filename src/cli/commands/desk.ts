import type { Command } from 'commander';
import type { CommandEnvironment } from './environment.js';

export interface DeskDeps {
  /** Serves the desk for as long as `work` lasts; it is given the address. */
  withDesk(work: (url: string, environment: CommandEnvironment) => Promise<void>): Promise<void>;
}

/** `ronda desk`: the triage desk alone, beside a running pipeline or over what was collected before. */
export function deskCommand(program: Command, { withDesk }: DeskDeps): void {
  program
    .command('desk')
    .description('serve the triage desk, where people read and decide')
    .addHelpText('after', '\nExample:\n  ronda users add sari --role officer && ronda desk')
    .action(() =>
      withDesk(async (url, { io, words, signal }) => {
        io.err(`${words.deskReady(url)}\n`);
        await new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          else signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }),
    );
}
