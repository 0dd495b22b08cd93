import { describe, expect, it } from 'vitest';
import { isEvergreen } from '../../src/narrative/evergreen.js';
import { newFacts } from '../../src/narrative/facts.js';
import { read, signatureOf } from '../../src/narrative/fingerprint.js';

const HOUR = 3_600;

function story(hours: readonly number[], more: { flagged?: number; claim?: true } = {}) {
  const facts = newFacts();
  facts.posts = hours.length;
  facts.flagged = more.flagged ?? 0;
  facts.first = Math.min(...hours) * HOUR;
  facts.last = Math.max(...hours) * HOUR;
  for (const hour of hours) facts.hours[hour] = [(facts.hours[hour]?.[0] ?? 0) + 1, 0];
  if (more.claim) facts.terms[7] = { n: 1, place: 0, nats: 9 };
  return facts;
}
const allWeek = Array.from({ length: 20 }, (_, i) => i * 8);

describe('what is said at all times', () => {
  it.each([
    ['a verse all week long', story(allWeek), true],
    ['a story with its day', story([...allWeek, ...Array(30).fill(60)]), false],
    ['what was flagged', story(allWeek, { flagged: 1 }), false],
    ['what a fact-check is about', story(allWeek, { claim: true }), false],
    ['a young story', story(Array.from({ length: 20 }, (_, i) => i * 2)), false],
    ['few posts', story([1, 30, 60, 90, 120]), false],
  ])('is told by its times: %s', (_, facts, expected) => {
    expect(isEvergreen(facts, () => [])).toBe(expected);
    expect(isEvergreen(facts, () => [{ from: 1, to: 2, size: 9, p: 1e-9 }])).toBe(false);
  });
});

describe('formulas', () => {
  it.each([
    ['a birthday', 'Selamat ulang tahun Rina semoga panjang umur sehat selalu dan sukses ya kak'],
    ['a condolence', 'Innalillahi turut berduka cita semoga husnul khotimah dan keluarga diberi ketabahan'],
    [
      'a prayer',
      'Ya Allah ampunilah dosa kami dan dosa kedua orang tua kami, lindungilah kami dari siksa api neraka',
    ],
    [
      'a Christian one',
      'Tuhan Yesus memberkati, kasih karunia dan damai sejahtera menyertai kita semua, haleluya',
    ],
    [
      'the letter of a law',
      'Pasal 28 ayat 2 UU ITE setiap orang dengan sengaja dan tanpa hak menyebarkan informasi',
    ],
    [
      'an advertisement',
      'Jual gamis murah harga mulai 50 ribu, promo diskon, order WA 081234567890 ready stok bisa cod',
    ],
    ['a loan', 'Pinjaman dana cepat cair tanpa jaminan bunga ringan proses 5 menit hubungi kami sekarang'],
    ['a giveaway', 'Ikutan giveaway yuk, syarat follow dan tag 3 teman kamu, hadiah pulsa 100 ribu'],
  ])('have no fingerprint: %s', (_, text) => {
    expect(signatureOf(read(text))).toBeUndefined();
  });

  it.each([
    [
      'a hoax of a benefit',
      'Bantuan sosial Rp 1.750.000 dari program Dana Guyub cair besok, daftar lewat tautan ini',
    ],
    [
      'a scare of a shop',
      'Toko Sinar Kencana jual minyak oplosan harga murah, tiga pembeli keracunan dirawat di puskesmas',
    ],
    ['news of a law', 'Demo menolak revisi undang-undang penyiaran ricuh di depan gedung dewan Kertamulya'],
    [
      'news of a prayer',
      'Ribuan warga Sukaramping doa bersama di alun-alun setelah longsor menimbun dua dusun',
    ],
  ])('are not: %s', (_, text) => {
    expect(signatureOf(read(text))).toBeDefined();
  });
});
