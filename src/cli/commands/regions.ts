import type { Command } from 'commander';
import { checkNames } from '../../region/check.js';
import { placesIn, regionOf } from '../../region/find.js';
import type { Gazetteer } from '../../region/gazetteer.js';
import type { PlaceName } from '../../region/place-name.js';
import { normalise } from '../../text/normalise.js';
import { watchWords } from '../../words/watch.js';
import type { CommandEnvironment } from './environment.js';

export interface RegionsDeps {
  environment(): CommandEnvironment;
  /** The areas of Indonesia with what people call them. */
  gazetteer(): { readonly gazetteer: Gazetteer; readonly names: readonly PlaceName[] };
}

/** `ronda regions try|lint` */
export function regionsCommand(program: Command, deps: RegionsDeps): void {
  const regions = program.command('regions').description('how regions are read out of texts');
  regions
    .command('try')
    .description('show the places that a text names and the region that they amount to')
    .argument('<text...>', 'the text')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda regions try "Banjir di Kota Bogor dan Depok"')
    .action((words: string[], { json }: { json?: boolean }) => {
      const { io, language } = deps.environment();
      const said = watchWords(language);
      const { gazetteer } = deps.gazetteer();
      const { text } = normalise(words.join(' '));
      const region = regionOf(gazetteer, undefined, text);
      const places = placesIn(gazetteer, text).map(({ start, end, codes }) => ({
        name: text.slice(start, end),
        means: codes,
      }));
      if (json === true) {
        io.out(`${JSON.stringify({ region: region ?? null, places })}\n`);
        return;
      }
      const shown = (code: string): string => `${code} ${gazetteer.nameOf(code) ?? ''}`.trim();
      for (const { name, means } of places) io.out(`${said.place(name, means.map(shown).join(', '))}\n`);
      io.out(`${said.region}: ${region === undefined ? said.unknown : shown(region)}\n`);
    });
  regions
    .command('lint')
    .description('check the names of places: every example of every row')
    .option('--json', 'faults as one JSON array')
    .addHelpText('after', '\nExample:\n  ronda regions lint')
    .action(({ json }: { json?: boolean }) => {
      const { io, language, exitWith } = deps.environment();
      const said = watchWords(language);
      const { gazetteer, names } = deps.gazetteer();
      const problems = checkNames(gazetteer, names);
      if (json === true) io.out(`${JSON.stringify(problems)}\n`);
      else
        for (const { name, what, text } of problems)
          io.out(`${name}: ${said.placeProblems[what]}${text === '' ? '' : `: ${JSON.stringify(text)}`}\n`);
      io.err(`${said.namesChecked(names.length, problems.length)}\n`);
      if (problems.length > 0) exitWith(1);
    });
}
