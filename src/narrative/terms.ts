/** The terms by which wordings of one story know each other: names, rare words, numbers, links, the fact-check. */
import { MOST_TERMS } from '../core/print.js';
import type { Reading } from './fingerprint.js';
import { hashOf, MOST_TERM_CHARS, NUMBER_MARK, type TermCandidate } from './word-facts.js';

/** What a term is, by its mark; a word has none. */
const LINK_MARK = '~';
const CLAIM_MARK = '!';

/** Ids of fact-checks are often addresses. */
const MOST_CLAIM_CHARS = 500;

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
  const found: TermCandidate[] = [];
  begin(told.length + links.length + claims.length);
  for (const claim of claims) {
    const term = `${CLAIM_MARK}${claim}`;
    if (term.length <= MOST_CLAIM_CHARS) add(found, { key: term, hash: hashOf(term), term, worth: 9 });
  }
  for (const link of links) {
    const term = `${LINK_MARK}${link}`;
    if (term.length <= MOST_TERM_CHARS) add(found, { key: term, hash: hashOf(term), term, worth: 8 });
  }
  for (let place = 0; place < told.length; place++) {
    const { term } = words[place]!;
    if (told[place] === 1 && term !== undefined) add(found, term);
  }
  return mostTelling(found);
}

/** Places of the candidates of a text by their hashes, counted from 1; 0 of a free slot. Kept from text to text. */
let slots = new Int32Array(256);
let mask = 0;

/** Makes room for the candidates of a text, at most half of the slots. */
function begin(most: number): void {
  let size = 64;
  while (size < most * 2) size *= 2;
  if (size > slots.length) slots = new Int32Array(size);
  else slots.fill(0, 0, size);
  mask = size - 1;
}

/** Adds a candidate, unless there is one of its key. */
function add(found: TermCandidate[], candidate: TermCandidate): void {
  let slot = candidate.hash & mask;
  for (let place = slots[slot]!; place !== 0; place = slots[slot]!) {
    const other = found[place - 1]!;
    if (other.hash === candidate.hash && other.key === candidate.key) return;
    slot = (slot + 1) & mask;
  }
  found.push(candidate);
  slots[slot] = found.length;
}

/** The worths of the best so far, best first. */
const best = new Float64Array(MOST_TERMS);

/** The {@link MOST_TERMS} that are worth most, of equals the first, in the order in which they came. */
function mostTelling(found: readonly TermCandidate[]): string[] {
  if (found.length <= MOST_TERMS) return found.map(({ term }) => term);
  best.fill(-1);
  for (const { worth } of found) {
    let at = MOST_TERMS - 1;
    if (worth <= best[at]!) continue;
    for (; at > 0 && best[at - 1]! < worth; at--) best[at] = best[at - 1]!;
    best[at] = worth;
  }
  const least = best[MOST_TERMS - 1]!;
  let equals = 0;
  for (let at = MOST_TERMS - 1; at >= 0 && best[at] === least; at--) equals++;
  const terms: string[] = [];
  for (const { term, worth } of found)
    if (worth > least || (worth === least && equals-- > 0)) terms.push(term);
  return terms;
}

/** What stands before an address: a scheme, or nothing, where a host and a path follow as people write them (`contoh.id/daftar`). */
export const ADDRESS_BEGIN: string =
  /(?:\bhttps?:\/\/|(?<![\p{L}\p{N}@._/:-])(?=(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,62})\.){1,5}[a-z]{2,18}\/))/u
    .source;
const ADDRESS = new RegExp(`${ADDRESS_BEGIN}([^\\s<>"']{4,300})`, 'giu');
const MOST_LINKS = 3;

/** Of what a text holds, what may be an address: most hold neither. */
export const MAY_BE_ADDRESS = /:\/\/|\.[a-z]{2,18}\//i;

/**
 * Host and path of the addresses in a text, with a scheme or as people write them (`contoh.id/daftar`), without what only
 * counts who clicked; bare hosts say nothing.
 */
export function linksOf(text: string): string[] {
  if (!MAY_BE_ADDRESS.test(text)) return [];
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
