import type { UiLanguage } from './catalogue.js';

/** Words about regions: the map of provinces, and where a region comes from. */
export interface RegionWords {
  /** Behind a region that was read out of a text. */
  readonly fromText: string;
  readonly fromTextHint: string;
  readonly unknown: string;
  readonly map: {
    readonly title: string;
    desc(most: string, posts: string, withNone: number): string;
    tile(province: string, posts: string): string;
    readonly none: string;
    range(from: string, to: string): string;
    /** Above the table of the same numbers. */
    readonly table: string;
    readonly province: string;
    readonly posts: string;
    others(provinces: number): string;
  };
  /** The licence of the list of areas asks for it wherever it is shown. */
  readonly attribution: string;
}

const ID: RegionWords = {
  fromText: 'dari teks',
  fromTextHint:
    'Wilayah ini dibaca dari nama tempat dalam teks dan bisa keliru; sumbernya tidak menyebut wilayah.',
  unknown: 'tidak diketahui',
  map: {
    title: 'Unggahan per provinsi',
    desc: (most, posts, withNone) =>
      `Peta petak 38 provinsi. Terbanyak: ${most}, ${posts}. Tanpa unggahan: ${withNone} provinsi. Angkanya ada dalam tabel.`,
    tile: (province, posts) => `${province}: ${posts}`,
    none: 'tidak ada',
    range: (from, to) => (from === to ? from : `${from}–${to}`),
    table: 'Angka peta',
    province: 'Provinsi',
    posts: 'Unggahan',
    others: (provinces) => `${provinces} provinsi lain`,
  },
  attribution: 'Daftar wilayah: idn-area-data (ODbL 1.0)',
};

const EN: RegionWords = {
  fromText: 'from the text',
  fromTextHint: 'This region was read from a place name in the text and may be wrong; the source names none.',
  unknown: 'unknown',
  map: {
    title: 'Posts by province',
    desc: (most, posts, withNone) =>
      `A tile map of the 38 provinces. Most: ${most}, ${posts}. Without a post: ${withNone} provinces. The numbers are in the table.`,
    tile: (province, posts) => `${province}: ${posts}`,
    none: 'none',
    range: (from, to) => (from === to ? from : `${from}–${to}`),
    table: 'Numbers of the map',
    province: 'Province',
    posts: 'Posts',
    others: (provinces) => `${provinces} other provinces`,
  },
  attribution: 'List of areas: idn-area-data (ODbL 1.0)',
};

export function regionWords(language: UiLanguage): RegionWords {
  return language === 'id' ? ID : EN;
}
