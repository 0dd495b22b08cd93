/** Words of the page about one's own account, Indonesian and English. */

const en = {
  name: 'User name',
  role: 'Role',
  unit: 'Unit',
  veil: 'Blur slurs until the pointer or the keyboard is on them',
  grey: 'Show everything in shades of grey',
};

export type AccountWords = typeof en;

const id: AccountWords = {
  name: 'Nama pengguna',
  role: 'Peran',
  unit: 'Satuan',
  veil: 'Kaburkan kata hinaan sampai ditunjuk',
  grey: 'Tampilkan semuanya dalam abu-abu',
};

/** The words of one's own account in a language. */
export function accountWords(language: 'id' | 'en'): AccountWords {
  return language === 'id' ? id : en;
}
