import type { Construction } from './construction.js';

const SEEING = 'lihat|liat|melihat|ngeliat|ngelihat|nonton|menonton|menyaksikan|dengar|denger|mendengar';
const JOY =
  'senang|seneng|puas|bahagia|lega|nikmat|indah|asik|asyik|suka|gembira|bangga|pengen|pingin|pengin|kepengen|ingin|kangen|rindu';
const HAIL =
  'alhamdulillah|syukur|syukurlah|syukurin|sukurin|bagus|baguslah|mantap|mantep|hore|rasain|rasakan|untung|untungnya|puas|asik|asyik|senang|seneng|lega|bersyukur|mampus';
const JUST = 'wajar|pantes|pantas|pantesan|layak|setuju|sepakat|dukung|mendukung|biarin|biarkan|rela|ikhlas';
const SO = 'itu|ini|memang|emang|mah|ya|yah|sih|dong|deh|lah|tuh|banget|aja|saja|sekali';
const ALREADY =
  'itu|sudah|udah|udh|dah|telah|pada|semua|semuanya|akhirnya|langsung|ikut|bakal|akan|mau|juga|harus|kemarin|tadi|lagi|sedang';
const THEIRS =
  'rumahnya|tokonya|gerejanya|masjidnya|viharanya|puranya|kampungnya|tempat+ibadahnya|anaknya|warungnya';
/** Violence done to somebody, and being driven out. */
const STRUCK =
  'dibunuh|dibunuhi|dibantai|dihabisi|dihabisin|dibakar|dibakari|digebuk|digebukin|dipukul|dipukuli|dipukulin|dikeroyok|dihajar|ditembak|ditembaki|ditembakin|dimusnahkan|dimusnahin|dibasmi|disiksa|dirajam|digantung|dipenggal|dibacok|dibom|diserang|dijarah|diperkosa|dihancurkan|dilempari|diludahi|dibinasakan|digorok|disembelih|diinjak|diinjak-injak|ditusuk|ditikam|diarak|ditelanjangi|diusir|diusirin|ditendang|dilenyapkan|dienyahkan|dibuang+ke+laut|dibumihanguskan|digusur|digenosida|dikubur+hidup-hidup';
const SCORNED =
  'dibenci|dihina|dijauhi|dikucilkan|didiskriminasi|dimusuhi|dicaci|dimaki|diejek|ditindas|dijajah';
const DOERS =
  'pembunuh|pembantai|pembakar|penyerang|pemerkosa|pengusir|penembak|pembacok|pengeroyok|pembasmi|pembom|penggorok|penyiksa';
const DOING =
  'membunuh|ngebunuh|bunuh|membantai|bantai|membakar|bakar|menghabisi|habisi|ngabisin|mengusir|ngusir|usir|menyerang|serang|menembak|nembak|tembak|memukuli|mukulin|gebukin|menggebuki|memusnahkan|membasmi|basmi|menyiksa|membom|ngebom|mengeroyok';
const HERO =
  'pahlawan|pejuang|mujahid|jagoan|hebat|keren|mulia|syahid|patriot|berjasa|juara|masuk+surga|panutan';
/** Who asks, doubts. */
const ASKED = ['kenapa', 'mengapa', 'masa', 'masak', 'apakah'];
const BEFORE =
  'dianggap|disebut|dijadikan|dipuja|dipuji|dibilang|kok|malah|masa|masak|ironis|miris|aneh|jangan|apa|apakah|siapa|kenapa|mengapa';

/** Joy over harm that was done to a group, its approval, and praise of who did it. */
export const CHEER: readonly Construction[] = [
  {
    id: 'harm-cheered',
    harm: 'wish',
    weight: 0.84,
    patterns: [
      `${JOY} .- ${SEEING} .- G ${ALREADY}? ${THEIRS}? ${STRUCK}`,
      `ayo|yuk|mari|yok .- ${SEEING} .- G ${ALREADY}? ${THEIRS}? ${STRUCK}`,
      `N+sabar|gasabar .. ${SEEING} .- G ${ALREADY}? ${THEIRS}? ${STRUCK}`,
      `${HAIL} ${SO}? ${SO}? G ${ALREADY}? ${ALREADY}? ${THEIRS}? ${STRUCK}`,
      `${HAIL} ${SO}? ${SO}? kalau|kalo|karena|jika|pas ${ALREADY}? G ${ALREADY}? ${THEIRS}? ${STRUCK}`,
      `G yang? ${ALREADY}? ${THEIRS}? ${STRUCK} .- rasain|syukurin|sukurin|mampus|hore|mantap|bagus|alhamdulillah`,
    ],
    unless: [...ASKED, 'siapa', 'orang-orang', 'selamat', 'hampir', 'nyaris', 'batal', 'gagal'],
  },
  {
    id: 'harm-justified',
    harm: 'wish',
    weight: 0.82,
    patterns: [
      `${JUST} ${SO}? ${SO}? kalau|kalo|jika|bila? G ${ALREADY}? ${THEIRS}? ${STRUCK}|${SCORNED}`,
      `salah+sendiri|salahnya+sendiri|N+masalah|gapapa|N+papa|N+apa-apa|N+apa|N+salah ${SO}? kalau|kalo|jika|bila? G ${ALREADY}? ${THEIRS}? ${STRUCK}|${SCORNED}`,
      `G yang? ${ALREADY}? ${THEIRS}? ${STRUCK}|${SCORNED} ${SO}? ${SO}? pantas|pantes|layak|wajar|bagus|biarin|salah+sendiri|salahnya+sendiri|setimpal`,
    ],
    unless: [
      ...ASKED,
      'apa',
      'siapa',
      'kok',
      'aneh',
      'orang-orang',
      'menganggap',
      'anggap',
      'seolah',
      'seolah-olah',
      'jangan',
    ],
  },
  {
    id: 'doer-praised',
    harm: 'wish',
    weight: 0.82,
    patterns: [
      `${DOERS} G .- ${HERO}`,
      `yang ${ALREADY}? ${DOING} .- G .- ${HERO}`,
      `salut|hormat|respek|respect|terima+kasih|makasih|bangga|angkat+topi|dukung|mendukung|hidup .- ${DOERS} G`,
      `salut|hormat|respek|respect|terima+kasih|makasih|bangga|angkat+topi|dukung|mendukung .- yang ${ALREADY}? mau? ${DOING} .- G`,
    ],
    unless: BEFORE.split('|'),
  },
  {
    id: 'slaughter-recalled',
    harm: 'wish',
    weight: 0.8,
    patterns: [
      'hitler|nazi itu|memang|emang? sebenarnya|sebenernya|ternyata|memang|emang|dulu? benar|bener|betul|tepat|paham|jenius|pahlawan .- G',
      'kangen|rindu|butuh|perlu|membutuhkan|merindukan|undang|panggil .- hitler .- buat|untuk|biar|supaya|ngurus|bersihin|habisi .- G',
      'andai|seandainya|coba|semoga .- hitler .- hidup|bangkit|kembali|lagi ... G',
      'hitler .. kurang|belum .- bersih|selesai|tuntas|banyak|kelar ... G',
    ],
    unless: ['salah', 'jangan', 'apakah', 'siapa', 'mengira', 'menganggap', 'sejarah'],
  },
  {
    id: 'better-drowned',
    harm: 'wish',
    weight: 0.8,
    patterns: [
      'kalau|jika|kalo|andai|seandainya|coba|apabila|bila G .- tenggelam|mati|lenyap|hilang|musnah|punah|binasa|mampus|terbakar|meledak .. dunia|negeri|negara|indonesia|hidup|kita|bumi|kampung|kota .. lebih|jadi|makin|tambah|pasti .. indah|damai|aman|baik|tenang|tenteram|bersih|nyaman|bahagia|enak|sejahtera|maju|makmur|lega',
    ],
  },
];
