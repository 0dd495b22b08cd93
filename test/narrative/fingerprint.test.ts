import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSignature, read, signatureOf, similarity } from '../../src/narrative/fingerprint.js';
import { linksOf, termsOf } from '../../src/narrative/terms.js';
import { MOST_TERM_CHARS } from '../../src/narrative/word-facts.js';

const POST =
  'Jembatan gantung Cikalunggu putus tadi pagi, 14 warga Sukaramping dilaporkan hanyut terbawa arus sungai';

function near(a: string, b: string): number {
  const [one, other] = [signatureOf(read(a)), signatureOf(read(b))];
  return one === undefined || other === undefined ? -1 : similarity(one, 0, other, 0);
}

describe('a signature', () => {
  it.each([
    ['a retweet', `RT @warga_x: ${POST}`, 0.95],
    ['capitals and marks', `${POST.toUpperCase()}!!! 😭 https://t.co/abc`, 0.8],
    ['one word changed', POST.replace('dilaporkan', 'diduga'), 0.6],
    ['cut off', `RT @warga_x: ${POST.slice(0, 85)}…`, 0.45],
  ])('stays near through %s', (_, text, least) => {
    expect(near(POST, text)).toBeGreaterThanOrEqual(least);
  });

  it('is far from that of another text', () => {
    expect(
      near(POST, 'Harga cabai di pasar Wanasari naik lagi, ibu-ibu pusing mengatur belanja dapur'),
    ).toBeLessThan(0.15);
  });

  it.each([
    ['a greeting', 'Selamat Hari Raya Idulfitri, mohon maaf lahir dan batin ya semua 🙏'],
    ['a wish', 'Selamat ulang tahun semoga panjang umur dan sehat selalu, amin'],
    [
      'the letter of a law',
      'Setiap orang yang dengan sengaja dan tanpa hak menyebarkan informasi elektronik sebagaimana dimaksud dalam Pasal 28 ayat (2) dipidana dengan pidana penjara paling lama 6 tahun',
    ],
    ['next to nothing', 'iya bang'],
  ])('is not made of %s', (_, text) => {
    expect(signatureOf(read(text))).toBeUndefined();
  });

  it('leaves a greeting out of a story that comes with it', () => {
    expect(near(POST, `Selamat pagi semua. ${POST}`)).toBeGreaterThan(0.9);
  });

  it('is made of any text without a fault, always the same, 64 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const one = signatureOf(read(text));
        expect(signatureOf(read(text))).toEqual(one);
        if (one !== undefined) expect(Buffer.from(encodeSignature(one), 'base64')).toHaveLength(64);
      }),
    );
  });

  it('tells Jaccard: what it says of texts with shared words is near the truth', () => {
    const words = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, i) => `kata${((from + i) * 7919) % 100_003}x`).join(' ');
    // 400 words each, 300 in common: words and pairs alike, J = 300 / 500.
    expect(near(words(0, 400), words(100, 500))).toBeGreaterThan(0.4);
    expect(near(words(0, 400), words(100, 500))).toBeLessThan(0.8);
  });
});

describe('terms', () => {
  const of = (text: string, claims: string[] = []) => termsOf(read(text), linksOf(text), claims);

  it.each([
    ['names and numbers', 'Warga Sukaramping minta ganti rugi Rp 1.750.000', ['sukaramping', '#1750000']],
    [
      'links without what counts clicks',
      'Baca https://www.berita.example/a/b?utm=1 segera',
      ['~berita.example/a/b'],
    ],
    [
      'links as people write them',
      'Daftar di Berita.example/a/b, jangan dan/atau 1.5/2 ya',
      ['~berita.example/a/b'],
    ],
  ])('hold %s', (_, text, expected) => {
    expect(of(text)).toEqual(expect.arrayContaining(expected));
  });

  it('hold no bare host, no mention, no greeting', () => {
    const terms = of('Selamat pagi semua. Kata @warga_x lihat https://contoh.example/');
    expect(terms.join(' ')).not.toMatch(/warga_x|selamat|contoh/);
  });

  it('are bounded in number and length for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
        const terms = of(text, ['pemeriksa:1']);
        expect(terms.length).toBeLessThanOrEqual(16);
        for (const term of terms) expect(term.length).toBeLessThanOrEqual(MOST_TERM_CHARS);
      }),
    );
  });
});
