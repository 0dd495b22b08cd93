/** Why the desk refuses, by the refusal's kind, Indonesian and English (core/desk-refusal.ts, triage/). */

const en = {
  forbidden: 'Your role may not do this. If your work needs it, ask your supervisor.',
  'no-item': 'There is no such item in your units’ queue.',
  'no-alert': 'There is no such alert in your units.',
  'no-narrative': 'There is no such narrative; it may have been forgotten or become part of another.',
  'bad-title': 'A title has at most 120 characters, and no account, link or telephone number in it.',
  'same-narrative': 'These two are one narrative already.',
  'nothing-to-split': 'Choose some of the wordings, and not all of them.',
  'bad-clarification':
    'A clarification needs a web address, the time at which it was published (not one to come), and a channel.',
  'no-clarification': 'There is no such clarification.',
  'too-slow': 'This search takes too long just now. Narrow it by a filter or a longer word, or try again.',
  'claim-lost':
    'Somebody else works on this now, or it was given back; nothing was decided. What you wrote is still here.',
  'key-reused': 'This request was sent before with other content; nothing was changed.',
  'bad-key': 'The key of this request cannot be read.',
  'too-many-items': 'Too many items at once.',
  'reason-missing': 'Say in 10 to 500 characters why the name is needed.',
  'note-missing': 'Say why, in a note.',
  'note-too-long': 'The note is too long; at most 2,000 characters.',
  'no-unit': 'There is no such unit.',
  'no-blind-review': 'This item waits for no second review.',
  'bad-login': 'Name or password is wrong.',
  'code-needed': 'Give the six digits of your authenticator app.',
  'bad-code': 'The code is wrong or was used already; wait for the next one.',
  'totp-required': 'This role logs in here with a second factor only; ask for a new link and set one up.',
  'totp-there': 'This account has a second factor already; an administrator can reset it.',
  'bad-link': 'This link was used or has expired; ask for a new one.',
  'bad-password':
    'A password has 12 to 200 characters, at least five different ones, and not your user name in it.',
  'no-user': 'There is no such account.',
  'bad-user-name': 'A user name has 2 to 64 of a-z 0-9 . _ -',
  'last-admin': 'This is the only administrator; add another first.',
  'user-exists': 'There is an account of that name already.',
  'login-throttled': 'Too many failed logins; wait a quarter of an hour.',
  'login-busy': 'Many people log in just now; try again in a moment.',
  'bad-field': 'Something is missing or cannot be read; complete it and send it again.',
  'no-legal-row': 'This row was changed meanwhile or is not there; read it again.',
  'reviewer-missing': 'Name the lawyer who read it, in 3 to 120 characters.',
  'not-open': 'This item was decided meanwhile.',
  'not-escalated': 'This item is no approved case.',
  'not-proposed': 'No case is proposed on this item.',
  'not-closed': 'This item is not closed.',
  'same-person': 'Another person has to do this: four eyes.',
  'nothing-to-undo': 'There is nothing to undo.',
  'undo-not-yours': 'Somebody else did this last; only they could undo it.',
  'undo-too-late': 'Ten seconds are over; a supervisor can reopen it.',
  'not-the-system': 'This cannot be done so.',
  'hoax-without-source': 'Name the fact-check or a source that shows it is false.',
  'duplicate-of-itself': 'An item is no duplicate of itself; name the other one.',
  'bad-source': 'The source must be a link that begins with http:// or https://.',
  'bad-claim': 'The id of the fact-check cannot be read.',
  'bad-target':
    'Name the target with its ground, e.g. “kristen (religion or belief)”, or by its id in the lexicon, religion:kristen; never a person.',
  'target-missing': 'Say which protected group is the target.',
  'bad-fact-check': 'Name the fact-check by its id or its link.',
  'protected-expression':
    'Criticism and opinion without a call to act, and what is said against an institution, are protected expression: this is no case.',
};

export type RefusalWords = Readonly<Record<keyof typeof en, string>>;

const id: RefusalWords = {
  forbidden: 'Peran Anda tidak berhak melakukan ini. Bila tugas Anda memerlukannya, mintalah kepada atasan.',
  'no-item': 'Tidak ada butir itu di antrean satuan Anda.',
  'no-alert': 'Tidak ada peringatan itu di satuan Anda.',
  'no-narrative': 'Tidak ada narasi itu; mungkin sudah dilupakan atau menjadi bagian dari narasi lain.',
  'bad-title': 'Judul paling panjang 120 huruf, tanpa akun, tautan, atau nomor telepon.',
  'same-narrative': 'Keduanya sudah satu narasi.',
  'nothing-to-split': 'Pilih sebagian susunan kata, jangan semuanya.',
  'bad-clarification':
    'Klarifikasi memerlukan alamat web, waktu terbitnya (bukan yang akan datang), dan salurannya.',
  'no-clarification': 'Tidak ada klarifikasi itu.',
  'too-slow':
    'Pencarian ini terlalu lama sekarang. Persempit dengan saringan atau kata yang lebih panjang, atau coba lagi.',
  'claim-lost':
    'Orang lain sedang menanganinya, atau butir ini sudah dikembalikan; belum ada yang diputuskan. Tulisan Anda masih ada di sini.',
  'key-reused': 'Permintaan ini pernah dikirim dengan isi lain; tidak ada yang diubah.',
  'bad-key': 'Kunci permintaan ini tidak terbaca.',
  'too-many-items': 'Terlalu banyak butir sekaligus.',
  'reason-missing': 'Jelaskan dalam 10 sampai 500 huruf mengapa nama itu diperlukan.',
  'note-missing': 'Jelaskan alasannya dalam catatan.',
  'note-too-long': 'Catatan terlalu panjang; paling banyak 2.000 huruf.',
  'no-unit': 'Tidak ada satuan itu.',
  'no-blind-review': 'Butir ini tidak menunggu telaah kedua.',
  'bad-login': 'Nama atau kata sandi salah.',
  'code-needed': 'Isikan enam angka dari aplikasi autentikator Anda.',
  'bad-code': 'Kode salah atau sudah dipakai; tunggu kode berikutnya.',
  'totp-required': 'Peran ini masuk dari sini hanya dengan faktor kedua; mintalah tautan baru dan pasanglah.',
  'totp-there': 'Akun ini sudah memakai faktor kedua; administrator dapat meresetnya.',
  'bad-link': 'Tautan ini sudah dipakai atau kedaluwarsa; mintalah yang baru.',
  'bad-password':
    'Kata sandi terdiri atas 12 sampai 200 huruf, paling sedikit lima yang berbeda, tanpa nama pengguna Anda.',
  'no-user': 'Tidak ada akun itu.',
  'bad-user-name': 'Nama pengguna terdiri atas 2 sampai 64 dari a-z 0-9 . _ -',
  'last-admin': 'Ini administrator satu-satunya; tambahkan yang lain dahulu.',
  'user-exists': 'Sudah ada akun dengan nama itu.',
  'login-throttled': 'Terlalu sering gagal masuk; tunggu seperempat jam.',
  'login-busy': 'Banyak orang sedang masuk; coba sebentar lagi.',
  'bad-field': 'Ada isian yang kurang atau tidak terbaca; lengkapi lalu kirim lagi.',
  'no-legal-row': 'Baris ini sudah berubah atau tidak ada; bacalah lagi.',
  'reviewer-missing': 'Sebutkan ahli hukum yang membacanya, 3 sampai 120 huruf.',
  'not-open': 'Butir ini sudah diputuskan sementara itu.',
  'not-escalated': 'Butir ini bukan perkara yang disetujui.',
  'not-proposed': 'Tidak ada usulan perkara atas butir ini.',
  'not-closed': 'Butir ini belum ditutup.',
  'same-person': 'Harus dilakukan orang lain: empat mata.',
  'nothing-to-undo': 'Tidak ada yang dapat dibatalkan.',
  'undo-not-yours': 'Orang lain yang terakhir melakukannya; hanya ia yang dapat membatalkan.',
  'undo-too-late': 'Sepuluh detik sudah lewat; atasan dapat membukanya kembali.',
  'not-the-system': 'Ini tidak dapat dilakukan demikian.',
  'hoax-without-source': 'Sebutkan cek fakta atau sumber yang menunjukkan bahwa ini keliru.',
  'duplicate-of-itself': 'Sebuah butir bukan salinan dirinya; sebutkan butir yang lain.',
  'bad-source': 'Sumber harus tautan yang dimulai dengan http:// atau https://.',
  'bad-claim': 'Nomor cek fakta tidak terbaca.',
  'bad-target':
    'Sebutkan sasaran dengan dasarnya, misalnya “kristen (agama atau kepercayaan)”, atau dengan tandanya di leksikon, religion:kristen; jangan nama orang.',
  'target-missing': 'Sebutkan kelompok terlindung yang menjadi sasaran.',
  'bad-fact-check': 'Sebutkan cek fakta dengan nomor atau tautannya.',
  'protected-expression':
    'Kritik dan pendapat tanpa ajakan bertindak, serta ucapan terhadap lembaga, adalah ungkapan yang dilindungi: ini bukan perkara.',
};

/** The sentence for a refusal; undefined for a kind that has none, whose own message stands then. */
export function refusalWords(language: 'id' | 'en', kind: string): string | undefined {
  const said: Readonly<Record<string, string>> = language === 'id' ? id : en;
  return Object.hasOwn(said, kind) ? said[kind] : undefined;
}
