import type { Command } from 'commander';
import type { Narrative } from '../../core/narrative.js';
import type { NarrativeReader } from '../../core/narrative-ports.js';
import { timeText } from '../../words/figures.js';
import type { CommandEnvironment } from './environment.js';
import { wholeNumber } from './items.js';
import { narrativeShowCommand } from './narrative-show.js';

export interface NarrativesDeps {
  readNarratives<T>(work: (reader: NarrativeReader, environment: CommandEnvironment) => T): Promise<T>;
}

/** Narratives read at a time. */
const PAGE = 500;

/** `ronda narratives list|show|members` */
export function narrativesCommand(program: Command, deps: NarrativesDeps): void {
  const narratives = program
    .command('narratives')
    .description('read which stories spread, without any account');
  narratives
    .command('list')
    .description('list narratives, latest seen first')
    .option('--limit <n>', 'narratives at most, 1 to 1000', wholeNumber(1, 1000), 20)
    .option('--jsonl', 'every narrative, one JSON object a line (--limit does not apply)')
    .addHelpText('after', '\nExample:\n  ronda narratives list --jsonl')
    .action(async ({ limit, jsonl }: { limit: number; jsonl?: boolean }) => {
      await deps.readNarratives((reader, { io, words, language, zone }) => {
        if (jsonl === true) {
          for (const narrative of everyNarrative(reader)) io.out(`${JSON.stringify(lineOf(narrative))}\n`);
          return;
        }
        const page = reader.listNarratives({ limit });
        if (page.length === 0) io.out(`${words.noNarratives}\n`);
        for (const narrative of page) {
          const lastSeen = timeText(narrative.lastSeen, zone, language);
          io.out(`${words.narrativeLine({ ...narrative, lastSeen })}\n`);
        }
      });
    });
  narrativeShowCommand(narratives, deps);
  narratives
    .command('members')
    .description('list the posts of a narrative that are still known')
    .argument('<id>', 'id of the narrative')
    .option('--jsonl', 'one JSON object a line')
    .addHelpText('after', '\nExample:\n  ronda narratives members 3f0c9a5be1d24477 --jsonl')
    .action(async (id: string, { jsonl }: { jsonl?: boolean }) => {
      await deps.readNarratives((reader, { io, words, language, zone, exitWith }) => {
        if (reader.narrative(id) === undefined) {
          io.err(`${words.noNarrative(id)}\n`);
          exitWith(1);
          return;
        }
        for (const member of reader.narrativeMembers(id)) {
          const at = timeText(member.at, zone, language);
          io.out(jsonl === true ? `${JSON.stringify(member)}\n` : `${at}  ${member.id}\n`);
        }
      });
    });
}

function* everyNarrative(reader: NarrativeReader): Generator<Narrative> {
  let before: string | undefined;
  for (;;) {
    const page = reader.listNarratives({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    before = last.id;
  }
}

/** The JSON model of a narrative, as measuring tools read it. */
function lineOf({ firstSeen, lastSeen, ...rest }: Narrative): unknown {
  const { id, title, life, ...more } = rest;
  return { id, title, life, first_seen: firstSeen, last_seen: lastSeen, ...more };
}
