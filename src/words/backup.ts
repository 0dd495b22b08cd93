/** Words of `ronda backup` and `ronda restore`, Indonesian and English. */

const en = {
  made: (file: string, items: number, at: string) => `${file}: ${items} item(s) as of ${at}.`,
  withSecret: 'It holds the secret: whoever has it can unseal names. Guard it like secret.key.',
  withoutSecret:
    'The secret is not in it: keep secret.key apart from it, or nothing can be unsealed after a restore.',
  withoutQueue:
    'What waits in Redis is not in it: Redis keeps its own (append-only file). The store knows what it landed already.',
  restored: (home: string, items: number, at: string) => `${home}: ${items} item(s) as of ${at}.`,
  checked: (events: number) => `Checked: every page, the secret, and ${events} event(s) of the audit chain.`,
  erasedAgain: (n: number) => `${n} item(s) erased again.`,
  noErasures: (at: string) =>
    `What was erased on request after ${at} is in it again; give the list of "ronda erase --list" with --erasures.`,
  config: (file: string) => `The configuration as it was is ${file}; put it where you start ronda.`,
};

const id: typeof en = {
  made: (file, items, at) => `${file}: ${items} butir per ${at}.`,
  withSecret: 'Rahasianya ada di dalam: pemegangnya dapat membuka segel nama. Jaga seperti secret.key.',
  withoutSecret:
    'Rahasianya tidak ada di dalam: simpan secret.key terpisah; tanpanya segel tidak dapat dibuka setelah pemulihan.',
  withoutQueue:
    'Yang menunggu di Redis tidak ada di dalam: Redis menyimpannya sendiri (append-only file). Yang sudah masuk diketahui simpanan.',
  restored: (home, items, at) => `${home}: ${items} butir per ${at}.`,
  checked: (events) => `Diperiksa: setiap halaman, rahasianya, dan ${events} peristiwa rantai audit.`,
  erasedAgain: (n) => `${n} butir dihapus kembali.`,
  noErasures: (at) =>
    `Yang dihapus atas permintaan setelah ${at} ada lagi di dalamnya; berikan daftar "ronda erase --list" dengan --erasures.`,
  config: (file) => `Konfigurasi saat itu ada di ${file}; letakkan di tempat ronda dijalankan.`,
};

export function backupWords(language: 'en' | 'id'): typeof en {
  return language === 'id' ? id : en;
}
