/** Words of `ronda watch` and `ronda regions`, Indonesian and English. */

const en = {
  columns: { state: 'State', from: 'From', to: 'To', topic: 'Topic', weight: 'Weight', id: 'Id' },
  states: { active: 'active', next: 'next', over: 'over' },
  unsure: 'days not certain',
  none: 'No topic is watched, and none follows.',
  days: 'Days are those in Jakarta, both included.',
  problems: {
    match: 'is not found on the topic, though it is said to be',
    noMatch: 'is found on the topic, though it is said not to be',
    partisan: 'names a group, a camp, a party or a person: a watch list watches no side',
  },
  checked: (topics: number, faults: number) => `${topics} topics, ${faults} faults`,
  placeProblems: {
    match: 'the place is not found',
    noMatch: 'a place is found where none is named',
    'needs-noMatch': 'an ambiguous name needs a text in which it is no place (noMatch)',
  },
  namesChecked: (names: number, faults: number) => `${names} rows of names, ${faults} faults`,
  region: 'Region',
  unknown: 'unknown',
  place: (name: string, means: string) => `${name}: ${means}`,
};

const id: typeof en = {
  columns: { state: 'Keadaan', from: 'Dari', to: 'Sampai', topic: 'Topik', weight: 'Bobot', id: 'Id' },
  states: { active: 'aktif', next: 'berikutnya', over: 'lewat' },
  unsure: 'tanggal belum pasti',
  none: 'Tidak ada topik yang dipantau, dan tidak ada yang menyusul.',
  days: 'Tanggal menurut Jakarta, hari pertama dan terakhir termasuk.',
  problems: {
    match: 'tidak ditemukan pada topiknya, padahal seharusnya',
    noMatch: 'ditemukan pada topiknya, padahal seharusnya tidak',
    partisan: 'menyebut kelompok, kubu, partai, atau orang: daftar pantauan tidak memihak',
  },
  checked: (topics, faults) => `${topics} topik, ${faults} kesalahan`,
  placeProblems: {
    match: 'tempatnya tidak ditemukan',
    noMatch: 'ditemukan tempat padahal tidak disebut',
    'needs-noMatch': 'nama yang bermakna ganda perlu contoh yang bukan tempat (noMatch)',
  },
  namesChecked: (names, faults) => `${names} baris nama, ${faults} kesalahan`,
  region: 'Wilayah',
  unknown: 'tidak diketahui',
  place: (name, means) => `${name}: ${means}`,
};

export function watchWords(language: 'en' | 'id'): typeof en {
  return language === 'id' ? id : en;
}
