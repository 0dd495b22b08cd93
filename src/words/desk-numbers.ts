/** Words of the rooms of numbers and of neutrality, Indonesian and English. */

const en = {
  days: (n: number) => (n === 1 ? 'today' : `${n} days`),
  period: 'Period',
  dayHint: 'Days begin at midnight in Jakarta (WIB), for every unit alike.',
  countedFrom: (at: string) => `Counted since ${at}; what landed before is not in these numbers.`,
  nothing: 'Nothing was counted in this period.',
  table: 'The figures',
  landed: 'Landed',
  passed: 'Not brought here',
  decided: 'Decided',
  judged: 'Judged',
  outcomes: {
    violation: 'Violation',
    hoax: 'Hoax',
    escalated: 'Approved case',
    dismissed: 'No violation',
    duplicate: 'Duplicate',
    outOfScope: 'Out of scope',
  },
  numbers: {
    intro:
      'Sums alone: no account, no name, no text. An item is counted when it lands and when it is decided; an undone decision is taken out again.',
    series: 'Landed and decided',
    byHour: 'by hour',
    byDay: 'by day',
    dismissed: 'Share dismissed',
    dismissedHint: (of: number) =>
      `of ${of} judged: protected expression. Duplicates and what is out of scope say nothing about it and are left out.`,
    arrival: 'From post to desk',
    decision: 'From desk to decision',
    median: 'median',
    p95: '95 % within',
    delayHint: 'Delays are counted in classes; each figure is right within a tenth.',
    outcomesTitle: 'What decisions came to',
    by: {
      level: 'By level',
      flag: 'By category',
      source: 'By source',
      language: 'By language',
      region: 'By region',
    },
    flagHint: 'An item may have several categories.',
    unknown: 'unknown',
    unit: (id: string) => `handed to ${id}`,
    more: (n: number) => `${n} further rows with fewer items`,
    peak: (n: string) => `most: ${n}`,
  },
  neutrality: {
    intro:
      'How evenly the machine flags and people decide. The same sentence must be treated alike, whichever group or camp it is about.',
    groups: 'Protected groups',
    camps: 'Political camps and institutions',
    campsHint:
      'Criticism of them is no violation. What was found against them should mostly not come here, and of what comes, much may be dismissed.',
    target: 'About',
    flagged: 'Brought here',
    flaggedHint: 'of the posts in which something was found against them',
    dismissed: 'Dismissed',
    dismissedHint: 'of the items judged',
    apart: {
      above: 'dismissed more often than the rest',
      below: 'dismissed less often than the rest',
    },
    noTargets: 'Nothing was found against anybody in this period.',
    agreement: 'Agreement of reviewers',
    agreementIntro:
      'A share of decided items is decided again by somebody else who does not see the first verdict.',
    noPairs: 'No item was decided twice in this period.',
    pairs: (n: number) => `${n} item(s) decided twice`,
    observed: 'agree',
    expected: 'would agree by chance',
    kappa: 'Cohen’s kappa',
    kappaNone: 'cannot be told: both always gave the same verdict',
    few: (n: number) =>
      `Fewer than ${n} pairs: kappa may lie anywhere in its interval, and the interval itself is rough. Draw no conclusion about anybody.`,
    first: 'First',
    second: 'Second',
    rules: 'Lexicon entries and rules whose hits are mostly dismissed',
    rulesHint: (least: number, looked: number) =>
      `Of ${looked} with ${least} decisions or more. For those who keep the lexicon: an entry here asks for an exception, a smaller weight, or to be taken out. Counted by whole weeks and over all regions.`,
    rulesNone: 'None.',
    rule: 'Entry or rule',
    interval: '95 % interval',
    limitsTitle: 'What these numbers cannot say',
    limits: [
      'Why rates differ. A group that is attacked more is flagged more; that alone is no bias of the machine.',
      'What is never seen. Posts that no source gives, and posts in which nothing was found, are in no row.',
      'That one row among many stands apart by chance. With twenty rows about one does; look at its items before changing anything.',
      'Whether decisions are right. Two people can agree and both be wrong; agreement measures that they read alike.',
      'Anything about a single colleague. Nothing here is counted by person.',
    ],
  },
};

export type NumbersWords = typeof en;

const id: NumbersWords = {
  days: (n) => (n === 1 ? 'hari ini' : `${n} hari`),
  period: 'Kurun waktu',
  dayHint: 'Hari dimulai pukul 00.00 WIB, sama bagi semua satuan.',
  countedFrom: (at) => `Dihitung sejak ${at}; yang masuk sebelumnya tidak termasuk.`,
  nothing: 'Tidak ada yang terhitung dalam kurun ini.',
  table: 'Angkanya',
  landed: 'Masuk',
  passed: 'Tidak dibawa ke sini',
  decided: 'Diputuskan',
  judged: 'Dinilai',
  outcomes: {
    violation: 'Pelanggaran',
    hoax: 'Hoaks',
    escalated: 'Perkara disetujui',
    dismissed: 'Bukan pelanggaran',
    duplicate: 'Duplikat',
    outOfScope: 'Di luar lingkup',
  },
  numbers: {
    intro:
      'Hanya jumlah: tanpa akun, tanpa nama, tanpa teks. Butir dihitung ketika masuk dan ketika diputuskan; putusan yang diurungkan dikeluarkan lagi.',
    series: 'Masuk dan diputuskan',
    byHour: 'per jam',
    byDay: 'per hari',
    dismissed: 'Bagian yang bukan pelanggaran',
    dismissedHint: (of) =>
      `dari ${of} yang dinilai: ekspresi yang dilindungi. Duplikat dan yang di luar lingkup tidak menerangkan hal ini, jadi tidak dihitung.`,
    arrival: 'Dari unggahan ke meja',
    decision: 'Dari meja ke putusan',
    median: 'median',
    p95: '95 % dalam',
    delayHint: 'Jeda dihitung dalam kelas; tiap angka benar dalam sepersepuluh.',
    outcomesTitle: 'Hasil putusan',
    by: {
      level: 'Per tingkat',
      flag: 'Per kategori',
      source: 'Per sumber',
      language: 'Per bahasa',
      region: 'Per wilayah',
    },
    flagHint: 'Satu butir dapat memiliki beberapa kategori.',
    unknown: 'tidak diketahui',
    unit: (unit) => `diserahkan ke ${unit}`,
    more: (n) => `${n} baris lain dengan butir lebih sedikit`,
    peak: (n) => `terbanyak: ${n}`,
  },
  neutrality: {
    intro:
      'Seberapa rata mesin menandai dan orang memutuskan. Kalimat yang sama harus diperlakukan sama, kelompok atau kubu mana pun yang disebut.',
    groups: 'Kelompok yang dilindungi',
    camps: 'Kubu politik dan lembaga',
    campsHint:
      'Kritik terhadap mereka bukan pelanggaran. Yang ditemukan terhadap mereka semestinya kebanyakan tidak sampai ke sini, dan dari yang sampai, banyak yang wajar dinyatakan bukan pelanggaran.',
    target: 'Tentang',
    flagged: 'Dibawa ke sini',
    flaggedHint: 'dari unggahan yang di dalamnya ditemukan sesuatu terhadap mereka',
    dismissed: 'Bukan pelanggaran',
    dismissedHint: 'dari butir yang dinilai',
    apart: {
      above: 'lebih sering bukan pelanggaran daripada yang lain',
      below: 'lebih jarang bukan pelanggaran daripada yang lain',
    },
    noTargets: 'Tidak ada yang ditemukan terhadap siapa pun dalam kurun ini.',
    agreement: 'Kesepakatan antarpeninjau',
    agreementIntro:
      'Sebagian butir yang sudah diputuskan diputuskan lagi oleh orang lain yang tidak melihat putusan pertama.',
    noPairs: 'Tidak ada butir yang diputuskan dua kali dalam kurun ini.',
    pairs: (n) => `${n} butir diputuskan dua kali`,
    observed: 'sepakat',
    expected: 'akan sepakat secara kebetulan',
    kappa: 'Kappa Cohen',
    kappaNone: 'tidak dapat ditentukan: keduanya selalu memberi putusan yang sama',
    few: (n) =>
      `Kurang dari ${n} pasang: kappa dapat berada di mana saja dalam selangnya, dan selang itu sendiri kasar. Jangan menarik simpulan tentang siapa pun.`,
    first: 'Pertama',
    second: 'Kedua',
    rules: 'Entri leksikon dan aturan yang temuannya kebanyakan bukan pelanggaran',
    rulesHint: (least, looked) =>
      `Dari ${looked} yang punya ${least} putusan atau lebih. Bagi penjaga leksikon: entri di sini meminta pengecualian, bobot lebih kecil, atau dihapus. Dihitung per minggu penuh dan untuk semua wilayah.`,
    rulesNone: 'Tidak ada.',
    rule: 'Entri atau aturan',
    interval: 'selang 95 %',
    limitsTitle: 'Yang tidak dapat dikatakan angka-angka ini',
    limits: [
      'Mengapa angkanya berbeda. Kelompok yang lebih banyak diserang lebih banyak ditandai; itu saja bukan bias mesin.',
      'Yang tidak pernah terlihat. Unggahan yang tidak diberikan sumber mana pun, dan yang di dalamnya tidak ditemukan apa-apa, tidak ada di baris mana pun.',
      'Bahwa satu baris di antara banyak baris menonjol karena kebetulan. Dari dua puluh baris kira-kira satu begitu; lihat butirnya dahulu sebelum mengubah apa pun.',
      'Apakah putusan itu benar. Dua orang dapat sepakat dan sama-sama keliru; kesepakatan hanya mengukur bahwa mereka membaca dengan cara sama.',
      'Apa pun tentang seorang rekan. Di sini tidak ada yang dihitung per orang.',
    ],
  },
};

/** The words of these rooms in a language. */
export function numbersWords(language: 'id' | 'en'): NumbersWords {
  return language === 'id' ? id : en;
}
