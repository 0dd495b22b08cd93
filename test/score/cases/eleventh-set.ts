import type { CaseTable } from './table.js';

/**
 * Hateful test text and harmless counterparts after a set of 484 sentences (364 hateful, 120 harmless, invented) that a
 * third hand wrote in November 2026 before it had looked at rules and lexicon. At first sight: macro-F1 .78, hateful
 * recall .76 (implicit derogation .43, direct threat .57, evading spellings .66, negated positive and question .68),
 * 93 % of the harmless left alone. Here stand the ways of speaking that were new. Tuned on since.
 */
export const ELEVENTH_SET: readonly CaseTable[] = [
  {
    kind: 'implicit-derogation',
    hateful: true,
    sentences: [
      'Jangan pernah kasih tetangga {G} kalau mau hidup tenang.',
      'Pagi-pagi udah ketemu {G}, langsung dompet diamankan.',
      'Setiap lihat {G} gue langsung pegang tas.',
      '{G} kok jadi guru?',
      'Gausah kaget banyak pencurian, di situ kan banyak {G}.',
      'Bau begini siapa lagi kalau bukan {G}.',
      'Hidup bareng {G} sama aja nunggu azab.',
      'Gak semua {G} maling, sebagian belum ketahuan aja.',
      '{G} bisanya tidur sama ribut doang.',
      'Tuhan lagi khilaf waktu nyiptain {G}.',
      'Enak ya dulu, sebelum ada {G} di sini.',
      '{G} dikasih sejengkal minta semuanya.',
      'Lihat {G} jalan, kayak lihat kecoak.',
      'Boikot semua toko {G}.',
    ],
  },
  {
    kind: 'direct-threat',
    hateful: true,
    sentences: [
      'Kalau masih ada {G} di sini, rata sama tanah nanti.',
      'Darah kalian halal, hai {G}.',
      'Siapkan liang kubur, wahai {G}.',
      'Kepala {G} akan kami bawa pulang.',
      'Hati-hati kalian {G}, jangan nyesel nanti.',
      '{G} bakal gue siram air keras.',
      'Malam ini kita sweeping, {G} yang ketemu digebuk.',
      'Bakar {G} hidup-hidup.',
      'Gantung {G} sampai mati.',
    ],
  },
  {
    kind: 'normative-harm',
    hateful: true,
    sentences: [
      'Udah paling bener {G} dibalikin semua.',
      '{G} harusnya dikeluarin dari kampung.',
      '{G} sebaiknya dihanguskan.',
      '{G} pantas menerima genosida.',
      'Gimana kalau {G} semua diusir aja?',
      'Harusnya dulu habis semua tuh {G}.',
      'Jangan kasih kuasa ke {G}.',
    ],
  },
  {
    kind: 'negated-positive',
    hateful: true,
    sentences: [
      '{G} itu gak ada baik-baiknya.',
      'Tidak satu pun {G} yang layak disebut manusia.',
      'Mana pernah {G} bisa dipercaya.',
      '{G} tidak layak dikubur di tanah kita.',
      '{G} itu jauh dari kata beradab.',
      '{G} tuh minus akhlak.',
      '{G} mana punya malu.',
    ],
  },
  {
    kind: 'hate-question',
    hateful: true,
    sentences: [
      'Kapan {G} berhenti jadi hama?',
      'Perlukah kita memperlakukan {G} seperti manusia?',
      '{G} mana sih yang gak maling?',
      'Kenapa {G} masih boleh napas?',
      'Masa kita harus satu sekolah sama makhluk kotor kayak {G}?',
    ],
  },
  {
    kind: 'slur',
    hateful: true,
    sentences: [
      'Kalau ada bencong lewat sini lagi, gue gebukin.',
      'Lihat bencong rasanya pengen muntah.',
      'Jangan kasih jabatan ke cokin.',
      'Kenapa cokin masih boleh tinggal di sini?',
      'Si sipit itu lintah.',
    ],
  },
  {
    kind: 'spelling',
    hateful: true,
    sentences: [
      'usirDayak',
      'basmisyiah sampai habis',
      'cinababi',
      'orangbatakanjingsemua',
      'org krstn bbi smua',
      'bntai smua org yhd',
      'Buajingan wong Cino iku.',
      'Wong Madura kudu diobong.',
      'Urang Cina teh kudu dipaehan.',
    ],
  },
  {
    kind: 'counterparts',
    hateful: false,
    sentences: [
      'Pantes {G} marah, rumahnya digusur.',
      'Tidak wajar {G} diusir dari rumahnya sendiri.',
      'Gue lawan siapa pun yang mau ngusir {G} dari kampung ini.',
      'Boikot produk yang merusak kampung {G}.',
      'Mati aku, besok presentasi di depan {G}.',
      'Lihat {G} main bola, kayak lihat timnas Brasil.',
      'Setiap lihat {G} gue langsung inget teman lama.',
      'Tak satu pun {G} di kelas kami yang absen.',
      'Siapa lagi kalau bukan {G} yang paling rajin gotong royong.',
      'Toko {G} di pojok buka sampai malam.',
      'Kapan {G} berhenti jadi korban?',
      'Jangan pernah kasih tahu tetangga, ini kejutan buat {G}.',
      'Guru kami {G}, ngajarnya enak.',
      'Gimana kalau {G} kita undang buka bersama?',
      'Makan siang bareng {G}, menunya daging unta.',
    ],
  },
];
