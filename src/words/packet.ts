/** Words of checking packets (`ronda verify`), of the legal reference and of a case's export, Indonesian and English. */

const en = {
  verify: {
    good: (item: number, made: string, files: number) =>
      `Genuine: the packet of item ${item}, made ${made}, ${files} files, each as it was signed.`,
    signedBy: (key: string, name?: string) =>
      `Signed by the key ${key}${name === undefined ? '' : ` ("${name}")`}.`,
    bad: 'NOT genuine:',
    faults: {
      'not-a-packet': 'this is no whole packet: the archive is cut off, damaged or something else.',
      'too-large': 'the archive is larger than a packet can be; nothing was unpacked.',
      'unsafe-name':
        'a name in the archive would lead out of its folder or cannot be shown; nothing was unpacked.',
      compressed: 'the archive is compressed, which a packet never is; it was packed anew, or it is a bomb.',
      'no-manifest': 'manifest.json or manifest.sig is missing.',
      'other-key': 'it is not signed with a key that you trust; it names another one.',
      'bad-signature': 'the signature does not fit manifest.json: one of the two was changed.',
      'bad-manifest': 'manifest.json is signed, but is none.',
      'missing-file': 'a file is missing.',
      'extra-file': 'a file was added, or stands twice.',
      changed: 'a file was changed.',
      repacked: 'the files are as signed, but the archive around them was changed or packed anew.',
    },
    file: 'File',
    block: (block: number, offset: number) =>
      `first block that differs: ${block} (from byte ${offset}, 4,096 bytes a block)`,
    archive: (offset: number) => `first difference at byte ${offset} of the archive`,
    key: 'Key that it names',
    noKey:
      'No key to check with: give the public key of the unit that made the packet (--key FILE), or pin it once (--pin NAME --key FILE). A key within a packet proves nothing.',
    pinned: (name: string, key: string) => `Pinned as "${name}": ${key}`,
    showKey: (key: string) => `Fingerprint: ${key}. Give it to the reader by another way than the packet.`,
    nothing: 'Name a packet, or use --show-key or --pin.',
    pinNeedsKey: '--pin needs the key: --key FILE.',
  },
  legal: {
    title: 'Legal references',
    intro:
      'Provisions by date, in Ronda’s own words: hints for people, neither the text of a law nor legal advice. Each is unreviewed until a lawyer has signed exactly this content.',
    onDay: 'In force on',
    day: 'Day',
    show: 'Show',
    forPost: 'Legal references for the day of the post',
    byCollecting: 'The time of the post is not known; the day on which it was collected is used.',
    others: (n: number) => `Offences and how they apply (${n})`,
    favour:
      'Where the law changed after the post, compare both: the one milder for the person applies (KUHP 2023, article 3).',
    otherDays: 'On other days',
    notReviewed: 'not reviewed by a lawyer',
    reviewedBy: (name: string, at: string) => `reviewed by ${name}, ${at}`,
    unsure: 'perhaps no longer in force',
    kinds: {
      offence: 'offence',
      limit: 'not punishable / limit',
      ruling: 'court ruling',
      procedure: 'how laws apply',
    },
    element: 'What has to be shown',
    condition: 'Condition',
    doubt: 'To be made sure of',
    inForce: 'In force',
    from: (day: string) => `from ${day}`,
    until: (from: string, to: string) => `from ${from} until before ${to}`,
    source: 'Source',
    sign: 'Sign',
    reviewer: 'Lawyer who has read it',
    none: 'None on this day.',
  },
  packet: {
    title: (n: number) => `Evidence packet of item ${n}`,
    intro:
      'A signed archive for referral: the post as received, the assessment, the decisions, legal references and a summary. It names the account. The export is recorded with its hash.',
    approved: (who: string, at: string) => `Approved by ${who}, ${at}.`,
    addressee: 'Referred to',
    addressees: {
      komdigi: 'Komdigi',
      bawaslu: 'Bawaslu / Gakkumdu',
      'dewan-pers': 'Dewan Pers (press council)',
    },
    make: 'Make and download the packet',
    check:
      'Whoever receives it checks it with “ronda verify”, or with openssl and sha256sum alone; give them the public key by another way:',
    refetch: 'Asked again at escalation',
    notYet: 'The place was not asked yet; it is asked when the packet is made.',
    refetched: {
      shown: 'the place still shows it, unchanged',
      edited: 'the place shows another text now',
      gone: 'the place shows it no longer',
      unknown: 'the place did not tell',
      cannot: 'it cannot be asked for',
    },
    back: 'Back to the item',
    open: 'Evidence packet and legal references',
  },
};

export type PacketWords = typeof en;

const id: PacketWords = {
  verify: {
    good: (item, made, files) =>
      `Asli: paket butir ${item}, dibuat ${made}, ${files} berkas, masing-masing seperti saat ditandatangani.`,
    signedBy: (key, name) => `Ditandatangani dengan kunci ${key}${name === undefined ? '' : ` ("${name}")`}.`,
    bad: 'TIDAK asli:',
    faults: {
      'not-a-packet': 'ini bukan paket yang utuh: arsipnya terpotong, rusak, atau hal lain.',
      'too-large': 'arsipnya lebih besar daripada paket mana pun; tidak ada yang dibuka.',
      'unsafe-name':
        'sebuah nama dalam arsip keluar dari foldernya atau tidak dapat ditampilkan; tidak ada yang dibuka.',
      compressed: 'arsipnya dimampatkan, padahal paket tidak pernah; ia dikemas ulang atau sebuah bom.',
      'no-manifest': 'manifest.json atau manifest.sig tidak ada.',
      'other-key': 'tidak ditandatangani dengan kunci yang Anda percaya; ia menyebut kunci lain.',
      'bad-signature': 'tanda tangan tidak cocok dengan manifest.json: salah satunya diubah.',
      'bad-manifest': 'manifest.json ditandatangani, tetapi bukan manifest.',
      'missing-file': 'sebuah berkas hilang.',
      'extra-file': 'sebuah berkas ditambahkan, atau ada dua kali.',
      changed: 'sebuah berkas diubah.',
      repacked:
        'berkas-berkasnya seperti saat ditandatangani, tetapi arsip di sekelilingnya diubah atau dikemas ulang.',
    },
    file: 'Berkas',
    block: (block, offset) =>
      `blok pertama yang berbeda: ${block} (mulai bita ${offset}, 4.096 bita tiap blok)`,
    archive: (offset) => `perbedaan pertama pada bita ${offset} dari arsip`,
    key: 'Kunci yang disebutnya',
    noKey:
      'Tidak ada kunci pemeriksa: berikan kunci publik satuan pembuat paket (--key BERKAS), atau sematkan sekali (--pin NAMA --key BERKAS). Kunci di dalam paket tidak membuktikan apa pun.',
    pinned: (name, key) => `Disematkan sebagai "${name}": ${key}`,
    showKey: (key) => `Sidik kunci: ${key}. Sampaikan kepada pembaca lewat jalan lain daripada paketnya.`,
    nothing: 'Sebutkan sebuah paket, atau pakai --show-key atau --pin.',
    pinNeedsKey: '--pin memerlukan kuncinya: --key BERKAS.',
  },
  legal: {
    title: 'Rujukan hukum',
    intro:
      'Ketentuan menurut tanggal, dengan kata-kata Ronda sendiri: petunjuk bagi orang, bukan naskah undang-undang dan bukan nasihat hukum. Masing-masing belum ditinjau sampai seorang ahli hukum menandatangani isi ini persis.',
    onDay: 'Berlaku pada',
    day: 'Tanggal',
    show: 'Tampilkan',
    forPost: 'Rujukan hukum menurut tanggal unggahan',
    byCollecting: 'Waktu unggahan tidak diketahui; dipakai tanggal diterima.',
    others: (n) => `Tindak pidana dan pemberlakuannya (${n})`,
    favour:
      'Bila hukum berubah sesudah unggahan, bandingkan keduanya: yang lebih menguntungkan pelaku berlaku (KUHP 2023 Pasal 3).',
    otherDays: 'Pada tanggal lain',
    notReviewed: 'belum ditinjau ahli hukum',
    reviewedBy: (name, at) => `ditinjau oleh ${name}, ${at}`,
    unsure: 'mungkin sudah berakhir',
    kinds: {
      offence: 'tindak pidana',
      limit: 'tidak dipidana / batas',
      ruling: 'putusan MK',
      procedure: 'pemberlakuan',
    },
    element: 'Yang harus ditunjukkan',
    condition: 'Syarat',
    doubt: 'Belum pasti',
    inForce: 'Berlaku',
    from: (day) => `sejak ${day}`,
    until: (from, to) => `sejak ${from} sampai sebelum ${to}`,
    source: 'Sumber',
    sign: 'Tandatangani',
    reviewer: 'Ahli hukum yang membacanya',
    none: 'Tidak ada pada tanggal ini.',
  },
  packet: {
    title: (n) => `Paket bukti butir ${n}`,
    intro:
      'Arsip bertanda tangan untuk rujukan: unggahan seperti diterima, penilaian, putusan, rujukan hukum, dan ringkasan. Isinya menyebut akun. Pengeluarannya dicatat dengan hash-nya.',
    approved: (who, at) => `Disetujui oleh ${who}, ${at}.`,
    addressee: 'Dirujuk kepada',
    addressees: { komdigi: 'Komdigi', bawaslu: 'Bawaslu / Gakkumdu', 'dewan-pers': 'Dewan Pers' },
    make: 'Buat dan unduh paket',
    check:
      'Penerima memeriksanya dengan "ronda verify", atau dengan openssl dan sha256sum saja; sampaikan kunci publik ini lewat jalan lain:',
    refetch: 'Ditanya ulang saat eskalasi',
    notYet: 'Tempatnya belum ditanya; akan ditanya saat paket dibuat.',
    refetched: {
      shown: 'tempatnya masih menampilkan, tidak berubah',
      edited: 'tempatnya kini menampilkan teks lain',
      gone: 'tempatnya tidak lagi menampilkan',
      unknown: 'tempatnya tidak memberi tahu',
      cannot: 'tidak dapat ditanya',
    },
    back: 'Kembali ke butir',
    open: 'Paket bukti dan rujukan hukum',
  },
};

/** The words of packets and of the legal reference in a language. */
export function packetWords(language: 'id' | 'en'): PacketWords {
  return language === 'id' ? id : en;
}
