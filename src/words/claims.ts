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

/** Why a row was left out (claims/claim-row.ts, files/claims-files.ts), as it begins, and the same in Indonesian. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^it has no title$/, 'tidak ada judulnya (title)'],
  [/^its title has (\d+) characters; at most (\d+) are taken$/, 'judulnya $1 huruf; paling banyak $2'],
  [/^its url is no http or https address: /, 'tautannya (url) bukan alamat http atau https: '],
  [/^its url carries a name or password; leave them out$/, 'tautannya memuat nama atau kata sandi; buanglah'],
  [/^it has neither an id nor a url$/, 'tidak ada id dan tidak ada tautannya (url)'],
  [
    /^its date cannot be read; write it as 2024-05-31: /,
    'tanggalnya tidak terbaca; tulis seperti 2024-05-31: ',
  ],
  [
    /^its id is that of (?:line|entry) (\d+), which says something else: /,
    'id-nya sama dengan baris $1, yang isinya lain: ',
  ],
  [/^it is no JSON object$/, 'bukan objek JSON'],
  [/^the line is JSON, but no object$/, 'baris ini JSON, tetapi bukan objek'],
  [
    /^the line is no JSON; write one whole object a line$/,
    'baris ini bukan JSON; tulis satu objek utuh sebaris',
  ],
  [
    /^the row has (\d+) fields and the header (\d+)$/,
    'baris ini punya $1 kolom, sedangkan judulnya $2; periksa tanda kutip dan pemisahnya',
  ],
];

/** Where a row stands and why it was left out, e.g. `baris 3: tidak ada judulnya (title)`. */
export function rejectText(at: string, reason: string, language: 'en' | 'id'): string {
  if (language === 'en') return `${at}: ${reason}`;
  const place = at.replace(/^line /, 'baris ').replace(/^entry /, 'entri ');
  const [pattern, said] = REASONS.find(([each]) => each.test(reason)) ?? [];
  return `${place}: ${pattern === undefined || said === undefined ? reason : reason.replace(pattern, said)}`;
}
