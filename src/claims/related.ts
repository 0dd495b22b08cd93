/**
 * What titles of fact-checks and posts say in different words. Written for the subjects that Indonesian fact-checks
 * keep coming back to; what is not here is matched by its own letters.
 */

/**
 * Words that say little about which claim it is: function words of Indonesian and English, the frames of fact-checks
 * (salah, cek fakta, video, unggahan, diterjemahkan) and the drums of those who spread (heboh, geger, breaking news).
 */
export const FRAME_WORDS: ReadonlySet<string> = new Set(
  `
yang di ke dari pada dalam untuk dengan dan atau ini itu tersebut adalah ialah merupakan oleh karena akibat agar
supaya sebagai juga akan telah sudah sedang masih bisa dapat harus saat ketika usai setelah sebelum hingga
sampai serta bagi para sebuah suatu seorang semua banyak lebih paling sangat tidak bukan tanpa ada jadi menjadi
saja hanya lagi kembali antara atas bawah secara terhadap tentang mengenai terkait soal bahwa jika kalau bila
apabila maka namun tetapi tapi meski ya nya si sang pun lah kah mau ingin kita kami saya aku kamu anda mereka
dia ia beliau kalian dirinya diri apa siapa mana kapan bagaimana kenapa mengapa begini begitu inilah ternyata
sini sana situ seperti hal cara kata lewat melalui via demi per pak bapak bu ibu mas bang mbak gus the of to and
in is a for on at by with that this are was be it as from sebanyak sekitar lalu kemudian punya milik baru hari
malam siang sore pagi sekarang terkini terbaru berita breaking news info live viral video foto gambar artikel
judul berjudul beredar unggahan postingan narasi hoaks hoax cek fakta salah tangkapan layar klaim klip potongan
cuplikan rekaman resmi geger heboh mengejutkan detik-detik detik akhirnya mendadak sumber arsip akun facebook
tiktok twitter instagram youtube whatsapp terjemahan terjemah diterjemahkan bahasa indonesia
`
    .trim()
    .split(/\s+/),
);

/**
 * Words that stand for each other, a group a line, with how surely: 1 is another spelling or another name of the same,
 * .5 is a word of the same matter. A post's word counts for every word of its groups in a title, so much.
 */
const GROUPS = `
1 cina china tiongkok chinese
1 covid corona koronavirus covid19
1 prancis perancis france french
1 palestina palestine palestinian palestinians
1 jepang japan japanese
1 rusia russia russian
1 ukraina ukraine ukrainian
1 inggris england british britain
.7 inggris uk london
1 irak iraq
1 turki turkey turkiye
1 mesir egypt
1 swedia sweden
1 jerman germany german
1 italia italy
1 spanyol spain
1 belanda netherlands dutch
1 yaman yemen
1 suriah syria
1 filipina philippines
1 thailand thai
1 singapura singapore
1 australia aussie
1 israel israeli
.8 israel zionis zionist yahudi
1 amerika american america
.8 amerika usa as us paman
1 yogyakarta jogja jogya yogya diy
1 muhaimin imin cak
1 anies anis
1 mualaf muallaf
1 jenderal jendral general
1 magnitudo magnitude bermagnitudo
1 ustadz ustaz ustad
1 rekrutmen recruitment rekruitmen rekrut
1 lowongan loker
.8 lowongan rekrutmen vacancy hiring
.5 lowongan rekrutmen karyawan pegawai pelamar penempatan gaji ijazah lulusan pendaftaran kerja
1 giveaway give
.7 giveaway undian gebyar kuis
.6 giveaway hadiah berhadiah pemenang
.6 bagi berbagi memberikan berikan bantu
.5 hadiah bagi bantu transfer tunai rezeki rejeki uang jutaan juta dana cair
.7 bantuan bansos blt santunan subsidi pkh
.6 bantuan dana donasi sumbangan hibah
.7 pinjaman kredit pinjol kur
.5 pinjaman utang modal
1 utang hutang
.8 judi slot judol betting
.6 judi scatter gacor maxwin jackpot situs jp olympus zeus
.6 pekerja tki tkw pmi migran tka
.5 pekerja tenaga kerja buruh karyawan
.8 pengacara advokat
.7 pilpres pemilu election
.5 pemilu pilpres pilkada coblos suara caleg
1 presiden president
.6 presiden ri1 istana
.8 dokter doctor dr
.7 obat suplemen herbal medicine jamu ramuan resep
.6 obat sembuh terapi menyembuhkan
.8 vaksin vaksinasi vaccine vaccines imunisasi suntik
.8 polisi polri police kepolisian polres polda
.5 polisi kapolri brimob sigit
.7 tentara soldier soldiers army militer prajurit pasukan troops
.6 tentara tni
.8 meninggal wafat tewas mati gugur died dead dies death kematian
.5 meninggal duka innalillahi innalilahi kabar
.8 terbakar kebakaran bakar fire hangus
.5 terbakar api burn ludes
.6 gempa guncang getar earthquake
.4 gempa sr skala magnitudo tsunami
.7 ombak gelombang tsunami
.8 banjir flood rob luapan
.7 hancur runtuh ambruk roboh ambrol luluh porak amblas jebol remuk
.7 pecat copot berhenti berhentikan depak
.7 mundur undur resign
.8 dukung support
.8 menang win wins victory
.6 menang unggul puncak ungguli juara
.8 tolak reject
.7 batal gagal
.6 ganti gantikan tukar
.7 wapres cawapres
.8 pernikahan nikah kawin married wedding menikah
.8 gereja church
.8 masjid mosque mesjid musala
.8 anak putra putri putera child children kids son daughter
.8 pesawat plane aircraft
.7 mobil car
.7 truk truck
.8 palsu fake bohong tiruan
.6 kripto bitcoin crypto
.7 daftar registrasi pendaftaran
.7 diabetes gula kencing
.8 kanker cancer tumor
.8 jantung heart
.7 mata penglihatan rabun minus katarak
.6 sendi nyeri lutut pegal rematik
.7 bom ledak meledak ledakan explosion bomb
.7 serang attack gempur hantam bombardir
.7 tangkap ciduk borgol tahan amankan
.6 penjara bui tersangka tahan
.7 kerajaan raja king
.8 bendera flag
.8 buku book
.7 rumah house home
.7 sekolah school
.7 guru teacher
.8 perempuan wanita woman women cewek gadis
.8 pria lelaki laki man cowok
.7 hujan rain
.7 badai storm tornado topan puting
.7 gunung erupsi letus volcano kawah
.7 kapal ship perahu
.7 demo unjuk demonstrasi protes pendemo
.6 massa warga rakyat masyarakat
.7 sidang gugatan putusan hakim mk
.7 anggaran apbn
.7 hakim mahkamah mk
.6 kpk korupsi koruptor
.7 biaya tarif
.6 bank nasabah rekening
.6 akun profil halaman
.5 whatsapp wa nomor hubungi chat telepon
.6 pajak perpajakan djp
.6 kurir paket pengiriman resi kirim pos
.8 timnas sepakbola bola
.5 raffi nagita rans andara
.8 ivan igun
.6 anies amin muhaimin 01 baswedan
.6 prabowo gibran 02 wowo
.6 ganjar mahfud 03
.7 jokowi mulyono
.7 gibran fufufafa
.6 pdip megawati banteng
.5 demokrat ahy sby
.5 menkes kesehatan budi
.6 luhut lbp
.5 ikn nusantara ibukota
.5 putin rusia
.5 zelensky ukraina
.5 zelensky zelenskyy
.5 netanyahu israel
.5 gaza palestina hamas rafah
.6 mpox cacar monyet
.6 menkeu mulyani
.5 haji mekkah makkah mina kakbah arafah umrah umroh
.6 jakarta dki
.5 pertamina bbm bensin pertalite spbu
.6 listrik pln
.6 bkn cpns pns asn pppk
.6 kuota pulsa internet
.6 sekda sekretaris
.6 babi pork haram
.6 bumi earth
.6 matahari sun surya
.6 bulan moon
.6 laut sea pantai
.6 rokok perokok merokok
.6 makan makanan food
.6 air water
.6 islam muslim
.6 kristen nasrani christian
.6 dunia world global
.6 sapi cow
.6 artis aktor aktris seleb pemain
.6 aksi gerakan
.6 usir paksa kepung
.7 marah murka ngamuk amuk berang
.7 bongkar ungkap beberkan terungkap buka
.6 kader relawan pendukung simpatisan
.6 wabah virus pandemi penyakit
.5 bahaya beracun racun
`;

/** The groups: how surely (0..1), and the words as they are written. */
export const RELATED: readonly { readonly strength: number; readonly words: readonly string[] }[] =
  GROUPS.trim()
    .split('\n')
    .map((line) => {
      const [strength, ...words] = line.split(' ');
      return { strength: Number(strength), words };
    });

/** Places by which claims of the same kind differ: an earthquake here is not the earthquake there. */
export const PLACES: ReadonlySet<string> = new Set(
  `
indonesia jakarta jabodetabek bogor depok tangerang bekasi bandung garut sukabumi cianjur tasikmalaya ciamis
pangandaran cirebon kuningan indramayu subang sumedang semarang solo surakarta kebumen cilacap pekalongan tegal
brebes pemalang wonosobo magelang kudus demak jepara pati rembang yogyakarta bantul sleman surabaya malang
kediri blitar madiun jember banyuwangi tuban pacitan trenggalek jombang mojokerto probolinggo pasuruan gresik
lamongan bojonegoro banten serang lebak pandeglang aceh medan padang pekanbaru riau jambi palembang bengkulu
lampung bangka belitung batam kalimantan pontianak banjarmasin balikpapan samarinda sulawesi makassar manado
palu kendari gorontalo mamuju poso bali denpasar lombok mataram sumbawa ntb ntt kupang flores manggarai maluku
ambon ternate halmahera papua jayapura sorong merauke manokwari arfak paniai nias mentawai sabang jatim jateng
jabar sumut sumbar sumsel sulsel sulut kalbar kaltim kalsel kalteng jawa sumatera madura malaysia singapura
filipina thailand vietnam myanmar jepang korea cina taiwan india pakistan bangladesh iran irak israel palestina
gaza mesir turki saudi arab yaman suriah rusia ukraina amerika inggris perancis jerman italia spanyol belanda
swedia australia brasil argentina afrika nigeria somalia guinea bahrain
`
    .trim()
    .split(/\s+/),
);
