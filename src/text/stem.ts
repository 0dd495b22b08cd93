/**
 * Roots of Indonesian words: a layer for the affixes of talk (nge-, -in, a nasal without me-, ke- for ter-) before
 * natural's stemmer, which knows the written language only.
 */
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';
import { INFORMAL } from './informal.js';
import { isDictionaryRoot, isName, isRootWord, mayHaveRoot, mayHaveSpokenRoot } from './vocabulary.js';

/** Words whose roots are kept; the older half is forgotten when it is full. */
const MEMO_SIZE = 64_000;
let recent = new Map<string, string>();
let older = new Map<string, string>();

/** Longer words are no words, and the rules below are not run on them. */
const LONGEST = 40;

/**
 * Root of a canonical word (lower case), the word itself where none is found. `orang-orang` is `orang`. Always the
 * same answer for the same word.
 */
export function stem(word: string): string {
  const known = recent.get(word);
  if (known !== undefined) return known;
  const before = older.get(word);
  const root = before ?? work(word);
  recent.set(word, root);
  if (recent.size >= MEMO_SIZE / 2) {
    older = recent;
    recent = new Map();
  }
  return root;
}

function work(word: string): string {
  if (word.length < 4 || word.length > LONGEST || !/^[a-z-]+$/.test(word)) return word;
  const hyphen = word.indexOf('-');
  if (hyphen >= 0) return plural(word, hyphen);
  return single(word);
}

/** `orang-orangan`, `dipukul-pukulin`: the root both halves share; else natural's answer. */
function plural(word: string, hyphen: number): string {
  const second = word.slice(hyphen + 1);
  if (second.includes('-') || hyphen === 0 || second.length === 0) return word;
  const first = single(word.slice(0, hyphen));
  return first === single(second) ? first : stemmer.stem(word);
}

/** Words that look as if they had affixes and have none, or whose root says something else. */
const KEPT = new Set(
  `makan teman zaman islam ikan bukan ingin batin angin dingin lain main kain kawin izin yakin mesin rajin asin licin
lilin kemarin mungkin miskin muslimin mukminin ngentot nganu ngawur nyinyir nyaman nyata nyawa nyonya ngeri ngarai
kepala kenapa kelapa sebelum sekarang semua setiap semakin kemudian bajingan sialan pelacur brengsek keparat kampungan
perempuan dimana kemana masing rasis desain selain pemimpin satin salin latin kelamin disiplin vitamin doktrin bensin
cermin pingin miras mabes mulu beneran member internet ribet komen sunda market`.split(/\s+/),
);
/** Words whose root the written rules miss, with their root. */
const ROOTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bersihkan: 'bersih',
    membersihkan: 'bersih',
    dibersihkan: 'bersih',
    pembersihan: 'bersih',
    bersihin: 'bersih',
    perangi: 'perang',
    memerangi: 'perang',
    diperangi: 'perang',
    memperangi: 'perang',
    peperangan: 'perang',
    ajarin: 'ajar',
    ngajarin: 'ajar',
    diajarin: 'ajar',
    bermain: 'main',
    ngajar: 'ajar',
    ngaku: 'aku',
    ngakunya: 'aku',
    penculikan: 'culik',
    perampokan: 'rampok',
    perusakan: 'rusak',
    pembacokan: 'bacok',
    penggebukan: 'gebuk',
    pencekikan: 'cekik',
    diserangin: 'serang',
    memenggal: 'penggal',
    dipenggal: 'penggal',
    pemenggalan: 'penggal',
    pengkhianatan: 'khianat',
    disesatin: 'sesat',
    kesini: 'sini',
  }),
);

function single(word: string): string {
  const root = ROOTS.get(word);
  if (root !== undefined) return root;
  if (KEPT.has(word) || isName(word)) return word;
  // Before natural's rules, which read `sesatin` as se- and the cloth.
  if (word.endsWith('in') && word.length >= 6 && isRootWord(word.slice(0, -2))) {
    return word.slice(0, -2);
  }
  if (isDictionaryRoot(word)) return word;
  const formal = written(word);
  if (formal !== word && formal.length >= 3) return formal;
  if (isRootWord(word)) return word;
  // Of the words that no text had before, most are names or misspelt and have no root at all: that is told at a tenth
  // of the cost of trying.
  return (mayHaveSpokenRoot(word) ? ofTalk(word) : undefined) ?? word;
}

/**
 * natural's answer. Its rules are a hundred expressions run one after another, so they are asked only where some
 * affixes of theirs leave a root of the dictionary.
 */
function written(word: string): string {
  return mayHaveRoot(word) ? stemmer.stem(word) : word;
}

/** Root of a word of talk: endings off, beginnings off, until a known root is left. */
function ofTalk(word: string): string | undefined {
  for (const ending of endingsOff(word)) {
    for (const candidate of beginningsOff(ending)) {
      // Three letters are a root behind nge- only: `ngebom`, `ngecekin`.
      if (candidate.length < (ending.includes(`nge${candidate}`) ? 3 : 4)) continue;
      for (const spelling of spellings(candidate, candidate !== word)) {
        if (isRootWord(spelling)) return spelling;
        const formal = written(spelling);
        if (formal !== spelling && formal.length >= 4 && isRootWord(formal)) return formal;
      }
    }
  }
  return undefined;
}

/** The word in formal spelling, as it is, and where `cut` with the last e read as a: `tangkep` is `tangkap`. */
function spellings(word: string, cut: boolean): string[] {
  const formal = word.length >= 4 ? INFORMAL.get(word) : undefined;
  const results = formal === undefined || formal.includes(' ') ? [word] : [formal];
  const opened = cut ? word.replace(/e([bcdfghjklmnpqrstvwxyz]{1,2})$/, 'a$1') : word;
  if (opened !== word && opened.length >= 4) results.push(opened);
  return results;
}

const PARTICLES = ['nya', 'lah', 'kah', 'pun', 'mah', 'ku', 'mu', 'ny'];
const SUFFIXES = ['in', 'kan', 'an', 'i'];

/** The word without -in, the word, then with particles off, then with one suffix off each; the least cut first. */
function endingsOff(word: string): string[] {
  const results = [word];
  if (word.endsWith('in') && word.length >= 6) results.unshift(word.slice(0, -2));
  let bare = word;
  for (let round = 0; round < 2; round++) {
    const particle = PARTICLES.find((one) => bare.endsWith(one) && bare.length - one.length >= 3);
    if (particle === undefined) break;
    bare = bare.slice(0, -particle.length);
    results.push(bare);
  }
  for (const base of [bare, word]) {
    for (const suffix of SUFFIXES) {
      if (base.endsWith(suffix) && base.length - suffix.length >= 3) {
        const cut = base.slice(0, -suffix.length);
        if (!results.includes(cut)) results.push(cut);
      }
    }
  }
  return results;
}

/** What the consonant of a root becomes behind a nasal. */
const NASALS: readonly (readonly [string, readonly string[]])[] = [
  ['nge', ['', 'k']],
  ['ng', ['', 'k', 'h']],
  ['ny', ['s', 'c', 'j']],
  ['n', ['t', 'd']],
  ['m', ['p', 'b']],
];

const PASSIVES = ['di', 'ke', 'ter', 'ku', 'se', 'ber', 'be'];

/** Roots in c- and k- that a nasal hides, where another letter would make a root too (`nyari`: cari, not sari). */
const HIDDEN_FIRST = new Set([
  'tipu',
  'cari',
  'cuci',
  'coba',
  'colong',
  'contek',
  'cium',
  'cubit',
  'cicil',
  'campur',
  'cebur',
  'celup',
  'coblos',
  'colek',
  'copet',
  'cabut',
  'cakar',
  'catat',
  'cela',
  'cekik',
  'ceramah',
  'cerita',
  'cetak',
  'cincang',
  'cukur',
  'culik',
  'curi',
  'kasih',
  'kirim',
  'kira',
  'kata',
  'kejar',
  'kaji',
  'kunci',
  'kumpul',
  'kubur',
  'kenal',
  'kerja',
  'kritik',
  'kuasa',
  'kutuk',
  'hancur',
  'habis',
  'hantam',
  'harap',
  'hadap',
  'hutang',
  'hukum',
  'hajar',
  'hormat',
  'hasut',
]);

/** The word itself, and with the beginnings of talk off; what is likelier first. */
function* beginningsOff(word: string): Generator<string> {
  yield word;
  for (const [nasal, consonants] of NASALS) {
    if (nasal === 'nge' || !word.startsWith(nasal)) continue;
    for (const consonant of consonants) {
      const root = consonant + word.slice(nasal.length);
      if (HIDDEN_FIRST.has(root)) yield root;
    }
  }
  for (const [nasal, consonants] of NASALS) {
    if (!word.startsWith(nasal)) continue;
    const rest = word.slice(nasal.length);
    if (nasal.length === 1 && word.length < 5) continue;
    for (const consonant of consonants) yield consonant + rest;
  }
  for (const passive of PASSIVES) if (word.startsWith(passive)) yield word.slice(passive.length);
}
