import { compileLexicon, type Lexicon } from './compile.js';
import { parseEntry } from './entry.js';
import { lintLexicon, type PlacedEntry } from './lint.js';
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
  /** Errors first. */
  readonly problems: readonly Problem[];
}

/** Reads and checks lines in full: schema, contradictions, every example (see {@link lintLexicon}). */
export function loadLexicon(lines: readonly LexiconLine[]): LoadedLexicon {
  const { placed, problems: unread } = parseLines(lines);
  // Entries are not held against each other while some could not be read: that would blame the innocent.
  const problems = unread.length > 0 ? unread : lintLexicon(placed);
  problems.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
  if (problems[0]?.severity === 'error') return { problems };
  return { lexicon: compileLexicon(placed.map(({ entry }) => entry)), problems };
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
