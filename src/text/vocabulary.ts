/**
 * Words that are known to be words. Repairs that could go wrong (leet, drawn-out letters, hashtags without
 * capitals) are made only where they lead to one of these.
 */
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';
import { INFORMAL } from './informal.js';
import { SENSITIVE_WORDS } from './sensitive.js';
import { hashUnits, WordTable } from './word-table.js';

/** Names, borrowings and everyday words that the dictionary of roots lacks. */
const FURTHER_WORDS = `
indonesia jakarta jawa bali papua aceh sunda batak dayak madura minang ambon bugis melayu sumatera kalimantan sulawesi
surabaya bandung medan semarang makassar palembang jogja yogyakarta solo banten maluku lombok nusantara malaysia
singapura israel palestina amerika arab saudi iran cina tiongkok india rusia ukraina rohingya myanmar jepang korea
jokowi prabowo anies ahok ganjar gibran megawati puan mahfud sandiaga ridwan kamil fadli fahri rizieq habib luhut amien
sby gus dur wowo jkw pdip gerindra golkar pks nasdem demokrat fpi hti nkri pki tni polri dpr mpr kpk kpu bawaslu mui nu
muhammadiyah istana pilkada pilpres pemilu capres cawapres paslon caleg cagub gubernur presiden menteri bupati
walikota partai rezim negara rakyat bangsa pancasila reformasi merdeka bersatu umat muslim muslimah kristen katolik
hindu buddha konghucu yahudi nasrani syiah ahmadiyah islam kafir ulama ustad ustadz kyai santri gereja masjid
yang dan di ke dari ini itu dengan untuk pada adalah tidak akan saya aku kamu kita kami mereka dia ada juga saja sudah
bisa harus karena jangan bukan lebih sama kalau tapi atau semua para oleh sebagai jadi lagi bikin banget aja gak nggak
gue lu elo dong sih nih tuh deh kok ya yuk ayo mari gimana kenapa siapa kapan dimana masih belum pernah biar buat
terus cuma memang makin paling sangat sekali tetap tolak dukung ganti lawan usir bubarkan tangkap adili penjarakan
boikot bela save stop turunkan lengserkan hancurkan ganyang bersihkan selamatkan kembalikan viralkan sebarkan
keluarkan buktikan tegakkan menolak mendukung menang kalah pecat jual beli aksi bela damai demo buruh mahasiswa
dirumahaja covid corona vaksin hoax hoaks berita info media sosmed medsos online twitter facebook instagram youtube
whatsapp google grab gojek tiktok trending viral update live breaking news good happy the and you for all free love
president indonesian best world day new year week one time life cool look too see soon school food book boss
class off will tell call full feel need room still well hello yeah really pizza coffee dinner happy sorry summer
mantap keren kangen cinta cantik ganteng lucu kocak ngakak baper kepo galau jomblo mantan gebetan nikah kuliah
allah muhammad nabi quran alquran hadis insyaallah alhamdulillah subhanallah astagfirullah masyaallah assalamualaikum
maaf saat taat manfaat jumat keempat keenam koordinasi kooperatif massa
kadrun cebong kampret kecebong bani taplak onta gurun aseng antek
`
  .trim()
  .split(/\s+/);

const table = new WordTable([
  ...new Set([
    ...stemmer.dictionary.filter((word) => /^[a-z]{2,}$/.test(word)),
    ...FURTHER_WORDS,
    ...SENSITIVE_WORDS,
  ]),
]);
const informal = new WordTable([...INFORMAL.keys()].filter((word) => /^[a-z]{3,}$/.test(word)));

/** Is `chars` from `start` to `end` (lower-case a-z) a root, a name or another word known by itself? */
export function isRoot(chars: Uint16Array, start: number, end: number): boolean {
  return end - start >= 2 && table.find(chars, start, end, hashUnits(chars, start, end)) >= 0;
}

const PREFIXES = [
  '',
  'di',
  'me',
  'ber',
  'ter',
  'se',
  'ke',
  'per',
  'pe',
  'mem',
  'men',
  'meng',
  'peng',
  'pem',
  'pen',
  'nge',
  'ng',
  'memper',
  'diper',
  'keber',
  'mempe',
  'meny',
  'peny',
  'ny',
  'meng',
  'm',
  'n',
];
const SUFFIXES = [
  '',
  'nya',
  'kan',
  'an',
  'i',
  'in',
  'lah',
  'kah',
  'ku',
  'mu',
  'annya',
  'kannya',
  'inya',
  'pun',
];

/** First letters that a nasal prefix swallows: `memukul` is `mem` and `pukul`. */
const SWALLOWED: Readonly<Record<string, number>> = {
  mem: 112,
  pem: 112,
  men: 116,
  pen: 116,
  meng: 107,
  peng: 107,
  ng: 107,
  meny: 115,
  peny: 115,
  ny: 115,
  m: 112,
  n: 116,
};

const scratch = new Uint16Array(64);

/** Is it a known word, an informal spelling, or a known root with affixes on it? At most 40 units are looked at. */
export function isKnown(chars: Uint16Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 2 || length > 40) return false;
  const hash = hashUnits(chars, start, end);
  if (table.find(chars, start, end, hash) >= 0 || informal.find(chars, start, end, hash) >= 0) return true;
  if (length < 5) return false;
  for (const suffix of SUFFIXES) {
    const stop = end - suffix.length;
    if (stop - start < 3 || !hasAt(chars, stop, suffix)) continue;
    for (const prefix of PREFIXES) {
      const from = start + prefix.length;
      if (stop - from < 3 || !hasAt(chars, start, prefix)) continue;
      if (stop - from >= 4 || suffix.length + prefix.length >= 2) {
        if (isRoot(chars, from, stop)) return true;
      }
      const swallowed = SWALLOWED[prefix];
      if (swallowed === undefined) continue;
      scratch[0] = swallowed;
      for (let i = from; i < stop; i++) scratch[1 + i - from] = chars[i]!;
      if (stop - from >= 3 && isRoot(scratch, 0, 1 + stop - from)) return true;
    }
  }
  return false;
}

function hasAt(chars: Uint16Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (chars[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** {@link isKnown} for a string. */
export function isKnownWord(word: string): boolean {
  if (word.length > 40) return false;
  const units = new Uint16Array(word.length);
  for (let i = 0; i < word.length; i++) units[i] = word.charCodeAt(i);
  return isKnown(units, 0, units.length);
}
