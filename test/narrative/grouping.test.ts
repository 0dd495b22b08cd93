import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STORIES } from '../../bench/planted-stories.js';
import {
  ID_AT,
  inOrder,
  MOST_TERMS,
  PRINT_WORDS,
  type Prints,
  TERMS_AT,
  TIME_AT,
} from '../../src/core/print.js';
import { mix, read, signatureOf } from '../../src/narrative/fingerprint.js';
import { Grouping } from '../../src/narrative/grouping.js';
import { linksOf, rootOf, termsOf } from '../../src/narrative/terms.js';

const hash = (text: string): number => {
  let h = 7;
  for (const char of text) h = mix(Math.imul(h, 31) + char.charCodeAt(0));
  return h;
};

/** Rows of texts, each posted a minute after the one before it; keys are left out, equal stays equal without. */
function rowsOf(
  texts: readonly string[],
  order: readonly number[] = texts.map((_, i) => i),
  claims: string[] = [],
): Prints {
  const words = new Uint32Array(texts.length * PRINT_WORDS);
  let count = 0;
  for (const index of order) {
    const text = texts[index]!;
    const reading = read(text);
    const signature = signatureOf(reading);
    if (signature === undefined) continue;
    const at = count++ * PRINT_WORDS;
    words.set(signature, at);
    for (const [i, term] of termsOf(reading, linksOf(text), claims).slice(0, MOST_TERMS).entries()) {
      const kind = term[0] === '#' ? 1 : term[0] === '~' ? 2 : term[0] === '!' ? 3 : 0;
      words[at + TERMS_AT + i] = ((hash(rootOf(term)) & ~3) | kind) >>> 0;
    }
    words[at + ID_AT] = hash(`${index}`);
    words[at + TIME_AT] = 1_700_000_000 + index * 60;
  }
  return { words, count };
}

/** Stories by the names of their posts. */
function storiesOf(prints: Prints, grouping = new Grouping()): string[][] {
  const offsets = inOrder(prints);
  const wordings = [...offsets].map((at) => grouping.take(prints.words, at));
  for (const _ of grouping.join([...new Set(wordings.map((wording) => grouping.storyOf(wording)))]));
  const stories = new Map<number, string[]>();
  for (const [i, wording] of wordings.entries()) {
    const story = grouping.storyOf(wording);
    const posts = stories.get(story) ?? [];
    posts.push(prints.words[offsets[i]! + ID_AT]!.toString(16));
    stories.set(story, posts);
  }
  return [...stories.values()];
}

/** What a generator comes to. */
function made<T>(pieces: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = pieces.next();
    if (done === true) return value;
  }
}

const together = (texts: readonly string[], claims: string[] = []): boolean =>
  storiesOf(rowsOf(texts, undefined, claims)).length === 1;

describe('grouping', () => {
  it.each(STORIES.map((wordings, i) => [i, wordings] as const))(
    'joins the wordings of story %d',
    (_, wordings) => {
      expect(together(wordings)).toBe(true);
    },
  );

  it('keeps all stories apart', () => {
    expect(storiesOf(rowsOf(STORIES.flat()))).toHaveLength(STORIES.length);
  });

  it.each([
    [
      'greetings with different news',
      [
        'Selamat pagi semua. Jembatan Cikalunggu putus total',
        'Selamat pagi semua. Harga cabai di Wanasari naik dua kali lipat',
      ],
    ],
    [
      'one law quoted for two causes',
      [
        'Bupati Wirajaya melapor. Setiap orang dengan sengaja dan tanpa hak dipidana dengan pidana penjara paling lama enam tahun Pasal 28 ayat 2.',
        'Pedagang Pasirhuni digugat. Setiap orang dengan sengaja dan tanpa hak dipidana dengan pidana penjara paling lama enam tahun Pasal 28 ayat 2.',
      ],
    ],
    [
      'one topic, two events',
      [
        'Polisi menangkap pencuri motor di Kertamulya semalam',
        'Polisi mengatur lalu lintas di sekitar pasar Wanasari sejak pagi',
      ],
    ],
  ])('does not join %s', (_, texts) => {
    expect(together(texts)).toBe(false);
  });

  it('joins by the same fact-check what shares little else', () => {
    const texts = [
      'Kata dukun air kelapa menyembuhkan segala macam kanker',
      'Minum kelapa muda rutin dijamin tumor hilang sendiri',
    ];
    expect(together(texts)).toBe(false);
    expect(together(texts, ['pemeriksa:77'])).toBe(true);
  });

  it('makes the same of an hour whatever the order of arrival', () => {
    const texts = STORIES.flatMap((wordings) => wordings.flatMap((text) => [text, `RT @warga: ${text}`]));
    const expected = JSON.stringify(storiesOf(rowsOf(texts)));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          texts.map((_, i) => i),
          { minLength: texts.length },
        ),
        (order) => {
          expect(JSON.stringify(storiesOf(rowsOf(texts, order)))).toBe(expected);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('goes on with the stories that posts came for last as if it knew them all', () => {
    const texts = STORIES.flat();
    const all = new Grouping();
    const latest = new Grouping();
    const rows = rowsOf(texts);
    const told = (grouping: Grouping): string[] => {
      const stories = new Set<number>();
      for (let wording = 0; wording < grouping.wordings; wording++) stories.add(grouping.storyOf(wording));
      return [...stories].map((story) => grouping.nameOf(story));
    };
    for (const grouping of [all, latest]) storiesOf(rows, grouping);
    const whole = made(latest.latest(1_000, 0));
    expect(told(whole)).toEqual(told(all));
    expect([...whole.names()]).toEqual(told(all));
    // Of the last two stories alone, the same posts are joined to the same names.
    const two = told(all).slice(-2);
    const few = made(whole.latest(STORIES.at(-1)!.length + STORIES.at(-2)!.length, 0));
    expect(new Set(few.names())).toEqual(new Set(two));
    const again = rowsOf([...STORIES.at(-2)!, ...STORIES.at(-1)!].map((text) => `${text} kata tetangga`));
    for (let at = 0; at < again.count * PRINT_WORDS; at += PRINT_WORDS) {
      const name = (grouping: Grouping): string =>
        grouping.nameOf(grouping.storyOf(grouping.take(again.words, at)));
      expect(name(few)).toBe(name(all));
    }
    // What nobody told of since a time is gone.
    expect(made(few.latest(1_000, 2_000_000_000)).wordings).toBe(0);
  });

  it('leaves what is under a layer as it was', () => {
    const base = new Grouping();
    storiesOf(rowsOf(STORIES[0]!), base);
    const before = JSON.stringify([base.wordings, base.termsOf(0, 9), base.wordingsIn(0)]);
    const layer = new Grouping(base);
    const more = rowsOf([...STORIES[0]!.map((text) => `${text} waduh kok bisa`), ...STORIES[1]!]);
    for (let at = 0; at < more.count * PRINT_WORDS; at += PRINT_WORDS) layer.take(more.words, at);
    expect(layer.wordings).toBeGreaterThan(base.wordings);
    expect(JSON.stringify([base.wordings, base.termsOf(0, 9), base.wordingsIn(0)])).toBe(before);
  });
});
