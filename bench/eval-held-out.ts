import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGE_TRAINING, seedRows } from '../src/classify/language-recipe.js';
import { type HeldOut, trainClassifier } from '../src/classify/train.js';
import { type LanguageRow, trainLanguageModel } from '../src/classify/train-language.js';
import type { DetectedLanguage } from '../src/core/assessment.js';
import { packageRoot } from '../src/files/package-root.js';
import { find } from '../src/lexicon/find.js';
import { type Assessor, type AssessorParts, createAssessor } from '../src/score/assess.js';
import { createSurvey } from '../src/score/survey.js';
import { createLanguageDetector } from '../src/text/language.js';
import { readLanguageModel } from '../src/text/language-model.js';
import { type Normalised, normalise } from '../src/text/normalise.js';
import { tokenise } from '../src/text/tokenise.js';

/** Told how far the training is. */
type Progress = (line: string) => void;

/**
 * An assessor for these labelled texts alone: to each, the classifier says what it said in the cross-validation, trained
 * without it and without its near-duplicates.
 */
export function heldOutAssessor(
  rows: readonly { readonly text: string; readonly labels?: readonly string[] }[],
  parts: Omit<AssessorParts, 'classifier'>,
  say: Progress,
): Assessor {
  const texts = rows.map(({ text, labels = [] }) => ({ text, labels }));
  const { interest } = createSurvey(parts.lexicon);
  const { heldOut } = trainClassifier(texts, {
    read: (text) => {
      const n = normalise(text);
      return { n, tokens: tokenise(n), signs: find(parts.lexicon, n, interest) };
    },
    onStep: (done, of) => say(`classifier without the tweets it is asked about: ${done} of ${of}`),
  });
  const saidOf = new Map<string, HeldOut>(texts.map(({ text }, at) => [text, heldOut[at]!]));
  return createAssessor({
    ...parts,
    classifier: {
      version: 'held out',
      predict(n: Normalised) {
        const said = saidOf.get(n.original);
        if (said === undefined) throw new Error('a text that was not held out');
        return said;
      },
    },
  });
}

/** A text for the language model; rows with the same group (a sentence in twelve languages) stay on one side. */
export interface LanguageText extends LanguageRow {
  readonly group: string;
}

/**
 * A detector for each fold, trained without the fold's rows: `foldOf` says which one to ask about a row. Rows of a
 * group share a fold. The recipe is the shipped model's.
 */
export function heldOutDetectors(
  rows: readonly LanguageText[],
  folds: number,
  say: Progress,
): { detect(text: string, group: string): DetectedLanguage } {
  const seeds = seedRows(readFileSync(join(packageRoot, 'models', 'language', 'seeds.txt'), 'utf8'));
  const place = new Map<string, number>();
  for (const { group } of rows) if (!place.has(group)) place.set(group, place.size);
  const foldOf = (group: string): number => place.get(group)! % folds;
  const detectors = Array.from({ length: folds }, (_, fold) => {
    const model = trainLanguageModel(
      [...rows.filter(({ group }) => foldOf(group) !== fold), ...seeds],
      LANGUAGE_TRAINING,
    );
    say(`language model without the texts it is asked about: ${fold + 1} of ${folds}`);
    return createLanguageDetector(readLanguageModel({ ...model, version: 'held out' }));
  });
  return { detect: (text, group) => detectors[foldOf(group)]!.detect({ original: text }) };
}
