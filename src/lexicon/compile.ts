import { PermanentError } from '../core/errors.js';
import { normalise } from '../text/normalise.js';
import { type Automaton, buildAutomaton, isPattern } from './automaton.js';
import { type Entry, type Form, KINDS } from './entry.js';
import { type Exceptions, prepareExceptions } from './exceptions.js';
import { type FormTag, GAP, MORPHOLOGY_REVISION, type Surface, surfacesOf } from './morphology.js';

/** What a pattern is to an entry. */
export const ROLE_TERM = 0;
/** A word that an entry needs in the same sentence. */
export const ROLE_NEED = 1;
/** A part of a term with a gap. */
export const ROLE_PART = 2;

/** Tags by the number that stands for them in {@link Lexicon.refTag}. */
export const TAGS: readonly FormTag[] = [
  'base',
  'active',
  'passive',
  'imperative',
  'first-person',
  'nominal',
  'other',
];

/**
 * Entries made ready for {@link find}. Immutable. The tables say, for each pattern of the automaton, which entries
 * it belongs to and as what: `refHead[pattern]` starts a list through `refNext`, -1 ends it.
 */
export interface Lexicon {
  readonly entries: readonly Entry[];
  /** Hash of the entries and of the way forms are made; equal for equal entries in any order. */
  readonly version: string;
  /** Distinct surfaces held: forms, needed words, parts of terms with a gap. */
  readonly formCount: number;
  readonly automaton: Automaton;
  readonly refHead: Int32Array;
  readonly refNext: Int32Array;
  readonly refEntry: Int32Array;
  readonly refRole: Uint8Array;
  readonly refTag: Uint8Array;
  /** For {@link ROLE_TERM}: which of the entry's terms; for {@link ROLE_PART}: which term with a gap, of all. */
  readonly refTerm: Int32Array;
  /** For {@link ROLE_PART}: which of its parts. */
  readonly refPart: Uint8Array;
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
      if (parts.length > 1) {
        addGapped(refs, index, entry.form, parts, gapParts.length);
        gapParts.push(parts.length);
        continue;
      }
      for (const { text, tag } of spelledSurfaces(parts[0]!, entry.form)) {
        refs.add(text, index, ROLE_TERM, tag, terms.length, 0);
        if (entry.exceptions && !forms.has(text)) forms.set(text, terms.length);
      }
      terms.push(parts[0]!);
    }
    for (const word of entry.needs ?? []) {
      for (const { text } of spelledSurfaces(canonicalTerm(word, entry.id), 'phrase')) {
        refs.add(text, index, ROLE_NEED, 'base', 0, 0);
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
    refHead: Int32Array.from(refs.head),
    refNext: Int32Array.from(refs.next),
    refEntry: Int32Array.from(refs.entry),
    refRole: Uint8Array.from(refs.role),
    refTag: Uint8Array.from(refs.tag),
    refTerm: Int32Array.from(refs.term),
    refPart: Uint8Array.from(refs.part),
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
      refs.add(text, entry, ROLE_PART, tag, gap, place);
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
  throw new PermanentError(
    'lexicon-term',
    `lexicon entry ${id}: ${JSON.stringify(term)} becomes ${JSON.stringify(canonical)}, which is no word or phrase; ` +
      'write plain words separated by one space',
  );
}

/** Patterns with, for each, the list of what refers to it. */
class References {
  readonly patterns: string[] = [];
  readonly head: number[] = [];
  readonly next: number[] = [];
  readonly entry: number[] = [];
  readonly role: number[] = [];
  readonly tag: number[] = [];
  readonly term: number[] = [];
  readonly part: number[] = [];
  private readonly indexOf = new Map<string, number>();

  add(text: string, entry: number, role: number, tag: FormTag, term: number, part: number): void {
    let pattern = this.indexOf.get(text);
    if (pattern === undefined) {
      pattern = this.patterns.length;
      this.patterns.push(text);
      this.head.push(-1);
      this.indexOf.set(text, pattern);
    }
    // An entry's references come one after the other, so a double of its own stands at the front of the list.
    for (let ref = this.head[pattern]!; ref >= 0 && this.entry[ref] === entry; ref = this.next[ref]!) {
      // Two variants may share a form: the first has it. Parts belong to each gapped term for itself.
      if (this.role[ref] !== role) continue;
      if (role !== ROLE_PART || (this.term[ref] === term && this.part[ref] === part)) return;
    }
    this.next.push(this.head[pattern]!);
    this.head[pattern] = this.entry.length;
    this.entry.push(entry);
    this.role.push(role);
    this.tag.push(TAGS.indexOf(tag));
    this.term.push(term);
    this.part.push(part);
  }
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
