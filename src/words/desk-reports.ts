/** Words of the desk's page of reports, Indonesian and English. */

const en = {
  title: 'Reports',
  intro:
    'A report for briefing others: counts and stories, no account, author or link to one. Each download is recorded with who took it.',
  span: 'A day or a week',
  kind: 'Report',
  kinds: { daily: 'one day', weekly: 'seven days' },
  date: 'Day, or the last of the week',
  narrative: 'One narrative',
  narrativeId: 'Id of the narrative',
  narrativeHint: 'As it stands at the end of the narrative’s address.',
  format: 'File',
  formats: {
    html: 'HTML, a page to read and print',
    pdf: 'PDF',
    md: 'Markdown',
    csv: 'CSV, tables',
    xlsx: 'XLSX, tables as a workbook',
    json: 'JSON, for tools',
  },
  language: 'Language',
  languages: { id: 'Bahasa Indonesia', en: 'English' },
  make: 'Download',
  ofNarrative: 'Report of this narrative',
  zone: (zone: string) => `Days begin at 00:00 ${zone}, the zone of your unit.`,
};

export type ReportPageWords = typeof en;

const id: ReportPageWords = {
  title: 'Laporan',
  intro:
    'Laporan untuk memberi tahu pihak lain: hitungan dan narasi, tanpa akun, penulis atau tautan ke akun. Setiap unduhan dicatat dengan pengambilnya.',
  span: 'Sehari atau seminggu',
  kind: 'Laporan',
  kinds: { daily: 'satu hari', weekly: 'tujuh hari' },
  date: 'Hari, atau hari terakhir minggunya',
  narrative: 'Satu narasi',
  narrativeId: 'Id narasi',
  narrativeHint: 'Tertera di akhir alamat halaman narasi.',
  format: 'Berkas',
  formats: {
    html: 'HTML, halaman untuk dibaca dan dicetak',
    pdf: 'PDF',
    md: 'Markdown',
    csv: 'CSV, tabel',
    xlsx: 'XLSX, tabel dalam buku kerja',
    json: 'JSON, untuk alat lain',
  },
  language: 'Bahasa',
  languages: { id: 'Bahasa Indonesia', en: 'English' },
  make: 'Unduh',
  ofNarrative: 'Laporan narasi ini',
  zone: (zone) => `Hari dimulai pukul 00.00 ${zone}, zona satuan Anda.`,
};

/** The words of the page in a language. */
export function reportPageWords(language: 'id' | 'en'): ReportPageWords {
  return language === 'id' ? id : en;
}
