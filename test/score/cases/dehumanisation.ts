import type { CaseTable } from './table.js';

export const DEHUMANISATION: CaseTable = {
  kind: 'dehumanisation',
  hateful: true,
  sentences: [
    '{G} adalah hama.',
    '{G} itu parasit.',
    '{G} kayak kecoa.',
    '{G} seperti tikus yang menyebarkan penyakit.',
    '{G} itu binatang.',
    '{G} sama saja dengan babi.',
    '{G} lebih rendah dari anjing.',
    '{G} itu kanker bagi bangsa ini.',
    '{G} adalah virus yang harus dibasmi.',
    '{G} cuma sampah.',
    '{G} monyet semua.',
    'Gue liat {G} kayak liat kera.',
    '{G} itu wabah.',
    '{G} = lintah darat',
    '{G} adalah benalu.',
    'Anggap saja {G} itu kotoran.',
    '{G} lebih hina dari hewan.',
    '{G} itu iblis.',
    '{G} berkembang biak kayak tikus.',
    'Kandangin aja {G} di kebun binatang.',
    '{G} itu makhluk menjijikkan.',
  ],
};
