import { seededRandom } from '../src/classify/seeded-random.js';
import type { Entry, Kind } from '../src/lexicon/entry.js';

/** What an invented post is, so that a figure can say what it was measured on. */
export type PostKind = 'talk' | 'criticism' | 'hateful';

export interface InventedPost {
  readonly id: string;
  readonly text: string;
  readonly kind: PostKind;
}

const PEOPLE = [
  'Rara',
  'Bu Tini',
  'Pak Jono',
  'Mbak Wulan',
  'Bang Togar',
  'Kang Asep',
  'tetangga',
  'teman kantor',
  'adikku',
  'kakak',
  'ibu',
  'anak kos',
  'tukang parkir',
  'sopir angkot',
  'pacarku',
  'sepupu',
];
const PLACES = [
  'Bandung',
  'pasar',
  'stasiun',
  'kampus',
  'Medan',
  'warung depan',
  'kantor',
  'Surabaya',
  'alun-alun',
  'pantai',
  'kos',
  'Makassar',
  'jalan tol',
  'rumah nenek',
  'lapangan',
  'Jogja',
];
const DOING = [
  'beli kopi',
  'nonton bola',
  'masak rendang',
  'nunggu bus',
  'ngerjain tugas',
  'jalan-jalan',
  'main gitar',
  'belajar bahasa Inggris',
  'nyuci motor',
  'antre bensin',
  'makan bakso',
  'cari kado',
  'ngobrol soal film',
  'olahraga pagi',
  'baca novel',
  'dengerin lagu lama',
];
const TIMES = [
  'tadi pagi',
  'kemarin',
  'semalam',
  'minggu lalu',
  'barusan',
  'pas hujan',
  'sebelum magrib',
  'habis lebaran',
  'besok',
  'sore ini',
  'jam 7',
  'tiap Jumat',
];
const FEELINGS = [
  'seru bgt',
  'capek sih',
  'lumayan lah',
  'gak nyangka',
  'alhamdulillah lancar',
  'agak kecewa',
  'wkwkwk ngakak',
  'jadi kangen rumah',
  'pengen lagi',
  'bikin lapar',
  'deg-degan',
  'yg penting sehat',
];
const LINKS = ['tapi', 'terus', 'soalnya', 'padahal', 'makanya', 'dan', 'sampe', 'walaupun', 'trs'];
const OFFICES = [
  'pemerintah kota',
  'dinas perhubungan',
  'DPR',
  'pak bupati',
  'PLN',
  'panitia pemilu',
  'kementerian',
  'pengelola tol',
  'gubernur',
  'kepala desa',
];
const COMPLAINTS = [
  'lambat banget nanggepin laporan warga',
  'harus jelasin anggaran perbaikan jalan',
  'janji doang dari dulu',
  'gagal atur jadwal bantuan',
  'gak becus ngurus banjir',
  'naikin tarif tanpa penjelasan',
  'tutup mata soal sampah di kali',
  'kerjanya pencitraan terus',
];
const SYLLABLES = [
  'ba',
  'ti',
  'ram',
  'sel',
  'ku',
  'pan',
  'do',
  'leng',
  'mi',
  'jar',
  'wo',
  'nu',
  'gi',
  'tas',
  'rin',
  'yo',
  'cek',
  'la',
  'sum',
  'per',
  'ket',
  'bo',
  'nga',
  'du',
];
const AFFIXES = [
  ['', ''],
  ['', ''],
  ['me', 'kan'],
  ['di', ''],
  ['ber', ''],
  ['ke', 'an'],
  ['pe', 'an'],
  ['', 'nya'],
  ['ter', ''],
  ['', 'in'],
] as const;
const ENDINGS = [
  '',
  '',
  '',
  '!',
  '...',
  ' 😂',
  ' 🙏🙏',
  ' #KabarPagi',
  ' #jalanJalan',
  ' https://contoh.example/p/81',
  ' wkwk',
  '?',
];
const OTHER_LANGUAGES = [
  'aku arep mulih dhisik yo, wis sore banget',
  'abdi teh nuju di jalan, engke deui nya',
  'honestly this week has been way too long for everyone here',
  'saya nak pergi kedai sekejap, nanti kita jumpa balik',
];

/** How an invented hateful post is built from entries of these kinds. */
const HATEFUL: readonly (readonly (Kind | string)[])[] = [
  ['usir semua', 'group', 'dari kampung kita, mereka', 'negative-attribute'],
  ['dasar', 'slur', ', kelakuannya', 'negative-attribute', 'semua'],
  ['group', 'itu', 'dehumanising-noun', ', jangan kasih tempat di sini'],
  ['ayo kita', 'hostile-predicate', 'group', 'besok malam'],
  ['gue', 'negative-emotion', 'sama', 'group', ', apalagi yang di sini'],
];

/**
 * Invented posts of 200 characters on average, the same for the same seed. About one word in eight is made up anew,
 * so that no memory of words flatters a figure. Of ten posts one is hateful, its charged words taken from the
 * lexicon; one and a half criticise an office.
 */
export function inventPosts(count: number, seed: number, entries: readonly Entry[]): InventedPost[] {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const termsOf = new Map<string, string[]>();
  for (const { kind, term } of entries) {
    if (term.includes('..')) continue;
    const terms = termsOf.get(kind);
    if (terms === undefined) termsOf.set(kind, [term]);
    else terms.push(term);
  }
  const madeUp = (): string => {
    const [prefix, suffix] = pick(AFFIXES);
    let word: string = prefix;
    for (let left = 2 + Math.floor(random() * 2); left > 0; left -= 1) word += pick(SYLLABLES);
    return word + suffix;
  };
  const talk = (): string => {
    const sentence = [
      pick(TIMES),
      pick(PEOPLE),
      pick(DOING),
      random() < 0.5 ? `sama ${pick(PEOPLE)}` : madeUp(),
      `di ${pick(PLACES)}`,
      pick(LINKS),
      madeUp(),
      pick(FEELINGS),
    ];
    if (random() < 0.3) sentence.splice(4, 0, madeUp());
    return sentence.join(' ');
  };
  const criticism = (): string =>
    `${pick(OFFICES)} ${pick(COMPLAINTS)}, ${pick(TIMES)} ${madeUp()} di ${pick(PLACES)} ${pick(FEELINGS)}`;
  const hateful = (): string =>
    pick(HATEFUL)
      .map((part) => pick(termsOf.get(part) ?? [part]))
      .join(' ')
      .replaceAll(' ,', ',');

  return Array.from({ length: count }, (_, n) => {
    const draw = random();
    const kind: PostKind = draw < 0.1 ? 'hateful' : draw < 0.25 ? 'criticism' : 'talk';
    // Lengths differ as those of real posts do, around 200.
    const wanted = 38 + Math.floor((random() + random()) * 115);
    let text = random() < 0.2 ? `@${madeUp()} ` : random() < 0.05 ? `RT @${madeUp()}: ` : '';
    let at = 0;
    while (text.length < wanted) {
      const lead = at === 0 ? '' : pick(['. ', ', ', '\n', '! ', ' ']);
      const part =
        at === 0 && kind !== 'talk'
          ? kind === 'hateful'
            ? hateful()
            : criticism()
          : random() < 0.04
            ? pick(OTHER_LANGUAGES)
            : talk();
      text += lead + (random() < 0.3 ? part.charAt(0).toUpperCase() + part.slice(1) : part);
      at += 1;
    }
    return { id: `bench-${seed}-${n}`, text: text + pick(ENDINGS), kind };
  });
}

/** Posts of a kind in every hundred, and the mean length, as a report says them. */
export function describePosts(posts: readonly { readonly text: string; readonly kind?: PostKind }[]): string {
  const mean = posts.reduce((sum, { text }) => sum + text.length, 0) / posts.length;
  const share = (kind: PostKind): string =>
    `${Math.round((100 * posts.filter((post) => post.kind === kind).length) / posts.length)} % ${kind}`;
  const kinds =
    posts[0]?.kind === undefined ? '' : ` (${share('talk')}, ${share('criticism')}, ${share('hateful')})`;
  return `${posts.length} posts of ${Math.round(mean)} characters on average${kinds}`;
}
