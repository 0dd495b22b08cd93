import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/files/package-root.js';
import { faultText, TOLD_KINDS } from '../../src/words/faults.js';

/** Told in the person's language where they are thrown, or at the desk alone (words/refusals.ts). */
const SAID_ELSEWHERE = new Set([
  ...['no-key', 'no-out', 'no-packet', 'no-text', 'pins'],
  ...['bad-key', 'login-busy', 'login-throttled', 'note-too-long'],
  // Bounds that only a defect passes.
  ...['audit-event-too-large', 'cursor-too-large'],
]);

/** Kind of every error that is made with a literal kind under src/. */
function thrownKinds(): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const entry of readdirSync(join(packageRoot, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    const made = /\b(?:CannotRun|Permanent|Retryable|Throttled)Error\(\s*'([a-z-]+)'/g;
    for (const [, kind = ''] of text.matchAll(made)) kinds.add(kind);
  }
  return kinds;
}

describe('what went wrong', () => {
  it('is told in Indonesian for every kind of error; a new kind takes a sentence in words/faults.ts', () => {
    const told = new Set(TOLD_KINDS);
    const untold = [...thrownKinds()].filter((kind) => !told.has(kind) && !SAID_ELSEWHERE.has(kind));
    expect(untold).toEqual([]);
  });

  it('says what happened, then to what', () => {
    expect(faultText('file-missing', 'a.csv: there is no such file', 'id')).toBe(
      'Berkas itu tidak ada; periksa namanya. (a.csv: there is no such file)',
    );
    expect(faultText('file-missing', 'a.csv: there is no such file', 'en')).toBe(
      'a.csv: there is no such file',
    );
    expect(faultText('config', 'ronda.yaml has 1 fault(s):\n  - line 2: x', 'id')).toMatch(
      /^Konfigurasi .*\.\nronda\.yaml has 1 fault\(s\):\n {2}- line 2: x$/,
    );
    // What no catalogue knows is told as it is.
    expect(faultText('baru', 'something new', 'id')).toBe('something new');
  });
});
