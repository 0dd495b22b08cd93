/** Words of `ronda runs`, Indonesian and English. */

const en = {
  columns: {
    run: 'Run',
    kind: 'Kind',
    started: 'Started',
    took: 'Took',
    outcome: 'Outcome',
    counts: 'Posts',
  },
  kinds: { batch: 'batch', once: 'once', schedule: 'schedule' },
  outcomes: { done: 'done', 'done-with-failures': 'done, with failures', stopped: 'stopped' },
  unfinished: 'not finished',
  none: 'No runs yet.',
  noRun: (id: string) => `There is no run ${id}; "ronda runs list" shows those there are.`,
  over: 'Over',
  versions: 'Assessed with',
  noVersions: 'nothing yet',
  rejects: 'Rejected rows',
};

const id: typeof en = {
  columns: {
    run: 'Proses',
    kind: 'Jenis',
    started: 'Mulai',
    took: 'Lama',
    outcome: 'Hasil',
    counts: 'Unggahan',
  },
  kinds: { batch: 'batch', once: 'sekali', schedule: 'jadwal' },
  outcomes: { done: 'selesai', 'done-with-failures': 'selesai, ada yang gagal', stopped: 'dihentikan' },
  unfinished: 'belum selesai',
  none: 'Belum ada proses.',
  noRun: (run) => `Tidak ada proses ${run}; "ronda runs list" menampilkan yang ada.`,
  over: 'Atas',
  versions: 'Dinilai dengan',
  noVersions: 'belum ada',
  rejects: 'Baris tertolak',
};

export function runsWords(language: 'en' | 'id'): typeof en {
  return language === 'id' ? id : en;
}
