/** Words of the rooms of cases, people and the audit trail, Indonesian and English. */

const en = {
  cases: {
    proposed: 'Proposed: wait for a second person',
    approved: 'Approved cases',
    secondOpinion: 'Wait for a second opinion',
    none: 'None.',
    blind: 'Second looks',
    blindHint:
      'A share of decided items is decided again by somebody else, blind, so that agreement can be measured.',
    takeBlind: 'Take items for a second look',
  },
  people: {
    add: 'Add an account',
    name: 'User name',
    display: 'Name shown to colleagues',
    role: 'Role',
    unit: 'Unit',
    state: 'State',
    active: 'active',
    disabled: 'disabled',
    waiting: 'no password yet',
    factor: 'second factor',
    disable: 'Disable',
    reset: 'New one-time link',
    change: 'Change',
    link: (name: string) => `One-time link for ${name}, good for a day; it is shown only now:`,
  },
  audit: {
    intro:
      'Every view of a sealed name, decision, export, login and change, in a chain: each event holds the hash of the one before. Nothing here can be changed or removed.',
    verify: 'Check the chain',
    whole: (n: number, head: string) => `The chain is whole: ${n} event(s), head ${head}.`,
    broken: (seq: number, fault: string) =>
      `The chain is broken at event ${seq} (${fault}). Keep the file and call whoever keeps this installation.`,
    at: 'When',
    who: 'Who',
    what: 'What',
    kind: 'Kind',
    older: 'Older',
  },
};

export type RoomWords = typeof en;

const id: RoomWords = {
  cases: {
    proposed: 'Diusulkan: menunggu orang kedua',
    approved: 'Perkara yang disetujui',
    secondOpinion: 'Menunggu pendapat kedua',
    none: 'Tidak ada.',
    blind: 'Tinjauan kedua',
    blindHint:
      'Sebagian butir yang sudah diputuskan diputuskan lagi oleh orang lain tanpa melihat putusan pertama, agar kesepakatan dapat diukur.',
    takeBlind: 'Ambil butir untuk tinjauan kedua',
  },
  people: {
    add: 'Tambah akun',
    name: 'Nama pengguna',
    display: 'Nama yang dilihat rekan',
    role: 'Peran',
    unit: 'Satuan',
    state: 'Keadaan',
    active: 'aktif',
    disabled: 'dinonaktifkan',
    waiting: 'belum punya kata sandi',
    factor: 'faktor kedua',
    disable: 'Nonaktifkan',
    reset: 'Tautan sekali pakai baru',
    change: 'Ubah',
    link: (name) => `Tautan sekali pakai untuk ${name}, berlaku sehari; hanya ditampilkan sekarang:`,
  },
  audit: {
    intro:
      'Setiap pembukaan nama tersegel, putusan, ekspor, masuk dan perubahan, dalam satu rantai: tiap peristiwa memuat sidik peristiwa sebelumnya. Tidak ada yang dapat diubah atau dihapus di sini.',
    verify: 'Periksa rantai',
    whole: (n, head) => `Rantai utuh: ${n} peristiwa, ujung ${head}.`,
    broken: (seq, fault) =>
      `Rantai rusak pada peristiwa ${seq} (${fault}). Simpan berkasnya dan hubungi penanggung jawab pemasangan ini.`,
    at: 'Waktu',
    who: 'Siapa',
    what: 'Apa',
    kind: 'Jenis',
    older: 'Lebih lama',
  },
};

/** The words of these rooms in a language. */
export function roomWords(language: 'id' | 'en'): RoomWords {
  return language === 'id' ? id : en;
}
