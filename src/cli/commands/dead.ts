import { type Command, Option } from 'commander';
import type { DeadJob, Queue } from '../../core/queue-ports.js';
import { timeText } from '../../words/figures.js';
import type { CommandEnvironment } from './environment.js';
import { wholeNumber } from './items.js';

/** The dead-letter side of a queue, with what a list shows of a payload. */
export interface DeadLetters {
  readonly name: string;
  readonly queue: Pick<Queue<unknown>, 'dead' | 'retryDead' | 'dropDead'>;
  /** Posts that a job holds. */
  postsOf(job: DeadJob<unknown>): number;
}

export interface DeadDeps {
  /** Opens the queues, gives them to `work`, and closes them. */
  withDead<T>(
    work: (queues: readonly DeadLetters[], environment: CommandEnvironment) => Promise<T>,
  ): Promise<T>;
}

/** `ronda dead list|retry|drop` */
export function deadCommand(program: Command, deps: DeadDeps): void {
  const dead = program.command('dead').description('batches that failed for good: list, retry or drop them');
  dead
    .command('list')
    .description('list dead letters, oldest first, with the reason of each')
    .option('--limit <n>', 'at most so many a queue, 1 to 1000', wholeNumber(1, 1000), 100)
    .option('--json', 'one JSON object a line')
    .addHelpText('after', '\nExample:\n  ronda dead list --limit 10')
    .action(async (options: { limit: number; json?: boolean }) => {
      await deps.withDead(async (queues, { io, words, language, zone }) => {
        let none = true;
        for (const { name, queue, postsOf } of queues) {
          for (const job of await queue.dead(options.limit)) {
            none = false;
            const { id, lane, kind, reason, attempt, diedAt } = job;
            const posts = postsOf(job);
            const row = { id, queue: name, source: lane, posts, kind, reason, attempt, diedAt: iso(diedAt) };
            io.out(
              options.json === true
                ? `${JSON.stringify(row)}\n`
                : `${words.deadRow(id, name, lane, posts, kind, reason, timeText(row.diedAt, zone, language))}\n`,
            );
          }
        }
        if (none && options.json !== true) io.out(`${words.deadNone}\n`);
      });
    });
  move(dead, 'retry', 'put dead letters back on their queue', deps);
  move(dead, 'drop', 'remove dead letters for good, with the posts in them', deps);
}

function move(dead: Command, verb: 'retry' | 'drop', description: string, deps: DeadDeps): void {
  dead
    .command(verb)
    .description(description)
    .argument('[ids...]', 'ids as "ronda dead list" shows them')
    .addOption(new Option('--all', 'all of them'))
    .addHelpText('after', `\nExample:\n  ronda dead ${verb} 3f0c9a…`)
    .action(async (ids: string[], options: { all?: boolean }, command: Command) => {
      if (ids.length === 0 && options.all !== true) command.error(`error: name ids, or say --all`);
      const chosen = options.all === true ? undefined : ids;
      await deps.withDead(async (queues, { io, words, exitWith }) => {
        let moved = 0;
        for (const { queue } of queues) {
          moved += verb === 'retry' ? await queue.retryDead(chosen) : await queue.dropDead(chosen);
        }
        io.out(`${verb === 'retry' ? words.deadRetried(moved) : words.deadDropped(moved)}\n`);
        if (chosen !== undefined && moved < chosen.length) exitWith(1);
      });
    });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
