/**
 * `npm run eval -- [--save] [--quick] [--cases FILE]`: the figures of docs/detection.md, on the project's own cases and,
 * where ../shared/data is there, on real posts. The models were trained on those, so that they are trained anew without
 * the posts they are asked about, which takes minutes; `--quick` asks the shipped models instead and says so. `--save`
 * writes the figures into the document; `--cases` writes the functional cases as JSONL for `ronda eval`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { kindSchemas } from '../src/compose.js';
import { lexiconFolder, loadModels } from '../src/compose-assessor.js';
import { parseConfig } from '../src/config.js';
import { readLexiconFiles } from '../src/files/lexicon-files.js';
import { packageRoot } from '../src/files/package-root.js';
import { compileLexicon } from '../src/lexicon/compile.js';
import { parseLines } from '../src/lexicon/load.js';
import { isSchedule } from '../src/pipeline/schedule.js';
import { createAssessor } from '../src/score/assess.js';
import { normalise } from '../src/text/normalise.js';
import { CASE_SETS, caseFigures, caseRows } from './eval-cases.js';
import { hoaxFigures } from './eval-claims.js';
import {
  type Detect,
  dataRows,
  evaluateTweets,
  everydayFigures,
  languageFigures,
  plainTweetFigures,
  type Row,
  tweetFigures,
} from './eval-data.js';
import { heldOutAssessor, heldOutDetectors, type LanguageText } from './eval-held-out.js';
import { type Figure, figureTable } from './figures.js';

const BEGIN = '<!-- figures: written by npm run eval -- --save -->';
const END = '<!-- end of figures -->';

const { values: options } = parseArgs({
  options: {
    save: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    cases: { type: 'string' },
  },
});

if (options.cases !== undefined) {
  const rows = CASE_SETS.flatMap(({ tables }) => caseRows(tables));
  const lines = rows.map(({ kind, hateful, text }, at) =>
    JSON.stringify({ id: `case-${at}`, text, hateful, kind }),
  );
  writeFileSync(options.cases, `${lines.join('\n')}\n`);
}

const config = parseConfig({
  document: undefined,
  file: 'eval',
  environment: {},
  kinds: kindSchemas,
  isSchedule,
});
const lexicons = lexiconFolder(config);
const { placed } = parseLines(await readLexiconFiles(lexicons));
const lexicon = compileLexicon(placed.map(({ entry }) => entry));
const folder = join(packageRoot, '..', 'shared', 'data');
const tweets = dataRows(folder, 'tweets-labelled.jsonl');
const everyday = dataRows(folder, 'everyday-talk.jsonl');
const languages = dataRows(folder, 'languages.jsonl');
const malay = dataRows(folder, 'malay-tweets.jsonl');

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const ALONE = 'rules and lexicon alone, nothing trained on them';
const HELD_OUT = 'held out: trained without the texts asked about and their near-duplicates';
const IN_SAMPLE = '**in-sample**: the shipped model was trained on them';

const [heldOutTweets, heldOutDetect] = await Promise.all([
  options.quick || tweets === undefined ? undefined : heldOutAssessor(tweets, { lexicon }, lexicons, say),
  options.quick || languages === undefined
    ? undefined
    : heldOutLanguage(languages, malay ?? [], tweets ?? [], everyday ?? []),
]);

const parts = { lexicon, ...loadModels(config) };
const assessor = createAssessor(parts);
const words = createAssessor({ lexicon });
const asked = heldOutTweets ?? assessor;
const hasClassifier = assessor.versions.model !== 'none';
const detector = parts.languageDetector;
const figures: Figure[] = caseFigures(assessor, lexicon);
const met = !hasClassifier ? ALONE : options.quick ? IN_SAMPLE : HELD_OUT;
figures.push(...everydayFigures(everyday, assessor), ...plainTweetFigures(tweets, asked, met));
if (tweets !== undefined) {
  figures.push(...tweetFigures(evaluateTweets(tweets, asked), met));
  if (hasClassifier) figures.push(...tweetFigures(evaluateTweets(tweets, words), ALONE));
}
if (detector !== undefined)
  figures.push(
    ...languageFigures(
      languages,
      malay,
      tweets,
      heldOutDetect ?? ((text) => detector.detect(normalise(text)).code),
      options.quick ? IN_SAMPLE : HELD_OUT,
    ),
  );

const pairs = dataRows(folder, 'hoax-pairs.jsonl');
if (pairs !== undefined)
  figures.push(
    ...hoaxFigures(
      pairs.map(({ id, text, title = '' }) => ({ id, text, title })),
      [...(tweets ?? []), ...(everyday ?? [])].map(({ text }) => text),
    ),
  );

/** Sentences that are translations of one another end in the same number, and share a fold. */
async function heldOutLanguage(
  ...[sentences, malayRows, tweetRows, talk]: readonly Row[][]
): Promise<Detect> {
  const groupOf = ({ id }: Row): string => id.replace(/^nx-[a-z]+-/, 'nx-');
  const as = (rows: readonly Row[] = [], lang: string, bulk: boolean): LanguageText[] =>
    rows.map((row) => ({
      text: row.text,
      lang: row.lang ?? lang,
      group: groupOf(row),
      ...(bulk ? { bulk } : {}),
    }));
  const { detect } = await heldOutDetectors(
    [
      ...as(sentences, 'ind', false),
      ...as(malayRows, 'zsm', false),
      ...as(tweetRows, 'ind', true),
      ...as(talk, 'ind', true),
    ],
    5,
    say,
  );
  return (text, row) => detect(text, groupOf(row)).code;
}

const { rules, lexicon: lexiconVersion, model, language } = assessor.versions;
const table = [
  `Measured on ${new Date().toISOString().slice(0, 10)}: rules ${rules}, lexicon ${lexiconVersion} (${lexicon.entries.length} entries), classifier ${model}, language model ${language}.`,
  ...(tweets === undefined ? ['Real posts are not on this machine: only the own cases were measured.'] : []),
  '',
  figureTable(figures),
].join('\n');
process.stdout.write(`${table}\n`);

if (options.save) {
  const path = join(packageRoot, 'docs', 'detection.md');
  const text = readFileSync(path, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`${path} has no place for figures between "${BEGIN}" and "${END}"`);
  writeFileSync(path, `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`);
  process.stderr.write(`written to ${path}\n`);
}
