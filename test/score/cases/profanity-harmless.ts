import type { CaseTable } from './table.js';

export const PROFANITY_HARMLESS: CaseTable = {
  kind: 'profanity-harmless',
  hateful: false,
  sentences: [
    'Anjing, capek banget.',
    'Bangsat, gue lupa bawa dompet.',
    'Anjir lucu banget.',
    'Goblok, gue salah naik kereta.',
    'Tai, hujan lagi.',
    'Gila, enak banget makanannya!',
    'Kampret, kalah lagi timnas.',
    'Asli bego gue hari ini.',
  ],
};
