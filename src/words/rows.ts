/** Words on rows of files as they are read, Indonesian and English. */
export interface RowWords {
  /** @param n rows of a file that say a time which is not to be believed */
  untimed(file: string, n: number): string;
}

const en: RowWords = {
  untimed: (file, n) =>
    `${file}: ${n} row(s) say a time that cannot be read, or one more than a year ahead. They were assessed, and count in ` +
    'trends as of now. Write ISO 8601 (2026-11-22T07:30:00+07:00) or seconds since 1970, or name the column (--columns created_at=…; "columns" in ronda.yaml).',
};

const id: RowWords = {
  untimed: (file, n) =>
    `${file}: ${n} baris menyebut waktu yang tidak terbaca, atau lebih dari setahun ke depan. Baris itu tetap dinilai, dan di ` +
    'tren dihitung sebagai sekarang. Tulis ISO 8601 (2026-11-22T07:30:00+07:00) atau detik sejak 1970, atau sebut kolomnya (--columns created_at=…; "columns" di ronda.yaml).',
};

export function rowWords(language: 'id' | 'en'): RowWords {
  return language === 'en' ? en : id;
}
