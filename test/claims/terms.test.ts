import { describe, expect, it } from 'vitest';
import { scanTerms } from '../../src/claims/terms.js';
import { normalise } from '../../src/text/normalise.js';

function termsOf(text: string): string[] {
  const canonical = normalise(text).text;
  const terms: string[] = [];
  scanTerms(canonical, {
    word: (start, end, tag) => void terms.push(`${tag ? '#' : ''}${canonical.slice(start, end)}`),
    key: (key) => void terms.push(key),
  });
  return terms;
}

describe('terms of a text', () => {
  it.each([
    ['Rp250 juta', ['#250000000']],
    ['250jt', ['#250000000']],
    ['IDR 250.000.000', ['idr', '#250000000']],
    ['598rb', ['#598000']],
    ['1,5 juta', ['#1500000']],
    ['gempa 10,7', ['gempa', '#10.7']],
    ['pada 20 Maret 2024', ['pada', 'd20-3', 'maret', '#2024']],
    ['16 February', ['d16-2', 'february']],
    ['35 orang', ['#35', 'orang']],
    ['nomor 7', ['nomor', '#7']],
    ['@seseorang buka https://contoh.example/a1 sekarang', ['buka', 'sekarang']],
    ['ngeri 🔥 sekali', ['ngeri', 'sekali']],
  ])('%s', (text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });

  it('passes over runs that are no words', () => {
    expect(termsOf(`awal ${'abcdefg'.repeat(50)} akhir`)).toEqual(['awal', 'akhir']);
  });
});
