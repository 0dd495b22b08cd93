import { PermanentError } from '../core/errors.js';
import { normalise } from '../text/normalise.js';
import { type Automaton, buildAutomaton, isPattern } from './automaton.js';
import { type Entry, type Form, KINDS } from './entry.js';
import { type FormTag, GAP, MORPHOLOGY_REVISION, surfacesOf } from './morphology.js';

/** What a pattern is to an entry. */
export const ROLE_TERM = 0;
export const ROLE_EXCEPTION = 1;
export const ROLE_NEED = 2;
export const ROLE_PART = 3;

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
  /** Distinct surfaces held: forms, exceptions, needed words, parts of terms with a gap. */
  readonly formCount: number;
  readonly automaton: Automaton;
  readonly refHead: Int32Array;
  readonly refNext: Int32Array;
  readonly refEntry: Int32Array;
  readonly refRole: Uint8Array;
  readonly refTag: Uint8Array;
  /** For {@link ROLE_PART}: which term with a gap, and which of its parts. */
  readonly refGap: Int32Array;
  readonly refPart: Uint8Array;
  /** Number of parts of each term with a gap. */
  readonly gapParts: Uint8Array;
  /** Index into {@link KINDS}, per entry. */
  readonly kindOf: Uint8Array;
  /** 1 where an entry has exceptions, 2 where it has needs, 3 both; per entry. */
  readonly conditions: Uint8Array;
  /** Length of the longest pattern. */
  readonly longest: number;
}

export const HAS_EXCEPTIONS = 1;
export const HAS_NEEDS = 2;

/**
 * Compiles entries: terms and variants are normalised as posts are, their forms generated, all put in one machine.
 * @throws PermanentError `lexicon-term` where a term, exception or needed word leaves nothing that can be looked for.
 */
export function compileLexicon(entries: readonly Entry[]): Lexicon {
  const refs = new References();
  const gapParts: number[] = [];
  const kindOf = new Uint8Array(entries.length);
  const conditions = new Uint8Array(entries.length);
  entries.forEach((entry, index) => {
    kindOf[index] = KINDS.indexOf(entry.kind);
    conditions[index] =
      (entry.exceptions?.length ? HAS_EXCEPTIONS : 0) | (entry.needs?.length ? HAS_NEEDS : 0);
    const heads: string[] = [];
    for (const term of [entry.term, ...(entry.variants ?? [])]) {
      const parts = term.split(GAP).map((part) => canonicalTerm(part, entry.id));
      heads.push(parts[0]!);
      if (parts.length === 1) {
        for (const { text, tag } of surfacesOf(parts[0]!, entry.form)) {
          refs.add(text, index, ROLE_TERM, TAGS.indexOf(tag), 0, 0);
        }
        continue;
      }
      const gap = gapParts.length;
      gapParts.push(parts.length);
      parts.forEach((part, place) => {
        const form: Form = place === 0 ? entry.form : entry.form === 'fixed' ? 'fixed' : 'phrase';
        for (const { text, tag } of surfacesOf(part, form)) {
          refs.add(text, index, ROLE_PART, TAGS.indexOf(tag), gap, place);
        }
      });
    }
    for (const phrase of entry.exceptions ?? []) {
      const canonical = canonicalTerm(phrase, entry.id);
      const led = heads.some((head) => canonical.startsWith(`${head} `));
      for (const { text } of surfacesOf(canonical, led ? entry.form : 'phrase')) {
        refs.add(text, index, ROLE_EXCEPTION, 0, 0, 0);
      }
    }
    for (const word of entry.needs ?? []) {
      for (const { text } of surfacesOf(canonicalTerm(word, entry.id), 'phrase')) {
        refs.add(text, index, ROLE_NEED, 0, 0, 0);
      }
    }
  });
  const automaton = buildAutomaton(refs.patterns);
  return {
    entries,
    version: versionOf(entries),
    formCount: refs.patterns.length,
    automaton,
    refHead: Int32Array.from(refs.head),
    refNext: Int32Array.from(refs.next),
    refEntry: Int32Array.from(refs.entry),
    refRole: Uint8Array.from(refs.role),
    refTag: Uint8Array.from(refs.tag),
    refGap: Int32Array.from(refs.gap),
    refPart: Uint8Array.from(refs.part),
    gapParts: Uint8Array.from(gapParts),
    kindOf,
    conditions,
    longest: automaton.lengths.reduce((most, length) => Math.max(most, length), 0),
  };
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
  readonly gap: number[] = [];
  readonly part: number[] = [];
  private readonly indexOf = new Map<string, number>();

  add(text: string, entry: number, role: number, tag: number, gap: number, part: number): void {
    let pattern = this.indexOf.get(text);
    if (pattern === undefined) {
      pattern = this.patterns.length;
      this.patterns.push(text);
      this.head.push(-1);
      this.indexOf.set(text, pattern);
    }
    // An entry's references come one after the other, so a double of its own stands at the front of the list.
    for (let ref = this.head[pattern]!; ref >= 0 && this.entry[ref] === entry; ref = this.next[ref]!) {
      if (this.role[ref] === role && this.gap[ref] === gap && this.part[ref] === part) return;
    }
    this.next.push(this.head[pattern]!);
    this.head[pattern] = this.entry.length;
    this.entry.push(entry);
    this.role.push(role);
    this.tag.push(tag);
    this.gap.push(gap);
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
