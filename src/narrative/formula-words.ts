/**
 * Words of the formulas that anybody writes: greetings, wishes and prayers, the letter of a law, and what a shop cries
 * (formula.ts).
 */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const GREETING = words(`
selamat pagi siang sore malam hari raya ulang tahun tahunan baru idul fitri idulfitri adha iduladha natal paskah nyepi
waisak imlek galungan kuningan lebaran ramadan ramadhan puasa berbuka sahur ibadah menunaikan merayakan memperingati
mohon maaf lahir batin dan minal aidin wal walfaizin faizin taqabbalallahu minna waminkum semoga kita selalu senantiasa
diberi diberikan kesehatan sehat bahagia sukses lancar rezeki berkah diberkahi barokah panjang umur amin aamiin
assalamualaikum waalaikumsalam warahmatullahi wabarakatuh wr wb turut berduka cita innalillahi wainnailaihi rojiun
husnul khotimah khusnul almarhum almarhumah diterima sisi keluarga ditinggalkan ketabahan terima kasih banyak untuk
semua yang dan di bagi atas kepada para teman-teman saudara saudara-saudara bapak ibu sekalian sahabat happy birthday
new year eid mubarak merry christmas good morning night wish you all the best ke- dirgahayu republik indonesia merdeka
hut ri jumat met kami segenap mengucapkan ucapan kita dengan tuhan allah swt memberkati salam sejahtera om swastiastu
namo buddhaya shalom rahayu sugeng enjing wilujeng hari ini penuh guys gaes kawan kawan-kawan semuanya hari-hari tetap
semangat beraktivitas aktivitas bersyukur syukur nikmat ya rabb rabbi rabbal alamin alaamiin ampuni ampunilah dosa dosa-dosa
kedua orang tua ibunda ayahanda lindungi lindungilah jauhkan jauhkanlah siksa api kubur neraka surga jannah masukkan
tempatkan tempatkanlah kabulkan kabulkanlah doa doakan mudahkan mudahkanlah urusan lapangkan rahmat rahmati rahmatilah taufik
hidayah ridho ridha rida iman islam jadikan jadikanlah berilah berikanlah kekuatan kesabaran musibah bencana marabahaya
yesus kristus bapa kasih karunia damai menyertai haleluya puji engkau-lah hamba hamba-mu
`);
const LEGAL = words(`
pasal ayat huruf angka undang-undang uu nomor no tahun tentang kuhp pidana dipidana penjara kurungan denda rupiah juta
miliar paling lama banyak lambat sedikit setiap orang barang siapa barangsiapa dengan sengaja tanpa hak melawan hukum
sebagaimana dimaksud dalam ketentuan perbuatan mendistribusikan mentransmisikan membuat dapat diaksesnya informasi
elektronik dokumen memiliki muatan yang dan atau dan/atau pada di dari untuk diancam karena di muka umum menyatakan
perasaan permusuhan kebencian terhadap suatu beberapa golongan rakyat berdasarkan suku agama ras antargolongan
individu kelompok masyarakat tertentu menimbulkan rasa menyebarkan ditujukan menghina penghinaan pencemaran nama baik
peraturan pemerintah presiden menteri ini itu berlaku diundangkan ditetapkan jo juncto bab lembaran negara republik
indonesia ite tindak pelaku melakukan enam empat lima bulan satu
`);
const LEGAL_ANCHORS = words('pasal ayat undang-undang uu kuhp dipidana ketentuan pidana barangsiapa juncto');

const ADVERT = words(`
jual beli dijual murah termurah harga mulai ribu rb juta jt promo diskon gratis free ongkir cod ready stok stock order pesan
pemesanan orderan wa whatsapp hubungi kami sekarang juga dm bio cek klik link checkout keranjang toko shop store olshop
collection original ori garansi bahan ukuran size warna merah biru hitam putih hijau kualitas premium terbaik terpercaya
terbatas beli dapat bonus pinjaman dana tunai cepat cair pencairan tanpa jaminan agunan bunga ringan rendah proses menit
syarat mudah ktp langsung follow follback followback back like comment komen share tag mention teman giveaway hadiah
ikutan ikut yuk menangkan undian voucher pulsa aku kak kakak jangan lupa dan ya balik grosir eceran reseller dropship
gamis hijab jilbab mukena sarung kaos sepatu tas skincare serum pemutih pelangsing slot gacor maxwin depo deposit bonus
member vip open jasa tugas skripsi joki
`);
const ADVERT_ANCHORS = words(`
order orderan pemesanan ongkir cod promo diskon ready reseller dropship follback followback giveaway checkout pinjaman
jaminan agunan garansi dm bio olshop gacor maxwin depo joki follow undian grosir wa
`);

/** A word of a greeting, a wish or a prayer. */
export function isGreetingWord(word: string): boolean {
  return GREETING.has(word);
}

/** A word that laws are written with. */
export function isLegalWord(word: string): boolean {
  return LEGAL.has(word);
}

/** A word that says that a law is quoted. */
export function isLegalAnchor(word: string): boolean {
  return LEGAL_ANCHORS.has(word);
}

/** A word that shops and those who want to be followed cry with. */
export function isAdvertWord(word: string): boolean {
  return ADVERT.has(word);
}

/** One that hardly stands elsewhere. */
export function isAdvertAnchor(word: string): boolean {
  return ADVERT_ANCHORS.has(word);
}
