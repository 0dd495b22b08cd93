/** What the JSON API says of a call that it did not take, Indonesian and English; refusals of acts stand in refusals.ts. */

const en = {
  'no-token': 'Give a token: Authorization: Bearer ronda_…',
  'bad-token': 'This token is unknown, has run out or was stopped; ask for a new one.',
  'no-scope': (scope: string) => `This token lacks the scope ${scope}; ask for one that has it.`,
  forbidden: (right: string) => `The role of this account lacks the right ${right}.`,
  'no-such-address': 'There is nothing at this address; /api/v1/openapi.json says what there is.',
  'bad-method': (allowed: string) => `This address takes ${allowed} only.`,
  'bad-json': 'The body is no JSON object.',
  'bad-content-type': 'Send the body as application/json.',
  'body-too-large': (most: number) => `The body is too large; at most ${most} bytes are read.`,
  'address-too-long': (most: number) => `The address is too long; at most ${most} characters are read.`,
  'unknown-host': 'The desk does not answer under that name.',
  'too-many-requests': (seconds: number) => `Too many requests; go on in ${seconds} s.`,
  'too-many-streams': (seconds: number) => `Too many streams at once; try again in ${seconds} s.`,
  'not-now': (seconds: number) => `The store is busy; nothing was changed. Try again in ${seconds} s.`,
  failed: (number: string) => `Something failed here; nothing was changed. The log has it under ${number}.`,
};

export type ApiWords = typeof en;

const id: ApiWords = {
  'no-token': 'Sertakan token: Authorization: Bearer ronda_…',
  'bad-token': 'Token ini tidak dikenal, sudah habis masa berlakunya atau dihentikan; mintalah yang baru.',
  'no-scope': (scope) => `Token ini tidak memiliki cakupan ${scope}; mintalah token yang memilikinya.`,
  forbidden: (right) => `Peran akun ini tidak memiliki hak ${right}.`,
  'no-such-address': 'Tidak ada apa pun di alamat ini; /api/v1/openapi.json memuat daftarnya.',
  'bad-method': (allowed) => `Alamat ini hanya menerima ${allowed}.`,
  'bad-json': 'Isi kiriman bukan objek JSON.',
  'bad-content-type': 'Kirimkan isinya sebagai application/json.',
  'body-too-large': (most) => `Isi kiriman terlalu besar; paling banyak ${most} bita dibaca.`,
  'address-too-long': (most) => `Alamat terlalu panjang; paling banyak ${most} karakter dibaca.`,
  'unknown-host': 'Meja ini tidak menjawab dengan nama itu.',
  'too-many-requests': (seconds) => `Permintaan terlalu banyak; lanjutkan ${seconds} detik lagi.`,
  'too-many-streams': (seconds) => `Terlalu banyak aliran sekaligus; coba ${seconds} detik lagi.`,
  'not-now': (seconds) => `Penyimpanan sibuk; tidak ada yang berubah. Coba ${seconds} detik lagi.`,
  failed: (number) => `Terjadi kegagalan di sini; tidak ada yang berubah. Catatannya bernomor ${number}.`,
};

/** The API's words in a language. */
export function apiWords(language: 'id' | 'en'): ApiWords {
  return language === 'id' ? id : en;
}
