import { normalise } from '../text/normalise.js';
import { isPattern } from './automaton.js';
import { compileLexicon, type Lexicon, spelledSurfaces } from './compile.js';
import { type Entry, type Kind, NAMED_KINDS } from './entry.js';
import { appliesTo } from './exceptions.js';
import { find } from './find.js';
import { GAP } from './morphology.js';
import type { Problem, ProblemCode } from './problem.js';

/** An entry with the `file:line` that it stands on. */
export interface PlacedEntry {
  readonly entry: Entry;
  readonly where: string;
}

/**
 * Kinds whose meanings exclude each other: a word of both would be counted twice or protect what is not protected.
 * An entry with `needs` is one sense of an ambiguous word and may share it.
 */
const CONTRARY: readonly (readonly [Kind, Kind])[] = [
  ['group', 'camp'],
  ['group', 'institution'],
  ['group', 'slur'],
  ['camp', 'institution'],
  ['positive', 'negative-attribute'],
  ['positive', 'dehumanising-noun'],
  ['positive', 'insult'],
  ['negation', 'call-to-act'],
  ['counter-speech-frame', 'call-to-act'],
];

/** A text in which a group, camp or institution by this name must be found; `needed` where the entry has needs. */
function nameIn(name: string, needed: string | undefined): string {
  return `Kemarin nama ${name} disebut lagi${needed === undefined ? '' : ` bersama ${needed}`}.`;
}

/** A text in which it must not: the name stands inside other words. */
function nameInsideWords(name: string): string {
  return `Kata pra${name.replaceAll(' ', '')}isme tidak tercantum di situ.`;
}

/**
 * Checks a whole lexicon: entries against each other, and every example and template against what {@link find}
 * reports with all entries in place. An empty list of errors means that it may go live.
 */
export function lintLexicon(placed: readonly PlacedEntry[]): Problem[] {
  const problems: Problem[] = [];
  for (const item of placed) problems.push(...unpatterned(item));
  if (problems.length > 0) return [...problems, ...repeatedIds(placed)];
  problems.push(...repeatedIds(placed), ...repeatedTerms(placed));
  const lexicon = compileLexicon(placed.map(({ entry }) => entry));
  placed.forEach((item, index) => {
    problems.push(...examples(lexicon, item, index), ...exceptions(lexicon, item, index));
  });
  return problems;
}

function problem(code: ProblemCode, { entry, where }: PlacedEntry, key: keyof Entry, found: string): Problem {
  const severity = code === 'idle-exception' ? 'warning' : 'error';
  return { code, severity, where, id: entry.id, key, found };
}

function canonical(term: string): string {
  return normalise(term).text.trim();
}

function unpatterned(item: PlacedEntry): Problem[] {
  const { entry } = item;
  const problems: Problem[] = [];
  const check = (key: keyof Entry, term: string): void => {
    if (!isPattern(canonical(term))) problems.push(problem('no-pattern', item, key, JSON.stringify(term)));
  };
  for (const part of entry.term.split(GAP)) check('term', part);
  for (const variant of entry.variants ?? []) for (const part of variant.split(GAP)) check('variants', part);
  for (const phrase of entry.exceptions ?? []) check('exceptions', phrase);
  for (const word of entry.needs ?? []) check('needs', word);
  return problems;
}

function repeatedIds(placed: readonly PlacedEntry[]): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const item of placed) {
    const where = first.get(item.entry.id);
    if (where === undefined) first.set(item.entry.id, item.where);
    else problems.push(problem('repeated-id', item, 'id', where));
  }
  return problems;
}

function repeatedTerms(placed: readonly PlacedEntry[]): Problem[] {
  const owners = new Map<string, PlacedEntry[]>();
  const problems: Problem[] = [];
  for (const item of placed) {
    if (item.entry.needs !== undefined) continue;
    const terms = new Set([item.entry.term, ...(item.entry.variants ?? [])].map(canonical));
    for (const term of terms) {
      const others = owners.get(term) ?? [];
      for (const other of others) {
        const kinds = [item.entry.kind, other.entry.kind];
        const found = `${JSON.stringify(term)} (${other.entry.id}, ${other.where})`;
        if (kinds[0] === kinds[1]) problems.push(problem('repeated-term', item, 'term', found));
        else if (CONTRARY.some((pair) => pair.every((kind) => kinds.includes(kind)))) {
          problems.push(problem('contradiction', item, 'term', found));
        }
      }
      owners.set(term, [...others, item]);
    }
  }
  return problems;
}

function isFound(lexicon: Lexicon, text: string, index: number): boolean {
  return find(lexicon, normalise(text)).some((hit) => hit.index === index);
}

function examples(lexicon: Lexicon, item: PlacedEntry, index: number): Problem[] {
  const { entry } = item;
  const problems: Problem[] = [];
  for (const text of entry.match ?? []) {
    if (!isFound(lexicon, text, index)) problems.push(problem('match-not-found', item, 'match', text));
  }
  for (const text of entry.noMatch ?? []) {
    if (isFound(lexicon, text, index)) problems.push(problem('no-match-found', item, 'noMatch', text));
  }
  if (!NAMED_KINDS.includes(entry.kind)) return problems;
  for (const name of [entry.term, ...(entry.variants ?? [])]) {
    if (name.includes(GAP)) continue;
    const key = name === entry.term ? 'term' : 'variants';
    if (!isFound(lexicon, nameIn(name, entry.needs?.[0]), index)) {
      problems.push(problem('name-not-found', item, key, name));
    }
    if (isFound(lexicon, nameInsideWords(name), index)) {
      problems.push(problem('name-found-inside-word', item, key, name));
    }
  }
  return problems;
}

function exceptions(lexicon: Lexicon, item: PlacedEntry, index: number): Problem[] {
  const { entry } = item;
  if (!entry.exceptions) return [];
  const terms: string[] = [];
  const forms = new Map<string, number>();
  for (const term of [entry.term, ...(entry.variants ?? [])]) {
    if (term.includes(GAP)) continue;
    for (const { text } of spelledSurfaces(canonical(term), entry.form)) forms.set(text, terms.length);
    terms.push(canonical(term));
  }
  return entry.exceptions.flatMap((phrase) => {
    if (!appliesTo(canonical(phrase), terms, forms))
      return [problem('idle-exception', item, 'exceptions', phrase)];
    if (!isFound(lexicon, phrase, index)) return [];
    return [problem('exception-does-not-hold', item, 'exceptions', phrase)];
  });
}
