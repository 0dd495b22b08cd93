import { describe, expect, it } from 'vitest';
import { fromText } from '../../src/core/region.js';
import { type Assessor, fingerprintOf, scoreBatch, type TextObserver } from '../../src/pipeline/score.js';
import { carriedRegion } from '../../src/store/items.js';
import { DEFAULT_LANDING } from '../../src/triage/landing.js';
import { assessmentOf, landedPost } from '../support/scored.js';

const assessor: Assessor = { assess: (text) => assessmentOf(text) };
const span = { from: Date.parse('2026-01-05T00:00:00Z'), to: Date.parse('2026-01-06T00:00:00Z') };
const observer: TextObserver = {
  regionOf: (canonical) => (canonical.includes('bandung') ? '32' : undefined),
  topicsOf: (canonical) =>
    canonical.includes('gempa')
      ? [
          { id: 'gempa', ...span, weight: 0.6 },
          { id: 'lewat', from: 0, to: span.from, weight: 1 },
        ]
      : [],
};
const score = (given: Parameters<typeof landedPost>[0], by: TextObserver | undefined = observer) =>
  scoreBatch(assessor, { run: 'run', source: 'warung', posts: [landedPost(given).post] }, DEFAULT_LANDING, by)
    .landed[0]!;

describe('what is noted of a post beside its assessment', () => {
  it('is the region of its source, else the one that its text names', () => {
    const read = score({ id: 'a', text: 'Gempa di BANDUNG' });
    expect(read.observation?.region).toBe('32');
    expect(carriedRegion(read)).toBe(fromText('32'));
    const set = score({ id: 'a', text: 'Gempa di BANDUNG', region: '33.74' });
    expect(set.observation?.region).toBe('33.74');
    expect(carriedRegion(set)).toBe('33.74');
    expect(carriedRegion(score({ id: 'a', text: 'Gempa di sana' }))).toBeUndefined();
  });

  it.each([
    ['2026-01-04T23:59:59Z', ['lewat'], 1],
    ['2026-01-05T00:00:00Z', ['gempa'], 0.6],
    ['2026-01-05T23:59:59Z', ['gempa'], 0.6],
    ['2026-01-06T00:00:00Z', undefined, undefined],
  ])('is the topics that were active when it was posted: %s', (createdAt, topics, watch) => {
    const scored = score({ id: 'a', text: 'Gempa lagi', createdAt });
    expect(scored.observation?.topics).toEqual(topics);
    expect(scored.watch).toBe(watch);
  });

  it('is the place that a row names as its source, unless that may be a person', () => {
    expect(score({ id: 'a', text: 'Banjir', source: 'kanal-rekaan' }).observation?.source).toBe(
      'kanal-rekaan',
    );
    for (const source of [
      'warung',
      '@warga_rekaan',
      't.me/rekaan',
      'rekaan@pos.example',
      '0812-3456-7890',
      'x'.repeat(61),
    ]) {
      expect(score({ id: 'a', text: 'Banjir', source }).observation).toBeUndefined();
    }
    for (const author of [{ handle: 'Warga_Rekaan' }, { id: 'warga_rekaan', handle: 'lain' }]) {
      const own = { id: 'a', text: 'Banjir', source: 'warga_rekaan', author };
      expect(score(own).observation).toBeUndefined();
    }
  });

  it('joins by what leads to a person, and holds no word of it', () => {
    const printOf = (text: string) => fingerprintOf(text, { findings: [] })?.terms.split('\n') ?? [];
    const one = printOf('Penipuan gadget murah hubungi 0812-3456-7890 atau jualrekaan@pos.example sekarang');
    const other = printOf(
      'Awas modus gadget lewat 0812\u200B3456\u200B7890, surel jualrekaan [at] pos.example',
    );
    expect(one).toEqual(expect.arrayContaining(['~081234567890', '~jualrekaan@pos.example', 'gadget']));
    expect(other).toEqual(expect.arrayContaining(['~081234567890', '~jualrekaan@pos.example', 'gadget']));
    for (const terms of [one, other]) {
      expect(terms.filter((term) => !term.startsWith('~')).join(' ')).not.toMatch(/jualrekaan|0812|3456|pos/);
    }
  });

  it('does not change what is thought of the text', () => {
    const given = { id: 'a', text: 'Gempa di Bandung' };
    const bare = scoreBatch(
      assessor,
      { run: 'run', source: 'warung', posts: [landedPost(given).post] },
      DEFAULT_LANDING,
    ).landed[0]!;
    expect(bare.observation).toBeUndefined();
    expect(score(given).assessment).toEqual(bare.assessment);
  });
});
