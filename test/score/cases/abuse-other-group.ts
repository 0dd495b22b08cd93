import type { CaseTable } from './table.js';

export const ABUSE_OTHER_GROUP: CaseTable = {
  kind: 'abuse-other-group',
  hateful: false,
  sentences: [
    'Koruptor itu hama.',
    'Aku benci koruptor.',
    'Penggemar K-pop itu menyebalkan.',
    'Kapitalis itu serakah.',
    'Seniman itu parasit.',
    'Anak sekolah bolos itu bodoh.',
    'Pencuri motor emang bangsat.',
    'Para buzzer itu sampah.',
    'Pendukung klub itu goblok semua.',
    'Pejalan kaki di sini tolol.',
    'Para bankir itu penipu.',
  ],
};
