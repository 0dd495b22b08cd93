/**
 * Spellings of the words that this project is about: faiths, peoples, abuse and violence. Same form as informal.ts;
 * being here says nothing about a word, that is the lexicons' business.
 */
export const CHARGED_SPELLINGS = `
haram: harom
tolol: tuolol tll tolil tlol toloool telol toloi
kafir: kapir kafer kafr kafirr kaffir qafir qapir
islam: islm islem izlam eslam
muslim: moslem muslm mslm mslim
kristen: kristn kresten krsten keristen krstn
batak: btak batakk
madura: mdura mdra
dayak: dyak dayakk
papua: ppua papwa papuwa
jawa: jwa
sunda: snda
bugis: bgis
ambon: ambn
betawi: btawi
melayu: mlayu mlyu
banjar: bnjar
minang: minng
hindu: hndu
katolik: katholik khatolik katolic khatholik catholic katolix
buddha: budha buda budhha bddha
konghucu: konghuchu khonghucu
syiah: syiahh shiah
yahudi: yhd yahud yahudie yhudi yahoedi jahudi
cina: cna
tionghoa: tionghwa tionghua
pribumi: priboemi
salat: solat sholat shalat sholatt
azan: adzan adzaan
ustaz: ustad ustadz ustat ustads
kiai: kyai kiyai
allah: alloh allaah awloh auloh allohh
sampah: smpah sampahh
tai: taik tae taek taii tahi taiq tayk
anjing: anjg anjng ajg anj anjink anjingg ajing anjenk njing jing anjiing anying anjig anjiang ajng anjyng anjingk anjinggg anjeng
asu: uasu asuw asw asoe asuu asyu asoo
babi: bbi babik babii babbi babie
monyet: monyed nyet mnyet monyett monyt monyeet
bangsat: buangsat bgst bngst bangsad bgsd bngsat bangsatt bgsat bangsyat bangzat bangst bngsd bangcat bgsad bengsat bangcad bangsaat
bajingan: buajingan bjngn bajingn bajinga bajngan bjgn bajigan bajinqan
goblok: guoblog goblog gblk gblg goblox gobloq gbloq gblok goblock goblk goblokk gblog guoblok goblogg gublok
tolol_sekali: tololbgt
bodoh: bodo bodho bdoh bodooh bodohh
bego: bgo begok begoo beggo begho
dungu: dunguk dungoe
idiot: idiod idyot ediot idiott
kontol: kntl kontl kontoll kntol konthol kontlo kntll kntool qontol
memek: mmk memex mmek memeq memk memec
ngentot: ngentod ngentd ngntot ngntd ngentott ngento ngnttt ngenthot
jancok: juancok juancuk duancok jancuk dancok dancuk jancoek jancox jncok jncuk djancuk djancok jancokk jiancok
kampret: kuampret kmpret kamprett kampredd kampred kamvret
brengsek: berengsek brengsk bresngek brengsekk brngsek brengsex
keparat: kparat keparatt
bacot: bct bacod bacodd bacottt bcot bacoot bacotz
lonte: lont lonthe lonty lontee
pelacur: plcr placur pelacoer
banci: bnci bances bancy
bencong: bences bencoong bncong
setan: setann syetan sethan
laknat: laknad lacnat
biadab: biadap beadab biadabb byadab biyadab
bejat: bejad bjat
bunuh: bnuh bunuhh bonoh
bakar: bkar
usir: uzir
perkosa: prkosa
mati: mti matii
mampus: mampuss mampos mampoos
sialan: syalan sialand cialan sialn
kurang_ajar: kurangajar krgajar kurangajr
brengseknya: brengsknya
bangkai: bangke bngke bangkee
kimak: kimax kimaq
pantek: pantex panteq kpantek
pukimak: pukimax pukima
gila: gla gilak gilaa gilee
otak: otaq otk
jokowi: jkw jkwi jokowow jkwow
prabowo: prabow prbowo
`;
