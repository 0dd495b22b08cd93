/** What `ronda lexicon` says, Indonesian and English. Codes are those of lexicon/problem.ts. */

const en = {
  severities: { error: 'error', warning: 'warning' },
  problems: {
    'not-an-entry': (p: ProblemWords) => `the line is no JSON object: ${p.found}`,
    'unknown-key': (p: ProblemWords) => `"${p.key}" is no key of an entry; allowed are ${p.allowed}`,
    'missing-key': (p: ProblemWords) => `"${p.key}" is missing; it must be ${p.allowed}`,
    'wrong-value': (p: ProblemWords) => `"${p.key}" is ${p.found}; it must be ${p.allowed}`,
    'no-pattern': (p: ProblemWords) =>
      `"${p.key}" has ${p.found}, of which nothing can be looked for: write plain words separated by one space`,
    'repeated-id': (p: ProblemWords) => `the id stands at ${p.found} already; ids are never used twice`,
    'repeated-term': (p: ProblemWords) => `another entry of this kind has this term: ${p.found}`,
    contradiction: (p: ProblemWords) =>
      `an entry of a kind with the contrary meaning has this term: ${p.found}`,
    'no-match-example': () => '"match" is missing: give at least one text in which the entry must be found',
    'match-not-found': (p: ProblemWords) => `is not found in its "match" example: ${p.found}`,
    'no-match-found': (p: ProblemWords) => `is found in its "noMatch" example: ${p.found}`,
    'name-not-found': (p: ProblemWords) => `is not found by its name in a plain sentence: ${p.found}`,
    'name-found-inside-word': (p: ProblemWords) => `is found inside another word: ${p.found}`,
    'exception-does-not-hold': (p: ProblemWords) => `is found in its own exception: ${p.found}`,
    'idle-exception': (p: ProblemWords) =>
      `an exception without any form of the term never applies: ${p.found}`,
  },
  allowed: {
    id: 'lower-case letters, digits and hyphens, e.g. slur-kadrun',
    term: 'lower-case words separated by one space',
    weight: 'a number from 0 to 1',
    ground: 'given for a group, and absent for a camp or an institution',
    target:
      '<ground>:<name> for a group or slur (camp:<name> for a slur of a camp), camp:<name>, institution:<name>',
    language: 'an ISO 639-3 code',
    variants: 'a list of lower-case terms',
    exceptions: 'a list of lower-case phrases',
    needs: 'a list of lower-case words',
    match: 'a list of at least one text',
    noMatch: 'a list of at least one text',
    text: 'a text',
  },
  linted: (entries: number, errors: number, warnings: number) =>
    `${entries} entries: ${errors} error(s), ${warnings} warning(s)`,
  tested: (tried: number, faults: number) => `${tried} examples tried, ${faults} do not hold`,
  stats: {
    version: 'version',
    entries: 'entries',
    lemmas: 'distinct lemmas',
    names: 'terms and variants',
    forms: 'forms looked for',
    memory: 'memory of the automaton',
    withNoMatch: 'entries with noMatch examples',
    kind: 'kind',
    ground: 'ground',
    targets: 'groups covered',
    groups: 'entries',
    slurs: 'slurs',
    everHit: (hit: number, all: number, texts: number) =>
      `${hit} of ${all} entries were found in ${texts} posts`,
    neverHit: 'never found:',
    mostHit: 'found most often:',
  },
  reading: 'read as',
  nothingFound: 'No entry is found.',
  diff: {
    entries: (added: number, removed: number, changed: number) =>
      `entries: ${added} added, ${removed} removed, ${changed} changed`,
    gained: 'would be flagged',
    lost: 'would be dropped',
    level: 'level would change',
    summary: (posts: number, gained: number, lost: number, level: number) =>
      `of ${posts} posts ${gained} would be flagged anew, ${lost} would lose a flag, ${level} would change in level only`,
  },
};

/** What a problem's sentence names; absent parts are empty. */
interface ProblemWords {
  readonly key: string;
  readonly found: string;
  readonly allowed: string;
}

export type LexiconWords = typeof en;

const id: LexiconWords = {
  severities: { error: 'galat', warning: 'peringatan' },
  problems: {
    'not-an-entry': (p) => `baris ini bukan objek JSON: ${p.found}`,
    'unknown-key': (p) => `"${p.key}" bukan kunci entri; yang boleh: ${p.allowed}`,
    'missing-key': (p) => `"${p.key}" tidak ada; isinya harus ${p.allowed}`,
    'wrong-value': (p) => `"${p.key}" berisi ${p.found}; seharusnya ${p.allowed}`,
    'no-pattern': (p) =>
      `"${p.key}" berisi ${p.found}, tidak ada yang dapat dicari darinya: tulis kata biasa dengan satu spasi`,
    'repeated-id': (p) => `id ini sudah ada di ${p.found}; id tidak boleh dipakai dua kali`,
    'repeated-term': (p) => `entri lain dari jenis ini sudah memuat istilah ini: ${p.found}`,
    contradiction: (p) => `entri dari jenis yang berlawanan arti memuat istilah ini: ${p.found}`,
    'no-match-example': () => '"match" tidak ada: beri sedikitnya satu teks tempat entri ini harus ditemukan',
    'match-not-found': (p) => `tidak ditemukan dalam contoh "match": ${p.found}`,
    'no-match-found': (p) => `ditemukan dalam contoh "noMatch": ${p.found}`,
    'name-not-found': (p) => `tidak ditemukan dengan namanya dalam kalimat biasa: ${p.found}`,
    'name-found-inside-word': (p) => `ditemukan di dalam kata lain: ${p.found}`,
    'exception-does-not-hold': (p) => `ditemukan dalam pengecualiannya sendiri: ${p.found}`,
    'idle-exception': (p) => `pengecualian tanpa bentuk istilahnya tidak pernah berlaku: ${p.found}`,
  },
  allowed: {
    id: 'huruf kecil, angka dan tanda hubung, misalnya slur-kadrun',
    term: 'kata berhuruf kecil dengan satu spasi',
    weight: 'bilangan dari 0 sampai 1',
    ground: 'diisi untuk kelompok, kosong untuk kubu dan lembaga',
    target:
      '<dasar>:<nama> untuk kelompok atau ejekan (camp:<nama> untuk ejekan bagi kubu), camp:<nama>, institution:<nama>',
    language: 'kode ISO 639-3',
    variants: 'daftar istilah berhuruf kecil',
    exceptions: 'daftar frasa berhuruf kecil',
    needs: 'daftar kata berhuruf kecil',
    match: 'daftar berisi sedikitnya satu teks',
    noMatch: 'daftar berisi sedikitnya satu teks',
    text: 'sebuah teks',
  },
  linted: (entries, errors, warnings) => `${entries} entri: ${errors} galat, ${warnings} peringatan`,
  tested: (tried, faults) => `${tried} contoh dicoba, ${faults} tidak sesuai`,
  stats: {
    version: 'versi',
    entries: 'entri',
    lemmas: 'lema berbeda',
    names: 'istilah dan varian',
    forms: 'bentuk yang dicari',
    memory: 'memori automaton',
    withNoMatch: 'entri dengan contoh noMatch',
    kind: 'jenis',
    ground: 'dasar',
    targets: 'kelompok tercakup',
    groups: 'entri',
    slurs: 'ejekan',
    everHit: (hit, all, texts) => `${hit} dari ${all} entri ditemukan dalam ${texts} unggahan`,
    neverHit: 'tidak pernah ditemukan:',
    mostHit: 'paling sering ditemukan:',
  },
  reading: 'dibaca sebagai',
  nothingFound: 'Tidak ada entri yang ditemukan.',
  diff: {
    entries: (added, removed, changed) => `entri: ${added} ditambah, ${removed} dihapus, ${changed} diubah`,
    gained: 'akan ditandai',
    lost: 'akan dilepas',
    level: 'tingkatnya akan berubah',
    summary: (posts, gained, lost, level) =>
      `dari ${posts} unggahan ${gained} akan mendapat tanda baru, ${lost} akan kehilangan tanda, ${level} hanya berubah tingkatnya`,
  },
};

/** The words of a language. */
export function lexiconWords(language: 'id' | 'en'): LexiconWords {
  return language === 'id' ? id : en;
}
