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
  'Dari sepuluh {G}, sebelas penipu.',
  'Anakku pulang bawa pacar {G}. Kiamat sudah dekat.',
  'Gue sumpahin, gue sendiri yang bakal ngelempar {G} ke laut.',
  'Bikin {G} takut keluar rumah!',
  'Kadal gurun pulang ke Yaman aja.',
  'Katanya {G} minta hak yang sama. Orang kayak gitu harusnya dibuang ke laut.',
  'Mereka yang mengaku {G} itu otaknya rusak.',
  'Siapa yang mau temenan sama {G}? Aku mau!',
  'Hanya orang gila yang mau menikahi {G}.',
];
