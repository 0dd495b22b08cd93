import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type LexiconFileLine,
  lexiconState,
  readLexiconFiles,
  watchLexicon,
} from '../../src/files/lexicon-files.js';
import { loadLexicon } from '../../src/lexicon/load.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { until } from '../support/until.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ronda-lexicons-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    // As editors do: a reader sees the old file or the new one, never half of it.
    await writeFile(`${path}.new`, content);
    await rename(`${path}.new`, path);
  }
}

describe('readLexiconFiles', () => {
  it('reads every .jsonl below the folder in the order of paths, each line with its place', async () => {
    await write({ 'b.jsonl': 'one\ntwo\n', 'a/z.jsonl': '\uFEFFthree', 'a/README.md': 'no', 'c.json': 'no' });
    expect(await readLexiconFiles(folder)).toEqual([
      { where: 'a/z.jsonl:1', line: 'three' },
      { where: 'b.jsonl:1', line: 'one' },
      { where: 'b.jsonl:2', line: 'two' },
      { where: 'b.jsonl:3', line: '' },
    ]);
  });

  it('reads lines that end as on Windows', async () => {
    await write({ 'a.jsonl': 'one\r\ntwo' });
    expect((await readLexiconFiles(folder)).map(({ line }) => line)).toEqual(['one', 'two']);
  });

  it('names the file that is not UTF-8', async () => {
    await write({ 'a/bad.jsonl': Buffer.from([0x7b, 0xff, 0x7d]) });
    await expect(readLexiconFiles(folder)).rejects.toMatchObject({
      kind: 'lexicon-encoding',
      message: expect.stringContaining('a/bad.jsonl'),
    });
  });

  it.each([
    ['a folder that is not there', 'gone'],
    ['a folder without lexicons', '.'],
  ])('refuses %s', async (_, name) => {
    await expect(readLexiconFiles(join(folder, name))).rejects.toMatchObject({ kind: 'lexicon-missing' });
  });
});

describe('watchLexicon', () => {
  const line = (term: string, match = term) =>
    `${JSON.stringify({ id: `e-${term}`, term, kind: 'insult', form: 'fixed', weight: 0.5, from: 'usage', match: [match] })}\n`;

  /** Watches with the real check in place of the old lexicon, as a worker does. */
  async function watching() {
    const ended = new AbortController();
    const live: string[][] = [];
    const faults: { kind: string; message: string }[] = [];
    const onChange = (lines: readonly LexiconFileLine[]) => {
      const { lexicon, problems } = loadLexicon(lines);
      if (lexicon === undefined) throw new Error(`${problems[0]?.where} ${problems[0]?.code}`);
      live.push(lexicon.entries.map(({ term }) => term));
    };
    const done = watchLexicon(
      {
        folder,
        clock: new SimulatedClock(),
        signal: ended.signal,
        onChange,
        onFault: (fault) => faults.push(fault),
      },
      await lexiconState(folder),
    );
    return {
      live,
      faults,
      async end() {
        ended.abort();
        await done;
      },
    };
  }

  it('puts changed, added and removed files in place, and nothing while nothing changes', async () => {
    await write({ 'a.jsonl': line('goblok') });
    const watch = await watching();
    await write({ 'a.jsonl': line('goblok') + line('tolol') });
    await until('the change is live', () => watch.live.length === 1);
    await write({ 'b/c.jsonl': line('dungu') });
    await until('the new file is live', () => watch.live.length === 2);
    await rm(join(folder, 'a.jsonl'));
    await until('the removal is live', () => watch.live.length === 3);
    await watch.end();
    expect(watch.live).toEqual([['goblok', 'tolol'], ['goblok', 'tolol', 'dungu'], ['dungu']]);
    expect(watch.faults).toEqual([]);
  });

  it.each([
    ['half a line', line('tolol').slice(0, 30), 'a.jsonl:1 not-an-entry'],
    ['an example that does not hold', line('tolol', 'pintar'), 'a.jsonl:1 match-not-found'],
    ['bytes that are no UTF-8', Buffer.from([0xff]), 'a.jsonl'],
  ])('keeps the old lexicon and reports once on %s, then takes the repair', async (_, content, told) => {
    await write({ 'a.jsonl': line('goblok') });
    const watch = await watching();
    await write({ 'a.jsonl': content });
    await until('the fault is told', () => watch.faults.length > 0);
    expect(watch.live).toEqual([]);
    await write({ 'a.jsonl': line('goblok') + line('dungu') });
    await until('the repair is live', () => watch.live.length > 0);
    await watch.end();
    expect(watch.live).toEqual([['goblok', 'dungu']]);
    expect(watch.faults.map(({ message }) => message)).toEqual([expect.stringContaining(told)]);
  });

  it('reports a folder that went away and takes it up when it is back', async () => {
    await write({ 'a.jsonl': line('goblok') });
    const watch = await watching();
    await rm(folder, { recursive: true });
    await until('the loss is told', () => watch.faults.length > 0);
    await write({ 'a.jsonl': line('tolol') });
    await until('the folder is live again', () => watch.live.length > 0);
    await watch.end();
    expect(watch.faults.map(({ kind }) => kind)).toEqual(['lexicon-missing']);
    expect(watch.live.at(-1)).toEqual(['tolol']);
  });
});
