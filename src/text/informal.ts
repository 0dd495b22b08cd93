import { CHARGED_SPELLINGS } from './informal-charged.js';

/**
 * Informal spellings of Indonesian and spelling variants from Javanese, Sundanese, Betawi and Minang, by the formal
 * word that they are read as. One line a formal word (`_` joins words): `formal: variants`. Only spellings, no
 * translations, and none that is as often another word; verbs with nge- and -in are the stemmer's work.
 */
const TABLE = `
tidak: ga gak gk g nggak ngga ngg gga ggak ggk enggak engga engg kagak kaga kagag gag gax gx tdk tidk tida tdak ndak nda ngak nggk ngk nggx tydack tydac tydak gaak gakk ngapak endak indak ndaak
tidak_bisa: gabisa gakbisa gbisa gbs gabs ngabisa gkbisa
tidak_tahu: gatau gaktau gtau gatw ngatau gtw gktau gaktahu
tidak_ada: gaada gada gakada gkada gaad
tidak_mau: gamau gakmau gmau gamo gmw
tidak_usah: gausah gakusah gosah gausa
tidak_apa-apa: gapapa gpp gapapah gppa ngapapa gakpapa gapape nggakpapa
tidak_pernah: gapernah gakpernah
tidak_punya: gapunya gakpunya
tidak_suka: gasuka gaksuka
tidak_boleh: gaboleh gakboleh
tidak_jelas: gajelas gakjelas gaje
tidak_perlu: gaperlu gakperlu
tidak_mungkin: gamungkin gakmungkin
tidak_mengerti: gangerti
tidak_sengaja: gasengaja
tidak_kuat: gakuat
yang: yg yng yag yangg yank iang ygg
dan: n dn dann
dengan: dgn dg dng dngn dngan dengn
dengannya: dgnnya
untuk: utk untk unt tuk ntuk untuq
buat: bwt buwat buad
karena: krn krna karna krena karana karn kerana kernah coz cz cuz
karenanya: krnnya
dari: dr dri drii
daripada: drpd dripada drpda daripd
pada: pd pda pade
padahal: pdhl pdhal padhal pdahal pdal pahal padahl
kepada: kpd kpda kpada kepd
dalam: dlm dalem dlam dalm
di: d
akan: akn
sudah: sdh udah udh uda udeh dah dh sudh sdah udha sudaj udhh suda udahh syudah ude
sudahlah: udahlah udalah
ya_sudah: yaudah yaudh yodah yauda yawdah yasudah yawda
belum: blm blum belom blom blon belon blmm belm lom lum blumm
masih: msh msi masi mash msih
sedang: sdg sdng
sekarang: skrg skrng skg sekrang sekarng skr skarang skrang sekrg skrgg skarng
nanti: ntar entar ntr nti nnti
tadi: td tdi
kemarin: kmrn kemaren kmaren kmarin kmren kemren
besok: bsk besuk bsok
dulu: dl dlu dolo dulo dlo doloe doeloe
dahulu: dhlu
duluan: dluan
sebelum: sblm sblum seblm sbelum sebelom
sesudah: ssdh ssudah
setelah: stlh stelah setlh stlah
ketika: ktika ktk
sampai: sampe ampe smpe smpai sampek sampi smpi
selama: slama slma
selalu: sll sllu slalu slallu slalau sllau
sering: srg sring sringg
kadang: kdg kdang kdng
lagi: lg lgi lgii agi lagii
juga: jg jga jugak jugaa jgaa
jadi: jd jdi jadii
saja: aja aj ajah aje ajj ajja sj sja bae
sajalah: ajalah
hanya: hny hnya hya
cuma: cm cma cuman cmn cumaa cumn
banyak: byk bnyk bnyak buanyak bayak banyk bnyakk byak
sedikit: dikit dkit sdikit sdkt
semua: smua smw semuah cemua semwa smuah
semuanya: smuanya smwnya
setiap: stiap stp
beberapa: bbrp bbrapa bebrapa
berapa: brp brapa brpa berp
seberapa: sbrapa
lebih: lbh lbih lebi lebihh
paling: plg pling plng
sangat: sgt sngt sngat sangad sangadh sgat
banget: bgt bngt bgd bangeet bget bngtt bgtt bangett bangat beud bingit bingits bengat bgtz bgets bangad
sekali: skali skli
sekalian: sklian skalian
mirip: mrip
seperti: spt sprti seprti sperti spti sperty sepertii kayak kyk kyak ky kayaq
sepertinya: kayaknya kyknya kayanya keknya kyaknya kynya sptnya sprtinya kykny kayakny
begitu: gitu gt gtu bgtu bgitu begtu begituh gtuu gituu gituh
begini: gini gni bgini bgni ginii
seperti_itu: kayakgitu kayagitu
bagaimana: gimana gmn gmana bgmn bagemana gmna gimane bgaimana bgimana gmane pegimane begimana gimna gmanaa gemana gimanah
mengapa: mngapa mngp
kenapa: knp knapa napa kenape kenp knpa kenapah knpe ngapa nape
apa: ap ape apah apo apaa
apakah: apkh apkah
siapa: syapa siape siapah siapo
dimana: dmn dimane dmana dimna
mana: mane mna manaah
kapan: kpn kpan
kemana: kmn kmana
ini: ni nie iniih inih
itu: tu ntu itoe ituh ituuh ito
itulah: itulh
tetapi: ttpi tttpi ttapi
tapi: tp tpi tpii tapii tpy tpiii
atau: ato atw ataw ataoe atao
kalau: kalo klo kl klu klau klw kalow kaloe kalok klaw klao
kalaupun: klopun
walau: walo wlw wlau
walaupun: walopun wlpn wlwpn wlaupun
meskipun: mskpn meskipn mskipun
supaya: spy spaya supya
agar: agr agarr
bahwa: bhw bhwa bawha bahwah
sebagai: sbg sbgai sebgai sbagai
tentang: ttg tntg tntang ttng
terhadap: thd trhdp trhadap thdp trhadp
tanpa: tnpa tnp
antara: antra antr
oleh: olh
maka: mka
makanya: mknya mkanya makany mangkanya mkny
memang: emang emg mmg emng mmang emank mmng emanx
mungkin: mgkn mngkn mungkn mgkin munkin mungkinn
pasti: psti pst pastii
harus: hrs hrus haruss hruss
jangan: jgn jngn jngan jangn jgan jangann jgnn
jangan-jangan: jgnjgn
bukan: bkn bukn bkan bukang
bukannya: bknnya bukanny
boleh: blh bole blhh bleh
bisa: bs bsa bsaa bisaa bisah
mau: mo mw maw mao mauu mwu
ingin: pgn pengen pingin pngen pgen pngin kepengen kpengen pengin pgin pingen
dapat: dpt dapet dpet dapt dpat
mendapat: mendapet mndapat
ada: ad adaa ade adah adaaa
adalah: adlh adl adlah adalh
merupakan: mrupakan merupkan
punya: pny pnya puny punye pya
tahu: tau tauk taw tawu tauu taoe tw tahuu
mengerti: ngerti ngrti mngerti ngarti
pakai: pake pke pakek pakee
lihat: liat lyat liad lht liyat
melihat: ngeliat ngelihat nglihat mlihat
dengar: denger dngr dnger dengerr dngar
datang: dateng dtg dtng datng dtang
pergi: prgi pegi prg
makan: mkn makn mkan
minum: mnum minumm
main: maen maenn mayn
jalan: jln jalannn jlan
kasih: kasi ksh ksih kasiy
tolong: tlg tlong tlng
coba: cba cobak
lupa: lpa
hilang: ilang ilangg
hitam: item itam
hidup: idup hdup hdp
hijau: ijo
hujan: ujan
habis: abis abiss hbs abiz
hampir: ampir hampr
hebat: hebad hbat
hantam: hantem antem
hancur: ancur ancurr
orang: org orng ornag orag orangg oranq urang oghang oraang
orang-orang: orgorg
anak: ank anakk anaq
bapak: bpk bpak bapakk
ibu: ibuk ibuu
teman: temen tmn temn tmen
saudara: sodara sdr sdra sodare
saya: sy sya gw gue gwe guwe guweh saia sayah syaa guee gueh w saiya aye
aku: aq ak aqu akuh akku akuu aqyu aqoeh akoe akyu
kamu: km kmu kamuh kamoe lu lo loe elu elo lw luh luu kamuu qm qmu kamyu elw eloe looe
kalian: klian kaliaan klen
kita: kite kito kitah qta qita kitaa
kami: kmi kamii
mereka: mrk mrka mreka mereke mrekaa mereak
dia: dy dya diaa diya diah
beliau: bliau beliow bliyau
nama: nma
sendiri: sndiri sendri sndri sendirii
sama: sm ama ame samaa samo samma
sama-sama: samasama
bersama: brsama bersma
dua: duwa
satu: satoe
pertama: prtama pertma
hari: hr hri harii
tahun: thn tahon taun thun
bulan: bln blan buln
minggu: mgg minggoe mnggu
tanggal: tgl tggl tnggl
waktu: wkt wktu waktoe wakt
malam: malem mlm mlam
pagi: pgi paggi
siang: siank
selamat: slmt slamat slmat selamet
semoga: smoga smg moga smga semga
terima_kasih: makasih makasi mksh trims trimakasih terimakasih trmksh mksih makasiih maacih macih trimks makasii maksih
ampun: ampyun
benar: bener bnr bner benr beneer benerr bnar
beneran: bneran bnran
sebenarnya: sbnrnya sebenernya sbenernya sbenarnya sbnernya sbnrny
yakin: ykin
senang: seneng sneng sng
malas: males mls mles
cepat: cepet cpt cpet cepatt
dekat: deket dkt dkat
pintar: pinter pintr
ingat: inget ingt ingaat
tetap: tetep ttp ttap
pantas: pantes pntes pantess
pantesan: pntesan
macam: macem mcm mcem
kecil: kcil kecik
besar: besr bsar bsr
ramai: rame rme
naik: naek naix
lain: laen lainn
baik: baek baikk
mabuk: mabok mabox
rusak: rusax
gelap: glap
keras: kras
tukar: tuker
segar: seger sger
pedas: pedes
cari: cri carii
ambil: ambl ambill
beli: bli
kerja: krja kerjo krj
bekerja: bkerja
bicara: bcara bicra
bilang: blg bilng bilank blang blng
tanya: tnya
jawab: jwb jwab
tunggu: tggu tunggoe tngg
suruh: suru
perlu: prlu
penting: pntg pnting pentg
masalah: mslh masala masalh maslah
masyarakat: masy msyarakat masyrakat masarakat
pemerintah: pmrintah pemrintah pemerinth pmerintah pmrnth
presiden: presidn prsiden presden presdn
indonesia: indo indonesa endonesa endonesia indonesya
negara: negra ngara
negeri: negri
rezim: rejim rezzim
agama: agma
rezeki: rejeki rejeqi rezki
paham: faham
pikir: fikir
berpikir: berfikir brfikir
pikiran: fikiran
pihak: fihak
nafsu: napsu
foto: poto
maaf: maap maapp maff maav
maafkan: maapkan
video: vidio pideo vidieo
hoaks: hoax hoak hox hoaxs
izin: ijin
ijazah: ijasah
zaman: jaman
nomor: nomer nmr nomr
karier: karir
hafal: hapal
bangsa: bngsa
muka: muke
mulut: mulud mlut
kepala: kpala
rakyat: rkyat raykat rakyt rakiat
pemilu: pmilu
kata: kta
katanya: ktnya katany ktanya
soalnya: soalny coalnya
pokoknya: pokonya pkoknya pokokny
lumayan: lmyn lumayn
kira-kira: kirakira
langsung: lgsg lngsung lgsung langsg lgsng langsug
tersebut: tsb tsbt trsebut
yaitu: yaitoe yaytu
lainnya: lainya laennya
misalnya: mslnya misalny
dan_lain-lain: dll
dan_sebagainya: dsb
dan_seterusnya: dst
dan_kawan-kawan: dkk
rumah: rmh rmah rumh
sekolah: skolah sklh skul
kampung: kmpung
kantor: kntor
mobil: mbil
motor: mtor
uang: uank
harga: hrga harge
masuk: msk masuq masok masukk
keluar: kluar klwr kluarr
kembali: kmbali kmbli
ketemu: ktemu ktmu
bertemu: brtemu
suka: sukak sukaa
sayang: syg sayank syng sayangg cayang
cinta: cintah
kangen: kangeen kgn
ternyata: trnyata tnyata ternyta
terus: trus trs teros teruss trz
terlalu: trlalu trlu terlaluu
terjadi: trjadi
tentu: tntu
kurang: krg krang kurg krng
tinggal: tingal
gara-gara: gegara garagara
tiba-tiba: tetiba tibatiba
sesuatu: sswtu
seorang: sorang seorng
sesama: sesma
manusia: manusya mnusia manusa
perempuan: prempuan perempwan prmpuan
laki-laki: lakilaki
kelakuan: klakuan
ya: y yaa yach yha
tempat: tmpt tmpat t4
setuju: se7
kedua: ke2
berdua: ber2
http: https
`;

/** Informal spelling to the formal words, as they stand in canonical text. */
export const INFORMAL: ReadonlyMap<string, string> = new Map(
  (TABLE.trim() + CHARGED_SPELLINGS.trimEnd()).split('\n').flatMap((line) => {
    const [formal, variants] = line.split(': ') as [string, string];
    return variants.split(' ').map((variant) => [variant, formal.replaceAll('_', ' ')] as const);
  }),
);
