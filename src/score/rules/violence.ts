import type { Mark } from '../scene.js';

/** Roots of killing: the only calls that count against an office or a public figure. */
const LETHAL = [
  'bunuh',
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
];

function startsWithAny(term: string, roots: readonly string[]): boolean {
  return roots.some((root) => term.startsWith(root) || term.includes(` ${root}`));
}

/** True where the verb is one of killing. */
export function isLethal(mark: Mark): boolean {
  return startsWithAny(mark.entry.term, LETHAL);
}

/** True where the verb is one of bodily harm or arson. */
export function isViolent(mark: Mark): boolean {
  return startsWithAny(mark.entry.term, VIOLENT);
}
