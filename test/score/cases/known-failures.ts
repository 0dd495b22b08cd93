/**
 * Cases that come out wrong today, for some group or for all. A known failure that starts to pass fails the test,
 * so the list only shrinks.
 */
export const KNOWN_FAILURES: readonly string[] = [
  'Waduh, kok banyak {G} di sini. Saatnya pindah rumah.',
  'Kamu {G}? Turut berduka ya.',
  'Lonte-lonte berjilbab itu menjijikkan.',
  'Mati kau di tanganku besok.',
  'Tembak mati saja semua kampret itu.',
  'Satu {G} pindah ke kompleks, harga rumah langsung turun.',
];
