import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalise, replay } from '../../src/text/normalise.js';
import { tokenise } from '../../src/text/tokenise.js';

const DATA = resolve(import.meta.dirname, '../../../shared/data');
const FILES = ['everyday-talk', 'tweets-labelled', 'hoax-pairs', 'malay-tweets', 'languages'];
const present = FILES.every((file) => existsSync(resolve(DATA, `${file}.jsonl`)));

function textsOf(file: string): string[] {
  return readFileSync(resolve(DATA, `${file}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { text: string }).text);
}

const title = present ? 'real posts' : 'real posts: skipped, ../shared/data is not on this machine';
describe.skipIf(!present)(title, () => {
  it.each(FILES)('of %s are led back to and replayed', (file) => {
    const wrong = textsOf(file).filter((text) => {
      const n = normalise(text);
      const tokens = tokenise(n);
      const isInside =
        (n.text.length === 0 || n.ends[n.text.length - 1]! <= text.length) &&
        (tokens.count === 0 || tokens.end[tokens.count - 1]! <= n.text.length);
      return !isInside || replay(text, n.steps) !== n.text;
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['everyday-talk', 0.001],
    ['languages', 0.001],
  ])('of ordinary talk (%s) hardly ever have digits read as letters: at most %d of them', (file, share) => {
    const texts = textsOf(file);
    const touched = texts.filter((text) => normalise(text).steps.some((step) => step.rule === 'leet'));
    expect(touched.length / texts.length).toBeLessThanOrEqual(share);
  });

  it.each(FILES)('of %s keep every number of two digits or more', (file) => {
    for (const text of textsOf(file)) {
      // Of those that stand alone, apart from addresses, mentions and escapes.
      const plain = text.normalize('NFKC').replace(/\S*[/\\@#&*_]\S*/g, ' ');
      const canonical = normalise(plain).text;
      for (const number of plain.match(/(?<=^|\s)\d{2,}(?=$|\s)/g) ?? []) expect(canonical).toContain(number);
    }
  });
});

/** Texts that would be slow for a normaliser that looks back or ahead without bound; none may hang. */
const HOSTILE: readonly (readonly [name: string, unit: string])[] = [
  ['combining marks', '\u0301'],
  ['stars', '*'],
  ['at signs', '@'],
  ['letters set apart', 'k a '],
  ['dotted letters', 'a.'],
  ['masked words', 'b*ngs*t '],
  ['one masked word', 'k*'],
  ['one hashtag', 'a'],
  ['hashtags', '#usirmerekasemua '],
  ['leet', '4n'],
  ['entities', '&amp;'],
  ['ampersands', '&'],
  ['backslashes', '\\'],
  ['escaped bytes', '\\xf0'],
  ['misread bytes', 'ð\u009f\u0098'],
  ['double quotes', '"'],
  ['single quotes', " 'a"],
  ['brackets', '[user'],
  ['flags', '🇰'],
  ['emoji', '🐷🔪'],
  ['Cyrillic', 'кафир '],
  ['mixed scripts', 'kа'],
  ['hyphens', 'a-'],
  ['points', '. '],
  ['hosts', 'a.b.c.'],
  ['mail', 'a@a.a'],
  ['faces', ':('],
  ['doubled letters', 'aabb'],
  ['laughter', 'wk'],
  ['numbers', '1.'],
  ['reduplication', 'a2'],
];

describe('a text of 100,000 units', () => {
  it.each(HOSTILE)('of %s is done in the time of a test', (name, unit) => {
    const text = (name === 'one hashtag' ? '#' : '') + unit.repeat(100_000 / unit.length);
    const n = normalise(text);
    expect(tokenise(n).count).toBeLessThanOrEqual(n.text.length);
  });
});
