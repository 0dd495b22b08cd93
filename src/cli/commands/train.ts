import { type Command, InvalidArgumentError } from 'commander';
import { deskRows, MOST_DECISIONS } from '../../classify/from-desk.js';
import { LANGUAGE_TRAINING, seedRows } from '../../classify/language-recipe.js';
import { accuracy, auc, confusion, f1 } from '../../classify/metrics.js';
import { OUTPUTS } from '../../classify/model.js';
import type { Sign } from '../../classify/signs.js';
import { LANES, type LabelledText, trainClassifier } from '../../classify/train.js';
import { type LanguageRow, trainLanguageModel } from '../../classify/train-language.js';
import type { DecidedText } from '../../core/desk-numbers.js';
import { CannotRunError } from '../../core/errors.js';
import type { ModelFile } from '../../core/model-file.js';
import { textTable } from '../../report/text-table.js';
import { type Normalised, normalise } from '../../text/normalise.js';
import { tokenise } from '../../text/tokenise.js';
import type { CommandEnvironment } from './environment.js';

export interface TrainDeps {
  environment(): CommandEnvironment;
  /** What the lexicon finds in a text, of which the classifier learns too. */
  finder(): Promise<(n: Normalised) => readonly Sign[]>;
  /** The values of a JSONL file's lines, in their order. */
  records(file: string): AsyncIterable<unknown>;
  /** Decisions of the desk that stand, newest first; their texts stay in this process. */
  decisions(limit: number): Promise<readonly DecidedText[]>;
  /** The seed words that come with the language model, see {@link seedRows}. */
  seeds(): string;
  /** Writes a model below the models' folder unless a file is named; returns where it stands and its version. */
  writeModel(
    kind: ModelFile['kind'],
    model: Omit<ModelFile, 'version'>,
    file?: string,
  ): { file: string; version: string };
}

/** `ronda train classifier|language FILE...` */
export function trainCommand(program: Command, deps: TrainDeps): void {
  const train = program.command('train').description('train the models anew from labelled texts');
  train
    .command('classifier')
    .description('train the classifier from JSONL rows with "text" and "labels"')
    .argument('<files...>', 'JSONL files')
    .option('--out <file>', 'where to write the model; by default models/classifier/model.bin')
    .option(
      '--folds <n>',
      'parts of the cross-validation behind the calibration and the figures',
      foldsOf,
      10,
    )
    .option(
      '--from-desk',
      'learn from what people decided at the desk too: at most a quarter of what the files weigh',
    )
    .addHelpText('after', '\nExample:\n  ronda train classifier labelled.jsonl --out classifier.bin')
    .action(async (files: string[], { out, folds, fromDesk }: ClassifierOptions) => {
      const { io } = deps.environment();
      const given = await readAll(deps, files, labelledText);
      const learnt = fromDesk === true ? deskRows(await deps.decisions(MOST_DECISIONS), given.length) : [];
      if (fromDesk === true) io.err(`${fromDeskLine(learnt)}\n`);
      const texts = [...given, ...learnt];
      const find = await deps.finder();
      if (texts.length < folds)
        throw new CannotRunError('bad-rows', `${folds} folds need as many rows, not ${texts.length}.`);
      const { model, heldOut } = trainClassifier(texts, {
        folds,
        read: (text) => {
          const n = normalise(text);
          return { n, tokens: tokenise(n), signs: find(n) };
        },
        onStep: (done, of) => io.err(`${done}/${of}\n`),
      });
      const rows = OUTPUTS.map((output) => {
        const labels = LANES.find(({ name }) => name === output)?.labels ?? [];
        const truth = texts.map((text) => labels.some((label) => text.labels.includes(label)));
        const scores = heldOut.map((said) => said[output]);
        const counts = confusion(
          truth,
          scores.map((score) => score >= 0.5),
        );
        return [output, accuracy(counts), f1(counts), auc(truth, scores)].map((cell) =>
          typeof cell === 'number' ? cell.toFixed(3) : cell,
        );
      });
      const columns = ['head', 'accuracy', 'F1', 'AUC'].map((title) => ({ title }));
      io.out(textTable(columns, rows, io.columns));
      const { file, version } = deps.writeModel('classifier', model, out);
      io.out(`${file}  ${version}\n`);
    });
  train
    .command('language')
    .description('train the language model from JSONL rows with "text" and "lang" (ISO 639-3)')
    .argument('<files...>', 'JSONL files; CODE:FILE for posts that are all in one language')
    .option('--out <file>', 'where to write the model; by default models/language/model.bin')
    .addHelpText('after', '\nExample:\n  ronda train language sentences.jsonl ind:posts.jsonl')
    .action(async (files: string[], { out }: { out?: string }) => {
      const { io } = deps.environment();
      const rows = seedRows(deps.seeds());
      for (const given of files) {
        const [, code, file = given] = /^([a-z]{3}):(.+)$/.exec(given) ?? [];
        rows.push(...(await readAll(deps, [file], (record) => languageRow(record, code))));
      }
      const model = trainLanguageModel(rows, {
        ...LANGUAGE_TRAINING,
        onEpoch: (member, epoch, loss) => io.err(`${member + 1}.${epoch + 1}  ${loss.toFixed(4)}\n`),
      });
      const { file, version } = deps.writeModel('language', model, out);
      io.out(`${file}  ${version}\n`);
    });
}

function foldsOf(value: string): number {
  const folds = Number(value);
  if (!Number.isInteger(folds) || folds < 2 || folds > 100)
    throw new InvalidArgumentError('folds are a whole number from 2 to 100');
  return folds;
}

interface ClassifierOptions {
  readonly out?: string;
  readonly folds: number;
  readonly fromDesk?: boolean;
}

function fromDeskLine(rows: readonly LabelledText[]): string {
  const clean = rows.filter(({ labels }) => labels.length === 0).length;
  const weight = (rows[0]?.weight ?? 1).toFixed(2);
  return `desk: ${rows.length} decided text(s), ${clean} of them no violation; each weighs ${weight}`;
}

async function readAll<T>(
  deps: TrainDeps,
  files: readonly string[],
  read: (record: unknown) => T | undefined,
): Promise<T[]> {
  const rows: T[] = [];
  for (const file of files) {
    let line = 0;
    for await (const record of deps.records(file)) {
      line += 1;
      const row = read(record);
      if (row === undefined)
        throw new CannotRunError('bad-rows', `Row ${line} of ${file} lacks what is learnt from.`);
      rows.push(row);
    }
  }
  return rows;
}

function labelledText(record: unknown): LabelledText | undefined {
  const { text, labels } = (record ?? {}) as Partial<LabelledText>;
  if (typeof text !== 'string' || !Array.isArray(labels)) return undefined;
  return { text, labels: labels.filter((label) => typeof label === 'string') };
}

/** A row; those of a file of Indonesian posts are the bulk, see {@link LanguageRow.bulk}. */
function languageRow(record: unknown, code: string | undefined): LanguageRow | undefined {
  const { text, lang = code } = (record ?? {}) as Partial<LanguageRow>;
  if (typeof text !== 'string' || typeof lang !== 'string') return undefined;
  return code === 'ind' ? { text, lang, bulk: true } : { text, lang };
}
