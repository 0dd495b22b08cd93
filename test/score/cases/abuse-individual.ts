import type { CaseTable } from './table.js';

export const ABUSE_INDIVIDUAL: CaseTable = {
  kind: 'abuse-individual',
  hateful: false,
  sentences: [
    'Kamu bodoh sekali.',
    'Lo emang anjing.',
    'Dia pembohong dan licik.',
    'Aku benci sama kamu.',
    'Tetangga gue bajingan.',
    'Dasar Budi goblok.',
    'Si Rudi monyet, utang gak dibayar.',
    'Temen gue bego banget.',
    'Bos saya menyebalkan.',
    'Adikku nakal dan malas.',
    'Guru matematikaku bikin muak.',
  ],
};
