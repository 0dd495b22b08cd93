import type { Entry } from '../../lexicon/entry.js';
import type { Mark, Scene } from '../scene.js';

/** Roots of killing: the only calls that count against an office or a public figure. */
const LETHAL = [
  'bunuh',
  'pateni',
  'patenono',
  'bantai',
  'gantung',
  'tembak',
  'penggal',
  'gorok',
  'sembelih',
  'habisi',
  'musnah',
  'racun',
  'bom',
  'ledak',
  'cincang',
  'rajam',
  'kubur',
  'matiin',
  'mati',
  'mutilasi',
  'pancung',
  'eksekusi',
  'bacok',
  'tikam',
  'tusuk',
  'genosida',
  'tumpas',
  'kulit',
  'lenyap',
  'binasa',
];
/** Roots of violence against the body or the home. */
const VIOLENT = [
  ...LETHAL,
  'bakar',
  'serbu',
  'serang',
  'hajar',
  'pukul',
  'gebuk',
  'siksa',
  'perkosa',
  'cekik',
  'tendang',
  'injak',
  'tonjok',
  'tabrak',
  'lempar',
  'perang',
  'basmi',
  'hancur',
  'sikat',
  'ganyang',
  'gilas',
  'aniaya',
  'keroyok',
  'tampar',
  'bogem',
  'culik',
  'gampar',
  'jotos',
  'libas',
  'sate',
  'timpuk',
  'cambuk',
  'seret',
  'setrum',
  'jarah',
  'sweeping',
  'tampol',
  'hantam',
  'patah',
  'potong',
  'sunat',
  'ludahi',
  'gulung',
  'kepruk',
  'berantas',
  'gasak',
  'ngabisin',
];

function startsWithAny(term: string, roots: readonly string[]): boolean {
  return roots.some((root) => term.startsWith(root) || term.includes(` ${root}`));
}

/** Verbs that politics uses of programmes, parties and powers without meaning bodies. */
const FIGURATIVE = [
  'hancur',
  'sikat',
  'libas',
  'gulung',
  'gilas',
  'hantam',
  'perang',
  'basmi',
  'berantas',
  'lempar',
  'lenyap',
  'musnah',
  'tumpas',
  'habis',
  'kubur',
  'mati',
  'potong',
  'patah',
  'serang',
  'hajar',
  'bom',
  'tendang',
  'seret',
  'ngabisin',
];

/** True where the verb is as often said of a programme as of a person. */
export function isFigurative(mark: Mark): boolean {
  return startsWithAny(mark.entry.term, FIGURATIVE);
}

const CRIMES = [
  'tipu',
  'nipu',
  'curi',
  'nyuri',
  'rampok',
  'maling',
  'begal',
  'copet',
  'korup',
  'rusuh',
  'bohong',
  'jarah',
  'colong',
  'palak',
  'todong',
  'cabul',
  'rampas',
  'jambret',
  'nyolong',
];

/** True where the verb is a crime that is said to be somebody's nature. */
export function isCrime(mark: Mark): boolean {
  return startsWithAny(mark.entry.term, CRIMES);
}

/** True where the verb is one of killing. */
export function isLethal(mark: Mark): boolean {
  return startsWithAny(mark.entry.term, LETHAL);
}

/** True where the verb is one of bodily harm or arson. */
export function isViolent(mark: Mark): boolean {
  return isViolentEntry(mark.entry);
}

/** {@link isViolent} of an entry, wherever it stands. */
export function isViolentEntry(entry: Entry): boolean {
  return startsWithAny(entry.term, VIOLENT);
}

/** True where a phrase holds a violent verb that its speaker does: `akan kami bunuh`, `kubacok`; not `akan dibunuh`. */
export function isViolentText(term: string): boolean {
  return term
    .split(' ')
    .map((word) => (word.startsWith('ku') ? word.slice(2) : word.replace(/^(?:me|nge)(?=b)|^mem(?=b)/, '')))
    .some((word) => VIOLENT.some((root) => word.startsWith(root)) && word !== 'mati');
}

/** `bantai wasitnya`: sport beats referees with the words of war; `bunuh wasitnya` does not. */
export function isRefereed(scene: Scene, at: number, { entry }: Mark): boolean {
  return (
    /^wasit(?:nya)?$/.test(scene.words[at]!) && /^(?:bantai|hajar|habisi|gantung|cincang)/.test(entry.term)
  );
}
