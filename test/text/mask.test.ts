import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskHost, maskNames, namesIn, publicLink } from '../../src/text/mask.js';

describe('masking what leads to a person', () => {
  it.each([
    ['a mention', 'kata @warga_rekaan itu bohong', 'kata @… itu bohong'],
    ['a mention of another server', 'lihat @warga@server.example.', 'lihat @….'],
    ['a mention with a wide sign', 'RT ＠rekaan: banjir', 'RT @…: banjir'],
    ['a mention in Arabic letters', 'قال @كاتب كلمة', 'قال @… كلمة'],
    ['an address', 'cek https://contoh.example/@warga/1?x=2 ya', 'cek https://… ya'],
    ['an address without a scheme', 'gabung t.me/kanalrekaan sekarang', 'gabung https://… sekarang'],
    ['a name as a host', '~siti_rekaan88.blogspot.com/p', '~https://…'],
    ['a long address without a scheme', 'di www.contoh.example/akun/9', 'di https://…'],
    ['a mail address', 'kirim ke budi.rekaan@contoh.example ya', 'kirim ke …@… ya'],
    ['an account named by its place', 'IG: warga.rekaan dan u/rekaan', '@… dan @…'],
    ['an identifier', 'did:plc:abc123 menulis', '@… menulis'],
    ['a telephone', 'hubungi 0812-3456-7890 segera', 'hubungi 0… segera'],
    ['a telephone with its country', 'WA +62 812 3456 7890', 'WA 0…'],
    ['a telephone of a house', '(021) 555 1234 rekaan', '0… rekaan'],
    ['a mention behind a sign that is not seen', 'kata @\u200Brekaan_88 tadi', 'kata @… tadi'],
    ['a mention in a narrow sign', 'kata ﹫rekaan tadi', 'kata @… tadi'],
    ['a mention with a sign within', 'kata @re\u2060kaan tadi', 'kata @… tadi'],
    ['an address in wide letters', 'cek ｔ．ｍｅ／ｒｅｋａａｎ ya', 'cek https://… ya'],
    [
      'an address with brackets',
      'cek t[.]me/rekaan dan rekaan(dot)blogspot(titik)com',
      'cek https://… dan https://…',
    ],
    ['an address with spaces', 'cek t . me / rekaan ya', 'cek https://… ya'],
    ['a number in an address', 'chat wa.me/6281200000000 ya', 'chat https://… ya'],
    ['a host that is a name', 'baca rekaan.blogspot.com ya', 'baca https://… ya'],
    ['a mail address in words', 'kirim ke rekaan[at]contoh.example ya', 'kirim ke …@… ya'],
    ['a mail address said', 'kirim ke rekaan at contoh dot example', 'kirim ke …@…'],
    ['a mail address with spaces', 'ke rekaan @ contoh.example ya', 'ke …@… ya'],
    ['an account without a sign', 'lihat ig warga_rekaan atau telegram warga.rekaan', 'lihat @… atau @…'],
    ['an account that is a full name', 'FB: Budi Rekaan Jaya bilang', '@… bilang'],
    ['a telephone in wide digits', 'telp ０８１２３４５６７８９０ ya', 'telp 0… ya'],
    ['a telephone in Arabic digits', 'telp ٠٨١٢٣٤٥٦٧٨٩٠ ya', 'telp 0… ya'],
    ['a telephone between signs not seen', 'telp 0812\u200B3456\u200B7890 ya', 'telp 0… ya'],
    ['a telephone between dashes', 'telp 0812–3456–7890 atau 0812/3456/7890', 'telp 0… atau 0…'],
    ['a telephone with letters for digits', 'telp O8l2 3456 789O ya', 'telp 0… ya'],
    ['a number of a paper in groups', 'NIK 3273 0101 0190 0001 beredar', 'NIK 0… beredar'],
    ['a number of a paper with dots', 'NIK 32.73.01.010190.0001 beredar', 'NIK 0… beredar'],
    ['a number of a paper with dashes', 'KTP 327301-010190-0001 beredar', 'KTP 0… beredar'],
    ['a number of an account', 'BCA 123 456 7890 a.n. rekaan', 'BCA 0… a.n. rekaan'],
    ['a number of a paper', 'NIK 3273010101900001 beredar', 'NIK 0… beredar'],
  ])('%s', (_, text, masked) => {
    expect(maskNames(text)).toBe(masked);
  });

  it.each([
    'Rp 1.500.000.000 untuk jalan desa',
    'Rp1500000000 untuk jalan desa',
    'anggaran 1.250.000.000.000.000 rupiah',
    'pemilu 2004 2009 2014 2019 dan 2024–2029',
    'jadwal 05-11-2026 08.00 dan 01/02/2026 10.30',
    'situs contoh[.]example ditutup',
    'keluarga 👨‍👩‍👧 dan ❤️ semua',
    'nilai 70 75 80 85 90',
    'rapat 05-11-2026 pukul 08.00',
    '230 siswa di 3 kecamatan',
    'harga naik 87.500 mulai Senin',
    'email @ kantor? tidak',
    'detik.com memberitakan',
    '7 kontainer surat suara, 12,5 persen',
  ])('leaves %s', (text) => {
    expect(maskNames(text)).toBe(text);
  });

  it('leaves the rest of what it masks in as it is, joined signs too', () => {
    expect(maskNames('👨‍👩‍👧 ❤️ @\u200Brekaan')).toBe('👨‍👩‍👧 ❤️ @…');
  });

  it('changes nothing when done twice, whatever signs stand between', () => {
    const signs = fc.constantFrom(
      ...'0123456789 .-_/()[]@:ＡａO、。﹫\u200B\u200Dat,dotigx√٣',
      'com',
      '62',
      'ig ',
      'u/',
      'FB: ',
    );
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 40 }), (parts) => {
        const once = maskNames(parts.join(''));
        expect(maskNames(once)).toBe(once);
      }),
      { numRuns: Number(process.env.RUNS ?? 1_000) },
    );
  });

  it('changes nothing when done twice, and leaves no mention, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('warga_rekaan', 'tono77', 'x_y'),
        (text, name) => {
          const once = maskNames(`${text} @${name} https://x.example/${name} ${text}`);
          expect(maskNames(once)).toBe(once);
          expect(once).not.toContain(`@${name}`);
          expect(once).not.toContain(`x.example/${name}`);
        },
      ),
    );
  });
});

it('tells the words of accounts that are named without a sign', () => {
  const { words, contacts } = namesIn(
    'lihat IG: warga.rekaan atau /u/Akun-Bayangan, bukan ini: kata dan 3u/4',
  );
  expect(contacts).toEqual([]);
  expect([...words].sort()).toEqual(['akun', 'akun-bayangan', 'bayangan', 'rekaan', 'warga', 'warga.rekaan']);
  expect(namesIn('banjir di desa, 230 rumah terendam').words.size).toBe(0);
});

it.each([
  ['surel Rekaan@Pos.example', 'surel rekaan[at]pos.example'],
  ['baca rekaanblog.blogspot.com', 'baca rekaanblog[.]blogspot[.]com'],
  ['telp 0812-3456-7890', 'telp +62 812 3456 7890'],
  ['NIK 3273010101900001', 'NIK 32.73.01.010190.0001'],
])('knows %s again in %s, and no word of it may be told', (text, other) => {
  const names = namesIn(text);
  expect(names.contacts).toHaveLength(1);
  expect(namesIn(other).contacts).toEqual(names.contacts);
  for (const word of namesIn(other).words) expect(maskNames(other)).not.toContain(word);
});

describe('links that may stand in a report', () => {
  it.each([
    ['https://cekfakta.example/2026/01/hoaks-vaksin', 'https://cekfakta.example/2026/01/hoaks-vaksin'],
    ['https://cekfakta.example/a?utm=warga#b', 'https://cekfakta.example/a'],
    ['https://u:p@cekfakta.example/a', 'https://cekfakta.example/a'],
    ['https://www.instagram.com/p/abc', undefined],
    ['https://x.com/warga/status/1', undefined],
    ['https://t.me/kanal/2', undefined],
    ['https://server.example/@warga/3', undefined],
    ['https://server.example/%40warga/3', undefined],
    ['https://server.example/users/warga', undefined],
    ['https://nama.tumblr.com/post', undefined],
    ['javascript:alert(1)', undefined],
    ['bukan alamat', undefined],
    ['https://contoh.example/%E0%A4%A', undefined],
  ])('%s', (address, shown) => {
    expect(publicLink(address)).toBe(shown);
  });

  it.each([
    ['warga.blogspot.com', '*.blogspot.com'],
    ['budi.wordpress.com', '*.wordpress.com'],
    ['www.tumblr.com', 'www.tumblr.com'],
    ['berita.example', 'berita.example'],
  ])('the host %s', (host, shown) => {
    expect(maskHost(host)).toBe(shown);
  });
});
