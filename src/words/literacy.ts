/**
 * Points that a report suggests for public literacy: our own words, about kinds of content and habits of reading. None of
 * them speaks of a person, a group or a camp, and none says what is true of anything that circulates.
 */

const en = {
  'known-hoax':
    'A claim that fact-checkers have examined is circulating again. Share the fact-check, not the claim; say what is known before what is wrong.',
  health:
    'On health, ask those who treat people: the puskesmas, a doctor, the Ministry of Health. A story of somebody’s cousin is no study.',
  disaster:
    'Warnings of earthquakes, floods and weather come from BMKG, BNPB and the local BPBD, with time and place. No method foretells the day of an earthquake.',
  election:
    'How, where and when to vote is said by the KPU; complaints go to Bawaslu. A picture of a form or a ballot says little without place, date and source.',
  holiday:
    'Before a holiday, check routes, tickets and appeals at the official channels; old pictures of crowds and accidents come round every year.',
  'chain-message':
    'The same words from many accounts are not many witnesses. Ask who saw it first, and where.',
  'shared-link':
    'Look at the address before opening it, and at the date before sharing it. Give no password, code or card number to a page that a message led to.',
  'group-hatred':
    'A deed belongs to whoever did it, never to a faith, a people or an origin. One can contradict a claim without repeating it, and calm a conversation by leaving it.',
  incitement:
    'Calls to take matters into one’s own hands help nobody who was wronged. What is known can be reported to the police or at the village office, and will be looked into.',
  threat:
    'Whoever is threatened should keep what was written, with date and address, and report it; nobody needs to answer it.',
  'early-news':
    'First reports are often wrong in number, place or cause. Wait for a second source that was there itself.',
  'check-first': 'Stop a moment before sharing: who says so, when, and how do they know?',
};

export type LiteracyWords = typeof en;

const id: LiteracyWords = {
  'known-hoax':
    'Klaim yang sudah diperiksa pemeriksa fakta beredar lagi. Bagikan hasil pemeriksaannya, bukan klaimnya; dahulukan yang diketahui, baru yang keliru.',
  health:
    'Soal kesehatan, tanyakan kepada yang merawat: puskesmas, dokter, Kementerian Kesehatan. Cerita kerabat seseorang bukan penelitian.',
  disaster:
    'Peringatan gempa, banjir dan cuaca datang dari BMKG, BNPB dan BPBD setempat, dengan waktu dan tempat. Tidak ada cara yang dapat meramal hari terjadinya gempa.',
  election:
    'Cara, tempat dan waktu memilih disampaikan oleh KPU; pengaduan ke Bawaslu. Gambar formulir atau surat suara tanpa tempat, tanggal dan sumber belum berarti banyak.',
  holiday:
    'Menjelang hari besar, periksa jalur, tiket dan imbauan di kanal resmi; foto lama keramaian dan kecelakaan muncul lagi setiap tahun.',
  'chain-message':
    'Kata-kata yang sama dari banyak akun bukan banyak saksi. Tanyakan siapa yang pertama melihat, dan di mana.',
  'shared-link':
    'Lihat alamatnya sebelum dibuka, dan tanggalnya sebelum dibagikan. Jangan memberi kata sandi, kode atau nomor kartu kepada laman yang dituju sebuah pesan.',
  'group-hatred':
    'Perbuatan adalah milik pelakunya, bukan milik agama, suku atau asal-usul. Sebuah klaim dapat dibantah tanpa diulang, dan percakapan dapat ditenangkan dengan tidak melanjutkannya.',
  incitement:
    'Ajakan main hakim sendiri tidak menolong siapa pun yang dirugikan. Yang diketahui dapat dilaporkan ke kepolisian atau kantor desa untuk ditindaklanjuti.',
  threat:
    'Yang diancam sebaiknya menyimpan tulisannya berikut tanggal dan alamatnya, lalu melapor; tidak perlu membalas.',
  'early-news':
    'Kabar pertama sering keliru dalam jumlah, tempat atau sebab. Tunggu sumber kedua yang ada di tempat kejadian.',
  'check-first': 'Berhenti sejenak sebelum membagikan: siapa yang mengatakan, kapan, dan dari mana tahunya?',
};

/** The points in a language. */
export function literacyWords(language: 'id' | 'en'): LiteracyWords {
  return language === 'id' ? id : en;
}
