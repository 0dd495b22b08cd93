/** Words of the formulas that anybody writes: greetings, wishes and prayers, and the letter of a law (formula.ts). */

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
namo buddhaya shalom rahayu sugeng enjing wilujeng
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
