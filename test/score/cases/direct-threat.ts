import type { CaseTable } from './table.js';

export const DIRECT_THREAT: CaseTable = {
  kind: 'direct-threat',
  hateful: true,
  sentences: [
    'Saya akan membunuh {G}.',
    'Gue bakal bunuh semua {G}.',
    'Aku mau gebukin {G}.',
    'Kami akan menghabisi semua {G}.',
    'Besok gue bakar rumah {G}.',
    'Kalau ketemu {G}, gue hajar sampe mampus.',
    'Kami akan datang dan membantai {G}.',
    'Tunggu saja, {G}, kami akan datang.',
    'Awas {G}, darah kalian halal!',
    'Gue pengen banget nusuk {G}.',
    'Kita akan mengusir {G} dari sini.',
    'Gua sumpah bakal tembak {G} mana pun yang lewat.',
    'Saya ingin sekali memukul {G}.',
    'Siap-siap saja {G}, kalian akan kami musnahkan.',
    'Nanti malam kita serbu kampung {G}.',
    'Akan kuhancurkan {G}.',
    'Rasanya pengen gue cekik {G}.',
    'Gue cari lo semua {G}, gue matiin satu-satu.',
  ],
};
