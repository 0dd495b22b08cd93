import type { CaseTable } from './table.js';

export const PROFANITY_HATEFUL: CaseTable = {
  kind: 'profanity-hateful',
  hateful: true,
  sentences: [
    '{G} anjing!',
    'Bangsat {G}!',
    '{G} bajingan semua.',
    'Dasar {G} goblok!',
    'Anjing lo semua {G}!',
    'Persetan sama {G}!',
    '{G} kampret.',
    '{G} tolol banget asli.',
    'Bacot lu {G} tai.',
    'Dasar {G} keparat!',
    'Fuck {G}!',
    'Brengsek emang {G} ini.',
    '{G} asu!',
    'Kampungan banget {G}, sialan.',
  ],
};
