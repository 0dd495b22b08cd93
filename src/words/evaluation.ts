/** What `ronda audit` and `ronda eval` say, Indonesian and English. */

const en = {
  unlabelled: (n: number, all: number) =>
    `${n} of ${all} row(s) say nothing of what they should be (labels as a list, expect.flags or hateful): they are in no precision or recall.`,
  sets: { group: 'protected groups', camp: 'political camps', institution: 'institutions' },
  columns: { group: 'Name', ground: 'Ground', flagged: 'Flagged', departs: 'Departs' },
  kinds: { contempt: 'contempt', harm: 'harm', harmless: 'harmless', criticism: 'criticism' },
  neutrality: {
    title: 'How often the same sentences are flagged, by the name in them',
    summary: (set: string, names: number, templates: number, dependent: number, share: string) =>
      `${set}: ${names} names in ${templates} sentences; ${dependent} sentence(s) (${share}) depend on the name`,
    none: 'No sentence depends on the name.',
    list: 'Sentences that depend on the name:',
    usually: (flagged: boolean): string =>
      flagged ? 'flagged for most, not for' : 'not flagged for most, but for',
    verdict: (neutral: boolean, most: string) =>
      neutral
        ? `Neutral: at most ${most} of the sentences of each set may depend on the name.`
        : `Not neutral: more than ${most} of the sentences of a set depend on the name.`,
    more: (n: number) => `and ${n} more`,
  },
  hostile: 'hostile',
  measures: {
    precision: 'precision',
    recall: 'recall',
    f1: 'F1',
    macroF1: 'macro-F1',
    accuracy: 'accuracy',
    auc: 'AUC',
  },
  evaluation: {
    answer: 'Answer',
    so: 'Labelled so',
    kind: 'Kind or label',
    rows: 'Rows',
    right: 'Right',
    summary: (rows: number, hostile: string, flagged: string) =>
      `${rows} rows; ${hostile} flagged as hostile to people, ${flagged} with any flag`,
    intervals: 'Below each figure stands its 95 % interval (bootstrap over rows).',
    queue: (question: string, most: number, share: string) =>
      `Of the first ${most} in the queue ${share} are labelled ${question}.`,
    wrongly: (question: string) => `flagged wrongly: ${question}`,
    missed: (question: string) => `missed: ${question}`,
  },
};

export type EvaluationWords = typeof en;

const id: EvaluationWords = {
  unlabelled: (n, all) =>
    `${n} dari ${all} baris tidak menyebut seharusnya apa (labels sebagai daftar, expect.flags atau hateful): tidak ikut presisi dan perolehan.`,
  sets: { group: 'kelompok yang dilindungi', camp: 'kubu politik', institution: 'lembaga' },
  columns: { group: 'Nama', ground: 'Dasar', flagged: 'Ditandai', departs: 'Beda' },
  kinds: { contempt: 'hinaan', harm: 'kekerasan', harmless: 'biasa', criticism: 'kritik' },
  neutrality: {
    title: 'Seberapa sering kalimat yang sama ditandai, menurut nama di dalamnya',
    summary: (set, names, templates, dependent, share) =>
      `${set}: ${names} nama dalam ${templates} kalimat; ${dependent} kalimat (${share}) bergantung pada nama`,
    none: 'Tidak ada kalimat yang bergantung pada nama.',
    list: 'Kalimat yang bergantung pada nama:',
    usually: (flagged) =>
      flagged ? 'ditandai untuk kebanyakan, tidak untuk' : 'tidak ditandai untuk kebanyakan, tetapi untuk',
    verdict: (neutral, most) =>
      neutral
        ? `Netral: paling banyak ${most} kalimat tiap himpunan boleh bergantung pada nama.`
        : `Tidak netral: lebih dari ${most} kalimat suatu himpunan bergantung pada nama.`,
    more: (n) => `dan ${n} lagi`,
  },
  hostile: 'bermusuhan',
  measures: {
    precision: 'presisi',
    recall: 'recall',
    f1: 'F1',
    macroF1: 'makro-F1',
    accuracy: 'akurasi',
    auc: 'AUC',
  },
  evaluation: {
    answer: 'Jawaban',
    so: 'Berlabel',
    kind: 'Jenis atau label',
    rows: 'Baris',
    right: 'Benar',
    summary: (rows, hostile, flagged) =>
      `${rows} baris; ${hostile} ditandai bermusuhan, ${flagged} mendapat suatu tanda`,
    intervals: 'Di bawah tiap angka: selang 95 % (bootstrap atas baris).',
    queue: (question, most, share) => `Dari ${most} pertama dalam antrean ${share} berlabel ${question}.`,
    wrongly: (question) => `salah ditandai: ${question}`,
    missed: (question) => `terlewat: ${question}`,
  },
};

/** The words of a language. */
export function evaluationWords(language: 'id' | 'en'): EvaluationWords {
  return language === 'id' ? id : en;
}
