/** Words of comparisons with a candidate lexicon or model, Indonesian and English. */

const en = {
  title: 'A candidate beside the live lexicon and model',
  none: 'Nothing was compared: score.shadow in ronda.yaml names a candidate.',
  candidate: 'Candidate',
  live: 'Live',
  posts: 'Posts',
  changed: 'Otherwise',
  wouldLand: 'Would land',
  wouldPass: 'Would pass',
  incomplete: 'In part only',
  added: 'Flags added',
  dropped: 'Flags dropped',
  since: 'From – to',
  cleared: (n: number) => `${n} comparison(s) forgotten.`,
  hint: 'Numbers alone: nothing that the candidate says reaches anybody. “ronda lexicon diff” shows which posts of a file.',
};

export type ShadowWords = typeof en;

const id: ShadowWords = {
  title: 'Calon di samping leksikon dan model yang dipakai',
  none: 'Belum ada yang dibandingkan: score.shadow di ronda.yaml menyebut calonnya.',
  candidate: 'Calon',
  live: 'Dipakai',
  posts: 'Unggahan',
  changed: 'Berbeda',
  wouldLand: 'Akan masuk',
  wouldPass: 'Akan lewat',
  incomplete: 'Sebagian saja',
  added: 'Tanda bertambah',
  dropped: 'Tanda hilang',
  since: 'Dari – sampai',
  cleared: (n) => `${n} perbandingan dilupakan.`,
  hint: 'Hanya angka: tidak ada ucapan calon yang sampai ke siapa pun. “ronda lexicon diff” menunjukkan unggahan mana dari sebuah berkas.',
};

export function shadowWords(language: 'id' | 'en'): ShadowWords {
  return language === 'id' ? id : en;
}

/** `hate 3, hoax 1` by the names of categories; `–` where there is none. */
export function tallyText(
  tally: Readonly<Record<string, number | undefined>>,
  names: Readonly<Record<string, string>>,
): string {
  const found = Object.entries(tally).filter(([, n]) => (n ?? 0) > 0);
  return found.length === 0 ? '–' : found.map(([name, n]) => `${names[name] ?? name} ${n}`).join(', ');
}
