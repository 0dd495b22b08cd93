import type { CaseTable } from './table.js';

export const THREAT_INDIVIDUAL: CaseTable = {
  kind: 'threat-individual',
  hateful: true,
  sentences: [
    'Gue bunuh lo kalau berani datang.',
    'Awas kau, kubacok nanti.',
    'Aku akan membunuhmu.',
    'Tunggu aja, gue tembak kepala lo.',
    'Gue tau rumah lo, gue bakar nanti malam.',
    'Mati kau di tanganku besok.',
  ],
};
