/**
 * Words of the papers in an evidence packet. In Indonesian alone: their readers are Indonesian offices, and the words are
 * part of what is signed. How to check the packet is said in English too, for whoever is asked to.
 */

/** Whom a case is referred to. */
const ADDRESSEE = {
  komdigi: {
    name: 'Kementerian Komunikasi dan Digital (Komdigi)',
    why: 'aduan konten: penilaian terhadap konten menurut peraturan tentang penyelenggara sistem elektronik',
  },
  bawaslu: {
    name: 'Bawaslu / Sentra Gakkumdu',
    why: 'dugaan pelanggaran dalam kampanye; perhatikan tenggat laporan menurut undang-undang pemilu',
  },
  'dewan-pers': {
    name: 'Dewan Pers',
    why: 'penilaian apakah ini karya jurnalistik; sengketa pers menempuh UU 40/1999 lebih dahulu',
  },
} as const;

const CATEGORY = {
  hate: 'ujaran kebencian',
  sara: 'SARA',
  incitement: 'hasutan',
  threat: 'ancaman',
  hoax: 'hoaks',
  abusive: 'kata kasar',
} as const;

export const packetPaper = {
  title: 'Ringkasan perkara untuk rujukan',
  item: (n: number) => `Butir ${n}`,
  hint: 'Ronda tidak memutus dan tidak bertindak atas akun siapa pun. Penilaian mesin adalah petunjuk; dua orang menyetujui perkara ini.',
  addressees: ADDRESSEE,
  categories: CATEGORY,
  to: 'Kepada',
  purpose: 'Untuk',
  from: 'Satuan',
  made: 'Dibuat',
  by: 'Oleh',
  person: (user: string, role?: string, unit?: string) =>
    [`petugas no. ${user}`, role, unit].filter((part) => part !== undefined).join(', '),
  roles: {
    officer: 'petugas',
    supervisor: 'penyelia',
    humas: 'humas',
    auditor: 'auditor',
    admin: 'administrator',
  },
  system: 'sistem',
  post: 'Unggahan',
  postNote: 'Teks asli seperti diterima; huruf yang tidak ada pada huruf cetak ditulis sebagai [U+kode].',
  cut: (all: number) => `… dipotong di sini; seluruh teks (${all} satuan) ada dalam unggahan/post.json`,
  facts: {
    platform: 'Tempat',
    source: 'Sumber pengumpulan',
    account: 'Akun',
    url: 'Tautan',
    id: 'Id unggahan',
    posted: 'Diunggah',
    collected: 'Diterima Ronda',
    withdrawn: 'Ditarik di tempatnya',
    reach: 'Jangkauan saat diterima',
    revision: 'Revisi (hash isi)',
  },
  reach: { likes: 'suka', reposts: 'dibagikan', replies: 'balasan', views: 'dilihat' },
  unknown: 'tidak diketahui',
  refetch: 'Diperiksa ulang saat eskalasi',
  refetched: {
    shown: 'Masih ditampilkan tempatnya, teksnya sama.',
    edited: 'Masih ditampilkan tempatnya, tetapi teksnya sudah lain; keduanya dilampirkan.',
    gone: 'Tidak lagi ditampilkan tempatnya.',
    unknown: 'Tempatnya tidak menjawab dengan jelas; yang dilampirkan hanya yang diterima semula.',
    cannot: 'Tidak dapat diambil ulang; yang dilampirkan hanya yang diterima semula.',
  },
  askedAt: 'Ditanya',
  reason: 'Sebab',
  reasons: {
    'no-link': 'Unggahan tidak mempunyai tautan yang dapat diambil.',
    'no-network': 'Ronda di sini tidak terhubung ke jaringan.',
    'not-in-page': 'Teks unggahan tidak ditemukan di halaman tautannya.',
  } as Readonly<Record<string, string>>,
  page: (status: number, bytes: number, holds: boolean) =>
    `Halaman tautan menjawab ${status} (${bytes} bita); teks unggahan ${holds ? 'terdapat' : 'tidak ditemukan'} di dalamnya. Isi halaman tidak disimpan karena memuat unggahan orang lain; hash-nya dilampirkan.`,
  assessment: 'Penilaian mesin (petunjuk, bukan putusan)',
  score: 'Nilai',
  flagged: 'ditandai',
  targets: 'Tentang siapa',
  incomplete: 'Langkah yang tidak selesai',
  versions: 'Versi',
  findings: 'Temuan',
  none: 'tidak ada',
  decisions: 'Putusan orang',
  acts: {
    decided: 'memutus',
    'second-opinion-asked': 'meminta pendapat kedua',
    undone: 'membatalkan langkah sendiri',
    'escalation-proposed': 'mengusulkan perkara',
    'escalation-approved': 'menyetujui perkara',
    'escalation-refused': 'menolak usulan perkara',
    released: 'menutup perkara',
    reopened: 'membuka kembali',
    'handed-over': 'menyerahkan ke satuan lain',
    'reviewed-blind': 'menilai ulang',
    note: 'menulis catatan',
    withdrawn: 'mencatat bahwa unggahan ditarik',
    returned: 'mencatat bahwa unggahan tampil lagi',
    rescored: 'menilai kembali dengan leksikon atau model yang lebih baru',
  },
  checklist: {
    targetKind: 'Sasaran',
    targets: {
      'protected-group': 'kelompok yang dilindungi',
      institution: 'lembaga',
      person: 'orang',
      nobody: 'tidak ada',
    },
    criticismOrOpinion: 'Kritik atau pendapat',
    callToAct: 'Ajakan bertindak',
    factCheck: 'Pemeriksaan fakta',
    yes: 'ya',
    no: 'tidak',
  },
  legal: 'Rujukan hukum menurut tanggal unggahan',
  legalByCollecting: 'Waktu unggahan tidak diketahui; dipakai tanggal diterima.',
  legalNote: 'Ringkasan dengan kata-kata sendiri, bukan naskah undang-undang dan bukan nasihat hukum.',
  notReviewed: 'BELUM DITINJAU AHLI HUKUM',
  reviewed: (who: string) => `ditinjau oleh ${who}`,
  perhapsEnded: 'MUNGKIN SUDAH BERAKHIR',
  element: 'Yang harus ditunjukkan',
  condition: 'Syarat',
  unsure: 'Belum pasti',
  source: 'Sumber',
  checking: 'Memeriksa paket ini',
  checkingHow:
    'BACA-SAYA.txt menerangkan cara memeriksa keaslian paket dengan ronda, atau dengan openssl dan sha256sum saja.',
  footer: (item: number, page: number, pages: number) =>
    `Ronda · butir ${item} · halaman ${page} dari ${pages}`,
};

/** BACA-SAYA.txt: what stands in the packet, and how it is checked without Ronda. */
export function packetReadme(item: number, made: string, key: string): string {
  return `PAKET BUKTI RONDA - BUTIR ${item}
Dibuat ${made}

ISI
  ringkasan.pdf               ringkasan untuk rujukan
  unggahan/post.json          unggahan: id, tautan, akun, teks, waktu
  unggahan/rekaman.*          rekaman unggahan seperti diterima, bita demi bita
  unggahan/rekaman-asal.json  dari mana, kapan, dengan header apa, dan hash seluruh jawaban
  unggahan/diambil-ulang*     apa kata tempatnya saat perkara disetujui
  penilaian.json              penilaian mesin (petunjuk, bukan putusan)
  keputusan.json              siapa memutus apa dan kapan (nomor petugas, bukan nama)
  rujukan-hukum.json          rujukan hukum menurut tanggal unggahan
  SHA256SUMS                  hash tiap berkas di atas
  manifest.json               hash tiap berkas dan tiap blok 4096 bita
  manifest.sig                tanda tangan Ed25519 atas manifest.json

CARA MEMERIKSA
Kunci publik TIDAK disertakan: kunci di dalam paket dapat diganti bersama isinya. Mintalah kunci itu
(kunci.pem) langsung dari satuan pembuat, lewat jalan lain. Sidik kunci pembuat paket ini:
  ${key}

Dengan Ronda:
  ronda verify PAKET.zip --key kunci.pem

Tanpa Ronda, setelah dibuka ke folder kosong, jalankan di folder itu (OpenSSL 3):
  1. openssl pkey -pubin -in kunci.pem -outform DER | sha256sum
     harus menghasilkan sidik kunci yang diberikan satuan pembuat.
  2. openssl pkeyutl -verify -pubin -inkey kunci.pem -rawin -in manifest.json -sigfile manifest.sig
     harus menjawab: Signature Verified Successfully
  3. grep -A 2 '"path": "SHA256SUMS"' manifest.json | grep -c "$(sha256sum < SHA256SUMS | cut -c 1-64)"
     harus menjawab 1: daftar hash ini ikut ditandatangani.
  4. sha256sum --strict -c SHA256SUMS
     harus menjawab OK untuk tiap berkas.
Berkas yang tidak disebut dalam SHA256SUMS, selain manifest.json, manifest.sig dan SHA256SUMS sendiri,
bukan bagian paket.

IN ENGLISH
The public key is not in here on purpose; ask the unit that made this packet for it by another way, then
do the four steps above: the key's fingerprint, the signature of manifest.json, that SHA256SUMS is named in
it, and the hash of each file. "ronda verify PACKET.zip --key kunci.pem" does all of it.
`;
}
