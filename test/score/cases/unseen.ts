import type { CaseTable } from './table.js';

/**
 * Written after the first three sets had been tuned on. At first sight: macro-F1 .92, hateful recall .88, no harmless
 * sentence flagged. It runs with the tests ever since, but no failure of it has been read and nothing has been tuned on
 * it; who mended the rules later had its sentences before them. Keep it so: to improve, write new sentences into the tables of their kinds.
 */
export const UNSEEN: readonly CaseTable[] = [
  {
    kind: 'negative-emotion',
    hateful: true,
    sentences: [
      'Saya sungguh-sungguh benci dengan {G}.',
      'Aduh, gue gerah sama {G}.',
      'Rasa benciku terhadap {G} sudah sampai ke ubun-ubun.',
      'Aku jijik setengah mati melihat {G}.',
      'Gue ogah satu meja sama {G}.',
    ],
  },
  {
    kind: 'negative-attribute',
    hateful: true,
    sentences: [
      '{G} adalah kaum pemalas.',
      'Semua {G} sama saja, tukang bohong.',
      'Gue yakin {G} tuh otaknya cetek.',
      'Betapa menjijikkannya {G}.',
      '{G} selalu licik dalam berdagang.',
      '{G} sangat bodoh dan tidak tahu aturan.',
    ],
  },
  {
    kind: 'dehumanisation',
    hateful: true,
    sentences: [
      '{G} tak ubahnya seperti binatang buas.',
      '{G} adalah kotoran yang harus disapu.',
      'Di mataku {G} cuma cacing.',
      '{G} ini penyakit, nular ke mana-mana.',
      'Anjing saja lebih mulia daripada {G}.',
    ],
  },
  {
    kind: 'implicit-derogation',
    hateful: true,
    sentences: [
      'Gue gak mau anak gue temenan sama {G}.',
      'Hidup jadi tenang sejak gak ada {G} di sini.',
      '{G} harusnya tahu tempat.',
      'Jangan biarkan {G} mengajar anak-anak kita.',
      '{G} cuma pantas jadi pesuruh.',
      'Siapa juga yang mau menikah sama {G}?',
    ],
  },
  {
    kind: 'direct-threat',
    hateful: true,
    sentences: [
      'Kalau kalian {G} berani datang, kami sembelih.',
      'Gue akan pastikan {G} tidak selamat.',
      'Malam ini kita habisi {G} di kampung sebelah.',
      'Aku mau menusuk {G} itu sampai mati.',
      'Saya akan mencari {G} dan memukulinya.',
    ],
  },
  {
    kind: 'normative-harm',
    hateful: true,
    sentences: [
      'Bakar saja semua {G}.',
      '{G} harus enyah dari negeri ini.',
      'Seharusnya Hitler menghabisi {G} juga.',
      '{G} memang layak dihina.',
      'Hukum gantung untuk {G}!',
      'Ayo ramai-ramai kita serang {G}.',
    ],
  },
  {
    kind: 'profanity-hateful',
    hateful: true,
    sentences: [
      'Taik lu {G}.',
      '{G} goblok anjing.',
      'Gue benci banget sama {G} bangsat itu.',
      'Dasar {G} bedebah.',
    ],
  },
  {
    kind: 'reference-later',
    hateful: true,
    sentences: [
      'Tetanggaku {G} dan aku benci mereka.',
      '{G} memang banyak di kota ini. Mereka semua kotor dan bau.',
      'Aku baru saja melihat {G}. Mereka pantas dibunuh.',
      'Ada {G} di bus tadi, rasanya pengen gue tendang mereka keluar.',
    ],
  },
  {
    kind: 'negated-positive',
    hateful: true,
    sentences: [
      '{G} tidak pantas bahagia.',
      'Jangan beri {G} hak untuk memilih.',
      '{G} bukan orang baik.',
      'Kita tidak bisa membiarkan {G} menikah.',
    ],
  },
  {
    kind: 'question-opinion',
    hateful: true,
    sentences: [
      'Kenapa sih {G} jahat semua?',
      'Bukankah {G} harus dihukum mati?',
      'Siapa lagi yang muak sama {G}?',
      'Menurut pendapatku {G} tidak pantas hidup.',
      'Kupikir {G} memang lebih rendah dari kita.',
      'Harus diakui, {G} itu menjijikkan.',
    ],
  },
  {
    kind: 'neutral',
    hateful: false,
    sentences: [
      'Ada {G} di sebelah rumah kami.',
      'Kami mewawancarai lima {G} untuk artikel ini.',
      'Temanku yang {G} suka makan durian.',
      '{G} berkumpul di lapangan pagi ini.',
      'Apakah kamu {G}?',
      'Bupati meresmikan balai pertemuan {G}.',
    ],
  },
  {
    kind: 'positive',
    hateful: false,
    sentences: [
      '{G} adalah teman-teman terbaikku.',
      'Semoga {G} hidup damai di negeri ini.',
      'Gue suka banget nongkrong sama {G}.',
      '{G} hebat, pantang menyerah.',
      'Hidup {G}!',
    ],
  },
  {
    kind: 'negated-hate',
    hateful: false,
    sentences: [
      'Aku tak pernah membenci {G} sedikit pun.',
      '{G} bukan binatang.',
      'Jangan pernah menyerang {G}.',
      'Bukan berarti semua {G} itu jahat.',
      'Saya tidak mau {G} diusir.',
    ],
  },
  {
    kind: 'counter-speech',
    hateful: false,
    sentences: [
      'Kalau kamu bilang "{G} itu hama", kamu yang bermasalah.',
      'Aku benci orang yang bilang "{G} harus mati".',
      '"{G} menjijikkan" adalah ucapan orang bodoh.',
      'Berani-beraninya kamu menyebut {G} sampah!',
      'Orang yang mengancam {G} adalah penjahat sebenarnya.',
      'Kita harus menghukum siapa pun yang menyerang {G}.',
      'Sangat tidak pantas menyamakan {G} dengan hewan.',
      'Jangan jadi orang yang membenci {G}.',
      'Kamu harus malu sudah menghina {G}.',
    ],
  },
  {
    kind: 'harmless-rest',
    hateful: false,
    sentences: [
      'Aku benci kursi ini.',
      'Kamu jelek dan bau.',
      'Dokter gigi itu semuanya sadis.',
      'Semua politikus itu tikus.',
      'Aku mau mati saja rasanya, capek kerja.',
      'Bangsat, dompet gue ilang.',
      'Pengacara itu lintah darat.',
      'Kapan sih menteri korup itu dipenjara?',
    ],
  },
];
