import { normalise } from '../text/normalise.js';
import { isPattern } from './automaton.js';
import { spelledSurfaces } from './compile.js';
import type { Entry, Kind } from './entry.js';
import { appliesTo } from './exceptions.js';
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

/**
 * Checks entries by themselves and against each other: every term leaves something to look for, ids and terms are
 * used once, meanings do not exclude each other. What the entries find is tried by {@link testExamples}.
 */
export function lintEntries(placed: readonly PlacedEntry[]): Problem[] {
  const unpatterned = placed.flatMap(withoutPattern);
  if (unpatterned.length > 0) return [...unpatterned, ...repeatedIds(placed)];
  return [...repeatedIds(placed), ...repeatedTerms(placed), ...placed.flatMap(idleExceptions)];
}

/** A problem of an entry; exceptions that never apply are a warning, all else an error. */
export function problem(
  code: ProblemCode,
  { entry, where }: PlacedEntry,
  key: keyof Entry,
  found: string,
): Problem {
  const severity = code === 'idle-exception' ? 'warning' : 'error';
  return { code, severity, where, id: entry.id, key, found };
}

function canonical(term: string): string {
  return normalise(term).text.trim();
}

function withoutPattern(item: PlacedEntry): Problem[] {
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

function idleExceptions(item: PlacedEntry): Problem[] {
  const { entry } = item;
  if (!entry.exceptions) return [];
  const terms: string[] = [];
  const forms = new Map<string, number>();
  for (const term of [entry.term, ...(entry.variants ?? [])]) {
    if (term.includes(GAP)) continue;
    for (const { text } of spelledSurfaces(canonical(term), entry.form)) forms.set(text, terms.length);
    terms.push(canonical(term));
  }
  return entry.exceptions
    .filter((phrase) => !appliesTo(canonical(phrase), terms, forms))
    .map((phrase) => problem('idle-exception', item, 'exceptions', phrase));
}
