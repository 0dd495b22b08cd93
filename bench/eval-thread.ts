import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { LANGUAGE_TRAINING, seedRows } from '../src/classify/language-recipe.js';
import { type HeldOut, type LabelledText, trainClassifier } from '../src/classify/train.js';
import { type LanguageRow, trainLanguageModel } from '../src/classify/train-language.js';
import type { ModelFile } from '../src/core/model-file.js';
import { readLexiconFiles } from '../src/files/lexicon-files.js';
import { packageRoot } from '../src/files/package-root.js';
import { compileLexicon } from '../src/lexicon/compile.js';
import { find } from '../src/lexicon/find.js';
import { parseLines } from '../src/lexicon/load.js';
import { createSurvey } from '../src/score/survey.js';
import { normalise } from '../src/text/normalise.js';
import { tokenise } from '../src/text/tokenise.js';

/*
 * Trainings of the evaluation, each in a thread of its own: they take minutes, need nothing of one another, and a
 * machine with more cores is done sooner.
 */

type Trained = Omit<ModelFile, 'version'>;
type Task =
  | { readonly kind: 'classifier'; readonly texts: readonly LabelledText[]; readonly lexicons: string }
  | { readonly kind: 'language'; readonly rows: readonly LanguageRow[] };

/** What a classifier says of each text, trained without it and without its near-duplicates. */
export function classifierHeldOut(
  texts: readonly LabelledText[],
  lexicons: string,
): Promise<readonly HeldOut[]> {
  return inThread<readonly HeldOut[]>({ kind: 'classifier', texts, lexicons });
}

/** A language model by the shipped model's recipe. */
export function languageModelOf(rows: readonly LanguageRow[]): Promise<Trained> {
  return inThread<Trained>({ kind: 'language', rows });
}

function inThread<T>(task: Task): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a training ended with code ${code} and no answer`)));
  });
}

async function work(task: Task): Promise<unknown> {
  if (task.kind === 'language') {
    const seeds = seedRows(readFileSync(join(packageRoot, 'models', 'language', 'seeds.txt'), 'utf8'));
    return trainLanguageModel([...task.rows, ...seeds], LANGUAGE_TRAINING);
  }
  const { placed } = parseLines(await readLexiconFiles(task.lexicons));
  const lexicon = compileLexicon(placed.map(({ entry }) => entry));
  const { interest } = createSurvey(lexicon);
  return trainClassifier(task.texts, {
    read: (text) => {
      const n = normalise(text);
      return { n, tokens: tokenise(n), signs: find(lexicon, n, interest) };
    },
  }).heldOut;
}

if (parentPort !== null) parentPort.postMessage(await work(workerData as Task));
