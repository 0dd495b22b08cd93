/** Words of the desk's frame and of what every page shares, Indonesian and English; each page's own stand beside these. */

const en = {
  skip: 'Skip to content',
  tagline: 'Findings are hints; a person decides.',
  rooms: {
    queue: 'Queue',
    cases: 'Cases',
    shift: 'Shift',
    today: 'Today',
    narratives: 'Narratives',
    calendar: 'Calendar',
    alerts: 'Alerts',
    reports: 'Reports',
    numbers: 'Numbers',
    neutrality: 'Neutrality',
    audit: 'Audit',
    users: 'People',
    operations: 'Operations',
    legal: 'Legal references',
    account: 'My account',
  },
  roles: {
    officer: 'officer',
    supervisor: 'supervisor',
    humas: 'public relations',
    auditor: 'auditor',
    admin: 'administrator',
  },
  logOut: 'Log out',
  theme: { label: 'Display', auto: 'as the device', light: 'light', dark: 'dark' },
  language: { label: 'Language', id: 'Bahasa Indonesia', en: 'English' },
  save: 'Save',
  cancel: 'Cancel',
  back: 'Back',
  faults: {
    notFound: 'There is no such page',
    notFoundHint: 'It may have been purged or belong to another unit. The queue shows what you can see.',
    forbidden: 'Your role does not open this page',
    forbiddenHint: 'If you need it for your work, ask your supervisor.',
    expired: 'The page was open too long',
    expiredHint: 'Nothing was changed. Go back, reload and do it again.',
    tooLarge: 'What was sent is too large',
    badRequest: 'What was sent cannot be read',
    failed: 'Something failed here; what you did was not saved',
    failedHint: 'Try again. If it happens again, tell your administrator this number:',
    tooMany: 'Too many requests; wait a little',
  },
};

export type DeskWords = typeof en;

const id: DeskWords = {
  skip: 'Langsung ke isi',
  tagline: 'Temuan adalah petunjuk; orang yang memutuskan.',
  rooms: {
    queue: 'Antrean',
    cases: 'Perkara',
    shift: 'Giliran jaga',
    today: 'Hari ini',
    narratives: 'Narasi',
    calendar: 'Kalender',
    alerts: 'Peringatan',
    reports: 'Laporan',
    numbers: 'Angka',
    neutrality: 'Kenetralan',
    audit: 'Jejak audit',
    users: 'Orang',
    operations: 'Operasi',
    legal: 'Rujukan hukum',
    account: 'Akun saya',
  },
  roles: {
    officer: 'petugas',
    supervisor: 'penyelia',
    humas: 'humas',
    auditor: 'auditor',
    admin: 'administrator',
  },
  logOut: 'Keluar',
  theme: { label: 'Tampilan', auto: 'ikut perangkat', light: 'terang', dark: 'gelap' },
  language: { label: 'Bahasa', id: 'Bahasa Indonesia', en: 'English' },
  save: 'Simpan',
  cancel: 'Batal',
  back: 'Kembali',
  faults: {
    notFound: 'Halaman itu tidak ada',
    notFoundHint: 'Mungkin sudah dihapus atau milik satuan lain. Antrean menampilkan yang dapat Anda lihat.',
    forbidden: 'Peran Anda tidak membuka halaman ini',
    forbiddenHint: 'Bila perlu untuk tugas, hubungi penyelia Anda.',
    expired: 'Halaman terbuka terlalu lama',
    expiredHint: 'Tidak ada yang berubah. Kembali, muat ulang, lalu ulangi.',
    tooLarge: 'Kiriman terlalu besar',
    badRequest: 'Kiriman tidak dapat dibaca',
    failed: 'Terjadi kegagalan di sini; yang Anda lakukan tidak tersimpan',
    failedHint: 'Coba lagi. Bila terulang, sampaikan nomor ini kepada administrator:',
    tooMany: 'Permintaan terlalu banyak; tunggu sebentar',
  },
};

/** The desk's words in a language. */
export function deskWords(language: 'id' | 'en'): DeskWords {
  return language === 'id' ? id : en;
}
