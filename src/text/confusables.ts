/**
 * What every character beyond ASCII is read as: compatibility forms by NFKC, accents taken off Latin letters,
 * letters that pose as Latin ones by the tables below. Answers are worked out once a code point and kept.
 */
import { EMOJI_WORDS } from './emoji.js';

/** A combining mark: gone, and the letter before it covers it. */
export const MARK = -1;
/** Invisible: gone. */
const INVISIBLE = -2;
/** From here on, `reading - STRING` is an index for {@link readingString}. */
export const STRING = 0x10000;
/** From here on, `reading - EMOJI` is an index for {@link emojiWord}. */
export const EMOJI = 0x20000;

/** Look-alikes that NFKC leaves alone, each with the ASCII it is read as. Latin script or signs: always read so. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'ᴀɐɑᶏⱥꬰ',
  b: 'ʙƀƃɓ',
  c: 'ᴄƈȼɔↄ',
  d: 'ᴅđɖɗƌðᴆ',
  e: 'ᴇɇəɘǝɛⱸ',
  f: 'ꜰƒ',
  g: 'ɢɠǥɡꬶ',
  h: 'ʜħɦⱨ',
  i: 'ɪıɩɨ',
  j: 'ᴊɉʝȷ',
  k: 'ᴋƙⱪʞ',
  l: 'ʟłƚɫⱡɭ',
  m: 'ᴍɱɯ',
  n: 'ɴɲƞŋɳ',
  o: 'ᴏøɵꝋ',
  p: 'ᴘƥᵽþ',
  q: 'ꞯɋ',
  r: 'ʀɍɼɽɾɹ',
  s: 'ꜱʂȿƨ',
  t: 'ᴛŧƭʈⱦʇ',
  u: 'ᴜʉʊ',
  v: 'ᴠʋʌ',
  w: 'ᴡⱳʍ',
  x: 'ᶍ×✕✖❌',
  y: 'ʏƴɏʎ',
  z: 'ᴢƶȥʐ',
  ae: 'æ',
  oe: 'œ',
  ss: 'ßẞ',
  ' - ': '—―⸺',
  '-': '‐‑‒–−⁃﹘﹣－',
  "'": '‘’‚‛′‵´ʹʻʼʽˈꞌ＇',
  '"': '“”„‟″‶«»‹›〝〞〟「」『』《》〈〉❝❞＂',
  _: '·•∙⋅‧・●○◦▪■★☆✦',
  '...': '…⋯',
  '.': '。․',
  ',': '،、﹐',
  '?': '؟⁇❓❔',
  '!': '‼❗❕¡',
  '?!': '⁈⁉',
  ';': '؛',
  ':': '꞉∶ː',
  '/': '⁄∕',
  '*': '∗✱✻✽⁎٭',
  '|': '∣ǀ¦',
  '(': '【〔〖',
  ')': '】〕〗',
};

/**
 * Letters of Cyrillic, Greek, Armenian, Cherokee and others by the Latin letter they look like. They are read so
 * only within a word that poses as Latin (leet.ts), so that Russian or Greek stay what they are.
 * Lower case; where the capital looks like another letter, it stands in {@link CAPITAL_POSES}.
 */
const POSES: Readonly<Record<string, string>> = {
  a: 'аαӑӓѧ',
  b: 'вьъβ',
  c: 'сςϲ',
  d: 'ԁժ',
  e: 'еёєεҽэ',
  f: 'ғϝ',
  g: 'ɡԍց',
  h: 'нһհ',
  i: 'іїιи',
  j: 'јϳյ',
  k: 'кκқҡ',
  l: 'ӏӀⅼ',
  m: 'мϻ',
  n: 'пηոռ',
  o: 'оοσօө',
  p: 'рρ',
  q: 'ԛզ',
  r: 'гя',
  s: 'ѕ',
  t: 'тτ',
  u: 'υцսμ',
  v: 'ѵν',
  w: 'шщωԝѡ',
  x: 'хχж',
  y: 'уγүў',
  z: 'зζ',
};
const CAPITAL_POSES: Readonly<Record<string, string>> = {
  a: 'λδ',
  n: 'иν',
  h: 'η',
  e: 'σξ',
  p: 'ρ',
  y: 'υ',
  m: 'μ',
  r: 'я',
  l: 'ⅼ',
};
/** Cyrillic by sound, for a word written in it as a whole. */
const SOUNDS = byLetter({
  a: 'ая',
  b: 'б',
  c: 'цч',
  d: 'д',
  e: 'еёэ',
  f: 'ф',
  g: 'г',
  h: 'х',
  i: 'иі',
  j: 'жј',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  r: 'р',
  s: 'сш',
  t: 'т',
  u: 'ую',
  v: 'в',
  y: 'йы',
  z: 'з',
});

/** The Latin letter (a code unit) that a Cyrillic letter sounds like, 0 where it is none. */
export function soundedLetter(lower: number): number {
  return SOUNDS.get(String.fromCharCode(lower))?.charCodeAt(0) ?? 0;
}

const CHEROKEE: Readonly<Record<string, string>> = {
  a: 'Ꭺ',
  b: 'ᏴᏏ',
  c: 'Ꮯ',
  d: 'Ꭰ',
  e: 'Ꭼ',
  g: 'ᏀᎶ',
  h: 'Ꮋ',
  i: 'Ꭵ',
  j: 'Ꭻ',
  k: 'Ꮶ',
  l: 'Ꮮ',
  m: 'Ꮇ',
  p: 'Ꮲ',
  r: 'ᎡᏒ',
  s: 'Ꮪ',
  t: 'Ꭲ',
  v: 'Ꮩ',
  w: 'ᎳᏔ',
  y: 'Ꭹ',
  z: 'Ꮓ',
  o: 'Ꭴ',
};

function byLetter(table: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(table).flatMap(([to, from]) => [...from].map((char) => [char, to] as const)));
}

const lookAlikes = byLetter(LOOK_ALIKES);
const poses = byLetter(POSES);
const capitalPoses = byLetter(CAPITAL_POSES);
/** Syllabics of Canada that look like capitals. */
const SYLLABICS: Readonly<Record<string, string>> = {
  a: 'ᗩᗅ',
  b: 'ᗷᗸ',
  c: 'ᑕᑢ',
  d: 'ᗪᗞ',
  e: 'ᗴᕮ',
  f: 'ᖴ',
  g: 'ᘜ',
  h: 'ᕼᕻ',
  j: 'ᒍ',
  l: 'ᒪᒺ',
  m: 'ᗰ',
  n: 'ᑎ',
  o: 'ᝪ',
  p: 'ᑭᑮ',
  r: 'ᖇᖈ',
  s: 'ᔕ',
  u: 'ᑌ',
  v: 'ᐯ',
  w: 'ᗯ',
  x: '᙭',
};

for (const [char, to] of byLetter(SYLLABICS)) lookAlikes.set(char, to);
for (const [char, to] of byLetter(CHEROKEE)) lookAlikes.set(char, to).set(char.toLowerCase(), to);

/** The Latin letter (a code unit) that a letter of another script poses as, 0 where it poses as none. */
export function posedLetter(lower: number, original: number): number {
  const char = String.fromCharCode(lower);
  const letter = (original !== lower ? capitalPoses.get(char) : undefined) ?? poses.get(char);
  return letter === undefined ? 0 : letter.charCodeAt(0);
}

/** Signs kept as they are for the leet step, by the letter they stand for within a word. */
export const CURRENCY_LETTERS: ReadonlyMap<number, number> = new Map(
  [...'€e', ...'¢c', ...'¥y', ...'£l', ...'§s', ...'₽p', ...'₩w', ...'฿b', ...'₦n', ...'₭k', ...'₮t']
    .reduce<string[][]>((pairs, char, i) => {
      if (i % 2 === 0) pairs.push([char]);
      else pairs.at(-1)!.push(char);
      return pairs;
    }, [])
    .map(([sign, letter]) => [sign!.charCodeAt(0), letter!.charCodeAt(0)] as const),
);

const strings: string[] = [];
const stringIndex = new Map<string, number>();
const emojiWords: string[] = [];
const pages: (Int32Array | undefined)[] = new Array(0x1100);
const UNKNOWN = -9;

/** The text of a reading at or above {@link STRING}. */
export function readingString(reading: number): string {
  return strings[reading - STRING]!;
}

/** The canonical word of a reading at or above {@link EMOJI}. */
export function emojiWord(reading: number): string {
  return emojiWords[reading - EMOJI]!;
}

/**
 * What code point `point` (0x80 and above, no surrogate) is read as: a UTF-16 unit, {@link MARK}, {@link INVISIBLE},
 * or an index at or above {@link STRING} or {@link EMOJI}. A space is 32, a line break 10.
 */
export function reading(point: number): number {
  let page = pages[point >> 8];
  if (page === undefined) {
    page = new Int32Array(256).fill(UNKNOWN);
    pages[point >> 8] = page;
  }
  const known = page[point & 255]!;
  if (known !== UNKNOWN) return known;
  const found = work(point);
  page[point & 255] = found;
  return found;
}

function asString(text: string): number {
  if (text.length === 0) return INVISIBLE;
  if (text.length === 1) return text.charCodeAt(0);
  let index = stringIndex.get(text);
  if (index === undefined) {
    index = strings.push(text) - 1;
    stringIndex.set(text, index);
  }
  return STRING + index;
}

/** Marks of Latin, Greek, Cyrillic, Hebrew and Arabic letters and of signs: first and last of each row. */
const MARK_ROWS: readonly (readonly [number, number])[] = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5bd],
  [0x5bf, 0x5bf],
  [0x5c1, 0x5c2],
  [0x5c4, 0x5c5],
  [0x5c7, 0x5c7],
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6dc],
  [0x6df, 0x6e4],
  [0x6e7, 0x6e8],
  [0x6ea, 0x6ed],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0x1f3fb, 0x1f3ff],
  [0xe0100, 0xe01ef],
];

function isMark(point: number): boolean {
  return MARK_ROWS.some(([first, last]) => point >= first && point <= last);
}

/** Invisible though not in Unicode's format class: joiners of old scripts, variation selectors of Mongolian. */
function isInvisible(point: number): boolean {
  return point === 0x34f || point === 0x17b4 || point === 0x17b5 || (point >= 0x180b && point <= 0x180f);
}

function work(point: number): number {
  const char = String.fromCodePoint(point);
  const word = EMOJI_WORDS.get(point);
  if (word !== undefined) {
    const index = emojiWords.indexOf(word);
    return EMOJI + (index >= 0 ? index : emojiWords.push(word) - 1);
  }
  const direct = lookAlikes.get(char) ?? lookAlikes.get(char.toLowerCase());
  if (direct !== undefined) return asString(direct);
  // Letters in black circles and squares, which NFKC leaves alone.
  if (point >= 0x1f150 && point <= 0x1f189 && (point - 0x1f150) % 32 < 26)
    return 97 + ((point - 0x1f150) % 32);
  if (CURRENCY_LETTERS.has(point)) return point;
  if (point === 0x85 || /[\u2028\u2029]/.test(char)) return 10;
  // Fillers that show as blank, and the blank Braille cell.
  if (/[\u115f\u1160\u2800\u3164\uffa0\u00a0]/.test(char)) return 32;
  if (/\p{Zs}/u.test(char)) return 32;
  if (isMark(point)) return MARK;
  if (isInvisible(point) || /\p{Cf}/u.test(char) || (point >= 0xe0000 && point <= 0xe0fff)) return INVISIBLE;
  if (/\p{C}/u.test(char)) return 32;
  if (/\p{Nd}/u.test(char)) return 48 + decimalValue(point);
  const folded = fold(char);
  if (/\p{S}/u.test(char))
    return /^[a-z0-9]+$/.test(folded) && char !== '™' && char !== '℠' ? asString(folded) : 32;
  if (/\p{P}/u.test(char)) {
    if (/\p{Pd}/u.test(char)) return 45;
    return /^[\x21-\x7e]+$/.test(folded) ? asString(folded) : 32;
  }
  return asString(folded);
}

/** NFKC, lower case, accents off, look-alikes read. */
function fold(char: string): string {
  let result = '';
  for (const one of char.normalize('NFKC').toLowerCase().normalize('NFD')) {
    if (isMark(one.codePointAt(0)!)) continue;
    result += lookAlikes.get(one) ?? one;
  }
  return result.normalize('NFC');
}

/** Digits of a script stand in a row of ten: how far this one is from its zero. */
function decimalValue(point: number): number {
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  // Rows that touch (mathematical digits) are told apart by what NFKC makes of them.
  const plain = String.fromCodePoint(point).normalize('NFKC');
  return plain >= '0' && plain <= '9' ? plain.charCodeAt(0) - 48 : (point - zero) % 10;
}
