import type { LanguageRow, LanguageTraining } from './train-language.js';

/** The languages told apart by the own model (ISO 639-3); Malay is `zsm`. */
const LANGUAGES = [
  'ind',
  'zsm',
  'jav',
  'sun',
  'min',
  'ban',
  'mad',
  'ace',
  'bjn',
  'bug',
  'bbc',
  'nij',
  'eng',
] as const;

/**
 * How the language model under models/ is trained. Malay rows are few and noisy, and the border to
 * Indonesian is set so that it takes three of 100 Indonesian posts for Malay. What each number does and what else was
 * tried stands in models/language/README.md.
 */
export const LANGUAGE_TRAINING: LanguageTraining = {
  languages: LANGUAGES,
  shares: { zsm: 2 },
  mixture: { members: 0.6, rest: 0.33 },
  bias: { ind: -1.2, zsm: -1.4 },
  border: { between: ['ind', 'zsm'], bias: 1.33, words: 3 },
  common: { languages: ['ind', 'zsm'], inPosts: 3, telling: 0.35 },
  temperature: 1,
};

/** Words of one seed row. */
const SEED_WORDS = 4;

/**
 * Rows from lines `code|word word ...`: words of a language written down by hand, cut into short texts.
 * They teach what the small corpora lack, above all where Malay and Indonesian part.
 */
export function seedRows(lines: string): LanguageRow[] {
  return lines.split('\n').flatMap((line) => {
    const [lang = '', words = ''] = line.split('|');
    const list = words.split(' ').filter((word) => word !== '');
    const rows: LanguageRow[] = [];
    for (let i = 0; i < list.length; i += SEED_WORDS) {
      rows.push({ lang: lang.trim(), text: list.slice(i, i + SEED_WORDS).join(' ') });
    }
    return rows;
  });
}
