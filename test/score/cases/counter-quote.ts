import type { CaseTable } from './table.js';

export const COUNTER_QUOTE: CaseTable = {
  kind: 'counter-quote',
  hateful: false,
  sentences: [
    'Siapa pun yang bilang "{G} itu hama" tidak punya hati.',
    '"{G} harus diusir" adalah kalimat yang rasis.',
    'Mengatakan "{G} itu bodoh" tidak bisa diterima.',
    'Kalau ada yang bilang "aku benci {G}", aku langsung tegur.',
    '"Bunuh {G}" itu ujaran kebencian, laporkan!',
    'Orang yang bilang "{G} menjijikkan" harus belajar toleransi.',
    'Jangan bilang "{G} itu sampah", itu menyakitkan.',
    'Aku sedih waktu dengar orang bilang "{G} itu parasit".',
    'Kata-kata seperti "{G} anjing" harus dilaporkan.',
    'Dia bilang "{G} tidak pantas hidup", jahat sekali dia.',
    'Gue marah denger ada yang ngomong "{G} bau".',
    'Komentar "usir {G}" itu bikin gue sedih.',
    '"Semua {G} pencuri"? Itu prasangka yang salah.',
    'Tulisan "{G} dilarang masuk" itu diskriminasi.',
    'Slogan "ganyang {G}" tidak boleh ada di negeri ini.',
    "Ucapan 'aku benci {G}' tidak punya tempat di sini.",
    'Gak pantes lo ngomong "{G} goblok".',
  ],
};
