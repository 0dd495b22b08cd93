import { describe, expect, it } from 'vitest';
import type { ScorerVersions } from '../../src/core/operations.js';
import { isOlder, olderScorers, olderVersions } from '../../src/pipeline/scorer-versions.js';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;

/** Minutes ago that batches began and ended. */
function row(worker: string, lexicon: string, began: number, ended: number): ScorerVersions {
  const versions = { rules: 'r', lexicon, model: 'm', language: 'l' };
  return { worker, versions, firstAt: NOW - began * MINUTE, lastAt: NOW - ended * MINUTE, batches: 1 };
}

describe('olderScorers', () => {
  it.each<[string, readonly ScorerVersions[], readonly string[]]>([
    ['nothing known', [], []],
    ['one version', [row('a', 'x', 90, 0), row('b', 'x', 90, 0)], []],
    ['one stayed behind', [row('a', 'x', 90, 30), row('a', 'y', 30, 0), row('b', 'x', 90, 1)], ['b x']],
    ['all changed over', [row('a', 'x', 90, 30), row('a', 'y', 30, 0), row('b', 'y', 20, 0)], []],
    ['a batch was under way at the change', [row('a', 'x', 90, 29.5), row('a', 'y', 30, 0)], []],
    ['one host has an old scorer beside the new', [row('a', 'x', 90, 1), row('a', 'y', 30, 0)], ['a x']],
    ['the old one has ended', [row('a', 'y', 30, 0), row('b', 'x', 90, 20)], []],
    ['the new one was taken back long ago', [row('a', 'y', 300, 120), row('a', 'x', 900, 0)], []],
    ['a word that came back is not new', [row('a', 'x', 900, 0), row('b', 'y', 100, 0)], ['a x']],
    ['both began at once', [row('a', 'x', 30, 0), row('b', 'y', 30, 0)], []],
  ])('%s', (_, rows, told) => {
    expect(
      olderScorers(rows, NOW).map(({ worker, part, has }) =>
        part === 'lexicon' ? `${worker} ${has}` : part,
      ),
    ).toEqual(told);
  });

  it('knows a batch of an older version by any part', () => {
    const rows = [row('a', 'x', 90, 1), row('b', 'y', 30, 0)];
    const older = olderVersions(rows, NOW);
    expect(isOlder({ rules: 'r', lexicon: 'x', model: 'm', language: 'l' }, older)).toBe(true);
    expect(isOlder({ rules: 'r', lexicon: 'y', model: 'm', language: 'l' }, older)).toBe(false);
  });
});
