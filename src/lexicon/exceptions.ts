import { isHalf } from './reduplication.js';
import { isBoundary } from './symbols.js';

/**
 * Words around one of an entry's terms that take it out of account: for the term `anjing`, the exception
 * `anjing pelacak` is the term followed by ` pelacak`. Any form of that term stands for it, so that
 * `anjing-anjing pelacak` is excepted without being listed.
 */
interface Surroundings {
  /** Which of the entry's terms and variants, from 0. */
  readonly term: number;
  /** The one form that is meant where the exception names no bare term (`anjingku lucu`); empty for any. */
  readonly form: string;
  /** Canonical text directly before and after, joints included; either may be empty. */
  readonly before: string;
  readonly after: string;
}

/** An entry's exceptions, looked up by the hash of the word next to a hit; a hit on the hash is then compared. */
export interface Exceptions {
  readonly byNextWord: ReadonlyMap<number, readonly Surroundings[]>;
  readonly byPreviousWord: ReadonlyMap<number, readonly Surroundings[]>;
  /** Forms that are exceptions by themselves (`mancung` is no form of `pancung`). */
  readonly forms: ReadonlySet<string>;
  /** A bit for each length that one of them has, {@link LONGEST_BIT} for all from there on. */
  readonly formLengths: number;
}

const LONGEST_BIT = 31;

function lengthBit(length: number): number {
  return 1 << Math.min(LONGEST_BIT, length);
}

/**
 * Prepares canonical exception phrases. `terms` are the entry's canonical term and variants, `forms` all their forms
 * with the term that each belongs to. Phrases without any of them never apply and are left out (the linter warns).
 */
export function prepareExceptions(
  phrases: readonly string[],
  terms: readonly string[],
  forms: ReadonlyMap<string, number>,
): Exceptions {
  const byNextWord = new Map<number, Surroundings[]>();
  const byPreviousWord = new Map<number, Surroundings[]>();
  const alone = new Set<string>();
  for (const phrase of phrases) {
    for (const { term, form, start, end } of slots(phrase, terms, forms)) {
      const before = phrase.slice(0, start);
      const after = phrase.slice(end);
      const surroundings = { term, form, before, after };
      if (after !== '') put(byNextWord, hash(after, 1, wordEnd(after, 1)), surroundings);
      else if (before !== '') {
        const end = before.length - 1;
        put(byPreviousWord, hash(before, wordStart(before, end), end), surroundings);
      } else alone.add(phrase);
    }
  }
  let formLengths = 0;
  for (const form of alone) formLengths |= lengthBit(form.length);
  return { byNextWord, byPreviousWord, forms: alone, formLengths };
}

interface Slot {
  readonly term: number;
  readonly form: string;
  readonly start: number;
  readonly end: number;
}

/** Where an exception holds its entry's bare terms, or, where it holds none, the longest form of one. */
function slots(phrase: string, terms: readonly string[], forms: ReadonlyMap<string, number>): Slot[] {
  const found: Slot[] = [];
  terms.forEach((term, index) => {
    for (let at = phrase.indexOf(term); at >= 0; at = phrase.indexOf(term, at + 1)) {
      // The term itself as its own exception would leave nothing of the entry.
      const end = at + term.length;
      if (term.length === phrase.length || !isWhole(phrase, at, end) || isHalf(phrase, at, end)) continue;
      found.push({ term: index, form: '', start: at, end });
    }
  });
  if (found.length > 0) return found;
  let longest: Slot | undefined;
  for (let start = 0; start < phrase.length; start++) {
    if (start > 0 && !isBoundary(phrase.charCodeAt(start - 1))) continue;
    for (let end = phrase.length; end > start + (longest ? longest.end - longest.start : 0); end--) {
      if (end < phrase.length && !isBoundary(phrase.charCodeAt(end))) continue;
      const form = phrase.slice(start, end);
      const term = forms.get(form);
      if (term === undefined || terms.includes(form)) continue;
      longest = { term, form, start, end };
      break;
    }
  }
  return longest === undefined ? [] : [longest];
}

/** True when the exception phrase can ever apply to the entry. */
export function appliesTo(
  phrase: string,
  terms: readonly string[],
  forms: ReadonlyMap<string, number>,
): boolean {
  return slots(phrase, terms, forms).length > 0;
}

function put(map: Map<number, Surroundings[]>, word: number, surroundings: Surroundings): void {
  const list = map.get(word);
  if (list === undefined) map.set(word, [surroundings]);
  else list.push(surroundings);
}

const CLITICS = ['nya', 'mu', 'ku', 'lah', 'kah'] as const;

/** True when one of the exceptions holds for a hit of the entry's term number `term` from `start` to `end`. */
export function isExcepted(
  exceptions: Exceptions,
  text: string,
  term: number,
  start: number,
  end: number,
): boolean {
  if ((exceptions.formLengths & lengthBit(end - start)) !== 0 && exceptions.forms.has(text.slice(start, end)))
    return true;
  if (exceptions.byNextWord.size > 0 && end + 1 < text.length) {
    const wordEnds = wordEnd(text, end + 1);
    const next = exceptions.byNextWord.get(hash(text, end + 1, wordEnds));
    if (next !== undefined && anyHolds(next, text, term, start, end)) return true;
    const last = text.charCodeAt(wordEnds - 1);
    for (const clitic of CLITICS) {
      if (clitic.charCodeAt(clitic.length - 1) !== last) continue;
      const bare = wordEnds - clitic.length;
      if (bare <= end + 1 || !text.startsWith(clitic, bare)) continue;
      const before = exceptions.byNextWord.get(hash(text, end + 1, bare));
      if (before !== undefined && anyHolds(before, text, term, start, end)) return true;
    }
  }
  if (exceptions.byPreviousWord.size > 0 && start > 1) {
    const previous = exceptions.byPreviousWord.get(hash(text, wordStart(text, start - 1), start - 1));
    return previous !== undefined && anyHolds(previous, text, term, start, end);
  }
  return false;
}

function anyHolds(
  all: readonly Surroundings[],
  text: string,
  term: number,
  start: number,
  end: number,
): boolean {
  for (const { term: own, form, before, after } of all) {
    if (own !== term || (form !== '' && form !== text.slice(start, end))) continue;
    if (before !== '') {
      const from = start - before.length;
      if (from < 0 || !text.startsWith(before, from) || (from > 0 && !isBoundary(text.charCodeAt(from - 1))))
        continue;
    }
    if (after === '' || (text.startsWith(after, end) && endsWord(text, end + after.length))) return true;
  }
  return false;
}

/** True when a word ends at `at`, or does after a clitic. */
function endsWord(text: string, at: number): boolean {
  if (at >= text.length || isBoundary(text.charCodeAt(at))) return true;
  return CLITICS.some((clitic) => {
    const end = at + clitic.length;
    return text.startsWith(clitic, at) && (end >= text.length || isBoundary(text.charCodeAt(end)));
  });
}

function isWhole(text: string, start: number, end: number): boolean {
  return (
    (start === 0 || isBoundary(text.charCodeAt(start - 1))) &&
    (end === text.length || isBoundary(text.charCodeAt(end)))
  );
}

/** Where the word that starts at `from` ends. */
function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isBoundary(text.charCodeAt(end))) end++;
  return end;
}

/** Where the word that ends at `to` starts. */
function wordStart(text: string, to: number): number {
  let start = to;
  while (start > 0 && !isBoundary(text.charCodeAt(start - 1))) start--;
  return start;
}

function hash(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) | 0;
  return value;
}
