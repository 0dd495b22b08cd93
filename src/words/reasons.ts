/**
 * The sentences that say why something was found, Indonesian and English. `{group}` is the name as the post wrote it,
 * `{evidence}` the passage. Findings keep key and parameters only, so that either language can be shown.
 */
type Template = { readonly id: string; readonly en: string };

const REASONS = {
  dehumanised: {
    id: '"{group}" disebut bukan manusia atau disamakan dengan hewan, hama, penyakit atau sampah: "{evidence}".',
    en: '"{group}" is called less than human, or likened to an animal, vermin, disease or waste: "{evidence}".',
  },
  'evil-spoken': {
    id: 'Sifat yang sangat buruk dilekatkan pada "{group}" sebagai kelompok: "{evidence}".',
    en: 'A very bad quality is given to "{group}" as a group: "{evidence}".',
  },
  derogated: {
    id: '"{group}" direndahkan: "{evidence}".',
    en: '"{group}" is run down: "{evidence}".',
  },
  insulted: {
    id: '"{group}" dihina sebagai kelompok: "{evidence}".',
    en: '"{group}" is insulted as a group: "{evidence}".',
  },
  'sworn-at': {
    id: 'Umpatan ditujukan kepada "{group}": "{evidence}".',
    en: 'Swearing is aimed at "{group}": "{evidence}".',
  },
  'called-criminal': {
    id: 'Kejahatan disebut sebagai watak "{group}": "{evidence}".',
    en: 'Crime is said to be the nature of "{group}": "{evidence}".',
  },
  hated: {
    id: 'Kebencian terhadap "{group}" dinyatakan: "{evidence}".',
    en: 'Hatred of "{group}" is voiced: "{evidence}".',
  },
  'denied-worth': {
    id: 'Martabat, hak atau kebaikan "{group}" disangkal: "{evidence}".',
    en: 'Worth, rights or goodness of "{group}" are denied: "{evidence}".',
  },
  'called-for-harm': {
    id: 'Ajakan untuk menyakiti, mengusir atau mengucilkan "{group}": "{evidence}".',
    en: 'A call to harm, drive out or shut out "{group}": "{evidence}".',
  },
  'called-for-killing': {
    id: 'Ajakan membunuh atau mengeroyok orang: "{evidence}".',
    en: 'A call to kill or beat somebody to death: "{evidence}".',
  },
  'called-for-arson': {
    id: 'Ajakan membakar atau merusak rumah, kantor atau tempat ibadah: "{evidence}".',
    en: 'A call to burn or wreck a house, an office or a place of worship: "{evidence}".',
  },
  'harm-said-due': {
    id: 'Tindakan terhadap "{group}" dinyatakan patut atau wajib: "{evidence}".',
    en: 'Harm to "{group}" is said to be deserved or a duty: "{evidence}".',
  },
  threatened: {
    id: 'Ancaman: "{evidence}".',
    en: 'A threat: "{evidence}".',
  },
  'wished-harm': {
    id: 'Kematian atau celaka diharapkan bagi "{group}": "{evidence}".',
    en: 'Death or harm is wished upon "{group}": "{evidence}".',
  },
  slur: {
    id: 'Sebutan yang merendahkan suatu kelompok: "{evidence}".',
    en: 'A derogatory name for a group: "{evidence}".',
  },
  'better-without': {
    id: 'Dikatakan bahwa keadaan lebih baik tanpa "{group}": "{evidence}".',
    en: 'Things are said to be better without "{group}": "{evidence}".',
  },
  'should-not-exist': {
    id: 'Keberadaan "{group}" dipersoalkan: "{evidence}".',
    en: 'It is questioned that "{group}" should exist: "{evidence}".',
  },
  'better-before': {
    id: 'Keadaan dikatakan baik sebelum ada "{group}", atau buruk karenanya: "{evidence}".',
    en: 'Things are said to have been good before "{group}", or bad for them: "{evidence}".',
  },
  'what-are-they-for': {
    id: '"{group}" dikatakan tidak berguna, tidak diinginkan atau tidak patut ditolong: "{evidence}".',
    en: '"{group}" is said to be of no use, unwanted or unworthy of help: "{evidence}".',
  },
  unclean: {
    id: '"{group}" diperlakukan seolah najis atau membahayakan anak dan keluarga: "{evidence}".',
    en: '"{group}" is treated as unclean or as a danger to children and family: "{evidence}".',
  },
  byword: {
    id: '"{group}" dijadikan contoh keburukan atau bahan olok-olok: "{evidence}".',
    en: '"{group}" is made a byword for what is bad, or a mockery: "{evidence}".',
  },
  'glad-not-to-be': {
    id: 'Menjadi bagian dari "{group}" disebut aib atau kemalangan: "{evidence}".',
    en: 'To be of "{group}" is called a shame or a misfortune: "{evidence}".',
  },
  'rather-than': {
    id: 'Hal terburuk disebut lebih baik daripada "{group}": "{evidence}".',
    en: 'The worst is said to be better than "{group}": "{evidence}".',
  },
  shun: {
    id: 'Menyatakan atau menganjurkan untuk menjauhi "{group}": "{evidence}".',
    en: 'Shuns "{group}" or tells others to: "{evidence}".',
  },
  'lower-place': {
    id: '"{group}" ditempatkan lebih rendah daripada orang lain: "{evidence}".',
    en: '"{group}" is put beneath others: "{evidence}".',
  },
  burden: {
    id: '"{group}" dipersalahkan sebagai beban atau perusak: "{evidence}".',
    en: '"{group}" is blamed as a burden or a destroyer: "{evidence}".',
  },
  'doubted-humanity': {
    id: 'Akal, budi atau kemanusiaan "{group}" disangkal: "{evidence}".',
    en: 'Reason, morals or humanity of "{group}" are denied: "{evidence}".',
  },
  superlative: {
    id: '"{group}" disebut yang terburuk, tanpa ada yang baik: "{evidence}".',
    en: '"{group}" is called the worst, with no good one among them: "{evidence}".',
  },
  boiling: {
    id: 'Kebencian diungkapkan terhadap "{group}": "{evidence}".',
    en: 'Hatred is voiced against "{group}": "{evidence}".',
  },
  likened: {
    id: '"{group}" disamakan dengan sesuatu yang hina: "{evidence}".',
    en: '"{group}" is likened to something base: "{evidence}".',
  },
  'born-low': {
    id: '"{group}" direndahkan tanpa kata kasar: "{evidence}".',
    en: '"{group}" is run down without a rude word: "{evidence}".',
  },
  repelled: {
    id: 'Rasa jijik atau kebencian terhadap "{group}" dinyatakan: "{evidence}".',
    en: 'Disgust or dislike of "{group}" is voiced: "{evidence}".',
  },
  'mere-name': {
    id: 'Nama "{group}" dipakai sebagai makian: "{evidence}".',
    en: 'The name "{group}" is used as an insult: "{evidence}".',
  },
  'construction-exclusion': {
    id: '"{group}" hendak diusir, ditolak atau dicabut haknya: "{evidence}".',
    en: '"{group}" is to be driven out, kept out or stripped of rights: "{evidence}".',
  },
  'construction-wish': {
    id: 'Kematian atau celaka diharapkan bagi "{group}": "{evidence}".',
    en: 'Death or harm is wished upon "{group}": "{evidence}".',
  },
  'construction-threat': {
    id: 'Ancaman terhadap "{group}": "{evidence}".',
    en: 'A threat against "{group}": "{evidence}".',
  },
  'construction-violence': {
    id: 'Ajakan melakukan kekerasan terhadap "{group}": "{evidence}".',
    en: 'A call to violence against "{group}": "{evidence}".',
  },
  'model-sara': {
    id: 'Kelompok "{group}" disebut, dan pengklasifikasi menilai teks ini mirip teks yang menyerang suatu kelompok; yang paling menentukan: "{evidence}".',
    en: 'The group "{group}" is named, and the classifier finds the text like texts that attack a group; what spoke most: "{evidence}".',
  },
  'abusive-word': {
    id: 'Kata makian: "{evidence}".',
    en: 'An abusive word: "{evidence}".',
  },
  'profane-word': {
    id: 'Umpatan: "{evidence}".',
    en: 'Swearing: "{evidence}".',
  },
  'hoax-marker': {
    id: 'Ciri pesan berantai; lemah, tidak menandai apa pun dengan sendirinya: "{evidence}".',
    en: 'A sign of a chain letter; weak, and flags nothing by itself: "{evidence}".',
  },
  'claim-match': {
    id: 'Mirip dengan klaim yang telah diperiksa: "{title}" ({publisher}, {date}).',
    en: 'Like a claim that was fact-checked: "{title}" ({publisher}, {date}).',
  },
  'claim-near': {
    id: 'Ada kemiripan dengan klaim yang telah diperiksa; baca dulu cek faktanya: "{title}" ({publisher}, {date}).',
    en: 'Resembles a claim that was fact-checked; read the fact-check first: "{title}" ({publisher}, {date}).',
  },
  'path-test': {
    id: 'Teks uji jalur; tidak berbahaya.',
    en: 'The path test text; harmless.',
  },
} as const satisfies Readonly<Record<string, Template>>;

export type ReasonKey = keyof typeof REASONS;
export const REASON_KEYS = Object.keys(REASONS) as readonly ReasonKey[];

/** The sentence for a finding; the key itself where no sentence is known (a finding made by a newer version). */
export function renderReason(
  reason: string,
  params: Readonly<Record<string, string>>,
  lang: 'id' | 'en',
): string {
  const template = (REASONS as Readonly<Record<string, Template>>)[reason];
  if (template === undefined) return reason;
  return template[lang].replace(/\{(\w+)\}/g, (slot, name: string) => params[name] ?? slot);
}
