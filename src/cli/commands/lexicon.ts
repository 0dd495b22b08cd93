import type { Command } from 'commander';
import type { Assessment } from '../../core/assessment.js';
import { CannotRunError } from '../../core/errors.js';
import { compileLexicon, type Lexicon } from '../../lexicon/compile.js';
import { compareAssessments, compareEntries } from '../../lexicon/diff.js';
import { testExamples } from '../../lexicon/examples.js';
import { find } from '../../lexicon/find.js';
import { lintEntries } from '../../lexicon/lint.js';
import { isError, type LexiconLine, parseLines } from '../../lexicon/load.js';
import type { Problem } from '../../lexicon/problem.js';
import { createHitCounter, lexiconStats } from '../../lexicon/stats.js';
import { normalise } from '../../text/normalise.js';
import { lexiconWords } from '../../words/lexicon.js';
import type { CommandEnvironment } from './environment.js';
import { changeLine, changeRow, hitsInText, hitsSheet, problemLine, statsSheet } from './lexicon-sheets.js';

/** A post of a JSONL file, as far as the lexicon's commands read it. */
export interface SamplePost {
  readonly id: unknown;
  readonly text: string;
}

export interface LexiconDeps {
  environment(): CommandEnvironment;
  /** Lines of the lexicon in this folder, or of the configured one. */
  lines(folder?: string): Promise<readonly LexiconLine[]>;
  /** Posts of a JSONL file, `{"id","text"}` a line. */
  posts(file: string): AsyncIterable<SamplePost>;
  /** The assessor over this lexicon, with the configured models. */
  assessorOf(lexicon: Lexicon): Promise<{ assess(text: string): Assessment }>;
}

/** `ronda lexicon lint|test|stats|try|diff` */
export function lexiconCommand(program: Command, deps: LexiconDeps): void {
  const lexicon = program
    .command('lexicon')
    .description('check and try the lexicons, for those who keep them');
  lexicon
    .command('lint')
    .description('check every line: keys and values, ids used twice, terms that contradict each other')
    .argument('[folder]', 'lexicon folder (default: the configured one)')
    .option('--json', 'problems as one JSON array')
    .addHelpText('after', '\nExample:\n  ronda lexicon lint')
    .action(async (folder: string | undefined, { json }: { json?: boolean }) => {
      const { io, language, exitWith } = deps.environment();
      const said = lexiconWords(language);
      const { placed, problems: unread } = parseLines(await deps.lines(folder));
      const problems = unread.length > 0 ? unread : lintEntries(placed);
      if (json === true) io.out(`${JSON.stringify(problems)}\n`);
      else for (const problem of problems) io.out(problemLine(problem, said));
      const errors = problems.filter(isError).length;
      io.err(`${said.linted(placed.length, errors, problems.length - errors)}\n`);
      if (errors > 0) exitWith(1);
    });
  lexicon
    .command('test')
    .description('try every match and noMatch example, exception and name')
    .argument('[folder]', 'lexicon folder (default: the configured one)')
    .option('--json', 'examples that do not hold as one JSON array')
    .addHelpText('after', '\nExample:\n  ronda lexicon test')
    .action(async (folder: string | undefined, { json }: { json?: boolean }) => {
      const environment = deps.environment();
      const { io, language, exitWith } = environment;
      const said = lexiconWords(language);
      const { placed, problems: unread } = parseLines(await deps.lines(folder));
      if (refuse(unread, environment)) return;
      const { tried, problems } = testExamples(placed);
      if (json === true) io.out(`${JSON.stringify(problems)}\n`);
      else for (const problem of problems) io.out(problemLine(problem, said));
      io.err(`${said.tested(tried, problems.length)}\n`);
      if (problems.length > 0) exitWith(1);
    });
  lexicon
    .command('stats')
    .description('count entries, forms and the groups covered; with posts, which entries are ever found')
    .argument('[folder]', 'lexicon folder (default: the configured one)')
    .option('--posts <file...>', 'JSONL files of posts to look through')
    .option('--unused', 'list the entries that these posts never hold')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda lexicon stats --posts posts.jsonl --unused')
    .action(
      async (folder: string | undefined, options: { posts?: string[]; unused?: boolean; json?: boolean }) => {
        const environment = deps.environment();
        const { io, language } = environment;
        const said = lexiconWords(language);
        const compiled = await readLexicon(deps, environment, folder);
        if (compiled === undefined) return;
        const stats = lexiconStats(compiled);
        const counter = createHitCounter(compiled);
        for (const file of options.posts ?? [])
          for await (const { text } of deps.posts(file)) counter.add(text);
        const counts = counter.counts();
        if (options.json === true) {
          const hits = Object.fromEntries(
            compiled.entries.map(({ id }, index) => [id, counts.hits[index] ?? 0]),
          );
          io.out(`${JSON.stringify(options.posts ? { ...stats, posts: counts.texts, hits } : stats)}\n`);
          return;
        }
        io.out(statsSheet(stats, said));
        if (options.posts) io.out(`\n${hitsSheet(compiled.entries, counts, said, options.unused === true)}`);
      },
    );
  lexicon
    .command('try')
    .description('show how a text is read and which entries are found in it')
    .argument('<text...>', 'the text')
    .option('--folder <folder>', 'lexicon folder (default: the configured one)')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda lexicon try "Anj1ng pelacak itu pintar"')
    .action(async (texts: string[], options: { folder?: string; json?: boolean }) => {
      const environment = deps.environment();
      const compiled = await readLexicon(deps, environment, options.folder);
      if (compiled === undefined) return;
      const n = normalise(texts.join(' '));
      const hits = find(compiled, n);
      environment.io.out(
        options.json === true
          ? `${JSON.stringify({ text: n.text, hits: hits.map(({ entry, start, end, form }) => ({ id: entry.id, kind: entry.kind, start, end, form })) })}\n`
          : hitsInText(n, hits, lexiconWords(environment.language)),
      );
    });
  lexicon
    .command('diff')
    .description('say what a changed lexicon would flag or drop over a file of posts, before it is made live')
    .argument('<folder>', 'folder of the changed lexicon')
    .requiredOption('--posts <file>', 'JSONL file of posts')
    .option('--against <folder>', 'folder of the lexicon to compare with (default: the configured one)')
    .option('--json', 'one JSON object a changed post')
    .addHelpText('after', '\nExample:\n  ronda lexicon diff lexicons-new --posts posts.jsonl')
    .action(async (folder: string, options: { posts: string; against?: string; json?: boolean }) => {
      const environment = deps.environment();
      const before = await readLexicon(deps, environment, options.against);
      const after = await readLexicon(deps, environment, folder);
      if (before !== undefined && after !== undefined) await diff(deps, environment, before, after, options);
    });
}

async function diff(
  deps: LexiconDeps,
  { io, words, language, signal }: CommandEnvironment,
  before: Lexicon,
  after: Lexicon,
  options: { posts: string; json?: boolean },
): Promise<void> {
  const said = lexiconWords(language);
  const { added, removed, changed } = compareEntries(before.entries, after.entries);
  const assessors = { before: await deps.assessorOf(before), after: await deps.assessorOf(after) };
  const counts = { posts: 0, gained: 0, lost: 0, level: 0 };
  for await (const { id, text } of deps.posts(options.posts)) {
    if (signal.aborted) break;
    counts.posts++;
    const assessed = assessors.after.assess(text);
    const change = compareAssessments(assessors.before.assess(text), assessed);
    if (change === undefined) continue;
    if (change.gained.length > 0) counts.gained++;
    if (change.lost.length > 0) counts.lost++;
    if (change.gained.length + change.lost.length === 0) counts.level++;
    io.out(
      options.json === true
        ? `${JSON.stringify(changeRow(change, id, assessed))}\n`
        : changeLine(change, text, said, words),
    );
  }
  io.err(`${said.diff.entries(added.length, removed.length, changed.length)}\n`);
  io.err(`${said.diff.summary(counts.posts, counts.gained, counts.lost, counts.level)}\n`);
}

/** The lexicon compiled, examples untried; undefined after saying what is wrong with its lines. */
export async function readLexicon(
  deps: Pick<LexiconDeps, 'lines'>,
  environment: CommandEnvironment,
  folder: string | undefined,
): Promise<Lexicon | undefined> {
  const { placed, problems } = parseLines(await deps.lines(folder));
  if (refuse(problems, environment)) return undefined;
  if (placed.length === 0)
    throw new CannotRunError('lexicon', 'The lexicon holds no entry; name another folder.');
  return compileLexicon(placed.map(({ entry }) => entry));
}

/** Says what keeps a lexicon from being read; true where something does. */
function refuse(problems: readonly Problem[], { io, language, exitWith }: CommandEnvironment): boolean {
  if (problems.length === 0) return false;
  const said = lexiconWords(language);
  for (const problem of problems) io.err(problemLine(problem, said));
  exitWith(2);
  return true;
}
