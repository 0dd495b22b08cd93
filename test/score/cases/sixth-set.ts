import type { CaseTable } from './table.js';

/**
 * The third round of the second hand, nearer to plain translations of the functional templates; written unseen like the others. At
 * first sight: macro-F1 .89 (hateful recall .83, harmless left alone .97).
 */
export const SIXTH_SET: readonly CaseTable[] = [
  {
    kind: 'negative-emotion',
    hateful: true,
    sentences: [
      'Aku benci sekali dengan {G}.',
      'Sumpah, gue muak banget liat {G} di mana-mana.',
      'Saya membenci semua {G} tanpa kecuali.',
      '{G} bikin gue pengen muntah.',
      'Tidak ada yang saya rasakan untuk {G} selain rasa jijik.',
      'Aku tidak sanggup lagi hidup berdampingan dengan {G}.',
    ],
  },
  {
    kind: 'negative-attribute',
    hateful: true,
    sentences: [
      '{G} adalah orang-orang terburuk di dunia.',
      'Semua {G} bodoh dan pemalas.',
      'Sudah jadi rahasia umum kalau {G} itu licik.',
      'Khas {G} sekali, tidak bermoral.',
      'Dasar {G} kotor, jangan dekat-dekat.',
      'Setiap {G} yang kukenal adalah pembohong.',
    ],
  },
  {
    kind: 'dehumanisation',
    hateful: true,
    sentences: [
      '{G} adalah kutu yang menempel pada bangsa ini.',
      '{G} itu babi berkaki dua.',
      'Di mataku {G} tidak lebih dari seekor anjing.',
      'Kita dikepung kawanan tikus bernama {G}.',
      '{G} itu bukan manusia, tapi parasit.',
    ],
  },
  {
    kind: 'implicit-derogation',
    hateful: true,
    sentences: [
      'Bertemu {G} membutuhkan keberanian ekstra.',
      'Hanya orang gila yang mau menikahi {G}.',
      'Seandainya {G} tidak pernah ada, hidup pasti lebih indah.',
      '{G} seharusnya tinggal di kandang, bukan di rumah.',
      'Kasihan sekali kamu terlahir sebagai {G}.',
      'Tidak ada yang akan menangis kalau {G} punah.',
    ],
  },
  {
    kind: 'direct-threat',
    hateful: true,
    sentences: [
      'Aku akan membunuh semua {G} yang kulihat hari ini.',
      'Kami akan memusnahkan {G} sampai ke akar-akarnya.',
      'Besok giliran {G} yang kami bakar.',
      'Gue mau tembak kepala {G} satu per satu.',
      'Hati-hati kalian {G}, aku akan datang membawa golok.',
    ],
  },
  {
    kind: 'normative-harm',
    hateful: true,
    sentences: [
      '{G} pantas mati.',
      'Harus ada yang membersihkan dunia dari {G}.',
      'Semua {G} sebaiknya dikirim ke kamar gas.',
      'Sudah saatnya {G} dilenyapkan.',
      'Tendang {G} keluar dari negara kita!',
      'Menyiksa {G} itu bukan kejahatan.',
    ],
  },
  {
    kind: 'reference-later',
    hateful: true,
    sentences: [
      '{G} pindah ke sebelah rumah. Aku sangat membenci mereka.',
      'Aku tidak suka {G}. Mereka semua harus disingkirkan.',
      'Kamu {G}, kan? Kamu itu sampah.',
      'Gue kerja sama {G}, dan asli mereka bau semua.',
    ],
  },
  {
    kind: 'negated-positive',
    hateful: true,
    sentences: [
      '{G} tidak layak disebut manusia.',
      '{G} tidak akan pernah menjadi orang terhormat.',
      'Gak ada {G} yang layak dihormati.',
      '{G} tidak berhak hidup di muka bumi.',
    ],
  },
  {
    kind: 'question-opinion',
    hateful: true,
    sentences: [
      'Bukankah {G} itu menjijikkan?',
      'Kenapa kita harus hidup bersama {G} yang kotor itu?',
      'Apakah ada yang lebih bodoh dari {G}?',
      'Gue rasa {G} harusnya disuntik mati.',
      'Menurut saya pribadi, semua {G} itu penjahat.',
      'Gak bisa dipungkiri, {G} memang hama.',
    ],
  },
  {
    kind: 'neutral',
    hateful: false,
    sentences: [
      'Saya adalah {G}.',
      'Apakah di sini ada {G}?',
      '{G} diizinkan memilih dalam pemilu.',
      'Dokter saya {G}.',
      'Sebagai {G}, kamu boleh mendaftar beasiswa ini.',
      'Kamu {G}, kan? Kamu bisa bantu menerjemahkan?',
    ],
  },
  {
    kind: 'positive',
    hateful: false,
    sentences: [
      'Aku cinta {G}.',
      '{G} luar biasa, bikin bangga!',
      'Tidak ada yang lebih baik daripada persahabatan dengan {G}.',
      'Sebagai {G}, kamu harus bangga pada dirimu.',
      'Dunia lebih indah karena ada {G}.',
    ],
  },
  {
    kind: 'negated-hate',
    hateful: false,
    sentences: [
      '{G} bukan penjahat.',
      'Tidak satu pun {G} pantas dibunuh.',
      'Aku tidak mengatakan {G} itu buruk.',
      'Kita tidak bisa membiarkan {G} disakiti.',
      'Tidak ada yang lebih salah daripada membenci {G}.',
    ],
  },
  {
    kind: 'counter-speech',
    hateful: false,
    sentences: [
      'Jika Anda berkata "{G} harus mati", Anda tidak pantas mengajar.',
      'Ucapan "aku benci {G}" tidak boleh dibiarkan.',
      'Pria itu berteriak "{G} sampah" sebelum ditangkap polisi.',
      'Kamu pasti bodoh kalau membenci {G}.',
      'Menyamakan {G} dengan hewan itu bahasa penjajah.',
      'Orang yang ingin membunuh {G} harus dihukum seberat-beratnya.',
      'Sungguh jahat mengatakan bahwa {G} tidak layak hidup.',
      'Ketika kamu mengejek {G}, kamu menunjukkan kebodohanmu sendiri.',
    ],
  },
  {
    kind: 'harmless-rest',
    hateful: false,
    sentences: [
      'Aku benci hari Senin.',
      'Kamu itu sampah masyarakat.',
      'Semua pengacara itu penipu.',
      'Kaum vegan itu menyebalkan sekali.',
      'Sialan, gue kalah lagi main game.',
      'Menteri itu sebaiknya mundur, dasar pembohong.',
      'Tidak ada yang lebih busuk daripada koruptor.',
      'Sembelih ayamnya dulu, baru bersihkan bulunya.',
      'Polisi korup pantas dipecat dan dipenjara.',
    ],
  },
];
