/**
 * Sentences that anybody writes and nobody tells anything with: greetings, wishes and prayers in set words, and the
 * letter of a law. Two posts that share no more are not one story.
 */
import type { Normalised } from '../text/normalise.js';
import type { Tokens } from '../text/tokenise.js';

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

/** Shares of a sentence's words from which it is one of them. */
const GREETING_SHARE = 0.75;
const LEGAL_SHARE = 0.6;
const LEAST_LEGAL = 5;

/** For each sentence, 1 where it says nothing of its own. */
export function formulaSentences(n: Normalised, tokens: Tokens): Uint8Array {
  const { count, start, end, sentence } = tokens;
  const sentences = count === 0 ? 0 : sentence[count - 1]! + 1;
  const formula = new Uint8Array(sentences);
  for (let from = 0; from < count; ) {
    let to = from;
    let [greeting, legal, anchors, all] = [0, 0, 0, 0];
    for (; to < count && sentence[to] === sentence[from]; to++) {
      const first = n.text.charCodeAt(start[to]!);
      if (first === 64) continue;
      const word = n.text.slice(start[to]!, end[to]!);
      all++;
      if (first >= 48 && first <= 57) {
        // Numbers go with either: 17 Agustus, Pasal 28 ayat 2.
        greeting++;
        legal++;
        continue;
      }
      if (GREETING.has(word)) greeting++;
      if (LEGAL.has(word)) legal++;
      if (LEGAL_ANCHORS.has(word)) anchors++;
    }
    const isGreeting = greeting >= all * GREETING_SHARE;
    const isLegal = anchors > 0 && legal >= LEAST_LEGAL && legal >= all * LEGAL_SHARE;
    if (isGreeting || isLegal) formula[sentence[from]!] = 1;
    from = to;
  }
  return formula;
}
