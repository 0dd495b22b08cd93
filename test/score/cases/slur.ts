import type { CaseTable } from './table.js';

export const SLUR: CaseTable = {
  kind: 'slur',
  hateful: true,
  sentences: [
    'Dasar kafir!',
    'Kafir kayak lo gak usah banyak bacot.',
    'Cokin emang licik.',
    'Usir cokin dari sini!',
    'Dasar bencong lo!',
    'Lo tuh banci, jijik gue.',
    'Dasar cina sipit!',
    'Kaum kafir halal darahnya.',
    'Dasar homo!',
    'Maho najis, jauh-jauh lo.',
    'Woi autis lo ya!',
    'Aseng asing antek cina pulang sana.',
    'Dasar kresten penyembah kayu.',
    'Dasar negro bau.',
  ],
};
