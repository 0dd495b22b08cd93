import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCompiledLexicon, writeCompiledLexicon } from '../../src/files/compiled-lexicon.js';
import { compileLexicon } from '../../src/lexicon/compile.js';
import { find } from '../../src/lexicon/find.js';
import { parseLines } from '../../src/lexicon/load.js';
import { normalise } from '../../src/text/normalise.js';

const LINES = [
  {
    id: 'insult-payah',
    term: 'payah',
    kind: 'insult',
    form: 'adjective',
    category: 'abusive',
    weight: 0.4,
    exceptions: ['susah payah'],
    from: 'usage',
    match: ['Dasar payah.'],
    noMatch: ['Susah payah naik bukit.'],
  },
  {
    id: 'act-usir',
    term: 'usir .. mereka',
    kind: 'hostile-predicate',
    form: 'verb',
    weight: 0.6,
    needs: ['kampung'],
    from: 'usage',
    match: ['Usir saja mereka dari kampung.'],
  },
].map((entry, index) => ({ where: `contoh.jsonl:${index + 1}`, line: JSON.stringify(entry) }));

const TEXTS = [
  'Dasar payah!',
  'Susah payah naik bukit, payahnya minta ampun.',
  'Mengusir semua mereka dari kampung',
  'usir mereka',
];

const compiled = (lines: typeof LINES) => compileLexicon(parseLines(lines).placed.map(({ entry }) => entry));
const hits = (lexicon: ReturnType<typeof compiled>) =>
  TEXTS.map((text) =>
    find(lexicon, normalise(text)).map(({ entry, start, end }) => [entry.id, start, end].join(' ')),
  );

describe('a lexicon compiled beforehand', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ronda-compiled-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds what the same lines compiled anew find', async () => {
    const file = join(folder, 'lexicon.bin');
    const fresh = compiled(LINES);
    await writeCompiledLexicon(LINES, fresh, file);
    const kept = await readCompiledLexicon(LINES, file);
    expect(kept?.version).toBe(fresh.version);
    expect(kept && hits(kept)).toEqual(hits(fresh));
    expect(hits(fresh).flat().length).toBeGreaterThan(2);
  });

  it('is not taken for lines that changed', async () => {
    const file = join(folder, 'lexicon.bin');
    await writeCompiledLexicon(LINES, compiled(LINES), file);
    expect(await readCompiledLexicon(LINES.slice(1), file)).toBeUndefined();
  });

  it.each([
    ['is not there', undefined],
    ['is empty', 0],
    ['was cut short', 0.5],
  ])('is not taken where its file %s', async (_, part) => {
    const file = join(folder, 'lexicon.bin');
    await writeCompiledLexicon(LINES, compiled(LINES), file);
    if (part === undefined) rmSync(file);
    else {
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, bytes.length * part));
    }
    expect(await readCompiledLexicon(LINES, file)).toBeUndefined();
  });
});
