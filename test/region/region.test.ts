import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAreas, readPlaceNames } from '../../src/files/gazetteer-files.js';
import { checkNames } from '../../src/region/check.js';
import { placesIn, regionOf } from '../../src/region/find.js';
import { compileGazetteer, openGazetteer } from '../../src/region/gazetteer.js';
import { commonRegion, provinceOf } from '../../src/region/resolve.js';
import { normalise } from '../../src/text/normalise.js';

const createGazetteer = (...given: Parameters<typeof compileGazetteer>) =>
  openGazetteer(compileGazetteer(...given));

const areas = readAreas();
const { names, marks } = readPlaceNames(join(import.meta.dirname, '../../lexicons/regions'));
const gazetteer = createGazetteer(areas, names, marks);
const of = (text: string, setting?: string) => regionOf(gazetteer, setting, normalise(text).text);

describe('the gazetteer', () => {
  it('has every province and regency of the package', () => {
    expect(gazetteer.provinces).toHaveLength(38);
    expect(areas.filter(({ code }) => code.length === 5)).toHaveLength(514);
    expect(gazetteer.nameOf('32')).toBe('Jawa Barat');
    expect(gazetteer.nameOf('31')).toBe('DKI Jakarta');
    expect(gazetteer.nameOf('34')).toBe('DI Yogyakarta');
    expect(gazetteer.nameOf('32.01')).toBe('Kab. Bogor');
    expect(gazetteer.nameOf('31.74')).toBe('Kota Jakarta Selatan');
    expect(gazetteer.nameOf('99')).toBeUndefined();
  });

  it('keeps the promises of every name', () => {
    expect(checkNames(gazetteer, names)).toEqual([]);
  });

  it('tells of a row whose example does not hold, and of one without', () => {
    const rows = [
      ...names,
      { name: 'ladang subur', of: ['KOTA BOGOR'], match: ['Tidak ada apa-apa.'], noMatch: ['Di Jakarta.'] },
      { name: 'talang', of: ['KOTA BOGOR'], needs: 'place' as const },
    ];
    const problems = checkNames(createGazetteer(areas, rows, marks), rows);
    expect(problems.map(({ name, what }) => [name, what])).toEqual([
      ['ladang subur', 'match'],
      ['ladang subur', 'noMatch'],
      ['talang', 'needs-noMatch'],
    ]);
  });

  it.each([
    [{ name: 'antah berantah' }, /no official name/],
    [{ name: 'antah', of: ['KOTA ANTAH'] }, /which no area is called/],
    [{ name: 'jogja', of: ['BALI'] }, /stands twice/],
    [{ name: '...', of: ['BALI'] }, /no word or phrase/],
  ])('refuses %j', (row, why) => {
    expect(() => createGazetteer(areas, [...names, row], marks)).toThrow(why);
  });
});

describe('the region of a text', () => {
  it.each([
    // What people call places.
    ['Macet di Jkt pagi ini', '31'],
    ['Jaksel hujan deras', '31.74'],
    ['Jogja istimewa', '34'],
    ['Pilgub Jabar makin panas', '32'],
    ['#PrayForLombok gempa Lombok lagi', '52'],
    ['Proyek IKN jalan terus', '64'],
    ['Medan banjir', '12.71'],
    ['Pasar di Solo terbakar', '33.72'],
    ['Warga Sulsel menunggu', '73'],
    ['Nelayan NTT tidak melaut', '53'],
    // A city and a regency of one name.
    ['Banjir di Bogor', '32'],
    ['Banjir di kota Bogor', '32.71'],
    ['Bupati Bogor meninjau', '32.01'],
    ['Pemkab Bandung', '32.04'],
    ['Polres Tegal Kota berjaga', '33.76'],
    ['Walikota Bandung', '32.73'],
    ['di wilayah kediri kota: aman', '35.71'],
    ['Provinsi Jambi', '15'],
    ['Kota Jambi', '15.71'],
    ['Kab. Malang', '35.07'],
    // Longest name, and names that hold one another.
    ['Papua Barat Daya', '96'],
    ['Kabupaten Bandung Barat', '32.17'],
    ['Kepulauan Riau', '21'],
    ['Aceh Selatan', '11.01'],
    // Several places.
    ['Dari Bandung ke Cimahi', '32'],
    ['Bandung, Jawa Barat', '32'],
    ['Depok, Jawa Barat', '32.76'],
    ['Banjar, Jawa Barat', '32.79'],
    ['Serang, Banten aman', '36'],
    ['Surabaya dan kota Malang', '35'],
    ['Jakarta - Surabaya', undefined],
    ['Kota Bandung, Kab. Bandung', '32'],
    // Everyday words.
    ['Sungguh malang nasibmu', undefined],
    ['Jangan serang mereka', undefined],
    ['Mereka di serang orang', undefined],
    ['Ada batu di jalan', undefined],
    ['Dari Sabang sampai Merauke', undefined],
    ['Bika ambon dan nasi padang', undefined],
    ['Gugur di medan perang', undefined],
    ['Toko di Jalan Surabaya', undefined],
    ['Orang Papua dan bahasa Bali', undefined],
    ['Dasar muna', undefined],
    ['Aku bali nang omah', undefined],
    ['Pak SBY dan proyek DIY', undefined],
    ['', undefined],
    ['Hari ini cerah', undefined],
    // How people write.
    ['WARGA BANDUNG!!!', '32'],
    ['surabayaaa', '35.78'],
    ['(Bandung)', '32'],
    ['Jakarta-Bandung', undefined],
    ['di\nMalang', undefined],
    ['@orang_bandung halo', undefined],
    ['https://example.com/bandung', undefined],
  ])('%s -> %s', (text, region) => {
    expect(of(text)).toBe(region);
  });

  it('is the one of the source where that has one', () => {
    expect(of('Banjir di Medan', '32')).toBe('32');
    expect(of('Hari ini cerah', '32.73')).toBe('32.73');
  });

  it('takes no longer for a text made of names', () => {
    const text = normalise('bandung jakarta '.repeat(20_000)).text;
    expect(placesIn(gazetteer, text).length).toBeLessThanOrEqual(64);
  });
});

const code = fc.constantFrom(...areas.map((area) => area.code));
const places = fc.array(fc.array(code, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });

describe('the common region', () => {
  it('does not depend on the order of places or on saying one twice', () => {
    fc.assert(
      fc.property(places, fc.nat(), (named, by) => {
        const at = by % named.length;
        const turned = [...named.slice(at), ...named.slice(0, at), named[at]!].map((codes) =>
          [...codes].reverse(),
        );
        expect(commonRegion(turned)).toBe(commonRegion(named));
      }),
    );
  });

  it('is within a meaning of every place, and saying it again changes nothing', () => {
    fc.assert(
      fc.property(places, (named) => {
        const region = commonRegion(named);
        if (region === undefined) return;
        for (const codes of named) expect(codes.map(provinceOf)).toContain(provinceOf(region));
        expect(commonRegion([...named, [provinceOf(region)]])).toBe(region);
        if (region.length === 5) expect(commonRegion([...named, [region]])).toBe(region);
      }),
    );
  });

  it('is a place itself where it is the only one, and nothing where two provinces are named', () => {
    fc.assert(
      fc.property(code, code, (one, other) => {
        expect(commonRegion([[one]])).toBe(one);
        if (provinceOf(one) !== provinceOf(other)) expect(commonRegion([[one], [other]])).toBeUndefined();
      }),
    );
    expect(commonRegion([])).toBeUndefined();
  });
});

it('reads any text', () => {
  const word = fc.oneof(
    fc.constantFrom('di', 'kota', 'bandung', 'serang', ',', '\n', 'banten', '#', 'kab.'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const { text } = normalise(words.join(' '));
      let upTo = 0;
      for (const { start, end, codes } of placesIn(gazetteer, text)) {
        expect(start).toBeGreaterThanOrEqual(upTo);
        expect(end).toBeGreaterThan(start);
        expect(codes.length).toBeGreaterThan(0);
        upTo = end;
      }
    }),
  );
});
