import type { Construction } from './construction.js';
import { NOT_GOOD } from './construction.js';

const GO = 'pulang|balik|kembali|pergi|minggat|enyah|hengkang|keluar|angkat+kaki|cabut|pindah|menyingkir|out';
const HOME =
  'asal|asalnya|asalmu|asalmu|negaramu|negaranya|negerinya|negerimu|kampungnya|kampungmu|hutan|habitat|habitatnya|habitatmu|gua|kandang|kandangnya|tanahmu|tanahnya|kampung+halamannya|negara+asal|tempat+asalnya|daerahnya|daerahmu|leluhurmu|leluhurnya|planetnya';
const HERE =
  'sini|indonesia|negeri|negara|tanah|kampung|desa|kota|nkri|bumi|dunia|kompleks|lingkungan|rt|wilayah|pulau|rumah|nusantara';
const DEAD =
  'mati|mampus|punah|musnah|lenyap|binasa|modar|mokad|koit|dead|die|membusuk|tenggelam|gantung+diri|bunuh+diri|lenyaplah|masuk+neraka|kena+azab|kena+laknat|celaka|sengsara|menderita|dilaknat|diazab|disiksa|kiamat|hancur|terbakar|kecelakaan|kena+kanker|kena+penyakit|kena+covid|kena+bencana|kena+karma|kena+tsunami|sakit+parah|mandul|bangkrut|ditabrak|tertabrak|disambar+petir|ditelan+bumi|dibunuh|dimusnahkan|diusir|dipenjara|kelaparan|neraka|hilang|menghilang';
const GOOD_PLACES =
  'jadi|menjadi|memimpin|tinggal|hidup|masuk|menikah|bekerja|kerja|sekolah|memilih|bicara|berbicara|ada|bersekolah|kuliah|beribadah|nyalon|mencalonkan|punya|mempunyai|berada|dipilih|diberi|diberikan|dikasih|mendapat|mendapatkan|dapat|menginjakkan|dihormati|dicintai|dihargai|dibela|disayang|dipercaya|ditolong|dikasihani|didengar|diterima|dianggap|disebut|dilindungi|diselamatkan|bahagia|bernapas|bernafas|eksis|lahir|dilahirkan|berkembang|keluar|hak|di+sini|diperlakukan+sama|bersuara|menyetir|dikasi|dipekerjakan|dimaafkan|diampuni';

/** Ways to shut a group out, wish it dead or threaten it. */
export const HARM: readonly Construction[] = [
  {
    id: 'go-home',
    harm: 'exclusion',
    weight: 0.8,
    patterns: [
      'tutup|segel|robohkan|ratakan|bubarkan|bongkar|hancurkan|bakar .. tempat+ibadah|gereja|masjid|pura|vihara|klenteng|rumah+ibadah|kampung|permukiman|toko|warung|sekolah|markas|perkampungan|tempat|rumah .. G',
      'G .. MUST .. dikeluarkan|dipecat|diskors|dipulangkan|dipindahkan|ditolak|dilarang|dikarantina|disisihkan|dipisahkan|dijauhi|dihindari|diawasi|dibatasi|dikurung',

      `G ... MUST .. ${GO} .. ke|dari .. ${HOME}|${HERE}`,
      `G .. ${GO} .. JUST .. ke|dari .. ${HOME}|${HERE}`,
      `G .. ${GO} JUST|sono|kalian|gih|lu|lo`,
      `${GO}|pulanglah|pergilah|enyahlah|minggatlah|keluarlah|kembalilah .. kalian|kau|lo|lu|kamu|JUST|sono .. G`,
      `enyah|enyahlah|minggat|pulanglah|pergilah|hengkang|keluarlah .. G`,
      `G .. enyah|minggat|enyahlah|minggatlah`,
      'pulangkan|pulangin|kembalikan|balikin|buang|kirim|pindahkan|singkirkan|depak|tendang .. G .. ke|dari|JUST',
      'pulangkan|pulangin|singkirkan|depak|enyahkan .. G',
      'semua|seluruh|para G pulangin|pulangkan|deportasi|enyahkan|singkirkan|basmi|balikin|usir ke|dari|aja|saja|semua|sekarang|dong',
      `bersihkan|bersihin|sterilkan|selamatkan|bebaskan|amankan|sucikan .. ${HERE} .. dari G`,
      `G .. bukan|N .. tempatnya|tempatmu|rumahnya|rumahmu|tanahmu .. di+sini|sini|indonesia`,
      `G .. N .. diterima|disambut|diinginkan|dibutuhkan|diperlukan|diharapkan .. di+sini|di+kampung|di+desa|di+negeri|di+indonesia|di+kota|di+negara|di+rumah|di+dunia|mana+pun`,
      `G .. N .. diterima|disambut|diinginkan|dibutuhkan|diharapkan`,
      'di+sini .. bukan .. tempat|tempatnya|rumah|negara .. G',
      `${HERE}|ini bukan .. tempat|untuk|buat|rumah|tanah .. G`,
      `${HERE} .. bukan tempat|untuk|buat|rumah|tanah untuk|buat|bagi? G`,
      'N+ada tempat|ruang ... untuk|buat|bagi G',
      'jangan .. kasih|beri|berikan|sediakan .. tempat|ruang|panggung|hidup|napas|ampun|kesempatan|pekerjaan|kerjaan|jabatan|makan|rumah .. ke|untuk|buat|kepada|pada|bagi .. G',
      'tolak|larang|cegah|usir|cekal|blokir|boikot|tendang|deportasi .. kedatangan|keberadaan|kehadiran|pendirian|masuknya .. G',
      'tolak|larang|cekal|boikot|blokir|deportasi semua? G',
      'larang|melarang|dilarang|haram|haramkan .. G .. masuk|jadi|menjadi|tinggal|datang|memimpin|kerja|bekerja|sekolah|kuliah|menikah|pemimpin|presiden|gubernur|mengajar|ngajar|ikut|punya',
      'G .. dilarang|haram .. masuk|jadi|menjadi|tinggal|datang|memimpin|kerja|bekerja|sekolah|kuliah|hidup|mengajar|lewat|di+sini',
      'boikot|jangan+beli .. toko|warung|produk|dagangan|barang|usaha|jualan|rumah+makan .. G',
      'jangan .. belanja|beli|makan|jajan|kerja|berobat .. di|ke .. toko|warung|tempat|rumah .. G',
    ],
    unless: ['diskriminasi', 'mudik', 'lebaran', 'natal', 'liburan', 'selamat', 'pengungsian'],
  },
  {
    id: 'denied-rights',
    harm: 'exclusion',
    weight: 0.74,
    patterns: [
      'mana+mungkin|mustahil|N+mungkin|mana+bisa|mana+boleh .. G .. jadi|menjadi|baik|bisa|pintar|maju|jujur|setia|memimpin|sukses',

      'G .. MUST .. dibatasi|dicabut|dihapus|disunat|dirampas|dipersempit|dihilangkan .. hak|haknya|hak-haknya|ruang|kebebasannya|geraknya|kewarganegaraannya',
      'G .. N pantas|layak|berhak|patut .. dapat|mendapat|mendapatkan|menerima|punya|memiliki .. hak|kasih|cinta|tempat|kesempatan|pekerjaan|penghormatan|kebahagiaan|perlindungan|bantuan|belas|kebebasan|simpati|kehidupan',

      `G .. N|takkan|tidak+akan+pernah|tidak+akan|tidak+pernah|tidak+bakal|tidak+bakal+pernah boleh|berhak|layak|pantas|pantes|patut|seharusnya|sepantasnya|semestinya|cocok|selayaknya|sepatutnya|diperbolehkan|bisa+jadi .. ${GOOD_PLACES}`,
      'G N|takkan akan|bakal|mungkin|akan+pernah|bakal+pernah? .. bisa|mampu|pantas|jadi|menjadi .. pemimpin|presiden|gubernur|orang+baik|orang+benar|warga+yang+baik|setara',
      'G .. N .. berhak|punya+hak|memiliki+hak|ada+hak',
      'G .. N .. hak .. hidup|tinggal|bicara|memilih',
      'N .. boleh|akan|bisa|sudi|mau|rela|usah|ingin|perlu .. membiarkan|biarkan|biarin|ngebiarin|memberi|kasih|ngasih|beri|izinkan|mengizinkan .. G .. hidup|tempat|ruang|ampun|kerja|kerjaan|pekerjaan|tinggal|masuk|jabatan|kesempatan|lolos|bernapas|menang|kuasa|berkuasa|memimpin|tenang|jadi|menjadi|ada|berkeliaran|menikah|hak|lahir|bebas|datang|bahagia|memiliki|mengajar',
      'jangan .. membiarkan|biarkan|biarin|memberi|kasih|ngasih|beri|izinkan|kasi|bolehin|bolehkan .. G .. hidup|tempat|ruang|ampun|kerja|kerjaan|pekerjaan|tinggal|masuk|jabatan|kesempatan|lolos|bernapas|menang|kuasa|berkuasa|memimpin|tenang|jadi|menjadi|ada|berkeliaran|menikah|hak|lahir|bebas|datang|bahagia|makan|hati|punya|mengajar|lewat',
      'G .. jangan .. dibiarkan|dibiarin|dikasih|diberi|diizinkan|dikasi|dipercaya|diampuni|dipilih|diterima|diajak|ditolong|dibantu|ditemani|didekati|dikasihani',
      'jangan|jangan+pernah|N+boleh .. biarkan|biarin|sampai|sampe|mau .. G .. menguasai|kuasai|nguasain|mendominasi|dominasi|memimpin|mimpin|berkuasa|merajalela',
      'cabut|hapus|hilangkan|batasi|ambil|rampas .. hak|kewarganegaraan|ktp|kebebasan .. G',
    ],
    unless: NOT_GOOD,
  },
  {
    id: 'wished-dead',
    harm: 'wish',
    weight: 0.84,
    patterns: [
      'laknat|laknatlah|azab|kutuk|kutuklah|binasakan|hancurkan|musnahkan|lenyapkan .. ya+allah|ya+tuhan? G',
      'tuhan|allah .. melaknat|laknat|mengutuk|kutuk|mengazab|azab|membinasakan|memusnahkan|hukum|menghukum .. G',
      'N+ada ampun .. untuk|buat|bagi .. G',

      `semoga|semoga-semoga|moga-moga|moga|smoga|mudah-mudahan|semogalah|moga-moga|biar|biarin|biarkan|kuharap|berharap|aku+harap|harapanku|ya+tuhan|ya+allah|doaku|tolong|kapan|mending .. G ... ${DEAD}`,
      `G ... MUST .. mati|mampus|punah|musnah|lenyap|binasa|modar|masuk+neraka|gantung+diri|bunuh+diri|membusuk|menderita|sengsara|mokad|kiamat|tenggelam|tiada`,
      `G .. ${DEAD} JUST|lah|sono`,
      `G .. mending|mendingan|baiknya|bagusnya|cepat|cepetan|cepat-cepat|buruan|biar|sebaiknya .. ${DEAD}`,
      'mati|mampus|modar|matilah|mampuslah|binasalah|musnahlah|celakalah|terkutuklah|terlaknatlah|enyahlah JUST|kau|kalian|lo|lu|lah|kamu|deh|semua|elu|aja? .. G',
      'mampus|modar|terkutuk|laknat|terkutuklah|laknatullah|matilah|mampuslah G',
      'G .. mampus|modar|laknat|terkutuk|laknatullah|matilah|mampuslah',
      'G .. layak|pantas|patut|berhak|pantes|harus|wajib|butuh|perlu .. mendapat|mendapatkan|dapat|dapet|menerima|nerima|merasakan|ngerasain|diberi|dikasih .. siksaan|hukuman|azab|laknat|penderitaan|balasan|ganjaran|pukulan|karma|kematian|hajaran|derita|siksa|pelajaran|bogem|hukuman+mati|murka',
      'neraka .. untuk|buat|bagi|tempat .. G',
      'G .. ahli+neraka|penghuni+neraka|calon+penghuni+neraka|ahlunnar|bahan+bakar+neraka|kerak+neraka',
      'darah .. G .. halal|tumpah|mengalir',
      'halal .. darah|darahnya|nyawa|nyawanya .. G',
      'G .. halal .. darahnya|dibunuh|diperangi|dibantai|disembelih',
      'G .. darahnya|darahmu|darah+kalian .. halal',
      'kapan .. G .. mati|punah|musnah|lenyap|habis|pergi|hilang|diusir|binasa|sadar|tobat|kiamat|diberantas|dibasmi',
      'G .. N .. akan .. selamat|tenang',
    ],
    unless: [
      'sembuh',
      'selamat+hari',
      'kuat',
      'tabah',
      'sabar',
      'surga',
      'korban',
      'husnul',
      'bahagia',
      'sejahtera',
      'diampuni',
      'mati-matian',
      'setengah',
      'bersatu',
      'semangat',
      'tersenyum',
      'syahid',
    ],
  },
  {
    id: 'menaced',
    harm: 'threat',
    weight: 0.86,
    patterns: [
      'I ... G ... bawa|siapkan|siapin .. parang|golok|pedang|senjata|bensin|bom|pisau|celurit|clurit|molotov|pistol',
      'G ... mati|habis|tamat|hancur|binasa .. di+tanganku|di+tangan+kami|di+tangan+kita|di+tangan+gue|di+tangan+saya',
      'I .. gerebek|grebek|datangi|satroni|geruduk|kepung|sweeping|razia .. tempat|rumah|kampung|toko|kontrakan|kos .. G',

      'nyawa|hidup|darah|leher|kepala ... G ... di+tangan .. I',
      'G ... nyawa|hidup|leher|kepala .. di+tangan .. I',
      'G .. akan|bakal|pasti|mau .. I .. buat|bikin|jadikan|kirim|seret .. menyesal|menderita|mati|mampus|musnah|punah|sengsara|mayat|kapok|abu|berdarah|cacat|neraka|nangis|nyesel|kuburan',
      'kepala|leher|muka|mulut|batang+leher|perut G .. akan|bakal|mau|ingin|minta .. I .. injak|injek|penggal|potong|tebas|tonjok|gorok|hantam|tembak|tendang|hancurin|sobek|bacok|tusuk|gampar|tampar',
      'I .. siapin|siapkan|bawa|asah|punya|beli .. untuk|buat .. G',

      'tunggu|tungguin|tunggulah saja|ya|kalian|kamu|kau|nanti|pembalasan|balasan .. G',
      'tunggu|tungguin|tunggulah saja|ya|kalian|kamu|kau .. I .. akan|bakal|pasti|datang|habisi ... G',
      'awas|siap-siap|siap-siaplah|ingat|hei|woi|woy .. G ... I .. datang|cari|habisi|bakar|bunuh|bantai|bawa|serbu|hajar|balas|musnahkan|hancurkan|kepung|gorok|usir',
      'awas|siap-siap|siap-siaplah .. kalian|lo|lu|kau|kamu? .. G ... darah|mati|parang|golok|senjata|bom|habis|tamat|giliran|neraka|kuburan|bensin',
      'awas|siap-siap .. kalian|lo|lu|kau|kamu .. G',
      'I ... bawa|siapkan|siapin|asah|ngasah .. parang|golok|pedang|senjata|bensin|bom|pisau|celurit|clurit|molotov|pistol|senapan|panah|samurai .. G',
      'G ... I ... bawa|siapkan|siapin|asah|ngasah .. parang|golok|pedang|senjata|bensin|bom|pisau|celurit|clurit|molotov|pistol|senapan|panah|samurai',
      'I .. cari|nyari|buru|ngincer|incar|datangi|samperin|sikat|seret|culik|kejar|kepung .. G ... satu-satu|satu+persatu|mati|matiin|habisi|hidup-hidup|ke+ujung|rumah|rumahnya|bunuh|malam+ini|besok',
      'hari|ajal|waktu|nyawa|umur|riwayat .. G .. tinggal|dekat|sebentar|menghitung|tamat|habis|melayang',
      'G .. tinggal .. tunggu|nunggu|menunggu .. waktu|giliran|ajal|mati',
      'G .. tamat|habis|mati|hancur .. di+tangan .. I|kami|kita',
      'I .. akan|bakal|mau|pengen|pasti|ingin|siap .. bikin|buat|membuat|jadikan|jadiin|menjadikan .. G .. menyesal|menderita|mati|mampus|musnah|punah|sengsara|mayat|kapok|abu|daging|berdarah|babak+belur|cacat|tumbal|nangis|nyesel|neraka',
    ],
    unless: ['sembuh', 'menghormati', 'hasil'],
  },
];
