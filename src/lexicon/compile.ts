import { PermanentError } from '../core/errors.js';
import { normalise } from '../text/normalise.js';
import { type Automaton, buildAutomaton, isPattern } from './automaton.js';
import { type Entry, type Form, KINDS } from './entry.js';
import { type Exceptions, prepareExceptions } from './exceptions.js';
import { GAP, MORPHOLOGY_REVISION, type Surface, surfacesOf } from './morphology.js';
import {
  MOST_PARTS,
  References,
  type ReferenceTable,
  ROLE_NEED,
  ROLE_PART,
  ROLE_TERM,
} from './references.js';

/** Entries made ready for {@link find}. Immutable. */
export interface Lexicon {
  readonly entries: readonly Entry[];
  /** Hash of the entries and of the way forms are made; equal for equal entries in any order. */
  readonly version: string;
  /** Distinct surfaces held: forms, needed words, parts of terms with a gap. */
  readonly formCount: number;
  readonly automaton: Automaton;
  /** For each pattern of the automaton, which entries it belongs to and as what. */
  readonly references: ReferenceTable;
  /** Number of parts of each term with a gap. */
  readonly gapParts: Uint8Array;
  /** Index into {@link KINDS}, per entry. */
  readonly kindOf: Uint8Array;
  readonly exceptions: readonly (Exceptions | undefined)[];
  /** 1 where an entry has needs, per entry. */
  readonly needy: Uint8Array;
}

/**
 * Compiles entries: terms and variants are normalised as posts are, their forms generated, all put in one machine.
 * @throws PermanentError `lexicon-term` where a term, exception or needed word leaves nothing that can be looked for.
 */
export function compileLexicon(entries: readonly Entry[]): Lexicon {
  const refs = new References();
  const gapParts: number[] = [];
  const exceptions = entries.map((entry, index) => {
    const terms: string[] = [];
    const forms = new Map<string, number>();
    for (const term of [entry.term, ...(entry.variants ?? [])]) {
      const parts = term.split(GAP).map((part) => canonicalTerm(part, entry.id));
      if (parts.length > MOST_PARTS) throw refused(entry.id, term, 'which has too many gaps');
      if (parts.length > 1) {
        addGapped(refs, index, entry.form, parts, gapParts.length);
        gapParts.push(parts.length);
        continue;
      }
      for (const { text, tag } of spelledSurfaces(parts[0]!, entry.form)) {
        refs.add(text, { entry: index, role: ROLE_TERM, tag, term: terms.length, part: 0 });
        if (entry.exceptions && !forms.has(text)) forms.set(text, terms.length);
      }
      terms.push(parts[0]!);
    }
    for (const word of entry.needs ?? []) {
      for (const { text } of spelledSurfaces(canonicalTerm(word, entry.id), 'phrase')) {
        refs.add(text, { entry: index, role: ROLE_NEED, tag: 'base', term: 0, part: 0 });
      }
    }
    if (!entry.exceptions) return undefined;
    const phrases = entry.exceptions.map((phrase) => canonicalTerm(phrase, entry.id));
    return prepareExceptions(phrases, terms, forms);
  });
  return {
    entries,
    version: versionOf(entries),
    formCount: refs.patterns.length,
    automaton: buildAutomaton(refs.patterns),
    references: refs.table(),
    gapParts: Uint8Array.from(gapParts),
    kindOf: Uint8Array.from(entries, (entry) => KINDS.indexOf(entry.kind)),
    exceptions,
    needy: Uint8Array.from(entries, (entry) => (entry.needs?.length ? 1 : 0)),
  };
}

/** The first part takes the entry's form, the others clitics only. */
function addGapped(refs: References, entry: number, form: Form, parts: readonly string[], gap: number): void {
  parts.forEach((part, place) => {
    for (const { text, tag } of spelledSurfaces(part, place === 0 || form === 'fixed' ? form : 'phrase')) {
      refs.add(text, { entry, role: ROLE_PART, tag, term: gap, part: place });
    }
  });
}

/**
 * The forms of a term as they stand in canonical text. The normaliser takes a doubled letter of a word that it does
 * not know for stretching (`kuusir` -> `kusir`), so that such a form is looked for in both spellings.
 */
export function spelledSurfaces(term: string, form: Form): Surface[] {
  const surfaces = surfacesOf(term, form);
  for (let i = surfaces.length - 1; i >= 0; i--) {
    const { text, tag } = surfaces[i]!;
    if (!DOUBLED.test(text)) continue;
    const written = normalise(text).text;
    if (written !== text && single(written) === single(text) && isPattern(written)) {
      surfaces.push({ text: written, tag });
    }
  }
  return surfaces;
}

const DOUBLED = /([a-z])\1/;

function single(text: string): string {
  return text.replaceAll(/([a-z])\1+/g, '$1');
}

/** A term as it stands in canonical text. Throws where no pattern is left of it. */
export function canonicalTerm(term: string, id: string): string {
  const canonical = normalise(term).text.trim();
  if (isPattern(canonical)) return canonical;
  throw refused(id, term, `which becomes ${JSON.stringify(canonical)}, no word or phrase`);
}

function refused(id: string, term: string, why: string): PermanentError {
  return new PermanentError(
    'lexicon-term',
    `lexicon entry ${id} has ${JSON.stringify(term)}, ${why}; write plain words separated by one space`,
  );
}

/** Fields in which a change may change what is found or what is said of it; examples and notes are left out. */
const HASHED: readonly (keyof Entry)[] = [
  'id',
  'term',
  'kind',
  'form',
  'category',
  'ground',
  'target',
  'weight',
  'variants',
  'exceptions',
  'needs',
];

function versionOf(entries: readonly Entry[]): string {
  const lines = entries.map((entry) => JSON.stringify(HASHED.map((key) => entry[key] ?? null))).sort();
  let a = 0x811c9dc5;
  let b = 0x9e3779b1 ^ MORPHOLOGY_REVISION;
  for (const line of lines) {
    for (let i = 0; i <= line.length; i++) {
      const code = i < line.length ? line.charCodeAt(i) : 10;
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b);
      b ^= b >>> 15;
    }
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
