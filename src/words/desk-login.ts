/** Words of logging in and of a first password, Indonesian and English. */

const en = {
  title: 'Log in',
  opening: 'What public posts need a person’s eyes. Findings are hints; a person decides.',
  name: 'User name',
  password: 'Password',
  code: 'Authenticator code',
  codeHint: 'Six digits, only where your account has a second factor.',
  submit: 'Log in',
  welcome: 'Choose a password',
  choose: (name: string) => `For the account ${name}. This link works once.`,
  newPassword: 'New password',
  passwordHint:
    'At least 12 characters, five different ones, and not your user name. Several words are easy to keep.',
  again: 'The same again',
  keep: 'Keep this password',
  notTheSame: 'The two are not the same.',
  kept: 'Your password is set. Log in with it now.',
};

export type LoginWords = typeof en;

const id: LoginWords = {
  title: 'Masuk',
  opening: 'Unggahan publik yang perlu dibaca orang. Temuan adalah petunjuk; orang yang memutuskan.',
  name: 'Nama pengguna',
  password: 'Kata sandi',
  code: 'Kode autentikator',
  codeHint: 'Enam angka, hanya bila akun Anda memakai faktor kedua.',
  submit: 'Masuk',
  welcome: 'Pilih kata sandi',
  choose: (name) => `Untuk akun ${name}. Tautan ini berlaku sekali.`,
  newPassword: 'Kata sandi baru',
  passwordHint:
    'Sedikitnya 12 huruf, lima di antaranya berbeda, dan tanpa nama pengguna Anda. Beberapa kata mudah diingat.',
  again: 'Sekali lagi',
  keep: 'Pakai kata sandi ini',
  notTheSame: 'Keduanya tidak sama.',
  kept: 'Kata sandi Anda sudah ditetapkan. Masuklah dengannya sekarang.',
};

/** The words of logging in, in a language. */
export function loginWords(language: 'id' | 'en'): LoginWords {
  return language === 'id' ? id : en;
}
