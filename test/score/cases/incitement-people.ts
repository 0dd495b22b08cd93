import type { CaseTable } from './table.js';

export const INCITEMENT_PEOPLE: CaseTable = {
  kind: 'incitement-people',
  hateful: true,
  sentences: [
    'Gantung presiden!',
    'Bunuh polisi!',
    'Ayo kita bakar rumah bupati itu!',
    'Bantai semua cebong!',
    'Kadrun harus dibunuh semua.',
    'Tembak mati saja semua kampret itu.',
    'Ayo serbu dan bakar kantor polisi, bunuh semua yang di dalam!',
    'Usir cebong dari negeri ini!',
    'Ayo bakar gereja-gereja itu!',
    'Ayo bakar masjid-masjid itu!',
    'Ayo bakar klenteng-klenteng itu!',
    'Ayo bakar pesantren-pesantren itu!',
    'Kami akan bombardir masjid itu!',
  ],
};
