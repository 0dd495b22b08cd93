import { type Command, InvalidArgumentError, Option } from 'commander';
import { CATEGORIES, LEVELS } from '../../core/assessment.js';
import type { Item, ItemQuery } from '../../core/item.js';
import type { ItemStore } from '../../core/ports.js';
import { findingLine } from '../../report/assessment-json.js';
import { itemSheet, itemTable } from '../../report/item-table.js';
import type { CommandEnvironment } from './environment.js';

export interface ItemsDeps {
  /** Opens the store for reading, gives it to `work`, and closes it. */
  readItems<T>(work: (store: ItemStore, environment: CommandEnvironment) => T): Promise<T>;
}

type ListOptions = Omit<ItemQuery, 'limit'> & { limit: number; json?: boolean; jsonl?: boolean };

/** `ronda items list|show` */
export function itemsCommand(program: Command, deps: ItemsDeps): void {
  const items = program.command('items').description('read what was flagged and waits for a person');
  items
    .command('list')
    .description('list flagged items, newest first')
    .option('--limit <n>', 'items a page, 1 to 1000', wholeNumber(1, 1000), 20)
    .option('--before <number>', 'go on below this item number', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--source <name>', 'of this source only')
    .addOption(new Option('--category <category>', 'flagged with this category').choices([...CATEGORIES]))
    .addOption(new Option('--min-level <level>', 'at this level or above').choices([...LEVELS]))
    .addOption(
      new Option('--state <state>', 'in this state').choices(['open', 'claimed', 'escalated', 'closed']),
    )
    .option('--run <id>', 'landed by this run')
    .option('--json', 'one JSON array')
    .option('--jsonl', 'every item, one JSON object a line (pages by itself; --limit does not apply)')
    .addHelpText('after', '\nExample:\n  ronda items list --category sara --min-level high')
    .action(async ({ json, jsonl, ...query }: ListOptions) => {
      await deps.readItems((store, { io, words, language }) => {
        if (jsonl === true) {
          for (const item of everyItem(store, query)) io.out(`${JSON.stringify(itemLine(item, language))}\n`);
          return;
        }
        const page = store.listItems(query);
        if (json === true) {
          io.out(`${JSON.stringify(page.map((item) => itemLine(item, language)))}\n`);
          return;
        }
        const all = Object.values(store.countItems()).reduce((sum, n) => sum + n, 0);
        if (page.length === 0) {
          io.out(`${all === 0 ? words.noItems : words.noItemsMatch(all)}\n`);
          return;
        }
        io.out(`${words.itemsHeader(page.length, all)}\n\n${itemTable(page, words, language, io.columns)}`);
      });
    });
  items
    .command('show')
    .description('show one item in full')
    .argument('<number>', 'item number', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda items show 17')
    .action(async (number: number, options: { json?: boolean }) => {
      await deps.readItems((store, { io, words, language, zone, exitWith }) => {
        const item = store.getItem(number);
        if (item === undefined) {
          io.err(`${words.noItem(number)}\n`);
          exitWith(1);
          return;
        }
        io.out(
          options.json === true
            ? `${JSON.stringify(itemLine(item, language))}\n`
            : itemSheet(item, words, language, zone),
        );
      });
    });
}

/** The JSON model of an item: no author, no link; `level` and `flags` also at the top for tools. */
function itemLine(item: Item, language: CommandEnvironment['language']): unknown {
  const { assessment, ...rest } = item;
  return {
    ...rest,
    level: assessment.level,
    flags: assessment.flags,
    assessment: {
      ...assessment,
      findings: assessment.findings.map((finding) => findingLine(finding, language)),
    },
  };
}

function* everyItem(store: ItemStore, query: Omit<ItemQuery, 'limit'>): Generator<Item> {
  let before = query.before;
  for (;;) {
    const page = store.listItems({ ...query, limit: 500, ...(before === undefined ? {} : { before }) });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < 500) return;
    before = last.number;
  }
}

/** A parser of whole numbers within bounds, for commander. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(`give a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}
