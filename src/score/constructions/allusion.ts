import type { Construction } from './construction.js';

const GOOD_STATE =
  'aman|damai|enak|tenang|tentram|tenteram|makmur|sejahtera|bersih|indah|nyaman|maju|tertib|rukun|adem|wangi|baik-baik|baik';
const BAD_STATE =
  'sial|kumuh|bau|kotor|jorok|maling|kemalingan|rusuh|ribut|berantakan|miskin|mundur|sepi|bangkrut|hancur|rusak|kacau|amburadul|bobrok|busuk';
const CRIME =
  'pemerkosaan|perkosaan|pencurian|curanmor|begal|pembegalan|copet|perampokan|pembunuhan|tawuran|narkoba|maksiat|penipuan|pelecehan|bom|teror';
const MISCHIEF =
  'bom|teror|maling|kemalingan|kecurian|hilang|ilang|raib|rusuh|ribut|onar|korupsi|curang|menipu|nipu|bau|kotor|jorok|mabuk|mabok';
const UNSURPRISED =
  'pantas|pantesan|pantes|wajar|maklum|N+heran|N+kaget|jangan+heran|jangan+kaget|N+usah+heran|N+usah+kaget|N+perlu+heran|N+perlu+kaget';
const FROM_ONE_OF =
  'dari guru|teman|temen|tetangga|pengasuh|dosen|lingkungan|pergaulan|orang? yang|beragama|berdarah|keturunan|suku? G';
const IF = 'kalau|jika|bila|kalo|andai|seandainya|apabila|begitu';
const DECENT =
  'jujur|baik|pintar|benar|bener|beres|waras|berguna|sopan|setia|rajin|cerdas|normal|bermoral|beradab|tulus|bersih|wangi';
const GONE = 'mati|hilang|pergi|lenyap|minggat|berkurang|mampus|modar|tewas|dikubur|musnah|punah|dibunuh';
const HELP =
  'nolongin|menolong|tolong|tolongin|bantu|membantu|bantuin|ngasih|kasih|memberi|dengerin|mendengarkan|peduli|peduliin|mikirin|memikirkan|belain|bela|membela|kasihani|mengasihani|hormati|menghormati|toleransi|ngajak|ajak|sekolahin|ngobatin|ngurusin|urusin|percaya|baik';
const FOND =
  'tahan|suka|betah|cinta|sayang|mau|sudi|menyukai|menyayangi|mencintai|kuat|rela|nikah|menikah|pacaran|temenan|berteman|percaya|kagum|membela|bela|belain';
const CHARGES =
  'anak|anak-anak|anakmu|anakku|keluarga|keluargamu|generasi|keturunan|kampung|negeri|bangsa|kota|lingkungan|rumah|adik|istri|remaja|cucu';
const TOOLS =
  'anjing|anjingku|tembok|patung|pohon|boneka|cermin|robot|kucing|kucingku|ayam|kambing|sapi|kerbau|keledai|monyet|babi|hewan|binatang|toilet|wc|sampah|comberan|got|keset|sandal|batu|debu|lalat|kecoa|kecoak|tikus|cacing|sapi|bangkai|tai|kotoran|ember|sendok';
const ESTEEM =
  'pintar|pinter|cerdas|berguna|bersih|wangi|harum|berharga|bermanfaat|mulia|sopan|baik|terhormat|setia|beradab|jujur|beriman|bermoral|tahu+diri|cantik|ganteng|bernilai';

/** Contempt and menace by allusion: what life was before them, what one does on meeting them, what they are like, who is meant after all. */
export const ALLUSION: readonly Construction[] = [
  {
    id: 'better-before',
    harm: 'contempt',
    weight: 0.72,
    patterns: [
      `${GOOD_STATE} .. sebelum|sampai|hingga .. ada|datang|muncul|masuk|hadir|kedatangan|kemasukan|kenal|ketemu .. G`,
      `dulu|dulunya .. favorit|${GOOD_STATE} ... terus|lalu|sampai|sekarang|semenjak|kemudian .. G .. masuk|datang|pindah|muncul|ada|menguasai`,
      `${GOOD_STATE} .. sebelum|sampai|hingga G .. ada|datang|muncul|masuk|hadir|pindah|tinggal`,
      `sebelum .. ada|datang|muncul|masuk|hadir|kedatangan|kenal G ... ${GOOD_STATE}`,
      `sebelum G .. ada|datang|muncul|masuk|hadir|pindah ... ${GOOD_STATE}`,
      `sejak|semenjak|begitu .. ada|datang|masuk? G ... N+lagi|tidak+pernah|jadi|langsung|makin|tambah ${GOOD_STATE}|${BAD_STATE}|lagi`,
      `pantas|pantesan|pantes|N+heran|wajar|maklum .. ${BAD_STATE} ... banyak|ada|isinya|namanya|kebanyakan|karena|soalnya|gara-gara G`,
      `${BAD_STATE} .. pantas|pantesan|pantes|maklum|wajar ... banyak|ada|isinya|namanya|kebanyakan|karena|soalnya|dihuni G`,
      'N+ada|tanpa G .. N+ada|tanpa|berkurang masalah|maling|rusuh|kejahatan|keributan|onar|pencurian|kerusuhan|korupsi|begal',
      'G .. jangan|N .. dibolehin|dibolehkan|diizinin|diizinkan|diperbolehkan|dikasih|dibiarin|dibiarkan|diterima|ditampung|diselamatkan|dibiarkan .. masuk|datang|tinggal|ke+sini|lahir|hidup|sekolah|kerja|di+sini|mendarat|berkembang',
      'negara|negeri|indonesia|kampung|desa|kota|dunia .. sudah|udah|telah|makin|semakin|jadi .. dikuasai|dipenuhi|diserbu|dibanjiri|disesaki|ketularan|penuh .. G',
      `${UNSURPRISED} .. ${CRIME}|${BAD_STATE} ... banyak|isinya|kebanyakan|dihuni|penuh|gudangnya|sarangnya G`,
      `${GOOD_STATE} .. N+ada G soalnya|makanya|di+sini|di+situ|lagi|sih`,
    ],
    unless: ['bencana', 'gempa', 'tsunami', 'perang', 'dijajah', 'konflik', 'korban', 'mengungsi'],
  },
  {
    id: 'good-riddance',
    harm: 'wish',
    weight: 0.78,
    patterns: [
      `satu|seorang .. lagi? G ${GONE} ... berkurang|beres|selesai|bersyukur|alhamdulillah|lumayan|kurang|untung|senang|lega`,
      `berkurang|kurang|mati satu|lagi .. G ... alhamdulillah|syukur|lumayan|untung|bagus|mantap|hore|senang`,
      `alhamdulillah|syukur|syukurlah|bagus|bagus-lah|mantap|asik|asyik|hore|senang .. G .. ${GONE}`,
      `G ${GONE} ... N .. rugi|sedih|peduli|kehilangan|nangis|masalah`,
      `G ${GONE} ... dunia|bumi|negeri|kita|kami .. lega|senang|bersih|damai|untung|pesta|bersyukur`,
      `I .. pesta|joget|syukuran|tumpengan|sujud+syukur|tertawa|ketawa|senang|berpesta|menari .. ${IF}|semua|lihat|melihat .. G .. ${GONE}`,
      'biarin|biarkan|biar .. G .. kelaparan|mati|sekarat|tenggelam|terbakar|mampus|menderita|sengsara|membusuk|kedinginan|binasa|punah',
      'G .. biarin|biarkan|biar .. kelaparan|mati|sekarat|tenggelam|terbakar|mampus|menderita|sengsara|membusuk|kedinginan|binasa|punah',
      'N+usah|jangan|ngapain|buat+apa .. selamatkan|menyelamatkan|nyelametin|diselamatkan|nolong|menolong|nolongin|evakuasi|diobati|obati|kubur G',
    ],
    unless: ['jangan-biarkan', 'mengungsi', 'korban', 'keluarga', 'duka', 'turut'],
  },
  {
    id: 'what-are-they-for',
    harm: 'contempt',
    weight: 0.72,
    patterns: [
      'buat+apa|untuk+apa|ngapain|kenapa+sih|kenapa+juga G .. dilahirkan|lahir|diciptakan|hidup|ada|eksis|diterima|dibela|dilindungi|dihormati',
      `buat+apa|untuk+apa|ngapain|ngapain+juga|ngapain+sih|apa+gunanya|apa+untungnya ${HELP} .. sama? G`,
      `kok+bisa|bagaimana+bisa|gimana+bisa|bagaimana+mungkin|gimana+mungkin|heran|bingung|herannya .. ${FOND} .. sama|dengan|ama|pada|kepada? G`,
      `siapa .. mencintai|menyayangi|menyukai|percaya|membutuhkan|butuh .. G`,
      `N+ada .. yang butuh|membutuhkan|menginginkan|mengharapkan|mengundang|ngundang|merindukan|kangen|nyuruh|minta .. sama|dengan|kehadiran|datangnya? G`,
      'siapa .. undang|mengundang|ngundang|izinin|izinkan|bolehin|ngebolehin|masukin|suruh|nyuruh .. G .. ke+sini|masuk|datang|ikut|tinggal|di+sini|ke+indonesia|ke+negeri|ke+kampung',
      'ada+alasan|ada+alasannya|ada+sebabnya|bukan+tanpa+alasan|wajar|pantas|pantesan ... N+ada|semua+orang|orang-orang|banyak+yang|dunia .. suka|mau|benci|membenci|jijik|percaya|menolak|jauhi ... G',
      `I? .. dulu|dulunya|tadinya|awalnya .. hormat|menghormati|suka|respek|percaya|simpati|kasihan|menghargai .. G ... sampai|sebelum|tapi|sekarang`,
      'G .. N+pernah|belum+pernah .. menyumbang|berkontribusi|memberi|berbuat|menghasilkan|bikin|berjasa|ngasih .. apa-apa|apapun|kontribusi|baik|manfaat|sesuatu|untuk+negara',
      'apa .. sumbangan|kontribusi|jasa|jasanya|kontribusinya|sumbangannya G',
      'kalau|jika|kalo ada G .. tetangga|sebelah|pindah|tinggal|bergabung|ikut|masuk ... pindah|kabur|cabut|minggat|keluar|mundur|jual+rumah|siap-siap',
      'I|toko|kos|kost|kosan|warung|kontrakan|restoran|hotel|perusahaan|usaha|salon|tempat+ini N|tidak+pernah melayani|menerima|terima|nerima|menyewakan|mempekerjakan|merekrut|menjual|mengizinkan .. ke|kepada|untuk|buat|dari? G',
      'lowongan|kos|kost|kosan|kontrakan|loker|dijual|disewakan ... kecuali|bukan+untuk|tidak+untuk|N+terima|N+menerima G',
    ],
    unless: [
      'salah',
      'rasis',
      'diskriminasi',
      'pengungsian',
      'visa',
      'paspor',
      'takut',
      'vaksin',
      'asuransi',
      'stok',
    ],
  },
  {
    id: 'bygone',
    harm: 'wish',
    weight: 0.76,
    patterns: [
      'G .. tinggal|cuma|hanya|cukup|sebatas|layak+jadi|bakal+jadi .. buku+sejarah|catatan+sejarah|museum+sejarah',
      'G .. tinggal|cuma|hanya|cukup|sebatas|layak+jadi|bakal+jadi cerita|dongeng|kenangan|sejarah|fosil|nama',
      'G .. cukup|seharusnya|harusnya|mestinya|sebaiknya|MUST .. ada|hidup|tinggal|berada .. di .. buku+sejarah|museum|masa+lalu|buku|cerita|dongeng|kuburan|neraka|dalam+tanah|hutan',
      'bersih-bersih|pembersihan|pembasmian|sapu+bersih|perubahan|revolusi .. mulai|dimulai|diawali|berawal .. dari|dengan G',
      'dunia|negeri|negara|bumi|indonesia|kampung|kota .. N+bakal|tidak+akan|takkan|N+pernah .. bersih|aman|damai|maju|tenang .. selama|sebelum|sampai|kalau .. G',
      `bayangkan|bayangin|impian|mimpi|mimpiku|cita-cita|cita-citaku|bayangkanlah .. dunia|negeri|indonesia|kota|kampung|hidup .. tanpa G`,
      'kurangi|kurangin|mengurangi|pangkas|kendalikan|batasi .. jumlah|populasi G',
      'populasi|jumlah G .. kebanyakan|harus|perlu|mesti|terlalu+banyak|dikurangi',
      'I .- setuju|dukung|mendukung|sepakat|mendoakan|ikhlas|ridho|rela|pro .. G .- V',
    ],
    unless: [
      'perlindungan',
      'pelaku',
      'pembunuhan',
      'penyerangan',
      'pemilih',
      'museum-nasional',
      'pariwisata',
      'wisata',
      'melestarikan',
      'kekerasan',
    ],
  },
  {
    id: 'unclean',
    harm: 'contempt',
    weight: 0.72,
    patterns: [
      'cuci|mandi|mencuci|nyuci|semprot|disinfektan|steril|sterilkan|gosok|dicuci|disemprot|buang|dibuang|bakar|dibakar|siram ... habis|abis|setelah|sehabis|bekas|sesudah|usai .. G',
      'habis|abis|setelah|sehabis|bekas|sesudah|usai .. G ... dikuras|diganti|dipel|dilap|disucikan|direndam|cuci+tangan|mandi|mandi+kembang|mandi+junub|disinfektan|disemprot|dicuci|dibuang|dibakar|cuci|tujuh+kali|disteril',
      'kandang|kurungan|penjara|got|selokan|neraka|comberan|kebun+binatang|tempat+sampah|tong+sampah|hutan .. tempat|rumah|habitat|tempatnya .. buat|untuk|bagi|nya G',
      'tutup+hidung|tahan+napas|tahan+nafas|pakai+masker|bawa+masker|siapkan+masker ... G',
      `jauhkan|dijauhkan|lindungi|selamatkan|jaga|jagalah|amankan|hindarkan|bentengi .. ${CHARGES} .. dari|sebelum G`,
      `${CHARGES} .. dijauhkan|dilindungi|diselamatkan|dijaga|dihindarkan|dibentengi|jauh-jauh .. dari G`,
      'jangan .. biarkan|biarin|sampai .. anak|anakmu|anak-anak|adik|keluarga|istri .. dekat|deket|bergaul|main|bermain|berteman|sama|bareng .. G',
      'G .. jangan .. dekat-dekat|deket-deket|dekati|sentuh|pegang|ganggu .. anak|anakku|keluarga|I',
      'satu G .. sudah|udah|saja .. terlalu+banyak|cukup|kebanyakan|memuakkan|bikin',
      'seatap|sebangku|seruangan|sekamar|semeja|sekolam|sekantor|segereja|setongkrongan|bersebelahan|satu+udara ... G ... siksaan|neraka|nerakanya|mimpi+buruk|hukuman|bencana|derita|penderitaan|musibah',
      `jauhkan|dijauhkan|jauhin|dijauhin|jauhi|lindungi|dilindungi|selamatkan|hindarkan|dihindarkan .. ${CHARGES} .. ${FROM_ONE_OF}`,
      `${CHARGES} .. jauhkan|dijauhkan|jauhin|dijauhin|dilindungi|dihindarkan .. ${FROM_ONE_OF}`,
      'ada|lihat|liat|ketemu|dekat|deket|lewat? G lewat|datang|dateng|muncul|nongol|masuk? baca|bacain|ucapkan|ucapin|langsung+baca istighfar|istigfar|astagfirullah|ayat+kursi|doa+tolak+bala|taawuz|bismillah',
    ],
    unless: [
      'corona',
      'covid',
      'virus',
      'demam',
      'kekerasan',
      'perundungan',
      'pelecehan',
      'stigma',
      'rasisme',
      'asap',
      'jenazah',
    ],
  },
  {
    id: 'byword',
    harm: 'contempt',
    weight: 0.72,
    patterns: [
      'wajar|maklum|pantas|pantesan ... H .. G',
      'N heran|aneh|kaget ... H .. G',
      'namanya+juga G ... maklum|wajar|N+heran|H|begitu|gitu',
      'H .. namanya+juga G',
      'tipikal|kelakuan+khas|sifat+asli|watak+asli G .. H|begini|memang|ya',
      'tipikal|biasalah|biasa+lah|dasarnya G',
      'seperti|kayak|sebagaimana|sama+kayak G lainnya|pada+umumnya|kebanyakan|yang+lain ... H',
      `${IF} .. arti|makna|definisi|contoh|wujud|rupa|muka .. H ... lihat|liat|tengok|cari|tanya .. G`,
      'arti|makna|definisi|contoh|wujud|lambang|simbol|sinonim|nama+lain|kata+lain dari? H adalah|itu|ya|ialah|yaitu G',
      'G .. contoh|definisi|lambang|simbol|sinonim|perwujudan|nama+lain|kata+lain|identik .. dari|dengan? .. H',
      'G .. sinonim|identik|sama+dengan|erat|sarang .. kriminal|kejahatan|kebodohan|kemiskinan|kotoran|maksiat|pencuri|maling|teroris|narkoba|preman',
      `${IF} .. G .. ${DECENT}|punya+otak|punya+hati ... ayam|babi|kambing|kuda|gajah|sapi|monyet|matahari|dunia .. terbang|bisa|terbit|kiamat|melahirkan|bertelur|beranak`,
      'G .. jago|ahli|pakar|raja|rajanya|juara|spesialis|lihai|jagonya|juaranya .. nipu|menipu|ngibulin|ngibul|bohong|berbohong|nyolong|mencuri|maling|bikin+onar|malas|malas-malasan|selingkuh|menjilat|ngutang|korupsi|fitnah|ngeles|tipu-tipu',
      'N+ada adabnya|otaknya|akhlaknya|malunya|sopannya|moralnya|etikanya|hatinya|gunanya|sopan+santunnya|akalnya|baiknya .. emang|memang|ya? G',
      'H .. sama? seperti|kayak|kaya|persis G lainnya|lain|pada+umumnya|kebanyakan|semua',
      'G .. setan|iblis|binatang|hewan|monster|jin|babi|anjing berwujud|berkedok|berbentuk|berkulit|bertampang manusia|orang',
      `kira|kirain|kukira|pikir|disangka .. H|${TOOLS} ... taunya|tahunya|ternyata|rupanya|eh .. G`,
      'terlalu .. untuk|buat dihuni|ditempati|ditinggali|diinjak|dibagi|dimiliki|dipijak .. oleh|dengan|sama? G',
      'hal+baik|kebaikan|bagusnya|sumbangan|jasa|sisi+positif|kelebihan .. G .. kematian|kematiannya|mati|matinya|kepergiannya|pergi|kuburannya',
      'bukan|N .. baik-baik|baik|beres|bener|benar|waras .. itulah|begitulah|ya+itu|ya+begitulah G',
      'emang|memang|memangnya|emangnya|apa|kapan .. G .. pernah .. berbuat|baik|jujur|berguna|berjasa|membantu|bantu|bersyukur|mikir|benar|bener|minta+maaf|berterima+kasih|mandi|kerja',
      'wajar|pantas|pantes|layak|masuk+akal|normal|manusiawi|sewajarnya kalau|jika|bila|kalo|orang|banyak|semua .. E .. G',
      'G itu|memang|emang|semuanya|pada buruk|rusak|musuh|ancaman|musibah|noda|rewel|bawel|cacat+moral|petaka',
      `menunggu|nunggu|nungguin|mengharap|mengharapkan|berharap|ngarep|ngarepin|nyuruh .. G .- ${DECENT}|sadar|berubah|maju|tobat|kerja|mandi|mikir ... mimpi|mustahil|sia-sia|kiamat|percuma|hujan+emas|buang|sampai|sama+saja|lama`,
      `cari|mencari|nyari|menemukan|nemu|nemuin .. G .- ${DECENT} ... jarum|jerami|susah|mustahil|sulit|mimpi|N|kayak|seperti|lebih`,
      `susah|sulit|mustahil|jarang|langka .. cari|mencari|nyari|menemukan|nemu|ada|ketemu .. G .- ${DECENT}`,
      `${TOOLS} .. lebih|jauh+lebih ${ESTEEM} dari|daripada|ketimbang|dibanding|dibandingkan .. G`,
      `${TOOLS} .. masih|saja|aja|pun .. lebih ${ESTEEM}|punya+otak|punya+malu ... G`,
      `daripada|dibanding|dibandingkan|ketimbang .. G .. ${TOOLS} .. lebih|masih|mending`,
      `apa|apa+sih bedanya|beda ... ${TOOLS} .. G`,
      `apa|apa+sih bedanya|beda G .. ${TOOLS}`,
      `${TOOLS}|setan|iblis .. pun|aja|saja .. malu|minder|kalah|jijik|ogah|N+sudi|kabur|insecure .. G`,
      'terlalu|kelewat sulit|susah|berat|rumit|canggih|tinggi .. untuk|buat|bagi otak|pikiran|kepala|akal? G',
      `${MISCHIEF}|H ... siapa+lagi kalau|kalo|jika bukan G`,
      `${MISCHIEF}|H ... siapa+lagi selain G`,
      'kasih|kasi|ngasih|beri|berikan sejengkal|sepetak|seinci|sedikit|celah|tempat|panggung .. ke|buat|untuk|sama|pada|kepada G ... hilang|habis|direbut|dikuasai|minta|ngelunjak|diambil|dicaplok|dijajah',
      'G dikasih|dikasi|diberi sejengkal|sepetak|seinci|sedikit|celah .. minta|habis|ngelunjak|direbut|dikuasai|dicaplok',
      'N semua|semuanya G .. H ... belum|calon|otw aja|saja|doang|waktunya|ketahuan|kesempatan|ketangkap|ketangkep',
      'hidup|tinggal|bergaul|berteman|temenan|bertetangga|tetanggaan|nikah|menikah|kawin|kerja|duduk|serumah|sekamar|bareng|berurusan .. G sama+aja|sama+saja|sama+dengan|berarti|artinya|ibarat .. nunggu|menunggu|cari|nyari|mencari|mengundang|ngundang|bunuh+diri|masuk|nabung|setor|menanti|menjemput .. azab|sial|mati|penyakit|masalah|musibah|bencana|neraka|petaka|dosa|celaka|laknat|maut',
      'G ... bisanya|bisane|kerjanya|kerjaannya|kerjaane|hobinya|tahunya|taunya|isinya .. minum|mabuk|mabok|berantem|berkelahi|kelahi|ribut|rusuh|judi|gosip|ngegosip|ghibah|ngutang|utang|nipu|tipu|tawuran|selingkuh|kawin|rebahan|tidur|ngemis|minta-minta|ngeluh|nyinyir|ngangkang|hamil|beranak|demo|onar|nyolong|maling ... doang|aja|saja|mulu|melulu|terus|thok|tok',
      'G itu|emang|memang|tuh|mah|pada|terkenal|semua? malas|pemalas kerja|bekerja|mandi|mikir|berpikir',
    ],
    unless: [
      'salah',
      'stereotip',
      'stigma',
      'prasangka',
      'rasis',
      'kondisi',
      'keadaan',
      'nasib',
      'citra',
      'kuliner',
      'masakan',
      'makanan',
      'budaya',
      'adat',
      'ramah',
    ],
  },
  {
    id: 'head-at-stake',
    harm: 'threat',
    weight: 0.86,
    patterns: [
      'G ... kepala|nyawa|leher|darah .. taruhannya|taruhan|jadi+taruhan|melayang|bayarannya',
      'hati-hati|awas|siap-siap|ingat kalian|lo|lu|kau|kamu G .. darah|nyawa|kepala|mati|parang|golok|celurit|bensin|api',
      'G ... akan|bakal|pasti .. kena|nerima|menerima|dapat|dapet .. akibatnya|balasannya|ganjarannya|batunya|pembalasan',
      'G ... lari|sembunyi|kabur|ngumpet .. sebelum|selagi|mumpung|ke+mana+pun ... I|terlambat|habis|dihabisi|mati',
      'besok|nanti|malam+ini|lusa|minggu+depan .. rumah|kampung|toko|warung|gereja|masjid|asrama|kontrakan .. G .. rata|habis|abu|arang|puing|hangus|kebakaran|terbakar|jadi+abu|hancur|lenyap',
      'G .. N|takkan .. melihat|lihat|menikmati|bertemu matahari|hari+esok|fajar|besok+pagi|pagi',
      'G .. N+akan|N+bakal|takkan|jangan+harap .. bangun|bernapas|bernafas|lihat|melihat|ketemu|hidup .. lagi|matahari|besok|pagi|hari+esok|sampai+besok',
      'kalau|kalo|jika|sekali+lagi G ... golok|parang|peluru|pisau|celurit|clurit|pedang|tinju|bogem|bambu+runcing yang|akan|bakal ngomong|bicara|berbicara|menjawab|jawab|melayang|menyambut',
      'G akan|bakal|pasti .. nangis+darah|menangis+darah|minta+ampun|mohon+ampun',
    ],
    unless: ['polisi', 'korban', 'gempa', 'banjir', 'longsor', 'bencana', 'perlombaan'],
  },
];
