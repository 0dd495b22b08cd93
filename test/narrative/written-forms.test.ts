import { expect, it } from 'vitest';
import { writtenForms } from '../../src/narrative/written-forms.js';

it('writes a word as the texts of its story do', () => {
  const asWritten = writtenForms([
    'Tujuh pasien MENINGGAL di parkiran rekaan',
    undefined,
    'Ditolak rumah sakit, tujuh meninggal; yang ditolak pulang, yang menolak diam',
  ]);
  expect(['tinggal', 'parkir', 'tolak', 'rekaan', 'pasien', 'banjir'].map(asWritten)).toEqual([
    'meninggal',
    'parkiran',
    'ditolak',
    'rekaan',
    'pasien',
    'banjir',
  ]);
});
