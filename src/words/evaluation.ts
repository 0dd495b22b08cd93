/** What `ronda audit` and `ronda eval` say, Indonesian and English. */

const en = {
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
};

export type EvaluationWords = typeof en;

const id: EvaluationWords = {
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
};

/** The words of a language. */
export function evaluationWords(language: 'id' | 'en'): EvaluationWords {
  return language === 'id' ? id : en;
}
