import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLexiconFiles } from '../../src/files/lexicon-files.js';
import { testExamples } from '../../src/lexicon/examples.js';
import { lintEntries } from '../../src/lexicon/lint.js';
import { isError, parseLines } from '../../src/lexicon/load.js';
import type { Problem } from '../../src/lexicon/problem.js';

/** The lexicons that ship: every line valid, every example true. Faults are shown as `ronda lexicon lint` would. */

const { placed, problems } = parseLines(
  await readLexiconFiles(resolve(import.meta.dirname, '../../lexicons')),
);

function told(faults: readonly Problem[]): string[] {
  return faults.map(({ where, id, code, found }) => `${where} ${id} ${code} ${found}`);
}

describe('lexicons/', () => {
  it('holds valid entries only', () => {
    expect(placed.length).toBeGreaterThan(0);
    expect(told(problems)).toEqual([]);
  });

  it('holds no entries against each other', () => {
    expect(told(lintEntries(placed).filter(isError))).toEqual([]);
  });

  it('finds every match example and name, and no noMatch example or exception', () => {
    const { tried, problems: faults } = testExamples(placed);
    expect(tried).toBeGreaterThan(placed.length);
    expect(told(faults)).toEqual([]);
  });
});
