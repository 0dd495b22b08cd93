import { type Command, InvalidArgumentError } from 'commander';
import type { Recheck } from '../../core/collector-ports.js';
import type { Item } from '../../core/item.js';
import type { Clock } from '../../core/ports.js';
import type { SourceFacts } from '../../core/source.js';
import type { SourceRecheck } from '../../pipeline/recheck.js';
import type { SourceCheck } from '../../pipeline/source-check.js';
import type { SourceView } from '../../pipeline/source-view.js';
import { sourceTable } from '../../report/source-table.js';
import { visible } from '../../report/text-table.js';
import { type SourcesWords, sourcesWords } from '../../words/sources.js';
import type { CommandEnvironment } from './environment.js';
import { wholeNumber } from './items.js';
import { type ParseDeps, parseCommand } from './sources-parse.js';

/** The sources of ronda.yaml as these commands are given them. */
export interface SourcesApp {
  readonly clock: Clock;
  views(now: number): readonly SourceView[];
  facts(): readonly { readonly source: string; readonly facts: SourceFacts }[];
  /** The newest items; none where there is no store yet. */
  newestItems(limit: number): readonly Item[];
  check(name: string, signal: AbortSignal): Promise<SourceCheck>;
  setPaused(name: string, paused: boolean): void;
  recheck(
    names: readonly string[],
    options: {
      readonly limit: number;
      readonly everyMs: number;
      readonly signal: AbortSignal;
      readonly onAsked: (source: string, item: number, is: Recheck['is']) => void;
    },
  ): Promise<readonly SourceRecheck[]>;
}

export interface SourcesDeps extends ParseDeps {
  withSources<T>(work: (sources: SourcesApp, environment: CommandEnvironment) => Promise<T>): Promise<T>;
}

const HOUR_MS = 3_600_000;

/** `ronda sources list|check|pause|resume|tail|recheck|parse` */
export function sourcesCommand(program: Command, deps: SourcesDeps): void {
  const sources = program.command('sources').description('how the sources of ronda.yaml are doing');
  listCommand(sources, deps);
  checkCommand(sources, deps);
  pauseCommand(sources, deps, 'pause');
  pauseCommand(sources, deps, 'resume');
  tailCommand(sources, deps);
  recheckCommand(sources, deps);
  parseCommand(sources, deps);
}

function listCommand(sources: Command, deps: SourcesDeps): void {
  sources
    .command('list')
    .description('list sources: last success, posts an hour, lag, faults, next run, gaps, silence')
    .option('--json', 'one JSON array')
    .addHelpText('after', '\nExample:\n  ronda sources list')
    .action(async (options: { json?: boolean }) => {
      await deps.withSources(async (app, { io, language, zone }) => {
        const said = sourcesWords(language);
        const views = app.views(app.clock.now());
        if (options.json === true) io.out(`${JSON.stringify(views)}\n`);
        else if (views.length === 0) io.out(`${said.none}\n`);
        else io.out(sourceTable(views, said, { zone, language, width: io.columns }));
      });
    });
}

function checkCommand(sources: Command, deps: SourcesDeps): void {
  sources
    .command('check')
    .description('fetch one page of a source and show what it would give; queues and keeps nothing')
    .argument('<name>', 'name of the source in ronda.yaml')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExample:\n  ronda sources check forum-warga')
    .action(async (name: string, options: { json?: boolean }) => {
      await deps.withSources(async (app, { io, language, signal, exitWith }) => {
        const check = await app.check(name, signal);
        if (options.json === true) io.out(`${JSON.stringify(check)}\n`);
        else io.out(checkSheet(check, sourcesWords(language)));
        if (check.problems.length > 0) exitWith(1);
      });
    });
}

function checkSheet(check: SourceCheck, said: SourcesWords): string {
  const { source, kind, posts, shown, rejects, rejected, gaps, error, problems, withdrawn, claims } = check;
  const lines = [
    said.checked(source, kind, posts),
    ...(withdrawn + claims > 0 ? [said.checkedAlso(withdrawn, claims)] : []),
    ...shown.map(
      ({ createdAt = said.noTime, text, hasAuthor }) =>
        `  ${createdAt}  ${said.author(hasAuthor)}  ${visible(text)}`,
    ),
    ...(error === undefined ? [] : [`! ${said.failing(source, error.kind, visible(error.message))}`]),
    ...rejects.map(({ at, kind: what, reason }) => `! ${at}: ${what}: ${visible(reason)}`),
    ...(rejected > rejects.length ? [`! … ${rejected}`] : []),
    ...gaps.map(({ from, to, kind: what, reason }) => `! ${said.gap(source, from, to, what, reason)}`),
    ...problems.map((problem) => `  ${said.whatToDo}: ${said.problems[problem]}`),
    said.nothingKept,
  ];
  return `${lines.join('\n')}\n`;
}

function pauseCommand(sources: Command, deps: SourcesDeps, verb: 'pause' | 'resume'): void {
  const description =
    verb === 'pause' ? 'leave a source alone until it is resumed' : 'let a paused source go on';
  sources
    .command(verb)
    .description(description)
    .argument('<names...>', 'names of sources in ronda.yaml')
    .addHelpText('after', `\nExample:\n  ronda sources ${verb} forum-warga`)
    .action(async (names: string[]) => {
      await deps.withSources(async (app, { io, language }) => {
        const said = sourcesWords(language);
        for (const name of names) {
          app.setPaused(name, verb === 'pause');
          io.out(`${verb === 'pause' ? said.paused(name) : said.resumed(name)}\n`);
        }
      });
    });
}

/** How often `tail` looks, ms. */
const TAIL_MS = 1_000;
/** Items told of at most between two looks. */
const TAIL_ITEMS = 200;

type TailLine = { readonly source: string } & (
  | { readonly posts: number }
  | { readonly item: number; readonly level: Item['assessment']['level'] }
);

function tailCommand(sources: Command, deps: SourcesDeps): void {
  sources
    .command('tail')
    .description('follow what is collected and flagged: times, counts, item numbers and levels, no text')
    .argument('[names...]', 'of these sources only')
    .option('--json', 'one JSON object a line')
    .addHelpText('after', '\nExample:\n  ronda sources tail')
    .action(async (names: string[], options: { json?: boolean }) => {
      await deps.withSources(async (app, environment) => {
        const { io, language, signal } = environment;
        const said = sourcesWords(language);
        const asked = (source: string): boolean => names.length === 0 || names.includes(source);
        io.err(`${said.following}\n`);
        let counts = postCounts(app);
        let newest = app.newestItems(1)[0]?.number ?? 0;
        while (!signal.aborted) {
          await app.clock.sleep(TAIL_MS, signal).catch(() => undefined);
          const now = app.clock.now();
          const before = counts;
          counts = postCounts(app);
          for (const [source, n] of counts) {
            const posts = n - (before.get(source) ?? 0);
            if (posts > 0 && asked(source)) tell({ source, posts }, said.tailPosts(posts), now);
          }
          const items = app.newestItems(TAIL_ITEMS).filter(({ number }) => number > newest);
          newest = items[0]?.number ?? newest;
          for (const { number, post, assessment } of items.reverse()) {
            const { source } = post;
            const level = environment.words.levels[assessment.level];
            if (!asked(source)) continue;
            tell({ source, item: number, level: assessment.level }, said.tailItem(number, level), now);
          }
        }
        function tell(line: TailLine, text: string, now: number): void {
          const at = new Date(now).toISOString();
          io.out(
            options.json === true
              ? `${JSON.stringify({ at, ...line })}\n`
              : `${at}  ${line.source}  ${text}\n`,
          );
        }
      });
    });
}

/** Posts of the weeks that the store keeps, a source; only what is added between two looks counts. */
function postCounts(app: SourcesApp): Map<string, number> {
  return new Map(
    app.facts().map(({ source, facts }) => [source, facts.hours.reduce((sum, { posts }) => sum + posts, 0)]),
  );
}

function recheckCommand(sources: Command, deps: SourcesDeps): void {
  sources
    .command('recheck')
    .description(
      'ask the places of open items again: what is gone goes here too, what was edited is assessed anew',
    )
    .argument('[names...]', 'of these sources only')
    .option('--limit <n>', 'items a source at most', wholeNumber(1, 10_000), 100)
    .option('--every <hours>', 'leave alone what was asked within so many hours', hours, 24)
    .option('--json', 'one JSON object a source')
    .addHelpText('after', '\nExample:\n  ronda sources recheck --limit 50')
    .action(async (names: string[], options: { limit: number; every: number; json?: boolean }) => {
      await deps.withSources(async (app, { io, language, signal, exitWith }) => {
        const said = sourcesWords(language);
        const done = await app.recheck(names, {
          limit: options.limit,
          everyMs: options.every * HOUR_MS,
          signal,
          onAsked: (source, item, is) => {
            if (options.json !== true && is !== 'there') io.err(`${source}  ${item}  ${is}\n`);
          },
        });
        for (const one of done)
          io.out(`${options.json === true ? JSON.stringify(one) : recheckLine(one, said)}\n`);
        if (done.some(({ ended }) => typeof ended === 'object')) exitWith(1);
        if (signal.aborted) exitWith(130);
      });
    });
}

function recheckLine(
  { source, there, changed, gone, unknown, ended }: SourceRecheck,
  said: SourcesWords,
): string {
  if (ended === 'cannot' || ended === 'paused') return said.recheckEnded[ended](source);
  const line = said.rechecked(source, there, changed, gone, unknown);
  return ended === undefined
    ? line
    : `${line}\n${said.recheckEnded.failed(source, ended.kind, ended.message)}`;
}

function hours(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 100_000)) throw new InvalidArgumentError('give hours, 0 or more.');
  return value;
}
