import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accuracy, auc, confusion } from '../../src/classify/metrics.js';
import { createClassifier } from '../../src/classify/model.js';
import { readModelFile } from '../../src/files/model-files.js';
import { find } from '../../src/lexicon/find.js';
import { normalise } from '../../src/text/normalise.js';
import { tokenise } from '../../src/text/tokenise.js';
import { theLexicon } from '../score/assessor.js';

const root = resolve(import.meta.dirname, '../..');
const classifier = createClassifier(readModelFile(join(root, 'models/classifier/model.bin')));
const read = (text: string) => {
  const n = normalise(text);
  return [n, tokenise(n), find(theLexicon(), n)] as const;
};

describe('the shipped classifier', () => {
  it.each([
    'Tetangga kami yang Kristen membagi kue untuk anak-anak sekampung',
    'Jadwal salat hari ini sudah dipasang di papan masjid',
    'Kucing saya tidur seharian di atas lemari',
    'Harga cabai naik lagi, ibu-ibu di pasar mengeluh',
  ])('leaves everyday talk alone: %s', (text) => {
    const { hate, abusive, sara } = classifier.predict(...read(text));
    expect(Math.max(hate, abusive, sara)).toBeLessThan(0.5);
  });

  it('orders invented posts by how hostile they are', () => {
    const hate = (text: string): number => classifier.predict(...read(text)).hate;
    expect(hate('dasar kafir laknat, usir semua dari sini')).toBeGreaterThan(
      hate('mereka pindah ke kota lain'),
    );
    expect(hate('lu emang goblok')).toBeGreaterThan(hate('lu emang pintar'));
  });

  it('shows the words that it went by', () => {
    const [n, tokens, signs] = read('pagi ini ada orang goblok di jalan');
    const [first] = classifier.attribute(n, tokens, signs, 'abusive');
    expect(n.text.slice(first!.start, first!.end)).toBe('goblok');
  });
});

const data = resolve(root, '../shared/data/tweets-labelled.jsonl');

// The model was trained on these rows: the floors guard the way it is read, they are no held-out figures.
describe.skipIf(!existsSync(data))('on the visible tweets (skipped where ../shared/data is missing)', () => {
  it('says of them what it learnt', () => {
    const rows = readFileSync(data, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; labels: string[] });
    const said = rows.map(({ text }) => classifier.predict(...read(text)));
    const truth = (...labels: string[]) =>
      rows.map((row) => labels.some((label) => row.labels.includes(label)));
    const accuracyOf = (head: 'hate' | 'abusive'): number =>
      accuracy(
        confusion(
          truth(head),
          said.map((scores) => scores[head] >= 0.5),
        ),
      );
    expect(accuracyOf('hate')).toBeGreaterThan(0.92);
    expect(accuracyOf('abusive')).toBeGreaterThan(0.95);
    expect(
      auc(
        truth('religion', 'race'),
        said.map(({ sara }) => sara),
      ),
    ).toBeGreaterThan(0.98);
  });
});
