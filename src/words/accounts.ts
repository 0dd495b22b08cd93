/** Words of the commands that keep accounts and the audit chain, Indonesian and English. */

const en = {
  columns: { name: 'Name', display: 'Shown as', role: 'Role', unit: 'Unit', state: 'State', id: 'No' },
  states: { active: 'active', disabled: 'disabled', waiting: 'no password yet', totp: 'with second factor' },
  none: 'There is no account yet; "ronda init" or "ronda users add NAME --role admin" makes one.',
  added: (name: string) =>
    `Account ${name} was made. Its password is set at this link, once, within 24 hours:`,
  reset: (name: string) =>
    `Account ${name} starts anew. Its password is set at this link, once, within 24 hours:`,
  firstAdmin: (name: string) =>
    `The first administrator is "${name}". The password is set at this link, once, within 24 hours ("ronda run" or "ronda desk" serves it):`,
  disabled: (name: string) => `Account ${name} is shut out; its sessions and tokens have ended.`,
  token: (until: string) => `This token is shown only now; it lasts until ${until}:`,
  revoked: (id: number) => `Token ${id} was stopped.`,
  noToken: (id: number) => `There is no live token ${id}.`,
  auditOk: (events: number) =>
    events === 0
      ? 'The audit chain is empty.'
      : `The audit chain is whole: ${events} event(s). Keep its head elsewhere; a later check with --head proves that nothing before it was changed or cut:`,
  auditBad: (seq: number) => `The audit chain does NOT hold from event ${seq} on:`,
  auditFaults: {
    changed: 'the event was changed after it was written',
    missing: 'the event is missing',
    'broken-link': 'it does not follow from the event before it',
    'cut-tail': 'events at the end were cut off',
    'other-head': 'it is not the event that the given head names',
  },
};

export type AccountWords = typeof en;

const id: AccountWords = {
  columns: {
    name: 'Nama',
    display: 'Tampil sebagai',
    role: 'Peran',
    unit: 'Satuan',
    state: 'Keadaan',
    id: 'No',
  },
  states: {
    active: 'aktif',
    disabled: 'ditutup',
    waiting: 'belum bersandi',
    totp: 'dengan faktor kedua',
  },
  none: 'Belum ada akun; "ronda init" atau "ronda users add NAMA --role admin" membuatnya.',
  added: (name) => `Akun ${name} dibuat. Kata sandinya ditetapkan lewat tautan ini, satu kali, dalam 24 jam:`,
  reset: (name) =>
    `Akun ${name} mulai lagi. Kata sandinya ditetapkan lewat tautan ini, satu kali, dalam 24 jam:`,
  firstAdmin: (name) =>
    `Administrator pertama adalah "${name}". Kata sandinya ditetapkan lewat tautan ini, satu kali, dalam 24 jam (disajikan oleh "ronda run" atau "ronda desk"):`,
  disabled: (name) => `Akun ${name} ditutup; sesi dan tokennya berakhir.`,
  token: (until) => `Token ini hanya ditampilkan sekarang; berlaku sampai ${until}:`,
  revoked: (token) => `Token ${token} dihentikan.`,
  noToken: (token) => `Tidak ada token ${token} yang berlaku.`,
  auditOk: (events) =>
    events === 0
      ? 'Rantai audit masih kosong.'
      : `Rantai audit utuh: ${events} peristiwa. Simpan ujungnya di tempat lain; pemeriksaan kelak dengan --head membuktikan bahwa tidak ada yang diubah atau dipotong sebelumnya:`,
  auditBad: (seq) => `Rantai audit TIDAK utuh mulai peristiwa ${seq}:`,
  auditFaults: {
    changed: 'peristiwa itu diubah setelah ditulis',
    missing: 'peristiwa itu hilang',
    'broken-link': 'peristiwa itu tidak menyambung dengan yang sebelumnya',
    'cut-tail': 'peristiwa di ujung dipotong',
    'other-head': 'bukan peristiwa yang disebut oleh ujung yang diberikan',
  },
};

export function accountWords(language: 'id' | 'en'): AccountWords {
  return language === 'id' ? id : en;
}
