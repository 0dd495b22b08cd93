import type { CaseTable } from './table.js';

export const HATE_OPINION: CaseTable = {
  kind: 'hate-opinion',
  hateful: true,
  sentences: [
    'Menurut saya {G} itu bodoh.',
    'Menurutku {G} harus diusir.',
    'Jujur, {G} menjijikkan.',
    'Gue pikir {G} semuanya kriminal.',
    'Maaf ya, tapi {G} memang sampah.',
    'Bukannya rasis, tapi {G} emang jorok.',
    'Saya percaya {G} lebih rendah dari kita.',
    'Kalau menurut gue sih {G} pantes dipukulin.',
    'Hemat saya, {G} sebaiknya dideportasi.',
    'Ini cuma opini, tapi {G} itu parasit.',
    'Bagi saya, {G} tidak ada bedanya dengan hewan.',
  ],
};
