import { compileLexicon, type Lexicon } from './compile.js';
import { parseEntry } from './entry.js';
import { testExamples } from './examples.js';
import { lintEntries, type PlacedEntry } from './lint.js';
import type { Problem } from './problem.js';

/** A line of a lexicon file, as files/lexicon-files.ts reads it: `where` is `file:line`. */
export interface LexiconLine {
  readonly where: string;
  readonly line: string;
}

/** A lexicon that may go live, or none. */
export interface LoadedLexicon {
  /** Absent when some problem is an error. */
  readonly lexicon?: Lexicon;
  readonly problems: readonly Problem[];
}

/** Reads and checks lines in full: schema, contradictions ({@link lintEntries}), every example ({@link testExamples}). */
export function loadLexicon(lines: readonly LexiconLine[]): LoadedLexicon {
  const { placed, problems: unread } = parseLines(lines);
  // Entries are not held against each other while some could not be read: that would blame the innocent.
  if (unread.length > 0) return { problems: unread };
  const linted = lintEntries(placed);
  if (linted.some(isError)) return { problems: linted };
  const problems = [...testExamples(placed).problems, ...linted];
  if (problems.some(isError)) return { problems };
  return { lexicon: compileLexicon(placed.map(({ entry }) => entry)), problems };
}

export function isError(problem: Problem): boolean {
  return problem.severity === 'error';
}

/** Entries of all lines that hold one, and what is wrong with the others. Blank lines are skipped. */
export function parseLines(lines: readonly LexiconLine[]): { placed: PlacedEntry[]; problems: Problem[] } {
  const placed: PlacedEntry[] = [];
  const problems: Problem[] = [];
  for (const { line, where } of lines) {
    if (line.trim() === '') continue;
    const parsed = parseEntry(line, where);
    if (parsed.entry === undefined) problems.push(...parsed.problems);
    else placed.push({ entry: parsed.entry, where });
  }
  return { placed, problems };
}
