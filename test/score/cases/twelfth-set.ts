import type { CaseTable } from './table.js';

/**
 * The twelfth set: kinds of harmless sentence that two blind sets of November 2026 showed to be flagged, rewritten, each
 * beside what is hateful and stands near it. What a group is to the sentence (who is ruled, wronged, helped, owns, is
 * one's own) decides, and what was felt once, by others, or is judged.
 */
export const TWELFTH_SET: readonly CaseTable[] = [
  {
    kind: 'criticism-for-others',
    hateful: false,
    sentences: [
      'Aparat kasar terus sama {G}. Goblok!',
      'Peraturan baru ini cuma mempersulit {G}. Bodoh banget.',
      'Kelakuan polisi ke pedagang {G} bikin naik darah.',
      'Gubernur anti-{G} itu cuma cari suara, murahan kampanyenya.',
      'Kementerian itu bikin {G} antre kayak sampah.',
      'Polisi malah nontonin {G} dilempari, pecat semuanya!',
      'Program itu bikin {G} kehilangan rumah, laknat emang.',
      'Caleg itu anti {G}, jangan dipilih!',
      'Waktu {G} diserang kalian diam. Kalian munafik, goblok.',
      'Bupati Madura tidak ada yang becus.',
      'Gubernur Bali itu otaknya di dengkul.',
      'Kutuk keras pembantaian terhadap {G}!',
      'Mau {G} kek, mau siapa kek, kalau maling ya maling.',
      'Zionis laknat, bombardir rumah sakit terus.',
      'Undang-undang ini mempersulit pasangan beda agama. Kolot banget.',
    ],
  },
  {
    kind: 'feeling-of-others',
    hateful: false,
    sentences: [
      'Kebencian pada {G} bukan solusi.',
      'Benci {G} tuh nggak ada gunanya.',
      'Siapa sih yang ngajarin kalian benci {G}?',
      'Dulu aku benci sama {G}, sekarang aku malu sendiri.',
      'Dulu keluargaku takut sama {G}. Sekarang tetangga kami {G} semua.',
      'Capek baca ujaran benci pada {G}.',
      'Jangan pernah sebut {G} monyet. Kalian yang gak punya adab.',
      'Ngatain {G} babi itu gak bikin kamu keren.',
      'Aku gak terima {G} dibilang bodoh sama kasir itu.',
    ],
  },
  {
    kind: 'own-and-particular',
    hateful: false,
    sentences: [
      'Adikku yang {G} diejek terus di sekolah, gimana nggak sedih.',
      'Istri saya {G}, pelitnya minta ampun tapi royal ke cucu.',
      'Gue {G} dan gue pelit, tapi ke mantan doang.',
      'Satu orang Madura maling, masa semuanya dibilang begitu.',
      'Umat Kristen di situ belum boleh punya gereja sendiri.',
      'Bagi {G}, murtad itu dosa besar.',
      'Homoseksual itu haram dalam agama kami, tapi orangnya tetap kami hormati.',
      'Lembu betina itu disembelih buat kurban.',
      'Kucingnya belum makan sejak {G} pulang.',
    ],
  },
  {
    kind: 'near-and-hateful',
    hateful: true,
    sentences: [
      'Petugas kok lembek sama {G}. Usir mereka!',
      'Peraturan ini kurang keras, {G} itu binatang.',
      'Dulu aku benci {G}, sekarang aku tambah benci {G}.',
      'Jangan bilang gue rasis, tapi emang {G} bodoh semua.',
      'Kita harus anti {G}, mereka babi semua.',
      'Satu negara tahu {G} maling semua.',
      'Adikku nikah sama orang situ. {G} itu goblok semua.',
      'Membenci {G} itu wajib.',
      'Siapa yang benci {G} juga di sini?',
      'Percuma bela {G}, mereka anjing semua.',
      'Kutuk {G}, ya Allah!',
      'Aturan baru bikin {G} makin kurang ajar, usir aja.',
    ],
  },
];
