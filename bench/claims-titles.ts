/** Titles of fact-checks that nobody wrote, to fill an index with: invented ones, and ones mixed from real ones. */
import { seededRandom } from '../src/classify/seeded-random.js';

const FIRST =
  'Arsanto Belinda Cokorda Darmaji Elvarina Fandrio Gunarsih Hermalina Isworo Jatmikani Kurdianto Lestariadi Mardhika Nurvina Ontosena Prihantoro Qoriani Rudyarto Sulistyadi Tantowira Umarsono Vidyatama Wiranegari Yuliardi Zubaedah'.split(
    ' ',
  );
const LAST =
  'Adiwangsa Brotoseno Cakrabuana Danukusuma Ekalaya Fajrianto Gandasuli Hardjodimulyo Indrapasta Jayengrana Kertarajasa Lokajaya Mangkuyudan Natadiningrat Padmosusastro Reksopati Sastrowardoyo Tirtonadi Wargasetia Yudanegara'.split(
    ' ',
  );
const OFFICES = [
  'Presiden',
  'Wakil Presiden',
  'Menteri Keuangan',
  'Menteri Kesehatan',
  'Menteri Agama',
  'Kapolri',
  'Panglima TNI',
  'Ketua KPK',
  'Ketua KPU',
  'Ketua DPR',
  'Gubernur',
  'Bupati',
  'Wali Kota',
  'Kepala Desa',
  'Hakim MK',
  'Kepala Dinas Pendidikan',
  'Sekda',
  'Kapolda',
  'Rektor',
  'Ketua Partai',
];
const REGIONS =
  'Aceh Medan Padang Riau Jambi Palembang Bengkulu Lampung Banten Jakarta Bogor Bandung Garut Sukabumi Cianjur Cirebon Tegal Semarang Solo Yogyakarta Magelang Surabaya Malang Jember Banyuwangi Kediri Bali Lombok Sumbawa Kupang Pontianak Banjarmasin Samarinda Makassar Manado Palu Kendari Gorontalo Ambon Ternate Jayapura Sorong Merauke'.split(
    ' ',
  );
const COUNTRIES =
  'Malaysia Singapura Thailand Cina Jepang India Rusia Ukraina Israel Palestina Iran Mesir Turki Amerika Inggris Prancis Jerman Australia Brasil'.split(
    ' ',
  );
const FIRMS = [
  'PT Pertamina',
  'PT PLN',
  'PT KAI',
  'Bank BRI',
  'Bank BNI',
  'Bank Mandiri',
  'BPJS Kesehatan',
  'PT Telkom',
  'Indomaret',
  'Alfamart',
  'PT Freeport',
  'Garuda Indonesia',
  'Shopee',
  'Kementerian Agama',
  'Kemensos',
  'Pos Indonesia',
];
const THINGS = [
  'vaksin',
  'telur',
  'beras plastik',
  'minyak goreng',
  'air kelapa',
  'bawang putih',
  'garam',
  'kopi',
  'mi instan',
  'obat maag',
  'masker',
  'galon',
  'daun kelor',
  'jahe merah',
  'ikan asin',
  'uang kertas',
  'surat suara',
  'menara seluler',
  'bus sekolah',
  'kapal feri',
  'patung',
  'jembatan',
  'masjid',
  'gereja',
  'kereta cepat',
  'rumah sakit',
  'pasar',
  'bandara',
];
const ILLS = [
  'kanker',
  'diabetes',
  'stroke',
  'asam urat',
  'jantung',
  'kolesterol',
  'mata minus',
  'nyeri sendi',
  'covid',
  'demam berdarah',
  'hipertensi',
];
const DOINGS = [
  'ditangkap polisi',
  'mundur dari jabatan',
  'meninggal dunia',
  'dipecat',
  'diusir warga',
  'marah kepada wartawan',
  'membagikan uang',
  'menolak pelantikan',
  'memeluk Islam',
  'berkunjung diam-diam',
  'menari di panggung',
  'mencium tangan lawan',
  'menjual aset negara',
  'menangis di sidang',
  'dilempari telur',
  'kabur ke luar negeri',
  'dukung calon lain',
  'batal dilantik',
  'jadi tersangka',
  'mengaku kalah',
];
const PRIZES = [
  'motor',
  'mobil',
  'umrah gratis',
  'pulsa',
  'kuota internet 50 GB',
  'uang tunai',
  'emas batangan',
  'kulkas',
  'laptop',
  'beasiswa',
];
const DISASTERS = [
  'Gempa',
  'Banjir bandang',
  'Tsunami',
  'Longsor',
  'Angin puting beliung',
  'Kebakaran hutan',
  'Gunung meletus',
  'Gelombang tinggi',
];
const HARMS = [
  'hancurkan ratusan rumah',
  'tewaskan puluhan warga',
  'putuskan jembatan',
  'rendam pusat kota',
  'sapu pesisir',
  'bikin warga mengungsi',
];
const MONTHS = 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(
  ' ',
);

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const PATTERNS: readonly ((r: Random) => string)[] = [
  (r) => `${pick(r, ['Video', 'Foto', 'Rekaman Suara', 'Artikel'])} ${person(r)} ${pick(r, DOINGS)}`,
  (r) => `${pick(r, OFFICES)} ${person(r)} ${pick(r, DOINGS)}`,
  (r) => `${person(r)} Nyatakan ${pick(r, OFFICES)} ${pick(r, DOINGS)}`,
  (r) => `${pick(r, DISASTERS)} ${pick(r, HARMS)} di ${pick(r, REGIONS)} pada ${day(r)}`,
  (r) => `Video ${pick(r, DISASTERS)} di ${pick(r, [...REGIONS, ...COUNTRIES])} ${pick(r, HARMS)}`,
  (r) =>
    `Lowongan Kerja ${pick(r, FIRMS)} ${pick(r, REGIONS)} ${pick(r, MONTHS)} ${2022 + Math.floor(r() * 4)}`,
  (r) => `${pick(r, FIRMS)} Bagi-bagi ${pick(r, PRIZES)} bagi ${Math.ceil(r() * 40) * 50} Pelanggan`,
  (r) => `Undian Berhadiah ${pick(r, PRIZES)} dari ${pick(r, FIRMS)}`,
  (r) =>
    `Akun ${pick(r, ['WhatsApp', 'Facebook', 'TikTok', 'Instagram'])} ${pick(r, OFFICES)} ${pick(r, REGIONS)} ${person(r)} Minta Sumbangan`,
  (r) => `${capital(pick(r, THINGS))} Sembuhkan ${pick(r, ILLS)} dalam ${Math.ceil(r() * 30)} Hari`,
  (r) =>
    `${capital(pick(r, THINGS))} dari ${pick(r, COUNTRIES)} Mengandung ${pick(r, ['racun', 'babi', 'cacing', 'plastik', 'formalin'])}`,
  (r) =>
    `${pick(r, COUNTRIES)} Kirim ${Math.ceil(r() * 90)} Ribu ${pick(r, ['tentara', 'pekerja', 'pengungsi', 'kapal perang'])} ke ${pick(r, [...REGIONS, ...COUNTRIES])}`,
  (r) =>
    `Pemerintah Hapus ${pick(r, ['pajak kendaraan', 'subsidi listrik', 'utang petani', 'tunjangan guru', 'iuran BPJS'])} Mulai ${day(r)}`,
  (r) =>
    `Bantuan ${pick(r, ['BLT', 'PKH', 'UMKM', 'tunai pelajar', 'lansia'])} Rp${Math.ceil(r() * 50) * 100} Ribu lewat Tautan ${pick(r, FIRMS)}`,
  (r) => `Foto ${capital(pick(r, THINGS))} di ${pick(r, REGIONS)} Roboh Akibat ${pick(r, DISASTERS)}`,
  (r) => `Surat Panggilan Tes ${pick(r, FIRMS)} Atas Nama ${person(r)}`,
];

function person(random: Random): string {
  return `${pick(random, FIRST)} ${pick(random, LAST)}`;
}

function day(random: Random): string {
  return `${Math.ceil(random() * 28)} ${pick(random, MONTHS)} ${2022 + Math.floor(random() * 4)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `count` different titles about invented people, from templates. */
export function inventedTitles(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const titles = new Set<string>();
  while (titles.size < count) titles.add(pick(random, PATTERNS)(random));
  return [...titles];
}

/**
 * `count` titles mixed from `titles`: rare words exchanged for other rare words, and walks from title to title over the
 * words that they share. They have the vocabulary of the real ones and are far harder to tell from them than invented
 * ones; none holds more than half of a real title.
 */
export function mixedTitles(titles: readonly string[], count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const words = titles.map((title) => title.trim().split(/\s+/));
  const found = new Map<string, number>();
  for (const list of words)
    for (const word of new Set(list.map(plain))) found.set(word, (found.get(word) ?? 0) + 1);
  const rare = [
    ...new Set(words.flat().filter((word) => found.get(plain(word))! <= 2 && /[a-z]{4}/i.test(word))),
  ];
  const tooNear = nearness(words, found);
  const mixed = new Set<string>();
  for (let tries = 0; mixed.size < count && tries < count * 50; tries++) {
    const list = tries % 3 === 2 ? walk(words, random) : exchange(pick(random, words), found, rare, random);
    if (list.length >= 4 && !tooNear(list)) mixed.add(list.join(' '));
  }
  return [...mixed];
}

function exchange(
  words: readonly string[],
  found: ReadonlyMap<string, number>,
  rare: readonly string[],
  random: Random,
): string[] {
  return words.map((word) => {
    if (/^\d/.test(word)) return String(Math.ceil(random() * 30));
    const times = found.get(plain(word))!;
    const odds = times <= 2 ? 0.75 : times <= 8 ? 0.3 : 0;
    return random() < odds ? pick(random, rare) : word;
  });
}

function walk(words: readonly (readonly string[])[], random: Random): string[] {
  let title = pick(random, words);
  const result: string[] = [];
  for (let at = 0; at < title.length && result.length < 16; at++) {
    const word = title[at]!;
    result.push(word);
    const other = pick(random, words);
    const place = random() < 0.6 ? other.findIndex((one) => plain(one) === plain(word)) : -1;
    if (place >= 0) [title, at] = [other, place];
    else if (random() < 0.15) [title, at] = [other, Math.floor(random() * other.length) - 1];
  }
  return result;
}

function nearness(
  titles: readonly (readonly string[])[],
  found: ReadonlyMap<string, number>,
): (words: readonly string[]) => boolean {
  const weigh = (word: string): number => Math.log(1 + titles.length / (found.get(word) ?? 1));
  const sets = titles.map((words) => {
    const set = [...new Set(words.map(plain))];
    return { set, all: set.reduce((sum, word) => sum + weigh(word), 0) };
  });
  return (words) => {
    const mine = new Set(words.map(plain));
    return sets.some(
      ({ set, all }) => set.reduce((sum, word) => sum + (mine.has(word) ? weigh(word) : 0), 0) > all / 2,
    );
  };
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}
