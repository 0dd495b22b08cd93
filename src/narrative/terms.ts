/** The terms by which wordings of one story know each other: names, rare words, numbers, links, the fact-check. */
import { MOST_TERMS } from '../core/print.js';
import type { Reading } from './fingerprint.js';
import { MOST_TERM_CHARS, NUMBER_MARK } from './word-facts.js';

/** What a term is, by its mark; a word has none. */
export const LINK_MARK = '~';
export const CLAIM_MARK = '!';

/** Ids of fact-checks are often addresses. */
const MOST_CLAIM_CHARS = 500;

interface Candidate {
  readonly term: string;
  readonly place: number;
  readonly worth: number;
}

/**
 * The {@link MOST_TERMS} most telling terms of a text in its order, each once. Fact-checks and links come first, then
 * names and what no dictionary knows, then numbers, then other words, long ones before short ones.
 * @param links addresses in the text, as {@link linksOf} finds them
 * @param claims ids of the fact-checks that it repeats
 */
export function termsOf(
  reading: Reading,
  links: readonly string[],
  claims: readonly string[] = [],
): string[] {
  const { words, told } = reading;
  const found = new Map<string, Candidate>();
  const add = (term: string, place: number, worth: number, most = MOST_TERM_CHARS): void => {
    const key = rootOf(term);
    if (term.length <= most && !found.has(key)) found.set(key, { term, place, worth });
  };
  for (const claim of claims) add(`${CLAIM_MARK}${claim}`, -2, 9, MOST_CLAIM_CHARS);
  for (const link of links) add(`${LINK_MARK}${link}`, -1, 8);
  for (let place = 0; place < told.length; place++) {
    if (told[place] === 0) continue;
    const { term } = words[place]!;
    if (term !== undefined && !found.has(term.key))
      found.set(term.key, { term: term.term, place, worth: term.worth });
  }
  const all = [...found.values()];
  if (all.length > MOST_TERMS) {
    all.sort((a, b) => b.worth - a.worth || a.place - b.place);
    all.length = MOST_TERMS;
    all.sort((a, b) => a.place - b.place);
  }
  return all.map(({ term }) => term);
}

const ADDRESS = /\bhttps?:\/\/([^\s<>"']{4,300})/gi;
const MOST_LINKS = 3;

/** Host and path of the addresses in a text, without what only counts who clicked; bare hosts say nothing. */
export function linksOf(text: string): string[] {
  if (!text.includes('://')) return [];
  const links: string[] = [];
  for (const [, rest = ''] of text.matchAll(ADDRESS)) {
    const [address = ''] = rest.split(/[?#]/);
    const clean = address
      .toLowerCase()
      .replace(/^(?:www|m|mobile|amp)\./, '')
      .replace(/[/.,!)\]]+$/, '');
    const slash = clean.indexOf('/');
    if (slash > 0 && slash < clean.length - 1) links.push(clean.slice(0, MOST_TERM_CHARS - 1));
    if (links.length === MOST_LINKS) break;
  }
  return links;
}

/** What a term is compared by: the root of a word. */
export function rootOf(term: string): string {
  const isWord = term[0] !== LINK_MARK && term[0] !== CLAIM_MARK;
  return isWord ? term.slice(term.indexOf('=') + 1) : term;
}

/** What of a term is shown: the word as written; nothing of a fact-check's id. */
export function shownTerm(term: string): string {
  const equals = term.indexOf('=');
  const mark = term[0];
  if (mark === CLAIM_MARK || mark === LINK_MARK) return '';
  if (mark === NUMBER_MARK) return term.slice(1);
  return equals < 0 ? term : term.slice(0, equals);
}
