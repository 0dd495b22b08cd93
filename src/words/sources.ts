/** Words of `ronda sources`, Indonesian and English. */

import { faultText } from './faults.js';

const en = {
  columns: {
    name: 'Source',
    kind: 'Kind',
    state: 'State',
    success: 'Last success',
    rate: 'Posts/h',
    lag: 'Lag',
    next: 'Next',
    faults: 'Faults',
  },
  states: { paused: 'paused', failing: 'FAILING', quiet: 'QUIET', 'never-read': 'never read', well: 'well' },
  never: 'never',
  atStart: 'at a start',
  none: 'No sources are named in ronda.yaml; "ronda init" writes one.',
  /** Posts of the last whole hour, of the present one so far, and what is usual at this hour. */
  rate: (last: number, now: number, usual: number | undefined) =>
    `${last}, ${now} now${usual === undefined ? '' : ` (usually ${usual})`}`,
  quiet: (name: string, hours: number, usual: number) =>
    `${name} has been quiet for ${hours} hour(s), its usual pauses are ${usual} at most. Silence is not safety: look at the place itself, then "ronda sources check ${name}".`,
  failing: (name: string, kind: string, message: string) => `${name}: ${kind}: ${message}`,
  gap: (name: string, from: string | undefined, to: string, kind: string, reason: string) =>
    `${name}: gap ${from === undefined ? 'until' : `${from} to`} ${to} (${kind}): ${reason}`,
  moreGaps: (name: string, n: number) => `${name}: ${n} more gap(s); --json shows the latest 20.`,
  paused: (name: string) => `${name} is paused; whoever collects it stops at the next tick.`,
  resumed: (name: string) => `${name} goes on at its next tick.`,
  checked: (name: string, kind: string, posts: number) =>
    `${name} (${kind}): ${posts} post(s) on its first page`,
  checkedAlso: (withdrawn: number, claims: number) =>
    `${withdrawn} withdrawn, ${claims} published fact-check(s)`,
  nothingKept: 'Nothing of it was queued or kept.',
  author: (has: boolean): string => (has ? 'author: known, not shown' : 'author: none'),
  noTime: 'no time',
  whatToDo: 'what to do',
  problems: {
    failed: 'mend what the error names; "ronda doctor" tests the rest of the deployment',
    'no-page': 'the place gave nothing in a minute; a stream may be silent, else look at its address',
    'no-posts':
      'the page holds no post: look at it in a browser; where it shows some, its form has changed and the selectors or columns need mending',
    rejects: 'rows that cannot be posts are left out; where they should be posts, mend columns or selectors',
    'no-times':
      'no post says when it was posted; name where the time stands (selectors.time, columns.created_at)',
    'future-times':
      'posts from the future: set utc_offset to the zone of the place, or set this machine’s clock',
    old: 'the newest post is older than 30 days: is this the right address?',
    gaps: 'the place could not give a stretch of time; it is recorded and cannot be made good here',
  },
  rechecked: (source: string, there: number, changed: number, gone: number, unknown: number) =>
    `${source}: ${there} still there, ${changed} changed, ${gone} gone, ${unknown} unknown`,
  recheckEnded: {
    cannot: (source: string) => `${source}: its place cannot be asked for a single post`,
    paused: (source: string) => `${source}: paused, not asked`,
    failed: (source: string, kind: string, message: string) => `${source}: ended early (${kind}): ${message}`,
  },
  parsed: (file: string, posts: number, rejects: number, claims: number) =>
    `${file}: ${posts} post(s), ${claims > 0 ? `${claims} fact-check(s), ` : ''}${rejects} rejected`,
  tailPosts: (n: number) => `+${n} post(s)`,
  tailItem: (n: number, level: string) => `item ${n}, ${level}`,
  following: 'Following what is collected and flagged; Ctrl-C stops.',
};

export type SourcesWords = typeof en;

const id: SourcesWords = {
  columns: {
    name: 'Sumber',
    kind: 'Jenis',
    state: 'Keadaan',
    success: 'Terakhir berhasil',
    rate: 'Unggahan/jam',
    lag: 'Jeda',
    next: 'Berikutnya',
    faults: 'Gangguan',
  },
  states: {
    paused: 'dijeda',
    failing: 'GAGAL',
    quiet: 'SENYAP',
    'never-read': 'belum dibaca',
    well: 'baik',
  },
  never: 'belum pernah',
  atStart: 'saat mulai',
  none: 'Tidak ada sumber di ronda.yaml; "ronda init" menuliskannya.',
  rate: (last, now, usual) => `${last}, kini ${now}${usual === undefined ? '' : ` (biasanya ${usual})`}`,
  quiet: (name, hours, usual) =>
    `${name} senyap selama ${hours} jam, biasanya paling lama ${usual} jam. Senyap bukan berarti aman: periksa tempatnya sendiri, lalu "ronda sources check ${name}".`,
  failing: (name, kind, message) => `${name}: ${kind}: ${faultText(kind, message, 'id')}`,
  gap: (name, from, to, kind, reason) =>
    `${name}: celah ${from === undefined ? 'sampai' : `${from} sampai`} ${to} (${kind}): ${reason}`,
  moreGaps: (name, n) => `${name}: ${n} celah lagi; --json menampilkan 20 yang terbaru.`,
  paused: (name) => `${name} dijeda; yang mengumpulkannya berhenti pada giliran berikutnya.`,
  resumed: (name) => `${name} dilanjutkan pada giliran berikutnya.`,
  checked: (name, kind, posts) => `${name} (${kind}): ${posts} unggahan di halaman pertamanya`,
  checkedAlso: (withdrawn, claims) => `${withdrawn} ditarik, ${claims} cek fakta terbit`,
  nothingKept: 'Tidak ada yang diantrekan atau disimpan.',
  author: (has) => (has ? 'penulis: ada, tidak ditampilkan' : 'penulis: tidak ada'),
  noTime: 'tanpa waktu',
  whatToDo: 'yang perlu dilakukan',
  problems: {
    failed: 'perbaiki yang disebut galat; "ronda doctor" menguji selebihnya',
    'no-page':
      'tempat itu tidak memberi apa pun dalam satu menit; aliran bisa saja senyap, selain itu periksa alamatnya',
    'no-posts':
      'halaman itu tidak memuat unggahan: buka di peramban; bila di sana ada, bentuknya berubah dan pemilih atau kolom perlu diperbaiki',
    rejects:
      'baris yang bukan unggahan ditinggalkan; bila seharusnya unggahan, perbaiki kolom atau pemilihnya',
    'no-times':
      'tidak ada unggahan yang menyebut waktunya; sebutkan di mana waktu itu (selectors.time, columns.created_at)',
    'future-times':
      'unggahan dari masa depan: atur utc_offset sesuai zona tempat itu, atau benarkan jam mesin ini',
    old: 'unggahan terbaru lebih tua dari 30 hari: benarkah alamatnya?',
    gaps: 'tempat itu tidak dapat memberi suatu rentang waktu; itu dicatat dan tidak dapat dipulihkan di sini',
  },
  rechecked: (source, there, changed, gone, unknown) =>
    `${source}: ${there} masih ada, ${changed} berubah, ${gone} hilang, ${unknown} tidak diketahui`,
  recheckEnded: {
    cannot: (source) => `${source}: tempatnya tidak dapat ditanya satu unggahan`,
    paused: (source) => `${source}: dijeda, tidak ditanya`,
    failed: (source, kind, message) =>
      `${source}: berhenti lebih awal (${kind}): ${faultText(kind, message, 'id')}`,
  },
  parsed: (file, posts, rejects, claims) =>
    `${file}: ${posts} unggahan, ${claims > 0 ? `${claims} cek fakta, ` : ''}${rejects} ditolak`,
  tailPosts: (n) => `+${n} unggahan`,
  tailItem: (n, level) => `butir ${n}, ${level}`,
  following: 'Mengikuti yang dikumpulkan dan ditandai; Ctrl-C menghentikan.',
};

export function sourcesWords(language: 'en' | 'id'): SourcesWords {
  return language === 'id' ? id : en;
}
