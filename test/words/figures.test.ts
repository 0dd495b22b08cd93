import { describe, expect, it } from 'vitest';
import { languageName, scoreText, timeText } from '../../src/words/figures.js';

describe('figures as people read them', () => {
  it.each([
    ['2026-11-22T18:05:59.000Z', 'Asia/Jakarta', 'id', '23 Nov 2026 01.05 WIB'],
    ['2026-11-22T18:05:59.000Z', 'Asia/Jayapura', 'en', '23 Nov 2026 03:05 WIT'],
    ['2026-11-22T18:05:59.000Z', 'Asia/Makassar', 'id', '23 Nov 2026 02.05 WITA'],
    ['2026-11-22T18:05:59.000Z', 'UTC', 'en', '22 Nov 2026 18:05 UTC'],
    ['kemarin', 'Asia/Jakarta', 'id', 'kemarin'],
  ] as const)('%s in %s, %s: %s', (iso, zone, language, said) => {
    expect(timeText(iso, zone, language)).toBe(said);
  });

  it('has decimals and languages of the reader', () => {
    expect(scoreText(0.856, 'id')).toBe('0,86');
    expect(scoreText(1, 'en')).toBe('1.00');
    expect(languageName('ind', 'id')).toBe('Indonesia');
    expect(languageName('jav', 'en')).toBe('Javanese');
    expect(languageName('', 'id')).toBe('');
  });
});
