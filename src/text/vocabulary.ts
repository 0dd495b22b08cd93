/**
 * Words that are known to be words. Repairs that could go wrong (leet, drawn-out letters, hashtags without
 * capitals) are made only where they lead to one of these.
 */
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';
import { isVowel } from './classes.js';
import { INFORMAL } from './informal.js';
import { SENSITIVE_WORDS } from './sensitive.js';
import { hashUnits, WordTable } from './word-table.js';

/** Names, borrowings and everyday words that the dictionary of roots lacks; none has affixes. */
const FURTHER_WORDS = `
jatim jateng jabar jakbar jaksel jaktim jakut jakpus jkt dki ntb ntt diy sumut sumbar sumsel sulsel sulut kalbar kaltim
kalsel kalteng lampung riau bengkulu jambi gorontalo banten madiun malang bogor depok bekasi tangerang cirebon nasional
indonesia jakarta jawa bali papua aceh sunda batak dayak madura minang ambon bugis melayu sumatera kalimantan
sulawesi surabaya bandung medan semarang makassar palembang jogja yogyakarta solo banten maluku lombok nusantara
malaysia singapura israel palestina amerika arab saudi iran cina tiongkok india rusia ukraina rohingya myanmar
jepang korea jokowi prabowo anies ahok ganjar gibran megawati puan mahfud sandiaga ridwan kamil fadli fahri rizieq
habib luhut amien sby gus dur wowo jkw pdip gerindra golkar pks nasdem demokrat fpi hti nkri pki tni polri dpr mpr
kpk kpu bawaslu mui nu muhammadiyah istana pilkada pilpres pemilu capres cawapres paslon caleg cagub gubernur
presiden menteri bupati walikota partai rezim negara rakyat bangsa pancasila reformasi merdeka umat muslim muslimah
kristen katolik hindu buddha konghucu yahudi nasrani syiah ahmadiyah islam kafir ulama ustad ustadz kyai santri
gereja masjid yang dan di ke dari ini itu dengan untuk pada akan saya aku kamu kita kami dia ada juga saja sudah
bisa harus karena jangan bukan lebih sama kalau tapi atau para oleh jadi lagi bikin banget aja gak nggak gue lu elo
dong sih nih tuh deh kok ya yuk ayo mari siapa kapan belum pernah biar buat terus cuma memang makin paling sangat
tetap tolak dukung ganti lawan usir tangkap boikot bela save stop ganyang menang kalah pecat jual beli aksi damai
demo buruh mahasiswa covid corona vaksin hoax hoaks berita info media sosmed medsos online twitter facebook
instagram youtube whatsapp google grab gojek tiktok viral update live breaking news good happy the and you for all
free love president indonesian best world day new year week one time life cool look too see soon school food book
boss class off will tell call full feel need room still well hello yeah really pizza coffee dinner sorry summer
mantap keren kangen cinta cantik ganteng lucu kocak ngakak baper kepo galau jomblo mantan gebetan nikah kuliah
allah muhammad nabi quran alquran hadis insyaallah alhamdulillah subhanallah astagfirullah masyaallah
assalamualaikum maaf saat taat manfaat jumat koordinasi kooperatif massa kadrun cebong kampret kecebong bani taplak
onta gurun aseng antek
`
  .trim()
  .split(/\s+/);
/** Words with affixes that stand in hashtags. */
const DERIVED_WORDS = `
bersatu adalah tidak mereka semua sebagai gimana kenapa dimana masih sekali bubarkan adili penjarakan turunkan
lengserkan hancurkan bersihkan selamatkan kembalikan viralkan sebarkan keluarkan buktikan tegakkan menolak
mendukung dirumahaja trending keempat keenam
`
  .trim()
  .split(/\s+/);

const table = new WordTable([
  ...new Set([
    ...stemmer.dictionary.filter((word) => /^[a-z]{2,}$/.test(word)),
    ...FURTHER_WORDS,
    ...DERIVED_WORDS,
    ...SENSITIVE_WORDS,
  ]),
]);
const informal = new WordTable([...INFORMAL.keys()].filter((word) => /^[a-z]{3,}$/.test(word)));

/** Is `chars` from `start` to `end` (lower-case a-z) a root, a name or another word known by itself? */
export function isRoot(chars: Uint16Array, start: number, end: number): boolean {
  return end - start >= 2 && table.find(chars, start, end, hashUnits(chars, start, end)) >= 0;
}

/** {@link isRoot} where the hash is at hand. */
export function isRootHashed(chars: Uint16Array, start: number, end: number, hash: number): boolean {
  return table.find(chars, start, end, hash) >= 0;
}

/** A beginning or ending, with the first letter of the root that a nasal swallows (`memukul` is `mem` and `pukul`). */
interface Affix {
  readonly text: string;
  /** A code unit; 0 where nothing is swallowed. */
  readonly swallowed: number;
}

const NO_AFFIX: Affix = { text: '', swallowed: 0 };
/** Beginnings by their first letter, endings by their last. */
const prefixes = byLetter(
  'di me ber ter se ke per pe mem:p men:t meng:k pem:p pen:t peng:k nge ng:k memper diper keber meny:s peny:s ny:s m:p n:t',
  (text) => text.charCodeAt(0),
);
const suffixes = byLetter('nya kan an i in lah kah ku mu annya kannya inya pun', (text) =>
  text.charCodeAt(text.length - 1),
);

function byLetter(list: string, letter: (text: string) => number): readonly (readonly Affix[])[] {
  const result: Affix[][] = Array.from({ length: 128 }, () => []);
  for (const entry of list.split(' ')) {
    const [text = '', swallowed = ''] = entry.split(':');
    result[letter(text)]!.push({ text, swallowed: swallowed === '' ? 0 : swallowed.charCodeAt(0) });
  }
  return result;
}

/** The longest word that is looked up; longer ones are no words. */
export const LONGEST_WORD = 40;

const scratch = new Uint16Array(64);

/** Is it a known word, an informal spelling, or a known root with affixes on it? At most 40 units are looked at. */
export function isKnown(chars: Uint16Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 2 || length > LONGEST_WORD) return false;
  const hash = hashUnits(chars, start, end);
  if (table.find(chars, start, end, hash) >= 0 || informal.find(chars, start, end, hash) >= 0) return true;
  if (length < 5) return false;
  const beginnings = prefixes[chars[start]!] ?? [];
  const endings = suffixes[chars[end - 1]!] ?? [];
  if (beginsKnown(chars, start, end, beginnings, 0)) return true;
  for (const ending of endings) {
    const stop = end - ending.text.length;
    if (stop - start < 3 || !hasAt(chars, stop, ending.text)) continue;
    if (hasRoot(chars, start, stop, NO_AFFIX, ending.text.length)) return true;
    if (beginsKnown(chars, start, stop, beginnings, ending.text.length)) return true;
  }
  return false;
}

function beginsKnown(
  chars: Uint16Array,
  start: number,
  stop: number,
  beginnings: readonly Affix[],
  cut: number,
): boolean {
  for (const beginning of beginnings) {
    const from = start + beginning.text.length;
    if (stop - from < 3 || !hasAt(chars, start, beginning.text)) continue;
    if (hasRoot(chars, from, stop, beginning, cut + beginning.text.length)) return true;
  }
  return false;
}

/** Where the root stood that {@link hasRoot} found last, and the letter before it that was swallowed, 0 for none. */
const found = { from: 0, stop: 0, swallowed: 0 };

/** Is what is left when `cut` units of affixes are off a root, or one whose first letter was swallowed? */
function hasRoot(chars: Uint16Array, from: number, stop: number, beginning: Affix, cut: number): boolean {
  found.from = from;
  found.stop = stop;
  found.swallowed = 0;
  if ((stop - from >= 4 || cut >= 2) && isRoot(chars, from, stop)) return true;
  if (beginning.swallowed === 0) return false;
  found.swallowed = beginning.swallowed;
  scratch[0] = beginning.swallowed;
  for (let i = from; i < stop; i++) scratch[1 + i - from] = chars[i]!;
  return isRoot(scratch, 0, 1 + stop - from);
}

function hasAt(chars: Uint16Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (chars[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** No more than two consonants in a row among `count` letters `stride` apart, `ng` and `ny` being one. */
export function isPronounceable(chars: Uint16Array, start: number, count: number, stride: number): boolean {
  let consonants = 0;
  let previous = 0;
  for (let k = 0; k < Math.min(count, LONGEST_WORD); k++) {
    const c = chars[start + stride * k]!;
    if (isVowel(c)) consonants = 0;
    else if (!(previous === 110 && (c === 103 || c === 121))) consonants++;
    if (consonants > 2) return false;
    previous = c;
  }
  return true;
}

/**
 * The known root that `word` has with affixes on it, the word itself where it is known by itself or has none: one pass
 * over the commonest affixes, for where a word of each post is new and {@link stem} would cost more than all else.
 */
export function knownRoot(word: string): string {
  const { length } = word;
  if (length < 5 || length > LONGEST_WORD) return word;
  for (let i = 0; i < length; i++) letters[i] = word.charCodeAt(i);
  found.stop = 0;
  if (!isKnown(letters, 0, length) || found.stop === 0) return word;
  const root = word.slice(found.from, found.stop);
  return found.swallowed === 0 ? root : String.fromCharCode(found.swallowed) + root;
}

const letters = new Uint16Array(LONGEST_WORD);

/** {@link isRoot} for a string. */
export function isRootWord(word: string): boolean {
  if (word.length > scratch.length) return false;
  for (let i = 0; i < word.length; i++) scratch[i] = word.charCodeAt(i);
  return isRoot(scratch, 0, word.length);
}

const names = new Set(FURTHER_WORDS);

/** Is it a name or a borrowing, which has no affixes whatever it looks like? */
export function isName(word: string): boolean {
  return names.has(word);
}

const dictionary = new Set(stemmer.dictionary);

/** Is it a root of natural's dictionary? */
export function isDictionaryRoot(word: string): boolean {
  return dictionary.has(word);
}

/** Affixes that some rules take off, and the letters that a nasal of theirs may have swallowed. */
interface Cutting {
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** Code units; 0 for none. */
  readonly swallowed: readonly number[];
  /** A last closed syllable may be spoken with e for a, and the root may be in an informal spelling. */
  readonly spoken: boolean;
}

const RULED_PREFIXES =
  'di ke se te ter be ber bel me mem men meng meny menge menye memer pe pem pen peng peny penge penye pemer per pel ku kau'.split(
    ' ',
  );
const RULED_SUFFIXES = 'lah kah tah pun ku mu nya i kan an is isme isasi'.split(' ');
const WRITTEN: Cutting = {
  prefixes: RULED_PREFIXES,
  suffixes: RULED_SUFFIXES,
  swallowed: lettersOf('ptksemn'),
  spoken: false,
};
const SPOKEN: Cutting = {
  prefixes: [...RULED_PREFIXES, 'nge', 'ng', 'ny', 'n', 'm'],
  suffixes: [...RULED_SUFFIXES, 'in', 'mah', 'ny'],
  swallowed: lettersOf('ptksemnchjbd'),
  spoken: true,
};

function lettersOf(letters: string): number[] {
  return [0, ...[...letters].map((letter) => letter.charCodeAt(0))];
}

const cuts = { from: new Int32Array(64), to: new Int32Array(64) };

/**
 * May the rules of the written language find a root in `word`: do some of their affixes, three deep on either side,
 * leave one, with or without a swallowed letter? Never false where they find one by
 * these affixes; infixes are left out, which find more wrong roots than right ones (`minahasa`).
 */
export function mayHaveRoot(word: string): boolean {
  return someCutIsRoot(word, WRITTEN);
}

/** The same of the affixes and spellings of talk, those of the written language among them. */
export function mayHaveSpokenRoot(word: string): boolean {
  return someCutIsRoot(word, SPOKEN);
}

function someCutIsRoot(word: string, rules: Cutting): boolean {
  const length = word.length;
  if (length + 1 > scratch.length) return true;
  const froms = reach(cuts.from, (at, count) => {
    let found = count;
    for (const prefix of rules.prefixes) {
      if (length - at - prefix.length >= 2 && word.startsWith(prefix, at))
        cuts.from[found++] = at + prefix.length;
    }
    return found;
  });
  const tos = reach(cuts.to, (cut, count) => {
    let found = count;
    for (const suffix of rules.suffixes) {
      if (length - cut - suffix.length >= 2 && word.endsWith(suffix, length - cut)) {
        cuts.to[found++] = cut + suffix.length;
      }
    }
    return found;
  });
  for (let f = 0; f < froms; f++) {
    const from = cuts.from[f]!;
    for (let t = 0; t < tos; t++) {
      const to = length - cuts.to[t]!;
      if (to - from < 2) continue;
      for (let i = from; i < to; i++) scratch[i - from + 1] = word.charCodeAt(i);
      const end = to - from + 1;
      for (const letter of rules.swallowed) {
        if (letter === 0 ? isRootBy(rules, 1, end) : from > 0) {
          if (letter === 0) return true;
          scratch[0] = letter;
          if (isRootBy(rules, 0, end)) return true;
        }
      }
      // -kan may have been a root in k and -an.
      if (to < length && word.startsWith('kan', to)) {
        scratch[end] = 107;
        if (isRoot(scratch, 1, end + 1)) return true;
      }
    }
  }
  return false;
}

function isRootBy({ spoken }: Cutting, start: number, end: number): boolean {
  if (isRoot(scratch, start, end)) return true;
  if (!spoken) return false;
  if (informal.find(scratch, start, end, hashUnits(scratch, start, end)) >= 0) return true;
  // `tangkep` is `tangkap`: one or two consonants behind the last e.
  let at = end - 1;
  while (at > start && end - at < 3 && !isVowel(scratch[at]!)) at--;
  if (at === end - 1 || scratch[at] !== 101) return false;
  scratch[at] = 97;
  const opened = isRoot(scratch, start, end);
  scratch[at] = 101;
  return opened;
}

/** Fills `values` with 0 and what `next` adds to it, three rounds at most; returns how many there are. */
function reach(values: Int32Array, next: (value: number, count: number) => number): number {
  values[0] = 0;
  let from = 0;
  let count = 1;
  for (let round = 0; round < 3; round++) {
    const until = count;
    for (; from < until && count < 48; from++) count = next(values[from]!, count);
  }
  return count;
}
