import { type Command, InvalidArgumentError } from 'commander';
import { type Assessment, CATEGORIES } from '../../core/assessment.js';
import { CannotRunError } from '../../core/errors.js';
import { assessmentLine } from '../../report/assessment-json.js';
import { textTable, visible } from '../../report/text-table.js';
import {
  createEvaluation,
  type EvaluationReport,
  MEASURES,
  type Miss,
  readLabelled,
  unknownFlag,
} from '../../score/evaluation.js';
import { type EvaluationWords, evaluationWords } from '../../words/evaluation.js';
import type { CommandEnvironment } from './environment.js';

export interface EvalDeps {
  withAssessor<T>(
    work: (assessor: { assess(text: string): Assessment }, environment: CommandEnvironment) => Promise<T>,
  ): Promise<T>;
  /** The values of a JSONL file's lines, in their order. */
  records(file: string): AsyncIterable<unknown>;
}

/** `ronda eval FILE` */
export function evalCommand(program: Command, deps: EvalDeps): void {
  program
    .command('eval')
    .description('measure the detection on labelled posts')
    .argument('<file>', 'JSONL with "text" and "labels", "expect" or "hateful"')
    .option('--errors <n>', 'show so many of the worst misses of each category and side', count)
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda eval labelled.jsonl --errors 5')
    .action(async (file: string, { errors = 0, json }: { errors?: number; json?: boolean }) => {
      await deps.withAssessor(async (assessor, { io, words, language, signal, exitWith }) => {
        const evaluation = createEvaluation();
        let line = 0;
        let unlabelled = 0;
        for await (const record of deps.records(file)) {
          if (signal.aborted) {
            exitWith(130);
            return;
          }
          line++;
          const row = readLabelled(record);
          if (row === undefined)
            throw new CannotRunError('bad-posts', `Row ${line} of ${file} is no object with a "text".`);
          const flag = unknownFlag(record);
          if (flag !== undefined) {
            throw new CannotRunError(
              'bad-posts',
              `Row ${line} of ${file} expects "${flag}", which is no category: ${CATEGORIES.join(', ')}.`,
            );
          }
          if (Object.keys(row.truth).length === 0) unlabelled++;
          evaluation.add(row, assessor.assess(row.text));
        }
        if (line === 0) {
          throw new CannotRunError('bad-posts', `${file} holds no row, so there is nothing to measure.`);
        }
        if (unlabelled > 0) io.err(`${evaluationWords(language).unlabelled(unlabelled, line)}\n`);
        const report = evaluation.report();
        const misses = evaluation.misses(errors).map((miss) => ({
          ...miss,
          line: assessmentLine(miss.row.id, assessor.assess(miss.row.text), language),
        }));
        if (json === true) {
          const errorRows = misses.map(({ question, flagged, score, row, line: assessed }) => ({
            question,
            flagged,
            score,
            id: row.id,
            text: row.text,
            findings: assessed.findings,
            context: assessed.context,
          }));
          io.out(`${JSON.stringify(errors > 0 ? { ...report, errors: errorRows } : report)}\n`);
          return;
        }
        const said = evaluationWords(language);
        const nameOf = (answer: string): string =>
          answer === 'hostile'
            ? said.hostile
            : answer in words.categories
              ? words.categories[answer as keyof typeof words.categories]
              : answer;
        io.out(reportSheet(report, said, nameOf, Math.min(io.columns, 110)));
        for (const miss of misses) io.out(missSheet(miss, said, nameOf));
      });
    });
}

function count(given: string): number {
  const n = Number(given);
  if (!Number.isInteger(n) || n < 0 || n > 10_000)
    throw new InvalidArgumentError('It must be a whole number from 0 to 10000.');
  return n;
}

/** Totals, a row an answer, a row a kind, and the head of the queue. */
function reportSheet(
  report: EvaluationReport,
  said: EvaluationWords,
  nameOf: (answer: string) => string,
  width: number,
): string {
  const { rows } = report;
  const numbers = (title: string, columns = 11) => ({ title, width: columns, align: 'right' as const });
  const answers = textTable(
    [
      { title: said.evaluation.answer },
      numbers(said.evaluation.so),
      ...MEASURES.map((measure) => numbers(said.measures[measure])),
    ],
    report.answers.map(({ answer, positives, rows: asked, figures }) => [
      nameOf(answer),
      `${positives}/${asked}`,
      ...MEASURES.map((measure) => {
        const { value, low, high } = figures[measure];
        return `${value.toFixed(3)} ${low.toFixed(3)}–${high.toFixed(3)}`;
      }),
    ]),
    width,
  );
  const kinds = textTable(
    [
      { title: said.evaluation.kind },
      numbers(said.evaluation.rows, 7),
      numbers(said.hostile, 12),
      ...FLAGS.map((flag) => numbers(nameOf(flag))),
      numbers(said.evaluation.right, 8),
    ],
    report.kinds.map(({ kind, rows: of, flags, hostile, right }) => [
      kind,
      String(of),
      `${hostile}`,
      ...FLAGS.map((flag) => String(flags[flag] ?? 0)),
      right === undefined ? '' : percent(right),
    ]),
    width,
  );
  const queue = report.queue.map(({ question, most, precision }) =>
    said.evaluation.queue(nameOf(question), most, Number.isNaN(precision) ? '-' : percent(precision)),
  );
  return [
    said.evaluation.summary(
      rows,
      percent(report.hostile / Math.max(1, rows)),
      percent(report.flagged / Math.max(1, rows)),
    ),
    ...(report.answers.length === 0 ? [] : ['', said.evaluation.intervals, answers.trimEnd()]),
    '',
    kinds.trimEnd(),
    ...(queue.length === 0 ? [] : ['', ...queue]),
    '',
  ].join('\n');
}

const FLAGS = ['hate', 'sara', 'incitement', 'threat', 'abusive'] as const;

function missSheet(
  { question, row, flagged, score, line }: Miss & { line: ReturnType<typeof assessmentLine> },
  said: EvaluationWords,
  nameOf: (answer: string) => string,
): string {
  const labels = row.kinds.join(', ');
  return [
    '',
    `${flagged ? said.evaluation.wrongly(nameOf(question)) : said.evaluation.missed(nameOf(question))} · ${score.toFixed(2)} · ${String(row.id ?? '')} · ${labels}`,
    `  ${visible(row.text)}`,
    ...line.findings.map(({ text, why, rule }) => `  - "${visible(text)}": ${visible(why)} [${rule}]`),
    ...(line.context.length > 0 ? [`  (${line.context.join(', ')})`] : []),
    '',
  ].join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
