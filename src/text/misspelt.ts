/**
 * Hostile and telling words with one letter left out, two exchanged or one doubled, and run together with their
 * neighbours, worked out from the words themselves; what is a word of its own is left alone.
 */
import { INFORMAL } from './informal.js';
import { isKnown } from './vocabulary.js';

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** What is written wrong in haste, or to evade. */
const HOSTILE = words(`
benci membenci jijik menjijikkan jijikkan memuakkan sampah tolol goblok bodoh bangsat bajingan brengsek anjing monyet
binatang kotoran penyakit parasit kecoak bunuh membunuh dibunuh bantai dibantai membantai dibakar membakar diusir
mengusir habisi dihabisi basmi dibasmi membasmi musnahkan dimusnahkan memusnahkan hajar dihajar hancurkan dihancurkan
gantung digantung penggal dipenggal ganyang mampus enyahlah minggat laknat biadab licik munafik serakah menjengkelkan
memalukan menyebalkan penipu pencuri teroris pemerkosa keparat perusak penjahat
`);
/** Names and other words without which such a sentence cannot be read; long ones, since short ones are other words soon. */
const TELLING = words(`
kristen katolik tionghoa perempuan ahmadiyah transgender disabilitas rohingya pengungsi imigran penyandang manusia
penganut yahudi muslim
`);
const FEELS = words('benci jijik muak');
const WHO = words('aku gue gua gw saya kami kita');
const BAD = words(
  'tolol goblok bodoh bego jijik bangsat sampah busuk licik jahat bejat najis biadab anjing jelek',
);
const THROWN = [...BAD, 'babi', 'monyet', 'teroris', 'laknat', 'asu'];
const DEGREES = words('banget bgt semua sekali amat parah abis');
const DEEDS = words('bunuh usir bantai bakar habisi basmi musnahkan ganyang benci hajar gantung');
const WHOLES = words('semua saja aja mereka');
const HEADS = words('orang kaum umat para');
const NAMES = words(
  'cina tionghoa papua batak madura jawa sunda dayak ambon bugis minang arab yahudi kristen katolik islam muslim hindu buddha syiah ahmadiyah rohingya kafir gay lgbt',
);

const SHORTEST_CUT = 6;
const SHORTEST_LOOSE = 7;
const SHORTEST_SWAP = 5;

function* slips(word: string): Iterable<string> {
  const { length } = word;
  for (let at = 1; at < length - 1; at++) {
    const vowel = 'aeiou'.includes(word[at]!);
    // Short words lose a vowel and are still read; any letter of a long one may go.
    if (length >= SHORTEST_LOOSE || (length >= SHORTEST_CUT && vowel))
      yield word.slice(0, at) + word.slice(at + 1);
    if (length >= SHORTEST_SWAP && word[at] !== word[at + 1])
      yield word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2);
  }
  yield word + word[length - 1]!;
}

function isOther(word: string): boolean {
  const chars = Uint16Array.from(word, (char) => char.charCodeAt(0));
  return isKnown(chars, 0, chars.length);
}

/** Words that a row of letters is cut apart for. */
export const SIGNS: readonly string[] = [...HOSTILE, ...FEELS, ...BAD];
/** Words that such a row begins with besides. */
export const OPENERS: readonly string[] = [
  ...WHO.filter((word) => word.length >= 3),
  'orang',
  'kaum',
  'semua',
];

/** What is written to what is meant. */
export const MISSPELT: ReadonlyMap<string, string> = (() => {
  const found = new Map<string, string>();
  const add = (written: string, meant: string): void => {
    if (written !== meant && !INFORMAL.has(written) && !found.has(written)) found.set(written, meant);
  };
  for (const word of [...HOSTILE, ...TELLING])
    for (const slip of slips(word)) if (!isOther(slip) || slip === `${word}i`) add(slip, word);
  const pairs = (firsts: readonly string[], seconds: readonly string[]): void => {
    for (const first of firsts)
      for (const second of seconds) if (!isOther(first + second)) add(first + second, `${first} ${second}`);
  };
  pairs(WHO, FEELS);
  pairs(BAD, DEGREES);
  pairs(DEEDS, WHOLES);
  pairs(HEADS, NAMES);
  pairs(DEEDS, NAMES);
  pairs(NAMES, THROWN);
  for (const name of NAMES)
    for (const thrown of THROWN) {
      add(`orang${name}${thrown}`, `orang ${name} ${thrown}`);
      add(`org${name}${thrown}`, `orang ${name} ${thrown}`);
    }
  return found;
})();
