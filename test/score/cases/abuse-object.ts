import type { CaseTable } from './table.js';

export const ABUSE_OBJECT: CaseTable = {
  kind: 'abuse-object',
  hateful: false,
  sentences: [
    'Aku benci hujan.',
    'Sinyal goblok!',
    'Laptop ini sampah.',
    'Makanan di sini menjijikkan.',
    'Benci banget sama macet Jakarta.',
    'Motor gue bangsat, mogok terus.',
    'Gue muak sama tugas kuliah.',
    'Aplikasi ini bodoh sekali.',
    'Sepatu ini jelek banget, nyesel beli.',
    'Hapus aja game sampah ini.',
    'Lagu ini bikin muak.',
  ],
};
