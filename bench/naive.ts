import { createRequire } from 'node:module';
import { franc } from 'franc';
import type { Entry } from '../src/lexicon/entry.js';

/* What a first attempt would be: natural's Indonesian tokenizer and stemmer, franc, and a Set of the same terms. */

const require = createRequire(import.meta.url);

type Tokenizer = new () => { tokenize(text: string): string[] };

/**
 * A naive monitor over the single-word terms of the same lexicon.
 * @returns a function from a text to its language and the terms found
 */
export function createNaive(
  entries: readonly Entry[],
): (text: string) => { language: string; found: string[] } {
  // By their deep paths: natural's root import loads 1,268 modules.
  const Aggressive = require('natural/lib/natural/tokenizers/aggressive_tokenizer_id.js') as Tokenizer;
  const stemmer = require('natural/lib/natural/stemmers/indonesian/stemmer_id.js') as {
    stem(word: string): string;
  };
  const tokenizer = new Aggressive();
  const terms = new Set<string>();
  for (const { term, variants = [] } of entries) {
    for (const spelled of [term, ...variants]) if (!spelled.includes(' ')) terms.add(spelled.toLowerCase());
  }
  return (text) => {
    const language = franc(text);
    const found: string[] = [];
    for (const token of tokenizer.tokenize(text.toLowerCase())) {
      if (terms.has(token) || terms.has(stemmer.stem(token))) found.push(token);
    }
    return { language, found };
  };
}
