import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventedTitles } from '../../bench/claims-titles.js';
import { bareTitle } from '../../src/claims/index.js';
import { createClaimMatcher } from '../../src/claims/match.js';
import type { Claim } from '../../src/core/claim.js';
import { normalise } from '../../src/text/normalise.js';

const claim = (id: string, title: string, more: Partial<Claim> = {}): Claim => ({
  id,
  title,
  publisher: 'Periksa Kampung',
  date: '2024-05-02',
  url: `https://periksa.example/${id}`,
  ...more,
});

const bridge = claim('bridge', 'Video Jembatan Mahoni di Kota Karangwaru Runtuh Dihantam Ombak 12 Meter');
const coconut = claim('coconut', '[SALAH] Air Kelapa Hijau Sembuhkan Kanker Paru dalam 3 Hari');
const gift = claim('gift', 'Akun Facebook Surya Wiranegari Bagikan Rp250 Juta kepada 40 Pengikut');
const visit = claim('visit', 'Foto Raja Wirasaba Mengunjungi Pabrik Kapur Tanjungsari pada 20 Maret');
const told = claim('told', 'Klarifikasi Kabar di Grup Warga', {
  claim:
    'Mulai Senin depan sumur warga Desa Kalitengah dipasangi meteran dan ditarik iuran oleh PT Tirta Brataseno',
});
const own = [bridge, coconut, gift, visit, told];
const others = inventedTitles(1_000, 5).map((title, place) => claim(`other-${place}`, title));
const { match, rank, version } = createClaimMatcher([...own, ...others]);

const matched = (text: string): string | undefined => {
  const found = match(normalise(text));
  return found !== undefined && found.similarity >= 0.5 ? found.id : undefined;
};

describe('a post that spreads a checked claim', () => {
  it.each([
    ['in its words', 'jembatan Mahoni di Karangwaru runtuh dihantam ombak 12 meter', 'bridge'],
    ['louder', 'GEGER MALAM INI!! JEMBATAN MAHONI KARANGWARU RUNTUH, DIHANTAM OMBAK 12 METER!!!', 'bridge'],
    ['in disguise', 'J3mb4t4n m4honi d k4r4ngw4ru runtuh d1hantam 0mb4k 12 meter', 'bridge'],
    [
      'in other words',
      'innalillahi, jembatan mahoni kota karangwaru ambruk kena gelombang 12 meter',
      'bridge',
    ],
    ['misspelt', 'jembatan mahoni karangwru runtuh di hantam ombakk 12 meter', 'bridge'],
    ['with the affixes of talk', 'minum air kelapa hijau, kanker paru kesembuhin dalam 3 hari', 'coconut'],
    [
      'with the amount written otherwise',
      'Pak Surya Wiranegari bagi2 250jt utk 40 pengikut facebook nya, buruan',
      'gift',
    ],
    [
      'with the amount in full',
      'surya wiranegari membagikan Rp 250.000.000 kepada 40 pengikut akun facebook',
      'gift',
    ],
    ['with the date in English', 'Raja Wirasaba mengunjungi pabrik kapur Tanjungsari 20 March', 'visit'],
    [
      'as the publisher quotes it',
      'katanya mulai senin depan sumur warga desa Kalitengah dipasangi meteran & ditarik iuran PT Tirta Brataseno',
      'told',
    ],
  ])('is matched %s', (_, text, id) => {
    expect(matched(text)).toBe(id);
  });

  it('names the fact-check as it was published', () => {
    expect(match(normalise('jembatan mahoni karangwaru runtuh dihantam ombak 12 meter'))).toEqual({
      id: 'bridge',
      title: bridge.title,
      publisher: 'Periksa Kampung',
      date: '2024-05-02',
      url: 'https://periksa.example/bridge',
      similarity: expect.closeTo(0.75, 0.25),
    });
  });
});

describe('a post that spreads none', () => {
  it.each([
    ['everyday talk', 'selamat pagi semua, semoga sehat selalu ya'],
    ['a word of a title', 'tadi lewat jembatan, macet sekali'],
    ['a place of a title', 'besok aku pulang ke karangwaru naik kereta'],
    ['words of many titles', 'presiden, menteri dan gubernur hadir di acara hari ini'],
    ['a review', 'kelapa muda di warung ini segar, harga murah, tempat bersih'],
    ['the same kind of thing elsewhere', 'jembatan gantung di desa sebelah diperbaiki warga'],
    ['nothing', ''],
    ['signs only', '!!! 🔥🔥 ...'],
  ])('is not matched: %s', (_, text) => {
    expect(matched(text)).toBeUndefined();
  });
});

describe('the matcher', () => {
  it('works with a handful of fact-checks, and with none', () => {
    const few = createClaimMatcher([bridge, coconut]);
    expect(few.match(normalise('jembatan mahoni karangwaru runtuh dihantam ombak 12 meter'))?.id).toBe(
      'bridge',
    );
    expect(createClaimMatcher([]).match(normalise('jembatan mahoni runtuh'))).toBeUndefined();
  });

  it('tells a fact-check from another publisher about the same claim no less surely', () => {
    const twice = createClaimMatcher([
      ...own,
      claim('again', 'Hoaks: Jembatan Mahoni Karangwaru Runtuh Dihantam Ombak 12 Meter'),
      ...others,
    ]);
    const found = twice.match(normalise('jembatan mahoni karangwaru runtuh dihantam ombak 12 meter'));
    expect(['bridge', 'again']).toContain(found?.id);
    expect(found?.similarity).toBeGreaterThanOrEqual(0.5);
  });

  it('tells of the nearest, however unlike, where it is asked to', () => {
    const nearest = createClaimMatcher(own, 0);
    const found = nearest.match(normalise('tadi lewat jembatan'));
    expect(found?.id).toBe('bridge');
    expect(found?.similarity).toBeLessThan(0.5);
  });

  it('ranks each claim once, best first', () => {
    const ranked = rank(normalise('jembatan mahoni karangwaru runtuh'), 10);
    expect(ranked[0]?.claim.id).toBe('bridge');
    const ids = ranked.map((one) => one.claim.id);
    expect(new Set(ids).size).toBe(ids.length);
    const scores = ranked.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('has the version of its claims', () => {
    expect(createClaimMatcher([...own, ...others]).version).toBe(version);
    expect(createClaimMatcher(own.slice(1)).version).not.toBe(createClaimMatcher(own).version);
    expect(createClaimMatcher([{ ...bridge, url: 'https://periksa.example/else' }]).version).not.toBe(
      createClaimMatcher([bridge]).version,
    );
  });

  it('gives the same answer for the same text whatever it read before, within 0..1', () => {
    const words = fc.constantFrom(
      'jembatan',
      'mahoni',
      'runtuh',
      'ombak',
      '12',
      'meter',
      'karangwaru',
      '250jt',
      '20 maret',
      '#airkelapa',
      'kanker',
      'x',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(words, { maxLength: 30 }).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(text, text, (first, second) => {
        const n = normalise(first);
        const before = match(n);
        match(normalise(second));
        expect(match(n)).toEqual(before);
        if (before !== undefined) {
          expect(before.similarity).toBeGreaterThan(0);
          expect(before.similarity).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a title', () => {
  it.each([
    ['[SALAH] Air Kelapa Sembuhkan Kanker', 'Air Kelapa Sembuhkan Kanker'],
    ['[HOAKS]: Gedung Roboh', 'Gedung Roboh'],
    ['Cek Fakta: Benarkah Gedung Roboh?', 'Benarkah Gedung Roboh?'],
    ['Hoaks! Gedung Roboh', 'Gedung Roboh'],
    [': Gedung Roboh', 'Gedung Roboh'],
    ['Salah', 'Salah'],
    ['Salah Satu Gedung Roboh', 'Salah Satu Gedung Roboh'],
    ['Gedung Roboh', 'Gedung Roboh'],
  ])('loses the frame of the publisher: %s', (title, bare) => {
    expect(bareTitle(title)).toBe(bare);
  });
});
