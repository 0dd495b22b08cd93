import type { CaseTable } from './table.js';

export const HATE_QUESTION: CaseTable = {
  kind: 'hate-question',
  hateful: true,
  sentences: [
    'Kenapa {G} goblok banget?',
    'Siapa yang tidak benci {G}?',
    'Ada yang benci {G} juga gak?',
    'Kenapa sih {G} harus ada di dunia ini?',
    'Kapan kita bunuh semua {G}?',
    'Boleh gak gue bunuh {G}?',
    'Kenapa kita tidak usir saja {G}?',
    'Apakah {G} itu manusia?',
    'Mengapa {G} begitu menjijikkan?',
    'Siapa yang mau ikut gebukin {G}?',
    'Bukannya {G} itu emang sampah?',
    'Kok {G} bau semua ya?',
    'Apa {G} gak bisa mati aja?',
    'Kenapa ya {G} selalu bikin onar?',
    'Gimana kalau kita habisi {G}?',
  ],
};
