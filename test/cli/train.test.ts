import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { createClassifier } from '../../src/classify/model.js';
import { trainCommand } from '../../src/cli/commands/train.js';
import { readRecords } from '../../src/compose-input.js';
import { readModelFile, writeModelFile } from '../../src/files/model-files.js';
import { find } from '../../src/lexicon/find.js';
import { createLanguageDetector } from '../../src/text/language.js';
import { readLanguageModel } from '../../src/text/language-model.js';
import { normalise } from '../../src/text/normalise.js';
import { tokenise } from '../../src/text/tokenise.js';
import { words } from '../../src/words/catalogue.js';
import { theLexicon } from '../score/assessor.js';

const folder = mkdtempSync(join(tmpdir(), 'ronda-train-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, rows: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
}

/** Runs `ronda train ...` over real files; returns what it printed. */
async function train(...args: string[]): Promise<string> {
  let printed = '';
  const program = new Command('ronda').exitOverride();
  trainCommand(program, {
    environment: () => ({
      io: {
        out: (text) => {
          printed += text;
        },
        err: () => undefined,
        interactive: false,
        columns: 80,
        input: Readable.from([]),
      },
      words: words('en'),
      language: 'en',
      zone: 'Asia/Jakarta',
      signal: new AbortController().signal,
      exitWith: () => undefined,
    }),
    finder: async () => (n) => find(theLexicon(), n),
    records: readRecords,
    decisions: async () => [],
    seeds: () => 'ind|kamu bisa karena mobil sepeda kantor\nzsm|awak boleh kerana kereta basikal pejabat\n',
    writeModel: (kind, model, file = join(folder, `${kind}.bin`)) => ({
      file,
      version: writeModelFile(file, model),
    }),
  });
  await program.parseAsync(['train', ...args], { from: 'user' });
  return printed;
}

describe('ronda train, from rows to a model that answers', () => {
  it('classifier', async () => {
    const subjects = 'kopi hujan sepeda warung pasar lampu kereta bakso jalan pagar sungai kolam'.split(' ');
    const rows = subjects.flatMap((subject) => [
      { text: `${subject} itu memang goblok sekali`, labels: ['hate', 'abusive', 'individual', 'weak'] },
      { text: `${subject} enak dan murah pagi ini`, labels: [] },
      { text: `usir orang dayak dari ${subject}`, labels: ['hate', 'group', 'race', 'strong'] },
      { text: `orang dayak itu najis, kata ${subject}`, labels: ['hate', 'group', 'race', 'moderate'] },
      { text: `anjing, ${subject} bikin kesal`, labels: ['abusive'] },
      { text: `lewat ${subject} depan rumah kami`, labels: [] },
      { text: `${subject} baru buka minggu lalu`, labels: [] },
    ]);
    const out = join(folder, 'classifier-of-my-own.bin');
    const printed = await train('classifier', fileOf('labelled.jsonl', rows), '--out', out, '--folds', '3');
    const file = readModelFile(out);
    expect(printed).toContain(`${out}  ${file.version}`);
    const classifier = createClassifier(file);
    const predict = (text: string) => {
      const n = normalise(text);
      return classifier.predict(n, tokenise(n), find(theLexicon(), n));
    };
    const rude = predict('jembatan itu memang goblok sekali');
    const hostile = predict('usir orang batak dari jembatan');
    const kind = predict('jembatan enak dan murah pagi ini');
    expect(rude.abusive).toBeGreaterThan(kind.abusive);
    expect(hostile.sara).toBeGreaterThan(kind.sara);
    expect(kind.hate).toBeLessThan(Math.min(rude.hate, hostile.hate));
  });

  it('language', async () => {
    const counts = 'satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas sebaris'.split(' ');
    const rows = counts.flatMap((word) => [
      { text: `kamu bisa lihat mobil ${word} karena kantor`, lang: 'ind' },
      { text: `awak boleh tengok kereta ${word} kerana pejabat`, lang: 'zsm' },
      { text: `the quick brown house ${word} was there with them`, lang: 'eng' },
    ]);
    const posts = fileOf('posts.jsonl', [{ text: 'gimana kalo kita ke kantor aja' }]);
    const printed = await train('language', fileOf('sentences.jsonl', rows), `ind:${posts}`);
    const file = readModelFile(join(folder, 'language.bin'));
    expect(printed).toContain(file.version);
    const { detect } = createLanguageDetector(readLanguageModel(file));
    expect(detect({ original: 'awak boleh tengok kereta kerana pejabat' }).code).toBe('zsm');
    expect(detect({ original: 'they were with the house' }).code).toBe('eng');
  });

  it.each(['1', 'x', '2.5'])('refuses %s parts', async (folds) => {
    const file = fileOf('few.jsonl', [{ text: 'a', labels: [] }]);
    await expect(train('classifier', file, '--folds', folds)).rejects.toThrow('folds');
  });

  it('names the row that lacks what is learnt from', async () => {
    const file = fileOf('broken.jsonl', [{ text: 'a', labels: [] }, { text: 'b' }]);
    await expect(train('classifier', file)).rejects.toThrow(`Row 2 of ${file}`);
  });
});
