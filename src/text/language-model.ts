import { PermanentError } from '../core/errors.js';
import type { ModelFile } from '../core/model-file.js';
import { MAX_LANES } from './gram-table.js';
import { TRIGRAMS } from './language-features.js';

/** Most languages one model can hold. */
export const MAX_LANGUAGES = MAX_LANES;

/** Header of a `language` model file. */
export interface LanguageHeader {
  /** ISO 639-3, in the order of the lanes. */
  readonly languages: readonly string[];
  /** The table has 2^bits buckets. */
  readonly bits: number;
  /** What a weight of 1 stands for. */
  readonly step: number;
  /** A number for each language, added to its score. */
  readonly bias: readonly number[];
  /** Scores are divided by it before they become confidences. */
  readonly temperature: number;
}

/**
 * Weights `[bucket * languages + language]`, then one number for each of {@link TRIGRAMS}: 0 for three
 * letters never seen in training, else how common they are (1 + log2 of their count).
 */
export interface LanguageModel extends LanguageHeader {
  readonly version: string;
  readonly weights: Int8Array;
}

/**
 * Reads a model file.
 * @throws PermanentError when it is not a sound `language` model
 */
export function readLanguageModel(file: ModelFile): LanguageModel {
  if (file.kind !== 'language')
    throw new PermanentError('bad-model', `a model of kind ${file.kind} is no language model`);
  const { languages, bits, step, bias, temperature } = file.header as Partial<LanguageHeader>;
  if (!Array.isArray(languages) || languages.length < 2 || languages.length > MAX_LANGUAGES)
    throw new PermanentError('bad-model', `a language model holds 2 to ${MAX_LANGUAGES} languages`);
  if (typeof bits !== 'number' || !Number.isInteger(bits) || bits < 8 || bits > 20)
    throw new PermanentError('bad-model', 'a language model has 2^8 to 2^20 buckets');
  if (!isPositive(step) || !isPositive(temperature))
    throw new PermanentError('bad-model', 'step and temperature of a language model are positive numbers');
  if (!Array.isArray(bias) || bias.length !== languages.length || !bias.every(Number.isFinite))
    throw new PermanentError('bad-model', 'a language model has one bias for each language');
  if (file.weights.length !== 2 ** bits * languages.length + TRIGRAMS)
    throw new PermanentError(
      'bad-model',
      `a language model of this size has no ${file.weights.length} weights`,
    );
  return { languages, bits, step, bias, temperature, version: file.version, weights: file.weights };
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
