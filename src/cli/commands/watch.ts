import { type Command, InvalidArgumentError } from 'commander';
import { textTable } from '../../report/text-table.js';
import { inTurn, stateOf } from '../../topic/calendar.js';
import { checkTopics } from '../../topic/check.js';
import type { TopicEntry } from '../../topic/topics.js';
import { watchWords } from '../../words/watch.js';
import type { CommandEnvironment } from './environment.js';

export interface WatchDeps {
  environment(): CommandEnvironment;
  /** Of this folder, or the configured ones. */
  topics(folder?: string): readonly TopicEntry[];
  /** True of a text that names a group, a camp, a party or a person in public life. */
  namesOf(): Promise<(text: string) => boolean>;
  now(): number;
}

/** `ronda watch list|lint` */
export function watchCommand(program: Command, deps: WatchDeps): void {
  const watch = program.command('watch').description('topics that are followed between their dates');
  watch
    .command('list')
    .description('list the topics that are active, then what comes')
    .option('--at <date>', 'as of a day, YYYY-MM-DD (default: today)', day)
    .option('--all', 'those that are over as well')
    .option('--json', 'one JSON object a line')
    .addHelpText('after', '\nExample:\n  ronda watch list --at 2027-03-01')
    .action(({ at, all, json }: { at?: number; all?: boolean; json?: boolean }) => {
      const { io, language } = deps.environment();
      const said = watchWords(language);
      const moment = at ?? deps.now();
      const topics = inTurn(deps.topics(), moment).filter(
        (topic) => all === true || stateOf(topic, moment) !== 'over',
      );
      if (json === true) {
        for (const { id, name, days, weight, unsure, list, ...topic } of topics) {
          const row = { id, state: stateOf(topic, moment), name: name[language], ...days, weight, list };
          io.out(`${JSON.stringify(unsure === undefined ? row : { ...row, unsure })}\n`);
        }
        return;
      }
      if (topics.length === 0) {
        io.out(`${said.none}\n`);
        return;
      }
      const { columns } = said;
      const table = textTable(
        [
          { title: columns.state, width: 10 },
          { title: columns.from, width: 10 },
          { title: columns.to, width: 10 },
          { title: columns.weight, width: 6, align: 'right' },
          { title: columns.id, width: 27 },
          { title: columns.topic },
        ],
        topics.map((topic) => [
          said.states[stateOf(topic, moment)],
          topic.days.from,
          topic.days.to,
          String(mostWeight(topic)),
          topic.id,
          `${topic.name[language]}${topic.unsure === undefined ? '' : ` (${said.unsure})`}`,
        ]),
        io.columns,
      );
      io.out(`${table}\n`);
      io.err(`${said.days}\n`);
    });
  watch
    .command('lint')
    .description('check the watch lists: every example, and that no term names a side')
    .argument('[folder]', 'folder of lists (default: the configured lexicons’)')
    .option('--json', 'faults as one JSON array')
    .addHelpText('after', '\nExample:\n  ronda watch lint')
    .action(async (folder: string | undefined, { json }: { json?: boolean }) => {
      const { io, language, exitWith } = deps.environment();
      const said = watchWords(language);
      const topics = deps.topics(folder);
      const problems = checkTopics(topics, await deps.namesOf());
      if (json === true) io.out(`${JSON.stringify(problems)}\n`);
      else
        for (const { topic, what, text } of problems)
          io.out(`${topic}: ${JSON.stringify(text)} ${said.problems[what]}\n`);
      io.err(`${said.checked(topics.length, problems.length)}\n`);
      // A folder that holds no list is the wrong folder.
      if (problems.length > 0 || topics.length === 0) exitWith(1);
    });
}

/** How much the topic weighs with its weightiest term. */
function mostWeight({ weight, weigh = [] }: TopicEntry): number {
  return Math.max(weight, ...weigh.map((row) => row.weight));
}

/** Noon of a day in Jakarta, ms. */
function day(given: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(given) ? Date.parse(`${given}T12:00:00+07:00`) : Number.NaN;
  // The 31st of February is read as the 3rd of March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== given)
    throw new InvalidArgumentError('It must be a day, YYYY-MM-DD.');
  return at;
}
