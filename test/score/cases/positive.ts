import type { CaseTable } from './table.js';

export const POSITIVE: CaseTable = {
  kind: 'positive',
  hateful: false,
  sentences: [
    'Saya suka {G}.',
    'Aku sayang {G}.',
    '{G} baik dan ramah.',
    'Gue salut sama {G}.',
    '{G} itu manusia juga, sama seperti kita.',
    '{G} berhak hidup tenang.',
    '{G} harus dilindungi negara.',
    '{G} pantas dihormati.',
    'Kita wajib menghargai {G}.',
    '{G} keren banget!',
    'Semoga {G} panjang umur.',
    'Terima kasih {G} sudah membantu korban banjir.',
    '{G} adalah bagian dari bangsa ini.',
    'Aku kagum sama {G}.',
    'Senang sekali bisa kerja bareng {G}.',
    '{G} pintar dan rajin.',
    'Mari kita rangkul {G}.',
    'Ayo dukung hak {G}!',
    '{G} pantas mendapat pekerjaan yang layak.',
    'Masakan {G} enak banget.',
    '{G} cantik-cantik dan ganteng-ganteng.',
  ],
};
