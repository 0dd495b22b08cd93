/** Words of what is kept and forgotten, Indonesian and English. */

interface Forgotten {
  readonly items: { readonly dismissed: number; readonly closed: number; readonly 'not-flagged': number };
  readonly runs: number;
  readonly counts: number;
  readonly rejects: number;
}

const en = {
  purged: ({ items, runs, counts, rejects }: Forgotten) =>
    `Removed: ${items.dismissed} dismissed item(s), ${items.closed} closed, ${items['not-flagged']} no longer flagged; ${runs} run(s), ${counts} hourly count(s), ${rejects} file(s) of rejected rows.`,
  purgedMore: (seen: number, dead: number) =>
    `Forgotten: ${seen} post(s) known as seen, ${dead} dead letter(s).`,
  due: ({ items, runs, counts, rejects }: Forgotten) =>
    `Would be removed now: ${items.dismissed} dismissed item(s), ${items.closed} closed, ${items['not-flagged']} no longer flagged; ${runs} run(s), ${counts} hourly count(s), ${rejects} file(s) of rejected rows. Nothing was changed.`,
  erased: (named: string, items: readonly number[]) =>
    items.length === 0
      ? `${named}: no item has it; it is remembered (as a hash) and will not land.`
      : `${named}: item ${items.join(', ')} erased with everything that belonged to it.`,
  inCase: (named: string, items: readonly number[]) =>
    `${named}: item ${items.join(', ')} is escalated, so nothing of it was erased; release the case first, or say --cases.`,
  swept: (batches: number, rejects: number) =>
    `Also taken out of ${batches} batch(es) on the queues and ${rejects} rejected row(s).`,
  logKept:
    'Another process is reading the store: its log will be emptied by the next purge (within the hour).',
};

const id: typeof en = {
  purged: ({ items, runs, counts, rejects }) =>
    `Dihapus: ${items.dismissed} butir yang ditepis, ${items.closed} yang ditutup, ${items['not-flagged']} yang tidak lagi ditandai; ${runs} proses, ${counts} hitungan per jam, ${rejects} berkas baris tertolak.`,
  purgedMore: (seen, dead) => `Dilupakan: ${seen} unggahan yang pernah dilihat, ${dead} kiriman mati.`,
  due: ({ items, runs, counts, rejects }) =>
    `Akan dihapus saat ini: ${items.dismissed} butir yang ditepis, ${items.closed} yang ditutup, ${items['not-flagged']} yang tidak lagi ditandai; ${runs} proses, ${counts} hitungan per jam, ${rejects} berkas baris tertolak. Tidak ada yang diubah.`,
  erased: (named, items) =>
    items.length === 0
      ? `${named}: tidak ada butirnya; diingat (sebagai hash) dan tidak akan masuk.`
      : `${named}: butir ${items.join(', ')} dihapus beserta semua yang menyertainya.`,
  inCase: (named, items) =>
    `${named}: butir ${items.join(', ')} sedang dieskalasi, jadi tidak ada yang dihapus; lepaskan dahulu perkaranya, atau pakai --cases.`,
  swept: (batches, rejects) =>
    `Juga dikeluarkan dari ${batches} kiriman di antrean dan ${rejects} baris tertolak.`,
  logKept:
    'Proses lain sedang membaca simpanan: lognya dikosongkan oleh pembersihan berikut (dalam satu jam).',
};

export function keepingWords(language: 'en' | 'id'): typeof en {
  return language === 'id' ? id : en;
}
