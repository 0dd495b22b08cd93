import type { CaseTable } from './table.js';

export const REFERENCE_LATER: CaseTable = {
  kind: 'reference-later',
  hateful: true,
  sentences: [
    '{G} ada di mana-mana. Mereka menjijikkan.',
    'Aku ketemu {G} kemarin. Aku benci mereka.',
    'Di kelasku ada {G} dan aku muak dengan mereka.',
    'Tetanggaku {G}. Mereka semua pencuri.',
    '{G} mungkin terlihat baik, tapi aslinya busuk.',
    '{G} pindah ke sebelah. Harus kita usir mereka!',
    '{G} sekarang banyak di kantor. Mereka itu parasit.',
    'Gue tau {G} juga bayar pajak, tapi tetep aja mereka sampah.',
    'Banyak {G} di pasar. Bunuh aja mereka semua.',
    'Lihatlah {G}. Kaum itu tidak pantas hidup.',
    '{G} sering lewat sini. Pengen gue gebukin tiap liat.',
    'Saya kerja bareng {G}, dan sejujurnya, semuanya bodoh.',
    '{G} datang lagi. Dasar binatang.',
    'Ada {G} di angkot tadi. Bau banget mereka.',
  ],
};
