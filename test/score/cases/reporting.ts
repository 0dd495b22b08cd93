import type { CaseTable } from './table.js';

export const REPORTING: CaseTable = {
  kind: 'reporting',
  hateful: false,
  sentences: [
    'Polisi menangkap pria yang menghina {G}.',
    'Polisi menangkap pelaku pembunuhan {G}.',
    'Seorang {G} dibunuh di Bekasi.',
    'Dua {G} ditangkap polisi karena mencuri motor.',
    'Massa mengusir {G} dari desa, puluhan keluarga mengungsi.',
    '{G} diserang massa di depan rumah ibadah.',
    'Pria itu dihukum karena menyerukan pembunuhan terhadap {G}.',
    'Tersangka mengaku membenci {G}.',
    'Pengadilan memvonis pelaku penyerangan terhadap {G}.',
    'Menurut laporan, {G} sering mengalami kekerasan.',
    'Puluhan {G} tewas dalam serangan itu.',
    'Kasus pengusiran {G} kembali terjadi.',
    'Seorang politikus dikecam karena menyebut {G} hama.',
    '{G} menjadi korban diskriminasi.',
    'Gedung milik {G} dibakar orang tak dikenal.',
    'Sejarah mencatat {G} pernah dibantai pada masa itu.',
    'Komnas HAM: {G} diusir dari kampung halamannya.',
  ],
};
