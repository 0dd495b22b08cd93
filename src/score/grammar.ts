/**
 * The closed-class words that composition needs: who speaks, who is spoken of, what is denied, wished, ordered,
 * reported or condemned. They are grammar, not accusation: no word here says anything bad of anyone, and none
 * names a group. Formal words and the colloquial ones that normalisation may leave as they are.
 */
export const NEGATION = 1 << 0;
/** Forbids or stops: `jangan`, `berhenti`. Always together with {@link NEGATION}. */
export const PROHIBITION = 1 << 1;
export const FIRST = 1 << 2;
export const SECOND = 1 << 3;
/** Somebody else, not a group: `dia`, `pria`, `pelaku`, `massa`. */
export const THIRD = 1 << 4;
/** Takes up a group named before: `mereka`. */
export const PRONOUN = 1 << 5;
/** `akan`, `mau`, `pengen`. */
export const INTENT = 1 << 6;
/** `harus`, `pantas`, `wajib`, `halal`. */
export const NORM = 1 << 7;
/** `suka`, `selalu`, `hobi`: what turns a deed into a trait. */
export const HABIT = 1 << 8;
/** `bikin`, `membuat`. */
export const CAUSE = 1 << 9;
/** `bilang`, `menyebut`, `anggap`. */
export const SAY = 1 << 10;
/** Words of judgement on what somebody said or did: `rasis`, `picik`, `salah`. */
export const CONDEMN = 1 << 11;
export const ENDORSE = 1 << 12;
export const WHICH = 1 << 13;
export const LIKENESS = 1 << 14;
export const QUESTION = 1 << 15;
/** Starts a new thought: `tapi`, `padahal`. */
export const CONTRAST = 1 << 16;
/** `kalau`, `bahwa`. */
export const THAT = 1 << 17;
/** `kata`, `kalimat`, `komentar`. */
export const SPEECH_NOUN = 1 << 18;
/** Prepositions whose object is nobody's subject: `terhadap`, `tentang`. */
export const OBLIQUE = 1 << 19;
export const ALL = 1 << 20;
/** One or a counted few, so somebody in particular: `seorang`, `dua`, `puluhan`. */
export const PARTICULAR = 1 << 21;
export const CALL = 1 << 22;
export const JUST = 1 << 23;
/** News words: `tersangka`, `ditangkap`, `korban`. */
export const REPORT = 1 << 24;
/** `hanya`, `cuma`: after a negation they undo it. */
export const ONLY = 1 << 25;
/** Words of degree and stance that fill a sentence without being its subject: `itu`, `memang`, `banget`. */
export const FILLER = 1 << 26;
/** Feelings about what others do to a group: `sedih`, `marah`, `prihatin`. */
export const SORROW = 1 << 27;
/** `ampun`, `ragu`, `takut`, `lupa`: after `jangan` they spur on. */
export const HESITATE = 1 << 28;
/** Milder words of judgement: they condemn only what is plainly somebody's saying or doing. */
export const JUDGEMENT = 1 << 31;
/** Set from the lexicon's frames. */
export const COUNTER_FRAME = 1 << 29;
export const REPORT_FRAME = 1 << 30;

const WORDS: readonly (readonly [number, string])[] = [
  [
    NEGATION,
    'tidak bukan tak enggak engga gak ga gk nggak ngga kagak kaga ndak tiada tanpa belum ora mboten teu indak dudu kada kadada tidaklah bukanlah takkan gabisa gaboleh mustahil',
  ],
  [
    NEGATION | PROHIBITION,
    'jangan jgn janganlah stop setop berhenti berhentilah hentikan ojo aja-aja hindari',
  ],
  [
    FIRST,
    'aku saya gue gw gua ane awak kita kami ana beta abdi kulo ulun aing daku diriku hatiku perasaanku hamba i kite ambo wa we my me',
  ],
  [
    SECOND,
    'kamu lo lu kau anda kalian elo elu ente koe kowe maneh sampeyan antum dirimu engkau u you your ngana',
  ],
  [
    THIRD,
    'dia ia beliau doi orang seseorang massa pelaku pria lelaki pemuda oknum tersangka terdakwa mereka-mereka siapapun politikus politisi tokoh ustaz ustad pendeta artis penceramah netizen warganet akun temanku temenku temen teman bapakku ayahku ibuku pamanku tetanggaku bosku gurunya anak-anak',
  ],
  [PRONOUN, 'mereka semuanya merekalah merekanya kaumnya'],
  [
    INTENT,
    'akan bakal bakalan mau ingin pengen pingin hendak siap janji sumpah kepingin berniat mo pen pengin arep gonna kepengen niat nanti besok',
  ],
  [
    NORM,
    'kudune harus wajib mesti kudu perlu usah seharusnya harusnya sebaiknya mestinya semestinya mending mendingan pantas layak patut pantasnya selayaknya sepantasnya sepatutnya halal minta saatnya waktunya musti sebaiknyalah hendaknya haruslah pantes enaknya bagusnya wajiblah baiknya boleh sah berhak salahnya',
  ],
  [
    HABIT,
    'suka selalu hobi hobinya kerjaannya kerjanya doyan gemar bisanya tukang sering demen taunya cuma hanya',
  ],
  [CAUSE, 'bikin buat membuat membuatku bikinin buatku menyebabkan bikinku ngebuat bikinnya'],
  [
    SAY,
    'bilang ngomong mengatakan berkata menyebut sebut nyebut nyebutin sebutin panggil memanggil manggil menganggap anggap nganggap nganggep anggep dianggep dibilang disebut dianggap mengira ngira ngatain mengatai katain dikatain menyamakan samain nyamain disamakan menuduh nuduh tuduh dituduh meneriaki teriak berteriak teriakin neriakin menulis nulis tulis posting memposting ngepost ucap mengucapkan ngucapin cap mencap dicap melabeli dilabeli komentar berkomentar bacot berkoar-koar beranggapan berpikir mikir bilangin ngomongin katakan menyuruh nyuruh menyerukan menyuarakan dipanggil diteriaki bercanda becanda menyanyikan ujar ujarnya nyinyir tersebut-sebut cuitkan mencuit menuding dituding tuding mengklaim mengkampanyekan kampanyekan mengampanyekan diejek mengejek dihina dituduh dikira difitnah dilabeli digambarkan menggambarkan stereotipkan diperlakukan dijadikan memperlakukan',
  ],
  [
    CONDEMN,
    'rasis rasisme diskriminasi diskriminatif intoleran intoleransi prasangka stereotip stereotipe toleransi xenofobia homofobia homofobik misoginis misogini seksis seksisme islamofobia bigot ableis racist racism perundungan antisemitisme transfobia transfobik pelecehan',
  ],
  [
    JUDGEMENT,
    'salah keliru dosa tercela memalukan picik dikecam kecam mengecam kukecam ditegur tegur negur dilaporkan laporkan lapor report dihukum menyakitkan menyakiti keterlaluan sempit berdosa dangkal provokasi provokatif hasutan fitnah bohong hoaks hoax kejam jahat biadab goblok bodoh tolol bego picik dihentikan hentikan dilawan lawan diblokir blokir block diproses berperikemanusiaan manusiawi nurani empati hati kecewa melanggar pidana dipidana mitos ujaran melecehkan merendahkan bully membully bullying ditoleransi dibenarkan dibiarkan edukasi introspeksi lucu pantas keren sopan etis malu benar otak iman bermoral diucapkan mundur dewasa kampungan hukum haram sadar gila parah minta marah sedih muak risih tobat belajar mikir norak jijik benci nggak-banget dihapus hapus',
  ],
  [ENDORSE, 'setuju betul bener sepakat fakta dukung sependapat emang memang valid iya nyata terbukti'],
  [WHICH, 'yang sing nu'],
  [
    LIKENESS,
    'kayak kaya seperti bagai bagaikan macam ibarat laksana mirip bak kek kyk sebagai selayaknya selevel sekelas setara bedanya ubahnya',
  ],
  [QUESTION, 'kenapa mengapa kok kapan siapa apa apakah bukankah gimana bagaimana bukannya ngapain mana knp'],
  [
    CONTRAST,
    'tapi tetapi namun sedangkan padahal melainkan tp cuman walau walaupun meski meskipun sementara',
  ],
  [
    THAT,
    'kalau kalo bahwa jika bila klo apabila kalok karena soalnya saat ketika waktu pas sampai biar supaya agar sebelum sesudah setelah',
  ],
  [
    SPEECH_NOUN,
    'kata kata-kata katanya kalimat ucapan ujaran komentar tulisan slogan frasa ungkapan pernyataan seruan teriakan spanduk cuitan tweet postingan istilah sebutan lelucon candaan poster grafiti narasi pendapat pandangan anggapan stigma julukan makian hinaan tuduhan caption',
  ],
  [OBLIQUE, 'terhadap tentang untuk oleh kepada melawan mengenai soal atas bersama bagi'],
  [ALL, 'semua seluruh setiap tiap segala sekalian seluruhnya rata-rata kebanyakan mayoritas para kaum umat'],
  [
    PARTICULAR,
    'seorang sebuah dua tiga empat lima enam tujuh delapan sembilan sepuluh puluhan ratusan ribuan belasan beberapa sekelompok sejumlah sepasang si seekor sang',
  ],
  [CALL, 'ayo mari yuk marilah ayok yok hayu ayolah mari-mari kuy let kobarkan serukan cus gas hayo bersatu'],
  [JUST, 'aja saja ae wae doang sana sono ajah lah sekarang'],
  [
    REPORT,
    'korban tewas ditangkap menangkap divonis memvonis vonis mengungsi saksi laporan melaporkan dilaporkan pengadilan kasus tersangka terdakwa penjara sejarah berita kabarnya diduga komnas polres polda kapolres kapolsek jaksa hakim menyatakan investigasi penelitian mencatat diamankan dikabarkan dilansir mengisahkan menceritakan bercerita mendokumentasikan meliput dokumenter novel menurut insiden kejadian tragedi peristiwa didakwa meringkus diringkus dibekuk tertangkap menyerukan mengaku kepolisian konferensi wartawan wawancara survei riset divonnis dihukum',
  ],
  [ONLY, 'hanya cuma sekadar sekedar cuman saja'],
  [
    FILLER,
    'kuwi iku wonge jalmana hanyalah sekumpulan segerombol segerombolan gerombolan kumpulan golongan kelompok ditakdirkan dilahirkan terlahir bernama namanya alias terkenal dikenal dulunya semakin lama-lama tambah auto mulai cukup benar-benar amat sebegitu demi apalagi malah justru kadang sering selalu tetep itu ini memang emang banget sekali sangat paling begitu begini pada dasarnya sebenarnya aslinya ternyata dasar tuh sih deh kok ya lagi juga dan atau di ke dari sama dengan ada adalah ialah jadi sampai terlalu amat benar bener sungguh pasti dulu lain lebih masih udah sudah telah pun kan dong nih mah teh emg jelas makin tetap tetep aja pokoknya sejujurnya jujur asli sumpah jelas-jelas karena nya o oh ah wah eh woi hei hai hoi heh hadeh hadeuh astaga ya-ampun dah loh lho kah parah abis total bgt beneran serius hahaha haha wkwk wkwkwk rt',
  ],
  [
    SORROW,
    'sedih marah prihatin kecewa malu geram miris kasihan heran terpukul tersinggung sakit-hati pilu nangis menangis muram',
  ],
  [HESITATE, 'ragu ragu-ragu takut lupa segan segan-segan sungkan ampun berhenti'],
];

const TABLE: ReadonlyMap<string, number> = (() => {
  const table = new Map<string, number>();
  for (const [role, words] of WORDS)
    for (const word of words.split(' ')) table.set(word, (table.get(word) ?? 0) | role);
  return table;
})();

/** Every word that plays a role. */
export const GRAMMAR_WORDS: readonly string[] = [...TABLE.keys()];

/** The roles that a canonical word can play, as bits; 0 for every other word. */
export function rolesOf(word: string): number {
  return TABLE.get(word) ?? 0;
}
