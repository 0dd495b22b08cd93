import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import type { Assessment } from '../../core/assessment.js';
import { messageOf } from '../../core/errors.js';
import { assessmentLine } from '../../report/assessment-json.js';
import { queueWords } from '../../words/desk-queue.js';
import { languageName, scoreText } from '../../words/figures.js';
import { targetText } from '../../words/targets.js';
import type { CommandEnvironment } from './environment.js';

/** A line of input as the line reader gives it: its bytes as text, or why they are none. */
export type InputLine = { readonly text: string } | { readonly fault: string };

export interface ScoreDeps {
  withAssessor<T>(
    work: (assessor: { assess(text: string): Assessment }, environment: CommandEnvironment) => Promise<T>,
    /** A file of fact-checks to match with in place of the imported ones. */
    claims?: string,
  ): Promise<T>;
  /** Splits a stream of bytes into lines, bounded: a line that is too long or no UTF-8 is a fault. */
  lines(input: Readable): AsyncIterable<InputLine>;
  /** Writes to standard output and waits while its reader is behind. */
  write(text: string): Promise<void>;
}

interface ScoreOptions {
  readonly jsonl?: boolean;
  readonly json?: boolean;
  readonly claims?: string;
}

/** Lines written at once: large enough that writing costs little beside scoring. */
const WRITE_CHARS = 65_536;

/** `ronda score [text...]`, `ronda score --jsonl` */
export function scoreCommand(program: Command, deps: ScoreDeps): void {
  program
    .command('score')
    .description('assess a text, or JSON posts from standard input')
    .argument('[text...]', 'the text to assess')
    .option('--jsonl', 'read one JSON post a line from standard input, write one JSON assessment a line')
    .option('--json', 'write the assessment of the text as JSON (as --jsonl does for each post)')
    .option('--claims <file>', 'match with the fact-checks of this file, in this run only')
    .addHelpText(
      'after',
      '\nExamples:\n  ronda score "Selamat pagi, warga"\n  ronda score --jsonl < posts.jsonl > assessments.jsonl',
    )
    .action(async (texts: string[], options: ScoreOptions, command: Command) => {
      if (options.jsonl === true) {
        if (texts.length > 0) {
          command.error('error: --jsonl reads standard input: "ronda score --jsonl < posts.jsonl"');
        }
        await scoreLines(deps, options.claims);
        return;
      }
      if (texts.length === 0) command.error('error: give a text, or --jsonl with posts on standard input');
      await deps.withAssessor(async (assessor, environment) => {
        const text = texts.join(' ');
        const line = assessmentLine(null, assessor.assess(text), environment.language);
        environment.io.out(options.json === true ? `${JSON.stringify(line)}\n` : sheet(line, environment));
      }, options.claims);
    });
}

async function scoreLines(deps: ScoreDeps, claims: string | undefined): Promise<void> {
  await deps.withAssessor(async (assessor, { io, language, exitWith, signal }) => {
    let pending = '';
    for await (const line of deps.lines(io.input)) {
      if (signal.aborted) break;
      const scored = scoreLine(line, assessor, language);
      if ('error' in scored) exitWith(1);
      pending += `${JSON.stringify(scored)}\n`;
      if (pending.length >= WRITE_CHARS) {
        await deps.write(pending);
        pending = '';
      }
    }
    await deps.write(pending);
  }, claims);
}

function scoreLine(
  line: InputLine,
  assessor: { assess(text: string): Assessment },
  language: CommandEnvironment['language'],
): object {
  if ('fault' in line) return { id: null, error: line.fault };
  let post: unknown;
  try {
    post = JSON.parse(line.text);
  } catch (error) {
    return { id: null, error: `not JSON: ${messageOf(error)}` };
  }
  if (typeof post !== 'object' || post === null || !('text' in post) || typeof post.text !== 'string') {
    return { id: null, error: 'not a post: a JSON object with "text" (a string) and "id" is expected' };
  }
  return assessmentLine('id' in post ? post.id : null, assessor.assess(post.text), language);
}

function sheet(line: ReturnType<typeof assessmentLine>, { words, language }: CommandEnvironment): string {
  const { contexts, incomplete, steps } = queueWords(language);
  const flags = line.flags.map((flag) => words.categories[flag]).join(', ') || words.noFlags;
  return [
    `${words.levels[line.level]} · ${flags} · ${scoreText(line.score, language)} · ${words.language}: ${languageName(line.language.code, language)}`,
    ...line.findings.map(({ text, why, rule }) => `  - "${text}": ${why} [${rule}]`),
    ...(line.targets.length > 0
      ? [`${words.targets}: ${line.targets.map((one) => targetText(one, language)).join(', ')}`]
      : []),
    ...(line.context.length > 0
      ? [`${words.context}: ${line.context.map((one) => contexts[one]).join(', ')}`]
      : []),
    ...(line.incomplete.length > 0
      ? [`${incomplete} ${line.incomplete.map((step) => steps[step]).join(', ')}`]
      : []),
    '',
  ].join('\n');
}
