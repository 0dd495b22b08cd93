import * as g from './grammar.js';
import { antecedentOf } from './reference.js';
import type { Mark, Scene } from './scene.js';

/** What a construction does to the group in its slot. */
export type Harm = 'contempt' | 'exclusion' | 'wish' | 'threat' | 'violence';

/**
 * Contempt that needs no bad word: fixed ways of speaking with a slot for the group. A pattern is a row of items:
 * `G` the group (by name or taken up by a pronoun), `N` a negation, `I` the writer, `MUST` a word of duty or desert,
 * `JUST` a softener of orders, `a|b` one of these words, `a+b` one after the other, `..` up to five words and
 * `...` up to twelve of the same sentence. `?` after an item makes it optional.
 */
export interface Construction {
  readonly id: string;
  readonly harm: Harm;
  readonly weight: number;
  readonly patterns: readonly string[];
  /** Words that make the sentence mean something else when they stand in it. */
  readonly unless?: readonly string[];
}

const BETTER =
  'baik|indah|aman|damai|tenang|maju|bersih|enak|sejahtera|tentram|tenteram|makmur|nyaman|tertib|adem|bahagia|bagus';
const GO = 'pulang|balik|kembali|pergi|minggat|enyah|hengkang|keluar|angkat+kaki|cabut|pindah|menyingkir|out';
const HOME =
  'asal|asalnya|asalmu|asalmu|negaramu|negaranya|negerinya|negerimu|kampungnya|kampungmu|hutan|habitat|habitatnya|habitatmu|gua|kandang|kandangnya|tanahmu|tanahnya|kampung+halamannya|negara+asal|tempat+asalnya|daerahnya|daerahmu|leluhurmu|leluhurnya|planetnya';
const HERE =
  'sini|indonesia|negeri|negara|tanah|kampung|desa|kota|nkri|bumi|dunia|kompleks|lingkungan|rt|wilayah|pulau|rumah|nusantara';
const SOCIAL =
  'berteman|temenan|temanan|bergaul|gaul|bertetangga|tetanggaan|menikah|menikahi|nikah|nikahi|kawin|pacaran|berpacaran|macarin|dekat|deket|deket-deket|dekat-dekat|berdekatan|mendekati|duduk|serumah|sekelas|sekantor|sekamar|seruangan|tinggal|berurusan|kerja|bekerja|makan|percaya|berbagi|beli|belanja|bermain|main|terima|menerima|nerima|berbisnis|bisnis|bersebelahan|bersalaman|salaman|ngobrol|bicara|nongkrong|berhubungan|menyentuh|dipimpin|dilayani';
const DEAD =
  'mati|mampus|punah|musnah|lenyap|binasa|modar|mokad|koit|dead|die|membusuk|tenggelam|gantung+diri|bunuh+diri|lenyaplah|masuk+neraka|kena+azab|kena+laknat|celaka|sengsara|menderita|dilaknat|diazab|disiksa|kiamat|hancur|terbakar|kecelakaan|kena+kanker|neraka|hilang|menghilang';
const GOOD_PLACES =
  'jadi|menjadi|memimpin|tinggal|hidup|masuk|menikah|bekerja|kerja|sekolah|memilih|bicara|berbicara|ada|bersekolah|kuliah|beribadah|nyalon|mencalonkan|punya|mempunyai|berada|dipilih|diberi|diberikan|dikasih|mendapat|mendapatkan|dapat|menginjakkan|dihormati|dicintai|dihargai|dibela|disayang|dipercaya|ditolong|dikasihani|didengar|diterima|dianggap|disebut|dilindungi|diselamatkan|bahagia|bernapas|bernafas|eksis|lahir|dilahirkan|berkembang|keluar|hak|di+sini|diperlakukan+sama|bersuara|menyetir|dikasi|dipekerjakan|dimaafkan|diampuni';
const NOT_GOOD = [
  'takut',
  'ketakutan',
  'diskriminasi',
  'didiskriminasi',
  'kekerasan',
  'korban',
  'ditindas',
  'hinaan',
  'perlakuan',
  'objek',
  'target',
  'sasaran',
  'kambing',
  'begitu',
  'dihina',
  'sendirian',
  'sembarangan',
  'dibedakan',
  'hukuman',
  'ejekan',
  'siksaan',
  'kebencian',
  'dianiaya',
  'penderitaan',
  'menderita',
];

const ALL: readonly Construction[] = [
  {
    id: 'better-without',
    harm: 'contempt',
    weight: 0.72,
    patterns: [
      'kalau|jika|kalo|andai|seandainya .. N .. karena|gara-gara|ada|oleh .. G ... maju|kaya|aman|damai|sejahtera|menang|makmur|bahagia|tentram',
      'tanpa|kalau+bukan+karena|kalau+bukan+gara-gara .. G ... maju|kaya|aman|damai|sejahtera|makmur',
      'semakin|makin sedikit|dikit|jarang .. G .. baik|bagus|aman|damai',
      'semakin|makin banyak .. G .. hancur|rusak|kacau|kotor|parah|buruk|bahaya|bobrok',
      'dunia|negara|negeri|indonesia|kita|kampung|bangsa|kota .. N butuh|membutuhkan|butuhkan|perlu|memerlukan G',

      `${BETTER} .. tanpa .. G`,
      `tanpa .. G ... ${BETTER}`,
      `${BETTER} .. kalau|jika|kalo|bila|andai|seandainya .. N|tanpa .. G`,
      `${BETTER} .. kalau|jika|kalo|bila|andai|seandainya .. G .. N|hilang|pergi|lenyap|punah|musnah|mati`,
      `kalau|jika|kalo|bila|andai|seandainya .. tidak+ada G ... ${BETTER}`,
      'muak|cukup|sudah .. terlalu|kebanyakan .. G',
      'kebanyakan G di+sini',
    ],
  },
  {
    id: 'should-not-exist',
    harm: 'contempt',
    weight: 0.78,
    patterns: [
      'tuhan|allah|alam .. salah|keliru|menyesal|khilaf .. menciptakan|ciptakan|bikin|ciptain|membuat .. G',
      'kenapa|mengapa|ngapain|buat+apa|untuk+apa|ngapain .. harus|mesti|perlu|repot-repot|kudu .. peduli|menghormati|menolong|bantu|membantu|membela|bela|toleransi|kasihan|menghargai|baik|sopan|melindungi|dengerin|mendengarkan|nolongin|ngurusin|hormat .. G',
      'memangnya|emang|emangnya|apa|memang G .. bisa+apa|bisa+mikir|punya+otak|berguna|ada+gunanya|bisa+maju|ngerti',

      'andai|andaikan|seandainya|coba|semoga|berharap|harap|harusnya|seharusnya|kalau+saja|kuharap|pengennya .. G .. N .. ada|lahir|dilahirkan|muncul|datang|eksis|diciptakan',
      'andai|andaikan|seandainya|semoga|berharap|kuharap|pengen|ingin .. N .. ada .. G',
      'G .. N .. seharusnya|semestinya|harusnya|perlu|usah|layak|pantas|pernah+seharusnya .. ada|lahir|hidup|dilahirkan|eksis|diciptakan',
      'G .. seharusnya|semestinya|harusnya|sebaiknya|mending .. N .. ada|lahir|hidup|dilahirkan|eksis|diciptakan|di+sini|di+indonesia',
      'kenapa|mengapa|kok|ngapain|knapa|buat+apa .. G .. harus|masih|boleh|bisa|dibiarkan|mesti .. ada|hidup|lahir|eksis|dibiarkan|dibiarin|di+sini|diciptakan',
      'kenapa|mengapa|ngapain|buat+apa .. ada|harus+ada|masih+ada .. G .. di+dunia|di+sini|di+indonesia|di+negeri|di+negara|sih',
      'kenapa|mengapa|buat+apa .. tuhan|allah .. menciptakan|ciptakan|ciptain .. G',
      'kenapa|mengapa|kok|apa|apakah .. G .. N .. mati|punah|musnah|lenyap|pergi|minggat|enyah|bisa+mati',
      'apa|buat+apa .. gunanya|guna|untungnya|manfaatnya|fungsinya|faedahnya|gunane .. G',
      'G .. N .. ada .. gunanya|guna|manfaatnya|faedahnya|harganya|otaknya|bagus-bagusnya|baiknya',
      'G .. apa .. gunanya|guna|manfaatnya|faedahnya',
    ],
    unless: [...NOT_GOOD, 'mengungsi', 'pindah', 'tanpa'],
  },
  {
    id: 'glad-not-to-be',
    harm: 'contempt',
    weight: 0.7,
    patterns: [
      'kasihan|kasian|prihatin|turut+berduka|malang|apes|sial .. orang+tua|keluarga|anak|ibu|bapak|suami|istri|yang|tetangga .. punya|dapat|menikah|nikah|jadi|hidup .. G',

      'untung|untungnya|syukur|syukurlah|bersyukur|alhamdulillah|lega|beruntung|puji+tuhan .. N .. lahir|terlahir|dilahirkan|jadi|menjadi|punya|termasuk|sebagai .. G',
      'untung|untungnya|syukur|syukurlah|bersyukur|alhamdulillah|lega|beruntung|puji+tuhan .. bukan|N G',
      'malu|aib|sial|kutukan|nista|hina|musibah|bencana|apes|memalukan .. jadi|menjadi|terlahir|lahir|dilahirkan|sebagai|punya .. G',
      'kalau|jika|kalo|seandainya|andai .. I .. G ... bunuh+diri|gantung+diri|malu|mati|ngumpet|sembunyi',
      'kasihan|kasian .. yang .. terlahir|lahir|jadi .. G',
    ],
    unless: ['bangga', 'korban', 'ketika'],
  },
  {
    id: 'rather-than',
    harm: 'contempt',
    weight: 0.72,
    patterns: [
      'milih|lebih+milih|lebih+memilih|lebih+pilih|lebih+rela|mendingan|mending .. daripada|ketimbang|dari+pada|dibanding .. G',

      'mending|mendingan|lebih+baik|lbh+baik|rela|pilih|memilih|baik .. mati|jomblo|sendiri|sendirian|miskin|kelaparan|lapar|buta|bunuh+diri|gantung+diri|menganggur|nganggur|minum|makan|hidup|tinggal|perawan|bujang|pengangguran|gembel|bangkrut|tuli|lumpuh|masuk+neraka|berteman|jalan|memelihara|piara|pelihara|milih ... daripada|ketimbang|dari+pada|dibanding|dripada .. G',
      'daripada .. G .. mending|mendingan|lebih+baik .. mati|jomblo|sendiri|bunuh+diri|sendirian',
    ],
  },
  {
    id: 'shun',
    harm: 'contempt',
    weight: 0.66,
    patterns: [
      'sembunyikan|amankan|jaga|umpetin|kunci|awas|simpan|pegang|jagain .. dompet|dompetmu|barang|barangmu|hp|motor|tas|uang|anak|anakmu|pintu|harta ... G',
      'G ... sembunyikan|amankan|jaga|umpetin|kunci|simpan|pegang|jagain .. dompet|dompetmu|dompetnya|barang|barangmu|hp|motor|tas|uang|anak|anakmu|pintu|harta',
      `N sudi|mau|rela|ikhlas|bakal|akan I .. ${SOCIAL}|hidup|bareng|hadir .. G`,
      'jangan|jangan+sampai|awas .. tertular|ketularan|terpengaruh|kena|jadi|ikut-ikutan .. G',
      'jangan|N+usah|ngapain .. ngarep|berharap|harap .. I .. G',

      `N mau|sudi|akan|bakal|ingin|pernah|rela|pengen|usah|boleh|bisa|mungkin|pernah+mau|akan+pernah|bakal+pernah|sampai|perlu|level .. ${SOCIAL} .. sama|dengan|ama|pada|ke|deket|dekat|dari|bareng|jadi|oleh|kepada .. G`,
      `N mau|sudi|akan|bakal|ingin|pernah|rela|pengen|usah|boleh|sampai .. ${SOCIAL} G`,
      `N ${SOCIAL} .. sama|dengan|ama|pada|ke|dari|deket|dekat|kepada .. G`,
      `jangan .. ${SOCIAL}|pilih|dukung|ajak|undang .. sama|dengan|ama|pada|ke|dari|deket|dekat|kepada G`,
      'jangan|janganlah|jangan+pernah|jangan+mau|jangan+sampai|N+usah|tidak+perlu percaya|percayai|pilih|dukung|bantu|tolong|tolongin|temani|beli|ajak|terima|milih|jadi|punya|nikahi|nikahin|dekati|deketin|contoh|tiru|undang|rekrut|pekerjakan G',
      'ogah|males|malas|emoh|najis|haram|jijik|geli|kapok|amit-amit|alergi|risih|anti .. sama|dengan|ama|deket|deket-deket|dekat|dekat-dekat|liat|lihat|melihat|berurusan|temenan|berteman|punya|jadi|duduk|pacaran|nikah|menikah|kerja|ketemu|bertemu|satu|beli|belanja .. G',
      'N .. izinkan|izinin|ijinin|ijinkan|restui|mengizinkan|merestui|restu|rela|biarkan|sudi|ikhlas .. anak|anakku|adik|adikku|saudara|keluarga|putriku|putraku .. G',
      'anak|anakku|adik|adikku|putriku|putraku|saudara|keluargaku .. menikah|nikah|pacaran|kawin|menikahi|bawa|bergaul|berteman .. G ... bukan|coret|usir|kuusir|kecewa|malu|buang|aib|haram|haramkan|gantung|pukul|bunuh|durhaka',
      'hati-hati|waspada|waspadalah|awas|hati-hatilah sama|dengan|terhadap|ama|pada|ke|kalau+ada|ada|dari|kalo+ada|dekat|deket|kalau+ketemu|kalau+dekat G',
      'jauhi|jauhin|jauhkan|hindari|hindarin|jauh-jauh .. dari|sama? .. G',
      'jaga|jagain|amankan|sembunyikan .. dari|kalau+ada|kalo+ada G',
      'G .. jauh-jauh .. dari .. I',
      'tutup|kunci .. pintu .. kalau|kalo|ada|dari .. G',
    ],
    unless: [
      'dijauhi',
      'alasan',
      'salah',
      'rasis',
      'ragu',
      'takut',
      'dihina',
      'korban',
      'stigma',
      'diadu',
      'kesempatan',
    ],
  },
  {
    id: 'go-home',
    harm: 'exclusion',
    weight: 0.8,
    patterns: [
      `G ... MUST .. ${GO} .. ke|dari .. ${HOME}|${HERE}`,
      `G .. ${GO} .. JUST .. ke|dari .. ${HOME}|${HERE}`,
      `G .. ${GO} JUST|sono|kalian|gih|lu|lo`,
      `${GO}|pulanglah|pergilah|enyahlah|minggatlah|keluarlah|kembalilah .. kalian|kau|lo|lu|kamu|JUST|sono .. G`,
      `enyah|enyahlah|minggat|pulanglah|pergilah|hengkang|keluarlah .. G`,
      `G .. enyah|minggat|enyahlah|minggatlah`,
      'pulangkan|pulangin|kembalikan|balikin|buang|kirim|pindahkan|singkirkan|depak|tendang .. G .. ke|dari|JUST',
      'pulangkan|pulangin|singkirkan|depak|enyahkan .. G',
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
      'G .. MUST .. dibatasi|dicabut|dihapus|disunat|dirampas|dipersempit|dihilangkan .. hak|haknya|hak-haknya|ruang|kebebasannya|geraknya|kewarganegaraannya',
      'G .. N pantas|layak|berhak|patut .. dapat|mendapat|mendapatkan|menerima|punya|memiliki .. hak|kasih|cinta|tempat|kesempatan|pekerjaan|penghormatan|kebahagiaan|perlindungan|bantuan|belas|kebebasan|simpati|kehidupan',

      `G .. N boleh|berhak|layak|pantas|pantes|patut|seharusnya|sepantasnya|semestinya|cocok|selayaknya|sepatutnya|diperbolehkan|bisa+jadi .. ${GOOD_PLACES}`,
      'G .. N .. berhak|punya+hak|memiliki+hak|ada+hak',
      'G .. N .. hak .. hidup|tinggal|bicara|memilih',
      'N .. boleh|akan|bisa|sudi|mau|rela|usah|ingin|perlu .. membiarkan|biarkan|biarin|ngebiarin|memberi|kasih|ngasih|beri|izinkan|mengizinkan .. G .. hidup|tempat|ruang|ampun|kerja|kerjaan|pekerjaan|tinggal|masuk|jabatan|kesempatan|lolos|bernapas|menang|kuasa|berkuasa|memimpin|tenang|jadi|menjadi|ada|berkeliaran|menikah|hak|lahir|bebas|datang|bahagia|memiliki|mengajar',
      'jangan .. membiarkan|biarkan|biarin|memberi|kasih|ngasih|beri|izinkan|kasi|bolehin|bolehkan .. G .. hidup|tempat|ruang|ampun|kerja|kerjaan|pekerjaan|tinggal|masuk|jabatan|kesempatan|lolos|bernapas|menang|kuasa|berkuasa|memimpin|tenang|jadi|menjadi|ada|berkeliaran|menikah|hak|lahir|bebas|datang|bahagia|makan|hati|punya|mengajar|lewat',
      'G .. jangan .. dibiarkan|dibiarin|dikasih|diberi|diizinkan|dikasi|dipercaya|diampuni|dipilih|diterima|diajak|ditolong|dibantu|ditemani|didekati|dikasihani',
      'cabut|hapus|hilangkan|batasi|ambil|rampas .. hak|kewarganegaraan|ktp|kebebasan .. G',
    ],
    unless: NOT_GOOD,
  },
  {
    id: 'lower-place',
    harm: 'contempt',
    weight: 0.7,
    patterns: [
      'tempat|tempatnya|kandang|kandangnya|habitat|habitatnya|rumah|cocoknya|pantasnya .. G .. di|adalah|ya .. kebun+binatang|bonbin|kandang|neraka|hutan|penjara|comberan|got|selokan|tempat+sampah|kuburan|liang|jalanan|ragunan|rsj|dapur|kebun|jahanam|kubangan',
      'G .. tempat|tempatnya|kandang|kandangnya|habitatnya|cocok|cocoknya|pantas|pantasnya|lebih+pantas|layaknya|balik|balikin|masukin|masukkan|taruh|kurung .. di|ke|dalam|dalem .. kebun+binatang|bonbin|kandang|neraka|hutan|penjara|comberan|got|selokan|tempat+sampah|kuburan|liang|jalanan|ragunan|rsj|jahanam|kubangan|dapur',
      'kandangin|kurung|masukin|masukkan|pajang|lempar|jeblosin|jebloskan|buang .. G .. kebun+binatang|kandang|penjara|bonbin|laut|neraka|got|jurang|tong|tempat+sampah|sumur|rsj|kali|sungai',
      'G .. hanya|cuma|cuman|cocok|cocoknya|pantasnya|pantas|bisanya|ditakdirkan|layaknya|memang .. pembantu|babu|budak|jongos|kuli|kacung|pelacur|objek|pelayan|pemuas|rendahan|bawahan|keset|tumbal|samsak|mainan|pajangan|kesetan|tukang+sapu|bahan+lelucon',
      'derajat|derajatnya|kasta|kastanya|harkat|level|levelnya|martabat|kedudukan|iq|ras .. G .. N|lebih|rendah|bawah|paling|terendah|jongkok',
      'G .. derajatnya|kastanya|levelnya|martabatnya|iqnya|iq .. N|rendah|lebih+rendah|di+bawah|jongkok|paling|paling+bawah',
      'G .. di+bawah|lebih+rendah .. kita|kami|saya|gue|aku|manusia|orang+lain|kaki|ras',
      'G .. lebih .. rendah|hina|buruk|busuk|kotor|najis|bodoh|jelek|jahat|bejat .. dari|daripada|ketimbang|dibanding',
      'kita|kami|saya|gue|aku|kaum+kita|bangsa+kita|ras+kita|suku+kita .. lebih|jauh .. unggul|tinggi|mulia|baik|pintar|beradab|suci|superior|terhormat|bermartabat|penting .. daripada|dari|dibanding|ketimbang .. G',
      'G .. warga|manusia|makhluk|orang|bangsa|kaum|ras|golongan|kasta .. kelas+dua|rendahan|kelas+bawah|rendah|kelas+dua|terendah|hina|terkutuk|terlaknat|buangan|sisa|gagal|cacat|inferior',
      'G .. N .. sederajat|selevel|setara|sama|sebanding|sekelas|sepadan .. dengan|sama|ama .. kita|kami|saya|gue|aku|manusia|laki-laki|orang+normal|orang+lain',
      'G .. inferior|subhuman|kelas+dua|rendahan',
      'G .. MUST|sebaiknya|tolong|coba|makanya .. tahu|tau|sadar|ngaca .. diri|posisi|tempat|tempatnya',
      'G ... ngaca .. dulu|dong',
      'G .. tamu|numpang|menumpang|pendatang|nebeng .. di+sini|hidup|di+negeri|di+negara|di+indonesia|di+tanah|doang|aja|saja',
      'G .. N .. tahu|tau|punya .. diri|malu|terima+kasih|adat|aturan|sopan+santun|untung|etika|adab|otak|hati|moral|akal|akhlak|perasaan|harga+diri|rasa+malu|agama|tata+krama|berterima+kasih|nurani|masa+depan|iman|kualitas|nilai|kelas|budaya|peradaban|belas+kasihan|hak',
    ],
    unless: ['korban', 'prasangka', 'stigma', 'listrik', 'dihukum'],
  },
  {
    id: 'burden',
    harm: 'contempt',
    weight: 0.7,
    patterns: [
      'G .. pengaruh+buruk|dampak+buruk|contoh+buruk|citra+buruk|virus+bagi|racun+bagi|ancaman+bagi|ancaman+buat|bahaya+bagi|bahaya+buat|aib+bagi|pembuat+onar|biang+onar|pembuat+masalah|sumber+masalah|akar+masalah|pembuat+keributan|bikin+rusuh',
      'G .. diam-diam|ingin|mau|pengen|akan|bakal|hendak|berniat|bersekongkol|berkonspirasi|hanya+ingin|cuma+mau .. menguasai|merebut|menjajah|menghancurkan|merusak|ngerusak|ngancurin|memurtadkan|mengislamkan|mengkristenkan|merampas|ngerebut|ngambil|nguasain|mengambil+alih|memecah+belah|memecah|menginjak .. negara|negeri|bangsa|pekerjaan|kerjaan|tanah|kita|kami|indonesia|dunia|ekonomi|agama|umat|rakyat|lahan|islam|generasi|moral',
      'dipenuhi|penuh|diserbu|dijajah|dikuasai|dibanjiri|dikotori|diracuni|dirusak .. oleh|sama|dengan|karena? G',

      'G .. beban|biang|perusak|sumber|penyebab|akar|duri|musuh|ancaman|aib|racun|pembawa|biang+kerok|pengacau|perusuh|penghancur|pengganggu|sarang|penjajah|pengkhianat|penghambat|penyakit|parasit|noda|kutukan|bencana|momok|bahaya|bom+waktu|gerombolan|kanker|tumor|hama .. negara|bangsa|masalah|onar|sial|bencana|penyakit|moral|masyarakat|negeri|kerusakan|kekacauan|keresahan|kejahatan|maksiat|dosa|rakyat|kita|agama|umat|malapetaka|petaka|musibah|azab|dunia|keluarga|kerusuhan|kesialan|keributan|kriminalitas|kemiskinan|indonesia|penderitaan|peradaban|kota|kampung',
      'G .. penyakit+masyarakat|biang+masalah|biang+kerok|pembawa+sial|beban+negara|biang+rusuh|biang+onar|beban+masyarakat|musuh+negara|musuh+islam|musuh+bangsa',
      'G .. selalu|kerjanya|kerjaannya|hobinya|bisanya|cuma+bisa|hanya+bisa|sukanya|taunya|cuma|emang+suka|suka|doyan|gemar|sering+kali .. bikin|buat|membuat|bawa|membawa|cari|nyari|mencari|nimbulin|menimbulkan .. onar|rusuh|masalah|ribut|sial|gara-gara|keributan|kekacauan|keonaran|kacau|susah|malu|repot|kerusuhan|penyakit|bencana|ulah|emosi|resah|jengkel',
      'G .. membawa|bawa|bikin|menyebarkan|nyebarin|sebarin|sebar|menularkan|nularin|mendatangkan .. sial|petaka|bencana|penyakit|onar|rusuh|azab|kesialan|malapetaka|musibah|maksiat|kerusakan|virus|kotoran|kuman|dosa|hama|wabah',
      'G .. merusak|rusak|ngerusak|menghancurkan|hancurin|mengotori|ngotorin|mencemari|menodai|meracuni|ngeracunin|menjajah|merusakkan|membebani|menyusahkan|nyusahin|ngerepotin|merugikan|meresahkan|mengganggu|memalukan|malu-maluin|mengacaukan .. negara|negeri|bangsa|moral|kampung|desa|generasi|indonesia|agama|akhlak|lingkungan|kota|dunia|ekonomi|masyarakat|orang|kita|rakyat|doang|aja|saja|semua|masa+depan|anak|pemandangan|budaya',
      'G .. nyusahin|ngerepotin|malu-maluin|meresahkan|menyusahkan|bikin+malu|bikin+susah|bikin+resah|bikin+repot|bikin+rusuh|bikin+onar|bikin+ribut|bikin+ulah|bikin+masalah|bikin+rusak|bawa+sial',
      'sejak|semenjak|gara-gara|karena|gegara|akibat|ulah|salah|salahnya|berkat .. G ... rusak|kacau|hancur|kotor|sial|rusuh|ancur|bau|susah|melarat|miskin|bencana|gempa|wabah|berantakan|tercemar|bobrok|terpuruk|mundur|bangkrut|nganggur|kena+azab|maling',
      'rusak|kacau|hancur|kotor|sial|rusuh|ancur|bau|susah|melarat|miskin|bencana|gempa|berantakan|bobrok|terpuruk|mundur|bangkrut|begini .. gara-gara|karena|gegara|akibat|ulah|sejak .. G',
      'pantesan|pantas|pantes|N+heran|wajar .. negara|negeri|kampung|kota|sini|indonesia|dunia|kelas|kantor|daerah|bangsa .. N|miskin|rusak|kacau|hancur|kotor|bau|mundur|sepi|susah .. G',
      'pantesan|pantes|ternyata|oh .. G .. sih|ya|toh|rupanya|pantesan',
      'semua|salah|biang .. gara-gara|salah|ulah .. G',
      'G .. mencuri|merebut|merampas|ambil|ngambil|mengambil|nyuri|rebut|ngerebut .. pekerjaan|kerjaan|lahan|tanah|uang|rezeki|hak|lapangan',
    ],
    unless: ['korban', 'ditangkap', 'penyelamat', 'kontribusi'],
  },
  {
    id: 'doubted-humanity',
    harm: 'contempt',
    weight: 0.72,
    patterns: [
      'jangan|jangan+pernah|N .. anggap|menganggap|sebut|menyebut|perlakukan|memperlakukan|anggep|nganggep .. G .. manusia|saudara|teman|sesama|setara|sederajat|warga',
      'emang|emangnya|memangnya|memang|mana|apa|apakah|masa ada .. G .. yang? N',
      'emang|emangnya|memangnya|memang|mana|apa|apakah|masa ada .. G .. baik|bener|benar|jujur|waras|pintar|beres|normal|setia|berguna',
      'tidak|N satu+pun|seorang+pun|satupun|ada+satu+pun .. G .. baik|bener|benar|jujur|waras|pintar|beres|normal|setia|berguna|dipercaya|beradab',
      'G .. N .. memiliki|mempunyai|punya .. akhlak|moral|otak|hati|perasaan|akal|nurani|adab|harga+diri|budi|empati|sopan+santun|iman|rasa+malu|etika|masa+depan|harapan',
      'G .. N .. bisa .. apa-apa|ngapa-ngapain|dididik|diajari|diatur|mikir|berpikir|maju|berubah|kerja|hidup+bersih',
      'G .. N .. akan|bakal|pernah|bisa .. sepintar|secerdas|sebaik|semulia|sehebat|setara|menyamai|sebersih|sejajar|sama .. I|manusia|orang|bangsa',
      'G .. tukang .. rusuh|ribut|tipu|nipu|bohong|ngibul|selingkuh|palak|malak|gosip|ngutang|utang|mabuk|onar|maling|begal|fitnah|nyinyir|adu+domba|cari+masalah|bully|kawin|ngadu|nyolong|peras|bikin+rusuh|bikin+onar|cabul|judi|minta-minta|jajah|santet|ghibah|contek|pamer|ngeluh|hasut',

      'apakah|apa|emang|emangnya|memangnya|emg|masa .. G .. manusia|punya+otak|waras|normal|punya+hati|bisa+mikir|punya+perasaan|punya+akal',
      'N .. ada .. baik|bagus|beres|benar|bener|waras|berguna|positif|bermanfaat|jujur .. dari|pada|sama|di .. G',
      'G .. N .. ada .. baik|bagus|beres|benar|bener|waras|berguna|jujur',
      'G .. bukan|N .. bagian|warga|anak|saudara .. bangsa|negara|kita|indonesia|negeri|nkri|kami',
      'G .. N .. normal|waras|manusiawi|beradab|bermoral|berguna|berotak|bermanfaat|berakhlak|beriman|berakal|berpendidikan|berbudaya|bermartabat|punya+otak|tahu+malu|tau+malu|tau+diri|tahu+diri|becus|jelas|jujur|sopan|tahu+adat|beretika|tau+adat|dapat+dipercaya|bisa+dipercaya|boleh+dipercaya|patut+dipercaya|bisa+diandalkan|bisa+dididik|akan+pernah .. baik|berubah|maju|pintar|masuk+surga?',
      'N .. ada .. G .. bisa|dapat|patut|layak|boleh .. dipercaya|diandalkan|dibanggakan|dihormati|diharapkan',
      'N .. ada .. G .. baik|jujur|waras|pintar|benar|bener|beres|berguna|normal|bermoral|setia|tulus|bersih|cerdas|tahu+diri',
      'G .. kapan .. pintar|berubah|sadar|tobat|waras|maju',
      'G .. otaknya|otakmu|otak .. di+dengkul|di+mana|mana|udang|kosong|kotor|miring|cetek|di+pantat|isinya|kecil|kosong|ngeres|mesum|encer+kaga|sejengkal|nol',
      'otak|otaknya|isi+kepala|pikiran|mental|moral|akhlak|hati|mulut|kelakuan|akal .. G .. kosong|kotor|busuk|rusak|bejat|mesum|ngeres|udang|cetek|sempit|dengkul|bobrok|kampungan|budak|sampah|jahat|bau|tumpul|jongkok|primitif|rendah|minus|hina|nol|jelek',
      'G .. mental|mentalnya|moral|moralnya|akhlak|akhlaknya|hatinya|kelakuannya|kelakuan|sifatnya|pikirannya|mulutnya .. kosong|kotor|busuk|rusak|bejat|mesum|ngeres|cetek|sempit|bobrok|kampungan|budak|sampah|jahat|bau|tempe|primitif|rendah|minus|minim|hitam|jelek|licik|iblis|setan|binatang|kayak+binatang',
    ],
    unless: ['salah', 'listrik', 'prasangka'],
  },
  {
    id: 'wished-dead',
    harm: 'wish',
    weight: 0.84,
    patterns: [
      'laknat|laknatlah|azab|kutuk|kutuklah|binasakan|hancurkan|musnahkan|lenyapkan .. ya+allah|ya+tuhan? G',
      'tuhan|allah .. melaknat|laknat|mengutuk|kutuk|mengazab|azab|membinasakan|memusnahkan|hukum|menghukum .. G',
      'N+ada ampun .. untuk|buat|bagi .. G',

      `semoga|moga|smoga|mudah-mudahan|semogalah|moga-moga|biar|biarin|biarkan|kuharap|berharap|aku+harap|harapanku|ya+tuhan|ya+allah|doaku|tolong|kapan|mending .. G ... ${DEAD}`,
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
      'nyawa|hidup|darah|leher|kepala ... G ... di+tangan .. I',
      'G ... nyawa|hidup|leher|kepala .. di+tangan .. I',
      'G .. akan|bakal|pasti|mau .. I .. buat|bikin|jadikan|kirim|seret .. menyesal|menderita|mati|mampus|musnah|punah|sengsara|mayat|kapok|abu|berdarah|cacat|neraka|nangis|nyesel|kuburan',
      'kepala|leher|muka|mulut|batang+leher|perut G .. akan|bakal|mau|pengen|minta .. I .. injak|injek|penggal|potong|tebas|tonjok|gorok|hantam|tembak|tendang|hancurin|sobek|bacok|tusuk|gampar|tampar',
      'I .. siapin|siapkan|bawa|asah|punya|beli .. untuk|buat .. G',

      'tunggu|tungguin|tunggulah aja|saja|ya|kalian|lo|lu|kau|nanti|pembalasan|balasan .. G',
      'tunggu|tungguin|tunggulah aja|saja|ya|kalian|lo|lu|kau .. I .. akan|bakal|pasti|datang|habisi ... G',
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
  {
    id: 'repelled',
    harm: 'contempt',
    weight: 0.72,
    patterns: [
      'terganggu|keganggu|tersiksa|keberatan|jengah|sesak|gerah|risih|gatal|alergi .. dengan|oleh|sama|karena|ada|liat|lihat .. G',
      'darah|darahku|emosi|emosiku .. mendidih|naik|meledak|memuncak .. G',
      'melihat|lihat|liat|tiap|setiap|denger|dengar .. G ... darah+mendidih|emosi|naik+pitam',
      'N .. terima|menerima|nerima|akui|mengakui|tahan .. G',
      'sialan|muak|bosan|capek|anjing|bangsat|dasar G .. lagi',

      'N .. tahan|kuat|betah|nyaman|sanggup|respek|simpati|sreg|cocok .. sama|dengan|ama|dekat|deket|liat|lihat|melihat|ngeliat|di|pada|terhadap|ke .. G',
      'N suka|demen|sudi|menyukai|senang|menerima|nerima|respek|hormat|menghormati|ikhlas|sukai|doyan|simpati|peduli|bisa+menerima|pernah+suka|pernah+menyukai|begitu+suka|terlalu+suka|akan+pernah+suka|akan+menerima|mau+menerima|bisa+suka|bisa+terima sama|dengan|ama|pada|kepada|terhadap|banget|sekali|liat|ada|kalau? sama|dengan|ama|liat|lihat? G',
      'N .. ada .. suka|mau|sudi|betah|tahan|senang|sayang|cinta|peduli|respek .. sama|dengan|ama|kepada|pada? G',
      'N suka .. I .. sama|dengan|ama|liat|pada|lihat G',
      'G .. bikin|membuat|buat|membuatku|bikinku|ngebuat|bikinin .. muntah|mual|enek|eneg|neg|kesal|kesel|emosi|darah|muak|jijik|risih|gerah|stres|ilfil|ilfeel|naik+pitam|najis|geli|merinding|benci|sebel|sebal|marah|geram|gedek|jengkel|geleng|malu|pusing|empet|eneg|bau|gatal|illfeel|takut',
      'melihat|lihat|liat|ngeliat|ngelihat|dengar|denger|mendengar|ketemu|bertemu|dekat|deket|mencium|mendengar .. G ... muntah|mual|enek|eneg|muak|jijik|najis|risih|geli|benci|emosi|gatel|gatal|naik+darah|naik+pitam|mau+muntah|ilfil|ilfeel|darah+mendidih|sakit+mata|pengen+nonjok|pengen+nampol|merinding|kotor',
      'muntah|mual|enek|eneg|jijik|geli|risih|merinding|gatel|muak|sakit+mata|empet .. liat|lihat|melihat|ngeliat|ngelihat|dengar|denger|deket|dekat|ketemu|kalau|kalo|ada .. G',
      'gedek|gedeg|sebel|sebal|kesel|kesal|empet|neg|ilfil|ilfeel|geli|anti|alergi|risih|gerah|gregetan|dendam|enek|eneg|jijik|muak|benci|najis|males|gemes|jengkel|dongkol|jengah|bosan|bosen|emosi|geram|murka|dengki|sentimen|marah .. sama|dengan|ama|liat|lihat|melihat|pada|kepada|terhadap|ke|ngeliat G',
      'amit-amit|cuih|cih|hoek|huek|ew|iyuh|ewh|hii|najis|iiih|ih|ihh|idih|yaks|yuck|yaiks .. G',
      'amit-amit .. G',
      'I .. anti|alergi|phobia|fobia .. G',
      'persetan|fuck|peduli+setan|masa+bodoh|bodo+amat|bodoamat|persetanlah|bangke|jancok|jancuk|cok dengan|sama|ama|lah|buat|untuk? G',
      'G .. N .. menarik|enak .. dilihat|diliat|dipandang',
    ],
    unless: [
      'rasis',
      'dihina',
      'diserang',
      'diperlakukan',
      'ditindas',
      'dihujat',
      'diejek',
      'salut',
      'terharu',
      'korban',
      'prestasi',
      'diusir',
      'didiskriminasi',
    ],
  },
  {
    id: 'mere-name',
    harm: 'contempt',
    weight: 0.56,
    patterns: ['dasar G'],
    unless: ['negara', 'hukum', 'ajaran'],
  },
];

type Item =
  | { readonly type: 'group' }
  | { readonly type: 'gap'; readonly most: number }
  | { readonly type: 'role'; readonly bits: number; readonly optional: boolean }
  | {
      readonly type: 'words';
      readonly alternatives: readonly (readonly string[])[];
      readonly roles: number;
      readonly optional: boolean;
    };

interface Pattern {
  readonly construction: Construction;
  readonly items: readonly Item[];
  /** Says itself that something is denied. */
  readonly denies: boolean;
}

const ROLE_WORDS: Readonly<Record<string, number>> = {
  N: g.NEGATION,
  I: g.FIRST,
  MUST: g.NORM,
  JUST: g.JUST,
};

function parse(construction: Construction, pattern: string): Pattern {
  const items = pattern.split(' ').map((raw): Item => {
    if (raw === 'G') return { type: 'group' };
    if (raw === '..') return { type: 'gap', most: 5 };
    if (raw === '...') return { type: 'gap', most: 12 };
    const optional = raw.endsWith('?');
    const alternatives = (optional ? raw.slice(0, -1) : raw).split('|');
    let roles = 0;
    const words: string[][] = [];
    for (const alternative of alternatives) {
      const role = ROLE_WORDS[alternative];
      if (role !== undefined) roles |= role;
      else words.push(alternative.split('+'));
    }
    if (words.length === 0) return { type: 'role', bits: roles, optional };
    return { type: 'words', alternatives: words, roles, optional };
  });
  return {
    construction,
    items,
    denies: /(?:^|[ |])(?:N\b|bukan|tanpa|jangan|janganlah|tidak|mana|memangnya)/.test(pattern),
  };
}

interface Index {
  readonly patterns: readonly Pattern[];
  /** Pattern and item numbers (pattern * ITEMS + item) by each first word that fills an item of words alone. */
  readonly byWord: ReadonlyMap<string, readonly number[]>;
  /** How many such items a pattern has: all must be filled before it is worth a match. */
  readonly needed: Uint8Array;
}

/** More items than any pattern has. */
const ITEMS = 16;

const INDEX: Index = (() => {
  const patterns = ALL.flatMap((construction) =>
    construction.patterns.map((pattern) => parse(construction, pattern)),
  );
  const byWord = new Map<string, number[]>();
  const needed = new Uint8Array(patterns.length);
  patterns.forEach((pattern, number) => {
    pattern.items.forEach((item, place) => {
      if (item.type !== 'words' || item.optional || item.roles !== 0) return;
      const firsts = new Set(item.alternatives.map((words) => words[0]!));
      if ([...firsts].some((word) => ROLE_WORDS[word] !== undefined)) return;
      needed[number] = needed[number]! + 1;
      for (const word of firsts) {
        const list = byWord.get(word);
        if (list === undefined) byWord.set(word, [number * ITEMS + place]);
        else list.push(number * ITEMS + place);
      }
    });
    if (needed[number] === 0) throw new Error(`construction ${pattern.construction.id}: a pattern names no word`);
  });
  return { patterns, byWord, needed };
})();

// Marks of the sentence at hand, told from older ones by its stamp.
const filledAt = new Int32Array(INDEX.patterns.length * ITEMS);
const countAt = new Int32Array(INDEX.patterns.length);
const count = new Uint8Array(INDEX.patterns.length);
let stamp = 0;

/** A construction found in a sentence. Token indices, inclusive. */
export interface ConstructionMatch {
  readonly construction: Construction;
  readonly first: number;
  readonly last: number;
  /** Token and mark of the group in its slot. */
  readonly holderAt: number;
  readonly holder: Mark;
  readonly denies: boolean;
}

/** Every construction that the sentences with a group in them hold, each at most once a sentence. */
export function matchConstructions(scene: Scene): ConstructionMatch[] {
  const found: ConstructionMatch[] = [];
  let from = 0;
  while (from < scene.count) {
    const sentence = scene.tokens.sentence[from];
    let to = from;
    let group = false;
    while (to < scene.count && scene.tokens.sentence[to] === sentence) {
      if (groupAt(scene, to) !== undefined) group = true;
      to++;
    }
    if (group) matchSentence(scene, from, to - 1, found);
    from = to;
  }
  return found;
}

function matchSentence(scene: Scene, from: number, to: number, found: ConstructionMatch[]): void {
  const seen = new Set<string>();
  for (const number of candidates(scene, from, to)) {
    const pattern = INDEX.patterns[number]!;
    const { construction } = pattern;
    if (seen.has(construction.id)) continue;
    const match = matchPattern(scene, pattern, from, to);
    if (match === undefined) continue;
    if (construction.unless?.some((word) => hasWord(scene, word, from, to))) continue;
    seen.add(construction.id);
    found.push(match);
  }
}

/** Patterns of which every item of words finds one of its words in the sentence, in their order. */
function candidates(scene: Scene, from: number, to: number): number[] {
  stamp = (stamp + 1) | 0;
  const ready: number[] = [];
  for (let t = from; t <= to; t++) {
    const word = scene.words[t]!;
    fill(INDEX.byWord.get(word), ready);
    if (word.length > 5 && (word.endsWith('lah') || word.endsWith('nya'))) fill(INDEX.byWord.get(word.slice(0, -3)), ready);
  }
  return ready.sort((a, b) => a - b);
}

function fill(list: readonly number[] | undefined, ready: number[]): void {
  if (list === undefined) return;
  for (const place of list) {
    if (filledAt[place] === stamp) continue;
    filledAt[place] = stamp;
    const pattern = (place / ITEMS) | 0;
    if (countAt[pattern] !== stamp) {
      countAt[pattern] = stamp;
      count[pattern] = 0;
    }
    count[pattern] = count[pattern]! + 1;
    if (count[pattern] === INDEX.needed[pattern]) ready.push(pattern);
  }
}

function hasWord(scene: Scene, word: string, from: number, to: number): boolean {
  for (let t = from; t <= to; t++) if (scene.words[t] === word) return true;
  return false;
}

function matchPattern(
  scene: Scene,
  pattern: Pattern,
  from: number,
  to: number,
): ConstructionMatch | undefined {
  const state = { holderAt: -1, last: -1 };
  for (let t = from; t <= to; t++) {
    // A pattern starts outside a name, so that `orang X` is taken from its first word.
    if (step(scene, pattern.items, 0, t, to, state)) {
      const holder = groupAt(scene, state.holderAt);
      if (holder === undefined) return undefined;
      return {
        construction: pattern.construction,
        first: t,
        last: Math.max(state.last, t),
        holderAt: state.holderAt,
        holder,
        denies: pattern.denies,
      };
    }
  }
  return undefined;
}

function step(
  scene: Scene,
  items: readonly Item[],
  index: number,
  t: number,
  to: number,
  state: { holderAt: number; last: number },
): boolean {
  if (index === items.length) {
    state.last = t - 1;
    return true;
  }
  const item = items[index]!;
  if (item.type === 'gap') {
    const most = Math.min(to + 1, t + item.most);
    for (let next = t; next <= most; next++) if (step(scene, items, index + 1, next, to, state)) return true;
    return false;
  }
  if (
    (item.type === 'words' || item.type === 'role') &&
    item.optional &&
    step(scene, items, index + 1, t, to, state)
  )
    return true;
  if (t > to) return false;
  if (item.type === 'group') {
    let at = t;
    for (
      let skipped = 0;
      at <= to && skipped < 4 && groupAt(scene, at) === undefined && isHead(scene, at);
      skipped++
    )
      at++;
    const mark = at <= to ? groupAt(scene, at) : undefined;
    if (mark === undefined) return false;
    state.holderAt = at;
    const next = scene.holderAt[at] === -1 ? at + 1 : mark.last + 1;
    return step(scene, items, index + 1, next, to, state);
  }
  if (item.type === 'role') {
    return (scene.roles[t]! & item.bits) !== 0 && step(scene, items, index + 1, t + 1, to, state);
  }
  if ((scene.roles[t]! & item.roles) !== 0 && step(scene, items, index + 1, t + 1, to, state)) return true;
  for (const words of item.alternatives) {
    let length = 0;
    while (length < words.length && t + length <= to && isWord(scene, t + length, words[length]!)) length++;
    if (length === words.length && step(scene, items, index + 1, t + length, to, state)) return true;
  }
  return false;
}

/** True where token `t` is the word wanted (or plays the role it names) and is no part of a name. */
function isWord(scene: Scene, t: number, wanted: string): boolean {
  const role = ROLE_WORDS[wanted];
  if (role !== undefined) return (scene.roles[t]! & role) !== 0;
  return scene.holderAt[t] === -1 && sameWord(scene.words[t]!, wanted);
}

function sameWord(word: string, wanted: string): boolean {
  return (
    word === wanted ||
    (word.length === wanted.length + 3 &&
      word.startsWith(wanted) &&
      (word.endsWith('lah') || word.endsWith('nya')))
  );
}

const HEADS = new Set([
  'keberadaan',
  'kehadiran',
  'adanya',
  'kelakuan',
  'tingkah',
  'perilaku',
  'muka',
  'wajah',
  'suara',
  'omongan',
  'segala',
  'kumpulan',
  'sekumpulan',
  'para',
  'ada',
  'gaya',
  'bau',
  'macam',
  'bernama',
  'orang',
  'orang-orang',
  'kaum',
  'umat',
  'warga',
  'para',
  'semua',
  'seluruh',
  'seorang',
  'sama',
  'si',
  'yang',
  'namanya',
  'bangsa',
  'suku',
  'etnis',
  'komunitas',
  'kalian',
  'lo',
  'lu',
  'kamu',
  'kau',
  'anak',
  'setiap',
]);

function isHead(scene: Scene, t: number): boolean {
  return HEADS.has(scene.words[t]!) && scene.holderAt[t] === -1;
}

/** The group that token `t` names or takes up. */
function groupAt(scene: Scene, t: number): Mark | undefined {
  const index = scene.holderAt[t];
  if (index === undefined) return undefined;
  if (index !== -1) {
    const mark = scene.marks[index]!;
    return mark.kind === 'group' ? mark : undefined;
  }
  if (scene.roles[t]! & g.PRONOUN || scene.words[t] === 'kalian') {
    const mark = antecedentOf(scene, t);
    return mark?.kind === 'group' ? mark : undefined;
  }
  return undefined;
}
