import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountWords, maskHost, maskNames, publicLink } from '../../src/text/mask.js';

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
    ['a number of a paper', 'NIK 3273010101900001 beredar', 'NIK 0… beredar'],
  ])('%s', (_, text, masked) => {
    expect(maskNames(text)).toBe(masked);
  });

  it.each([
    'Rp 1.500.000.000 untuk jalan desa',
    'rapat 05-11-2026 pukul 08.00',
    '230 siswa di 3 kecamatan',
    'harga naik 87.500 mulai Senin',
    'email @ kantor? tidak',
    'detik.com memberitakan',
    '7 kontainer surat suara, 12,5 persen',
  ])('leaves %s', (text) => {
    expect(maskNames(text)).toBe(text);
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
  const words = accountWords('lihat IG: warga.rekaan atau /u/Akun-Bayangan, bukan ini: kata dan 3u/4');
  expect([...words].sort()).toEqual(['akun', 'akun-bayangan', 'bayangan', 'rekaan', 'warga', 'warga.rekaan']);
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
