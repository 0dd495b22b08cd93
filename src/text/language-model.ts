import { PermanentError } from '../core/errors.js';
import type { ModelFile } from '../core/model-file.js';
import { MAX_LANES } from './gram-table.js';
import { TRIGRAMS } from './language-features.js';

/** Most languages one model can hold, beside the lane of its border. */
export const MAX_LANGUAGES = MAX_LANES - 1;

/**
 * Two languages near to one another, told apart by weights of their own: what is rare and leans to one side counts
 * for more there than among all languages.
 */
export interface LanguageBorder {
  readonly between: readonly [string, string];
  /** What a weight of 1 of the border's lane stands for. */
  readonly step: number;
  /** Added to its score; above 0 the text is in the second language. */
  readonly bias: number;
  /** How many times a word as a whole counts there; once by default. */
  readonly words?: number;
}

/** The languages that most posts are in, and whose words the others borrow. */
export interface CommonLanguages {
  readonly languages: readonly string[];
  /** Added to their scores where a text bears signs of a post, see FoldedWords.signs. */
  readonly inPosts: number;
  /**
   * How much of its most telling word is added to the score of each other language: the one word of the text that weighs
   * most for it and least for these. Among borrowed words it may be the only one.
   */
  readonly telling: number;
}

/** Most times that a word as a whole may count, see {@link LanguageBorder.words}. */
const MOST_TIMES = 8;

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
  /** Its lane stands behind the languages'. */
  readonly border?: LanguageBorder;
  readonly common?: CommonLanguages;
}

/**
 * Weights `[bucket * lanes + lane]`, a lane for each language and one for the border where there is one, then one number for each of {@link TRIGRAMS}: 0 for three
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
  const { languages, bits, step, bias, temperature, border, common } = file.header as Partial<LanguageHeader>;
  if (!Array.isArray(languages) || languages.length < 2 || languages.length > MAX_LANGUAGES)
    throw new PermanentError('bad-model', `a language model holds 2 to ${MAX_LANGUAGES} languages`);
  if (typeof bits !== 'number' || !Number.isInteger(bits) || bits < 8 || bits > 20)
    throw new PermanentError('bad-model', 'a language model has 2^8 to 2^20 buckets');
  if (!isPositive(step) || !isPositive(temperature))
    throw new PermanentError('bad-model', 'step and temperature of a language model are positive numbers');
  if (!Array.isArray(bias) || bias.length !== languages.length || !bias.every(Number.isFinite))
    throw new PermanentError('bad-model', 'a language model has one bias for each language');
  if (border !== undefined && !isBorder(border, languages))
    throw new PermanentError('bad-model', 'the border of a language model is not sound');
  if (common !== undefined && !isCommon(common, languages))
    throw new PermanentError('bad-model', 'the common languages of a language model are not sound');
  if (file.weights.length !== 2 ** bits * lanesOf({ languages, border }) + TRIGRAMS)
    throw new PermanentError(
      'bad-model',
      `a language model of this size has no ${file.weights.length} weights`,
    );
  return {
    languages,
    bits,
    step,
    bias,
    temperature,
    ...(border === undefined ? {} : { border }),
    ...(common === undefined ? {} : { common }),
    version: file.version,
    weights: file.weights,
  };
}

/** Lanes of a model's rows. */
export function lanesOf(model: {
  readonly languages: readonly string[];
  readonly border?: LanguageBorder | undefined;
}): number {
  return model.languages.length + (model.border === undefined ? 0 : 1);
}

function isBorder(value: unknown, languages: readonly string[]): value is LanguageBorder {
  if (typeof value !== 'object' || value === null) return false;
  const { between, step, bias, words = 1 } = value as Partial<LanguageBorder>;
  const known =
    Array.isArray(between) && between.length === 2 && between.every((one) => languages.includes(one));
  const times = Number.isInteger(words) && words >= 1 && words <= MOST_TIMES;
  return known && times && isPositive(step) && Number.isFinite(bias);
}

function isCommon(value: unknown, languages: readonly string[]): value is CommonLanguages {
  if (typeof value !== 'object' || value === null) return false;
  const { languages: these, inPosts, telling } = value as Partial<CommonLanguages>;
  const known = Array.isArray(these) && these.length > 0 && these.every((one) => languages.includes(one));
  return known && Number.isFinite(inPosts) && Number.isFinite(telling);
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
