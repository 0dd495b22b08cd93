/** Words of `ronda claims`, Indonesian and English. */

const en = {
  imported: (added: number, changed: number, unchanged: number, total: number) =>
    `${added} new, ${changed} changed, ${unchanged} as before; ${total} fact-check(s) in all. A running ronda takes them within seconds.`,
  rejected: (n: number) => `${n} row(s) could not be taken; the rest was.`,
  listed: (shown: number, total: number) =>
    total === 0
      ? 'No fact-checks were imported; "ronda claims import FILE" does.'
      : `${shown} of ${total} fact-check(s).`,
};

const id: typeof en = {
  imported: (added, changed, unchanged, total) =>
    `${added} baru, ${changed} berubah, ${unchanged} tetap; seluruhnya ${total} cek fakta. Ronda yang sedang berjalan memakainya dalam beberapa detik.`,
  rejected: (n) => `${n} baris tidak dapat diambil; selebihnya diambil.`,
  listed: (shown, total) =>
    total === 0
      ? 'Belum ada cek fakta; ambil dengan "ronda claims import FILE".'
      : `${shown} dari ${total} cek fakta.`,
};

export function claimsWords(language: 'en' | 'id'): typeof en {
  return language === 'id' ? id : en;
}
