/**
 * Cases that come out wrong today, for some group or for all. A known failure that starts to pass fails the test,
 * so the list only shrinks.
 */
export const KNOWN_FAILURES: readonly string[] = [
  'Indonesia bukan tempat untuk {G}.',
  'Mati kau di tanganku besok.',
  'Tembak mati saja semua kampret itu.',
  'Sejelek-jeleknya orang ya {G}.',
  'Satu {G} pindah ke kompleks, harga rumah langsung turun.',
];
