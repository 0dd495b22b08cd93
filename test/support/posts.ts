/** Invented posts by invented people, for runs that need many. The hateful ones are named as such. */

export interface InventedPost {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  readonly created_at: string;
  readonly source: string;
}

const HARMLESS = [
  'Selamat pagi warga RT {n}, jangan lupa kerja bakti hari Minggu jam {h} ya',
  'Harga cabai di pasar naik lagi jadi {n} ribu, ibu-ibu pusing',
  'Pemerintah gagal total mengurus banjir, menterinya mundur saja! Sudah {n} hari kami menunggu',
  'Baru selesai nonton film horor sama adik, ceritanya lumayan {n}/10',
  'Bus nomor {n} telat {h} menit, besok naik kereta saja',
  'Umat Kristen dan Islam di kampung {n} bersama membersihkan rumah ibadah pukul {h}.00',
  'Polisi menangkap pria yang menyebarkan ujaran kebencian di jalan {n}',
  'Anjing tetangga melahirkan {n} ekor, lucu semua, siapa mau adopsi?',
];

/** Hateful text, needed to see what lands. */
const HATEFUL = [
  'Usir semua orang Papua dari kampung {p} {n} ini sekarang juga!',
  'Orang Kristen di {p} itu hama, basmi mereka semua jam {h}',
  'Dasar Cina babi, bunuh saja mereka {n} orang di {p} itu',
  'Kaum Syiah bukan manusia, mereka parasit nomor {n} di {p}',
];

/** Invented places: of copies of one text, whatever its numbers, only so many become items of their own. */
const PLACES = ['Lem', 'Tan', 'Kar', 'Wono', 'Sum', 'Reng', 'Pur', 'Mar', 'Jati', 'Banyu'].flatMap((one) =>
  ['ba', 'du', 'ga', 'li', 'mo', 'ne', 'ru', 'sa', 'ti', 'wa'].map((two) => `${one}${two}sari`),
);

/** `count` posts, the same for the same count; about one in eight is hateful. */
export function inventedPosts(count: number, source = 'rekaan'): InventedPost[] {
  return Array.from({ length: count }, (_, index) => {
    const nth = Math.floor(index / 8);
    const template =
      (index % 8 === 3 ? HATEFUL[nth % HATEFUL.length] : HARMLESS[(index * 7) % HARMLESS.length]) ?? '';
    return {
      id: `p${index}`,
      text: template
        .replace('{n}', String(index))
        .replace('{h}', String(6 + (index % 12)))
        .replace('{p}', PLACES[Math.floor(nth / HATEFUL.length) % PLACES.length] ?? ''),
      author: `warga-rekaan-${index % 97}`,
      created_at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
      source,
    };
  });
}

/** Posts as JSON Lines. */
export function jsonLines(posts: readonly InventedPost[]): string {
  return posts.map((post) => `${JSON.stringify(post)}\n`).join('');
}
