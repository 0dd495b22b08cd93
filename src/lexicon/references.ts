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
  private readonly indexOf = new Map<string, number>();
  /** Per pattern: its latest reference, -1 for none. */
  private readonly latest: number[] = [];
  /** Per reference: as in {@link ReferenceTable} but for the length, its entry, its term, and the one before or -1. */
  private readonly what: number[] = [];
  private readonly entry: number[] = [];
  private readonly term: number[] = [];
  private readonly before: number[] = [];

  /** An entry's references must come one after the other. Of two of one role the first stands. */
  add(text: string, { entry, role, tag, term, part }: Reference): void {
    const what = role | (TAGS.indexOf(tag) << TAG_SHIFT) | (part << PART_SHIFT);
    let pattern = this.indexOf.get(text);
    if (pattern === undefined) {
      pattern = this.patterns.length;
      this.patterns.push(text);
      this.latest.push(-1);
      this.indexOf.set(text, pattern);
    } else if (this.isKnown(this.latest[pattern]!, entry, role, term, part)) return;
    this.before.push(this.latest[pattern]!);
    this.latest[pattern] = this.what.length;
    this.what.push(what);
    this.entry.push(entry);
    this.term.push(term);
  }

  /** Two variants may share a form, which is the first one's; parts belong to each gapped term for itself. */
  private isKnown(latest: number, entry: number, role: number, term: number, part: number): boolean {
    for (let at = latest; at >= 0 && this.entry[at] === entry; at = this.before[at]!) {
      const what = this.what[at]!;
      if ((what & ROLE_MASK) !== role) continue;
      if (role !== ROLE_PART || (this.term[at] === term && ((what >>> PART_SHIFT) & PART_MASK) === part))
        return true;
    }
    return false;
  }

  table(): ReferenceTable {
    const table = new Int32Array(this.what.length * RECORD);
    let spare = this.patterns.length * RECORD;
    for (let pattern = 0; pattern < this.patterns.length; pattern++) {
      const length = this.patterns[pattern]!.length << LENGTH_SHIFT;
      let at = pattern * RECORD;
      for (let index = this.latest[pattern]!; ; index = this.before[index]!) {
        table[at] = this.what[index]! | length;
        table[at + 1] = this.entry[index]!;
        table[at + 2] = this.term[index]!;
        if (this.before[index]! < 0) break;
        table[at + 3] = spare;
        at = spare;
        spare += RECORD;
      }
    }
    return table;
  }
}
