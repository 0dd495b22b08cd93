import type { HeldOut, LabelledText } from '../src/classify/train.js';
import type { LanguageRow } from '../src/classify/train-language.js';
import type { DetectedLanguage } from '../src/core/assessment.js';
import { type Assessor, type AssessorParts, createAssessor } from '../src/score/assess.js';
import { createLanguageDetector } from '../src/text/language.js';
import { readLanguageModel } from '../src/text/language-model.js';
import type { Normalised } from '../src/text/normalise.js';
import { classifierHeldOut, languageModelOf } from './eval-thread.js';

/** Told how far the training is. */
type Progress = (line: string) => void;

/**
 * An assessor for these labelled texts alone: to each, the classifier says what it said in the cross-validation, trained
 * without it and without its near-duplicates.
 */
export async function heldOutAssessor(
  rows: readonly { readonly text: string; readonly labels?: readonly string[] }[],
  parts: Omit<AssessorParts, 'classifier'>,
  lexicons: string,
  say: Progress,
): Promise<Assessor> {
  const texts: LabelledText[] = rows.map(({ text, labels = [] }) => ({ text, labels }));
  const heldOut = await classifierHeldOut(texts, lexicons);
  say('classifier without the tweets it is asked about: trained');
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
export async function heldOutDetectors(
  rows: readonly LanguageText[],
  folds: number,
  say: Progress,
): Promise<{ detect(text: string, group: string): DetectedLanguage }> {
  const place = new Map<string, number>();
  for (const { group } of rows) if (!place.has(group)) place.set(group, place.size);
  const foldOf = (group: string): number => place.get(group)! % folds;
  const detectors = await Promise.all(
    Array.from({ length: folds }, async (_, fold) => {
      const model = await languageModelOf(rows.filter(({ group }) => foldOf(group) !== fold));
      say(`language model without the texts it is asked about: ${fold + 1} of ${folds}`);
      return createLanguageDetector(readLanguageModel({ ...model, version: 'held out' }));
    }),
  );
  return { detect: (text, group) => detectors[foldOf(group)]!.detect({ original: text }) };
}
