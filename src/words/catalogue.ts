/** User-facing words, Indonesian and English. Reasons of findings stand in reasons.ts. */

import { faultText } from './faults.js';

const en = {
  levels: { none: 'none', low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  categories: {
    hate: 'hate',
    sara: 'SARA',
    incitement: 'incitement',
    threat: 'threat',
    hoax: 'hoax',
    abusive: 'abusive',
  },
  /** What a finding may be of beside a category. */
  signs: { 'hoax-marker': 'chain letter', criticism: 'criticism', context: 'context' },
  states: { open: 'open', claimed: 'claimed', escalated: 'escalated', closed: 'closed' },
  columns: {
    number: 'No',
    level: 'Level',
    flags: 'Flags',
    source: 'Source',
    why: 'Why',
    text: 'Post',
    at: 'When',
  },
  demo: (url: string) =>
    `No ronda.yaml here: showing the demo with recorded sources of invented people, served at ${url}. "ronda init" writes a ronda.yaml of your own.`,
  collecting: (sources: number, home: string) => `Collecting ${sources} source(s) into ${home} …`,
  sourceDone: (source: string, posts: number) => `${source}: ${posts} post(s) read`,
  sourceFailed: (source: string, kind: string, message: string) => `${source}: failed (${kind}): ${message}`,
  sourcePaused: (source: string) => `${source}: paused; "ronda sources resume ${source}" lets it go on`,
  resumed: (run: string) => `Going on with unfinished run ${run}.`,
  deferred: (pid: number, host: string) =>
    `Landing is done by process ${pid} on ${host}; waiting for it to land this run's posts.`,
  progress: (c: CountWords) =>
    `collected ${c.collected} · landed ${c.landed} · passed ${c.passed} · seen before ${c.seen} · failed ${c.failed}`,
  summary: (c: CountWords) =>
    `collected ${c.collected} = landed ${c.landed} + passed ${c.passed} + seen before ${c.seen} + failed ${c.failed}`,
  copies: (n: number) =>
    `Of those landed, ${n} were further copies of a text: counted with its items, and no items of their own.`,
  copiesOf: (n: number, source: string, from: string, to: string) =>
    `${n} further post(s) of this text from ${source}, ${from} to ${to}: counted, and no items of their own.`,
  incomplete: (n: number) => `${n} post(s) could be assessed in part only; do not read them as clean.`,
  failedSources: (names: readonly string[]) =>
    `${names.length} source(s) could not be read: ${names.join(', ')}. What was posted there is not known.`,
  rejects: (n: number, file: string) => `${n} row(s) were rejected; each with its reason in ${file}`,
  itemsHeader: (shown: number, all: number) =>
    `Flagged and waiting for a person's eyes: ${shown} of ${all}, newest first. Findings are hints, not verdicts.`,
  noItems: 'Nothing was flagged.',
  noItemsMatch: (all: number) =>
    `None of the ${all} flagged item(s) is like that; leave a filter out to see more.`,
  arrived: (n: number) => `${n} item(s) came to the queue; "ronda items list" or the desk shows them.`,
  burstsHeader: 'Stories that burst in the last 24 hours; "ronda narratives list" has them all:',
  burstsMore: (n: number) => `… and ${n} more`,
  sourceNotDue: (source: string) => `${source}: was read since it was last due; waits for its schedule`,
  waiting: 'Watching on schedule; Ctrl-C stops.',
  stopping: 'Stopping: finishing what is under way …',
  stopped: 'Stopped; what was not finished goes on at the next start.',
  itemTitle: (n: number) => `Item ${n}`,
  context: 'Context',
  targets: 'Whom it is about',
  language: 'Language',
  revisions: (n: number) => `${n} revision(s) of this post landed; the latest is shown.`,
  withdrawn: (at: string, sealed: boolean) =>
    sealed
      ? `Withdrawn at its place (${at}); the text is sealed for the case.`
      : `Withdrawn at its place (${at}), so its text was removed here.`,
  changedAt: (at: string) => `Edited at its place (asked ${at}); this is the text as it was collected.`,
  noItem: (n: number) => `There is no item ${n}; "ronda items list" shows those there are.`,
  noNarratives: 'No narrative yet: a story needs three posts.',
  noNarrative: (id: string) => `There is no narrative ${id}; "ronda narratives list" shows those there are.`,
  narrativeLine: (n: {
    id: string;
    title: string;
    life: string;
    posts: number;
    authors: number;
    /** As it is to be read. */
    lastSeen: string;
    bursts: readonly unknown[];
  }) =>
    `${n.id}  ${n.life.padEnd(8)}  ${n.posts} post(s), ${n.authors} author(s), ${n.bursts.length} burst(s), last ${n.lastSeen}  ${n.title || '(no phrase that may be shown)'}`,
  noFlags: 'no flags',
  deadNone: 'No dead letters.',
  deadRow: (
    id: string,
    queue: string,
    source: string,
    posts: number,
    kind: string,
    reason: string,
    at: string,
  ) => `${id}  ${at}  ${queue}  ${source}  ${posts} post(s)  ${kind}: ${reason}`,
  deadRetried: (n: number) => `${n} put back on the queue.`,
  deadDropped: (n: number) => `${n} dropped for good.`,
  initDone: (file: string) => `Wrote ${file}. Edit its sources, then "ronda doctor" and "ronda run".`,
  doctorOk: 'ok',
  doctorBad: 'not ok',
  doctorWhatToDo: 'what to do',
  doctorFine: 'Everything that was tested works.',
  doctorFaults: (n: number) => `${n} thing(s) need attention.`,
  knownExport: (text: string) =>
    `${text}: recognised by its header and read so ("--as none" reads it otherwise). Its terms ask for a basis: see docs/sources.md.`,
  importKnown: (label: string) => `This is an export of ${label}; its columns are known.`,
  importGuess: 'Columns guessed from names and contents; look at what would come of them:',
  importNoText:
    'No column could be the text of a post. Name one: --columns text=NAME, with one of these names:',
  importNoPosts: 'No row makes a post so; why the first ones do not:',
  importRejected: (at: string, reason: string) => `${at}: ${reason}`,
  importAsk: (fields: string) =>
    `Import so? y: yes · w: only write the columns for ronda.yaml · n: leave it · or FIELD=COLUMN to change (${fields}): `,
  importNoColumn: (column: string) => `There is no column "${column}".`,
  importLeft: 'Nothing was imported.',
  importPrinted:
    'Nothing was imported: put these under the source in ronda.yaml, or add --yes to import now.',
  importNone: '–',
  ingestReady: (url: string, partners: number) =>
    `Taking the pushes of ${partners} partner(s) at ${url}/ingest.`,
  deskReady: (url: string) => `The desk is served at ${url}; Ctrl-C stops.`,
  deskBeside: (url: string) => `The desk is served at ${url}.`,
  deskEmpty: 'It has no accounts yet: "ronda users add NAME --role officer" makes one.',
  workerReady: (what: string) => `worker ${what} is at work; Ctrl-C stops.`,
  metricsReady: (url: string) => `metrics at ${url}/metrics`,
  standBy: (pid: number, host: string) =>
    `process ${pid} on ${host} lands; standing by to take over. Ctrl-C stops.`,
};

/** Counts as the summary lines name them. */
interface CountWords {
  readonly collected: number;
  readonly landed: number;
  readonly passed: number;
  readonly seen: number;
  readonly failed: number;
}

/** One language's words. */
export type Words = typeof en;

const id: Words = {
  levels: { none: 'tidak ada', low: 'rendah', medium: 'sedang', high: 'tinggi', critical: 'kritis' },
  categories: {
    hate: 'kebencian',
    sara: 'SARA',
    incitement: 'hasutan',
    threat: 'ancaman',
    hoax: 'hoaks',
    abusive: 'kata kasar',
  },
  signs: { 'hoax-marker': 'pesan berantai', criticism: 'kritik', context: 'konteks' },
  states: { open: 'terbuka', claimed: 'dipegang', escalated: 'dieskalasi', closed: 'ditutup' },
  columns: {
    number: 'No',
    level: 'Tingkat',
    flags: 'Tanda',
    source: 'Sumber',
    why: 'Mengapa',
    text: 'Unggahan',
    at: 'Waktu',
  },
  demo: (url) =>
    `Belum ada ronda.yaml: memperagakan sumber rekaman dengan orang rekaan, disajikan di ${url}. "ronda init" menulis ronda.yaml sendiri.`,
  collecting: (sources, home) => `Mengumpulkan ${sources} sumber ke ${home} …`,
  sourceDone: (source, posts) => `${source}: ${posts} unggahan dibaca`,
  sourceFailed: (source, kind, message) => `${source}: gagal (${kind}): ${faultText(kind, message, 'id')}`,
  sourcePaused: (source) => `${source}: dijeda; "ronda sources resume ${source}" melanjutkannya`,
  resumed: (run) => `Melanjutkan proses ${run} yang belum selesai.`,
  deferred: (pid, host) =>
    `Penyimpanan dilakukan oleh proses ${pid} di ${host}; menunggu unggahan ini disimpan olehnya.`,
  progress: (c) =>
    `terkumpul ${c.collected} · masuk antrean ${c.landed} · lewat ${c.passed} · sudah pernah ${c.seen} · gagal ${c.failed}`,
  summary: (c) =>
    `terkumpul ${c.collected} = masuk antrean ${c.landed} + lewat ${c.passed} + sudah pernah ${c.seen} + gagal ${c.failed}`,
  copies: (n) =>
    `Dari yang masuk, ${n} adalah salinan lanjutan dari teks yang sama: dihitung bersama butirnya, tidak menjadi butir sendiri.`,
  copiesOf: (n, source, from, to) =>
    `${n} unggahan lain dengan teks ini dari ${source}, ${from} sampai ${to}: dihitung, tidak menjadi butir sendiri.`,
  incomplete: (n) => `${n} unggahan hanya ternilai sebagian; jangan dibaca sebagai bersih.`,
  failedSources: (names) =>
    `${names.length} sumber tidak terbaca: ${names.join(', ')}. Yang diunggah di sana tidak diketahui.`,
  rejects: (n, file) => `${n} baris ditolak; masing-masing dengan alasannya di ${file}`,
  itemsHeader: (shown, all) =>
    `Ditandai dan menunggu dibaca orang: ${shown} dari ${all}, terbaru dahulu. Temuan adalah petunjuk, bukan putusan.`,
  noItems: 'Tidak ada yang ditandai.',
  noItemsMatch: (all) =>
    `Tidak satu pun dari ${all} butir yang ditandai seperti itu; lepas satu saringan untuk melihat lebih banyak.`,
  arrived: (n) => `${n} butir masuk antrean; "ronda items list" atau meja menampilkannya.`,
  burstsHeader: 'Narasi yang melonjak dalam 24 jam terakhir; "ronda narratives list" memuat semuanya:',
  burstsMore: (n) => `… dan ${n} lagi`,
  sourceNotDue: (source) => `${source}: sudah dibaca sejak jadwal terakhirnya; menunggu jadwal berikutnya`,
  waiting: 'Berjaga sesuai jadwal; Ctrl-C menghentikan.',
  stopping: 'Berhenti: menyelesaikan yang sedang berjalan …',
  stopped: 'Berhenti; yang belum selesai dilanjutkan pada mulai berikutnya.',
  itemTitle: (n) => `Butir ${n}`,
  context: 'Konteks',
  targets: 'Tentang siapa',
  language: 'Bahasa',
  revisions: (n) => `${n} revisi unggahan ini masuk; yang terbaru ditampilkan.`,
  withdrawn: (at, sealed) =>
    sealed
      ? `Ditarik di tempatnya (${at}); teksnya disegel untuk perkara ini.`
      : `Ditarik di tempatnya (${at}), maka teksnya dihapus di sini.`,
  changedAt: (at) => `Disunting di tempatnya (ditanya ${at}); ini teks saat dikumpulkan.`,
  noItem: (n) => `Tidak ada butir ${n}; "ronda items list" menampilkan yang ada.`,
  noNarratives: 'Belum ada narasi: sebuah cerita perlu tiga unggahan.',
  noNarrative: (id) => `Tidak ada narasi ${id}; "ronda narratives list" menampilkan yang ada.`,
  narrativeLine: (n) =>
    `${n.id}  ${{ emerging: 'muncul', rising: 'naik', peaking: 'puncak', fading: 'surut' }[n.life]?.padEnd(8) ?? n.life}  ${n.posts} unggahan, ${n.authors} penulis, ${n.bursts.length} lonjakan, terakhir ${n.lastSeen}  ${n.title || '(tanpa frasa yang boleh ditampilkan)'}`,
  noFlags: 'tanpa tanda',
  deadNone: 'Tidak ada kiriman mati.',
  deadRow: (job, queue, source, posts, kind, reason, at) =>
    `${job}  ${at}  ${queue}  ${source}  ${posts} unggahan  ${kind}: ${faultText(kind, reason, 'id')}`,
  deadRetried: (n) => `${n} dikembalikan ke antrean.`,
  deadDropped: (n) => `${n} dibuang untuk seterusnya.`,
  initDone: (file) => `${file} ditulis. Sunting sumbernya, lalu "ronda doctor" dan "ronda run".`,
  doctorOk: 'baik',
  doctorBad: 'tidak baik',
  doctorWhatToDo: 'yang perlu dilakukan',
  doctorFine: 'Semua yang diuji berfungsi.',
  doctorFaults: (n) => `${n} hal perlu perhatian.`,
  knownExport: (text) =>
    `${text}: dikenali dari judul kolomnya dan dibaca demikian ("--as none" membacanya lain). Ketentuannya meminta dasar hukum: lihat docs/sources.md.`,
  importKnown: (label) => `Ini ekspor ${label}; kolom-kolomnya dikenal.`,
  importGuess: 'Kolom diterka dari nama dan isinya; lihat hasilnya:',
  importNoText:
    'Tidak ada kolom yang dapat menjadi teks unggahan. Sebutkan: --columns text=NAMA, dengan salah satu nama ini:',
  importNoPosts: 'Tidak ada baris yang menjadi unggahan; sebab pada baris-baris pertama:',
  importRejected: (at, reason) => `${at}: ${reason}`,
  importAsk: (fields) =>
    `Impor demikian? y: ya · w: hanya tulis kolomnya untuk ronda.yaml · n: batal · atau BIDANG=KOLOM untuk mengubah (${fields}): `,
  importNoColumn: (column) => `Tidak ada kolom "${column}".`,
  importLeft: 'Tidak ada yang diimpor.',
  importPrinted:
    'Tidak ada yang diimpor: letakkan ini di bawah sumbernya di ronda.yaml, atau tambahkan --yes untuk mengimpor sekarang.',
  importNone: '–',
  ingestReady: (url, partners) => `Menerima kiriman ${partners} mitra di ${url}/ingest.`,
  deskReady: (url) => `Meja penyaringan disajikan di ${url}; Ctrl-C menghentikan.`,
  deskBeside: (url) => `Meja penyaringan disajikan di ${url}.`,
  deskEmpty: 'Belum ada akun: "ronda users add NAMA --role officer" membuatnya.',
  workerReady: (what) => `pekerja ${what} sedang bertugas; Ctrl-C menghentikan.`,
  metricsReady: (url) => `metrik di ${url}/metrics`,
  standBy: (pid, host) =>
    `proses ${pid} di ${host} yang mendaratkan; bersiaga untuk menggantikannya. Ctrl-C menghentikan.`,
};

export const LANGUAGES = ['id', 'en'] as const;
export type UiLanguage = (typeof LANGUAGES)[number];

/** The words of a language. */
export function words(language: UiLanguage): Words {
  return language === 'id' ? id : en;
}
