import type { FormTag } from './morphology.js';

/** What a pattern is to an entry. */
export const ROLE_TERM = 0;
/** A word that an entry needs in the same sentence. */
export const ROLE_NEED = 1;
/** A part of a term with a gap. */
export const ROLE_PART = 2;

/** Tags by the number that stands for them. */
const TAGS: readonly FormTag[] = [
  'base',
  'active',
  'passive',
  'imperative',
  'first-person',
  'nominal',
  'other',
];

/** What a pattern refers to. */
export interface Reference {
  readonly entry: number;
  readonly role: number;
  readonly tag: FormTag;
  /** For {@link ROLE_TERM}: which of the entry's terms; for {@link ROLE_PART}: which term with a gap, of all. */
  readonly term: number;
  /** For {@link ROLE_PART}: which of its parts. */
  readonly part: number;
}

/**
 * References as records of four 32-bit integers, so that following one reads one line of cache: what it is, its entry,
 * its term, and where the next of the same pattern starts (0 for none). Pattern p's first starts at `p * RECORD`.
 */
export type ReferenceTable = Int32Array;
export const RECORD = 4;

const ROLE_MASK = 3;
const TAG_SHIFT = 2;
const TAG_MASK = 7;
const PART_SHIFT = 5;
const PART_MASK = 15;
const LENGTH_SHIFT = 9;
/** Most parts of a term with gaps. */
export const MOST_PARTS = PART_MASK + 1;

export const roleOf = (table: ReferenceTable, at: number): number => table[at]! & ROLE_MASK;
export const tagOf = (table: ReferenceTable, at: number): FormTag =>
  TAGS[(table[at]! >>> TAG_SHIFT) & TAG_MASK]!;
export const partOf = (table: ReferenceTable, at: number): number => (table[at]! >>> PART_SHIFT) & PART_MASK;
/** Length of the pattern in UTF-16 units. */
export const lengthOf = (table: ReferenceTable, at: number): number => table[at]! >>> LENGTH_SHIFT;
export const entryOf = (table: ReferenceTable, at: number): number => table[at + 1]!;
export const termOf = (table: ReferenceTable, at: number): number => table[at + 2]!;
export const nextOf = (table: ReferenceTable, at: number): number => table[at + 3]!;

/** Gathers patterns and what refers to them. */
export class References {
  readonly patterns: string[] = [];
  private readonly all: Reference[] = [];
  /** Per pattern: its latest reference; per reference: the one before; -1 for none. */
  private readonly latest: number[] = [];
  private readonly before: number[] = [];
  private readonly indexOf = new Map<string, number>();

  /** An entry's references must come one after the other. Of two of one role the first stands. */
  add(text: string, reference: Reference): void {
    let pattern = this.indexOf.get(text);
    if (pattern === undefined) {
      pattern = this.patterns.length;
      this.patterns.push(text);
      this.latest.push(-1);
      this.indexOf.set(text, pattern);
    }
    for (let at = this.latest[pattern]!; at >= 0; at = this.before[at]!) {
      const other = this.all[at]!;
      if (other.entry !== reference.entry) break;
      if (other.role !== reference.role) continue;
      // Two variants may share a form; parts belong to each gapped term for itself.
      if (other.role !== ROLE_PART) return;
      if (other.term === reference.term && other.part === reference.part) return;
    }
    this.before.push(this.latest[pattern]!);
    this.latest[pattern] = this.all.length;
    this.all.push(reference);
  }

  table(): ReferenceTable {
    const table = new Int32Array(this.all.length * RECORD);
    let spare = this.patterns.length * RECORD;
    this.patterns.forEach((text, pattern) => {
      let at = pattern * RECORD;
      for (let index = this.latest[pattern]!; index >= 0; index = this.before[index]!) {
        const { entry, role, tag, term, part } = this.all[index]!;
        table[at] =
          role | (TAGS.indexOf(tag) << TAG_SHIFT) | (part << PART_SHIFT) | (text.length << LENGTH_SHIFT);
        table[at + 1] = entry;
        table[at + 2] = term;
        if (this.before[index]! < 0) break;
        table[at + 3] = spare;
        at = spare;
        spare += RECORD;
      }
    });
    return table;
  }
}
