/** Words of the second factor and of one's own API tokens, Indonesian and English. */

const en = {
  factor: 'Second factor',
  factorOn: 'Your account asks for a code of your authenticator app at each login.',
  factorOff: 'With an authenticator app, a stolen password alone opens nothing.',
  factorLost: 'Lost the app? An administrator can reset your account.',
  setUp: 'Set up a second factor',
  steps:
    'Add an account in your authenticator app, type in this key, and give the six digits that the app shows.',
  secret: 'Key (time-based, six digits)',
  uri: 'The same as an address, for apps that take one',
  code: 'Code of the app',
  keep: 'Keep the second factor',
  tokens: 'Tokens of the API',
  tokensIntro:
    'For a program that works in your name; it can never do more than your role. It is shown once.',
  made: 'The new token; it is not shown again:',
  none: 'You have no token.',
  label: 'What it is for',
  scopes: 'What it may do',
  scope: {
    'items:read': 'read items',
    'items:decide': 'claim and decide items',
    'events:read': 'follow events',
    'numbers:read': 'read numbers',
    'narratives:read': 'read narratives and trends',
    'alerts:read': 'read alerts',
    'alerts:acknowledge': 'acknowledge alerts',
  },
  days: 'Days that it lasts (1 to 366)',
  make: 'Make a token',
  until: 'Good until',
  ended: 'stopped',
  stop: 'Stop',
  stopNamed: (name: string) => `Stop the token ${name}`,
};

export type SecurityWords = typeof en;

const id: SecurityWords = {
  factor: 'Faktor kedua',
  factorOn: 'Akun Anda meminta kode dari aplikasi autentikator setiap kali masuk.',
  factorOff: 'Dengan aplikasi autentikator, kata sandi yang dicuri saja tidak membuka apa pun.',
  factorLost: 'Aplikasinya hilang? Administrator dapat mereset akun Anda.',
  setUp: 'Pasang faktor kedua',
  steps:
    'Tambahkan akun di aplikasi autentikator, ketikkan kunci ini, lalu isikan enam angka yang ditampilkannya.',
  secret: 'Kunci (berbasis waktu, enam angka)',
  uri: 'Kunci yang sama sebagai alamat, untuk aplikasi yang menerimanya',
  code: 'Kode dari aplikasi',
  keep: 'Pakai faktor kedua ini',
  tokens: 'Token API',
  tokensIntro:
    'Untuk program yang bekerja atas nama Anda; tidak pernah melebihi peran Anda. Hanya ditampilkan sekali.',
  made: 'Token baru; tidak ditampilkan lagi:',
  none: 'Anda tidak memiliki token.',
  label: 'Kegunaannya',
  scopes: 'Yang boleh dilakukannya',
  scope: {
    'items:read': 'membaca butir',
    'items:decide': 'mengambil dan memutuskan butir',
    'events:read': 'mengikuti peristiwa',
    'numbers:read': 'membaca angka',
    'narratives:read': 'membaca narasi dan tren',
    'alerts:read': 'membaca peringatan',
    'alerts:acknowledge': 'menanggapi peringatan',
  },
  days: 'Masa berlaku dalam hari (1 sampai 366)',
  make: 'Buat token',
  until: 'Berlaku sampai',
  ended: 'dihentikan',
  stop: 'Hentikan',
  stopNamed: (name) => `Hentikan token ${name}`,
};

/** The words of second factor and tokens in a language. */
export function securityWords(language: 'id' | 'en'): SecurityWords {
  return language === 'id' ? id : en;
}
