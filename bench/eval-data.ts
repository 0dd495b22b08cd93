import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, type Interval } from '../src/classify/metrics.js';
import type { Assessor } from '../src/score/assess.js';
import { createEvaluation, type EvaluationReport, readLabelled } from '../src/score/evaluation.js';
import { isHostile } from '../src/score/neutrality.js';
import { type Figure, percent, percentWithInterval, withInterval } from './figures.js';

/** A row of the files in ../shared/data, as far as it is read here. */
export interface Row {
  readonly id: string;
  readonly text: string;
  readonly labels?: readonly string[];
  readonly lang?: string;
  readonly set?: string;
  readonly title?: string;
}

const RESAMPLED = { rounds: 400, seed: 20_260_105 };

/** Rows of a file of the research data, or undefined where it is not on this machine. */
export function dataRows(folder: string, file: string): Row[] | undefined {
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** What the labelled tweets say of an assessor. */
export function evaluateTweets(rows: readonly Row[], assessor: Assessor): EvaluationReport {
  const evaluation = createEvaluation();
  for (const row of rows) evaluation.add(readLabelled(row)!, assessor.assess(row.text));
  return evaluation.report();
}

/** Figures of the labelled tweets; `trained` is what to say of how they meet the assessor's training. */
export function tweetFigures(report: EvaluationReport, trained: string): Figure[] {
  const of = (answer: string) => report.answers.find((one) => one.answer === answer)?.figures;
  const on = `labelled tweets, ${trained}`;
  const [sara, abusive, head] = [of('sara'), of('abusive'), of('model.hate')];
  const figures: Figure[] = [];
  if (sara !== undefined) {
    figures.push(
      { measure: 'tweets: SARA, AUC', target: '.96', value: withInterval(sara.auc), on },
      { measure: 'tweets: SARA, F1 of the flag', target: '.75', value: withInterval(sara.f1), on },
      {
        measure: 'tweets: SARA, precision and recall of the flag',
        value: `${withInterval(sara.precision)}; ${withInterval(sara.recall)}`,
        on,
      },
    );
  }
  if (abusive !== undefined)
    figures.push({
      measure: 'tweets: abusive, accuracy of the flag',
      target: '.93',
      value: withInterval(abusive.accuracy),
      on,
    });
  if (head !== undefined)
    figures.push({
      measure: 'tweets: hate head, accuracy',
      target: '.87',
      value: withInterval(head.accuracy),
      on,
    });
  for (const { question, most, precision } of report.queue) {
    if (question === 'hate')
      figures.push({
        measure: `tweets: of the first ${most} in the queue labelled hate`,
        value: percent(precision),
        on,
      });
  }
  return figures;
}

/** How often ordinary posts are flagged as hostile to people. */
export function everydayFigures(rows: readonly Row[] | undefined, assessor: Assessor): Figure[] {
  if (rows === undefined) return [];
  return [
    {
      measure: 'everyday talk flagged as hostile',
      target: '1 % at most',
      value: percentWithInterval(shareHostile(rows, assessor)),
      on: `${rows.length} reviews and tweets gathered with no eye to hate speech, some of which are hateful all the same`,
    },
  ];
}

/** The same of labelled tweets in which nobody saw hate or abuse. */
export function plainTweetFigures(
  rows: readonly Row[] | undefined,
  assessor: Assessor,
  trained: string,
): Figure[] {
  const plain = rows?.filter(({ labels }) => labels?.length === 0);
  if (plain === undefined) return [];
  return [
    {
      measure: 'tweets that nobody labelled hateful or abusive, flagged as hostile',
      target: '4 % at most of election tweets',
      value: percentWithInterval(shareHostile(plain, assessor)),
      on: `${plain.length} labelled tweets, many about elections, ${trained}`,
    },
  ];
}

function shareHostile(rows: readonly Row[], assessor: Assessor): Interval {
  return shareOf(rows.map(({ text }) => isHostile(assessor.assess(text))));
}

/** What a language model says of a text; `row` is the row that the text is from. */
export type Detect = (text: string, row: Row) => string;

/** Language identification on texts and their first words; `trained` says how they meet the model's training. */
export function languageFigures(
  languages: readonly Row[] | undefined,
  malay: readonly Row[] | undefined,
  tweets: readonly Row[] | undefined,
  detect: Detect,
  trained: string,
): Figure[] {
  const figures: Figure[] = [];
  const add = (measure: string, target: string, right: boolean[], on: string): void => {
    figures.push({ measure, target, value: percentWithInterval(shareOf(right)), on: `${on}, ${trained}` });
  };
  if (languages !== undefined) {
    const right = (words: number) =>
      languages.map((row) => detect(row.text.split(/\s+/).slice(0, words).join(' '), row) === row.lang);
    add('language of twelve: whole sentences', '99.3 %', right(10_000), 'parallel sentences');
    add('language of twelve: first five words', '94 %', right(5), 'parallel sentences');
  }
  const readAs = (rows: readonly Row[], code: string) => rows.map((row) => detect(row.text, row) === code);
  if (tweets !== undefined)
    add(
      'language: tweets read as Indonesian',
      '97 %',
      readAs(tweets, 'ind'),
      'labelled tweets, some of which are in Javanese or Sundanese',
    );
  if (malay !== undefined)
    add(
      'language: Malay read as Malay',
      '88 %',
      readAs(malay, 'zsm'),
      'Malaysian tweets, about one in nine of which is Indonesian',
    );
  return figures;
}

function shareOf(yes: readonly boolean[]): Interval {
  const measures = {
    share: (weights: ArrayLike<number>): number => {
      let sum = 0;
      let all = 0;
      for (let row = 0; row < yes.length; row++) {
        all += weights[row]!;
        if (yes[row]) sum += weights[row]!;
      }
      return sum / all;
    },
  };
  return bootstrap(yes.length, measures, RESAMPLED).share;
}
