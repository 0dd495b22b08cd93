import { isObject, type Json } from './jetstream-event.js';

/** What a stream is narrowed to before anything is made of it. */
export interface StreamFilter {
  readonly langs?: readonly string[] | undefined;
  readonly words?: readonly string[] | undefined;
}

/** Where nothing is said, this is what Ronda is for. */
const DEFAULT_LANGS = ['id'];

/**
 * Whether a record is wanted: in one of the languages and, where there are `words`, with one of them as a whole,
 * whatever their case. A post that says no language is wanted for its words alone.
 */
export function recordFilter({ langs, words }: StreamFilter): (record: Json) => boolean {
  const wanted = langs ?? (words === undefined ? DEFAULT_LANGS : undefined);
  const holds = words === undefined ? undefined : anyOf(words);
  return (record) => {
    const { text, langs: said } = record;
    if (typeof text !== 'string') return false;
    const languages = Array.isArray(said) ? said.filter((one) => typeof one === 'string') : [];
    const speaks =
      wanted === undefined ||
      (languages.length === 0 ? holds !== undefined : languages.some((one) => speaksOneOf(one, wanted)));
    return speaks && (holds === undefined || holds.test(text.normalize('NFKC')));
  };
}

/** The same for the record of a post of a search, by its languages alone. */
export function speaks(view: unknown, langs: readonly string[] | undefined): boolean {
  if (langs === undefined || !isObject(view) || !isObject(view.record)) return true;
  const said = view.record.langs;
  return (
    !Array.isArray(said) ||
    said.length === 0 ||
    said.some((one) => typeof one === 'string' && speaksOneOf(one, langs))
  );
}

function speaksOneOf(language: string, wanted: readonly string[]): boolean {
  return wanted.includes(language.toLowerCase().split(/[-_]/, 1)[0] ?? '');
}

function anyOf(words: readonly string[]): RegExp {
  const escaped = words.map((word) =>
    word
      .normalize('NFKC')
      .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
      .replace(/\s+/g, '\\s+'),
  );
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'iu');
}
